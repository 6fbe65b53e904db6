//! Readings in the portal: entered, refused in words, asked about, corrected, deleted, drawn and downloaded.

use crate::support::{PASSWORD, Visitor, World};

const PAGE: &str = "/objects/KYL-02/readings";

/// A company with a machine that was read a few times; it is 2026-11-22 09:02 in Stockholm.
fn plant() -> World {
    let world = World::nordkyl_with_customers();
    world.run("object add KYL-02 --customer 1042 --name 'Compressor 2' --facility hus-a").well();
    for (value, day) in
        [("12000", "08-01T08:00"), ("12150", "09-01T08:00"), ("12300", "10-01T08:00"), ("12459,5", "11-01T08:00")]
    {
        world.run(&format!("reading add KYL-02 {value} --at 2026-{day}")).well();
    }
    world.run("object interval add KYL-02 'Big service' --hours 1000 --since 2026-08-01").well();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities");
    world.user("nordkyl", "vera@brf.example", "--customer 1042 --template viewer --all-facilities");
    world
}

fn eva(world: &World) -> Visitor {
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    eva.get(PAGE).has_status(200);
    eva
}

/// The value of a hidden field of the last page.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {page}"));
    rest.split('"').next().expect("a value").to_owned()
}

fn values(world: &World) -> Vec<String> {
    let list = world.run("reading list -o csv --fields value --no-header").well().out;
    list.lines().map(str::to_owned).collect()
}

#[test]
fn a_reading_is_saved_and_the_next_service_is_told() {
    let world = plant();
    let mut eva = eva(&world);
    let page = eva.get(PAGE).page().replace('\u{a0}', " ");
    for words in [
        "Last: 12,459.5 h on 1 Nov 2026, 08:00",
        "value=\"2026-11-22T09:02\"",
        "On the clocks of the place (Europe/Stockholm).",
        "At 13,000 h",
        "Expected around 15 February 2027 at the present use",
        "+159.5 h",
        "role=\"img\"",
        "From 12,000 h on 1 Aug 2026 to 12,459.5 h on 1 Nov 2026: 459.5 h in 92 days.",
        "1–4 of 4",
    ] {
        assert!(page.contains(words), "{words:?} is not in {page}");
    }
    let once = hidden(&page, "once");
    let fields = [("once", once.as_str()), ("value", "12 560"), ("at", "2026-11-22T08:30"), ("note", "Ola read it")];
    let led = eva.post(PAGE, &fields).leads().to_owned();
    assert_eq!(led, "/g/nordkyl/objects/KYL-02/readings?reading=5");
    let page = eva.get(&led).page().replace('\u{a0}', " ");
    assert!(page.contains("The reading 12,560 h is saved. Next service (Big service): At 13,000 h."), "{page}");
    assert!(page.contains("Ola read it") && page.contains("+100.5 h"), "{page}");
    // The same form sent twice makes nothing more.
    assert_eq!(eva.post(PAGE, &fields).leads(), led);
    assert_eq!(values(&world).len(), 5);
    let own = eva.post(PAGE, &[("value", "12561"), ("from", "object")]).leads().to_owned();
    assert_eq!(own, "/g/nordkyl/objects/KYL-02?reading=6#reading");
}

#[test]
fn what_cannot_be_true_is_refused_in_three_languages_and_nothing_typed_is_lost() {
    let world = plant();
    let mut eva = eva(&world);
    for (lang, sentences) in [
        (
            "en",
            [
                "12,400 h on 22 Nov 2026, 08:00 is below the reading before it: 12,459.5 h on 1 Nov 2026, 08:00.",
                "12,400 h on 1 Sep 2026, 12:00 is above the reading after it: 12,300 h on 1 Oct 2026, 08:00.",
                "13,400 h on 22 Nov 2026, 08:00 would be 940.5 h more than 12,459.5 h on 1 Nov 2026, 08:00, and only 504 h passed in between.",
                "12,460 h on 23 Nov 2026, 08:00 is in the future. It is 22 Nov 2026, 09:02 now.",
                "There is already a reading for that moment: 12,459.5 h on 1 Nov 2026, 08:00.",
                "“12,459” can be read in two ways. Enter 12459 or 12.459.",
                "“many” is not a reading.",
            ],
        ),
        (
            "sv",
            [
                "12\u{202f}400 h den 22 nov. 2026 kl. 08.00 är lägre än avläsningen före: 12\u{202f}459,5 h den 1 nov. 2026 kl. 08.00.",
                "är högre än avläsningen efter: 12\u{202f}300 h",
                "skulle vara 940,5 h mer än",
                "ligger i framtiden. Nu är det 22 nov. 2026 kl. 09.02.",
                "Det finns redan en avläsning för den tidpunkten",
                "kan läsas på två sätt. Skriv 12459 eller 12,4590.",
                "”many” är ingen avläsning.",
            ],
        ),
        (
            "es",
            [
                "12.400 h el 22 nov 2026, 08:00 es inferior a la lectura anterior: 12.459,5 h el 1 nov 2026, 08:00.",
                "es superior a la lectura siguiente: 12.300 h",
                "serían 940,5 h más que",
                "está en el futuro. La fecha y hora actuales son: 22 nov 2026, 09:02.",
                "Ya hay una lectura de ese momento",
                "se puede leer de dos maneras. Escriba 12459 o 12,4590.",
                "«many» no es una lectura.",
            ],
        ),
    ] {
        eva.post("/account/language", &[("lang", lang)]).leads();
        let before = values(&world);
        let tried = [
            ("12400", "2026-11-22T08:00"),
            ("12400", "2026-09-01T12:00"),
            ("13400", "2026-11-22T08:00"),
            ("12460", "2026-11-23T08:00"),
            ("12460", "2026-11-01T08:00"),
            ("12,459", "2026-11-22T08:00"),
            ("many", "2026-11-22T08:00"),
        ];
        for ((value, at), sentence) in tried.iter().zip(sentences) {
            let answer = eva.post(PAGE, &[("value", value), ("at", at), ("note", "kept")]);
            let page = answer.has_status(422).text().replace('\u{a0}', " ");
            assert!(page.contains(sentence), "{sentence:?} is not in {page}");
            let typed = [
                format!("name=\"value\" type=\"text\" inputmode=\"decimal\" value=\"{value}\""),
                format!("value=\"{at}\""),
                ">kept<".into(),
            ];
            for typed in typed {
                assert!(page.contains(&typed), "{typed:?} is not in {page}");
            }
        }
        assert_eq!(values(&world), before);
    }
    let missing = eva.post(PAGE, &[("value", " "), ("at", "")]);
    missing.has_status(422).says("Escriba lo que marca el contador.").says("Indique la fecha y la hora de la lectura.");
}

#[test]
fn an_unlikely_reading_is_asked_about_and_taken_once_that_is_answered() {
    let world = plant();
    let mut eva = eva(&world);
    let typed = [("value", "12900"), ("at", "2026-11-22T08:00")];
    let page = eva.post(PAGE, &typed).has_status(422).text().replace('\u{a0}', " ");
    assert!(page.contains("Is that right?") && page.contains("Yes, it is right"), "{page}");
    assert!(
        page.contains("is 440.5 h more than 12,459.5 h on 1 Nov 2026, 08:00. About 106 h would be usual."),
        "{page}"
    );
    assert!(!page.contains("<title>Error"), "a question is no error");
    let (asked, once) = (hidden(&page, "asked"), hidden(&page, "once"));
    // Another value than the one that was asked about is asked about anew.
    let other = [("value", "12950"), ("at", "2026-11-22T08:00"), ("asked", asked.as_str()), ("sure", "yes")];
    eva.post(PAGE, &other).has_status(422).says("Is that right?");
    assert_eq!(values(&world).len(), 4);
    let sure = [typed[0], typed[1], ("asked", asked.as_str()), ("sure", "yes"), ("once", once.as_str())];
    eva.post(PAGE, &sure).leads();
    assert_eq!(values(&world)[4], "12900");
}

#[test]
fn customers_correct_what_customers_entered_and_nothing_else() {
    let world = plant();
    let mut eva = eva(&world);
    eva.post(PAGE, &[("value", "12500"), ("at", "2026-11-20T08:00")]).leads();
    let page = eva.get(PAGE).page().to_owned();
    assert!(page.contains(&format!("{PAGE}/5\"")) && !page.contains(&format!("{PAGE}/4\"")), "{page}");
    eva.get(&format!("{PAGE}/4")).has_status(404);
    eva.post(&format!("{PAGE}/4"), &[("act", "correct"), ("value", "12460"), ("why", "X")]).has_status(404);
    eva.post(&format!("{PAGE}/4"), &[("act", "delete"), ("why-deleted", "X")]).has_status(404);
    let own = format!("{PAGE}/5");
    eva.get(&own).has_status(200).says("Correct the reading 12,500").says("value=\"12500\"");
    eva.post(&own, &[("act", "correct"), ("value", "12510"), ("why", "")])
        .has_status(422)
        .says("Say why")
        .says("value=\"12510\"");
    eva.post(&own, &[("act", "correct"), ("value", "12400"), ("why", "Misread")])
        .has_status(422)
        .says("is below the reading before it");
    let led = eva.post(&own, &[("act", "correct"), ("value", "12510"), ("why", "Misread")]).leads().to_owned();
    eva.get(&led).has_status(200).says("The reading is corrected to 12,510").says("<del>12,500").says("Misread");
    eva.get(&own).has_status(404);
    let next = format!("{PAGE}/6");
    eva.post(&next, &[("act", "delete"), ("why-deleted", " ")]).has_status(422).says("Say why");
    let led = eva.post(&next, &[("act", "delete"), ("why-deleted", "Other machine")]).leads().to_owned();
    eva.get(&led).has_status(200).says("The reading is deleted.").says("<del>12,510").says("Other machine");
    assert_eq!(values(&world).len(), 4);
}

#[test]
fn who_may_only_look_sees_no_form_and_who_may_not_sees_nothing() {
    let world = plant();
    let mut vera = world.signed_in("nordkyl", "vera@brf.example", PASSWORD);
    vera.get(PAGE).has_status(200).says("12,300").hides("<form method=\"post\" action=\"/g/nordkyl/objects");
    vera.post(PAGE, &[("value", "12500"), ("at", "2026-11-20T08:00")]).has_status(403);
    world.user(
        "nordkyl",
        "olga@brf.example",
        "--customer 1042 --grant object.view --grant reading.add --all-facilities",
    );
    let mut olga = world.signed_in("nordkyl", "olga@brf.example", PASSWORD);
    // Whoever enters a reading is told of those around it, and so must be allowed to see them.
    olga.get("/account");
    olga.get(PAGE).has_status(403);
    olga.post(PAGE, &[("value", "12500"), ("from", "object")]).has_status(403);
    world.run("object retire KYL-02").well();
    let mut eva = eva(&world);
    eva.get(PAGE).has_status(200).says("no longer in use").hides("Save reading");
    eva.post(PAGE, &[("value", "12500"), ("from", "object")]).has_status(422);
    assert_eq!(values(&world).len(), 4);
}

#[test]
fn the_file_is_taken_by_the_import_again_and_reckons_nothing() {
    let world = plant();
    let mut eva = eva(&world);
    eva.post(PAGE, &[("value", "12500"), ("at", "2026-11-20T08:00"), ("note", "=1+1, \"read\"")]).leads();
    let file = eva.get("/objects/KYL-02/readings.csv");
    assert_eq!(file.has_status(200).header("Content-Type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("Content-Disposition"), Some("attachment; filename=\"KYL-02 readings.csv\""));
    let text = file.text().strip_prefix('\u{feff}').expect("a mark that spreadsheets know");
    let lines: Vec<_> = text.split_terminator("\r\n").collect();
    assert_eq!(lines[0], "object_no,meter,value,unit,read_at,note,author");
    assert_eq!(lines[4], "KYL-02,operating hours,12459.5,h,2026-11-01T07:00:00Z,,Nordkyl AB");
    assert!(lines[5].contains(",\"'=1+1, \"\"read\"\"\","), "{lines:?}");
    assert!(world.run_with("reading import -", file.text()).well().err.contains("created 0, changed 0, unchanged 5"));
}

#[test]
fn other_meters_have_their_own_history_and_a_new_one_begins_anywhere() {
    let world = plant();
    world.run("reading add KYL-02 17 --at 2026-09-01 --meter starts --unit times").well();
    let mut eva = eva(&world);
    eva.get(&format!("{PAGE}?of=starts")).has_status(200).says("New reading (times)").hides("12,300");
    let led = eva.post(PAGE, &[("meter", "starts"), ("value", "19"), ("at", "2026-10-01T08:00")]).leads().to_owned();
    eva.get(&led).has_status(200).says("+2\u{a0}times");
    let typed = [("value", "4"), ("at", "2026-11-20T08:00"), ("replaced", "yes")];
    let led = eva.post(PAGE, &typed).leads().to_owned();
    eva.get(&led)
        .has_status(200)
        .says("New meter")
        .says("The meter was replaced; the new one was first read on 20 Nov 2026.");
    eva.post(PAGE, &[("value", "9"), ("at", "2026-11-19T08:00"), ("replaced", "yes")])
        .has_status(422)
        .says("A new meter cannot begin with");
}

#[test]
fn a_page_of_ten_thousand_readings_reads_a_page_of_them() {
    let world = plant();
    let mut file = String::from("object_no,value,read_at\n");
    let begin: frontdesk::clock::Moment = "2024-01-01T00:00:00Z".parse().expect("a time");
    for n in 0..10_000_i64 {
        file.push_str(&format!("KYL-02,{},{}\n", n, begin.plus(n * 7200)));
    }
    world.file("many.csv", file);
    world.run("reading import many.csv").well();
    let mut eva = eva(&world);
    let begun = std::time::Instant::now();
    let page = eva.get(PAGE).page().to_owned();
    let passed = begun.elapsed();
    assert!(page.contains("1–25 of 10,004"), "{page}");
    let circles = page.matches("<circle").count();
    assert!((150..=210).contains(&circles), "{circles} points");
    assert!(page.len() < 60_000, "{} bytes", page.len());
    // Much more than it takes: this is built unoptimized, and other tests run beside it.
    assert!(passed.as_millis() < 2_000, "{passed:?}");
    eva.get(&format!("{PAGE}?page=401")).has_status(200).says("10,001–10,004 of 10,004");
}
