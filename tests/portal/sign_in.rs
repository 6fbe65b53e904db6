//! Signing in: from the first command to the first page, waits for whoever guesses, and the ways a session ends.

use crate::support::{PASSWORD, Visitor, World};

/// An address with an account that sees every order of customer 1042.
const EVA: &str = "eva@brf.example";
const SEES_ALL: &str = "--customer 1042 --template viewer --all-facilities";

fn with_eva() -> World {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, SEES_ALL);
    world
}

#[test]
fn five_commands_lead_to_a_signed_in_customer() {
    let world = World::new();
    world.run("group add nordkyl --name 'Nordkyl AB' --lang en --tz Europe/Stockholm --colour #0a5c3a").well();
    world.run("customer add 1042 --name 'Brf Fröjden' --prefix FRO").well();
    world
        .run("user create eva@brf.example --customer 1042 --name 'Eva Lind' --template standard --all-facilities --unattached")
        .well();
    let number = world.order("nordkyl", "1042", None, "Compressor 2 leaks oil");
    let link = world.link_for(EVA);
    assert!(link.starts_with("/g/nordkyl/invite/"), "{link}");

    let mut eva = world.visitor("nordkyl");
    let opened = eva.get(&link);
    assert_eq!(opened.leads(), "/g/nordkyl/choose-password");
    assert_eq!(opened.body, b"");
    let form = eva.get("/choose-password");
    form.has_status(200).says("Brf Fröjden").says(EVA).hides(link.rsplit('/').next().expect("a token"));
    let chosen = eva.post("/choose-password", &[("password", PASSWORD)]);
    let login = chosen.leads().to_owned();
    assert_eq!(login, "/g/nordkyl/?after=choice&email=eva%40brf.example");
    assert_eq!(eva.session(), None, "nobody is signed in by a link");
    eva.get(&login).has_status(200).says("Your password is saved").says("value=\"eva@brf.example\"");
    let answer = eva.post("/login", &[("email", EVA), ("password", PASSWORD)]);
    assert_eq!(answer.leads(), "/g/nordkyl/orders");
    assert!(!eva.cookies.keys().any(|name| name.ends_with(".guest") || name.ends_with(".link")), "{:?}", eva.cookies);
    eva.get("/orders").has_status(200).says("Compressor 2 leaks oil").says("Brf Fröjden");
    eva.get(&format!("/orders/{number}")).has_status(200).says("Compressor 2 leaks oil");
    assert_eq!(eva.get("/").leads(), "/g/nordkyl/orders");

    eva.get("/account/password").has_status(200);
    let fields = [("current", PASSWORD), ("password", "seven brown boats drift")];
    let changed = eva.post("/account/password", &fields).leads().to_owned();
    eva.get(&changed).has_status(200).says("Your password is changed.");
    assert!(world.fetch().iter().any(|letter| letter.to.contains(EVA)), "a mail tells of the new password");
    assert_eq!(eva.post("/logout", &[]).leads(), "/g/nordkyl/signed-out");
    eva.get("/signed-out").has_status(200).says("You are signed out");
    assert_eq!(eva.get("/orders").leads(), "/g/nordkyl/?next=%2Fg%2Fnordkyl%2Forders");
    eva.sign_in(EVA, PASSWORD).has_status(422);
    assert_eq!(eva.sign_in(EVA, "seven brown boats drift").leads(), "/g/nordkyl/orders");
}

#[test]
fn nobody_learns_whether_an_address_has_an_account() {
    let world = with_eva();
    world.run("group add beta --name 'Beta AB' --lang en").well();
    world.run("customer add 1 --group beta --name Nord").well();
    world.user("beta", "elsewhere@x.example", "--customer 1");
    world.user("nordkyl", "gone@x.example", "--customer 1042");
    world.run("user disable gone@x.example --yes --group nordkyl").well();
    world.run("user create new@x.example --group nordkyl --customer 1042 --name New").well();
    let answer = |email: &str, password: &str| {
        let answer = world.visitor("nordkyl").from("192.0.2.7").sign_in(email, password);
        answer.has_status(422).masked().replace(email, "ADDRESS")
    };
    let wrong = answer(EVA, "not the password at all");
    for email in ["nobody@x.example", "gone@x.example", "new@x.example", "elsewhere@x.example"] {
        assert_eq!(answer(email, PASSWORD), wrong, "{email}");
    }
    let forgot = |email: &str, peer: &str| {
        let mut visitor = world.visitor("nordkyl").from(peer);
        visitor.get("/forgot");
        let sent = visitor.post("/forgot", &[("email", email)]);
        let next = visitor.get(sent.leads());
        (sent.masked() + &next.masked()).replace(email, "ADDRESS").replace(&email.replace('@', "%40"), "ADDRESS")
    };
    let known = forgot(EVA, "192.0.2.20");
    let others = ["nobody@x.example", "gone@x.example", "new@x.example", "elsewhere@x.example"];
    for (at, email) in others.into_iter().enumerate() {
        assert_eq!(forgot(email, &format!("192.0.2.{}", 30 + at)), known, "{email}");
    }
    let to: Vec<_> = world.fetch().into_iter().map(|letter| letter.to).collect();
    assert!(to.iter().any(|to| to.contains(EVA)) && to.iter().any(|to| to.contains("new@x")), "{to:?}");
    assert!(to.iter().all(|to| to.contains(EVA) || to.contains("new@x")), "{to:?}");
}

#[test]
fn waits_grow_with_each_failure_and_a_right_password_ends_them() {
    let world = with_eva();
    let mut guesser = world.visitor("nordkyl").from("192.0.2.1");
    for wait in [0, 0, 1, 3, 5, 10, 30, 60, 120] {
        guesser.sign_in(EVA, "a guess and nothing more").has_status(422);
        if wait == 0 {
            continue;
        }
        let shut = guesser.sign_in(EVA, "a guess and nothing more");
        assert_eq!(shut.has_status(429).header("Retry-After"), Some(wait.to_string().as_str()));
        // Whoever knocks meanwhile waits no longer for it, wherever they are; the right password does not help.
        world.clock.advance(wait - 1);
        world.visitor("nordkyl").sign_in(EVA, PASSWORD).has_status(429).says("value=\"eva@brf.example\"");
        world.clock.advance(1);
    }
    world.visitor("nordkyl").sign_in(EVA, PASSWORD).leads();
    world.visitor("nordkyl").sign_in(EVA, "one more guess, all anew").has_status(422);
    world.visitor("nordkyl").sign_in(EVA, PASSWORD).leads();
}

#[test]
fn an_unknown_address_waits_like_a_known_one() {
    let world = with_eva();
    let statuses = |email: &str, peer: &str| {
        let mut visitor = world.visitor("nordkyl").from(peer);
        (0..5).map(|_| visitor.sign_in(email, "a guess and nothing more").status).collect::<Vec<_>>()
    };
    assert_eq!(statuses(EVA, "192.0.2.1"), [422, 422, 422, 429, 429]);
    assert_eq!(statuses("nobody@x.example", "192.0.2.2"), [422, 422, 422, 429, 429]);
    assert_eq!(statuses("NOBODY@x.example ", "192.0.2.3"), [429; 5], "case and spaces make no other name");
}

#[test]
fn a_hundred_failures_shut_the_account_until_it_is_reset() {
    let world = with_eva();
    let site = world.site_with(|config| config.security.argon2_memory_kib = 64);
    let mut guesser = Visitor::new(&site, "nordkyl").from("192.0.2.1");
    guesser.get("/");
    let guess = [("email", EVA), ("password", "a guess and nothing more")];
    for failure in 1..=100 {
        guesser.post("/login", &guess).has_status(422);
        if failure < 100 {
            world.clock.advance(900);
        }
    }
    // Another server on the same database knows it too.
    let mut eva = world.visitor("nordkyl").from("192.0.2.9");
    let shut = eva.sign_in(EVA, PASSWORD);
    let told: i64 = shut.has_status(429).header("Retry-After").expect("how long").parse().expect("seconds");
    assert!(told > 900 && told <= 86_400, "until the end of the day, not for {told} s");
    world.clock.advance(901);
    world.visitor("nordkyl").from("192.0.2.9").sign_in(EVA, PASSWORD).has_status(429);
    world.fetch();
    eva.get("/forgot");
    eva.post("/forgot", &[("email", EVA)]).leads();
    world.choose("nordkyl", &world.link_for(EVA), "seven brown boats drift");
    eva.sign_in(EVA, "seven brown boats drift").leads();
}

#[test]
fn a_session_is_new_at_each_sign_in_and_never_brought_along() {
    let world = with_eva();
    let planted = "A".repeat(43);
    let mut eva = world.visitor("nordkyl");
    eva.cookies.insert("__Host-frontdesk-nordkyl".into(), planted.clone());
    eva.cookies.insert("__Host-frontdesk-nordkyl.guest".into(), "B".repeat(43));
    eva.sign_in(EVA, PASSWORD).leads();
    let first = eva.session().expect("a session").to_owned();
    assert_ne!(first, planted);
    assert!(!eva.cookies.contains_key("__Host-frontdesk-nordkyl.guest"));
    let mut before = eva.clone();
    eva.get("/account");
    eva.post("/login", &[("email", EVA), ("password", PASSWORD)]).leads();
    let second = eva.session().expect("a session").to_owned();
    assert_ne!(second, first);
    before.get("/orders").has_status(303);
    eva.get("/orders").has_status(200);
    for dead in [planted.as_str(), "B", "", "%", "' OR 1=1 --", &first, &second.to_lowercase()] {
        let mut thief = world.visitor("nordkyl");
        thief.cookies.insert("__Host-frontdesk-nordkyl".into(), dead.to_owned());
        assert!(thief.get("/orders").leads().starts_with("/g/nordkyl/?next="), "{dead}");
    }
    let rows = format!("{:?}", world.rows());
    assert!(!rows.contains(&first) && !rows.contains(&second), "only the hash of a session is kept");
}

#[test]
fn a_session_ends_when_it_is_not_used_and_after_a_month_in_any_case() {
    let world = with_eva();
    let day = 86_400;
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    for _ in 0..4 {
        world.clock.advance(7 * day - 60);
        eva.get("/orders").has_status(200);
    }
    world.clock.advance(2 * day + 241);
    let login = eva.get("/orders?view=list").leads().to_owned();
    eva.get(&login).has_status(200).says("You have been signed out because some time has passed");
    eva.post("/login", &[("email", EVA), ("password", PASSWORD), ("next", "/g/nordkyl/orders?view=list")]).leads();
    world.clock.advance(7 * day + 60);
    eva.get("/orders").has_status(303);
    let form = eva.post("/account/password", &[("current", PASSWORD), ("password", "seven brown boats drift")]);
    assert_eq!(form.leads(), "/g/nordkyl/?next=%2Fg%2Fnordkyl%2Faccount%2Fpassword");
    world.signed_in("nordkyl", EVA, PASSWORD);
}

#[test]
fn signing_out_ends_the_session_for_good() {
    let world = with_eva();
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    let mut copy = eva.clone();
    eva.get("/orders");
    let answer = eva.post("/logout", &[]);
    assert_eq!(answer.leads(), "/g/nordkyl/signed-out");
    assert_eq!(answer.header("Clear-Site-Data"), Some("\"cache\""));
    assert_eq!(eva.session(), None);
    copy.get("/orders").has_status(303);
    eva.get("/signed-out").has_status(200).hides("some time has passed");
}

#[test]
fn a_new_password_ends_other_sessions_and_open_links() {
    let world = with_eva();
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    let mut other = world.signed_in("nordkyl", EVA, PASSWORD);
    world.run("user reset eva@brf.example").well();
    let link = world.link_for(EVA);
    eva.get("/account/password");
    eva.post("/account/password", &[("current", PASSWORD), ("password", "seven brown boats drift")]).leads();
    eva.get("/orders").has_status(200);
    other.get("/orders").has_status(303);
    let mut late = world.visitor("nordkyl");
    late.get(&link).leads();
    late.get("/choose-password").has_status(410).says("This link has been withdrawn");
    let letters = world.fetch();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].to.contains(EVA));
}

#[test]
fn after_signing_in_only_the_own_portal_is_gone_to() {
    let world = with_eva();
    let mut eva = world.visitor("nordkyl");
    for next in [
        "//evil.test",
        "/\\evil.test",
        "https:evil",
        "https://evil.test/g/nordkyl/orders",
        "/%09/evil",
        "javascript:alert(1)",
        "/g/acme/../..//evil",
        "/g/nordkyl/../../evil",
        "/g/nordkyl//evil.test",
        "/g/nordkyl@evil.test",
        "/g/beta/orders",
        "/g/nordkyl/orders\r\nSet-Cookie: a=b",
        " /g/nordkyl/account",
    ] {
        eva.get("/");
        let fields = [("email", EVA), ("password", PASSWORD), ("next", next)];
        let answer = eva.post("/login", &fields);
        assert_eq!(answer.leads(), "/g/nordkyl/orders", "{next:?}");
        assert_eq!(answer.all("Set-Cookie").iter().filter(|cookie| cookie.contains("a=b")).count(), 0);
        let target: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        assert_eq!(eva.get(&format!("/?next={target}")).leads(), "/g/nordkyl/orders", "{next:?}");
        eva.cookies.clear();
    }
    let wanted = "/g/nordkyl/orders?q=a+b&view=list";
    let login = eva.get("/orders?q=a+b&view=list").leads().to_owned();
    eva.get(&login).has_status(200).says("name=\"next\" value=\"/g/nordkyl/orders?q=a+b&amp;view=list\"");
    let answer = eva.post("/login", &[("email", EVA), ("password", PASSWORD), ("next", wanted)]);
    assert_eq!(answer.leads(), wanted);
}

#[test]
fn an_account_that_opens_nothing_gets_no_session() {
    let world = with_eva();
    world.run("customer close 1042 --yes").well();
    let mut eva = world.visitor("nordkyl");
    eva.sign_in(EVA, PASSWORD).has_status(200).says("You have no access at the moment");
    assert_eq!(eva.session(), None);
    eva.sign_in(EVA, "not the password at all").has_status(422).hides("no access");
}
