//! The pipeline as a file for a spreadsheet: the orders that the list shows, all of them, the newest first.

use super::Asked;
use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::orders::{self, EXPORTED, ExportRow};
use crate::portal::exchange::{Reply, attachment};
use crate::portal::visit::Visit;
use crate::text::cell::harmless;
use crate::text::{Line, Number, Prose, Zone};
use crate::words::dates;

/// The headings, which are those of the company's own files. Scripts rely on them, so they are in no language.
const HEADINGS: [&str; 22] = [
    "order_no",
    "title",
    "kind",
    "stage",
    "status",
    "priority",
    "facility_no",
    "facility",
    "object_no",
    "object",
    "description",
    "contact",
    "site_contact",
    "site_phone",
    "technicians",
    "reference",
    "created_at",
    "planned_from",
    "planned_to",
    "due_at",
    "overdue",
    "closed_at",
];

/// The largest file, in bytes. What does not fit is older than what does.
const LARGEST: usize = 32 << 20;

/// Spreadsheets take a file for UTF-8 if it begins so.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Every order that the list shows, as RFC 4180 has it. A file that is not all of them says so in its name.
pub fn csv(visit: &Visit) -> Result<Reply> {
    let asked = Asked::of(visit);
    let zone = &visit.dress.group.card.zone;
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(MARK.to_vec());
    writer.write_record(HEADINGS).map_err(Error::internal)?;
    let mut written = 0;
    let whole = visit.read(|tx| {
        let filter = asked.filter(&orders::choices(tx)?);
        let mut fits = true;
        let all = orders::export(tx, &filter, EXPORTED, |row| {
            let cells = line(row, zone);
            written += cells.iter().map(|cell| cell.len() + 3).sum::<usize>();
            fits = fits && written <= LARGEST;
            if fits { writer.write_record(cells).map_err(Error::internal) } else { Ok(()) }
        })?;
        Ok(all && fits)
    })?;
    let body = writer.into_inner().map_err(|error| Error::internal(error.into_error()))?;
    let name = if whole { "orders.csv" } else { "orders-newest.csv" };
    Reply::new(200, "text/csv; charset=utf-8", body).with("Content-Disposition", &attachment(name))
}

fn line(row: &ExportRow, zone: &Zone) -> [String; 22] {
    let text = |line: &Option<Line>| line.as_ref().map_or_else(String::new, ToString::to_string);
    let number = |number: &Option<Number>| number.as_ref().map_or_else(String::new, ToString::to_string);
    let time = |moment: Option<Moment>| moment.map_or_else(String::new, |moment| dates::machine(moment, zone));
    [
        row.number.to_string(),
        row.title.to_string(),
        row.kind.to_string(),
        row.stage.to_string(),
        row.status.to_string(),
        row.priority.to_string(),
        number(&row.facility.0),
        text(&row.facility.1),
        number(&row.object.0),
        text(&row.object.1),
        row.description.as_ref().map_or("", Prose::as_str).to_owned(),
        text(&row.contact),
        text(&row.site_contact),
        text(&row.site_phone),
        row.technicians.join("; "),
        text(&row.reference),
        time(Some(row.created_at)),
        time(row.planned_from),
        time(row.planned_to),
        time(row.due_at),
        if row.overdue { "yes" } else { "no" }.to_owned(),
        time(row.closed_at),
    ]
    .map(harmless)
}
