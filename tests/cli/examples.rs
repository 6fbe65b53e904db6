//! Every example of the help and the manual is run in a company that has what it speaks of.

use frontdesk::cli::examples;

use crate::cli::brf::company;
use crate::cli::walk::{Does, is_civil, leaves};
use crate::support::{Said, World, split};

/// The parts of a line of a script that are commands of frontdesk: their words, and the file that is their input.
fn commands(line: &str) -> Vec<(Vec<String>, Option<String>)> {
    let words = split(&line.replace("$(", " ; ").replace("; done", "").replace(')', " ; "));
    let mut found = Vec::new();
    let is_end = |word: &String| ["|", "&&", ";", "do"].contains(&word.as_str()) || word.ends_with(';');
    for part in words.split(is_end) {
        let Some(at) = part.iter().position(|word| word == "frontdesk") else { continue };
        if part[0] == "systemctl" {
            continue;
        }
        // A program that calls this one with a line of its own input puts it where {} stands, or at the end.
        let xargs = part[..at].iter().any(|word| word == "xargs");
        let (mut own, mut input) = (Vec::new(), None);
        let mut rest = part[at + 1..].iter();
        while let Some(word) = rest.next() {
            match word.as_str() {
                ">" | ">/dev/null" => drop(rest.next()),
                "<" => input = rest.next().cloned(),
                word => own.push(word.to_owned()),
            }
        }
        // What it reads are the words of commands, which are put in by hand here.
        let input = input.filter(|_| !xargs);
        if xargs && !own.iter().any(|word| word == "{}") {
            own.push("{}".into());
        }
        found.push((own, input));
    }
    found
}

/// The same words, with something of the company where a script would put what it read.
fn filled(words: Vec<String>) -> Vec<String> {
    let stands_for = if words.iter().any(|word| word == "customer") {
        "1999"
    } else if words.iter().any(|word| word == "order") {
        "NK-FRO-0142"
    } else if words.iter().any(|word| word == "user") {
        "eva@brf.example"
    } else {
        "KA-02"
    };
    let fill = |word: String| match word.as_str() {
        "{}" => stands_for.into(),
        "$g" => "nordkyl".into(),
        _ => word.replace("/var/spool/crm/", "").replace("/var/spool/erp/", "").replace("/var/spool/", ""),
    };
    words.into_iter().map(fill).collect()
}

/// What another program hands over in a pipe.
fn piped(words: &[String]) -> String {
    let is =
        |wanted: &str| wanted.split(' ').zip(words.iter().filter(|word| !word.starts_with('-'))).all(|(a, b)| a == b);
    if is("document add") {
        "%PDF-1.7 a report".into()
    } else if is("contact import") {
        "customer_no,name,email\n1042,Bo Ek,bo@brf.example\n".into()
    } else if is("customer apply") {
        "customer_no = \"1042\"\nname = \"Brf Fröjden\"\n".into()
    } else if is("mail password") {
        "a password of the mail server\n".into()
    } else {
        "Two lines\nof text\n".into()
    }
}

/// Whether a command is one that would not come back.
fn stays(words: &[String]) -> bool {
    let says = |word: &str| words.iter().any(|own| own == word);
    (says("serve") && !says("--check")) || words.first().is_some_and(|word| word == "demo") || says("preview")
}

/// Runs one command of an example as a script or a person does.
fn run(world: &World, words: &[String], input: Option<&str>) -> Said {
    let input = match input {
        Some(file) => std::fs::read_to_string(world.path().join(file)).unwrap_or_else(|_| panic!("no file {file}")),
        None => piped(words),
    };
    let mut words = words.to_vec();
    // The mail server's side is made for it in the configuration.
    let of_mail = |verb: &str| words.iter().any(|word| word == "mail") && words.iter().any(|word| word == verb);
    for (verb, config) in [("password", "mail.toml"), ("receive", "reply.toml")] {
        if of_mail(verb) {
            words.extend(["--config".into(), config.into()]);
            break;
        }
    }
    let said = world.run_in(&words, &input, |_| {});
    if said.err.contains("there is nobody to ask for the password") {
        // Typed without being shown, at a terminal that a test does not have.
        return Said { status: 0, out: String::new(), err: String::new() };
    }
    if said.status == 2 && said.err.contains("this needs to be confirmed") {
        // A person is asked, and types what is asked for.
        let last = words.iter().rfind(|word| !word.starts_with('-')).cloned().unwrap_or_default();
        let typed = if said.err.contains("--confirm") { last } else { "y".into() };
        return world.run_in(&words, &format!("{typed}\n"), |io| io.stdin_is_terminal = true);
    }
    said
}

#[test]
fn every_command_has_two_examples_of_its_own() {
    let leaves = leaves();
    for leaf in &leaves {
        let all: Vec<_> = examples::all().filter(|(name, _)| *name == leaf.name).collect();
        assert_eq!(all.len(), 1, "`{}` has its examples in one place", leaf.name);
        let (_, examples) = all[0];
        assert!(examples.len() >= 2, "`{}` has fewer than two examples", leaf.name);
        for (does, line) in *examples {
            let own = commands(line);
            assert!(!does.is_empty() && !does.ends_with(['.', ':', ',']), "{does:?}");
            assert!(does.starts_with(char::is_uppercase), "{does:?}");
            assert!(does.chars().count() <= 110, "{does:?} is too long");
            assert!(
                own.iter().any(|(words, _)| {
                    let words: Vec<_> =
                        words.iter().filter(|word| !word.starts_with("-q")).map(String::as_str).collect();
                    words.join(" ").starts_with(&leaf.name)
                }),
                "`{line}` is no example of `{}`",
                leaf.name
            );
            // A line of cron cannot go on in the next.
            let is_cron = line.starts_with(|c: char| c == '*' || c.is_ascii_digit());
            assert!(!is_cron || line.chars().count() <= 76, "`{line}` is too long");
        }
        assert_ne!(examples[0].1, examples[1].1, "`{}`", leaf.name);
    }
    for (name, _) in examples::all() {
        assert!(leaves.iter().any(|leaf| leaf.name == *name), "`{name}` has examples and is no command");
    }
    for leaf in &leaves {
        let help = World::empty().run(&format!("{} --help", leaf.name)).well().out;
        let (_, shown) = help.split_once("\nExamples:\n").unwrap_or_else(|| panic!("none in {help}"));
        assert!(shown.contains("    frontdesk ") || shown.contains(" frontdesk "), "{help}");
    }
}

#[test]
fn every_example_is_understood_and_works() {
    let whole = company();
    let mut wrong = Vec::new();
    for leaf in leaves() {
        let examples = examples::all().find(|(name, _)| *name == leaf.name).map_or(&[][..], |(_, examples)| examples);
        for (_, line) in examples {
            // What does not change the company can share it.
            let copied = matches!(leaf.does(), Does::Add | Does::Change | Does::Import | Does::Remove | Does::Run);
            let copied = copied.then(|| if leaf.name == "init" { World::empty() } else { whole.copy() });
            let world = copied.as_ref().unwrap_or(&whole);
            if leaf.name == "group delete" {
                // Where there are two, every other example would have to say which one is meant.
                world.run("group add sydkyl --name 'Sydkyl AB'").well();
            }
            for (words, input) in commands(line) {
                let words = filled(words);
                let parsed =
                    frontdesk::cli::definition().try_get_matches_from(["frontdesk".into()].iter().chain(&words));
                assert!(parsed.is_ok(), "`{line}`: {parsed:?}");
                if stays(&words) {
                    continue;
                }
                let said = run(world, &words, input.as_deref());
                let wanted = if words.iter().any(|word| word == "--exit-code") { &[0, 5][..] } else { &[0] };
                is_civil(&said);
                let is_loud = words[0].starts_with("-q")
                    && leaf.does().changes()
                    && !(said.out.is_empty() && said.err.is_empty());
                if !wanted.contains(&said.status) || is_loud {
                    wrong.push(format!("`{line}`: {said:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
