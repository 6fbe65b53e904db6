//! The papers of the demonstration company: drawings, reports, an agreement, and what a customer sent along.

use std::path::Path;

use super::Stage;
use crate::access::Actor;
use crate::config::Uploads;
use crate::db::WriteTx;
use crate::documents::{self, DocumentDraft, Files, Kept, On, Purpose};
use crate::error::{Error, Result};
use crate::notices::Tell;
use crate::orders::{self, OrderFilter};
use crate::text::{Email, Line, Number};
use crate::{customers, facilities, login, objects, users};

/// What a paper lies on.
#[derive(Clone, Copy)]
enum Place {
    /// The order of this title.
    Order(&'static str),
    /// This object.
    Object(&'static str),
    /// This facility.
    Facility(&'static str),
    /// The customer itself.
    Company,
}

/// One paper.
struct Paper {
    place: Place,
    name: &'static str,
    purpose: Purpose,
    text: &'static str,
    shared: bool,
    /// Who sent it, if that was a customer.
    by: Option<&'static str>,
    lines: &'static [&'static str],
}

const CUSTOMER: &str = "1042";
const EVA: &str = "eva@brf.example";
const NOISE: &str = "Compressor 1 starts and stops, Hus B";

const PAPERS: &[Paper] = &[
    Paper {
        place: Place::Company,
        name: "Service agreement 2026.pdf",
        purpose: Purpose::Billing,
        text: "Signed in January, three years",
        shared: true,
        by: None,
        lines: &[
            "Service agreement",
            "Nordkyl AB and Brf Fröjden",
            "Two visits a year, within four hours in an emergency",
        ],
    },
    Paper {
        place: Place::Facility("hus-b"),
        name: "Plant room Hus B, drawing.pdf",
        purpose: Purpose::Reference,
        text: "As built after the change of pumps",
        shared: true,
        by: None,
        lines: &["Plant room, Hus B", "Heat pump VP-02, tanks, expansion vessel", "Revision C"],
    },
    Paper {
        place: Place::Object("VP-02-K1"),
        name: "Compressor, data sheet.pdf",
        purpose: Purpose::Reference,
        text: "",
        shared: true,
        by: None,
        lines: &["Scroll compressor", "R410A, 1.9 kg", "Low-pressure switch: opens at 2.5 bar"],
    },
    Paper {
        place: Place::Order(NOISE),
        name: "Starts per hour.csv",
        purpose: Purpose::Update,
        text: "I counted from the laundry between six and ten",
        shared: true,
        by: Some(EVA),
        lines: &["time;starts", "06:00;9", "07:00;11", "08:00;10", "09:00;12"],
    },
    Paper {
        place: Place::Order(NOISE),
        name: "Measurements, first visit.pdf",
        purpose: Purpose::Update,
        text: "Suction 1.8 bar, superheat 24 K",
        shared: true,
        by: None,
        lines: &["Measurements", "Suction pressure 1.8 bar", "Superheat 24 K", "Refrigerant is missing: about 0.6 kg"],
    },
    Paper {
        place: Place::Order(NOISE),
        name: "Purchase price of the valve.pdf",
        purpose: Purpose::Billing,
        text: "For us alone",
        shared: false,
        by: None,
        lines: &["Expansion valve, wholesale", "Delivery on Tuesday"],
    },
];

/// Lays every paper in its place.
pub(super) fn lay(stage: &Stage, folder: &Path) -> Result<()> {
    let (files, rules) = (Files::below(folder), Uploads::default());
    for paper in PAPERS {
        let bytes = if paper.name.ends_with(".pdf") { pdf(paper.lines) } else { paper.lines.join("\n").into_bytes() };
        let sent = files.receive(paper.name, &rules, bytes.as_slice())?;
        let received = sent.file.map_err(|flaw| Error::internal(anyhow::anyhow!("{}: {flaw:?}", paper.name)))?;
        let kept = files.keep(&received)?;
        let actor = actor(stage, paper.by)?;
        stage.db.write(&actor, |tx| add(tx, &rules, paper, &kept))?;
    }
    Ok(())
}

fn actor(stage: &Stage, by: Option<&str>) -> Result<Actor> {
    let Some(email) = by else { return Ok(stage.owner.clone()) };
    stage.db.read(&stage.owner, |tx| {
        let user = users::named(tx, &Email::parse(email)?)?;
        let customer = customers::named(tx, &Number::parse(CUSTOMER)?)?;
        let access = users::access_at(tx, &user, &customer)?.ok_or_else(|| Error::not_found("access", email))?;
        Ok(login::actor_of(stage.group, &access))
    })
}

fn add(tx: &WriteTx, rules: &Uploads, paper: &Paper, kept: &Kept) -> Result<()> {
    let text = Some(paper.text).filter(|text| !text.is_empty()).map(Line::parse).transpose()?;
    let draft = DocumentDraft { file: kept, purpose: paper.purpose, text, shared: paper.shared };
    let put = |on: On| documents::add(tx, rules, on, std::slice::from_ref(&draft), Tell::Everybody).map(drop);
    match paper.place {
        Place::Order(title) => {
            let all = orders::list(tx, &OrderFilter::default())?;
            let order = all.iter().find(|order| order.card.title.as_str() == title);
            put(On::Order(order.ok_or_else(|| Error::not_found("order", title))?))
        }
        Place::Object(number) => {
            let customer = customers::named(tx, &Number::parse(CUSTOMER)?)?;
            put(On::Object(&objects::of(tx, &customer, &Number::parse(number)?)?))
        }
        Place::Facility(number) => {
            let customer = customers::named(tx, &Number::parse(CUSTOMER)?)?;
            put(On::Facility(&facilities::of(tx, &customer, &Number::parse(number)?)?))
        }
        Place::Company => put(On::Customer(&customers::named(tx, &Number::parse(CUSTOMER)?)?)),
    }
}

/// A page of paper with some lines on it (PDF 1.4, one of the fonts that every reader has).
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("BT /F1 16 Tf 72 760 Td 26 TL\n");
    for line in lines {
        text.push_str(&format!("({}) Tj T*\n", line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")));
    }
    text.push_str("ET");
    // The font's encoding is Latin: every letter of these papers is one byte of it.
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let stream = [format!("<< /Length {} >>\nstream\n", latin.len()).as_bytes(), &latin, b"\nendstream"].concat();
    let objects: [&[u8]; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        &stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend_from_slice(format!("{at} 0 obj\n").as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    let mut tail = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    places.iter().for_each(|place| tail.push_str(&format!("{place:010} 00000 n \n")));
    tail.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", places.len() + 1));
    out.extend_from_slice(tail.as_bytes());
    out
}
