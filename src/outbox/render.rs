//! A letter becomes a subject, a plain text that is complete by itself, and simple HTML with the same content.

use maud::{DOCTYPE, Markup, html};

use crate::outbox::letter::{Brand, Letter, LetterLinks};
use crate::outbox::page::{NAME, Page, Part, clip, opens_in_a_browser};
use crate::outbox::texts::{self, Texts};
use crate::text::Lang;

/// A mail as the reader gets it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The whole letter, lines of up to 78 characters except where a link is longer.
    pub plain: String,
    /// The same with a button; nothing in it is fetched from anywhere.
    pub html: String,
}

/// Writes a letter in a language, with times in the group's zone.
pub fn render(letter: &Letter, brand: &Brand, lang: Lang, links: &LetterLinks) -> Rendered {
    let texts = texts::of(lang);
    let page = Page::of(letter, brand, lang, texts);
    Rendered {
        plain: plain(&page, brand, texts, links),
        html: markup(&page, brand, lang, texts, links).into_string(),
        subject: page.subject,
    }
}

/// Columns of the plain part.
const WIDTH: usize = 78;

fn plain(page: &Page, brand: &Brand, texts: &Texts, links: &LetterLinks) -> String {
    let mut blocks: Vec<String> = Vec::new();
    blocks.extend(mark(page, links, texts).map(str::to_owned));
    blocks.extend(page.hello.as_deref().map(wrap));
    for part in &page.parts {
        let mut heading = part.heading.as_deref().map(wrap);
        if !part.paragraphs.is_empty() || part.points.is_empty() {
            blocks.extend(heading.take());
        }
        blocks.extend(part.paragraphs.iter().map(|paragraph| wrap(paragraph)));
        // What a list is about stands right over it.
        let lines: Vec<_> = heading.into_iter().chain(part.points.iter().map(|point| hang(point, "- "))).collect();
        blocks.extend((!lines.is_empty()).then(|| lines.join("\n")));
        if let Some((intro, text)) = &part.quote {
            blocks.extend(intro.as_deref().map(wrap));
            let lines = text.lines().map(|line| match line.trim() {
                "" => ">".to_owned(),
                line => indent(&wrap_to(line, WIDTH - 2), "> "),
            });
            blocks.push(lines.collect::<Vec<_>>().join("\n"));
        }
    }
    if !page.facts.is_empty() {
        let lines = page.facts.iter().map(|(label, value)| hang(&format!("{label}: {value}"), ""));
        blocks.push(lines.collect::<Vec<_>>().join("\n"));
    }
    if let Some(target) = page.target(links) {
        blocks.push(format!(
            "{}\n{target}",
            wrap(&format!("{}:", page.lead.unwrap_or(page.button).trim_end_matches(':')))
        ));
    }
    blocks.extend(page.after.as_deref().map(wrap));
    blocks.extend(contact(page, brand, texts, links).as_deref().map(wrap));
    blocks.push((texts.frame.regards)(&clip(brand.name.as_str(), NAME)));
    let mut end = vec![format!("--\n{}", wrap(&page.why))];
    end.extend(
        links.off.as_deref().filter(|link| opens_in_a_browser(link)).map(|link| format!("{}\n{link}", texts.frame.off)),
    );
    blocks.push(end.join("\n\n"));
    blocks.join("\n\n") + "\n"
}

fn markup(page: &Page, brand: &Brand, lang: Lang, texts: &Texts, links: &LetterLinks) -> Markup {
    let (colour, ink) = (brand.colour.as_str(), brand.colour.ink());
    let button = format!(
        "display:inline-block;padding:13px 22px;border-radius:6px;background-color:{colour};color:{ink};\
         font-weight:bold;text-decoration:none"
    );
    html! {
        (DOCTYPE)
        html lang=(lang.word()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (page.subject) }
            }
            body style="margin:0;padding:0;color-scheme:light dark;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif" {
                @if let Some(mark) = mark(page, links, texts) {
                    div style="padding:8px 16px 0;font-size:12px;text-align:center;opacity:.7" { (mark) }
                }
                div style="max-width:560px;margin:0 auto;padding:16px;overflow-wrap:anywhere;word-break:break-word" {
                    div style={ "margin-bottom:22px;padding:14px 18px;border-radius:6px;font-size:18px;font-weight:bold;background-color:" (colour) ";color:" (ink) } {
                        (clip(brand.name.as_str(), NAME))
                    }
                    @if let Some(hello) = &page.hello { p style="margin:0 0 14px" { (hello) } }
                    @for part in &page.parts { (told(part)) }
                    @if !page.facts.is_empty() {
                        table role="presentation" style="border-collapse:collapse;margin:14px 0" {
                            @for (label, value) in &page.facts {
                                tr {
                                    td style="padding:3px 16px 3px 0;vertical-align:top;opacity:.75;overflow-wrap:normal;word-break:normal" { (label) }
                                    td style="padding:3px 0;vertical-align:top" { (value) }
                                }
                            }
                        }
                    }
                    @if let Some(target) = page.target(links) {
                        @if let Some(lead) = page.lead { p style="margin:14px 0" { (lead) } }
                        p style="margin:22px 0" { a href=(target) style=(button) { (page.button) } }
                    }
                    @if let Some(after) = &page.after { p style="margin:14px 0" { (after) } }
                    @if let Some(contact) = contact(page, brand, texts, links) {
                        p style="margin:14px 0" { @if page.is_for_staff { strong { (contact) } } @else { (contact) } }
                    }
                    div style="margin-top:26px;padding-top:12px;border-top:1px solid #888888;font-size:13px" {
                        p style="margin:6px 0" { (page.why) }
                        @if let Some(target) = page.target(links) {
                            p style="margin:6px 0" { (texts.frame.copy_link) br; (target) }
                        }
                        @if let Some(off) = links.off.as_deref().filter(|link| opens_in_a_browser(link)) {
                            p style="margin:6px 0" { a href=(off) style="color:inherit" { (texts.frame.off.trim_end_matches(':')) } }
                        }
                    }
                }
            }
        }
    }
}

/// The line above which an answer is written, where answers are read by the program.
fn mark<'a>(page: &Page, links: &LetterLinks, texts: &'a Texts) -> Option<&'a str> {
    is_answered(page, links).then_some(texts.replies.mark)
}

/// Whether an answer becomes a comment; only what is about an order can have one.
fn is_answered(page: &Page, links: &LetterLinks) -> bool {
    links.replies && !page.customer.is_empty()
}

/// Whom to ask: the telephone, the answer to this mail, both or neither. Staff know whom to ask, but must know who reads
/// their answer.
fn contact(page: &Page, brand: &Brand, texts: &Texts, links: &LetterLinks) -> Option<String> {
    if page.is_for_staff {
        return is_answered(page, links).then(|| (texts.replies.staff)(&page.customer));
    }
    let call = brand.phone.as_ref().map(|phone| (texts.frame.call)(&clip(phone.as_str(), NAME)));
    let reply = match is_answered(page, links) {
        true => Some(texts.replies.customer.to_owned()),
        false => brand.reply_to.as_ref().map(|_| texts.frame.reply.to_owned()),
    };
    let sentences: Vec<String> = [call, reply].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// One thing that is told.
fn told(part: &Part) -> Markup {
    html! {
        @if let Some(heading) = &part.heading { h2 style="margin:22px 0 6px;font-size:16px" { (heading) } }
        @for paragraph in &part.paragraphs { p style="margin:14px 0" { (paragraph) } }
        @if !part.points.is_empty() {
            ul style="margin:6px 0 14px;padding-left:20px" { @for point in &part.points { li { (point) } } }
        }
        @if let Some((intro, text)) = &part.quote {
            @if let Some(intro) = intro { p style="margin:14px 0 6px" { (intro) } }
            blockquote style="margin:6px 0 14px;padding:2px 0 2px 14px;border-left:3px solid #888888;white-space:pre-line" { (text) }
        }
    }
}

fn wrap(text: &str) -> String {
    wrap_to(text, WIDTH)
}

/// Breaks at spaces; a word that is longer than a line stands on a line of its own.
fn wrap_to(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let long = word.chars().count();
        match lines.last_mut() {
            Some(line) if used > 0 && used + 1 + long <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + long;
            }
            Some(line) if used == 0 => {
                line.push_str(word);
                used = long;
            }
            _ => {
                lines.push(word.to_owned());
                used = long;
            }
        }
    }
    lines.join("\n")
}

/// Wrapped after a mark, with the lines that follow set in.
fn hang(text: &str, mark: &str) -> String {
    indent(&wrap_to(&format!("{mark}{text}"), WIDTH - 2), "  ").replacen("  ", "", 1)
}

fn indent(text: &str, with: &str) -> String {
    text.lines().map(|line| format!("{with}{line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
