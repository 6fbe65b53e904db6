//! Pages: the readings of an object's meters, one of them to correct, and the part for the object's own page.

mod edit;
mod form;
mod part;

use maud::{Markup, html};

pub use edit::{Act, Edit, edit};
pub use form::{Form, Last, Question};
pub use part::{Part, part};

use crate::portal::ui::When;
use crate::portal::ui::badge;
use crate::portal::ui::chart::{Chart, chart};
use crate::portal::ui::form as forms;
use crate::portal::ui::form::Field;
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::list::{Pager, pager};
use crate::portal::ui::part as parts;
use crate::words::portal::Words;

/// The name of the field with the value.
pub const VALUE: &str = "value";
/// The name of the field with the time.
pub const AT: &str = "at";
/// The name of the field with the note.
pub const NOTE: &str = "note";
/// The name of the field with the meter.
pub const METER: &str = "meter";
/// The name of the field that says that the meter was replaced.
pub const REPLACED: &str = "replaced";
/// The name of the field that says from which page the form comes.
pub const FROM: &str = "from";
/// The name of the field with the reason.
pub const WHY: &str = "why";
/// The name of the field with the reason of a deletion.
pub const WHY_DELETED: &str = "why-deleted";
/// The name of the button that answers the question.
pub const SURE: &str = "sure";
/// The name of the field with what was asked about.
pub const ASKED: &str = "asked";
/// The name of the field that says what is to be done with a reading.
pub const ACT: &str = "act";

/// The readings of a meter of an object.
#[derive(Clone, Debug)]
pub struct ReadingsPage {
    /// The object, and its page.
    pub object: (String, String),
    /// What the meter counts.
    pub meter: String,
    /// The meters to choose from; with fewer than two there is no choice.
    pub meters: Vec<Choice>,
    /// The address of this page, for the choice of the meter.
    pub action: String,
    /// The form for a new one, if the visitor may.
    pub form: Option<Form>,
    /// Why there is no form although the visitor may.
    pub retired: bool,
    /// The next services, the soonest first.
    pub services: Vec<Service>,
    /// The curve.
    pub chart: Option<Chart>,
    /// At most 25 readings, the newest first.
    pub rows: Vec<Row>,
    /// Which of all of them these are.
    pub pager: Pager,
    /// All of them as a file.
    pub csv: String,
}

/// A reading in the history.
#[derive(Clone, Debug)]
pub struct Row {
    /// When it was read.
    pub when: When,
    /// The value with its unit.
    pub value: String,
    /// What was used since the reading before.
    pub change: Option<String>,
    /// Whether a new meter begins with it.
    pub new_meter: bool,
    /// Who entered it.
    pub by: String,
    /// What they remarked.
    pub note: Option<String>,
    /// What became of it, and why, if it counts no more.
    pub ended: Option<(String, Option<String>)>,
    /// Where it is corrected, if the visitor may.
    pub edit: Option<String>,
}

/// A next service.
#[derive(Clone, Debug)]
pub struct Service {
    /// What is due.
    pub name: String,
    /// When, in a sentence.
    pub when: String,
    /// When that is expected.
    pub expected: Option<String>,
    /// Whether it is overdue.
    pub overdue: bool,
}

/// `GET /objects/N/readings`
pub fn list(frame: &Frame, data: &ReadingsPage) -> Markup {
    let words = frame.words();
    let said = words.readings;
    let (object, back) = &data.object;
    let refused = data.form.as_ref().is_some_and(|form| !form.problems.is_empty());
    let body = html! {
        (parts::back(back, &(said.back)(object)))
        h1 { ((said.title)(object)) }
        @if let Some(form) = &data.form { (form::whole(words, form)) }
        @if data.retired { p.faint { (said.retired) } }
        @if !data.services.is_empty() {
            section.stack { h2 { (said.service) } (services(&data.services, words)) }
        }
        @if data.meters.len() > 1 {
            (forms::search(&data.action, said.meter, html! {
                (input::select(&Field::new("of", said.meter), &data.meters))
                (forms::quiet(said.show))
            }))
        }
        section.stack aria-labelledby="history" {
            h2 id="history" { (said.history) ": " (data.meter) }
            @if data.rows.is_empty() {
                p.faint { (said.none) }
            } @else {
                @if let Some(curve) = &data.chart { (chart(curve)) }
                (table(words, &data.meter, &data.rows))
                (pager(words, &data.pager))
                p.more { a href=(data.csv) { (said.csv) } }
            }
        }
    };
    let title = (said.title)(object);
    page(frame, &Sheet { title, refused, place: Some(Place::Objects), width: Width::Wide, body })
}

/// The next services below a heading of the page's level.
fn services(services: &[Service], words: &Words) -> Markup {
    html! {
        dl.facts {
            @for service in services {
                div {
                    dt { (service.name) }
                    dd {
                        (service.when)
                        @if service.overdue { " " (badge::overdue(words)) }
                        @if let Some(expected) = &service.expected { br; span.faint { (expected) } }
                    }
                }
            }
        }
    }
}

fn table(words: &Words, caption: &str, rows: &[Row]) -> Markup {
    let said = words.readings;
    let editable = rows.iter().any(|row| row.edit.is_some());
    html! {
        table role="table" {
            caption.unseen { (caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @for name in [said.when, said.reading, said.change, said.by, said.remarks] {
                        th.fixed role="columnheader" scope="col" { (name) }
                    }
                    @if editable { th role="columnheader" scope="col" { span.unseen { (said.edit) } } }
                }
            }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" {
                        th role="rowheader" scope="row" { (parts::time(&row.when)) }
                        td.fixed role="cell" {
                            @if row.ended.is_some() { del { (row.value) } } @else { (row.value) }
                        }
                        td.fixed role="cell" {
                            @if row.new_meter { (said.new_meter) } @else if let Some(change) = &row.change { (change) }
                        }
                        td role="cell" { (row.by) }
                        td role="cell" { (remarks(row)) }
                        @if editable {
                            td.more role="cell" {
                                @if let Some(href) = &row.edit {
                                    a href=(href) { (said.edit) span.unseen { " " (row.value) ", " (row.when.text) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn remarks(row: &Row) -> Markup {
    html! {
        @if let Some(note) = &row.note { p.prose { (note) } }
        @if let Some((what, why)) = &row.ended {
            p.faint { (what) @if let Some(why) = why { ": " (why) } }
        }
    }
}
