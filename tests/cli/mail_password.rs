//! `mail password`: asked for on a terminal without echo, or read from a pipe; never shown.

use std::os::unix::fs::PermissionsExt;

use crate::support::World;

fn world() -> World {
    let world = World::new();
    let config = world.path().join("etc/frontdesk/config.toml");
    let before = std::fs::read_to_string(&config).expect("a file");
    let mail = "\n[mail]\nuser = \"portal\"\nhost = \"mail.nordkyl.example\"\npassword_file = \"smtp-password\"\n";
    std::fs::write(&config, before + mail).expect("a file");
    world
}

#[test]
fn a_password_from_a_pipe_lands_in_a_private_file() {
    let world = world();
    let file = world.path().join("smtp-password");
    let said = world.run_with("mail password --from - --dry-run", "hemligt ord\n").well();
    assert!(said.err.starts_with("dry run") && !file.exists(), "{said:?}");
    let said = world.run_with("mail password --from -", "hemligt ord\r\n").well();
    assert!(said.err.starts_with("updated the mail server's password for 'portal'"), "{said:?}");
    assert!(!said.err.contains("hemligt") && !said.out.contains("hemligt"));
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), "hemligt ord\n");
    assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    assert!(world.run_with("mail password --from -", "hemligt ord\n").well().err.starts_with("unchanged"));
}

#[test]
fn without_a_place_a_person_or_a_password_nothing_is_written() {
    World::new().run_with("mail password --from -", "x\n").fails(78, "mail.password_file says no place");
    let world = world();
    world.run("mail password").fails(2, "there is nobody to ask");
    world.run_with("mail password --from -", "\n").fails(2, "the password is empty");
    world.run_with("mail password --from -", "a\u{7}b\n").fails(2, "control character");
    assert!(!world.path().join("smtp-password").exists());
}

#[test]
fn on_a_terminal_it_is_asked_twice_and_never_echoed() {
    let world = world();
    let command = |world: &World| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        command.args(["mail", "password"]).current_dir(world.path());
        command.env("XDG_CONFIG_HOME", world.path().join("etc")).env_remove("FRONTDESK_CONFIG");
        rexpect::session::spawn_command(command, Some(20_000)).expect("a terminal")
    };
    let mut terminal = command(&world);
    terminal.exp_string("Password of 'portal' at mail.nordkyl.example: ").expect("a question");
    terminal.send_line("hemligt ord").expect("an answer");
    let echoed = terminal.exp_string("The same again: ").expect("a question");
    assert!(!echoed.contains("hemligt"), "{echoed:?}");
    terminal.send_line("hemligt ord").expect("an answer");
    let said = terminal.exp_eof().expect("an end");
    assert!(said.contains("updated the mail server's password") && !said.contains("hemligt"), "{said:?}");
    assert_eq!(std::fs::read_to_string(world.path().join("smtp-password")).expect("a file"), "hemligt ord\n");

    let mut terminal = command(&world);
    terminal.exp_string("Password of").expect("a question");
    terminal.send_line("one").expect("an answer");
    terminal.exp_string("The same again").expect("a question");
    terminal.send_line("another").expect("an answer");
    assert!(terminal.exp_eof().expect("an end").contains("the two passwords differ"));
    assert_eq!(std::fs::read_to_string(world.path().join("smtp-password")).expect("a file"), "hemligt ord\n");
}
