//! The configuration: the example is complete, mistakes are told with their line, and every value knows where it is from.

use std::collections::BTreeSet;
use std::path::Path;

use frontdesk::config::{Config, EXAMPLE, Loaded, Origin};
use frontdesk::error::{Error, Kind};

/// No configuration of the machine that the test runs on.
const NO_MACHINE: &str = "/nowhere/config.toml";

fn refused(text: &str) -> (Error, String) {
    let error = Config::parse(text, "desk.toml").expect_err(text);
    assert_eq!(error.kind(), Kind::Config, "{text}");
    let said = format!("{} | {}", error.message(), error.tip_text().unwrap_or_default());
    for word in ["invalid", "illegal", "please", "oops", "Err("] {
        assert!(!said.to_lowercase().contains(word), "{said}");
    }
    (error, said)
}

/// `[section]` and `key =` lines of a file as full keys, and those behind `# ` likewise.
fn keys_in(text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut plain, mut commented, mut section) = (BTreeSet::new(), BTreeSet::new(), String::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = format!("{}.", name.trim_end_matches(']'));
        }
        let (line, into) = match line.strip_prefix("# ") {
            Some(line) => (line, &mut commented),
            None => (line, &mut plain),
        };
        if let Some((key, _)) = line.split_once(" = ")
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            into.insert(format!("{section}{key}"));
        }
    }
    (plain, commented)
}

#[test]
fn the_example_is_complete_and_every_value_is_the_default() {
    assert_eq!(Config::parse(EXAMPLE, "config.example.toml").expect("the example"), Config::default());
    let written = toml::Value::try_from(Config::default()).expect("the defaults as TOML");
    let mut defaults = BTreeSet::new();
    for (key, value) in written.as_table().expect("a table") {
        match value.as_table() {
            Some(section) => defaults.extend(section.keys().map(|inner| format!("{key}.{inner}"))),
            None => drop(defaults.insert(key.clone())),
        }
    }
    let (plain, commented) = keys_in(EXAMPLE);
    assert_eq!(plain, defaults, "a key of the defaults and the uncommented keys of config.example.toml differ");
    // A key without a default is shown commented, and the line works once the `# ` is taken away.
    let optional: BTreeSet<String> = Config::keys().into_iter().filter(|key| !defaults.contains(key)).collect();
    assert_eq!(commented, optional);
    assert_eq!(optional, BTreeSet::from(["mail.from", "mail.reply_address"].map(String::from)));
    let taken = Config::parse(&EXAMPLE.replace("\n# from = ", "\nfrom = "), "x").expect("the example with a sender");
    assert_eq!(taken.mail.from.expect("a sender").as_str(), "service@example.com");
}

#[test]
fn every_key_of_the_example_stands_below_a_comment() {
    let mut above = "";
    for (at, line) in EXAMPLE.lines().enumerate() {
        let is_key = line.contains(" = ") && !line.starts_with('#');
        // Keys without an empty line between them share the comment above the first.
        let explained = above.starts_with('#') || above.contains(" = ");
        assert!(!is_key || explained, "config.example.toml:{}: say what '{line}' is for", at + 1);
        above = line;
    }
}

#[test]
fn a_mistake_is_told_with_its_line_and_the_nearest_known_key() {
    for (text, message, tip) in [
        (
            "\n[portal]\nbaseurl = 'x'",
            "desk.toml, line 3: there is no key 'portal.baseurl'",
            "did you mean base_url in the section [portal]?",
        ),
        (
            "workers = 3",
            "desk.toml, line 1: there is no key 'workers'",
            "did you mean workers in the section [portal]?",
        ),
        (
            "[portal]\ndata_dir = 'x'",
            "desk.toml, line 2: there is no key 'portal.data_dir'",
            "did you mean data_dir above the first section?",
        ),
        ("# a\n[protal]\nworkers = 3", "desk.toml, line 2: there is no section [protal]", "did you mean [portal]?"),
        (
            "zzzzzzzz = 1",
            "desk.toml, line 1: there is no key 'zzzzzzzz'",
            "see every key with: frontdesk config example",
        ),
        (
            "mail = 'off'",
            "desk.toml, line 1: mail is a section and cannot have a value of its own",
            "begin the section with a line [mail]",
        ),
        (
            "[portal]\nworkers = '3'",
            "desk.toml, line 2: portal.workers takes a whole number, not a text in quotes",
            "write it like workers = 8",
        ),
        (
            "[portal]\nworkers = -1",
            "desk.toml, line 2: the value of portal.workers cannot be used",
            "write it like workers = 8",
        ),
        (
            "[portal]\n\nlisten = 'here'",
            "desk.toml, line 3: the value of portal.listen cannot be used",
            "write it like listen = \"127.0.0.1:8780\"",
        ),
        (
            "[portal]\ntrusted_proxies = ['x']",
            "desk.toml, line 2: the value of portal.trusted_proxies cannot be used",
            "write it like trusted_proxies = [\"127.0.0.1\"]",
        ),
        (
            "[mail]\nfrom = 3",
            "desk.toml, line 2: mail.from takes a text in quotes, not a whole number",
            "write it like from = \"service@example.com\"",
        ),
        (
            "[mail]\ntransport = 'stmp'",
            "desk.toml, line 2: 'stmp' is not a mail transport",
            "see every key with: frontdesk config example",
        ),
        ("[portal]\nworkers = 33", "desk.toml, line 2: portal.workers 33 is not between 1 and 32", ""),
        (
            "group = 'Nord Kyl'",
            "desk.toml, line 1: 'Nord Kyl' is not a short name of lower-case letters, digits and hyphens such as 'nordkyl'",
            "",
        ),
        ("[mail]\ntransport = 'smtp'", "desk.toml: mail.transport is smtp, but mail.host is empty", ""),
    ] {
        let (_, said) = refused(text);
        assert_eq!(said, format!("{message} | {tip}"), "{text}");
    }
    // Text that is no TOML at all is told with its line as well.
    for (text, line) in [("group = 'a'\ngroup = 'b'", 2), ("\n\n[portal", 3), ("a = \"\\q\"", 1)] {
        let (_, said) = refused(text);
        assert!(said.starts_with(&format!("desk.toml, line {line}: ")), "{said}");
    }
}

#[test]
fn bounds_hold_at_both_ends() {
    for (section, line) in [
        ("", "data_dir = ''"),
        ("portal", "base_url = 'portal.example'"),
        ("portal", "base_url = 'https://portal.example/'"),
        ("portal", "listen = '0.0.0.0:8780'"),
        ("portal", "workers = 0"),
        ("portal", "max_connections = 0"),
        ("portal", "max_connections_per_client = 513"),
        ("uploads", "max_file_mb = 0"),
        ("uploads", "max_files = 0"),
        ("uploads", "types = ['.pdf']"),
        ("security", "password_min_length = 7"),
        ("security", "session_idle_hours = 0"),
        ("security", "reset_valid_hours = 0"),
        ("security", "argon2_memory_kib = 19455"),
        ("security", "argon2_passes = 1"),
        ("mail", "port = 0"),
        ("mail", "give_up_hours = 0"),
        ("mail", "timeout_seconds = 0"),
        ("import", "max_rejected_percent = 101"),
        ("backup", "keep = 10001"),
        ("backup", "warn_after_days = 4000"),
    ] {
        let text = if section.is_empty() { line.to_owned() } else { format!("[{section}]\n{line}") };
        let (error, said) = refused(&text);
        let key = line.split(' ').next().expect("a key");
        assert!(error.field().is_some_and(|field| field.ends_with(key)), "{text}: {said}");
    }
    let public = "[portal]\nlisten = '0.0.0.0:8780'\nlisten_publicly = true";
    assert!(Config::parse(public, "x").is_ok());
    let smtp = "[mail]\ntransport = 'smtp'\nhost = 'HOST'\nfrom = 'a@b.example'\ntls = 'none'";
    assert!(Config::parse(&smtp.replace("HOST", "localhost"), "x").is_ok());
    let (_, said) = refused(&smtp.replace("HOST", "smtp.example.com"));
    assert!(said.starts_with("desk.toml, line 5: mail.tls is none"), "{said}");
}

#[test]
fn a_secret_in_the_file_is_refused_with_the_way_out_and_never_shown() {
    for text in [
        "[mail]\npassword = 'hunter2'",
        "[mail]\nsmtp_password = 'hunter2'",
        "[security]\nsecret = 'hunter2'",
        "token = 'hunter2'",
        "[portal]\napi_Token = 3",
        "[mail]\nhost = 'smtps://anna:hunter2@smtp.example.com'",
    ] {
        let (_, said) = refused(text);
        assert!(said.contains("password_file"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_named_file_that_does_not_exist_is_an_error() {
    let missing = Path::new("/nowhere/frontdesk.toml");
    let nothing = |_: &str| None;
    let error = Config::load(Some(missing), &nothing, NO_MACHINE.as_ref()).expect_err("the file does not exist");
    assert_eq!((error.kind(), error.kind().exit()), (Kind::NoInput, 66));
    assert_eq!(error.message(), "the configuration file '/nowhere/frontdesk.toml' does not exist");
    let named = |name: &str| (name == "FRONTDESK_CONFIG").then(|| "/nowhere/frontdesk.toml".to_owned());
    assert_eq!(
        Config::load(None, &named, NO_MACHINE.as_ref()).expect_err("the file does not exist").kind(),
        Kind::NoInput
    );
    // A folder is there, but cannot be read as a file: not skipped either.
    let folder = Config::load(Some(Path::new("/")), &nothing, NO_MACHINE.as_ref()).expect_err("a folder");
    assert_eq!(folder.kind(), Kind::NoInput);
}

fn origin(loaded: &Loaded, key: &str) -> (String, String) {
    let setting = loaded.origins().into_iter().find(|setting| setting.key == key).expect(key);
    (setting.value, setting.origin.to_string())
}

#[test]
fn flags_come_over_the_environment_and_that_over_the_file_over_the_defaults() {
    let dir = crate::support::folder();
    let file = dir.path().join("desk.toml");
    std::fs::write(&file, "group = 'filed'\n\n[portal]\nworkers = 3\n").expect("a file");
    let shown = file.display().to_string();
    let silent = |name: &str| (name == "FRONTDESK_GROUP").then(String::new);
    let loaded = Config::load(Some(&file), &silent, NO_MACHINE.as_ref()).expect("a configuration");
    assert_eq!(loaded.file.as_deref(), Some(file.as_path()));
    assert_eq!(origin(&loaded, "group"), ("\"filed\"".into(), format!("{shown}:1")));
    assert_eq!(origin(&loaded, "portal.workers"), ("3".into(), format!("{shown}:4")));
    assert_eq!(origin(&loaded, "portal.lang"), ("\"en\"".into(), "default".into()));
    assert_eq!(origin(&loaded, "mail.from"), (String::new(), "default".into()));
    assert_eq!(loaded.origins().into_iter().map(|setting| setting.key).collect::<Vec<_>>(), Config::keys());

    let env = |name: &str| match name {
        "FRONTDESK_CONFIG" => Some(shown.clone()),
        "FRONTDESK_GROUP" => Some("from-env".to_owned()),
        "FRONTDESK_DATA_DIR" => Some("data".to_owned()),
        _ => None,
    };
    let loaded = Config::load(None, &env, NO_MACHINE.as_ref()).expect("a configuration");
    assert_eq!(origin(&loaded, "group"), ("\"from-env\"".into(), "environment FRONTDESK_GROUP".into()));
    assert_eq!(origin(&loaded, "data_dir"), ("\"data\"".into(), "environment FRONTDESK_DATA_DIR".into()));
    assert_eq!(loaded.config.data_dir, Path::new("data"), "a relative path stays relative to the current directory");

    let loaded = loaded.with_flags(Some(Path::new("/srv/desk")), Some("flagged")).expect("a configuration");
    assert_eq!(origin(&loaded, "group"), ("\"flagged\"".into(), Origin::Flag("--group").to_string()));
    assert_eq!(origin(&loaded, "data_dir"), ("\"/srv/desk\"".into(), "flag --data-dir".into()));
    assert_eq!(origin(&loaded, "portal.workers"), ("3".into(), format!("{shown}:4")));
    let error = loaded.with_flags(None, Some("Not A Slug")).expect_err("a group in capitals");
    assert_eq!((error.kind(), error.message().starts_with("flag --group: 'Not A Slug'")), (Kind::Usage, true));
}

#[test]
fn no_secret_is_taken_from_the_environment() {
    let dir = crate::support::folder();
    let file = dir.path().join("desk.toml");
    std::fs::write(&file, "").expect("a file");
    let env = |name: &str| (name == "FRONTDESK_SMTP_PASSWORD").then(|| "hunter2".to_owned());
    let error = Config::load(Some(&file), &env, NO_MACHINE.as_ref()).expect_err("a secret in the environment");
    assert!(!format!("{error:?}").contains("hunter2"));
    assert!(error.tip_text().expect("a way out").contains("mail.password_file"));
}
