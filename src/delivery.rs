//! Delivery: what is due is leased, rendered, handed to the sender, and settled; nothing is lost, and nothing waits behind
//! a mail that cannot leave.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::access::{Actor, Machine};
use crate::clock::Moment;
use crate::config::{Config, Transport};
use crate::db::{Db, WriteTx};
use crate::error::{Kind, Result};
use crate::ids::{GroupId, LetterId};
use crate::links;
use crate::notices;
use crate::outbox::action::action;
use crate::outbox::letter::LetterLinks;
use crate::outbox::message::{self, Heads, Message};
use crate::outbox::notice::Reader;
use crate::outbox::sender::{Outcome, Sender};
use crate::outbox::{Fate, Leased, Next, flows, lease, next, render, set_aside, settle, stopped};
use crate::reply::{self, Person};
use crate::text::Email;

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
    /// Why no mail can leave at present; a mail of which that was found counts as tried again later, if it was counted.
    pub paused: Option<String>,
}

/// Carries what is due, of one group or of all, until nothing is due, no mail can leave, or `go_on` says no.
///
/// `go_on` is asked before each mail. It is given a moment when no group may try another mail before it, and then waits
/// until then or says no.
pub fn carry(
    db: &Db,
    sender: &Sender,
    config: &Config,
    group: Option<GroupId>,
    mut go_on: impl FnMut(Option<Moment>) -> bool,
) -> Result<Round> {
    let mailer = |group| Actor::Machine { role: Machine::Mailer, group };
    let most = most(config);
    let mut round = Round::default();
    while round.paused.is_none() && go_on(None) {
        let (id, of) = match db.read(&mailer(None), |tx| next(tx, group, most))? {
            Next::Mail(id, of) => (id, of),
            Next::NotBefore(moment) if go_on(Some(moment)) => continue,
            Next::NotBefore(_) | Next::Nothing => break,
        };
        let actor = mailer(Some(of));
        // The lease outlives the longest attempt, so that no second mailer takes the same mail meanwhile.
        let seconds = i64::try_from(config.mail.timeout_seconds).unwrap_or(60) * 3 + 60;
        let parcel = match db.write(&actor, |tx| take_out(tx, id, seconds, most, config)) {
            Ok(Some(parcel)) => parcel,
            Ok(None) => continue,
            // What is kept of the mail cannot be read, and would stand in the way of all others for ever.
            Err(error) if error.kind() == Kind::Data => {
                let cause = error.cause().map(ToString::to_string).unwrap_or_default();
                let why = format!("the mail cannot be read: {cause}");
                round.dead += usize::from(db.write(&actor, |tx| set_aside(tx, id, &why))?);
                continue;
            }
            Err(error) => return Err(error),
        };
        let made = attempt(&parcel, sender, config, db.now());
        db.write(&actor, |tx| {
            settle(tx, &parcel.mail, &made.fate, &made.answer)?;
            match made.way {
                Way::Closed => stopped(tx, &made.answer),
                Way::Open => flows(tx),
                Way::Untried => Ok(()),
            }
        })?;
        match made.fate {
            Fate::Sent => round.sent += 1,
            Fate::Again(_) => round.later += 1,
            Fate::Dead => round.dead += 1,
            Fate::Unheard(_) | Fate::Withdrawn => {}
        }
        if made.way == Way::Closed {
            round.paused = Some(made.answer);
        }
    }
    sender.hang_up();
    Ok(round)
}

/// How many mails a group may try in a minute; only a mail server can be overrun.
fn most(config: &Config) -> i64 {
    match config.mail.transport {
        Transport::Smtp => config.mail.max_per_minute.max(1).into(),
        Transport::File | Transport::Off => i64::MAX,
    }
}

/// A mail that was taken out, with what is decided about it when it leaves.
struct Parcel {
    mail: Leased,
    /// Why nothing of a notice is left that its reader may be told.
    withdrawn: Option<String>,
    /// Whether its button leads its reader anywhere.
    opens: bool,
    /// The token of the page on which its reader chooses what they are told.
    off: Option<String>,
    /// Where an answer becomes a comment of its reader.
    reply_to: Option<Email>,
}

/// Takes a mail out for an attempt, and asks once more what of a notice its reader may be told.
fn take_out(tx: &WriteTx, id: LetterId, seconds: i64, most: i64, config: &Config) -> Result<Option<Parcel>> {
    let Some(mut mail) = lease(tx, id, seconds, most)? else { return Ok(None) };
    let Some(noted) = mail.noted.clone() else {
        return Ok(Some(Parcel { mail, withdrawn: None, opens: true, off: None, reply_to: None }));
    };
    let standing = notices::standing(tx, &mail, &noted)?;
    let off = match noted.reader {
        Reader::Contact { id, .. } => Some(notices::token(tx.key(), mail.group, id, &mail.to)),
        Reader::Staff(_) | Reader::Office => None,
    };
    let person = match noted.reader {
        Reader::Contact { id, .. } => Some(Person::Contact(id)),
        Reader::Staff(id) => Some(Person::Staff(id)),
        Reader::Office => None,
    };
    let answers = config.mail.reply_address.as_ref().zip(person).zip(noted.order()).filter(|_| standing.may_comment);
    let reply_to =
        answers.map(|((base, person), order)| reply::address(tx.key(), base, mail.group, person, order)).transpose()?;
    let withdrawn = match standing.letter {
        Ok(letter) => {
            mail.letter = letter;
            None
        }
        Err(why) => Some(why),
    };
    Ok(Some(Parcel { mail, withdrawn, opens: standing.opens, off, reply_to }))
}

/// What an attempt tells of the way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The mail server was heard: the next mail can go.
    Open,
    /// No mail can leave.
    Closed,
    /// This mail never came to the door.
    Untried,
}

/// What became of one attempt, and why.
struct Made {
    fate: Fate,
    answer: String,
    way: Way,
}

/// One attempt: whether the letter is still worth sending, its message, and what the sender made of it.
fn attempt(parcel: &Parcel, sender: &Sender, config: &Config, now: Moment) -> Made {
    let mail = &parcel.mail;
    let over = |answer: String| Made { fate: Fate::Dead, answer, way: Way::Untried };
    if let Some(why) = &parcel.withdrawn {
        let answer = format!("its reader may not be told any more: {why}");
        return Made { fate: Fate::Withdrawn, answer, way: Way::Untried };
    }
    if mail.letter.expires().is_some_and(|end| end <= now) {
        return over("the link ran out before the mail could be delivered".into());
    }
    if mail.letter.ticket().is_some() && mail.token.is_none() {
        return over("the link was used, replaced or withdrawn before the mail could be delivered".into());
    }
    // A mail that cannot even be put together would fail each time: it is set aside, and the next one goes out.
    let message = match catch_unwind(AssertUnwindSafe(|| written(parcel, config))) {
        Ok(Ok(message)) => message,
        Ok(Err(error)) => return over(format!("the message cannot be made: {error}")),
        Err(_) => return over("the message cannot be made: something went wrong inside frontdesk".into()),
    };
    let (fate, answer, way) = match sender.send(&message) {
        Outcome::Sent { answer } => (Fate::Sent, answer, Way::Open),
        Outcome::Never { why } => (Fate::Dead, why, Way::Open),
        Outcome::Paused { why } => (Fate::Unheard(now.plus(PAUSE)), why, Way::Closed),
        Outcome::Later { why, heard } => {
            let way = if heard { Way::Open } else { Way::Closed };
            match next_attempt(mail, now, config.mail.give_up_hours) {
                Some(at) => (Fate::Again(at), why, way),
                None => (Fate::Dead, format!("given up after {} attempts: {why}", mail.attempts), way),
            }
        }
    };
    Made { fate, answer, way }
}

/// The message of a letter: the same bytes in every attempt.
fn written(parcel: &Parcel, config: &Config) -> Result<Message> {
    let (mail, base_url) = (&parcel.mail, &config.portal.base_url);
    let action = match parcel.opens {
        true => action(&mail.letter, &mail.brand.slug, mail.token.as_deref(), base_url),
        false => String::new(),
    };
    let off = parcel.off.as_ref().map(|token| format!("{base_url}{}", links::notices(&mail.brand.slug, token)));
    let links = LetterLinks { action, off, replies: parcel.reply_to.is_some() };
    let rendered = render::render(&mail.letter, &mail.brand, mail.lang, &links);
    let thread = mail.letter.order().map(|order| message::thread_id(&mail.brand, order.number.as_str(), base_url));
    message::compose(
        &Heads {
            brand: &mail.brand,
            from: config.mail.from.as_ref(),
            base_url,
            to: &mail.to,
            message_id: &message::message_id(&mail.mark, base_url),
            reply_to: parcel.reply_to.as_ref(),
            thread: thread.as_deref(),
            date: mail.queued_at,
            off: links.off.as_deref(),
        },
        &rendered,
    )
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
    use crate::outbox::letter::{Brand, Letter, LetterKind};
    use crate::text::{Colour, Lang, Line, Slug, Zone};

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
            noted: None,
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
