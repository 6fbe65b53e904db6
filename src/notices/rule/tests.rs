//! The rule as a table of cases, and said the other way round over everything that a person can be.

use super::*;

/// Somebody whose role ticks the event, with nothing in the way.
fn person() -> Person {
    Person {
        contact: ContactId(7),
        customer: CustomerId(3),
        name: line("Eva Lind"),
        email: Some(Email::parse("eva@brf.example").expect("an address")),
        lang: Lang::Sv,
        user: Some(UserId(5)),
        is_assigned: false,
        roles: vec![line("Board")],
        in_place: true,
        account: Account::Opens,
        may_comment: true,
        is_own: false,
        choice: Choice::Now,
        came_back: None,
    }
}

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

fn noon() -> Moment {
    Moment::from_unix(1_795_334_520)
}

fn roles() -> Why {
    Why::Roles(vec![line("Board")])
}

fn now(why: Why) -> Verdict {
    Verdict::Told { why, daily: false }
}

fn daily(why: Why) -> Verdict {
    Verdict::Told { why, daily: true }
}

/// What is changed about the person above, what happens, and whether they are told.
type Case = (&'static str, fn(&mut Person), Event, Verdict);

#[test]
fn who_at_the_customer_is_told() {
    use Verdict::Not;
    let cases: &[Case] = &[
        ("a role ticks it", |_| {}, Event::Comment, now(roles())),
        ("no role, not assigned", |p| p.roles.clear(), Event::Comment, Not(WhyNot::NoRole)),
        ("assigned without a role", |p| (p.is_assigned, p.roles) = (true, vec![]), Event::Comment, now(Why::Assigned)),
        ("assigned and a role", |p| p.is_assigned = true, Event::OrderDone, now(Why::Assigned)),
        ("other facilities", |p| p.in_place = false, Event::Comment, Not(WhyNot::Elsewhere(vec![line("Board")]))),
        ("assigned elsewhere", |p| (p.is_assigned, p.in_place) = (true, false), Event::Comment, now(Why::Assigned)),
        ("elsewhere without a role", |p| (p.roles, p.in_place) = (vec![], false), Event::Comment, Not(WhyNot::NoRole)),
        ("without an account", |p| (p.account, p.user) = (Account::Missing, None), Event::Comment, now(roles())),
        ("cannot open it", |p| p.account = Account::Closed, Event::Comment, Not(WhyNot::CannotOpen)),
        (
            "cannot open it but assigned",
            |p| (p.account, p.is_assigned) = (Account::Closed, true),
            Event::Comment,
            now(Why::Assigned),
        ),
        ("disabled", |p| p.account = Account::Off, Event::Comment, Not(WhyNot::AccountOff)),
        (
            "disabled but assigned",
            |p| (p.account, p.is_assigned) = (Account::Off, true),
            Event::OrderDone,
            Not(WhyNot::AccountOff),
        ),
        ("own comment", |p| p.is_own = true, Event::Comment, Not(WhyNot::OwnAct)),
        (
            "own act, though assigned",
            |p| (p.is_own, p.is_assigned) = (true, true),
            Event::Document,
            Not(WhyNot::OwnAct),
        ),
        ("own order", |p| p.is_own = true, Event::OrderCreated, now(Why::Receipt)),
        ("own order, no role", |p| (p.is_own, p.roles) = (true, vec![]), Event::OrderCreated, now(Why::Receipt)),
        (
            "own order that they cannot open",
            |p| (p.is_own, p.account) = (true, Account::Closed),
            Event::OrderCreated,
            now(Why::Receipt),
        ),
        ("no address", |p| p.email = None, Event::Comment, Not(WhyNot::NoAddress)),
        ("mail comes back", |p| p.came_back = Some(noon()), Event::Comment, Not(WhyNot::CameBack(noon()))),
        ("turned off", |p| p.choice = Choice::Off, Event::Comment, Not(WhyNot::TurnedOff)),
        (
            "turned off, though assigned",
            |p| (p.choice, p.is_assigned) = (Choice::Off, true),
            Event::Comment,
            Not(WhyNot::TurnedOff),
        ),
        ("once a day", |p| p.choice = Choice::Daily, Event::Comment, daily(roles())),
        (
            "a receipt does not wait for the day",
            |p| (p.choice, p.is_own) = (Choice::Daily, true),
            Event::OrderCreated,
            now(Why::Receipt),
        ),
        (
            "a receipt that was turned off",
            |p| (p.choice, p.is_own) = (Choice::Off, true),
            Event::OrderCreated,
            Not(WhyNot::TurnedOff),
        ),
    ];
    for (name, change, event, verdict) in cases {
        let mut person = person();
        change(&mut person);
        assert_eq!(customer_is_told(&person, *event), *verdict, "{name}");
    }
}

/// The rule itself, said the other way round, over everything that a person can be.
#[test]
fn nobody_is_told_without_a_reason_and_nobody_is_told_what_they_may_not_see() {
    let flags = [false, true];
    for account in Account::ALL {
        for choice in Choice::ALL {
            for (is_own, is_assigned) in flags.iter().flat_map(|one| flags.map(|other| (*one, other))) {
                for (in_place, has_role) in flags.iter().flat_map(|one| flags.map(|other| (*one, other))) {
                    for event in Event::ALL {
                        let person = Person {
                            account: *account,
                            choice: *choice,
                            is_own,
                            is_assigned,
                            in_place,
                            roles: if has_role { vec![line("Board")] } else { vec![] },
                            ..person()
                        };
                        let told = customer_is_told(&person, *event).is_told();
                        let receipt = is_own && *event == Event::OrderCreated;
                        let connected = is_assigned || (has_role && in_place);
                        let may_know = is_assigned || receipt || *account != Account::Closed;
                        let wants = *choice != Choice::Off && *account != Account::Off;
                        assert_eq!(
                            told,
                            (receipt || (!is_own && connected)) && may_know && wants,
                            "{person:?} {event}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn who_at_the_company_is_told() {
    let colleague = || Colleague {
        staff: Some(StaffId(2)),
        name: line("Ola Berg"),
        email: Some(Email::parse("ola@nordkyl.example").expect("an address")),
        lang: Lang::Sv,
        is_disabled: false,
        is_own: false,
        may_comment: true,
        came_back: None,
    };
    let ola = technician_is_told(&colleague());
    assert_eq!(ola, now(Why::Technician));
    let disabled = technician_is_told(&Colleague { is_disabled: true, ..colleague() });
    let nameless = technician_is_told(&Colleague { email: None, ..colleague() });
    let back = technician_is_told(&Colleague { came_back: Some(noon()), ..colleague() });
    let own = technician_is_told(&Colleague { is_own: true, ..colleague() });
    assert_eq!(disabled, Verdict::Not(WhyNot::Disabled));
    assert_eq!(nameless, Verdict::Not(WhyNot::NoAddress));
    assert_eq!(back, Verdict::Not(WhyNot::CameBack(noon())));
    assert_eq!(own, Verdict::Not(WhyNot::OwnAct));
    let office = Colleague { staff: None, ..colleague() };
    for (technicians, told) in [
        (vec![], true),
        (vec![disabled.clone(), nameless, back], true),
        (vec![ola.clone()], false),
        (vec![disabled, ola], false),
        (vec![own], false),
    ] {
        assert_eq!(office_is_told(&office, &technicians).is_told(), told, "{technicians:?}");
    }
    let closed = Colleague { email: None, ..office };
    assert_eq!(office_is_told(&closed, &[]), Verdict::Not(WhyNot::NoAddress));
}
