//! A status that an import gave an order is taken back: the order is as it was, and its history does not tell of it.

use super::Order;
use super::status_store::CHANGE;
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Change, Entry, Reached, WriteTx};
use crate::error::Result;
use crate::statuses::Status;

const RESTORE: Change = Change::new(
    "
    UPDATE orders
       SET status_id = :status, stage = :stage, closed_at = :closed_at, changed_at = :now
     WHERE group_id = :group AND id = :id",
);

const FORGET: Change = Change::new(
    "
    DELETE FROM order_history
     WHERE group_id = :group
       AND id = (SELECT max(id) FROM order_history WHERE group_id = :group AND order_id = :order)",
);

/// Gives an order the status it had before its last one, and the moment it was closed then.
pub fn take_back_status(
    tx: &WriteTx,
    order: &Reached<Order>,
    status: &Reached<Status>,
    closed_at: Option<Moment>,
) -> Result<()> {
    tx.change(CHANGE, |w| {
        let values = named! {
            ":id": order.id, ":status": status.id, ":stage": status.stage, ":closed_at": closed_at,
        };
        w.run(&RESTORE, values)?;
        w.run(&FORGET, named! { ":order": order.id })?;
        let entry = Entry::on(order, "order.status").before(&(&order.status, order.closed_at));
        Ok(((), entry.after(&(&status.name, None::<()>))))
    })
}
