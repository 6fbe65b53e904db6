//! Bytes of a file become UTF-8 text, piece by piece, or a sentence that says what the file is instead.

use std::io::Read;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

use crate::error::{Error, Kind, Result};
use crate::text::shown;

const HEAD: usize = 4096;
const PIECE: usize = 64 * 1024;

/// The text of a file, decoded as it is read.
pub struct Text {
    input: Box<dyn Read>,
    raw: Vec<u8>,
    ended: bool,
    finished: bool,
    decoder: Decoder,
    encoding: &'static Encoding,
    marked: bool,
    read: u64,
    most: u64,
    line: u64,
}

impl Text {
    /// Looks at the first bytes and decides how to read the rest.
    ///
    /// A byte order mark wins over `label`, so that a file of rejected rows, which always has one, can be imported
    /// with the options of the file it came from. `most` is the largest file that is read, in bytes.
    pub fn open(mut input: Box<dyn Read>, label: Option<&str>, most: u64) -> Result<Self> {
        let mut raw = Vec::with_capacity(PIECE);
        input.by_ref().take(HEAD as u64).read_to_end(&mut raw).map_err(unreadable)?;
        refuse_other_formats(&raw)?;
        let named = label.map(named).transpose()?;
        let mark = Encoding::for_bom(&raw);
        if mark.is_none() && named.is_none() {
            refuse_zero_bytes(&raw)?;
        }
        let encoding = mark.map(|(encoding, _)| encoding).or(named).unwrap_or(UTF_8);
        let read = raw.len() as u64;
        raw.drain(..mark.map_or(0, |(_, length)| length));
        let decoder = encoding.new_decoder_without_bom_handling();
        let mut text = Self {
            input,
            raw,
            ended: false,
            finished: false,
            decoder,
            encoding,
            marked: mark.is_some(),
            read,
            most,
            line: 1,
        };
        text.within_bounds()?;
        text.ended = read < HEAD as u64;
        Ok(text)
    }

    /// Appends the next piece of text; false when there is no more.
    pub fn next_piece(&mut self, out: &mut Vec<u8>) -> Result<bool> {
        while !self.finished {
            if self.raw.is_empty() && !self.ended {
                let read = self.input.by_ref().take(PIECE as u64).read_to_end(&mut self.raw).map_err(unreadable)?;
                self.ended = read < PIECE;
                self.read += read as u64;
                self.within_bounds()?;
            }
            let last = self.ended;
            let before = out.len();
            let room = self.decoder.max_utf8_buffer_length_without_replacement(self.raw.len()).unwrap_or(PIECE * 4);
            out.resize(before + room, 0);
            let (result, taken, written) =
                self.decoder.decode_to_utf8_without_replacement(&self.raw, &mut out[before..], last);
            out.truncate(before + written);
            self.line += out[before..].iter().filter(|byte| **byte == b'\n').count() as u64;
            if let DecoderResult::Malformed(length, after) = result {
                let at = taken.saturating_sub(usize::from(length) + usize::from(after));
                return Err(self.malformed(self.raw.get(at).copied()));
            }
            self.raw.drain(..taken);
            self.finished = last && self.raw.is_empty();
            if written > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How the file is encoded, for people: `UTF-8`, `UTF-8 with BOM`, `windows-1252`.
    pub fn encoding(&self) -> String {
        if self.marked { format!("{} with BOM", self.encoding.name()) } else { self.encoding.name().to_owned() }
    }

    fn within_bounds(&self) -> Result<()> {
        if self.read <= self.most {
            return Ok(());
        }
        Err(Error::new(Kind::Data, format!("the file is larger than {}", size(self.most)))
            .tip("split it and import the parts one after the other"))
    }

    fn malformed(&self, byte: Option<u8>) -> Error {
        let byte = byte.map(|byte| format!(": the byte 0x{byte:02X} cannot stand there")).unwrap_or_default();
        let error = Error::new(Kind::Data, format!("line {} is not {}{byte}", self.line, self.encoding.name()));
        if self.encoding == UTF_8 {
            error.tip("a file from an older Windows program: --encoding windows-1252")
        } else {
            error.tip("--encoding names another encoding, such as windows-1252")
        }
    }
}

/// A number of bytes for people.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 1_048_576),
    }
}

fn named(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label_no_replacement(label.trim().as_bytes()).ok_or_else(|| {
        Error::new(Kind::Usage, format!("'{}' is not an encoding that frontdesk reads", shown(label)))
            .at("encoding")
            .tip("such as utf-8, windows-1252, iso-8859-15, utf-16le; others: iconv -f NAME -t UTF-8 FILE")
    })
}

fn refuse_other_formats(head: &[u8]) -> Result<()> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let save_as = "open it in the spreadsheet program and save it as CSV UTF-8, then import that file";
    let (what, tip) = if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        ("an .xlsx workbook or another zip file", save_as)
    } else if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        ("an .xls workbook of an old spreadsheet program", save_as)
    } else if head.starts_with(b"\x1f\x8b") {
        ("compressed with gzip", "unpack it: gunzip -c FILE | frontdesk … import -")
    } else if head.starts_with(b"%PDF") {
        ("a PDF", "export CSV from the program that made it")
    } else if text.starts_with(b"<?xml") || text.starts_with(b"<!") || text.starts_with(b"<html") {
        ("a web page or XML", save_as)
    } else if text.strip_prefix(b"[").is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'{' | b']'))) {
        ("one JSON list", "write one object a line, as -o jsonl prints them")
    } else {
        return Ok(());
    };
    Err(Error::new(Kind::Data, format!("the file is {what}, not CSV")).tip(tip))
}

fn refuse_zero_bytes(head: &[u8]) -> Result<()> {
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd == 0 {
        return Ok(());
    }
    let pairs = head.len() / 2;
    let error = |what: &str| Error::new(Kind::Data, format!("the file {what}"));
    Err(if odd > pairs / 2 && even == 0 {
        error("looks like UTF-16 without a byte order mark").tip("--encoding utf-16le")
    } else if even > pairs / 2 && odd == 0 {
        error("looks like UTF-16 without a byte order mark").tip("--encoding utf-16be")
    } else {
        error("holds zero bytes, so it is not text").tip("import takes CSV or JSON lines")
    })
}

fn unreadable(cause: std::io::Error) -> Error {
    Error::new(Kind::NoInput, format!("the file cannot be read: {cause}")).because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], label: Option<&str>) -> Result<(String, String)> {
        let mut text = Text::open(Box::new(std::io::Cursor::new(bytes.to_vec())), label, 1 << 20)?;
        let mut out = Vec::new();
        while text.next_piece(&mut out)? {}
        Ok((String::from_utf8(out).expect("UTF-8"), text.encoding()))
    }

    fn refusal(bytes: &[u8], label: Option<&str>) -> (String, String) {
        let error = decoded(bytes, label).expect_err("a refusal");
        assert!(matches!(error.kind(), Kind::Data | Kind::Usage));
        (error.message().to_owned(), error.tip_text().unwrap_or_default().to_owned())
    }

    #[test]
    fn known_encodings_are_read() {
        assert_eq!(decoded("åäö".as_bytes(), None).expect("text"), ("åäö".into(), "UTF-8".into()));
        assert_eq!(decoded(b"\xef\xbb\xbfa", None).expect("text"), ("a".into(), "UTF-8 with BOM".into()));
        assert_eq!(
            decoded(b"Fr\xf6jden", Some("windows-1252")).expect("text"),
            ("Fröjden".into(), "windows-1252".into())
        );
        assert_eq!(
            decoded(b"\xff\xfeN\0\xe5\0", None).expect("text"),
            ("Nå".into(), "UTF-16LE with BOM".into()),
            "UTF-16 says so itself"
        );
        let marked = decoded("\u{feff}åäö".as_bytes(), Some("windows-1252")).expect("text");
        assert_eq!(marked.0, "åäö", "the mark wins over the option");
    }

    #[test]
    fn text_longer_than_a_piece_is_whole() {
        let long = "å".repeat(PIECE + 7);
        assert_eq!(decoded(long.as_bytes(), None).expect("text").0, long);
    }

    #[test]
    fn a_foreign_encoding_is_never_guessed() {
        let (message, tip) = refusal(b"no,name\n1,a\n2,Fr\xf6jden\n", None);
        assert_eq!(message, "line 3 is not UTF-8: the byte 0xF6 cannot stand there");
        assert!(tip.contains("--encoding windows-1252"), "{tip}");
        assert!(refusal(b"a\0b\0c\0d\0", None).1.contains("utf-16le"));
        assert!(refusal(b"\0a\0b\0c\0d", None).1.contains("utf-16be"));
        assert_eq!(refusal(b"ab\0\0c", None).0, "the file holds zero bytes, so it is not text");
        assert!(refusal(b"a", Some("cp850")).0.starts_with("'cp850' is not an encoding"));
        assert_eq!(refusal(b"caf\xc3", None).0, "line 1 is not UTF-8: the byte 0xC3 cannot stand there");
    }

    #[test]
    fn other_formats_are_named_with_the_way_out() {
        for (bytes, word) in [
            (&b"PK\x03\x04rest"[..], ".xlsx"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"%PDF-1.7", "PDF"),
            (b" <html><table>", "web page"),
            (b"[\n {\"a\":1}]", "JSON list"),
        ] {
            let (message, tip) = refusal(bytes, None);
            assert!(message.contains(word), "{message}");
            assert!(!tip.is_empty());
        }
    }

    #[test]
    fn a_file_too_large_is_not_read_to_its_end() {
        let endless = Box::new(std::io::repeat(b'a'));
        let mut text = Text::open(endless, None, 200_000).expect("a beginning");
        let mut out = Vec::new();
        let error = loop {
            out.clear();
            if let Err(error) = text.next_piece(&mut out) {
                break error;
            }
        };
        assert_eq!(error.message(), "the file is larger than 195 KiB");
    }
}
