//! `!clear` in every optional column of every kind of file: the value goes, or the row says why it cannot.

use frontdesk::imports::columns::Shape;
use frontdesk::imports::shapes::{CONTACT, CUSTOMER, FACILITY, OBJECT, ORDER};
use serde_json::{Value, json};

use crate::support::World;

/// A kind of file: by which columns its row is found, and a value for every other.
struct Kind {
    shape: Shape,
    found_by: &'static [(&'static str, &'static str)],
    values: &'static [(&'static str, &'static str)],
    /// What cannot be empty, and what belongs to an account, of which an import takes nothing away.
    refused: &'static [&'static str],
    /// What is read for a new row only.
    history: &'static [&'static str],
}

const KINDS: [Kind; 5] = [
    Kind {
        shape: CUSTOMER,
        found_by: &[("customer_no", "9"), ("name", "Nine"), ("contact_name", "Eva")],
        values: &[
            ("org_no", "1"),
            ("email", "a@b.example"),
            ("phone", "1"),
            ("fax", "1"),
            ("address", "A"),
            ("address2", "B"),
            ("postal_code", "1"),
            ("city", "C"),
            ("region", "R"),
            ("country", "L"),
            ("lang", "sv"),
            ("prefix", "NIN"),
            ("status", "active"),
            ("note", "N"),
            ("external_id", "x9"),
            ("contact_title", "T"),
            ("contact_email", "eva@b.example"),
            ("contact_phone", "1"),
            ("contact_roles", "Board"),
        ],
        refused: &["status"],
        history: &[],
    },
    Kind {
        shape: CONTACT,
        found_by: &[("customer_no", "1042"), ("name", "Nils")],
        values: &[
            ("email", "nils@b.example"),
            ("phone", "1"),
            ("title", "T"),
            ("location", "L"),
            ("roles", "Board"),
            ("lang", "es"),
            ("facilities", "hus-a"),
            ("unattached", "no"),
            ("template", "viewer"),
            ("invite", "no"),
            ("external_id", "x1"),
        ],
        refused: &["unattached", "template", "invite"],
        history: &["mailbox"],
    },
    Kind {
        shape: FACILITY,
        found_by: &[("customer_no", "1042"), ("facility_no", "f9"), ("name", "F")],
        values: &[
            ("address", "A"),
            ("address2", "B"),
            ("postal_code", "1"),
            ("city", "C"),
            ("region", "R"),
            ("country", "L"),
            ("zone", "Asia/Tokyo"),
            ("note", "N"),
            ("status", "open"),
            ("external_id", "x2"),
        ],
        refused: &["status"],
        history: &[],
    },
    Kind {
        shape: OBJECT,
        found_by: &[("customer_no", "1042"), ("object_no", "o9"), ("name", "O")],
        values: &[
            ("facility_no", "hus-a"),
            ("maker", "M"),
            ("model", "M"),
            ("serial_no", "S"),
            ("installed_on", "2020-01-01"),
            ("meter", "operating hours"),
            ("unit", "h"),
            ("parent_no", "above"),
            ("status", "active"),
            ("external_id", "x3"),
        ],
        refused: &["meter", "unit", "status"],
        history: &[],
    },
    Kind {
        shape: ORDER,
        found_by: &[("customer_no", "1042"), ("order_no", "N9"), ("title", "O")],
        values: &[
            ("external_id", "x4"),
            ("kind", "service"),
            ("facility_no", "hus-a"),
            ("object_no", "above"),
            ("description", "D"),
            ("status", "Done"),
            ("priority", "Low"),
            ("planned_from", "2026-12-01"),
            ("planned_to", "2026-12-02"),
            ("reference", "R"),
            ("site_contact", "S"),
            ("site_phone", "1"),
            ("contact", "ida@b.example"),
            ("technicians", "rita"),
            ("cost", "12.50"),
            ("created_at", "2026-11-01"),
            ("closed_at", "2026-11-02"),
        ],
        refused: &["kind", "status", "priority"],
        history: &["created_at", "closed_at"],
    },
];

fn file(cells: &[(&str, &str)]) -> String {
    let (names, values): (Vec<_>, Vec<_>) = cells.iter().copied().unzip();
    format!("{}\n{}\n", names.join(","), values.join(","))
}

/// What the list says about the thing, in the field of a column.
fn kept(world: &World, kind: &Kind, column: &str) -> Value {
    let (noun, field) = match column.strip_prefix("contact_") {
        Some(field) => ("contact", field),
        None => (kind.shape.noun, column),
    };
    let all = world.run(&format!("{noun} list --json")).well().json();
    let (key, value) = if noun == kind.shape.noun { kind.found_by[1] } else { ("name", "Eva") };
    let one = all.as_array().and_then(|all| all.iter().find(|one| one[key] == value)).expect("the thing").clone();
    assert!(one.get(field).is_some(), "{noun} list has no {field}");
    one[field].clone()
}

#[test]
fn every_optional_value_can_be_emptied_or_says_why_not() {
    let world = World::nordkyl_with_customers();
    world.run("staff add rita --name Rita").well();
    world.run("contact add --customer 1042 --name Ida --email ida@b.example").well();
    world.run("object add above --customer 1042 --facility hus-a --name Above").well();
    for kind in KINDS {
        let noun = kind.shape.noun;
        let import = format!("{noun} import -");
        let known = |column: &&str| {
            kind.found_by.iter().chain(kind.values).any(|(name, _)| name == column) || kind.history.contains(column)
        };
        assert!(kind.shape.names().all(|column| known(&column)), "{noun}: a column is not walked");
        let whole = file(&[kind.found_by, kind.values].concat());
        for (column, _) in kind.values {
            world.run_with(&import, &whole).well();
            let (before, business) = (world.rows(), world.business());
            // A contact needs a key in its file: the one of two that is not emptied.
            let beside = [("email", "nils@b.example"), ("external_id", "x1")];
            let beside = beside.into_iter().find(|(name, _)| noun == "contact" && name != column);
            // Work on a machine is where that stands, so the place goes together with the machine.
            let machine = (noun == "order" && *column == "facility_no").then_some(("object_no", "!clear"));
            let cells = kind.found_by.iter().copied().chain(beside).chain(machine).chain([(*column, "!clear")]);
            let said = world.run_with(&import, &file(&cells.collect::<Vec<_>>()));
            if kind.refused.contains(column) {
                assert_eq!(said.status, 65, "{noun} {column}: {said:?}");
                assert!(said.err.contains("cannot be emptied") || said.err.contains("takes nothing away"), "{said:?}");
                assert_eq!(world.business(), business, "{noun} {column}");
            } else if kind.history.contains(column) {
                assert_eq!(said.status, 0, "{noun} {column}: {said:?}");
                assert_eq!(world.rows(), before, "{noun} {column}");
            } else {
                assert_eq!(said.status, 0, "{noun} {column}: {said:?}");
                let now = kept(&world, &kind, column);
                assert!(now.is_null() || now == json!([]), "{noun} {column}: {now}");
                assert!(said.err.contains("changed 1"), "{noun} {column}: {said:?}");
            }
        }
    }
}
