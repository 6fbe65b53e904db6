//! The operator's desk: commands parsed, run, answered.

mod adding;
mod answer;
mod audit;
mod audit_chain;
mod backup;
mod backup_restore;
mod bounces;
mod bulk;
mod completions;
mod config;
mod confirm;
mod contacts;
mod customers;
mod demo;
mod desk;
mod difference;
mod doctor;
mod documents;
pub mod examples;
mod facilities;
mod flags;
mod given;
mod groups;
mod help;
mod imports;
mod init;
mod intervals;
mod io;
mod labels;
mod mail;
mod mail_bulk;
mod mail_check;
mod mail_password;
mod mail_preview;
mod man;
mod manager;
mod named;
mod notify;
mod objects;
mod orders;
mod origins;
mod output;
mod pick;
mod pieces;
mod portal;
mod priorities;
mod readings;
mod receive;
mod received;
mod roles;
mod selfchecks;
mod serve;
mod service;
mod socket;
mod staff;
mod statuses;
mod table;
mod templates;
mod usage;
mod users;
mod when;

use std::ffi::OsString;
use std::iter::successors;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use io::Io;
pub use man::pages as manual_pages;

use self::answer::Answer;
use self::desk::{Configured, Desk};
use self::flags::Globals;
use self::socket::Counter;
use crate::error::{Error, Kind, Result};

/// Customer accounts from the command line, and the portal they open
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(infer_subcommands = false, after_help = AFTER_HELP)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit status:
   0 done                 5 changes pending (--exit-code)  73 cannot write
   1 no, or found by      65 data that cannot be taken      74 disk or database
     a check              66 file cannot be opened          75 busy, try again
   2 usage                69 unavailable                    77 denied
   3 not found            70 our fault                      78 configuration
   4 conflict

From nothing to a signed-in client:
  frontdesk init --base-url https://portal.example.com
  frontdesk group add nordkyl --name \"Nordkyl AB\"
  frontdesk customer add 1042 --name \"Brf Fröjden\"
  frontdesk user create eva@brf.example --customer 1042 \\
    --name \"Eva Lind\" --template standard --all-facilities
  frontdesk serve";

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the data directory, the key and the database; safe to run twice
    Init(init::Init),
    /// What is configured, and where it comes from
    #[command(subcommand)]
    Config(config::Command),
    /// Answer customers, and send the mails, until told to stop
    Serve(serve::Serve),
    /// Open a made-up company to look at, gone when it ends
    Demo(demo::Demo),
    /// Look whether all is well: files, database, disk, mail, people
    Doctor(doctor::Doctor),
    /// Copies of everything, and the way back
    #[command(subcommand)]
    Backup(backup::Command),
    /// Customers: who is served
    #[command(subcommand)]
    Customer(customers::Command),
    /// The people at a customer; they need no account
    #[command(subcommand)]
    Contact(contacts::Command),
    /// Customer accounts: invitations, permissions, passwords
    #[command(subcommand)]
    User(users::Command),
    /// Facilities: the places of a customer
    #[command(subcommand)]
    Facility(facilities::Command),
    /// Objects: the machines of a customer
    #[command(subcommand)]
    Object(objects::Command),
    /// What the meters of the machines showed
    #[command(subcommand)]
    Reading(readings::Command),
    /// Orders: the work a customer asks for
    #[command(subcommand)]
    Order(orders::Command),
    /// Checklists on orders and machines, filled in and signed
    #[command(subcommand)]
    Selfcheck(selfchecks::Command),
    /// Files on orders, machines, places, people and customers
    #[command(subcommand)]
    Document(documents::Command),
    /// Companies: name, look, language, statuses, priorities, login box
    #[command(subcommand)]
    Group(groups::Command),
    /// People at the company, and their rights
    #[command(subcommand)]
    Staff(staff::Command),
    /// Named sets of permissions, copied when they are granted
    #[command(subcommand)]
    Template(templates::Command),
    /// Roles of contacts: of which events and statuses they are told
    #[command(subcommand)]
    Role(roles::Command),
    /// Mail that goes out and comes in: waiting, sent, given up
    #[command(subcommand)]
    Mail(mail::Command),
    /// Who is told of what, and why
    #[command(subcommand)]
    Notify(notify::Command),
    /// Which files were taken in (`customer import` and others take them)
    #[command(subcommand)]
    Import(imports::Runs),
    /// Who did what, when, from where
    #[command(subcommand)]
    Audit(audit::Command),
    /// The portal as one customer sees it, and its pages
    #[command(subcommand)]
    Portal(portal::Command),
    /// Print a script with which a shell completes commands
    Completions(completions::Completions),
    /// Write the manual pages into a directory
    Man(man::Man),
}

impl Command {
    /// What the command needs to know before it starts.
    fn configured(&self) -> Configured {
        match self {
            Self::Init(_) => Configured::OrMade,
            Self::Config(command) => command.configured(),
            Self::Demo(_) | Self::Completions(_) | Self::Man(_) => Configured::Not,
            _ => Configured::AsUsual,
        }
    }

    /// What only the owner of the data does, at the machine itself; nothing for all that a server does for others too.
    fn is_for_owner(&self) -> Option<&'static str> {
        match self {
            Self::Init(_) => Some("init"),
            Self::Demo(_) => Some("demo"),
            Self::Doctor(_) => Some("doctor"),
            Self::Serve(_) => Some("serve"),
            Self::Config(_) => Some("config"),
            Self::Backup(_) => Some("backup"),
            Self::Completions(_) => Some("completions"),
            Self::Man(_) => Some("man"),
            Self::Portal(command) => command.is_for_owner(),
            Self::Mail(command) => command.is_for_owner(),
            _ => None,
        }
    }

    /// Whether it only looks, although its kind changes something.
    fn only_prints(&self) -> bool {
        matches!(self, Self::Role(command) if command.only_prints())
    }

    /// Whether it takes what another program hands over, and brings again when it is told to.
    fn is_handed_over(&self) -> bool {
        matches!(self, Self::Mail(command) if command.is_handed_over())
    }

    fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Init(command) => command.run(desk),
            Self::Demo(command) => command.run(desk),
            Self::Doctor(command) => command.run(desk),
            Self::Group(command) => command.run(desk),
            Self::Mail(command) => command.run(desk),
            Self::Notify(command) => command.run(desk),
            Self::Staff(command) => command.run(desk),
            Self::Customer(command) => command.run(desk),
            Self::Contact(command) => command.run(desk),
            Self::User(command) => command.run(desk),
            Self::Facility(command) => command.run(desk),
            Self::Object(command) => command.run(desk),
            Self::Reading(command) => command.run(desk),
            Self::Order(command) => command.run(desk),
            Self::Selfcheck(command) => command.run(desk),
            Self::Document(command) => command.run(desk),
            Self::Import(command) => command.run(desk),
            Self::Template(command) => command.run(desk),
            Self::Role(command) => command.run(desk),
            Self::Audit(command) => command.run(desk),
            Self::Backup(command) => command.run(desk),
            Self::Portal(command) => command.run(desk),
            Self::Config(command) => command.run(desk),
            Self::Serve(command) => command.run(desk),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(desk),
        }
    }
}

/// The definition of the whole command line, for manual pages and completions.
pub fn definition() -> clap::Command {
    help::complete(Cli::command())
}

/// Runs one command line (with the program's name first) and gives its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>, io: &mut Io) -> u8 {
    run_at(arguments, io, None)
}

/// Runs a command as a server does for whoever asks at its socket: in the name of the member of staff who is `io.uid`.
///
/// The program itself gets there only through the socket, where the kernel says the uid. This way in is for tests, which
/// have one operating-system user and want to be many: whoever can call it can write the database file too.
#[doc(hidden)]
pub fn run_at_counter(arguments: impl IntoIterator<Item = OsString>, io: &mut Io) -> u8 {
    let globals = Globals::default();
    let counter = Desk::open(globals.clone(), Configured::AsUsual, io).and_then(|desk| {
        let db = desk.make()?.clone();
        Ok(Counter { db, loaded: desk.loaded.clone(), clock: io.clock.clone() })
    });
    match counter {
        Ok(counter) => run_at(arguments, io, Some(&counter)),
        Err(error) => output::fail(&error, &globals, io),
    }
}

/// The same, at the counter of a server for whoever asks there.
fn run_at(arguments: impl IntoIterator<Item = OsString>, io: &mut Io, counter: Option<&Counter>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = definition()
        .try_get_matches_from(&arguments)
        .and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, words_of(&matches), would_change(&matches))));
    let (cli, words, would_change) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage::answer(&error, &arguments, io),
    };
    let globals = match cli.globals.clone().settled(io) {
        Ok(globals) => globals,
        Err(error) => return output::fail(&error, &cli.globals, io),
    };
    if would_change && !cli.command.only_prints() && globals.fields.iter().any(|field| field == "help") {
        let why = usage("--fields help only looks, and this command would change something").at("fields");
        return output::fail(&why.tip("add --dry-run to see the fields"), &globals, io);
    }
    let is_handed_over = cli.command.is_handed_over();
    let for_owner = cli.command.is_for_owner();
    let desk = match (counter, for_owner) {
        (None, _) => Desk::open(globals.clone(), cli.command.configured(), io),
        (Some(counter), None) => Desk::at_counter(globals.clone(), io, counter, words),
        (Some(counter), Some(name)) => Desk::at_counter(globals.clone(), io, counter, words).and_then(|desk| {
            let why = format!("`{name}` is for the owner of the data directory alone");
            desk.read(|_| Err(Error::denied(&*why)))
        }),
    };
    let done = desk.and_then(|desk| {
        if counter.is_none() && for_owner.is_none() && desk.is_out_of_reach() {
            if desk.globals.verbose > 0 {
                desk.say(&format!("through the server at '{}'", desk.config.admin.socket.display()));
            }
            return socket::call(&desk, &arguments);
        }
        let answer = cli.command.run(&desk)?;
        output::give(&answer, &desk)
    });
    match done {
        Ok(status) => status,
        Err(error) if is_handed_over => output::fail(&receive::brought_again(error), &globals, io),
        Err(error) => output::fail(&error, &globals, io),
    }
}

/// The words of a command by which it is found, such as `customer add`.
fn words_of(matches: &ArgMatches) -> String {
    let below = successors(matches.subcommand(), |(_, matches)| matches.subcommand());
    below.map(|(word, _)| word).collect::<Vec<_>>().join(" ")
}

/// Whether it is a command that changes something, and not only tried.
fn would_change(matches: &ArgMatches) -> bool {
    let leaf = successors(Some(matches), |matches| matches.subcommand().map(|(_, below)| below)).last();
    leaf.is_some_and(|leaf| matches!(leaf.try_get_one::<bool>("dry_run"), Ok(Some(false))))
}

/// A wrong value on the command line is a mistake in its use.
fn usage(message: impl Into<String>) -> Error {
    Error::new(Kind::Usage, message)
}

#[cfg(test)]
mod tests {
    use super::definition;

    #[test]
    fn the_definition_holds_together() {
        definition().debug_assert();
    }
}
