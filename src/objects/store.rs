//! Objects are kept here: found, listed, added, changed, moved, retired.

use jiff::civil::Date;

use super::{Object, ObjectCard, ObjectStatus};
use crate::access::{Machine, Need, Permission, Right};
use crate::customers::Customer;
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, Value, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::facilities::Facility;
use crate::ids::ObjectId;
use crate::text::{Line, Number, like, nearest};

pub(super) const SEE: Need = Need::see(Permission::ObjectView).or_machine(Machine::Planner);
const CHANGE: Need = Need::right(Right::Customers);

/// A statement that reads objects; what follows WHERE is the caller's. A parent that is out of reach is left out.
macro_rules! objects {
    ($($rest:tt)+) => {
        concat!(
            "
    SELECT m.id, m.customer_id, c.number, m.number, m.facility_id, f.number, f.name, m.name, m.maker, m.model, m.serial_no,
           m.installed_on, m.meter, m.unit, m.external_id, p.id, p.number, m.status, m.created_at
      FROM objects m
      JOIN customers c ON c.id = m.customer_id
      LEFT JOIN facilities f ON f.id = m.facility_id
      LEFT JOIN objects p ON p.id = m.parent_id
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = p.customer_id AND r.place = p.place)
     WHERE EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = m.customer_id AND r.place = m.place)
       AND ",
            $($rest)+
        )
    };
}
pub(super) use objects;

const BY_ID: Scoped = Scoped::new(SEE, objects!("m.id = :id"));

const BY_NUMBER: Scoped = Scoped::new(SEE, objects!("m.group_id = :group AND m.number = :number ORDER BY c.number"));

const BY_EXTERNAL_ID: Scoped = Scoped::new(SEE, objects!("m.group_id = :group AND m.external_id = :external_id"));

const ALL: Scoped = Scoped::new(
    SEE,
    objects!(
        "m.group_id = :group
       AND (:search IS NULL OR m.search LIKE :search ESCAPE '\\')
     ORDER BY c.number, m.number"
    ),
);

const OF: Below<Customer> = Below::new(
    SEE,
    objects!(
        "m.group_id = :group
       AND m.customer_id = :parent
       AND (:number IS NULL OR m.number = :number)
       AND (:serial_no IS NULL OR m.serial_no = :serial_no)
     ORDER BY m.number"
    ),
);

const AT: Below<Facility> = Below::new(SEE, objects!("m.place = :parent ORDER BY m.number"));

const INSERT: Change = Change::new(
    "
    INSERT INTO objects
       (group_id, customer_id, facility_id, number, name, maker, model, serial_no, installed_on, meter, unit, parent_id,
        external_id, search, created_at)
    VALUES
       (:group, :customer, :facility, :number, :name, :maker, :model, :serial_no, :installed_on, :meter, :unit, :parent,
        :external_id, :search, :now)",
);

const UPDATE: Change = Change::new(
    "
    UPDATE objects
       SET name = :name, maker = :maker, model = :model, serial_no = :serial_no, installed_on = :installed_on,
           meter = :meter, unit = :unit, external_id = :external_id, search = :search
     WHERE group_id = :group AND id = :id",
);

const MOVE: Change = Change::new("UPDATE objects SET facility_id = :facility WHERE group_id = :group AND id = :id");

const SET_PARENT: Change = Change::new("UPDATE objects SET parent_id = :parent WHERE group_id = :group AND id = :id");

const SET_STATUS: Change = Change::new("UPDATE objects SET status = :status WHERE group_id = :group AND id = :id");

const DELETE: Change = Change::new("DELETE FROM objects WHERE group_id = :group AND id = :id");

/// The object in this row.
pub fn find(tx: &Tx, id: ObjectId) -> Result<Reached<Object>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, object)?;
    found.ok_or_else(|| Error::not_found("object", format!("id:{id}")))
}

/// The object with this number, whoever's it is; two customers with the same one are a conflict.
pub fn named(tx: &Tx, number: &Number) -> Result<Reached<Object>> {
    let mut found = tx.many(&BY_NUMBER, named! { ":number": number }, object)?;
    match (found.pop(), found.len()) {
        (None, _) => {
            Err(Error::not_found("object", number).tip("find objects with: frontdesk object list --search NAME"))
        }
        (Some(only), 0) => Ok(only),
        (Some(last), _) => {
            let all = found.iter().chain(std::iter::once(&last));
            let candidates: Vec<_> = all.map(|one| format!("id:{} (customer {})", one.id, one.customer_no)).collect();
            Err(Error::conflict(format!("object '{number}' is ambiguous")).tip(candidates.join(", ")))
        }
    }
}

/// The object of a customer with this number; if there is none, the error names one that was perhaps meant.
pub fn of(tx: &Tx, customer: &Reached<Customer>, number: &Number) -> Result<Reached<Object>> {
    if let Some(found) = lookup(tx, customer, number)? {
        return Ok(found);
    }
    let all = list(tx, customer)?;
    let error =
        Error::new(Kind::NotFound, format!("customer {} has no object '{number}'", customer.number)).at("object");
    Err(match nearest(number.as_str(), all.iter().map(|object| object.number.as_str())) {
        Some(near) => error.tip(format!("did you mean {near}?")),
        None => error.tip(format!("see them with: frontdesk object list --customer {}", customer.number)),
    })
}

/// The object of a customer with this number, if there is one.
pub fn lookup(tx: &Tx, customer: &Reached<Customer>, number: &Number) -> Result<Option<Reached<Object>>> {
    Ok(tx.below(customer, &OF, named! { ":number": number, ":serial_no": None::<Line> }, object)?.pop())
}

/// The objects of a customer with this number at their maker.
pub fn lookup_serial(tx: &Tx, customer: &Reached<Customer>, serial_no: &Line) -> Result<Vec<Reached<Object>>> {
    tx.below(customer, &OF, named! { ":number": None::<Number>, ":serial_no": serial_no }, object)
}

/// The object that another program calls so, if there is one.
pub fn lookup_external(tx: &Tx, external_id: &Line) -> Result<Option<Reached<Object>>> {
    tx.one(&BY_EXTERNAL_ID, named! { ":external_id": external_id }, object)
}

/// The objects of a customer, by number.
pub fn list(tx: &Tx, customer: &Reached<Customer>) -> Result<Vec<Reached<Object>>> {
    tx.below(customer, &OF, named! { ":number": None::<Number>, ":serial_no": None::<Line> }, object)
}

/// The objects at a facility, by number.
pub fn at(tx: &Tx, facility: &Reached<Facility>) -> Result<Vec<Reached<Object>>> {
    tx.below(facility, &AT, named! {}, object)
}

/// The objects of all customers in reach, or those in which some words are found.
pub fn list_all(tx: &Tx, search: Option<&str>) -> Result<Vec<Reached<Object>>> {
    tx.many(&ALL, named! { ":search": search.map(like) }, object)
}

/// Makes an object of a customer, at a facility or unattached, perhaps as a part of another. Its number must be free
/// there.
pub fn add(
    tx: &WriteTx,
    customer: &Reached<Customer>,
    facility: Option<&Reached<Facility>>,
    number: &Number,
    card: &ObjectCard,
) -> Result<Reached<Object>> {
    if let Some(facility) = facility {
        same_customer(facility, customer.id == facility.customer_id, &customer.number)?;
    }
    let id = tx.change(CHANGE, |w| {
        let (search, installed) = (card.search(number), card.installed_on.map(|day| day.to_string()));
        let (facility, parent) = (facility.map(|facility| facility.id), None::<ObjectId>);
        let mut values = with_card(card, &search, &installed);
        values.extend([
            (":customer", &customer.id as &dyn Value),
            (":number", number),
            (":facility", &facility),
            (":parent", &parent),
        ]);
        let id = w.insert(&INSERT, &values).map_err(|error| taken(error, card, Some(number)))?;
        Ok((ObjectId(id), Entry::about::<Object>(id, number.as_str(), "object.added").after(card)))
    })?;
    find(tx, id)
}

/// Changes an object's card; `false` if it was so already, and nothing was written.
pub fn set(tx: &WriteTx, object: &Reached<Object>, card: &ObjectCard) -> Result<bool> {
    if object.card == *card {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        let (search, installed) = (card.search(&object.number), card.installed_on.map(|day| day.to_string()));
        let mut values = with_card(card, &search, &installed);
        values.push((":id", &object.id));
        w.run(&UPDATE, &values).map_err(|error| taken(error, card, None))?;
        Ok((true, Entry::on(object, "object.changed").before(&object.card).after(card)))
    })
}

/// Makes an object a part of another one, or of none; `false` if it was so already. Nothing is a part of itself.
pub fn part_of(tx: &WriteTx, object: &Reached<Object>, parent: Option<&Reached<Object>>) -> Result<bool> {
    if object.parent_id == parent.map(|parent| parent.id) {
        return Ok(false);
    }
    if let Some(parent) = parent {
        if parent.customer_id != object.customer_id {
            return Err(Error::conflict(format!(
                "object {} belongs to customer {}, and {} to customer {}",
                parent.number, parent.customer_no, object.number, object.customer_no
            ))
            .at("parent"));
        }
        let mut above = Some(parent.id);
        while let Some(id) = above {
            if id == object.id {
                let why = format!("object {} would be a part of itself through {}", object.number, parent.number);
                return Err(Error::conflict(why).at("parent"));
            }
            above = find(tx, id)?.parent_id;
        }
    }
    tx.change(CHANGE, |w| {
        w.run(&SET_PARENT, named! { ":id": object.id, ":parent": parent.map(|parent| parent.id) })?;
        let number = parent.map(|parent| &parent.number);
        Ok((true, Entry::on(object, "object.parent").before(&object.parent_no).after(&number)))
    })
}

/// Moves an object to a facility of its customer, or makes it unattached; `false` if it was there already.
///
/// Its orders stay where the work was done.
pub fn move_to(tx: &WriteTx, object: &Reached<Object>, facility: Option<&Reached<Facility>>) -> Result<bool> {
    if object.facility_id == facility.map(|facility| facility.id) {
        return Ok(false);
    }
    if let Some(facility) = facility {
        same_customer(facility, object.customer_id == facility.customer_id, &object.customer_no)?;
    }
    tx.change(CHANGE, |w| {
        w.run(&MOVE, named! { ":id": object.id, ":facility": facility.map(|facility| facility.id) })?;
        let number = facility.map(|facility| &facility.number);
        Ok((true, Entry::on(object, "object.moved").before(&object.facility_no).after(&number)))
    })
}

/// Retires an object or puts it to use again; `false` if it was so already.
pub fn set_status(tx: &WriteTx, object: &Reached<Object>, status: ObjectStatus) -> Result<bool> {
    if object.status == status {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        w.run(&SET_STATUS, named! { ":id": object.id, ":status": status })?;
        let action = if status == ObjectStatus::Retired { "object.retired" } else { "object.activated" };
        Ok((true, Entry::on(object, action).before(&object.status).after(&status)))
    })
}

/// Deletes an object that nothing refers to.
pub fn delete(tx: &WriteTx, object: &Reached<Object>) -> Result<()> {
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": object.id }).map_err(|error| match error.kind() {
            Kind::Conflict => Error::conflict(format!(
                "object {} has orders, readings, self-checks, documents or parts",
                object.number
            ))
            .tip(format!("retire it instead: frontdesk object retire {}", object.number)),
            _ => error,
        })?;
        Ok(((), Entry::on(object, "object.deleted").before(&**object)))
    })
}

fn same_customer(facility: &Reached<Facility>, is_same: bool, customer: &Number) -> Result<()> {
    if is_same {
        return Ok(());
    }
    Err(Error::conflict(format!(
        "facility {} belongs to customer {}, not to {customer}",
        facility.number, facility.customer_no
    ))
    .at("facility"))
}

/// What stands in the way of a number or of another program's name for it.
fn taken(error: Error, card: &ObjectCard, number: Option<&Number>) -> Error {
    match (error.kind(), number, &card.external_id) {
        (Kind::Conflict, Some(number), None) => Error::conflict(format!("object '{number}' exists already")),
        (Kind::Conflict, None, Some(external)) => {
            Error::conflict(format!("another object has the external id '{external}'")).at("external_id")
        }
        (Kind::Conflict, Some(number), Some(external)) => {
            Error::conflict(format!("object '{number}' exists already, or one with the external id '{external}'"))
        }
        _ => error,
    }
}

/// A card's values by name.
fn with_card<'a>(
    card: &'a ObjectCard,
    search: &'a dyn Value,
    installed: &'a dyn Value,
) -> Vec<(&'static str, &'a dyn Value)> {
    vec![
        (":name", &card.name),
        (":maker", &card.maker),
        (":model", &card.model),
        (":serial_no", &card.serial_no),
        (":installed_on", installed),
        (":meter", &card.meter),
        (":unit", &card.unit),
        (":external_id", &card.external_id),
        (":search", search),
    ]
}

pub(super) fn object(row: &Row) -> RowResult<Object> {
    // The schema lets the two be empty; a machine of which nobody said what it counts, counts operating hours.
    let usual = ObjectCard::named(row.get(7)?);
    Ok(Object {
        id: row.get(0)?,
        customer_id: row.get(1)?,
        customer_no: row.get(2)?,
        number: row.get(3)?,
        facility_id: row.get(4)?,
        facility_no: row.get(5)?,
        facility: row.get(6)?,
        card: ObjectCard {
            maker: row.get(8)?,
            model: row.get(9)?,
            serial_no: row.get(10)?,
            installed_on: row.get::<_, Option<String>>(11)?.and_then(|day| day.parse::<Date>().ok()),
            meter: row.get::<_, Option<Line>>(12)?.unwrap_or(usual.meter),
            unit: row.get::<_, Option<Line>>(13)?.unwrap_or(usual.unit),
            external_id: row.get(14)?,
            name: usual.name,
        },
        parent_id: row.get(15)?,
        parent_no: row.get(16)?,
        status: row.get(17)?,
        created_at: row.get(18)?,
    })
}
