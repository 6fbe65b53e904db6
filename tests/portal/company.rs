//! The company and its people: who sees what, and what a customer corrects of itself.

use crate::support::{PASSWORD, Visitor, World};

const EVA: &str = "eva@brf.example";

fn town() -> World {
    let world = World::nordkyl_with_customers();
    world
        .run(
            "customer set 1042 --org-no 769612-3456 --phone '+46 8 555 10 42' --email styrelsen@brf.example \
             --address 'Fröjdgatan 12' --postal-code '118 56' --city Stockholm --note 'Pays late' --external-id EXT-55",
        )
        .well();
    world.run("contact add --customer 1042 --name 'Nils Ek' --title Treasurer --phone '+46 70 555 01 44'").well();
    world.run("contact add --customer 1043 --name 'Frida Frost' --email frida@frost.example").well();
    world
}

fn with(world: &World, email: &str, rest: &str) -> Visitor {
    world.user("nordkyl", email, &format!("--customer 1042 {rest}"));
    world.signed_in("nordkyl", email, PASSWORD)
}

#[test]
fn each_permission_opens_its_own_part_of_the_company() {
    let world = town();
    let mut both = with(&world, EVA, "--grant company.view --grant colleague.view --all-facilities");
    let page = both.get("/company");
    page.has_status(200)
        .says("1042")
        .says("769612-3456")
        .says("href=\"tel:+4685551042\"")
        .says("Fröjdgatan 12<br>118 56");
    page.says("Nils Ek").says("Treasurer").says("Pat Lind (you)").says("href=\"mailto:eva@brf.example\"");
    assert_eq!(page.text().matches("Has an account").count(), 1, "{}", page.text());
    page.hides("Pays late").hides("EXT-55").hides("FRO").hides("Frida").hides("/company/edit").hides("company.view");
    let mut facts = with(&world, "a@brf.example", "--grant company.view --all-facilities");
    let page = facts.get("/company");
    page.has_status(200).says("769612-3456").says("a@brf.example").hides("Nils Ek").hides(EVA);
    let mut people = with(&world, "b@brf.example", "--grant colleague.view --all-facilities");
    let page = people.get("/company");
    page.has_status(200).says("Nils Ek").says("Brf Fröjden").hides("769612-3456").hides("styrelsen");
    let mut neither = with(&world, "c@brf.example", "--grant order.view --all-facilities");
    neither.get("/company").has_status(403).hides("Nils Ek");
    neither.get("/account").hides("href=\"/g/nordkyl/company\"");
    for visitor in [&mut both, &mut facts, &mut people, &mut neither] {
        visitor.get("/company/edit").has_status(403);
        visitor.post("/company/edit", &[("phone", "1")]).has_status(403);
    }
    let mut blind = with(&world, "d@brf.example", "--grant company.edit --all-facilities");
    blind.get("/company/edit").has_status(403).hides("styrelsen");
    blind.get("/account");
    blind.post("/company/edit", &[("phone", "1")]).has_status(403);
}

#[test]
fn who_lost_the_account_or_never_had_one_has_none() {
    let world = town();
    let mut eva = with(&world, EVA, "--grant colleague.view");
    world.run("user create new@brf.example --customer 1042 --name 'Nora Ny'").well();
    world.user("nordkyl", "out@brf.example", "--customer 1042");
    world.user("nordkyl", "late@brf.example", "--customer 1042 --until 2026-11-22");
    let accounts = |eva: &mut Visitor| eva.get("/company").page().matches("Has an account").count();
    assert_eq!(accounts(&mut eva), 3);
    world.run("user disable out@brf.example --yes").well();
    assert_eq!(accounts(&mut eva), 2);
    world.clock.advance(86_400);
    assert_eq!(accounts(&mut eva), 1);
}

#[test]
fn many_people_come_in_pages_and_can_be_searched() {
    let world = town();
    for number in 1..=30 {
        world.run(&format!("contact add --customer 1042 --name 'Member {number:02}' --title Board")).well();
    }
    let mut eva = with(&world, EVA, "--grant colleague.view");
    eva.get("/company").says("1–25 of 32").says("Member 25").hides("Nils Ek");
    eva.get("/company?page=2").says("26–32 of 32").says("Nils Ek");
    eva.get("/company?q=treasurer").says("Nils Ek").hides("Member 01").says("Clear the search");
    eva.get("/company?q=frida").says("No people match").hides("Frida");
}

#[test]
fn a_customer_corrects_how_it_is_reached_and_nothing_else() {
    let world = town();
    let mut eva = with(&world, EVA, "--template full");
    let form = eva.get("/company/edit");
    form.has_status(200).says("value=\"styrelsen@brf.example\"").says("value=\"Fröjdgatan 12\"").says("(optional)");
    form.hides("Pays late").hides("EXT-55").hides("name=\"name\"");
    let fields = [
        ("email", " Ny@brf.example "),
        ("phone", "+46 8 555 10 43"),
        ("address", "Fröjdgatan 14"),
        ("address2", ""),
        ("postal_code", "118 57"),
        ("city", "Umeå"),
        ("region", ""),
        ("country", "Sweden"),
        ("name", "Somebody else"),
        ("number", "9"),
        ("note", "mine"),
        ("status", "closed"),
        ("prefix", "X"),
    ];
    assert_eq!(eva.post("/company/edit", &fields).leads(), "/g/nordkyl/company?after=edit");
    eva.get("/company?after=edit")
        .says("The details are saved.")
        .says("ny@brf.example")
        .says("Fröjdgatan 14")
        .says("Umeå");
    let kept = world.run("customer show 1042 --json").well().json();
    for (field, value) in [
        ("name", "Brf Fröjden"),
        ("note", "Pays late"),
        ("external_id", "EXT-55"),
        ("prefix", "FRO"),
        ("status", "active"),
        ("org_no", "769612-3456"),
        ("email", "ny@brf.example"),
    ] {
        assert_eq!(kept[field], value, "{field}");
    }
    assert!(kept["region"].is_null());
    let found = world.run("customer list --search umea -o id").well().out;
    assert_eq!(found, "1042\n");
    let line = &world.run("audit list --where action=customer.changed --limit 1 --json").well().json()[0];
    assert_eq!((line["actor"].as_str(), line["via"].as_str()), (Some(EVA), Some("portal")), "{line}");
    let told = line.to_string();
    assert!(told.contains("118 56") && told.contains("118 57") && !told.contains("Pays late"), "{told}");
    // The same once more changes nothing.
    let before = world.rows();
    eva.post("/company/edit", &fields).leads();
    assert_eq!(world.rows()["audit"], before["audit"]);
}

#[test]
fn what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_lost() {
    let world = town();
    let mut eva = with(&world, EVA, "--template full");
    eva.get("/company/edit");
    let long = "x".repeat(201);
    let before = world.business();
    for (field, odd, says) in [
        ("email", "styrelsen", "Enter an e-mail address such as"),
        ("email", "a@b@c", "Enter an e-mail address such as"),
        ("phone", long.as_str(), "at most 200 characters"),
        ("city", "Ume\u{202e}å", "at most 200 characters"),
        ("country", "a\nb", "at most 200 characters"),
    ] {
        let mut fields = vec![("address", "<b>New street & 7</b>"), ("region", "Norr")];
        fields.push((field, odd));
        let page = eva.post("/company/edit", &fields);
        page.has_status(422).says(says).says("<title>Error: ").says(&format!("href=\"#{field}\""));
        page.says("value=\"&lt;b&gt;New street &amp; 7&lt;/b&gt;\"").says("value=\"Norr\"").says("autofocus");
    }
    assert_eq!(world.business(), before);
}
