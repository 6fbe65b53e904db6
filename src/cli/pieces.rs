//! Command: what a company puts on its own website, so that its customers find the portal there.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::answer::{Answer, Card, record};
use super::desk::Desk;
use super::flags;
use super::groups::find;
use crate::db::Reached;
use crate::error::Result;
use crate::groups;
use crate::portal::print::pieces::Pieces;
use crate::text::{Lang, Ref, Slug};

#[derive(Args, Debug)]
pub(super) struct Print {
    /// Which group: its short name, or id:123
    slug: Ref<Slug>,
    /// Which piece: link, button, form, iframe, qr or all
    #[arg(long, value_name = "PIECE", default_value = "all", hide_possible_values = true)]
    format: Piece,
    /// The language of the piece, in which the portal opens too: en, sv or es
    #[arg(long)]
    lang: Option<Lang>,
}

/// One way to the portal, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Piece {
    /// A plain link
    Link,
    /// A button in the group's colour
    Button,
    /// A field for the e-mail address, which leads to the login box
    Form,
    /// The login box in a frame, for the sites of `group origin list`
    Iframe,
    /// A QR code as SVG
    Qr,
    /// All of them
    All,
}

impl Print {
    pub(super) fn run(&self, desk: &Desk) -> Result<Answer> {
        let (group, origins) = desk.read_outside(|tx| {
            let group = find(tx, &self.slug)?;
            let origins = groups::origins_of(tx, &group)?;
            Ok((group, origins))
        })?;
        let origins: Vec<_> = origins.into_iter().map(Reached::into_inner).map(|site| site.origin).collect();
        let pieces = Pieces::of(&desk.config.portal.base_url, &group, self.lang)?;
        let wants = |piece| self.format == piece || self.format == Piece::All;
        if wants(Piece::Iframe) && origins.is_empty() {
            desk.say("warning: no site may show the login box in a frame yet, so browsers leave the frame empty");
            desk.say(&format!("  tip: frontdesk group origin add https://www.example.com -g {}", group.slug));
        }
        let all = [
            (Piece::Link, "link", "A link", &pieces.link),
            (Piece::Button, "button", "A button", &pieces.button),
            (Piece::Form, "form", "A form for the e-mail address", &pieces.form),
            (Piece::Iframe, "iframe", "The login box in a frame", &pieces.iframe),
            (Piece::Qr, "qr", "A QR code, as a file of its own: group box SLUG --format qr > code.svg", &pieces.qr),
        ];
        let wanted = all.iter().filter(|(piece, ..)| wants(*piece));
        if desk.format() == flags::Format::Table && desk.globals.fields.is_empty() {
            // A piece alone is what is pasted or piped into a file; of several each says what it is.
            let text = match self.format {
                Piece::All => wanted.map(|(.., what, html)| format!("<!-- {what} -->\n{html}\n\n")).collect(),
                _ => wanted.map(|(.., html)| format!("{html}\n")).collect(),
            };
            return Ok(Answer::Text(text));
        }
        let mut facts = record(&json!({ "group": group.slug, "lang": self.lang.unwrap_or(group.card.lang) }))?;
        facts.extend(wanted.map(|(_, name, _, html)| ((*name).to_owned(), json!(html))));
        facts.insert("origins".into(), json!(origins));
        Ok(Card::new(&facts)?.into())
    }
}
