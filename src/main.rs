//! Starts the program.

use std::process::ExitCode;

use frontdesk::cli::{self, Io};

fn main() -> ExitCode {
    // What the program writes is for its owner alone, whatever the shell says.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    ExitCode::from(cli::run(std::env::args_os(), &mut Io::process()))
}
