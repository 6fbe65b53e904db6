//! What every noun's `add`, `set` and `delete` have in common: what to do when the thing exists already, or does not.

use serde::Serialize;
use serde_json::json;

use super::answer::{Action, Answer, Done, record};
use super::desk::Desk;
use super::flags::{Adding, Changing, IfExists, Removing};
use crate::db::{Reached, Subject, Tx, WriteTx};
use crate::error::{Error, Kind, Result};

/// What was found, or nothing if it does not exist. Any other failure stays one.
pub(super) fn known<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(thing) => Ok(Some(thing)),
        Err(error) if error.kind() == Kind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl Adding {
    /// Adds a thing, or does what `--if-exists` says when it is there. `command` names the noun's commands in the tip:
    /// `group status`.
    ///
    /// `change` gives an existing thing the values that were named and says whether that changed anything.
    pub(super) fn place<T: Subject>(
        self,
        command: &str,
        find: impl Fn() -> Result<Reached<T>>,
        make: impl FnOnce() -> Result<Reached<T>>,
        change: impl FnOnce(&Reached<T>) -> Result<bool>,
    ) -> Result<(Action, Reached<T>)> {
        match (known(find())?, self.if_exists()) {
            (None, _) => Ok((Action::Created, make()?)),
            (Some(thing), IfExists::Fail) => {
                Err(Error::conflict(format!("{} '{}' exists already", T::NOUN, thing.label()))
                    .tip(format!("change it with: frontdesk {command} set, or add --if-exists update")))
            }
            (Some(thing), IfExists::Skip) => Ok((Action::Unchanged, thing)),
            (Some(thing), IfExists::Update) => Ok((Action::updated(change(&thing)?), find()?)),
        }
    }
}

/// Changes a thing at the desk of the group and gives it as it is afterwards.
pub(super) fn change<T>(
    desk: &Desk,
    changing: Changing,
    find: impl Fn(&Tx) -> Result<Reached<T>>,
    change: impl Fn(&WriteTx, &Reached<T>) -> Result<bool>,
) -> Result<(Action, T)> {
    desk.write(changing, |tx| {
        let changed = change(tx, &find(tx)?)?;
        Ok((Action::updated(changed), find(tx)?.into_inner()))
    })
}

/// Deletes a thing at the desk of the group. `name` is what was typed.
///
/// It is tried before the question is asked, so that nobody confirms what is then refused.
pub(super) fn delete<T: Subject + Serialize>(
    desk: &Desk,
    removing: Removing,
    name: impl ToString,
    find: impl Fn(&Tx) -> Result<Reached<T>>,
    confirm: impl FnOnce(&T) -> Result<()>,
    delete: impl Fn(&WriteTx, &Reached<T>) -> Result<()>,
) -> Result<Answer> {
    let Removing { changing, missing_ok } = removing;
    let found = desk.read(&find).map(Reached::into_inner);
    let Some(thing) = (if missing_ok { known(found)? } else { Some(found?) }) else {
        let name = name.to_string();
        let about = format!("{} {name} (there is none)", T::NOUN);
        let facts = json!({ T::NOUN: name });
        return Ok(Done::new(Action::Unchanged, name, about, &facts, changing)?.into());
    };
    let run = |changing| desk.write(changing, |tx| delete(tx, &find(tx)?));
    if !changing.dry_run {
        run(Changing { dry_run: true, ..changing })?;
        confirm(&thing)?;
    }
    run(changing)?;
    let about = format!("{} {}", T::NOUN, thing.label());
    Ok(Done::new(Action::Deleted, thing.label(), about, &record(&thing)?, changing)?.into())
}
