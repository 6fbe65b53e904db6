//! `mail`: queued, written to a file, listed, taken back.

use frontdesk::outbox::letter::LetterKind;

use crate::support::World;

#[test]
fn a_test_mail_is_written_to_a_file_by_default() {
    let world = World::nordkyl();
    let said = world.run("mail test eva@brf.example").well();
    assert!(said.err.starts_with("sent a test to eva@brf.example: "), "{said:?}");
    let list = world.run("mail list --json").well().json();
    assert_eq!((list[0]["state"].as_str(), list[0]["to"].as_str()), (Some("sent"), Some("eva@brf.example")));
    let files: Vec<_> = std::fs::read_dir(world.path().join("frontdesk-data/mail")).expect("a folder").collect();
    assert_eq!(files.len(), 1);
}

#[test]
fn switched_off_mail_waits_and_can_be_taken_back() {
    let world = World::nordkyl();
    let config = std::fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    world.file("off.toml", format!("{config}\n[mail]\ntransport = \"off\"\n"));
    world.run("mail test eva@brf.example --config off.toml").fails(69, "mail is switched off");
    let list = world.run("mail list --json").well().json();
    assert_eq!((list[0]["state"].as_str(), list[0]["attempts"].as_i64()), (Some("queued"), Some(0)));
    world.run("mail cancel 1").fails(2, "needs to be confirmed");
    assert!(world.run("mail cancel 1 --yes").well().err.starts_with("updated mail 1 to eva@brf.example: is cancelled"));
    world.run("mail cancel 1 --yes").well();
    assert!(world.run("mail retry 1").well().err.starts_with("updated"));
    assert!(world.run("mail send").well().err.starts_with("sent 1 mails"));
    world.run("mail retry 1").fails(4, "mail 1 was sent already");
    world.run("mail show 7").fails(3, "mail '7' does not exist");
    world.run("mail test nobody").fails(2, "'nobody' has no @");
}

#[test]
fn every_kind_of_mail_can_be_looked_at_before_anybody_gets_one() {
    let world = World::nordkyl();
    let all = world.run("mail preview -o json").well().json();
    let all = all.as_array().expect("rows");
    assert_eq!(all.len(), LetterKind::ALL.len() * 3);
    for (row, kind) in all.chunks(3).zip(LetterKind::ALL) {
        let langs: Vec<_> = row.iter().map(|mail| mail["lang"].as_str().expect("a language")).collect();
        assert_eq!(langs, ["en", "sv", "es"], "{kind}");
        for mail in row {
            assert_eq!(mail["kind"], kind.word());
            assert!(mail["plain"].as_str().expect("text").contains("Nordkyl AB"), "{mail}");
            assert!(mail["html"].as_str().expect("HTML").starts_with("<!DOCTYPE html>"), "{mail}");
        }
    }
    let text = world.run("mail preview order_done --lang sv").well().out;
    assert!(text.starts_with("order_done, sv\nSubject: Ärende NK-FRO-0142 klart: "), "{text}");
    assert!(
        text.contains("/g/nordkyl/orders/NK-FRO-0142\n") && text.contains("/g/nordkyl/mail/off/EXAMPLE\n"),
        "{text}"
    );
    let three = world.run("mail preview invite").well().out;
    assert_eq!(three.matches("Subject: ").count(), 3);
    let html = world.run("mail preview invite --html --lang es").well().out;
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<html lang=\"es\">"), "{html}");
    assert_eq!(world.run("mail preview invite --html").well().out.matches("<html").count(), 1);
    world.run("mail preview --html").fails(2, "KIND");
    world.run("mail preview invitation").fails(2, "'invitation' is not a kind of mail");
    assert_eq!(world.run("mail list --json").well().json().as_array().map(Vec::len), Some(0), "nothing is queued");
}

/// Four mails: to eva in every state but sent, and to bo waiting.
fn four() -> World {
    let world = World::nordkyl();
    let config = std::fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    world.file("off.toml", format!("{config}\n[mail]\ntransport = \"off\"\n"));
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    for to in ["eva@brf.example", "eva@brf.example", "bo@brf.example"] {
        world.run(&format!("mail test {to} --config off.toml")).fails(69, "switched off");
        world.clock.advance(3_600);
    }
    world.run("user create eva@brf.example --customer 1042 --name Eva").well();
    world.run("mail cancel 1 --yes").well();
    world
}

fn ids(world: &World, flags: &str) -> String {
    world.run(&format!("mail list -o id {flags}")).well().out.replace('\n', " ")
}

#[test]
fn mails_are_listed_by_what_is_known_of_them() {
    let world = four();
    for (flags, wanted) in [
        ("", "4 3 2 1 "),
        ("--state cancelled", "1 "),
        ("--kind invite", "4 "),
        ("--to eva@brf.example", "4 2 1 "),
        ("--to eva@brf.example --kind test --state queued", "2 "),
        ("--older-than 2h", "2 1 "),
        ("--older-than 121m", "1 "),
        ("--older-than 1d", ""),
        ("--where attempts=0 --sort id --limit 2", "1 2 "),
    ] {
        assert_eq!(ids(&world, flags), wanted, "{flags}");
    }
    world.run("mail list --order NK-1").fails(3, "order 'NK-1' does not exist");
    world.run("order create --customer 1042 --title Leaks").well();
    let order = world.run("order list -o id").well().out;
    assert_eq!(ids(&world, &format!("--order {order}")), "");
    world.run("mail list --older-than 2y").fails(2, "'2y' is not a length of time such as 15m, 2h, 3d or 1w");
    let row = &world.run("mail list --json --limit 1").well().json()[0];
    for field in ["state", "kind", "to", "attempts", "next_at", "answer"] {
        assert!(row.get(field).is_some(), "{field} is not in {row}");
    }
}

#[test]
fn mails_are_changed_by_their_numbers_or_by_a_filter_and_never_all_by_mistake() {
    let world = four();
    for verb in ["retry", "cancel", "drop"] {
        world.run(&format!("mail {verb} --yes")).fails(2, "required");
        world.run(&format!("mail {verb} 1 --all --yes")).fails(2, "cannot be used with");
        world.run(&format!("mail {verb} --where state=queued --all --yes")).fails(2, "cannot be used with");
        world.run(&format!("mail {verb} --where state --yes")).fails(2, "'state' is not FIELD=VALUE");
        world.run(&format!("mail {verb} --where stat=dead --yes")).fails(2, "did you mean state?");
        world.run(&format!("mail {verb} --where state=lost --yes")).fails(2, "lost");
        world.run(&format!("mail {verb} --where to=a@b.se --where to=c@b.se --yes")).fails(2, "is given twice");
    }
    world.run("mail cancel --all").fails(2, "needs to be confirmed");
    let asked =
        world.run_in(&["mail", "cancel", "--where", "to=eva@brf.example"], "n\n", |io| io.stdin_is_terminal = true);
    assert!(asked.fails(1, "not confirmed").err.starts_with("Take 2 mails back? [y/N] "));
    let said = world.run("mail cancel --where to=eva@brf.example --where kind=test --yes --json").well().json();
    let facts = (&said["action"], &said["changed"], &said["matched"], &said["mails"]);
    assert_eq!(facts, (&"updated".into(), &true.into(), &1.into(), &1.into()), "{said}");
    assert_eq!(ids(&world, "--state cancelled"), "2 1 ");
    let again = world.run("mail cancel --where to=eva@brf.example --where kind=test --yes --json").well().json();
    assert_eq!((&again["action"], &again["matched"]), (&"unchanged".into(), &0.into()));

    // What was never tried leaves at its own time, unless it is named.
    let said = world.run("mail retry --where kind=invite --yes --json").well().json();
    assert_eq!((&said["changed"], &said["matched"]), (&false.into(), &0.into()));

    // Several numbers: all of them, or none.
    world.run("mail cancel 3 99 --yes").fails(3, "mail '99' does not exist");
    assert_eq!(ids(&world, "--state queued"), "4 3 ");
    assert!(world.run("mail cancel 3 4 3 --yes").well().err.starts_with("updated 2 mails: cancelled"));

    // What was taken back comes back only by number or when that state is named.
    world.run("mail retry --all --yes").well();
    assert_eq!(ids(&world, "--state queued"), "");
    assert!(
        world.run("mail retry --where state=cancelled --where kind=test --yes").well().err.contains("3 mails: due now")
    );
    assert_eq!(ids(&world, "--state queued"), "3 2 1 ");
}

#[test]
fn what_is_over_is_dropped_with_a_line_in_the_audit_for_each() {
    let world = four();
    world
        .run("mail drop 2 --yes")
        .fails(4, "mail 2 still waits")
        .fails(4, "take it back first: frontdesk mail cancel 2");
    world.run("mail drop 1").fails(2, "needs to be confirmed");
    assert!(world.run("mail drop 1 --yes").well().err.starts_with("deleted mail 1 to eva@brf.example: is forgotten"));
    world.run("mail drop 1 --yes").fails(3, "mail '1' does not exist");
    assert!(world.run("mail drop 1 --missing-ok").well().err.starts_with("unchanged mail 1: there is none"));
    world.run("mail cancel 2 3 --yes").well();
    let rehearsed = world.run("mail drop --all --dry-run").well();
    assert!(rehearsed.err.starts_with("dry run, nothing was changed: deleted 2 mails: forgotten"), "{rehearsed:?}");
    let said = world.run("mail drop --all --yes --json").well().json();
    assert_eq!((&said["action"], &said["matched"], &said["mails"]), (&"deleted".into(), &2.into(), &2.into()));
    assert_eq!(ids(&world, ""), "4 ");
    let audit = world.run("audit list --json --where action=mail.dropped").well().json();
    let subjects: Vec<_> = audit.as_array().expect("a list").iter().map(|line| line["subject"].clone()).collect();
    assert_eq!(subjects.len(), 3, "{audit}");
    assert!(subjects.contains(&"test to bo@brf.example".into()), "{audit}");
}

#[test]
fn a_mail_that_its_reader_may_not_have_any_more_says_why() {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("contact add --customer 1042 --name Per --email per@brf.example --role Board").well();
    world.run("order create --customer 1042 --title Fan").well();
    let tell = || {
        world.run("role set Board --tick comment").well();
        world.run("order comment NK-BRF-0001 Hej").well();
    };
    let fate = || {
        world.clock.advance(180);
        world.run("mail send").well();
        let mail = &world.run("mail list --limit 1 --json").json()[0];
        (mail["state"].as_str().unwrap_or("").to_owned(), mail["answer"].as_str().unwrap_or("").to_owned())
    };
    tell();
    assert_eq!(fate().0, "sent");
    tell();
    world.run("role set Board --untick comment").well();
    let why = "its reader may not be told any more: not assigned to them, and no role of theirs ticks it";
    assert_eq!(fate(), ("cancelled".to_owned(), why.to_owned()));
    tell();
    world.run("contact set per@brf.example --email per.ek@brf.example").well();
    let why = "its reader may not be told any more: gone, or at another address";
    assert_eq!(fate(), ("cancelled".to_owned(), why.to_owned()));
}
