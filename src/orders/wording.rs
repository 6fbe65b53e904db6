//! What somebody says is wanted becomes a title and, where it is long, a description.

use crate::error::Result;
use crate::text::{Line, Prose};

/// The longest title that is taken as it stands, in characters: as long as any line.
const WHOLE: usize = 200;

/// The longest title that is cut out of a longer text, in characters.
const CUT: usize = 100;

/// A sentence shorter than this is no title but a greeting or an abbreviation.
const SENTENCE: usize = 12;

/// The title and the description of what was said.
///
/// One line of up to 200 characters is the title, and the details are the description. Of anything longer the first line
/// is the title, of a long line its first sentence or else its first words; and all of it stands in the description, before
/// the details, so that not a word is lost.
pub fn worded(what: &Prose, details: Option<&Prose>) -> Result<(Line, Option<Prose>)> {
    let text = what.as_str();
    let first = text.lines().next().unwrap_or_default().trim();
    let first = first.replace('\t', " ");
    if text.lines().count() == 1 && first.chars().count() <= WHOLE {
        return Ok((Line::parse(&first)?, details.cloned()));
    }
    let whole = match details {
        Some(details) => Prose::parse(&format!("{text}\n\n{details}"))?,
        None => what.clone(),
    };
    Ok((Line::parse(&title_of(&first))?, Some(whole)))
}

/// The beginning of a line, as long as a title may be: a sentence if one ends there, else whole words.
fn title_of(line: &str) -> String {
    if line.chars().count() <= CUT {
        return line.to_owned();
    }
    let most = line.char_indices().nth(CUT).map_or(line.len(), |(end, _)| end);
    let ends = line[..most].match_indices(['.', '!', '?']);
    let sentence = ends
        .filter(|(at, mark)| line[at + mark.len()..].starts_with(' ') && line[..*at].chars().count() >= SENTENCE)
        .map(|(at, mark)| if mark == "." { at } else { at + mark.len() })
        .next();
    match (sentence, line[..most].rfind(' ')) {
        (Some(end), _) => line[..end].to_owned(),
        (None, Some(end)) => format!("{}…", line[..end].trim_end_matches([' ', ',', ';', ':', '–', '-'])),
        (None, None) => format!("{}…", &line[..most]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(what: &str, details: &str) -> (String, Option<String>) {
        let details = (!details.is_empty()).then(|| Prose::parse(details).expect("details"));
        let (title, text) = worded(&Prose::parse(what).expect("a text"), details.as_ref()).expect("words");
        (title.to_string(), text.map(String::from))
    }

    #[test]
    fn a_line_is_a_title_and_stays_as_it_is() {
        assert_eq!(said("Compressor 2\tleaks oil. Much.", ""), ("Compressor 2 leaks oil. Much.".into(), None));
        assert_eq!(said("Leak", "It drips."), ("Leak".into(), Some("It drips.".into())));
        let whole = "å".repeat(WHOLE);
        assert_eq!(said(&whole, ""), (whole, None));
    }

    #[test]
    fn of_a_longer_text_the_beginning_is_the_title_and_nothing_is_lost() {
        let text = "No heat in flat 1302\nThe tenant is at home after four.";
        assert_eq!(said(text, ""), ("No heat in flat 1302".into(), Some(text.into())));
        assert_eq!(said(text, "Call first.").1, Some(format!("{text}\n\nCall first.")));
        let long = format!("Ca. 3 cm water on the floor of the plant room! It comes from {}.", "the valve ".repeat(20));
        assert_eq!(said(&long, ""), ("Ca. 3 cm water on the floor of the plant room!".into(), Some(long.clone())));
        let sentence = format!("The fan of the garage runs all day. {}", "It is loud ".repeat(20));
        assert_eq!(said(&sentence, "").0, "The fan of the garage runs all day");
        let words = "kylanläggning, ".repeat(30);
        let (title, text) = said(&words, "");
        assert!(title.ends_with("kylanläggning…") && title.chars().count() <= CUT, "{title}");
        assert_eq!(text.as_deref(), Some(words.trim()));
        let one = "x".repeat(400);
        assert_eq!(said(&one, "").0.chars().count(), CUT + 1);
    }

    #[test]
    fn more_than_a_description_takes_is_refused() {
        let long = Prose::parse(&"words ".repeat(1_600)).expect("a text");
        assert!(worded(&long, Some(&long)).is_err());
    }
}
