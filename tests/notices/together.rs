//! What happens to one order within two minutes is one mail; what cannot wait leaves at once; what was tried stays as it is.

use super::firm::{Firm, Mail, readers};
use crate::support::smtp::Fault;

const LONE: &str = "lone@brf.example";
const TOLD: &str = "told@brf.example";

/// The mails for somebody.
fn of<'a>(mails: &'a [Mail], to: &str) -> Vec<&'a Mail> {
    mails.iter().filter(|mail| mail.to == to).collect()
}

#[test]
fn two_minutes_of_one_order_are_one_mail_for_each_reader() {
    let firm = Firm::small();
    let door = firm.order("--title 'Door of the cold room' --facility hus-a");
    let fan = firm.order("--title 'Fan is loud' --facility hus-b");
    firm.run(&format!("order status {door} 'In progress' --reason 'Parts have come'"));
    firm.world.clock.advance(60);
    firm.run(&format!("order comment {door} 'Please empty the room.'"));
    firm.run(&format!("document add plan.pdf --order {door} --share"));
    firm.run(&format!("order comment {fan} 'We listen to it.'"));
    firm.world.clock.advance(59);
    firm.run(&format!("order set {door} --planned-from 2026-12-03T09:00"));
    assert_eq!(firm.post(), [], "nothing leaves before two minutes are over");
    firm.world.clock.advance(1);
    let first = firm.post();
    // The fan's two minutes began a minute later.
    assert_eq!(readers(&first), [LONE, TOLD]);
    for mail in &first {
        assert_eq!((mail.kind.as_str(), mail.order.as_str()), ("order_news", door.as_str()));
        mail.says_in_order(&["Parts have come", "Please empty the room.", "plan.pdf", "3 December"]);
        mail.hides("listen").hides(&fan);
    }
    firm.run(&format!("order comment {door} 'Thank you.'"));
    firm.world.clock.advance(60);
    let second = firm.post();
    assert_eq!(readers(&second), [LONE, TOLD]);
    for mail in &second {
        assert_eq!((mail.kind.as_str(), mail.order.as_str()), ("order_comment", fan.as_str()));
        mail.says_in_order(&["We listen to it."]).hides(&door);
    }
    let third = firm.gathered();
    assert_eq!(readers(&third), [LONE, TOLD]);
    for mail in &third {
        assert_eq!(mail.kind, "order_comment");
        mail.says_in_order(&["Thank you."]).hides("Please empty").hides("plan.pdf").hides("Parts have come");
    }
    assert_eq!(firm.gathered(), [], "each was told once");
}

#[test]
fn an_emergency_and_a_receipt_leave_at_once() {
    let firm = Firm::bare();
    firm.world.user("nordkyl", TOLD, "--customer 1042 --template full --all-facilities --unattached");
    firm.run(&format!("contact add --customer 1042 --email {LONE} --name 'Lo Ne' --role 'Site manager'"));
    firm.gathered();
    let mut told = firm.signed_in(TOLD);
    let form = told.get("/orders/new");
    let before = form.text().split("Emergency: also call").next().expect("an emergency").to_owned();
    let urgency = before.rsplit("value=\"").next().and_then(|rest| rest.split('"').next()).expect("a value").to_owned();
    told.post("/orders/new", &[("what", "Water"), ("facility", "hus-a"), ("urgency", &urgency)]).leads();
    let at_once = firm.post();
    assert_eq!(readers(&at_once), ["service@nordkyl.example", TOLD]);
    assert_eq!(of(&at_once, TOLD)[0].kind, "order_received");
    assert_eq!(readers(&firm.gathered()), [LONE], "who only hears of it has two minutes");
    // An order that can wait: the receipt does not, the company does.
    told.get("/orders/new");
    told.post("/orders/new", &[("what", "Squeak"), ("facility", "hus-a")]).leads();
    assert_eq!(readers(&firm.post()), [TOLD]);
    assert_eq!(readers(&firm.gathered()), [LONE, "service@nordkyl.example"]);
}

#[test]
fn a_mail_that_was_tried_takes_nothing_more_and_stays_the_same_to_the_byte() {
    let firm = Firm::bare();
    firm.run(&format!("contact add --customer 1042 --email {LONE} --name 'Lo Ne' --role 'Site manager'"));
    let door = firm.order("--title 'Door of the cold room' --facility hus-a");
    firm.run(&format!("order comment {door} 'First word.'"));
    firm.run(&format!("order comment {door} 'Second word.'"));
    // Refused for now; then taken by a server that says nothing more.
    for fault in [Fault::Content("451 4.3.0 later"), Fault::CutAfterData] {
        firm.server.will(fault);
    }
    assert_eq!(firm.gathered(), [], "451");
    firm.run(&format!("order comment {door} 'Third word.'"));
    firm.world.clock.advance(90);
    let cut = firm.post();
    firm.run(&format!("order comment {door} 'Fourth word.'"));
    firm.world.clock.advance(600);
    let rest = firm.post();
    let [cut] = &cut[..] else { panic!("{cut:?}") };
    cut.says_in_order(&["First word.", "Second word."]).hides("Third").hides("Fourth");
    let again: Vec<_> = rest.iter().filter(|mail| mail.head("Message-ID") == cut.head("Message-ID")).collect();
    let [again] = again[..] else { panic!("not sent again: {rest:?}") };
    assert_eq!(String::from_utf8_lossy(&again.bytes), String::from_utf8_lossy(&cut.bytes));
    let others: Vec<_> = rest.iter().filter(|mail| mail.head("Message-ID") != cut.head("Message-ID")).collect();
    let [other] = others[..] else { panic!("{rest:?}") };
    other.says_in_order(&["Third word.", "Fourth word."]).hides("First").hides("Second");
    assert_eq!(firm.gathered(), []);
}
