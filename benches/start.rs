//! One command as a process of its own, beside a process that only opens the database.

use std::process::{Command, Stdio};

use anyhow::{Result, ensure};

use crate::bare::HELPER;
use crate::house::House;
use crate::ratio::{Limit, Report, Times, say};

const ROUNDS: usize = 60;

/// Measures the start of the program, a command that reads, and one that writes.
pub fn measure(report: &mut Report) -> Result<()> {
    say("start: one command, one process");
    let house = House::new()?;
    house.run(&["customer", "add", "1042", "--name", "Brf Fröjden"])?;
    let database = house.database().display().to_string();
    let ola = ["user", "create", "ola@brf.example", "--customer", "1042", "--name", "Ola Berg"];
    house.run(&[&ola[..], &["--template", "viewer"]].concat())?;
    let [mut version, mut list] = [Times::default(), Times::default()];
    let [mut why, mut create] = [Times::default(), Times::default()];
    let [mut reading, mut writing] = [Times::default(), Times::default()];
    for round in 0..ROUNDS {
        let email = format!("eva{round}@brf.example");
        version.take(|| frontdesk(&house, &["--version"]))?;
        list.take(|| frontdesk(&house, &["user", "list"]))?;
        why.take(|| frontdesk(&house, &["user", "why", "ola@brf.example", "order.view"]))?;
        reading.take(|| helper(&[HELPER, &database]))?;
        create.take(|| frontdesk(&house, &["user", "create", &email, "--customer", "1042", "--name", "Eva Lind"]))?;
        writing.take(|| helper(&[HELPER, &database, &email]))?;
    }
    report.pair("frontdesk --version", (version, reading.clone()), Limit::Ratio(3.0));
    report.pair("frontdesk user list", (list, reading.clone()), Limit::Ratio(4.0));
    report.pair("frontdesk user why", (why, reading), Limit::Ratio(4.0));
    report.pair("frontdesk user create", (create, writing), Limit::Ratio(4.0));
    Ok(())
}

fn frontdesk(house: &House, words: &[&str]) -> Result<()> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    run(command.args(words).env_clear().envs(house.environment()).current_dir(house.path("")))
}

fn helper(words: &[&str]) -> Result<()> {
    run(Command::new(std::env::current_exe()?).args(words).env_clear())
}

fn run(command: &mut Command) -> Result<()> {
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    ensure!(ended.success(), "{command:?} ended with {ended}");
    Ok(())
}
