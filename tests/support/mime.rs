//! Reads a message back as a mail program would: heads unfolded and decoded, parts decoded.

use data_encoding::BASE64;

/// Heads and the decoded content, or the parts.
#[derive(Debug)]
pub struct Parsed {
    heads: Vec<(String, String)>,
    /// Decoded text; empty where there are parts.
    pub text: String,
    /// The parts of a multipart message.
    pub parts: Vec<Parsed>,
}

impl Parsed {
    /// Reads a whole message.
    pub fn read(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("a message in ASCII");
        assert!(text.is_ascii(), "a message in ASCII");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends in CR LF");
        assert!(text.lines().all(|line| line.len() <= 998), "no line is longer than 998");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let heads = heads(head);
        let find = |name: &str| heads.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone());
        let kind = find("Content-Type").unwrap_or_default();
        let (text, parts) = match kind.split_once("boundary=") {
            Some((_, boundary)) if kind.starts_with("multipart/") => {
                let boundary = boundary.split(';').next().unwrap_or_default().trim_matches('"');
                (String::new(), parts(body, boundary))
            }
            _ => (decoded(body, &find("Content-Transfer-Encoding").unwrap_or_default()), Vec::new()),
        };
        Self { heads, text, parts }
    }

    /// The one head of this name, decoded.
    pub fn head(&self, name: &str) -> &str {
        let mut found = self.heads.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
        let value = found.next().unwrap_or_else(|| panic!("no head {name} in {:?}", self.heads));
        assert!(found.next().is_none(), "{name} is there twice");
        &value.1
    }

    /// Whether there is a head of this name.
    pub fn has(&self, name: &str) -> bool {
        self.heads.iter().any(|(n, _)| n.eq_ignore_ascii_case(name))
    }
}

fn heads(text: &str) -> Vec<(String, String)> {
    let mut heads: Vec<(String, String)> = Vec::new();
    for line in text.split("\r\n") {
        match heads.last_mut() {
            Some((_, value)) if line.starts_with([' ', '\t']) => value.push_str(line),
            _ => {
                let (name, value) = line.split_once(": ").expect("a head has a colon");
                heads.push((name.into(), value.into()));
            }
        }
    }
    heads.into_iter().map(|(name, value)| (name, words(&value))).collect()
}

/// Decodes the encoded words of RFC 2047; space between two of them does not count.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut bytes: Vec<u8> = Vec::new();
    let mut rest = value;
    while let Some(start) = rest.find("=?utf-8?b?") {
        let between = &rest[..start];
        if bytes.is_empty() || !between.trim().is_empty() {
            out.push_str(&String::from_utf8(std::mem::take(&mut bytes)).expect("UTF-8"));
            out.push_str(between);
        }
        let (word, after) = rest[start + 10..].split_once("?=").expect("an encoded word ends");
        bytes.extend(BASE64.decode(word.as_bytes()).expect("base64"));
        rest = after;
    }
    out.push_str(&String::from_utf8(bytes).expect("UTF-8"));
    out + rest
}

fn parts(body: &str, boundary: &str) -> Vec<Parsed> {
    let body = format!("\r\n{body}");
    let (inside, _) = body.split_once(&format!("\r\n--{boundary}--")).expect("the last boundary");
    inside.split(&format!("\r\n--{boundary}\r\n")).skip(1).map(|part| Parsed::read(part.as_bytes())).collect()
}

fn decoded(body: &str, encoding: &str) -> String {
    match encoding {
        "base64" => {
            let packed: String = body.split_whitespace().collect();
            String::from_utf8(BASE64.decode(packed.as_bytes()).expect("base64")).expect("UTF-8")
        }
        "quoted-printable" => quoted_printable(body),
        "7bit" | "" => body.into(),
        other => panic!("unknown transfer encoding {other}"),
    }
    .replace("\r\n", "\n")
}

fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let mut bytes = joined.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let digits = [bytes.next().expect("a digit"), bytes.next().expect("a digit")];
            let digits = std::str::from_utf8(&digits).expect("digits");
            out.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).expect("UTF-8")
}
