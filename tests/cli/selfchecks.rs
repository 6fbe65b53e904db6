//! `selfcheck`: templates from files, answered one by one or from a file, signed, taken up again.

use crate::support::{SERVICE, World};

/// Brf Fröjden with a compressor, an order, the template `service`, and an open self-check on each.
fn world() -> World {
    let world = World::nordkyl_with_customers();
    world.file("service.toml", SERVICE);
    for line in [
        "object add KYL-02 --customer 1042 --facility hus-b --name 'Compressor 2'",
        "order create --customer 1042 --title 'Yearly service' --facility hus-a",
        "selfcheck template add service service.toml",
        "selfcheck add service --order NK-FRO-0001",
        "selfcheck add service --object KYL-02",
    ] {
        world.run(line).well();
    }
    world
}

#[test]
fn a_template_goes_round_from_its_file_to_its_file() {
    let world = world();
    let shown = world.run("selfcheck template show service").well().out;
    assert_eq!(shown, SERVICE);
    let added = world.run_with("selfcheck template add again -", &shown).well();
    assert_eq!(added.err, "created self-check template again (Yearly service, 3 points)\n");
    let [one, two] = ["service", "again"].map(|name| {
        let mut json = world.run(&format!("selfcheck template show {name} -o json")).well().json();
        json.as_object_mut().expect("an object").remove("name");
        json
    });
    assert_eq!(one, two);
    assert_eq!(one["points"][1]["unit"], "bar");
    let list = world.run("selfcheck template list --json").well().json();
    assert_eq!((&list[0]["name"], &list[0]["points"]), (&"service".into(), &3.into()));
    world.run("selfcheck template add SERVICE service.toml").fails(4, "exists already").fails(4, "--if-exists update");
    assert!(world.run("selfcheck template add service service.toml --ensure").well().err.starts_with("unchanged"));
    world.file("service.toml", SERVICE.replace("whole", "whole and clean"));
    assert!(world.run("selfcheck template add service service.toml --ensure").well().err.starts_with("updated"));
    // What was begun before keeps its own copy, also when the template is gone.
    world.run("selfcheck template delete service --yes").well();
    let check = world.run("selfcheck show 1 --json").well().json();
    assert_eq!(check["points"][0]["text"], "Door gaskets are whole");
    world.run("selfcheck add servcie --order NK-FRO-0001").fails(3, "self-check template 'servcie' does not exist");
}

#[test]
fn a_file_that_is_no_template_is_refused_with_the_line() {
    let world = World::nordkyl();
    for (text, sentence) in [
        (SERVICE.replace("unit", "unti"), "bad.toml, line 9: there is no key 'unti' here"),
        (SERVICE.replace("\"number\"", "\"numbr\""), "bad.toml, line 8: 'numbr' is not a kind of point"),
        (SERVICE.replace("kind = \"number\"\n", ""), "bad.toml, line 8: the point has the unit 'bar' and is no number"),
        ("title = \"x\"\n".to_owned(), "the template has no points"),
        (format!("title = \"x\"\n{}", "[[point]]\ntext = \"a\"\n".repeat(201)), "there are 201 points"),
    ] {
        world.file("bad.toml", text);
        world.run("selfcheck template add bad bad.toml").fails(65, sentence);
    }
    world.file("bad.toml", [0xff, 0xfe]);
    world.run("selfcheck template add bad bad.toml").fails(65, "bad.toml is not UTF-8");
    world.run("selfcheck template add bad none.toml").fails(66, "none.toml");
    assert_eq!(world.run("selfcheck template list --json").well().out, "[]\n");
}

#[test]
fn a_self_check_is_put_on_one_thing_and_listed_there() {
    let world = world();
    world.run("selfcheck add service").fails(2, "none was named").fails(2, "--order NUMBER");
    world.run("selfcheck add service --order NK-FRO-0001 --object KYL-02").fails(2, "cannot be used with");
    world.run("selfcheck add service --order NK-FRO-0001").fails(4, "exists already").fails(4, "--title");
    let said = world.run("selfcheck add service --order NK-FRO-0001 --title 'Unit 2'").well();
    assert_eq!(said.err, "created self-check 3 (Unit 2, customer 1042, order NK-FRO-0001, 0 of 3 points answered)\n");
    let list = |flags: &str| world.run(&format!("selfcheck list -o id {flags}")).well().out.replace('\n', " ");
    assert_eq!(list(""), "3 2 1 ");
    assert_eq!(list("--order NK-FRO-0001"), "3 1 ");
    assert_eq!(list("--object KYL-02"), "2 ");
    assert_eq!(list("--customer 1043"), "");
    world.run("selfcheck answer 2 1 ok").well();
    world.run("selfcheck answer 2 2 4,2").well();
    world.run("selfcheck sign 2").well();
    assert_eq!((list("--signed"), list("--open")), ("2 ".into(), "3 1 ".into()));
    let order = world.run("order show NK-FRO-0001 --json").well().json();
    assert_eq!((&order["selfchecks"][1]["id"], &order["selfchecks"][1]["title"]), (&3.into(), &"Unit 2".into()));
    let object = world.run("object show KYL-02 --json").well().json();
    assert_eq!(object["selfchecks"][0]["state"], "signed");
    world.run("order delete NK-FRO-0001 --confirm NK-FRO-0001").well();
    assert_eq!(list(""), "2 ");
}

#[test]
fn points_are_answered_as_each_of_them_asks() {
    let world = world();
    world.run("selfcheck answer 1 1 fail").fails(2, "point 1 (Door gaskets are whole) fails").fails(2, "--note TEXT");
    world.run("selfcheck answer 1 1 fail --note 'Torn below'").well();
    world.run("selfcheck answer 1 1 yes").fails(2, "'yes' is no answer to point 1").fails(2, "ok, fail, na");
    world.run("selfcheck answer 1 2 '4 psi'").fails(2, "'4 psi' is in another unit").fails(2, "'12.5 bar'");
    world.run("selfcheck answer 1 2 warm").fails(2, "is a number, and 'warm' is none");
    world.run("selfcheck answer 1 2 4,125").fails(2, "can be read in two ways");
    world.run("selfcheck answer 1 9 ok").fails(3, "self-check 1 has no point 9: they are 1 to 3");
    world.run("selfcheck answer 1 2").fails(2, "<ANSWER>");
    let said = world.run("selfcheck answer 1 2 -0,25bar").well();
    assert!(said.err.starts_with("updated self-check 1 (") && said.err.contains("2 of 3 points answered"), "{said:?}");
    assert!(world.run("selfcheck answer 1 2 -0.250").well().err.starts_with("unchanged"));
    world.run("selfcheck answer 1 3 'Runs quietly'").well();
    world.run("selfcheck answer 1 3 na --note 'Nothing to say'").well();
    let check = world.run("selfcheck show 1 --json").well().json();
    let point = |at: usize, field: &str| check["points"][at][field].as_str().unwrap_or("").to_owned();
    assert_eq!((point(0, "answer"), point(0, "note")), ("fail".into(), "Torn below".into()));
    assert_eq!((point(1, "value"), point(1, "unit")), ("-0.25".into(), "bar".into()));
    assert_eq!((point(2, "answer"), point(2, "value")), ("na".into(), String::new()));
    assert_eq!((point(1, "author"), &check["failed"]), ("Nordkyl AB".into(), &1.into()));
    world.run("selfcheck answer 1 1 ok").well();
    assert_eq!(world.run("selfcheck show 1 --json").well().json()["points"][0]["note"], "Torn below");
    world.run("selfcheck answer 1 1 '' --note ''").well();
    let check = world.run("selfcheck show 1 --json").well().json();
    assert_eq!((&check["points"][0]["answer"], &check["answered"]), (&serde_json::Value::Null, &2.into()));
}

#[test]
fn a_file_of_answers_is_taken_whole_or_not_at_all() {
    let world = world();
    let file = |text: &str| world.file("a.csv", text);
    file("position,answer,note\n1,fail,Torn\n2,warm,\n");
    world.run("selfcheck answer 1 --file a.csv").fails(65, "a.csv, line 3: point 2 (Suction pressure) is a number");
    file("position,answer\n1,ok\n1,na\n");
    world.run("selfcheck answer 1 --file a.csv").fails(65, "a.csv, line 3: point 1 is answered in line 2 already");
    file("position,answer\nx,ok\n");
    world.run("selfcheck answer 1 --file a.csv").fails(65, "line 2: 'x' is not the place of a point");
    file("point,answer\n1,ok\n");
    world.run("selfcheck answer 1 --file a.csv").fails(65, "there is no column 'position'");
    file("position,answer,note\n1,ok\n");
    world.run("selfcheck answer 1 --file a.csv").fails(65, "line 2: the line has another number of columns");
    file("position,answer\n");
    world.run("selfcheck answer 1 --file a.csv").fails(65, "a.csv holds no answers");
    assert_eq!(world.run("selfcheck show 1 --json").well().json()["answered"], 0);
    world.run("selfcheck answer 1 1 ok --file a.csv").fails(2, "cannot be used with");
    let answers = "\u{feff}position,answer,note\n1,fail,\"Torn,\nbelow\"\n2,\"4,2 bar\",\n";
    assert!(world.run_with("selfcheck answer 1 --file -", answers).well().err.contains("2 of 3 points answered"));
    let check = world.run("selfcheck show 1 --json").well().json();
    assert_eq!(check["points"][0]["note"], "Torn,\nbelow");
}

#[test]
fn signing_ends_it_and_reopening_says_why() {
    let world = world();
    world
        .run("selfcheck sign 1")
        .fails(
            4,
            "self-check 1 has points that must be answered first: 1 (Door gaskets are whole), 2 (Suction pressure)",
        )
        .fails(4, "frontdesk selfcheck answer 1 1 na");
    world.run("selfcheck answer 1 1 ok").well();
    world.run("selfcheck sign 1").fails(4, "has a point that must be answered first: 2 (Suction pressure)");
    world.run("selfcheck answer 1 2 na").well();
    // Whoever sits at the machine signs with their own name, if they are known.
    world.run("staff add rita --name 'Rita Ek' --uid 1000").well();
    assert!(world.run("selfcheck sign 1").well().err.contains("signed by Rita Ek)"));
    for line in ["selfcheck answer 1 1 na", "selfcheck sign 1"] {
        world
            .run(line)
            .fails(4, "self-check 1 was signed by Rita Ek at 2026-11-22T08:02:00Z")
            .fails(4, "selfcheck reopen 1");
    }
    world.run("selfcheck reopen 1").fails(2, "--reason");
    world.run("selfcheck reopen 1 --reason 'Wrong unit'").well();
    assert!(world.run("selfcheck reopen 1 --reason 'Wrong unit'").well().err.starts_with("unchanged"));
    let steps = world.run("selfcheck show 1 --json").well().json()["steps"].clone();
    let step = |at: usize| (steps[at]["step"].clone(), steps[at]["author"].clone(), steps[at]["reason"].clone());
    assert_eq!(step(1), ("signed".into(), "Rita Ek".into(), serde_json::Value::Null));
    assert_eq!(step(2), ("reopened".into(), "Rita Ek".into(), "Wrong unit".into()));
    // Nobody is told of what the company itself signs.
    assert_eq!(world.run("mail list --json").well().out, "[]\n");
    world.run("selfcheck delete 1").fails(2, "needs to be confirmed");
    world.run("selfcheck delete 1 --yes").well();
    assert!(world.run("selfcheck delete 1 --missing-ok").well().err.starts_with("unchanged"));
    let audit = world.run("audit list --json --limit 50").well().out;
    for action in ["begun", "answered", "signed", "reopened", "deleted"] {
        assert!(audit.contains(&format!("\"selfcheck.{action}\"")), "{action}");
    }
}

#[test]
fn files_lie_on_a_point_until_it_is_signed() {
    let world = world();
    world.file("drawing.pdf", "%PDF-1.4\n%%EOF\n");
    let said = world.run("document add drawing.pdf --selfcheck 1 --point 2 --share").well();
    assert!(said.err.contains("on self-check 1"), "{said:?}");
    assert!(world.run("document add drawing.pdf --selfcheck 1 --point 2 --ensure").well().err.starts_with("unchanged"));
    // The same file on another point, and on the whole, is another document.
    world.run("document add drawing.pdf --selfcheck 1 --point 1").well();
    world.run("document add drawing.pdf --selfcheck 1").well();
    let check = world.run("selfcheck show 1 --json").well().json();
    let points: Vec<_> = check["files"].as_array().expect("files").iter().map(|file| file["point"].clone()).collect();
    assert_eq!(points, [2.into(), 1.into(), serde_json::Value::Null]);
    assert_eq!(world.run("document list --selfcheck 1 -o id").well().out, "3\n2\n1\n");
    assert_eq!(world.run("document list --selfcheck 2 -o id").well().out, "");
    world.run("document add drawing.pdf --selfcheck 1 --point 9").fails(3, "self-check 1 has no point 9");
    world.run("document add drawing.pdf --selfcheck 9").fails(3, "self-check '9' does not exist");
    world.run("document add drawing.pdf --point 1 --order NK-FRO-0001").fails(2, "--selfcheck");
    world.run("document delete 3 --yes").well();
    world.run("selfcheck answer 1 1 ok").well();
    world.run("selfcheck answer 1 2 na").well();
    world.run("selfcheck sign 1").well();
    world.run("document add drawing.pdf --selfcheck 1").fails(4, "self-check 1 was signed by Nordkyl AB");
    world.run("document delete 1 --yes").fails(4, "self-check 1 was signed by Nordkyl AB");
    world.run("selfcheck delete 1 --yes").well();
    assert_eq!(world.run("document list -o id").well().out, "");
}
