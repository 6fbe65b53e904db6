//! Cookies: named after the group, so that one person can be signed in at two companies; never readable by scripts.

use crate::text::Slug;

/// What a cookie is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cookie {
    /// The session's token.
    Session,
    /// A random value of a browser that nobody signed in with yet, to which forms are bound.
    Guest,
    /// The token of an invitation or a reset, after it left the address.
    Link,
    /// The language that was chosen before signing in.
    Language,
    /// That this browser opened the preview.
    Preview,
}

impl Cookie {
    fn name(self, group: &Slug, secure: bool) -> String {
        let prefix = if secure { "__Host-" } else { "" };
        let ending = match self {
            Self::Session => "",
            Self::Guest => ".guest",
            Self::Link => ".link",
            Self::Language => ".language",
            Self::Preview => ".preview",
        };
        format!("{prefix}frontdesk-{group}{ending}")
    }

    /// Its value among those that a browser sent.
    pub fn read<'a>(self, header: &'a str, group: &Slug, secure: bool) -> Option<&'a str> {
        let name = self.name(group, secure);
        header.split(';').find_map(|pair| pair.trim().strip_prefix(&name)?.strip_prefix('='))
    }

    /// The header that sets it, for so many seconds.
    pub fn set(self, group: &Slug, secure: bool, value: &str, seconds: i64) -> String {
        let secured = if secure { "; Secure" } else { "" };
        format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secured}", self.name(group, secure))
    }

    /// The header that takes it away.
    pub fn clear(self, group: &Slug, secure: bool) -> String {
        self.set(group, secure, "", 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_do_not_share_cookies() {
        let (one, other) = (Slug::parse("nordkyl").expect("a slug"), Slug::parse("nord").expect("a slug"));
        let set = Cookie::Session.set(&one, true, "abc", 60);
        assert_eq!(set, "__Host-frontdesk-nordkyl=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        let sent = "x=1; __Host-frontdesk-nordkyl=abc; __Host-frontdesk-nordkyl.guest=g";
        assert_eq!(Cookie::Session.read(sent, &one, true), Some("abc"));
        assert_eq!(Cookie::Guest.read(sent, &one, true), Some("g"));
        assert_eq!(Cookie::Session.read(sent, &other, true), None);
        assert_eq!(Cookie::Session.read(sent, &one, false), None);
    }
}
