//! Small parts that several pages share: times, links, facts, notices, empty places.

use maud::{Markup, html};

use crate::portal::ui::{Link, Named, When};

/// A moment in `<time>`.
pub fn time(when: &When) -> Markup {
    html! { time datetime=(when.machine) { (when.text) } }
}

/// A link.
pub fn link(link: &Link) -> Markup {
    html! { a href=(link.href) { (link.text) } }
}

/// A link that looks like a button.
pub fn button(href: &str, text: &str) -> Markup {
    html! { a.button href=(href) { (text) } }
}

/// A thing, linked if it has a page.
pub fn named(named: &Named) -> Markup {
    html! {
        @match &named.href {
            Some(href) => a href=(href) { (named.text) },
            None => (named.text),
        }
    }
}

/// The way back to the page above this one.
pub fn back(href: &str, text: &str) -> Markup {
    html! { p.back { a href=(href) { span aria-hidden="true" { "←" } (text) } } }
}

/// The head of a thing's page: its number and name, the word for it if it is no longer in use, and a button if there is
/// something to do, as address and text.
pub fn head(number: &str, name: &str, ended: Option<&str>, button: Option<(&str, &str)>) -> Markup {
    html! {
        div.with-action {
            div.heading {
                p.number { (number) }
                h1 { (name) }
                @if let Some(ended) = ended { p.badges { span.badge { (ended) } } }
            }
            @if let Some((href, text)) = button { (self::button(href, text)) }
        }
    }
}

/// A heading with a sentence or two, where there is nothing else to show.
pub fn empty(title: &str, body: Markup) -> Markup {
    html! { section.empty { h2 { (title) } (body) } }
}

/// One line of a list of facts; nothing when there is no value.
pub fn fact(name: &str, value: Option<Markup>) -> Markup {
    html! {
        @if let Some(value) = value {
            div { dt { (name) } dd { (value) } }
        }
    }
}

/// A sentence that tells what has just happened.
pub fn notice(text: &str) -> Markup {
    html! { p.notice role="status" { (text) } }
}
