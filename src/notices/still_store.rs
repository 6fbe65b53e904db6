//! Before a notice leaves, the rule is asked once more: who may no longer be told gets nothing of what waits for them.

use super::choices::Choice;
use super::people_store::{office, one_is_shared, people, staff_member};
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
        match may_be_told(tx, mail, contact, trace)? {
            Ok(now) => {
                opens &= now.opens;
                may_comment &= now.may_comment;
                left.push(letter.clone());
            }
            Err(why) => why_not = why,
        }
    }
    let letter = match (left.len() == parts.len(), mail.letter.letters().is_empty()) {
        (true, _) => Ok(mail.letter.clone()),
        (false, true) => Err(why_not),
        (false, false) if left.is_empty() => Err(why_not),
        (false, false) => Ok(mail.letter.clone().with_letters(left)),
    };
    Ok(Standing { letter, opens, may_comment })
}

struct Now {
    opens: bool,
    may_comment: bool,
}

/// Whether a contact may be told of one part of a mail, or why not.
fn may_be_told(tx: &Tx, mail: &Leased, contact: ContactId, trace: &Trace) -> Result<std::result::Result<Now, String>> {
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
    if !(trace.documents.is_empty() || one_is_shared(tx, &trace.documents)?) {
        return Ok(Err("the files are shared no longer".into()));
    }
    Ok(Ok(Now { opens, may_comment: opens && person.may_comment || person.account == Account::Missing }))
}
