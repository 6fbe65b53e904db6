//! The lock of an open file or folder, waited for.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// How often it is asked for again.
const LOOK: Duration = Duration::from_millis(5);

/// What `File::try_lock` and `File::try_lock_shared` are.
pub type Take = fn(&File) -> std::result::Result<(), TryLockError>;

/// Takes the lock of a file and gives the file, which holds it until it is dropped; `busy` is the error when somebody else
/// still has it after `wait`.
///
/// Some file systems know no locks: there it gives nothing, nobody is kept out, and nobody is kept from working.
pub fn within(file: File, wait: Duration, take: Take, busy: impl FnOnce() -> Error) -> Result<Option<File>> {
    let until = Instant::now() + wait;
    loop {
        match take(&file) {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(LOOK),
            Err(TryLockError::WouldBlock) => return Err(busy()),
            Err(TryLockError::Error(cause)) if cause.kind() == ErrorKind::Interrupted => {}
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn one_has_it_alone_or_several_together_and_others_wait_as_long_as_they_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || File::open(folder.path()).expect("a folder");
        let ask = |take: Take, wait| within(open(), Duration::from_millis(wait), take, || Error::new(Kind::Busy, "b"));
        let one = ask(File::try_lock_shared, 0).expect("free");
        let other = ask(File::try_lock_shared, 0).expect("together");
        assert_eq!(ask(File::try_lock, 20).expect_err("busy").kind(), Kind::Busy);
        drop((one, other));
        let alone = ask(File::try_lock, 0).expect("free");
        assert!(ask(File::try_lock_shared, 0).is_err());
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| ask(File::try_lock_shared, 10_000).expect("after a while"));
            std::thread::sleep(Duration::from_millis(30));
            drop(alone);
            assert!(waiting.join().expect("no panic").is_some());
        });
    }
}
