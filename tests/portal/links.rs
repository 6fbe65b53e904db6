//! Mailed links: opened without effect, used once, and refused in every other way.

use frontdesk::outbox::notice::GATHER;

use crate::support::{PASSWORD, Visitor, World};

const EVA: &str = "eva@brf.example";
const NEW: &str = "seven brown boats drift";

fn invited() -> (World, String) {
    let world = World::nordkyl_with_customers();
    world.run("user create eva@brf.example --customer 1042 --name 'Eva Lind'").well();
    let link = world.link_for(EVA);
    (world, link)
}

/// Opens a link and looks at the page behind it.
#[track_caller]
fn page_behind(visitor: &mut Visitor, link: &str) -> crate::support::Answer {
    assert_eq!(visitor.get(link).leads(), "/g/nordkyl/choose-password");
    visitor.get("/choose-password")
}

#[test]
fn looking_at_a_link_uses_nothing_up() {
    let (world, link) = invited();
    let before = world.rows();
    for _ in 0..10 {
        let mut scanner = world.visitor("nordkyl");
        scanner.head(&link).has_status(303);
        scanner.head("/choose-password").has_status(200);
        page_behind(&mut scanner, &link).has_status(200);
        // A scanner that presses the button sends no password.
        scanner.post("/choose-password", &[]).has_status(422).says("Enter a new password.");
        scanner.post("/choose-password", &[("password", "short")]).has_status(422).says("too short");
    }
    assert_eq!(world.rows(), before);
    world.choose("nordkyl", &link, PASSWORD);
}

#[test]
fn a_link_works_once() {
    let (world, link) = invited();
    let mut late = world.visitor("nordkyl");
    page_behind(&mut late, &link).has_status(200);
    world.choose("nordkyl", &link, PASSWORD);
    late.post("/choose-password", &[("password", NEW)]).has_status(410).says("This link has been used");
    page_behind(&mut world.visitor("nordkyl"), &link).has_status(410).says("This link has been used");
    world.visitor("nordkyl").sign_in(EVA, NEW).has_status(422);
    world.visitor("nordkyl").sign_in(EVA, PASSWORD).leads();
}

#[test]
fn a_link_runs_out_and_can_be_asked_for_again() {
    let (world, link) = invited();
    // It was mailed a little after it was made.
    world.clock.advance(7 * 86_400 - 1 - GATHER);
    page_behind(&mut world.visitor("nordkyl"), &link).has_status(200);
    world.clock.advance(1);
    let mut eva = world.visitor("nordkyl");
    page_behind(&mut eva, &link).has_status(410).says("This link has expired").says("Send a new link");
    eva.post("/choose-password", &[("password", PASSWORD)]).has_status(410);
    eva.get("/choose-password");
    assert_eq!(eva.post("/new-link", &[]).leads(), "/g/nordkyl/new-link/sent");
    eva.get("/new-link/sent").has_status(200);
    let newer = world.link_for(EVA);
    assert_ne!(newer, link);
    world.choose("nordkyl", &newer, PASSWORD);
    world.run("user reset eva@brf.example").well();
    let reset = world.link_for(EVA);
    world.visitor("nordkyl").sign_in(EVA, PASSWORD).leads();
    world.clock.advance(2 * 3_600);
    page_behind(&mut world.visitor("nordkyl"), &reset).has_status(410).says("This link has expired");
}

#[test]
fn only_the_newest_link_works_and_what_the_company_ends_has_ended() {
    let (world, first) = invited();
    world.run("user invite eva@brf.example").well();
    let second = world.link_for(EVA);
    world.run("user invite eva@brf.example").well();
    let third = world.link_for(EVA);
    for old in [&first, &second] {
        page_behind(&mut world.visitor("nordkyl"), old).has_status(410).says("There is a newer link");
    }
    page_behind(&mut world.visitor("nordkyl"), &third).has_status(200);
    world.run("user disable eva@brf.example --yes").well();
    page_behind(&mut world.visitor("nordkyl"), &third).has_status(410).says("This link has been withdrawn");
    world.run("user enable eva@brf.example").well();
    page_behind(&mut world.visitor("nordkyl"), &third).has_status(410);
    world.run("user invite eva@brf.example").well();
    let fourth = world.link_for(EVA);
    world.run("user set eva@brf.example --email eva.lind@brf.example").well();
    page_behind(&mut world.visitor("nordkyl"), &fourth).has_status(410);
    world.fetch();
    world.run("user invite eva.lind@brf.example").well();
    let fifth = world.link_for("eva.lind@brf.example");
    world.run("user delete eva.lind@brf.example --yes").well();
    let mut gone = world.visitor("nordkyl");
    page_behind(&mut gone, &fifth).has_status(410);
    gone.post("/choose-password", &[("password", PASSWORD)]).has_status(410);
    world.visitor("nordkyl").sign_in("eva.lind@brf.example", PASSWORD).has_status(422);
}

#[test]
fn a_link_fits_its_purpose_and_its_company_only() {
    let (world, link) = invited();
    world.run("group add beta --name 'Beta AB'").well();
    let token = link.rsplit('/').next().expect("a token");
    let before = world.business();
    for wrong in
        [format!("/g/nordkyl/reset/{token}"), format!("/g/beta/invite/{token}"), format!("/g/beta/reset/{token}")]
    {
        let group = wrong.split('/').nth(2).expect("a group").to_owned();
        let mut visitor = world.visitor(&group);
        assert!(visitor.get(&wrong).leads().ends_with("/choose-password"));
        visitor.get("/choose-password").has_status(410).says("This link is not complete");
        visitor.post("/choose-password", &[("password", PASSWORD)]).has_status(410);
    }
    world.user("nordkyl", "ute@x.example", "--customer 1042");
    let session = world.signed_in("nordkyl", "ute@x.example", PASSWORD).session().expect("a session").to_owned();
    for path in ["invite", "reset"] {
        page_behind(&mut world.visitor("nordkyl"), &format!("/{path}/{session}")).has_status(410);
    }
    let rows = world.business();
    assert_eq!(rows["tickets"].first(), before["tickets"].first());
    world.choose("nordkyl", &link, PASSWORD);
}

#[test]
fn what_is_almost_a_link_is_none_and_looks_like_none() {
    let (world, link) = invited();
    let token = link.rsplit('/').next().expect("a token");
    let unknown = page_behind(&mut world.visitor("nordkyl"), &format!("/invite/{}", "A".repeat(43)));
    unknown.has_status(410).says("This link is not complete");
    let odd = [
        token[..42].to_owned(),
        token[..1].to_owned(),
        token.to_uppercase(),
        token.to_lowercase(),
        format!("{token}%20"),
        format!("%20{token}"),
        format!("{token}%25"),
        format!("{token}A"),
        format!("{token}."),
        format!("{token}%0d%0aSet-Cookie:%20a=b"),
        format!("{token};"),
        format!("invite.{token}"),
        "%25".to_owned(),
        "_".to_owned(),
        "*".to_owned(),
        "'%20OR%201=1".to_owned(),
        "A".repeat(10_240),
    ];
    for (at, odd) in odd.iter().enumerate() {
        let mut visitor = world.visitor("nordkyl").from(&format!("192.0.2.{at}"));
        let page = page_behind(&mut visitor, &format!("/invite/{odd}"));
        assert_eq!(page.masked(), unknown.masked(), "{odd}");
        visitor.post("/choose-password", &[("password", PASSWORD)]).has_status(410);
    }
    let mut visitor = world.visitor("nordkyl");
    for path in ["/invite/", "/invite", "/reset/a/b"] {
        visitor.get(path).has_status(404);
    }
    world.choose("nordkyl", &link, PASSWORD);
}

#[test]
fn guessing_links_is_slowed_down() {
    let (world, link) = invited();
    let mut guesser = world.visitor("nordkyl").from("192.0.2.66");
    let statuses: Vec<_> = (0..25)
        .map(|at| {
            guesser.get(&format!("/invite/{:A>43}", at));
            guesser.get("/choose-password").status
        })
        .collect();
    assert_eq!(statuses[..20], [410; 20]);
    assert_eq!(statuses[20..], [429; 5]);
    guesser.get(&link);
    guesser.get("/choose-password").has_status(429);
    page_behind(&mut world.visitor("nordkyl"), &link).has_status(200);
    world.clock.advance(61);
    guesser.get("/choose-password").has_status(200);
}

#[test]
fn the_token_is_kept_nowhere() {
    let (world, link) = invited();
    let token = link.rsplit('/').next().expect("a token").to_owned();
    let mut eva = world.visitor("nordkyl");
    let opened = eva.get(&link);
    assert!(!opened.leads().contains(&token));
    let cookie = opened.all("Set-Cookie").into_iter().find(|cookie| cookie.contains(&token)).expect("a cookie");
    let ending = "; Path=/; Max-Age=1800; HttpOnly; SameSite=Lax; Secure";
    assert!(cookie.starts_with("__Host-frontdesk-nordkyl.link=invite.") && cookie.ends_with(ending), "{cookie}");
    let form = eva.get("/choose-password");
    form.has_status(200).hides(&token);
    assert_eq!(form.header("Referrer-Policy"), None, "the usual one is added on the way out");
    eva.post("/choose-password", &[("password", "short")]).has_status(422).hides(&token);
    let places = [
        format!("{:?}", world.rows()),
        world.run("audit list --json --limit 1000").well().out,
        world.run("mail list --json").well().out,
        world.run("mail show 1 --json").well().out,
        world.run("user show eva@brf.example --json").well().out,
        world.run("user list --json").well().out,
    ];
    for place in &places {
        assert!(!place.contains(&token), "{place}");
    }
    eva.post("/choose-password", &[("password", PASSWORD)]).leads();
    assert!(!format!("{:?}", world.rows()).contains(&token));
    assert!(!format!("{:?}", world.rows()).contains(PASSWORD));
}

#[test]
fn a_link_for_one_is_refused_while_another_is_signed_in() {
    let (world, link) = invited();
    world.user("nordkyl", "ute@x.example", "--customer 1042");
    let mut ute = world.signed_in("nordkyl", "ute@x.example", PASSWORD);
    page_behind(&mut ute, &link)
        .has_status(410)
        .says("Somebody else is signed in")
        .says("ute@x.example")
        .says("/logout");
    ute.post("/choose-password", &[("password", NEW)]).has_status(410).says("Somebody else is signed in");
    ute.post("/choose-password", &[]).has_status(410).hides(EVA);
    // The link was opened before somebody else signed in in the next tab.
    let mut shared = world.visitor("nordkyl");
    page_behind(&mut shared, &link).has_status(200);
    shared.sign_in("ute@x.example", PASSWORD).leads();
    shared.get("/account");
    shared.post("/choose-password", &[("password", NEW)]).has_status(410).says("Somebody else is signed in");
    shared.get("/account");
    shared.post("/logout", &[]).leads();
    page_behind(&mut shared, &link).has_status(200);
    shared.post("/choose-password", &[("password", NEW)]).leads();
    // One's own link works.
    world.run("user reset ute@x.example").well();
    let own = world.link_for("ute@x.example");
    page_behind(&mut ute, &own).has_status(200).says("ute@x.example");
    let login = ute.post("/choose-password", &[("password", NEW)]).leads().to_owned();
    ute.get(&login).has_status(200).says("Your password is saved");
    ute.get("/orders").has_status(303);
}

#[test]
fn the_form_takes_a_password_and_nothing_else() {
    let (world, link) = invited();
    world.user("nordkyl", "bob@x.example", "--customer 1043 --template full --all-facilities");
    let before = world.business();
    let mut eva = world.visitor("nordkyl");
    page_behind(&mut eva, &link);
    let fields = [
        ("password", PASSWORD),
        ("role", "admin"),
        ("group_id", "2"),
        ("customer_id", "2"),
        ("permissions", "all"),
        ("facility", "hall"),
        ("is_staff", "1"),
        ("email", "evil@evil.test"),
        ("user", "bob@x.example"),
        ("id", "2"),
    ];
    assert_eq!(eva.post("/choose-password", &fields).leads(), "/g/nordkyl/?after=choice&email=eva%40brf.example");
    let after = world.business();
    for (table, rows) in &before {
        if !["users", "tickets"].contains(&table.as_str()) {
            assert_eq!(&after[table], rows, "{table}");
        }
    }
    assert_eq!(after["users"][1], before["users"][1]);
    let user = world.run("user show eva@brf.example --json").well().out;
    assert!(!user.contains("order.view") && !user.contains("evil"), "{user}");
}

#[test]
fn a_forgotten_password_brings_one_mail_in_five_minutes() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    let ask = |email: &str, peer: &str| {
        let mut visitor = world.visitor("nordkyl").from(peer).with("X-Forwarded-For", "203.0.113.5");
        visitor.get("/forgot");
        visitor.post("/forgot", &[("email", email)]).status
    };
    let statuses: Vec<_> =
        (1..=8).map(|at| ask(["eva@brf.example", " EVA@brf.example "][at % 2], &format!("192.0.2.{at}"))).collect();
    assert_eq!(statuses, [303, 303, 303, 303, 303, 429, 429, 429], "five an hour by name");
    let letters = world.fetch();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let first = letters[0].link();
    let unknown: Vec<_> = (1..=8).map(|at| ask("nobody@x.example", &format!("192.0.2.{}", 100 + at))).collect();
    assert_eq!(unknown, statuses);
    let hasty: Vec<_> = (1..=5).map(|at| ask(&format!("n{at}@x.example"), "192.0.2.200")).collect();
    assert_eq!(hasty, [303, 303, 303, 429, 429], "three a minute by network address");
    assert!(world.fetch().is_empty());
    world.clock.advance(3_600);
    assert_eq!(ask(EVA, "192.0.2.50"), 303);
    assert_eq!(world.link_for(EVA), first, "a link that is good for a while yet is mailed again");
    for odd in ["alıce@example.com", "ａlice@example.com", "eva@brf.example\0", "eva", "a@b", "a b@c.example"] {
        assert_eq!(ask(odd, "192.0.2.51"), 422, "{odd:?}");
    }
    assert_eq!(ask("eva@brf.example.", "192.0.2.52"), 422);
    assert!(world.fetch().is_empty());
}
