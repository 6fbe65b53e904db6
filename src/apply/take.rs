//! Files are taken whole, in one transaction: each thing is found, compared, and made as the file says.

use std::cell::RefCell;
use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use super::reading::Reading;
use super::{Noun, Plan, Sheet, Sign, Step, Wish};
use crate::db::WriteTx;
use crate::difference::{Difference, differences};
use crate::error::{Error, Result};

/// One file while it is taken.
pub(super) struct Taker<'a, 'c> {
    pub(super) tx: &'a WriteTx<'c>,
    pub(super) wish: Wish,
    pub(super) top: Reading<'a>,
    /// The things that the file named, with the line of each.
    seen: RefCell<HashMap<(Noun, i64), usize>>,
}

/// Makes everything as the files say and tells what that changed.
///
/// Whoever calls it takes everything back when the plan has [`problems`](Plan::problems). A failure means that nothing
/// could be taken, such as when it is not permitted.
pub fn take(tx: &WriteTx, sheets: &[Sheet], wish: Wish) -> Result<Plan> {
    let plan = RefCell::new(Plan::default());
    let mut numbers: HashMap<i64, &str> = HashMap::new();
    for Sheet { name, top } in sheets {
        let top = Reading { item: top, file: name, plan: &plan };
        let taker = Taker { tx, wish, top, seen: RefCell::default() };
        let Some(customer) = taker.customer()? else { continue };
        if let Some(before) = numbers.insert(customer.id.0, name) {
            let message = format!("customer {} is in '{before}' already", customer.number);
            taker.top.refuse("customer_no", Error::conflict(message).tip("put all of a customer into one file"));
            continue;
        }
        taker.facilities(&customer)?;
        taker.objects(&customer)?;
        taker.contacts(&customer)?;
        taker.users(&customer)?;
        taker.prune(&customer)?;
        taker.close(&customer)?;
    }
    let mut plan = plan.into_inner();
    plan.problems.sort_by_key(|problem| (sheets.iter().position(|sheet| sheet.name == problem.file), problem.line));
    Ok(plan)
}

impl Taker<'_, '_> {
    /// Tells of a thing that was there already, if it is different now.
    pub(super) fn changed(&self, about: String, differences: Vec<Difference>, takes_away: bool) {
        if differences.is_empty() {
            self.top.plan.borrow_mut().unchanged += 1;
        } else {
            self.step(Step { deed: Sign::Changed, about, differences, takes_away });
        }
    }

    /// Tells of a new thing.
    pub(super) fn created(&self, about: String, differences: Vec<Difference>) {
        self.step(Step { deed: Sign::Created, about, differences, takes_away: false });
    }

    pub(super) fn step(&self, step: Step) {
        self.top.plan.borrow_mut().steps.push(step);
    }

    /// Tells of something that stays although the file does not name it.
    pub(super) fn kept(&self, about: String) {
        self.top.plan.borrow_mut().kept.push(about);
    }

    pub(super) fn warn(&self, warning: String) {
        self.top.plan.borrow_mut().warnings.push(warning);
    }

    /// Whether this table is the first of the file that is about the thing; the second is refused.
    pub(super) fn is_first(&self, reading: &Reading, key: &str, id: i64) -> bool {
        let line = reading.line(key);
        match self.seen.borrow_mut().insert((reading.item.noun, id), line) {
            None => true,
            Some(before) => {
                reading.refuse(key, Error::conflict(format!("this is the same as on line {before}")));
                false
            }
        }
    }

    /// Whether the file named the thing.
    pub(super) fn is_named(&self, noun: Noun, id: i64) -> bool {
        self.seen.borrow().contains_key(&(noun, id))
    }

    /// Whether the file speaks of such things at all; an empty list does.
    pub(super) fn speaks_of(&self, noun: Noun) -> bool {
        self.top.item.named.contains(&noun)
    }
}

/// One value that is different.
pub(super) fn difference(field: &str, old: impl Into<Value>, new: impl Into<Value>) -> Option<Difference> {
    let (old, new) = (old.into(), new.into());
    (old != new).then(|| Difference { field: field.into(), old, new })
}

/// The fields in which two cards differ; none if nothing was written.
pub(super) fn compared(changed: bool, before: &impl Serialize, after: &impl Serialize) -> Vec<Difference> {
    if changed { differences("", before, after) } else { Vec::new() }
}
