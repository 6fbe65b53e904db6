//! The door on a fresh database: who gets in, who waits, what a link does.

mod links;
mod told;

use super::*;
use crate::audit::{self, AuditFilter};
use crate::customers::{self, CustomerStatus};
use crate::db::{Scoped, named};
use crate::error::Kind;
use crate::secret::Secret;
use crate::users::fixture::{House, create, customer, slug};
use crate::users::{Granting, Handing, Purpose, UserState};
use crate::{outbox, users};

const PASSWORD: &str = "a lamp that hums at night";
const HERE: &str = "192.0.2.7";

/// A house with a door, a guard, and Eva, who has chosen a password.
struct Entrance {
    house: House,
    guard: Guard,
    door: Door,
    eva: Reached<User>,
}

impl Entrance {
    fn new() -> Self {
        let house = House::new();
        let eva = house.eva();
        let guard = Guard::new(&Security::default()).expect("a guard");
        let door = door(&house.db, &slug()).expect("a door");
        let entrance = Self { house, guard, door, eva };
        let token = entrance.invite();
        assert!(matches!(entrance.choose(Purpose::Invite, &token, PASSWORD), Choice::Done { .. }));
        entrance
    }

    fn db(&self) -> &Db {
        &self.house.db
    }

    fn invite(&self) -> Secret {
        let eva = self.house.again(&self.eva);
        let made = self.house.write(|tx| users::token_of(tx, &users::invite(tx, &eva, 7 * 86_400, Handing::Mail)?));
        made.expect("invited").expect("a token")
    }

    fn reset(&self) -> Secret {
        let eva = self.house.again(&self.eva);
        let made = self.house.write(|tx| users::token_of(tx, &users::reset(tx, &eva, 7_200, Handing::Mail)?));
        made.expect("reset").expect("a token")
    }

    fn choose(&self, purpose: Purpose, token: &Secret, password: &str) -> Choice {
        let link = (purpose, token.expose());
        choose_password(self.db(), &self.guard, &self.door, link, &Secret::new(password), HERE).expect("an answer")
    }

    fn try_from(&self, email: &str, password: &str, client: &str) -> Outcome {
        let attempt = Attempt { email, password: &Secret::new(password), client, agent: Some("a browser") };
        sign_in(self.db(), &self.guard, &self.door, &attempt).expect("an answer")
    }

    fn enter(&self) -> String {
        match self.try_from("eva@brf.example", PASSWORD, HERE) {
            Outcome::In { token, .. } => token.expose().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    fn session(&self, token: &str) -> Option<SignedIn> {
        session(self.db(), &self.guard, &self.door, token).expect("looked")
    }

    fn audited(&self, action: &str) -> usize {
        let filter = AuditFilter { action: Some(action.into()), limit: 1_000, ..AuditFilter::default() };
        self.db().read(&self.house.owner, |tx| audit::list(tx, &filter)).expect("the audit").len()
    }

    fn mails(&self, kind: &str) -> usize {
        let all = self.db().read(&self.house.owner, |tx| outbox::list(tx, None)).expect("the outbox");
        all.iter().filter(|mail| mail.kind == kind && mail.state == outbox::MailState::Queued).count()
    }
}

#[test]
fn whoever_chose_a_password_gets_in_and_out_again() {
    let at = Entrance::new();
    assert_eq!(at.house.again(&at.eva).state, UserState::Active);
    let token = at.enter();
    let signed = at.session(&token).expect("signed in");
    assert_eq!((signed.user.email.as_str(), signed.access.customer_no.as_str()), ("eva@brf.example", "1042"));
    assert_eq!(signed.actor.name(), "eva@brf.example");
    assert!(at.house.again(&at.eva).signed_in_at.is_some());
    assert!(at.session("of nobody").is_none());
    sign_out(at.db(), &signed).expect("signed out");
    assert!(at.session(&token).is_none());
    assert_eq!((at.audited("sign_in.ok"), at.audited("sign_out")), (1, 1));
}

#[test]
fn everybody_else_gets_the_same_answer() {
    let at = Entrance::new();
    at.house.write(|tx| create(tx, "1042", "new@brf.example", "Ny Person")).expect("a user");
    let (beta, desk) = at.house.neighbour();
    at.db().write(&desk, |tx| create(tx, "1042", "dave@brf.example", "Dave")).expect("a user");
    let out = at.house.write(|tx| create(tx, "1042", "out@brf.example", "Ute")).expect("a user").user;
    at.house.write(|tx| users::disable(tx, &out)).expect("disabled");
    for (email, password) in [
        ("eva@brf.example", "a lamp that hums at nigh"),
        ("eva@brf.example", "A lamp that hums at night"),
        ("new@brf.example", ""),
        ("out@brf.example", PASSWORD),
        ("dave@brf.example", PASSWORD),
        ("nobody@brf.example", PASSWORD),
        ("not an address", PASSWORD),
        ("eva@brf.example.", PASSWORD),
        ("", ""),
    ] {
        assert!(matches!(at.try_from(email, password, HERE), Outcome::Refused), "{email:?}");
    }
    assert!(matches!(at.try_from("nobody@brf.example", &"x".repeat(2_000), HERE), Outcome::Refused));
    assert_eq!(at.audited("sign_in.failed"), 10);
    let there = door(at.db(), &beta).expect("a door");
    let attempt = Attempt { email: "eva@brf.example", password: &Secret::new(PASSWORD), client: HERE, agent: None };
    assert!(matches!(sign_in(at.db(), &at.guard, &there, &attempt).expect("an answer"), Outcome::Refused));
    let token = at.enter();
    assert!(session(at.db(), &at.guard, &there, &token).expect("looked").is_none());
}

#[test]
fn failures_slow_down_an_address_with_or_without_an_account() {
    for email in ["eva@brf.example", "nobody@brf.example", "no address"] {
        let at = Entrance::new();
        for turn in 0..2 {
            let client = format!("198.51.101.{turn}");
            assert!(matches!(at.try_from(email, "wrong wrong wrong", &client), Outcome::Refused));
        }
        let mut waits = Vec::new();
        for turn in 0..10 {
            let client = format!("198.51.100.{turn}");
            assert!(matches!(at.try_from(email, "wrong wrong wrong", &client), Outcome::Refused));
            let Outcome::Wait { until } = at.try_from(email, PASSWORD, "203.0.113.9") else { panic!("looked at") };
            waits.push(until.unix() - at.house.clock.now().unix());
            at.house.clock.advance(waits[turn]);
        }
        assert_eq!(waits, [1, 3, 5, 10, 30, 60, 120, 300, 900, 900], "{email}");
        assert_eq!(at.audited("sign_in.throttled"), 10);
        at.try_from(email, "wrong wrong wrong", "198.51.100.99");
        for _ in 0..5 {
            assert!(matches!(at.try_from(email, PASSWORD, "203.0.113.9"), Outcome::Wait { .. }));
        }
        assert_eq!(at.audited("sign_in.throttled"), 11, "a flood leaves one line");
    }
}

#[test]
fn a_hundred_failures_shut_the_account_until_the_end_of_the_day() {
    let at = Entrance::new();
    let account = throttle::account("eva@brf.example");
    at.db()
        .write(&at.door.actor, |tx| {
            (0..throttle::HARD_STOP)
                .try_for_each(|_| throttle::count(tx, &at.door, &account, throttle::Counted::Account))
        })
        .expect("counted");
    let Outcome::Wait { until } = at.try_from("eva@brf.example", PASSWORD, HERE) else { panic!("let in") };
    assert_eq!(until.to_string(), "2026-11-22T23:00:00Z");
    at.house.clock.advance(14 * 3_600);
    assert!(matches!(at.try_from("eva@brf.example", PASSWORD, HERE), Outcome::Wait { .. }));
    // A link by mail opens it at once.
    let token = at.reset();
    assert!(matches!(at.choose(Purpose::Reset, &token, "another lamp that hums"), Choice::Done { .. }));
    assert!(matches!(at.try_from("eva@brf.example", "another lamp that hums", HERE), Outcome::In { .. }));
}

#[test]
fn the_next_day_and_the_desk_open_an_account_again() {
    let at = Entrance::new();
    let shut = || {
        at.db().write(&at.door.actor, |tx| {
            (0..throttle::HARD_STOP).try_for_each(|_| {
                throttle::count(tx, &at.door, &throttle::account("eva@brf.example"), throttle::Counted::Account)
            })
        })
    };
    shut().expect("counted");
    assert!(at.house.write(|tx| Ok(lock_of(tx, &at.eva)?.is_some())).expect("read"));
    assert!(at.house.write(|tx| unlock(tx, &at.eva)).expect("unlocked"));
    assert!(!at.house.write(|tx| unlock(tx, &at.eva)).expect("unlocked"));
    at.enter();
    shut().expect("counted");
    at.house.clock.advance(16 * 3_600);
    assert!(matches!(at.try_from("eva@brf.example", "wrong wrong wrong", HERE), Outcome::Refused));
    at.enter();
}

#[test]
fn one_client_cannot_try_many_addresses() {
    let at = Entrance::new();
    let mut tries = 0;
    while matches!(at.try_from(&format!("user{tries}@brf.example"), PASSWORD, HERE), Outcome::Refused) {
        tries += 1;
        assert!(tries < 50, "never slowed down");
    }
    assert_eq!(tries, 11);
    assert!(matches!(at.try_from("eva@brf.example", PASSWORD, "192.0.2.8"), Outcome::In { .. }));
}

#[test]
fn sessions_end_when_idle_old_or_when_the_company_says_so() {
    let at = Entrance::new();
    let token = at.enter();
    at.house.clock.advance(7 * 86_400 - 1);
    assert!(at.session(&token).is_some());
    at.house.clock.advance(7 * 86_400);
    assert!(at.session(&token).is_none());
    let token = at.enter();
    for _ in 0..29 {
        at.house.clock.advance(86_400);
        assert!(at.session(&token).is_some());
    }
    at.house.clock.advance(86_400);
    assert!(at.session(&token).is_none());
    let token = at.enter();
    at.house.write(|tx| users::disable(tx, &at.house.again(&at.eva))).expect("disabled");
    assert!(at.session(&token).is_none());
    at.house.write(|tx| users::enable(tx, &at.house.again(&at.eva))).expect("enabled");
    assert!(at.session(&token).is_none());
    let token = at.enter();
    assert_eq!(at.house.write(|tx| users::end_sessions(tx, &at.eva)).expect("ended"), 1);
    assert!(at.session(&token).is_none());
}

#[test]
fn what_was_granted_counts_from_the_next_request_on() {
    let at = Entrance::new();
    let token = at.enter();
    let see = Need::see(crate::access::Permission::OrderView);
    assert!(!at.session(&token).expect("signed in").actor.may(see));
    let what = Granting { permissions: vec![crate::access::Permission::OrderView], ..Granting::default() };
    let access = at.session(&token).expect("signed in").access;
    let granted = at.house.write(|tx| users::grant(tx, &access, &what, false)).expect("granted");
    assert!(at.session(&token).expect("signed in").actor.may(see));
    at.house.write(|tx| users::revoke(tx, &granted, &what)).expect("revoked");
    assert!(!at.session(&token).expect("signed in").actor.may(see));
}

#[test]
fn a_closed_customer_lets_nobody_in_and_a_second_one_still_does() {
    let at = Entrance::new();
    at.house.write(|tx| create(tx, "1043", "eva@brf.example", "Eva Lind")).expect("an access");
    let token = at.enter();
    let signed = at.session(&token).expect("signed in");
    assert_eq!(signed.accesses.len(), 2);
    let two = switch(at.db(), &at.door, &signed, signed.accesses[1].id).expect("switched");
    assert_eq!(two.access.customer_no.as_str(), "1043");
    assert_eq!(at.session(&token).expect("signed in").access.customer_no.as_str(), "1043");
    assert!(switch(at.db(), &at.door, &signed, crate::ids::AccessId(99)).is_err());
    let close = |number: &str| {
        at.db().write(&at.house.owner, |tx| {
            customers::set_status(tx, &customer(tx, number)?, CustomerStatus::Closed).map(drop)
        })
    };
    close("1043").expect("closed");
    assert_eq!(at.session(&token).expect("signed in").access.customer_no.as_str(), "1042");
    close("1042").expect("closed");
    assert!(at.session(&token).is_none());
    assert!(matches!(at.try_from("eva@brf.example", PASSWORD, HERE), Outcome::NoAccess { ended } if ended.is_empty()));
}

#[test]
fn changing_a_password_needs_the_current_one_and_ends_the_rest() {
    let at = Entrance::new();
    let (here, there) = (at.enter(), at.enter());
    let link = at.reset();
    let signed = at.session(&here).expect("signed in");
    let change = |current: &str, new: &str| {
        let passwords = (&Secret::new(current), &Secret::new(new));
        change_password(at.db(), &at.guard, &at.door, &signed, passwords, HERE).expect("an answer")
    };
    assert!(matches!(change("wrong wrong wrong", "another lamp that hums"), Changed::WrongCurrent));
    assert!(matches!(change(PASSWORD, "Password12345"), Changed::Flawed(PasswordFlaw::Common)));
    assert!(at.session(&there).is_some());
    assert!(matches!(change(PASSWORD, "another lamp that hums"), Changed::Done));
    assert!(at.session(&here).is_some() && at.session(&there).is_none());
    assert!(matches!(at.choose(Purpose::Reset, &link, "a third lamp that hums"), Choice::Dead("withdrawn")));
    assert_eq!((at.mails("password_changed"), at.mails("reset")), (1, 0));
    for _ in 0..3 {
        change("wrong wrong wrong", "a third lamp that hums");
    }
    assert!(matches!(change("another lamp that hums", "a third lamp that hums"), Changed::Wait { .. }));
}

#[test]
fn people_see_and_end_their_own_sessions() {
    let at = Entrance::new();
    let (one, two, three) = (at.enter(), at.enter(), at.enter());
    let signed = at.session(&one).expect("signed in");
    let all = at.db().read(at.door.actor(), |tx| own_sessions(tx, &at.guard, &signed)).expect("read");
    assert_eq!(all.iter().map(|session| session.is_this).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(all[0].line.client.as_deref(), Some(HERE));
    end_session(at.db(), &signed, all[1].line.id).expect("ended");
    let again = end_session(at.db(), &signed, all[1].line.id).expect_err("over");
    assert_eq!(again.kind(), Kind::NotFound);
    assert!(at.session(&two).is_none() && at.session(&three).is_some());
    assert_eq!(end_other_sessions(at.db(), &signed).expect("ended"), 1);
    assert!(at.session(&one).is_some() && at.session(&three).is_none());
}

#[test]
fn a_dearer_configuration_rehashes_at_the_next_sign_in() {
    const HASHES: Scoped = Scoped::new(
        Need::staff(),
        "SELECT password FROM users WHERE group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
    );
    let mut at = Entrance::new();
    let hash = |at: &Entrance| {
        let found = at.db().read(&at.house.rita, |tx| tx.one(&HASHES, named! {}, |row| row.get::<_, String>(0)));
        found.expect("read").expect("a hash").into_inner()
    };
    let before = hash(&at);
    assert!(before.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    at.enter();
    assert_eq!(hash(&at), before);
    at.guard = Guard::new(&Security { argon2_passes: 3, ..Security::default() }).expect("a guard");
    at.enter();
    assert!(hash(&at).starts_with("$argon2id$v=19$m=19456,t=3,p=1$"));
    at.enter();
}
