//! Customers with many orders, made in SQL because it is only the reading that is measured.

use anyhow::Result;
use frontdesk::login::{self, Attempt, Choice, Guard, Outcome};
use frontdesk::secret::Secret;
use frontdesk::text::Slug;
use frontdesk::users::Purpose;
use rusqlite::named_params;

use crate::bare;
use crate::house::House;

/// How much there is of everything.
#[derive(Clone, Copy)]
pub struct Size {
    /// Customers, numbered from 1042.
    pub customers: u32,
    /// Facilities of each.
    pub facilities: u32,
    /// Orders of each.
    pub orders: u32,
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
    "INSERT INTO objects (group_id, customer_id, facility_id, number, name, search, created_at)
     SELECT group_id, customer_id, id, 'LA-' || number, 'Air handler ' || number, 'la-' || number || ' air handler',
            '2020-01-01T00:00:00Z'
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
            ":customers": size.customers, ":facilities": size.facilities, ":orders": size.orders
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
    create.extend(["--template", "standard", "--all-facilities", "--unattached", "--link", "-o", "table"]);
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
