//! An order's way through the statuses, with the reasons its customer reads.

use serde::Serialize;

use super::Order;
use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Tx, WriteTx, Writer};
use crate::db::{author, named};
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::notices::{self, Doer, Happening, Tell};
use crate::orders::store::SEE;
use crate::outbox::notice::About;
use crate::stage::Stage;
use crate::statuses::{self, Status};
use crate::text::{Line, Prose};

/// Who moves orders.
pub(super) const CHANGE: Need = Need::right(Right::Orders);

const HISTORY: Below<Order> = Below::new(
    SEE,
    "
    SELECT h.status, h.stage, h.reason, h.author, h.at
      FROM order_history h
     WHERE h.group_id = :group
       AND h.order_id = :parent
     ORDER BY h.id",
);

const SET_STATUS: Change = Change::new(
    "
    UPDATE orders
       SET status_id = :status, stage = :stage, changed_at = :now,
           closed_at = CASE WHEN :stage IN ('done', 'cancelled') THEN coalesce(closed_at, :now) END
     WHERE group_id = :group AND id = :id",
);

const REMEMBER: Change = Change::new(concat!(
    "
    INSERT INTO order_history (group_id, order_id, status, stage, reason, author, at)
    VALUES (:group, :order, :status, :stage, :reason, ",
    author!(),
    ", coalesce(:at, :now))",
));

/// A status that an order has had.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Its name at that time.
    pub status: Line,
    /// What it meant to customers.
    pub stage: Stage,
    /// What the company said about it.
    pub reason: Option<Prose>,
    /// Who put the order there.
    pub author: Line,
    /// When.
    pub at: Moment,
}

/// The statuses an order has had, the first one first.
pub fn history(tx: &Tx, order: &Reached<Order>) -> Result<Vec<Reached<Step>>> {
    tx.below(order, &HISTORY, named! {}, step)
}

/// Gives an order a status, with a reason that its customer reads; `false` if it had that status and there is nothing
/// to say.
pub fn set_status(
    tx: &WriteTx,
    order: &Reached<Order>,
    status: &Reached<Status>,
    reason: Option<&Prose>,
    tell: Tell,
) -> Result<bool> {
    if order.status_id == status.id && reason.is_none() {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        w.run(&SET_STATUS, named! { ":id": order.id, ":status": status.id, ":stage": status.stage })?;
        remember(w, order.id, status, reason, None)?;
        if tell == Tell::Everybody {
            let happening = Happening::Status {
                from: order.status.clone(),
                to: status.name.clone(),
                stage: status.stage,
                reason: reason.cloned(),
            };
            notices::tell(tx, w, About::Order(order.id), &happening, Doer::Actor)?;
        }
        Ok((
            true,
            Entry::on(order, "order.status").before(&(&order.status, order.closed_at)).after(&(&status.name, reason)),
        ))
    })
}

/// Cancels an order: gives it the first status of the group that means so. `false` if it was cancelled already.
pub fn cancel(tx: &WriteTx, order: &Reached<Order>, reason: Option<&Prose>, tell: Tell) -> Result<bool> {
    match order.stage {
        Stage::Cancelled => return Ok(false),
        Stage::Done => {
            return Err(Error::conflict(format!("order {} is done and cannot be cancelled", order.number))
                .tip(format!("take it up again first: frontdesk order reopen {}", order.number)));
        }
        _ => {}
    }
    let found = statuses::list(tx)?.into_iter().find(|status| status.stage == Stage::Cancelled);
    let status = found.ok_or_else(|| {
        Error::conflict("this group has no status that means cancelled")
            .tip("make one with: frontdesk group status add NAME --stage cancelled")
    })?;
    set_status(tx, order, &status, reason, tell)
}

/// Takes a closed order up again, in a status that was chosen or else in the group's default; `false` if it is open.
pub fn reopen(
    tx: &WriteTx,
    order: &Reached<Order>,
    status: Option<&Reached<Status>>,
    reason: Option<&Prose>,
    tell: Tell,
) -> Result<bool> {
    if !order.stage.is_closed() {
        return Ok(false);
    }
    match status {
        Some(status) if status.stage.is_closed() => {
            Err(Error::conflict(format!("an order in status '{}' is not open", status.name)).at("status"))
        }
        Some(status) => set_status(tx, order, status, reason, tell),
        None => set_status(tx, order, &statuses::default_of(tx)?, reason, tell),
    }
}

/// Writes a step into an order's history.
pub(super) fn remember(
    w: &Writer,
    order: OrderId,
    status: &Status,
    reason: Option<&Prose>,
    at: Option<Moment>,
) -> Result<()> {
    let values = named! {
        ":order": order, ":status": status.name, ":stage": status.stage, ":reason": reason, ":at": at,
    };
    w.run(&REMEMBER, values).map(|_| ())
}

fn step(row: &Row) -> RowResult<Step> {
    Ok(Step { status: row.get(0)?, stage: row.get(1)?, reason: row.get(2)?, author: row.get(3)?, at: row.get(4)? })
}
