//! How bytes and characters are written for the way, and read again.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;

/// So many bytes of a text are read, many times what can be said on an order.
const LONGEST_TEXT: usize = 1_000_000;

/// The bytes of a part as they were before the way.
pub fn decoded<'a>(body: &'a [u8], encoding: &str) -> Cow<'a, [u8]> {
    match encoding {
        "base64" => base64_decode(body)
            .unwrap_or_else(|| {
                // Some servers write a line below it: what is no letter of base64 is left out.
                let known = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
                let letters: Vec<u8> = body.iter().copied().filter(known).collect();
                base64_decode(&letters).unwrap_or_default()
            })
            .into(),
        "quoted-printable" => quoted_printable(body).into(),
        _ => body.into(),
    }
}

/// Quoted-printable; what is not well formed stays as it is.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let (text, end) = match line.strip_suffix(b"\n") {
            Some(text) => (text, &b"\n"[..]),
            None => (line, &b""[..]),
        };
        let text = text.trim_ascii_end();
        let (text, end) = match text.strip_suffix(b"=") {
            Some(text) => (text, &b""[..]),
            None => (text, end),
        };
        let mut at = 0;
        while at < text.len() {
            let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
            match (text[at], digit(at + 1), digit(at + 2)) {
                (b'=', Some(high), Some(low)) => {
                    out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                    at += 3;
                }
                (byte, ..) => {
                    out.push(byte);
                    at += 1;
                }
            }
        }
        out.extend_from_slice(end);
    }
    out
}

/// Bytes as text. What says nothing of its characters, or only ASCII, may well be UTF-8.
pub fn written(bytes: &[u8], charset: Option<&str>) -> String {
    let bytes = &bytes[..bytes.len().min(LONGEST_TEXT)];
    let label = charset.unwrap_or_default().trim().to_ascii_lowercase();
    let modest = ["", "us-ascii", "ascii", "unknown-8bit", "utf-8", "utf8"].contains(&label.as_str());
    if modest && let Ok(text) = std::str::from_utf8(bytes) {
        return text.trim_start_matches('\u{feff}').to_owned();
    }
    match encoding_rs::Encoding::for_label(label.as_bytes()) {
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => match charset_decoder(label.as_bytes()) {
            Some(decode) if !modest => decode(bytes),
            _ => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    }
}

/// Text whose lines were broken for the way (RFC 3676): a line that ends in a space goes on in the next.
pub fn unfolded(text: &str, drop_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    let quotes = |line: &str| line.bytes().take_while(|byte| *byte == b'>').count();
    while let Some(line) = lines.next() {
        let depth = quotes(line);
        let line = if depth == 0 { line.strip_prefix(' ').unwrap_or(line) } else { line };
        let flows =
            line.ends_with(' ') && line.trim_end() != "--" && lines.peek().is_some_and(|next| quotes(next) == depth);
        if flows && depth == 0 {
            out.push_str(if drop_space { line.strip_suffix(' ').unwrap_or(line) } else { line });
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
