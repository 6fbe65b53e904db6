//! Who may change the company itself: administrators, and nobody else.

use frontdesk::access::{Actor, Permission, Right};
use frontdesk::db::WriteTx;
use frontdesk::error::{Kind, Result};
use frontdesk::event::Event;
use frontdesk::ids::{AccessId, StaffId, UserId};
use frontdesk::priorities::{self, PriorityDraft};
use frontdesk::roles::{self, RoleCard};
use frontdesk::staff::{self, StaffKind, Uid};
use frontdesk::statuses::{self, StatusDraft};
use frontdesk::templates::{self, TemplateCard};
use frontdesk::text::{Line, Login};

use crate::support::{World, desk};

/// Every change of this noun that somebody could try, each on what a new group and Rita have.
type Try = (&'static str, fn(&WriteTx) -> Result<()>);

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

fn rita() -> Login {
    Login::parse("rita").expect("a login")
}

const TRIES: &[Try] = &[
    ("status add", |tx| {
        let draft = StatusDraft { name: line("Odd"), stage: "done".parse()?, position: None, is_default: false };
        statuses::add(tx, &draft).map(drop)
    }),
    ("status set", |tx| {
        let status = statuses::find_by_name(tx, &line("Done"))?;
        statuses::set(tx, &status, &StatusDraft { name: line("Odd"), ..status.draft() }).map(drop)
    }),
    ("status delete", |tx| statuses::delete(tx, &statuses::find_by_name(tx, &line("Done"))?)),
    ("priority add", |tx| {
        let name = line("Odd");
        priorities::add(tx, &PriorityDraft { name, hours: None, emergency: false, position: None, is_default: false })
            .map(drop)
    }),
    ("priority set", |tx| {
        let priority = priorities::find_by_name(tx, &line("Low"))?;
        priorities::set(tx, &priority, &PriorityDraft { emergency: true, ..priority.draft() }).map(drop)
    }),
    ("priority delete", |tx| priorities::delete(tx, &priorities::find_by_name(tx, &line("Low"))?)),
    ("template add", |tx| templates::add(tx, &TemplateCard::new(line("odd"), [])).map(drop)),
    ("template set", |tx| {
        let template = templates::find_by_name(tx, &line("viewer"))?;
        let card = TemplateCard::new(line("viewer"), Permission::ALL.iter().copied());
        templates::set(tx, &template, &card).map(drop)
    }),
    ("template delete", |tx| templates::delete(tx, &templates::find_by_name(tx, &line("full"))?)),
    ("role add", |tx| roles::add(tx, &RoleCard::new(line("odd"), [], [])).map(drop)),
    ("role set", |tx| {
        let role = roles::find_by_name(tx, &line("Board"))?;
        roles::set(tx, &role, &RoleCard::new(line("Board"), Event::ALL.iter().copied(), [])).map(drop)
    }),
    ("role delete", |tx| roles::delete(tx, &roles::find_by_name(tx, &line("Board"))?)),
    ("staff add", |tx| {
        let rita = staff::find(tx, &rita())?;
        staff::add(tx, &Login::parse("eve")?, StaffKind::Person, &rita.card, None, &[Right::Admin]).map(drop)
    }),
    ("staff set", |tx| {
        let rita = staff::find(tx, &rita())?;
        let mut card = rita.card.clone();
        card.name = line("Odd");
        staff::set(tx, &rita, &card).map(drop)
    }),
    ("staff grant", |tx| staff::grant(tx, &staff::find(tx, &rita())?, &[Right::Admin]).map(drop)),
    ("staff revoke", |tx| staff::revoke(tx, &staff::find(tx, &rita())?, &[Right::Mail]).map(drop)),
    ("staff bind", |tx| staff::bind(tx, &staff::find(tx, &rita())?, Uid::new(4711)?).map(drop)),
    ("staff disable", |tx| staff::disable(tx, &staff::find(tx, &rita())?).map(drop)),
    ("staff delete", |tx| staff::delete(tx, &staff::find(tx, &rita())?)),
];

#[test]
fn only_an_administrator_changes_the_company_itself() {
    let world = World::nordkyl();
    world.run("staff add rita --name 'Rita Ek' --grant mail").well();
    let (db, owner) = desk(&world);
    let group = owner.group().expect("a group");
    let staff =
        |rights: &[Right]| Actor::Staff { id: StaffId(1), group, login: "rita".into(), rights: rights.to_vec() };
    let all_but_admin: Vec<_> = Right::ALL.iter().copied().filter(|right| *right != Right::Admin).collect();
    let user = Actor::User {
        id: UserId(1),
        access: AccessId(1),
        group,
        email: "eva@brf.example".into(),
        may: Permission::ALL.to_vec(),
    };
    let lines = || world.run("audit list --json --limit 1000").well().json().as_array().expect("lines").clone();
    let before = lines();
    for (name, attempt) in TRIES {
        let error = db.write(&staff(&all_but_admin), attempt).expect_err(name);
        assert_eq!((error.kind(), error.message()), (Kind::Denied, "rita needs the right 'admin' for this"), "{name}");
        let error = db.write(&user, attempt).expect_err(name);
        assert!(matches!(error.kind(), Kind::Denied | Kind::NotFound), "{name}: {error}");
        db.rehearsal().write(&staff(&[Right::Admin]), attempt).expect(name);
    }
    // All that is there besides is what was refused, and to whom.
    let after = lines();
    let (refused, rest): (Vec<_>, Vec<_>) = after.into_iter().partition(|line| line["action"] == "refused");
    assert_eq!(rest, before);
    assert_eq!(refused.len(), TRIES.len().min(20));
    assert!(refused.iter().all(|line| line["actor"] == "rita"), "{refused:?}");
}
