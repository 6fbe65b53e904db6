//! The demonstration company: Nordkyl AB with its customers, ten weeks of work and people who can sign in.
//!
//! Everything is made by the ordinary functions, in the names of those who would do it, on a clock that walks from ten
//! weeks ago to now: so numbers, histories, mails and the audit are what they would be in a company that worked.

mod accounts;
mod company;
mod customers;
mod documents;
mod outside;
mod passwords;
mod play;
mod readings;
mod selfchecks;
mod stories;
mod when;

use std::path::Path;
use std::time::Duration;

pub use accounts::Account;

use crate::access::Actor;
use crate::clock::{Clock, Moment};
use crate::config::Config;
use crate::db::{Db, Reached, WriteTx};
use crate::delivery;
use crate::documents::Files;
use crate::error::Result;
use crate::groups::{self, Group, GroupCard};
use crate::ids::GroupId;
use crate::outbox::sender::Sender;
use crate::secret::Key;
use crate::text::{Lang, Slug};

/// Where the company is made, and how.
pub struct Plan<'a> {
    /// A folder of its own, which holds the key already and gets the database.
    pub folder: &'a Path,
    /// The key of the installation.
    pub key: Key,
    /// The language of its statuses, pages and mails.
    pub lang: Lang,
    /// The moment at which the story arrives.
    pub now: Moment,
    /// The operating-system user who owns it.
    pub uid: u32,
    /// How mails are sent, where the portal is, and what a password costs.
    pub config: &'a Config,
}

/// A company that was made.
pub struct Company {
    /// The group's short name in addresses.
    pub slug: Slug,
    /// Who can sign in, with what.
    pub accounts: Vec<Account>,
}

/// Makes the company. `found` makes the group with its first statuses, priorities, templates and roles, as `group add`
/// does.
pub fn make(plan: &Plan, found: impl Fn(&WriteTx, &Slug, &GroupCard) -> Result<Reached<Group>>) -> Result<Company> {
    let path = when::Path::to(plan.now, &company::zone()?)?;
    let clock = Clock::standing_at(path.at(company::FOUNDED));
    let db = Db::open(&plan.folder.join("frontdesk.db"), clock.clone(), plan.key.clone(), Duration::from_secs(5))?;
    let (slug, card) = company::card(plan.lang)?;
    let outside = Actor::Owner { group: None, uid: plan.uid };
    let group = db.write(&outside, |tx| {
        let group = found(tx, &slug, &card)?;
        groups::set_logo(tx, &group, &company::logo()?)?;
        Ok(group.id)
    })?;
    let stage = Stage {
        db,
        clock,
        path,
        owner: Actor::Owner { group: Some(group), uid: plan.uid },
        group,
        files: Files::below(plan.folder),
        sender: Sender::from_config(&plan.config.mail, &plan.config.portal.base_url, plan.folder)?,
        config: plan.config,
    };
    stage.db.write(&stage.owner, |tx| {
        company::hire(tx, plan.lang)?;
        customers::sign_up(tx)?;
        readings::history(tx, &stage.path)?;
        outside::lead_in(tx)
    })?;
    let accounts = accounts::open(&stage, &slug, &plan.config.security)?;
    play::all(&stage)?;
    Ok(Company { slug, accounts })
}

/// Where the story is told: the database, and the clock that walks with it.
struct Stage<'a> {
    db: Db,
    clock: Clock,
    path: when::Path,
    owner: Actor,
    group: GroupId,
    files: Files,
    sender: Sender,
    config: &'a Config,
}

impl Stage<'_> {
    /// Lets time pass until a moment; one that is past already is now.
    fn wait_until(&self, moment: Moment) {
        self.clock.advance((moment.unix() - self.clock.now().unix()).max(0));
    }

    /// Lets the mails leave that are due, so that each tells what had happened by then.
    fn carry(&self) -> Result<()> {
        delivery::carry(&self.db, &self.sender, self.config, Some(self.group), |later| later.is_none()).map(drop)
    }
}
