//! A form that is sent twice, because a finger slipped or a connection broke, is taken once.

use rusqlite::OptionalExtension;

use super::row::{Params, named};
use super::tx::WriteTx;
use super::values::fault;
use crate::access::Actor;
use crate::error::{Error, Kind, Result};

const MADE: &str = "
    SELECT subject_id
      FROM sent_forms
     WHERE group_id = :group
       AND access_id = :access
       AND form = :form";

const REMEMBER: &str = "
    INSERT INTO sent_forms (group_id, access_id, form, subject_id, at)
    VALUES (:group, :access, :form, :subject, :now)";

/// Nobody sends a form again after a month.
const FORGET: &str = "
    DELETE FROM sent_forms
     WHERE group_id = :group
       AND access_id = :access
       AND at < :before";

/// For how long a form is remembered, in seconds.
const REMEMBERED: i64 = 30 * 86_400;

/// The longest mark of a form.
const LONGEST: usize = 64;

impl WriteTx<'_> {
    /// Does what a form asks, once: gives the row that the form made when it came first, or the one that `make` makes
    /// now. The mark was put into the form when it was shown; each access has its own, and no access another's.
    ///
    /// A form without a mark, as from a program of the customer's own, is simply taken.
    pub fn once(&self, form: &str, make: impl FnOnce() -> Result<i64>) -> Result<i64> {
        let Actor::User { access, group, .. } = self.actor() else {
            return Err(Error::denied(format!("{} sends no forms", self.actor().name())));
        };
        if form.is_empty() {
            return make();
        }
        if form.len() > LONGEST || !form.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
            return Err(Error::new(Kind::Data, "the form carries a mark that is none of ours"));
        }
        let mut look = self.prepare(MADE)?;
        let own: Params = named! { ":group": group, ":access": access, ":form": form };
        if let Some(subject) = look.query_row(own, |row| row.get(0)).optional().map_err(fault)? {
            return Ok(subject);
        }
        let subject = make()?;
        let before = self.now().plus(-REMEMBERED);
        self.prepare(FORGET)?
            .execute(named! { ":group": group, ":access": access, ":before": before } as Params)
            .map_err(fault)?;
        let made: Params = named! {
            ":group": group, ":access": access, ":form": form, ":subject": subject, ":now": self.now(),
        };
        self.prepare(REMEMBER)?.execute(made).map_err(fault)?;
        Ok(subject)
    }
}
