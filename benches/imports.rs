//! A file of 10,000 customers, each with a contact, beside a loop that only reads it and puts its rows in place.

use std::path::Path;

use anyhow::{Result, ensure};
use rusqlite::{OptionalExtension, params};

use crate::bare;
use crate::house::House;
use crate::ratio::{Limit, Report, Times, say};

const ROWS: u16 = 10_000;
const ROUNDS: usize = 5;

/// Measures the first import and the one that finds nothing to do.
pub fn measure(report: &mut Report) -> Result<()> {
    say("import: 10,000 customers with contacts");
    let (mut first, mut again) = ((Times::default(), Times::default()), (Times::default(), Times::default()));
    for _ in 0..ROUNDS {
        let (ours, peer) = (House::new()?, House::new()?);
        for house in [&ours, &peer] {
            std::fs::write(house.path("customers.csv"), file())?;
        }
        first.0.take(|| ours.run(&["customer", "import", "customers.csv"]))?;
        first.1.take(|| insert(&peer.database(), &peer.path("customers.csv")))?;
        again.0.take(|| ours.run(&["customer", "import", "customers.csv"]))?;
        again.1.take(|| compare(&peer.database(), &peer.path("customers.csv")))?;
        for house in [&ours, &peer] {
            let count =
                |sql| -> Result<i64> { Ok(bare::open(&house.database())?.query_row(sql, [], |row| row.get(0))?) };
            ensure!(count("SELECT count(*) FROM customers")? == i64::from(ROWS), "some customers are missing");
            ensure!(count("SELECT count(*) FROM contacts")? == i64::from(ROWS), "some contacts are missing");
        }
    }
    report.pair("import of 10,000 customers with contacts", first, Limit::Ratio(8.0));
    report.pair("the same file again, all unchanged", again, Limit::Ratio(4.0));
    Ok(())
}

fn file() -> String {
    let mut text = String::from(
        "customer_no,name,org_no,email,phone,address,postal_code,city,contact_name,contact_email,contact_phone,contact_title\n",
    );
    for i in 0..ROWS {
        text.push_str(&format!(
            "{},Brf Fröjden {i},769600-{:04},styrelsen{i}@brf.example,08-555 {i:05},Storgatan {i},111 {:02},Umeå,\
             Eva Lind {i},eva{i}@brf.example,070-555 {i:05},Chair\n",
            1000 + u32::from(i),
            i % 10_000,
            i % 100
        ));
    }
    text
}

/// The least that puts the rows in place: one transaction, prepared statements, nothing looked at.
fn insert(database: &Path, file: &Path) -> Result<()> {
    let mut connection = bare::open(database)?;
    let tx = connection.transaction()?;
    {
        let group: i64 = tx.query_row("SELECT id FROM groups", [], |row| row.get(0))?;
        let mut customer = tx.prepare(
            "INSERT INTO customers
               (group_id, number, name, org_no, email, phone, address, postal_code, city, search, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '2026-11-22T08:02:00Z')",
        )?;
        let mut contact = tx.prepare(
            "INSERT INTO contacts (group_id, customer_id, name, email, phone, title, search, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '2026-11-22T08:02:00Z')",
        )?;
        for record in csv::Reader::from_path(file)?.into_records() {
            let row = record?;
            let search = [&row[0], &row[1], &row[2], &row[3], &row[5], &row[7]].join(" ").to_lowercase();
            customer.execute(params![
                group, &row[0], &row[1], &row[2], &row[3], &row[4], &row[5], &row[6], &row[7], search
            ])?;
            let search = [&row[8], &row[9], &row[11]].join(" ").to_lowercase();
            let id = tx.last_insert_rowid();
            contact.execute(params![group, id, &row[8], &row[9], &row[10], &row[11], search])?;
        }
    }
    tx.commit()?;
    Ok(())
}

/// The least that finds out that nothing changed: each row looked up and compared.
fn compare(database: &Path, file: &Path) -> Result<()> {
    let connection = bare::open(database)?;
    let mut customer = connection.prepare(
        "SELECT id, name, org_no, email, phone, address, postal_code, city FROM customers WHERE group_id = 1 AND number = ?1",
    )?;
    let mut contact = connection
        .prepare("SELECT name, phone, title FROM contacts WHERE group_id = 1 AND customer_id = ?1 AND email = ?2")?;
    let mut changed = 0;
    for record in csv::Reader::from_path(file)?.into_records() {
        let row = record?;
        let known = customer
            .query_row([&row[0]], |kept| {
                let same = (1..8).all(|at| kept.get_ref(at).is_ok_and(|value| value.as_str() == Ok(&row[at])));
                Ok((kept.get::<_, i64>(0)?, same))
            })
            .optional()?;
        let Some((id, same)) = known else { anyhow::bail!("customer {} is missing", &row[0]) };
        let same_contact = contact.query_row(params![id, &row[9]], |kept| {
            Ok([8, 10, 11]
                .iter()
                .zip(0..)
                .all(|(at, column)| kept.get_ref(column).is_ok_and(|v| v.as_str() == Ok(&row[*at]))))
        })?;
        changed += usize::from(!same || !same_contact);
    }
    ensure!(changed == 0, "{changed} rows are not as they were written");
    Ok(())
}
