//! `config` and `completions`: what is configured, and what helps at the keyboard.

use crate::support::World;

#[test]
fn every_key_is_shown_with_its_origin() {
    let world = World::new();
    let said = world.run("config show --json").well().json();
    let find = |key: &str| said.as_array().and_then(|rows| rows.iter().find(|row| row["key"] == key).cloned());
    let url = find("portal.base_url").expect("the key");
    assert_eq!(url["value"], "\"https://portal.test\"");
    assert!(url["origin"].as_str().is_some_and(|origin| origin.ends_with("etc/frontdesk/config.toml:6")), "{url}");
    assert_eq!(find("mail.port").expect("the key")["origin"], "default");
    let said = world.run("config show --origin --where key=group -g nordkyl").well();
    assert!(said.out.contains("\"nordkyl\"  flag --group"), "{said:?}");
    assert!(!world.run("config show").well().out.contains("default"));
}

#[test]
fn a_file_is_checked_also_when_the_usual_one_cannot_be_used() {
    let world = World::new();
    assert_eq!(world.run("config check --json").well().json()["result"], "ok");
    world.file("good.toml", "group = 'nordkyl'\n");
    world.file("bad.toml", "[portal]\nbaseurl = 'x'\n");
    world.file("bytes.toml", b"group = '\xe5'\n");
    world.run("config check good.toml").well();
    world.run("config check bad.toml").fails(78, "bad.toml, line 2: there is no key 'portal.baseurl'");
    world.run("config check bytes.toml").fails(78, "bytes.toml is not UTF-8");
    world.run("config check nowhere.toml").fails(66, "'nowhere.toml' cannot be read");
    assert_eq!(world.run_with("config check -", "workers = 3").status, 78);
    world.run("config check --config bad.toml").fails(78, "line 2: there is no key");
    world.run("group list --config bad.toml").fails(78, "line 2: there is no key");
    world.run("group list --config nowhere.toml").fails(66, "does not exist");
    assert_eq!(world.run("config check good.toml --config bad.toml --json").well().json()["file"], "good.toml");
}

#[test]
fn the_example_is_printed_as_it_is_shipped_and_passes_its_own_check() {
    let world = World::empty();
    let example = world.run("config example").well().out;
    assert_eq!(example, frontdesk::config::EXAMPLE);
    assert_eq!(world.run_with("config check -", &example).well().err, "");
}

#[test]
fn a_group_named_wrongly_is_told_with_the_flag() {
    World::new().run("group list -g 'Nord Kyl'").fails(2, "flag --group: 'Nord Kyl'");
}

#[test]
fn init_makes_the_file_that_was_named() {
    let world = World::empty();
    world.run("init --config here/desk.toml --base-url https://portal.test").well();
    let said = world.run("config show --config here/desk.toml --where key=portal.base_url").well();
    assert!(said.out.contains("https://portal.test"), "{said:?}");
}

#[test]
fn shells_get_their_completions() {
    let world = World::empty();
    for (shell, mark) in [("bash", "complete -F"), ("zsh", "#compdef frontdesk"), ("fish", "complete -c frontdesk")] {
        let said = world.run(&format!("completions {shell}")).well();
        assert!(said.out.contains(mark) && said.out.contains("if-exists"), "{shell}");
    }
    world.run("completions tcsh").fails(2, "tcsh");
}
