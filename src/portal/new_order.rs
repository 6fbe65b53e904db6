//! Pages: ordering something, and what is said once it is sent.

mod offer;
mod typed;
mod wish;

use std::cell::RefCell;

use self::offer::Offer;
use self::typed::Typed;
use super::exchange::Reply;
use super::frame::frame;
use super::visit::{Submission, Visit};
use super::{documents, reply, views};
use crate::access::{Need, Permission};
use crate::documents::FILES;
use crate::error::{Error, Kind, Result};
use crate::ids::OrderId;
use crate::links;
use crate::orders;
use crate::portal::ui::form::{ONCE, Problem, Target};
use crate::secret;
use crate::text::Number;
use views::documents::Rules;
use views::new_order::{OrderForm, Sent};

/// The form for an order.
pub fn show(visit: &Visit) -> Result<Reply> {
    let typed = Typed::of(|name| visit.query.get(name));
    Ok(reply::page(form_page(visit, &typed, Vec::new(), false)?))
}

/// Takes an order, with its files.
pub fn send(submission: &Submission) -> Result<Reply> {
    let typed = Typed::of(|name| submission.field(name));
    let lang = submission.lang;
    let came = documents::came(submission, FILES);
    let again = |problems| Ok(reply::with_status(422, form_page(submission, &typed, problems, came)?));
    let files = match came {
        false => Vec::new(),
        // Nothing is kept of a form that is shown again.
        true => {
            submission.signed().actor.require(Need::see(Permission::DocumentUpload))?;
            let mut problems = submission.read(|tx| wish::of(tx, &typed, lang))?.err().unwrap_or_default();
            problems.extend(documents::problems(submission, FILES)?);
            if !problems.is_empty() {
                return again(typed::in_order(problems));
            }
            documents::kept(submission, FILES)?
        }
    };
    let problems = RefCell::new(Vec::new());
    let sent = submission.write(|tx| {
        let id = tx.once(submission.field(ONCE), || {
            let made = match wish::of(tx, &typed, lang)? {
                Ok(wish) => wish::grant(tx, &wish, &files, &submission.site.config.uploads, lang)?,
                Err(found) => Err(found),
            };
            made.map(|id| id.0).map_err(|found| {
                problems.replace(found);
                Error::new(Kind::Refused, "the form is not complete")
            })
        })?;
        orders::made(tx, OrderId(id)).map(|order| order.number.clone())
    });
    match sent {
        Ok(number) => reply::see_other(&links::order_sent(submission.slug(), &number)),
        Err(error) if error.kind() == Kind::Refused => again(typed::in_order(problems.into_inner())),
        Err(error) => Err(error),
    }
}

/// What is said about an order that was sent, to whoever sent it.
pub fn sent(visit: &Visit) -> Result<Reply> {
    let number = Number::parse(visit.value(0)?).map_err(|_| Error::not_found("order", "?"))?;
    let order = visit.read(|tx| orders::receipt(tx, &number))?;
    let object = order.object_no.as_ref().zip(order.object.as_ref()).map(|(number, name)| format!("{number} {name}"));
    let place: Vec<_> = order.facility.as_ref().map(ToString::to_string).into_iter().chain(object).collect();
    let sees = visit.signed().actor.may(Need::see(Permission::OrderView));
    let data = Sent {
        number: order.number.to_string(),
        title: order.card.title.to_string(),
        place: (!place.is_empty()).then(|| place.join(" · ")),
        priority: order.priority.to_string(),
        urgent: order.emergency,
        email: order.contact.as_ref().and_then(|contact| contact.email.as_ref()).map(ToString::to_string),
        order: sees.then(|| links::order(visit.slug(), &order.number)),
        again: links::new_order(visit.slug()),
    };
    Ok(reply::page(views::new_order::sent(&frame(visit), &data)))
}

fn form_page(visit: &Visit, typed: &Typed, problems: Vec<Problem>, files_came: bool) -> Result<maud::Markup> {
    let frame = frame(visit);
    let words = frame.words();
    let slug = visit.slug();
    let offer = visit.read(Offer::of)?;
    if let Some(why) = offer.nothing() {
        return Ok(views::new_order::nothing(&frame, why));
    }
    let may = |permission| visit.signed().actor.may(Need::see(permission));
    let rules = || Rules { optional: true, again: files_came, ..documents::rules(visit) };
    let data = OrderForm {
        orders: may(Permission::OrderView).then(|| links::orders(slug)),
        form: Target { action: links::new_order(slug), token: visit.token() },
        once: secret::random_token()?,
        what: typed.what.clone(),
        facility: offer.facility(words, typed),
        object: offer.object(words, typed),
        details: typed.details.clone(),
        urgency: offer.urgency(words, typed, visit.dress.group.card.phone.as_ref()),
        files: may(Permission::DocumentUpload).then(rules),
        site_contact: typed.site_contact.clone(),
        site_phone: typed.site_phone.clone(),
        reference: typed.reference.clone(),
        problems,
    };
    Ok(views::new_order::ask(&frame, &data))
}
