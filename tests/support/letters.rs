//! The mails of a world: carried out of the outbox into files, and read as a mail program reads them.

use frontdesk::outbox::notice::GATHER;

use super::World;
use super::mime::Parsed;

/// A mail as it lies in the folder.
#[derive(Debug)]
pub struct Letter {
    /// Whom it is for.
    pub to: String,
    /// What stands above it.
    pub subject: String,
    /// Its plain text.
    pub text: String,
    /// All of its bytes, decoded or not.
    pub everything: String,
}

impl Letter {
    /// The path of the link in it.
    #[track_caller]
    pub fn link(&self) -> String {
        let start = self.text.find("https://portal.test/g/").unwrap_or_else(|| panic!("no link in {}", self.text));
        let link = &self.text[start + "https://portal.test".len()..];
        link.split_whitespace().next().expect("a link").trim_end_matches(['.', ')', '>']).to_owned()
    }
}

impl World {
    /// Sends what is due once all that happened to an order is gathered, and reads every mail that was ever sent, in no
    /// order.
    pub fn letters(&self) -> Vec<Letter> {
        self.clock.advance(GATHER);
        for group in self.run("group list --json").well().json().as_array().expect("groups") {
            self.run(&format!("mail send --group {}", group["slug"].as_str().expect("a slug"))).well();
        }
        self.lying()
    }

    /// The mails that were sent, read and taken out of the folder.
    pub fn fetch(&self) -> Vec<Letter> {
        let letters = self.letters();
        if let Ok(folder) = std::fs::read_dir(self.path().join("frontdesk-data/mail")) {
            for entry in folder {
                std::fs::remove_file(entry.expect("a mail").path()).expect("taken out");
            }
        }
        letters
    }

    /// The link in the one mail that is new for somebody.
    #[track_caller]
    pub fn link_for(&self, email: &str) -> String {
        let letters = self.fetch();
        let mut mine = letters.iter().filter(|letter| letter.to.contains(email));
        let letter = mine.next().unwrap_or_else(|| panic!("no mail for {email} in {letters:?}"));
        assert!(mine.next().is_none(), "more than one mail for {email} in {letters:?}");
        letter.link()
    }

    fn lying(&self) -> Vec<Letter> {
        let Ok(folder) = std::fs::read_dir(self.path().join("frontdesk-data/mail")) else { return Vec::new() };
        folder
            .map(|entry| std::fs::read(entry.expect("a mail").path()).expect("its bytes"))
            .map(|bytes| {
                let mail = Parsed::read(&bytes);
                let text = texts(&mail);
                // A line that is broken for the way holds a word in two pieces, in which nobody would find it.
                let raw = String::from_utf8(bytes).expect("a message in ASCII").replace("=\r\n", "");
                Letter {
                    to: mail.head("To").to_owned(),
                    subject: mail.head("Subject").to_owned(),
                    everything: format!("{raw}\n{}\n{}", mail.head("Subject"), text.join("\n")),
                    text: text.into_iter().next().expect("a plain text"),
                }
            })
            .collect()
    }
}

/// The texts of a message and of its parts, the plain one first.
fn texts(mail: &Parsed) -> Vec<String> {
    if mail.parts.is_empty() { vec![mail.text.clone()] } else { mail.parts.iter().flat_map(texts).collect() }
}
