//! The portal without a mouse: Tab and Enter lead everywhere, and it is always seen where one is.

use crate::support::browser::{Browser, Page, View};
use crate::support::program::Program;

/// More stops than any page has.
const STOPS: usize = 80;

#[test]
fn the_keyboard_alone_signs_in_searches_opens_an_order_and_signs_out() {
    let Some(browser) = Browser::open() else { return };
    let (_demo, facts) = Program::demo(&[]);
    let account = &facts["accounts"][1];
    let [email, password] = ["email", "password"].map(|name| account[name].as_str().expect("a text"));
    let page = browser.page(View::DESK, facts["url"].as_str().expect("an address"));

    page.press("Tab");
    assert_eq!(page.ask("document.activeElement.className"), "skip", "the first stop skips what is on every page");
    reach(&page, "#email");
    page.write(email);
    reach(&page, "#password");
    page.write("not the password");
    page.leave("a refused sign-in", || page.press("Enter"));
    assert_eq!(stop(&page, "#problems"), [true, true], "the summary takes the focus");
    assert_eq!(page.ask("document.querySelector('#email').value"), email, "nothing typed is lost");
    reach(&page, "#problems a");
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
    while stop(&page, "*")[0] && stops < STOPS {
        stops += 1;
        page.press("Tab");
    }
    assert_eq!(controls, stops, "every control is a stop, once");

    reach(&page, "input[type=search]");
    page.write("compressor");
    page.leave("the search", || page.press("Enter"));
    assert_eq!(page.ask("new URLSearchParams(location.search).get('q')"), "compressor");
    reach(&page, ".order h3 a");
    let title = page.ask("document.activeElement.innerText");
    page.leave("the order", || page.press("Enter"));
    assert_eq!(page.text_of("h1"), title);
    reach(&page, ".back a");
    page.leave("back", || page.press("Enter"));
    reach(&page, "header button");
    page.leave("signing out", || page.press("Enter"));
    assert_eq!(page.ask("location.pathname"), "/g/nordkyl/signed-out");
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
    let selector = serde_json::Value::from(selector);
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
