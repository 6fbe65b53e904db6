//! `mail preview`: what the mails say and how they look, before anybody gets one.

use clap::Args;
use serde::Serialize;

use super::answer::{Answer, Column, List, kept, shown};
use super::desk::Desk;
use super::flags::{Format, Listing};
use crate::access::Right;
use crate::error::{Error, Result};
use crate::groups::{self, Group};
use crate::links;
use crate::outbox::action::action;
use crate::outbox::letter::{Brand, Letter, LetterKind, LetterLinks};
use crate::outbox::render::render;
use crate::text::Lang;

/// What stands in a link in the place of a token.
const TOKEN: &str = "EXAMPLE";

#[derive(Args, Debug)]
pub(super) struct Preview {
    /// Which kind, such as order_received; all of them if it is left out
    kind: Option<LetterKind>,
    /// Only in this language: en, sv or es
    #[arg(long)]
    lang: Option<Lang>,
    /// The HTML of one language (the group's, unless --lang names another) instead of the text
    #[arg(long, requires = "kind")]
    html: bool,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Serialize)]
struct Row {
    kind: LetterKind,
    lang: Lang,
    subject: String,
    plain: String,
    html: String,
}

const COLUMNS: &[Column] =
    &[shown("kind", "KIND"), shown("lang", "LANG"), shown("subject", "SUBJECT"), kept("plain"), kept("html")];

impl Preview {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        desk.require(Right::Mail)?;
        let group = desk.read(groups::list)?.pop();
        let group = group.ok_or_else(|| Error::not_found("group", "of this desk"))?;
        let kinds = self.kind.as_ref().map_or(LetterKind::ALL, std::slice::from_ref);
        let only = self.lang.or_else(|| self.html.then_some(group.card.lang));
        let langs = only.as_ref().map_or(Lang::ALL, std::slice::from_ref);
        let mut rows = Vec::new();
        for kind in kinds {
            for lang in langs {
                rows.push(row(desk, &group, *kind, *lang)?);
            }
        }
        let listed = self.listing.search.is_some()
            || !self.listing.wanted.is_empty()
            || self.listing.sort.is_some()
            || self.listing.limit.is_some();
        if desk.format() != Format::Table || !desk.globals.fields.is_empty() || listed {
            return List::answer("mails", COLUMNS, &self.listing, rows);
        }
        Ok(Answer::Text(match self.html {
            true => rows.into_iter().map(|row| row.html + "\n").collect(),
            false => rows.iter().map(text).collect::<Vec<_>>().join(&format!("\n{}\n\n", "=".repeat(78))),
        }))
    }
}

fn text(Row { kind, lang, subject, plain, .. }: &Row) -> String {
    format!("{kind}, {lang}\nSubject: {subject}\n\n{plain}")
}

fn row(desk: &Desk, group: &Group, kind: LetterKind, lang: Lang) -> Result<Row> {
    let letter = Letter::example(kind, desk.io.clock.now())?;
    let (slug, base_url) = (&group.slug, &desk.config.portal.base_url);
    let chosen = letter.event().is_some() || !(letter.letters().is_empty() || letter.is_for_staff());
    let links = LetterLinks {
        action: action(&letter, slug, Some(TOKEN), base_url),
        off: chosen.then(|| format!("{base_url}{}", links::notices(slug, TOKEN))),
        replies: desk.config.mail.reply_address.is_some(),
    };
    let mail = render(&letter, &brand(group), lang, &links);
    Ok(Row { kind, lang, subject: mail.subject, plain: mail.plain, html: mail.html })
}

/// What mails show of a group.
fn brand(group: &Group) -> Brand {
    let card = group.card.clone();
    Brand {
        name: card.name,
        slug: group.slug.clone(),
        colour: card.colour,
        phone: card.phone,
        reply_to: card.reply_to,
        lang: card.lang,
        zone: card.zone,
    }
}
