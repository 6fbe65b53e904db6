//! Everything that can happen, to orders at every place, assigned to people of every sort: what `notify test` said is what
//! the mail server then gets, each mail once, and nothing of anybody else.

use std::collections::{BTreeMap, BTreeSet};

use super::firm::{CANARY, Firm, Mail, PDF};
use crate::support::{Answer, Visitor};

/// Whoever acts for the customer.
const ACTOR: &str = "full@brf.example";

/// To whom at the customer the orders of each place are assigned.
const ASSIGNED: [[&str; 4]; 3] = [
    ["", "loose@brf.example", "view@brf.example", ACTOR],
    ["", "lone@brf.example", "one@brf.example", ACTOR],
    ["", "some@brf.example", "off@brf.example", ACTOR],
];

/// Where an order is, and who does the work: somebody, somebody who is here no longer, nobody.
const PLACES: [(&str, &str, &str); 3] =
    [("--facility hus-a", "hus-a", "--to ola"), ("--facility hus-b", "hus-b", "--to dag"), ("--unattached", "-", "")];

/// Everybody at the customer who can be mailed: their roles, the places they named, and those their account opens, of 0 to
/// 2; nobody else is to be found in the table.
const PEOPLE: [Somebody; 9] = [
    ("lone@brf.example", &["Site manager"], ALL, ALL),
    ("keys@brf.example", &["Keys"], &[1], ALL),
    ("idle@brf.example", &[], ALL, ALL),
    (ACTOR, &[], ALL, ALL),
    ("one@brf.example", &["Site manager"], ALL, &[0]),
    ("loose@brf.example", &["Ledger", "Keys"], ALL, &[2]),
    ("all@brf.example", &["Ledger"], ALL, ALL),
    ("view@brf.example", &["Site manager"], ALL, &[]),
    ("some@brf.example", &["Site manager"], &[0], ALL),
];
type Somebody = (&'static str, &'static [&'static str], &'static [usize], &'static [usize]);
const ALL: &[usize] = &[0, 1, 2];

/// Who ought to be told, put together from the table and not from the program.
fn ought(act: &Act, place: usize, assigned: &str) -> BTreeSet<String> {
    let ticks = |role: &str| match role {
        "Site manager" => true,
        "Ledger" => matches!(act.status, "Done" | "In progress") || act.event == "document",
        _ => {
            matches!(act.status, "Planned" | "Cancelled")
                || matches!(act.event, "order.created" | "order.planned" | "comment" | "selfcheck")
        }
    };
    let told = |(email, roles, named, opened): &Somebody| {
        let by_role = roles.iter().any(|role| ticks(role)) && named.contains(&place) && opened.contains(&place);
        let own = act.by_customer && *email == ACTOR;
        if own { act.name == "created" } else { by_role || *email == assigned }
    };
    let mut all: BTreeSet<_> = PEOPLE.iter().filter(|one| told(one)).map(|one| one.0.to_owned()).collect();
    if act.by_customer {
        let company =
            if place == 0 && act.name != "created" { "ola@nordkyl.example" } else { "service@nordkyl.example" };
        all.insert(company.to_owned());
    }
    all
}

/// What is done, and the event, the status and the kinds of mail to either side that it makes.
struct Act {
    name: &'static str,
    event: &'static str,
    status: &'static str,
    /// To the customer and to the company.
    kinds: [&'static str; 2],
    by_customer: bool,
}

const fn act(
    name: &'static str,
    event: &'static str,
    status: &'static str,
    to_customer: &'static str,
    to_company: &'static str,
) -> Act {
    Act { name, event, status, kinds: [to_customer, to_company], by_customer: !to_company.is_empty() }
}

const ACTS: &[Act] = &[
    act("created", "order.created", "", "order_received", ""),
    act("created", "order.created", "", "order_received", "order_to_staff"),
    act("status", "order.status", "In progress", "order_status", ""),
    act("status", "order.waiting", "Waiting for customer", "order_waiting", ""),
    act("status", "order.status", "Planned", "order_status", ""),
    act("status", "order.status", "Planning", "order_status", ""),
    act("status", "order.status", "Done", "order_done", ""),
    act("status", "order.status", "Cancelled", "order_status", ""),
    act("planned", "order.planned", "", "order_planned", ""),
    act("comment", "comment", "", "order_comment", ""),
    act("comment", "comment", "", "order_comment", "comment_to_staff"),
    act("document", "document", "", "document", ""),
    act("document", "document", "", "document", "order_to_staff"),
    act("selfcheck", "selfcheck", "", "selfcheck", ""),
    act("selfcheck", "selfcheck", "", "selfcheck", "selfcheck_to_staff"),
];

/// An order in the table.
struct Case {
    order: String,
    place: usize,
    assigned: &'static str,
    check: String,
}

/// Who gets which kind of mail about which order, how often.
type Told = BTreeMap<(String, String, String), usize>;

struct Town {
    firm: Firm,
    actor: Visitor,
    cases: Vec<Case>,
}

impl Town {
    fn new() -> Self {
        let firm = Firm::bare();
        let world = &firm.world;
        firm.all(&[
            "role add Ledger --tick order.done --tick document --tick 'In progress'",
            "role add Keys --tick order.created --tick order.planned --tick comment --tick selfcheck --tick reading.due --tick Cancelled",
            "staff add dag --name 'Dag Ek' --email dag@nordkyl.example",
            "contact add --customer 1042 --email lone@brf.example --name Lone --role 'Site manager'",
            "contact add --customer 1042 --email keys@brf.example --name Keya --role Keys --facility hus-b",
            "contact add --customer 1042 --name 'No Mail' --role 'Site manager'",
            "contact add --customer 1042 --email idle@brf.example --name Idle",
        ]);
        world.user("nordkyl", ACTOR, "--customer 1042 --template full --all-facilities --unattached");
        for (email, rest, roles) in [
            ("one@brf.example", "--template standard --facility hus-a", "--role 'Site manager'"),
            ("loose@brf.example", "--template standard --unattached", "--role Ledger --role Keys"),
            ("off@brf.example", "--template full --all-facilities --unattached", "--role 'Site manager'"),
            ("all@brf.example", "--template full --all-facilities --unattached", "--role Ledger"),
            ("view@brf.example", "--grant object.view --all-facilities --unattached", "--role 'Site manager'"),
            (
                "some@brf.example",
                "--template full --all-facilities --unattached",
                "--role 'Site manager' --facility hus-a",
            ),
        ] {
            let name = email.split('@').next().expect("a name");
            firm.run(&format!("user create {email} --customer 1042 --name {name} {rest} --no-invite --no-notice"));
            firm.run(&format!("contact set {email} --customer 1042 {roles}"));
        }
        firm.run("user disable off@brf.example");
        // Another customer and another company, with the same addresses and all roles.
        world.run("group add polar --name 'Polar AB' --lang sv --prefix PO --reply-to service@nordkyl.example").well();
        world.run("customer add 1042 --name 'Canary Ship' --prefix SHI -g polar").well();
        for email in ["lone@brf.example", "one@brf.example", "all@brf.example", "keys@brf.example", ACTOR] {
            firm.run(&format!(
                "contact add --customer 1043 --email {email} --name 'Canary Twin' --role 'Site manager'"
            ));
            world
                .run(&format!(
                    "contact add --customer 1042 --email {email} --name 'Canary Twin' --role 'Site manager' -g polar"
                ))
                .well();
        }
        firm.run("order create --customer 1043 --title 'Canary order' --facility hall --no-mail");
        world.run("order create --customer 1042 --title 'Canary order' -g polar").well();
        let mut cases = Vec::new();
        for (place, (flag, _, to)) in PLACES.iter().enumerate() {
            for assigned in ASSIGNED[place] {
                let contact = contact(assigned);
                let order = firm.order(&format!("--title 'Door {place}' {flag} {to} {contact}"));
                let check = firm.made(&format!("selfcheck add round --order {order} --no-mail"));
                cases.push(Case { order, place, assigned, check });
            }
        }
        firm.run("staff disable dag");
        firm.gathered();
        let actor = firm.signed_in(ACTOR);
        Self { firm, actor, cases }
    }

    /// Who would be told of it, as `notify test` says.
    fn asked(&self, act: &Act, order: &str, place: usize, assigned: &str) -> Told {
        let by = if act.by_customer { ACTOR } else { "staff" };
        let status = if act.status.is_empty() { String::new() } else { format!("--status '{}'", act.status) };
        let line = format!("notify test {order} {} --by {by} {status} -o json", act.event);
        let mut told = Told::new();
        for row in self.firm.run(&line).json().as_array().expect("people") {
            let side = usize::from(row["side"] == "staff");
            assert_eq!(row["told"], row["channel"] != "none", "{row}");
            if row["told"] == true {
                let to = row["email"].as_str().expect("an address").to_owned();
                *told.entry((to, act.kinds[side].to_owned(), order.to_owned())).or_default() += 1;
            }
        }
        let people: BTreeSet<_> = told.keys().map(|(to, ..)| to.clone()).collect();
        assert_eq!(people, ought(act, place, assigned), "{} {} at {place}, {assigned}", act.event, act.status);
        told
    }

    /// Lets it happen, to an order that is there; gives the order that it happened to.
    fn happens(&mut self, act: &Act, at: usize) -> String {
        let Case { order, place, assigned, check } = &self.cases[at];
        let (firm, actor, (flag, number, to)) = (&self.firm, &mut self.actor, PLACES[*place]);
        match (act.name, act.by_customer) {
            ("created", false) => {
                let (to, contact) = (if to == "--to dag" { "" } else { to }, contact(assigned));
                let line = format!("order create --customer 1042 --title 'Door {place}' {flag} {to} {contact}");
                return firm.made(&line);
            }
            ("created", true) => {
                actor.get("/orders/new");
                let sent = actor.post("/orders/new", &[("what", "Door again"), ("facility", number)]);
                return sent.leads().split('/').nth(4).expect("an order").to_owned();
            }
            ("status", _) => drop(firm.run(&format!("order status {order} '{}' --reason Because", act.status))),
            ("planned", _) => drop(firm.run(&format!("order set {order} --planned-from 2026-12-0{}T09:00", 1 + place))),
            ("comment", false) => drop(firm.run(&format!("order comment {order} 'We come.'"))),
            ("document", false) => drop(firm.run(&format!("document add plan.pdf --order {order} --share"))),
            ("selfcheck", false) => drop(firm.run(&format!("selfcheck reopen {check} --reason Again"))),
            ("comment", true) => led(&actor.post(&format!("/orders/{order}/comments"), &[("comment", "It drips.")])),
            ("document", true) => {
                led(&actor.post_files(&format!("/orders/{order}/documents"), &[], &[("document", "a.pdf", PDF)]));
            }
            ("selfcheck", true) => {
                let page = actor.get(&format!("/selfchecks/{check}"));
                let (seen, once) = (hidden(&page, "seen"), hidden(&page, "once"));
                led(&actor.post(&format!("/selfchecks/{check}/sign"), &[("seen", &seen), ("once", &once)]));
            }
            (other, _) => panic!("{other} does not happen"),
        }
        order.clone()
    }

    /// One act on every order: what was said of it is what the server gets.
    fn holds(&mut self, act: &Act) {
        let (mut expected, mut orders) = (Told::new(), BTreeSet::new());
        for at in 0..self.cases.len() {
            let Case { order, place, assigned, .. } = &self.cases[at];
            if act.name == "created" && act.by_customer {
                // What a customer orders is assigned to whoever orders it, and nobody does the work yet.
                if *assigned != ACTOR {
                    continue;
                }
                let twin = self.firm.order(&format!("--title Twin {} --contact {ACTOR}", PLACES[*place].0));
                let said = self.asked(act, &twin, *place, ACTOR);
                let made = self.happens(act, at);
                expected.extend(said.into_iter().map(|((to, kind, _), n)| ((to, kind, made.clone()), n)));
                orders.insert(made);
                continue;
            }
            let said = self.asked(act, order, *place, assigned);
            let happened = self.happens(act, at);
            expected.extend(said.into_iter().map(|((to, kind, _), n)| ((to, kind, happened.clone()), n)));
            orders.insert(happened);
        }
        let mails = self.firm.gathered();
        let mut got = Told::new();
        for Mail { to, kind, order, .. } in &mails {
            *got.entry((to.clone(), kind.clone(), order.clone())).or_default() += 1;
        }
        let name =
            format!("{} {} {}", act.name, act.status, if act.by_customer { "by a customer" } else { "by staff" });
        let missing: Vec<_> = expected.iter().filter(|(told, n)| got.get(told) != Some(n)).collect();
        let surplus: Vec<_> = got.iter().filter(|(told, n)| expected.get(told) != Some(n)).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{name}: said and not sent {missing:?}; sent and not said {surplus:?}"
        );
        assert!(!got.is_empty() && got.values().all(|n| *n == 1), "{name}: {got:?}");
        assert!(got.keys().all(|(_, _, order)| orders.contains(order)), "{name}: {got:?}");
        for mail in &mails {
            mail.hides(CANARY).hides("frost").hides("NK-FST").hides("PO-SHI");
            assert!(mail.everything.contains(&mail.order), "{name}: {mail:?}");
            assert!(mail.to != "off@brf.example" && mail.to != "dag@nordkyl.example", "{name}: {mail:?}");
            assert!(!(act.by_customer && mail.to == ACTOR) || act.name == "created", "{name}: {mail:?}");
        }
    }
}

fn contact(assigned: &str) -> String {
    if assigned.is_empty() { String::new() } else { format!("--contact {assigned}") }
}

#[track_caller]
fn led(answer: &Answer) {
    answer.leads();
}

/// What a hidden field of the page holds.
#[track_caller]
fn hidden(page: &Answer, name: &str) -> String {
    let (_, after) = page.text().split_once(&format!("name=\"{name}\" value=\"")).expect(name);
    after.split('"').next().expect("a value").to_owned()
}

#[test]
fn what_notify_test_says_of_customers_acts_is_what_the_mail_server_gets() {
    let mut town = Town::new();
    ACTS.iter().filter(|act| act.by_customer).for_each(|act| town.holds(act));
}

#[test]
fn what_notify_test_says_of_the_companys_acts_is_what_the_mail_server_gets() {
    let mut town = Town::new();
    for case in &town.cases {
        town.firm.run(&format!("selfcheck sign {} --no-mail", case.check));
    }
    ACTS.iter().filter(|act| !act.by_customer).for_each(|act| town.holds(act));
}
