//! Messages in the shapes in which mail programs write them: what became of each.

use super::office::{Office, State};

/// The sender of most messages.
const EVA: &str = "eva@brf.example";

/// Answers: the file, the comment, the files below it, and what was not taken.
const TAKEN: &[(&str, &str, &[&str], &str)] = &[
    (
        "gmail",
        "Hello,\n\nThursday at nine suits us. Nils opens the door to the machine room, and he has the key to Hus A as \
         well.\n\nEva",
        &[],
        "",
    ),
    ("html_only", "Hej,\n\nTorsdag är bra & Nils öppnar.\n- Hus A\n- Hus B", &[], ""),
    ("apple_mail", "Det går bra. Vi ses då.", &[], ""),
    ("iphone", "Here is a photo of the leak.", &["IMG_0412.jpg"], ""),
    (
        "outlook_en",
        "Dear Ola,\n\nThe room is open from eight.\n\nKind regards\nEva Lind\n[cid:image001.png@01DC5B6F]",
        &[],
        "",
    ),
    ("outlook_sv", "Hej!\n\nDörren är öppen från åtta.\n\nVänliga hälsningar\nEva", &[], ""),
    ("outlook_html", "Hej!\n\nDörren är öppen.\n\nMvh\nEva", &[], ""),
    ("outlook_ios", "Ja, torsdag går bra.", &[], ""),
    ("thunderbird", "Ja, men gärna lite senare, för vaktmästaren kommer först halv tio den dagen.\n\nNils.", &[], ""),
    ("yahoo", "Yes, that works.", &[], ""),
    ("base64", "Sí, el jueves a las nueve está bien. ¿Traen ustedes la junta?", &[], ""),
    (
        "quoted_printable",
        "Temperaturen i kylrum 2 steg till +9 °C i natt, och larmet gick två gånger. 100% = allt\nStäng inte av det!",
        &[],
        "",
    ),
    ("latin1", "Åk förbi så fort ni kan, ¿vale?", &[], ""),
    ("windows1252", "It costs “about” 450 € – fine…", &[], ""),
    ("bom", "Bägge dörrarna är låsta.", &[], ""),
    (
        "flowed",
        "The compressor started again by itself this morning, and since then the pressure has been steady, so there is \
         no hurry any more.",
        &[],
        "",
    ),
    ("forward", "See the mail from the electrician below.", &[], "Invoice 4711.eml (files of this type are not taken)"),
    (
        "two_files",
        "Two drawings.",
        &["plan.pdf"],
        "setup.exe (files of this type are not taken), fake.pdf (it is not what its name says)",
    ),
    ("path_in_name", "Here.", &["plan.pdf", "two.pdf"], ""),
    ("signed", "Signed and fine.", &[], ""),
    ("injection", "Line one\nBcc: everybody@x.example\n[2Jcleared!", &[], ""),
    ("huge_head", "Still fine.", &[], ""),
];

/// Nobody needs these.
const DROPPED: &[(&str, &str)] = &[
    ("away_exchange", "an automatic answer"),
    ("away_gmail", "an automatic answer"),
    ("away_old", "an automatic answer"),
    ("read_receipt", "a report of a mail program"),
    ("list", "a mailing list"),
    ("loop", "one of our own mails came back"),
    ("loop_resent", "one of our own mails came back"),
    ("bounce_unknown", "a mail came back that is none of ours"),
    ("delayed", "a report that a mail is late"),
];

/// Nothing went to somebody who wrote; what the company itself is told goes to its own address.
#[track_caller]
fn nobody_is_answered(name: &str, state: &State) {
    for [kind, to] in &state.outbox {
        assert_ne!(to, EVA, "{name}: {kind} went to the sender");
        assert!(!to.starts_with("everybody@"), "{name}: {kind} went to {to}");
        assert!(kind != "doubtful" || to == "service@nordkyl.example", "{name}: {kind} went to {to}");
    }
}

#[test]
fn answers_become_comments_word_for_word() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    for (name, text, files, missed) in TAKEN {
        office.send_all();
        let (said, state) = office.deliver_file(name, &[("reply", &reply)]);
        let comment = ["NK-FRO-0001", "Eva Lind", "customer", text].map(str::to_owned);
        assert_eq!(state.comments, [comment], "{name}: {said:?}");
        let documents: Vec<_> = files.iter().map(|file| [*file, "Eva Lind", "below"].map(str::to_owned)).collect();
        assert_eq!(state.documents, documents, "{name}");
        assert_eq!(state.received.len(), 1, "{name}");
        let [outcome, why, kept] = &state.received[0];
        assert_eq!(outcome, "taken", "{name}: {why}");
        nobody_is_answered(name, &state);
        let told: Vec<_> = state.outbox.iter().filter(|[kind, _]| kind == "doubtful").collect();
        if missed.is_empty() {
            assert_eq!((why.as_str(), kept.as_str(), told.len()), ("", "", 0), "{name}");
        } else {
            assert!(why.contains(missed), "{name}: {why}");
            assert_eq!(told, [&["doubtful", "service@nordkyl.example"].map(str::to_owned)], "{name}");
            assert!(!office.kept(kept).is_empty(), "{name}");
        }
        assert!(state.outbox.iter().any(|[_, to]| to == "rita@nordkyl.example"), "{name}: nobody heard of it");
        assert!(said.err.starts_with("received mail from eva@brf.example: taken, on order NK-FRO-0001"), "{said:?}");
    }
    // Everything that was taken says that it came by mail, in the name of whoever wrote it.
    let lines = office.world.run("audit list --action order.commented --json --limit 1000").well().json();
    let lines = lines.as_array().expect("lines");
    assert_eq!(lines.len(), TAKEN.len());
    assert!(lines.iter().all(|line| line["via"] == "mail" && line["actor"] == EVA), "{lines:?}");
}

#[test]
fn machines_are_not_listened_to() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    for (name, why) in DROPPED {
        let (said, state) = office.deliver_file(name, &[("reply", &reply), ("mark", "0123456789abcdef")]);
        nobody_is_answered(name, &state);
        let expected = State { received: state.received.clone(), ..State::default() };
        assert_eq!(state, expected, "{name}: {said:?}");
        assert_eq!(state.received.len(), 1, "{name}");
        assert!(state.received[0][0] == "dropped" && state.received[0][1].contains(why), "{name}: {state:?}");
        assert_eq!(state.received[0][2], "", "{name} is kept");
    }
}

#[test]
fn a_mail_that_came_back_marks_its_address_and_is_dead() {
    let office = Office::new();
    for (name, email, words) in [
        (
            "bounce_postfix",
            "lone@brf.example",
            "550 5.1.1 <lone@brf.example>: Recipient address rejected: User unknown",
        ),
        ("bounce_exchange", "per@brf.example", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
    ] {
        let mark = office.mark_for(email);
        let (said, state) = office.deliver_file(name, &[("mark", &mark)]);
        assert!(state.comments.is_empty() && state.outbox.is_empty(), "{name}: {state:?}");
        assert_eq!(state.received[0][0], "bounce", "{name}: {said:?}");
        let bounces = office.world.run("mail bounce list --json").well().json();
        let bounce = bounces.as_array().expect("rows").iter().find(|row| row["email"] == email).expect(name).clone();
        assert!(bounce["why"].as_str().expect("words").starts_with(words), "{name}: {bounce}");
        let mails = office.world.run("mail list --json").well().json();
        assert_eq!(mails[0]["state"], "dead", "{name}: {mails}");
        assert!(mails[0]["answer"].as_str().expect("words").starts_with(words), "{name}: {mails}");
    }
    let said = office.world.run("mail bounce clear lone@brf.example").well();
    assert_eq!(said.err, "deleted bounce lone@brf.example\n");
    office.world.run("mail bounce clear lone@brf.example").fails(3, "bounce 'lone@brf.example' does not exist");
    assert_eq!(office.world.run("mail bounce list -o id").well().out, "per@brf.example\n");
}

#[test]
fn files_without_a_word_stand_on_the_order_by_themselves() {
    let office = Office::new();
    let (_, state) = office.deliver_file("files_alone", &[("reply", &office.reply(EVA, "NK-FRO-0001"))]);
    assert!(state.comments.is_empty(), "{state:?}");
    assert_eq!(state.documents, [["ritning å.pdf", "Eva Lind", "alone"].map(str::to_owned)]);
    assert_eq!(state.received[0][0], "taken");
    assert!(state.outbox.iter().any(|[_, to]| to == "rita@nordkyl.example"), "{state:?}");
}

#[test]
fn a_subject_cannot_write_heads_or_act_on_a_terminal() {
    let office = Office::new();
    office.deliver_file("injection", &[("reply", "reply+c1.1.g1.aaaaaaaaaaaaaaaa@portal.test")]);
    let list = office.world.run("mail received list --json").well().json();
    assert_eq!(list[0]["subject"], "Hello Bcc: everybody@x.example body");
    for letter in office.world.letters() {
        assert!(!letter.to.contains("everybody"), "{letter:?}");
        let head = letter.everything.split("\r\n\r\n").next().expect("a head");
        assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
    }
}

#[test]
fn what_makes_no_sense_is_put_before_the_company() {
    let office = Office::new();
    for (name, why) in
        [("garbage", "it was not sent to an address that answers one of our mails"), ("empty", "it says nothing")]
    {
        let (_, state) = office.deliver_file(name, &[("reply", &office.reply(EVA, "NK-FRO-0001"))]);
        assert!(state.comments.is_empty() && state.documents.is_empty(), "{name}: {state:?}");
        assert_eq!(state.outbox, [["doubtful", "service@nordkyl.example"].map(str::to_owned)], "{name}");
        let [outcome, said, kept] = &state.received[0];
        assert!(outcome == "doubtful" && said.contains(why), "{name}: {said}");
        assert!(!office.kept(kept).is_empty(), "{name}");
    }
}
