//! The way of the README: five commands in an empty folder, a link in a mail, and a customer who looks at an order.

use crate::support::browser::{Browser, Page, View};
use crate::support::program::Program;

const PASSWORD: &str = "nine green kettles sing";

#[test]
fn the_readme_leads_from_nothing_to_an_order_on_the_screen() {
    walk(true);
}

#[test]
fn the_readme_leads_there_without_scripts_too() {
    walk(false);
}

fn walk(scripts: bool) {
    let Some(browser) = Browser::open() else { return };
    let (mut server, address) = Program::of_the_readme();
    let home = format!("{address}/g/nordkyl/");
    let link = server.invitation(&server.data().join("mail"), "eva@brf.example");
    assert!(link.starts_with(&home), "{link}");
    server.also("frontdesk facility add");
    server.also("frontdesk order create");

    let hand = View { scripts, ..View::HAND };
    let page = browser.page(hand, &link);
    assert!(page.text().contains("Nordkyl AB"), "{}", page.text());
    assert!(!page.address().contains(link.rsplit('/').next().expect("a token")), "the token left the address");
    assert_eq!(page.ask("document.querySelector('#email').value"), "eva@brf.example");
    page.fill("#password", "short");
    page.follow("main button[type=submit]");
    assert_eq!(page.ask("document.querySelectorAll('#problems').length"), 1, "{}", page.text());
    page.fill("#password", PASSWORD);
    page.follow("main button[type=submit]");

    assert_eq!(page.address().trim_start_matches(&address).split('?').next(), Some("/g/nordkyl/"));
    assert_eq!(page.ask("document.querySelector('#email').value"), "eva@brf.example", "the address is filled in");
    page.fill("#password", PASSWORD);
    page.follow("main button[type=submit]");

    for view in [hand, View { scripts, ..View::DESK }] {
        page.look(view);
        page.go(&format!("{address}/g/nordkyl/orders"));
        says(&page, &["Brf Fröjden", "Compressor 2 leaks oil", "Hus B"]);
        assert_eq!(page.ask("document.querySelectorAll('.order').length"), 1);
        page.follow(".order h3 a");
        assert_eq!(page.text_of("h1"), "Compressor 2 leaks oil");
        says(&page, &["Hus B", "Brådskande"]);
    }

    page.follow("header button[type=submit]");
    assert_eq!(page.address(), format!("{address}/g/nordkyl/signed-out"));
    page.go(&format!("{address}/g/nordkyl/orders"));
    assert_eq!(page.ask("document.querySelectorAll('#password').length"), 1, "who signed out signs in again");
    page.go(&link);
    assert_eq!(page.ask("document.querySelectorAll('#password').length"), 0, "the link worked once");
}

#[track_caller]
fn says(page: &Page, words: &[&str]) {
    let text = page.text().to_lowercase();
    for word in words {
        assert!(text.contains(&word.to_lowercase()), "{word} is not in {text}");
    }
    assert_eq!(page.stands_out(), 0, "nobody scrolls sideways at {}", page.address());
}
