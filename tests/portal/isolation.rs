//! Walls: every text carries a mark of whose it is, and no answer and no mail carries a mark of others.

mod documents;
mod places;
mod selfchecks;
mod town;

use std::collections::BTreeSet;

use self::town::{EACH, MARK, PEOPLE, password, town};
use crate::support::{Visitor, World};

/// The codes on the labels of all machines.
fn codes(world: &World) -> Vec<String> {
    let rows = &world.rows()["object_labels"];
    let code = |row: &String| row.split("Text(\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let codes: Vec<_> = rows.iter().filter_map(code).collect();
    assert!(codes.iter().all(|code| code.len() == 16) && codes.len() == rows.len(), "{rows:?}");
    codes
}

/// Every mark in some bytes.
fn marks(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    text.split(MARK)
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-@".contains(*c)).collect::<String>())
        .map(|rest| format!("{MARK}{rest}"))
        .collect()
}

fn paths(numbers: &[(String, String)]) -> Vec<String> {
    let mut paths: Vec<String> = [
        "/",
        "/account",
        "/account/password",
        "/switch",
        "/no-access",
        "/help",
        "/privacy",
        "/forgot",
        "/signed-out",
        "/orders",
        "/orders/new",
        "/orders/new?facility=F1&object=M0-F1",
        "/orders/new?facility=F2&object=M0-F2",
        "/orders/new?object=M0-none",
        "/orders.csv",
        "/orders.csv?q=internal",
        "/orders.csv?q=note",
        "/orders.csv?facility=F2",
        "/orders.csv?mine=yes&stage=received",
        "/box",
        "/start",
        "/documents",
        "/documents?q=CANARY",
        "/documents?q=internal&page=2",
    ]
    .map(str::to_owned)
    .into();
    paths.extend(places::PATHS.map(str::to_owned));
    let searches =
        ["", "q=CANARY", "q=%25", "q=_", "q=%5C", "q=internal", "q=F2", "q=Nord", "q=9876543", "q=beta", "q=CW-N"];
    let filters = [
        "",
        "facility=F1",
        "facility=F2",
        "facility=1",
        "customer=2",
        "group=beta",
        "stage=received",
        "stage=cancelled",
        "stage=all",
        "kind=work",
        "kind=service",
        "mine=yes",
        "page=9999",
        "page=2",
        "status=all&page=9999",
    ];
    let views = [
        "",
        "view=list",
        "view=list&sort=number",
        "view=list&sort=-number",
        "view=list&sort=title",
        "view=list&sort=oldest",
    ];
    for search in searches {
        for filter in filters {
            // Every two of them together; all three would only take longer.
            let shown = if search.is_empty() || filter.is_empty() { &views[..] } else { &views[1..2] };
            for view in shown {
                let query: Vec<_> = [search, filter, view].into_iter().filter(|part| !part.is_empty()).collect();
                paths.push(format!("/orders?{}", query.join("&")));
            }
        }
    }
    for (_, number) in numbers {
        paths.extend(
            ["", ".json", ".csv", "/print", "/comments", "/sent", "/notes", "/documents", "?answer=1"]
                .map(|ending| format!("/orders/{number}{ending}")),
        );
    }
    paths.extend(selfchecks::paths());
    for place in ["F1", "F2", "none"] {
        for n in 0..EACH {
            let object = format!("/objects/M{n}-{place}");
            paths.extend(["/readings", "/readings.csv"].map(|ending| format!("{object}{ending}")));
            // The numbers of all readings there are, of whomever.
            paths.extend((1..=3 * EACH * 3).map(|id| format!("{object}/readings?reading={id}")));
            paths.extend((1..=3 * EACH * 3).map(|id| format!("{object}/readings/{id}")));
        }
    }
    paths.sort();
    paths.dedup();
    paths
}

#[test]
fn nobody_ever_reads_a_word_of_others() {
    let (world, numbers) = town();
    let site = world.site();
    let mut paths = paths(&numbers);
    paths.extend(codes(&world).iter().map(|code| format!("/q/{code}")));
    paths.extend(["acme", "beta"].iter().flat_map(|group| documents::paths(&world, group)));
    for (group, email, _, own) in PEOPLE {
        let mut visitor = Visitor::new(&site, group);
        visitor.sign_in(email, &password(group)).leads();
        let mut seen = BTreeSet::new();
        for path in &paths {
            let answer = visitor.get(path);
            let headers = format!("{:?}", answer.headers);
            for mark in marks(&answer.body).union(&marks(headers.as_bytes())) {
                assert!(own.iter().any(|own| mark.starts_with(own)), "{email} reads {mark} at {path}");
                seen.insert(mark.clone());
            }
            assert!(!marks(&answer.body).iter().any(|mark| mark.contains("-unsaid")), "{email} reads a note at {path}");
            for cost in ["9876543", "9,876,543", "98,765", "98765.43"] {
                assert!(
                    path.contains("9876543") || !answer.text().contains(cost),
                    "{email} reads what it costs at {path}"
                );
            }
        }
        for own in *own {
            assert!(seen.iter().any(|mark| mark.starts_with(own)), "{email} never saw {own}");
        }
        // What anybody types at another company's portal, with this session under any name, is typed by a guest.
        let other = if *group == "acme" { "beta" } else { "acme" };
        let mut abroad = Visitor::new(&site, other);
        let session = visitor.session().expect("a session").to_owned();
        abroad.cookies.insert(format!("__Host-frontdesk-{other}"), session.clone());
        abroad.cookies.insert(format!("__Host-frontdesk-{group}"), session);
        for path in paths.iter().filter(|path| !path.contains('?')) {
            let answer = abroad.get(path);
            assert!(marks(&answer.body).is_empty(), "{email} reads {:?} of {other} at {path}", marks(&answer.body));
            let inside = path.starts_with("/orders") || path.starts_with("/documents");
            assert!(!inside || answer.status != 200, "{path}");
        }
    }
}

/// The number of orders that a list says there are.
fn total(visitor: &mut Visitor, query: &str) -> usize {
    let page = visitor.get(&format!("/orders?view=list&{query}"));
    let text = page.has_status(200).text();
    let total = text.split('–').find_map(|rest| {
        let (last, after) = rest.split_once(" of ")?;
        last.parse::<usize>().ok()?;
        Some(after.chars().take_while(char::is_ascii_digit).collect::<String>())
    });
    match total {
        Some(total) => total.parse().expect("a number"),
        None => {
            page.says("No orders match");
            0
        }
    }
}

#[test]
fn counts_count_what_is_shared_and_nothing_else() {
    let (world, numbers) = town();
    let (site, codes) = (world.site(), codes(&world));
    for (group, email, places) in [
        ("acme", "alice@example.com", 1),
        ("acme", "bob@example.com", 1),
        ("acme", "ute@example.com", 1),
        ("acme", "carol@example.com", 3),
        ("beta", "dave@example.com", 3),
    ] {
        let mut visitor = Visitor::new(&site, group);
        visitor.sign_in(email, &password(group)).leads();
        let own = places * EACH;
        for query in
            ["", "q=CANARY", "customer=2", "group=beta", "page=9999", "q=CW", "status=all&page=9999", "sort=nonsense"]
        {
            assert_eq!(total(&mut visitor, query), own, "{email} {query}");
        }
        for query in ["q=%25", "q=_", "q=%5C", "q=internal", "q=note", "facility=F9", "facility=%25", "q=9876543"] {
            assert_eq!(total(&mut visitor, query), 0, "{email} {query}");
        }
        assert_eq!(total(&mut visitor, "stage=cancelled"), places, "{email}");
        let elsewhere = match email {
            "alice@example.com" => Some("F2"),
            "bob@example.com" => Some("F1"),
            "ute@example.com" => Some("F1"),
            _ => None,
        };
        match elsewhere {
            Some(place) => assert_eq!(total(&mut visitor, &format!("facility={place}")), 0, "{email}"),
            None => assert_eq!(total(&mut visitor, "facility=F2"), EACH, "{email}"),
        }
        let known = numbers.iter().filter(|(of, _)| of == group);
        let reached = known.filter(|(_, number)| visitor.get(&format!("/orders/{number}")).status == 200).count();
        assert_eq!(reached, own, "{email}");
        let led = codes.iter().filter(|code| visitor.get(&format!("/q/{code}")).status == 303).count();
        assert_eq!(led, own, "{email}");
    }
}

#[test]
fn mails_carry_the_words_of_their_reader_alone() {
    let (world, _) = town();
    world.fetch();
    for (group, email, ..) in PEOPLE {
        world.run(&format!("user reset {email} --group {group}")).well();
    }
    world.comment("acme", "CW-N1-0001", "CANARY-acme-1-F1-later");
    world.comment("acme", "CW-N2-0001", "CANARY-acme-2-F1-later");
    let shown = world.run("order show CW-N1-0001 --group acme --json").well().json();
    assert!(
        shown["notes"][0]["text"].as_str().is_some_and(|text| text.contains("CANARY-acme-internal-note")),
        "{shown}"
    );
    let letters = world.fetch();
    assert!(letters.len() >= PEOPLE.len(), "{} letters", letters.len());
    for letter in &letters {
        let own: Vec<_> = PEOPLE.iter().filter(|(_, email, ..)| letter.to.contains(email)).collect();
        assert!(!own.is_empty(), "nobody has the address {}", letter.to);
        for mark in marks(letter.everything.as_bytes()) {
            let at = |group: &str| letter.everything.contains(&format!("/g/{group}/"));
            let fits = own.iter().any(|(group, _, _, own)| at(group) && own.iter().any(|own| mark.starts_with(own)));
            assert!(fits, "{} reads {mark}: {}", letter.to, letter.text);
        }
    }
    for group in ["acme", "beta"] {
        let list = world.run(&format!("mail list --group {group} --json")).well().out;
        let other = if group == "acme" { "beta" } else { "acme" };
        assert!(!list.contains(&format!("{MARK}{other}")), "{list}");
    }
}

#[test]
fn one_address_is_another_person_at_each_company() {
    let (world, _) = town();
    let site = world.site();
    for (group, other) in [("acme", "beta"), ("beta", "acme")] {
        Visitor::new(&site, group).sign_in("pat@example.com", &password(other)).has_status(422);
        let mut pat = Visitor::new(&site, group);
        pat.sign_in("pat@example.com", &password(group)).leads();
        assert!(pat.get(&format!("/g/{other}/orders")).leads().starts_with(&format!("/g/{other}/?next=")));
    }
    // One browser can be signed in at both.
    let mut both = Visitor::new(&site, "acme");
    both.sign_in("pat@example.com", &password("acme")).leads();
    both.get("/g/beta/");
    both.post("/g/beta/login", &[("email", "pat@example.com"), ("password", &password("beta"))]).leads();
    both.get("/g/acme/orders").has_status(200).says("CANARY-acme-1-F1-").hides("CANARY-beta");
    both.get("/g/beta/orders").has_status(200).says("CANARY-beta-1-F2-").hides("CANARY-acme");
    // A form of one is none of the other, though both are signed in in it.
    both.get("/g/acme/account");
    both.post("/g/beta/account/language", &[("lang", "es")]).has_status(403);
    world.run("user disable pat@example.com --group acme --yes").well();
    both.get("/g/acme/orders").has_status(303);
    both.get("/g/beta/orders").has_status(200);
}
