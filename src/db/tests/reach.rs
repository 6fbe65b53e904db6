//! Reach: the views give exactly what a plain model in Rust says, for every scope that can be written down.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::{prop_assert_eq, proptest};
use rusqlite::{Connection, params};

use super::super::migrate;

/// Two groups, each with two customers, each with two facilities. All ids run on through the groups.
const GROUPS: [i64; 2] = [1, 2];
const CUSTOMERS: [(i64, i64); 4] = [(11, 1), (12, 1), (13, 2), (14, 2)];
const FACILITIES: [(i64, i64); 8] =
    [(101, 11), (102, 11), (103, 12), (104, 12), (105, 13), (106, 13), (107, 14), (108, 14)];

/// One access: at which customer, and its scope. Ticks may stand beside "all", from before it was set.
#[derive(Clone, Debug)]
struct Scope {
    customer: usize,
    all: bool,
    unattached: bool,
    ticks: [bool; 2],
}

fn scope() -> impl Strategy<Value = Scope> {
    let parts = (0..CUSTOMERS.len(), any::<bool>(), any::<bool>(), any::<[bool; 2]>());
    parts.prop_map(|(customer, all, unattached, ticks)| Scope { customer, all, unattached, ticks })
}

/// What stands in the views, row by row: a row that came twice would be counted twice.
#[derive(Debug, Default, PartialEq)]
struct Reach {
    groups: Vec<i64>,
    desks: Vec<i64>,
    customers: Vec<i64>,
    places: Vec<(i64, i64)>,
}

fn facilities_of(customer: i64) -> impl Iterator<Item = i64> {
    FACILITIES.iter().filter(move |(_, of)| *of == customer).map(|(id, _)| *id)
}

/// What an access reaches, in words of `product.md`: named facilities or all of the customer, and what is unattached.
fn model_of_access(scope: &Scope) -> Reach {
    let (customer, group) = CUSTOMERS[scope.customer];
    let named = facilities_of(customer).zip(scope.ticks).filter(|(_, tick)| scope.all || *tick).map(|(id, _)| id);
    let mut places: Vec<_> = named.map(|id| (customer, id)).collect();
    if scope.unattached {
        places.push((customer, -customer));
    }
    places.sort_unstable();
    Reach { groups: vec![group], desks: Vec::new(), customers: vec![customer], places }
}

/// The desk of a group reaches all of the group.
fn model_of_desk(group: i64) -> Reach {
    let customers: Vec<i64> = CUSTOMERS.iter().filter(|(_, of)| *of == group).map(|(id, _)| *id).collect();
    let places = |customer: &i64| {
        let customer = *customer;
        facilities_of(customer).chain([-customer]).map(move |place| (customer, place)).collect::<Vec<_>>()
    };
    let mut places: Vec<_> = customers.iter().flat_map(places).collect();
    places.sort_unstable();
    Reach { groups: vec![group], desks: vec![group], customers, places }
}

fn asked(connection: &Connection, actor: i64) -> Reach {
    let numbers = |sql: &str| -> Vec<i64> {
        let mut statement = connection.prepare(sql).expect("SQL");
        let found = statement.query_map([actor], |row| row.get(0)).expect("rows").collect::<Result<_, _>>();
        found.expect("numbers")
    };
    let mut statement = connection
        .prepare("SELECT customer_id, place FROM reach_places WHERE actor = ? ORDER BY customer_id, place")
        .expect("SQL");
    let places = statement.query_map([actor], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    Reach {
        groups: numbers("SELECT group_id FROM reach_groups WHERE actor = ? ORDER BY 1"),
        desks: numbers("SELECT group_id FROM reach_desks WHERE actor = ? ORDER BY 1"),
        customers: numbers("SELECT customer_id FROM reach_customers WHERE actor = ? ORDER BY 1"),
        places: places.collect::<Result<_, _>>().expect("places"),
    }
}

/// The database of the model, with one user for each scope; gives the ids of the accesses.
fn build(connection: &mut Connection, scopes: &[Scope]) -> rusqlite::Result<Vec<i64>> {
    migrate::run(connection, std::path::Path::new("in memory"), &crate::secret::Key::random().expect("a key"))
        .expect("a schema");
    connection.pragma_update(None, "foreign_keys", "ON")?;
    for group in GROUPS {
        let sql = "INSERT INTO groups VALUES (?1, 'g' || ?1, 'G', '#000000', 'en', 'UTC', NULL, NULL, 'G', '')";
        connection.execute(sql, [group])?;
    }
    for (id, group) in CUSTOMERS {
        let sql = "INSERT INTO customers (id, group_id, number, name, search, created_at) VALUES (?1, ?2, ?1 || '', 'C', '', '')";
        connection.execute(sql, [id, group])?;
        let sql = "INSERT INTO contacts (id, group_id, customer_id, name, search, created_at) VALUES (?1, ?2, ?1, 'K', '', '')";
        connection.execute(sql, [id, group])?;
    }
    for (id, customer) in FACILITIES {
        let sql = "
            INSERT INTO facilities (id, group_id, customer_id, number, name, search, created_at)
            SELECT ?1, group_id, id, ?1 || '', 'F', '', '' FROM customers WHERE id = ?2";
        connection.execute(sql, [id, customer])?;
    }
    let mut made = Vec::new();
    for (user, scope) in (1..).zip(scopes) {
        let (customer, group) = CUSTOMERS[scope.customer];
        let sql = "INSERT INTO users (id, group_id, email, created_at) VALUES (?1, ?2, ?1 || '@x.example', '')";
        connection.execute(sql, [user, group])?;
        let sql = "
            INSERT INTO accesses (group_id, user_id, customer_id, contact_id, all_facilities, unattached, created_at)
            VALUES (?1, ?2, ?3, ?3, ?4, ?5, '')";
        connection.execute(sql, params![group, user, customer, scope.all, scope.unattached])?;
        let access = connection.last_insert_rowid();
        for (facility, _) in facilities_of(customer).zip(scope.ticks).filter(|(_, tick)| *tick) {
            let sql = "INSERT INTO access_facilities VALUES (?1, ?2, ?3, ?4)";
            connection.execute(sql, [group, customer, access, facility])?;
        }
        made.push(access);
    }
    Ok(made)
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 128, ..Default::default() })]

    #[test]
    fn the_views_are_the_model(scopes in vec(scope(), 0..6)) {
        let mut connection = Connection::open_in_memory().expect("a database");
        let accesses = build(&mut connection, &scopes).expect("the fixture");
        for (access, scope) in accesses.iter().zip(&scopes) {
            prop_assert_eq!(asked(&connection, *access), model_of_access(scope));
        }
        for group in GROUPS {
            prop_assert_eq!(asked(&connection, -group), model_of_desk(group));
        }
        prop_assert_eq!(asked(&connection, 0), Reach { groups: GROUPS.to_vec(), ..Reach::default() });
        // Nobody stands behind these.
        let known: BTreeSet<i64> = accesses.iter().copied().collect();
        for nobody in [i64::MIN, i64::MAX, -3, 99, 101, -11].into_iter().filter(|key| !known.contains(key)) {
            prop_assert_eq!(asked(&connection, nobody), Reach::default());
        }
    }
}

#[test]
fn a_new_row_never_takes_the_place_of_one_that_is_gone() {
    let mut connection = Connection::open_in_memory().expect("a database");
    let scopes = [0, 3].map(|customer| Scope { customer, all: true, unattached: true, ticks: [false; 2] });
    let accesses = build(&mut connection, &scopes).expect("the fixture");
    let last = accesses[1];
    // The last group and the last access go; what comes next must not be taken for them by the audit or by a session.
    let next = |sql: &str| {
        connection.execute_batch(sql).expect("SQL");
        connection.last_insert_rowid()
    };
    let again = next(
        "DELETE FROM accesses WHERE user_id = 2;
         INSERT INTO accesses (group_id, user_id, customer_id, contact_id, created_at) VALUES (2, 2, 14, 14, '')",
    );
    assert!(again > last, "{again} was the id of an access that is gone");
    let group = next(
        "DELETE FROM groups WHERE id = 2;
         INSERT INTO groups (slug, name, colour, lang, zone, prefix, created_at) VALUES ('c', 'C', '', 'en', 'UTC', 'C', '')",
    );
    assert!(group > 2, "{group} was the id of a group that is gone");
}
