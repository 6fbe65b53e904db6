//! A person who looks at each page wide and narrow, light and dark, with large text, and with an eye on the network.

use serde_json::Value;

use crate::support::browser::{Browser, Page, View, Watch};

/// A desk, a usual telephone and a small one, light and dark.
const VIEWS: [View; 6] =
    [View::DESK, View::HAND, View::PHONE, View::PHONE.dark(), View::HAND.dark(), View::DESK.dark()];

/// What a cold page may cost: the page, two stylesheets, the script, the logo and the icon.
const REQUESTS: usize = 6;
const BYTES: f64 = 60.0 * 1024.0;

/// What stands out to the side, the controls lower than 44 px, the colour of the paper; in one question, because each
/// takes time. A link inside a sentence is as high as its line; a card is one large link.
const FITS: &str = "[
    Math.ceil(document.documentElement.scrollWidth - document.documentElement.clientWidth),
    [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
        .filter(one => one.checkVisibility() && !one.matches('.skip'))
        .filter(one => getComputedStyle(one).display !== 'inline'
            || one.parentElement.textContent.trim() === one.textContent.trim())
        .map(one => one.closest('.order') ?? (one.closest('.tick') ? one.labels[0] : one))
        .filter(one => one.getBoundingClientRect().height < 44)
        .map(one => one.outerHTML),
    getComputedStyle(document.body).backgroundColor,
]";

/// What stands out when the text is twice as large, and the language, the headings and the icon of the page.
const LARGE: &str = "(root => {
    root.style.fontSize = '200%';
    const out = Math.ceil(root.scrollWidth - root.clientWidth);
    root.style.fontSize = '';
    return [out, root.lang, document.querySelectorAll('h1').length, document.querySelector('link[rel=icon]').href];
})(document.documentElement)";

/// A person in the demonstration company, whose every page is looked at.
pub(super) struct Person {
    pub(super) page: Page,
    watch: Watch,
    pub(super) home: String,
}

impl Person {
    pub(super) fn new(browser: &std::sync::Arc<Browser>, facts: &Value) -> Self {
        let home = text(facts, "url").trim_end_matches('/').to_owned();
        let page = browser.page(View::DESK, &format!("{home}/signed-out"));
        let watch = page.watch();
        Self { page, watch, home }
    }

    /// Goes to a page of the portal and looks at it.
    pub(super) fn sees(&self, path: &str) {
        self.watch.take();
        self.page.go(&format!("{}{path}", self.home));
        self.looks();
    }

    /// Sends the form of the page and looks at the answer.
    pub(super) fn sends(&self, values: &[(&str, &str)]) {
        self.sends_by("main button[type=submit]", values);
    }

    /// Presses a button of the page, once some fields are filled in, and looks at the answer.
    pub(super) fn sends_by(&self, button: &str, values: &[(&str, &str)]) {
        for (field, value) in values {
            self.page.retype(field, value);
        }
        self.watch.take();
        self.page.follow(button);
        self.looks();
    }

    /// Looks at the page to which a link of this page leads.
    pub(super) fn follows(&self, link: &str) {
        self.watch.take();
        self.page.follow(link);
        self.looks();
    }

    pub(super) fn signs_in(&self, account: &Value) {
        self.page.go(&format!("{}/", self.home));
        self.sends(&[("#email", text(account, "email")), ("#password", text(account, "password"))]);
        assert_eq!(self.page.ask("document.querySelectorAll('header form').length"), 1, "{}", self.page.text());
    }

    /// The path of the first order on the board that is open.
    pub(super) fn first_order(&self) -> String {
        let order = self.page.ask("document.querySelector('.order h3 a').href");
        order.as_str().and_then(|order| order.strip_prefix(&self.home)).expect("an order").to_owned()
    }

    /// Looks at the page that is open, in every way.
    fn looks(&self) {
        let (page, address) = (&self.page, self.page.address());
        let papers = VIEWS.map(|view| {
            page.look(view);
            let [out, low, paper] = answers(page, FITS);
            assert_eq!(out, 0, "{address} stands out at {view:?}");
            assert_eq!(low, Value::Array(Vec::new()), "too low on {address} at {view:?}");
            paper
        });
        assert_ne!(papers[0], papers[5], "{address} is the same in the dark");
        page.look(View::PHONE.dark());
        let [out, lang, headings, icon] = answers(page, LARGE);
        assert_eq!(out, 0, "{address} stands out with text twice as large");
        assert_eq!(headings, 1, "headings of {address}");
        assert_eq!(lang.as_str().map(str::len), Some(2), "{address} says its language");
        self.costs(&address, icon.as_str().expect("an icon"));
    }

    /// What the page asked the network for, and whether anything was refused.
    fn costs(&self, address: &str, icon: &str) {
        let mut traffic = self.watch.take();
        // The place on a page is nothing that the network knows.
        let address = address.split('#').next().unwrap_or_default();
        let host = self.home.split("/g/").next().expect("a host");
        // An error page is one because of its status, which the console shows in red.
        let known = format!("{address}: Failed to load resource: the server responded with a status of 4");
        traffic.complaints.retain(|complaint| !complaint.starts_with(&known));
        assert_eq!(traffic.complaints, Vec::<String>::new(), "{address}");
        // Without a window Chromium does not always ask for the icon, or does it late, when the next page is open.
        traffic.requests.retain(|request| request != icon);
        traffic.requests.push(icon.to_owned());
        for request in &traffic.requests {
            assert!(request.starts_with(host), "{address} asks somebody else: {request}");
        }
        let cost = (traffic.requests.len(), traffic.bytes);
        let redirected = traffic.requests.iter().position(|request| request == address).unwrap_or_default();
        assert!((4..=REQUESTS + redirected).contains(&cost.0), "{address}: {traffic:?}");
        assert!((10_000.0..=BYTES).contains(&cost.1), "{address}: {traffic:?}");
    }
}

/// The answers to a question for several things.
#[track_caller]
fn answers<const N: usize>(page: &Page, question: &str) -> [Value; N] {
    let answers = page.ask(question).as_array().cloned().unwrap_or_default();
    answers.try_into().unwrap_or_else(|other| panic!("{question}: {other:?}"))
}

pub(super) fn text<'a>(facts: &'a Value, name: &str) -> &'a str {
    facts[name].as_str().expect("a text")
}
