//! The audience of an order says what then happens: who sees it, and who gets a letter.

use super::*;
use crate::notices::Tell;
use crate::orders::{self, Listener};
use crate::text::Prose;

fn text(words: &str) -> Prose {
    Prose::parse(words).expect(words)
}

fn audience(town: &Town, order: &Order) -> Vec<Listener> {
    town.read(|tx| orders::audience(tx, &orders::find(tx, order.id)?))
}

fn named<'a>(all: &'a [Listener], name: &str) -> &'a Listener {
    all.iter().find(|one| one.name.as_str() == name).unwrap_or_else(|| panic!("{name} is not in {all:?}"))
}

/// The addresses that hear of an event.
fn hear(all: &[Listener], event: &str) -> Vec<String> {
    let told = all.iter().filter(|one| one.told.contains(&event));
    let mut addresses: Vec<_> = told.filter_map(|one| one.email.as_ref().map(Email::to_string)).collect();
    addresses.sort();
    addresses
}

#[test]
fn it_is_whoever_sees_it_and_whoever_is_told() {
    let town = Town::new();
    let order = town.order("1042", Some("hus-b"), "Leak");
    town.write(|tx| orders::assign_contact(tx, &orders::find(tx, order.id)?, Some(&contact(tx)?)));
    town.eva(&[Permission::OrderView], &["hus-b"], false);
    let all = audience(&town, &order);
    let (office, eva) = (named(&all, "Nordkyl AB"), named(&all, "Eva Lind"));
    assert_eq!((all.len(), office.sees, eva.sees), (2, true, true));
    assert_eq!((&office.why_not, &eva.why_not), (&None, &None));
    // Who no longer reaches it is still told, as long as it is assigned to them; and the technician hears for the office.
    town.write(|tx| orders::relocate(tx, &orders::find(tx, order.id)?, Spot::At(&facility(tx, "hus-a")?), None));
    town.write(|tx| orders::assign(tx, &orders::find(tx, order.id)?, &[ola(tx)?]));
    let all = audience(&town, &order);
    assert_eq!((all.len(), named(&all, "Ola Berg").why.as_str()), (2, "assigned technician"));
    assert!(!named(&all, "Eva Lind").sees && !named(&all, "Eva Lind").told.is_empty());
    // Without it, what is in the way is said as `user why` says it.
    town.write(|tx| orders::assign_contact(tx, &orders::find(tx, order.id)?, None));
    let all = audience(&town, &order);
    let eva = named(&all, "Eva Lind");
    assert_eq!((eva.sees, eva.told.is_empty()), (false, true), "{eva:?}");
    let why = format!("order {} is at facility hus-a, which is not in scope", order.number);
    assert_eq!(eva.why_not.as_deref(), Some(why.as_str()));
    town.write(|tx| orders::relocate(tx, &orders::find(tx, order.id)?, Spot::At(&facility(tx, "hus-b")?), None));
    let eva = named(&audience(&town, &order), "Eva Lind").clone();
    assert_eq!(
        (eva.sees, eva.why_not.as_deref()),
        (true, Some("not assigned to them, and no role of theirs ticks it"))
    );
}

#[test]
fn whoever_cannot_be_told_is_there_with_the_reason() {
    let town = Town::new();
    let order = town.order("1042", None, "Leak");
    town.write(|tx| {
        let lone = contacts::add(tx, &customer(tx, "1042")?, &ContactCard::named(line("Lone Dahl")))?;
        let mute = StaffCard { name: line("Mia Frost"), email: None };
        let mia = staff::add(tx, &Login::parse("mia")?, StaffKind::Person, &mute, None, &[])?;
        orders::assign(tx, &orders::find(tx, order.id)?, &[ola(tx)?, mia])?;
        orders::assign_contact(tx, &orders::find(tx, order.id)?, Some(&lone))?;
        staff::disable(tx, &ola(tx)?)
    });
    town.eva(&[Permission::ObjectView], &["*"], true);
    let all = audience(&town, &order);
    for (name, why) in [
        ("Ola Berg", "disabled"),
        ("Mia Frost", "no mail address"),
        ("Lone Dahl", "no mail address"),
        ("Eva Lind", "'order.view' is not granted"),
    ] {
        let one = named(&all, name);
        assert_eq!((one.told.is_empty(), one.why_not.as_deref()), (true, Some(why)), "{name}");
    }
    // Nobody who works on it can be written to, so the office hears.
    assert!(!named(&all, "Nordkyl AB").told.is_empty());
}

#[test]
fn what_it_says_is_what_is_sent() {
    let town = Town::new();
    let eva = town.eva(&[Permission::OrderView, Permission::OrderCreate, Permission::CommentWrite], &["*"], true);
    for technician in [false, true] {
        let order = town.order("1042", Some("hus-b"), "Leak");
        town.write(|tx| {
            let order = orders::find(tx, order.id)?;
            if technician {
                orders::assign(tx, &order, &[ola(tx)?])?;
            }
            orders::assign_contact(tx, &order, Some(&contact(tx)?))
        });
        let all = audience(&town, &order);
        let mut before = town.readers();
        let mut sent = |act: &dyn Fn()| {
            act();
            let mut after = town.readers();
            let all = after.clone();
            // What was told before is taken out once for each time.
            for reader in std::mem::replace(&mut before, all) {
                after.remove(after.iter().position(|one| *one == reader).expect("nothing told is taken back"));
            }
            after
        };
        let status = sent(&|| {
            town.write(|tx| {
                let planned = statuses::find_by_name(tx, &line("Planned"))?;
                orders::set_status(tx, &orders::find(tx, order.id)?, &planned, None, Tell::Everybody)
            });
        });
        assert_eq!(status, hear(&all, "order.planned"));
        let comment = |actor: &Actor| {
            let said =
                |tx: &WriteTx| orders::comment(tx, &orders::find(tx, order.id)?, &text("It drips."), None).map(drop);
            town.db.write(actor, said).expect("a comment");
        };
        // Each side hears what the other says, and nobody what they say themselves.
        let mut heard = sent(&|| comment(&eva));
        heard.extend(sent(&|| comment(&town.desk)));
        heard.sort();
        assert_eq!(heard, hear(&all, "comment"));
    }
}
