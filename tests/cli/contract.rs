//! What every command keeps to, walked over the definition: formats, errors, help, and that nothing ever waits.

use std::io::{Read, Seek, SeekFrom};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::cli::walk::{Does, LEAVES, company, is_civil, leaves, lines};
use crate::support::{Said, World, split};

/// Long enough for a loaded machine, and much shorter than for ever.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_change_is_told_to_programs_in_every_format() {
    let whole = company();
    for line in lines(Does::changes) {
        let world = whole.copy();
        let mut json = world.run(&format!("{line} --dry-run -o json")).well().json();
        let fields: Vec<_> = json.as_object().expect("an object").keys().cloned().collect();
        for field in ["action", "changed", "dry_run"] {
            assert!(fields.iter().any(|one| one == field), "`{line}` has no {field}: {json}");
        }
        let jsonl = world.run(&format!("{line} --dry-run -o jsonl")).well().out;
        let mut rows: Vec<serde_json::Value> =
            jsonl.lines().map(|row| serde_json::from_str(row).expect("an object on each line")).collect();
        for one in rows.iter_mut().chain([&mut json]) {
            // How long an import took.
            one.as_object_mut().expect("an object").remove("seconds");
        }
        assert_eq!(rows, [json], "`{line}`");
        let csv = world.run(&format!("{line} --dry-run -o csv")).well().out;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let head: Vec<_> = reader.headers().expect("a heading line").iter().map(str::to_owned).collect();
        assert_eq!(head, fields, "`{line}`");
        assert_eq!(reader.records().filter(Result::is_ok).count(), 1, "`{line}`");
        let named = world.run(&format!("{line} --dry-run --fields help")).well().out;
        assert_eq!(named.lines().collect::<Vec<_>>(), fields, "`{line}`");
        // Whoever only asks for names must not have changed something by it.
        is_usage(&world, &format!("{line} --fields help"));
        let picked = world.run(&format!("{line} --dry-run -o csv --no-header --fields changed,action")).well().out;
        assert!(picked.starts_with("yes,") && picked.lines().count() == 1, "`{line}`: {picked}");
    }
}

#[test]
fn flags_of_all_commands_stand_before_or_after_changes_too() {
    let world = company();
    for line in lines(Does::changes) {
        let facts = |line: &str| {
            let mut facts = world.run(line).well().json();
            // How long an import took.
            facts.as_object_mut().expect("an object").remove("seconds");
            facts
        };
        let after = facts(&format!("{line} --dry-run --json --utc --no-input"));
        assert_eq!(facts(&format!("--json --utc --no-input {line} --dry-run")), after, "`{line}`");
    }
}

/// Fails unless this is an error in its one shape, with a tip, for people and for programs.
#[track_caller]
fn is_usage(world: &World, line: &str) {
    let said = world.run(line);
    is_civil(&said);
    assert_eq!((said.status, said.out.as_str()), (2, ""), "`{line}`: {said:?}");
    let told: Vec<_> = said.err.lines().collect();
    assert_eq!(told.len(), 2, "`{line}`: {said:?}");
    assert!(told[0].starts_with("error: ") && told[0].ends_with(" [usage]"), "`{line}`: {said:?}");
    assert!(told[1].starts_with("  tip: "), "`{line}`: {said:?}");
    let json = world.run(&format!("--json {line}"));
    assert_eq!((json.status, json.out.as_str()), (2, ""), "`{line}`: {json:?}");
    let object: serde_json::Value = serde_json::from_str(&json.err).unwrap_or_else(|_| panic!("`{line}`: {json:?}"));
    let fields: Vec<_> = object["error"].as_object().expect("an object").keys().cloned().collect();
    assert_eq!(fields, ["code", "exit", "message", "tip", "field"], "`{line}`");
    assert_eq!(object["error"]["exit"], 2, "`{line}`");
}

#[test]
fn a_word_too_many_and_a_flag_there_is_not_are_refused_alike() {
    let world = company();
    let before = world.rows();
    for leaf in leaves() {
        is_usage(&world, &format!("{} --nowhere", leaf.name));
        let needs = leaf.command.get_arguments().any(clap::Arg::is_required_set);
        if needs {
            is_usage(&world, &leaf.name);
        }
        let (_, _, rest) = LEAVES.iter().find(|(name, _, _)| *name == leaf.name).expect("in the table");
        let takes_many =
            leaf.command.get_positionals().any(|one| one.get_num_args().is_some_and(|n| n.max_values() > 1));
        if !takes_many {
            is_usage(&world, &format!("{} {rest} one two three four", leaf.name));
        }
        is_usage(&world, &format!("{} {rest} -o xml", leaf.name));
    }
    assert_eq!(world.rows(), before);
}

#[test]
fn help_is_short_civil_and_fits_a_terminal() {
    let world = World::empty();
    for leaf in leaves() {
        let help = world.run(&format!("{} --help", leaf.name)).well();
        is_civil(&help);
        assert_eq!(world.run(&format!("{} -h", leaf.name)).well().out, help.out, "`{}`: two kinds of help", leaf.name);
        let (_, examples) = help.out.split_once("\nExamples:\n").expect("examples");
        for line in examples.lines().filter(|line| line.starts_with("    ")) {
            assert!(line.chars().count() <= 80, "`{}`: {line:?} is too wide", leaf.name);
        }
        assert!(!help.out.contains("\n\n\n"), "`{}`: {}", leaf.name, help.out);
    }
    let help = world.run("--help").well();
    is_civil(&help);
    assert!(help.out.lines().all(|line| line.chars().count() <= 100), "{}", help.out);
    for noun in frontdesk::cli::definition().get_subcommands() {
        let line = format!("\n  {:<12} ", noun.get_name());
        assert_eq!(help.out.matches(&line).count(), 1, "{} is shown once", noun.get_name());
    }
}

#[test]
fn rows_without_another_name_are_known_by_their_number_with_id_before_it_too() {
    let world = company();
    for line in [
        "mail show id:1",
        "document get id:1 --to out.pdf",
        "reading correct id:2 12440 --reason 'Read again' --dry-run",
        "selfcheck show id:1",
        "user why eva@brf.example document.view --document id:1",
        "user why eva@brf.example selfcheck.view --selfcheck id:1",
        "order comment NK-FRO-0001 Yes --answers id:1 --dry-run",
    ] {
        world.run(line).well();
    }
    is_usage(&world, "reading correct id:x 12440 --reason Odd");
}

/// The program itself as another process, in a world's folder.
fn program(world: &World) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    surround(&mut command, world);
    command
}

fn surround(command: &mut Command, world: &World) {
    command.current_dir(world.path()).env_clear().env("HOME", world.path()).env("TMPDIR", world.path());
    command.env("FRONTDESK_CONFIG", world.path().join("etc/frontdesk/config.toml"));
}

/// What a process said, which has to end by itself.
#[track_caller]
fn ends(mut command: Command, line: &str) -> Said {
    // Files, because nobody reads a pipe while it is waited for.
    let (mut out, mut err) = (tempfile::tempfile().expect("a file"), tempfile::tempfile().expect("a file"));
    command.stdout(out.try_clone().expect("a file")).stderr(err.try_clone().expect("a file"));
    let mut child = command.spawn().expect("the program");
    // Its end of a pipe stays open as long as this lives, and nothing is ever written.
    let silent = child.stdin.take();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a process") {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            child.kill().expect("it can be ended");
            panic!("`{line}` waits for something that does not come");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    drop(silent);
    let text = |file: &mut std::fs::File| {
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_string(&mut text)).expect("text");
        text
    };
    let status = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(255);
    Said { status, out: text(&mut out), err: text(&mut err) }
}

/// Every command that asks on a terminal fails at once where there is none, however its standard input is.
#[test]
fn nothing_that_asks_waits_for_a_terminal_that_is_not_there() {
    let world = company();
    let before = world.rows();
    // What forgets only that mail came back takes --yes like its kind, and has nothing to ask.
    let leaves = LEAVES.iter().filter(|(name, _, _)| *name != "mail bounce clear");
    let asks = leaves.filter_map(|(name, _, rest)| {
        let without: Vec<_> = rest.split(" --confirm").next()?.split(' ').filter(|word| *word != "--yes").collect();
        let asked = rest.contains("--yes") || rest.contains("--confirm");
        asked.then(|| format!("{name} {}", without.join(" ")))
    });
    let asks: Vec<_> = asks.chain(["user invite --pending".to_owned()]).collect();
    assert!(asks.len() >= 24, "{asks:?}");
    world.run("user create neu@brf.example --customer 1042 --name Neu --no-invite").well();
    let before = if before == world.rows() { before } else { world.rows() };
    for line in asks {
        let words = split(&line);
        let mut piped = program(&world);
        piped.args(&words).stdin(Stdio::piped());
        ends(piped, &line).fails(2, "this needs to be confirmed").fails(2, "  tip: add --");
        let mut null = program(&world);
        null.args(&words).stdin(Stdio::null());
        ends(null, &line).fails(2, "this needs to be confirmed");
        let mut closed = Command::new("/bin/sh");
        surround(&mut closed, &world);
        closed.args(["-c", "exec \"$0\" \"$@\" <&-", env!("CARGO_BIN_EXE_frontdesk")]).args(&words);
        ends(closed, &line).fails(2, "this needs to be confirmed");
    }
    let mut password = program(&world);
    password.args(split("mail password --config mail.toml")).stdin(Stdio::piped());
    ends(password, "mail password").fails(2, "there is nobody to ask for the password");
    assert_eq!(world.rows(), before);
}

/// No command reads standard input unless it is told to.
#[test]
fn nothing_waits_for_input_that_never_comes() {
    let world = company();
    for (name, does, rest) in LEAVES {
        let line = match does {
            // These run until they are told to stop.
            Does::Run if *name == "demo" || *name == "portal preview" => continue,
            Does::Run if *name == "serve" => "serve --check".to_owned(),
            Does::Run if *name == "man" => "man --dir pages".to_owned(),
            _ if does.changes() => format!("{name} {rest} --dry-run"),
            _ => format!("{name} {rest}"),
        };
        let mut command = program(&world);
        command.args(split(&line)).stdin(Stdio::piped());
        let said = ends(command, &line);
        assert!(said.status != 255, "`{line}`: {said:?}");
    }
}
