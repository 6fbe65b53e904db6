//! Forms with files (`multipart/form-data`, RFC 7578), read from the spooled body: text into memory, files to the disk.

use std::io::{self, Read};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use multer::bytes::Bytes;
use multer::{Field, Multipart};

use super::exchange::Body;
use super::values::{TEXTS_LIMIT, Values};
use crate::config::Uploads;
use crate::documents::{Files, Incoming, Sent};
use crate::error::{Error, Kind, Result};

/// Bytes that are read at once.
const CHUNK: usize = 16 * 1024;

/// The longest head of a part, and the longest text before the first one.
const PART_HEAD: u64 = 8 * 1024;

/// More parts than any form of ours has; the longest is a self-check of 200 points, each with four fields.
const MOST_PARTS: usize = 900;

/// A form with files.
#[derive(Debug)]
pub struct Form {
    /// Its other fields.
    pub values: Values,
    /// What came in its file fields, each with the name of its field, in order.
    pub files: Vec<(String, Sent)>,
}

/// Whether a form says that it may carry files.
pub fn is_multipart(content_type: &str) -> bool {
    content_type.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("multipart/form-data"))
}

/// Reads a form. Before the first byte of a file is looked at, `check` sees the fields that came before it: what shows
/// that a form is our own stands first in each of ours.
///
/// A file that cannot be taken becomes a refusal in its place, and the form lives on. A form that is cut short, or that no
/// browser sends, is an error.
pub fn read(
    body: &mut Body,
    content_type: &str,
    store: &Files,
    rules: &Uploads,
    check: impl FnOnce(&Values) -> Result<()>,
) -> Result<Form> {
    let boundary =
        multer::parse_boundary(content_type).map_err(|cause| odd("it does not say what divides it", cause))?;
    if !(1..=70).contains(&boundary.len()) {
        return Err(Error::new(Kind::Data, "the form is divided by what no browser divides forms by"));
    }
    let mut parts = Parts::new(body.reader()?, boundary);
    let mut form = Form { values: Values::default(), files: Vec::new() };
    let (mut check, mut text_bytes, mut count, mut taken) = (Some(check), 0, 0, 0);
    while let Some(mut part) = parts.next()? {
        count += 1;
        if count > MOST_PARTS {
            return Err(Error::new(Kind::Data, format!("the form has more than {MOST_PARTS} parts")));
        }
        let name = unescaped(part.name().ok_or_else(|| Error::new(Kind::Data, "the form has a part without a name"))?);
        let Some(file_name) = part.file_name().map(unescaped) else {
            let mut text = Vec::new();
            while let Some(bytes) = next(&mut part)? {
                text_bytes += bytes.len() as u64;
                if text_bytes > TEXTS_LIMIT {
                    return Err(Error::new(
                        Kind::NoInput,
                        format!("the form's texts are longer than {TEXTS_LIMIT} bytes"),
                    ));
                }
                text.extend_from_slice(&bytes);
            }
            form.values.add(name, utf8(text)?)?;
            continue;
        };
        if let Some(check) = check.take() {
            check(&form.values)?;
        }
        let mut first = next(&mut part)?;
        // Browsers send an empty part without a name for a field in which nothing was chosen.
        if file_name.is_empty() && first.as_ref().is_none_or(Bytes::is_empty) {
            while let Some(bytes) = next(&mut part)? {
                if !bytes.is_empty() {
                    return Err(Error::new(Kind::Data, "the form has a file without a name"));
                }
            }
            continue;
        }
        taken += 1;
        let mut incoming = match taken <= rules.max_files {
            true => Incoming::new(store, &file_name, rules)?,
            false => Incoming::too_many(&file_name),
        };
        while let Some(bytes) = first {
            incoming.push(&bytes)?;
            first = next(&mut part)?;
        }
        form.files.push((name, incoming.end()));
    }
    if let Some(check) = check.take() {
        check(&form.values)?;
    }
    Ok(form)
}

/// The parts of a body. The library reads as much as its source will give, so the source gives one chunk each time it is
/// asked, and then says that there is none yet: what lies in memory is a chunk or two, however large the body.
struct Parts<'r> {
    inner: Multipart<'r>,
    given: Arc<AtomicU64>,
}

impl<'r> Parts<'r> {
    fn new(reader: impl Read + Send + Unpin + 'r, boundary: String) -> Self {
        let given = Arc::new(AtomicU64::new(0));
        let source = Source { reader, given: Arc::clone(&given), rests: false };
        Self { inner: Multipart::new(source, boundary), given }
    }

    /// The next part. Its head must come within [`PART_HEAD`]: the library itself would wait for its end for ever.
    fn next(&mut self) -> Result<Option<Field<'r>>> {
        let before = self.given.load(Ordering::Relaxed);
        loop {
            match self.inner.poll_next_field(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(part) => return part.map_err(broken),
                Poll::Pending if self.given.load(Ordering::Relaxed) - before > PART_HEAD => {
                    return Err(Error::new(
                        Kind::Data,
                        format!("a part of the form has a head of over {PART_HEAD} bytes"),
                    ));
                }
                Poll::Pending => {}
            }
        }
    }
}

/// The next bytes of a part; nothing at its end.
fn next(part: &mut Field) -> Result<Option<Bytes>> {
    loop {
        if let Poll::Ready(bytes) = pin!(&mut *part).poll_next(&mut Context::from_waker(Waker::noop())) {
            return bytes.transpose().map_err(broken);
        }
    }
}

struct Source<R> {
    reader: R,
    given: Arc<AtomicU64>,
    rests: bool,
}

impl<R: Read + Unpin> Stream for Source<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.rests = !self.rests;
        if !self.rests {
            return Poll::Pending;
        }
        let mut chunk = vec![0; CHUNK];
        loop {
            return Poll::Ready(match self.reader.read(&mut chunk) {
                Ok(0) => None,
                Ok(count) => {
                    chunk.truncate(count);
                    self.given.fetch_add(count as u64, Ordering::Relaxed);
                    Some(Ok(chunk.into()))
                }
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                Err(cause) => Some(Err(cause)),
            });
        }
    }
}

/// A name as browsers write it into a part's head: three characters are escaped (HTML, "multipart/form-data encoding
/// algorithm"), and a percent sign before anything else is one.
fn unescaped(name: &str) -> String {
    name.replace("%0D", "\r").replace("%0A", "\n").replace("%22", "\"")
}

fn utf8(text: Vec<u8>) -> Result<String> {
    String::from_utf8(text).map_err(|_| Error::new(Kind::Data, "the form holds a text that is no UTF-8"))
}

fn broken(cause: multer::Error) -> Error {
    match cause {
        multer::Error::StreamReadFailed(cause) => {
            Error::new(Kind::Storage, "the request's own bytes cannot be read back").because(anyhow::anyhow!(cause))
        }
        cause => odd("it is cut short, or divided as no browser divides it", cause),
    }
}

fn odd(why: &str, cause: multer::Error) -> Error {
    Error::new(Kind::Data, format!("the form with files cannot be read: {why}")).because(cause)
}

#[cfg(test)]
mod tests;
