//! A company with people of every sort at a customer, whose mails leave through a server of the test.

use std::cell::Cell;
use std::collections::BTreeMap;

use frontdesk::outbox::notice::GATHER;
use rusqlite::{Connection, OpenFlags};

use crate::outbox::office::towards;
use crate::support::mime::Parsed;
use crate::support::smtp::{Manner, SmtpServer};
use crate::support::{Said, Visitor, World};

/// What another customer and another company say of themselves; no mail of these tests may say it.
pub const CANARY: &str = "Canary";

/// A self-check that is signed without an answer.
const CHECK: &str = "title = \"Round\"\n\n[[point]]\ntext = \"Remarks\"\nkind = \"text\"\nrequired = false\n";

/// What the configuration says besides.
const MORE: &str = "max_per_minute = 100000\nreply_address = \"reply@portal.test\"\n";

/// The beginning of a PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n%%EOF\n";

/// A mail that the server got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// For whom.
    pub to: String,
    /// Its kind, by its Message-ID.
    pub kind: String,
    /// The order it is about, by its Message-ID; empty without one.
    pub order: String,
    /// What stands above it.
    pub subject: String,
    /// Its plain text, lines joined.
    pub text: String,
    /// All of its bytes, decoded or not.
    pub everything: String,
    /// Its heads, as far as these tests look at them.
    pub heads: BTreeMap<&'static str, String>,
    /// Every byte, as the server got it.
    pub bytes: Vec<u8>,
}

impl Mail {
    /// The head of this name, or nothing.
    pub fn head(&self, name: &str) -> &str {
        self.heads.get(name).map_or("", String::as_str)
    }

    /// The path behind `List-Unsubscribe`.
    #[track_caller]
    pub fn off(&self) -> String {
        let head = self.head("List-Unsubscribe");
        let path = head.strip_prefix("<https://portal.test").and_then(|rest| rest.strip_suffix('>'));
        path.unwrap_or_else(|| panic!("{head:?} leads nowhere")).to_owned()
    }

    /// Fails unless these words come in this order.
    #[track_caller]
    pub fn says_in_order(&self, words: &[&str]) -> &Self {
        let mut rest = self.text.as_str();
        for word in words {
            let Some(at) = rest.find(word) else { panic!("{word:?} is not in its place in {}", self.text) };
            rest = &rest[at + word.len()..];
        }
        self
    }

    /// Fails if any of its bytes, decoded or not, say this.
    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        assert!(!self.everything.contains(words), "{words:?} is in {}", self.everything);
        self
    }
}

/// The company, and the server that gets its mails.
pub struct Firm {
    pub world: World,
    pub server: SmtpServer,
    seen: Cell<usize>,
}

impl Firm {
    /// A customer with two places, and nobody there yet.
    pub fn bare() -> Self {
        let world = World::nordkyl_with_customers();
        let server = SmtpServer::start(Manner::default());
        towards(&world, &server, server.port(), MORE);
        world.file("round.toml", CHECK);
        world.file("plan.pdf", b"%PDF-1.4\n% plan\n%%EOF\n");
        let firm = Self { world, server, seen: Cell::new(0) };
        firm.all(&[
            "group set nordkyl --reply-to service@nordkyl.example",
            "selfcheck template add round round.toml",
            "staff add ola --name 'Ola Berg' --email ola@nordkyl.example --grant orders --grant customers",
        ]);
        firm
    }

    /// The same with people: `told` hears of everything by role and account, `lone` without an account.
    pub fn small() -> Self {
        let firm = Self::bare();
        firm.all(&[
            "user create told@brf.example --customer 1042 --name 'Tove Dahl' --template full --all-facilities --unattached --no-invite --no-notice",
            "contact set told@brf.example --add-role 'Site manager'",
            "contact add --customer 1042 --email lone@brf.example --name 'Lo Ne' --role 'Site manager'",
        ]);
        firm
    }

    /// The same company once more, with a server of its own.
    pub fn copy(&self) -> Self {
        let (world, server) = (self.world.copy(), SmtpServer::start(Manner::default()));
        towards(&world, &server, server.port(), MORE);
        Self { world, server, seen: Cell::new(0) }
    }

    /// Runs a command at the desk of nordkyl.
    #[track_caller]
    pub fn run(&self, line: &str) -> Said {
        self.world.run(&format!("{line} -g nordkyl --yes")).well()
    }

    /// Runs commands, one after another.
    #[track_caller]
    pub fn all(&self, lines: &[impl AsRef<str>]) {
        for line in lines {
            self.run(line.as_ref());
        }
    }

    /// Runs a command that makes something, and gives its number.
    #[track_caller]
    pub fn made(&self, line: &str) -> String {
        self.run(&format!("{line} -o id")).out.trim().to_owned()
    }

    /// A new order, of which nobody is told; gives its number.
    #[track_caller]
    pub fn order(&self, rest: &str) -> String {
        self.made(&format!("order create --customer 1042 {rest} --no-mail"))
    }

    /// Sends what is due now and gives what the server got by that.
    #[track_caller]
    pub fn post(&self) -> Vec<Mail> {
        self.run("mail send");
        self.arrived()
    }

    /// The same once all that happened to an order is gathered.
    #[track_caller]
    pub fn gathered(&self) -> Vec<Mail> {
        self.world.clock.advance(GATHER);
        self.post()
    }

    /// What the server got since it was last asked.
    pub fn arrived(&self) -> Vec<Mail> {
        let db = self.db();
        let mut of = db
            .prepare(
                "SELECT m.kind, coalesce(o.number, '') FROM outbox m LEFT JOIN orders o ON o.id = m.order_id
                  WHERE m.message_id = ?1",
            )
            .expect("a statement");
        let deliveries = self.server.deliveries();
        let new = &deliveries[self.seen.replace(deliveries.len())..];
        new.iter()
            .map(|delivery| {
                let parsed = Parsed::read(&delivery.message);
                let [to] = &delivery.to[..] else { panic!("{} readers", delivery.to.len()) };
                assert!(parsed.head("To").contains(to.as_str()), "{to}: {}", parsed.head("To"));
                let mark =
                    parsed.head("Message-ID").trim_matches(['<', '>']).split('@').next().expect("a mark").to_owned();
                let (kind, order) = of.query_row([&mark], |row| Ok((row.get(0)?, row.get(1)?))).expect(&mark);
                let texts = texts(&parsed);
                let raw = String::from_utf8(delivery.message.clone()).expect("a message in ASCII");
                let heads = ["List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "Reply-To"];
                let heads = heads.into_iter().filter(|name| parsed.has(name));
                Mail {
                    to: to.clone(),
                    kind,
                    order,
                    subject: parsed.head("Subject").to_owned(),
                    text: texts[0].split_whitespace().collect::<Vec<_>>().join(" "),
                    everything: format!("{raw}\n{}\n{}", parsed.head("Subject"), texts.join("\n")),
                    heads: heads.map(|name| (name, parsed.head(name).to_owned())).collect(),
                    bytes: delivery.message.clone(),
                }
            })
            .collect()
    }

    /// The database, to be looked at.
    pub fn db(&self) -> Connection {
        let path = self.world.path().join("frontdesk-data/frontdesk.db");
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database")
    }

    /// What became of the notices for somebody: state and answer, the oldest first.
    pub fn fates(&self, to: &str) -> Vec<(String, String)> {
        let db = self.db();
        let mut all = db
            .prepare("SELECT state, coalesce(answer, '') FROM outbox WHERE recipient = ?1 ORDER BY id")
            .expect("a statement");
        let rows = all.query_map([to], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    }

    /// Somebody with a browser, who has an account and signs in.
    #[track_caller]
    pub fn signed_in(&self, email: &str) -> Visitor {
        let mut visitor = self.world.signed_in("nordkyl", email, crate::support::PASSWORD);
        visitor.get("/orders").has_status(200);
        visitor
    }
}

/// Whom a server got mails for, in their order.
pub fn readers(mails: &[Mail]) -> Vec<&str> {
    let mut all: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
    all.sort_unstable();
    all
}

/// The texts of a message and of its parts, the plain one first.
fn texts(mail: &Parsed) -> Vec<String> {
    if mail.parts.is_empty() { vec![mail.text.clone()] } else { mail.parts.iter().flat_map(texts).collect() }
}
