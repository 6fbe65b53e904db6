//! The papers of the demonstration company: drawings, reports, an agreement, and what a customer sent along.

use super::when::Path;
use super::when::When::{self, Day};
use crate::clock::Moment;
use crate::config::Uploads;
use crate::db::WriteTx;
use crate::documents::{self, DocumentDraft, Files, Kept, On, Purpose};
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::notices::Tell;
use crate::orders;
use crate::text::{Line, Number};
use crate::{customers, facilities, objects};

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
pub(super) struct Paper {
    place: Place,
    name: &'static str,
    purpose: Purpose,
    text: &'static str,
    shared: bool,
    /// When it came.
    at: When,
    /// Who brought it.
    by: &'static str,
    lines: &'static [&'static str],
}

/// Whose papers they are.
pub(super) const CUSTOMER: &str = "1042";
const EVA: &str = "eva@brf.example";
const NOISE: &str = "Compressor 1 starts and stops, Hus B";

const PAPERS: &[Paper] = &[
    Paper {
        place: Place::Company,
        name: "Service agreement 2026.pdf",
        purpose: Purpose::Billing,
        text: "Signed in January, three years",
        shared: true,
        at: Day(-40, 930),
        by: "karin",
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
        at: Day(-33, 1410),
        by: "jonas",
        lines: &["Plant room, Hus B", "Heat pump VP-02, tanks, expansion vessel", "Revision C"],
    },
    Paper {
        place: Place::Object("VP-02-K1"),
        name: "Compressor, data sheet.pdf",
        purpose: Purpose::Reference,
        text: "",
        shared: true,
        at: Day(-20, 1105),
        by: "jonas",
        lines: &["Scroll compressor", "R410A, 1.9 kg", "Low-pressure switch: opens at 2.5 bar"],
    },
    Paper {
        place: Place::Order(NOISE),
        name: "Starts per hour.csv",
        purpose: Purpose::Update,
        text: "I counted from the laundry between six and ten",
        shared: true,
        at: Day(-3, 1820),
        by: EVA,
        lines: &["time;starts", "06:00;9", "07:00;11", "08:00;10", "09:00;12"],
    },
    Paper {
        place: Place::Order(NOISE),
        name: "Measurements, first visit.pdf",
        purpose: Purpose::Update,
        text: "Suction 1.8 bar, superheat 24 K",
        shared: true,
        at: Day(-2, 1230),
        by: "jonas",
        lines: &["Measurements", "Suction pressure 1.8 bar", "Superheat 24 K", "Refrigerant is missing: about 0.6 kg"],
    },
    Paper {
        place: Place::Order(NOISE),
        name: "Purchase price of the valve.pdf",
        purpose: Purpose::Billing,
        text: "For us alone",
        shared: false,
        at: Day(-2, 1235),
        by: "jonas",
        lines: &["Expansion valve, wholesale", "Delivery on Tuesday"],
    },
];

/// When each paper came.
pub(super) fn papers(path: &Path) -> impl Iterator<Item = (Moment, &'static Paper)> {
    PAPERS.iter().map(|paper| (path.at(paper.at), paper))
}

impl Paper {
    /// Who brings it.
    pub(super) fn by(&self) -> &'static str {
        self.by
    }

    /// Puts its bytes in their place.
    pub(super) fn keep(&self, files: &Files) -> Result<Kept> {
        let bytes = if self.name.ends_with(".pdf") { pdf(self.lines) } else { self.lines.join("\n").into_bytes() };
        let sent = files.receive(self.name, &Uploads::default(), bytes.as_slice())?;
        let received = sent.file.map_err(|flaw| Error::internal(anyhow::anyhow!("{}: {flaw:?}", self.name)))?;
        files.keep(&received)
    }

    /// Lays it where it belongs.
    pub(super) fn lay(&self, tx: &WriteTx, kept: &Kept, order: impl Fn(&str) -> Result<OrderId>) -> Result<()> {
        let text = Some(self.text).filter(|text| !text.is_empty()).map(Line::parse).transpose()?;
        let draft = DocumentDraft { file: kept, purpose: self.purpose, text, shared: self.shared };
        let put =
            |on: On| documents::add(tx, &Uploads::default(), on, std::slice::from_ref(&draft), Tell::Nobody).map(drop);
        let customer = || customers::named(tx, &Number::parse(CUSTOMER)?);
        match self.place {
            Place::Order(title) => put(On::Order(&orders::find(tx, order(title)?)?)),
            Place::Object(number) => put(On::Object(&objects::of(tx, &customer()?, &Number::parse(number)?)?)),
            Place::Facility(number) => put(On::Facility(&facilities::of(tx, &customer()?, &Number::parse(number)?)?)),
            Place::Company => put(On::Customer(&customer()?)),
        }
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
