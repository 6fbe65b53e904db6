//! `user why` and the reach of documents and self-checks: what is explained is what is decided.

use rusqlite::{Connection, params};

use crate::support::World;

/// Address, and what was granted at customer 1042.
const PEOPLE: &[(&str, &str)] = &[
    ("a@brf.example", "--grant document.view"),
    ("b@brf.example", "--template viewer --facility hus-a"),
    ("c@brf.example", "--template viewer --all-facilities"),
    ("d@brf.example", "--template viewer --unattached"),
    ("e@brf.example", "--grant order.view --grant object.view --grant company.view --all-facilities --unattached"),
    ("f@brf.example", "--grant document.view --grant order.view --all-facilities --unattached"),
    ("g@brf.example", "--grant document.view --grant selfcheck.view --facility hus-a"),
    ("h@brf.example", "--grant document.view --grant colleague.view"),
];

/// Self-checks and documents on everything that there is, shared and not.
fn paper(world: &World) -> (Connection, Vec<i64>, Vec<i64>) {
    let db = Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("a database");
    let id = |sql: &str, value: &str| db.query_row(sql, [value], |row| row.get::<_, i64>(0)).expect(value);
    let order = |number: &str| Some(id("SELECT id FROM orders WHERE number = ?1", number));
    let object = |number: &str| Some(id("SELECT id FROM objects WHERE number = ?1", number));
    let facility = |number: &str| Some(id("SELECT id FROM facilities WHERE number = ?1", number));
    let contact = |email: &str| Some(id("SELECT id FROM contacts WHERE email = ?1", email));
    let mut checks = Vec::new();
    for (on_order, on_object) in [
        (order("NK-FRO-0001"), None),
        (order("NK-FRO-0002"), None),
        (None, object("KYL-01")),
        (None, object("KYL-02")),
        (None, None),
    ] {
        let check =
            "INSERT INTO selfchecks (group_id, customer_id, order_id, object_id, template, title, author, created_at)
                     VALUES (1, 1, ?1, ?2, 't', 'Leak test', 'Ola', '2026-11-22T08:02:00Z')";
        db.execute(check, params![on_order, on_object]).expect("a self-check");
        checks.push(db.last_insert_rowid());
    }
    let mut places: Vec<[Option<i64>; 5]> = vec![
        [order("NK-FRO-0001"), None, None, None, None],
        [order("NK-FRO-0002"), None, None, None, None],
        [None, object("KYL-01"), None, None, None],
        [None, object("KYL-02"), None, None, None],
        [None, None, facility("hus-a"), None, None],
        [None, None, facility("hus-b"), None, None],
        [None, None, None, contact("b@brf.example"), None],
        [None, None, None, contact("h@brf.example"), None],
        [None; 5],
    ];
    places.extend(checks.iter().map(|check| [None, None, None, None, Some(*check)]));
    let mut documents = Vec::new();
    for place in places {
        for shared in [0, 1] {
            let document = "INSERT INTO documents (group_id, customer_id, order_id, object_id, facility_id, contact_id,
                                selfcheck_id, name, media_type, size, hash, purpose, shared, side, author, search, at)
                            VALUES (1, 1, ?1, ?2, ?3, ?4, ?5, 'a.pdf', 'application/pdf', 1, 'h', 'reference', ?6, 'staff',
                                'Ola', 'a.pdf', '2026-11-22T08:02:00Z')";
            let [order, object, facility, contact, check] = place;
            db.execute(document, params![order, object, facility, contact, check, shared]).expect("a document");
            documents.push(db.last_insert_rowid());
        }
    }
    (db, checks, documents)
}

#[test]
fn what_is_explained_is_what_is_decided() {
    let world = World::nordkyl_with_customers();
    world.run("object add KYL-01 --customer 1042 --name 'Compressor 1' --facility hus-b").well();
    world.run("object add KYL-02 --customer 1042 --name 'Compressor 2'").well();
    world.order("nordkyl", "1042", Some("hus-a"), "Door");
    world.order("nordkyl", "1042", None, "Light");
    for (email, granted) in PEOPLE {
        world.user("nordkyl", email, &format!("--customer 1042 {granted}"));
    }
    let (db, checks, documents) = paper(&world);
    let decided = |email: &str, permission: &str, view: &str, column: &str, id: i64| {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {view} r JOIN accesses a ON a.id = r.actor JOIN users u ON u.id = a.user_id
                             JOIN access_permissions p ON p.access_id = a.id AND p.permission = ?2
                            WHERE u.email = ?1 AND r.{column} = ?3)"
        );
        db.query_row(&sql, params![email, permission, id], |row| row.get::<_, bool>(0)).expect("an answer")
    };
    let (mut yes, mut no) = (0, 0);
    for (email, _) in PEOPLE {
        let kinds = [
            ("document.view", "document", "reach_documents", "document_id", &documents),
            ("selfcheck.view", "selfcheck", "reach_selfchecks", "selfcheck_id", &checks),
        ];
        for (permission, flag, view, column, ids) in kinds {
            for id in ids {
                let why = world.run(&format!("user why {email} {permission} --{flag} {id} --json")).well().json();
                let allowed = why["allowed"] == true;
                assert_eq!(allowed, decided(email, permission, view, column, *id), "{email} {flag} {id}: {why:#}");
                let steps = why["steps"].as_array().expect("steps");
                assert_eq!(allowed, steps.iter().all(|step| step["passes"] == true));
                let count = if allowed { &mut yes } else { &mut no };
                *count += 1;
            }
        }
    }
    assert!(yes >= 25 && no >= 100, "{yes} may and {no} may not");
    let internal = world.run("user why b@brf.example document.view --document 1").well().out;
    assert!(internal.contains("document 1 (a.pdf) is internal, and only staff see it"), "{internal}");
    assert!(internal.contains("frontdesk document set 1 --share"), "{internal}");
}

/// Every tip is a command that can be typed, and once they all were, the answer is yes.
#[test]
fn whoever_follows_the_tips_gets_a_yes() {
    let world = World::nordkyl_with_customers();
    world.run("object add KYL-02 --customer 1042 --name 'Compressor 2'").well();
    world.user("nordkyl", "eva@brf.example", "--customer 1042");
    world.run("customer close 1042 --yes").well();
    world.run("user disable eva@brf.example --yes").well();
    let ask = "user why eva@brf.example reading.add --object KYL-02 --json";
    let why = world.run(ask).well().json();
    let tips: Vec<_> = why["steps"].as_array().expect("steps").iter().filter_map(|step| step["tip"].as_str()).collect();
    assert_eq!(tips.len(), 5, "{why:#}");
    for tip in tips {
        world.run(tip.strip_prefix("frontdesk ").expect("a command")).well();
    }
    assert_eq!(world.run(ask).well().json()["allowed"], true);
}
