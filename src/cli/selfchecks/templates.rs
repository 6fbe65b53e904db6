//! Commands: the templates of self-checks.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::super::answer::{Action, Answer, Card, Column, Done, List, shown};
use super::super::desk::Desk;
use super::super::flags::{Adding, Changing, Format, Listing, Removing};
use crate::cli::adding;
use crate::error::{Error, Kind, Result};
use crate::selfchecks::{self, LARGEST, SelfcheckTemplate, Sheet};
use crate::text::Line;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Add a template from a file
    #[command(visible_alias = "create", after_help = EXAMPLE)]
    Add(Add),
    /// List the templates
    #[command(visible_alias = "ls")]
    List(ListTemplates),
    /// Show a template as the file that makes it
    Show(Which),
    /// Delete a template; self-checks that were begun with it stay
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

const EXAMPLE: &str = "\
A file of a template:
  title = \"Yearly service, refrigeration\"

  [[point]]
  text = \"Door gaskets are whole\"

  [[point]]
  text = \"Suction pressure\"
  kind = \"number\"
  unit = \"bar\"

  [[point]]
  text = \"Remarks\"
  kind = \"text\"
  required = false";

#[derive(Args, Debug)]
pub(in crate::cli) struct Add {
    /// The name it is known by in commands
    name: Line,
    /// The file that holds it; - reads it from standard input
    file: PathBuf,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ListTemplates {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Which {
    /// Which template, by its name
    name: Line,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Delete {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    removing: Removing,
}

/// A template in a list.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a Line,
    title: &'a Line,
    points: usize,
    created_at: crate::clock::Moment,
}

const COLUMNS: &[Column] =
    &[shown("name", "TEMPLATE"), shown("title", "TITLE"), shown("points", "POINTS"), shown("created_at", "ADDED")];

impl Command {
    pub(in crate::cli) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(&command, desk),
            Self::List(ListTemplates { listing }) => {
                let all = desk.read(selfchecks::templates)?;
                let rows = all.iter().map(|template| Row {
                    name: &template.name,
                    title: &template.card.title,
                    points: template.card.points.len(),
                    created_at: template.created_at,
                });
                List::answer("templates", COLUMNS, &listing, rows)
            }
            Self::Show(Which { name }) => {
                let template = desk.read(|tx| selfchecks::find_by_name(tx, &name))?;
                if desk.format() == Format::Table && desk.globals.fields.is_empty() {
                    return Ok(Answer::Text(template.card.to_toml()?));
                }
                Ok(Card::new(&*template)?.into())
            }
            Self::Delete(Delete { which: Which { name }, removing }) => adding::delete(
                desk,
                removing,
                &name,
                |tx| selfchecks::find_by_name(tx, &name),
                |template| desk.confirm(&format!("Delete the self-check template {}?", template.name)),
                selfchecks::delete_template,
            ),
        }
    }
}

fn add(Add { name, file, adding }: &Add, desk: &Desk) -> Result<Answer> {
    let shown = if file.as_os_str() == "-" { "standard input".into() } else { file.display().to_string() };
    let bytes = desk.read_file(file, LARGEST + 1)?;
    if bytes.len() > LARGEST {
        return Err(Error::new(Kind::Data, format!("{shown} is larger than {LARGEST} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_| Error::new(Kind::Data, format!("{shown} is not UTF-8")))?;
    let card = Sheet::parse(&text, &shown)?;
    let (action, template) = desk.write(adding.changing, |tx| {
        let placed = adding.place(
            "selfcheck template",
            || selfchecks::find_by_name(tx, name),
            || selfchecks::add(tx, name, &card),
            |template| selfchecks::set(tx, template, &card),
        );
        let (action, template) = placed.map_err(|error| match error.kind() {
            Kind::Conflict => error.tip("give it the points of the file with --if-exists update"),
            _ => error,
        })?;
        Ok((action, template.into_inner()))
    })?;
    done(action, &template, adding.changing)
}

fn done(action: Action, template: &SelfcheckTemplate, changing: Changing) -> Result<Answer> {
    let points = template.card.points.len();
    let plural = if points == 1 { "" } else { "s" };
    let about = format!("self-check template {} ({}, {points} point{plural})", template.name, template.card.title);
    Ok(Done::new(action, &template.name, about, template, changing)?.into())
}
