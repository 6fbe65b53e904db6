//! Several users at once: those that a filter of `user list` finds, or all when that is said.

use std::collections::{BTreeMap, HashMap};

use clap::Args;
use serde_json::json;

use super::super::answer::{Action, Answer, Done, record};
use super::super::bulk;
use super::super::desk::Desk;
use super::super::difference;
use super::super::flags::{Changing, Format};
use super::super::pick::Conditions;
use super::super::table::tame;
use super::{COLUMNS, row};
use crate::db::{Reached, Tx, WriteTx};
use crate::difference::Difference;
use crate::error::Result;
use crate::ids::{AccessId, UserId};
use crate::text::{Email, Ref};
use crate::users::{self, Access, User, UserState};

/// Who is meant: exactly one of the three ways to say so.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct Whom {
    /// Whom
    user: Option<Ref<Email>>,
    /// Those in whose line of `user list` this field has this value; may be given more than once
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    wanted: Vec<String>,
    /// All with whom it can be done
    #[arg(long)]
    all: bool,
}

/// Several at once: those who meet all conditions.
#[derive(Clone, Copy)]
pub(super) struct Several<'a>(pub(super) &'a [String]);

/// What is done to each of them.
pub(super) struct Verb {
    /// With whom it can be done.
    pub(super) fits: fn(UserState) -> bool,
    /// What is asked, with `{}` for how many there are.
    pub(super) question: &'static str,
    /// What they are afterwards.
    pub(super) outcome: &'static str,
}

/// One that was found, and what became of it.
pub(super) struct Step {
    email: Email,
    about: String,
    differences: Vec<Difference>,
}

impl Whom {
    /// The one who was named, or else those who are meant.
    pub(super) fn split(&self) -> Result<&Ref<Email>, Several<'_>> {
        self.user.as_ref().ok_or(Several(&self.wanted))
    }
}

impl Several<'_> {
    /// Whether the filter names a state.
    pub(super) fn asks_for(&self, state: UserState) -> bool {
        self.0.iter().any(|pair| pair.split_once('=') == Some(("state", state.word())))
    }

    /// Does something to each user that is meant and has a line that fits.
    pub(super) fn each_user(
        &self,
        desk: &Desk,
        changing: Changing,
        verb: &Verb,
        act: impl Fn(&WriteTx, &Reached<User>, usize) -> Result<Vec<Difference>>,
    ) -> Result<Answer> {
        let (matched, steps) = self.users(desk, changing, verb, act)?;
        done(verb.outcome, matched, steps, changing, desk)
    }

    /// The same, with what became of each instead of an answer.
    pub(super) fn users(
        &self,
        desk: &Desk,
        changing: Changing,
        verb: &Verb,
        act: impl Fn(&WriteTx, &Reached<User>, usize) -> Result<Vec<Difference>>,
    ) -> Result<(usize, Vec<Step>)> {
        let conditions = Conditions::of(COLUMNS, self.0)?;
        let find = |tx: &Tx| -> Result<Vec<(UserId, Reached<User>)>> {
            let mut found: BTreeMap<UserId, Reached<User>> = BTreeMap::new();
            for (user, access) in lines(tx)? {
                if (verb.fits)(user.state) && conditions.meet(&record(&row(&user, access.as_deref(), tx.now()))?) {
                    found.insert(user.id, user);
                }
            }
            Ok(found.into_iter().collect())
        };
        bulk::to_each(
            desk,
            changing,
            find,
            |count| verb.question.replace("{}", &people(count)),
            |tx, user, place| {
                let differences = act(tx, user, place)?;
                let about = format!("user {} ({})", user.email, user.name);
                Ok(Step { email: user.email.clone(), about, differences })
            },
        )
    }

    /// Does something to each access whose line is meant.
    pub(super) fn each_access(
        &self,
        desk: &Desk,
        changing: Changing,
        verb: &Verb,
        act: impl Fn(&WriteTx, &Reached<Access>) -> Result<Vec<Difference>>,
    ) -> Result<Answer> {
        let conditions = Conditions::of(COLUMNS, self.0)?;
        let find = |tx: &Tx| -> Result<Vec<(AccessId, Reached<Access>)>> {
            let mut found = Vec::new();
            for (user, access) in lines(tx)? {
                let Some(access) = access else { continue };
                if conditions.meet(&record(&row(&user, Some(&access), tx.now()))?) {
                    found.push((access.id, access));
                }
            }
            Ok(found)
        };
        let (matched, steps) = bulk::to_each(
            desk,
            changing,
            find,
            |count| {
                verb.question.replace("{}", &if count == 1 { "1 access".into() } else { format!("{count} accesses") })
            },
            |tx, access, _| {
                let differences = act(tx, access)?;
                let about = format!("access of {} to customer {}", access.email, access.customer_no);
                Ok(Step { email: access.email.clone(), about, differences })
            },
        )?;
        done(verb.outcome, matched, steps, changing, desk)
    }
}

/// A line of `user list`: a user with one access, or with none.
pub(super) type UserLine = (Reached<User>, Option<Reached<Access>>);

/// Every user with each access, as the lines of `user list`; whoever lost every access has a line without one.
pub(super) fn lines(tx: &Tx) -> Result<Vec<UserLine>> {
    let mut of: HashMap<UserId, Vec<Reached<Access>>> = HashMap::new();
    for access in users::list_accesses(tx)? {
        of.entry(access.user_id).or_default().push(access);
    }
    let mut found = Vec::new();
    for user in users::list(tx, None)? {
        match of.remove(&user.id) {
            Some(accesses) => found.extend(accesses.into_iter().map(|access| (user.clone(), Some(access)))),
            None => found.push((user, None)),
        }
    }
    Ok(found)
}

/// The answer: how many there are and how many are different now; a dry run shows each of them.
fn done(outcome: &str, matched: usize, steps: Vec<Step>, changing: Changing, desk: &Desk) -> Result<Answer> {
    let steps: Vec<Step> = steps.into_iter().filter(|step| !step.differences.is_empty()).collect();
    let count = steps.len();
    let rest = bulk::so_before(matched, count);
    let facts = json!({ "matched": matched, "changes": count, "emails": emails(&steps), "steps": told(&steps) });
    let sentence = format!("{count} of {matched}: {outcome}{rest}");
    let done = Done::new(Action::updated(count > 0), count, sentence, &facts, changing)?;
    Ok(shown(done, &steps, desk).into())
}

/// The same answer with a line for each in a dry run.
pub(super) fn shown(mut done: Done, steps: &[Step], desk: &Desk) -> Done {
    if done.changing.dry_run && matches!(desk.format(), Format::Table | Format::Csv) && !steps.is_empty() {
        let line = |step: &Step| tame(&difference::line('~', &step.about, &step.differences));
        done.data = Some(steps.iter().map(line).collect::<Vec<_>>().join("\n"));
    }
    done
}

/// The addresses of those who are different now, each once.
pub(super) fn emails(steps: &[Step]) -> Vec<&Email> {
    let mut emails: Vec<_> = steps.iter().map(|step| &step.email).collect();
    emails.dedup();
    emails
}

fn told(steps: &[Step]) -> Vec<serde_json::Value> {
    steps.iter().map(|step| json!({ "about": step.about, "differences": step.differences })).collect()
}

/// `1 user`, `12 users`.
pub(super) fn people(count: usize) -> String {
    if count == 1 { "1 user".into() } else { format!("{count} users") }
}
