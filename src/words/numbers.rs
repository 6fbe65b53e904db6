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

/// A number in thousandths with as many decimals as it needs: `12,459.5`, `12 459,5`, `12.459,5`.
pub fn thousandths(value: i64, lang: Lang) -> String {
    let mark = match lang {
        Lang::En => '.',
        Lang::Sv | Lang::Es => ',',
    };
    let mut out = integer(value / 1000, lang);
    if value < 0 && value > -1000 {
        out.insert(0, '\u{2212}');
    }
    let fraction = format!("{:03}", value.unsigned_abs() % 1000);
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        out.push(mark);
        out.push_str(fraction);
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
    fn decimals_are_as_many_as_needed() {
        for (value, en, sv, es) in [
            (0, "0", "0", "0"),
            (12_459_500, "12,459.5", "12\u{202f}459,5", "12.459,5"),
            (12_459_000, "12,459", "12\u{202f}459", "12.459"),
            (5, "0.005", "0,005", "0,005"),
            (-250, "\u{2212}0.25", "\u{2212}0,25", "\u{2212}0,25"),
            (-1_250, "\u{2212}1.25", "\u{2212}1,25", "\u{2212}1,25"),
        ] {
            assert_eq!(thousandths(value, Lang::En), en);
            assert_eq!(thousandths(value, Lang::Sv), sv);
            assert_eq!(thousandths(value, Lang::Es), es);
        }
    }

    #[test]
    fn one_is_one_and_none_is_many() {
        assert_eq!(counted(1, Lang::En, "order", "orders"), "1 order");
        assert_eq!(counted(0, Lang::Sv, "order", "ordrar"), "0 ordrar");
        assert_eq!(counted(1_204, Lang::En, "order", "orders"), "1,204 orders");
    }
}
