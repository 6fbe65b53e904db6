//! A letter of each kind with the example company's facts, as `mail preview` shows it.

use jiff::civil::Date;

use super::{
    AccountAct, AccountDeed, AskedBy, Letter, LetterKind, News, ObjectFacts, OrderFacts, Places, SelfcheckFacts,
    SelfcheckNews, Topic,
};
use crate::access::Permission;
use crate::clock::Moment;
use crate::error::Result;
use crate::ids::{SelfcheckId, TicketId};
use crate::stage::Stage;
use crate::text::{Email, Line, Number, Prose, Zone};

impl Letter {
    /// A letter of a kind with the example company's facts, as `mail preview` shows it.
    pub fn example(kind: LetterKind, now: Moment) -> Result<Self> {
        let person = line("Eva Lind")?;
        let customer = line("Brf Fröjden")?;
        Ok(match kind {
            LetterKind::Invite => Self::Invite {
                person,
                customer,
                ticket: TicketId(1),
                expires: now.plus(7 * 86_400),
                invited_by: Some(line("Rita Berg")?),
            },
            LetterKind::Reset => {
                Self::Reset { person, ticket: TicketId(1), expires: now.plus(2 * 3_600), by: AskedBy::Themselves }
            }
            LetterKind::PasswordChanged => {
                Self::PasswordChanged { person, at: now, client: Some(line("203.0.113.7")?) }
            }
            LetterKind::AddressChanged => Self::AddressChanged {
                person,
                at: now,
                old: Email::parse("eva@frojden.example")?,
                new: Email::parse("eva.lind@frojden.example")?,
                to_new: false,
            },
            LetterKind::Locked => Self::Locked { person, at: now, until: now.plus(15 * 60) },
            LetterKind::AccessChanged => Self::AccessChanged {
                person,
                customer,
                permissions: vec![Permission::OrderView, Permission::CommentWrite, Permission::DocumentView],
                scope: Places { everywhere: false, facilities: vec![line("Hus A")?, line("Hus B")?], unattached: true },
                until: Some(day(now, 30)),
            },
            LetterKind::OrderReceived => Self::OrderReceived { person, order: order(now)?, is_own: true, opens: true },
            LetterKind::OrderPlanned => Self::OrderPlanned { person, order: order(now)? },
            LetterKind::OrderStatus => status(
                now,
                "Booked",
                Stage::Planned,
                Some("Our technician brings the gasket. Please leave the machine room open."),
            )?,
            LetterKind::OrderWaiting => {
                status(now, "Waiting for customer", Stage::Waiting, Some("Who has the key to the machine room?"))?
            }
            LetterKind::OrderDone => {
                status(now, "Done", Stage::Done, Some("The shaft seal is new. No oil after two hours of running."))?
            }
            LetterKind::OrderComment => comment(now)?,
            LetterKind::Document => Self::Document {
                person,
                on: Topic::Order(order(now)?),
                by: line("Ola Berg")?,
                text: Prose::parse("leak-report.pdf\ncompressor-2.jpg\nThe report of today's leak search.")?,
                opens: true,
            },
            LetterKind::Selfcheck => Self::Selfcheck {
                person,
                id: SelfcheckId(1),
                selfcheck: SelfcheckFacts { failed: 0, text: None, ..selfcheck()? },
                news: SelfcheckNews::Added,
                by: line("Ola Berg")?,
                reason: None,
                opens: true,
            },
            LetterKind::ServiceDue => Self::ServiceDue {
                person,
                object: object()?,
                service: line("Annual service")?,
                due: day(now, 14),
                overdue: false,
                opens: true,
            },
            LetterKind::OrderNews => Self::bundle(
                person,
                order(now)?,
                vec![Self::example(LetterKind::OrderStatus, now)?, Self::example(LetterKind::OrderComment, now)?],
            ),
            LetterKind::Digest => {
                let kinds = [
                    LetterKind::OrderStatus,
                    LetterKind::ServiceDue,
                    LetterKind::OrderComment,
                    LetterKind::Selfcheck,
                    LetterKind::Document,
                ];
                let letters = kinds.into_iter().map(|kind| Self::example(kind, now)).collect::<Result<_>>()?;
                Self::Digest { person, customer, day: day(now, 0), letters }
            }
            LetterKind::OrderToStaff => staff(
                now,
                News::Placed,
                "Oil under compressor 2 since this morning.\nThe alarm is off, the pressure falls.",
            )?,
            LetterKind::CommentToStaff => {
                staff(now, News::Commented, "It drips more than yesterday.\nThe key is with the caretaker.")?
            }
            LetterKind::SelfcheckToStaff => {
                Self::SelfcheckToStaff { person: line("Ola Berg")?, selfcheck: selfcheck()?, by: person }
            }
            LetterKind::DocumentToStaff => Self::DocumentToStaff {
                person: line("Nordkyl AB")?,
                on: Topic::Facility { number: Number::parse("hus-b")?, name: line("Hus B")?, customer },
                by: person,
                text: Prose::parse("floor-plan.pdf\n\nThe machine room is on the second page.")?,
            },
            LetterKind::Doubtful => Self::Doubtful {
                sender: line("eva.private@mail.example")?,
                subject: line("Re: Order NK-FRO-0142 planned")?,
                reason: line("the sender is not the person to whom this reply address was given")?,
                text: Some(Prose::parse("Thursday at nine suits me.")?),
                order: Some(Number::parse("NK-FRO-0142")?),
                kept: line("20261122-080200-7f3a.eml")?,
            },
            LetterKind::Accounts => Self::Accounts {
                person: line("Anna Nord")?,
                day: day(now, 0),
                acts: vec![
                    act(now.plus(-7_200), AccountDeed::Created, None, &[])?,
                    act(now.plus(-7_200), AccountDeed::AccessChanged, Some("1042"), &["order.view", "all-facilities"])?,
                    act(now.plus(-3_600), AccountDeed::InvitationPrinted, None, &[])?,
                ],
                more: 0,
            },
            LetterKind::Test => Self::Test {},
        })
    }
}

fn act(at: Moment, deed: AccountDeed, customer: Option<&str>, given: &[&str]) -> Result<AccountAct> {
    Ok(AccountAct {
        at,
        by: line("Rita Berg")?,
        deed,
        on: line("eva@frojden.example")?,
        customer: customer.map(line).transpose()?,
        given: given.iter().map(|one| line(one)).collect::<Result<_>>()?,
        taken: Vec::new(),
        via: line("socket")?,
    })
}

fn line(text: &str) -> Result<Line> {
    Line::parse(text)
}

fn day(now: Moment, days: i64) -> Date {
    now.plus(days * 86_400).within(&Zone::default().rules()).date()
}

/// Eight o'clock, some days later.
fn morning(now: Moment, days: i64) -> Moment {
    Moment::from_unix(now.unix() - now.unix().rem_euclid(86_400) + days * 86_400 + 8 * 3_600)
}

fn order(now: Moment) -> Result<OrderFacts> {
    Ok(OrderFacts {
        number: Number::parse("NK-FRO-0142")?,
        title: line("Compressor 2 leaks oil")?,
        customer: line("Brf Fröjden")?,
        facility: Some(line("Hus B")?),
        object: Some(line("KYL-02 Compressor 2")?),
        planned: Some(morning(now, 2)),
        priority: Some(line("Emergency")?),
        emergency: true,
        reference: Some(line("Board 12/2026")?),
        site_contact: Some(line("Nils, caretaker")?),
        site_phone: Some(line("+46 70 555 12 34")?),
    })
}

fn object() -> Result<ObjectFacts> {
    Ok(ObjectFacts {
        number: Number::parse("KYL-02")?,
        name: line("Compressor 2")?,
        facility: Some(line("Hus B")?),
        customer: line("Brf Fröjden")?,
    })
}

fn selfcheck() -> Result<SelfcheckFacts> {
    Ok(SelfcheckFacts {
        title: line("Weekly round")?,
        customer: line("Brf Fröjden")?,
        order: None,
        about: None,
        object: Some(line("KYL-02 Compressor 2")?),
        facility: Some(line("Hus B")?),
        points: 12,
        failed: 1,
        text: Some(Prose::parse("4. Door gasket is whole: torn at the lower hinge")?),
    })
}

fn status(now: Moment, to: &str, stage: Stage, reason: Option<&str>) -> Result<Letter> {
    Ok(Letter::OrderStatus {
        person: line("Eva Lind")?,
        order: order(now)?,
        from: Some(line("Planning")?),
        to: line(to)?,
        stage,
        reason: reason.map(Prose::parse).transpose()?,
    })
}

fn comment(now: Moment) -> Result<Letter> {
    Ok(Letter::OrderComment {
        person: line("Eva Lind")?,
        order: order(now)?,
        by: line("Ola Berg")?,
        text: Prose::parse("The gasket has arrived.\nDoes Thursday at nine suit you?")?,
    })
}

fn staff(now: Moment, news: News, text: &str) -> Result<Letter> {
    Ok(Letter::OrderToStaff {
        person: line("Ola Berg")?,
        order: order(now)?,
        news,
        by: line("Eva Lind")?,
        text: Some(Prose::parse(text)?),
    })
}
