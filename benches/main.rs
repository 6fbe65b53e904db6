//! How fast it is, as ratios to the least that could do the same, measured side by side in one run.
//!
//! `cargo bench` measures everything; `cargo bench -- pages` only what has this word in its name. A ratio beyond its
//! limit ends the run with status 1. `FRONTDESK_BENCH_LARGE=1` adds a group of a million orders.

mod bare;
mod client;
mod house;
mod imports;
mod large;
mod orders;
mod pages;
mod places;
mod ratio;
mod socket;
mod start;
mod uploads;

use std::process::ExitCode;

use anyhow::Result;
use ratio::Report;

/// What is measured: its name, and what measures it.
type Part = (&'static str, fn(&mut Report) -> Result<()>);

const PARTS: [Part; 7] = [
    ("pages", pages::measure),
    ("places", places::measure),
    ("uploads", uploads::measure),
    ("import", imports::measure),
    ("start", start::measure),
    ("socket", socket::measure),
    ("large", large::measure),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [helper, path, rest @ ..] = arguments.as_slice()
        && helper == bare::HELPER
    {
        return status(bare::touch(path, rest.first().map(String::as_str)).map(|()| true));
    }
    // `cargo test --benches` runs this too, and has no time to measure.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<_> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    status(measure(|name| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()))))
}

/// Measures the parts that are wanted; `false` when a ratio is beyond its limit.
fn measure(is_wanted: impl Fn(&str) -> bool) -> Result<bool> {
    let mut report = Report::default();
    for (_, part) in PARTS.iter().filter(|(name, _)| is_wanted(name)) {
        part(&mut report)?;
    }
    report.print()
}

fn status(done: Result<bool>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            ratio::say(&format!("{error:?}"));
            ExitCode::FAILURE
        }
    }
}
