//! Previews: the company looks at the portal as somebody sees it, and nothing happens.

use std::sync::Arc;

use frontdesk::config::Config;
use frontdesk::links;
use frontdesk::portal::routes::ROUTES;
use frontdesk::portal::{Preview, Site};
use frontdesk::text::{Email, Slug};
use frontdesk::users;

use super::unauthorized::sample;
use crate::support::{Answer, PASSWORD, Visitor, World};

/// A portal as somebody sees it at the first customer they have access to, and the address that opens it.
fn preview(world: &World, email: &str) -> (Arc<Site>, String) {
    let slug = Slug::parse("nordkyl").expect("a slug");
    let access = world.db().read(&world.owner("nordkyl"), |tx| {
        let user = users::lookup(tx, &Email::parse(email)?)?.expect("the user");
        Ok(users::accesses(tx, &user)?.remove(0))
    });
    let preview = Preview::of(&slug, &access.expect("an access")).expect("a preview");
    let address = preview.address();
    let config = Config::read(&world.path().join("etc/frontdesk/config.toml")).expect("a configuration");
    (Arc::new(Site::preview(&world.db(), config, preview).expect("a portal")), address)
}

/// Somebody at the company who opened the printed address.
fn opened(world: &World, email: &str) -> Visitor {
    let (site, address) = preview(world, email);
    let mut visitor = Visitor::new(&site, "nordkyl");
    assert_eq!(visitor.get(&address).leads(), links::home(&Slug::parse("nordkyl").expect("a slug")));
    visitor
}

const BANNER: &str = "<p class=\"call preview\" role=\"note\">";

/// A page without what differs between a preview and the person's own view: the banner, and values made anew each time.
fn plain(answer: &Answer) -> (u16, Option<String>, String) {
    let mut text = answer.text().to_owned();
    if let Some((before, after)) = text.split_once(BANNER) {
        let (_, after) = after.split_once("</p>").expect("its end");
        text = format!("{before}{after}");
    }
    for name in ["csrf", "once"] {
        let mark = format!("name=\"{name}\" value=\"");
        let mut pieces = text.split(&mark);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            out.push_str(&mark);
            out.push_str(piece.split_once('"').map_or("", |(_, rest)| rest));
        }
        text = out;
    }
    (answer.status, answer.header("Location").map(str::to_owned), text)
}

fn town() -> World {
    let world = World::nordkyl_with_customers();
    world.run("object add KYL-01 --customer 1042 --name 'Compressor 1' --facility hus-a").well();
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    world.order("nordkyl", "1042", Some("hus-b"), "Light in the attic");
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --facility hus-a");
    world
}

#[test]
fn every_page_of_a_preview_is_the_persons_own_with_a_banner() {
    let world = town();
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    let mut seen = opened(&world, "eva@brf.example");
    world.clock.advance(600);
    let label = world.run("object label KYL-01 --json").well().json();
    let label = format!("/q/{}", label["labels"][0]["code"].as_str().expect("a code"));
    let paths = ROUTES.iter().filter(|route| route.handler.methods().0).map(|route| sample(route).0);
    let more =
        [label.as_str(), "/orders", "/orders?q=attic", "/orders/NK-FRO-0002", "/none", "/orders?q=1&q=2", "/logout"];
    for path in paths.chain(more) {
        let before = world.rows();
        let (shown, asked) = (seen.get(path), seen.head(path));
        assert_eq!(world.rows(), before, "GET {path} left a trace");
        let own = eva.get(path);
        // Of the person's sessions none is the one that looks on.
        if path != "/account/sessions" {
            assert_eq!(plain(&shown), plain(&own), "{path}");
        }
        assert_eq!(asked.status, own.status, "{path}");
        if !own.text().is_empty() && own.text().starts_with("<!DOCTYPE") {
            assert_eq!(shown.text().matches(BANNER).count(), 1, "{path}");
            let in_swedish = shown.text().contains("<html lang=\"sv\"");
            shown.says(if in_swedish {
                "som Pat Lind ser den för Brf Fröjden"
            } else {
                "as Pat Lind sees it for Brf Fröjden"
            });
        }
        own.hides(BANNER);
    }
    seen.get("/orders").says("Door of the cold room").hides("attic");
    assert_eq!(seen.session(), None, "no session was made");
}

#[test]
fn every_form_of_a_preview_is_refused_in_words_and_nothing_is_written() {
    let world = town();
    let mut seen = opened(&world, "eva@brf.example");
    seen.get("/account").has_status(200);
    let before = world.rows();
    let mut forms = 0;
    for route in ROUTES.iter().filter(|route| route.handler.methods().1) {
        let (path, fields) = sample(route);
        for answer in [seen.clone().post(path, fields), seen.clone().post_bare(path, fields)] {
            answer.has_status(403).says("A preview changes nothing").says(BANNER);
            assert!(answer.all("Set-Cookie").is_empty());
        }
        forms += 1;
    }
    assert!(forms >= 8, "{forms} forms");
    seen.clone().post_bytes("/account/language", "text/plain", b"\xff".to_vec()).has_status(403);
    assert_eq!(world.rows(), before);
    assert!(world.fetch().is_empty());
}

#[test]
fn only_the_browser_that_opened_the_printed_address_sees_anything() {
    let world = town();
    world.run("group add beta --name Beta").well();
    let (site, address) = preview(&world, "eva@brf.example");
    let mut stranger = Visitor::new(&site, "nordkyl");
    for path in ["/", "/orders", "/?preview=", "/?preview=AAAA", "/help", "/box"] {
        stranger.get(path).has_status(403).hides("Nordkyl").hides("Pat").hides("cold room");
    }
    stranger.post("/account/language", &[("lang", "es")]).has_status(403).hides("Nordkyl");
    stranger.head(&address).has_status(403);
    let mut own = Visitor::new(&site, "nordkyl");
    own.get(&address).leads();
    assert_eq!(own.get("/").leads(), "/g/nordkyl/orders");
    own.get("/g/beta/").has_status(404);
    own.get("/g/none/").has_status(404).says(BANNER);
    // The key of a preview is none of the portal's own.
    let mut outside = world.visitor("nordkyl");
    outside.cookies = own.cookies.clone();
    assert!(outside.get("/orders").leads().starts_with("/g/nordkyl/?next="));
}

#[test]
fn a_preview_shows_what_holds_at_this_moment() {
    let world = town();
    let mut seen = opened(&world, "eva@brf.example");
    seen.get("/orders").says("Door of the cold room").hides("attic");
    world.run("user grant eva@brf.example --facility hus-b").well();
    seen.get("/orders").says("Light in the attic");
    world.run("user set eva@brf.example --lang sv").well();
    seen.get("/orders").says("Förhandsvisning: portalen som Pat Lind ser den för Brf Fröjden.");
    world.run("user disable eva@brf.example --yes").well();
    assert!(seen.get("/orders").leads().starts_with("/g/nordkyl/?next="));
}

#[test]
fn a_page_of_another_access_is_shown_and_not_chosen() {
    let world = town();
    let elsewhere = world.order("nordkyl", "1043", Some("hall"), "Fan of the ice hall");
    world.run("user create eva@brf.example --customer 1043 --name Eva --template full --all-facilities").well();
    let mut seen = opened(&world, "eva@brf.example");
    let before = world.rows();
    seen.get(&format!("/orders/{elsewhere}")).has_status(200).says("Fan of the ice hall");
    seen.get("/orders").says("Door of the cold room").hides("ice hall");
    assert_eq!(world.rows(), before);
}

#[test]
fn what_somebody_will_see_is_shown_before_they_have_chosen_a_password() {
    let world = town();
    world.run("user create ny@brf.example --customer 1042 --name 'Ny Ek' --template viewer --facility hus-b").well();
    let before = world.rows();
    let mut seen = opened(&world, "ny@brf.example");
    seen.get("/orders").has_status(200).says("Light in the attic").hides("cold room").says("as Ny Ek sees it");
    assert_eq!(world.rows(), before);
}
