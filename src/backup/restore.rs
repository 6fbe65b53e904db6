//! Putting a backup back: made ready beside what is there, settled, and only then put into place.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

use super::manifest::Manifest;
use super::settle::{Settled, Then, audit_holds, settle};
use super::verify::{Verdict, is_key_of, key_in};
use super::{DATABASE, KEY, bytes, stage, swap, unwritten};
use crate::clock::{Clock, Moment};
use crate::db::{Alone, Db};
use crate::error::{Error, Kind, Result};
use crate::secret::Key;

/// By whom and when a backup is put back.
pub struct Plan<'a> {
    /// The data directory that is replaced, or that has the key where the backup has none.
    pub data_dir: &'a Path,
    /// Another folder to put it into, where nothing is yet; then the data directory stays as it is.
    pub to: Option<&'a Path>,
    /// People who were shut out since are let in again, as it was.
    pub as_it_was: bool,
    /// What tells the time.
    pub clock: &'a Clock,
    /// How long to wait for others to end.
    pub wait: Duration,
    /// Who does it.
    pub uid: u32,
}

/// The place for it, in which nobody else works.
pub struct Ready {
    place: PathBuf,
    /// Where it is made ready.
    staged: PathBuf,
    made: bool,
    /// Nothing where it goes into another folder.
    alone: Option<Alone>,
    /// The state that is there, if it can be read.
    old: Option<Db>,
    then: Option<Then>,
    /// Whether there is anything that is put aside.
    pub replaces: bool,
}

/// A backup that was put back.
#[derive(Clone, Debug, Serialize)]
pub struct Restored {
    /// Where it is now.
    pub data_dir: PathBuf,
    /// Where the state before lies, if there was one.
    pub kept: Option<PathBuf>,
    /// What was done so that nothing old comes back to life.
    #[serde(flatten)]
    pub settled: Settled,
    /// Whether the chain of the audit holds.
    pub audit_holds: bool,
    /// Whether it could be asked who was shut out since.
    pub compared: bool,
}

/// Takes the place, so that nobody else works in it. Nothing is changed yet.
pub fn prepare(plan: &Plan) -> Result<Ready> {
    match plan.to {
        Some(folder) => beside(folder),
        None => in_place(plan),
    }
}

/// In the place of the state that is there.
fn in_place(plan: &Plan) -> Result<Ready> {
    let place = plan.data_dir.to_owned();
    crate::db::is_whole(&place)?;
    let made = !place.exists();
    if made {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&place);
        made.map_err(|cause| unwritten(&place, cause))?;
    }
    if server_runs(&place) {
        return Err(Error::new(Kind::Busy, format!("a server runs on '{}'", place.display()))
            .tip("stop it first, such as with: systemctl stop frontdesk"));
    }
    let alone = Alone::in_folder(&place, plan.wait)?;
    let database = place.join(DATABASE);
    let replaces = [DATABASE, KEY].iter().any(|part| place.join(part).exists());
    // One that is damaged is no reason to leave it as it is.
    let old = match database.exists() {
        true => Key::read(&place.join(KEY))
            .and_then(|key| Db::open_alone(&alone, &database, plan.clock.clone(), key, plan.wait))
            .ok(),
        false => None,
    };
    let then = old.as_ref().filter(|_| !plan.as_it_was).and_then(|db| Then::read(db, plan.uid).ok());
    let replaces = replaces && database.exists();
    Ok(Ready { staged: PathBuf::new(), place, made, alone: Some(alone), old, then, replaces })
}

/// Into a folder where nothing is yet.
fn beside(folder: &Path) -> Result<Ready> {
    if fs::symlink_metadata(folder).is_ok() && !(bytes::is_folder(folder) && bytes::names(folder)?.is_empty()) {
        return Err(Error::conflict(format!("'{}' is there already and not empty", folder.display()))
            .tip("name a folder that does not exist yet"));
    }
    Ok(Ready {
        place: folder.to_owned(),
        staged: PathBuf::new(),
        made: false,
        alone: None,
        old: None,
        then: None,
        replaces: false,
    })
}

impl Ready {
    /// Makes the state of a backup ready, beside what is there; nothing of that is touched.
    pub fn stage(&mut self, verdict: &Verdict, plan: &Plan) -> Result<(Settled, bool)> {
        let manifest = verdict.sound()?;
        let key = key_for(verdict, manifest, plan)?;
        let parent = parent_of(&self.place);
        stage::has_room(if self.alone.is_some() { &self.place } else { &parent }, manifest)?;
        self.staged = match self.alone {
            Some(_) => swap::prepare(&self.place)?,
            None => {
                let fresh = tempfile::Builder::new().prefix(".restoring-").tempdir_in(&parent);
                fresh.map_err(|cause| unwritten(&parent, cause))?.keep()
            }
        };
        stage::fill(&verdict.path, manifest, &key, &self.staged)?;
        let database = self.staged.join(DATABASE);
        let db = Db::open(&database, plan.clock.clone(), Key::read(&self.staged.join(KEY))?, plan.wait)?;
        let settled = settle(&db, manifest, self.then.as_ref(), plan.uid)?;
        if let Some(first) = db.check()?.first() {
            return Err(Error::new(
                Kind::Data,
                format!("the database of the backup is damaged: {first}; nothing was changed"),
            ));
        }
        let holds = audit_holds(&db, plan.uid)?;
        // One file from here on.
        db.fold()?;
        stage::tidy(&self.staged)?;
        Ok((settled, holds))
    }

    /// Whether it could be asked who was shut out since.
    pub fn compared(&self) -> bool {
        self.then.is_some()
    }

    /// Puts it into place.
    pub fn put(mut self, settled: Settled, audit_holds: bool, now: Moment) -> Result<Restored> {
        let compared = self.compared();
        let kept = match &self.alone {
            Some(_) => {
                if let Some(old) = self.old.take() {
                    self.fold(old)?;
                }
                swap::swap(&self.place, &settled.backup, kept_name(&self.place, now))?
            }
            None => {
                fs::rename(&self.staged, &self.place).map_err(|cause| unwritten(&self.place, cause))?;
                self.staged = PathBuf::new();
                bytes::sync(&parent_of(&self.place))?;
                None
            }
        };
        self.made = false;
        let restored = Restored { data_dir: self.place.clone(), kept, settled, audit_holds, compared };
        self.staged = PathBuf::new();
        Ok(restored)
    }

    /// Ends the log of the old database. That somebody has it open stops us, whatever program it is; a database that can
    /// no longer be written does not.
    fn fold(&self, old: Db) -> Result<()> {
        old.fold().or_else(|error| if error.kind() == Kind::Busy { Err(error) } else { Ok(()) })
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        if self.staged.as_os_str().is_empty() {
            if self.made {
                // One that is not empty stays.
                let _ = fs::remove_dir(&self.place);
            }
            return;
        }
        // What was only made ready goes; what was decided is finished by the next restore.
        let _ = match self.alone {
            Some(_) => swap::give_up(&self.place),
            None => bytes::remove(&self.staged),
        };
        if self.made {
            let _ = fs::remove_dir(&self.place);
        }
    }
}

/// Finishes a restore that was killed after it was decided; nothing if there is none. Gives the backup's name, and where
/// the state before lies.
pub fn finish(data_dir: &Path, wait: Duration) -> Result<Option<(String, Option<PathBuf>)>> {
    if swap::decided(data_dir)?.is_none() {
        return Ok(None);
    }
    let _alone = Alone::in_folder(data_dir, wait)?;
    match swap::decided(data_dir)? {
        Some(decided) => {
            let kept = swap::go_on(data_dir, &decided)?;
            Ok(Some((decided.backup, kept)))
        }
        None => Ok(None),
    }
}

/// The states from before restores that are kept in a data directory.
pub fn kept_states(data_dir: &Path) -> Result<Vec<PathBuf>> {
    let names = bytes::names(data_dir)?.into_iter();
    let kept = names.filter(|name| name.strip_prefix(swap::KEPT).is_some_and(super::place::is_name));
    Ok(kept.map(|name| data_dir.join(name)).collect())
}

/// What a restore left that was killed before anything was decided; nothing while one is under way.
pub fn leftover(data_dir: &Path) -> Option<PathBuf> {
    let folder = data_dir.join(crate::db::RESTORING);
    let is_left = bytes::is_folder(&folder) && crate::db::is_whole(data_dir).is_ok();
    is_left.then_some(folder)
}

/// Takes it away, if nobody is at work.
pub fn remove_leftover(data_dir: &Path) -> Result<()> {
    let _alone = Alone::in_folder(data_dir, Duration::ZERO)?;
    swap::give_up(data_dir)
}

/// A name for the state that is put aside, which no other has.
fn kept_name(data_dir: &Path, now: Moment) -> String {
    let plain: String = now.to_string().chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let first = format!("{}{plain}", swap::KEPT);
    let names = std::iter::once(first.clone()).chain((2..).map(|number| format!("{first}-{number}")));
    names.into_iter().find(|name| fs::symlink_metadata(data_dir.join(name)).is_err()).unwrap_or(first)
}

/// The key that belongs to a backup: its own, or that of the data directory where the backup was made without.
fn key_for(verdict: &Verdict, manifest: &Manifest, plan: &Plan) -> Result<PathBuf> {
    if manifest.has_key() {
        return Ok(key_in(&verdict.path));
    }
    let own = plan.data_dir.join(KEY);
    if is_key_of(&own, manifest) {
        return Ok(own);
    }
    let message = format!(
        "backup '{}' was made without the key file, and '{}' is not the one it needs",
        manifest.name,
        own.display()
    );
    Err(Error::new(Kind::Config, message)
        .tip(format!("put the key file of that installation to '{}', with mode 600", own.display())))
}

/// Whether a server holds its place on a data directory.
fn server_runs(data_dir: &Path) -> bool {
    File::open(data_dir.join("serve.lock"))
        .is_ok_and(|file| matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

fn parent_of(folder: &Path) -> PathBuf {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}
