//! What is in the database, row by row, read past the program.

use std::collections::BTreeMap;

use rusqlite::{Connection, OpenFlags};

use super::World;

/// Each table with its rows.
pub type Rows = BTreeMap<String, Vec<String>>;

/// What the door keeps for itself and what is only written down; a refused request may leave a trace there.
const BOOKS: [&str; 4] = ["audit", "audit_head", "sessions", "throttle"];

impl World {
    /// Every row of every table.
    pub fn rows(&self) -> Rows {
        let path = self.path().join("frontdesk-data/frontdesk.db");
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database");
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let mut tables = db.prepare(tables).expect("a statement");
        let names = tables.query_map([], |row| row.get::<_, String>(0)).expect("tables");
        names.map(|name| name.expect("a name")).map(|name| (name.clone(), of(&db, &name))).collect()
    }

    /// Every row of the business itself.
    pub fn business(&self) -> Rows {
        let mut rows = self.rows();
        assert!(rows.contains_key("orders") && rows.contains_key("users"), "the tables have other names");
        rows.retain(|table, _| !BOOKS.contains(&table.as_str()));
        rows
    }
}

fn of(db: &Connection, table: &str) -> Vec<String> {
    let mut all = db.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a statement");
    let columns = all.column_count();
    let rows = all.query_map([], |row| {
        (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>()
    });
    rows.expect("rows").map(|row| format!("{:?}", row.expect("a row"))).collect()
}
