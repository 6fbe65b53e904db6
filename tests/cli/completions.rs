//! What each shell that is installed offers, asked of the shell itself.

use std::process::{Command, Stdio};

use crate::support::{World, skipped};

/// What is typed, what is offered, and what is not.
const TYPED: &[(&str, &[&str], &[&str])] = &[
    ("frontdesk cus", &["customer"], &["contact"]),
    ("frontdesk customer a", &["add"], &["list"]),
    ("frontdesk user grant --", &["--customer", "--template", "--json", "--dry-run"], &["--password", "--if-exists"]),
    ("frontdesk customer list -o ", &["table", "json", "jsonl", "csv", "id"], &["customers.csv"]),
    ("frontdesk customer add 1 --lang ", &["en", "sv", "es"], &["customers.csv"]),
    ("frontdesk user grant eva@brf.example order.", &["order.view", "order.create"], &["comment.write"]),
    ("frontdesk customer import cust", &["customers.csv"], &["customer"]),
    ("frontdesk customer import ", &["customers.csv"], &["--map", "1042"]),
    ("frontdesk object interval l", &["list"], &["add"]),
    ("frontdesk completions ", &["bash", "zsh", "fish"], &["customers.csv"]),
];

/// A folder with the script of a shell and a file to be found.
fn world(shell: &str, script: &str) -> World {
    let world = World::empty();
    world.file("customers.csv", "");
    let said = world.run(&format!("completions {shell}")).well();
    assert!(said.err.is_empty(), "{said:?}");
    std::fs::create_dir(world.path().join("functions")).expect("a folder");
    world.file(script, said.out);
    world
}

/// The lines that a program prints, each of which is something offered; nothing where it is not installed.
fn offered(world: &World, program: &str, arguments: &[&str]) -> Option<Vec<String>> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(world.path()).env("HOME", world.path()).stdin(Stdio::null());
    let said = command.output().inspect_err(|_| skipped(program)).ok()?;
    let complaint = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success() && complaint.trim().is_empty(), "{program}: {said:?}");
    let lines = String::from_utf8_lossy(&said.stdout).replace('\r', "");
    let lines = lines.lines().filter_map(|line| line.strip_prefix('=')).map(|line| line.trim().to_owned());
    Some(lines.collect())
}

#[track_caller]
fn check(shell: &str, line: &str, found: &[String], wanted: &[&str], unwanted: &[&str]) {
    for one in wanted {
        assert!(found.iter().any(|word| word == one), "{shell} does not offer {one} for '{line}': {found:?}");
    }
    for one in unwanted {
        assert!(found.iter().all(|word| word != one), "{shell} offers {one} for '{line}': {found:?}");
    }
}

/// Bash, where an empty answer of the function is what makes it offer files.
const BASH: &str = r#"
compopt() { :; }
source ./frontdesk.bash
asked=$(complete -p frontdesk)
[[ "$asked" == *"-o default"* ]] || { echo "$asked" >&2; exit 1; }
read -ra COMP_WORDS <<<"$1"
[[ "$1" == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE=$1 COMP_POINT=${#1}
word=${COMP_WORDS[COMP_CWORD]}
_frontdesk_words frontdesk "$word" "${COMP_WORDS[COMP_CWORD - 1]}"
((${#COMPREPLY[@]})) || COMPREPLY=($(compgen -f -- "$word"))
printf '=%s\n' "${COMPREPLY[@]}"
"#;

#[test]
fn bash_completes() {
    let world = world("bash", "frontdesk.bash");
    world.file("ask", BASH);
    for (line, wanted, unwanted) in TYPED {
        let Some(found) = offered(&world, "bash", &["--norc", "ask", line]) else { return };
        check("bash", line, &found, wanted, unwanted);
    }
}

/// Zsh completes only on a terminal: one is made for it, and every word that it would add is printed.
const ZSH: &str = r#"
zmodload zsh/zpty || exit 1
zpty z zsh -f -i
line() { zpty -w z "$1" }
line 'PROMPT=; fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D'
line 'begin() { print -r -- BEGIN }; finish() { print -r -- END; exit }'
line 'compprefuncs=(begin); comppostfuncs=(finish)'
line 'zstyle ":completion:*" list-grouped false; zstyle ":completion:*" insert-tab false'
line 'compadd() { if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
local -a hits; builtin compadd -A hits "$@"; local hit; for hit in $hits; print -r -- "=$hit"; }'
line 'print READY'
zpty -r z out '*READY*READY*'
zpty -w -n z "$1"$'\t'
zpty -r -m z out '*BEGIN*END*'
print -r -- "${out#*BEGIN}"
"#;

#[test]
fn zsh_completes() {
    let world = world("zsh", "functions/_frontdesk");
    world.file("ask", ZSH);
    if Command::new("zsh").arg("--version").output().is_err() {
        // Not installed, so not asked.
        return;
    }
    for (line, wanted, unwanted) in TYPED {
        // It waits for its terminal for ever, should something there not be as it is expected.
        let found = offered(&world, "timeout", &["60", "zsh", "-f", "ask", line]).expect("timeout");
        check("zsh", line, &found, wanted, unwanted);
    }
}

#[test]
fn fish_completes() {
    let world = world("fish", "frontdesk.fish");
    world.file("ask", "source ./frontdesk.fish\nfor one in (complete -C \"$argv[1]\")\n  echo =(string split -f 1 \\t -- $one)\nend\n");
    for (line, wanted, unwanted) in TYPED {
        let Some(found) = offered(&world, "fish", &["--no-config", "ask", line]) else { return };
        check("fish", line, &found, wanted, unwanted);
    }
}

#[test]
fn the_scripts_hold_what_there_is_and_no_secret() {
    let world = World::empty();
    for shell in ["bash", "zsh", "fish"] {
        let script = world.run(&format!("completions {shell}")).well().out;
        assert!(!script.contains("password'") && !script.contains("-l password "), "{shell} offers --password");
        for noun in ["customer", "order", "selfcheck", "man"] {
            assert!(script.contains(noun), "{shell} does not know {noun}");
        }
    }
    world.run("completions tcsh").fails(2, "possible values: bash, zsh, fish");
}
