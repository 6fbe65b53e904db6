//! The pipeline as a file for a spreadsheet: the orders that the list shows, all of them, the newest first.

use super::Asked;
use crate::clock::Moment;
use crate::customers::Customer;
use crate::error::Result;
use crate::orders::{self, EXPORTED, ExportRow};
use crate::portal::exchange::Reply;
use crate::portal::spreadsheet::Spreadsheet;
use crate::portal::visit::Visit;
use crate::text::{Line, Number, Prose, Zone};
use crate::words::dates;

/// The headings.
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

/// A file of so many bytes takes no more rows. What is not in it is older than what is.
const LARGEST: usize = 32 << 20;

/// Every order that the list shows. A file that is not all of them says so in its name.
pub fn csv(visit: &Visit) -> Result<Reply> {
    let asked = Asked::of(visit);
    let zone = &visit.dress.group.card.zone;
    let mut sheet = Spreadsheet::new(&HEADINGS)?;
    let whole = visit.read(|tx| {
        let filter = asked.filter(tx)?;
        let mut fits = true;
        let all = orders::export(tx, &filter, EXPORTED, |row| {
            fits = fits && sheet.size() < LARGEST;
            if fits { sheet.row(line(row, zone)) } else { Ok(()) }
        })?;
        Ok(all && fits)
    })?;
    let access = &visit.signed().access;
    visit.note_export::<Customer>(access.customer_id.0, access.customer_no.as_str(), "orders.exported")?;
    sheet.reply(if whole { "orders.csv" } else { "orders-newest.csv" })
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
}
