//! Which mails one gets: chosen in the account, and behind the link in a mail by whoever holds it.

use crate::support::{PASSWORD, World};

const EVA: &str = "eva@brf.example";

/// Eva with an account, Nils without one; each of them is told of orders by their role.
fn house() -> World {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template standard --all-facilities");
    world.run("contact add --customer 1042 --name 'Nils Ek' --email nils@brf.example --lang sv").well();
    for email in [EVA, "nils@brf.example"] {
        world.run(&format!("contact set {email} --customer 1042 --role 'Site manager'")).well();
    }
    world.fetch();
    world
}

/// The address behind which somebody chooses, from the next mail that they get.
fn address(world: &World, email: &str) -> String {
    world.run("order create --customer 1042 --title 'Door of the cold room' --facility hus-a").well();
    let letters = world.fetch();
    let letter = letters.iter().find(|letter| letter.to.contains(email)).unwrap_or_else(|| panic!("{letters:?}"));
    let start = letter.text.find("/g/nordkyl/mail/off/").unwrap_or_else(|| panic!("no link in {}", letter.text));
    letter.text[start..].split_whitespace().next().expect("a link").to_owned()
}

/// The events for which an answer is chosen on a page.
fn chosen(page: &str, choice: &str) -> Vec<String> {
    let radios = page.split("<input").filter(|tag| tag.contains("type=\"radio\"") && tag.contains(" checked"));
    let of_choice = radios.filter(|tag| tag.contains(&format!("value=\"{choice}\"")));
    of_choice.filter_map(|tag| Some(tag.split_once("name=\"")?.1.split('"').next()?.to_owned())).collect()
}

fn told(world: &World, email: &str) -> bool {
    world.run("order create --customer 1042 --title 'Another door' --facility hus-a").well();
    world.fetch().iter().any(|letter| letter.to.contains(email))
}

#[test]
fn what_one_chooses_in_the_account_is_what_one_is_told() {
    let world = house();
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    eva.get("/account").says("href=\"/g/nordkyl/account/notices\"");
    let page = eva.get("/account/notices");
    page.has_status(200).says("eva@brf.example").says("Brf Fröjden");
    assert_eq!(chosen(page.text(), "now").len(), 9, "{}", page.text());
    assert!(told(&world, EVA));
    let answer = eva.post("/account/notices", &[("order.created", "off"), ("comment", "daily")]);
    assert_eq!(answer.leads(), "/g/nordkyl/account/notices?after=saved");
    let page = eva.get("/account/notices?after=saved");
    page.says("Your choice is saved.");
    assert_eq!(
        (chosen(page.text(), "off"), chosen(page.text(), "daily")),
        (vec!["order.created".into()], vec!["comment".into()])
    );
    assert!(!told(&world, EVA));
    eva.post("/account/notices", &[("order.created", "whenever")]).has_status(422);
    eva.post("/account/notices", &[("all", "off")]);
    assert_eq!(chosen(eva.get("/account/notices").text(), "off").len(), 9);
}

#[test]
fn whoever_holds_a_mail_chooses_for_its_reader_and_looking_changes_nothing() {
    let world = house();
    let link = address(&world, "nils@brf.example");
    let mut nils = world.visitor("nordkyl");
    let before = world.rows();
    let page = nils.get(&link);
    page.has_status(200).says("<html lang=\"sv\"").says("nils@brf.example").hides("href=\"/g/nordkyl/account\"");
    nils.head(&link).has_status(200);
    assert_eq!(world.rows(), before, "looking is not choosing");
    assert_eq!(nils.post_bare(&link, &[("order.created", "off")]).leads(), format!("{link}?after=saved"));
    assert_eq!(chosen(nils.get(&link).text(), "off"), ["order.created"]);
    assert!(!told(&world, "nils@brf.example"));
    nils.post_bare(&link, &[("order.created", "now")]);
    assert!(told(&world, "nils@brf.example"));
    // Nobody else's.
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    assert_eq!(chosen(eva.get("/account/notices").text(), "now").len(), 9);
}

#[test]
fn one_click_in_a_mail_program_turns_everything_off_and_says_for_whom() {
    let world = house();
    let link = address(&world, "nils@brf.example");
    let mut program = world.visitor("nordkyl");
    let answer = program.post_bare(&link, &[("List-Unsubscribe", "One-Click")]);
    answer.has_status(200).says("Brf Fröjden").says(&format!("href=\"{link}\""));
    assert_eq!(chosen(program.get(&link).text(), "off").len(), 9);
    assert!(!told(&world, "nils@brf.example"));
}

#[test]
fn a_link_that_was_cut_or_whose_address_is_no_longer_the_persons_is_gone() {
    let world = house();
    let link = address(&world, "nils@brf.example");
    let mut nils = world.visitor("nordkyl");
    nils.get(&link[..link.len() - 1]).has_status(410).hides("nils@brf.example");
    nils.post_bare(&link[..link.len() - 1], &[("all", "off")]).has_status(410);
    world.run("contact set nils@brf.example --customer 1042 --email new@brf.example").well();
    let before = world.rows();
    nils.get(&link).has_status(410).hides("new@brf.example").hides("nils@brf.example");
    nils.post_bare(&link, &[("List-Unsubscribe", "One-Click")]).has_status(410);
    assert_eq!(world.rows(), before);
}
