//! The demo, made in this process: complete, and different each time.

use std::collections::{BTreeMap, BTreeSet};

use super::{config, folder};
use crate::access::{Actor, Permission, Side};
use crate::cli::groups::found;
use crate::clock::{Clock, Moment};
use crate::contacts;
use crate::customers;
use crate::db::Db;
use crate::demo::{self, Company, Plan};
use crate::facilities::{self, FacilityStatus};
use crate::groups;
use crate::ids::GroupId;
use crate::login::{self, Attempt, Guard, Outcome};
use crate::objects;
use crate::orders::{self, OrderFilter, PipelineFilter};
use crate::readings::{self, ReadingFilter, ReadingState};
use crate::secret::Key;
use crate::stage::Stage;
use crate::text::{Email, Lang, Number};
use crate::users::{self, UserState};
use crate::{audit, staff};
use tempfile::TempDir;

/// A Sunday, on which nobody works.
const NOW: &str = "2026-11-22T08:02:00Z";

struct Made {
    company: Company,
    db: Db,
    owner: Actor,
    group: GroupId,
    guard: Guard,
    _folder: TempDir,
}

/// The company in one language, with hashes as cheap as they may be.
fn made(lang: Lang) -> Made {
    told_on(lang, NOW.parse().expect("a time"))
}

/// The same, told at some moment.
fn told_on(lang: Lang, now: Moment) -> Made {
    let folder = folder().expect("a folder");
    let mut config = config(&folder, ([127, 0, 0, 1], 8780).into(), lang);
    config.security.argon2_memory_kib = 64;
    config.security.argon2_passes = 1;
    let key = Key::random().expect("random");
    let plan = Plan { folder: folder.path(), key: key.clone(), lang, now, uid: 1000, config: &config };
    let company = demo::make(&plan, found).expect("a company");
    let wait = std::time::Duration::from_secs(5);
    let db = Db::open(&folder.path().join("frontdesk.db"), Clock::standing_at(now), key, wait).expect("a database");
    let outside = Actor::Owner { group: None, uid: 1000 };
    let group = db.read(&outside, |tx| groups::find(tx, &company.slug).map(|group| group.id)).expect("the group");
    let guard = Guard::new(&config.security).expect("a guard");
    Made { company, db, owner: Actor::Owner { group: Some(group), uid: 1000 }, group, guard, _folder: folder }
}

#[test]
fn the_company_is_complete() {
    let made = made(Lang::En);
    let checked = made.db.read(&made.owner, |tx| {
        assert_eq!(staff::list(tx)?.len(), 6);
        let served = customers::list(tx, None)?;
        assert_eq!(served.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["1042", "2071", "3015"]);
        for customer in &served {
            assert!(contacts::list(tx, customer)?.len() >= 3, "{}", customer.number);
            // Everybody with an address has a reason to get mail, and some only for a part of the customer.
            let told = contacts::tellings(tx, Some(customer))?;
            for contact in contacts::list(tx, customer)? {
                let roles = told.get(&contact.id).map_or(0, |telling| telling.roles.len());
                assert_eq!(roles > 0, contact.card.email.is_some(), "{}", contact.card.name);
            }
            let places = facilities::list(tx, customer)?;
            assert_eq!(places.iter().filter(|one| one.status == FacilityStatus::Closed).count(), 1);
            let machines = objects::list(tx, customer)?;
            assert!(machines.iter().all(|one| one.card.maker.is_some() && one.card.serial_no.is_some()));
        }
        assert_eq!(objects::list_all(tx, None)?.iter().filter(|one| one.parent_id.is_some()).count(), 3);
        let all = orders::list(tx, &OrderFilter::default())?;
        assert_eq!(all.len(), 61);
        for customer in ["1042", "2071", "3015"] {
            let stages: BTreeMap<_, usize> = all.iter().filter(|order| order.customer_no.as_str() == customer).fold(
                BTreeMap::new(),
                |mut sum, one| {
                    *sum.entry(one.stage.word()).or_default() += 1;
                    sum
                },
            );
            assert_eq!(stages.len(), Stage::ALL.len(), "{customer}: {stages:?}");
        }
        let overdue = all.iter().filter(|order| order.overdue).count();
        assert!((3..=9).contains(&overdue), "{overdue}");
        assert_eq!(all.iter().filter(|order| order.emergency && order.closed_at.is_none()).count(), 2);
        let (mut sides, mut answers) = (BTreeSet::new(), 0);
        for order in &all {
            assert!(order.created_at < tx.now() && order.changed_at <= tx.now(), "{}", order.card.title);
            let steps = orders::history(tx, order)?;
            assert!(steps.iter().all(|step| step.at <= tx.now()) && steps.is_sorted_by_key(|step| step.at));
            assert_eq!(steps.last().map(|step| step.stage), Some(order.stage));
            for comment in orders::comments(tx, order)? {
                sides.insert(comment.side.word());
                answers += usize::from(comment.answers.is_some());
            }
        }
        assert_eq!(sides, BTreeSet::from([Side::Staff.word(), Side::Customer.word()]));
        assert!(answers >= 8, "{answers}");
        let read = readings::list(tx, &ReadingFilter { all: true, ..ReadingFilter::default() })?;
        assert!(read.len() > 35 && read.iter().all(|one| one.read_at < tx.now()), "{}", read.len());
        assert_eq!(read.iter().filter(|one| one.state == ReadingState::Corrected).count(), 1);
        assert_eq!(read.iter().map(|one| one.series).max(), Some(2), "a meter was replaced");
        let mut late = Vec::new();
        for object in objects::list_all(tx, None)? {
            let services = readings::services(tx, &object)?;
            late.extend(services.iter().filter(|one| one.next.overdue.is_some()).map(|_| object.number.to_string()));
        }
        assert_eq!(late, ["FF-02"]);
        let states: BTreeMap<_, _> =
            users::list(tx, None)?.iter().map(|user| (user.email.to_string(), user.state)).collect();
        assert_eq!(states["lena@aurora.example"], UserState::Invited);
        assert_eq!(states.values().filter(|state| **state == UserState::Active).count(), 5);
        let nothing = users::named(tx, &Email::parse("nils@brf.example")?)?;
        assert!(users::accesses(tx, &nothing)?.iter().all(|access| access.grant.permissions.is_empty()));
        Ok(())
    });
    checked.expect("a company that can be read");
}

#[test]
fn the_story_can_be_told_on_any_day_of_the_week() {
    let sunday: Moment = NOW.parse().expect("a time");
    for days in 1..=6 {
        told_on(Lang::En, sunday.plus(days * 86_400 + days * 7_200));
    }
}

#[test]
fn four_accounts_sign_in_and_see_different_things() {
    let made = made(Lang::Sv);
    let door = login::door(&made.db, &made.company.slug).expect("a door");
    let mut seen = Vec::new();
    for account in &made.company.accounts {
        let email = account.email.as_str();
        let attempt = Attempt { email, password: &account.password, client: "127.0.0.1", agent: None };
        let outcome = login::sign_in(&made.db, &made.guard, &door, &attempt).expect("an answer");
        let Outcome::In { accesses, .. } = outcome else { panic!("{email} stays outside: {outcome:?}") };
        let access = made.db.read(&made.owner, |tx| {
            let user = users::named(tx, &account.email)?;
            Ok(users::accesses(tx, &user)?.remove(0))
        });
        let access = access.expect("an access");
        let actor = login::actor_of(made.group, &access);
        let page = made.db.read(&actor, |tx| orders::counts(tx, &PipelineFilter::default())).expect("counts");
        let orders: u32 = page.iter().map(|column| column.all).sum();
        seen.push((email.to_owned(), accesses, access.grant.permissions.len(), orders));
    }
    let viewer = Permission::ALL.iter().filter(|one| one.word().ends_with(".view")).count();
    let [eva, ola, sam, birgitta] = &seen[..] else { panic!("{seen:?}") };
    assert_eq!((eva.0.as_str(), eva.1, eva.2), ("eva@brf.example", 2, Permission::ALL.len()), "{seen:?}");
    assert_eq!((ola.0.as_str(), ola.1, ola.2), ("ola@brf.example", 1, viewer + 2), "{seen:?}");
    assert_eq!((sam.0.as_str(), sam.1, sam.2), ("sam@ica.example", 1, viewer), "{seen:?}");
    assert_eq!((birgitta.0.as_str(), birgitta.1, birgitta.2), ("birgitta@brf.example", 1, viewer + 2), "{seen:?}");
    assert!((2..10).contains(&birgitta.3), "{seen:?}");
    assert!(0 < ola.3 && ola.3 < eva.3 && 0 < sam.3 && sam.3 < 20, "{seen:?}");
}

#[test]
fn no_two_companies_share_a_password() {
    let all = [made(Lang::En), made(Lang::Es)];
    let passwords: BTreeSet<_> = all
        .iter()
        .flat_map(|made| &made.company.accounts)
        .map(|account| account.password.expose().to_owned())
        .collect();
    assert_eq!(passwords.len(), 8);
}

#[test]
fn everything_was_done_by_somebody() {
    let made = made(Lang::En);
    let lines = made
        .db
        .read(&made.owner, |tx| audit::list(tx, &audit::AuditFilter { limit: 10_000, ..Default::default() }))
        .expect("the audit");
    for actor in ["uid 1000", "karin", "jonas", "eva@brf.example", "petra@ica.example"] {
        assert!(lines.iter().any(|line| line.actor == actor), "{actor}");
    }
    assert!(Number::parse("NK-FRO-0001").is_ok_and(|first| lines.iter().any(|line| line.subject == first.as_str())));
}
