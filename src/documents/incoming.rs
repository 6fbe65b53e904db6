//! A file on its way in: streamed to a temporary file, hashed and looked at while it passes, refused with its reason.

use std::io::{Read, Write};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::files::Files;
use super::kind::{self, Glance};
use super::name::FileName;
use crate::config::Uploads;
use crate::error::{Error, Kind, Result};

/// Why a file was not taken. The form it came with lives on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// It has no bytes.
    Empty,
    /// It has more bytes than a file may have.
    TooLarge,
    /// Its ending is not among those that are taken.
    Ending,
    /// Its bytes are not what its ending says.
    Content,
    /// There were as many files before it as a form may carry.
    TooMany,
}

/// One file of a form: what it is called, and its bytes or why they were not taken.
#[derive(Debug)]
pub struct Sent {
    /// The name, fit to be shown.
    pub name: FileName,
    /// The file, still in a temporary place, or the refusal.
    pub file: Result<Received, Flaw>,
}

/// The bytes of a file in a temporary place, which ends with this value unless [`Files::keep`] takes it.
#[derive(Debug)]
pub struct Received {
    pub(super) name: FileName,
    pub(super) media_type: &'static str,
    pub(super) size: i64,
    pub(super) hash: String,
    pub(super) temporary: NamedTempFile,
}

impl Received {
    /// How many bytes there are.
    pub fn size(&self) -> i64 {
        self.size
    }
}

/// A file that is arriving.
pub struct Incoming {
    name: FileName,
    most: u64,
    size: u64,
    hash: Sha256,
    glance: Glance,
    /// The place of its bytes, until something is found to be wrong with it.
    place: Result<NamedTempFile, Flaw>,
}

impl Incoming {
    /// A file that other machines call so, before its first byte.
    pub fn new(files: &Files, raw_name: &str, rules: &Uploads) -> Result<Self> {
        let name = FileName::clean(raw_name);
        let ending = name.ending();
        let place = match rules.types.contains(&ending) {
            true => Ok(files.temporary()?),
            false => Err(Flaw::Ending),
        };
        let most = rules.max_file_bytes();
        Ok(Self { name, most, size: 0, hash: Sha256::new(), glance: Glance::default(), place })
    }

    /// A file that is one too many; its bytes pass and are forgotten.
    pub fn too_many(raw_name: &str) -> Self {
        Self {
            name: FileName::clean(raw_name),
            most: 0,
            size: 0,
            hash: Sha256::new(),
            glance: Glance::default(),
            place: Err(Flaw::TooMany),
        }
    }

    /// The next bytes. Those of a refused file are let pass.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.size = self.size.saturating_add(bytes.len() as u64);
        let Ok(place) = &mut self.place else { return Ok(()) };
        if self.size > self.most {
            // The temporary file ends here, and not only with the form.
            self.place = Err(Flaw::TooLarge);
            return Ok(());
        }
        self.hash.update(bytes);
        self.glance.pass(bytes);
        place.write_all(bytes).map_err(|cause| {
            Error::new(Kind::Storage, "a file that arrives cannot be written to the disk").because(cause)
        })
    }

    /// What came of it, after its last byte.
    pub fn end(self) -> Sent {
        let ending = self.name.ending();
        let file = match self.place {
            Err(flaw) => Err(flaw),
            Ok(_) if self.size == 0 => Err(Flaw::Empty),
            Ok(_) if !self.glance.fits(&ending) => Err(Flaw::Content),
            Ok(temporary) => Ok(Received {
                name: self.name.clone(),
                media_type: kind::media_type(&ending),
                size: i64::try_from(self.size).unwrap_or(i64::MAX),
                hash: HEXLOWER.encode(&self.hash.finalize()),
                temporary,
            }),
        };
        Sent { name: self.name, file }
    }
}

impl Files {
    /// Takes a whole file from a reader, as far as the rules allow it.
    pub fn receive(&self, raw_name: &str, rules: &Uploads, mut from: impl Read) -> Result<Sent> {
        let mut incoming = Incoming::new(self, raw_name, rules)?;
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let count = match from.read(&mut chunk) {
                Ok(0) => return Ok(incoming.end()),
                Ok(count) => count,
                Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(cause) => {
                    let message = format!("'{}' cannot be read to its end: {cause}", incoming.name);
                    return Err(Error::new(Kind::NoInput, message).because(cause));
                }
            };
            incoming.push(&chunk[..count])?;
            // Nothing more needs to be known of a file that is refused, and a pipe may never end.
            if incoming.place.is_err() {
                return Ok(incoming.end());
            }
        }
    }
}
