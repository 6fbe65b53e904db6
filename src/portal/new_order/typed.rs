//! What was typed into the form for an order, and what it says.

use crate::documents::FILES;
use crate::orders;
use crate::portal::ui::form::Problem;
use crate::portal::views::new_order::{DETAILS, FACILITY, OBJECT, REFERENCE, SITE_CONTACT, SITE_PHONE, URGENCY, WHAT};
use crate::text::{Lang, Line, Prose, limits};
use crate::words::numbers;
use crate::words::portal::{self, NewOrder};

/// The fields in the order of the page, in which problems are told.
const FIELDS: [&str; 9] = [WHAT, FACILITY, OBJECT, DETAILS, URGENCY, FILES, SITE_CONTACT, SITE_PHONE, REFERENCE];

/// The fields as they were typed.
pub(super) struct Typed {
    pub(super) what: String,
    pub(super) facility: String,
    pub(super) object: String,
    pub(super) details: String,
    pub(super) urgency: String,
    pub(super) site_contact: String,
    pub(super) site_phone: String,
    pub(super) reference: String,
}

/// What the texts say.
pub(super) struct Wording {
    pub(super) title: Line,
    pub(super) description: Option<Prose>,
    pub(super) site_contact: Option<Line>,
    pub(super) site_phone: Option<Line>,
    pub(super) reference: Option<Line>,
}

impl Typed {
    /// Reads the fields of an address or a form.
    pub(super) fn of<'a>(field: impl Fn(&'static str) -> &'a str) -> Self {
        let word = |name| field(name).trim().to_owned();
        Self {
            what: field(WHAT).to_owned(),
            facility: word(FACILITY),
            object: word(OBJECT),
            details: field(DETAILS).to_owned(),
            urgency: word(URGENCY),
            site_contact: field(SITE_CONTACT).to_owned(),
            site_phone: field(SITE_PHONE).to_owned(),
            reference: field(REFERENCE).to_owned(),
        }
    }

    /// What the texts say, unless something is wrong with one of them.
    pub(super) fn wording(&self, lang: Lang, problems: &mut Vec<Problem>) -> Option<Wording> {
        let text = portal::of(lang).new_order;
        let long = (text.long_text)(&numbers::integer(limits::PROSE as i64, lang));
        let mut prose = |name, typed: &str| match Prose::parse(typed) {
            _ if typed.trim().is_empty() => None,
            Ok(prose) => Some(prose),
            Err(_) if typed.trim().chars().count() > limits::PROSE => {
                problems.push(Problem::new(name, long.clone()));
                None
            }
            Err(_) => {
                problems.push(Problem::new(name, text.odd_text));
                None
            }
        };
        let (what, details) = (prose(WHAT, &self.what), prose(DETAILS, &self.details));
        if self.what.trim().is_empty() {
            problems.push(Problem::new(WHAT, text.what_missing));
        }
        let mut line = |name, typed: &str| line(text, name, typed, problems);
        let site_contact = line(SITE_CONTACT, &self.site_contact);
        let site_phone = line(SITE_PHONE, &self.site_phone);
        let reference = line(REFERENCE, &self.reference);
        let Ok((title, description)) = orders::worded(what.as_ref()?, details.as_ref()) else {
            // Each is short enough, and both together are not.
            problems.push(Problem::new(DETAILS, long));
            return None;
        };
        Some(Wording { title, description, site_contact, site_phone, reference })
    }
}

fn line(text: &NewOrder, name: &'static str, typed: &str, problems: &mut Vec<Problem>) -> Option<Line> {
    match Line::parse(typed) {
        _ if typed.trim().is_empty() => None,
        Ok(line) => Some(line),
        Err(_) if typed.trim().chars().count() > limits::LINE => {
            problems.push(Problem::new(name, (text.long_line)(&limits::LINE.to_string())));
            None
        }
        Err(_) => {
            problems.push(Problem::new(name, text.odd_text));
            None
        }
    }
}

/// Problems in the order of the page.
pub(super) fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| FIELDS.iter().position(|name| problem.field == *name));
    problems
}
