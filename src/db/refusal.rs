//! What was refused is written down in a transaction of its own: the one that was refused is taken back.

use super::Db;
use super::row::named;
use super::statement::Open;
use super::tx::{Entry, Subject, Tx};
use crate::access::Actor;
use crate::error::{Error, Kind, Result};
use crate::text::shown;

/// So many refusals of one actor are written down in a minute. A flood leaves a few lines, and the last one says so.
const MOST: i64 = 20;

/// What a line about a refusal is about.
struct Refusal;

impl Subject for Refusal {
    const NOUN: &'static str = "refusal";
    fn row(&self) -> i64 {
        0
    }
    fn label(&self) -> String {
        String::new()
    }
}

const LATELY: Open = Open::new(
    "how often somebody was refused lately is asked in their own name, who read no audit",
    "
    SELECT count(*)
      FROM audit
     WHERE actor = :who
       AND id > (SELECT coalesce(max(id), 0) FROM audit) - 1000
       AND at > :since
       AND action = 'refused'",
);

impl Db {
    /// Writes down that somebody was refused something: what they asked for, and why.
    pub fn note_refusal(&self, actor: &Actor, asked: &str, why: &str) -> Result<()> {
        // Read first, so that a flood takes no lock.
        if self.read_in_name_of(actor, count)? >= MOST {
            return Ok(());
        }
        self.write_in_name_of(actor, &|tx| {
            let before = count(tx)?;
            if before >= MOST {
                return Ok(());
            }
            let more = if before == MOST - 1 { "; more of the kind is not written down for a minute" } else { "" };
            let entry = Entry::about::<Refusal>(0, shown(asked), "refused").after(&[why, more].concat());
            tx.record(entry)
        })
    }

    /// Writes down what was refused to a member of staff: the command, or the way by which they came. Owners are refused nothing, and what
    /// users are refused is for the portal to write down, which knows more of it.
    pub(super) fn seen<T>(&self, actor: &Actor, done: Result<T>) -> Result<T> {
        if let (Actor::Staff { .. }, Err(error)) = (actor, &done)
            && error.kind() == Kind::Denied
        {
            // A dry run that is refused is refused all the same.
            let real = Self { rehearsal: false, ..self.clone() };
            let asked = self.origin.command.as_deref().unwrap_or(self.origin.via);
            real.note_refusal(actor, asked, error.message()).inspect_err(|fault: &Error| {
                tracing::error!(error = fault.message(), "a refusal could not be written down");
            })?;
        }
        done
    }
}

fn count(tx: &Tx) -> Result<i64> {
    let params = named! { ":who": tx.actor().name(), ":since": tx.now().plus(-60) };
    Ok(tx.open(&LATELY, params, |row| row.get(0))?.pop().unwrap_or_default())
}
