//! Every page of the portal, looked at wide and narrow, light and dark, with large text, and with an eye on the network.

use std::path::Path;

use serde_json::Value;

use crate::support::browser::{Browser, Page, View, Watch};
use crate::support::program::Program;

/// A small telephone, a usual one and a desk.
const VIEWS: [View; 3] = [View::PHONE, View::HAND, View::DESK];

/// What a cold page may cost: the page, two stylesheets, the script, the logo and the icon.
const REQUESTS: usize = 6;
const BYTES: f64 = 60.0 * 1024.0;

/// Controls lower than 44 px. A link inside a sentence is as high as its line; a card is one large link.
const LOW: &str = "[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
    .filter(one => one.checkVisibility() && !one.matches('.skip'))
    .filter(one => getComputedStyle(one).display !== 'inline'
        || one.parentElement.textContent.trim() === one.textContent.trim())
    .map(one => one.closest('.order') ?? one)
    .filter(one => one.getBoundingClientRect().height < 44)
    .map(one => one.outerHTML)";

/// A person in the demonstration company, whose every page is looked at.
struct Person {
    page: Page,
    watch: Watch,
    home: String,
}

impl Person {
    fn new(browser: &std::sync::Arc<Browser>, facts: &Value) -> Self {
        let home = text(facts, "url").trim_end_matches('/').to_owned();
        let page = browser.page(View::DESK, &format!("{home}/signed-out"));
        let watch = page.watch();
        Self { page, watch, home }
    }

    /// Goes to a page of the portal and looks at it.
    fn sees(&self, path: &str) {
        self.watch.take();
        self.page.look(View::DESK);
        self.page.go(&format!("{}{path}", self.home));
        self.looks();
    }

    /// Sends the form of the page and looks at the answer.
    fn sends(&self, values: &[(&str, &str)]) {
        self.page.look(View::DESK);
        for (field, value) in values {
            self.page.fill(field, value);
        }
        self.watch.take();
        self.page.follow("main button[type=submit]");
        self.looks();
    }

    fn signs_in(&self, account: &Value) {
        self.page.go(&format!("{}/", self.home));
        self.sends(&[("#email", text(account, "email")), ("#password", text(account, "password"))]);
        assert_eq!(self.page.ask("document.querySelectorAll('header form').length"), 1, "{}", self.page.text());
    }

    /// Looks at the page that is open, in every way.
    fn looks(&self) {
        let (page, address) = (&self.page, self.page.address());
        assert_eq!(page.ask("document.querySelectorAll('h1').length"), 1, "one heading on {address}");
        assert_eq!(page.ask("document.title.length > 5 && document.documentElement.lang.length === 2"), true);
        let mut papers = Vec::new();
        for view in VIEWS {
            for view in [view, view.dark()] {
                page.look(view);
                assert_eq!(page.stands_out(), 0, "{address} stands out at {view:?}");
                let low = page.ask(LOW);
                assert_eq!(low.as_array().map(Vec::len), Some(0), "too low on {address} at {view:?}: {low:#}");
                papers.push(page.ask("getComputedStyle(document.body).backgroundColor"));
            }
        }
        assert_ne!(papers[0], papers[1], "{address} is the same in the dark");
        page.look(View::PHONE);
        page.ask("document.documentElement.style.fontSize = '200%'");
        assert_eq!(page.stands_out(), 0, "{address} stands out with text twice as large");
        page.ask("document.documentElement.style.fontSize = ''");
        self.costs(&address);
    }

    /// What the page asked the network for, and whether anything was refused.
    fn costs(&self, address: &str) {
        let mut traffic = self.watch.take();
        let host = self.home.split("/g/").next().expect("a host");
        // An error page is one because of its status, which the console shows in red.
        let known = format!("{address}: Failed to load resource: the server responded with a status of 4");
        traffic.complaints.retain(|complaint| !complaint.starts_with(&known));
        assert_eq!(traffic.complaints, Vec::<String>::new(), "{address}");
        // Without a window Chromium leaves the icon out; a redirected form comes to its page in two.
        traffic
            .requests
            .extend(self.page.ask("document.querySelector('link[rel=icon]').href").as_str().map(str::to_owned));
        traffic.requests.dedup();
        for request in &traffic.requests {
            assert!(request.starts_with(host), "{address} asks somebody else: {request}");
        }
        let cost = (traffic.requests.len(), traffic.bytes);
        assert!((4..=REQUESTS + 1).contains(&cost.0) && cost.1 > 10_000.0 && cost.1 <= BYTES, "{address}: {traffic:?}");
    }
}

fn text<'a>(facts: &'a Value, name: &str) -> &'a str {
    facts[name].as_str().expect("a text")
}

#[test]
fn a_stranger_finds_every_page_fit_to_be_seen() {
    let Some(browser) = Browser::open() else { return };
    let (mut demo, facts) = Program::demo(&[]);
    let stranger = Person::new(&browser, &facts);
    for path in ["/", "/signed-out", "/help", "/privacy", "/forgot", "/invite/0123456789", "/nowhere", "/orders/%ff"] {
        stranger.sees(path);
    }
    stranger.sees("/");
    stranger.sends(&[("#email", "eva@brf.example"), ("#password", "not the password")]);
    assert_eq!(stranger.page.ask("document.activeElement.id"), "problems");
    stranger.sees("/forgot");
    stranger.sends(&[("#email", "nobody")]);
    stranger.sends(&[("#email", "@brf.example")]);
    assert!(stranger.page.address().ends_with("/forgot/sent"), "{}", stranger.page.text());

    let link = demo.invitation(Path::new(text(&facts, "mail_dir")), "nils@brf.example");
    stranger.sees(link.strip_prefix(&stranger.home).expect("a link of this company"));
    stranger.sends(&[("#password", "short")]);
    stranger.sends(&[("#password", "nine green kettles sing")]);
    stranger.sends(&[("#password", "nine green kettles sing")]);
    assert!(stranger.page.address().ends_with("/no-access"), "nils was granted nothing: {}", stranger.page.address());
    stranger.sees("/account");
}

#[test]
fn everybody_finds_their_own_pages_fit_to_be_seen() {
    let Some(browser) = Browser::open() else { return };
    let (_demo, facts) = Program::demo(&[]);
    for account in facts["accounts"].as_array().expect("accounts") {
        let person = Person::new(&browser, &facts);
        person.signs_in(account);
        person.sees("/orders");
        let order = person.page.ask("document.querySelector('.order h3 a').href");
        person.sees(order.as_str().and_then(|order| order.strip_prefix(&person.home)).expect("an order"));
        person.sees("/account");
    }
}

#[test]
fn who_may_do_everything_finds_every_page_in_every_language() {
    let Some(browser) = Browser::open() else { return };
    let (_demo, facts) = Program::demo(&[]);
    let eva = Person::new(&browser, &facts);
    eva.signs_in(&facts["accounts"][0]);
    for path in
        ["/orders?view=list", "/orders?stage=done", "/orders?q=nothing+is+called+so", "/account/password", "/switch"]
    {
        eva.sees(path);
    }
    for path in ["/no-access", "/help", "/privacy", "/orders/NK-FRO-9999"] {
        eva.sees(path);
    }
    eva.sees("/account/password");
    eva.sends(&[("#current", "not it"), ("#password", "short")]);
    for lang in ["sv", "es"] {
        eva.page.go(&format!("{}/account", eva.home));
        eva.page.ask(&format!("document.querySelector('select').value = '{lang}'"));
        eva.page.follow("main button[type=submit]");
        for path in ["/orders", "/orders?view=list", "/account", "/account/password", "/switch"] {
            eva.sees(path);
            assert_eq!(eva.page.ask("document.documentElement.lang"), lang, "{path}");
        }
    }
}
