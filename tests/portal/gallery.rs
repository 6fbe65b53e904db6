//! Every page of the portal, in every language, held against the rules that all pages keep.
//!
//! `FRONTDESK_GALLERY=DIR cargo test gallery` also leaves the pages in a folder, to be looked at.

pub mod documents;
mod notices;
mod ordering;
mod outside;
mod places;

use std::collections::HashSet;
use std::path::Path;

use frontdesk::portal::assets;
use frontdesk::portal::ui::layout::Frame;
use frontdesk::portal::views::account::{self, Customer, Switch};
use frontdesk::portal::views::errors::{self, ErrorPage};
use frontdesk::portal::views::link::{self, DeadLink, LinkSent, Why};
use frontdesk::portal::views::login::{
    self, Forgot, ForgotRefused, ForgotSent, LoginPage, LoginReason, LoginRefused, SignedOut,
};
use frontdesk::portal::views::order::OrderPage;
use frontdesk::portal::views::password::{self, ChangePassword, ChoosePassword, PasswordRefused, Purpose};
use frontdesk::portal::views::{self, order, orders, pages};
use frontdesk::text::{Colour, Lang};
use frontdesk::words;
use maud::Markup;

use super::sample::{self, at, target, when};
use super::tags;

mod readings;
mod selfchecks;

const STATUSES: [u16; 12] = [400, 403, 404, 405, 410, 411, 413, 415, 422, 429, 500, 503];

/// A page with its name and whether it shows a form that was refused.
struct Shot {
    name: String,
    lang: Lang,
    refused: bool,
    page: String,
}

#[derive(Default)]
struct Album(Vec<Shot>);

impl Album {
    fn add(&mut self, name: impl Into<String>, frame: &Frame, page: Markup) {
        self.keep(name.into(), frame, page, false);
    }

    fn refused(&mut self, name: impl Into<String>, frame: &Frame, page: Markup) {
        self.keep(name.into(), frame, page, true);
    }

    fn keep(&mut self, name: String, frame: &Frame, page: Markup, refused: bool) {
        self.0.push(Shot { name, lang: frame.lang, refused, page: page.into_string() });
    }
}

fn album(lang: Lang) -> Album {
    let mut album = Album::default();
    doors(&mut album, &sample::guest(lang));
    passwords(&mut album, &sample::guest(lang), &sample::eva(lang));
    inside(&mut album, &sample::eva(lang));
    ordering::pages(&mut album, &sample::eva(lang));
    selfchecks::pages(&mut album, &sample::eva(lang));
    readings::shots(&mut album, &sample::eva(lang));
    outside::shots(&mut album, &sample::guest(lang), &sample::long(lang), &sample::eva(lang));
    notices::shots(&mut album, &sample::guest(lang), &sample::eva(lang), &sample::long(lang));
    documents::add(&mut album, &sample::eva(lang));
    let long = sample::long(lang);
    places::add(&mut album, &sample::eva(lang), &long);
    album.add("long-board", &long, orders::pipeline(&long, &sample::board()));
    album.add("long-order", &long, order::show(&long, &sample::order()));
    album.add("long-empty", &long, orders::pipeline(&long, &sample::empty_board(false)));
    album.add("long-no-access", &long, account::no_access(&long));
    for frame in [sample::guest(lang), sample::eva(lang), sample::nobody(lang)] {
        let who = match (&frame.company, &frame.visitor) {
            (None, _) => "nobody",
            (_, None) => "guest",
            (_, Some(_)) => "eva",
        };
        for status in STATUSES {
            let data = ErrorPage {
                status,
                reference: (status == 500).then(|| "7F3K-22QM".into()),
                limit: (status == 413).then(|| (words::portal::of(lang).errors.text_limit)("64 kB")),
                minutes: (status == 429).then_some(3),
                back: (status == 413 && who == "eva").then(|| at("/orders/new")),
                home: frame.company.as_ref().map(|company| company.home.clone()),
            };
            album.add(format!("{who}-{status}"), &frame, errors::error(&frame, &data));
        }
    }
    album
}

fn doors(album: &mut Album, frame: &Frame) {
    let page = |refused, reason| LoginPage {
        form: target("/login"),
        email: "eva@brf.example".into(),
        hidden: vec![("next".into(), at("/orders/NK-FRO-0142"))],
        forgot: at("/forgot"),
        refused,
        reason,
    };
    album.add("login", frame, login::login(frame, &page(None, None)));
    album.add("login-chosen", frame, login::login(frame, &page(None, Some(LoginReason::PasswordChosen))));
    album.add("login-ended", frame, login::login(frame, &page(None, Some(LoginReason::Ended))));
    for refused in [
        LoginRefused::EmailMissing,
        LoginRefused::PasswordMissing,
        LoginRefused::Wrong,
        LoginRefused::Throttled(5),
        LoginRefused::Stale,
    ] {
        album.refused(format!("login-{refused:?}"), frame, login::login(frame, &page(Some(refused), None)));
    }
    album.add("signed-out", frame, login::signed_out(frame, &SignedOut { login: at("/") }));
    let forgot = |refused| Forgot { form: target("/forgot"), email: "eva".into(), refused, login: at("/") };
    album.add("forgot", frame, login::forgot(frame, &forgot(None)));
    album.refused("forgot-missing", frame, login::forgot(frame, &forgot(Some(ForgotRefused::EmailMissing))));
    album.refused("forgot-odd", frame, login::forgot(frame, &forgot(Some(ForgotRefused::EmailOdd))));
    let sent = ForgotSent { email: "eva@brf.example".into(), hours: 2, login: at("/"), forgot: at("/forgot") };
    album.add("forgot-sent", frame, login::forgot_sent(frame, &sent));
    for why in
        [Why::Used, Why::Expired, Why::Replaced, Why::Withdrawn, Why::Unknown, Why::Other { name: "Ola Berg".into() }]
    {
        let name = format!("link-{}", format!("{why:?}").split(' ').next().unwrap_or_default());
        let again = matches!(why, Why::Used | Why::Expired | Why::Replaced).then(|| target("/again"));
        let sign_out = matches!(why, Why::Other { .. }).then(|| target("/logout"));
        let forgot = matches!(why, Why::Unknown).then(|| at("/forgot"));
        album.add(name, frame, link::dead(frame, &DeadLink { why, again, forgot, sign_out, login: at("/") }));
    }
    album.add("link-sent", frame, link::sent(frame, &LinkSent { login: at("/") }));
    album.add("help", frame, pages::help(frame));
    album.add("privacy", frame, pages::privacy(frame));
    album.add("accessibility", frame, pages::accessibility(frame));
}

fn passwords(album: &mut Album, guest: &Frame, eva: &Frame) {
    let choose = |purpose: &Purpose, refused| ChoosePassword {
        purpose: purpose.clone(),
        form: target("/invite"),
        email: "eva@brf.example".into(),
        least: 12,
        until: when("2026-11-29T08:02:00+01:00", "29 November 2026, 08:02"),
        refused,
    };
    let invite = Purpose::Invite { customer: "Brf Fröjden".into() };
    album.add("invite", guest, password::choose(guest, &choose(&invite, None)));
    album.add("reset", guest, password::choose(guest, &choose(&Purpose::Reset, None)));
    let change = |refused| ChangePassword {
        form: target("/account/password"),
        email: "eva@brf.example".into(),
        least: 12,
        refused,
        account: at("/account"),
    };
    album.add("password", eva, password::change(eva, &change(None)));
    for refused in [
        PasswordRefused::Missing,
        PasswordRefused::TooShort,
        PasswordRefused::TooLong,
        PasswordRefused::Common,
        PasswordRefused::Guessable,
        PasswordRefused::CurrentMissing,
        PasswordRefused::CurrentWrong,
        PasswordRefused::Throttled(1),
        PasswordRefused::Stale,
    ] {
        album.refused(format!("password-{refused:?}"), eva, password::change(eva, &change(Some(refused))));
        if !matches!(refused, PasswordRefused::CurrentMissing | PasswordRefused::CurrentWrong) {
            album.refused(
                format!("reset-{refused:?}"),
                guest,
                password::choose(guest, &choose(&Purpose::Reset, Some(refused))),
            );
        }
    }
}

fn inside(album: &mut Album, frame: &Frame) {
    album.add("board", frame, orders::pipeline(frame, &sample::board()));
    album.add("list", frame, orders::pipeline(frame, &sample::list()));
    album.add("board-empty", frame, orders::pipeline(frame, &sample::empty_board(false)));
    album.add("board-no-match", frame, orders::pipeline(frame, &sample::empty_board(true)));
    let parts =
        vec![views::selfchecks::part(frame, &selfchecks::part()), views::documents::part(frame, &documents::part())];
    album.add("order", frame, order::show(frame, &OrderPage { parts, ..sample::order() }));
    let parts = vec![views::documents::part(frame, &documents::bare_part())];
    album.add("order-bare", frame, order::show(frame, &OrderPage { parts, ..sample::bare_order() }));
    let data = places::account_page(frame, places::all_sight());
    let saved = Frame { notice: Some(frame.words().account.saved.into()), ..frame.clone() };
    album.add("account", &saved, account::account(&saved, &data));
    let changed = Frame { notice: Some(frame.words().password.changed.into()), ..frame.clone() };
    album.add("account-changed", &changed, account::account(&changed, &data));
    let customer = |name: &str, number: &str, current, closed| Customer {
        value: number.into(),
        name: name.into(),
        number: number.into(),
        current,
        closed,
    };
    let customers = vec![
        customer("Brf Fröjden", "1042", true, false),
        customer("Brf Sjöfartsmuseiparkeringsgaragebyggnaden nr 3", "1043", false, false),
        customer("Brf Gläntan", "1044", false, true),
    ];
    album.add("switch", frame, account::switch(frame, &Switch { form: target("/switch"), customers }));
    album.add("no-access", frame, account::no_access(frame));
    let ended = [("Brf Fröjden".to_owned(), words::dates::day(jiff::civil::date(2026, 11, 22), frame.lang))];
    album.add("access-ended", frame, account::ended(frame, &ended));
    album.add("access-shut", frame, account::ended(frame, &[]));
}

fn every_page() -> Vec<Shot> {
    Lang::ALL.iter().flat_map(|lang| album(*lang).0).collect()
}

#[test]
fn every_page_keeps_the_rules_of_all_pages() {
    for shot in every_page() {
        let broken = broken_rules(&shot);
        assert!(broken.is_empty(), "{} in {}: {broken:#?}", shot.name, shot.lang);
    }
}

fn broken_rules(shot: &Shot) -> Vec<String> {
    let mut broken = Vec::new();
    let mut rule = |kept: bool, what: String| {
        if !kept {
            broken.push(what);
        }
    };
    let tags = tags::read(&shot.page);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    rule(shot.page.starts_with("<!DOCTYPE html><html lang=\""), "does not begin as a page".into());
    rule(tags[0].get("lang") == Some(shot.lang.word()), "is not marked with its language".into());
    // In a frame, header and footer are those of the page around it.
    let framed = shot.page.contains("<body class=\"inset\">");
    for name in ["h1", "main", "footer", "title"] {
        // A picture has a title of its own.
        let more = if name == "title" { count("svg") } else { 0 };
        let wanted = usize::from(!(framed && name == "footer")) + more;
        rule(count(name) == wanted, format!("has {} {name}", count(name)));
    }
    rule(!shot.page.to_lowercase().contains("frontdesk"), "speaks of frontdesk".into());
    let text: String = shot.page.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
    for word in ["invalid", "illegal", "please", "oops"] {
        rule(!text.to_lowercase().contains(word), format!("says {word}"));
    }
    rule(count("style") == 0, "has a style element".into());
    let mut ids = HashSet::new();
    let mut level = 0;
    for tag in &tags {
        for (key, _) in &tag.attributes {
            rule(key != "style" && !key.starts_with("on"), format!("{} has {key}", tag.name));
        }
        if let Some(id) = tag.get("id") {
            rule(ids.insert(id), format!("id {id} is there twice"));
        }
        if tag.name.len() == 2 && tag.name.starts_with('h') && tag.name != "hr" {
            let now = tag.name[1..].parse().expect("a level");
            rule(now <= level + 1, format!("{} follows h{level}", tag.name));
            level = now;
        }
        rule(tag.name != "img" || tag.get("alt").is_some(), "a picture has no alt".into());
        rule(tag.name != "script" || tag.get("src").is_some(), "a script stands in the page".into());
        let address = tag.get("href").or(tag.get("src")).or(tag.get("action")).unwrap_or("/");
        rule(
            address.starts_with(['/', '#']) || address.starts_with("tel:") || address.starts_with("mailto:"),
            format!("{address} leads away"),
        );
    }
    for tag in &tags {
        for key in ["for", "aria-describedby", "aria-labelledby"] {
            for id in tag.get(key).unwrap_or_default().split_whitespace() {
                rule(ids.contains(id), format!("{key} names {id}, which is not there"));
            }
        }
        if let Some(id) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
            rule(ids.contains(id), format!("#{id} is not there"));
        }
        if ["input", "select", "textarea"].contains(&tag.name.as_str()) && tag.get("type") != Some("hidden") {
            let id = tag.get("id").unwrap_or_default();
            let labels = tags.iter().filter(|label| label.name == "label" && label.get("for") == Some(id)).count();
            rule(labels == 1, format!("input {id} has {labels} labels"));
        }
    }
    forms(shot, &mut rule);
    broken
}

fn forms(shot: &Shot, rule: &mut impl FnMut(bool, String)) {
    for form in shot.page.split("<form method=\"post\"").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        rule(form.matches("name=\"csrf\"").count() == 1, "a form has no token".into());
        rule(form.contains("type=\"submit\""), "a form has no button".into());
    }
    let title = shot.page.split("<title>").nth(1).unwrap_or_default().split("</title>").next().unwrap_or_default();
    let starts = ["Error: ", "Fel: "].iter().any(|word| title.starts_with(word));
    rule(starts == shot.refused, format!("title '{title}'"));
    // A summary leads to each problem, which stands at its own field.
    let problems = if shot.refused { shot.page.matches("<p><a href=\"#").count() } else { 0 };
    rule(problems > 0 || !shot.refused, "a refused form says nothing of it".into());
    for (part, expected) in
        [(" autofocus", problems.min(1)), ("aria-invalid=\"true\"", problems), ("class=\"problem\"", problems)]
    {
        let found = shot.page.matches(part).count();
        rule(found == expected, format!("{part} is there {found} times"));
    }
}

#[test]
fn a_page_never_shows_a_password_again_and_lets_managers_fill_it_in() {
    for shot in every_page() {
        for tag in tags::read(&shot.page).iter().filter(|tag| tag.get("type") == Some("password")) {
            assert_eq!(tag.get("value"), None, "{}", shot.name);
            let complete = tag.get("autocomplete").expect("an autocomplete");
            assert!(["current-password", "new-password"].contains(&complete), "{}", shot.name);
            assert!(shot.page.contains("autocomplete=\"username\""), "{}", shot.name);
        }
    }
}

#[test]
fn what_people_wrote_is_shown_as_text() {
    let frame = sample::eva(Lang::En);
    let mut data = sample::order();
    data.title = "<script>alert(1)</script>".into();
    data.comments[0].text = "\"><img src=x onerror=alert(1)>".into();
    let page = order::show(&frame, &data).into_string();
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("&lt;img src=x"));
    assert_eq!(tags::read(&page).iter().filter(|tag| tag.name == "img").count(), 1, "only the logo");
}

#[test]
fn the_board_is_for_everybody_and_urgency_is_said_in_words() {
    let frame = sample::eva(Lang::En);
    let page = orders::pipeline(&frame, &sample::board()).into_string();
    let at = |word: &str| page.find(word).unwrap_or_else(|| panic!("{word} is there"));
    assert!(at("id=\"waiting\"") < at("id=\"received\"") && at("id=\"received\"") < at("id=\"done\""));
    assert!(at("href=\"#waiting\"") < at("id=\"waiting\""), "jump links come first");
    assert!(page.contains(">Urgent<") && page.contains(">Overdue<") && page.contains("Show all 5,484"));
    let list = orders::pipeline(&frame, &sample::list()).into_string();
    assert!(list.contains("26–50 of 5,484") && list.contains("aria-sort=\"descending\""));
    assert_eq!(tags::read(&list).iter().filter(|tag| tag.get("role") == Some("row")).count(), 26);
}

#[test]
fn pages_can_be_left_in_a_folder_to_be_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let wanted = std::env::var_os("FRONTDESK_GALLERY");
    let folder = wanted.as_deref().map_or(folder.path(), Path::new);
    let brand = assets::brand(&Colour::parse("#0a5c3a").expect("a colour"));
    for (name, body) in
        [("style.css", &assets::style().body), ("script.js", &assets::script().body), ("brand.css", &brand.body)]
    {
        std::fs::write(folder.join(name), body).expect("a file");
    }
    for shot in every_page() {
        let page = shot.page.replace(&assets::style().path, "style.css").replace(&assets::script().path, "script.js");
        let page = page.replace(&at(&format!("/{}", brand.name)), "brand.css").replace(&at("/logo.png"), "logo.png");
        std::fs::write(folder.join(format!("{}-{}.html", shot.name, shot.lang)), page).expect("a page");
    }
    assert!(folder.join("board-sv.html").is_file());
}
