//! A machine that is due for service: told once, to whom the roles say, and again after the next service.

use std::time::{Duration, Instant};

use frontdesk::outbox::notice::GATHER;

use super::firm::{Firm, readers};
use crate::support::World;
use crate::support::program::Program;

const DAY: i64 = 24 * 3_600;
const LONE: &str = "lone@brf.example";
const TOLD: &str = "told@brf.example";

/// Machines that are due in different ways, and people of whom two hear of it; it is 2026-11-22.
fn firm() -> Firm {
    let firm = Firm::small();
    firm.all(&[
        "contact add --customer 1042 --email board@brf.example --name Bo --role Board",
        "contact add --customer 1042 --email other@brf.example --name Other --role 'Site manager' --facility hus-b",
        "user create blind@brf.example --customer 1042 --name Blind --grant order.view --all-facilities --no-invite --no-notice",
        "contact set blind@brf.example --add-role 'Site manager'",
        "contact add --customer 1043 --email frost@frost.example --name Frost --role 'Site manager'",
        "object add SOON --customer 1042 --name 'Soon due' --facility hus-a",
        "object interval add SOON Yearly --days 365 --since 2025-12-06",
        "object add LATER --customer 1042 --name 'Due later' --facility hus-a",
        "object interval add LATER Yearly --days 365 --since 2025-12-08",
    ]);
    firm
}

#[test]
fn a_service_is_told_once_to_whom_the_roles_say_and_again_after_the_next_one() {
    let firm = firm();
    let asked = firm.order("--title Service --kind service --object SOON");
    let said = firm.run(&format!("notify test {asked} reading.due -o json")).json();
    let said = said.as_array().expect("people").iter().filter(|row| row["told"] == true);
    let mut said: Vec<_> = said.map(|row| row["email"].as_str().expect("an address")).collect();
    said.sort_unstable();
    assert_eq!(said, [LONE, TOLD]);
    let rows = firm.world.rows();
    assert!(firm.run("notify due --dry-run").err.contains("1 service"), "fourteen days before, and not fifteen");
    assert_eq!(firm.world.rows(), rows);
    firm.run("notify due");
    let told = firm.post();
    assert_eq!(readers(&told), said, "it leaves alone and at once");
    for mail in &told {
        assert_eq!(mail.kind, "service_due");
        mail.says_in_order(&["Soon due"]).hides("Due later").hides("LATER");
    }
    for _ in 0..2 {
        firm.run("notify due");
        firm.world.clock.advance(3_600);
    }
    assert_eq!(firm.gathered(), [], "once");
    // It is done, and the other one comes due a day later.
    firm.run(&format!("order status {asked} Done --no-mail"));
    firm.world.clock.advance(2 * DAY);
    firm.run("notify due");
    let told = firm.post();
    assert_eq!(readers(&told), [LONE, TOLD]);
    told.iter().for_each(|mail| assert!(mail.text.contains("Due later"), "{}", mail.text));
    firm.world.clock.advance(340 * DAY);
    firm.run("notify due");
    assert_eq!(firm.post(), [], "a year has not passed");
    firm.world.clock.advance(10 * DAY);
    firm.run("notify due");
    let told = firm.post();
    assert_eq!(readers(&told), [LONE, TOLD]);
    told.iter().for_each(|mail| assert!(mail.text.contains("Soon due"), "{}", mail.text));
}

#[test]
fn use_that_is_used_up_is_told_and_what_is_retired_or_closed_is_not() {
    let firm = firm();
    firm.all(&[
        "object add USED --customer 1042 --name 'Used up' --facility hus-a",
        "object interval add USED Big --hours 1000 --since 2025-09-01 --since-value 8000",
        "object add GONE --customer 1042 --name 'Is gone' --facility hus-a",
        "object interval add GONE Yearly --days 365 --since 2025-12-01",
        "object retire GONE",
        "object add CLOSED --customer 1043 --name 'At a closed customer' --facility hall",
        "object interval add CLOSED Yearly --days 365 --since 2025-12-01",
        "customer close 1043",
        "object retire SOON",
    ]);
    firm.run("notify due");
    assert_eq!(firm.post(), []);
    firm.run("reading add USED 8800 --at 2026-09-01");
    firm.run("reading add USED 9100 --at 2026-11-20");
    firm.run("notify due");
    firm.run("notify due");
    let told = firm.post();
    assert_eq!(readers(&told), [LONE, TOLD]);
    told.iter().for_each(|mail| drop(mail.says_in_order(&["Used up"]).kind.clone()));
    // What waits for somebody when their role is taken away is not sent.
    firm.run("object add NEXT --customer 1042 --name 'Next one' --facility hus-a");
    firm.run("object interval add NEXT Yearly --days 365 --since 2025-12-01");
    firm.run("notify due");
    firm.run(&format!("contact set {LONE} --no-roles"));
    assert_eq!(readers(&firm.post()), [TOLD]);
    assert_eq!(firm.world.clock.advance(GATHER), ());
    assert_eq!(firm.post(), []);
}

#[test]
fn the_server_tells_of_it_by_itself() {
    let world = World::nordkyl_today();
    for line in [
        "customer add 1042 --name 'Brf Fröjden' --prefix FRO",
        "contact add --customer 1042 --email lone@brf.example --name 'Lo Ne' --role 'Site manager'",
        "object add OLD --customer 1042 --name 'Old fan'",
        "object interval add OLD Yearly --days 365 --since 2020-01-01",
    ] {
        world.run(line).well();
    }
    let mut server = Program::in_world(&world, &["serve", "--listen", "127.0.0.1:0", "--no-mail"]);
    let begun = Instant::now();
    let told = loop {
        let mails = world.run("mail list --json").well().json();
        let found = mails.as_array().expect("mails").iter().any(|mail| mail["kind"] == "service_due");
        if found || begun.elapsed() > Duration::from_secs(30) {
            break found;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    server.kill().expect("killed");
    server.wait().expect("ended");
    assert!(told, "it was not told");
}
