//! Which machines are due for service, and telling of it: once for each service, before its day or when its use is used up.

use jiff::ToSpan;
use serde::Serialize;

use super::{Overdue, Service, services, zone};
use crate::access::{Actor, Machine, Need};
use crate::db::{Change, Db, Entry, Open, Reached, Tx, named};
use crate::error::Result;
use crate::ids::{GroupId, ObjectId};
use crate::notices::{self, Doer, Happening};
use crate::objects::{self, Object};
use crate::outbox::notice::About;
use crate::text::{Line, Number};

/// So many days before a service is due it is told.
pub const SOON: i64 = 14;

const WITH_INTERVALS: Open = Open::new(
    "the planner looks at every machine that has a service interval, of any group",
    "
    SELECT DISTINCT i.group_id, i.object_id
      FROM object_intervals i
      JOIN objects m ON m.group_id = i.group_id AND m.customer_id = i.customer_id AND m.id = i.object_id
      JOIN customers c ON c.group_id = i.group_id AND c.id = i.customer_id
     WHERE m.status = 'active'
       AND c.status = 'active'
       AND (:of IS NULL OR i.group_id = :of)
     ORDER BY i.group_id, i.object_id",
);

const TOLD: Open = Open::new(
    "the planner tells of each service once",
    "
    SELECT s.interval_id
      FROM service_notices s
     WHERE s.group_id = :group
       AND s.object_id = :object
       AND s.interval_id = :interval
       AND s.since = :since",
);

const TELL: Change = Change::new(
    "
    INSERT INTO service_notices (group_id, customer_id, object_id, interval_id, since, at)
    VALUES (:group, :customer, :object, :interval, :since, :now)
    ON CONFLICT (group_id, customer_id, object_id, interval_id) DO UPDATE SET since = excluded.since, at = excluded.at",
);

/// A service that is due and was not told of yet.
#[derive(Clone, Debug, Serialize)]
pub struct Due {
    /// Of which machine.
    pub object_no: Number,
    /// What it is called.
    pub object: Line,
    /// Which service.
    pub service: Line,
    /// By which day.
    pub due: jiff::civil::Date,
    /// Whether that day is over, or the use is used up.
    pub overdue: bool,
    #[serde(skip)]
    service_of: Service,
}

/// The services that are due within [`SOON`] days and were not told of yet, of one group or of all.
pub fn due(db: &Db, of: Option<GroupId>) -> Result<Vec<Due>> {
    let mut all = Vec::new();
    for (group, object) in with_intervals(db, of)? {
        all.extend(db.read(&planner(Some(group)), |tx| of_object(tx, &objects::find(tx, object)?))?);
    }
    Ok(all)
}

/// Tells of them, each in a transaction of its own; says how many there were.
pub fn tell_due(db: &Db, of: Option<GroupId>) -> Result<usize> {
    let mut told = 0;
    for (group, object) in with_intervals(db, of)? {
        let actor = planner(Some(group));
        if db.read(&actor, |tx| Ok(of_object(tx, &objects::find(tx, object)?)?.is_empty()))? {
            continue;
        }
        told += db.write(&actor, |tx| {
            let object = objects::find(tx, object)?;
            let found = of_object(tx, &object)?;
            for due in &found {
                tx.change(Need::machine(Machine::Planner), |w| {
                    let Service { interval, last, .. } = &due.service_of;
                    let values = named! {
                        ":customer": object.customer_id, ":object": object.id, ":interval": interval.id, ":since": last,
                    };
                    w.run(&TELL, values)?;
                    let happening =
                        Happening::ServiceDue { service: due.service.clone(), due: due.due, overdue: due.overdue };
                    notices::tell(tx, w, About::Object(object.id), &happening, Doer::Actor)?;
                    Ok(((), Entry::on(&object, "object.service_due").after(due)))
                })?;
            }
            Ok(found.len())
        })?;
    }
    Ok(told)
}

fn planner(group: Option<GroupId>) -> Actor {
    Actor::Machine { role: Machine::Planner, group }
}

fn with_intervals(db: &Db, of: Option<GroupId>) -> Result<Vec<(GroupId, ObjectId)>> {
    db.read(&planner(None), |tx| tx.open(&WITH_INTERVALS, named! { ":of": of }, |row| Ok((row.get(0)?, row.get(1)?))))
}

/// What of a machine is due and was not told of yet.
fn of_object(tx: &Tx, object: &Reached<Object>) -> Result<Vec<Due>> {
    let today = tx.now().within(&zone(tx, object)?.rules()).date();
    let soon = today.saturating_add(SOON.days());
    let mut all = Vec::new();
    for service in services(tx, object)? {
        let by = match (service.next.overdue, service.next.soonest()) {
            (Some(Overdue::Days(by, _)), _) => by,
            // What is due by its use is due now.
            (Some(Overdue::Use(..)), _) => today,
            (None, Some(by)) if by <= soon => by,
            (None, _) => continue,
        };
        let values = named! { ":object": object.id, ":interval": service.interval.id, ":since": service.last };
        if tx.open(&TOLD, values, |row| row.get::<_, i64>(0))?.is_empty() {
            all.push(Due {
                object_no: object.number.clone(),
                object: object.card.name.clone(),
                service: service.interval.name.clone(),
                due: by,
                overdue: service.next.overdue.is_some(),
                service_of: service,
            });
        }
    }
    Ok(all)
}
