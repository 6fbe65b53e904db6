//! `user grant`, `revoke`, `disable`, `enable`, `invite`, `reset` and `sign-out` of several at once.

use crate::support::World;

/// Three people who chose a password, one of them at two customers, and one who was never invited.
fn company() -> World {
    let world = World::nordkyl();
    for (number, name) in [("1042", "'Brf Fröjden'"), ("1043", "'Brf Två'")] {
        world.run(&format!("customer add {number} --name {name} --if-exists skip")).well();
    }
    world.user("nordkyl", "ada@brf.example", "--customer 1042 --template viewer --unattached");
    world.user("nordkyl", "bo@brf.example", "--customer 1042 --template viewer --unattached");
    world.user("nordkyl", "cy@brf.example", "--customer 1043 --template viewer --unattached");
    world
        .run("user create ada@brf.example --customer 1043 --name Ada --template viewer --unattached --no-notice")
        .well();
    world.run("user create new@brf.example --customer 1042 --name Neu --no-invite").well();
    world
}

fn count(world: &World, list: &str) -> usize {
    world.run(&format!("{list} --json")).well().json().as_array().map_or(0, Vec::len)
}

#[test]
fn several_are_granted_and_revoked_in_one_go_and_each_is_shown_before() {
    let world = company();
    let (mails, audit) = (count(&world, "mail list"), count(&world, "audit list --limit 1000"));
    world.run("user grant").fails(2, "nobody was named");
    world.run("user grant --where customer_no=1042").fails(2, "needs to be confirmed");
    world.run("user grant --where customer_no=1042 --yes").fails(2, "nothing was named");
    world.run("user grant order.create").fails(2, "'order.create' stands where the user is named");
    world.run("user grant ada@brf.example order.create --all --yes").fails(2, "'ada@brf.example' is one user");
    world.run("user grant order.create --where state=active --all --yes").fails(2, "cannot be used with");
    world.run("user grant order.create --all --customer 1042 --yes").fails(2, "cannot be used with");
    world.run("user grant order.create --where stat=active --yes").fails(2, "did you mean state?");
    world.run("user grant order.create --where active --yes").fails(2, "is not FIELD=VALUE");
    world.run("user grant order.create --all").fails(2, "needs to be confirmed");
    let asked = world
        .run_in(&["user", "grant", "order.create", "--where", "state=active"], "n\n", |io| io.stdin_is_terminal = true);
    assert!(asked.err.contains("Grant this to 4 accesses? [y/N] "), "{asked:?}");
    assert_eq!((count(&world, "mail list"), count(&world, "audit list --limit 1000")), (mails, audit));

    let line = "user grant order.create --where state=active --where customer_no=1042";
    let dry = world.run(&format!("{line} --dry-run --exit-code"));
    assert_eq!(dry.status, 5);
    let mut shown = dry.out.lines();
    let first = shown.next().unwrap_or_default();
    assert!(first.starts_with("~ access of ada@brf.example to customer 1042: permissions 'order.view;"), "{dry:?}");
    assert!(shown.next().is_some_and(|line| line.contains("bo@brf.example")) && shown.next().is_none(), "{dry:?}");
    assert_eq!(count(&world, "audit list --limit 1000"), audit);
    let said = world.run(&format!("{line} --yes")).well();
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", "updated 2 of 2: granted\n"));
    assert_eq!(count(&world, "mail list"), mails + 2);
    assert_eq!(world.run(&format!("{line} --yes")).well().err, "unchanged 0 of 2: granted, 2 were so before\n");
    assert_eq!(count(&world, "mail list"), mails + 2);
    let json = world.run("user revoke order.create --all --yes --json").well().json();
    assert_eq!((json["matched"].as_i64(), json["changes"].as_i64()), (Some(5), Some(2)));
    assert_eq!(json["emails"], serde_json::json!(["ada@brf.example", "bo@brf.example"]));
    // What cannot be done to one of them is done to none.
    world.run("facility add hus-x --customer 1042 --name X").well();
    world.run("user grant --all --facility hus-x --yes").fails(3, "customer 1043 has no facility 'hus-x'");
    assert_eq!(count(&world, "user list --where scope=hus-x"), 0);
    let nobody = world.run("user grant order.create --where customer_no=7").well();
    assert_eq!(nobody.err, "unchanged 0 of 0: granted\n");
    assert_eq!(world.run("user grant order.create --where customer_no=7 -q").well().err, "");
}

#[test]
fn several_are_locked_out_let_in_and_signed_out() {
    let world = company();
    let mut ada = world.visitor("nordkyl");
    ada.sign_in("ada@brf.example", crate::support::PASSWORD);
    world.run("user disable").fails(2, "required");
    world.run("user disable bo@brf.example --all --yes").fails(2, "cannot be used with");
    world.run("user disable --all").fails(2, "needs to be confirmed");
    let dry = world.run("user sign-out --all --dry-run").well();
    assert_eq!(dry.out, "~ user ada@brf.example (Pat Lind): sessions '1' → '0'\n", "{dry:?}");
    assert_eq!(world.run("user sign-out --all --yes").well().err, "updated 1 of 4: signed out, 3 were so before\n");
    // A person with two lines is one person.
    let said = world.run("user disable --where 'customer=Brf Två' --yes");
    assert_eq!(said.err, "updated 2 of 2: disabled\n", "{said:?}");
    assert_eq!(count(&world, "user list --where state=disabled"), 3);
    let again = world.run("user disable --where customer_no=1043 --yes").well();
    assert_eq!(again.err, "unchanged 0 of 2: disabled, 2 were so before\n");
    assert_eq!(world.run("user enable --where state=disabled --yes").well().err, "updated 2 of 2: enabled\n");
    let mails = count(&world, "mail list");
    let said = world.run("user reset --all --yes").well();
    assert_eq!(said.err, "updated 3 of 3: link to another password queued\n");
    assert_eq!(count(&world, "mail list"), mails + 3);
    world.run("user reset --all --link").fails(2, "cannot be used with");
}

#[test]
fn two_hundred_wait_and_are_invited_once_at_the_rate_asked_for() {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden' --if-exists skip").well();
    let mut file = String::from("customer_no = \"1042\"\n");
    for number in 0..200 {
        let email = format!("p{number}@brf.example");
        file.push_str(&format!("[[contact]]\nname = \"P {number}\"\nemail = \"{email}\"\n"));
        file.push_str(&format!("[[user]]\nemail = \"{email}\"\ntemplate = \"viewer\"\nunattached = true\n"));
    }
    world.run_with("customer apply - -q", &file).well();
    let said = world.run("user invite --pending --rate 20/min -q --yes").well();
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
    let mails = world.run("mail list --json --sort id").well().json();
    let mails = mails.as_array().expect("mails");
    assert_eq!(mails.len(), 200);
    let start: frontdesk::clock::Moment = world.clock.now();
    let times: Vec<i64> = mails
        .iter()
        .map(|mail| mail["next_at"].as_str().expect("a time").parse::<frontdesk::clock::Moment>().expect("a time"))
        .map(|at| at.unix() - start.unix())
        .collect();
    for from in 0..200 {
        let minute = times.iter().filter(|at| (times[from]..times[from] + 60).contains(*at)).count();
        assert!(minute <= 20, "{minute} mails in a minute");
    }
    assert_eq!(times.iter().max(), Some(&597));
    // While they wait, and when nobody waits any longer.
    world.clock.advance(120);
    let again = world.run("user invite --pending --rate 20/min -q --yes").well();
    assert_eq!((again.out.as_str(), again.err.as_str()), ("", ""));
    assert_eq!(world.run("user invite --pending").well().err, "unchanged invitations of 0 users\n");
    assert_eq!(count(&world, "mail list"), 200);
    // Those who come meanwhile do not make it faster: what waits already counts.
    let late = "[[contact]]\nname = \"Late\"\nemail = \"late@brf.example\"\n[[user]]\nemail = \"late@brf.example\"\n";
    world.run_with("customer apply - -q", &format!("customer_no = \"1042\"\n{late}")).well();
    world.run("user invite --where customer_no=1042 --rate 20/min --yes").well();
    let last = world.run("mail list --json --sort id --where to=late@brf.example").well().json();
    let at = last[0]["next_at"].as_str().expect("a time").parse::<frontdesk::clock::Moment>().expect("a time");
    assert_eq!(at.unix() - start.unix(), 600);
    // Again only where it is asked for.
    assert_eq!(
        world.run("user invite --where email=late@brf.example").well().err,
        "unchanged invitations of 0 users\n"
    );
    let said = world.run("user invite --where state=invited --where email=late@brf.example --yes").well();
    assert_eq!(said.err, "created invitations of 1 user\n");
}
