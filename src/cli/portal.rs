//! Commands: the portal looked at from the office.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};
use signal_hook::consts::SIGHUP;

use super::answer::{Answer, Card, Column, List, record, shown};
use super::desk::Desk;
use super::flags::{Changing, Format, Listing};
use super::serve::{listen, log, signals};
use super::service::Service;
use super::users::{find, the_access};
use super::{output, usage};
use crate::access::{Need, Right};
use crate::db::Entry;
use crate::error::{Error, Result};
use crate::groups;
use crate::portal::routes::ROUTES;
use crate::portal::{Preview, Site};
use crate::text::{Email, Number, Ref};
use crate::users::UserState;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show the portal to yourself as a user sees it; nothing can be changed in it
    Preview(Look),
    /// List every page and form of the portal, and who may use it
    Routes(Routes),
}

#[derive(Args, Debug)]
#[command(after_help = "\
The preview runs until you press Ctrl-C. The address that is printed opens it in one browser of this machine; that you
looked is written to the audit, with the user whose view it was.")]
pub(super) struct Look {
    /// Whose view: their address, or id:123
    user: Ref<Email>,
    /// At which customer, where the user has access to several
    #[arg(long)]
    customer: Option<Ref<Number>>,
    /// Listen here instead of on a free port; on this machine only
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

#[derive(Args, Debug)]
pub(super) struct Routes {
    #[command(flatten)]
    listing: Listing,
}

const ROUTE: &[Column] = &[shown("path", "PATH"), shown("method", "METHOD"), shown("who", "WHO MAY")];

impl Command {
    /// What listens on the machine itself.
    pub(super) fn is_for_owner(&self) -> Option<&'static str> {
        matches!(self, Self::Preview(_)).then_some("portal preview")
    }

    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Preview(command) => command.run(desk),
            Self::Routes(Routes { listing }) => List::answer("pages", ROUTE, &listing, routes()?),
        }
    }
}

/// The site map, a row for each address and method.
fn routes() -> Result<Vec<Map<String, Value>>> {
    let mut rows = Vec::new();
    for route in ROUTES {
        let (looks, sends) = route.handler.methods();
        for method in [looks.then_some("GET"), sends.then_some("POST")].into_iter().flatten() {
            let path = format!("/g/:group{}", route.path);
            rows.push(record(&json!({ "path": path, "method": method, "who": route.handler.who() }))?);
        }
    }
    Ok(rows)
}

impl Look {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let address = self.listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        if !address.ip().is_loopback() {
            return Err(usage(format!("a preview does not listen on {address}, where others could look at it"))
                .at("listen")
                .tip("choose a port of this machine, such as 127.0.0.1:8781"));
        }
        let stop = signals()?;
        signal_hook::flag::register(SIGHUP, Arc::clone(&stop)).map_err(Error::internal)?;
        let listener = listen(address)?;
        let address = listener.local_addr().map_err(Error::internal)?;
        let preview = self.begin(desk)?;
        let mut config = desk.config.clone();
        config.portal.listen = address;
        config.portal.base_url = format!("http://{address}");
        config.portal.trusted_proxies = Vec::<IpAddr>::new();
        let url = format!("{}{}", config.portal.base_url, preview.address());
        let site = Site::preview(desk.db()?, config.clone(), preview)?;
        log(desk.io);
        let service = Service::answer(site, &config, listener)?;
        let said = say(&url, desk);
        let ended = said.and_then(|()| service.until(|| stop.load(Ordering::SeqCst)));
        service.stop();
        ended?;
        Ok(Answer::Text(String::new()))
    }

    /// Finds whose view it is, and writes down that somebody looks.
    fn begin(&self, desk: &Desk) -> Result<Preview> {
        let (preview, state) = desk.write(Changing::default(), |tx| {
            let user = find(tx, &self.user)?;
            let access = the_access(tx, &user, self.customer.as_ref())?;
            let why = format!("frontdesk user why {} order.view --customer {}", user.email, access.customer_no);
            if user.state == UserState::Disabled {
                return Err(Error::conflict(format!("{} is disabled and sees nothing", user.email))
                    .tip(format!("frontdesk user enable {}", user.email)));
            }
            if !access.is_open(tx.now()) {
                let (email, customer) = (&user.email, &access.customer_no);
                return Err(Error::conflict(format!("the access of {email} to customer {customer} is over")).tip(why));
            }
            let group =
                groups::list(tx)?.pop().ok_or_else(|| Error::internal(anyhow::anyhow!("no group at the desk")))?;
            tx.change(Need::right(Right::Accounts), |_| {
                let facts = json!({ "customer_no": access.customer_no });
                Ok(((), Entry::on(&user, "portal.previewed").after(&facts)))
            })?;
            Ok((Preview::of(&group.slug, &access)?, user.state))
        })?;
        if state != UserState::Active {
            desk.say(&format!("warning: this user has no password yet ({state}); this is what they will see"));
        }
        Ok(preview)
    }
}

/// Says where the preview is, while it runs.
fn say(url: &str, desk: &Desk) -> Result<()> {
    if desk.format() == Format::Table {
        output::write(desk.io, &format!("{url}\n"))?;
        desk.say("Open this address in a browser of this machine. Ctrl-C ends the preview.");
    } else {
        output::give(&Answer::Card(Card::new(&json!({ "url": url }))?), desk)?;
    }
    // Whoever reads a pipe reads it now.
    desk.io.stdout.borrow_mut().flush().map_err(Error::internal)
}
