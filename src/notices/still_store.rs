//! Before a notice leaves, the rule is asked once more: who may no longer be told gets nothing of what waits for them.

use super::choices::Choice;
use super::happening::of_files;
use super::people_store::{is_there, office, people, shared, staff_member};
use super::rule::{Account, WhyNot, customer_is_told};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::ContactId;
use crate::outbox::letter::Letter;
use crate::outbox::notice::{Reader, Trace};
use crate::outbox::{Leased, Noted};

/// A notice as it may leave now.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What is left of the letter, or why its reader may be told of none of it.
    pub letter: std::result::Result<Letter, String>,
    /// Whether its reader opens what it is about.
    pub opens: bool,
    /// Whether its reader may answer it with a comment.
    pub may_comment: bool,
}

/// What of a notice its reader may still be told.
pub fn standing(tx: &Tx, mail: &Leased, noted: &Noted) -> Result<Standing> {
    match noted.reader {
        Reader::Contact { id, .. } => for_contact(tx, mail, noted, id),
        Reader::Staff(id) => {
            let person = staff_member(tx, id)?;
            let person = person.filter(|one| !one.is_disabled && one.email.as_ref() == Some(&mail.to));
            let may_comment = person.as_ref().is_some_and(|one| one.may_comment);
            let letter =
                person.map(|_| mail.letter.clone()).ok_or_else(|| "gone, disabled, or at another address".into());
            Ok(Standing { letter, opens: false, may_comment })
        }
        Reader::Office => {
            let same = office(tx)?.is_some_and(|office| office.email.as_ref() == Some(&mail.to));
            let letter = same.then(|| mail.letter.clone()).ok_or_else(|| "the company's address is another".into());
            Ok(Standing { letter, opens: false, may_comment: false })
        }
    }
}

fn for_contact(tx: &Tx, mail: &Leased, noted: &Noted, contact: ContactId) -> Result<Standing> {
    let parts = match mail.letter.letters() {
        [] => std::slice::from_ref(&mail.letter),
        several => several,
    };
    let (mut left, mut opens, mut may_comment, mut why_not) = (Vec::new(), true, true, String::new());
    for (letter, trace) in parts.iter().zip(&noted.traces) {
        let told = match may_be_told(tx, mail, contact, trace)? {
            Ok(now) => of_what_is_there(tx, letter, trace)?.map(|letter| (now, letter)),
            Err(why) => Err(why),
        };
        match told {
            Ok((now, letter)) => {
                opens &= now.opens;
                may_comment &= now.may_comment;
                left.push(letter);
            }
            Err(why) => why_not = why,
        }
    }
    let letter = match mail.letter.letters() {
        [] => left.pop().ok_or(why_not),
        _ if left.is_empty() => Err(why_not),
        _ => Ok(mail.letter.clone().with_letters(left)),
    };
    Ok(Standing { letter, opens, may_comment })
}

/// Something, or why there is none.
type Or<T> = std::result::Result<T, String>;

struct Now {
    opens: bool,
    may_comment: bool,
}

/// Whether a contact may be told of one part of a mail, or why not.
fn may_be_told(tx: &Tx, mail: &Leased, contact: ContactId, trace: &Trace) -> Result<Or<Now>> {
    let found = people(tx, trace.about, trace.event, trace.status.as_ref(), Some(contact))?;
    let Some(mut person) = found.into_iter().next().filter(|person| person.email.as_ref() == Some(&mail.to)) else {
        return Ok(Err("gone, or at another address".into()));
    };
    person.is_own = trace.is_own;
    if person.choice == Choice::Daily {
        // It was to be told at once when it happened, and is told with the others of that time.
        person.choice = Choice::Now;
    }
    let opens = person.account == Account::Opens;
    let verdict = customer_is_told(&person, trace.event);
    if !verdict.is_told() {
        return Ok(Err(verdict.to_string()));
    }
    if trace.opens && !opens {
        return Ok(Err(WhyNot::CannotOpen.to_string()));
    }
    Ok(Ok(Now { opens, may_comment: opens && person.may_comment || person.account == Account::Missing }))
}

/// The letter as it names only files that are still shared, of a self-check that is still there.
fn of_what_is_there(tx: &Tx, letter: &Letter, trace: &Trace) -> Result<Or<Letter>> {
    if let Letter::Selfcheck { id, .. } = letter
        && !is_there(tx, *id)?
    {
        return Ok(Err("the self-check is gone".into()));
    }
    if trace.documents.is_empty() {
        return Ok(Ok(letter.clone()));
    }
    let found = shared(tx, &trace.documents)?;
    Ok(match letter {
        _ if found.is_empty() => Err("the files are shared no longer".into()),
        Letter::Document { person, on, by, opens, .. } if found.len() < trace.documents.len() => {
            let about = found.iter().find_map(|(_, text)| text.as_ref());
            Ok(Letter::Document {
                person: person.clone(),
                on: on.clone(),
                by: by.clone(),
                text: of_files(found.iter().map(|(name, _)| name.as_str()), about)?,
                opens: *opens,
            })
        }
        letter => Ok(letter.clone()),
    })
}
