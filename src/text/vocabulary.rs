//! Plain words that stand for the cases of something, spelled in one place.

/// Makes an enum of plain words that are spelled once: in commands, tables, JSON and the database.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $noun:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in the order they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word for it in commands, tables and the database.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::Error;
            fn from_str(text: &str) -> $crate::error::Result<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == text).ok_or_else(|| {
                    let words = || Self::ALL.iter().map(|one| one.word());
                    let error = $crate::error::Error::invalid($noun, format!("'{}' is not {} {}", $crate::text::shown(text), $crate::text::article($noun), $noun));
                    match $crate::text::nearest(text, words()) {
                        Some(word) => error.tip(format!("did you mean {word}?")),
                        None => error.tip(format!("there are: {}", words().collect::<Vec<_>>().join(" "))),
                    }
                })
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::error::Error;
            fn try_from(text: String) -> $crate::error::Result<Self> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.word().into()
            }
        }
    };
}
pub(crate) use vocabulary;

/// `a` or `an`, as it stands before a word.
pub(crate) fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}
