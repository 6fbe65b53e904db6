//! A new order: what is offered, what is taken, what is refused with nothing lost, and what is made of it.

mod twin;

use std::collections::BTreeMap;

use frontdesk::objects::{self, ObjectCard};
use frontdesk::text::Line;
use frontdesk::{customers, facilities};

use crate::support::{Answer, PASSWORD, Visitor, World, number};

const EVA: &str = "eva@brf.example";
const NEW: &str = "/orders/new";
const JPG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF a photograph";

/// Brf Fröjden with KYL-02 in hus-b and a loose one, and Eva with some permissions and some scope.
fn town(grant: &str) -> (World, Visitor) {
    let world = World::nordkyl_with_customers();
    world.run("group set nordkyl --reply-to service@nordkyl.example").well();
    for line in [
        "object add KYL-01 --customer 1042 --name 'Compressor 1' --facility hus-a",
        "object add KYL-02 --customer 1042 --name 'Compressor 2' --facility hus-b",
        "object add AV-01 --customer 1042 --name 'Dehumidifier'",
        "object add OLD-1 --customer 1042 --name 'Old fan' --facility hus-a",
        "object retire OLD-1",
    ] {
        world.run(line).well();
    }
    world.user("nordkyl", EVA, &format!("--customer 1042 {grant}"));
    world.fetch();
    let eva = world.signed_in("nordkyl", EVA, PASSWORD);
    (world, eva)
}

const FULL: &str = "--template full --all-facilities --unattached";

/// The mark in the form of a page.
fn mark(page: &Answer) -> String {
    let (_, after) = page.text().split_once("name=\"once\" value=\"").expect("a mark");
    after.split('"').next().expect("a mark").to_owned()
}

/// The number of the order that an answer leads to.
#[track_caller]
fn made(answer: &Answer) -> String {
    let rest = answer.leads().strip_prefix("/g/nordkyl/orders/").expect("an order");
    rest.strip_suffix("/sent").expect("its receipt").to_owned()
}

/// What a list chooses: the value of its selected option.
fn chosen(page: &Answer, name: &str) -> String {
    let (_, list) = page.text().split_once(&format!("<select id=\"{name}\"")).expect("a list");
    let list = list.split("</select>").next().expect("its end");
    let (before, _) = list.split_once("\" selected").expect("a choice");
    before.rsplit('"').next().expect("a value").to_owned()
}

/// The fields of an order in the company's eyes, without those that differ in any case.
fn facts(world: &World, order: &str) -> BTreeMap<String, serde_json::Value> {
    let mut shown = world.run(&format!("order show {order} --json")).well().json();
    let all = shown.as_object_mut().expect("a record");
    for own in ["order_no", "history", "comments", "notes"] {
        all.remove(own);
    }
    all.clone().into_iter().collect()
}

#[test]
fn what_is_typed_becomes_an_order_its_receipt_and_its_mails() {
    let (world, mut eva) = town(FULL);
    eva.get("/orders").has_status(200).says("href=\"/g/nordkyl/orders/new\"");
    let form = eva.get(NEW);
    form.has_status(200).says("also call +46 8 555 123 00 at once").says("<optgroup label=\"Hus B\"").hides("OLD-1");
    let emergency = form.text().split("Emergency: also call").next().and_then(|text| text.rsplit("value=\"").next());
    let emergency = emergency.and_then(|text| text.split('"').next()).expect("a priority").to_owned();
    let fields = [
        ("what", "Water on the floor"),
        ("facility", "hus-a"),
        ("object", "KYL-02"),
        ("details", "A centimetre.\r\nI closed the valve."),
        ("urgency", emergency.as_str()),
        ("site_contact", "Nils, caretaker"),
        ("site_phone", "070 555 12 34"),
        ("reference", "Board 12"),
        ("once", &mark(&form)),
    ];
    let files: &[(&str, &str, &[u8])] = &[("files", "leak.jpg", JPG), ("files", "", b"")];
    let answer = eva.post_files(NEW, &fields, files);
    let order = made(&answer);
    assert_eq!(order, "NK-FRO-0001");
    let receipt = eva.get(answer.leads());
    receipt.has_status(200).says("NK-FRO-0001").says("Call now").says("tel:+46855512300").says(EVA);
    assert_eq!(eva.get(answer.leads()).status, 200, "it can be loaded again");
    let page = eva.get(&format!("/orders/{order}"));
    page.has_status(200).says("Water on the floor").says("I closed the valve.").says("Hus B").says("KYL-02");
    page.says("Nils, caretaker, 070 555 12 34").says("Board 12").says("Emergency");
    assert_eq!(world.rows()["documents"].len(), 1);

    let letters = world.fetch();
    let to = |address: &str| {
        let mut found = letters.iter().filter(|letter| letter.to.contains(address));
        let letter = found.next().unwrap_or_else(|| panic!("no mail to {address} in {letters:?}"));
        assert!(found.next().is_none(), "two mails to {address}: {letters:?}");
        letter
    };
    let staff = to("service@nordkyl.example");
    assert_eq!(staff.subject, "EMERGENCY: New order NK-FRO-0001: Water on the floor");
    for fact in [
        "Pat Lind at Brf Fröjden",
        "> I closed the valve.",
        "Facility: Hus B",
        "Object: KYL-02 Compressor 2",
        "Priority: Emergency",
        "Contact on site: Nils, caretaker, 070 555 12 34",
        "Reference: Board 12",
    ] {
        assert!(staff.text.contains(fact), "{fact}: {}", staff.text);
    }
    let receipt = to(EVA);
    assert_eq!(receipt.subject, "Order NK-FRO-0001 received: Water on the floor");
    assert!(receipt.text.replace('\n', " ").contains("call us now on +46 8 555 123 00"), "{}", receipt.text);
    assert!(receipt.text.contains("/g/nordkyl/orders/NK-FRO-0001"), "{}", receipt.text);
}

#[test]
fn what_cannot_be_taken_is_said_and_nothing_typed_is_lost() {
    let (world, mut eva) = town(FULL);
    let before = world.business();
    let form = eva.get(NEW);
    let normal = form.text().split("\" checked").next().and_then(|text| text.rsplit('"').next()).expect("a priority");
    let long = "x".repeat(201);
    let fields = [
        ("what", "  "),
        ("facility", "hus-b"),
        ("object", "KYL-01"),
        ("details", "Since <b>Monday</b>.\r\nAll day."),
        ("urgency", normal),
        ("site_contact", "Nils \"N\" Ek"),
        ("site_phone", "070"),
        ("reference", long.as_str()),
        ("once", &mark(&form)),
    ];
    let again = eva.post(NEW, &fields);
    again.has_status(422).says("<title>Error: ").says("Write in a few words what it is about.");
    again.says("Shorten it to 200 characters").says(">Since &lt;b&gt;Monday&lt;/b&gt;.\r\nAll day.</textarea>");
    again.says("value=\"Nils &quot;N&quot; Ek\"").says("value=\"070\"").says(&format!("value=\"{long}\""));
    again.says("id=\"problems\"").says("autofocus").says("href=\"#what\"").says("href=\"#reference\"");
    assert_eq!(chosen(&again, "object"), "KYL-01");
    assert_eq!(chosen(&again, "facility"), "hus-a", "the object brings its facility");

    let odd = |name: &'static str, value: &str, says: &str, visitor: &mut Visitor| {
        let mut fields = vec![("what", "Leak"), ("facility", "hus-a")];
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
        visitor.post(NEW, &fields).has_status(422).says(says).says(&format!("href=\"#{name}\""));
    };
    odd("facility", "", "Choose the facility it is about.", &mut eva);
    odd("facility", "hall", "There is no facility “hall”", &mut eva);
    odd("facility", "hus-x", "There is no facility “hus-x”", &mut eva);
    odd("object", "KYL-99", "There is no object “KYL-99”", &mut eva);
    odd("object", "OLD-1", "There is no object “OLD-1”", &mut eva);
    odd("object", "a b", "There is no object “a b”", &mut eva);
    odd("urgency", "9999", "Choose how urgent it is.", &mut eva);
    odd("what", "a\u{202e}b", "a character that cannot be saved", &mut eva);
    odd("details", &"y".repeat(10_001), "Shorten it to 10,000 characters", &mut eva);
    odd("site_phone", "0\u{7}", "a character that cannot be saved", &mut eva);
    let both = [("what", "a b ".repeat(2_000)), ("details", "c d ".repeat(2_000)), ("facility", "hus-a".into())];
    let both: Vec<_> = both.iter().map(|(name, value)| (*name, value.as_str())).collect();
    eva.post(NEW, &both).has_status(422).says("href=\"#details\"");
    assert_eq!(world.business(), before);
    assert!(world.fetch().is_empty());
}

#[test]
fn refused_files_are_named_and_the_good_ones_are_asked_for_again() {
    let (world, mut eva) = town(FULL);
    let form = eva.get(NEW);
    let mark = mark(&form);
    let fields = [("what", "Leak <i>"), ("facility", "hus-a"), ("details", "It drips."), ("once", mark.as_str())];
    let files: &[(&str, &str, &[u8])] =
        &[("files", "good.jpg", JPG), ("files", "fake.jpg", b"no picture"), ("files", "x.exe", b"MZ")];
    let again = eva.post_files(NEW, &fields, files);
    again
        .has_status(422)
        .says("“fake.jpg” is not what its ending says")
        .says("“x.exe” is of a kind that cannot be received");
    again.says("Choose the files again").says(">Leak &lt;i&gt;</textarea>").says(">It drips.</textarea>");
    assert_eq!(chosen(&again, "facility"), "hus-a");
    let empty: &[(&str, &str, &[u8])] = &[("files", "good.jpg", JPG)];
    eva.post_files(NEW, &[("what", ""), ("facility", "hus-a")], empty).has_status(422).says("Choose the files again");
    assert!(world.rows()["orders"].is_empty() && world.rows()["documents"].is_empty());
    let stored = std::fs::read_dir(world.path().join("frontdesk-data/files")).expect("a folder");
    let stored = stored.filter(|entry| entry.as_ref().expect("an entry").path().is_dir());
    assert_eq!(
        stored
            .filter(|folder| std::fs::read_dir(folder.as_ref().expect("one").path()).expect("one").count() > 0)
            .count(),
        0
    );
    made(&eva.post_files(NEW, &fields, &files[..1]));
    assert_eq!(world.rows()["documents"].len(), 1);
}

#[test]
fn a_form_that_is_sent_twice_makes_one_order_even_at_the_same_moment() {
    let (world, mut eva) = town(FULL);
    let form = eva.get(NEW);
    let once = mark(&form);
    let fields = [("what", "Leak"), ("facility", "hus-a"), ("once", once.as_str())];
    let first = made(&eva.post(NEW, &fields));
    assert_eq!(made(&eva.post(NEW, &fields)), first);
    world.fetch();
    for round in 0..8 {
        let once = format!("round-{round}");
        let fields = [("what", "Leak"), ("facility", "hus-a"), ("once", once.as_str())];
        let start = std::sync::Barrier::new(4);
        let numbers: Vec<_> = std::thread::scope(|scope| {
            let send = || {
                let mut browser = eva.clone();
                let (start, fields) = (&start, &fields);
                scope.spawn(move || {
                    start.wait();
                    made(&browser.post(NEW, fields))
                })
            };
            let threads: Vec<_> = (0..4).map(|_| send()).collect();
            threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
        });
        assert!(numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");
    }
    assert_eq!(world.rows()["orders"].len(), 9);
    assert_eq!(world.fetch().len(), 16, "two mails for each order");
    // Another form is another order, whatever it says.
    assert_ne!(made(&eva.post(NEW, &[("what", "Leak"), ("facility", "hus-a")])), first);
    eva.post(NEW, &[("what", "Leak"), ("facility", "hus-a"), ("once", "no mark of ours!")]).has_status(400);
}

#[test]
fn only_what_is_in_reach_is_offered_and_taken() {
    let (world, mut eva) = town("--template full --facility hus-b");
    let form = eva.get(NEW);
    form.has_status(200)
        .says("KYL-02")
        .hides("KYL-01")
        .hides("AV-01")
        .hides("Hus A")
        .hides("No facility")
        .hides("Hall");
    assert_eq!(chosen(&form, "facility"), "hus-b", "the only one is chosen already");
    for (name, value) in [("object", "KYL-01"), ("object", "AV-01")] {
        let (there, gone) =
            (eva.post(NEW, &[("what", "Leak"), (name, value)]), eva.post(NEW, &[("what", "Leak"), (name, "NONE-1")]));
        let same = |answer: &Answer| answer.has_status(422).text().replace(&mark(answer), "").replace(value, "NONE-1");
        assert_eq!(same(&there), same(&gone), "{value}");
    }
    // Whatever is sent for the facility, there is only one.
    let order = made(&eva.post(NEW, &[("what", "Leak"), ("facility", "hus-a")]));
    assert_eq!(facts(&world, &order)["facility_no"], "hus-b");
    world.run("user grant eva@brf.example --customer 1042 --unattached --facility hus-a --facility hus-b").well();
    let form = eva.get("/orders/new?facility=hus-b");
    form.says("No facility").says("Without a facility").says("AV-01");
    assert_eq!(chosen(&form, "facility"), "hus-b");
    let form = eva.get("/orders/new?object=KYL-01");
    assert_eq!((chosen(&form, "object"), chosen(&form, "facility")), ("KYL-01".into(), "hus-a".into()));
    for odd in ["facility=hall", "facility=%00", "object=NONE", "object='", "facility=hus-b&object=KYL-01&x=y"] {
        eva.get(&format!("/orders/new?{odd}")).has_status(200);
    }
    let loose = made(&eva.post(NEW, &[("what", "Leak"), ("facility", "-")]));
    assert_eq!(facts(&world, &loose)["facility_no"], serde_json::Value::Null);
    let of_object = made(&eva.post(NEW, &[("what", "Leak"), ("facility", "hus-a"), ("object", "AV-01")]));
    assert_eq!(facts(&world, &of_object)["facility_no"], serde_json::Value::Null, "the object says where");
    world.run("facility close hus-b").well();
    eva.get(NEW).has_status(200).hides("Hus B").hides("KYL-02");
    eva.post(NEW, &[("what", "Leak"), ("facility", "hus-b")]).has_status(422).says("There is no facility “hus-b”");
    eva.post(NEW, &[("what", "Leak"), ("object", "KYL-02")]).has_status(422).says("There is no object “KYL-02”");
}

#[test]
fn somebody_who_may_only_report_faults_gets_the_receipt_and_no_list() {
    let (world, mut eva) = town("--grant order.create --grant document.upload --facility hus-a");
    let other = world.order("nordkyl", "1042", Some("hus-a"), "Of the company");
    assert_eq!(eva.get("/orders").leads(), "/g/nordkyl/orders/new");
    assert_eq!(eva.get("/").leads(), "/g/nordkyl/orders");
    let form = eva.get(NEW);
    form.has_status(200).hides("Of the company").hides("KYL-01").hides("All orders").says("name=\"files\"");
    let fields = [("what", "No light in the attic"), ("once", &mark(&form))];
    let sent = eva.post_files(NEW, &fields, &[("files", "attic.jpg", JPG)]);
    let order = made(&sent);
    let receipt = eva.get(sent.leads());
    receipt
        .has_status(200)
        .says(&order)
        .says("No light in the attic")
        .hides("Open the order")
        .says("If it cannot wait");
    assert_eq!(world.rows()["documents"].len(), 1);
    eva.get(&format!("/orders/{order}")).has_status(403);
    eva.get("/orders.csv").has_status(403);
    eva.post(&format!("/orders/{order}/comments"), &[("comment", "x")]).has_status(403);
    let unknown = eva.get("/orders/NK-FRO-9999/sent").has_status(404).clone();
    assert_eq!(eva.get(&format!("/orders/{other}/sent")), unknown);
    let letters = world.fetch();
    let mine = letters.iter().find(|letter| letter.to.contains(EVA)).expect("a receipt");
    assert!(mine.text.contains(&order) && !mine.text.contains("/orders/"), "{}", mine.text);
    // Somebody else's receipt is not theirs, however much they see.
    world.user("nordkyl", "ola@brf.example", &format!("--customer 1042 {FULL}"));
    let mut ola = world.signed_in("nordkyl", "ola@brf.example", PASSWORD);
    ola.get(&format!("/orders/{order}")).has_status(200);
    ola.get(sent.leads()).has_status(404);
}

#[test]
fn without_the_permission_a_place_or_a_served_customer_nothing_is_ordered() {
    let (world, mut eva) = town("--template viewer --all-facilities --unattached");
    eva.get("/orders").has_status(200).hides("/orders/new");
    eva.get(NEW).has_status(403);
    eva.post(NEW, &[("what", "Leak"), ("facility", "hus-a")]).has_status(403);
    world.user("nordkyl", "ute@brf.example", "--customer 1042 --grant order.view --grant order.create");
    let mut ute = world.signed_in("nordkyl", "ute@brf.example", PASSWORD);
    ute.get(NEW)
        .has_status(200)
        .says("There is no facility you can order for yet")
        .says("tel:+46855512300")
        .hides("<form method=\"post\" action=\"/g/nordkyl/orders/new\"");
    ute.post(NEW, &[("what", "Leak"), ("facility", "hus-a")]).has_status(422).says("There is no facility");
    ute.post(NEW, &[("what", "Leak"), ("facility", "-")]).has_status(422);
    world.user("nordkyl", "ola@brf.example", &format!("--customer 1042 {FULL}"));
    let mut ola = world.signed_in("nordkyl", "ola@brf.example", PASSWORD);
    ola.get(NEW).has_status(200);
    world.run("customer close 1042").well();
    for answer in [ola.get(NEW), ola.post(NEW, &[("what", "Leak"), ("facility", "hus-a")])] {
        assert_ne!(answer.status, 200, "{}", answer.text());
    }
    assert!(world.rows()["orders"].is_empty());
}

#[test]
fn with_more_machines_than_anybody_reads_the_number_is_typed() {
    let (world, mut eva) = town(FULL);
    world.at_desk("nordkyl", |tx| {
        let customer = customers::named(tx, &number("1042"))?;
        let place = facilities::of(tx, &customer, &number("hus-a"))?;
        for at in 0..200 {
            let card = ObjectCard::named(Line::parse("Fan coil")?);
            objects::add(tx, &customer, Some(&place), &number(&format!("FC-{at:03}")), &card)?;
        }
        Ok(())
    });
    let form = eva.get("/orders/new?object=FC-007");
    form.has_status(200).says("Number of the object (optional)").hides("FC-008");
    form.says("<input id=\"object\" name=\"object\" type=\"text\" value=\"FC-007\"");
    let again = eva.post(NEW, &[("what", "Leak"), ("object", "FC-999"), ("facility", "hus-b")]);
    again.has_status(422).says("There is no object “FC-999”").says("value=\"FC-999\"");
    assert_eq!(chosen(&again, "facility"), "hus-b");
    let order = made(&eva.post(NEW, &[("what", "Leak"), ("object", "FC-199"), ("facility", "hus-b")]));
    assert_eq!(facts(&world, &order)["object_no"], "FC-199");
}
