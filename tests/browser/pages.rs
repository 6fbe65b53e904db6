//! Every page of the portal, as a stranger sees it, and everybody who is shown in the demonstration.

use std::path::Path;

use serde_json::Value;

use super::chart;
use super::person::{Person, text};
use crate::support::browser::Browser;
use crate::support::program::Program;

#[test]
fn a_stranger_finds_every_page_fit_to_be_seen() {
    let Some(browser) = Browser::open() else { return };
    let (mut demo, facts) = Program::demo(&[]);
    let stranger = Person::new(&browser, &facts);
    for path in [
        "/",
        "/signed-out",
        "/help",
        "/privacy",
        "/accessibility",
        "/forgot",
        "/invite/0123456789",
        "/nowhere",
        "/orders/%ff",
    ] {
        stranger.sees(path);
    }
    stranger.sees("/");
    stranger.sends(&[("#email", "eva@brf.example"), ("#password", "not the password")]);
    assert_eq!(stranger.page.ask("document.activeElement.id"), "problems");
    stranger.sees("/forgot");
    stranger.sends(&[("#email", "nobody")]);
    assert_eq!(stranger.page.ask("document.querySelector('#email').value"), "nobody", "nothing typed is lost");
    stranger.sees("/forgot");
    stranger.sends(&[("#email", "nobody@brf.example")]);
    assert!(stranger.page.address().contains("/forgot/sent"), "{}", stranger.page.text());

    let link = demo.invitation(Path::new(text(&facts, "mail_dir")), "nils@brf.example");
    stranger.sees(link.strip_prefix(&stranger.home).expect("a link of this company"));
    stranger.sends(&[("#password", "short")]);
    stranger.sends(&[("#password", "nine green kettles sing")]);
    stranger.sends(&[("#password", "nine green kettles sing")]);
    assert!(stranger.page.address().ends_with("/no-access"), "nils was granted nothing: {}", stranger.page.address());
    for path in ["/account", "/account/sessions", "/account/name", "/account/notices", "/orders", "/documents"] {
        stranger.sees(path);
    }
}

#[test]
fn what_a_mail_leads_to_is_fit_to_be_seen() {
    let Some(browser) = Browser::open() else { return };
    let (mut demo, facts) = Program::demo(&[]);
    let link = demo.choosing(Path::new(text(&facts, "mail_dir")), "hanna@ica.example");
    mails(&Person::new(&browser, &facts), &link);
}

#[test]
fn everybody_finds_every_page_of_theirs_fit_to_be_seen_in_every_language() {
    let Some(browser) = Browser::open() else { return };
    let (_demo, facts) = Program::demo(&[]);
    let (browser, facts) = (&browser, &facts);
    let [eva, ola, sam, birgitta] = [0, 1, 2, 3].map(|at| &facts["accounts"][at]);
    // At the same time, because the browser is what takes the time.
    std::thread::scope(|scope| {
        for part in [orders, order, places, own] {
            scope.spawn(move || {
                let person = Person::new(browser, facts);
                person.signs_in(eva);
                assert!(
                    person.page.address().ends_with("/switch"),
                    "who has two customers chooses: {}",
                    person.page.address()
                );
                person.page.follow(".choice:not([disabled])");
                part(&person);
            });
        }
        for (account, lang, more) in
            [(ola, "sv", one_place as fn(&Person)), (sam, "es", little), (birgitta, "en", no_place)]
        {
            scope.spawn(move || {
                let person = Person::new(browser, facts);
                reads(&person, account, lang);
                more(&person);
            });
        }
    });
}

/// Who may do everything: the orders, and ordering something.
fn orders(eva: &Person) {
    for path in ["/orders", "/orders?view=list", "/orders?stage=done", "/orders?q=nothing+is+called+so", "/orders/new"]
    {
        eva.sees(path);
    }
    eva.sends(&[("#details", "It needs two hands since the rain."), ("#site_phone", "+46 70 555 01 42")]);
    eva.page.set("#facility", "hus-b");
    eva.sends(&[("#what", "The door of the plant room sticks")]);
    assert!(eva.page.address().ends_with("/sent"), "{}", eva.page.text());
    for path in ["/orders/NK-FRO-9999", "/documents", "/documents?q=nothing+is+called+so", "/company/documents"] {
        eva.sees(path);
    }
}

/// One order with everything on it, and its self-check, which is signed.
fn order(eva: &Person) {
    eva.page.go(&format!("{}/orders?q=Compressor+1+starts", eva.home));
    eva.follows(".order h3 a");
    eva.follows(".comments .comments .aside a");
    eva.sends_by("form[action$='/comments'] button", &[("#comment", " ")]);
    eva.page.go(&format!("{}/orders?q=Compressor+1+starts", eva.home));
    let order = eva.first_order();
    eva.sees(&format!("{order}/documents"));
    eva.sends(&[("#document-text", "What the display said")]);
    eva.page.go(&format!("{}/orders?q=Yearly+service,+heat+pump&stage=done", eva.home));
    eva.follows("tbody a");
    eva.follows("h3 a[href*='/selfchecks/']");
    assert_eq!(eva.page.ask("document.querySelectorAll('main form').length"), 0, "it is signed");
}

/// The places, the machines with their readings, and a self-check that is open.
fn places(eva: &Person) {
    for path in ["/facilities", "/facilities?q=nothing+is+called+so", "/facilities/hus-b", "/facilities/tvatt"] {
        eva.sees(path);
    }
    for path in ["/facilities/hus-b/documents", "/objects", "/objects?q=nothing+is+called+so", "/objects/AV-01"] {
        eva.sees(path);
    }
    eva.sees("/objects/VP-02");
    chart::looks(&eva.page);
    eva.sees("/objects/GF-01/readings");
    eva.sees("/objects/VP-02/readings");
    chart::looks(&eva.page);
    eva.sends_by("#reading button", &[("#value", "12")]);
    eva.follows("td.more a");
    eva.sends(&[("#value", "none"), ("#why", " ")]);
    eva.sees("/objects/FF-02/readings");
    eva.sends_by("#reading button", &[("#value", "109635")]);
    assert_eq!(eva.page.ask("document.querySelectorAll('#sure').length"), 1, "{}", eva.page.text());
    eva.page.go(&format!("{}/objects/VP-02", eva.home));
    eva.follows("h3 a[href*='/selfchecks/']");
    eva.sends_by("button[formaction$='/sign']", &[("#answer-5", "hot")]);
}

/// What is one's own.
fn own(eva: &Person) {
    for path in ["/account", "/switch", "/account/name", "/account/sessions", "/accessibility", "/no-access", "/help"] {
        eva.sees(path);
    }
    for path in ["/privacy", "/company", "/company?q=nothing+is+called+so", "/company/edit"] {
        eva.sees(path);
    }
    eva.sends(&[("#email", "nobody")]);
    eva.sees("/account/password");
    eva.sends(&[("#current", "not it"), ("#password", "short")]);
    eva.sees("/account/notices");
    eva.page.click("[name=comment][value=daily]");
    eva.sends(&[]);
    assert_eq!(eva.page.ask("document.querySelector('[name=comment]:checked').value"), "daily");
}

/// Which mails one gets, from the link in one of them, by whoever holds it.
fn mails(stranger: &Person, link: &str) {
    stranger.sees(link.strip_prefix(&stranger.home).expect("a link of this company"));
    stranger.sends_by("main form:last-of-type button", &[]);
    assert_eq!(stranger.page.ask("document.querySelectorAll('[value=off]:checked').length"), 9);
    // As a mail program does it, which shows the answer to whoever wants to see it.
    stranger
        .page
        .ask("(all => [all.name = 'List-Unsubscribe', all.value = 'One-Click'])(document.querySelector('[name=all]'))");
    stranger.sends_by("main form:last-of-type button", &[]);
    assert_eq!(stranger.page.ask("document.querySelectorAll('main form').length"), 0, "{}", stranger.page.text());
    stranger.follows("main a.button");
    stranger.sees("/mail/off/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}

/// Signs in, and chooses a language.
fn reads(person: &Person, account: &Value, lang: &str) {
    person.signs_in(account);
    person.sees("/account");
    person.page.set("select#lang", lang);
    person.page.follow("main button[type=submit]");
    person.sees("/orders");
    assert_eq!(person.page.ask("document.documentElement.lang"), lang);
}

/// Who may look, and reaches one place.
fn little(sam: &Person) {
    for path in ["/orders?view=list", "/account/password", "/facilities", "/objects", "/objects/KD-01", "/documents"] {
        sam.sees(path);
    }
    sam.sees("/orders");
    sam.follows(".order h3 a");
}

/// Who reaches one place, and may order and comment.
fn one_place(ola: &Person) {
    for path in
        ["/facilities", "/facilities/hus-b", "/objects", "/objects/VP-02", "/objects/VP-02/readings", "/company"]
    {
        ola.sees(path);
    }
    for path in ["/documents", "/account/sessions", "/accessibility", "/orders/new"] {
        ola.sees(path);
    }
    ola.sends(&[]);
    ola.page.go(&format!("{}/objects/VP-02", ola.home));
    ola.follows("h3 a[href*='/selfchecks/']");
    ola.page.go(&format!("{}/orders?q=Compressor+1", ola.home));
    ola.follows(".order h3 a");
}

/// Who reaches what belongs to no place, and may order and comment.
fn no_place(birgitta: &Person) {
    for path in
        ["/facilities", "/objects", "/objects/AV-01", "/documents", "/company", "/orders/new", "/facilities/hus-b"]
    {
        birgitta.sees(path);
    }
    birgitta.page.go(&format!("{}/orders", birgitta.home));
    birgitta.follows(".order h3 a");
}
