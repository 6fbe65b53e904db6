//! Commands: the templates of permissions.

use clap::{Args, Subcommand};

use super::adding;
use super::answer::{Action, Answer, Card, Column, Done, List, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use crate::access::Permission;
use crate::db::Reached;
use crate::error::Result;
use crate::templates::{self, Template, TemplateCard};
use crate::text::Line;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a template
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the templates
    #[command(visible_alias = "ls")]
    List(ListTemplates),
    /// Show one template
    Show(Show),
    /// Change a template; what was granted with it before stays as it is
    Set(Set),
    /// Delete a template; what was granted with it stays as it is
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// Its name
    name: Line,
    /// A permission it holds, such as order.view
    #[arg(value_name = "PERMISSION")]
    permissions: Vec<Permission>,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListTemplates {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// Which template, by its name
    name: Line,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    /// Which template, by its name
    name: Line,
    /// Its new name
    #[arg(long = "name", value_name = "NEW")]
    new: Option<Line>,
    /// A permission to put into it
    #[arg(long = "add", value_name = "PERMISSION")]
    added: Vec<Permission>,
    /// A permission to take out of it
    #[arg(long = "remove", value_name = "PERMISSION")]
    removed: Vec<Permission>,
    /// Its permissions, instead of those it has
    #[arg(value_name = "PERMISSION", conflicts_with_all = ["added", "removed"])]
    permissions: Vec<Permission>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    /// Which template, by its name
    name: Line,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[shown("name", "TEMPLATE"), shown("permissions", "PERMISSIONS")];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(ListTemplates { listing }) => {
                let all = desk.read(templates::list)?;
                List::answer("templates", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Show(Show { name }) => {
                let template = desk.read(|tx| templates::find_by_name(tx, &name))?;
                Ok(Card::new(&*template)?.into())
            }
            Self::Set(command) => set(command, desk),
            Self::Delete(Delete { name, removing }) => adding::delete(
                desk,
                removing,
                &name,
                |tx| templates::find_by_name(tx, &name),
                |template| desk.confirm(&format!("Delete the template {}?", template.card.name)),
                templates::delete,
            ),
        }
    }
}

fn add(Add { name, permissions, adding }: Add, desk: &Desk) -> Result<Answer> {
    let (action, template) = desk.write(adding.changing, |tx| {
        let (action, template) = adding.place(
            "template",
            || templates::find_by_name(tx, &name),
            || {
                if permissions.is_empty() {
                    return Err(super::usage(format!("a new template needs permissions: '{name}' has none"))
                        .tip("name them after it, such as: order.view comment.write"));
                }
                templates::add(tx, &TemplateCard::new(name.clone(), permissions.iter().copied()))
            },
            |template| templates::set(tx, template, &over(template, &permissions)),
        )?;
        Ok((action, template.into_inner()))
    })?;
    done(action, &template, adding.changing)
}

fn set(Set { name, new, added, removed, permissions, changing }: Set, desk: &Desk) -> Result<Answer> {
    let (changed, template) = desk.write(changing, |tx| {
        let template = templates::find_by_name(tx, &name)?;
        let was = over(&template, &permissions);
        let left = was.permissions.iter().chain(&added).filter(|permission| !removed.contains(permission));
        let card = TemplateCard::new(new.clone().unwrap_or(was.name), left.copied());
        let changed = templates::set(tx, &template, &card)?;
        Ok((changed, templates::find_by_name(tx, &card.name)?.into_inner()))
    })?;
    done(Action::updated(changed), &template, changing)
}

fn done(action: Action, template: &Template, changing: Changing) -> Result<Answer> {
    let words: Vec<_> = template.card.permissions.iter().map(|permission| permission.word()).collect();
    let held = if words.is_empty() { "no permissions".into() } else { words.join(" ") };
    let about = format!("template {} ({held})", template.card.name);
    Ok(Done::new(action, &template.card.name, about, template, changing)?.into())
}

/// The template's card, with these permissions instead of its own if there are any.
fn over(template: &Template, permissions: &[Permission]) -> TemplateCard {
    if permissions.is_empty() {
        return template.card.clone();
    }
    TemplateCard::new(template.card.name.clone(), permissions.iter().copied())
}
