//! The server's end: the streams and the disk of a caller, as a command sees them.

use std::cell::RefCell;
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use tempfile::SpooledTempFile;

use super::frame::{self, Keep, PIECE, Piece, Sort};
use crate::disk::{Disk, Whole};

/// How long a caller may take to do what it is asked for.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a person may think about a question.
const THOUGHT: Duration = Duration::from_secs(15 * 60);

/// Larger files are not taken from a caller, in bytes; what a command takes is limited by itself.
const LARGEST: u64 = 1 << 30;

/// So much talk waits until something else is sent.
const TALK: usize = 64 * 1024;

/// So much of a file is held in memory.
const IN_MEMORY: usize = 1024 * 1024;

/// The connection to a caller; its parts share it.
#[derive(Clone)]
pub(super) struct Line(Rc<RefCell<Wire>>);

struct Wire {
    stream: UnixStream,
    /// Talk that was not sent yet: nobody waits for a caller while he holds up others.
    talk: Vec<u8>,
}

impl Wire {
    fn ask(&mut self, sort: Sort, bytes: &[u8], patience: Duration) -> io::Result<Piece> {
        self.say_talk()?;
        self.ask_now(sort, bytes, patience)
    }

    fn ask_now(&mut self, sort: Sort, bytes: &[u8], patience: Duration) -> io::Result<Piece> {
        self.stream.set_read_timeout(Some(patience))?;
        frame::send(&mut self.stream, sort, bytes)?;
        frame::receive(&mut self.stream)?.or_failure()
    }

    fn say_talk(&mut self) -> io::Result<()> {
        let talk = std::mem::take(&mut self.talk);
        for piece in talk.chunks(PIECE) {
            self.ask_now(Sort::Talk, piece, PATIENCE)?;
        }
        Ok(())
    }
}

impl Line {
    pub(super) fn new(stream: UnixStream) -> io::Result<Self> {
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self(Rc::new(RefCell::new(Wire { stream, talk: Vec::new() }))))
    }

    /// Says what is left to say, and with which status the command has ended.
    pub(super) fn end(&self, status: u8) -> io::Result<()> {
        let mut wire = self.0.borrow_mut();
        // A caller who hears no talk may still hear how it ended.
        let _ = wire.say_talk();
        frame::send(&mut wire.stream, Sort::Exit, &[status])
    }

    pub(super) fn input(&self) -> Box<dyn Read> {
        Box::new(Input(self.clone()))
    }

    pub(super) fn output(&self) -> Box<dyn Write> {
        Box::new(Output(self.clone()))
    }

    pub(super) fn talk(&self) -> Box<dyn Write> {
        Box::new(Talk(self.clone()))
    }

    pub(super) fn disk(&self) -> Box<dyn Disk> {
        Box::new(There(self.clone()))
    }
}

struct Input(Line);

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        let most = into.len().min(PIECE);
        let wanted = u32::try_from(most).unwrap_or(u32::MAX).to_be_bytes();
        let piece = self.0.0.borrow_mut().ask(Sort::In, &wanted, THOUGHT)?;
        if piece.sort != Sort::Data || piece.bytes.len() > most {
            return Err(io::Error::new(ErrorKind::InvalidData, "the caller does not say what he reads"));
        }
        into[..piece.bytes.len()].copy_from_slice(&piece.bytes);
        Ok(piece.bytes.len())
    }
}

struct Output(Line);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = &bytes[..bytes.len().min(PIECE)];
        if !piece.is_empty() {
            self.0.0.borrow_mut().ask(Sort::Out, piece, PATIENCE)?;
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Talk(Line);

impl Write for Talk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut wire = self.0.0.borrow_mut();
        wire.talk.extend_from_slice(bytes);
        if wire.talk.len() > TALK {
            wire.say_talk()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct There(Line);

impl Disk for There {
    /// The whole file, so that nothing is waited for afterwards.
    fn read(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let mut wire = self.0.0.borrow_mut();
        let mut piece = wire.ask(Sort::File, named(path)?.as_bytes(), PATIENCE)?;
        let (mut whole, mut size) = (SpooledTempFile::new(IN_MEMORY), 0);
        while piece.sort == Sort::Data && !piece.bytes.is_empty() {
            size += piece.bytes.len() as u64;
            if size > LARGEST {
                return Err(io::Error::other("it is larger than 1 GB"));
            }
            whole.write_all(&piece.bytes)?;
            piece = frame::receive(&mut wire.stream)?.or_failure()?;
        }
        io::Seek::rewind(&mut whole)?;
        Ok(Box::new(whole))
    }

    /// It is kept here until it is whole.
    fn begin(&self, path: &Path, over: bool) -> io::Result<Box<dyn Whole>> {
        let path = named(path)?.to_owned();
        Ok(Box::new(Later { line: self.0.clone(), keep: Keep { path, over }, whole: SpooledTempFile::new(IN_MEMORY) }))
    }
}

struct Later {
    line: Line,
    keep: Keep,
    whole: SpooledTempFile,
}

impl Write for Later {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.whole.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.whole.flush()
    }
}

impl Whole for Later {
    fn keep(mut self: Box<Self>) -> io::Result<()> {
        io::Seek::rewind(&mut self.whole)?;
        let mut wire = self.line.0.borrow_mut();
        wire.ask(Sort::Keep, &serde_json::to_vec(&self.keep)?, PATIENCE)?;
        let mut chunk = vec![0; PIECE];
        loop {
            let count = self.whole.read(&mut chunk)?;
            wire.ask(Sort::Data, &chunk[..count], PATIENCE)?;
            if count == 0 {
                return Ok(());
            }
        }
    }
}

fn named(path: &Path) -> io::Result<&str> {
    path.to_str().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "its name is no UTF-8 text"))
}
