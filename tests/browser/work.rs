//! A customer's day in the portal, with scripts and without: every piece of work, and every form refused once before.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::browser::{Browser, Page, View};
use crate::support::folder;
use crate::support::program::Program;

/// Long enough for a loaded machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a telephone would have taken a picture of.
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/demo/logo.png");

const CHOSEN: &str = "nine green kettles sing";

#[test]
fn the_work_of_a_day_is_done_with_scripts() {
    day(true);
}

#[test]
fn the_work_of_a_day_is_done_without_scripts_too() {
    day(false);
}

fn day(scripts: bool) {
    let Some(browser) = Browser::open() else { return };
    let (mut demo, facts) = Program::demo(&[]);
    let home = text(&facts["url"]).trim_end_matches('/').to_owned();
    let page = browser.page(View { scripts, ..View::DESK }, &format!("{home}/forgot"));
    let visitor = Visitor { page, home };
    visitor
        .forgets(text(&facts["accounts"][1]["email"]), |email| demo.reset(Path::new(text(&facts["mail_dir"])), email));
    visitor.signs_out();

    let eva = &facts["accounts"][0];
    visitor.signs_in(text(&eva["email"]), text(&eva["password"]));
    visitor.page.follow(".choice");
    visitor.searches();
    visitor.orders();
    visitor.answers();
    visitor.downloads(Path::new(text(&facts["data_dir"])));
    visitor.reads_a_meter();
    visitor.checks();
    visitor.reads_spanish();
    visitor.signs_out();
}

struct Visitor {
    page: Page,
    home: String,
}

impl Visitor {
    fn goes(&self, path: &str) {
        self.page.go(&format!("{}{path}", self.home));
    }

    /// Opens the first order that a search finds.
    fn opens_order(&self, words: &str) {
        self.goes(&format!("/orders?q={}", words.replace(' ', "+")));
        self.page.follow(".order h3 a");
        assert_eq!(self.page.text_of("h1"), words);
    }

    /// Fails unless the form came back with its mistakes first, and with what was typed.
    #[track_caller]
    fn is_refused(&self, kept: &[(&str, &str)]) {
        let fields = Value::from(kept.iter().map(|(field, _)| *field).collect::<Vec<_>>());
        let said = self.page.ask(&format!(
            "[document.activeElement.id, document.title.slice(0, 7),
                {fields}.map(field => document.querySelector(field).value),
                [...document.querySelectorAll('#problems a')].every(one => document.querySelector(one.hash)),
                document.querySelectorAll('#problems a').length > 0]"
        ));
        assert_eq!(said[0], "problems", "{}", self.page.text());
        assert_eq!(said[1], "Error: ");
        assert_eq!(said[2], Value::from(kept.iter().map(|(_, typed)| *typed).collect::<Vec<_>>()), "what was typed");
        assert_eq!((&said[3], &said[4]), (&true.into(), &true.into()), "each mistake leads to its field");
    }

    #[track_caller]
    fn sees(&self, words: &[&str]) {
        let text = self.page.text().replace('\u{a0}', " ");
        for word in words {
            assert!(text.contains(word), "{word} is not in {text}");
        }
    }

    /// Sends the form of a box.
    fn sends(&self) {
        self.page.follow("main button[type=submit]");
    }

    fn signs_in(&self, email: &str, password: &str) {
        self.goes("/");
        self.page.retype("#email", email);
        self.page.fill("#password", "not the password");
        self.sends();
        self.is_refused(&[("#email", email)]);
        self.page.fill("#password", password);
        self.sends();
        assert_eq!(self.page.ask("document.querySelectorAll('header form').length"), 1, "{}", self.page.text());
    }

    fn signs_out(&self) {
        self.page.follow("header button[type=submit]");
        assert_eq!(self.page.address(), format!("{}/signed-out", self.home));
        self.goes("/orders");
        assert_eq!(self.page.ask("document.querySelectorAll('#password').length"), 1, "who signed out signs in again");
    }

    /// Asks for a link, chooses another password, and signs in with it.
    fn forgets(&self, email: &str, mailed: impl FnOnce(&str) -> String) {
        self.page.fill("#email", "ola");
        self.sends();
        self.is_refused(&[("#email", "ola")]);
        self.page.retype("#email", email);
        self.sends();
        assert!(self.page.address().contains("/forgot/sent"), "{}", self.page.text());
        let link = mailed(email);
        self.page.go(&link);
        assert!(!self.page.address().contains(link.rsplit('/').next().expect("a token")), "the token left the address");
        self.page.fill("#password", "short");
        self.sends();
        self.is_refused(&[]);
        self.page.fill("#password", CHOSEN);
        self.sends();
        self.signs_in(email, CHOSEN);
        self.page.go(&link);
        assert_eq!(self.page.ask("document.querySelectorAll('#password').length"), 0, "the link worked once");
        self.goes("/orders");
    }

    fn searches(&self) {
        self.goes("/orders");
        self.page.fill("input[type=search]", "annual meeting");
        self.page.follow(".filter button");
        assert_eq!(self.page.ask("new URLSearchParams(location.search).get('q')"), "annual meeting");
        let found = "[...document.querySelectorAll('.order h3')].map(one => one.innerText)";
        assert_eq!(self.page.ask(found), serde_json::json!(["Energy report for the annual meeting"]));
    }

    /// Orders something with a picture; nothing was said of what it is about at first.
    fn orders(&self) {
        let (what, details) = ("The door of the plant room sticks", "It needs two hands since the rain.");
        self.goes("/orders/new");
        self.page.set("#facility", "hus-b");
        self.page.fill("#details", details);
        self.page.choose("#files", &[Path::new(PICTURE)]);
        self.page.fill("#reference", "Door 14");
        self.sends();
        self.is_refused(&[("#what", ""), ("#facility", "hus-b"), ("#details", details), ("#reference", "Door 14")]);
        self.page.fill("#what", what);
        self.page.choose("#files", &[Path::new(PICTURE)]);
        self.sends();
        assert!(self.page.address().ends_with("/sent"), "{}", self.page.text());
        self.sees(&["NK-FRO-", what, "Hus B"]);
        self.page.follow(".actions a.button");
        assert_eq!(self.page.text_of("h1"), what);
        self.sees(&[details, "Door 14", "logo.png"]);
    }

    /// Answers a comment; an empty answer is refused, and it is still known whom it answers.
    fn answers(&self) {
        self.opens_order("Compressor 1 starts and stops, Hus B");
        self.page.follow(".comments .comments li:last-child .aside a");
        let answered = self.page.ask("document.querySelector('input[name=answers]').value");
        self.page.fill("#comment", "  ");
        self.page.follow("form[action$='/comments'] button");
        self.is_refused(&[("input[name=answers]", text(&answered))]);
        self.page.retype("#comment", "Good, then I tell the neighbours.");
        self.page.choose("#comment_files", &[Path::new(PICTURE)]);
        self.page.follow("form[action$='/comments'] button");
        let last = self.page.text_of(".comments .comments li:last-child");
        assert!(last.contains("Good, then I tell the neighbours.") && last.contains("logo.png"), "{last}");
        self.page.fill("#comment", "And the reading is done.");
        self.page.follow("form[action$='/comments'] button");
        let last = self.page.text_of("ol.comments:not(ol ol) > li:last-child");
        assert!(last.contains("And the reading is done."), "{last}");
    }

    /// A file is saved under its name while the page stays; and when its bytes are lost, a page says so.
    fn downloads(&self, data: &Path) {
        let (link, place, page) = ("#documents a[href$='.csv']", folder(), self.page.address());
        self.page.saves_into(place.path());
        self.page.click(link);
        let saved = place.path().join("Starts per hour.csv");
        let begun = Instant::now();
        while !saved.exists() {
            assert!(begun.elapsed() < PATIENCE, "nothing was saved: {}", self.page.text());
            std::thread::sleep(Duration::from_millis(20));
        }
        let bytes = std::fs::read(&saved).expect("a file");
        assert!(bytes.starts_with(b"time;starts\n06:00;9\n"), "{bytes:?}");
        assert_eq!(self.page.address(), page, "the page stays");

        let kept = every_file(data).into_iter().find(|file| std::fs::read(file).is_ok_and(|kept| kept == bytes));
        std::fs::remove_file(kept.expect("the bytes")).expect("removed");
        self.page.follow(link);
        self.sees(&["This is no longer here"]);
    }

    /// Enters a reading: one that is none, one that is hardly true, and is asked about.
    fn reads_a_meter(&self) {
        self.goes("/objects/FF-02");
        self.page.fill("#value", "a lot");
        self.page.follow("#reading button");
        self.is_refused(&[("#value", "a lot")]);
        self.page.retype("#value", "109,635.5");
        self.page.fill("#note", "Stood still since the storm");
        self.page.follow("#reading button");
        let said = self.page.ask(
            "[document.querySelectorAll('#sure').length, ...['#value', '#note'].map(one => document.querySelector(one).value)]",
        );
        assert_eq!(said, serde_json::json!([1, "109,635.5", "Stood still since the storm"]), "{}", self.page.text());
        self.page.follow("button[name=sure]");
        assert!(self.page.address().contains("/objects/FF-02?"), "{}", self.page.address());
        let newest = self.page.text_of("#reading tbody tr").replace('\u{a0}', " ");
        assert!(newest.contains("109,635.5 h") && newest.contains("Stood still since the storm"), "{newest}");
    }

    /// Fills in a self-check and signs it: first with points missing, then with a value that is none.
    fn checks(&self) {
        self.goes("/objects/VP-02");
        self.page.follow("h3 a[href*='/selfchecks/']");
        self.page.click("input[name=answer-6][value=ok]");
        self.page.follow("button[formaction$='/sign']");
        let missing = "[...document.querySelectorAll('#problems a')].map(one => one.hash)";
        assert_eq!(self.page.ask(missing), serde_json::json!(["#answer-5", "#answer-7"]), "{}", self.page.text());
        self.is_refused(&[("input[name=answer-6]:checked", "ok"), ("#answer-4", "44.5")]);
        self.page.fill("#answer-5", "hot");
        self.page.click("input[name=answer-7][value=ok]");
        self.page.fill("#answer-8", "The lamp by the door is out.");
        self.page.click("#point-7 summary");
        self.page.fill("#note-7", "Filled up");
        self.page.choose("#files-7", &[Path::new(PICTURE)]);
        self.page.follow("form button.quiet:not(header *)");
        self.is_refused(&[
            ("#answer-5", "hot"),
            ("#note-7", "Filled up"),
            ("#answer-8", "The lamp by the door is out."),
        ]);
        self.sees(&["logo.png"]);
        self.page.retype("#answer-5", "56.5");
        self.page.follow("button[formaction$='/sign']");
        assert_eq!(self.page.ask("document.querySelectorAll('main form').length"), 0, "{}", self.page.text());
        self.sees(&["56.5 °C", "Filled up", "The lamp by the door is out.", "logo.png", "Eva Lind"]);
    }

    fn reads_spanish(&self) {
        self.goes("/account");
        self.page.set("select#lang", "es");
        self.sends();
        assert_eq!(self.page.ask("document.documentElement.lang"), "es");
        self.goes("/orders");
        assert_eq!(self.page.ask("document.documentElement.lang"), "es", "also on the next page");
    }
}

fn every_file(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { every_file(&path) } else { vec![path] }).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
