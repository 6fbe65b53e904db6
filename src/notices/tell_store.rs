//! Telling: the letters of everybody who should hear of something are queued with the change that they tell of.

use jiff::ToSpan;
use jiff::civil::Date;

use super::audience_store::{Doer, at_company, at_customer};
use super::happening::Happening;
use super::people_store::by;
use super::rule::{Account, Colleague, Person, Verdict, Why};
use super::topic_store::topic;
use crate::clock::Moment;
use crate::db::{Open, Tx, Writer, named};
use crate::error::{Error, Result};
use crate::outbox::letter::{Letter, OrderFacts, SelfcheckNews, Topic};
use crate::outbox::notice::{About, Bundle, Notice, Reader, Trace};
use crate::outbox::{Post, queue_notice};
use crate::text::{Email, Lang, Line, Zone};

/// The hour of the day at which the day's mail leaves, by the clocks of the company.
const DAILY_HOUR: i8 = 7;

const ZONE: Open =
    Open::new("the day's mail leaves by the clocks of the company", "SELECT g.zone FROM groups g WHERE g.id = :group");

/// Tells everybody who should hear of it, within the change that it tells of.
pub fn tell(tx: &Tx, w: &Writer, about: About, happening: &Happening, doer: Doer) -> Result<()> {
    let event = happening.event();
    let news = News { about, topic: topic(tx, about)?, happening, doer };
    for (person, verdict) in at_customer(tx, about, event, happening.status(), doer)? {
        if let Verdict::Told { why, daily } = verdict {
            news.to_customer(tx, w, &person, &why, daily)?;
        }
    }
    for (colleague, verdict) in at_company(tx, about, event, doer)? {
        if verdict.is_told() {
            news.to_company(tx, w, &colleague)?;
        }
    }
    Ok(())
}

/// Something that is told.
struct News<'a> {
    about: About,
    topic: Topic,
    happening: &'a Happening,
    doer: Doer,
}

impl News<'_> {
    fn to_customer(&self, tx: &Tx, w: &Writer, person: &Person, why: &Why, daily: bool) -> Result<()> {
        let (Some(email), Some(letter)) = (&person.email, self.letter(tx, person, *why == Why::Receipt)?) else {
            return Ok(());
        };
        let bundle = match (daily, why) {
            (true, _) => self.next_daily(tx)?,
            (false, Why::Receipt) => Bundle::Alone,
            (false, _) => self.together(),
        };
        let notice = Notice {
            reader: Reader::Contact { customer: person.customer, id: person.contact },
            person: person.name.clone(),
            post: self.post(letter, email.clone(), person.lang),
            trace: Trace { opens: person.account == Account::Opens, ..self.trace(*why == Why::Receipt) },
            bundle,
        };
        queue_notice(tx, w, &Notice { post: Post { user: person.user, ..notice.post }, ..notice }).map(drop)
    }

    fn to_company(&self, tx: &Tx, w: &Writer, colleague: &Colleague) -> Result<()> {
        let (Some(email), Some(letter)) = (&colleague.email, self.letter_to_company(tx, colleague)?) else {
            return Ok(());
        };
        // What cannot wait does not wait for more.
        let urgent = matches!(
            (&self.topic, self.happening),
            (Topic::Order(OrderFacts { emergency: true, .. }), Happening::Created { .. })
        );
        let notice = Notice {
            reader: colleague.staff.map_or(Reader::Office, Reader::Staff),
            person: colleague.name.clone(),
            post: self.post(letter, email.clone(), colleague.lang),
            trace: self.trace(false),
            bundle: if urgent { Bundle::Alone } else { self.together() },
        };
        queue_notice(tx, w, &notice).map(drop)
    }

    /// What happens to an order is gathered; all else leaves alone.
    fn together(&self) -> Bundle {
        match (self.about, &self.topic) {
            (About::Order(id), Topic::Order(facts)) => Bundle::Order { id, facts: Box::new(facts.clone()) },
            _ => Bundle::Alone,
        }
    }

    /// The next mail of the day.
    fn next_daily(&self, tx: &Tx) -> Result<Bundle> {
        let zone = tx.open(&ZONE, named! {}, |row| row.get::<_, Zone>(0))?.pop().unwrap_or_default();
        let (day, at) = daily_after(tx.now(), &zone)?;
        let customer = match &self.topic {
            Topic::Order(order) => &order.customer,
            Topic::Object(object) => &object.customer,
            Topic::Facility { customer, .. } => customer,
            Topic::Customer { name } => name,
        };
        Ok(Bundle::Daily { at, day, customer: customer.clone() })
    }

    fn trace(&self, is_own: bool) -> Trace {
        Trace {
            event: self.happening.event(),
            status: self.happening.status().cloned(),
            about: self.about,
            documents: self.happening.documents().to_vec(),
            is_own,
            opens: false,
        }
    }

    fn post(&self, letter: Letter, to: Email, lang: Lang) -> Post {
        let order = match self.about {
            About::Order(order) => Some(order),
            About::Object(_) | About::Facility(_) | About::Customer(_) => None,
        };
        Post { letter, to, lang, user: None, order }
    }

    /// What a person at the customer is told.
    fn letter(&self, tx: &Tx, person: &Person, is_own: bool) -> Result<Option<Letter>> {
        let (name, opens) = (person.name.clone(), person.account == Account::Opens);
        let order = match &self.topic {
            Topic::Order(order) => Some(order.clone()),
            Topic::Object(_) | Topic::Facility { .. } | Topic::Customer { .. } => None,
        };
        Ok(match (self.happening, order) {
            (Happening::Created { .. }, Some(order)) => {
                Some(Letter::OrderReceived { person: name, order, is_own, opens })
            }
            (Happening::Status { from, to, stage, reason }, Some(order)) => Some(Letter::OrderStatus {
                person: name,
                order,
                from: (from != to).then(|| from.clone()),
                to: to.clone(),
                stage: *stage,
                reason: reason.clone(),
            }),
            (Happening::Planned, Some(order)) => Some(Letter::OrderPlanned { person: name, order }),
            (Happening::Commented { by, text }, Some(order)) => {
                Some(Letter::OrderComment { person: name, order, by: by.clone(), text: text.clone() })
            }
            (Happening::Documented { text, .. }, _) => Some(Letter::Document {
                person: name,
                on: self.topic.clone(),
                by: self.by(tx)?,
                text: text.clone(),
                opens,
            }),
            (Happening::Selfcheck { id, facts, news, reason }, _) => Some(Letter::Selfcheck {
                person: name,
                id: *id,
                selfcheck: facts.clone(),
                news: *news,
                by: self.by(tx)?,
                reason: reason.clone(),
                opens,
            }),
            (Happening::ServiceDue { service, due, overdue }, _) => match &self.topic {
                Topic::Object(object) => Some(Letter::ServiceDue {
                    person: name,
                    object: object.clone(),
                    service: service.clone(),
                    due: *due,
                    overdue: *overdue,
                    opens,
                }),
                Topic::Order(_) | Topic::Facility { .. } | Topic::Customer { .. } => None,
            },
            (
                Happening::Created { .. } | Happening::Status { .. } | Happening::Planned | Happening::Commented { .. },
                None,
            ) => None,
        })
    }

    /// What the company is told that a customer did.
    fn letter_to_company(&self, tx: &Tx, colleague: &Colleague) -> Result<Option<Letter>> {
        let (person, by) = (colleague.name.clone(), self.by(tx)?);
        Ok(match (self.happening, &self.topic) {
            (Happening::Selfcheck { facts, news: SelfcheckNews::Signed, .. }, _) => {
                Some(Letter::SelfcheckToStaff { person, selfcheck: facts.clone(), by })
            }
            (happening, Topic::Order(order)) => happening.news().map(|news| Letter::OrderToStaff {
                person,
                order: order.clone(),
                news,
                by,
                text: happening.text(),
            }),
            (Happening::Documented { text, .. }, on) => {
                Some(Letter::DocumentToStaff { person, on: on.clone(), by, text: text.clone() })
            }
            _ => None,
        })
    }

    /// Who did it, as both sides call them.
    fn by(&self, tx: &Tx) -> Result<Line> {
        match (self.happening, self.doer) {
            (Happening::Commented { by, .. }, _) => Ok(by.clone()),
            (_, Doer::Contact(id)) => by(tx, Some(id)),
            (_, Doer::Actor | Doer::Anybody(_)) => by(tx, None),
        }
    }
}

/// The day on which the next mail of the day leaves after a moment, and when.
fn daily_after(now: Moment, zone: &Zone) -> Result<(Date, Moment)> {
    let rules = zone.rules();
    let here = now.within(&rules);
    let day = if here.hour() < DAILY_HOUR { here.date() } else { here.date().saturating_add(1.day()) };
    let at = day.at(DAILY_HOUR, 0, 0, 0).to_zoned(rules).map_err(Error::internal)?;
    Ok((day, Moment::from_unix(at.timestamp().as_second())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mail_of_the_day_leaves_at_seven_by_the_clocks_of_the_company() {
        let zone = Zone::parse("Europe/Stockholm").expect("a zone");
        for (now, then) in [
            ("2026-11-22T05:59:59Z", "2026-11-22T06:00:00Z"),
            ("2026-11-22T06:00:00Z", "2026-11-23T06:00:00Z"),
            // The night in which the clocks go forward.
            ("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z"),
        ] {
            let (_, at) = daily_after(now.parse().expect("a time"), &zone).expect("a time");
            assert_eq!(at.to_string(), then, "{now}");
        }
    }
}
