//! Where a command is run: who acts, in which group, on which data.

use std::cell::OnceCell;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::flags::{Changing, Format, Globals};
use super::io::Io;
use super::socket::Counter;
use crate::access::{Actor, Machine, Need, Right};
use crate::config::{Config, Loaded};
use crate::db::{self, Db, Tx, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::groups;
use crate::ids::GroupId;
use crate::secret::Key;
use crate::staff;

/// Whether a command needs a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Configured {
    /// One that is named exists, and all that is found can be used.
    AsUsual,
    /// The same, but a file that is named may not exist yet.
    OrMade,
    /// It runs without, also when what is found cannot be used.
    Not,
}

/// One command's place of work.
pub(super) struct Desk<'io> {
    pub(super) io: &'io Io,
    pub(super) globals: Globals,
    pub(super) config: Config,
    /// How the configuration came about: its file, and where each value comes from.
    pub(super) loaded: Loaded,
    data: OnceCell<Db>,
    group: OnceCell<GroupId>,
    /// In whose name it works, where the kernel said so at the socket.
    staff: OnceCell<Actor>,
    is_at_counter: bool,
}

impl<'io> Desk<'io> {
    /// Sits down at the server's counter: on its data, with its configuration, in the name of a member of staff.
    pub(super) fn at_counter(mut globals: Globals, io: &'io Io, counter: &Counter, command: String) -> Result<Self> {
        is_named(&globals)?;
        let group = globals.group.take().or_else(|| io.variable("FRONTDESK_GROUP"));
        let loaded = counter.loaded.clone().with_flags(None, group.as_deref())?;
        let config = loaded.config.clone();
        globals.group = Some(config.group.clone()).filter(|group| !group.is_empty());
        let origin = db::Origin { uid: Some(io.uid), command: Some(command), ..db::Origin::by("socket") };
        let db = counter.db.from(origin);
        let (group, staff) = (OnceCell::new(), OnceCell::new());
        let desk = Self { io, globals, config, loaded, data: OnceCell::from(db), group, staff, is_at_counter: true };
        // Whoever nobody knows is not served at all, whatever they ask.
        desk.actor()?;
        Ok(desk)
    }

    /// Sits down: reads the configuration, opens nothing yet.
    pub(super) fn open(mut globals: Globals, needed: Configured, io: &'io Io) -> Result<Self> {
        let at_home = |path: &Path| io.directory.join(path);
        let variable = |name: &str| match name {
            "FRONTDESK_CONFIG" => io.variable(name).map(|path| at_home(Path::new(&path)).display().to_string()),
            name => io.variable(name),
        };
        let named = globals.config.as_deref().map(at_home);
        let to_be_made = || named.clone().or_else(|| variable("FRONTDESK_CONFIG").map(PathBuf::from));
        let loaded = match needed {
            Configured::Not => Config::load_no_file(&variable)?,
            Configured::OrMade if to_be_made().is_some_and(|path| !path.exists()) => Config::load_no_file(&variable)?,
            Configured::AsUsual | Configured::OrMade => Config::load(named.as_deref(), &variable, &io.machine_config)?,
        };
        is_named(&globals)?;
        let loaded = loaded.with_flags(globals.data_dir.as_deref(), globals.group.as_deref())?;
        let mut config = loaded.config.clone();
        config.data_dir = at_home(&config.data_dir);
        globals.group = Some(config.group.clone()).filter(|group| !group.is_empty());
        let (data, group, staff) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Ok(Self { io, globals, config, loaded, data, group, staff, is_at_counter: false })
    }

    /// How the answer is to be written.
    pub(super) fn format(&self) -> Format {
        if self.globals.json { Format::Json } else { self.globals.output.unwrap_or(Format::Table) }
    }

    /// The database, opened at first use; it must have been made by `init`.
    pub(super) fn db(&self) -> Result<&Db> {
        if let Some(db) = self.data.get() {
            return Ok(db);
        }
        if self.is_out_of_reach() {
            let data = self.config.data_dir.display();
            return Err(Error::denied(format!("the data in '{data}' is not yours, and this is for its owner")));
        }
        // While a restore is half done, what is missing is not to be made anew.
        db::is_whole(&self.config.data_dir)?;
        if !self.config.data_dir.join("frontdesk.db").exists() {
            return Err(db::not_there(&self.config.data_dir));
        }
        self.make()
    }

    /// The database, made if there is none yet.
    pub(super) fn make(&self) -> Result<&Db> {
        let opened = self.db_in(&self.config.data_dir)?;
        Ok(self.data.get_or_init(|| opened))
    }

    /// The database in a data directory.
    pub(super) fn db_in(&self, data_dir: &Path) -> Result<Db> {
        refuse_root_elsewhere(data_dir)?;
        let key = Key::read(&data_dir.join("key"))?;
        let wait = Duration::from_secs(self.globals.wait);
        Db::open(&data_dir.join("frontdesk.db"), self.io.clock.clone(), key, wait)
    }

    /// Reads at the desk of the group that the command works for.
    pub(super) fn read<T>(&self, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.db()?.read(&self.actor()?, f)
    }

    /// Changes something at the desk of the group, or shows what would change.
    pub(super) fn write<T>(&self, changing: Changing, f: impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        self.writer(changing)?.write(&self.actor()?, f)
    }

    /// Reads as the owner who sits at no group's desk: which groups there are. Staff see their own.
    pub(super) fn read_outside<T>(&self, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.db()?.read(&self.outside()?, f)
    }

    /// Changes groups themselves; staff their own, as far as they may.
    pub(super) fn write_outside<T>(&self, changing: Changing, f: impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        self.writer(changing)?.write(&self.outside()?, f)
    }

    /// Whether the data is another's, and only a server can get at it.
    pub(super) fn is_out_of_reach(&self) -> bool {
        let data = self.config.data_dir.join("frontdesk.db");
        let reach = rustix::fs::access(&data, rustix::fs::Access::READ_OK | rustix::fs::Access::WRITE_OK);
        reach == Err(rustix::io::Errno::ACCESS)
    }

    fn outside(&self) -> Result<Actor> {
        if self.is_at_counter { self.actor() } else { Ok(self.owner(None)) }
    }

    /// Who asks at the socket, in the group that was named or in the only one that knows them.
    fn member(&self) -> Result<Actor> {
        let (uid, nobody) = (self.io.uid, Actor::Machine { role: Machine::Door, group: None });
        let mut all = self.db()?.read(&nobody, |tx| staff::bound(tx, uid))?;
        if let Some(named) = &self.globals.group {
            all.retain(|bound| bound.group.as_str() == named);
        }
        let known: Vec<_> = all.iter().map(|bound| bound.group.to_string()).collect();
        match (all.pop(), all.len()) {
            (Some(only), 0) if only.is_disabled => {
                Err(Error::denied(format!("your access to group '{}' is disabled", only.group)))
            }
            (Some(only), 0) => Ok(only.actor),
            (Some(_), _) => Err(Error::new(Kind::Usage, format!("{} groups know you and none was named", known.len()))
                .tip(format!("name one with -g: {}", known.join(", ")))),
            (None, _) => {
                let place = self.globals.group.as_ref().map(|group| format!(" of group '{group}'")).unwrap_or_default();
                Err(Error::denied(format!("uid {uid} is no member of staff{place}"))
                    .tip(format!("an administrator makes you one with: frontdesk staff bind LOGIN --uid {uid}")))
            }
        }
    }

    fn writer(&self, changing: Changing) -> Result<Db> {
        let db = self.db()?;
        Ok(if changing.dry_run { db.rehearsal() } else { db.clone() })
    }

    /// In whose name: whoever can write the database file is its owner, and owns everything in it.
    ///
    /// At the counter it is the member of staff whom the kernel names.
    pub(super) fn actor(&self) -> Result<Actor> {
        if self.is_at_counter {
            return match self.staff.get() {
                Some(staff) => Ok(staff.clone()),
                None => self.member().map(|staff| self.staff.get_or_init(|| staff).clone()),
            };
        }
        let group = match self.group.get() {
            Some(group) => *group,
            None => {
                let group = self.the_group()?;
                *self.group.get_or_init(|| group)
            }
        };
        Ok(self.owner(Some(group)))
    }

    fn owner(&self, group: Option<GroupId>) -> Actor {
        Actor::Owner { group, uid: self.io.uid }
    }

    /// Fails unless whoever acts has a right, for what no statement asks for it; the refusal is written down as any other.
    pub(super) fn require(&self, right: Right) -> Result<()> {
        self.read(|tx| tx.actor().require(Need::right(right)))
    }

    /// The group that was named, or the only one.
    fn the_group(&self) -> Result<GroupId> {
        self.read_outside(|tx| match &self.globals.group {
            Some(group) => Ok(super::groups::find(tx, &group.parse()?)?.id),
            None => {
                let all = groups::list(tx)?;
                match all.as_slice() {
                    [only] => Ok(only.id),
                    [] => Err(Error::new(Kind::NotFound, "there is no group yet")
                        .tip("make one with: frontdesk group add SLUG --name NAME")),
                    several => {
                        let names: Vec<_> = several.iter().map(|group| group.slug.as_str()).collect();
                        Err(Error::new(Kind::Usage, format!("there are {} groups and none was named", several.len()))
                            .tip(format!("name one with -g: {}", names.join(", "))))
                    }
                }
            }
        })
    }

    /// Reads a file that a command names, `-` for standard input, up to so many bytes.
    pub(super) fn read_file(&self, path: &Path, limit: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = limit as u64;
        let read = match path == Path::new("-") {
            true => self.io.stdin.borrow_mut().by_ref().take(limit).read_to_end(&mut bytes),
            false => self.io.disk.read(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)),
        };
        read.map_err(|cause| {
            Error::new(Kind::NoInput, format!("the file '{}' cannot be read: {cause}", path.display()))
        })?;
        Ok(bytes)
    }

    /// Writes a line of talk on standard error, unless silence was asked for.
    pub(super) fn say(&self, line: &str) {
        if !self.globals.quiet {
            // Talk that nobody can hear is no reason to fail.
            let _ = writeln!(self.io.stderr.borrow_mut(), "{line}");
        }
    }
}

/// A script whose variable is empty means some group, and not whichever is the only one.
fn is_named(globals: &Globals) -> Result<()> {
    match globals.group.as_deref() {
        Some("") => Err(super::usage("--group is empty").at("group").tip("name a group, or leave --group out")),
        _ => Ok(()),
    }
}

/// Root could do everything there, but what it makes would be closed to the server that the data belongs to.
pub(super) fn refuse_root_elsewhere(data_dir: &Path) -> Result<()> {
    let owner = std::fs::metadata(data_dir).map(|data| data.uid()).unwrap_or_default();
    if owner == 0 || !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    let data = data_dir.display();
    Err(Error::denied(format!(
        "the data in '{data}' is not root's, and files that root makes there are closed to its owner"
    ))
    .tip(format!("work as its owner, uid {owner}, such as with: runuser -u frontdesk -- frontdesk customer list")))
}
