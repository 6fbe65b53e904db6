//! What others did with customer accounts is told to the administrators, once a day.

use crate::support::World;

const RITA: u32 = 2001;
const ANNA: u32 = 2002;

/// A company in Stockholm, at nine in the morning, with an administrator who has an address, and with Rita.
fn office() -> World {
    let world = World::nordkyl_with_customers();
    world.run(&format!("staff add rita --name 'Rita Ek' --grant accounts --uid {RITA}")).well();
    let anna = format!("staff add anna --name 'Anna Nord' --email anna@nordkyl.example --grant admin --uid {ANNA}");
    world.run(&anna).well();
    world
}

/// To whom mails of this kind were queued, the oldest first.
fn told(world: &World) -> Vec<String> {
    let list =
        world.run("mail list --kind accounts -o csv --fields id,to --no-header --sort id --limit 1000").well().out;
    list.lines().map(|line| line.split(',').nth(1).expect("an address").to_owned()).collect()
}

/// Lets the clock of Stockholm show this hour next, in winter.
fn at(world: &World, hour: i64) {
    let now = (world.clock.now().unix() + 3_600).rem_euclid(86_400);
    world.clock.advance((hour * 3_600 - now).rem_euclid(86_400));
}

#[test]
fn administrators_are_told_once_a_day_at_seven_of_what_others_did() {
    let world = office();
    assert!(world.run("notify due").well().err.starts_with("unchanged"));
    world
        .run_as(RITA, "user create ny@brf.example --customer 1042 --name Ny --template viewer --all-facilities")
        .well();
    world.run_as(RITA, "user invite ny@brf.example --link").well();
    // What an administrator and the owner do is no news to them.
    world.run_as(ANNA, "user create other@brf.example --customer 1042 --name Other --no-invite").well();
    world.run("user create owner@brf.example --customer 1042 --name Owner --no-invite").well();
    // This day was looked at already, and the next one begins at seven.
    assert!(world.run("notify due").well().err.starts_with("unchanged"));
    at(&world, 6);
    assert!(world.run("notify due").well().err.starts_with("unchanged"));
    at(&world, 7);
    let said = world.run("notify due --dry-run --json").well().json();
    assert_eq!((&said["accounts"], &said["changed"]), (&5.into(), &true.into()), "{said}");
    assert!(told(&world).is_empty());
    let said = world.run("notify due").well();
    assert!(said.err.contains("sent word of 5 changes to accounts, to administrators"), "{said:?}");
    assert_eq!(told(&world), ["anna@nordkyl.example"]);
    for _ in 0..3 {
        assert!(world.run("notify due").well().err.starts_with("unchanged"));
        world.clock.advance(86_400);
    }
    assert_eq!(told(&world), ["anna@nordkyl.example"], "nothing happened, and nothing is told");
    let letters = world.letters();
    let letter = letters.iter().find(|letter| letter.to.contains("anna@")).expect("a mail");
    assert!(letter.subject.contains("Customer accounts, 5 changes by your staff: 23 November 2026"), "{letter:?}");
    let text = letter.text.replace("\n  ", " ").replace('\n', " ");
    for words in [
        "22 Nov 2026, 09:02: Rita Ek made the account ny@brf.example (by command)",
        "gave ny@brf.example an access (customer 1042, by command)",
        "changed what ny@brf.example may see and do (customer 1042, +all-facilities +order.view +document.view",
        "Rita Ek invited ny@brf.example (by command)",
        "Rita Ek printed an invitation for ny@brf.example (by command)",
    ] {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }
    for other in ["other@brf", "owner@brf", "Anna Nord made", "/invite/"] {
        assert!(!letter.everything.contains(other), "{other} is in {text}");
    }
}

#[test]
fn a_mail_tells_of_fifty_and_says_where_the_others_are() {
    let world = office();
    world.run("notify due").well();
    let first = world.clock.now();
    world.run("user create ny@brf.example --customer 1042 --name Ny --no-invite").well();
    for _ in 0..30 {
        world.run_as(RITA, "user grant ny@brf.example order.view").well();
        world.run_as(RITA, "user revoke ny@brf.example order.view").well();
    }
    at(&world, 7);
    world.run("notify due").well();
    let letters = world.letters();
    let letter = letters.iter().find(|letter| letter.to.contains("anna@")).expect("a mail");
    let text = letter.text.replace('\n', " ");
    assert_eq!(text.matches("Rita Ek changed what").count(), 50, "{text}");
    let list = format!("audit list --since {first}");
    assert!(text.contains("… and 10 more, see: frontdesk audit list"), "{text}");
    assert!(text.contains(&first.to_string()), "{text}");
    assert_eq!(
        world.run(&format!("{list} --json --where actor=rita")).well().json().as_array().map(Vec::len),
        Some(60)
    );
}

#[test]
fn without_an_administrator_with_an_address_the_company_is_told_and_else_it_waits() {
    let world = office();
    world.run("notify due").well();
    world.run("staff set anna --no-email").well();
    world.run_as(RITA, "user create ny@brf.example --customer 1042 --name Ny --no-invite").well();
    at(&world, 7);
    assert!(world.run("notify due").well().err.starts_with("unchanged"));
    // Days later there is an address, and nothing was lost.
    world.clock.advance(3 * 86_400);
    world.run("group set nordkyl --reply-to service@nordkyl.example").well();
    world.run("notify due").well();
    assert_eq!(told(&world), ["service@nordkyl.example"]);
    world.run("staff add eve --name Eve --email eve@nordkyl.example --grant admin").well();
    world.run("staff set anna --email anna@nordkyl.example").well();
    world.run("staff disable anna --yes").well();
    world.run_as(RITA, "user delete ny@brf.example --yes").well();
    world.clock.advance(3_600);
    at(&world, 7);
    world.run("notify due").well();
    assert_eq!(told(&world), ["service@nordkyl.example", "eve@nordkyl.example"]);
}

#[test]
fn whoever_did_it_is_told_of_also_when_they_are_gone() {
    let world = office();
    world.run("notify due").well();
    world.run_as(RITA, "user create ny@brf.example --customer 1042 --name Ny --no-invite").well();
    world.run("staff delete rita --yes").well();
    at(&world, 7);
    assert_eq!(world.run("notify due --json").well().json()["accounts"], 2);
    assert_eq!(told(&world), ["anna@nordkyl.example"]);
}

#[test]
fn whoever_is_watched_does_not_take_the_mail_back() {
    let world = office();
    world.run("notify due").well();
    world.run("staff grant rita mail").well();
    world.run_as(RITA, "user create ny@brf.example --customer 1042 --name Ny --no-invite").well();
    at(&world, 7);
    world.run("notify due").well();
    let id = world.run("mail list --kind accounts -o id").well().out;
    let cancel = format!("mail cancel {} --yes", id.trim());
    world.run_as(RITA, &cancel).fails(77, "rita needs the right 'admin' for this");
    world.run_as(RITA, "mail cancel --all --yes").fails(77, "rita needs the right 'admin' for this");
    world.run_as(ANNA, &cancel).well();
}
