//! Whole numbers and how many of a thing there are, as people of each language write them.

use crate::text::Lang;

/// A whole number in groups of three: `12,459`, `12 459` (narrow space that does not break), `12.459`.
///
/// Spanish leaves numbers of four digits together: `1204`.
pub fn integer(value: i64, lang: Lang) -> String {
    let digits = value.unsigned_abs().to_string();
    let (separator, shortest) = match lang {
        Lang::En => (',', 4),
        Lang::Sv => ('\u{202f}', 4),
        Lang::Es => ('.', 5),
    };
    let mut out = String::new();
    if value < 0 {
        out.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() >= shortest && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// The form of a word that goes with a number: `one` for exactly one, `other` for everything else, zero included.
///
/// English, Swedish and Spanish agree in this; a language that does not gets its own arm here.
pub fn plural<'a>(count: i64, lang: Lang, one: &'a str, other: &'a str) -> &'a str {
    match lang {
        Lang::En | Lang::Sv | Lang::Es => {
            if count == 1 {
                one
            } else {
                other
            }
        }
    }
}

/// A number with its word: `1 order`, `1,204 orders`.
pub fn counted(count: i64, lang: Lang, one: &str, other: &str) -> String {
    format!("{} {}", integer(count, lang), plural(count, lang, one, other))
}

/// A number of bytes as people read it: `812 kB`, `1.2 MB`, `25 MB`; units of 1,000, as files are limited.
pub fn bytes(value: i64, lang: Lang) -> String {
    let point = if lang == Lang::En { '.' } else { ',' };
    match value {
        ..=999 => format!("{} B", integer(value, lang)),
        1_000..=999_499 => format!("{} kB", integer((value + 500) / 1_000, lang)),
        999_500..=9_949_999 => {
            let tenths = (value + 50_000) / 100_000;
            match tenths % 10 {
                0 => format!("{} MB", tenths / 10),
                rest => format!("{}{point}{rest} MB", tenths / 10),
            }
        }
        _ => format!("{} MB", integer((value + 500_000) / 1_000_000, lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        for (value, en, sv, es) in [
            (0, "0", "0", "0"),
            (999, "999", "999", "999"),
            (1_204, "1,204", "1\u{202f}204", "1204"),
            (12_459, "12,459", "12\u{202f}459", "12.459"),
            (-1_000_000, "\u{2212}1,000,000", "\u{2212}1\u{202f}000\u{202f}000", "\u{2212}1.000.000"),
        ] {
            assert_eq!(integer(value, Lang::En), en);
            assert_eq!(integer(value, Lang::Sv), sv);
            assert_eq!(integer(value, Lang::Es), es);
        }
        assert_eq!(integer(i64::MIN, Lang::En), "\u{2212}9,223,372,036,854,775,808");
    }

    #[test]
    fn bytes_are_told_in_the_unit_that_fits() {
        for (value, en, sv) in [
            (0, "0 B", "0 B"),
            (999, "999 B", "999 B"),
            (1_000, "1 kB", "1 kB"),
            (999_499, "999 kB", "999 kB"),
            (999_500, "1 MB", "1 MB"),
            (1_240_000, "1.2 MB", "1,2 MB"),
            (9_950_000, "10 MB", "10 MB"),
            (25_000_000, "25 MB", "25 MB"),
            (4_000_000_000, "4,000 MB", "4\u{202f}000 MB"),
        ] {
            assert_eq!((bytes(value, Lang::En), bytes(value, Lang::Sv)), (en.into(), sv.into()), "{value}");
        }
    }

    #[test]
    fn one_is_one_and_none_is_many() {
        assert_eq!(counted(1, Lang::En, "order", "orders"), "1 order");
        assert_eq!(counted(0, Lang::Sv, "order", "ordrar"), "0 ordrar");
        assert_eq!(counted(1_204, Lang::En, "order", "orders"), "1,204 orders");
    }
}
