//! Customers with many orders, machines, readings and documents, made in SQL because it is only the reading that is
//! measured.

use anyhow::Result;
use frontdesk::login::{self, Attempt, Choice, Guard, Outcome};
use frontdesk::secret::Secret;
use frontdesk::text::Slug;
use frontdesk::users::Purpose;
use rusqlite::named_params;

use crate::bare;
use crate::house::House;

/// How much there is of everything.
#[derive(Clone, Copy, Default)]
pub struct Size {
    /// Customers, numbered from 1042.
    pub customers: u32,
    /// Facilities of each.
    pub facilities: u32,
    /// Orders of each.
    pub orders: u32,
    /// Readings of one machine in the first facility of each.
    pub readings: u32,
    /// Documents of each, in turn on orders, machines, facilities and the customer itself.
    pub documents: u32,
}

const FILL: &[&str] = &[
    "INSERT INTO customers (group_id, number, name, prefix, search, created_at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :customers)
     SELECT g.id, 1042 + n.i, 'Brf Lönnen ' || n.i, 'L' || n.i, 'brf lonnen ' || n.i, '2020-01-01T00:00:00Z'
       FROM groups g, n WHERE n.i < :customers",
    "INSERT INTO facilities (group_id, customer_id, number, name, address, search, created_at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :facilities)
     SELECT c.group_id, c.id, 'hus-' || n.i, 'Hus ' || n.i, 'Storgatan ' || n.i, 'hus-' || n.i || ' storgatan',
            '2020-01-01T00:00:00Z'
       FROM customers c, n",
    "INSERT INTO objects (group_id, customer_id, facility_id, number, name, meter, unit, search, created_at)
     SELECT group_id, customer_id, id, 'LA-' || number, 'Air handler ' || number, 'hours', 'h',
            'la-' || number || ' air handler', '2020-01-01T00:00:00Z'
       FROM facilities",
    "INSERT INTO staff (group_id, login, name, created_at) SELECT id, 'tova', 'Tova Ek', '2020-01-01T00:00:00Z' FROM groups",
    // Six stages in turn, a tenth of all orders at no facility, planned where they are not only received.
    "INSERT INTO orders (group_id, customer_id, facility_id, object_id, number, kind, title, description, status_id, stage,
                         priority_id, planned_from, due_at, reference, search, created_at, changed_at, closed_at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :orders),
          places AS (SELECT id, customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY id) AS place
                       FROM facilities)
     SELECT c.group_id, c.id, f.id, CASE WHEN n.i % 3 = 0 THEN m.id END,
            'NK-' || coalesce(c.prefix, 'FRO') || printf('-%05d', n.i),
            iif(n.i % 4 = 0, 'service', 'work'), 'Leaking valve in stairwell ' || n.i % 977,
            'It drips since yesterday, and the floor of the cellar is wet. Ring the caretaker first.', s.id, s.stage,
            (SELECT id FROM priorities p WHERE p.group_id = c.group_id AND p.is_default = 1),
            iif(s.stage <> 'received', strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-20', '-' || n.i || ' hours'), NULL),
            strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-25', '-' || n.i || ' hours'), 'PO ' || n.i,
            'nk-' || n.i || ' leaking valve in stairwell ' || n.i % 977 || ' it drips since yesterday po ' || n.i,
            strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-20', '-' || n.i || ' hours'),
            strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-20', '-' || n.i || ' hours'),
            iif(s.stage IN ('done', 'cancelled'),
                strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-21', '-' || n.i || ' hours'), NULL)
       FROM n
       JOIN customers c
       JOIN (SELECT min(id) AS id, stage, row_number() OVER (ORDER BY min(position)) AS turn
               FROM statuses GROUP BY stage) s ON s.turn = 1 + n.i % 6
       LEFT JOIN places f ON f.customer_id = c.id AND f.place = 1 + n.i % :facilities AND n.i % 10 <> 0
       LEFT JOIN objects m ON m.facility_id = f.id",
    "INSERT INTO order_staff (group_id, order_id, staff_id)
     SELECT o.group_id, o.id, t.id FROM orders o JOIN staff t ON t.group_id = o.group_id WHERE o.id % 2 = 0",
    "INSERT INTO order_history (group_id, order_id, status, stage, author, at)
     SELECT group_id, id, 'Planning', 'received', 'Eva Lind', created_at FROM orders WHERE customer_id = 1",
    "INSERT INTO comments (group_id, order_id, side, author, text, at)
     SELECT group_id, id, 'staff', 'Tova Ek', 'We come on Thursday.', created_at FROM orders WHERE customer_id = 1",
    // An hour meter that is read twice a day; every fiftieth value was corrected.
    "INSERT INTO readings (group_id, customer_id, object_id, meter, unit, value, read_at, side, author, at, state, ended_at,
                           ended_by, ended_why)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :readings)
     SELECT m.group_id, m.customer_id, m.id, m.meter, m.unit, (:readings - n.i) * 9500,
            strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-22', '-' || (12 * n.i) || ' hours'), iif(n.i % 3 = 0, 'staff', 'customer'),
            'Eva Lind', strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-22', '-' || (12 * n.i) || ' hours'),
            iif(n.i % 50 = 0, 'corrected', 'valid'), iif(n.i % 50 = 0, '2026-11-22T07:00:00Z', NULL),
            iif(n.i % 50 = 0, 'Tova Ek', NULL), iif(n.i % 50 = 0, 'Read again', NULL)
       FROM objects m JOIN n WHERE m.number = 'LA-hus-1' AND :readings > 0",
    "INSERT INTO object_intervals (group_id, customer_id, object_id, name, days, hours, since, created_at)
     SELECT group_id, customer_id, id, 'Yearly service', 365, 2000, '2026-03-01T00:00:00Z', created_at
       FROM objects WHERE number = 'LA-hus-1' AND :readings > 0",
    "INSERT INTO documents (group_id, customer_id, order_id, object_id, facility_id, name, media_type, size, hash, purpose,
                            shared, side, author, search, at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :documents),
          o AS (SELECT id, customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY id) AS turn FROM orders),
          m AS (SELECT id, customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY id) AS turn FROM objects),
          f AS (SELECT id, customer_id, row_number() OVER (PARTITION BY customer_id ORDER BY id) AS turn FROM facilities)
     SELECT c.group_id, c.id, iif(n.i % 4 = 0, o.id, NULL), iif(n.i % 4 = 1, m.id, NULL), iif(n.i % 4 = 2, f.id, NULL),
            'report-' || n.i || '.pdf', 'application/pdf', 40000 + n.i, printf('%064x', n.i), 'reference',
            n.i % 10 <> 0, iif(n.i % 3 = 0, 'customer', 'staff'), 'Tova Ek', 'report-' || n.i || '.pdf',
            strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-22', '-' || n.i || ' hours')
       FROM customers c
       JOIN n
       JOIN o ON o.customer_id = c.id AND o.turn = n.i
       LEFT JOIN m ON m.customer_id = c.id AND m.turn = n.i
       LEFT JOIN f ON f.customer_id = c.id AND f.turn = n.i
      WHERE :documents > 0",
    "ANALYZE main.sqlite_schema",
];

/// Fills a house, whose first customer is 1042, and gives the cookie of that customer's user Eva, signed in.
pub fn fill(house: &House, size: Size) -> Result<String> {
    house.run(&["customer", "add", "1042", "--name", "Brf Fröjden", "--prefix", "FRO"])?;
    let mut connection = bare::open(&house.database())?;
    let tx = connection.transaction()?;
    for sql in FILL {
        let mut statement = tx.prepare(sql)?;
        for (name, value) in named_params! {
            ":customers": size.customers, ":facilities": size.facilities, ":orders": size.orders,
            ":readings": size.readings, ":documents": size.documents
        } {
            if let Some(index) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(index, value)?;
            }
        }
        if statement.column_count() == 0 {
            statement.raw_execute()?
        } else {
            0
        };
    }
    tx.commit()?;
    sign_in(house)
}

fn sign_in(house: &House) -> Result<String> {
    let mut create = vec!["user", "create", "eva@brf.example", "--customer", "1042", "--name", "Eva Lind"];
    create.extend(["--template", "full", "--all-facilities", "--unattached", "--link", "-o", "table"]);
    let answer = house.run(&create)?;
    let token = answer.trim().rsplit('/').next().unwrap_or_default();
    let (db, slug) = (house.db()?, Slug::parse("nordkyl")?);
    let (guard, door) = (Guard::new(&frontdesk::config::Security::default())?, login::door(&db, &slug)?);
    let password = Secret::new("a quiet lamp over the stairs");
    let chosen = login::choose_password(&db, &guard, &door, (Purpose::Invite, token), &password, "127.0.0.1")?;
    anyhow::ensure!(matches!(chosen, Choice::Done { .. }), "no password was chosen: {chosen:?}");
    let attempt = Attempt { email: "eva@brf.example", password: &password, client: "127.0.0.1", agent: None };
    match login::sign_in(&db, &guard, &door, &attempt)? {
        Outcome::In { token, .. } => Ok(format!("__Host-frontdesk-nordkyl={}", token.expose())),
        other => anyhow::bail!("nobody was let in: {other:?}"),
    }
}
