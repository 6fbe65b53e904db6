//! The part for the object's own page: a new reading, the next service, the curve, the newest readings.

use maud::{Markup, html};

use super::form::{self, Form};
use super::{Row, Service, services, table};
use crate::portal::ui::chart::{Chart, chart};
use crate::portal::ui::layout::Frame;
use crate::portal::ui::part as parts;

/// What an object's page shows of its readings.
#[derive(Clone, Debug)]
pub struct Part {
    /// What the meter counts.
    pub meter: String,
    /// What has just happened.
    pub notice: Option<String>,
    /// The form for a new one, if the visitor may and the object is in use.
    pub form: Option<Form>,
    /// The next services, the soonest first.
    pub services: Vec<Service>,
    /// The curve.
    pub chart: Option<Chart>,
    /// The newest five.
    pub rows: Vec<Row>,
    /// The page of all of them, and how many there are.
    pub all: (String, String),
    /// All of them as a file.
    pub csv: String,
}

/// The part; the address of the object's page with `#reading` leads here, as the code on its label does.
pub fn part(frame: &Frame, data: &Part) -> Markup {
    let words = frame.words();
    let said = words.readings;
    html! {
        section.stack id="reading" {
            h2 { (data.meter) }
            @if let Some(notice) = &data.notice { (parts::notice(notice)) }
            @if !data.services.is_empty() {
                h3 { (said.service) }
                (services(&data.services, words))
            }
            @if let Some(form) = &data.form {
                (form::short(words, form))
                (form::more(words, &data.all.0))
            }
            @if data.rows.is_empty() {
                p.faint { (said.none) }
            } @else {
                @if let Some(curve) = &data.chart { (chart(curve)) }
                (table(words, &data.meter, &data.rows))
                p.views {
                    a href=(data.all.0) { ((said.all)(&data.all.1)) }
                    a href=(data.csv) { (said.csv) }
                }
            }
        }
    }
}
