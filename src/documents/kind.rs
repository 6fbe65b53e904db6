//! What a file is: its ending decides, and its first bytes must fit; what it says of itself is not asked.

/// How many of the first bytes are looked at.
const HEAD: usize = 64;

/// What the bytes of an ending look like.
#[derive(Clone, Copy)]
enum Look {
    /// They begin with one of these.
    Begins(&'static [&'static [u8]]),
    /// They hold one of these words at a place.
    Holds(usize, &'static [&'static [u8]]),
    /// Text in UTF-8 or one of the Latin encodings: no NUL and no other control character that text does not have.
    Text,
}

const ZIP: Look = Look::Begins(&[b"PK\x03\x04"]);
const OLD_OFFICE: Look = Look::Begins(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]);

/// The endings that are known, under which type they are given out, and what their bytes look like.
const KINDS: &[(&str, &str, Look)] = &[
    ("pdf", "application/pdf", Look::Begins(&[b"%PDF-"])),
    ("jpg", "image/jpeg", Look::Begins(&[b"\xff\xd8\xff"])),
    ("jpeg", "image/jpeg", Look::Begins(&[b"\xff\xd8\xff"])),
    ("png", "image/png", Look::Begins(&[b"\x89PNG\r\n\x1a\n"])),
    ("gif", "image/gif", Look::Begins(&[b"GIF87a", b"GIF89a"])),
    ("webp", "image/webp", Look::Holds(8, &[b"WEBP"])),
    ("heic", "image/heic", Look::Holds(4, &[b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1"])),
    ("tif", "image/tiff", Look::Begins(&[b"II*\0", b"MM\0*"])),
    ("tiff", "image/tiff", Look::Begins(&[b"II*\0", b"MM\0*"])),
    ("txt", "text/plain", Look::Text),
    ("csv", "text/csv", Look::Text),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ZIP),
    ("odt", "application/vnd.oasis.opendocument.text", ZIP),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet", ZIP),
    ("odp", "application/vnd.oasis.opendocument.presentation", ZIP),
    ("zip", "application/zip", ZIP),
    ("doc", "application/msword", OLD_OFFICE),
    ("xls", "application/vnd.ms-excel", OLD_OFFICE),
    ("rtf", "application/rtf", Look::Begins(&[b"{\\rtf"])),
    ("dwg", "image/vnd.dwg", Look::Begins(&[b"AC10"])),
    ("mp4", "video/mp4", Look::Holds(4, &[b"ftyp"])),
    ("mov", "video/quicktime", Look::Holds(4, &[b"ftyp"])),
];

/// The type under which files of an ending are given out. An ending that the configuration allows and this house does
/// not know is given out as bytes.
pub fn media_type(ending: &str) -> &'static str {
    find(ending).map_or("application/octet-stream", |(_, media_type, _)| media_type)
}

fn find(ending: &str) -> Option<&'static (&'static str, &'static str, Look)> {
    KINDS.iter().find(|(known, ..)| *known == ending)
}

/// Looks at bytes while they pass, and keeps only the first of them.
#[derive(Default)]
pub struct Glance {
    head: Vec<u8>,
    odd: bool,
}

impl Glance {
    /// The next bytes.
    pub fn pass(&mut self, bytes: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..room]);
        self.odd = self.odd || bytes.iter().any(|byte| !is_text(*byte));
    }

    /// Whether what passed is what the ending says. Of an ending that is not known nothing is expected.
    pub fn fits(&self, ending: &str) -> bool {
        match find(ending).map(|(.., look)| *look) {
            None => true,
            Some(Look::Begins(words)) => words.iter().any(|word| self.head.starts_with(word)),
            Some(Look::Holds(at, words)) => {
                let rest = self.head.get(at..).unwrap_or_default();
                words.iter().any(|word| rest.starts_with(word)) && (ending != "webp" || self.head.starts_with(b"RIFF"))
            }
            Some(Look::Text) => !self.odd,
        }
    }
}

/// Whether text holds such a byte: line ends, tab, form feed, the end mark of old systems, escape, and all above.
fn is_text(byte: u8) -> bool {
    byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(ending: &str, bytes: &[u8]) -> bool {
        // In pieces, as a network brings them.
        let mut look = Glance::default();
        bytes.chunks(3).for_each(|piece| look.pass(piece));
        look.fits(ending)
    }

    #[test]
    fn the_first_bytes_fit_the_ending() {
        let many = [b'a'; 500];
        for (ending, bytes) in [
            ("pdf", &b"%PDF-1.7\n%\xe2"[..]),
            ("jpg", b"\xff\xd8\xff\xe0\0\x10JFIF<!-- a comment -->"),
            ("jpeg", b"\xff\xd8\xff\xdb"),
            ("png", b"\x89PNG\r\n\x1a\n\0\0"),
            ("webp", b"RIFF\x10\0\0\0WEBPVP8 "),
            ("heic", b"\0\0\0\x18ftypheic\0\0"),
            ("heic", b"\0\0\0\x18ftypmif1\0\0"),
            ("docx", b"PK\x03\x04\x14\0"),
            ("txt", b"Sm\xf6rj kompressorn\r\n"),
            ("txt", "Smörj\u{feff}\t\u{c}".as_bytes()),
            ("csv", b"a;b\n1;2\n"),
            ("txt", &many),
            ("step", b"anything \0 at all"),
        ] {
            assert!(fits(ending, bytes), "{ending}");
        }
        let late = [&many[..], b"\0"].concat();
        for (ending, bytes) in [
            ("pdf", &b"<html>%PDF-"[..]),
            ("pdf", b"%PD"),
            ("png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("jpg", b"\x89PNG\r\n\x1a\n"),
            ("webp", b"RIFX\x10\0\0\0WEBP"),
            ("webp", b"RIFF"),
            ("heic", b"\0\0\0\x18ftypqt  "),
            ("xlsx", b"<?xml"),
            ("txt", b"MZ\x90\0"),
            ("csv", &late),
            ("txt", b"a\x01b"),
        ] {
            assert!(!fits(ending, bytes), "{ending}: {bytes:?}");
        }
    }

    #[test]
    fn nothing_is_given_out_as_something_that_browsers_run() {
        for (ending, media_type, _) in KINDS {
            assert!(
                !["html", "svg", "xml", "javascript"]
                    .iter()
                    .any(|word| media_type.contains(word) && !media_type.contains("openxml")),
                "{ending}"
            );
        }
        assert_eq!(media_type("svg"), "application/octet-stream");
        assert_eq!(media_type("jpeg"), "image/jpeg");
    }
}
