//! Self-checks are begun, signed, taken up again and deleted here.

use super::{FILL, MANAGE, On, Point, Selfcheck, SelfcheckState, SelfcheckTemplate, StepKind, find, points};
use crate::db::{Change, Entry, Reached, Tx, Value, WriteTx, Writer};
use crate::db::{author, named};
use crate::error::{Error, Result};
use crate::ids::SelfcheckId;
use crate::notices::{self, Doer, Happening, Tell};
use crate::outbox::letter::{SelfcheckFacts, SelfcheckNews};
use crate::outbox::notice::About;
use crate::text::{Line, Prose};

const INSERT: Change = Change::new(concat!(
    "
    INSERT INTO selfchecks (group_id, customer_id, order_id, object_id, template, title, created_at, author)
    VALUES (:group, :customer, :order, :object, :template, :title, :now, ",
    author!(),
    ")",
));

const INSERT_POINT: Change = Change::new(
    "
    INSERT INTO selfcheck_points (group_id, customer_id, selfcheck_id, position, text, kind, unit, required)
    VALUES (:group, :customer, :selfcheck, :position, :text, :kind, :unit, :required)",
);

const STEP: Change = Change::new(concat!(
    "
    INSERT INTO selfcheck_steps (group_id, customer_id, selfcheck_id, step, reason, at, author)
    VALUES (:group, :customer, :selfcheck, :step, :reason, :now, ",
    author!(),
    ")",
));

const SIGN: Change = Change::new(concat!(
    "
    UPDATE selfchecks
       SET state = 'signed', signed_at = :now, signed_by = ",
    author!(),
    "
     WHERE group_id = :group AND id = :id",
));

const REOPEN: Change = Change::new(
    "
    UPDATE selfchecks
       SET state = 'open', signed_at = NULL, signed_by = NULL
     WHERE group_id = :group AND id = :id",
);

const DELETE: Change = Change::new("DELETE FROM selfchecks WHERE group_id = :group AND id = :id");

/// Begins a self-check on an order or a machine, with a copy of the template's points. Without a title it is called as
/// the template is. Those at the customer who hear of self-checks are told that there is one to fill in.
pub fn begin(
    tx: &WriteTx,
    template: &Reached<SelfcheckTemplate>,
    on: On,
    title: Option<&Line>,
    tell: Tell,
) -> Result<Reached<Selfcheck>> {
    let title = title.unwrap_or(&template.card.title);
    let (customer, order, object) = match on {
        On::Order(order) => (order.customer_id, Some(order.id), None),
        On::Object(object) => (object.customer_id, None, Some(object.id)),
    };
    let id = tx.change(MANAGE, |w| {
        let id = SelfcheckId(w.insert(
            &INSERT,
            named! {
                ":customer": customer, ":order": order, ":object": object, ":template": template.name, ":title": title,
            },
        )?);
        for (position, point) in (1_i64..).zip(&template.card.points) {
            let values = named! {
                ":customer": customer, ":selfcheck": id, ":position": position, ":text": point.text, ":kind": point.kind,
                ":unit": point.unit, ":required": point.required,
            };
            w.run(&INSERT_POINT, values)?;
        }
        step(w, (&customer, &id), StepKind::Begun, None)?;
        let made = find(tx, id)?;
        tell_of(tx, w, &made, SelfcheckNews::Added, None, &[], tell)?;
        Ok((id, Entry::on(&made, "selfcheck.begun").after(&*made)))
    })?;
    find(tx, id)
}

/// The points that must be answered before anybody can sign.
pub fn missing(tx: &Tx, check: &Reached<Selfcheck>) -> Result<Vec<Reached<Point>>> {
    Ok(points(tx, check)?.into_iter().filter(|point| point.is_missing()).collect())
}

/// Signs a self-check; from then on nothing in it can be changed. A customer's signature reaches the technicians.
pub fn sign(tx: &WriteTx, check: &Reached<Selfcheck>, tell: Tell) -> Result<Reached<Selfcheck>> {
    still_open(check)?;
    let missing = missing(tx, check)?;
    if !missing.is_empty() {
        let named: Vec<_> = missing.iter().map(|point| format!("{} ({})", point.position, point.card.text)).collect();
        let what = if missing.len() == 1 { "a point that must be" } else { "points that must be" };
        let message = format!("self-check {} has {what} answered first: {}", check.id, named.join(", "));
        let first = missing.first().map_or(1, |point| point.position);
        return Err(Error::conflict(message)
            .tip(format!("answer them, such as: frontdesk selfcheck answer {} {first} na", check.id)));
    }
    tx.change(FILL, |w| {
        w.run(&SIGN, named! { ":id": check.id })?;
        step(w, (&check.customer_id, &check.id), StepKind::Signed, None)?;
        let signed = find(tx, check.id)?;
        let failed = points(tx, check)?.iter().filter_map(|point| failure(point)).collect::<Vec<_>>();
        tell_of(tx, w, check, SelfcheckNews::Signed, None, &failed, tell)?;
        Ok((signed.clone(), Entry::on(check, "selfcheck.signed").before(&check.state).after(&*signed)))
    })
}

/// Takes a signed self-check up again, and says why. That it was signed stays in its steps.
pub fn reopen(tx: &WriteTx, check: &Reached<Selfcheck>, reason: &Prose, tell: Tell) -> Result<bool> {
    if check.state == SelfcheckState::Open {
        return Ok(false);
    }
    tx.change(MANAGE, |w| {
        w.run(&REOPEN, named! { ":id": check.id })?;
        step(w, (&check.customer_id, &check.id), StepKind::Reopened, Some(reason))?;
        tell_of(tx, w, check, SelfcheckNews::Reopened, Some(reason), &[], tell)?;
        let before = (&check.state, &check.signed_by, &check.signed_at);
        Ok((true, Entry::on(check, "selfcheck.reopened").before(&before).after(reason)))
    })
}

/// Deletes a self-check with its answers and its files; the audit stays.
pub fn delete(tx: &WriteTx, check: &Reached<Selfcheck>) -> Result<()> {
    tx.change(MANAGE, |w| {
        let answers = points(tx, check)?;
        let answers: Vec<_> = answers.iter().map(|point| &**point).collect();
        w.run(&DELETE, named! { ":id": check.id })?;
        Ok(((), Entry::on(check, "selfcheck.deleted").before(&(&**check, answers))))
    })
}

/// Fails if a self-check is signed: what somebody signed stays as they saw it.
pub fn still_open(check: &Selfcheck) -> Result<()> {
    match (&check.signed_by, &check.signed_at) {
        (Some(by), Some(at)) => Err(Error::conflict(format!("self-check {} was signed by {by} at {at}", check.id))
            .tip(format!("take it up again with: frontdesk selfcheck reopen {} --reason TEXT", check.id))),
        _ => Ok(()),
    }
}

fn step(w: &Writer, (customer, id): (&dyn Value, &dyn Value), step: StepKind, reason: Option<&Prose>) -> Result<()> {
    let values: &[(&'static str, &dyn Value)] =
        &[(":customer", customer), (":selfcheck", id), (":step", &step), (":reason", &reason)];
    w.run(&STEP, values).map(drop)
}

/// Tells of what became of a self-check.
fn tell_of(
    tx: &Tx,
    w: &Writer,
    check: &Selfcheck,
    news: SelfcheckNews,
    reason: Option<&Prose>,
    failed: &[String],
    tell: Tell,
) -> Result<()> {
    let about = match (check.order_id, check.object_id) {
        (Some(order), _) => About::Order(order),
        (None, Some(object)) => About::Object(object),
        (None, None) => About::Customer(check.customer_id),
    };
    let happening = Happening::Selfcheck { id: check.id, facts: facts(check, failed), news, reason: reason.cloned() };
    match tell {
        Tell::Everybody => notices::tell(tx, w, about, &happening, Doer::Actor),
        Tell::Nobody => Ok(()),
    }
}

/// What is wrong at a point, for the letter.
fn failure(point: &Point) -> Option<String> {
    let note = point.said.note.as_ref().filter(|_| point.said.answer == Some(super::Verdict::Fail))?;
    Some(format!("{}. {}: {note}", point.position, point.card.text))
}

fn facts(check: &Selfcheck, failed: &[String]) -> SelfcheckFacts {
    let line = |number: &crate::text::Number| {
        let about = check.about.as_ref().map_or("", Line::as_str);
        Line::parse(&format!("{number} {about}").chars().take(200).collect::<String>()).ok()
    };
    SelfcheckFacts {
        title: check.title.clone(),
        customer: check.customer.clone(),
        order: check.order_no.clone(),
        about: check.order_no.as_ref().and(check.about.clone()),
        object: check.object_no.as_ref().and_then(line),
        facility: check.facility.clone(),
        points: check.points,
        failed: u32::try_from(failed.len()).unwrap_or(u32::MAX),
        text: Prose::parse(&failed.join("\n").chars().take(10_000).collect::<String>()).ok(),
    }
}
