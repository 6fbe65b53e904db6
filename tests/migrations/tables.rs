//! The schema as SQLite understands it: tables with their columns, references and indexes.

use rusqlite::{Connection, params};

/// A table of the house.
pub struct Table {
    pub name: String,
    pub sql: String,
    pub columns: Vec<Column>,
    pub references: Vec<Reference>,
    /// The columns of each index that holds every row, or every row with a value.
    pub indexes: Vec<Vec<String>>,
}

/// A column that a row is given.
pub struct Column {
    pub name: String,
    pub kind: String,
    /// It is never empty and has no default.
    pub required: bool,
}

/// A foreign key: own column and the parent's, pair by pair.
#[derive(Debug)]
pub struct Reference {
    pub parent: String,
    pub columns: Vec<(String, String)>,
}

impl Table {
    /// Whether every row has this reference, to another table.
    pub fn needs(&self, reference: &Reference) -> bool {
        let required = |own: &String| self.columns.iter().any(|column| column.name == *own && column.required);
        reference.parent != self.name && reference.columns.iter().all(|(own, _)| required(own))
    }
}

/// An empty database in memory with the whole schema.
pub fn empty() -> Connection {
    let connection = Connection::open_in_memory().expect("a database");
    connection.execute_batch(&frontdesk::db::schema().expect("a schema")).expect("the schema");
    connection.pragma_update(None, "foreign_keys", "ON").expect("a setting");
    connection
}

/// Every table, a parent before its children.
pub fn tables() -> Vec<Table> {
    let connection = empty();
    let found: Vec<(String, String)> = rows(
        &connection,
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
        "",
        |row| Ok((row.get(0)?, row.get(1)?)),
    );
    assert!(found.len() > 20, "the tables were not found");
    let mut rest: Vec<Table> = found.into_iter().map(|(name, sql)| table(&connection, name, sql)).collect();
    let mut out: Vec<Table> = Vec::new();
    while !rest.is_empty() {
        let known = |name: &String| out.iter().any(|table| table.name == *name);
        let ready = |table: &Table| table.references.iter().all(|one| one.parent == table.name || known(&one.parent));
        let at = rest.iter().position(ready).expect("references do not go round in circles");
        out.push(rest.remove(at));
    }
    out
}

fn table(connection: &Connection, name: String, sql: String) -> Table {
    let columns = rows(
        connection,
        "SELECT name, type, (\"notnull\" = 1 OR pk > 0) AND dflt_value IS NULL FROM pragma_table_xinfo(?1) WHERE hidden = 0",
        &name,
        |row| Ok(Column { name: row.get(0)?, kind: row.get(1)?, required: row.get(2)? }),
    );
    let mut references: Vec<(i64, Reference)> = Vec::new();
    let pairs: Vec<(i64, String, String, String)> = rows(
        connection,
        "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq",
        &name,
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    );
    for (id, parent, own, theirs) in pairs {
        match references.last_mut().filter(|(last, _)| *last == id) {
            Some((_, reference)) => reference.columns.push((own, theirs)),
            None => references.push((id, Reference { parent, columns: vec![(own, theirs)] })),
        }
    }
    let mut indexes: Vec<Vec<String>> =
        rows(connection, "SELECT name FROM pragma_index_list(?1) WHERE partial = 0", &name, |row| {
            row.get::<_, String>(0)
        })
        .iter()
        .map(|index| {
            rows(
                connection,
                "SELECT coalesce(name, '(expression)') FROM pragma_index_info(?1) ORDER BY seqno",
                index,
                |row| row.get(0),
            )
        })
        .collect();
    // The row id is an index that no pragma lists.
    let key = "SELECT name FROM pragma_table_info(?1) WHERE pk = 1";
    if !sql.contains("WITHOUT ROWID") {
        indexes.push(rows(connection, key, &name, |row| row.get(0)));
    }
    Table { name, sql, columns, references: references.into_iter().map(|(_, one)| one).collect(), indexes }
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    about: &str,
    map: impl Fn(&rusqlite::Row) -> rusqlite::Result<T>,
) -> Vec<T> {
    let mut statement = connection.prepare(sql).expect("SQL");
    let bound = statement.parameter_count();
    let found = if bound == 0 { statement.query_map([], map) } else { statement.query_map(params![about], map) };
    found.expect("rows").collect::<Result<_, _>>().expect("rows")
}
