//! Migrations: each step is taken whole or not at all, and the next start goes on from there.

use rusqlite::Connection;

use super::super::connection::APPLICATION_ID;
use super::super::migrate::{schema, take, version};

const START: &str = include_str!("../migrations/0001_start.sql");

/// What the file says of itself, and the names in it.
fn state(connection: &Connection) -> (i32, i32, Vec<String>) {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get(0)).expect("a number");
    let mut statement = connection.prepare("SELECT name FROM sqlite_schema ORDER BY name").expect("SQL");
    let names = statement.query_map([], |row| row.get(0)).expect("names").collect::<Result<_, _>>();
    (number("application_id"), number("user_version"), names.expect("names"))
}

/// What is done after a step that asks for nothing more.
fn nothing(_: &Connection, _: usize) -> crate::error::Result<()> {
    Ok(())
}

#[test]
fn a_step_that_ends_after_any_of_its_statements_leaves_nothing() {
    let statements: Vec<&str> = START.split_inclusive(";\n").collect();
    assert!(statements.len() > 60, "the statements were not found");
    for done in 0..=statements.len() {
        let broken = format!("{}\nSELECT there_is_no_such_function();", statements[..done].concat());
        let mut connection = Connection::open_in_memory().expect("a database");
        take(&mut connection, &[&broken], nothing).expect_err("it ends in the middle");
        assert_eq!(state(&connection), (0, 0, Vec::new()), "after {done} statements");
        if done % 20 == 0 {
            take(&mut connection, &[START], nothing).expect("the next start");
            assert_eq!((state(&connection).0, state(&connection).1), (APPLICATION_ID, 1));
        }
    }
}

#[test]
fn a_second_step_goes_on_from_the_first() {
    let second = "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT; ALTER TABLE groups ADD COLUMN extra TEXT;";
    let broken = format!("{second} INSERT INTO groups (id) VALUES (1);");
    let mut connection = Connection::open_in_memory().expect("a database");
    take(&mut connection, &[START], nothing).expect("the first");
    let before = state(&connection);
    take(&mut connection, &[START, &broken], nothing).expect_err("the second is broken");
    assert_eq!(state(&connection), before);
    take(&mut connection, &[START, second], nothing).expect("the second");
    assert_eq!(state(&connection).1, 2);
    assert!(state(&connection).2.contains(&"extra".into()));
    let after = state(&connection);
    take(&mut connection, &[START, second], nothing).expect("nothing is left to do");
    assert_eq!(state(&connection), after);
}

#[test]
fn the_version_is_the_number_of_steps() {
    assert_eq!(version(), 6);
    assert!(schema().expect("a schema").contains("CREATE VIEW reach_documents"));
}
