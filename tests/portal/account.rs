//! One's own account: language, password, several customers, and having nothing to see.

use crate::support::{PASSWORD, World};

const EVA: &str = "eva@brf.example";

/// Eva at both customers, the second of which has an order that she sees.
fn at_two() -> (World, String, String) {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template viewer --all-facilities");
    world
        .run("user create eva@brf.example --customer 1043 --name 'Eva Lind' --template viewer --all-facilities")
        .well();
    let first = world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let second = world.order("nordkyl", "1043", Some("hall"), "Fan of the ice hall");
    (world, first, second)
}

#[test]
fn who_has_two_customers_chooses_and_a_link_to_an_order_chooses_by_itself() {
    let (world, first, second) = at_two();
    let mut eva = world.visitor("nordkyl");
    assert_eq!(eva.sign_in(EVA, PASSWORD).leads(), "/g/nordkyl/switch");
    let choice = eva.get("/switch");
    choice.has_status(200).says("Brf Fröjden").says("Frost AB").says("1043");
    let values: Vec<_> = choice.text().split("name=\"access\" value=\"").skip(1).collect();
    let values: Vec<_> = values.iter().map(|rest| rest.split('"').next().expect("a value").to_owned()).collect();
    assert_eq!(values.len(), 2, "{}", choice.text());
    assert_eq!(eva.post("/switch", &[("access", &values[1])]).leads(), "/g/nordkyl/orders");
    eva.get("/orders").has_status(200).says("Fan of the ice hall").hides("Door of the cold room").says("Frost AB");
    // Asking about the other customer's order is not choosing.
    let before = world.rows();
    eva.head(&format!("/orders/{first}")).has_status(200);
    assert_eq!(world.rows(), before);
    eva.get("/orders").says("Fan of the ice hall");
    eva.get(&format!("/orders/{first}")).has_status(200).says("Door of the cold room").says("Brf Fröjden");
    eva.get("/orders").says("Door of the cold room").hides("Fan of the ice hall");
    eva.get(&format!("/orders/{second}")).has_status(200).says("Fan of the ice hall");
    for odd in ["0", "-1", "99", "", "1043", "1 OR 1=1", "9999999999999999999999"] {
        eva.get("/switch");
        eva.post("/switch", &[("access", odd)]).has_status(404);
    }
    eva.get("/orders").says("Fan of the ice hall");
}

#[test]
fn a_link_to_an_order_chooses_the_customer_where_it_may_be_seen() {
    let (world, first, second) = at_two();
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    eva.get(&format!("/orders/{first}")).has_status(200);
    world.run("user revoke eva@brf.example --customer 1042 --template viewer").well();
    eva.get("/orders").has_status(403);
    world.run("user revoke eva@brf.example --customer 1042 --all-facilities").well();
    assert_eq!(eva.get("/orders").leads(), "/g/nordkyl/no-access");
    assert_eq!(eva.get(&format!("/orders/{first}")).leads(), "/g/nordkyl/no-access");
    eva.get(&format!("/orders/{second}")).has_status(200).says("Fan of the ice hall");
    eva.get("/orders").has_status(200).says("Fan of the ice hall");
}

#[test]
fn who_may_see_nothing_yet_is_told_so_and_sees_it_once_it_is_opened() {
    let world = World::nordkyl_with_customers();
    let number = world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    world.user("nordkyl", EVA, "--customer 1042");
    let mut eva = world.visitor("nordkyl");
    assert_eq!(eva.sign_in(EVA, PASSWORD).leads(), "/g/nordkyl/orders");
    assert_eq!(eva.get("/orders").leads(), "/g/nordkyl/no-access");
    eva.get("/no-access").has_status(200).says("Nothing is shared with you yet").says("+46 8 555 123 00");
    assert_eq!(eva.get(&format!("/orders/{number}")).leads(), "/g/nordkyl/no-access");
    assert_eq!(eva.get("/orders/NK-XXX-9").leads(), "/g/nordkyl/no-access");
    eva.get("/account").has_status(200).hides("href=\"/g/nordkyl/orders\"");
    world.run("user grant eva@brf.example order.view --customer 1042 --facility hus-a").well();
    eva.get("/orders").has_status(200).says("Door of the cold room");
}

#[test]
fn pages_speak_the_language_that_was_chosen_else_the_browsers_else_the_companys() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template viewer --all-facilities");
    let (en, sv, es) = ("<html lang=\"en\"", "<html lang=\"sv\"", "<html lang=\"es\"");
    let mut guest = world.visitor("nordkyl");
    guest.get("/").has_status(200).says(en);
    for (asked, lang) in [
        ("sv-SE,sv;q=0.9,en;q=0.5", sv),
        ("fr,es;q=0.2,sv;q=0.1", es),
        ("SV", sv),
        ("*", en),
        ("", en),
        ("sv;q=0", en),
        ("sv;q=abc", sv),
        (";;;,,,", en),
        ("de", en),
    ] {
        world.visitor("nordkyl").with("Accept-Language", asked).get("/").has_status(200).says(lang);
    }
    let page = guest.get("/?next=%2Fg%2Fnordkyl%2Faccount&lang=sv");
    page.has_status(200).says(sv).says("/g/nordkyl/?next=%2Fg%2Fnordkyl%2Faccount&amp;lang=es");
    let cookie = "__Host-frontdesk-nordkyl.language=sv; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure";
    assert!(page.all("Set-Cookie").contains(&cookie), "{:?}", page.headers);
    guest.get("/help").says(sv);
    guest.with("Accept-Language", "es").get("/privacy").says(sv);
    guest.get("/?lang=xx").has_status(200).says(sv);
    // The page after a refused form leads to a page in another language, not to the form's own address.
    let refused = guest.post("/login", &[("email", EVA), ("password", "not the password at all")]);
    refused.has_status(422).says(sv).says("href=\"/g/nordkyl/?lang=es\"").hides("/login?lang");
    guest.sign_in(EVA, PASSWORD).leads();
    guest.get("/account").says(sv);
    guest.post("/account/language", &[("lang", "es")]).leads();
    guest.get("/account?lang=en").has_status(200).says(es);
    world.signed_in("nordkyl", EVA, PASSWORD).with("Accept-Language", "sv").get("/account").says(es);
    for odd in ["", "xx", "EN ", "../en"] {
        guest.post("/account/language", &[("lang", odd)]).has_status(422).says(es);
    }
    guest.post("/account/language", &[("lang", "sv")]).leads();
    world.fetch();
    guest.get("/account/password");
    guest.post("/account/password", &[("current", PASSWORD), ("password", "seven brown boats drift")]).leads();
    let letters = world.fetch();
    assert!(letters[0].subject.contains("lösenord"), "{letters:?}");
}

#[test]
fn mails_and_the_pages_behind_their_links_speak_the_persons_language() {
    let world = World::nordkyl_with_customers();
    world.run("customer set 1043 --lang sv").well();
    for (email, rest) in [
        ("own@x.example", "--customer 1042 --lang es"),
        ("theirs@x.example", "--customer 1043"),
        ("house@x.example", "--customer 1042"),
        ("both@x.example", "--customer 1043 --lang en"),
    ] {
        world.run(&format!("user create {email} --name 'Pat Lind' {rest}")).well();
    }
    let letters = world.fetch();
    let subject =
        |email: &str| letters.iter().find(|letter| letter.to.contains(email)).expect("a mail").subject.clone();
    let all = ["own@x.example", "theirs@x.example", "house@x.example", "both@x.example"].map(subject);
    assert_eq!(all[2], all[3]);
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2], "{all:?}");
    let listed = world.run("mail list --json").well().json();
    let lang = |email: &str| {
        let mails = listed.as_array().expect("mails");
        mails.iter().find(|mail| mail["to"] == email).expect("a mail")["lang"].as_str().expect("a language").to_owned()
    };
    let langs = ["own@x.example", "theirs@x.example", "house@x.example", "both@x.example"].map(lang);
    assert_eq!(langs, ["es", "sv", "en", "en"]);
    // Nobody is signed in behind a link, yet the page knows whom it is for.
    let link = letters.iter().find(|letter| letter.to.contains("own@x.example")).expect("a mail").link();
    let mut own = world.visitor("nordkyl");
    own.get(&link).leads();
    own.get("/choose-password").has_status(200).says("<html lang=\"es\"");
    own.get("/choose-password?lang=sv").has_status(200).says("<html lang=\"sv\"");
    let mut browser = world.visitor("nordkyl").with("Accept-Language", "sv");
    browser.get(&link).leads();
    browser.get("/choose-password").has_status(200).says("<html lang=\"es\"");
}

#[test]
fn a_new_password_needs_the_current_one_and_must_be_good() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    eva.get("/account/password");
    let long = "x".repeat(1_025);
    for (current, new, says) in [
        ("", "seven brown boats drift", "Enter your current password."),
        (PASSWORD, "", "Enter a new password."),
        ("not the one at all", "seven brown boats drift", "This is not your current password."),
        (PASSWORD, "eleven char", "too short"),
        (PASSWORD, long.as_str(), "too long"),
        (PASSWORD, "password1234", "among those that are tried first"),
        (PASSWORD, "eva@brf.example", "contains your name"),
        (PASSWORD, "Nordkyl AB 2026", "contains your name"),
    ] {
        let page = eva.post("/account/password", &[("current", current), ("password", new)]);
        page.has_status(422).says(says).says("<title>Error: ");
        if new.len() > 4 && !new.contains('@') {
            page.hides(new);
        }
    }
    let fields = [("current", PASSWORD), ("password", " seven brown boåts drift ")];
    eva.post("/account/password", &fields).leads();
    world.visitor("nordkyl").sign_in(EVA, "seven brown boåts drift").has_status(422);
    world.visitor("nordkyl").sign_in(EVA, " seven brown boåts drift ").leads();
}

#[test]
fn guesses_at_the_current_password_count_like_guesses_at_the_door() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    let mut thief = world.signed_in("nordkyl", EVA, PASSWORD).from("192.0.2.1");
    thief.get("/account/password");
    let guess = [("current", "a guess and nothing more"), ("password", "seven brown boats drift")];
    for _ in 0..2 {
        thief.post("/account/password", &guess).has_status(422);
    }
    world.visitor("nordkyl").from("192.0.2.2").sign_in(EVA, "a guess and nothing more").has_status(422);
    thief.post("/account/password", &guess).has_status(429);
    thief.post("/account/password", &[("current", PASSWORD), ("password", "seven brown boats drift")]).has_status(429);
    world.visitor("nordkyl").from("192.0.2.3").sign_in(EVA, PASSWORD).has_status(429);
    world.clock.advance(1);
    thief.post("/account/password", &[("current", PASSWORD), ("password", "seven brown boats drift")]).leads();
}

#[test]
fn contact_first_and_user_later_ends_as_both_at_once() {
    let rows = |commands: &[&str]| {
        let world = World::nordkyl_with_customers();
        for command in commands {
            world.run(command).well();
        }
        let mut rows = world.business();
        // What is random by design: the nonce of the ticket and the name of the mail.
        rows.retain(|table, _| !["tickets", "outbox"].contains(&table.as_str()));
        rows
    };
    let grants = "--template standard --facility hus-a";
    let at_once = rows(&[&format!("user create eva@brf.example --customer 1042 --name 'Eva Lind' {grants}")]);
    let later = rows(&[
        "contact add --name 'Eva Lind' --customer 1042 --email eva@brf.example",
        &format!("user create eva@brf.example --customer 1042 {grants}"),
    ]);
    assert_eq!(at_once, later);
    let granted_later = rows(&[
        "contact add --name 'Eva Lind' --customer 1042 --email eva@brf.example",
        "user create eva@brf.example --customer 1042",
        &format!("user grant eva@brf.example --customer 1042 {grants}"),
    ]);
    assert_eq!(at_once, granted_later);
}
