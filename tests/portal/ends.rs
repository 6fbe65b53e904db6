//! An access with a last day ends by itself, at the end of that day on the company's clocks, wherever it is asked for.

use frontdesk::clock::Moment;

use crate::support::{PASSWORD, Visitor, World};

const EVA: &str = "eva@brf.example";
const PDF: &str = "/documents/1/a.pdf";

/// Brings the clock to a moment.
fn at(world: &World, moment: &str) {
    let moment: Moment = moment.parse().expect("a time");
    world.clock.advance(moment.unix() - world.clock.now().unix());
}

/// Eva has an access to 1042 until 2026-11-22, and there is an order with a document.
fn town() -> (World, Visitor) {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template full --all-facilities");
    world.run(&format!("user grant {EVA} --until 2026-11-22 --no-notice")).well();
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    world.file("a.pdf", "%PDF-1.7 a drawing");
    world.run("document add a.pdf --order NK-FRO-0001 --share").well();
    world.run(&format!("contact set {EVA} --add-role 'Site manager'"));
    let eva = world.signed_in("nordkyl", EVA, PASSWORD);
    (world, eva)
}

#[test]
fn it_holds_to_the_last_second_of_its_day_and_not_one_longer() {
    let (world, mut eva) = town();
    let mut other = world.signed_in("nordkyl", EVA, PASSWORD);
    at(&world, "2026-11-22T22:59:59Z");
    eva.get("/orders/NK-FRO-0001").has_status(200);
    other.get("/orders/NK-FRO-0001");
    assert_eq!(other.post("/orders/NK-FRO-0001/comments", &[("comment", "In time")]).status, 303);
    assert!(world.run("order show NK-FRO-0001 --json").well().out.contains("In time"));
    eva.get(PDF).has_status(200);
    assert!(world.run("user list --where ended=no").well().out.contains(EVA));
    assert!(world.run(&format!("user why {EVA} order.view")).well().out.contains("the access holds until 2026-11-22"));
    assert!(world.run("order audience NK-FRO-0001 --json").well().out.contains(EVA));

    at(&world, "2026-11-22T23:00:00Z");
    for page in ["/orders", "/orders/NK-FRO-0001", "/objects", "/company", "/account", PDF] {
        assert!(eva.get(page).leads().starts_with("/g/nordkyl/?next="), "{page}");
    }
    // What a page that was open sends is taken no longer.
    let said = other.post("/orders/NK-FRO-0001/comments", &[("comment", "Too late")]);
    assert!(said.leads().starts_with("/g/nordkyl/"), "{said:?}");
    assert!(!world.run("order show NK-FRO-0001 --json").well().out.contains("Too late"));
    let list = world.run("user list --json").well().json();
    assert_eq!((list[0]["ended"].as_bool(), list[0]["until"].as_str()), (Some(true), Some("2026-11-22")));
    let why = world.run(&format!("user why {EVA} order.view --json")).well().json();
    assert_eq!(why["allowed"], false);
    assert!(why["steps"].to_string().contains("the access ended after 2026-11-22"), "{why}");
    assert!(world.run(&format!("portal preview {EVA}")).status != 0);

    // Whoever knows the password is told what ended and when, in their language, and whom to ask.
    let mut late = world.visitor("nordkyl");
    late.sign_in(EVA, PASSWORD)
        .says("Your access has ended")
        .says("Your access to Brf Fröjden was valid up to and including 22 November 2026.")
        .says("ask Nordkyl AB to extend it")
        .hides("You do not need to sign in again");
    assert_eq!(late.session(), None);
    late.sign_in(EVA, "another long password").has_status(422).hides("Brf Fröjden");
    late.with("Accept-Language", "sv").sign_in(EVA, PASSWORD).says("gällde till och med 22 november 2026");
    late.with("Accept-Language", "es")
        .sign_in(EVA, PASSWORD)
        .says("era válido hasta el 22 de noviembre de 2026 inclusive");
    // Of a customer that is closed nothing is said.
    world.run("customer close 1042").well();
    late.sign_in(EVA, PASSWORD).says("You have no access at the moment").hides("Brf Fröjden");
    world.run("customer open 1042").well();

    // Extended it holds again, in the same session; ended earlier it is over at once.
    world.run(&format!("user grant {EVA} --until 2026-11-30")).well();
    eva.get("/orders/NK-FRO-0001").has_status(200);
    world.run(&format!("user grant {EVA} --until 2026-11-22")).well();
    eva.get("/orders/NK-FRO-0001").has_status(303);
    world.run(&format!("user revoke {EVA} --until 2026-11-22")).well();
    eva.get("/orders/NK-FRO-0001").has_status(200);
}

#[test]
fn of_two_customers_the_other_stays() {
    let (world, mut eva) = town();
    let there =
        format!("user create {EVA} --customer 1043 --name 'Eva Lind' --template full --all-facilities --unattached");
    world.run(&there).well();
    world.order("nordkyl", "1043", None, "Noise in the yard");
    eva.get("/switch").says("Brf Fröjden").says("value=\"2\"");
    eva.get("/orders").says("Door of the cold room");
    at(&world, "2026-11-22T23:00:00Z");
    eva.get("/orders").has_status(200).says("Noise in the yard").hides("Door of the cold room");
    eva.get("/orders/NK-FRO-0001").has_status(404);
    eva.get(PDF).has_status(404);
    eva.get("/account").hides("Brf Fröjden");
    let mut again = world.visitor("nordkyl");
    assert_eq!(again.sign_in(EVA, PASSWORD).leads(), "/g/nordkyl/orders", "there is nothing to choose");
    again.get("/account");
    again.post("/switch", &[("access", "1")]).has_status(404);
}

#[test]
fn what_ends_soon_can_be_listed_and_the_doctor_counts_only_what_holds() {
    let (world, _) = town();
    let doctor = |check: &str| {
        let said = world.run("doctor --json");
        let json: serde_json::Value = match said.status {
            0 => said.json(),
            _ => serde_json::from_str::<serde_json::Value>(&said.err).expect("one object")["error"]["report"].clone(),
        };
        let all = json["checks"].as_array().or(json.as_array()).cloned().unwrap_or_default();
        let found = all.iter().find(|one| one["check"] == check).map(|one| one["found"].to_string());
        found.unwrap_or_else(|| panic!("no {check} in {json}"))
    };
    for (email, rest) in [("bo", "--until 2026-12-31"), ("cy", "--until 2026-11-30"), ("dan", "")] {
        world.user(
            "nordkyl",
            &format!("{email}@brf.example"),
            &format!("--customer 1042 --template viewer --unattached {rest}"),
        );
    }
    let soon = world.run("user list --sort until -o id").well().out;
    assert_eq!(soon, "eva@brf.example\ncy@brf.example\nbo@brf.example\ndan@brf.example\n");
    let late = world.run("user list --sort -until -o id").well().out;
    assert_eq!(late, "bo@brf.example\ncy@brf.example\neva@brf.example\ndan@brf.example\n");
    at(&world, "2026-11-22T23:00:00Z");
    assert_eq!(world.run("user list --where ended=yes -o id").well().out, "eva@brf.example\n");
    // An access that is over makes up for nothing, and who has no other is no fault.
    let before = doctor("scope");
    world.run(&format!("user create {EVA} --customer 1043 --name Eva --no-notice")).well();
    let after = doctor("scope");
    assert!(!before.contains(EVA) && after.contains(EVA), "{before} {after}");
}

#[test]
fn in_another_zone_it_is_the_same_day() {
    let (world, mut eva) = town();
    world.run("group set nordkyl --tz America/New_York").well();
    assert_eq!(world.run("user list --json").well().json()[0]["until"], "2026-11-22");
    at(&world, "2026-11-23T04:59:59Z");
    eva.get("/orders").has_status(200);
    assert!(world.run("notify test NK-FRO-0001 comment").well().out.contains(EVA));
    at(&world, "2026-11-23T05:00:00Z");
    eva.get("/orders").has_status(303);
    world.run("group set nordkyl --tz Asia/Tokyo").well();
    assert_eq!(world.run("user list --json").well().json()[0]["until"], "2026-11-22");
}
