//! Page: one order.

use std::collections::HashMap;

use super::exchange::Reply;
use super::frame::{frame, when};
use super::visit::Visit;
use super::{documents, reply, views};
use crate::clock::Moment;
use crate::db::Reached;
use crate::documents::On;
use crate::error::{Error, Result};
use crate::links;
use crate::orders;
use crate::portal::ui::{Named, When};
use crate::selfchecks;
use crate::text::Number;
use crate::words::dates;
use views::order::{Change, Comment, OrderPage, Side};

/// One order, with what has happened and what was said.
pub fn show(visit: &Visit) -> Result<Reply> {
    let number = Number::parse(visit.value(0)?).map_err(|_| Error::not_found("order", "?"))?;
    let (zone, lang) = (&visit.dress.group.card.zone, visit.lang);
    let (order, history, comments, checks, documents) = visit.read(|tx| {
        let order = orders::named(tx, &number)?;
        let history = orders::history(tx, &order)?;
        let comments = orders::comments(tx, &order)?;
        let checks = super::selfchecks::part(visit, tx, selfchecks::On::Order(&order))?;
        let documents = documents::part(visit, tx, On::Order(&order))?;
        Ok((order, history, comments, checks, documents))
    })?;
    let planned = order.card.planned_from.map(|from| {
        let until = |to: Moment| match from.within(&zone.rules()).date() == to.within(&zone.rules()).date() {
            // "09:00 – 13:00": the day is said once.
            true => When { text: dates::time(to, zone, lang), ..when(to, zone, lang) },
            false => when(to, zone, lang),
        };
        (when(from, zone, lang), order.card.planned_to.map(until))
    });
    let object = order.object_no.as_ref().zip(order.object.as_ref());
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
        facility: order.facility.as_ref().map(|name| Named { text: name.to_string(), href: None }),
        object: object.map(|(number, name)| Named { text: format!("{number} {name}"), href: None }),
        contact: order.contact.as_ref().map(|contact| contact.name.to_string()),
        technicians: order.technicians.iter().map(|technician| technician.name.to_string()).collect(),
        received: when(order.created_at, zone, lang),
        planned,
        due: order.due_at.map(|due| when(due, zone, lang)),
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
        comments: conversations(visit, &comments),
        checks,
        documents,
    };
    Ok(reply::page(views::order::show(&frame(visit), &data)))
}

/// The comments that answer none, the oldest first, each with everything that was said in answer to it or to an answer:
/// a conversation reads better as a list than as a staircase.
fn conversations(visit: &Visit, all: &[Reached<orders::Comment>]) -> Vec<Comment> {
    let zone = &visit.dress.group.card.zone;
    let own = visit.signed().access.name.as_str();
    let mut begun: Vec<Comment> = Vec::new();
    // Where the conversation of each comment is. An answer is always younger than what it answers.
    let mut place = HashMap::new();
    for comment in all {
        let shown = Comment {
            anchor: format!("comment-{}", comment.id),
            author: comment.author.to_string(),
            side: match comment.side {
                orders::Side::Staff => Side::Company,
                orders::Side::Customer if comment.author.as_str() == own => Side::Own,
                orders::Side::Customer => Side::Customer,
            },
            when: when(comment.at, zone, visit.lang),
            text: comment.text.to_string(),
            answers: Vec::new(),
        };
        match comment.answers.and_then(|answered| place.get(&answered).copied()) {
            Some(at) => {
                place.insert(comment.id, at);
                if let Some(conversation) = begun.get_mut::<usize>(at) {
                    conversation.answers.push(shown);
                }
            }
            None => {
                place.insert(comment.id, begun.len());
                begun.push(shown);
            }
        }
    }
    begun
}
