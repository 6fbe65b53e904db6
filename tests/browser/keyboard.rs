//! The portal without a mouse: Tab and Enter lead everywhere, and it is always seen where one is.

use std::path::Path;

use serde_json::Value;

use crate::support::browser::{Browser, Page, View};
use crate::support::program::Program;

/// More stops than any page has.
const STOPS: usize = 80;

/// What a telephone would have taken a picture of.
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/demo/logo.png");

#[test]
fn the_keyboard_alone_leads_everywhere_and_does_the_work_of_a_day() {
    let Some(browser) = Browser::open() else { return };
    let (_demo, facts) = Program::demo(&[]);
    let home = facts["url"].as_str().expect("an address");
    let [eva, ola] = [0, 1].map(|at| &facts["accounts"][at]);
    // At the same time, because the browser is what takes the time.
    std::thread::scope(|scope| {
        scope.spawn(|| finds_an_order(&browser.page(View::DESK, home), ola));
        scope.spawn(|| {
            let page = browser.page(View::DESK, home);
            signs_in(&page, eva);
            orders(&page);
            answers(&page, home);
        });
        scope.spawn(|| {
            let page = browser.page(View::DESK, home);
            signs_in(&page, eva);
            reads_a_meter(&page, home);
            checks(&page, home);
            reads_spanish_and_signs_out(&page, home);
        });
    });
}

/// Signs in at the second attempt, sees every stop of a page, searches, opens an order and signs out.
fn finds_an_order(page: &Page, account: &Value) {
    let [email, password] = ["email", "password"].map(|name| account[name].as_str().expect("a text"));
    page.press("Tab");
    assert_eq!(page.ask("document.activeElement.className"), "skip", "the first stop skips what is on every page");
    reach(page, "#email");
    page.write(email);
    reach(page, "#password");
    page.write("not the password");
    page.leave("a refused sign-in", || page.press("Enter"));
    assert_eq!(stop(page, "#problems"), [true, true], "the summary takes the focus: {}", page.text());
    assert_eq!(page.ask("document.querySelector('#email').value"), email, "nothing typed is lost");
    reach(page, "#problems a");
    page.press("Enter");
    assert_eq!(page.ask("document.activeElement.id"), "password", "the summary leads to the field");
    page.write(password);
    page.leave("signing in", || page.press("Enter"));
    assert_eq!(page.ask("location.pathname"), "/g/nordkyl/orders", "{}", page.text());

    // The whole round: every stop is seen, none holds the keyboard fast, and every control is one.
    let controls =
        page.ask("[...document.querySelectorAll('a,button,input,select')].filter(one => one.type !== 'hidden' && one.checkVisibility()).length");
    let mut stops = 0;
    page.press("Tab");
    while stop(page, "*")[0] && stops < STOPS {
        stops += 1;
        page.press("Tab");
    }
    assert_eq!(controls, stops, "every control is a stop, once");

    reach(page, "input[type=search]");
    page.write("compressor");
    page.leave("the search", || page.press("Enter"));
    assert_eq!(page.ask("new URLSearchParams(location.search).get('q')"), "compressor");
    reach(page, ".order h3 a");
    let title = page.ask("document.activeElement.innerText");
    page.leave("the order", || page.press("Enter"));
    assert_eq!(page.text_of("h1"), title);
    reach(page, ".back a");
    page.leave("back", || page.press("Enter"));
    reach(page, "header button");
    page.leave("signing out", || page.press("Enter"));
    assert_eq!(page.ask("location.pathname"), "/g/nordkyl/signed-out");
}

/// Signs in and chooses between two customers.
fn signs_in(page: &Page, account: &Value) {
    for (field, name) in [("#email", "email"), ("#password", "password")] {
        reach(page, field);
        page.write(account[name].as_str().expect("a text"));
    }
    page.leave("signing in", || page.press("Enter"));
    skip(page);
    reach(page, ".choice");
    page.leave("the choice", || page.press("Enter"));
}

/// Orders something: forgets what it is about, is led back there, and chooses place, priority and a picture.
fn orders(page: &Page) {
    skip(page);
    reach(page, ".with-action a.button");
    page.leave("the form", || page.press("Enter"));
    skip(page);
    reach(page, "#details");
    page.write("It needs two hands since the rain.");
    reach(page, "main button[type=submit]");
    page.leave("a refused order", || page.press(" "));
    assert_eq!(stop(page, "#problems"), [true, true], "the summary takes the focus: {}", page.text());
    assert_eq!(page.ask("document.querySelector('#details').value"), "It needs two hands since the rain.");
    reach(page, "#problems a");
    page.press("Enter");
    assert_eq!(page.ask("document.activeElement.id"), "what", "the summary leads to the field");
    page.write("The door of the plant room sticks");
    reach(page, "#facility");
    choose(page, "hus-b");
    reach(page, "input[name=urgency]");
    let before = page.ask("document.activeElement.value");
    page.press("ArrowDown");
    let after = page.ask("document.querySelector('input[name=urgency]:checked').value");
    assert_ne!(before, after, "the arrows choose among radio buttons");
    reach(page, "#files");
    page.choose("#files", &[Path::new(PICTURE)]);
    reach(page, "main button[type=submit]");
    page.leave("an order", || page.press(" "));
    assert!(page.address().ends_with("/sent"), "{}", page.text());
    skip(page);
    reach(page, ".actions a.button");
    page.leave("the order", || page.press("Enter"));
    let text = page.text();
    assert!(
        ["The door of the plant room sticks", "Hus B", "logo.png"].iter().all(|said| text.contains(said)),
        "{text}"
    );
}

/// Answers a comment, with a picture.
fn answers(page: &Page, home: &str) {
    page.go(&format!("{home}orders?q=Compressor+1+starts"));
    skip(page);
    reach(page, ".order h3 a");
    page.leave("the order", || page.press("Enter"));
    skip(page);
    reach(page, ".comments .comments .aside a");
    page.leave("the form for an answer", || page.press("Enter"));
    reach(page, "#comment");
    page.write("Good, then I tell the neighbours.");
    reach(page, "#comment_files");
    page.choose("#comment_files", &[Path::new(PICTURE)]);
    reach(page, "form[action$='/comments'] button");
    page.leave("an answer", || page.press("Enter"));
    let last = page.text_of(".comments .comments li:last-child");
    assert!(last.contains("Good, then I tell the neighbours.") && last.contains("logo.png"), "{last}");
}

/// Enters a reading that is none, then one that is asked about.
fn reads_a_meter(page: &Page, home: &str) {
    page.go(&format!("{home}objects/FF-02"));
    skip(page);
    reach(page, "#value");
    page.write("?");
    page.leave("a refused reading", || page.press("Enter"));
    assert_eq!(stop(page, "#problems"), [true, true], "the summary takes the focus: {}", page.text());
    reach(page, "#problems a");
    page.press("Enter");
    assert_eq!(page.ask("[document.activeElement.id, document.activeElement.value].join()"), "value,?");
    page.press("End");
    page.press("Backspace");
    page.write("109,635.5");
    page.leave("a question", || page.press("Enter"));
    reach(page, "button[name=sure]");
    page.leave("a reading", || page.press(" "));
    let newest = page.text_of("#reading tbody tr").replace('\u{a0}', " ");
    assert!(newest.contains("109,635.5 h"), "{newest}");
}

/// Fills in a self-check: signs it too early, is led to what is missing, and signs it.
fn checks(page: &Page, home: &str) {
    page.go(&format!("{home}objects/VP-02"));
    skip(page);
    reach(page, "h3 a[href*='/selfchecks/']");
    page.leave("the self-check", || page.press("Enter"));
    skip(page);
    reach(page, "input[name=answer-6]");
    page.press(" ");
    reach(page, "button[formaction]");
    page.leave("points that are missing", || page.press("Enter"));
    assert_eq!(stop(page, "#problems"), [true, true], "the summary takes the focus: {}", page.text());
    reach(page, "#problems a");
    page.press("Enter");
    assert_eq!(page.ask("document.activeElement.id"), "answer-5", "the summary leads to the field");
    page.write("56.5");
    reach(page, "input[name=answer-7]");
    page.press(" ");
    reach(page, "#point-7 summary");
    page.press("Enter");
    reach(page, "#note-7");
    page.write("Filled up");
    reach(page, "#files-7");
    page.choose("#files-7", &[Path::new(PICTURE)]);
    reach(page, "button[formaction]");
    page.leave("signing", || page.press("Enter"));
    assert_eq!(page.ask("document.querySelectorAll('main form').length"), 0, "{}", page.text());
    let text = page.text();
    assert!(["Filled up", "logo.png", "Eva Lind"].iter().all(|said| text.contains(said)), "{text}");
}

fn reads_spanish_and_signs_out(page: &Page, home: &str) {
    page.go(&format!("{home}account"));
    skip(page);
    reach(page, "select#lang");
    choose(page, "es");
    reach(page, "main button[type=submit]");
    page.leave("the language", || page.press("Enter"));
    assert_eq!(page.ask("document.documentElement.lang"), "es");
    reach(page, "header button");
    page.leave("signing out", || page.press("Enter"));
    assert_eq!(page.ask("location.pathname"), "/g/nordkyl/signed-out");
}

/// Skips what is on every page.
#[track_caller]
fn skip(page: &Page) {
    reach(page, ".skip");
    page.press("Enter");
    assert_eq!(page.ask("document.activeElement.id"), "content");
}

/// Goes down a list that has the focus, until a value is chosen.
#[track_caller]
fn choose(page: &Page, value: &str) {
    for _ in 0..STOPS {
        if page.ask("document.activeElement.value") == value {
            return;
        }
        page.press("ArrowDown");
    }
    panic!("the arrows do not lead to {value}");
}

/// Presses Tab until a selector's element has the focus, and it is seen at every stop.
#[track_caller]
fn reach(page: &Page, selector: &str) {
    for _ in 0..STOPS {
        page.press("Tab");
        if stop(page, selector) == [true, true] {
            return;
        }
    }
    panic!("Tab does not lead to {selector}");
}

/// Whether something on the page has the focus, and whether it is what a selector names.
///
/// What has the focus lies in view, with an outline around it or around its card.
#[track_caller]
fn stop(page: &Page, selector: &str) -> [bool; 2] {
    let selector = Value::from(selector);
    let all = page.ask(&format!(
        "(element => {{
            const outlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            const box = element.getBoundingClientRect();
            const within = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            return [
                element !== document.body,
                within && (outlined(getComputedStyle(element)) || outlined(getComputedStyle(element, '::after'))),
                element.matches({selector}),
                element.outerHTML.slice(0, 300),
            ];
        }})(document.activeElement)"
    ));
    let [somewhere, seen, there] = [0, 1, 2].map(|at| all[at] == true);
    assert!(seen || !somewhere, "unseen: {}", all[3]);
    [somewhere, there]
}
