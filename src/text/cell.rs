//! Cells of tables that are opened in a spreadsheet, and of those that one has written.

use super::fold;

/// What empties a value in a file that is imported.
pub const CLEAR: &str = "!clear";

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection). An import takes the apostrophe off again.
///
/// A text that has apostrophes before such a beginning itself gets one more, so that each text is read back as it was.
pub fn harmless(cell: String) -> String {
    if is_marked(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell }
}

/// The same for a text, which must also be read back as that text: neither as the word that empties a value, nor as a
/// number that a spreadsheet has written, nor as the head of a line of totals.
pub fn harmless_text(cell: String) -> String {
    if is_guarded(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell }
}

/// The text of a cell without the apostrophe that marks it as text, and whether it had one.
pub fn unmarked(cell: &str) -> (&str, bool) {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guarded(rest.trim_start_matches('\'')) => (rest, true),
        _ => (cell, false),
    }
}

/// A number with decimals that are all zero, as a spreadsheet or a program of numbers writes the identifier `1042`:
/// `1042,0`. Its whole part.
pub fn whole_part(text: &str) -> Option<&str> {
    let (whole, zeros) = text.split_once([',', '.'])?;
    let is_one = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    (is_one && !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0')).then_some(whole)
}

/// Whether a text is a long number that a spreadsheet has shortened: `1.0E+12`. Its last digits are lost.
pub fn is_shortened(text: &str) -> bool {
    let Some((number, power)) = text.split_once("E+").or_else(|| text.split_once("e+")) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(power) && number.split_once([',', '.']).map_or(digits(number), |(left, right)| digits(left) && digits(right))
}

/// Whether a cell is the word with which a line begins that reckons up the others.
pub fn is_total(text: &str) -> bool {
    TOTALS.contains(&fold(text.trim().trim_end_matches(':')).as_str())
}

const TOTALS: [&str; 15] = [
    "summa",
    "sum",
    "totalt",
    "total",
    "totalsumma",
    "totals",
    "subtotal",
    "delsumma",
    "antal",
    "count",
    "medel",
    "suma",
    "totales",
    "grand total",
    "gesamt",
];

fn is_marked(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0'])
}

fn is_guarded(text: &str) -> bool {
    is_marked(text) || text.trim() == CLEAR || is_total(text) || whole_part(text).is_some() || is_shortened(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_reckon_is_marked_as_text() {
        for cell in ["=1+1", "+46", "-1", "@x", "\tx", "\rx", "'=1", "''+"] {
            assert_eq!(harmless(cell.into()), format!("'{cell}"));
        }
        for cell in ["", "a=1", "12", "1042.0", "'t Hoekje"] {
            assert_eq!(harmless(cell.into()), cell);
        }
    }

    #[test]
    fn every_text_is_read_back_as_it_was() {
        for cell in [
            "",
            "=1",
            "'=1",
            "''=1",
            "!clear",
            "'!clear",
            "1042.0",
            "'1042,0",
            "1.0E+12",
            "'t Hoekje",
            "''",
            "1.5",
            "Total",
            "SUMMA:",
            "Totally",
        ] {
            let marked = harmless_text(cell.into());
            assert_eq!(unmarked(&marked).0, cell, "{marked}");
            assert_eq!(unmarked(&marked).1, marked != cell, "{marked}");
        }
    }

    #[test]
    fn numbers_as_spreadsheets_write_them_are_known() {
        for (text, whole) in [("1042,0", Some("1042")), ("1042.00", Some("1042")), ("1042", None), ("1042.5", None)] {
            assert_eq!(whole_part(text), whole, "{text}");
        }
        assert!(["1.0E+12", "4,67E+10", "1E+05", "9e+9"].into_iter().all(is_shortened));
        assert!(!["1E5", "E+1", "1.E+1", "AB1E+1", "1.0E+", "1.0E-5"].into_iter().any(is_shortened));
    }
}
