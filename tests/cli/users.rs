//! `user`: made, listed, granted, invited, locked out, explained.

use crate::support::World;

/// The example company with facilities hus-a and hus-b of customer 1042, and a second customer.
fn company() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden' --if-exists skip").well();
    world.run("customer add 1043 --name 'Brf Två'").well();
    world.run("facility add hus-b --customer 1042 --name 'Hus B'").well();
    world.run("facility add hus-c --customer 1043 --name 'Hus C'").well();
    world
}

const EVA: &str = "user create eva@brf.example --customer 1042 --name 'Eva Lind' --template standard --all-facilities";

#[test]
fn a_user_is_made_with_one_command_and_invited() {
    let world = company();
    let said = world.run(&format!("{EVA} --utc")).well();
    assert_eq!(
        (said.out.as_str(), said.err.as_str()),
        (
            "",
            "created user eva@brf.example (contact Eva Lind, customer 1042); invitation queued, valid until 2026-11-29 08:02\n"
        )
    );
    let mails = world.run("mail list --json").well().json();
    assert_eq!((mails[0]["kind"].as_str(), mails[0]["to"].as_str()), (Some("invite"), Some("eva@brf.example")));
    let list = world.run("user list --json").well().json();
    for (field, value) in
        [("email", "eva@brf.example"), ("customer_no", "1042"), ("name", "Eva Lind"), ("state", "invited")]
    {
        assert_eq!(list[0][field], value);
    }
    assert_eq!((list[0]["mail"].as_str(), list[0]["signed_in_at"].is_null()), (Some("queued"), true));
    assert_eq!((list[0]["permission_count"].as_i64(), list[0]["all_facilities"].as_bool()), (Some(10), Some(true)));
    assert!(world.run("contact list").well().out.contains("Eva Lind"));
    assert!(world.run("user list").well().out.contains("all facilities"));
}

#[test]
fn a_dead_end_is_said_with_the_way_out() {
    let world = company();
    let said = world.run("user create ola@brf.example --customer 1042 --name 'Ola Berg'").well();
    assert!(said.err.ends_with(
        "\nwarning: ola@brf.example has no permissions and no scope yet: can sign in but sees nothing\n  tip: frontdesk user grant ola@brf.example --template standard --facility hus-b\n"
    ), "{said:?}");
    let said = world.run("user grant ola@brf.example --template standard --facility hus-b").well();
    assert!(!said.err.contains("warning"), "{said:?}");
    assert!(said.err.contains("scope: hus-b (before: no permissions; scope: nothing)"), "{said:?}");
}

#[test]
fn a_known_address_gets_a_second_access_and_says_so() {
    let world = company();
    world.run(EVA).well();
    let said = world
        .run("user create eva@brf.example --customer 1043 --name 'Eva Lind' --template viewer --unattached")
        .well();
    assert_eq!(
        said.err,
        "created access of user eva@brf.example to customer 1043 (contact Eva Lind); the address was a user already\n"
    );
    assert_eq!(world.run("user list --json").json().as_array().map(Vec::len), Some(2));
    assert_eq!(world.run("user list --customer 1043 --json").json()[0]["scope"], "unattached");
    world
        .run("user grant eva@brf.example order.view")
        .fails(4, "has access to 2 customers and none was named")
        .fails(4, "1042 (Brf Fröjden), 1043 (Brf Två)");
    world.run("user delete eva@brf.example --customer 1043 --yes").well();
    world.run("user delete eva@brf.example --customer 1042 --yes").fails(4, "is the only one");
}

#[test]
fn making_twice_is_a_conflict_unless_told_otherwise() {
    let world = company();
    world.run(EVA).well();
    world.run(EVA).fails(4, "user 'eva@brf.example' has an access to customer 1042 already");
    assert!(world.run(&format!("{EVA} --if-exists skip")).well().err.starts_with("unchanged"));
    assert!(world.run(&format!("{EVA} --ensure")).well().err.starts_with("unchanged"));
    assert!(world.run(&format!("{EVA} --ensure --unattached --lang sv")).well().err.starts_with("updated"));
    assert!(world.run(&format!("{EVA} --ensure --unattached --lang sv")).well().err.starts_with("unchanged"));
    assert_eq!(world.run("mail list --json").json().as_array().map(Vec::len), Some(1));
}

#[test]
fn granting_and_revoking_are_inverse_and_show_before_and_after() {
    let world = company();
    world.run("user create eva@brf.example --customer 1042 --name 'Eva Lind'").well();
    let what = "eva@brf.example order.view comment.write --facility hus-b --unattached --until 2026-12-31";
    let said = world.run(&format!("user grant {what} --json")).well().json();
    assert_eq!(said["permissions"], serde_json::json!(["order.view", "comment.write"]));
    assert_eq!(said["facilities"], serde_json::json!(["hus-b"]));
    assert_eq!((said["until"].as_str(), said["before"]["unattached"].as_bool()), (Some("2026-12-31"), Some(false)));
    assert!(world.run(&format!("user grant {what}")).well().err.starts_with("unchanged"));
    let said = world.run(&format!("user revoke {what}")).well();
    assert!(said.err.contains(": no permissions; scope: nothing (before: order.view comment.write; scope: hus-b, unattached; until 2026-12-31)"), "{said:?}");
    world.run("user grant eva@brf.example --template full --all-facilities").well();
    let said = world.run("user grant eva@brf.example object.view --facility hus-b --replace").well();
    assert!(said.err.contains(": object.view; scope: hus-b (before:"), "{said:?}");
    world.run("user grant eva@brf.example --replace").fails(2, "nothing was named");
    world.run("user grant eva@brf.example --facility hus-c").fails(3, "customer 1042 has no facility 'hus-c'");
    world
        .run("user grant eva@brf.example --facility id:2")
        .fails(77, "facility 'hus-c' belongs to customer 1043, not to 1042");
    world.run("user grant eva@brf.example order.veiw").fails(2, "'order.veiw' is not a permission");
    world.run("user grant eva@brf.example --template standrad").fails(3, "did you mean 'standard'?");
    world.run("user grant eva@brf.example order.view --until 2026-02-30").fails(2, "'2026-02-30' is not a day");
}

#[test]
fn nobody_sets_a_password_by_command() {
    let world = company();
    for command in ["create eva@brf.example --customer 1042 --name Eva", "reset eva@brf.example", "set eva@brf.example"]
    {
        for password in ["--password", "--password hunter2", "--password=hunter2"] {
            let said = world.run(&format!("user {command} {password}")).fails(2, "never given on the command line");
            assert!(!said.err.contains("hunter2"), "{said:?}");
        }
    }
    assert_eq!(world.run("user list --json").well().out, "[]\n");
}

#[test]
fn a_link_can_be_printed_and_is_found_nowhere_else() {
    let world = company();
    let said = world.run("user create eva@brf.example --customer 1042 --name 'Eva Lind' --link").well();
    let link = said.out.trim_end();
    assert!(link.starts_with("https://portal.test/g/nordkyl/invite/") && link.len() == 37 + 43, "{said:?}");
    assert!(said.err.contains("invitation printed, valid until"));
    assert_eq!(world.run("mail list --json").well().out, "[]\n");
    let token = &link[37..];
    for command in ["user show eva@brf.example --json", "user list --json", "audit list --json", "mail list --json -v"]
    {
        assert!(!world.run(command).well().out.contains(token), "{command}");
    }
    assert!(world.run("audit list --json").well().out.contains("\"by\": \"print\""));
    let again = world.run("user invite eva@brf.example --link --json").well().json();
    assert!(again["link"].as_str().is_some_and(|link| link.starts_with("https://portal.test/g/nordkyl/invite/")));
    assert_ne!(again["link"].as_str(), Some(link));
    let mailed = world.run("user invite eva@brf.example").well();
    assert_eq!(mailed.out, "");
    assert!(mailed.err.starts_with("created link for eva@brf.example: invitation queued"), "{mailed:?}");
}

#[test]
fn a_reset_needs_a_user_with_a_password() {
    let world = company();
    world.run("contact add --name 'Eva Lind' --customer 1042 --email eva@brf.example").well();
    world
        .run("user reset eva@brf.example")
        .fails(3, "user 'eva@brf.example' does not exist")
        .fails(3, "frontdesk user create eva@brf.example --customer 1042");
    world.run("user create eva@brf.example --customer 1042").well();
    world.run("user reset eva@brf.example").fails(4, "frontdesk user invite eva@brf.example");
    assert_eq!(world.run("contact list --json").json().as_array().map(Vec::len), Some(1));
}

#[test]
fn those_who_wait_are_invited_together_and_slowly() {
    let world = company();
    for name in ["a", "b", "c"] {
        world.run(&format!("user create {name}@brf.example --customer 1042 --name {name} --no-invite")).well();
    }
    assert_eq!(world.run("user list --where state=new --json").json().as_array().map(Vec::len), Some(3));
    world.run("user invite").fails(2, "");
    world.run("user invite --pending").fails(2, "needs to be confirmed");
    world.run("user invite --pending --rate fast --yes").fails(2, "'fast' is not a rate such as 20/min");
    let said = world.run("user invite --pending --rate 2/min --yes").well();
    assert_eq!(said.err, "created invitations of 3 users\n");
    let mails = world.run("mail list --json --sort id").json();
    let due: Vec<_> = (0..3).map(|at| mails[at]["next_at"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(due, ["2026-11-22T08:02:00Z", "2026-11-22T08:02:30Z", "2026-11-22T08:03:00Z"]);
    assert!(world.run("user invite --pending --yes").well().err.starts_with("unchanged"));
    world.clock.advance(7 * 86_400);
    assert_eq!(world.run("user list --where state=expired --json").json().as_array().map(Vec::len), Some(3));
    assert_eq!(world.run("user invite --pending --yes --json").well().json()["invited"], 3);
}

#[test]
fn disabling_and_deleting_ask_first() {
    let world = company();
    world.run(EVA).well();
    world.run("user disable eva@brf.example").fails(2, "needs to be confirmed");
    assert!(world.run("user disable eva@brf.example --yes").well().err.contains("disabled"));
    assert!(world.run("user disable eva@brf.example").well().err.starts_with("unchanged"));
    assert_eq!(world.run("mail list --json").json()[0]["state"], "cancelled");
    world.run("user invite eva@brf.example").fails(4, "frontdesk user enable eva@brf.example");
    assert!(world.run("user enable eva@brf.example").well().err.contains("tip: frontdesk user invite"));
    assert!(world.run("user sign-out eva@brf.example").well().err.starts_with("unchanged"));
    assert!(world.run("user unlock eva@brf.example").well().err.starts_with("unchanged"));
    world.run("user delete eva@brf.example").fails(2, "needs to be confirmed");
    world.run("user delete eva@brf.example --yes").well();
    world.run("user delete eva@brf.example --yes").fails(3, "frontdesk user create eva@brf.example --customer 1042");
    assert!(world.run("user delete eva@brf.example --yes --missing-ok").well().err.starts_with("unchanged"));
    assert_eq!(world.run("contact list --json").json()[0]["name"], "Eva Lind");
}

#[test]
fn a_new_address_is_proved_by_a_new_invitation() {
    let world = company();
    world.run(EVA).well();
    world.run("user create ola@brf.example --customer 1042 --name 'Ola Berg' --no-invite").well();
    world
        .run("user set eva@brf.example --email ola@brf.example")
        .fails(4, "'ola@brf.example' is a user of the group already");
    let said = world.run("user set eva@brf.example --email eva.lind@brf.example --lang sv").well();
    assert!(
        said.err.starts_with("updated user eva.lind@brf.example (before: eva@brf.example); invitation queued"),
        "{said:?}"
    );
    assert!(said.err.contains("tip: frontdesk contact set eva@brf.example --email eva.lind@brf.example"), "{said:?}");
    let mails = world.run("mail list --json").json();
    assert_eq!((mails[0]["to"].as_str(), mails[0]["lang"].as_str()), (Some("eva.lind@brf.example"), Some("sv")));
    assert_eq!(mails[1]["state"], "cancelled");
    world.run("user set eva.lind@brf.example").fails(2, "nothing was named to change");
}

#[test]
fn why_explains_step_by_step() {
    let world = company();
    world.run("user create eva@brf.example --customer 1042 --name 'Eva Lind' --grant order.view --unattached").well();
    let why = world.run("user why eva@brf.example order.create --json").well().json();
    assert_eq!(why["allowed"], false);
    let steps = why["steps"].as_array().expect("steps");
    assert_eq!(steps[3]["step"], "'order.create' is not granted");
    assert_eq!(steps[3]["tip"], "frontdesk user grant eva@brf.example --customer 1042 order.create");
    let said = world.run("user why eva@brf.example order.view").well();
    assert!(
        said.out.contains("'order.view' is granted") && said.out.contains("no password has been chosen yet"),
        "{said:?}"
    );
    world.run("user why eva@brf.example order.view --order NK-9").fails(3, "NK-9");
    world.run("user why eva@brf.example order.view --customer 1043").fails(3, "frontdesk user create");
}

#[test]
fn a_dry_run_makes_nobody() {
    let world = company();
    let said = world.run(&format!("{EVA} --dry-run --exit-code"));
    assert_eq!(said.status, 5);
    assert!(said.err.starts_with("dry run, nothing was changed: created user eva@brf.example"), "{said:?}");
    assert_eq!(world.run("user list --json").well().out, "[]\n");
    assert_eq!(world.run("contact list --json").well().out, "[]\n");
    assert_eq!(world.run("mail list --json").well().out, "[]\n");
}

#[test]
fn addresses_and_customers_are_checked() {
    let world = company();
    world.run("user create eva@brf --customer 1042 --name Eva").fails(2, "'eva@brf' has no dot after the @");
    world.run("user create eva@brf.example --customer 1402 --name Eva").fails(3, "did you mean 1042 (Brf Fröjden)?");
    world.run("user create eva@brf.example --customer 1042").fails(2, "add --name");
    world.run("customer close 1042").well();
    world.run(EVA).fails(4, "customer 1042 is closed");
    world.run("user show nobody@brf.example").fails(3, "user 'nobody@brf.example' does not exist");
}

#[test]
fn why_knows_what_is_asked_of_each_kind_of_thing() {
    let world = World::nordkyl_with_customers();
    world.run("object add KYL-01 --customer 1042 --name 'Compressor 1' --facility hus-b").well();
    world.run("object add KYL-01 --customer 1043 --name 'Ice machine'").well();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --grant reading.add --facility hus-a");
    let why = |rest: &str| {
        let said = world.run(&format!("user why eva@brf.example {rest} --json")).well().json();
        let steps = said["steps"].as_array().expect("steps").iter().filter(|step| step["passes"] == false);
        let steps = steps
            .map(|step| format!("{} | {}", step["step"].as_str().unwrap_or(""), step["tip"].as_str().unwrap_or("")));
        (said["allowed"] == true, steps.collect::<Vec<_>>())
    };
    let grant = "frontdesk user grant eva@brf.example --customer 1042";
    let (allowed, missing) = why("reading.add --object KYL-01 --customer 1042");
    assert_eq!((allowed, missing.len()), (false, 2));
    assert_eq!(missing[0], format!("'object.view' is not granted | {grant} object.view"));
    assert_eq!(
        missing[1],
        format!("object KYL-01 is at facility hus-b, which is not in scope | {grant} --facility hus-b")
    );
    assert_eq!(
        why("facility.view --facility hus-a").1,
        [format!("'facility.view' is not granted | {grant} facility.view")]
    );
    let elsewhere = why("object.view --object KYL-01 --customer 1043").1;
    assert_eq!(elsewhere[0].split(" | ").next(), Some("there is no access to customer 1043 (Frost AB)"));
    world.run("user why eva@brf.example object.view --object KYL-01").fails(4, "ambiguous");
    for tip in ["object.view facility.view", "--facility hus-b"] {
        world.run(&format!("user grant eva@brf.example --customer 1042 {tip}")).well();
    }
    assert_eq!(why("reading.add --object KYL-01 --customer 1042"), (true, vec![]));
    assert_eq!(why("facility.view --facility hus-b"), (true, vec![]));
}

#[test]
fn whoever_has_a_password_is_told_of_another_access_unless_the_desk_says_not_to() {
    let world = company();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template viewer --unattached");
    world.run("user create ola@brf.example --customer 1042 --name 'Ola Berg' --grant order.view --unattached").well();
    let waiting = || {
        let list = world.run("mail list --state queued --json").well().json();
        let all = list.as_array().expect("rows").clone();
        all.into_iter().filter(|mail| mail["kind"] == "access_changed").collect::<Vec<_>>()
    };
    assert!(world.run("user grant ola@brf.example comment.write").well().err.ends_with("unattached)\n"));
    let dry = world.run("user grant eva@brf.example comment.write --dry-run").well();
    assert!(dry.err.contains("; told by mail"), "{dry:?}");
    assert!(waiting().is_empty(), "an invited person, and a dry run");
    world.run("user grant eva@brf.example comment.write --no-notice").well();
    assert!(waiting().is_empty());
    assert!(world.run("user grant eva@brf.example order.create").well().err.contains("; told by mail"));
    assert!(!world.run("user grant eva@brf.example order.create").well().err.contains("told by mail"), "unchanged");
    world.run("user revoke eva@brf.example comment.write").well();
    world
        .run("user create eva@brf.example --customer 1043 --name 'Eva Lind' --grant order.view --all-facilities")
        .well();
    let mails = waiting();
    assert_eq!(mails.len(), 2, "one for each customer: {mails:?}");
    let told = world.run(&format!("mail show {} --json", mails[1]["id"])).well().json();
    assert_eq!(told["to"], "eva@brf.example");
    assert_eq!(told["letter"]["customer"], "Brf Fröjden");
    let permissions = told["letter"]["permissions"].to_string();
    assert!(permissions.contains("order.create") && !permissions.contains("comment.write"), "{permissions}");
    assert_eq!(told["letter"]["scope"]["unattached"], true);
}

#[test]
fn another_address_is_told_to_the_old_and_the_new_one() {
    let world = company();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template viewer --unattached");
    world.run("user set eva@brf.example --email eva.lind@brf.example").well();
    let list = world.run("mail list --state queued --json").well().json();
    let mut to: Vec<_> =
        list.as_array().expect("rows").iter().map(|mail| (mail["kind"].as_str(), mail["to"].as_str())).collect();
    to.sort_unstable();
    let (old, new) = (Some("eva@brf.example"), Some("eva.lind@brf.example"));
    assert_eq!(to, [(Some("address_changed"), new), (Some("address_changed"), old), (Some("invite"), new)]);
}
