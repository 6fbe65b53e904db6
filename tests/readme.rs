//! The README's commands, run from the first to the last in one world.

use crate::support::World;

/// The commands of the README's `console` blocks, in order.
fn commands(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ => found.extend(line.strip_prefix("$ frontdesk ").filter(|_| inside).map(str::to_owned)),
        }
    }
    found
}

/// A template of self-checks, as the help of `selfcheck template add` shows one.
const YEARLY: &str = "\
title = \"Årlig service\"

[[point]]
text = \"Door gaskets are whole\"

[[point]]
text = \"Suction pressure\"
kind = \"number\"
unit = \"bar\"
";

/// A customer as one file.
const HOTEL: &str = "\
customer_no = \"3020\"
name = \"Hotell Polcirkeln\"

[[facility]]
facility_no = \"huvudhus\"
name = \"Huvudhuset\"

[[contact]]
name = \"Maj Lod\"
email = \"maj@hotell.example\"
";

#[test]
fn every_command_of_the_readme_works_in_its_order() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    let commands = commands(&text);
    assert!(commands.len() >= 35, "{commands:?}");
    let world = World::empty();
    world.file("customers.csv", "Kund;Firma\n3015;Hotell Aurora\n3016;Café Åsö\n");
    world.file(
        "readings.csv",
        "Objektnr;Datum;Mätarställning\nKA-02;2026-09-30;12280,5\nKA-02;2026-10-30 16:00;12391\n",
    );
    world.file("members.csv", "Kundnr;Members\n1042;Ida Ek <ida@brf.example>, Bo Ny <bo@brf.example>\n");
    world.file("hotell.toml", HOTEL);
    world.file("yearly.toml", YEARLY);
    world.file("drawing.pdf", "%PDF-1.7\n");
    for command in commands {
        let said = match command.as_str() {
            // It would not come back; that everything is in place for it can be asked.
            "serve" => world.run("serve --check"),
            _ => world.run(&command),
        };
        let wanted = if command.contains("--exit-code") { 5 } else { 0 };
        assert_eq!(said.status, wanted, "frontdesk {command}: {said:?}");
        if command.starts_with("-q") {
            assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""), "frontdesk {command}");
        }
    }
    // What the README says of a few of them is what is there.
    let said = |line: &str| world.run(line).well().out;
    assert_eq!(said("reading list -o csv --fields value --no-header"), "12280.5\n12391\n12459.5\n");
    assert_eq!(said("document list -o csv --fields name,shared --no-header"), "drawing.pdf,yes\n");
    assert!(said("order show NOR-BRF-0001 -o json").contains("The key is with the caretaker."));
    assert!(world.path().join("label.svg").is_file());
    let names = world.run("customer list -o csv --fields name --no-header").well().out;
    assert_eq!(names, "Brf Fröjden\nHotell Aurora\nCafé Åsö\nHotell Polcirkeln\n");
}
