//! What a password may be: long enough, not one that everybody uses, not made of the names around it. Nothing else.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::fold;

/// Longer passwords are refused before they are hashed: hashing must not be a way to keep the machine busy.
pub const LONGEST: usize = 1024;

/// What is left of a password without the names around it must still be so long.
const LEAST_OWN: usize = 6;

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Why a password is not taken, with the facts that a page needs to say it in any language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordFlaw {
    /// It has too few characters.
    TooShort {
        /// How many it needs.
        least: usize,
        /// How many it has.
        has: usize,
    },
    /// It has too many bytes.
    TooLong {
        /// How many it may have.
        most: usize,
    },
    /// It is among the first that a stranger would try.
    Common,
    /// It is little more than a name that a stranger would guess: of the company, the customer, the person.
    Guessable {
        /// That name.
        word: String,
    },
}

impl PasswordFlaw {
    /// The reason as a sentence of English, without a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::TooShort { least, has } => format!("the password has {has} characters and needs at least {least}"),
            Self::TooLong { most } => format!("the password is longer than {most} bytes"),
            Self::Common => "the password is one of those that are tried first".into(),
            Self::Guessable { word } => format!("the password is little more than '{word}', which others can guess"),
        }
    }
}

/// What is not good enough about a password, if anything. It is looked at as it is and never changed.
///
/// `around` are the names that a stranger would try: of the company, the customer, the person's address.
pub fn flaw(password: &str, least: usize, around: &[&str]) -> Option<PasswordFlaw> {
    if password.len() > LONGEST {
        return Some(PasswordFlaw::TooLong { most: LONGEST });
    }
    let has = password.chars().count();
    if has < least {
        return Some(PasswordFlaw::TooShort { least, has });
    }
    if COMMON.contains(password.to_lowercase().as_str()) {
        return Some(PasswordFlaw::Common);
    }
    guessable(password, around).map(|word| PasswordFlaw::Guessable { word })
}

/// The name that a password is little more than.
fn guessable(password: &str, around: &[&str]) -> Option<String> {
    let mut names: Vec<(String, &str)> = around
        .iter()
        .chain(&["frontdesk"])
        .flat_map(|name| std::iter::once(*name).chain(name.split(|c: char| !c.is_alphanumeric())))
        .map(|name| (letters(name), name))
        .filter(|(letters, _)| letters.chars().count() >= 3)
        .collect();
    names.sort_by_key(|(letters, _)| std::cmp::Reverse(letters.chars().count()));
    let mut rest = letters(password);
    let mut first = None;
    for (letters, name) in &names {
        if rest.contains(letters.as_str()) {
            rest = rest.replace(letters.as_str(), "");
            first = first.or(Some(*name));
        }
    }
    // A run of one character is as good as one of them.
    let mut own: Vec<char> = rest.chars().collect();
    own.dedup();
    first.filter(|_| own.len() < LEAST_OWN).map(str::to_owned)
}

/// Letters and digits in lower case without accents.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AROUND: &[&str] = &["Nordkyl AB", "nordkyl", "Brf Fröjden", "eva.lind", "brf.example"];

    #[test]
    fn length_is_counted_in_characters_and_capped_in_bytes() {
        let of = |length: usize| "xK9#mQ2v".chars().cycle().take(length).collect::<String>();
        assert_eq!(flaw(&of(7), 8, &[]), Some(PasswordFlaw::TooShort { least: 8, has: 7 }));
        assert_eq!(flaw(&of(11), 12, &[]), Some(PasswordFlaw::TooShort { least: 12, has: 11 }));
        for fine in [8, 14, 15, 64, 1024] {
            assert_eq!(flaw(&of(fine), 8, &[]), None, "{fine}");
        }
        assert_eq!(flaw(&of(1025), 8, &[]), Some(PasswordFlaw::TooLong { most: 1024 }));
        assert_eq!(flaw("🦊🐘🐝🦉🐳🦀🐙🐢🦔🦜🐬🦩", 12, &[]), None);
        assert_eq!(flaw(" led over vattnet ", 12, &[]), None);
    }

    #[test]
    fn what_everybody_uses_is_refused_whatever_the_case() {
        for common in
            ["Password12345", "qwertyuiop123", "iloveyouforever", "Sommar2026!!", "111111111111", "Contraseña123"]
        {
            assert_eq!(flaw(common, 12, &[]), Some(PasswordFlaw::Common), "{common}");
        }
        assert_eq!(flaw("a lamp that hums at night", 12, &[]), None);
    }

    #[test]
    fn the_list_holds_what_the_rules_would_let_through() {
        let lines: Vec<_> = include_str!("common_passwords.txt").lines().collect();
        assert!(lines.iter().filter(|line| line.chars().count() >= 12).count() >= 3000);
        assert!(lines.iter().all(|line| line.chars().count() >= 8 && *line == line.to_lowercase()));
        assert!(lines.is_sorted() && COMMON.len() == lines.len());
        assert!(include_str!("common_passwords.txt").len() < 80_000);
    }

    #[test]
    fn names_around_the_person_are_no_passwords() {
        for (password, word) in [
            ("nordkyl12345", "Nordkyl"),
            ("Nordkyl AB!!", "Nordkyl AB"),
            ("Eva.Lind.Eva.Lind", "eva.lind"),
            ("BRF Fröjden 26", "Brf Fröjden"),
            ("brf-frojden-2026", "Brf Fröjden"),
            ("frontdesk xxxxxxxxx", "frontdesk"),
        ] {
            assert_eq!(flaw(password, 12, AROUND), Some(PasswordFlaw::Guessable { word: word.into() }), "{password}");
        }
        assert_eq!(flaw("nordkyl keeps my milk cold", 12, AROUND), None);
    }
}
