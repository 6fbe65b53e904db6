//! Users on a fresh database: made, granted, invited, locked out.

use super::fixture::{House, customer, email, facility};
use super::*;
use crate::access::{Actor, Machine, Need, Permission};
use crate::contacts::{self, ContactCard};
use crate::db::{Reached, Scoped, WriteTx, named};
use crate::error::{Kind, Result};
use crate::ids::GroupId;
use crate::secret::Secret;

const ROWS: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT json_array(k.name, k.email, k.phone, k.lang, k.customer_id, k.search, k.created_at, u.email, u.lang, u.password,
                      u.status, u.created_at, a.customer_id, a.all_facilities, a.unattached, a.until, a.created_at,
                      (SELECT count(*) FROM access_permissions p WHERE p.access_id = a.id),
                      (SELECT count(*) FROM access_facilities f WHERE f.access_id = a.id),
                      (SELECT count(*) FROM contacts), (SELECT count(*) FROM users))
      FROM accesses a JOIN users u ON u.id = a.user_id JOIN contacts k ON k.id = a.contact_id
     WHERE a.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY a.id",
);

fn rows(house: &House) -> Vec<String> {
    let read = house.db.read(&house.owner, |tx| tx.many(&ROWS, named! {}, |row| row.get(0)));
    read.expect("rows").into_iter().map(Reached::into_inner).collect()
}

fn grant_of(tx: &WriteTx, user: &Reached<User>) -> Result<Reached<Access>> {
    Ok(access_at(tx, user, &customer(tx, "1042")?)?.expect("an access"))
}

#[test]
fn contact_first_and_user_later_ends_like_both_at_once() {
    let (one, other) = (House::new(), House::new());
    one.eva();
    let card = ContactCard {
        email: Some(email("eva@brf.example")),
        ..ContactCard::named(Line::parse("Eva Lind").expect("a name"))
    };
    let add = |tx: &WriteTx| contacts::add(tx, &customer(tx, "1042")?, &card);
    assert_eq!(other.write(add).expect_err("it is not asked for a user").kind(), Kind::Denied);
    other.db.write(&other.owner, add).expect("a contact");
    let made = other.write(|tx| {
        let new = NewUser { email: email("eva@brf.example"), name: None, lang: None };
        create(tx, &customer(tx, "1042")?, &new)
    });
    assert!(!made.expect("a user").was_user);
    assert_eq!(rows(&one).len(), 1);
    assert_eq!(rows(&one), rows(&other));
}

#[test]
fn a_second_customer_is_a_second_access_and_not_a_second_user() {
    let house = House::new();
    let eva = house.eva();
    let again = house.write(|tx| fixture::create(tx, "1043", "Eva@BRF.example", "Eva Lind")).expect("an access");
    assert!(again.was_user && again.user.id == eva.id);
    assert_eq!(house.db.read(&house.rita, |tx| Ok(accesses(tx, &eva)?.len())).expect("read"), 2);
    let third = house.write(|tx| fixture::create(tx, "1043", "eva@brf.example", "Eva Lind")).expect_err("refused");
    assert_eq!(third.kind(), Kind::Conflict);
}

#[test]
fn a_new_access_permits_nothing_and_reaches_nothing() {
    let house = House::new();
    let made = house.write(|tx| fixture::create(tx, "1042", "eva@brf.example", "Eva Lind")).expect("a user");
    assert_eq!(made.access.grant, Grant::default());
    assert_eq!(made.user.state, UserState::New);
}

#[test]
fn a_person_without_an_address_is_not_made_twice() {
    let house = House::new();
    let refused = house.db.write(&house.owner, |tx| {
        contacts::add(tx, &customer(tx, "1042")?, &ContactCard::named(Line::parse("Eva Lind")?))?;
        fixture::create(tx, "1042", "eva@brf.example", "Eva Lind")
    });
    assert!(refused.expect_err("refused").tip_text().is_some_and(|tip| tip.contains("contact set id:")));
}

#[test]
fn revoking_is_the_inverse_of_granting() {
    let house = House::new();
    let eva = house.eva();
    let done = house.write(|tx| {
        let what = Granting {
            permissions: vec![Permission::CommentWrite, Permission::OrderView, Permission::OrderView],
            facilities: vec![facility(tx, "hus-b")?, facility(tx, "hus-a")?],
            all_facilities: true,
            unattached: true,
            until: Some("2026-12-31".parse()?),
        };
        let before = grant_of(tx, &eva)?;
        let granted = grant(tx, &before, &what, false)?;
        assert_eq!(granted.grant.permissions, [Permission::OrderView, Permission::CommentWrite]);
        assert_eq!(granted.grant.facilities.iter().map(|one| one.as_str()).collect::<Vec<_>>(), ["hus-a", "hus-b"]);
        assert_eq!(granted.grant.until.map(|day| day.to_string()).as_deref(), Some("2026-12-31"));
        let less = Granting { all_facilities: true, ..Granting::default() };
        let named = revoke(tx, &granted, &less)?;
        assert_eq!(named.grant.scope(), "hus-a hus-b, unattached");
        let after = revoke(tx, &named, &what)?;
        assert_eq!(after.grant, before.grant);
        let only = Granting { permissions: vec![Permission::ObjectView], ..Granting::default() };
        let replaced = grant(tx, &granted, &only, true)?;
        assert_eq!(replaced.grant, Grant { permissions: vec![Permission::ObjectView], ..Grant::default() });
        Ok(())
    });
    done.expect("granted");
}

#[test]
fn a_facility_of_another_customer_is_refused() {
    let house = House::new();
    let eva = house.eva();
    let refused = house.write(|tx| {
        let what = Granting { facilities: vec![facility(tx, "hus-c")?], ..Granting::default() };
        grant(tx, &grant_of(tx, &eva)?, &what, false)
    });
    let error = refused.expect_err("refused");
    assert_eq!(error.kind(), Kind::Denied);
    assert_eq!(error.message(), "facility 'hus-c' belongs to customer 1043, not to 1042");
}

#[test]
fn the_last_day_of_an_access_ends_in_the_zone_of_the_group() {
    let house = House::new();
    let eva = house.eva();
    let access = house.write(|tx| {
        let what = Granting { until: Some("2026-11-22".parse()?), ..Granting::default() };
        grant(tx, &grant_of(tx, &eva)?, &what, false)
    });
    let access = access.expect("granted");
    let at = |text: &str| access.is_open(text.parse().expect("a time"));
    assert!(at("2026-11-22T08:02:00Z") && at("2026-11-22T22:59:59Z"));
    assert!(!at("2026-11-22T23:00:00Z"));
}

#[test]
fn links_are_replaced_run_out_and_are_withdrawn() {
    let house = House::new();
    let eva = house.eva();
    let door = Actor::Machine { role: Machine::Door, group: house.rita.group() };
    let state = |token: &Secret| -> &'static str {
        let state = house.db.read(&door, |tx| open_ticket(tx, Purpose::Invite, token.expose()));
        state.expect("looked").word()
    };
    let invited = || -> Secret {
        let made = house.write(|tx| {
            let ticket = invite(tx, &find(tx, eva.id)?, 7 * 86_400, Handing::Mail)?;
            token_of(tx, &ticket)
        });
        made.expect("invited").expect("a token")
    };
    let first = invited();
    assert_eq!(state(&first), "good");
    assert_eq!(house.again(&eva).state, UserState::Invited);
    assert_eq!(house.again(&eva).mail, InvitationMail::Queued);
    let second = invited();
    assert_eq!((state(&first), state(&second)), ("replaced", "good"));
    house.clock.advance(7 * 86_400 - 1);
    assert_eq!(state(&second), "good");
    house.clock.advance(1);
    assert_eq!((state(&first), state(&second)), ("replaced", "expired"));
    assert_eq!(house.again(&eva).state, UserState::Expired);
    let third = invited();
    assert!(house.write(|tx| disable(tx, &find(tx, eva.id)?)).expect("disabled"));
    assert_eq!(state(&third), "withdrawn");
    assert!(house.write(|tx| invite(tx, &find(tx, eva.id)?, 1, Handing::Mail)).is_err());
    assert!(house.write(|tx| enable(tx, &find(tx, eva.id)?)).expect("enabled"));
    assert_eq!(state(&third), "withdrawn");
    assert_eq!(house.again(&eva).state, UserState::Expired);
}

#[test]
fn a_token_opens_nothing_else() {
    let house = House::new();
    let eva = house.eva();
    let (_, beta) = house.neighbour();
    let token =
        house.write(|tx| token_of(tx, &invite(tx, &eva, 60, Handing::Print)?)).expect("invited").expect("a token");
    let token = token.expose();
    let look = |group: Option<GroupId>, purpose, token: &str| {
        let door = Actor::Machine { role: Machine::Door, group };
        house.db.read(&door, |tx| open_ticket(tx, purpose, token)).expect("looked").word()
    };
    let own = house.rita.group();
    assert_eq!(look(own, Purpose::Invite, token), "good");
    assert_eq!(look(own, Purpose::Reset, token), "unknown");
    assert_eq!(look(beta.group(), Purpose::Invite, token), "unknown");
    for odd in ["%", "_", "", &token[..1], &format!("{token} "), &token.to_uppercase(), &"x".repeat(10_000)] {
        assert_eq!(look(own, Purpose::Invite, odd), "unknown");
    }
    let kept = house.db.read(&house.owner, |tx| {
        Ok(open_tickets(tx, &eva)?.iter().any(|ticket| format!("{ticket:?}").contains(token)))
    });
    assert!(!kept.expect("read"));
}

#[test]
fn deleting_a_user_keeps_the_contact() {
    let house = House::new();
    let eva = house.eva();
    house.write(|tx| invite(tx, &eva, 60, Handing::Mail)).expect("invited");
    house.write(|tx| delete(tx, &find(tx, eva.id)?)).expect("deleted");
    let left = house.db.read(&house.owner, |tx| {
        assert!(lookup(tx, &eva.email)?.is_none());
        contacts::named(tx, &eva.email)
    });
    assert_eq!(left.expect("the contact").card.name.as_str(), "Eva Lind");
}

#[test]
fn other_rights_do_not_reach_accounts() {
    let house = House::new();
    let eva = house.eva();
    let Actor::Staff { id, group, .. } = house.rita else { panic!("staff") };
    let all_but = [crate::access::Right::Customers, crate::access::Right::Orders, crate::access::Right::Mail];
    let bert = Actor::Staff { id, group, login: "bert".into(), rights: all_but.to_vec() };
    let denied = |done: Result<()>| assert_eq!(done.expect_err("refused").kind(), Kind::Denied);
    denied(house.db.write(&bert, |tx| disable(tx, &eva).map(drop)));
    denied(house.db.write(&bert, |tx| delete(tx, &eva)));
    denied(house.db.write(&bert, |tx| invite(tx, &eva, 60, Handing::Print).map(drop)));
    denied(house.db.write(&bert, |tx| grant(tx, &grant_of(tx, &eva)?, &Granting::default(), false).map(drop)));
    denied(house.db.write(&bert, |tx| fixture::create(tx, "1043", "x@brf.example", "X").map(drop)));
}

#[test]
fn why_names_the_first_thing_in_the_way() {
    let house = House::new();
    let eva = house.eva();
    let explained = house.write(|tx| {
        let access = grant_of(tx, &eva)?;
        let (customer, place) = (access.customer_id, facility(tx, "hus-b")?);
        let place = Thing::at("order NK-1".into(), customer, Some(&place.number), Permission::OrderView);
        let ask = |access: &Access| why(&eva, access, Permission::OrderView, Some(&place), tx.now());
        let before = ask(&access);
        let what = Granting {
            permissions: vec![Permission::OrderView],
            facilities: vec![facility(tx, "hus-b")?],
            ..Granting::default()
        };
        Ok((before, ask(&*grant(tx, &access, &what, false)?)))
    });
    let (before, after) = explained.expect("explained");
    let answers = |why: &Why| why.steps.iter().map(|step| step.passes).collect::<Vec<_>>();
    assert_eq!(answers(&before), [false, true, true, false, false]);
    assert_eq!(answers(&after), [false, true, true, true, true]);
    assert!(!after.allowed);
    assert_eq!(before.steps[4].step, "order NK-1 is at facility hus-b, which is not in scope");
    assert_eq!(
        before.steps[4].tip.as_deref(),
        Some("frontdesk user grant eva@brf.example --customer 1042 --facility hus-b")
    );
}
