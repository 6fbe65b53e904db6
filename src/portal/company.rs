//! Pages: the customer itself with its people, and what it corrects of itself.

use std::str::FromStr;

use super::address::{Postal, call, write};
use super::exchange::Reply;
use super::frame::frame;
use super::ui::form::{Problem, Target};
use super::ui::layout::Frame;
use super::ui::list::SEARCH;
use super::visit::{Submission, Visit};
use super::{paging, parts, reply, views};
use crate::access::Permission;
use crate::contacts::{self, Colleague};
use crate::customers::{self, Reachable};
use crate::error::{Error, Result};
use crate::links;
use crate::text::Line;
use crate::words;
use views::company::{CompanyPage, EditPage, FIELDS, Facts, People, Person};

/// The customer, its people, and how oneself is reached.
pub fn show(visit: &Visit) -> Result<Reply> {
    let (slug, signed) = (visit.slug(), visit.signed());
    let (sees_company, sees_people) = (visit.may(Permission::CompanyView), visit.may(Permission::ColleagueView));
    if !sees_company && !sees_people {
        return Err(Error::denied("neither the company nor its people may be seen"));
    }
    let (path, words, frame) = (links::company(slug), paging::words(visit), frame(visit));
    let data = visit.read(|tx| {
        let mut parts = Vec::new();
        let facts = match sees_company {
            false => None,
            true => {
                let customer = customers::find(tx, signed.access.customer_id)?;
                parts = parts::of_customer(visit, tx, &customer, &frame)?;
                let card = &customer.card;
                Some(Facts {
                    number: customer.number.to_string(),
                    org_no: card.org_no.as_ref().map(ToString::to_string),
                    email: card.email.as_ref().map(write),
                    phone: card.phone.as_ref().map(call),
                    address: Postal::of_customer(card).lines(),
                    edit: visit.may(Permission::CompanyEdit).then(|| links::company_edit(slug)),
                })
            }
        };
        let people = match sees_people {
            false => None,
            true => {
                let wanted = (!words.is_empty()).then_some(words.as_str());
                let page = contacts::colleagues(tx, wanted, paging::number(visit))?;
                Some(People {
                    search: paging::search(path.clone(), &words, wanted.is_some(), page.total),
                    rows: page.rows.iter().map(|one| person(one)).collect(),
                    pager: paging::pager(visit, &page, &path, &[(SEARCH, &words)]),
                })
            }
        };
        let own = match sees_people {
            true => None,
            false => Some(own(&*contacts::own(tx)?)),
        };
        Ok(CompanyPage { name: signed.access.customer.to_string(), facts, own, people, parts })
    })?;
    let notice = (visit.query.get("after") == "edit").then(|| words::portal::of(visit.lang).company.saved.to_owned());
    Ok(reply::page(views::company::show(&Frame { notice, ..frame }, &data)))
}

fn person(one: &Colleague) -> Person {
    Person {
        name: one.name.to_string(),
        title: one.title.as_ref().map(ToString::to_string),
        phone: one.phone.as_ref().map(call),
        email: one.email.as_ref().map(write),
        has_account: one.has_account,
        own: one.is_own,
    }
}

fn own(contact: &contacts::Contact) -> Person {
    Person {
        name: contact.card.name.to_string(),
        title: contact.card.title.as_ref().map(ToString::to_string),
        phone: contact.card.phone.as_ref().map(call),
        email: contact.card.email.as_ref().map(write),
        has_account: true,
        own: true,
    }
}

/// The form that corrects the customer's facts.
pub fn edit(visit: &Visit) -> Result<Reply> {
    may_edit(visit)?;
    let known = visit.read(|tx| customers::find(tx, visit.signed().access.customer_id))?;
    let now = Reachable::of(&known.card);
    let text = |line: Option<Line>| line.map(String::from).unwrap_or_default();
    let values = vec![
        now.email.map(String::from).unwrap_or_default(),
        text(now.phone),
        text(now.address),
        text(now.address2),
        text(now.postal_code),
        text(now.city),
        text(now.region),
        text(now.country),
    ];
    Ok(reply::page(views::company::edit(&frame(visit), &form(visit, values, Vec::new()))))
}

/// Corrects the customer's facts, or shows the form again with everything that was typed.
pub fn correct(submission: &Submission) -> Result<Reply> {
    may_edit(submission)?;
    let said = words::portal::of(submission.lang);
    let mut problems = Vec::new();
    let now = Reachable {
        email: typed(submission, "email", said.common.email_odd, &mut problems),
        phone: typed(submission, "phone", said.company.line_odd, &mut problems),
        address: typed(submission, "address", said.company.line_odd, &mut problems),
        address2: typed(submission, "address2", said.company.line_odd, &mut problems),
        postal_code: typed(submission, "postal_code", said.company.line_odd, &mut problems),
        city: typed(submission, "city", said.company.line_odd, &mut problems),
        region: typed(submission, "region", said.company.line_odd, &mut problems),
        country: typed::<Line>(submission, "country", said.company.line_odd, &mut problems),
    };
    if !problems.is_empty() {
        let values = FIELDS.iter().map(|(name, _)| submission.field(name).to_owned()).collect();
        let page = views::company::edit(&frame(submission), &form(submission, values, problems));
        return Ok(reply::with_status(422, page));
    }
    submission.write(|tx| {
        let customer = customers::find(tx, submission.signed().access.customer_id)?;
        customers::correct(tx, &customer, &now)
    })?;
    reply::see_other(&links::with_query(&links::company(submission.slug()), &[("after", "edit")]))
}

/// What was typed into a field that may stay empty; what cannot be taken becomes a problem.
fn typed<T: FromStr<Err = Error>>(
    submission: &Submission,
    name: &'static str,
    odd: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let text = submission.field(name).trim();
    if text.is_empty() {
        return None;
    }
    text.parse().map_err(|_| problems.push(Problem::new(name, odd))).ok()
}

/// The form shows what is known, so both permissions are needed.
fn may_edit(visit: &Visit) -> Result<()> {
    match visit.may(Permission::CompanyView) && visit.may(Permission::CompanyEdit) {
        true => Ok(()),
        false => Err(Error::denied("the company's facts may not be corrected")),
    }
}

fn form(visit: &Visit, values: Vec<String>, problems: Vec<Problem>) -> EditPage {
    EditPage {
        form: Target { action: links::company_edit(visit.slug()), token: visit.token() },
        company: links::company(visit.slug()),
        values,
        problems,
    }
}
