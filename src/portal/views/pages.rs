//! Pages: help, privacy and accessibility.

use maud::{Markup, html};

use crate::portal::ui::badge::{self, Stage};
use crate::portal::ui::layout::{Frame, Sheet, Width, page};

/// `GET /help`
pub fn help(frame: &Frame) -> Markup {
    let words = frame.words();
    let text = &words.pages;
    let meaning = |stage| match stage {
        Stage::Waiting => text.waiting,
        Stage::Received => text.received,
        Stage::Planned => text.planned,
        Stage::InProgress => text.in_progress,
        Stage::Done => text.done,
        Stage::Cancelled => text.cancelled,
    };
    let body = html! {
        h1 { (words.common.help) }
        p.lead { ((text.help_lead)(frame.company_name())) }
        (headed(text.help))
        section.titled {
            h2 { (text.stages) }
            dl.facts {
                @for stage in Stage::ALL {
                    div { dt { (badge::status(words, *stage)) } dd { (meaning(*stage)) } }
                }
            }
        }
    };
    page(frame, &text_page(words.common.help, body))
}

/// `GET /privacy`
pub fn privacy(frame: &Frame) -> Markup {
    let words = frame.words();
    let body = html! {
        h1 { (words.common.privacy) }
        p.lead { ((words.pages.privacy_lead)(frame.company_name())) }
        (headed(words.pages.privacy))
    };
    page(frame, &text_page(words.common.privacy, body))
}

/// `GET /accessibility`
pub fn accessibility(frame: &Frame) -> Markup {
    let words = frame.words();
    let body = html! {
        h1 { (words.common.accessibility) }
        p.lead { ((words.pages.accessibility_lead)(frame.company_name())) }
        (headed(words.pages.accessibility))
    };
    page(frame, &text_page(words.common.accessibility, body))
}

fn headed(sections: &[(&str, &str)]) -> Markup {
    html! {
        @for (title, text) in sections { section.titled { h2 { (title) } p { (text) } } }
    }
}

fn text_page(title: &str, body: Markup) -> Sheet {
    Sheet { title: title.into(), refused: false, place: None, width: Width::Text, body }
}
