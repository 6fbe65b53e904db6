//! The way through the statuses, who is told, and what is said.

use super::*;
use crate::access::Side;
use crate::error::Kind;
use crate::notices::Tell;
use crate::orders;
use crate::stage::Stage;
use crate::text::Prose;

fn text(words: &str) -> Prose {
    Prose::parse(words).expect(words)
}

fn assigned(town: &Town) -> Order {
    let order = town.order("1042", Some("hus-b"), "Leak");
    town.write(|tx| orders::assign_contact(tx, &orders::find(tx, order.id)?, Some(&contact(tx)?)));
    order
}

#[test]
fn a_status_brings_its_stage_its_reason_and_a_letter_to_the_contact() {
    let town = Town::new();
    let order = assigned(&town);
    let move_to = |status: &str, reason: Option<Prose>, tell| {
        town.write(|tx| {
            let status = statuses::find_by_name(tx, &line(status))?;
            orders::set_status(tx, &orders::find(tx, order.id)?, &status, reason.as_ref(), tell)
        })
    };
    assert!(move_to("Planned", Some(text("Tuesday at ten.")), Tell::Everybody));
    assert!(!move_to("Planned", None, Tell::Everybody));
    town.clock.advance(60);
    assert!(move_to("Done", None, Tell::Nobody));
    assert_eq!(town.letters(), [("order_status".to_owned(), "eva@brf.example".to_owned())]);
    let (after, history) = town.read(|tx| {
        let after = orders::find(tx, order.id)?;
        let history = orders::history(tx, &after)?;
        Ok((after, history))
    });
    assert_eq!((after.stage, after.closed_at), (Stage::Done, Some(town.clock.now())));
    let steps: Vec<_> =
        history.iter().map(|step| (step.status.as_str(), step.reason.clone(), step.author.as_str())).collect();
    let company = "Nordkyl AB";
    assert_eq!(
        steps,
        [("Planning", None, company), ("Planned", Some(text("Tuesday at ten.")), company), ("Done", None, company)]
    );
}

#[test]
fn a_cancelled_order_is_closed_and_can_be_taken_up_again() {
    let town = Town::new();
    let order = assigned(&town);
    let now =
        |f: &dyn Fn(&WriteTx, &Reached<Order>) -> Result<bool>| town.write(|tx| f(tx, &orders::find(tx, order.id)?));
    assert!(now(&|tx, order| orders::cancel(tx, order, Some(&text("Not needed.")), Tell::Nobody)));
    assert!(!now(&|tx, order| orders::cancel(tx, order, None, Tell::Nobody)));
    let closed = town.read(|tx| orders::find(tx, order.id));
    assert_eq!((closed.stage, closed.closed_at.is_some(), closed.overdue), (Stage::Cancelled, true, false));
    assert!(now(&|tx, order| orders::reopen(tx, order, None, None, Tell::Nobody)));
    assert!(!now(&|tx, order| orders::reopen(tx, order, None, None, Tell::Nobody)));
    let open = town.read(|tx| orders::find(tx, order.id));
    assert_eq!((open.status.as_str(), open.closed_at), ("Planning", None));
    town.write(|tx| {
        let done = statuses::find_by_name(tx, &line("Done"))?;
        orders::set_status(tx, &orders::find(tx, order.id)?, &done, None, Tell::Nobody)
    });
    let refused = town.db.write(&town.desk, |tx| orders::cancel(tx, &orders::find(tx, order.id)?, None, Tell::Nobody));
    assert_eq!(refused.expect_err("done").kind(), Kind::Conflict);
}

#[test]
fn an_order_is_overdue_when_its_time_is_up_and_it_is_open() {
    let town = Town::new();
    let order = town.order("1042", None, "Leak");
    let look = || town.read(|tx| orders::find(tx, order.id));
    town.write(|tx| {
        let urgent = priorities::find_by_name(tx, &line("Urgent"))?;
        orders::set_priority(tx, &orders::find(tx, order.id)?, &urgent)
    });
    town.clock.advance(24 * 3600);
    assert!(!look().overdue);
    town.clock.advance(1);
    assert!(look().overdue);
    let only = orders::OrderFilter { overdue: true, ..orders::OrderFilter::default() };
    assert_eq!(town.read(|tx| orders::list(tx, &only)).len(), 1);
    town.write(|tx| orders::cancel(tx, &orders::find(tx, order.id)?, None, Tell::Nobody));
    assert!(!look().overdue);
    assert_eq!(town.read(|tx| orders::list(tx, &only)).len(), 0);
}

#[test]
fn a_customers_words_reach_the_technician_and_nobody_hears_of_their_own() {
    let town = Town::new();
    let order = assigned(&town);
    let eva = town.eva(&[Permission::OrderView, Permission::CommentWrite], &["*"], false);
    town.write(|tx| orders::assign(tx, &orders::find(tx, order.id)?, &[ola(tx)?]));
    let said = town.db.write(&eva, |tx| {
        let order = orders::find(tx, order.id)?;
        orders::comment(tx, &order, &text("It drips more."), None).map(Reached::into_inner)
    });
    let said = said.expect("a comment");
    assert_eq!((said.side, said.author), (Side::Customer, line("Eva Lind")));
    assert_eq!(town.letters(), [("comment_to_staff".to_owned(), "ola@nordkyl.example".to_owned())]);
    town.write(|tx| {
        let order = orders::find(tx, order.id)?;
        let first = orders::comment_in(tx, &order, said.id)?;
        orders::comment(tx, &order, &text("We come today."), Some(&first))
    });
    let all = town.db.read(&eva, |tx| orders::comments(tx, &orders::find(tx, order.id)?)).expect("comments");
    assert_eq!(all.iter().map(|one| one.answers).collect::<Vec<_>>(), [None, Some(said.id)]);
    assert_eq!(town.letters()[1..], [("order_comment".to_owned(), "eva@brf.example".to_owned())]);

    let silent = town.order("1042", Some("hus-a"), "Other");
    let strange = town.db.write(&town.desk, |tx| {
        let other = orders::find(tx, silent.id)?;
        orders::comment_in(tx, &other, said.id).map(|_| ())
    });
    assert_eq!(strange.expect_err("another order's").kind(), Kind::NotFound);
}

#[test]
fn a_contact_hears_of_no_comment_that_their_account_cannot_open() {
    let town = Town::new();
    let order = assigned(&town);
    let say = || {
        town.write(|tx| orders::comment(tx, &orders::find(tx, order.id)?, &text("We come today."), None).map(drop));
        town.letters().len()
    };
    // Somebody without an account has nothing but the mail.
    assert_eq!(say(), 1);
    town.eva(&[Permission::OrderView], &["hus-a"], true);
    assert_eq!(say(), 1);
    town.write(|tx| orders::relocate(tx, &orders::find(tx, order.id)?, Spot::At(&facility(tx, "hus-a")?), None));
    assert_eq!(say(), 2);
    town.write(|tx| orders::relocate(tx, &orders::find(tx, order.id)?, Spot::Unattached, None));
    assert_eq!(say(), 3);
    let told = |town: &Town| {
        let all = town.read(|tx| orders::audience(tx, &orders::find(tx, order.id)?));
        all.iter().find(|one| one.name == line("Eva Lind")).expect("Eva").told.contains(&"comment")
    };
    assert!(told(&town));
    town.write(|tx| orders::relocate(tx, &orders::find(tx, order.id)?, Spot::At(&facility(tx, "hus-b")?), None));
    assert!(!told(&town));
}

#[test]
fn notes_are_for_staff_and_go_with_their_order() {
    let town = Town::new();
    let order = assigned(&town);
    let eva = town.eva(Permission::ALL, &["*"], true);
    let written = town.write(|tx| orders::note(tx, &orders::find(tx, order.id)?, &text("Quote first.")));
    assert_eq!((written.author.as_str(), written.text.as_str()), ("Nordkyl AB", "Quote first."));
    let denied = town.db.write(&eva, |tx| orders::note(tx, &orders::find(tx, order.id)?, &text("Mine")).map(drop));
    assert_eq!(denied.expect_err("not theirs").kind(), Kind::Denied);
    let denied = town.db.read(&eva, |tx| orders::notes(tx, &orders::find(tx, order.id)?).map(|all| all.len()));
    assert_eq!(denied.expect_err("not theirs").kind(), Kind::Denied);
    assert_eq!(town.read(|tx| orders::notes(tx, &orders::find(tx, order.id)?)).len(), 1);
    assert_eq!(town.read(|tx| orders::comments(tx, &orders::find(tx, order.id)?)).len(), 0);
    assert_eq!(town.letters(), []);
    town.write(|tx| orders::delete(tx, &orders::find(tx, order.id)?));
}

#[test]
fn disabled_staff_and_other_customers_people_are_not_assigned() {
    let town = Town::new();
    let order = town.order("1043", None, "Leak");
    town.write(|tx| staff::disable(tx, &ola(tx)?));
    let refused = town.db.write(&town.desk, |tx| orders::assign(tx, &orders::find(tx, order.id)?, &[ola(tx)?]));
    assert_eq!(refused.expect_err("disabled").message(), "ola is disabled and gets no work");
    let refused =
        town.db.write(&town.desk, |tx| orders::assign_contact(tx, &orders::find(tx, order.id)?, Some(&contact(tx)?)));
    assert_eq!(refused.expect_err("another customer's").message(), "contact Eva Lind is not one of customer 1043");
}
