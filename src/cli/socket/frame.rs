//! What goes over the socket: a letter, a length, so many bytes.

use std::io::{self, ErrorKind, Read, Write};

use serde::{Deserialize, Serialize};

use crate::text::vocabulary;

/// No piece is longer, in bytes.
pub(super) const PIECE: usize = 64 * 1024;

/// The longest words of a command, in bytes.
const LONGEST: usize = 1024 * 1024;

vocabulary! {
    /// What a piece is.
    Sort, "piece" {
        /// The words of a command, and where it is run.
        Hello = "H",
        /// For standard output.
        Out = "O",
        /// For standard error.
        Talk = "E",
        /// So many bytes of standard input are wanted.
        In = "I",
        /// A file is wanted.
        File = "F",
        /// A file is to be written; its bytes follow.
        Keep = "K",
        /// Bytes; none of them is the end.
        Data = "D",
        /// It is done.
        Done = "Y",
        /// It could not be done, and why.
        Failed = "N",
        /// The command has ended with this exit status.
        Exit = "X",
    }
}

/// The variables that a command looks at; no other is sent, nor believed.
pub(super) const VARIABLES: [&str; 3] = ["NO_COLOR", "FRONTDESK_GROUP", "FRONTDESK_OUTPUT"];

/// A command and where it is run.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    /// Of the program that asks.
    pub(super) version: String,
    /// Its words, with the program's name first.
    pub(super) words: Vec<String>,
    /// Its [`VARIABLES`].
    pub(super) environment: Vec<(String, String)>,
    /// Whether standard input, output and error are terminals.
    pub(super) terminals: [bool; 3],
    /// Columns of the terminal.
    pub(super) width: Option<usize>,
    /// The directory it is run in, for messages.
    pub(super) directory: String,
}

/// A file that is to be written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Keep {
    /// Its name, as the command has it.
    pub(super) path: String,
    /// Whether it may take the place of another.
    pub(super) over: bool,
}

/// Why something could not be done.
#[derive(Debug, Serialize, Deserialize)]
struct Failed {
    kind: String,
    why: String,
}

/// One piece.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) sort: Sort,
    pub(super) bytes: Vec<u8>,
}

/// Sends a piece.
pub(super) fn send(to: &mut impl Write, sort: Sort, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::Error::other("a piece is too long"))?;
    let mut whole = Vec::with_capacity(bytes.len() + 5);
    whole.extend_from_slice(sort.word().as_bytes());
    whole.extend_from_slice(&length.to_be_bytes());
    whole.extend_from_slice(bytes);
    to.write_all(&whole)?;
    to.flush()
}

/// Sends something as JSON.
pub(super) fn send_json(to: &mut impl Write, sort: Sort, value: &impl Serialize) -> io::Result<()> {
    send(to, sort, &serde_json::to_vec(value)?)
}

/// Says that something could not be done.
pub(super) fn send_failure(to: &mut impl Write, error: &io::Error) -> io::Result<()> {
    let kind = KINDS.iter().find(|(kind, _)| *kind == error.kind()).map_or("other", |(_, word)| word);
    send_json(to, Sort::Failed, &Failed { kind: kind.into(), why: error.to_string() })
}

/// Receives a piece.
pub(super) fn receive(from: &mut impl Read) -> io::Result<Piece> {
    let mut head = [0; 5];
    from.read_exact(&mut head)?;
    let sort = std::str::from_utf8(&head[..1]).ok().and_then(|word| word.parse().ok());
    let sort = sort.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "there is no such piece"))?;
    let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
    if length > LONGEST {
        return Err(io::Error::new(ErrorKind::InvalidData, "a piece is too long"));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(Piece { sort, bytes })
}

impl Piece {
    /// Its content as JSON.
    pub(super) fn json<'a, T: Deserialize<'a>>(&'a self) -> io::Result<T> {
        serde_json::from_slice(&self.bytes).map_err(|cause| io::Error::new(ErrorKind::InvalidData, cause))
    }

    /// Its content as text.
    pub(super) fn text(&self) -> io::Result<&str> {
        std::str::from_utf8(&self.bytes).map_err(|cause| io::Error::new(ErrorKind::InvalidData, cause))
    }

    /// The failure that it tells of, or the piece itself.
    pub(super) fn or_failure(self) -> io::Result<Self> {
        if self.sort != Sort::Failed {
            return Ok(self);
        }
        let Failed { kind, why } = self.json()?;
        let kind = KINDS.iter().find(|(_, word)| *word == kind).map_or(ErrorKind::Other, |(kind, _)| *kind);
        Err(io::Error::new(kind, why))
    }
}

/// The failures that a command tells apart.
const KINDS: &[(ErrorKind, &str)] = &[
    (ErrorKind::NotFound, "not found"),
    (ErrorKind::PermissionDenied, "denied"),
    (ErrorKind::AlreadyExists, "exists"),
    (ErrorKind::BrokenPipe, "broken pipe"),
    (ErrorKind::StorageFull, "full"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_arrives_as_it_was_sent() {
        let mut wire = Vec::new();
        send(&mut wire, Sort::Out, "åäö".as_bytes()).expect("sent");
        send_failure(&mut wire, &io::Error::new(ErrorKind::NotFound, "gone")).expect("sent");
        let mut from = &wire[..];
        let piece = receive(&mut from).expect("a piece");
        assert_eq!((piece.sort, piece.text().expect("text")), (Sort::Out, "åäö"));
        let failure = receive(&mut from).expect("a piece").or_failure().expect_err("a failure");
        assert_eq!((failure.kind(), failure.to_string().as_str()), (ErrorKind::NotFound, "gone"));
        assert!(from.is_empty());
    }

    #[test]
    fn what_nobody_sends_is_refused() {
        for odd in [&b"Q\0\0\0\0"[..], b"O\xff\xff\xff\xff", b"O\0\0\0\x05abc", b"O\0"] {
            assert!(receive(&mut &odd[..]).is_err(), "{odd:?}");
        }
    }
}
