//! The data directory on its disk: who can read it, and how much room is left.

use std::fs::Metadata;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use rustix::fs::statvfs;

use super::{Check, Finding};

/// Below so many bytes nothing can be promised.
const LEAST: u64 = 100 << 20;
/// A log of so many bytes is longer than any writer leaves it.
const LONG_LOG: u64 = 96 << 20;
/// Below so many bytes somebody should make room.
const LITTLE: u64 = 1 << 30;

/// Whether the data directory, the key and the database are their owner's alone. With `fix` their modes are set right.
pub fn data_directory(folder: &Path, fix: bool) -> Vec<Check> {
    let Ok(own) = std::fs::metadata(folder) else {
        return vec![Check::found(
            "data directory",
            Finding::Wrong,
            format!("'{}' cannot be looked at", folder.display()),
            "make it with: frontdesk init, or name it with --data-dir",
        )];
    };
    let mut checks = vec![private("data directory", folder, &own, &own, 0o700, fix)];
    for (check, name, needed) in [
        ("key file", "key", true),
        ("database file", "frontdesk.db", true),
        ("database file", "frontdesk.db-wal", false),
        ("database file", "frontdesk.db-shm", false),
    ] {
        let path = folder.join(name);
        match std::fs::metadata(&path) {
            Ok(meta) => checks.push(private(check, &path, &meta, &own, 0o600, fix)),
            Err(cause) if needed => checks.push(Check::found(
                check,
                Finding::Wrong,
                format!("'{}' cannot be looked at: {cause}", path.display()),
                "restore it from a backup, or begin with: frontdesk init",
            )),
            Err(_) => {}
        }
    }
    for (check, name) in
        [("files", "files"), ("received mail", "received"), ("mail folder", "mail"), ("backups", "backups")]
    {
        let path = folder.join(name);
        // Others do not enter the data directory; a folder of it that they could read is worth a word all the same.
        if let Ok(meta) = std::fs::metadata(&path)
            && meta.permissions().mode() & 0o077 != 0
        {
            checks.push(private(check, &path, &meta, &own, 0o700, fix));
        }
    }
    // What comes and goes beside the database is told of only when something is wrong with it.
    let mut seen = false;
    checks.retain(|check| {
        let again = check.check == "database file" && check.state == Finding::Fine && seen;
        seen |= check.check == "database file";
        !again
    });
    checks
}

/// Whether the configuration file is one that only its owner changes.
pub fn configuration(file: Option<&Path>) -> Check {
    const CHECK: &str = "configuration";
    let Some(path) = file else { return Check::fine(CHECK, "the built-in defaults") };
    let shown = path.display();
    match std::fs::metadata(path) {
        Ok(meta) if meta.permissions().mode() & 0o022 != 0 => Check::found(
            CHECK,
            Finding::Warning,
            format!("'{shown}' can be changed by others (mode {:04o})", meta.permissions().mode() & 0o777),
            format!("chmod go-w {shown}"),
        ),
        _ => Check::fine(CHECK, format!("'{shown}' is read and can be used")),
    }
}

/// How large the log of the database is. One that grows is held by somebody who reads and does not end.
pub fn log(folder: &Path, shorten: impl FnOnce() -> bool) -> Check {
    const CHECK: &str = "log";
    let size = || std::fs::metadata(folder.join("frontdesk.db-wal")).map_or(0, |meta| meta.len());
    let before = size();
    if before <= LONG_LOG {
        return Check::fine(CHECK, format!("{} MiB wait to be moved into the database", before >> 20));
    }
    let found = format!("{} MiB wait to be moved into the database", before >> 20);
    if shorten() && size() <= LONG_LOG {
        return Check::fine(CHECK, format!("{found}: moved"));
    }
    Check::found(CHECK, Finding::Warning, found, "end whoever reads for hours, then: frontdesk doctor --fix")
}

fn private(check: &'static str, path: &Path, meta: &Metadata, folder: &Metadata, mode: u32, fix: bool) -> Check {
    let shown = path.display();
    if meta.uid() != folder.uid() {
        let found = format!("'{shown}' belongs to uid {}, its folder to uid {}", meta.uid(), folder.uid());
        return Check::found(check, Finding::Wrong, found, format!("chown {} {shown}", folder.uid()));
    }
    let is = meta.permissions().mode() & 0o777;
    if is & 0o077 == 0 {
        return Check::fine(check, format!("'{shown}' is for uid {} alone", meta.uid()));
    }
    let found = format!("'{shown}' can be read or written by others (mode {is:04o})");
    if fix && std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).is_ok() {
        return Check::fine(check, format!("{found}: closed, it is {mode:04o} now"));
    }
    Check::found(check, Finding::Wrong, found, format!("chmod {mode:o} {shown}, or: frontdesk doctor --fix"))
}

/// Whether the disk of the data directory has room.
pub fn room(folder: &Path) -> Check {
    const CHECK: &str = "disk";
    match statvfs(folder) {
        Ok(disk) => judge(disk.f_bavail.saturating_mul(disk.f_frsize), CHECK),
        Err(cause) => Check::found(
            CHECK,
            Finding::Warning,
            format!("the room on the disk of '{}' cannot be found out: {cause}", folder.display()),
            "look with: df -h",
        ),
    }
}

fn judge(free: u64, check: &'static str) -> Check {
    let found = match free >> 30 {
        0 => format!("{} MiB free", free >> 20),
        // What changes with every file that is written is nothing to read.
        room => format!("{} GiB free, or more", 1_u64 << room.ilog2()),
    };
    let tip = "make room on the disk of the data directory";
    match free {
        free if free < LEAST => Check::found(check, Finding::Wrong, found, tip),
        free if free < LITTLE => Check::found(check, Finding::Warning, found, tip),
        _ => Check::fine(check, found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_room_is_a_warning_and_hardly_any_is_wrong() {
        for (free, state) in [
            (0, Finding::Wrong),
            ((100 << 20) - 1, Finding::Wrong),
            (100 << 20, Finding::Warning),
            ((1 << 30) - 1, Finding::Warning),
            (1 << 30, Finding::Fine),
        ] {
            assert_eq!(judge(free, "disk").state, state, "{free}");
        }
        assert_eq!(judge(300 << 20, "disk").found, "300 MiB free");
        assert_eq!(judge(57 << 30, "disk").found, "32 GiB free, or more");
    }
}
