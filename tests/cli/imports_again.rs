//! What a list prints is a file: it changes nothing where it is from, and makes the same lists in an empty company.

use crate::support::World;

/// The nouns in the order in which they hang on each other, with the fields that a file of them brings.
const NOUNS: [(&str, &str); 6] = [
    (
        "customer",
        "customer_no,name,org_no,email,phone,fax,address,address2,postal_code,city,region,country,lang,prefix,note,\
         external_id,status",
    ),
    (
        "facility",
        "customer_no,facility_no,name,address,address2,postal_code,city,region,country,zone,note,external_id,status",
    ),
    ("contact", "customer_no,name,email,phone,title,location,roles,lang,facilities,external_id"),
    (
        "object",
        "customer_no,object_no,facility_no,name,maker,model,serial_no,installed_on,meter,unit,parent_no,status,external_id",
    ),
    (
        "order",
        "order_no,customer_no,title,external_id,kind,facility_no,object_no,description,status,stage,priority,\
         planned_from,planned_to,reference,site_contact,site_phone,cost,created_at,closed_at,due_at,technicians,contact",
    ),
    ("reading", "customer_no,object_no,meter,value,unit,read_at,series,note"),
];

/// Those whose status closes them: it comes last, when everything that hangs on them is there.
const CLOSED: [&str; 3] = ["customer", "facility", "object"];

/// What a company has that no file brings.
fn settings() -> World {
    let world = World::nordkyl();
    world.run("staff add rita --name 'Rita Ek' --email rita@nordkyl.example").well();
    world.run("staff add bo --name 'Bo Ek' --email bo@nordkyl.example").well();
    world.run("group status add 'Väntar på del; \"snart\"' --stage waiting").well();
    world.run("group status add 'Inställd' --stage cancelled").well();
    world.run("group priority add 'Nu!' --hours 2 --emergency").well();
    world.run("role add 'Drift, jour'").well();
    world
}

/// A company in which every value is difficult.
fn company() -> World {
    let world = settings();
    let run = |words: &[&str]| world.run_in(words, "", |_| {}).well();
    let long = format!("{}{}", "Åäö \"citat\"; 'ett', två\n\n".repeat(300), "slut");
    run(&[
        "customer",
        "add",
        "0042",
        "--name",
        "=cmd|'/c calc'!A1",
        "--org-no",
        "'=1",
        "--email",
        "post@åkes.example",
        "--phone",
        "+46 90 12 34 56",
        "--fax",
        "-",
        "--address",
        "Storgatan 1; \"B\"",
        "--address2",
        "c/o, 'Ek'",
        "--postal-code",
        "00701",
        "--city",
        "!clear",
        "--region",
        "1042.0",
        "--country",
        "'!clear",
        "--lang",
        "sv",
        "--prefix",
        "NLL",
        "--note",
        &long,
        "--external-id",
        "1.0E+12",
    ]);
    run(&["customer", "add", "007", "--name", "NULL", "--note", "🧊 rad 1\nrad 2\n\t=rad 3", "--external-id", "@x"]);
    run(&["customer", "add", "2.0", "--name", "''", "--note", "!clear"]);
    run(&["customer", "add", "gone", "--name", "Closed, but with its history"]);
    for (number, customer) in [("01", "0042"), ("hus-b", "0042"), ("01", "007"), ("1.0", "2.0"), ("x", "gone")] {
        run(&[
            "facility",
            "add",
            number,
            "--customer",
            customer,
            "--name=-Hus \"B\"",
            "--note",
            "a\nb",
            "--tz",
            "Asia/Tokyo",
        ]);
    }
    run(&[
        "contact",
        "add",
        "--customer",
        "0042",
        "--name",
        "Eva \"Lind\"",
        "--email",
        "eva@brf.example",
        "--phone",
        "+46",
        "--title",
        "@chef",
        "--location",
        "=A1",
        "--lang",
        "es",
        "--role",
        "Drift, jour",
        "--role",
        "Board",
        "--facility",
        "hus-b",
        "--facility",
        "01",
        "--external-id",
        "000",
    ]);
    run(&["contact", "add", "--customer", "0042", "--name", "Ola; Berg"]);
    run(&["contact", "add", "--customer", "007", "--name", "Eva \"Lind\"", "--email", "eva@brf.example"]);
    run(&["object", "add", "zz-above", "--customer", "0042", "--facility", "hus-b", "--name", "Plant"]);
    run(&[
        "object",
        "add",
        "12.0",
        "--customer",
        "0042",
        "--facility",
        "hus-b",
        "--name",
        "'=Lift",
        "--maker",
        "A;B",
        "--serial-no",
        "5E+3",
        "--installed-on",
        "2019-03-14",
        "--parent",
        "zz-above",
        "--external-id",
        "O-1",
    ]);
    run(&[
        "object",
        "add",
        "12.0",
        "--customer",
        "007",
        "--name",
        "Freezer",
        "--meter",
        "Drift, timmar",
        "--unit",
        "h",
    ]);
    run(&["object", "add", "old", "--customer", "gone", "--facility", "x", "--name", "Old one"]);
    let order = |customer: &str, title: &str, rest: &[&str]| {
        run(&[&["order", "create", "--customer", customer, "--title", title], rest].concat());
    };
    order(
        "0042",
        "=Lift \"stands\"; still",
        &[
            "--object",
            "12.0",
            "--description",
            &long,
            "--priority",
            "Nu!",
            "--status",
            "Väntar på del; \"snart\"",
            "--to",
            "rita",
            "--to",
            "bo",
            "--contact",
            "eva@brf.example",
            "--reference",
            "0001",
            "--cost",
            "12459.5",
            "--planned-from",
            "2026-12-01T08:00",
            "--planned-to",
            "2026-12-01T10:00",
            "--site-contact=-Bo",
            "--site-phone",
            "+46",
            "--external-id",
            "'x",
        ],
    );
    order("0042", "Noise", &["--unattached", "--kind", "work", "--cost", "1234"]);
    order("007", "Gone", &["--status", "Inställd"]);
    order("gone", "Done long ago", &["--status", "Done", "--object", "old"]);
    let read = |words: &[&str]| run(&[&["reading", "add"], words, &["--yes"]].concat());
    read(&["12.0", "12.459", "--customer", "0042", "--at", "2026-10-01T08:00", "--note", "=1\nafter the fire"]);
    read(&["12.0", "412.5", "--customer", "0042", "--at", "2026-11-01"]);
    read(&["12.0", "3", "--customer", "0042", "--at", "2026-11-10", "--meter-replaced"]);
    read(&["12.0", "5", "--customer", "0042", "--at", "2026-11-12", "--meter", "dörr, öppningar", "--unit", "st"]);
    read(&["12.0", "0.001", "--customer", "007", "--at", "2026-11-01"]);
    read(&["old", "7", "--at", "2020-01-01"]);
    let wrong = world.run("reading list --json --object old").well().json();
    run(&["reading", "correct", &wrong[0]["id"].to_string(), "8", "--reason", "read wrongly"]);
    run(&["object", "retire", "old", "--yes"]);
    run(&["facility", "close", "x", "--yes"]);
    run(&["customer", "close", "gone", "--yes"]);
    world
}

fn list(world: &World, noun: &str, rest: &str) -> String {
    world.run(&format!("{noun} list {rest}")).well().out
}

#[test]
fn a_list_in_either_form_changes_nothing_where_it_is_from() {
    let world = company();
    for (noun, _) in NOUNS {
        for form in ["csv", "jsonl"] {
            let before = world.rows();
            // In JSON the word that empties a value cannot also be one; no other text is read as anything else.
            let file = list(&world, noun, &format!("-o {form}"));
            let file = if form == "jsonl" { file.replace("\"!clear\"", "null") } else { file };
            let said = world.run_with(&format!("{noun} import -"), &file);
            assert_eq!(said.status, 0, "{noun} {form}: {}", said.err);
            assert!(
                said.err.contains("created 0, changed 0") && said.err.contains("rejected 0"),
                "{noun} {form}: {said:?}"
            );
            assert_eq!(world.rows(), before, "{noun} {form}");
        }
    }
}

#[test]
fn the_lists_make_the_same_lists_in_an_empty_company() {
    let from = company();
    for form in ["csv", "jsonl"] {
        let to = settings();
        for (noun, _) in NOUNS {
            let file = list(&from, noun, &format!("-o {form}"));
            let options = if CLOSED.contains(&noun) { "--map status=" } else { "" };
            let said = to.run_with(&format!("{noun} import - {options}"), &file);
            assert_eq!(said.status, 0, "{noun} {form}: {}", said.err);
        }
        for noun in CLOSED {
            to.run_with(&format!("{noun} import -"), &list(&from, noun, &format!("-o {form}"))).well();
        }
        for (noun, fields) in NOUNS {
            let rest = format!("-o jsonl --fields {fields}");
            let (mut old, mut new) = (list(&from, noun, &rest), list(&to, noun, &rest));
            if form == "jsonl" {
                (old, new) = (old.replace("\"!clear\"", "null"), new.replace("\"!clear\"", "null"));
            }
            let lines = |text: &str| {
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(lines(&new), lines(&old), "{noun} {form}");
        }
        assert_eq!(to.run("mail list --json").well().out, "[]\n");
    }
}
