//! `reading …` and `object interval …`: what meters showed, what cannot be true, and when service is due.

use crate::support::{Said, World};

/// A company with a machine that counts hours; it is 2026-11-22 09:02 in Stockholm.
fn plant() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden' --prefix FRO").well();
    world.run("facility add hus-b --customer 1042 --name 'Hus B'").well();
    world.run("object add KYL-02 --customer 1042 --name 'Compressor 2' --facility hus-b").well();
    world
}

/// The readings that count, as `value at time`.
fn values(world: &World, rest: &str) -> Vec<String> {
    let list = world.run(&format!("reading list {rest} -o csv --fields value,read_at --no-header")).well().out;
    list.lines().map(|line| line.replace(',', " ")).collect()
}

/// A command that asks, with somebody at the keyboard.
fn asked(world: &World, line: &str, answer: &str) -> Said {
    world.run_in(&crate::support::split(line), answer, |io| io.stdin_is_terminal = true)
}

#[test]
fn a_reading_is_entered_and_says_the_next_service() {
    let world = plant();
    world.run("object interval add KYL-02 'Big service' --hours 2000 --since 2026-03-01 --since-value 11000").well();
    let said = world.run("reading add KYL-02 '12 400,5' --at 2026-11-01T08:00 --note 'Read by Ola'").well();
    assert_eq!(
        said.err,
        "created reading 1: 12400.5 h (operating hours) of object KYL-02 on 2026-11-01 08:00 CET; \
         next service (Big service) at 13000 h\n"
    );
    let said = world.run("reading add KYL-02 12550").well();
    assert!(
        said.err.ends_with(" on 2026-11-22 09:02 CET; next service (Big service) at 13000 h, expected on 2027-01-24\n"),
        "{said:?}"
    );
    let list = world.run("reading list --json").well().json();
    assert_eq!(
        (&list[0]["value"], &list[0]["unit"], &list[0]["note"]),
        (&12400.5.into(), &"h".into(), &"Read by Ola".into())
    );
    assert_eq!((&list[0]["side"], &list[0]["author"]), (&"staff".into(), &"Nordkyl AB".into()));
    assert_eq!(values(&world, ""), ["12400.5 2026-11-01T07:00:00Z", "12550 2026-11-22T08:02:00Z"]);
    let card = world.run("object show KYL-02 --json").well().json();
    assert_eq!(card["last_reading"]["value"], 12550);
    assert_eq!(card["next_service"], "next service (Big service) at 13000 h, expected on 2027-01-24");
    assert_eq!((&card["intervals"][0]["due_value"], &card["intervals"][0]["overdue"]), (&13000.into(), &false.into()));
    let table = world.run("object show KYL-02").well().out;
    assert!(table.contains("last reading") && table.contains("value: 12550; unit: h; read at: 2026-11-22"), "{table}");
}

#[test]
fn what_cannot_be_true_is_refused_with_both_values_and_times() {
    let world = plant();
    world.run("reading add KYL-02 12000 --at 2026-10-01T08:00").well();
    world.run("reading add KYL-02 12300 --at 2026-10-25T08:00").well();
    for (line, status, sentence) in [
        (
            "reading add KYL-02 11999 --at 2026-10-10",
            2,
            "11999 h on 2026-10-10 00:00 is below the reading before it, 12000 h on 2026-10-01 08:00",
        ),
        (
            "reading add KYL-02 12301 --at 2026-10-24",
            2,
            "12301 h on 2026-10-24 00:00 is above the reading after it, 12300 h on 2026-10-25 08:00",
        ),
        (
            "reading add KYL-02 12100 --at 2026-10-02T08:00",
            2,
            "12100 h on 2026-10-02 08:00 would be 100 h more than 12000 h on 2026-10-01 08:00, and only 24 hours passed in between",
        ),
        (
            "reading add KYL-02 12100 --at 2026-10-24T08:00",
            2,
            "12100 h on 2026-10-24 08:00 would leave 200 h until 12300 h on 2026-10-25 08:00, and only 25 hours pass in between",
        ),
        (
            "reading add KYL-02 12400 --at 2026-11-22T09:03",
            2,
            "12400 h on 2026-11-22 09:03 is in the future: it is 2026-11-22 09:02 now",
        ),
        (
            "reading add KYL-02 12300 --at 2026-10-25T08:00",
            4,
            "there is a reading of that moment already: 12300 h on 2026-10-25 08:00",
        ),
        (
            "reading add KYL-02 5 --meter-replaced --at 2026-10-20",
            2,
            "a new meter cannot begin with 5 h on 2026-10-20 00:00: the old one was read later, 12300 h on 2026-10-25 08:00",
        ),
    ] {
        world.run(line).fails(status, sentence);
    }
    // The night in which the clocks went back has an hour more, which is no wonder here.
    world.run("reading add KYL-02 12275 --at 2026-10-24T08:00 --yes").well();
    assert_eq!(values(&world, "").len(), 3);
    world.run("object retire KYL-02").well();
    world.run("reading add KYL-02 12400").fails(4, "object KYL-02 is retired and takes no new readings");
}

#[test]
fn what_is_unlikely_is_asked_about() {
    let world = plant();
    for (value, day) in [(1000, "08-01"), (1060, "09-01"), (1120, "10-01"), (1180, "11-01")] {
        world.run(&format!("reading add KYL-02 {value} --at 2026-{day}")).well();
    }
    let more = "reading add KYL-02 1500 --at 2026-11-20";
    let sentence = "1500 h on 2026-11-20 00:00 is 320 h more than 1180 h on 2026-11-01 00:00; about 37 h would be usual: is it right";
    world.run(more).fails(2, sentence).fails(2, "  tip: add --yes if it is right");
    let said = asked(&world, more, "n\n");
    assert_eq!(said.status, 1, "{said:?}");
    assert!(said.err.contains(&format!("{sentence}? [y/N] ")), "{said:?}");
    assert_eq!(values(&world, "").len(), 4);
    asked(&world, more, "y\n").well();
    world.run("reading correct 5 1190 --reason Misread").well();
    world.run("reading add KYL-02 1190.5").well();
    let world = plant();
    world.run("reading add KYL-02 100 --at 2026-10-01 --meter starts --unit starts").well();
    world
        .run("reading add KYL-02 1050 --at 2026-11-01 --meter starts")
        .fails(2, "is there one digit too many, or is it right");
    world.run("reading add KYL-02 1050 --at 2026-11-01 --meter starts --yes").well();
}

#[test]
fn a_new_meter_begins_a_new_series_and_the_use_goes_on() {
    let world = plant();
    world.run("object interval add KYL-02 Oil --hours 1000 --since 2026-06-01").well();
    world.run("reading add KYL-02 9000 --at 2026-06-01").well();
    world.run("reading add KYL-02 9600 --at 2026-09-01").well();
    world.run("reading add KYL-02 3 --at 2026-09-02").fails(2, "is below the reading before it");
    world.run("reading add KYL-02 3 --at 2026-09-02 --meter-replaced").well();
    let said = world.run("reading add KYL-02 203 --at 2026-11-01").well();
    // 600 on the old one and 200 on the new: another 200 are left.
    assert!(said.err.contains("next service (Oil) at 403 h, expected on 2026-12-31"), "{said:?}");
    world.run("reading add KYL-02 9650 --at 2026-09-01T12:00").fails(2, "50 h more than 9600 h");
    world.run("reading add KYL-02 9605 --at 2026-09-01T12:00").well();
    let series: Vec<_> = world
        .run("reading list --json")
        .well()
        .json()
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["series"].clone())
        .collect();
    assert_eq!(series, [1, 1, 1, 2, 2]);
}

#[test]
fn a_correction_supersedes_and_a_deletion_stays_visible() {
    let world = plant();
    world.run("reading add KYL-02 1000 --at 2026-10-01").well();
    world.run("reading add KYL-02 1200 --at 2026-11-01").well();
    let said = world.run("reading correct 2 1190 --reason 'Misread the last digit'").well();
    assert!(said.err.starts_with("updated reading 3: 1190 h"), "{said:?}");
    world.run("reading correct 3 1190 --reason Again").well().err.starts_with("unchanged");
    world.run("reading correct 3 990 --reason X").fails(2, "is below the reading before it, 1000 h");
    world.run("reading correct 2 1180 --reason X").fails(4, "reading 2 (1200 h) was corrected already");
    world.run("reading delete 1 --reason 'Other machine' --yes").well();
    world.run("reading delete 1 --reason Twice --yes").fails(3, "reading 1 was deleted already");
    assert_eq!(values(&world, ""), ["1190 2026-10-31T23:00:00Z"]);
    let all = world.run("reading list --all --json").well().json();
    let states: Vec<_> =
        all.as_array().expect("rows").iter().map(|row| (row["state"].as_str(), row["ended_why"].as_str())).collect();
    assert_eq!(
        states,
        [
            (Some("deleted"), Some("Other machine")),
            (Some("corrected"), Some("Misread the last digit")),
            (Some("valid"), None)
        ]
    );
    assert_eq!((&all[2]["corrects"], &all[1]["ended_by"]), (&2.into(), &"Nordkyl AB".into()));
    let log = world.run("audit list --json").well().out;
    assert!(log.contains("reading.corrected") && log.contains("reading.deleted"), "{log}");
    world.run("object delete KYL-02 --yes").fails(4, "has orders, readings, self-checks, documents or parts");
}

#[test]
fn a_service_order_that_is_done_begins_the_interval_anew() {
    let world = plant();
    world.run("object interval add KYL-02 Yearly --days 365 --hours 1000 --since 2025-09-01 --since-value 8000").well();
    world.run("reading add KYL-02 8800 --at 2026-09-01").well();
    world.run("reading add KYL-02 9100 --at 2026-11-01").well();
    let next =
        || world.run("object show KYL-02 --json").well().json()["next_service"].as_str().expect("words").to_owned();
    assert_eq!(next(), "service (Yearly) is overdue: it was due at 9000 h, 100 h ago");
    world.run("order create --customer 1042 --title Service --kind service --object KYL-02").well();
    assert!(next().contains("overdue"), "it is only ordered");
    world.run("order status NK-FRO-0001 Done").well();
    assert_eq!(next(), "next service (Yearly) on 2027-11-22 or at 10100 h, expected on 2027-05-23");
    world.run("object interval set KYL-02 Yearly --days ''").well();
    assert_eq!(next(), "next service (Yearly) at 10100 h, expected on 2027-05-23");
    world.run("object interval set KYL-02 Yearly --hours ''").fails(2, "an interval counts days, use, or both");
    world.run("object interval delete KYL-02 Yearly --yes").well();
    assert_eq!(world.run("object show KYL-02 --json").well().json()["next_service"], serde_json::Value::Null);
}

#[test]
fn a_file_in_any_order_is_judged_in_the_order_of_time() {
    let world = plant();
    let good: String = (1..=12).map(|n| format!("KYL-02;{},5;2026-{n:02}-01\n", 1000 + n * 50)).rev().collect();
    world.file(
        "a.csv",
        format!("Objektnr;Mätarställning;Datum\n{}", good.replace("2026-12", "2025-12").replace("1600,5", "900,5")),
    );
    let said = world.run("reading import a.csv").well();
    assert!(said.err.contains("created 12, changed 0, unchanged 0, rejected 0 of 12"), "{said:?}");
    let said = world.run("reading import a.csv").well();
    assert!(said.err.contains("created 0, changed 0, unchanged 12"), "{said:?}");
    let list = world.run("reading list -o csv").well().out;
    assert!(world.run_with("reading import -", &list).well().err.contains("unchanged 12"));
    // What was corrected or deleted here stays so, whatever an old file says.
    world.run("reading correct 12 1550 --reason Misread").well();
    world.run("reading delete 1 --reason Doubled --yes").well();
    assert!(world.run("reading import a.csv").well().err.contains("created 0, changed 0, unchanged 12"));
    let rows = "KYL-02,1545,2026-11-01,\nKYL-02,1546,2026-11-01,\nKYL-02,1560,2026-11-10T08:00,Ola\nKYL-02,1500,2026-11-15,\nKYL-02,x,2026-11-16,\nKYL-03,5,2026-11-16,\n";
    let more: String = (11..=40).map(|n| format!("KYL-02,{},2026-11-18T00:{:02}:00Z,\n", 1560, n)).collect();
    world.file("b.csv", format!("object_no,value,read_at,note\n{rows}{more}"));
    let said = world.run("reading import b.csv");
    assert_eq!(said.status, 65, "{said:?}");
    for problem in [
        "! line 3, column \"read_at\": '2026-10-31T23:00:00Z' is the same as on line 2\n",
        "! line 5, column \"value\": 1500 h on 2026-11-15 00:00 is below the reading before it, 1560 h on 2026-11-10 08:00\n",
        "! line 6, column \"value\": 'x' is no value",
        "! line 7, column \"object_no\": object 'KYL-03' does not exist\n",
        "created 31, changed 1, unchanged 0, rejected 4 of 36",
    ] {
        assert!(said.err.contains(problem), "{problem:?} is not in {}", said.err);
    }
    let said = world.run("reading import b.csv");
    assert!(said.err.contains("created 0, changed 0, unchanged 32, rejected 4 of 36"), "{said:?}");
}

/// Lines of a real list of work orders on five excavators. Its running times are what was added since the order before.
const EXCAVATORS: &str = include_str!("excavators.csv");

const AS_ADDED: &str = "--added --map Asset=object_no --map BscStartDate=read_at --map RunningTime=value --blank NA";

#[test]
fn running_times_since_the_order_before_are_summed_up() {
    let world = World::nordkyl();
    world.run("customer add 1 --name Mine").well();
    for machine in ["A", "B", "C", "D", "E"] {
        world.run(&format!("object add {machine} --customer 1 --name 'Excavator {machine}'")).well();
    }
    world.file("excavators.csv", EXCAVATORS);
    let said = world.run(&format!("reading import excavators.csv {AS_ADDED}"));
    assert_eq!(said.status, 65, "{said:?}");
    for problem in [
        "! line 2, column \"RunningTime\": the row has no value\n",
        "! line 45, column \"RunningTime\": 206 h on 2001-10-03 00:00 would be 74 h more than 132 h on 2001-10-01 00:00, and only 48 hours passed in between\n",
        "! line 46, column \"RunningTime\": 206 h on 2001-10-03 00:00 would be",
        "! line 48, column \"RunningTime\": 187 h on 2001-10-12 00:00 would be 38 h more than 149 h on 2001-10-11 00:00, and only 24 hours passed in between\n",
        "created 38, changed 0, unchanged 0, rejected 9 of 47",
    ] {
        assert!(said.err.contains(problem), "{problem:?} is not in {}", said.err);
    }
    let b = values(&world, "--object B");
    let b: Vec<_> = b.iter().map(|line| line.split(' ').next().expect("a value")).collect();
    // 23, 28 and 0 were added on one day, and are one reading.
    assert_eq!(b, ["7", "58", "132", "141", "149", "168", "176", "183", "186"]);
    let last = |machine: &str| {
        world.run(&format!("object show {machine} --json")).well().json()["last_reading"]["value"].clone()
    };
    assert_eq!(["A", "C", "D", "E"].map(last), [1554, 254, 124, 177]);
    let again = world.run(&format!("reading import excavators.csv {AS_ADDED}"));
    assert!(again.err.contains("created 0, changed 0, unchanged 38, rejected 9 of 47"), "{again:?}");
    // As days between orders, which they turn out to be, none of them is impossible.
    let said =
        world.run(&format!("reading import excavators.csv {AS_ADDED} --set 'meter=between orders' --set unit=days"));
    assert!(said.err.contains("created 41, changed 0, unchanged 0, rejected 6 of 47"), "{said:?}");
}
