//! `/healthz`: whether the portal works, and whether mail leaves.

use super::super::exchange::{Method, Reply, Request};
use super::Site;
use crate::access::Machine;
use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::groups;
use crate::outbox;

/// Whether the portal works: asked by whatever watches over it, from anywhere.
pub(super) fn answer(site: &Site, request: &Request) -> Result<Reply> {
    if request.method == Method::Post {
        return Err(Error::not_found("page", "/healthz"));
    }
    let nobody = crate::access::Actor::Machine { role: Machine::Door, group: None };
    let stop = site.db.read(&nobody, |tx| {
        groups::list(tx)?;
        outbox::stop(tx)
    })?;
    let now: Moment = site.db.now();
    // The portal works while mail waits, so the status does not change; why it waits is said to the office only.
    let mail = stop.map_or_else(|| "ok".into(), |stop| format!("waiting since {}", stop.since));
    Ok(Reply::new(200, "text/plain; charset=utf-8", format!("ok {now}\nmail: {mail}\n").into_bytes()))
}
