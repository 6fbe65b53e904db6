//! Once a day: what a person chose to be told so waits for seven in the morning by the company's clocks, and nothing else.

use frontdesk::clock::Moment;

use super::firm::{Firm, Mail, readers};

const LONE: &str = "lone@brf.example";

/// Sets the clock on to a moment.
fn until(firm: &Firm, moment: &str) {
    let moment: Moment = moment.parse().expect("a time");
    let seconds = moment.unix() - firm.world.clock.now().unix();
    assert!(seconds > 0, "{moment} is over");
    firm.world.clock.advance(seconds);
}

/// Somebody who has chosen to hear of comments once a day, at each of these customers.
fn daily(customers: &[&str]) -> Firm {
    let firm = Firm::bare();
    for customer in customers {
        firm.run(&format!("contact add --customer {customer} --email {LONE} --name 'Lo Ne' --role 'Site manager'"));
        let order = firm.made(&format!("order create --customer {customer} --title First --unattached --no-mail"));
        firm.run(&format!("order comment {order} Hello"));
    }
    for mail in firm.gathered() {
        let mut anybody = firm.world.visitor("nordkyl");
        anybody.post_bare(&mail.off(), &[("comment", "daily")]).leads();
    }
    firm
}

#[track_caller]
fn one(mails: Vec<Mail>) -> Mail {
    let [mail] = &mails[..] else { panic!("{} mails: {mails:?}", mails.len()) };
    mail.clone()
}

#[test]
fn what_was_chosen_for_the_day_waits_for_the_morning_and_all_else_does_not() {
    let firm = daily(&["1042"]);
    let door = firm.order("--title 'Door of the cold room' --facility hus-a");
    let fan = firm.order("--title 'Fan is loud' --unattached");
    firm.run(&format!("order comment {door} 'First word.'"));
    firm.run(&format!("order comment {fan} 'Other word.'"));
    firm.world.clock.advance(3_600);
    firm.run(&format!("order comment {door} 'Second word.'"));
    firm.run(&format!("order status {door} 'In progress' --reason 'Parts have come'"));
    let status = one(firm.gathered());
    assert_eq!(status.kind, "order_status");
    status.says_in_order(&["Parts have come"]).hides("First word").hides("Second word");
    until(&firm, "2026-11-23T05:59:59Z");
    assert_eq!(firm.post(), []);
    firm.run(&format!("order comment {fan} 'Last word.'"));
    firm.world.clock.advance(1);
    let day = one(firm.post());
    assert_eq!((day.kind.as_str(), day.to.as_str()), ("digest", LONE));
    // By order, and in each as it happened.
    day.says_in_order(&[
        "Door of the cold room",
        "First word.",
        "Second word.",
        "Fan is loud",
        "Other word.",
        "Last word.",
    ]);
    day.hides("Parts have come");
    assert!(
        !day.head("Reply-To").contains("reply+"),
        "an answer to the day belongs to no order: {}",
        day.head("Reply-To")
    );
    // What comes later is told the next morning.
    firm.run(&format!("order comment {door} 'New word.'"));
    assert_eq!(firm.gathered(), []);
    until(&firm, "2026-11-24T06:00:00Z");
    one(firm.post()).says_in_order(&["New word."]).hides("First word").hides("Last word");
    until(&firm, "2026-11-25T06:00:00Z");
    assert_eq!(firm.post(), [], "a day without news has no mail");
}

#[test]
fn two_customers_of_one_person_are_two_mails() {
    let firm = daily(&["1042", "1043"]);
    let here = firm.order("--title 'Door of the cold room' --unattached");
    let there = firm.made("order create --customer 1043 --title 'Ice hall' --unattached --no-mail");
    firm.run(&format!("order comment {here} 'Word for Fröjden.'"));
    firm.run(&format!("order comment {there} 'Word for Frost.'"));
    assert_eq!(firm.gathered(), []);
    until(&firm, "2026-11-23T06:00:00Z");
    let mails = firm.post();
    assert_eq!(readers(&mails), [LONE, LONE]);
    let (fro, fst): (Vec<_>, Vec<_>) = mails.iter().partition(|mail| mail.everything.contains(&here));
    fro[0].says_in_order(&["Word for Fröjden."]).hides("Frost").hides(&there);
    fst[0].says_in_order(&["Word for Frost."]).hides("Fröjden").hides(&here);
    assert_ne!(fro[0].off(), fst[0].off());
}

#[test]
fn the_morning_is_seven_on_the_days_on_which_the_clocks_change_too() {
    let firm = daily(&["1042"]);
    let door = firm.order("--title Door --unattached");
    for (evening, early, morning) in [
        ("2027-03-27T20:00:00Z", "2027-03-28T04:59:59Z", "2027-03-28T05:00:00Z"),
        ("2027-10-30T20:00:00Z", "2027-10-31T05:59:59Z", "2027-10-31T06:00:00Z"),
    ] {
        until(&firm, evening);
        firm.run(&format!("order comment {door} 'Tonight.'"));
        until(&firm, early);
        assert_eq!(firm.post(), [], "{early}");
        until(&firm, morning);
        one(firm.post()).says_in_order(&["Tonight."]);
    }
}
