//! Pages: adding documents to an order, an object, a facility or the customer itself.

use super::{came, drafts, kept, problems, rules};
use crate::access::{Need, Permission};
use crate::customers::{self, Customer};
use crate::db::{Reached, Tx};
use crate::documents::{self, On, Purpose};
use crate::error::{Error, Result};
use crate::facilities::{self, Facility};
use crate::links;
use crate::notices::Tell;
use crate::objects::{self, Object};
use crate::orders::{self, Order};
use crate::portal::exchange::Reply;
use crate::portal::frame::frame;
use crate::portal::ui::Link;
use crate::portal::ui::form::{ONCE, Problem, Target};
use crate::portal::ui::layout::Place;
use crate::portal::visit::{Submission, Visit};
use crate::portal::{reply, views};
use crate::secret;
use crate::text::{Line, Number, Slug};
use crate::words;
use views::documents::{ADDED, AddForm, AddPage, DOCUMENT, PART, PURPOSE, Rules, TEXT};

/// Who may add documents anywhere.
pub(super) const UPLOAD: Need = Need::see(Permission::DocumentUpload);

/// What documents are added to, from the address.
enum Parent {
    Order(Box<Reached<Order>>),
    Object(Reached<Object>),
    Facility(Reached<Facility>),
    Company(Reached<Customer>),
}

type Find = fn(&Visit, &Tx) -> Result<Parent>;

/// The form for documents of an order.
pub fn add_to_order(visit: &Visit) -> Result<Reply> {
    show(visit, Parent::order)
}

/// Adds documents to an order.
pub fn send_to_order(submission: &Submission) -> Result<Reply> {
    send(submission, Parent::order)
}

/// The form for documents of an object.
pub fn add_to_object(visit: &Visit) -> Result<Reply> {
    show(visit, Parent::object)
}

/// Adds documents to an object.
pub fn send_to_object(submission: &Submission) -> Result<Reply> {
    send(submission, Parent::object)
}

/// The form for documents of a facility.
pub fn add_to_facility(visit: &Visit) -> Result<Reply> {
    show(visit, Parent::facility)
}

/// Adds documents to a facility.
pub fn send_to_facility(submission: &Submission) -> Result<Reply> {
    send(submission, Parent::facility)
}

/// The form for documents of the customer itself.
pub fn add_to_company(visit: &Visit) -> Result<Reply> {
    show(visit, Parent::company)
}

/// Adds documents to the customer itself.
pub fn send_to_company(submission: &Submission) -> Result<Reply> {
    send(submission, Parent::company)
}

impl Parent {
    fn order(visit: &Visit, tx: &Tx) -> Result<Self> {
        Ok(Self::Order(Box::new(orders::named(tx, &number(visit, "order")?)?)))
    }

    fn object(visit: &Visit, tx: &Tx) -> Result<Self> {
        Ok(Self::Object(objects::named(tx, &number(visit, "object")?)?))
    }

    fn facility(visit: &Visit, tx: &Tx) -> Result<Self> {
        Ok(Self::Facility(facilities::named(tx, &number(visit, "facility")?)?))
    }

    fn company(visit: &Visit, tx: &Tx) -> Result<Self> {
        Ok(Self::Company(customers::find(tx, visit.signed().access.customer_id)?))
    }

    fn on(&self) -> On<'_> {
        match self {
            Self::Order(order) => On::Order(order),
            Self::Object(object) => On::Object(object),
            Self::Facility(facility) => On::Facility(facility),
            Self::Company(customer) => On::Customer(customer),
        }
    }

    /// What its page is called, and how adding to it is said.
    fn named(&self, visit: &Visit) -> (String, String, Place) {
        let text = &words::portal::of(visit.lang).documents;
        match self {
            Self::Order(order) => (
                format!("{} {}", order.number, order.card.title),
                (text.to_order)(order.number.as_str()),
                Place::Orders,
            ),
            Self::Object(object) => (
                format!("{} {}", object.number, object.card.name),
                (text.to_object)(&format!("{} {}", object.number, object.card.name)),
                Place::Objects,
            ),
            Self::Facility(facility) => {
                (facility.card.name.to_string(), (text.to_facility)(facility.card.name.as_str()), Place::Facilities)
            }
            Self::Company(customer) => (customer.card.name.to_string(), text.to_company.to_owned(), Place::Company),
        }
    }

    fn page(&self, visit: &Visit) -> Result<AddPage> {
        let (name, whither, place) = self.named(visit);
        let Some((href, _)) = addresses(visit.slug(), self.on()) else { return Err(Error::not_found("page", "?")) };
        let add = form(visit, self.on())?.ok_or_else(|| Error::not_found("page", "?"))?;
        Ok(AddPage { to: Link { text: name, href }, whither, place, add, problems: Vec::new() })
    }
}

fn number(visit: &Visit, noun: &str) -> Result<Number> {
    Number::parse(visit.value(0)?).map_err(|_| Error::not_found(noun, "?"))
}

/// The page of what documents lie on, and where the form that adds them is sent; nothing for what has no page.
fn addresses(slug: &Slug, on: On) -> Option<(String, String)> {
    match on {
        On::Order(order) => Some((links::order(slug, &order.number), links::order_documents(slug, &order.number))),
        On::Object(object) => {
            Some((links::object(slug, &object.number), links::object_documents(slug, &object.number)))
        }
        On::Facility(facility) => {
            Some((links::facility(slug, &facility.number), links::facility_documents(slug, &facility.number)))
        }
        On::Customer(_) => Some((links::company(slug), links::company_documents(slug))),
        On::Comment(..) | On::Contact(_) | On::Selfcheck(..) => None,
    }
}

/// The empty form that adds documents to something, if it has a page.
pub(super) fn form(visit: &Visit, on: On) -> Result<Option<AddForm>> {
    let Some((_, action)) = addresses(visit.slug(), on) else { return Ok(None) };
    Ok(Some(AddForm {
        form: Target { action, token: visit.token() },
        once: secret::random_token()?,
        rules: Rules { name: DOCUMENT.to_owned(), ..rules(visit) },
        purpose: Purpose::Reference,
        text: String::new(),
    }))
}

fn show(visit: &Visit, find: Find) -> Result<Reply> {
    visit.signed().actor.require(UPLOAD)?;
    let parent = visit.read(|tx| find(visit, tx))?;
    Ok(reply::page(views::documents::add(&frame(visit), &parent.page(visit)?)))
}

fn send(submission: &Submission, find: Find) -> Result<Reply> {
    submission.signed().actor.require(UPLOAD)?;
    let parent = submission.read(|tx| find(submission, tx))?;
    let text = &words::portal::of(submission.lang).documents;
    let typed = submission.field(TEXT);
    let purpose: Purpose = submission.field(PURPOSE).parse().unwrap_or(Purpose::Reference);
    let mut problems = problems(submission, DOCUMENT)?;
    if !came(submission, DOCUMENT) {
        problems.push(Problem::new(DOCUMENT, text.missing));
    }
    let line = match typed.trim() {
        "" => None,
        typed => Line::parse(typed).map_err(|_| problems.push(Problem::new(TEXT, text.text_long))).ok(),
    };
    let mut data = parent.page(submission)?;
    if !problems.is_empty() {
        data.add.rules.again = came(submission, DOCUMENT);
        data.add.once = submission.field(ONCE).to_owned();
        data.add.purpose = purpose;
        data.add.text = typed.to_owned();
        data.problems = problems;
        return Ok(reply::with_status(422, views::documents::add(&frame(submission), &data)));
    }
    let files = kept(submission, DOCUMENT)?;
    let drafts = drafts(&files, purpose, line.as_ref());
    submission.write(|tx| {
        tx.once(submission.field(ONCE), || {
            let parent = find(submission, tx)?;
            let rules = &submission.site.config.uploads;
            let added = documents::add(tx, rules, parent.on(), &drafts, Tell::Everybody)?;
            Ok(added.first().map_or(0, |document| document.id.0))
        })
    })?;
    let back = links::with_query(&data.to.href, &[(ADDED, &files.len().to_string())]);
    reply::see_other(&format!("{back}#{PART}"))
}
