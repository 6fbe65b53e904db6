//! The ways in from outside: the company's own website, and the labels on machines.

use frontdesk::portal::routes::ROUTES;

use super::tags;
use crate::support::{Answer, PASSWORD, Visitor, World};

const POLICY: &str = "Content-Security-Policy";

/// The sites that a page may be shown by, as its own header says; nothing where the front says what it says everywhere.
fn framed_by(answer: &Answer) -> Option<String> {
    let policy = answer.header(POLICY)?;
    let (rest, ancestors) = policy.split_once("frame-ancestors ").expect("says who may show it");
    assert_eq!(
        rest,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    );
    Some(ancestors.to_owned())
}

#[test]
fn only_the_box_may_be_framed_and_only_by_the_sites_of_its_group() {
    let world = World::nordkyl_with_customers();
    world.run("group add beta --name Beta").well();
    world.run("group origin add https://www.beta.example -g beta").well();
    let mut guest = world.visitor("nordkyl");
    assert_eq!(framed_by(&guest.get("/box")).as_deref(), Some("'none'"));
    for origin in ["https://www.nordkyl.example", "https://nordkyl.example:8443", "http://localhost:8081"] {
        world.run(&format!("group origin add {origin} -g nordkyl")).well();
    }
    let three = "http://localhost:8081 https://nordkyl.example:8443 https://www.nordkyl.example";
    assert_eq!(framed_by(&guest.get("/box")).as_deref(), Some(three));
    assert_eq!(framed_by(&guest.head("/box?lang=sv")).as_deref(), Some(three));
    assert_eq!(framed_by(&guest.get("/g/beta/box")).as_deref(), Some("https://www.beta.example"));
    // Every other page, and every fault at the box's own address, leaves the header to the front, which says 'none'.
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities");
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    for route in ROUTES {
        let path = route.path.split('/').map(|part| if part.starts_with(':') { "1" } else { part });
        let path = path.collect::<Vec<_>>().join("/");
        for visitor in [&mut guest, &mut eva] {
            let framable = framed_by(&visitor.get(&path));
            assert_eq!(framable.is_some(), path == "/box", "GET {path}");
            assert_eq!(framed_by(&visitor.clone().post(&path, &[])), None, "POST {path}");
        }
    }
    assert_eq!(framed_by(guest.get("/box?lang=sv&lang=es").has_status(400)), None);
    for origin in ["https://www.nordkyl.example", "https://nordkyl.example:8443", "http://localhost:8081"] {
        world.run(&format!("group origin delete {origin} -g nordkyl --yes")).well();
    }
    assert_eq!(framed_by(&guest.get("/box")).as_deref(), Some("'none'"));
}

#[test]
fn the_box_asks_for_an_address_and_never_for_a_password() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities");
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    let mut guest = world.visitor("nordkyl");
    for (query, title) in [
        ("", "Sign in to Nordkyl AB"),
        ("?lang=sv", "Logga in hos Nordkyl AB"),
        ("?lang=es", "Iniciar sesión en Nordkyl AB"),
        ("?lang=fr", "Sign in to Nordkyl AB"),
    ] {
        let page = guest.get(&format!("/box{query}"));
        page.has_status(200).says(title);
        assert!(page.all("Set-Cookie").is_empty() && guest.cookies.is_empty());
        assert_eq!(eva.get(&format!("/box{query}")), page, "whoever is signed in is nobody here");
        let tags = tags::read(page.text());
        let forms: Vec<_> = tags.iter().filter(|tag| tag.name == "form").collect();
        assert_eq!(forms.len(), 1);
        for (key, value) in [("action", "/g/nordkyl/start"), ("method", "get"), ("target", "_top")] {
            assert_eq!(forms[0].get(key), Some(value));
        }
        assert!(tags.iter().all(|tag| tag.name != "script" && tag.get("type") != Some("password")));
        assert!(tags.iter().any(|tag| tag.get("name") == Some("email")));
        let carried = tags.iter().find(|tag| tag.get("name") == Some("lang")).and_then(|tag| tag.get("value"));
        assert_eq!(carried, query.strip_prefix("?lang=").filter(|lang| *lang != "fr"));
    }
}

#[test]
fn whatever_another_site_sends_the_way_leads_to_the_own_login_box() {
    let world = World::nordkyl();
    let mut guest = world.visitor("nordkyl");
    let mut leads = |fields: &[(&str, &str)]| guest.post_bare("/start", fields).leads().to_owned();
    assert_eq!(leads(&[]), "/g/nordkyl/");
    assert_eq!(
        leads(&[("email", " eva@brf.example\r\nSet-Cookie: x ")]),
        "/g/nordkyl/?email=eva%40brf.exampleSet-Cookie%3A+x"
    );
    assert_eq!(leads(&[("email", "eva@brf.example"), ("lang", "sv")]), "/g/nordkyl/?email=eva%40brf.example&lang=sv");
    assert_eq!(leads(&[("email", "å"), ("lang", "\r\n"), ("next", "//evil.test")]), "/g/nordkyl/?email=%C3%A5");
    assert!(leads(&[("email", &"x".repeat(10_000))]).len() < 300);
    assert!(guest.cookies.is_empty());
    guest.post_bare("/start", &[("email", "a"), ("email", "b")]).has_status(400);
    guest.post_bytes("/start", "text/plain", b"email=eva".to_vec()).has_status(400);
    guest.post_bytes("/start", "application/x-www-form-urlencoded", vec![b'x'; 70_000]).has_status(413);
    // What it leads to has the address filled in, and speaks the language.
    let box_page = guest.get("/?email=eva%40brf.example&lang=sv");
    box_page.has_status(200).says("value=\"eva@brf.example\"").says("Logga in hos Nordkyl AB");
}

/// The code on an object's label.
fn code(world: &World, object: &str) -> String {
    let said = world.run(&format!("object label {object} --json")).well().json();
    said["labels"][0]["code"].as_str().expect("a code").to_owned()
}

fn scan(visitor: &mut Visitor, code: &str) -> Answer {
    visitor.get(&format!("/q/{code}"))
}

#[test]
fn a_label_leads_to_its_machine_for_whoever_reaches_it() {
    let world = World::nordkyl_with_customers();
    for line in [
        "object add KYL-01 --customer 1042 --name 'Compressor 1' --facility hus-a",
        "object add KYL-02 --customer 1042 --name 'Compressor 2' --facility hus-b",
        "object add KYL-03 --customer 1043 --name 'Ice machine'",
    ] {
        world.run(line).well();
    }
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --facility hus-a");
    world.user("nordkyl", "ola@brf.example", "--customer 1042 --template viewer --all-facilities");
    let codes = ["KYL-01", "KYL-02", "KYL-03"].map(|object| code(&world, object));
    // Scanning leads through one sign-in to the machine.
    let mut eva = world.visitor("nordkyl");
    let first = scan(&mut eva, &codes[0]);
    let next = format!("/g/nordkyl/q/{}", codes[0]);
    assert_eq!(first.leads(), format!("/g/nordkyl/?next={}", next.replace('/', "%2F")));
    eva.get(first.leads()).has_status(200);
    let fields = [("email", "eva@brf.example"), ("password", PASSWORD), ("next", next.as_str())];
    assert_eq!(eva.post("/login", &fields).leads(), next);
    assert_eq!(scan(&mut eva, &codes[0]).leads(), "/g/nordkyl/objects/KYL-01?reading=new#reading");
    let mut ola = world.signed_in("nordkyl", "ola@brf.example", PASSWORD);
    assert_eq!(scan(&mut ola, &codes[0]).leads(), "/g/nordkyl/objects/KYL-01");
    assert_eq!(scan(&mut ola, &codes[1]).leads(), "/g/nordkyl/objects/KYL-02");
    // What is out of reach is the same as what is not there.
    let unknown = scan(&mut eva, "0000000000000000").has_status(404).clone();
    for odd in [codes[1].as_str(), &codes[2], &codes[0].to_uppercase(), "KYL-01", "%25", "'"] {
        assert_eq!(scan(&mut eva, odd), unknown, "{odd}");
    }
    // The label outlives a move, and a second print.
    world.run("object move KYL-01 --facility hus-b").well();
    assert_eq!(scan(&mut eva, &codes[0]), unknown);
    assert_eq!(scan(&mut ola, &codes[0]).leads(), "/g/nordkyl/objects/KYL-01");
    assert_eq!(code(&world, "KYL-01"), codes[0]);
    // Another company's portal knows nothing of it.
    world.run("group add beta --name Beta").well();
    assert_eq!(eva.get(&format!("/g/beta/q/{}", codes[0])).leads().split('?').next(), Some("/g/beta/"));
}

#[test]
fn whoever_may_not_see_machines_learns_nothing_from_a_label() {
    let world = World::nordkyl_with_customers();
    world.run("object add KYL-01 --customer 1042 --name 'Compressor 1' --facility hus-a").well();
    world.user("nordkyl", "bo@brf.example", "--customer 1042 --grant order.view --all-facilities");
    let (there, mut bo) = (code(&world, "KYL-01"), world.signed_in("nordkyl", "bo@brf.example", PASSWORD));
    assert_eq!(scan(&mut bo, &there), scan(&mut bo, "0000000000000000").has_status(403).clone());
}

#[test]
fn a_label_chooses_the_customer_by_itself() {
    let world = World::nordkyl_with_customers();
    world.run("object add KYL-01 --customer 1043 --name 'Ice machine' --facility hall").well();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities");
    world.run("user create eva@brf.example --customer 1043 --name Eva --template full --all-facilities").well();
    let (code, mut eva) = (code(&world, "KYL-01"), world.signed_in("nordkyl", "eva@brf.example", PASSWORD));
    assert_eq!(scan(&mut eva, &code).leads(), "/g/nordkyl/objects/KYL-01?reading=new#reading");
}
