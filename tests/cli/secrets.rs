//! Secrets: after a whole life of an account they are found nowhere, but for the link that was asked for.

use std::time::Duration;

use crate::cli::walk::{Does, company, lines};
use crate::support::World;

const FIRST: &str = "nine green kettles sing";
const SECOND: &str = "seven brown boats drift";

/// The token at the end of a link.
fn token(link: &str) -> String {
    let token = link.trim_end().rsplit('/').next().expect("a token").to_owned();
    assert!(token.len() >= 40, "{link}");
    token
}

fn path(link: &str) -> &str {
    link.trim_end().strip_prefix("https://portal.test").expect("a link of the portal")
}

/// An account's life; gives every secret of it, each with what it is.
fn life(world: &World) -> Vec<(&'static str, String)> {
    let mut secrets = vec![("password", FIRST.to_owned()), ("new password", SECOND.to_owned())];
    let said =
        world.run("user create per@brf.example --customer 1042 --name Per --template standard --unattached").well();
    assert!(!said.err.contains("/invite/") && said.out.is_empty(), "{said:?}");
    let mailed = world.link_for("per@brf.example");
    secrets.push(("mailed invitation", token(&mailed)));
    let printed = world.run("user invite per@brf.example --link").well();
    assert_eq!(printed.out.lines().count(), 1, "{printed:?}");
    assert!(!printed.err.contains(&token(&printed.out)), "{printed:?}");
    secrets.push(("printed invitation", token(&printed.out)));
    world.choose("nordkyl", path(&printed.out), FIRST);
    let reset = world.run("user reset per@brf.example --link --json").well().json();
    let reset = reset["link"].as_str().expect("a link").to_owned();
    secrets.push(("printed reset", token(&reset)));
    world.choose("nordkyl", path(&reset), SECOND);
    world.run("user reset per@brf.example").well();
    let letters = world.fetch();
    let mailed = letters.iter().find(|letter| letter.text.contains("/reset/")).expect("a mail with a link");
    secrets.push(("mailed reset", token(&mailed.link())));
    let mut per = world.visitor("nordkyl");
    per.sign_in("per@brf.example", FIRST).has_status(422);
    assert_eq!(per.sign_in("per@brf.example", SECOND).leads(), "/g/nordkyl/orders");
    secrets.push(("session", per.session().expect("signed in").to_owned()));
    // A second invitation and a second reset wait in the outbox, their links not yet made.
    world.run("user create tia@brf.example --customer 1042 --name Tia").well();
    world.run("user reset per@brf.example").well();
    secrets
}

#[test]
fn secrets_are_found_nowhere() {
    let world = company();
    let mut secrets = life(&world);
    world.clock.advance(60);
    let mut heard = String::new();
    for line in lines(|does| matches!(does, Does::List | Does::Show)) {
        for format in ["table", "json", "csv"] {
            let said = world.run(&format!("{line} -o {format} -v")).well();
            heard.push_str(&said.out);
            heard.push_str(&said.err);
        }
    }
    for line in [
        "user show per@brf.example --json",
        "contact show per@brf.example --json",
        "audit list --limit 100000 --json",
        "audit list --groups --json",
        "audit export",
        "audit export --all -o csv",
        "config show --origin --json",
        "user show per@brf.example -v",
    ] {
        let said = world.run(line).well();
        heard.push_str(&said.out);
        heard.push_str(&said.err);
    }
    let mails = world.run("mail list --json").well().json();
    for mail in mails.as_array().expect("mails") {
        heard.push_str(&world.run(&format!("mail show {} --json", mail["id"])).well().out);
    }
    for line in world.run("audit list --limit 100000 --json").well().json().as_array().expect("lines") {
        heard.push_str(&world.run(&format!("audit show {} -o csv", line["id"])).well().out);
    }
    let key = std::fs::read_to_string(world.path().join("frontdesk-data/key")).expect("the key");
    secrets.push(("key of the installation", key.trim().to_owned()));
    let rows: String = world.rows().into_values().flatten().collect::<Vec<_>>().join("\n");
    for table in ["users", "sessions", "tickets", "outbox", "audit", "throttle"] {
        assert!(world.rows().contains_key(table), "there is no table {table}");
    }
    // The value of a cookie may have parts; none of them is kept as it is.
    for (what, secret) in &secrets {
        for part in secret.split('.').filter(|part| part.len() >= 12) {
            assert!(!heard.contains(part), "the {what} was said");
            assert!(!rows.contains(part), "the {what} is in the database");
            let bytes = format!("{:?}", part.as_bytes());
            assert!(!rows.contains(bytes.trim_matches(['[', ']'])), "the {what} is in the database as bytes");
        }
    }
}

#[test]
fn a_link_is_printed_only_when_it_is_asked_for_and_that_is_written_down() {
    let world = company();
    for (line, kept) in [("user invite ola@brf.example", "invite"), ("user reset eva@brf.example", "reset")] {
        for extra in ["", " --json", " -v", " --dry-run --json"] {
            let said = world.run(&format!("{line}{extra}")).well();
            assert!(!said.out.contains("https://") && !said.err.contains("https://"), "{said:?}");
        }
        let before = world.run("audit list --json --limit 100000").well().json().as_array().map_or(0, Vec::len);
        let said = world.run(&format!("{line} --link")).well();
        assert!(said.out.starts_with("https://portal.test/g/nordkyl/") && said.out.lines().count() == 1, "{said:?}");
        let audit = world.run("audit list --json --limit 100000").well().json();
        let lines = audit.as_array().expect("lines");
        assert!(lines.len() > before, "nothing was written down");
        let newest = lines[0].to_string();
        assert!(newest.contains("\"print\"") && newest.contains(kept), "{newest}");
    }
}

/// What it would stand for is taken back, so that it would lead nowhere.
#[test]
fn a_dry_run_gives_no_link_away() {
    let world = company();
    for line in [
        "user reset eva@brf.example",
        "user invite ola@brf.example",
        "user create neu@brf.example --customer 1042 --name Neu",
    ] {
        let said = world.run(&format!("{line} --link --dry-run")).well();
        assert!(said.out.is_empty() && !said.err.contains("https://"), "{said:?}");
        let said = world.run(&format!("{line} --link --dry-run --json")).well();
        assert!(!said.out.contains("https://"), "{said:?}");
    }
}

/// The binary itself, as others see it in the list of processes while it runs.
#[test]
fn no_command_asks_for_a_secret_in_its_words() {
    let world = company();
    let started = std::time::Instant::now();
    let said = world.run_in(&["user", "reset", "eva@brf.example", "--password"], "hunter2\n", |io| {
        io.stdin_is_terminal = true;
    });
    said.fails(2, "never given on the command line");
    assert!(started.elapsed() < Duration::from_secs(5), "it waited for somebody");
}
