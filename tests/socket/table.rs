//! Every command of the program, by real users of this machine: who may is what the golden table says.

use super::office::{ADAM, CRON, NILS, OTTO, Office, RITA};
use crate::cli::walk::{LEAVES, leaves};

/// The table, as it is written down.
const TABLE: &str = include_str!("../golden/rights.txt");

/// Whether somebody with one right may give a command.
fn may(who: &str, right: &str) -> bool {
    who == "any staff"
        || who.strip_prefix("staff with ").is_some_and(|rights| rights.split(" or ").any(|one| one == right))
}

#[test]
fn each_command_asks_for_its_right_of_whoever_the_kernel_says() {
    let Some(office) = Office::of_company() else { return };
    let mut tried = 0;
    for (name, _, rest) in LEAVES {
        let line = TABLE.lines().find(|line| line.split("  ").next() == Some(*name));
        let who =
            line.and_then(|line| line.rsplit("  ").next()).unwrap_or_else(|| panic!("`{name}` is not in the table"));
        if who == "at the machine only" {
            continue;
        }
        let leaf = leaves().into_iter().find(|leaf| leaf.name == *name).expect("a command");
        let dry = if leaf.has("dry-run") { " --dry-run" } else { "" };
        let files = office.path().display().to_string();
        // The files of the company lie where it was made.
        let rest: Vec<_> = rest
            .split(' ')
            .map(|word| {
                if word.ends_with(".csv") || word.ends_with(".png") || word.ends_with(".pdf") || word.ends_with(".toml")
                {
                    format!("{files}/{word}")
                } else {
                    word.to_owned()
                }
            })
            .collect();
        let line = format!("{name} {}{dry}", rest.join(" "));
        for (uid, right) in [(ADAM, "admin"), (RITA, "accounts"), (CRON, "imports")] {
            let said = office.run(uid, &line);
            let denied = said.status == Some(77);
            assert_eq!(denied, !may(who, right), "{right}: {line} ({who}): {said:?}");
        }
        for uid in [NILS, OTTO] {
            office.run(uid, &line).fails(77, &format!("uid {uid} is no member of staff"));
        }
        tried += 1;
    }
    assert!(tried > 120, "{tried}");
}
