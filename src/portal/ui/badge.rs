//! The one place where a stage, a kind, urgency and lateness have a word and a colour.

use maud::{Markup, html};

pub use crate::orders::OrderKind as Kind;
pub use crate::stage::Stage;
use crate::words::portal::Words;

/// The stages as the board shows them: the one that needs the customer comes first, and what was called off has no
/// section.
pub const BOARD: [Stage; 5] = [Stage::Waiting, Stage::Received, Stage::Planned, Stage::InProgress, Stage::Done];

/// A stage in words.
pub fn stage_name(words: &Words, stage: Stage) -> &'static str {
    match stage {
        Stage::Waiting => words.badge.waiting,
        Stage::Received => words.badge.received,
        Stage::Planned => words.badge.planned,
        Stage::InProgress => words.badge.in_progress,
        Stage::Done => words.badge.done,
        Stage::Cancelled => words.badge.cancelled,
    }
}

/// A kind in words.
pub fn kind_name(words: &Words, kind: Kind) -> &'static str {
    match kind {
        Kind::Work => words.badge.work,
        Kind::Service => words.badge.service,
    }
}

/// The class that gives a stage its colour.
pub fn tone(stage: Stage) -> &'static str {
    match stage {
        Stage::Waiting => "is-waiting",
        Stage::Received => "is-received",
        Stage::Planned => "is-planned",
        Stage::InProgress => "is-progress",
        Stage::Done => "is-done",
        Stage::Cancelled => "is-cancelled",
    }
}

/// Where an order stands, in words and in its colour.
pub fn status(words: &Words, stage: Stage) -> Markup {
    html! { span class={ "badge " (tone(stage)) } { (stage_name(words, stage)) } }
}

/// The name of an emergency priority.
pub fn urgent(name: &str) -> Markup {
    html! { span class="badge is-urgent" { (name) } }
}

/// That the time an order should have taken has passed.
pub fn overdue(words: &Words) -> Markup {
    html! { span class="badge is-late" { (words.badge.overdue) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::portal;

    #[test]
    fn every_stage_has_its_own_tone_and_word_in_every_language() {
        for lang in crate::text::Lang::ALL {
            let mut seen: Vec<_> = Stage::ALL.iter().map(|s| (tone(*s), stage_name(portal::of(*lang), *s))).collect();
            seen.sort_unstable();
            seen.dedup_by(|a, b| a.0 == b.0 || a.1 == b.1);
            assert_eq!(seen.len(), Stage::ALL.len(), "{lang}");
        }
    }
}
