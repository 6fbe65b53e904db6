//! Commands: the service companies.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use super::adding;
use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use crate::db::{Reached, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::groups::{self, Group, GroupCard, LOGO_LIMIT, Logo, prefix_of};
use crate::text::{Colour, Email, Lang, Line, Prefix, Ref, Slug, Zone};
use crate::{priorities, roles, statuses, templates};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a group with the usual statuses, priorities, templates and roles
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the groups
    #[command(visible_alias = "ls")]
    List(ListGroups),
    /// Show one group
    Show(Show),
    /// Change a group
    Set(Set),
    /// Give a group its logo
    Logo(SetLogo),
    /// Print what goes on the company's own website: a link, a button, a form, a frame, a QR code
    Box(super::pieces::Print),
    /// Origins: the company's sites that may show the login box in a frame
    #[command(subcommand)]
    Origin(super::origins::Command),
    /// Statuses: the company's own list, each with the stage customers see
    #[command(subcommand)]
    Status(super::statuses::Command),
    /// Priorities: how soon an order must be done
    #[command(subcommand)]
    Priority(super::priorities::Command),
    /// Delete a group with everything in it
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

/// What can be said about a group.
#[derive(Args, Debug)]
struct Facts {
    /// The company's name, as its customers know it
    #[arg(long)]
    name: Option<Line>,
    /// The language of those who chose none: en, sv or es
    #[arg(long)]
    lang: Option<Lang>,
    /// The time zone, such as Europe/Stockholm
    #[arg(long, value_name = "ZONE")]
    tz: Option<Zone>,
    /// The colour of header and buttons, such as '#0a5c3a'
    #[arg(long)]
    colour: Option<Colour>,
    /// Where answers to mails go, and what customers write while no technician is assigned
    #[arg(long, value_name = "EMAIL")]
    reply_to: Option<Email>,
    /// Whom customers call
    #[arg(long)]
    phone: Option<Line>,
    /// What order numbers begin with
    #[arg(long)]
    prefix: Option<Prefix>,
    /// A PNG, JPEG or WebP picture for the header
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// The group's short name in addresses
    slug: Slug,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListGroups {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// Which group: its short name, or id:123
    slug: Ref<Slug>,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    /// Which group: its short name, or id:123
    slug: Ref<Slug>,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct SetLogo {
    /// Which group: its short name, or id:123
    slug: Ref<Slug>,
    /// A PNG, JPEG or WebP picture of at most 256 KiB
    file: PathBuf,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    /// Which group: its short name, or id:123
    slug: Ref<Slug>,
    /// The group's short name once more, instead of being asked for it
    #[arg(long, value_name = "SLUG")]
    confirm: Option<String>,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[
    shown("slug", "GROUP"),
    shown("name", "NAME"),
    shown("lang", "LANG"),
    shown("zone", "ZONE"),
    shown("phone", "PHONE"),
    kept("colour"),
    kept("reply_to"),
    shown("prefix", "PREFIX"),
    kept("created_at"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(ListGroups { listing }) => {
                let groups = desk.read_outside(groups::list)?;
                List::answer("groups", COLUMNS, &listing, groups.into_iter().map(Reached::into_inner))
            }
            Self::Show(Show { slug }) => show(&slug, desk),
            Self::Set(command) => set(command, desk),
            Self::Logo(SetLogo { slug: named, file, changing }) => {
                let logo = read_logo(desk, &file)?;
                let (changed, slug) = desk.write_outside(changing, |tx| {
                    let group = find(tx, &named)?;
                    Ok((groups::set_logo(tx, &group, &logo)?, group.slug.clone()))
                })?;
                let about = format!("logo of {slug}: {} by {} pixels", logo.width, logo.height);
                let facts = json!({ "slug": slug, "logo": logo.hash });
                Ok(Done::new(Action::updated(changed), &slug, about, &facts, changing)?.into())
            }
            Self::Box(command) => command.run(desk),
            Self::Origin(command) => command.run(desk),
            Self::Status(command) => command.run(desk),
            Self::Priority(command) => command.run(desk),
            Self::Delete(command) => delete(command, desk),
        }
    }
}

fn add(Add { slug, facts, adding }: Add, desk: &Desk) -> Result<Answer> {
    let logo = facts.logo.as_deref().map(|file| read_logo(desk, file)).transpose()?;
    let portal = &desk.config.portal;
    let fresh = || -> Result<GroupCard> {
        let name = facts
            .name
            .clone()
            .ok_or_else(|| super::usage("a new group needs a name").tip("add --name \"Nordkyl AB\""))?;
        Ok(GroupCard {
            prefix: facts.prefix.clone().unwrap_or_else(|| prefix_of(name.as_str())),
            name,
            colour: facts.colour.clone().map_or_else(|| Colour::parse("#1f4e79"), Ok)?,
            lang: facts.lang.unwrap_or(portal.lang),
            zone: facts.tz.clone().unwrap_or_else(|| portal.zone.clone()),
            reply_to: facts.reply_to.clone(),
            phone: facts.phone.clone(),
        })
    };
    let (action, group) = desk.write_outside(adding.changing, |tx| {
        let logo_set = |group: &Reached<Group>| match &logo {
            Some(logo) => groups::set_logo(tx, group, logo),
            None => Ok(false),
        };
        let (action, group) = adding.place(
            "group",
            || groups::find(tx, &slug),
            || {
                let group = found(tx, &slug, &fresh()?)?;
                logo_set(&group)?;
                Ok(group)
            },
            |group| Ok(groups::set(tx, group, &facts.over(&group.card))? | logo_set(group)?),
        )?;
        Ok((action, group.into_inner()))
    })?;
    done(action, &group, adding.changing)
}

/// Makes a group that can work at once: with the usual statuses, priorities, templates and roles.
pub(super) fn found(tx: &WriteTx, slug: &Slug, card: &GroupCard) -> Result<Reached<Group>> {
    let group = groups::add(tx, slug, card)?;
    tx.at_desk(&group, |tx| {
        statuses::add_defaults(tx, card.lang)?;
        priorities::add_defaults(tx, card.lang)?;
        templates::add_defaults(tx)?;
        roles::add_defaults(tx)
    })?;
    Ok(group)
}

/// The group that a command names.
pub(super) fn find(tx: &Tx, group: &Ref<Slug>) -> Result<Reached<Group>> {
    match group {
        Ref::Name(slug) => groups::find(tx, slug),
        Ref::Id(id) => groups::list(tx)?
            .into_iter()
            .find(|group| group.id.0 == *id)
            .ok_or_else(|| Error::not_found("group", group).tip("see them all with: frontdesk group list")),
    }
}

fn show(group: &Ref<Slug>, desk: &Desk) -> Result<Answer> {
    let (group, logo, origins) = desk.read_outside(|tx| {
        let group = find(tx, group)?;
        let logo = groups::logo_of(tx, &group)?;
        let origins = groups::origins_of(tx, &group)?;
        Ok((group, logo, origins))
    })?;
    let mut facts = record(&*group)?;
    let logo = logo.map(|logo| format!("{}, {} by {} pixels", logo.media_type, logo.width, logo.height));
    facts.insert("logo".into(), json!(logo));
    facts.insert("origins".into(), origins.iter().map(|site| json!(site.origin)).collect());
    facts.insert("portal".into(), json!(format!("{}{}", desk.config.portal.base_url, crate::links::home(&group.slug))));
    Ok(Card::new(&facts)?.into())
}

fn set(Set { slug: named, facts, changing }: Set, desk: &Desk) -> Result<Answer> {
    let logo = facts.logo.as_deref().map(|file| read_logo(desk, file)).transpose()?;
    let (changed, group) = desk.write_outside(changing, |tx| {
        let group = find(tx, &named)?;
        let mut changed = groups::set(tx, &group, &facts.over(&group.card))?;
        if let Some(logo) = &logo {
            changed |= groups::set_logo(tx, &group, logo)?;
        }
        Ok((changed, find(tx, &named)?.into_inner()))
    })?;
    done(Action::updated(changed), &group, changing)
}

fn delete(Delete { slug: named, confirm, removing }: Delete, desk: &Desk) -> Result<Answer> {
    let Removing { changing, missing_ok } = removing;
    let found = desk.read_outside(|tx| find(tx, &named).map(|group| group.slug.clone()));
    let Some(slug) = (if missing_ok { adding::known(found)? } else { Some(found?) }) else {
        let about = format!("group {named} (there is none)");
        return Ok(Done::new(Action::Unchanged, &named, about, &json!({ "slug": named.to_string() }), changing)?.into());
    };
    if !changing.dry_run {
        let question = format!("This deletes the group {slug} with all its customers, users and orders.");
        desk.confirm_by_name(&question, slug.as_str(), confirm.as_deref())?;
    }
    desk.write_outside(changing, |tx| groups::delete(tx, &groups::find(tx, &slug)?))?;
    let about = format!("group {slug} and everything in it");
    Ok(Done::new(Action::Deleted, &slug, about, &json!({ "slug": slug }), changing)?.into())
}

fn done(action: Action, group: &Group, changing: Changing) -> Result<Answer> {
    let about = format!("group {} ({}, {}, {})", group.slug, group.card.name, group.card.lang, group.card.zone);
    Ok(Done::new(action, &group.slug, about, group, changing)?.into())
}

fn read_logo(desk: &Desk, file: &std::path::Path) -> Result<Logo> {
    let bytes = desk.read_file(file, LOGO_LIMIT + 1)?;
    Logo::parse(bytes, &file.display().to_string())
}

impl Facts {
    /// A card with what was named here, and the rest as it was.
    fn over(&self, card: &GroupCard) -> GroupCard {
        GroupCard {
            name: self.name.clone().unwrap_or_else(|| card.name.clone()),
            colour: self.colour.clone().unwrap_or_else(|| card.colour.clone()),
            lang: self.lang.unwrap_or(card.lang),
            zone: self.tz.clone().unwrap_or_else(|| card.zone.clone()),
            reply_to: self.reply_to.clone().or_else(|| card.reply_to.clone()),
            phone: self.phone.clone().or_else(|| card.phone.clone()),
            prefix: self.prefix.clone().unwrap_or_else(|| card.prefix.clone()),
        }
    }
}
