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
