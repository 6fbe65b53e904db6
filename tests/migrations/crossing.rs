//! For every reference of the schema, a row that would cross groups or customers is made and refused.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::tables::{Reference, Table, empty, tables};

/// A row by its columns.
type Cells = BTreeMap<String, Value>;

/// One customer's data: a row of every table.
struct House {
    name: &'static str,
    group: i64,
    customer: i64,
    rows: BTreeMap<String, Cells>,
}

struct Rows {
    connection: Connection,
    /// Makes texts and numbers that no other row has.
    fresh: i64,
}

impl Rows {
    /// A row of a table for a house, which refers to the house's own rows. References that may be empty are.
    fn make(&mut self, table: &Table, house: &House) -> Cells {
        let mut cells = Cells::new();
        for reference in table.references.iter().filter(|one| table.needs(one)) {
            cells.extend(referring(reference, house));
        }
        for column in table.columns.iter().filter(|column| column.required) {
            if cells.contains_key(&column.name) {
                continue;
            }
            self.fresh += 1;
            let value = match (table.name.as_str(), column.name.as_str(), column.kind.as_str()) {
                (_, "group_id", _) => Value::Integer(house.group),
                (_, name, "INTEGER") if table.sql.contains(&format!("CHECK ({name} IN (0, 1))")) => Value::Integer(1),
                (_, _, "INTEGER") => Value::Integer(self.fresh),
                (_, _, "BLOB") => Value::Blob(vec![1]),
                (_, name, _) => Value::Text(first_word(&table.sql, name).unwrap_or(format!("t{}", self.fresh))),
            };
            cells.insert(column.name.clone(), value);
        }
        if table.name == "object_intervals" {
            // One of the two is given.
            cells.insert("days".into(), Value::Integer(1));
        }
        let own = match table.name.as_str() {
            "groups" => Some(house.group),
            "customers" => Some(house.customer),
            _ if table.columns.iter().any(|column| column.name == "id") => {
                self.fresh += 1;
                Some(self.fresh)
            }
            _ => None,
        };
        cells.extend(own.map(|id| ("id".to_owned(), Value::Integer(id))));
        cells
    }

    fn insert(&self, table: &Table, cells: &Cells) -> rusqlite::Result<usize> {
        let names: Vec<&str> = cells.keys().map(String::as_str).collect();
        let marks = vec!["?"; names.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, names.join(", "));
        self.connection.execute(&sql, rusqlite::params_from_iter(cells.values()))
    }

    #[track_caller]
    fn refuses(&self, table: &Table, cells: &Cells, what: &str) {
        let error = self.insert(table, cells).err().unwrap_or_else(|| panic!("{what} was stored: {cells:?}"));
        assert_eq!(error.to_string(), "FOREIGN KEY constraint failed", "{what}: {cells:?}");
    }
}

/// The values that make a row refer to a house's row.
fn referring(reference: &Reference, house: &House) -> Cells {
    let parent = &house.rows[&reference.parent];
    reference.columns.iter().map(|(own, theirs)| (own.clone(), parent[theirs].clone())).collect()
}

/// The first of the words that a column may hold, from its `CHECK (column IN ('a', …))`.
fn first_word(sql: &str, column: &str) -> Option<String> {
    let (_, words) = sql.split_once(&format!("CHECK ({column} IN ('"))?;
    words.split_once('\'').map(|(word, _)| word.to_owned())
}

/// The row with the id of one reference turned towards another house; all else stays as it was.
fn turned(cells: &Cells, reference: &Reference, other: &House) -> Cells {
    let (own, theirs) = reference.columns.iter().find(|(_, theirs)| theirs == "id").expect("a reference has an id");
    let mut out = cells.clone();
    let before = out.insert(own.clone(), other.rows[&reference.parent][theirs].clone());
    assert_ne!(before.as_ref(), out.get(own), "{reference:?} of two houses is the same");
    out
}

#[test]
fn no_row_crosses_groups_or_customers() {
    let mut rows = Rows { connection: empty(), fresh: 1000 };
    let mut houses = [("own", 1, 11), ("same group", 1, 12), ("other group", 2, 21)]
        .map(|(name, group, customer)| House { name, group, customer, rows: BTreeMap::new() });
    let mut tried = 0;
    // There is one head of the audit, and it is there already.
    for table in tables().iter().filter(|table| table.name != "audit_head") {
        for at in 0..houses.len() {
            if table.name == "groups" && houses[at].name == "same group" {
                houses[at].rows.insert("groups".into(), houses[0].rows["groups"].clone());
                continue;
            }
            // One logo a group, one row in the books for each subject: such a table has one row for both customers.
            let cells = rows.make(table, &houses[at]);
            if at == 0 {
                tried += refused_crossings(&mut rows, table, &cells, &houses);
            }
            match rows.insert(table, &cells) {
                Ok(_) => {}
                Err(error) if at == 1 && error.to_string().contains("UNIQUE") => {}
                Err(error) => panic!("{} {cells:?}: {error}", table.name),
            }
            houses[at].rows.insert(table.name.clone(), cells);
        }
        for reference in table.references.iter().filter(|one| one.parent == table.name) {
            tried += refused_within(&mut rows, table, reference, &houses);
        }
    }
    let broken: i64 = rows
        .connection
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
        .expect("a check");
    assert_eq!(broken, 0);
    let composite: usize =
        tables().iter().map(|table| table.references.iter().filter(|one| one.columns.len() > 1).count()).sum();
    assert!(tried > composite && composite > 25, "{tried} crossings for {composite} references");
}

/// Tries every reference to another table; gives how many crossings were refused.
fn refused_crossings(rows: &mut Rows, table: &Table, cells: &Cells, houses: &[House; 3]) -> usize {
    let mut tried = 0;
    for reference in table.references.iter().filter(|one| one.parent != table.name && one.parent != "groups") {
        let what = |other: &House| format!("{} {:?} towards {}", table.name, reference.columns, other.name);
        let [_, same_group, other_group] = houses;
        let mut cells = cells.clone();
        cells.extend(referring(reference, &houses[0]));
        let crossing = turned(&cells, reference, other_group);
        rows.refuses(table, &crossing, &what(other_group));
        tried += 1;
        let of_customer = |(own, _): &(String, String)| own == "customer_id";
        if reference.parent != "customers" && reference.columns.iter().any(of_customer) {
            let crossing = turned(&cells, reference, same_group);
            rows.refuses(table, &crossing, &what(same_group));
            tried += 1;
        }
    }
    tried
}

/// Tries a reference of a table to itself: another row of the same house is taken, one of another house is not.
fn refused_within(rows: &mut Rows, table: &Table, reference: &Reference, houses: &[House; 3]) -> usize {
    let [own, same_group, other_group] = houses;
    // A reference that carries no customer may go to another one of the group.
    let within_customers = reference.columns.iter().any(|(own, _)| own == "customer_id");
    let others: Vec<_> = within_customers.then_some(same_group).into_iter().chain([other_group]).collect();
    for other in &others {
        let cells = rows.make(table, own);
        let crossing = turned(&cells, reference, other);
        rows.refuses(table, &crossing, &format!("{} {:?} towards {}", table.name, reference.columns, other.name));
    }
    let mut cells = rows.make(table, own);
    cells.extend(referring(reference, own));
    rows.insert(table, &cells).expect("a row that refers to its own house");
    others.len()
}
