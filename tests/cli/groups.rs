//! `group`: made, shown, changed, deleted.

use crate::support::World;

#[test]
fn a_group_is_added_listed_shown_and_changed() {
    let world = World::new();
    let said =
        world.run("group add nordkyl --name 'Nordkyl AB' --lang sv --tz Europe/Stockholm --colour #0a5c3a").well();
    assert_eq!(said.err, "created group nordkyl (Nordkyl AB, sv, Europe/Stockholm)\n");
    assert_eq!(said.out, "");
    let list = world.run("group list --json").well().json();
    assert_eq!(list[0]["slug"], "nordkyl");
    assert_eq!(list[0]["prefix"], "NOR");
    let said = world.run("group set nordkyl --phone '+46 8 555 123 00' --json").well().json();
    assert_eq!((said["action"].as_str(), said["phone"].as_str()), (Some("updated"), Some("+46 8 555 123 00")));
    assert!(world.run("group set nordkyl --phone '+46 8 555 123 00'").well().err.starts_with("unchanged"));
    assert!(world.run("group show nordkyl").well().out.contains("https://portal.test/g/nordkyl/"));
}

#[test]
fn adding_twice_is_a_conflict_unless_told_otherwise() {
    let world = World::nordkyl();
    world.run("group add nordkyl --name Other").fails(4, "group 'nordkyl' exists already");
    assert!(world.run("group add nordkyl --name Other --if-exists skip").well().err.starts_with("unchanged"));
    assert!(world.run("group add nordkyl --name Other --ensure").well().err.starts_with("updated"));
    assert!(world.run("group add nordkyl --name Other --ensure").well().err.starts_with("unchanged"));
}

#[test]
fn a_dry_run_changes_nothing_and_can_say_so_by_its_status() {
    let world = World::nordkyl();
    let said = world.run("group set nordkyl --name Other --dry-run --exit-code");
    assert_eq!(said.status, 5);
    assert!(said.err.starts_with("dry run, nothing was changed: updated group nordkyl (Other"), "{said:?}");
    assert_eq!(world.run("group list --json").json()[0]["name"], "Nordkyl AB");
}

#[test]
fn deleting_needs_the_name() {
    let world = World::nordkyl();
    world.run("group delete nordkyl").fails(2, "needs to be confirmed");
    world.run("group delete nordkyl --confirm nordkil").fails(2, "is not 'nordkyl'");
    world
        .run("group delete nordkil --confirm nordkil")
        .fails(3, "group 'nordkil' does not exist")
        .fails(3, "did you mean nordkyl?");
    world.run("group delete nordkyl --confirm nordkyl").well();
    assert!(world.run("group delete nordkyl --confirm nordkyl --missing-ok").well().err.starts_with("unchanged"));
    assert_eq!(world.run("group list --json").well().out, "[]\n");
}

#[test]
fn wrong_words_get_a_sentence_with_the_value() {
    let world = World::new();
    world.run("group add Nordkyl --name X").fails(2, "'Nordkyl'");
    world.run("group add n --name X --colour red").fails(2, "'red' is not a colour such as #0a5c3a");
    world.run("group add n --name X --tz Mars/Olympus").fails(2, "'Mars/Olympus' is not a time zone");
    world.run("group add n --name X --lang fr").fails(2, "'fr' is not a language");
    world.run("group add n").fails(2, "a new group needs a name");
    world.run("group add n --name X --logo nowhere.png").fails(66, "'nowhere.png' cannot be read");
    world.file("x.png", "<svg/>");
    world.run("group add n --name X --logo x.png").fails(65, "is not a PNG, JPEG or WebP picture");
    world.run("group frobnicate").fails(2, "frobnicate");
    assert_eq!(world.run("group list --json").well().out, "[]\n");
}

#[test]
fn sites_that_may_show_the_login_box_are_added_listed_and_deleted() {
    let world = World::nordkyl();
    let said = world.run("group origin add HTTPS://www.Nordkyl.example:443").well();
    assert_eq!(said.err, "created origin https://www.nordkyl.example, which may show the login box\n");
    world.run("group origin add https://www.nordkyl.example").fails(4, "exists already");
    assert!(world.run("group origin add https://www.nordkyl.example --ensure").well().err.starts_with("unchanged"));
    world.run("group origin add http://localhost:8080").well();
    assert_eq!(world.run("group origin list -o id").well().out, "http://localhost:8080\nhttps://www.nordkyl.example\n");
    world
        .run("group origin add https://www.nordkyl.example/")
        .fails(2, "name the site alone: https://www.nordkyl.example");
    let near = "did you mean https://www.nordkyl.example?";
    world.run("group origin delete https://www.nordkyl.exampel --yes").fails(3, near);
    world.run("group origin delete https://www.nordkyl.example").fails(2, "needs to be confirmed");
    world.run("group origin delete https://www.nordkyl.example --yes").well();
    let again = world.run("group origin delete https://www.nordkyl.example --yes --missing-ok").well();
    assert!(again.err.starts_with("unchanged"), "{again:?}");
    let audit = world.run("audit list --json").well().out;
    assert!(audit.contains("group.origin_added") && audit.contains("group.origin_deleted"), "{audit}");
}

#[test]
fn a_group_has_at_most_twenty_sites() {
    let world = World::nordkyl();
    for n in 0..20 {
        world.run(&format!("group origin add https://site-{n}.example")).well();
    }
    world.run("group origin add https://site-20.example").fails(4, "20 sites show the login box already");
}

#[test]
fn what_goes_on_the_companys_website_is_printed_piece_by_piece() {
    let world = World::new();
    world.run("group add nordkyl --name 'Kyl & \"Värme\" <AB>' --lang sv --colour '#ffd500'").well();
    let piece = |name: &str| world.run(&format!("group box nordkyl --format {name}")).well();
    let link = piece("link");
    let name = "Kyl &amp; &quot;Värme&quot; &lt;AB&gt;";
    assert_eq!(link.out, format!("<a href=\"https://portal.test/g/nordkyl/\">Kundportalen hos {name}</a>\n"));
    assert_eq!(link.err, "");
    let button = piece("button").out;
    assert!(
        button.contains("background:#ffd500;color:#000000") && button.contains(&format!("Logga in hos {name}</a>"))
    );
    let form = piece("form").out;
    assert!(form.starts_with("<form method=\"post\" action=\"https://portal.test/g/nordkyl/start\">"), "{form}");
    assert!(form.contains("name=\"email\"") && !form.contains("password"), "{form}");
    let frame = piece("iframe");
    assert!(frame.out.starts_with("<iframe src=\"https://portal.test/g/nordkyl/box\""), "{frame:?}");
    assert!(frame.err.contains("warning: no site may show the login box in a frame yet"), "{frame:?}");
    assert!(frame.err.contains("tip: frontdesk group origin add https://www.example.com -g nordkyl"), "{frame:?}");
    assert!(piece("qr").out.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    world.run("group origin add https://www.nordkyl.example").well();
    let all = piece("all");
    assert_eq!(all.err, "");
    for one in [&link.out, &button, &form, &frame.out] {
        assert!(all.out.contains(one.trim_end()), "{one}");
    }
    let json = world.run("group box nordkyl --lang es --json").well().json();
    assert_eq!(json["origins"], serde_json::json!(["https://www.nordkyl.example"]));
    let text = |field: &str| json[field].as_str().expect("a piece").to_owned();
    assert!(text("link").contains("href=\"https://portal.test/g/nordkyl/?lang=es\">Portal de clientes de"));
    assert!(text("iframe").contains("/box?lang=es\""));
    assert!(text("form").contains("<input type=\"hidden\" name=\"lang\" value=\"es\">"));
    let one = world.run("group box nordkyl --format link --fields link -o csv --no-header").well().out;
    assert!(one.contains("portal.test/g/nordkyl/") && !one.contains("iframe"), "{one}");
}
