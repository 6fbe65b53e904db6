//! Files of a group: its logo and its colours, under addresses that change with them.

use super::exchange::Reply;
use super::visit::Guest;
use super::{assets, reply};
use crate::error::{Error, Result};
use crate::groups;
use crate::links;

/// The group's logo.
pub fn logo(guest: &Guest) -> Result<Reply> {
    let group = &guest.dress.group;
    let logo = guest.read_as_door(|tx| groups::logo_of(tx, group))?;
    match logo {
        Some(logo) if links::logo(&group.slug, &logo.hash) == guest.request.path => {
            reply::kept_for_ever(&logo.media_type, logo.bytes)
        }
        _ => Err(Error::not_found("file", &guest.request.path)),
    }
}

/// The group's colours.
pub fn brand(guest: &Guest) -> Result<Reply> {
    let brand = assets::brand(&guest.dress.group.card.colour);
    if brand.name != guest.value(0)? {
        return Err(Error::not_found("file", &guest.request.path));
    }
    reply::kept_for_ever("text/css; charset=utf-8", brand.body.into_bytes())
}
