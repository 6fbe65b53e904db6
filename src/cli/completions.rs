//! Command: completions for shells, from the same definitions as the commands.

use clap::builder::PossibleValuesParser;
use clap::{Arg, Args, ValueEnum, ValueHint};
use clap_complete::Shell;

use super::answer::Answer;
use crate::access::{Permission, Right};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::stage::Stage;
use crate::text::Lang;

#[derive(Args, Debug)]
#[command(after_help = "\
Where each shell looks for it:
  bash   ~/.local/share/bash-completion/completions/frontdesk
  zsh    a file _frontdesk in a directory of $fpath
  fish   ~/.config/fish/completions/frontdesk.fish")]
pub(super) struct Completions {
    /// Which shell
    shell: Known,
}

/// The shells that are looked after.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Known {
    Bash,
    Zsh,
    Fish,
}

impl Completions {
    pub(super) fn run(self) -> Result<Answer> {
        let shell = match self.shell {
            Known::Bash => Shell::Bash,
            Known::Zsh => Shell::Zsh,
            Known::Fish => Shell::Fish,
        };
        let mut root = hinted(super::definition());
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut root, "frontdesk", &mut script);
        let mut script = String::from_utf8(script).map_err(Error::internal)?;
        match self.shell {
            Known::Bash => script.push_str(WORDS_OF_BASH),
            Known::Fish => {
                // Fish is told of hidden flags too, and this one exists only to be refused.
                script = script
                    .lines()
                    .filter(|line| !line.contains(" -l password "))
                    .map(|line| format!("{line}\n"))
                    .collect();
                script.push_str("complete -c frontdesk -f\n");
                values_of_fish(&root, &[], &mut script);
            }
            Known::Zsh => {}
        }
        Ok(Answer::Text(script))
    }
}

/// The script for bash offers flags for every empty word, and so never a file.
const WORDS_OF_BASH: &str = r#"
# Flags are offered where one is begun; where nothing else is known, bash offers files.
_frontdesk_words() {
    _frontdesk "$@"
    [[ "$2" == -* ]] && return 0
    local word kept=()
    for word in "${COMPREPLY[@]}"; do
        [[ "$word" == -* ]] || kept+=("$word")
    done
    COMPREPLY=("${kept[@]}")
}
complete -F _frontdesk_words -o bashdefault -o default frontdesk
"#;

/// The script for fish says nothing about values without a flag: files where a command takes one, and words there are.
fn values_of_fish(command: &clap::Command, path: &[&str], script: &mut String) {
    for below in command.get_subcommands() {
        values_of_fish(below, &[path, &[below.get_name()]].concat(), script);
    }
    let seen = path.iter().map(|word| format!("__fish_seen_subcommand_from {word}")).collect::<Vec<_>>().join("; and ");
    for argument in command.get_positionals() {
        let words: Vec<_> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        if !words.is_empty() {
            script.push_str(&format!("complete -c frontdesk -n \"{seen}\" -f -a \"{}\"\n", words.join(" ")));
        } else if argument.get_value_hint() == ValueHint::FilePath {
            script.push_str(&format!("complete -c frontdesk -n \"{seen}\" -F\n"));
        }
    }
}

/// The definition with what a shell can offer for each value: words there are, files, or nothing.
fn hinted(command: clap::Command) -> clap::Command {
    let names: Vec<_> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    names.into_iter().fold(command.mut_args(offer), |command, name| command.mut_subcommand(name, hinted))
}

fn offer(argument: Arg) -> Arg {
    if !argument.get_possible_values().is_empty() || !argument.get_action().takes_values() {
        return argument;
    }
    let names: Vec<_> = argument.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
    let takes = names.first().map_or_else(|| argument.get_id().as_str().to_uppercase(), Clone::clone);
    let words: Vec<&str> = match takes.as_str() {
        "PERMISSION" => Permission::ALL.iter().map(|one| one.word()).collect(),
        "RIGHT" => Right::ALL.iter().map(|one| one.word()).collect(),
        "EVENT" => Event::ALL.iter().map(|one| one.word()).collect(),
        "STAGE" => Stage::ALL.iter().map(|one| one.word()).collect(),
        "LANG" => Lang::ALL.iter().map(|one| one.word()).collect(),
        _ => Vec::new(),
    };
    match (words.is_empty(), takes.as_str()) {
        (false, _) => argument.value_parser(PossibleValuesParser::new(words)),
        (true, "FILE" | "PATH") if argument.get_value_hint() != ValueHint::DirPath => {
            argument.value_hint(ValueHint::FilePath)
        }
        (true, "DIR") => argument.value_hint(ValueHint::DirPath),
        (true, _) if argument.get_value_hint() == ValueHint::Unknown => argument.value_hint(ValueHint::Other),
        (true, _) => argument,
    }
}
