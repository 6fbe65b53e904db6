//! The tests in a browser; here those of the browser itself, against a few pages of their own.

mod chart;
mod invitation;
mod keyboard;
mod outside;
mod pages;
mod person;
mod site;
mod work;

use std::ffi::OsStr;

use crate::support::browser::{Browser, View, missing, program};
use crate::support::folder;
use site::Pages;

#[test]
fn a_page_is_seen_light_and_dark_wide_and_narrow() {
    let Some(browser) = Browser::open() else { return };
    let pages = Pages::serve();
    let colour = "getComputedStyle(document.body).backgroundColor";

    let page = browser.page(View::DESK, &pages.at("/look"));
    assert_eq!(page.ask(colour), "rgb(250, 250, 250)");
    assert_eq!((page.ask("innerWidth"), page.stands_out()), (1280.into(), 0));
    let light = page.picture();
    let size = imagesize::blob_size(&light).expect("a PNG");
    assert_eq!((size.width, size.height), (1280, 800));

    page.look(View::PHONE.dark());
    assert_eq!(page.ask(colour), "rgb(10, 20, 30)");
    // The box of 600 pixels does not fit.
    assert_eq!((page.ask("innerWidth"), page.stands_out()), (320.into(), 280));
    let dark = page.picture();
    assert_eq!(imagesize::blob_size(&dark).expect("a PNG").width, 320);
    assert_ne!(light, dark);
}

#[test]
fn a_form_is_filled_and_sent_with_and_without_scripts() {
    let Some(browser) = Browser::open() else { return };
    let pages = Pages::serve();
    for view in [View::DESK, View::DESK.without_scripts()] {
        let page = browser.page(view, &pages.at("/form"));
        let by = if view.scripts { "a script wrote this" } else { "no script wrote this" };
        assert!(page.text().contains(by), "{}", page.text());
        page.fill("input[name=who]", "Fröjden");
        page.follow("button");
        assert_eq!(page.text_of("p"), "who=Fr%C3%B6jden");
        assert_eq!(page.address(), pages.at("/sent"));
        assert!(page.html().contains("<p>who=Fr%C3%B6jden</p>"));
    }
}

#[test]
fn keys_move_the_focus_and_a_click_into_a_field_stays_on_the_page() {
    let Some(browser) = Browser::open() else { return };
    let pages = Pages::serve();
    let page = browser.page(View::PHONE, &pages.at("/form"));
    page.fill("input[name=who]", "Eva");
    page.press("Tab");
    assert_eq!(page.ask("document.activeElement.tagName"), "BUTTON");
    page.ask("window.frontdeskWasHere = true");
    page.click("input[name=who]");
    assert_eq!(page.ask("window.frontdeskWasHere"), true, "a click into a field stays on the page");
}

#[test]
fn pages_do_not_share_cookies() {
    let Some(browser) = Browser::open() else { return };
    let pages = Pages::serve();
    let one = browser.page(View::DESK, &pages.at("/form"));
    assert_eq!(one.ask("document.cookie = 'seen=1', document.cookie"), "seen=1");
    let other = browser.page(View::DESK, &pages.at("/form"));
    assert_eq!(other.ask("document.cookie"), "");
}

#[test]
fn chromium_is_found_by_its_names_and_its_absence_fails_in_ci() {
    let place = folder();
    assert_eq!(program(None), None);
    assert_eq!(program(Some(place.path().as_os_str())), None);
    std::fs::create_dir(place.path().join("chromium")).expect("a folder of that name");
    assert_eq!(program(Some(place.path().as_os_str())), None, "a folder is no program");
    let chrome = place.path().join("google-chrome");
    std::fs::write(&chrome, "").expect("a file");
    let path = std::env::join_paths([OsStr::new("/nowhere"), place.path().as_os_str()]).expect("a search path");
    assert_eq!(program(Some(&path)), Some(chrome));
    assert!(std::panic::catch_unwind(|| missing(true)).is_err());
}
