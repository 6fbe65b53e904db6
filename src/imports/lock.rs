//! One import of a group at a time: a lock that the kernel holds for a process, and lets go when the process ends.
//!
//! The lock of the database is not it: a file is read before anything is written, and what two imports read side by side
//! they would then write one over the other.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;

use crate::clock::Moment;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::GroupId;
use crate::text::shown;

/// As much as is read of what the holder wrote about itself.
const NOTE: u64 = 1000;

/// Held as long as it is not dropped. The file stays, and says who held it last.
#[derive(Debug)]
pub struct Turn(#[expect(dead_code, reason = "it is held, not read")] File);

/// Takes the turn of a group, or says at once who has it: an import that waited for another would write what was true
/// before it.
pub fn take(db: &Db, group: GroupId, who: &str, what: &str, now: Moment) -> Result<Turn> {
    let path = db.beside(&format!("import-{group}.lock"));
    let broken = |cause: std::io::Error| {
        Error::new(Kind::Storage, format!("the lock '{}' cannot be taken: {cause}", path.display())).because(cause)
    };
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(broken)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::Error(cause)) => return Err(broken(cause)),
        Err(TryLockError::WouldBlock) => {
            let mut note = String::new();
            // Whoever has it may not have written yet who that is.
            let _ = file.take(NOTE).read_to_string(&mut note);
            let who = if note.is_empty() { "another import".to_owned() } else { shown(note.trim_end()) };
            return Err(Error::new(Kind::Busy, format!("{who} is still running; nothing was changed"))
                .tip("try again when it has ended; --wait does not wait for it"));
        }
    }
    let note = format!("{what} by {who} since {now}");
    file.set_len(0).and_then(|()| file.write_all(note.as_bytes())).map_err(broken)?;
    Ok(Turn(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::secret::Key;
    use std::time::Duration;

    #[test]
    fn the_second_is_told_who_is_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let key = Key::random().expect("a key");
        let db =
            Db::open(&folder.path().join("frontdesk.db"), Clock::system(), key, Duration::ZERO).expect("a database");
        let now: Moment = "2026-11-22T08:02:00Z".parse().expect("a time");
        let first = take(&db, GroupId(1), "anna", "customer import of 'a long file name.csv'", now).expect("its turn");
        let told = take(&db, GroupId(1), "bo", "x", now).expect_err("busy");
        assert_eq!(told.kind(), Kind::Busy);
        assert!(told.message().contains("by anna since 2026-11-22T08:02:00Z is still running"), "{told:?}");
        take(&db, GroupId(2), "bo", "customer import of 'b.csv'", now).expect("another group's");
        drop(first);
        let second = take(&db, GroupId(1), "bo", "x", now).expect("its turn");
        let told = take(&db, GroupId(1), "anna", "y", now).expect_err("busy");
        assert!(told.message().starts_with("x by bo since"), "{told:?}");
        drop(second);
    }
}
