//! `template`: named sets of permissions.

use crate::support::World;

#[test]
fn a_new_group_has_three_templates() {
    let world = World::nordkyl();
    assert_eq!(world.run("template list -o id").well().out, "viewer\nstandard\nfull\n");
    let card = world.run("template show viewer --json").well().json();
    let held = card["permissions"].as_array().expect("permissions");
    assert!(held.iter().all(|one| one.as_str().is_some_and(|word| word.ends_with(".view"))), "{held:?}");
    assert!(held.contains(&"order.view".into()));
}

#[test]
fn a_template_is_added_changed_and_deleted() {
    let world = World::nordkyl();
    let said = world.run("template add board document.view order.view order.view").well();
    assert_eq!(said.err, "created template board (order.view document.view)\n");
    let said = world.run("template set board --add reading.view --remove document.view --json").well().json();
    assert_eq!(said["action"], "updated");
    assert_eq!(said["permissions"].to_string(), r#"["order.view","reading.view"]"#);
    assert!(world.run("template set board reading.view order.view").well().err.starts_with("unchanged"));
    let said = world.run("template set board --name Board company.view").well();
    assert_eq!(said.err, "updated template Board (company.view)\n");
    world.run("template delete board --yes").well();
    assert_eq!(world.run("template list -o id").well().out, "viewer\nstandard\nfull\n");
}

#[test]
fn adding_twice_dry_runs_and_wrong_words() {
    let world = World::nordkyl();
    let before = world.run("template list --json").well().out;
    world.run("template add Viewer order.view").fails(4, "template 'viewer' exists already");
    assert!(world.run("template add viewer order.view --if-exists skip").well().err.starts_with("unchanged"));
    assert_eq!(world.run("template add viewer order.view --ensure --dry-run --exit-code").status, 5);
    world.run("template add board").fails(2, "a new template needs permissions");
    world
        .run("template add board order.veiw")
        .fails(2, "'order.veiw' is not a permission")
        .fails(2, "did you mean order.view?");
    world.run("template set viewr order.view").fails(3, "template 'viewr' does not exist").fails(3, "'viewer'");
    world.run("template set viewer --name full").fails(4, "template 'full' exists already");
    world.run("template show nowhere").fails(3, "template 'nowhere' does not exist");
    world.run("template delete viewer").fails(2, "needs to be confirmed");
    world.run("template delete nowhere --yes").fails(3, "template 'nowhere' does not exist");
    world.run("template delete nowhere --missing-ok").well();
    assert_eq!(world.run("template list --json").well().out, before);
    assert!(world.run("template add viewer order.view --ensure").well().err.starts_with("updated"));
}
