//! The form of a self-check: all points, each with its answer and its note, and the signature.

use maud::{Markup, html};

use super::{
    Fill, PointKind, Row, SEEN, SelfcheckPage, Verdict, answer_field, attached, files_field, not_applicable_field,
    note_field, verdict_name,
};
use crate::portal::ui::form::{self, Field, Problem};
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::layout::Frame;
use crate::portal::ui::part;
use crate::portal::views::documents::{Rules, types};
use crate::words::portal::Words;

/// The whole form.
pub(super) fn form(frame: &Frame, fill: &Fill, data: &SelfcheckPage) -> Markup {
    let words = frame.words();
    let text = words.selfcheck;
    form::post_with_files(
        &fill.form,
        html! {
            input type="hidden" name=(SEEN) value=(fill.seen);
            (form::once(&fill.once))
            p { (text.intro) }
            @if let Some(files) = &fill.files {
                p.hint { (text.note_or_photo) ": " ((words.documents.limits)(files.files, &files.megabytes, &types(words, &files.types))) }
            }
            ol.choices { @for row in &data.points { li.card id={ "point-" (row.position) } { (point(words, row, fill.files.as_ref(), &data.problems)) } } }
            div.card {
                h2 { (text.sign_title) }
                p { ((text.sign_text)(&fill.signer, frame.customer_name())) }
                p.faint { (text.sign_more) }
                p.actions {
                    (form::quiet(words.common.save))
                    (form::submit_to(&fill.sign, text.sign))
                }
            }
        },
    )
}

fn point(words: &Words, row: &Row, files: Option<&Rules>, problems: &[Problem]) -> Markup {
    let text = words.selfcheck;
    let (answer, note) = (answer_field(row.position), note_field(row.position));
    let unit = row.unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
    let label = format!("{}. {}{unit}", row.position, row.text);
    let label = if row.required { label } else { (text.optional)(&label) };
    let field = Field::new(&answer, &label).refused(problems);
    let fails = row.typed == Verdict::Fail.word();
    let note_label = (text.note_on)(row.position);
    let note_label = if fails { note_label } else { (text.optional)(&note_label) };
    let note_field = Field::new(&note, &note_label).refused(problems);
    let (files_name, files_label) = (files_field(row.position), (text.files_on)(row.position));
    let files_field = Field::new(&files_name, &files_label).refused(problems);
    let is_open = !row.note.is_empty() || note_field.problem.or(files_field.problem).is_some() || fails;
    html! {
        div.titled {
        @match row.kind {
            PointKind::Check => {
                @let choices: Vec<_> = Verdict::ALL
                    .iter()
                    .map(|one| Choice::new(one.word(), verdict_name(words, *one), row.typed == one.word()))
                    .collect();
                (input::radios(&field, &choices))
            },
            PointKind::Number => {
                (input::number(&field, &row.typed, false))
                (not_applicable(words, row))
            },
            PointKind::Text => {
                (input::prose(&field, &row.typed, 2, false))
                (not_applicable(words, row))
            },
        }
        details open[is_open] {
            summary { (if files.is_some() { text.note_or_photo } else { text.note }) }
            (input::prose(&note_field, &row.note, 2, false))
            @if let Some(files) = files {
                @let accept = files.types.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",");
                (input::files(&files_field, &accept, files.files > 1))
            }
        }
        (attached(&row.files))
        @if let Some((by, when)) = &row.kept.by { p.faint { ((text.answered_by)(by)) ", " (part::time(when)) } }
        }
    }
}

fn not_applicable(words: &Words, row: &Row) -> Markup {
    let (name, label) = (not_applicable_field(row.position), (words.selfcheck.not_applicable_at)(row.position));
    input::check(&Field::new(&name, &label), row.not_applicable)
}
