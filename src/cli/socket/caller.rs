//! The caller's end: sends the words of a command, and does for it what only the caller's own process can.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::Path;

use super::super::desk::Desk;
use super::super::io::Io;
use super::frame::{self, Hello, Keep, PIECE, Sort, VARIABLES};
use crate::disk::Whole;
use crate::error::{Error, Kind, Result};
use crate::text::shown;

/// Has a command run by the server, and gives its exit status.
pub(in crate::cli) fn call(desk: &Desk, words: &[OsString]) -> Result<u8> {
    let io = desk.io;
    let words = words.iter().map(|word| word.to_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
    let words = words.ok_or_else(|| super::super::usage("a word of the command is no UTF-8 text"))?;
    let mut stream = connect(desk)?;
    let hello = Hello {
        version: env!("CARGO_PKG_VERSION").into(),
        environment: VARIABLES.iter().filter_map(|name| Some(((*name).to_owned(), io.variable(name)?))).collect(),
        terminals: [io.stdin_is_terminal, io.stdout_is_terminal, io.stderr_is_terminal],
        width: io.width,
        directory: io.directory.display().to_string(),
        words,
    };
    // A server that turns somebody away says why, and does not listen first.
    let greeted = frame::send_json(&mut stream, Sort::Hello, &hello);
    if let Err(cause) = greeted.as_ref().map_err(io::Error::kind)
        && cause != ErrorKind::BrokenPipe
    {
        return Err(broken(desk, cause.into()));
    }
    serve(&mut stream, io, &hello.words).map_err(|cause| broken(desk, cause))
}

/// Connects to the server, if it is the one of whoever owns the data.
fn connect(desk: &Desk) -> Result<UnixStream> {
    let (socket, data) = (&desk.config.admin.socket, &desk.config.data_dir);
    let stream = UnixStream::connect(socket).map_err(|cause| {
        Error::new(
            Kind::Unavailable,
            format!("the data in '{}' is not yours, and no server answers at '{}'", data.display(), socket.display()),
        )
        .because(cause)
        .tip("start the server, or ask whoever runs it")
    })?;
    let peer = rustix::net::sockopt::socket_peercred(&stream).map_err(|cause| broken(desk, cause.into()))?;
    let owner = std::fs::metadata(data).map(|meta| meta.uid());
    let uid = peer.uid.as_raw();
    if uid != 0 && owner.map_or(true, |owner| owner != uid) {
        return Err(Error::denied(format!(
            "the program that answers at '{}' is run by uid {uid}, who does not own the data in '{}'",
            socket.display(),
            data.display()
        ))
        .tip("somebody may have put another socket there: tell whoever runs the server"));
    }
    Ok(stream)
}

fn broken(desk: &Desk, cause: io::Error) -> Error {
    let why = match cause.kind() {
        ErrorKind::UnexpectedEof => "the server went away; whether the command was done is in its audit".to_owned(),
        _ => format!("the server at '{}' cannot be spoken with: {cause}", desk.config.admin.socket.display()),
    };
    Error::new(Kind::Unavailable, why).because(cause)
}

/// Does what the server asks for, until the command has ended.
fn serve(stream: &mut UnixStream, io: &Io, words: &[String]) -> io::Result<u8> {
    let mut begun: Option<Box<dyn Whole>> = None;
    loop {
        let piece = frame::receive(stream)?;
        let done = match piece.sort {
            Sort::Exit => return Ok(piece.bytes.first().copied().unwrap_or(70)),
            Sort::Out => written(&mut **io.stdout.borrow_mut(), &piece.bytes),
            Sort::Talk => written(&mut **io.stderr.borrow_mut(), &piece.bytes),
            Sort::In => {
                let most = piece.bytes.try_into().map_or(PIECE, |bytes| u32::from_be_bytes(bytes) as usize);
                let mut bytes = vec![0; most.min(PIECE)];
                match io.stdin.borrow_mut().read(&mut bytes) {
                    Ok(count) => {
                        frame::send(stream, Sort::Data, &bytes[..count])?;
                        continue;
                    }
                    Err(cause) => Err(cause),
                }
            }
            Sort::File => match opened(io, piece.text()?, words) {
                Ok(mut file) => {
                    hand_over(stream, &mut *file)?;
                    continue;
                }
                Err(cause) => Err(cause),
            },
            Sort::Keep => begin(io, &piece.json()?, words).map(|whole| begun = Some(whole)),
            Sort::Data if piece.bytes.is_empty() => begun.take().map_or_else(nothing_begun, Whole::keep),
            Sort::Data => match &mut begun {
                Some(whole) => whole.write_all(&piece.bytes),
                None => nothing_begun(),
            },
            Sort::Hello | Sort::Done | Sort::Failed => return Err(ErrorKind::InvalidData.into()),
        };
        let answered = match done {
            Ok(()) => frame::send(stream, Sort::Done, &[]),
            Err(cause) => frame::send_failure(stream, &cause),
        };
        // Who was turned away is not listened to any more, and is told the rest all the same.
        if piece.sort != Sort::Talk {
            answered?;
        }
    }
}

fn nothing_begun() -> io::Result<()> {
    Err(io::Error::other("no file was begun"))
}

fn written(to: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes).and_then(|()| to.flush())
}

/// A file that the command names. The server asks for no other, and gets no other.
fn opened(io: &Io, path: &str, words: &[String]) -> io::Result<Box<dyn Read>> {
    if !is_named(path, words) {
        return Err(io::Error::new(
            ErrorKind::PermissionDenied,
            format!("'{}' is not named by this command", shown(path)),
        ));
    }
    io.disk.read(Path::new(path))
}

fn begin(io: &Io, keep: &Keep, words: &[String]) -> io::Result<Box<dyn Whole>> {
    // What is not named is made here and takes no other's place: a document under its own name. The rows that were not
    // taken go beside the file that was.
    let forced = words.iter().any(|word| word == "--force");
    let is_here = !keep.path.contains('/') && !keep.path.starts_with('.') && (forced || !keep.over);
    let beside = keep.path.strip_suffix(".rejects.csv").is_some_and(|file| is_named(file, words) || file == "stdin");
    if !is_named(&keep.path, words) && !is_here && !beside {
        let why = format!("'{}' is not named by this command", shown(&keep.path));
        return Err(io::Error::new(ErrorKind::PermissionDenied, why));
    }
    io.disk.begin(Path::new(&keep.path), keep.over)
}

/// Whether one of the words is this name, alone or behind a flag and its `=`.
fn is_named(path: &str, words: &[String]) -> bool {
    words.iter().skip(1).any(|word| {
        word == path || word.split_once('=').is_some_and(|(flag, value)| flag.starts_with('-') && value == path)
    })
}

fn hand_over(stream: &mut UnixStream, file: &mut dyn Read) -> io::Result<()> {
    let mut chunk = vec![0; PIECE];
    loop {
        match file.read(&mut chunk) {
            Ok(count) => {
                frame::send(stream, Sort::Data, &chunk[..count])?;
                if count == 0 {
                    return Ok(());
                }
            }
            Err(cause) => return frame::send_failure(stream, &cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_command_names_is_opened() {
        let words: Vec<_> =
            ["frontdesk", "customer", "import", "a.csv", "--map-file=map.txt"].map(str::to_owned).into();
        for named in ["a.csv", "map.txt"] {
            assert!(is_named(named, &words));
        }
        for other in ["/etc/passwd", "frontdesk", "--map-file", "a.csv ", ""] {
            assert!(!is_named(other, &words), "{other}");
        }
    }
}
