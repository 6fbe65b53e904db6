//! One's own name, what one may see in words, and where one is signed in.

use frontdesk::access::Permission;
use frontdesk::text::Lang;
use frontdesk::words::portal;

use crate::support::{PASSWORD, Visitor, World};

const EVA: &str = "eva@brf.example";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";
const CHROME: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

fn signed_in(world: &World, agent: &str, from: &str) -> Visitor {
    let mut visitor = world.visitor("nordkyl").with("User-Agent", agent).from(from);
    visitor.sign_in(EVA, PASSWORD).leads();
    visitor
}

/// The values of the buttons that end one session.
fn ends(page: &str) -> Vec<String> {
    let values = page.split("name=\"session\" value=\"").skip(1);
    let values = values.map(|rest| rest.split('"').next().expect("a value").to_owned());
    values.filter(|value| value != "others").collect()
}

#[test]
fn one_sees_every_browser_and_ends_them_one_by_one_or_all_others() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template viewer --all-facilities");
    let mut here = signed_in(&world, FIREFOX, "192.0.2.1");
    here.get("/account/sessions")
        .has_status(200)
        .says("Firefox on Linux")
        .says("signed in nowhere else")
        .hides("Sign out there");
    world.clock.advance(3_600);
    let mut office = signed_in(&world, CHROME, "192.0.2.2");
    let mut odd = signed_in(&world, "curl/8 <script>", "2001:db8::7");
    let page = here.get("/account/sessions");
    page.says("This browser").says("Chrome on Windows").says("A browser").says("192.0.2.2").says("2001:db8::7");
    page.says("Sign out everywhere else").says("datetime=\"2026-11-22T10:02:00+01:00\"").hides("<script>");
    let at = |name: &str| page.page().find(name).unwrap_or_else(|| panic!("{name} is there"));
    assert!(at("Firefox on Linux") < at("Chrome on Windows"), "the present one comes first");
    let all = ends(page.page());
    assert_eq!(all.len(), 2);
    assert_eq!(here.post("/account/sessions", &[("session", &all[0])]).leads(), "/g/nordkyl/account/sessions?ended=1");
    here.get("/account/sessions?ended=1").says("1 browser is signed out.");
    let alive = |visitor: &mut Visitor| visitor.get("/account").status == 200;
    let still = [alive(&mut office), alive(&mut odd)];
    assert_eq!(still.iter().filter(|alive| **alive).count(), 1, "{still:?}");
    // What is over is over, and says so without a fault.
    assert_eq!(here.post("/account/sessions", &[("session", &all[0])]).leads(), "/g/nordkyl/account/sessions?ended=0");
    assert_eq!(here.post("/account/sessions", &[("session", "others")]).leads(), "/g/nordkyl/account/sessions?ended=1");
    assert!(alive(&mut here) && !alive(&mut office) && !alive(&mut odd));
    let audit = world.run("audit list --where action=sessions.ended --json").well().json();
    assert_eq!(audit.as_array().map(Vec::len), Some(2), "{audit}");
    assert_eq!(audit[0]["actor"], EVA);
    for value in ["", "0", "-1", "abc", "9999999999999999999999"] {
        let status = here.post("/account/sessions", &[("session", value)]).status;
        assert!([303, 404].contains(&status), "{value}: {status}");
    }
    assert!(alive(&mut here));
}

#[test]
fn nobody_sees_or_ends_the_sessions_of_others() {
    let world = World::nordkyl_with_customers();
    for email in [EVA, "ola@brf.example"] {
        world.user("nordkyl", email, "--customer 1042 --template viewer --all-facilities");
    }
    let mut eva = signed_in(&world, FIREFOX, "192.0.2.1");
    let mut again = signed_in(&world, CHROME, "192.0.2.2");
    let mut ola = world.visitor("nordkyl").with("User-Agent", "Opera OPR/1").from("192.0.2.9");
    ola.sign_in("ola@brf.example", PASSWORD).leads();
    ola.get("/account/sessions").hides("Firefox").hides("192.0.2.1").says("Opera");
    let all = ends(eva.get("/account/sessions").page());
    for value in all.iter().map(String::as_str).chain(["1", "2", "3"]) {
        ola.get("/account");
        ola.post("/account/sessions", &[("session", value)]);
    }
    ola.get("/account").has_status(200);
    ola.post("/account/sessions", &[("session", "others")]).leads();
    eva.get("/account").has_status(200);
    again.get("/account").has_status(200);
    // A session that ran out is not shown as one that holds.
    world.clock.advance(8 * 86_400);
    let mut late = signed_in(&world, CHROME, "192.0.2.3");
    late.get("/account/sessions").says("signed in nowhere else").hides("Firefox");
}

#[test]
fn signing_out_takes_the_cookies_of_the_session_and_no_others() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    eva.cookies.insert("__Host-frontdesk-nordkyl.link".into(), "x".into());
    eva.cookies.insert("__Host-frontdesk-nordkyl.language".into(), "sv".into());
    eva.cookies.insert("__Host-frontdesk-beta".into(), "y".into());
    eva.get("/account");
    let out = eva.post("/logout", &[]);
    assert_eq!(out.header("Clear-Site-Data"), Some("\"cache\""));
    let kept: Vec<_> = eva.cookies.keys().map(String::as_str).collect();
    assert_eq!(kept, ["__Host-frontdesk-beta", "__Host-frontdesk-nordkyl.language"]);
}

#[test]
fn one_changes_ones_own_name_at_the_present_customer() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    world.run("user create eva@brf.example --customer 1043 --name 'Eva at Frost'").well();
    world.run("contact set eva@brf.example --customer 1042 --title Manager --external-id EXT-9").well();
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    eva.get("/account/name")
        .has_status(200)
        .says("value=\"Pat Lind\"")
        .says("Nordkyl AB and your colleagues at Brf Fröjden");
    for (odd, says) in [("", "Enter your name."), ("  ", "Enter your name."), ("a\nb", "at most 200 characters")] {
        eva.post("/account/name", &[("name", odd)]).has_status(422).says(says).says("<title>Error: ");
    }
    let long = format!("{}<b>", "å".repeat(200));
    eva.post("/account/name", &[("name", &long)]).has_status(422).says("&lt;b&gt;\"");
    eva.post("/account/name", &[("name", " Eva  Lind-Ågren ")]).leads();
    eva.get("/account?after=name").says("The name is saved.").says("Lind-Ågren");
    let contact = world.run("contact show eva@brf.example --customer 1042 --json").well().json();
    assert!(contact["name"].as_str().expect("a name").contains("Lind-Ågren"), "{contact}");
    assert_eq!((contact["title"].as_str(), contact["external_id"].as_str()), (Some("Manager"), Some("EXT-9")));
    let other = world.run("contact show eva@brf.example --customer 1043 --json").well().json();
    assert_eq!(other["name"], "Eva at Frost");
    let found = world.run("contact list --search agren --json").well().json();
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    let line = &world.run("audit list --where action=contact.changed --limit 1 --json").well().json()[0];
    assert_eq!(line["actor"], EVA);
    assert!(line.to_string().contains("Pat Lind") && !line.to_string().contains("EXT-9"), "{line}");
}

#[test]
fn the_account_says_in_words_exactly_what_is_permitted() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    eva.get("/account").says("Nothing has been shared with you yet.").hides("At all facilities");
    for lang in [Lang::En, Lang::Sv, Lang::Es] {
        eva.get("/account");
        eva.post("/account/language", &[("lang", lang.word())]).leads();
        let said = portal::of(lang).sight;
        for permission in Permission::ALL {
            world.run(&format!("user grant {EVA} --customer 1042 --replace {permission}")).well();
            let page = eva.get("/account");
            for other in Permission::ALL {
                let there =
                    page.page().contains((said.may)(*other).trim_end_matches('.').split('\'').next().expect("text"));
                assert_eq!(there, other == permission, "{other} with {permission} in {lang}");
            }
        }
    }
    eva.post("/account/language", &[("lang", "en")]).leads();
    let scope = |rest: &str| {
        world.run(&format!("user grant {EVA} --customer 1042 --replace order.view {rest}")).well();
    };
    scope("");
    eva.get("/account").says("At no facility yet");
    scope("--facility hus-b --facility hus-a");
    eva.get("/account").says("At Hus A, Hus B.").hides("belongs to no facility").hides("At all facilities");
    scope("--facility hus-a --unattached --until 2026-12-31");
    eva.get("/account")
        .says("At Hus A.")
        .hides("Hus B")
        .says("Also what belongs to no facility.")
        .says("up to and including 31 December 2026");
    scope("--all-facilities");
    eva.get("/account").says("At all facilities, including those added later.").hides("Hus A").hides("At no facility");
}

#[test]
fn the_promise_of_accessibility_is_for_everybody() {
    let world = World::nordkyl_with_customers();
    let mut guest = world.visitor("nordkyl");
    guest.get("/").says("href=\"/g/nordkyl/accessibility\"");
    guest
        .get("/accessibility")
        .has_status(200)
        .says("WCAG 2.2")
        .says("If something does not work")
        .says("+46 8 555 123 00");
}
