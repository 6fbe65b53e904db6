//! What the gate says by itself, and in how few words.

use data_encoding::BASE32_NOPAD;

use crate::portal::exchange::SECURITY_HEADERS;

/// Why a request goes no further; the connection is closed after each of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// 400, and what is odd about it.
    Odd(&'static str),
    /// 405
    Method,
    /// 408
    Slow,
    /// 411
    LengthMissing,
    /// 414
    TargetTooLong,
    /// 415
    Encoded,
    /// 417
    Expectation,
    /// 431
    HeadTooLarge,
    /// 500, with the reference that is also in the log.
    Broken(String),
    /// 503, and what there are too many of.
    Busy(&'static str),
    /// 505
    Version,
}

impl Refusal {
    /// The status.
    pub fn status(&self) -> u16 {
        self.words().0
    }

    /// The whole answer.
    pub fn answer(&self, with_body: bool) -> Vec<u8> {
        let (status, title, text) = self.words();
        let mut text = text.to_owned();
        if let Self::Broken(reference) = self {
            text = format!("{text} Reference: {reference}");
        }
        let body = page(status, title, &text);
        let mut head = format!("HTTP/1.1 {status} {title}\r\nContent-Type: text/html; charset=utf-8\r\n");
        for (name, value) in SECURITY_HEADERS {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        match self {
            Self::Method => head.push_str("Allow: GET, HEAD, POST\r\n"),
            Self::Busy(_) => head.push_str("Retry-After: 5\r\n"),
            _ => {}
        }
        head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", body.len()));
        if with_body {
            head.push_str(&body);
        }
        head.into_bytes()
    }

    fn words(&self) -> (u16, &'static str, &'static str) {
        const ODD: &str = "The request could not be understood. Go back and try again.";
        match self {
            Self::Odd(_) => (400, "Bad Request", ODD),
            Self::Method => (405, "Method Not Allowed", "This can only be shown or sent, nothing else."),
            Self::Slow => (408, "Request Timeout", "The request took too long to arrive. Try again."),
            Self::LengthMissing => (411, "Length Required", "The request did not say how long it is."),
            Self::TargetTooLong => (414, "URI Too Long", "The address is too long."),
            Self::Encoded => (415, "Unsupported Media Type", "Send it without compression."),
            Self::Expectation => (417, "Expectation Failed", ODD),
            Self::HeadTooLarge => {
                (431, "Request Header Fields Too Large", "Delete the cookies of this site and try again.")
            }
            Self::Broken(_) => (500, "Internal Server Error", "Something went wrong on our side. Try again later."),
            Self::Busy(_) => (503, "Service Unavailable", "There is much to do at the moment. Try again in a while."),
            Self::Version => (505, "HTTP Version Not Supported", "This server speaks HTTP/1.1."),
        }
    }
}

/// A page without any outside, for answers that know no group.
pub fn page(status: u16, title: &str, text: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{status} {title}</title></head>\
         <body><h1>{title}</h1><p>{text}</p></body></html>\n"
    )
}

/// Eight characters that join what a person saw with a line of the log.
pub fn reference() -> String {
    let mut bytes = [0; 5];
    // Without chance the reference is the same each time; the log's time still tells them apart.
    let _ = getrandom::fill(&mut bytes);
    BASE32_NOPAD.encode(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_a_whole_answer_that_closes() {
        for refusal in [Refusal::Odd("x"), Refusal::Method, Refusal::Busy("x"), Refusal::Broken("ABCDEFGH".into())] {
            let text = String::from_utf8(refusal.answer(true)).expect("text");
            let (head, body) = text.split_once("\r\n\r\n").expect("a head");
            assert!(head.starts_with(&format!("HTTP/1.1 {} ", refusal.status())));
            assert!(head.contains("\r\nConnection: close"));
            assert!(head.contains("frame-ancestors 'none'"));
            assert!(head.contains(&format!("\r\nContent-Length: {}\r\n", body.len())));
            assert!(refusal.answer(false).ends_with(b"\r\n\r\n"));
        }
    }

    #[test]
    fn references_differ() {
        assert_ne!(reference(), reference());
        assert_eq!(reference().len(), 8);
    }
}
