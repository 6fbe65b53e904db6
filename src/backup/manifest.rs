//! What is in a backup, as its manifest says it; what a manifest may not say is refused here.

use std::path::Path;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{COMPLETE, DATABASE, FILES, KEY, MANIFEST, RECEIVED, bytes};
use crate::clock::Moment;
use crate::error::Result;

/// How manifests are written today.
const FORMAT: u32 = 1;

/// No manifest is longer, in bytes: enough for some millions of files.
const LONGEST: u64 = 1 << 30;

/// A file of a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Listed {
    /// Where it lies, from the folder of the backup on.
    pub path: String,
    /// How many bytes it has.
    pub size: u64,
    /// Their SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// What is in a backup.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `frontdesk`.
    pub product: String,
    /// How the manifest is written.
    pub format: u32,
    /// The name of the backup.
    pub name: String,
    /// The version of frontdesk that made it.
    pub version: String,
    /// The version of the database's schema.
    pub schema: i32,
    /// The moment it shows, as the clock of the machine had it.
    pub made_at: Moment,
    /// The mark of the installation it is of.
    pub installation: String,
    /// How many groups there were.
    pub groups: u64,
    /// The end of the audit's chain: the hash of its last line, and its number.
    pub audit: Option<String>,
    /// Bytes that the backup before did not have.
    pub new_bytes: u64,
    /// Documents whose bytes were gone or spoiled already, by their hashes.
    pub missing: Vec<String>,
    /// The files, sorted by path.
    pub files: Vec<Listed>,
}

impl Manifest {
    /// The manifest of a backup that is about to be filled.
    pub(super) fn new(name: &str, installation: String, made_at: Moment) -> Self {
        Self {
            product: "frontdesk".into(),
            format: FORMAT,
            name: name.into(),
            version: env!("CARGO_PKG_VERSION").into(),
            schema: crate::db::version(),
            made_at,
            installation,
            groups: 0,
            audit: None,
            new_bytes: 0,
            missing: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Reads the manifest of a backup and holds it against the mark that it is complete. What is wrong is said in words.
    pub(super) fn read(folder: &Path) -> std::result::Result<Self, (String, String)> {
        let flaw = |file: &str, why: String| (file.to_owned(), why);
        let text = bytes::read(&folder.join(MANIFEST), LONGEST).map_err(|cause| flaw(MANIFEST, cause.to_string()))?;
        let mark = bytes::read(&folder.join(COMPLETE), 1_000).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => flaw(COMPLETE, "is missing: the backup was never finished".into()),
            _ => flaw(COMPLETE, cause.to_string()),
        })?;
        if mark != mark_of(&text) {
            return Err(flaw(MANIFEST, format!("is not the one whose hash is in '{COMPLETE}'")));
        }
        let odd = |_| flaw(MANIFEST, "cannot be understood".into());
        let version: Versioned = serde_json::from_slice(&text).map_err(odd)?;
        if version.product != "frontdesk" {
            return Err(flaw(MANIFEST, "is of another program".into()));
        }
        if version.format > FORMAT {
            return Err(flaw(MANIFEST, "was written by a newer frontdesk".into()));
        }
        let manifest: Self = serde_json::from_slice(&text).map_err(odd)?;
        if let Some(strange) = manifest.files.iter().find(|file| !is_of_a_backup(&file.path)) {
            return Err(flaw(
                MANIFEST,
                format!("names '{}', which is no file of a backup", crate::text::shown(&strange.path)),
            ));
        }
        if manifest.files.windows(2).any(|two| two[0].path >= two[1].path) {
            return Err(flaw(MANIFEST, "names its files twice or in disorder".into()));
        }
        if !manifest.files.iter().any(|file| file.path == DATABASE) {
            return Err(flaw(MANIFEST, "names no database".into()));
        }
        Ok(manifest)
    }

    /// Writes the manifest and then the mark that the backup is complete.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(crate::error::Error::internal)?;
        bytes::write(&folder.join(MANIFEST), &text)?;
        bytes::write(&folder.join(COMPLETE), &mark_of(&text))
    }

    /// A file by its path.
    pub(super) fn file(&self, path: &str) -> Option<&Listed> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|at| &self.files[at])
    }

    /// Whether the key of the installation is in it.
    pub fn has_key(&self) -> bool {
        self.file(KEY).is_some()
    }

    /// How many bytes its files have together.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// How many documents are in it.
    pub fn documents(&self) -> usize {
        self.files.iter().filter(|file| file.path.starts_with("files/")).count()
    }
}

/// What must be known of a manifest before the rest of it is read.
#[derive(Deserialize)]
struct Versioned {
    product: String,
    format: u32,
}

/// The mark of completeness, as `sha256sum --check` takes it.
fn mark_of(manifest: &[u8]) -> Vec<u8> {
    format!("{}  {MANIFEST}\n", HEXLOWER.encode(&Sha256::digest(manifest))).into_bytes()
}

/// Whether a path is one that a backup has: nothing else is opened, whatever a manifest says.
fn is_of_a_backup(path: &str) -> bool {
    match path.split('/').collect::<Vec<_>>()[..] {
        [DATABASE | KEY] => true,
        [FILES, first, hash] => first.len() == 2 && hash.starts_with(first) && is_hash(hash),
        [RECEIVED, name] => is_message(name),
        _ => false,
    }
}

/// Whether a text is a SHA-256 in hexadecimal digits.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Whether a name is that of a message which was not taken.
pub(super) fn is_message(name: &str) -> bool {
    name.strip_suffix(".eml")
        .is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::is_of_a_backup;

    #[test]
    fn only_files_of_a_backup_have_a_path() {
        let hash = "ab".repeat(32);
        for path in ["frontdesk.db", "key", &format!("files/ab/{hash}"), "received/0a1b.eml"] {
            assert!(is_of_a_backup(path), "{path}");
        }
        for path in [
            "",
            "/",
            "..",
            "../key",
            "/etc/passwd",
            "files/../key",
            "files/..",
            "received/../key.eml",
            "received/.eml",
            "manifest.json",
            "complete",
            "frontdesk.db-wal",
            "files/ab",
            "key/",
            "./key",
            "received/a/b.eml",
            &format!("files/cd/{hash}"),
            &format!("files/ab/{}", hash.to_uppercase()),
            &format!("files/ab/{hash}/x"),
        ] {
            assert!(!is_of_a_backup(path), "{path}");
        }
    }
}
