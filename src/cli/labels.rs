//! Command: labels for machines, one as a drawing or many on sheets.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::answer::{Action, Answer, Done, record};
use super::desk::Desk;
use super::flags::{Changing, Format};
use super::{named, usage};
use crate::db::{Reached, Tx, WriteTx};
use crate::disk::Whole;
use crate::error::{Error, Kind, Result};
use crate::groups::{self, Group};
use crate::links;
use crate::objects::{self, Object, ObjectStatus};
use crate::portal::print::label::{self, Label};
use crate::text::{Lang, Number, Ref};
use crate::{customers, text};

#[derive(Args, Debug)]
pub(super) struct Print {
    /// Which machines: their numbers, or id:123
    objects: Vec<Ref<Number>>,
    /// Whose, where several customers have the number; with --all every machine of this customer
    #[arg(long)]
    customer: Option<Ref<Number>>,
    /// Every machine in use at this facility
    #[arg(long, conflicts_with_all = ["objects", "all"])]
    facility: Option<Ref<Number>>,
    /// Every machine in use
    #[arg(long, conflicts_with = "objects")]
    all: bool,
    /// svg, a drawing of one label, or sheet, pages of A4 with 24 labels each; by default what fits their number
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    format: Option<Paper>,
    /// Write it to this file instead of to standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    to: PathBuf,
    #[command(flatten)]
    changing: Changing,
}

/// What is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Paper {
    /// One label as SVG, 70 mm wide and 37 mm high
    Svg,
    /// Sheets as a page of HTML, to be printed without margins and at 100 %
    Sheet,
}

/// A label that was made, or was there already.
struct Made {
    object: Object,
    code: String,
    is_new: bool,
    label: Label,
}

impl Print {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        if self.objects.is_empty() && self.facility.is_none() && !self.all {
            return Err(usage("no object was named").tip("name objects, or --facility F, or --all"));
        }
        // The place is taken before anything is made, so that nothing is made in vain.
        let file = match (self.to == Path::new("-"), self.changing.dry_run) {
            (false, false) => Some(desk.io.disk.begin(&self.to, true).map_err(|cause| cannot(&self.to, cause))?),
            _ => None,
        };
        let (made, drawn) = desk.write(self.changing, |tx| {
            let group =
                groups::list(tx)?.pop().ok_or_else(|| Error::internal(anyhow::anyhow!("no group at the desk")))?;
            let objects = self.chosen(tx)?;
            let made = objects.iter().map(|object| made(tx, desk, &group, object)).collect::<Result<Vec<_>>>()?;
            let drawn = self.draw(&made, group.card.lang)?;
            Ok((made, drawn))
        })?;
        self.hand_over(desk, &made, &drawn, file)
    }

    fn draw(&self, made: &[Made], lang: Lang) -> Result<String> {
        let labels: Vec<_> = made.iter().map(|one| one.label.clone()).collect();
        let paper = self.format.unwrap_or(if made.len() == 1 { Paper::Svg } else { Paper::Sheet });
        let drawn = match (paper, labels.as_slice()) {
            (Paper::Svg, [only]) => label::svg(only)?,
            (Paper::Svg, several) => {
                return Err(usage(format!("a drawing holds one label, and {} objects were named", several.len()))
                    .at("format")
                    .tip("print them with --format sheet, or name one object"));
            }
            (Paper::Sheet, all) => label::sheets(all, lang)?,
        };
        Ok(drawn.into_string())
    }

    /// The machines that were named, each once, in the order they were named in.
    fn chosen(&self, tx: &Tx) -> Result<Vec<Reached<Object>>> {
        let customer = named::customer(tx, self.customer.as_ref())?;
        let mut objects = match (&self.facility, &customer) {
            (Some(facility), customer) => objects::at(tx, &named::facility(tx, facility, customer.as_ref())?)?,
            (None, Some(customer)) if self.all => objects::list(tx, customer)?,
            (None, None) if self.all => objects::list_all(tx, None)?,
            (None, customer) => {
                let mut known = Vec::new();
                for object in &self.objects {
                    let object = named::object(tx, object, customer.as_ref())?;
                    if !known.iter().any(|one: &Reached<Object>| one.id == object.id) {
                        known.push(object);
                    }
                }
                return Ok(known);
            }
        };
        objects.retain(|object| object.status == ObjectStatus::Active);
        if objects.is_empty() {
            return Err(Error::new(Kind::NotFound, "there is no object in use there")
                .tip("see them with: frontdesk object list"));
        }
        Ok(objects)
    }

    fn hand_over(&self, desk: &Desk, made: &[Made], drawn: &str, file: Option<Box<dyn Whole>>) -> Result<Answer> {
        let fresh = made.iter().filter(|one| one.is_new).count();
        let action = if fresh > 0 { Action::Created } else { Action::Unchanged };
        let mut about = match made {
            [one] => format!("label of object {} ({}): {}", one.object.number, one.object.card.name, one.label.address),
            several => format!("labels of {} objects, {fresh} of them new", several.len()),
        };
        // The codes of a dry run are taken back: a label with one would lead nowhere.
        let to_stdout = file.is_none() && !self.changing.dry_run;
        if let Some(mut file) = file {
            let written = file.write_all(drawn.as_bytes()).and_then(|()| file.write_all(b"\n"));
            written.and_then(|()| file.keep()).map_err(|cause| cannot(&self.to, cause))?;
            about.push_str(&format!("; written to {}", text::shown(&self.to.display().to_string())));
        }
        let rows = made.iter().map(|one| -> Map<String, Value> {
            let facts = json!({
                "object_no": one.object.number, "customer_no": one.object.customer_no, "name": one.object.card.name,
                "code": one.code, "address": one.label.address,
            });
            record(&facts).unwrap_or_default()
        });
        let rows: Vec<_> = if self.changing.dry_run { Vec::new() } else { rows.collect() };
        let mut facts = record(&json!({ "labels": rows }))?;
        let with_facts = matches!(desk.format(), Format::Json | Format::Jsonl | Format::Csv);
        if to_stdout && with_facts {
            facts.insert("document".into(), json!(drawn));
        }
        let ids: Vec<_> = made.iter().map(|one| one.object.number.as_str()).collect();
        let mut done = Done::new(action, ids.join("\n"), about, &facts, self.changing)?;
        if to_stdout && desk.format() == Format::Table {
            done.data = Some(drawn.to_owned());
        }
        Ok(done.into())
    }
}

fn made(tx: &WriteTx, desk: &Desk, group: &Reached<Group>, object: &Reached<Object>) -> Result<Made> {
    let (code, is_new) = objects::label(tx, object)?;
    let customer = customers::find(tx, object.customer_id)?;
    let label = Label {
        number: object.number.to_string(),
        name: object.card.name.to_string(),
        company: group.card.name.to_string(),
        address: format!("{}{}", desk.config.portal.base_url, links::label(&group.slug, &code)),
        lang: customer.card.lang.unwrap_or(group.card.lang),
    };
    Ok(Made { object: (**object).clone(), code, is_new, label })
}

fn cannot(named: &Path, why: impl std::fmt::Display) -> Error {
    Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {why}", text::shown(&named.display().to_string())))
}
