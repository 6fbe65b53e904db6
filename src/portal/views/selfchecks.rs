//! Page: one self-check, to fill in or to read; and the self-checks of an order or an object on its page.

use maud::{Markup, html};

use crate::portal::ui::form::{self, Problem, Target};
use crate::portal::ui::layout::{Frame, Sheet, Width, page};
use crate::portal::ui::{Link, When, part};
use crate::portal::views::documents::Rules;
pub use crate::selfchecks::{PointKind, StepKind, Verdict};
use crate::words::portal::Words;

mod fill;

/// The name of the field with what the form was made from.
pub const SEEN: &str = "seen";

/// The name of the field with the answer to a point.
pub fn answer_field(position: u32) -> String {
    format!("answer-{position}")
}

/// The name of the field that says that a value does not apply.
pub fn not_applicable_field(position: u32) -> String {
    format!("na-{position}")
}

/// The name of the field with the note on a point.
pub fn note_field(position: u32) -> String {
    format!("note-{position}")
}

/// The name of the field with files for a point.
pub fn files_field(position: u32) -> String {
    format!("files-{position}")
}

/// One self-check.
#[derive(Clone, Debug)]
pub struct SelfcheckPage {
    /// The page of the order or object it lies on, if the visitor may open that.
    pub on: Option<Link>,
    /// Its number.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// How far it is.
    pub standing: Standing,
    /// Its points, in order.
    pub points: Vec<Row>,
    /// The files that belong to none of its points.
    pub files: Vec<Link>,
    /// What happened to it, the oldest first.
    pub steps: Vec<Step>,
    /// The form, if the visitor may fill it in and it is open.
    pub fill: Option<Fill>,
    /// What kept the form from being taken.
    pub problems: Vec<Problem>,
    /// What the visitor had filled in and is not part of it, because somebody signed meanwhile.
    pub lost: Vec<(String, String)>,
}

/// How far a self-check is.
#[derive(Clone, Debug)]
pub struct Standing {
    /// How many points are answered.
    pub answered: u64,
    /// How many there are.
    pub points: u64,
    /// How many must still be answered.
    pub missing: u64,
    /// How many are not as they should be.
    pub failed: u64,
    /// Who signed it, and when.
    pub signed: Option<(String, When)>,
}

/// The form.
#[derive(Clone, Debug)]
pub struct Fill {
    /// Where it is saved.
    pub form: Target,
    /// Where it is saved and signed.
    pub sign: String,
    /// What it was made from.
    pub seen: String,
    /// Who would sign.
    pub signer: String,
    /// The mark by which its files are taken once.
    pub once: String,
    /// What may be sent with it, for whoever may send files.
    pub files: Option<Rules>,
}

/// A point.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place.
    pub position: u32,
    /// What is looked at, measured or written down.
    pub text: String,
    /// What is wanted.
    pub kind: PointKind,
    /// In what a number is measured.
    pub unit: Option<String>,
    /// Whether it must be answered.
    pub required: bool,
    /// The answer in the form: its word, or the value as it was typed.
    pub typed: String,
    /// Whether the form says that it does not apply.
    pub not_applicable: bool,
    /// The note in the form.
    pub note: String,
    /// What is kept.
    pub kept: Kept,
    /// Its files.
    pub files: Vec<Link>,
}

/// What is kept of a point.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Its answer.
    pub verdict: Option<Verdict>,
    /// Its value, in words.
    pub value: Option<String>,
    /// Its note.
    pub note: Option<String>,
    /// Who answered, and when.
    pub by: Option<(String, When)>,
}

/// Something that happened to a self-check.
#[derive(Clone, Debug)]
pub struct Step {
    /// What.
    pub step: StepKind,
    /// Who did it.
    pub by: String,
    /// When.
    pub when: When,
    /// Why.
    pub reason: Option<String>,
}

/// The self-checks on the page of an order or an object.
#[derive(Clone, Debug)]
pub struct Part {
    /// Each of them.
    pub items: Vec<Item>,
}

/// A self-check on another thing's page.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its own page.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// How far it is.
    pub standing: Standing,
}

/// `GET /selfchecks/ID`
pub fn show(frame: &Frame, data: &SelfcheckPage) -> Markup {
    let words = frame.words();
    let text = words.selfcheck;
    let body = html! {
        @if let Some(on) = &data.on { (part::back(&on.href, &on.text)) }
        div.heading {
            p.number { ((text.numbered)(&data.number)) }
            h1 { (data.title) }
            p.badges { (badges(words, &data.standing)) }
            (standing(words, &data.standing))
        }
        (form::summary(words, &data.problems))
        @if !data.lost.is_empty() {
            section.card {
                h2 { (text.lost) }
                dl.facts { @for (point, said) in &data.lost { (part::fact(point, Some(html! { (said) }))) } }
            }
        }
        section {
            h2.unseen { (text.points) }
            @match &data.fill {
                Some(fill) => (fill::form(frame, fill, data)),
                None => (table(words, &data.points)),
            }
        }
        @if !data.files.is_empty() { section.titled { h2 { (words.documents.title) } (attached(&data.files)) } }
        (history(words, &data.steps))
    };
    let refused = !data.problems.is_empty();
    page(frame, &Sheet { title: data.title.clone(), refused, place: None, width: Width::Text, body })
}

/// The self-checks of an order or an object, on its page.
pub fn part(frame: &Frame, data: &Part) -> Markup {
    let words = frame.words();
    html! {
        section {
            h2 { (words.selfcheck.title) }
            ul.choices {
                @for item in &data.items {
                    li {
                        article.order {
                            h3 { a href=(item.href) { (item.title) } }
                            (standing(words, &item.standing))
                            p.badges { (badges(words, &item.standing)) }
                        }
                    }
                }
            }
        }
    }
}

/// Its state, and whether something is wrong, in words and colours.
fn badges(words: &Words, standing: &Standing) -> Markup {
    let text = words.selfcheck;
    html! {
        @match &standing.signed {
            Some(_) => span class="badge is-done" { (text.signed) },
            None => span class="badge is-planned" { (text.open) },
        }
        @if standing.failed > 0 { span class="badge is-late" { ((text.failed)(standing.failed)) } }
    }
}

/// How far it is, in a line.
fn standing(words: &Words, standing: &Standing) -> Markup {
    let text = words.selfcheck;
    html! {
        p.faint {
            @match &standing.signed {
                Some((by, when)) => { ((text.signed_by)(by)) ", " (part::time(when)) },
                None => {
                    ((text.answered)(standing.answered, standing.points))
                    @if standing.missing > 0 { " · " ((text.missing)(standing.missing)) }
                },
            }
        }
    }
}

/// An answer in words and in its colour.
fn verdict(words: &Words, verdict: Verdict) -> Markup {
    let tone = match verdict {
        Verdict::Ok => "badge is-done",
        Verdict::Fail => "badge is-late",
        Verdict::NotApplicable => "badge",
    };
    html! { span class=(tone) { (verdict_name(words, verdict)) } }
}

/// An answer in words.
pub fn verdict_name(words: &Words, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => words.selfcheck.ok,
        Verdict::Fail => words.selfcheck.fail,
        Verdict::NotApplicable => words.selfcheck.not_applicable,
    }
}

fn table(words: &Words, points: &[Row]) -> Markup {
    let text = words.selfcheck;
    html! {
        table role="table" {
            caption.unseen { (text.points) }
            thead role="rowgroup" {
                tr role="row" {
                    @for name in [text.points, text.answer, text.by] {
                        th role="columnheader" scope="col" { span { (name) } }
                    }
                }
            }
            tbody role="rowgroup" {
                @for point in points {
                    tr role="row" id={ "point-" (point.position) } {
                        th role="rowheader" scope="row" { (point.position) ". " (point.text) }
                        td role="cell" {
                            (answer(words, &point.kept))
                            @if let Some(note) = &point.kept.note { p.prose { (note) } }
                            (attached(&point.files))
                        }
                        td.faint role="cell" {
                            @if let Some((by, when)) = &point.kept.by { (by) ", " (part::time(when)) }
                        }
                    }
                }
            }
        }
    }
}

/// Files, each a link.
fn attached(files: &[Link]) -> Markup {
    html! { @if !files.is_empty() { p.ways { @for file in files { (part::link(file)) } } } }
}

fn answer(words: &Words, kept: &Kept) -> Markup {
    html! {
        @match (kept.verdict, &kept.value) {
            (Some(answer), _) => (verdict(words, answer)),
            (None, Some(value)) => span.prose { (value) },
            (None, None) => span.faint { (words.selfcheck.unanswered) },
        }
    }
}

fn history(words: &Words, steps: &[Step]) -> Markup {
    let text = words.selfcheck;
    html! {
        section.titled {
            h2 { (words.order.history) }
            ol.history {
                @for step in steps {
                    @let (tone, said) = match step.step {
                        StepKind::Begun => ("is-received", text.begun_by),
                        StepKind::Signed => ("is-done", text.signed_by),
                        StepKind::Reopened => ("is-waiting", text.reopened_by),
                    };
                    li class=(tone) {
                        strong { (said(&step.by)) }
                        p.faint { (part::time(&step.when)) }
                        @if let Some(reason) = &step.reason {
                            p.prose { span.unseen { (words.order.reason) ": " } (reason) }
                        }
                    }
                }
            }
        }
    }
}
