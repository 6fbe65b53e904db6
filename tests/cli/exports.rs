//! Exports of other programs as they come: what is refused says the way out, and the way out works.
//!
//! The files in `exports/` are made up; their headings and habits are those of the programs they are called after.

use crate::support::World;

/// A file, the lines with which it is refused, and the one that takes it.
struct Export {
    file: &'static str,
    /// What is tried first, what is said, and the tip that leads on.
    refused: &'static [(&'static str, &'static str, &'static str)],
    /// The line that takes it, and what came of it.
    taken: (&'static str, &'static str),
}

/// In this order, because places hang on customers, machines on places, work on machines.
const EXPORTS: &[Export] = &[
    Export {
        file: "fortnox-kunder.csv",
        refused: &[("customer", "line 2 is not UTF-8", "--encoding windows-1252")],
        taken: ("customer --encoding windows-1252 --map 'Er referens=contact_name'", "created 4, changed 0"),
    },
    Export {
        file: "visma-kundlista.csv",
        refused: &[
            (
                "customer",
                "the file has no column for customer_no, name",
                "line 4 looks like the headings: --heading-line 4",
            ),
            (
                "customer --heading-line 4 --on-error abort --map Saldo=prefix",
                "line 5, column \"Saldo\": '12 459,50' is not a prefix",
                "",
            ),
            (
                "customer --heading-line 4 --on-error abort",
                "line 10, column \"Kundnr\": 'Totalt' is the head of a line of totals",
                "if it is a line of totals: --leave-out \"Kundnr=Totalt*\"; if it is a number: --text \"Kundnr\"",
            ),
        ],
        taken: ("customer --heading-line 4 --leave-out 'Kundnr=Totalt*'", "created 5, changed 0"),
    },
    Export {
        file: "xledger-customers.csv",
        refused: &[
            (
                "customer --map Phone#2=",
                "the file has no column for customer_no, name",
                "--map \"Code=customer_no\" names one",
            ),
            (
                "customer --map Code=customer_no --map Description=name",
                "\"Phone#1\" and \"Phone#2\" both mean phone",
                "--map \"Phone#2=\" leaves one of them out",
            ),
            (
                "customer --map Code=customer_no --map Description=name --map Phone=fax",
                "the heading \"Phone\" stands twice",
                "name one of them: \"Phone#1\" or \"Phone#2\"",
            ),
        ],
        taken: (
            "customer --map Code=customer_no --map Description=name --map 'Company No=org_no' \
             --map 'Invoice Email=email' --map Place=city --map Phone#2=fax",
            "created 3, changed 0",
        ),
    },
    Export {
        file: "hubspot-contacts.csv",
        refused: &[(
            "contact --strict",
            "the heading \"Record ID\" means no column of this kind of file",
            "--map \"Record ID=COLUMN\" gives it a meaning",
        )],
        // Eva Lind is there already, without an address, as the contact of her customer.
        taken: ("contact --map 'Record ID=external_id'", "created 3, changed 1"),
    },
    Export {
        file: "outlook-contacts.csv",
        refused: &[(
            "contact",
            "the file has no column for customer_no",
            "--map \"Middle Name=customer_no\" names one",
        )],
        taken: (
            "contact --set customer_no=1044 --set 'name={First Name} {Middle Name} {Last Name}' \
             --map 'Business Phone=' --set 'phone={Mobile Phone}'",
            "created 3, changed 0",
        ),
    },
    Export {
        file: "excel-anlaggningar.txt",
        refused: &[(
            "facility --map Kommentar=note",
            "line 2, column \"Kundnr\": '1042,0' looks like 1042 as a spreadsheet writes it",
            "--whole \"Kundnr\" reads it so; --text \"Kundnr\" takes it as it stands",
        )],
        taken: ("facility --map Kommentar=note --whole Kundnr", "created 4, changed 0"),
    },
    Export {
        file: "maximo-assets.csv",
        refused: &[
            (
                "object --map PLUSPCUSTOMER=customer_no --map ASSETNUM=object_no --map DESCRIPTION=name \
             --map LOCATION=facility_no --map INSTALLDATE=installed_on --on-error abort",
                "line 4, column \"STATUS\": 'OPERATING' is not an object status",
                "there are: active retired",
            ),
            (
                "object --map PLUSPCUSTOMER=customer_no --map ASSETNUM=object_no --map DESCRIPTION=name \
             --map LOCATION=facility_no --map INSTALLDATE=installed_on --on-error abort --map STATUS=",
                "'02/28/2019' is not a date such as 2026-11-22",
                "--date-format says how it is written",
            ),
        ],
        taken: (
            "object --map PLUSPCUSTOMER=customer_no --map ASSETNUM=object_no --map DESCRIPTION=name \
             --map LOCATION=facility_no --map INSTALLDATE=installed_on --map STATUS= --date-format %m/%d/%Y",
            "created 4, changed 0",
        ),
    },
    Export {
        file: "maximo-workorders.csv",
        refused: &[(
            "order --map WONUM=external_id --map DESCRIPTION=title --map DESCRIPTION_LONGDESCRIPTION=description \
             --map PLUSPCUSTOMER=customer_no --map ASSETNUM=object_no --map STATUS= --map REPORTDATE=created_at \
             --map ACTFINISH=closed_at --map ACTTOTALCOST=cost --date-format '%m/%d/%y %H:%M'",
            "'12,459' can be read in two ways",
            "--decimal comma or --decimal point says which",
        )],
        taken: (
            "order --map WONUM=external_id --map DESCRIPTION=title --map DESCRIPTION_LONGDESCRIPTION=description \
             --map PLUSPCUSTOMER=customer_no --map ASSETNUM=object_no --map STATUS= --map REPORTDATE=created_at \
             --map ACTFINISH=closed_at --map ACTTOTALCOST=cost --date-format '%m/%d/%y %H:%M' --decimal point",
            "created 3, changed 0",
        ),
    },
    Export {
        file: "limble-meters.csv",
        refused: &[(
            "reading",
            "'01.10.2026 08:00' is not a date such as 2026-11-22",
            "--date-format says how it is written",
        )],
        taken: ("reading --date-format '%d.%m.%Y %H:%M' --decimal comma", "created 4, changed 0"),
    },
    Export {
        file: "klubb-medlemmar.csv",
        refused: &[
            (
                "contact --map Medlemmar=mailbox",
                "has more than one @",
                "if it is several people: --split \"Medlemmar=,\"",
            ),
            ("contact", "the file has no column for name", "--set \"name={HEADING} {HEADING}\" makes one of two"),
        ],
        taken: ("contact --map Medlemmar=mailbox --split Medlemmar=, --map Lag=title", "created 4, changed 0"),
    },
    Export {
        file: "pandas-objects.csv",
        refused: &[
            ("object", "'1045.0' looks like 1045 as a spreadsheet writes it", "--whole \"customer_no\" reads it so"),
            (
                "object --whole customer_no --whole object_no --whole serial_no",
                "line 4, column \"serial_no\": '7.31002E+11' is a number that a spreadsheet has shortened; its digits are lost",
                "make the column one of text in the spreadsheet and export it again; if it is no number: --text \"serial_no\"",
            ),
        ],
        taken: (
            "object --whole customer_no --whole object_no --whole serial_no --blank 7.31002E+11",
            "created 3, changed 0",
        ),
    },
    Export {
        file: "factusol-clientes.csv",
        refused: &[
            (
                "customer --encoding windows-1252",
                "\"Nombre\" and \"Razón social\" both mean name",
                "--map \"Razón social=\" leaves one of them out",
            ),
            (
                "customer --encoding windows-1252 --map 'Nombre='",
                "the file has no column for customer_no",
                "--map \"Código=customer_no\" names one",
            ),
        ],
        taken: (
            "customer --encoding windows-1252 --map Nombre= --map Código=customer_no --set country=ES --set lang=es",
            "created 2, changed 0",
        ),
    },
    Export {
        file: "kunder.xlsx",
        refused: &[("customer", "the file is an .xlsx workbook or another zip file, not CSV", "save it as CSV UTF-8")],
        taken: ("", ""),
    },
];

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/exports")
}

/// `contact --map A=b` with its file where it belongs.
fn command(line: &str, file: &str) -> String {
    let (noun, options) = line.split_once(' ').unwrap_or((line, ""));
    format!("{noun} import {file} {options}")
}

#[test]
fn every_export_is_taken_or_refused_with_the_way_out() {
    let world = World::nordkyl();
    for Export { file, refused, taken } in EXPORTS {
        world.file(file, std::fs::read(folder().join(file)).expect(file));
        for (line, sentence, tip) in *refused {
            let before = world.business();
            let said = world.run(&command(line, file));
            assert_eq!(said.status, 65, "{line}: {said:?}");
            assert!(said.err.contains(sentence) && said.err.contains(tip), "{sentence:?}, {tip:?}: {}", said.err);
            assert_eq!(world.business(), before, "{line}");
        }
        let (line, outcome) = taken;
        if line.is_empty() {
            continue;
        }
        let said = world.run(&command(line, file)).well();
        assert!(said.err.contains(outcome) && said.err.contains("rejected 0"), "{outcome:?}: {}", said.err);
        let again = world.run(&command(line, file)).well();
        assert!(again.err.contains("created 0, changed 0"), "{again:?}");
    }
    what_came_of_it(&world);
}

/// That the values are in their places, letter by letter.
fn what_came_of_it(world: &World) {
    let show = |line: &str| world.run(&format!("{line} --json")).well().json();
    let customer = |number: &str| show(&format!("customer show {number}"));
    assert_eq!(customer("1044")["name"], "Bostads AB; Söder");
    assert_eq!(customer("1042")["org_no"], "769601-1234");
    assert_eq!((&customer("2001")["city"], &customer("2001")["phone"]), (&"Åre".into(), &"0647-160 00".into()));
    world.run("customer show Totalt").fails(3, "does not exist");
    let fjall = customer("3001");
    assert_eq!((&fjall["phone"], &fjall["fax"]), (&"+47 77 60 00 01".into(), &"+47 900 11 222".into()));
    assert_eq!((&fjall["address"], &fjall["postal_code"]), (&"Torget 1, 2. etg.".into(), &"9008".into()));
    assert_eq!(customer("3002")["name"], "Havets \"Goda\" AB");
    assert_eq!(
        (&customer("4001")["name"], &customer("4001")["region"]),
        (&"Frío Málaga, S.L.".into(), &"Málaga".into())
    );
    let contact = |who: &str| show(&format!("contact show {who}"));
    assert_eq!(contact("kj@soder.example")["name"], "Karl-Johan af Åkerö");
    assert_eq!(contact("kj@soder.example")["title"], "\"The\" fixer");
    assert_eq!(contact("mujde@bjorken.example")["name"], "Müjde");
    assert_eq!(contact("asa@soder.example")["name"], "Åsa Maria Öberg");
    assert_eq!(contact("nils@soder.example")["phone"], "070-222 33 44");
    assert_eq!(contact("siv@ishall.example")["name"], "Åberg, Siv");
    assert_eq!(contact("olle@ishall.example")["title"], "Styrelsen");
    assert_eq!(show("facility show hus-b --customer 1042")["note"], "nyckel hos\nvaktmästaren");
    let plant = show("object show 11430-2");
    assert_eq!((&plant["parent_no"], &plant["installed_on"]), (&"11430".into(), &"2019-03-14".into()));
    assert_eq!(show("object show 3")["serial_no"], serde_json::Value::Null);
    assert_eq!(show("object show 1")["serial_no"], "2210000045");
    let orders = world.run("order list --json --sort order_no").well().json();
    assert_eq!(orders.as_array().map(Vec::len), Some(3));
    let first =
        orders.as_array().and_then(|all| all.iter().find(|one| one["external_id"] == "WO-88101")).expect("an order");
    assert_eq!((&first["cost"], &first["created_at"]), (&12459.0.into(), &"2026-11-02T06:45:00Z".into()));
    assert_eq!(first["stage"], "done");
    let readings = world.run("reading list --json --object 11430-1").well().json();
    assert_eq!((&readings[1]["value"], &readings[1]["read_at"]), (&12980.25.into(), &"2026-11-01T07:15:00Z".into()));
    assert_eq!(world.run("mail list --json").well().out, "[]\n", "an import mails nobody");
}

#[test]
fn every_file_is_walked() {
    let mut files: Vec<_> =
        std::fs::read_dir(folder()).expect("the folder").map(|file| file.expect("a file").file_name()).collect();
    files.sort();
    let mut walked: Vec<_> = EXPORTS.iter().map(|export| export.file).collect();
    walked.sort_unstable();
    assert_eq!(files, walked);
}
