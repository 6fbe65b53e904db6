//! The sites of a company that may show its login box in a frame.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

use serde::Serialize;

use crate::db::{Subject, text_columns};
use crate::error::{Error, Result};
use crate::ids::OriginId;
use crate::text::shown;

/// Where a page comes from, as browsers say it: `https://www.nordkyl.example`, perhaps with a port.
///
/// It stands in a header of the login box, so it holds nothing but a scheme, a host in ASCII and a port.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(into = "String")]
pub struct Origin(String);

text_columns!(Origin);

/// A site that may show the login box.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SiteOrigin {
    /// Its row.
    #[serde(skip)]
    pub id: OriginId,
    /// Where its pages come from.
    pub origin: Origin,
}

impl Subject for SiteOrigin {
    const NOUN: &'static str = "origin";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.origin.to_string()
    }
}

/// The longest name of a host (RFC 1035).
const LONGEST_HOST: usize = 253;

impl Origin {
    /// Reads an origin as people copy it from a browser.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let refuse = |why: &str| Err(Error::invalid("origin", format!("'{}' {why}", shown(text))));
        match text {
            "*" => return refuse("would let every site show the login box"),
            "null" => return refuse("names no site"),
            _ => {}
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return refuse("does not begin with https://, as in https://www.example.com");
        };
        let scheme = scheme.to_ascii_lowercase();
        if !["https", "http"].contains(&scheme.as_str()) {
            return refuse("does not begin with https://, as in https://www.example.com");
        }
        if let Some(end) = rest.find(['/', '?', '#', '\\']) {
            let site = format!("{scheme}://{}", shown(&rest[..end]));
            let refused = format!("'{}' names a page, and all pages of a site have one origin", shown(text));
            return Err(Error::invalid("origin", refused).tip(format!("name the site alone: {site}")));
        }
        if rest.contains('*') {
            return refuse("would let many sites show the login box; name each one");
        }
        let (host, port) = match rest.split_once(':') {
            None => (rest, None),
            Some((host, digits)) => match digits.parse::<u16>() {
                Ok(port) if port > 0 && digits.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
                _ => return refuse("has no port between 1 and 65535 behind the colon"),
            },
        };
        let Some(host) = ascii_host(host) else {
            return refuse("holds more than a host, as in https://www.example.com");
        };
        if scheme == "http" && !is_loopback(&host) {
            return refuse("comes without encryption: only https:// sites may show the login box");
        }
        let usual = if scheme == "https" { 443 } else { 80 };
        let port = port.filter(|port| *port != usual).map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self(format!("{scheme}://{host}{port}")))
    }

    /// The text, which is plain ASCII without spaces or anything that ends a directive of a header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A host as it stands in headers: lower case, a domain of other scripts in its ASCII form.
fn ascii_host(host: &str) -> Option<String> {
    if host.is_empty() || host.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let host = idna::domain_to_ascii(host).ok()?;
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    (host.len() <= LONGEST_HOST && host.split('.').all(is_label)).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Origin {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_perhaps_a_port() {
        for (typed, kept) in [
            ("https://www.nordkyl.example", "https://www.nordkyl.example"),
            (" HTTPS://WWW.Nordkyl.Example:443 ", "https://www.nordkyl.example"),
            ("https://nordkyl.example:8443", "https://nordkyl.example:8443"),
            ("https://kyla-åre.example", "https://xn--kyla-re-ixa.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            match (Origin::parse(typed), typed.contains('å')) {
                (Ok(origin), false) => assert_eq!(origin.as_str(), kept),
                (Ok(origin), true) => assert!(origin.as_str().starts_with("https://xn--"), "{origin}"),
                (Err(error), _) => panic!("{typed}: {}", error.message()),
            }
        }
    }

    #[test]
    fn nothing_that_could_write_a_header_is_an_origin() {
        for odd in [
            "",
            "*",
            "null",
            "nordkyl.example",
            "https://",
            "https://*.nordkyl.example",
            "https://nordkyl.example/",
            "https://nordkyl.example/start",
            "https://nordkyl.example?x",
            "https://nordkyl.example#x",
            "https://nordkyl.example\\x",
            "https://rita@nordkyl.example",
            "https://nordkyl.example https://evil.test",
            "https://nordkyl.example; script-src *",
            "https://nordkyl.example,https://evil.test",
            "https://nordkyl.example\r\nSet-Cookie: x",
            "https://nordkyl.example:0",
            "https://nordkyl.example:65536",
            "https://nordkyl.example:+1",
            "https://nordkyl.example:",
            "https://[::1]",
            "https://-nordkyl.example",
            "https://nordkyl..example",
            "http://nordkyl.example",
            "http://10.0.0.1",
            "ftp://nordkyl.example",
            "javascript://nordkyl.example",
            "'self'",
            "https:",
        ] {
            let error = Origin::parse(odd).expect_err(odd);
            assert!(error.message().starts_with('\''), "{}", error.message());
        }
    }
}
