//! Links at the door: looked at, used, guessed, asked for, renewed.

use super::*;

#[test]
fn a_link_is_looked_at_for_ever_and_used_once() {
    let at = Entrance::new();
    let token = at.reset();
    for _ in 0..5 {
        let link = open_link(at.db(), &at.door, Purpose::Reset, token.expose(), HERE).expect("looked");
        assert!(matches!(link, Link::Good(holder) if holder.email.as_str() == "eva@brf.example"));
    }
    at.enter();
    assert!(matches!(at.choose(Purpose::Reset, &token, "short"), Choice::Flawed(PasswordFlaw::TooShort { .. })));
    assert!(matches!(
        at.choose(Purpose::Reset, &token, "Brf Fröjden 1042"),
        Choice::Flawed(PasswordFlaw::Guessable { .. })
    ));
    let before = at.enter();
    assert!(matches!(at.choose(Purpose::Reset, &token, "another lamp that hums"), Choice::Done { .. }));
    assert!(at.session(&before).is_none(), "old sessions end");
    assert!(matches!(at.choose(Purpose::Reset, &token, "a third lamp that hums"), Choice::Dead("used")));
    assert!(matches!(at.try_from("eva@brf.example", PASSWORD, HERE), Outcome::Refused));
    assert_eq!((at.mails("password_changed"), at.audited("ticket.refused")), (1, 1));
}

#[test]
fn guessing_links_is_slowed_down() {
    let at = Entrance::new();
    let good = at.reset();
    for turn in 0..20 {
        let link = open_link(at.db(), &at.door, Purpose::Reset, &format!("guess {turn}"), HERE).expect("looked");
        assert!(matches!(link, Link::Dead("unknown")));
    }
    assert!(matches!(at.choose(Purpose::Reset, &good, "another lamp that hums"), Choice::Wait { .. }));
    at.house.clock.advance(60);
    assert!(matches!(at.choose(Purpose::Reset, &good, "another lamp that hums"), Choice::Done { .. }));
}

#[test]
fn forgetting_often_sends_one_mail_and_never_ends_the_link_on_its_way() {
    let at = Entrance::new();
    let ask = |email: &str, client: &str| forgot(at.db(), &at.guard, &at.door, email, client).expect("an answer");
    let tickets = || {
        let open = at.db().read(&at.house.rita, |tx| users::open_tickets(tx, &at.eva)).expect("read");
        open.iter().map(|ticket| ticket.id).collect::<Vec<_>>()
    };
    assert_eq!(ask(" EVA@brf.example", "198.51.100.1"), Forgot::Heard);
    let first = tickets();
    assert_eq!((first.len(), at.mails("reset")), (1, 1));
    assert_eq!(ask("eva@brf.example", "198.51.100.2"), Forgot::Heard);
    assert_eq!(at.mails("reset"), 1);
    at.house.clock.advance(300);
    assert_eq!(ask("eva@brf.example", "198.51.100.3"), Forgot::Heard);
    assert_eq!((tickets(), at.mails("reset")), (first.clone(), 2));
    ask("eva@brf.example", "198.51.100.4");
    ask("eva@brf.example", "198.51.100.5");
    assert!(matches!(ask("eva@brf.example", "198.51.100.6"), Forgot::Wait { .. }));
    at.house.clock.advance(2 * 3_600 - 300 - 1_799);
    assert_eq!(ask("eva@brf.example", "198.51.100.7"), Forgot::Heard);
    assert_ne!(tickets(), first, "a link that soon runs out is replaced");
}

#[test]
fn forgetting_answers_alike_for_everybody() {
    let at = Entrance::new();
    at.house.write(|tx| create(tx, "1042", "new@brf.example", "Ny Person")).expect("a user");
    let ask = |email: &str, client: &str| forgot(at.db(), &at.guard, &at.door, email, client).expect("an answer");
    for (email, client) in
        [("nobody@brf.example", "198.51.100.1"), ("alıce", "198.51.100.2"), ("new@brf.example", "198.51.100.3")]
    {
        for _ in 0..3 {
            assert_eq!(ask(email, client), Forgot::Heard);
        }
        assert!(matches!(ask(email, client), Forgot::Wait { .. }));
    }
    assert_eq!((at.mails("reset"), at.mails("invite")), (0, 1));
}

#[test]
fn a_dead_link_is_renewed_to_the_same_address() {
    let at = Entrance::new();
    let token = at.reset();
    at.house.clock.advance(7_200);
    assert!(matches!(at.choose(Purpose::Reset, &token, "another lamp that hums"), Choice::Dead("expired")));
    assert_eq!(renew(at.db(), &at.guard, &at.door, token.expose(), HERE).expect("an answer"), Forgot::Heard);
    assert_eq!(renew(at.db(), &at.guard, &at.door, "a guess", HERE).expect("an answer"), Forgot::Heard);
    assert_eq!(at.mails("reset"), 1);
    let open = at.db().read(&at.house.rita, |tx| users::open_tickets(tx, &at.eva)).expect("read");
    assert_eq!(open.len(), 1);
}
