//! Command: a temporary company to look at, gone when it is told to stop.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::Args;
use serde_json::{Map, Value, json};
use signal_hook::consts::SIGHUP;
use tempfile::TempDir;

use super::answer::{Answer, Card, Column, kept, record, shown};
use super::desk::Desk;
use super::flags::Format;
use super::serve::{listen, signals};
use super::service::Service;
use super::{groups, output, serve};
use crate::config::Config;
use crate::db::Db;
use crate::demo::{self, Company, Plan};
use crate::error::{Error, Kind, Result};
use crate::links;
use crate::secret::Key;
use crate::text::Lang;

const ACCOUNTS: &[Column] = &[shown("email", "EMAIL"), kept("password"), shown("name", "NAME"), shown("sees", "SEES")];

#[derive(Args, Debug)]
pub(super) struct Demo {
    /// Listen here instead of on a free port; on this machine only
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// The language of statuses, pages and mails: en, sv or es (the work itself is told in English)
    #[arg(long, default_value = "en")]
    lang: Lang,
}

impl Demo {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let address = self.listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        if !address.ip().is_loopback() {
            return Err(super::usage(format!("the demo does not listen on {address}, where others could sign in"))
                .tip("choose a port of this machine, such as 127.0.0.1:8780"));
        }
        // From here on a signal ends the demo in good order, so that nothing stays behind.
        let stop = signals()?;
        signal_hook::flag::register(SIGHUP, Arc::clone(&stop)).map_err(Error::internal)?;
        let listener = listen(address)?;
        let address = listener.local_addr().map_err(Error::internal)?;
        let folder = folder()?;
        let config = config(&folder, address, self.lang);
        let company = make(&folder, &config, desk)?;
        let key = Key::read(&folder.path().join("key"))?;
        let wait = Duration::from_secs(desk.globals.wait);
        let db = Db::open(&folder.path().join("frontdesk.db"), desk.io.clock.clone(), key, wait)?;
        serve::log(desk.io);
        let service = Service::start(&db, &config, listener, true)?;
        let stopped = || stop.load(Ordering::SeqCst);
        // Whoever has left already needs no passwords.
        let said = if stopped() { Ok(()) } else { say(&company, &config, desk) };
        let ended = said.and_then(|()| service.until(stopped));
        service.stop();
        drop(db);
        let path = folder.path().to_owned();
        let removed = folder.close();
        ended?;
        removed.map_err(|cause| {
            Error::new(Kind::CannotWrite, format!("'{}' cannot be removed: {cause}", path.display()))
        })?;
        Ok(Answer::Text(String::new()))
    }
}

/// The place of everything, which goes with the value, also after an error or a panic.
fn folder() -> Result<TempDir> {
    tempfile::Builder::new().prefix("frontdesk-demo-").tempdir().map_err(|cause| {
        let place = std::env::temp_dir();
        Error::new(Kind::CannotWrite, format!("no folder can be made in '{}': {cause}", place.display()))
            .tip("name another place in the variable TMPDIR")
    })
}

/// The built-in defaults on a folder and a port of its own, whatever the machine's own configuration says.
fn config(folder: &TempDir, address: SocketAddr, lang: Lang) -> Config {
    let mut config = Config { data_dir: folder.path().into(), ..Config::default() };
    config.portal.listen = address;
    config.portal.base_url = format!("http://{address}");
    config.portal.lang = lang;
    config
}

fn make(folder: &TempDir, config: &Config, desk: &Desk) -> Result<Company> {
    let plan = Plan {
        folder: folder.path(),
        key: Key::read_or_create(&folder.path().join("key"))?,
        lang: config.portal.lang,
        now: desk.io.clock.now(),
        uid: desk.io.uid,
        config,
    };
    demo::make(&plan, groups::found)
}

/// Says who can sign in where. The answer is complete while the server still runs: it is needed for looking around.
fn say(company: &Company, config: &Config, desk: &Desk) -> Result<()> {
    let url = format!("{}{}", config.portal.base_url, links::home(&company.slug));
    let mails = config.data_dir.join("mail");
    if desk.format() == Format::Table {
        let mut text =
            format!("\nNordkyl AB, a service company that exists until you leave:\n\n  {url}\n\nSign in as\n\n");
        for account in &company.accounts {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {}  {}", account.email, account.password.expose());
            let _ = writeln!(text, "  {:width$}  sees {}\n", "", account.sees, width = account.email.as_str().len());
        }
        output::write(desk.io, &text)?;
        desk.say(&format!("Mails are written to {}.", mails.display()));
        desk.say("Ctrl-C ends it and removes everything.");
    } else {
        let facts = json!({ "url": url, "group": company.slug, "data_dir": config.data_dir, "mail_dir": mails });
        let accounts = company.accounts.iter().map(|account| -> Map<String, Value> {
            let facts = json!({
                "email": account.email, "password": account.password.expose(), "name": account.name, "sees": account.sees,
            });
            record(&facts).unwrap_or_default()
        });
        output::give(&Answer::Card(Card::new(&facts)?.with("accounts", ACCOUNTS, accounts)?), desk)?;
    }
    // Whoever reads a pipe reads it now.
    desk.io.stdout.borrow_mut().flush().map_err(Error::internal)
}
