//! What is said on an order: both sides write it, and both read it.

use super::{Comment, Order};
use crate::access::{Machine, Need, Permission, Right};
use crate::contacts::Contact;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Tx, WriteTx};
use crate::db::{author, named};
use crate::error::{Error, Kind, Result};
use crate::ids::CommentId;
use crate::notices::{self, Doer, Happening};
use crate::orders::store::SEE;
use crate::outbox::notice::About;
use crate::text::Prose;

/// Who says something on an order.
const SAY: Need = Need::either(Permission::CommentWrite, Right::Orders);

const COMMENTS: Below<Order> = Below::new(
    SEE,
    "
    SELECT k.id, k.answers_id, k.side, k.author, k.access_id, k.text, k.at
      FROM comments k
     WHERE k.group_id = :group
       AND k.order_id = :parent
       AND (:id IS NULL OR k.id = :id)
     ORDER BY k.id",
);

const INSERT: Change = Change::new(concat!(
    "
    INSERT INTO comments (group_id, order_id, answers_id, side, author, access_id, text, at)
    VALUES (:group, :order, :answers, :side, ",
    author!(),
    ", CASE WHEN :actor > 0 THEN :actor END, :text, :now)",
));

const INSERT_OF: Change = Change::new(
    "
    INSERT INTO comments (group_id, order_id, side, author, text, at)
    VALUES (:group, :order, 'customer', :author, :text, :now)",
);

/// What was said on an order, the first word first.
pub fn comments(tx: &Tx, order: &Reached<Order>) -> Result<Vec<Reached<Comment>>> {
    tx.below(order, &COMMENTS, named! { ":id": None::<CommentId> }, comment_row)
}

/// The comment of an order in this row.
pub fn comment_in(tx: &Tx, order: &Reached<Order>, id: CommentId) -> Result<Reached<Comment>> {
    let found = tx.below(order, &COMMENTS, named! { ":id": id }, comment_row)?.pop();
    found.ok_or_else(|| Error::new(Kind::NotFound, format!("order {} has no comment {id}", order.number)))
}

/// Whether the actor may say something on orders.
pub fn may_comment(tx: &Tx) -> bool {
    tx.may(SAY)
}

/// Says something on an order, closed or not, perhaps as an answer. The status stays as it is; a customer's words reach
/// the technicians by mail, and those of others the person at the customer it is assigned to.
pub fn comment(
    tx: &WriteTx,
    order: &Reached<Order>,
    text: &Prose,
    answers: Option<&Reached<Comment>>,
) -> Result<Reached<Comment>> {
    tx.change(SAY, |w| {
        let values = named! {
            ":order": order.id, ":answers": answers.map(|comment| comment.id), ":side": tx.actor().side(),
            ":text": text,
        };
        let comment = comment_in(tx, order, CommentId(w.insert(&INSERT, values)?))?;
        let happening = Happening::Commented { by: comment.author.clone(), text: text.clone() };
        notices::tell(tx, w, About::Order(order.id), &happening, Doer::Actor)?;
        Ok((comment, Entry::on(order, "order.commented").after(text)))
    })
}

/// Writes down what a contact without an account said on an order, by mail. Others hear of it as of any comment.
pub fn comment_of(
    tx: &WriteTx,
    contact: &Reached<Contact>,
    order: &Reached<Order>,
    text: &Prose,
) -> Result<Reached<Comment>> {
    tx.change(Need::machine(Machine::Postman), |w| {
        let author = &contact.card.name;
        let id = w.insert(&INSERT_OF, named! { ":order": order.id, ":author": author, ":text": text })?;
        let comment = comment_in(tx, order, CommentId(id))?;
        let happening = Happening::Commented { by: author.clone(), text: text.clone() };
        notices::tell(tx, w, About::Order(order.id), &happening, Doer::Contact(contact.id))?;
        let after = serde_json::json!({ "by": author, "text": text });
        Ok((comment, Entry::on(order, "order.commented").after(&after)))
    })
}

fn comment_row(row: &Row) -> RowResult<Comment> {
    Ok(Comment {
        id: row.get(0)?,
        answers: row.get(1)?,
        side: row.get(2)?,
        author: row.get(3)?,
        access: row.get(4)?,
        text: row.get(5)?,
        at: row.get(6)?,
    })
}
