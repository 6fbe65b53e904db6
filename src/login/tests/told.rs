//! What is mailed to somebody when the company changes their account, or when somebody else tries it.

use super::*;
use crate::access::Permission;
use crate::outbox::letter::Letter;
use crate::outbox::{Mail, MailState};
use crate::text::Email;
use crate::users::Grant;

impl Entrance {
    /// The letters of a kind that wait, oldest first.
    fn waiting(&self, kind: &str) -> Vec<(Mail, Letter)> {
        let all = self.db().read(&self.house.owner, |tx| {
            let mut mails = outbox::list(tx, Some(MailState::Queued))?;
            mails.retain(|mail| mail.kind == kind);
            mails.reverse();
            let read = |mail: Reached<Mail>| {
                let letter = outbox::letter(tx, &mail)?.expect("a letter that can be read");
                Ok((mail.into_inner(), letter))
            };
            mails.into_iter().map(read).collect::<Result<_>>()
        });
        all.expect("the outbox")
    }

    /// Grants or, with `take`, revokes as the desk does, and says whether the person is told.
    fn change(&self, user: &Reached<User>, permissions: &[Permission], take: bool) -> bool {
        let changed = self.house.write(|tx| {
            let access = users::access_at(tx, user, &customer(tx, "1042")?)?.expect("an access");
            let what = Granting { permissions: permissions.to_vec(), unattached: true, ..Granting::default() };
            let after =
                if take { users::revoke(tx, &access, &what)? } else { users::grant(tx, &access, &what, false)? };
            users::tell_of_access(tx, Some(&access.grant), &after)
        });
        changed.expect("changed")
    }
}

fn may((_, letter): &(Mail, Letter)) -> &[Permission] {
    match letter {
        Letter::AccessChanged { permissions, .. } => permissions,
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_access_is_told_once_however_many_steps_it_took() {
    let at = Entrance::new();
    assert!(at.change(&at.eva, &[Permission::OrderView], false));
    assert!(!at.change(&at.eva, &[Permission::OrderView], false), "nothing changed");
    at.house.clock.advance(60);
    assert!(at.change(&at.eva, &[Permission::CommentWrite], false));
    let mails = at.waiting("access_changed");
    assert_eq!(mails.len(), 1);
    assert_eq!(may(&mails[0]), [Permission::OrderView, Permission::CommentWrite]);
    assert_eq!(mails[0].0.next_at, Some(at.house.clock.now().plus(120)));
    assert_eq!(mails[0].0.to.as_str(), "eva@brf.example");
    at.house.clock.advance(121);
    assert!(at.change(&at.eva, &[Permission::OrderView, Permission::CommentWrite], true));
    let mails = at.waiting("access_changed");
    assert_eq!(mails.iter().map(|mail| may(mail).len()).collect::<Vec<_>>(), [2, 0], "the first is on its way");
    assert!(!at.change(&at.eva, &[], false), "nothing is open before and after");
}

#[test]
fn a_second_customer_is_a_letter_of_its_own() {
    let at = Entrance::new();
    let made = at.house.write(|tx| create(tx, "1043", "eva@brf.example", "Eva Lind")).expect("an access");
    at.change(&at.eva, &[Permission::OrderView], false);
    let told = at.house.write(|tx| {
        let what = Granting { permissions: vec![Permission::OrderView], all_facilities: true, ..Granting::default() };
        let after = users::grant(tx, &made.access, &what, false)?;
        users::tell_of_access(tx, None, &after)
    });
    assert!(told.expect("told"));
    assert_eq!(at.waiting("access_changed").len(), 2);
}

#[test]
fn whoever_never_chose_a_password_is_not_told_of_changes() {
    let at = Entrance::new();
    let new = at.house.write(|tx| create(tx, "1042", "new@brf.example", "Ny Person")).expect("a user").user;
    assert!(!at.change(&new, &[Permission::OrderView], false));
    let there = Email::parse("newer@brf.example").expect("an address");
    at.house.write(|tx| users::set_address(tx, &new, &there)).expect("another address");
    assert_eq!((at.mails("access_changed"), at.mails("address_changed")), (0, 0));
}

#[test]
fn an_access_that_is_over_shares_nothing() {
    let at = Entrance::new();
    at.change(&at.eva, &[Permission::OrderView], false);
    at.house.clock.advance(121);
    let told = at.house.write(|tx| {
        let access = users::access_at(tx, &at.eva, &customer(tx, "1042")?)?.expect("an access");
        let what = Granting { until: Some("2026-11-21".parse()?), ..Granting::default() };
        let after = users::grant(tx, &access, &what, false)?;
        Ok((
            users::tell_of_access(tx, Some(&access.grant), &after)?,
            users::tell_of_access(tx, Some(&Grant::default()), &after)?,
        ))
    });
    assert_eq!(told.expect("told"), (true, false));
    assert!(may(at.waiting("access_changed").last().expect("a letter")).is_empty());
}

#[test]
fn another_address_is_told_to_both_and_only_the_new_one_reads_the_new_one() {
    let at = Entrance::new();
    let there = Email::parse("eva.lind@brf.example").expect("an address");
    let eva = at.house.again(&at.eva);
    at.house.write(|tx| users::set_address(tx, &eva, &there)).expect("another address");
    let mails = at.waiting("address_changed");
    let to: Vec<_> = mails.iter().map(|(mail, _)| mail.to.as_str()).collect();
    assert_eq!(to, ["eva@brf.example", "eva.lind@brf.example"]);
    let news: Vec<_> = mails
        .iter()
        .map(|(_, letter)| match letter {
            Letter::AddressChanged { to_new, .. } => *to_new,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(news, [false, true]);
}

#[test]
fn a_long_wait_is_told_once_to_whoever_owns_the_account() {
    let at = Entrance::new();
    let fail = |turn: i64| {
        let client = format!("198.51.100.{turn}");
        assert!(matches!(at.try_from("eva@brf.example", "wrong wrong wrong", &client), Outcome::Refused));
        at.house.clock.advance(901);
    };
    (0..throttle::LONG - 1).for_each(fail);
    assert_eq!(at.mails("locked"), 0);
    fail(20);
    let now = at.house.clock.now().plus(-901);
    let mails = at.waiting("locked");
    assert_eq!(mails.len(), 1);
    assert!(matches!(mails[0].1, Letter::Locked { at: since, until, .. } if since == now && until == now.plus(300)));
    (21..25).for_each(fail);
    assert_eq!(at.mails("locked"), 1);
    at.enter();
    (30..30 + throttle::LONG).for_each(fail);
    assert_eq!(at.mails("locked"), 2, "another lock, more than an hour later");
}

#[test]
fn the_wait_of_an_account_that_nobody_can_enter_is_told_to_nobody() {
    let at = Entrance::new();
    at.house.write(|tx| create(tx, "1042", "new@brf.example", "Ny Person")).expect("a user");
    for email in ["new@brf.example", "nobody@brf.example", "no address"] {
        for turn in 0..throttle::LONG {
            let client = format!("198.51.100.{turn}");
            assert!(matches!(at.try_from(email, "wrong wrong wrong", &client), Outcome::Refused));
            at.house.clock.advance(3_601);
        }
    }
    assert_eq!(at.mails("locked"), 0);
}
