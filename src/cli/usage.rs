//! A command line that cannot be read, said in the house's own words instead of the parser's.

use std::ffi::OsString;
use std::io::Write;
use std::net::AddrParseError;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::flags::{Format, Globals};
use super::io::Io;
use super::output::{fail, write};
use crate::error::{Error, Kind};
use crate::text::shown;

/// What the parser has to say: help and version are answers, the rest is a usage error in the house's own shape.
pub(super) fn answer(error: &clap::Error, arguments: &[OsString], io: &Io) -> u8 {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return match write(io, &error.render().to_string()) {
            Ok(()) => 0,
            Err(error) => fail(&error, &Globals::default(), io),
        };
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = io.stderr.borrow_mut().write_all(error.render().to_string().as_bytes());
        return Kind::Usage.exit();
    }
    let mut said = match error.kind() {
        ErrorKind::ValueValidation => wrong_value(error),
        ErrorKind::InvalidValue if !text(error, ContextKind::InvalidValue).is_empty() => unknown_word(error),
        ErrorKind::InvalidUtf8 => super::usage("a word of the command line is not UTF-8"),
        _ => rendered(error),
    };
    if let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) {
        said = said.at(field_of(argument));
    }
    fail(&said, &globals(arguments, io), io)
}

/// A value that its type refused: the type says why, and what to write instead.
fn wrong_value(error: &clap::Error) -> Error {
    let cause = std::error::Error::source(error);
    let own = cause.and_then(|cause| cause.downcast_ref::<Error>());
    let why = match cause {
        Some(cause) => match own {
            Some(own) => own.message().to_owned(),
            None => reason(cause),
        },
        None => "it is not what this takes".into(),
    };
    super::usage(format!("{}: {why}", unusable(error)))
        .tip(own.and_then(Error::tip_text).unwrap_or("see the same command with --help"))
}

/// A word that is none of those there are.
fn unknown_word(error: &clap::Error) -> Error {
    let words = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(words)) => words.join(", "),
        _ => String::new(),
    };
    let said = super::usage(format!("{} [possible values: {words}]", unusable(error)));
    match text(error, ContextKind::SuggestedValue) {
        "" => said.tip("see the same command with --help"),
        near => said.tip(format!("did you mean {near}?")),
    }
}

fn unusable(error: &clap::Error) -> String {
    let value = shown(text(error, ContextKind::InvalidValue));
    format!("unusable value '{value}' for '{}'", text(error, ContextKind::InvalidArg))
}

fn text(error: &clap::Error, kind: ContextKind) -> &str {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text,
        _ => "",
    }
}

/// What the standard library says of numbers and addresses, in other words.
fn reason(cause: &(dyn std::error::Error + 'static)) -> String {
    if let Some(number) = cause.downcast_ref::<ParseIntError>() {
        return match number.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "it is too far from zero".into(),
            _ => "it is not a whole number".into(),
        };
    }
    if cause.is::<AddrParseError>() {
        return "it is not an address with a port, such as 127.0.0.1:8080".into();
    }
    cause.to_string().replace("invalid digit found in string", "it is not a whole number")
}

/// What the parser says of everything else, on one line.
fn rendered(error: &clap::Error) -> Error {
    // A word that was not understood can hold anything: line ends, and more than anybody reads.
    let rendered = [ContextKind::InvalidSubcommand, ContextKind::InvalidArg, ContextKind::InvalidValue]
        .into_iter()
        .map(|kind| text(error, kind))
        .filter(|word| !word.is_empty())
        .fold(error.render().to_string(), |rendered, word| rendered.replace(word, &shown(word)));
    let mut lines = rendered.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let mut tip = None;
    for line in lines {
        match line.strip_prefix("tip: ") {
            Some(text) => tip = tip.or(Some(text.to_owned())),
            None if line.starts_with("Usage:") || line.starts_with("For more information") => {
                tip = tip.or_else(|| line.strip_prefix("Usage:").map(|usage| format!("usage:{usage}")));
            }
            None if message.ends_with(':') || message.ends_with("or more") => message.push_str(&format!(" {line}")),
            None => message.push_str(&format!("; {line}")),
        }
    }
    let message = message.replacen("invalid value", "unusable value", 1);
    super::usage(message).tip(tip.unwrap_or_else(|| "see: frontdesk --help".into()))
}

/// `--postal-code <CODE>` is the field `postal_code`, and `<EMAIL>` is `email`.
fn field_of(argument: &str) -> String {
    let word = argument.split_whitespace().next().unwrap_or(argument);
    word.trim_matches(['-', '<', '>', '[', ']', '.']).replace('-', "_").to_lowercase()
}

/// The format that was asked for, as far as it can be told from words that the parser did not take.
fn globals(arguments: &[OsString], io: &Io) -> Globals {
    let words: Vec<_> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let named = words.iter().enumerate().filter_map(|(at, word)| match *word {
        "-o" | "--output" => words.get(at + 1).copied(),
        word => word.strip_prefix("--output=").or_else(|| word.strip_prefix("-o")).map(|word| word.trim_matches('=')),
    });
    let format = named.filter_map(|word| <Format as clap::ValueEnum>::from_str(word, true).ok()).next_back();
    let globals = Globals { json: words.contains(&"--json"), output: format, ..Globals::default() };
    // A variable that cannot be read is not what is wrong here.
    globals.clone().settled(io).unwrap_or(globals)
}
