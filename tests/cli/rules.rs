//! The rules that hold for every command, walked over the definition: a new command that breaks one fails here.

use crate::cli::walk::{Does, LEAVES, company, leaves};
use crate::support::World;

#[test]
fn the_table_of_commands_is_complete() {
    let there: Vec<_> = leaves().into_iter().map(|leaf| leaf.name).collect();
    for name in &there {
        assert!(LEAVES.iter().any(|(known, _, _)| known == name), "say in LEAVES what `{name}` does");
    }
    for (name, _, _) in LEAVES {
        assert!(there.iter().any(|known| known == name), "`{name}` is in LEAVES and is no command");
    }
}

#[test]
fn every_command_and_flag_is_explained_in_one_line() {
    fn walk(command: &clap::Command) {
        let name = command.get_name();
        let about = command.get_about().unwrap_or_else(|| panic!("{name} is not explained")).to_string();
        assert!(!about.is_empty() && !about.contains('\n') && !about.ends_with('.'), "{name}: {about:?}");
        assert!(about.chars().count() <= 100, "{name}: {about:?} is too long for a line");
        assert!(about.starts_with(char::is_uppercase), "{name}: {about:?}");
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let id = argument.get_id();
            let help = argument.get_help().unwrap_or_else(|| panic!("{name} {id} is not explained")).to_string();
            assert!(!help.ends_with('.') && !help.contains('\n'), "{name} {id}: {help:?}");
        }
        command.get_subcommands().for_each(walk);
    }
    walk(&frontdesk::cli::definition());
}

/// What a command does stands first, as one says it to somebody: "Add a customer".
#[test]
fn every_command_of_a_noun_is_a_verb() {
    const VERBS: [&str; 31] = [
        "Add",
        "Assign",
        "Cancel",
        "Carry",
        "Change",
        "Check",
        "Delete",
        "End",
        "Explain",
        "Forget",
        "Give",
        "Invite",
        "Let",
        "List",
        "Make",
        "Move",
        "Print",
        "Put",
        "Re-establish",
        "Retire",
        "Say",
        "Send",
        "Serve",
        "Show",
        "Take",
        "Tell",
        "Write",
        "Open",
        "Close",
        "Keep",
        "Use",
    ];
    for leaf in leaves().iter().filter(|leaf| leaf.name.contains(' ')) {
        let about = leaf.command.get_about().expect("explained").to_string();
        let first = about.split([' ', ',', ':']).next().unwrap_or_default();
        assert!(VERBS.contains(&first), "`{}` begins with {first:?}: {about:?}", leaf.name);
    }
}

#[test]
fn nouns_have_the_usual_verbs_and_the_usual_aliases() {
    for (noun, verbs) in [
        ("group", "add list show set delete"),
        ("group status", "add list set delete"),
        ("group priority", "add list set delete"),
        ("group origin", "add list delete"),
        ("group", "logo box"),
        ("portal", "preview routes"),
        ("staff", "add list show set disable enable delete grant revoke bind"),
        ("template", "add list show set delete"),
        ("role", "add list show set delete matrix"),
        ("customer", "add list show set close open delete import apply export"),
        ("contact", "add list show set delete import"),
        ("user", "create list show set grant revoke invite reset unlock disable enable sign-out delete why"),
        ("facility", "add list show set close open delete import"),
        ("object", "add list show set move retire delete label import"),
        ("selfcheck", "add list show answer sign reopen delete"),
        ("selfcheck template", "add list show delete"),
        ("document", "add list get set delete"),
        ("order", "create list show set status assign cancel reopen delete comment note audience import"),
        ("object interval", "add list set delete"),
        ("reading", "add list correct delete import"),
        ("import", "log show rejects undo"),
        ("mail", "list show send retry cancel drop test"),
        ("backup", "create verify list restore"),
    ] {
        for verb in verbs.split(' ') {
            let name = format!("{noun} {verb}");
            assert!(LEAVES.iter().any(|(known, _, _)| *known == name), "there is no `{name}`");
        }
    }
    for leaf in leaves() {
        let aliases: Vec<_> = leaf.command.get_visible_aliases().collect();
        let expected: &[&str] = match leaf.command.get_name() {
            "add" => &["create"],
            "create" => &["add"],
            "delete" => &["rm"],
            "list" => &["ls"],
            _ => &[],
        };
        assert_eq!(aliases, expected, "{}", leaf.name);
        assert_eq!(leaf.command.get_all_aliases().count(), expected.len(), "{} has a hidden alias", leaf.name);
    }
}

#[test]
fn every_command_has_the_flags_of_its_sort() {
    for leaf in leaves() {
        let does = leaf.does();
        let has = |flags: &[&str], wanted: bool| {
            for flag in flags {
                assert_eq!(leaf.has(flag), wanted, "`{}` and --{flag}", leaf.name);
            }
        };
        has(&["dry-run", "exit-code"], does.changes());
        has(&["if-exists", "ensure"], does == Does::Add);
        has(&["missing-ok"], does == Does::Remove);
        has(&["search", "sort", "limit"], does == Does::List);
        // What is done to many is done to those that a filter finds, or to all when that is said.
        let bulk = ["mail retry", "mail cancel", "mail drop"].contains(&leaf.name.as_str())
            || ["grant", "revoke", "disable", "enable", "invite", "reset", "sign-out"]
                .iter()
                .any(|verb| leaf.name == format!("user {verb}"));
        has(&["where"], does == Does::List || bulk);
        assert!(!bulk || leaf.has("all"), "{} --all", leaf.name);
        let ends = |verbs: &[&str]| verbs.contains(&leaf.command.get_name());
        assert!(!ends(&["list", "show"]) || !does.changes(), "{} only looks", leaf.name);
        assert!(!ends(&["delete"]) || does == Does::Remove, "{} removes", leaf.name);
        // A backup is known by its moment: none is ever there already.
        let is_new = leaf.name == "backup create";
        assert!(!ends(&["add", "create"]) || does == Does::Add || is_new, "{} adds", leaf.name);
        assert!(!ends(&["import"]) || does == Does::Import, "{} imports", leaf.name);
    }
}

/// Two arguments of one name would be one value to the parser.
#[test]
fn no_command_has_an_argument_by_the_name_of_a_global_one() {
    let root = frontdesk::cli::definition();
    let globals: Vec<_> = root.get_arguments().filter(|argument| argument.is_global_set()).collect();
    assert_eq!(globals.len(), 14);
    for leaf in leaves() {
        for argument in leaf.command.get_arguments() {
            assert!(globals.iter().all(|global| global.get_id() != argument.get_id()), "`{}`: {argument}", leaf.name);
        }
    }
}

#[test]
fn no_flag_takes_a_secret() {
    for leaf in leaves() {
        // A flag without a value takes nothing.
        for argument in leaf.command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
            let name = argument.get_long().unwrap_or_default();
            if ["password", "passwort", "secret", "token", "key"].iter().any(|word| name.contains(word)) {
                assert_eq!(name, "password", "`{}` takes --{name}", leaf.name);
                assert!(argument.is_hide_set(), "`{}` shows --password", leaf.name);
            }
        }
    }
    let world = company();
    for leaf in leaves().iter().filter(|leaf| leaf.has("password")) {
        let (_, _, rest) = LEAVES.iter().find(|(name, _, _)| *name == leaf.name).expect("in the table");
        let before = world.rows();
        let said =
            world.run(&format!("{} {rest} --password hunter2", leaf.name)).fails(2, "never given on the command");
        assert!(!said.err.contains("hunter2"), "{said:?}");
        assert_eq!(world.rows(), before, "{}", leaf.name);
    }
    for variable in ["FRONTDESK_PASSWORD", "FRONTDESK_MAIL_PASSWORD"] {
        let said = world.run_in(&["group", "list"], "", |io| {
            io.environment.insert(variable.into(), "hunter2".into());
        });
        assert!(!said.fails(78, variable).err.contains("hunter2"), "{variable}");
    }
}

#[test]
fn commands_and_flags_are_written_out() {
    let world = World::nordkyl();
    let mut short: Vec<String> = Vec::new();
    for leaf in leaves() {
        let words: Vec<_> = leaf.name.split(' ').collect();
        let (last, above) = words.split_last().expect("a name");
        short.push([above, &[&last[..last.len() - 1]]].concat().join(" "));
        if let Some((first, rest)) = words.split_first().filter(|(_, rest)| !rest.is_empty()) {
            short.push(format!("{} {}", &first[..first.len() - 1], rest.join(" ")));
        }
    }
    for line in short {
        let said = world.run(&line);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "`{line}`: {said:?}");
        assert!(said.err.starts_with("error: unrecognized subcommand '"), "`{line}`: {said:?}");
    }
    world.run("customer list --sear x").fails(2, "--sear");
    world.run("customer list --out json").fails(2, "--out");
}

#[test]
fn help_and_version_are_answers() {
    let world = World::empty();
    for leaf in leaves() {
        let said = world.run(&format!("{} --help", leaf.name)).well();
        assert!(said.err.is_empty() && said.out.contains("Usage: frontdesk"), "{}", leaf.name);
        assert!(said.out.lines().all(|line| line.chars().count() <= 120), "{}: too wide", leaf.name);
    }
    let said = world.run("--help").well();
    for code in [0, 1, 2, 3, 4, 5, 65, 66, 69, 70, 73, 74, 75, 77, 78] {
        assert!(said.out.contains(&format!(" {code} ")), "the exit status {code} is not in --help");
    }
    assert!(world.run("--version").well().out.starts_with("frontdesk "));
}

#[test]
fn nobody_is_asked_without_a_terminal_or_with_no_input() {
    let asks = [
        "group delete nordkyl",
        "staff disable rita",
        "staff delete gone",
        "customer delete 1042",
        "contact delete lone@brf.example",
        "user disable eva@brf.example",
        "user delete eva@brf.example",
        "user invite --pending",
        "user invite --where state=new",
        "user grant order.create --all",
        "user revoke order.view --where state=active",
        "user disable --all",
        "user enable --all",
        "user reset --all",
        "user sign-out --all",
        "facility delete shut",
        "object delete KYL-02",
        "object interval delete KYL-01 Yearly",
        "reading delete 2 --reason Doubled",
        "order cancel NK-FRO-0001",
        "order delete NK-FRO-0001",
        "document delete 1",
        "template delete full",
        "role delete Billing",
        "group status delete Spare",
        "group priority delete Spare",
        "selfcheck delete 1",
        "selfcheck template delete round",
        "group origin delete https://www.nordkyl.example",
        "mail cancel 1",
        "backup restore 20261122T080200Z",
    ];
    let world = company();
    world.run("user create neu@brf.example --customer 1042 --name Neu --no-invite").well();
    let before = world.rows();
    for line in asks {
        world.run(line).fails(2, "this needs to be confirmed").fails(2, "  tip: add --");
        let words: Vec<_> = line.split(' ').chain(["--no-input"]).collect();
        let said = world.run_in(&words, "y\ny\n", |io| io.stdin_is_terminal = true);
        said.fails(2, "this needs to be confirmed");
        let words: Vec<_> = line.split(' ').collect();
        let said = world.run_in(&words, "no\n", |io| io.stdin_is_terminal = true);
        said.fails(1, "not confirmed; nothing was changed").fails(1, "[refused]");
        assert_eq!(world.rows(), before, "`{line}` changed something");
    }
    for (name, _, rest) in LEAVES.iter().filter(|(_, does, _)| *does == Does::Remove) {
        assert!(rest.ends_with("--yes") || rest.contains("--confirm"), "`{name}` removes without a question");
    }
}
