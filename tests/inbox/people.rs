//! Who may answer by mail: whoever was written to, as long as they may do the same in the portal.

use super::office::{Office, State, filled};

/// Delivers a plain answer of somebody to an address.
#[track_caller]
fn plain(office: &Office, from: &str, reply: &str, id: &str) -> State {
    office.send_all();
    let (_, state) = office.deliver_file("plain", &[("from", from), ("reply", reply), ("id", id)]);
    for [kind, to] in &state.outbox {
        assert_ne!(to, from, "{id}: {kind} went to the sender");
    }
    state
}

/// It was put before the company, with the reason, and nothing else happened.
#[track_caller]
fn is_doubtful(state: &State, why: &str) {
    assert!(state.comments.is_empty() && state.documents.is_empty(), "{state:?}");
    assert_eq!(state.outbox, [["doubtful", "service@nordkyl.example"].map(str::to_owned)], "{why}: {state:?}");
    assert!(state.received[0][0] == "doubtful" && state.received[0][1].contains(why), "{why}: {state:?}");
}

#[track_caller]
fn is_taken(state: &State, author: &str, side: &str) {
    assert_eq!(state.received[0][0], "taken", "{state:?}");
    let [_, by, of, text] = &state.comments[0];
    assert_eq!((by.as_str(), of.as_str(), text.as_str()), (author, side, "Yes."));
}

#[test]
fn an_account_a_contact_without_one_and_staff_can_answer() {
    let office = Office::new();
    let order = "NK-FRO-0001";
    let state = plain(&office, "eva@brf.example", &office.reply("eva@brf.example", order), "1");
    is_taken(&state, "Eva Lind", "customer");
    let state = plain(&office, "EVA@BRF.example", &office.reply("eva@brf.example", order).to_uppercase(), "2");
    is_taken(&state, "Eva Lind", "customer");
    let state = plain(&office, "per@brf.example", &office.reply("per@brf.example", order), "3");
    is_taken(&state, "Per Ek", "customer");
    let told = state.outbox.iter().find(|[_, to]| to == "rita@nordkyl.example");
    assert!(told.is_some(), "{state:?}");
    let state = plain(&office, "rita@nordkyl.example", &office.reply("rita", order), "4");
    is_taken(&state, "Rita Ek", "staff");
    assert!(state.outbox.iter().any(|[_, to]| to == "per@brf.example"), "the customer does not hear: {state:?}");
    let audit = office.world.run("audit list --action order.commented --json").well().json();
    let actors: Vec<_> = audit.as_array().expect("lines").iter().map(|line| line["actor"].as_str()).collect();
    assert_eq!(actors, [Some("rita"), Some("postman"), Some("eva@brf.example"), Some("eva@brf.example")]);
}

#[test]
fn a_contact_without_an_account_can_send_files() {
    let office = Office::new();
    let reply = office.reply("per@brf.example", "NK-FRO-0001");
    let message = String::from_utf8(filled("two_files", &[("reply", &reply)])).expect("text");
    let (_, state) = office.deliver(message.replace("eva@brf.example", "per@brf.example").as_bytes(), "");
    assert_eq!(state.comments[0][1], "Per Ek");
    assert_eq!(state.documents, [["plan.pdf", "Per Ek", "below"].map(str::to_owned)]);
    assert!(state.outbox.iter().all(|[_, to]| to != "per@brf.example"), "{state:?}");
}

#[test]
fn the_address_and_the_sender_must_agree() {
    let office = Office::new();
    let order = "NK-FRO-0001";
    let eva = office.reply("eva@brf.example", order);
    let another = "it comes from another address than the mail that it answers was sent to";
    let none = "the address that it was sent to is none that we gave to anybody";
    is_doubtful(&plain(&office, "mallory@evil.example", &eva, "forged"), another);
    is_doubtful(&plain(&office, "per@brf.example", &eva, "colleague"), another);
    is_doubtful(&plain(&office, "rita@nordkyl.example", &eva, "staff"), another);
    let rita = office.reply("rita", order);
    is_doubtful(&plain(&office, "eva@brf.example", &rita, "as-staff"), another);
    let (head, rest) = eva.split_once("@").expect("an address");
    let wrong = format!("{}{}@{rest}", &head[..head.len() - 1], if head.ends_with('a') { 'b' } else { 'a' });
    is_doubtful(&plain(&office, "eva@brf.example", &wrong, "wrong-code"), none);
    // The code of one order on another, and of one person on another.
    let second = office.reply("eva@brf.example", "NK-FRO-0002");
    let code = |address: &str| {
        address.split('@').next().and_then(|local| local.rsplit('.').next()).expect("a code").to_owned()
    };
    is_doubtful(&plain(&office, "eva@brf.example", &eva.replace(&code(&eva), &code(&second)), "other-order"), none);
    let per = office.reply("per@brf.example", order);
    is_doubtful(&plain(&office, "eva@brf.example", &eva.replace(&code(&eva), &code(&per)), "other-person"), none);
    let unknown = "it was not sent to an address that answers one of our mails";
    is_doubtful(&plain(&office, "eva@brf.example", "reply@portal.test", "bare"), unknown);
    // Of a group that is not there.
    is_doubtful(&plain(&office, "eva@brf.example", &eva.replace(".g1.", ".g7."), "other-group"), none);
    let two = filled("plain", &[("from", "eva@brf.example>, <per@brf.example"), ("reply", &eva), ("id", "two")]);
    is_doubtful(&office.deliver(&two, "").1, "it does not say from which one address it comes");
}

#[test]
fn what_may_not_be_done_in_the_portal_may_not_be_done_by_mail() {
    let office = Office::new();
    let order = "NK-FRO-0001";
    let run = |line: &str| office.world.run(line).well();
    let view = office.reply("view@brf.example", order);
    is_doubtful(&plain(&office, "view@brf.example", &view, "1"), "does not have the permission 'comment.write'");
    // Ola reaches what is unattached, and no house.
    let ola = office.reply("ola@brf.example", order);
    is_doubtful(&plain(&office, "ola@brf.example", &ola, "2"), "does not exist");
    let there = office.reply("ola@brf.example", "NK-FRO-0002");
    is_taken(&plain(&office, "ola@brf.example", &there, "3"), "Ola Berg", "customer");
    let lone = office.reply("lone@brf.example", order);
    is_doubtful(&plain(&office, "lone@brf.example", &lone, "4"), "is not told of this order");
    let stig = office.reply("stig", order);
    is_doubtful(&plain(&office, "stig@nordkyl.example", &stig, "5"), "does not have the right 'orders'");
    // What was given is taken back: from that moment nothing is taken.
    let gone = office.reply("gone@brf.example", order);
    is_taken(&plain(&office, "gone@brf.example", &gone, "6"), "Gone", "customer");
    run("user disable gone@brf.example --yes");
    is_doubtful(&plain(&office, "gone@brf.example", &gone, "7"), "the account of the person who answers is disabled");
    let eva = office.reply("eva@brf.example", order);
    run("user grant eva@brf.example --until 2026-11-22");
    is_taken(&plain(&office, "eva@brf.example", &eva, "8"), "Eva Lind", "customer");
    office.world.clock.advance(86_400);
    is_doubtful(&plain(&office, "eva@brf.example", &eva, "9"), "the access of the person who answers is over");
    let per = office.reply("per@brf.example", order);
    run("contact set per@brf.example --email per.ek@brf.example");
    is_doubtful(&plain(&office, "per@brf.example", &per, "10"), "another address");
    is_taken(&plain(&office, "per.ek@brf.example", &per, "11"), "Per Ek", "customer");
    let rita = office.reply("rita", order);
    run("staff disable rita --yes");
    is_doubtful(&plain(&office, "rita@nordkyl.example", &rita, "12"), "the member of staff who answers is disabled");
    let frost = office.reply("frost@frost.example", "NK-FST-0001");
    run("customer close 1043");
    is_doubtful(&plain(&office, "frost@frost.example", &frost, "13"), "the customer is closed");
    // A contact of one customer on an order of another.
    let foreign = office.reply("per.ek@brf.example", "NK-FST-0001");
    is_doubtful(&plain(&office, "per.ek@brf.example", &foreign, "14"), "no such person or order");
}

#[test]
fn a_contact_without_an_account_is_told_by_role_and_place() {
    let office = Office::new();
    let reply = office.reply("lone@brf.example", "NK-FRO-0001");
    let change = |sql: &str| {
        let path = office.world.path().join("frontdesk-data/frontdesk.db");
        let db = rusqlite::Connection::open(path).expect("a database");
        assert_eq!(db.execute(sql, []).expect(sql), 1, "{sql}");
    };
    is_doubtful(&plain(&office, "lone@brf.example", &reply, "1"), "is not told of this order");
    change("INSERT INTO roles (group_id, name) VALUES (1, 'Caretaker')");
    change(
        "INSERT INTO contact_roles (group_id, customer_id, contact_id, role_id)
         SELECT k.group_id, k.customer_id, k.id, r.id FROM contacts k JOIN roles r ON r.name = 'Caretaker'
          WHERE k.email = 'lone@brf.example'",
    );
    is_taken(&plain(&office, "lone@brf.example", &reply, "2"), "Lone", "customer");
    change(
        "INSERT INTO contact_facilities (group_id, customer_id, contact_id, facility_id)
         SELECT k.group_id, k.customer_id, k.id, f.id FROM contacts k JOIN facilities f ON f.number = 'hus-b'
          WHERE k.email = 'lone@brf.example'",
    );
    is_doubtful(&plain(&office, "lone@brf.example", &reply, "3"), "is not told of this order");
    change("UPDATE contact_facilities SET facility_id = (SELECT id FROM facilities WHERE number = 'hus-a')");
    is_taken(&plain(&office, "lone@brf.example", &reply, "4"), "Lone", "customer");
}

#[test]
fn files_need_their_own_permission() {
    let office = Office::new();
    let reply = office.reply("std@brf.example", "NK-FRO-0001");
    let message = String::from_utf8(filled("two_files", &[("reply", &reply)])).expect("text");
    let (_, state) = office.deliver(message.replace("eva@brf.example", "std@brf.example").as_bytes(), "");
    assert_eq!((state.comments.len(), state.documents.len()), (1, 0), "{state:?}");
    assert!(state.received[0][1].contains("plan.pdf (the person may not send files)"), "{state:?}");
    assert!(state.outbox.contains(&["doubtful", "service@nordkyl.example"].map(str::to_owned)), "{state:?}");
}

#[test]
fn a_group_without_an_address_finds_it_in_the_list() {
    let office = Office::without_address();
    let (_, state) =
        office.deliver_file("plain", &[("from", "x@y.example"), ("reply", "reply@portal.test"), ("id", "1")]);
    assert!(state.outbox.is_empty() && state.received[0][0] == "doubtful", "{state:?}");
    let list = office.world.run("mail received list --outcome doubtful --json").well().json();
    let name = list[0]["kept"].as_str().expect("a name").to_owned();
    assert_eq!(list[0]["sender"], "x@y.example");
    let card = office.world.run(&format!("mail received show {name} --json")).well().json();
    assert_eq!(card["subject"], "Re: NK-FRO-0001: Leaks oil");
    let raw = office.world.run(&format!("mail received show {name} --raw")).well().out;
    assert_eq!(raw.as_bytes(), office.kept(&name));
    let by_number = office.world.run("mail received show 1 --json").well().json();
    assert_eq!(by_number, office.world.run("mail received show id:1 --json").well().json());
    office.world.run("mail received show 999").fails(3, "received mail 'id:999' does not exist");
    office.world.run("mail received show nothing").fails(3, "received mail 'nothing' does not exist");
}
