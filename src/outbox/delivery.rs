//! Delivery: what is due is leased, rendered, handed to the sender, and settled; nothing is lost, and nothing waits behind
//! a mail that cannot leave.

use super::letter::{Letter, LetterLinks, Topic};
use super::message::{self, Heads};
use super::sender::{Outcome, Sender};
use super::{Fate, Leased, due, lease, render, settle};
use crate::access::{Actor, Machine};
use crate::clock::Moment;
use crate::config::Config;
use crate::db::Db;
use crate::error::Result;
use crate::ids::GroupId;
use crate::links;

/// Minutes to wait after the first, second, … failed attempt; the last one holds for all that follow.
const WAITS: &[i64] = &[1, 2, 5, 15, 30, 60];

/// Seconds for which everything waits when no mail can leave.
pub const PAUSE: i64 = 60;

/// What one round of delivery did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// Mails that left.
    pub sent: usize,
    /// Mails that are tried again later.
    pub later: usize,
    /// Mails given up or refused for good.
    pub dead: usize,
    /// Why no mail can leave at present.
    pub paused: Option<String>,
}

/// Carries what is due, of one group or of all, until nothing is due, no mail can leave, or `go_on` says no.
///
/// `go_on` is asked before each mail; it may wait there, so that a mail server is not overrun.
pub fn carry(
    db: &Db,
    sender: &Sender,
    config: &Config,
    group: Option<GroupId>,
    mut go_on: impl FnMut() -> bool,
) -> Result<Round> {
    let mailer = |group| Actor::Machine { role: Machine::Mailer, group };
    let mut round = Round::default();
    while round.paused.is_none() && go_on() {
        let Some((id, of)) = db.read(&mailer(None), |tx| due(tx, group))? else { break };
        let actor = mailer(Some(of));
        // The lease outlives the longest attempt, so that no second mailer takes the same mail meanwhile.
        let seconds = i64::try_from(config.mail.timeout_seconds).unwrap_or(60) * 3 + 60;
        let Some(mail) = db.write(&actor, |tx| lease(tx, id, seconds))? else { continue };
        let (fate, answer) = attempt(&mail, sender, config, db.now());
        db.write(&actor, |tx| settle(tx, &mail, &fate, &answer))?;
        match fate {
            Fate::Sent => round.sent += 1,
            Fate::Again(_) => round.later += 1,
            Fate::Dead => round.dead += 1,
            Fate::Unheard(_) => round.paused = Some(answer),
        }
    }
    sender.hang_up();
    Ok(round)
}

/// One attempt: whether the letter is still worth sending, its message, and what the sender made of it.
fn attempt(mail: &Leased, sender: &Sender, config: &Config, now: Moment) -> (Fate, String) {
    if mail.letter.expires().is_some_and(|end| end <= now) {
        return (Fate::Dead, "the link ran out before the mail could be delivered".into());
    }
    if mail.letter.ticket().is_some() && mail.token.is_none() {
        return (Fate::Dead, "the link was used, replaced or withdrawn before the mail could be delivered".into());
    }
    let base_url = &config.portal.base_url;
    let action = action(mail, base_url);
    let rendered =
        render::render(&mail.letter, &mail.brand, mail.lang, &LetterLinks { action, ..LetterLinks::default() });
    let thread = mail.letter.order().map(|order| message::thread_id(&mail.brand, order.number.as_str(), base_url));
    let composed = message::compose(
        &Heads {
            brand: &mail.brand,
            from: config.mail.from.as_ref(),
            base_url,
            to: &mail.to,
            message_id: &message::message_id(&mail.mark, base_url),
            reply_to: None,
            thread: thread.as_deref(),
            date: mail.queued_at,
            off: None,
        },
        &rendered,
    );
    match composed.map(|message| sender.send(&message)) {
        Ok(Outcome::Sent { answer }) => (Fate::Sent, answer),
        Ok(Outcome::Never { why }) => (Fate::Dead, why),
        Ok(Outcome::Paused { why }) => (Fate::Unheard(now.plus(PAUSE)), why),
        Ok(Outcome::Later { why }) => match next_attempt(mail, now, config.mail.give_up_hours) {
            Some(at) => (Fate::Again(at), why),
            None => (Fate::Dead, format!("given up after {} attempts: {why}", mail.attempts)),
        },
        // A mail that cannot even be put together would fail each time: it is set aside, and the next one goes out.
        Err(error) => (Fate::Dead, format!("the message cannot be made: {error}")),
    }
}

/// Where the button of a letter leads; empty where there is none.
fn action(mail: &Leased, base_url: &str) -> String {
    let slug = &mail.brand.slug;
    if !mail.letter.opens() {
        return String::new();
    }
    let path = match (&mail.letter, &mail.token) {
        (Letter::Invite { .. }, Some(token)) => links::invite(slug, token),
        (Letter::Reset { .. }, Some(token)) => links::reset(slug, token),
        (Letter::Invite { .. } | Letter::Reset { .. }, None) => return String::new(),
        (Letter::Locked { .. }, _) => links::forgot(slug),
        (
            Letter::PasswordChanged { .. }
            | Letter::AddressChanged { .. }
            | Letter::AccessChanged { .. }
            | Letter::Test {},
            _,
        ) => links::home(slug),
        (
            Letter::OrderReceived { order, .. }
            | Letter::OrderPlanned { order, .. }
            | Letter::OrderStatus { order, .. }
            | Letter::OrderComment { order, .. }
            | Letter::OrderNews { order, .. }
            | Letter::Document { on: Topic::Order(order), .. },
            _,
        ) => links::order(slug, &order.number),
        (Letter::Document { on: Topic::Object(object), .. } | Letter::ServiceDue { object, .. }, _) => {
            links::object(slug, &object.number)
        }
        (Letter::Document { on: Topic::Facility { number, .. }, .. }, _) => links::facility(slug, number),
        (Letter::Document { on: Topic::Customer { .. }, .. }, _) => links::documents(slug),
        (Letter::Selfcheck { id, .. }, _) => links::selfcheck(slug, *id),
        (Letter::Digest { .. }, _) => links::orders(slug),
        (Letter::OrderToStaff { .. } | Letter::SelfcheckToStaff { .. } | Letter::Doubtful { .. }, _) => {
            return String::new();
        }
    };
    format!("{base_url}{path}")
}

/// When to try again, a little earlier or later for each mail so that they do not all come at once; nothing when it has
/// been tried for long enough.
fn next_attempt(mail: &Leased, now: Moment, give_up_hours: u32) -> Option<Moment> {
    let step = usize::try_from(mail.attempts.max(1) - 1).unwrap_or(0).min(WAITS.len() - 1);
    let wait = WAITS[step] * 60;
    let spread = wait / 5;
    let next = now.plus(wait - spread + (mail.id.0 * 7919) % (2 * spread + 1));
    (next.unix() - mail.queued_at.unix() <= i64::from(give_up_hours) * 3600).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::LetterId;
    use crate::outbox::letter::{Brand, LetterKind};
    use crate::text::{Colour, Email, Lang, Line, Slug, Zone};

    fn leased(attempts: i64) -> Leased {
        let now = Moment::from_unix(1_795_334_520);
        Leased {
            id: LetterId(3),
            group: GroupId(1),
            mark: "m".into(),
            letter: Letter::example(LetterKind::Test, now).expect("a letter"),
            to: Email::parse("eva@brf.example").expect("an address"),
            lang: Lang::En,
            attempts,
            queued_at: now,
            brand: Brand {
                name: Line::parse("Nordkyl AB").expect("a name"),
                slug: Slug::parse("nordkyl").expect("a slug"),
                colour: Colour::parse("#0a5c3a").expect("a colour"),
                phone: None,
                reply_to: None,
                lang: Lang::En,
                zone: Zone::default(),
            },
            token: None,
        }
    }

    #[test]
    fn attempts_come_ever_later_and_end() {
        let mut waits = Vec::new();
        for attempts in 1..=8 {
            let mail = leased(attempts);
            waits.push(next_attempt(&mail, mail.queued_at, 48).expect("again").unix() - mail.queued_at.unix());
        }
        assert!(waits[..6].windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
        assert!(
            waits
                .iter()
                .zip([1, 2, 5, 15, 30, 60, 60, 60])
                .all(|(wait, minutes)| (wait - minutes * 60).abs() <= minutes * 12)
        );
        let mail = leased(60);
        assert_eq!(next_attempt(&mail, mail.queued_at.plus(48 * 3600), 48), None);
    }
}
