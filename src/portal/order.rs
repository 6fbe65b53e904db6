//! Page: one order, and what is said on it.

mod talk;

use maud::Markup;

use self::talk::{Said, conversations, writing};
use super::documents::{self, drafts};
use super::exchange::Reply;
use super::frame::{frame, when, zone_at};
use super::visit::{Submission, Visit};
use super::{orders as orders_page, parts, reply, views};
use crate::access::{Need, Permission};
use crate::clock::Moment;
use crate::db::{Reached, WriteTx};
use crate::documents::{On, Purpose};
use crate::error::{Error, Result};
use crate::ids::CommentId;
use crate::links;
use crate::notices::Tell;
use crate::orders::{self, Order};
use crate::portal::ui::When;
use crate::portal::ui::form::ONCE;
use crate::portal::ui::layout::Frame;
use crate::text::{Line, Number, Prose};
use crate::words::dates;
use crate::words::portal;
use views::order::{ANSWER, ANSWERS, Change, FILES, OrderPage, TEXT};

/// One order, with what has happened and what was said.
pub fn show(visit: &Visit) -> Result<Reply> {
    let notice = (visit.query.get("after") == "comment").then(|| portal::of(visit.lang).comment.said.to_owned());
    let said = Said { answers: visit.query.get(ANSWER), ..Said::default() };
    Ok(reply::page(page(visit, &Frame { notice, ..frame(visit) }, &said)?))
}

/// Says something on an order, with files.
pub fn comment(submission: &Submission) -> Result<Reply> {
    let number = number_of(submission)?;
    let actor = &submission.signed().actor;
    actor.require(Need::see(Permission::CommentWrite))?;
    if documents::came(submission, FILES) {
        actor.require(Need::see(Permission::DocumentUpload))?;
    }
    let answers = submission.field(ANSWERS);
    let text = talk::text(submission.field(TEXT), submission.lang);
    let mut problems = documents::problems(submission, FILES)?;
    let text = match text {
        Ok(text) if problems.is_empty() => text,
        text => {
            problems.splice(..0, text.err());
            let said = Said {
                answers,
                text: submission.field(TEXT),
                files_came: documents::came(submission, FILES),
                problems,
            };
            return Ok(reply::with_status(422, page(submission, &frame(submission), &said)?));
        }
    };
    let files = documents::kept(submission, FILES)?;
    let id = submission.write(|tx| {
        let order = orders::named(tx, &number)?;
        tx.once(submission.field(ONCE), || {
            let comment = say(tx, &order, &text, answers)?;
            if !files.is_empty() {
                let (rules, drafts) = (&submission.site.config.uploads, drafts(&files, Purpose::Update, None));
                // The mail about the comment tells of it.
                crate::documents::add(tx, rules, On::Comment(&order, &comment), &drafts, Tell::Nobody)?;
            }
            Ok(comment.id.0)
        })
    })?;
    let order = links::with_query(&links::order(submission.slug(), &number), &[("after", "comment")]);
    reply::see_other(&format!("{order}#{}", talk::anchor(CommentId(id))))
}

fn say(tx: &WriteTx, order: &Reached<Order>, text: &Prose, answers: &str) -> Result<Reached<orders::Comment>> {
    let missing = || Error::not_found("comment", crate::text::shown(answers));
    let answered = match answers {
        "" => None,
        id => Some(orders::comment_in(tx, order, CommentId(id.parse().map_err(|_| missing())?))?),
    };
    orders::comment(tx, order, text, answered.as_ref())
}

fn number_of(visit: &Visit) -> Result<Number> {
    Number::parse(visit.value(0)?).map_err(|_| Error::not_found("order", "?"))
}

fn page(visit: &Visit, frame: &Frame, said: &Said) -> Result<Markup> {
    let number = number_of(visit)?;
    let (order, history, (comments, files), parts, may_comment) = visit.read(|tx| {
        let order = orders::named(tx, &number)?;
        let history = orders::history(tx, &order)?;
        let comments = orders::comments(tx, &order)?;
        let parts = parts::of_order(visit, tx, &order, frame)?;
        let files = talk::files(visit, tx, &order)?;
        Ok((order, history, (comments, files), parts, orders::may_comment(tx)))
    })?;
    let (zone, lang) = (zone_at(visit, order.facility_zone.as_ref()), visit.lang);
    let planned = order.card.planned_from.map(|from| {
        let until = |to: Moment| match from.within(&zone.rules()).date() == to.within(&zone.rules()).date() {
            // "09:00 – 13:00": the day is said once.
            true => When { text: dates::time(to, zone, lang), ..when(to, zone, lang) },
            false => when(to, zone, lang),
        };
        (when(from, zone, lang), order.card.planned_to.map(until))
    });
    let site: Vec<_> =
        [&order.card.site_contact, &order.card.site_phone].into_iter().flatten().map(Line::as_str).collect();
    let data = OrderPage {
        orders: links::orders(visit.slug()),
        number: order.number.to_string(),
        title: order.card.title.to_string(),
        kind: order.card.kind,
        stage: order.stage,
        status: order.status.to_string(),
        reason: history.last().and_then(|step| step.reason.as_ref()).map(ToString::to_string),
        priority: Some(order.priority.to_string()),
        urgent: order.emergency,
        overdue: order.overdue,
        description: order.card.description.as_ref().map(ToString::to_string),
        facility: orders_page::facility(visit, &order),
        object: orders_page::object(visit, &order),
        contact: order.contact.as_ref().map(|contact| contact.name.to_string()),
        technicians: order.technicians.iter().map(|technician| technician.name.to_string()).collect(),
        received: when(order.created_at, zone, lang),
        planned,
        due: order.due_at.map(|due| when(due, zone, lang)),
        site: (!site.is_empty()).then(|| site.join(", ")),
        reference: order.card.reference.as_ref().map(ToString::to_string),
        history: history
            .iter()
            .map(|step| Change {
                stage: step.stage,
                status: step.status.to_string(),
                when: when(step.at, zone, lang),
                by: Some(step.author.to_string()),
                reason: step.reason.as_ref().map(ToString::to_string),
            })
            .collect(),
        parts,
        comments: conversations(visit, &order, &comments, &files, may_comment),
        write: may_comment.then(|| writing(visit, &order, &comments, said)).transpose()?,
    };
    Ok(views::order::show(frame, &data))
}
