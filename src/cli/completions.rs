//! Command: completions for shells, from the same definitions as the commands.

use clap::{Args, ValueEnum};
use clap_complete::Shell;

use super::answer::Answer;
use crate::error::{Error, Result};

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
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut super::definition(), "frontdesk", &mut script);
        String::from_utf8(script).map(Answer::Text).map_err(Error::internal)
    }
}
