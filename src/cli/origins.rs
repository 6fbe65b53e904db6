//! Commands: the sites of a company that may show its login box in a frame.

use clap::{Args, Subcommand};

use super::adding;
use super::answer::{Answer, Column, Done, List, shown};
use super::desk::Desk;
use super::flags::{Adding, Listing, Removing};
use crate::db::Reached;
use crate::error::Result;
use crate::groups::{self, Origin};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Let a site show the login box in a frame
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the sites that may show the login box
    #[command(visible_alias = "ls")]
    List(ListOrigins),
    /// Let a site show the login box no longer
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// The site without a page, such as https://www.nordkyl.example
    origin: Origin,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListOrigins {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    /// Which site
    origin: Origin,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[shown("origin", "SITE")];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(Add { origin, adding }) => {
                let (action, site) = desk.write(adding.changing, |tx| {
                    // There is nothing about a site that could be changed: it is there or not.
                    let (action, site) = adding.place(
                        "group origin",
                        || groups::origin(tx, &origin),
                        || groups::add_origin(tx, &origin),
                        |_| Ok(false),
                    )?;
                    Ok((action, site.into_inner()))
                })?;
                let about = format!("origin {}, which may show the login box", site.origin);
                Ok(Done::new(action, &site.origin, about, &site, adding.changing)?.into())
            }
            Self::List(ListOrigins { listing }) => {
                let all = desk.read(groups::origins)?;
                List::answer("origins", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Delete(Delete { origin, removing }) => adding::delete(
                desk,
                removing,
                &origin,
                |tx| groups::origin(tx, &origin),
                |site| desk.confirm(&format!("Let {} show the login box no longer?", site.origin)),
                groups::delete_origin,
            ),
        }
    }
}
