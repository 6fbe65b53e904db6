//! Who hears of something: the rule asked about everybody there is, on both sides.

use super::people_store::{office, people, technicians};
use super::rule::{Colleague, Person, Verdict, WhyNot, customer_is_told, office_is_told, technician_is_told};
use crate::access::Side;
use crate::db::Tx;
use crate::error::Result;
use crate::event::Event;
use crate::ids::ContactId;
use crate::outbox::notice::About;
use crate::text::Line;

/// Who did something, as far as it matters to who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// Whoever the transaction runs for.
    Actor,
    /// A person at the customer who has no account, by mail.
    Contact(ContactId),
    /// Somebody on that side: it is only asked who would be told.
    Anybody(Side),
}

impl Doer {
    /// On which side they are.
    pub fn side(self, tx: &Tx) -> Side {
        match self {
            Self::Actor => tx.actor().side(),
            Self::Contact(_) => Side::Customer,
            Self::Anybody(side) => side,
        }
    }
}

/// Everybody at the customer whose it is, and whether they are told. `status` is the name of the status that an order got.
pub fn at_customer(
    tx: &Tx,
    about: About,
    event: Event,
    status: Option<&Line>,
    doer: Doer,
) -> Result<Vec<(Person, Verdict)>> {
    let mut all = people(tx, about, event, status, None)?;
    for person in &mut all {
        person.is_own = match doer {
            Doer::Actor => person.is_own,
            Doer::Contact(id) => person.contact == id,
            Doer::Anybody(_) => false,
        };
    }
    Ok(all
        .into_iter()
        .map(|person| {
            let verdict = customer_is_told(&person, event);
            (person, verdict)
        })
        .collect())
}

/// Everybody at the company who does the work or stands in for them, and whether they are told: of what customers do
/// there is word, of what their own people do there is none.
pub fn at_company(tx: &Tx, about: About, event: Event, doer: Doer) -> Result<Vec<(Colleague, Verdict)>> {
    let hears = doer.side(tx) == Side::Customer && company_hears(event);
    let found = match about {
        About::Order(order) => technicians(tx, order)?,
        About::Object(_) | About::Facility(_) | About::Customer(_) => Vec::new(),
    };
    let verdict = |asked: Verdict| if hears { asked } else { Verdict::Not(WhyNot::StaffAct) };
    let verdicts: Vec<_> = found.iter().map(technician_is_told).collect();
    let office = office(tx)?.map(|office| {
        let asked = verdict(office_is_told(&office, &verdicts));
        (office, asked)
    });
    Ok(found.into_iter().zip(verdicts.into_iter().map(verdict)).chain(office).collect())
}

/// Whether it is something that a customer does and the company should know.
fn company_hears(event: Event) -> bool {
    matches!(event, Event::OrderCreated | Event::Comment | Event::Document | Event::Selfcheck)
}
