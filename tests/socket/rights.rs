//! What each of the company's people can do through the socket, and that it is written down whose act it was.

use super::office::{ADAM, CRON, GONE, NILS, OTTO, OWNER, Office, RITA};

#[test]
fn each_acts_with_their_own_rights_in_their_own_group() {
    let Some(office) = Office::open() else { return };
    let file = office.file("customers.csv", "customer_no,name\n2001,Ny\n");
    let import = format!("customer import {}", file.display());
    // Who, what, and with which status it ends.
    let cases: &[(u32, &str, i32)] = &[
        (ADAM, "customer list", 0),
        (ADAM, "customer add 1043 --name Adams", 0),
        (ADAM, "staff list", 0),
        (ADAM, "staff grant rita mail", 0),
        (ADAM, "staff revoke rita mail", 0),
        (ADAM, "mail list", 0),
        (ADAM, "audit list", 0),
        (ADAM, "group add third --name Third", 77),
        (ADAM, "group delete nordkyl --confirm nordkyl", 77),
        (ADAM, "customer list -g frost", 77),
        (RITA, "customer list", 0),
        (RITA, "user create ola@brf.example --customer 1042 --name Ola", 0),
        (RITA, "user grant ola@brf.example --template standard --all-facilities", 0),
        (RITA, "user disable ola@brf.example --yes", 0),
        (RITA, "user delete ola@brf.example --yes", 0),
        (RITA, "customer add 1044 --name Ritas", 77),
        (RITA, "staff grant rita admin", 77),
        (RITA, "staff bind rita --none --yes", 77),
        (RITA, "template add mine order.view", 77),
        (RITA, "group set nordkyl --name Mine", 77),
        (RITA, "mail list", 77),
        (RITA, "mail send", 77),
        (RITA, "audit list", 77),
        (RITA, &import, 77),
        (RITA, "user list -g frost", 77),
        (CRON, &import, 0),
        (CRON, "customer add 1045 --name Crons", 77),
        (CRON, "user create x@brf.example --customer 1042 --name X", 77),
        (CRON, "mail list", 77),
        (OTTO, "customer show 9001", 0),
        (OTTO, "customer show 1042", 3),
        (OTTO, "user disable eva@brf.example --yes", 3),
        (OTTO, "customer list -g nordkyl", 77),
        (NILS, "customer list", 77),
        (NILS, "group list", 77),
        (NILS, &import, 77),
        (GONE, "customer list", 77),
    ];
    for (uid, line, status) in cases {
        let said = office.run(*uid, line);
        assert_eq!(said.status, Some(*status), "{uid} {line}: {said:?}");
        assert!(*status == 0 || said.out.is_empty(), "{uid} {line}: {said:?}");
        assert!(!said.out.contains("Hemlig") || *uid == OTTO, "{uid} {line}: {said:?}");
    }
    // Beside the server, the owner goes on by himself.
    office.run(OWNER, "customer add 1050 --name Direct -g nordkyl").well();
    let lines = office.run(OWNER, "audit list --limit 1000 --json -g nordkyl").well().out;
    let lines: serde_json::Value = serde_json::from_str(&lines).expect("JSON");
    let of = |subject: &str| {
        let all = lines.as_array().expect("lines");
        let line = all.iter().find(|line| line["action"] == "customer.added" && line["subject"] == subject);
        let line = line.unwrap_or_else(|| panic!("no line for {subject}"));
        (line["via"].clone(), line["actor"].clone(), line["uid"].clone())
    };
    let refused = |who: &str| -> Vec<&str> {
        let all = lines.as_array().expect("lines").iter().rev();
        let theirs = all.filter(|line| line["action"] == "refused" && line["actor"] == who);
        theirs.map(|line| line["subject"].as_str().expect("a command")).collect()
    };
    let rita = ["customer add", "staff grant", "staff bind", "template add", "group set"];
    assert_eq!(refused("rita"), [&rita[..], &["mail list", "mail send", "audit list", "customer import"]].concat());
    assert_eq!(refused("cron"), ["customer add", "user create", "mail list"]);
    assert_eq!(of("1043"), ("socket".into(), "adam".into(), ADAM.into()));
    assert_eq!(of("2001"), ("socket".into(), "cron".into(), CRON.into()));
    assert_eq!(of("1050"), ("direct".into(), format!("uid {OWNER}").into(), OWNER.into()));
}

#[test]
fn it_is_the_same_as_at_the_machine_itself() {
    let Some(office) = Office::open() else { return };
    for line in [
        "customer list",
        "customer list --json",
        "customer list -o csv",
        "customer show 1042",
        "user list --fields email,state",
        "customer show 9999",
        "customer add 1042 --name Again",
        "customer delete 1042",
        "nonsense",
        "customer list --sort nothing",
        "role matrix -o csv",
    ] {
        let (own, through) = (office.run(OWNER, &format!("{line} -g nordkyl")), office.run(ADAM, line));
        assert_eq!((own.status, &own.out), (through.status, &through.out), "{line}");
        assert_eq!(own.err.replace(" -g nordkyl", ""), through.err, "{line}");
    }
    // Files go with the caller's own rights, and streams are the caller's.
    let secret = office.file("secret.csv", "customer_no,name\n3001,X\n");
    std::fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("its mode");
    office.run(ADAM, &format!("customer import {}", secret.display())).fails(66, "Permission denied");
    office.run(ADAM, &format!("customer import {}", office.path().join("data/key").display())).fails(66, "denied");
    let said = office.run_with(ADAM, "customer import - -q", "customer_no,name\n3002,Streamed\n").well();
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
    assert!(office.run(ADAM, "customer show 3002").well().out.contains("Streamed"));
    let big: String = (0..20_000).map(|n| format!("{},Customer {n}\n", 100_000 + n)).collect();
    let file = office.file("big.csv", &format!("customer_no,name\n{big}"));
    office.run(ADAM, &format!("customer import {} -q", file.display())).well();
    let listed = office.run(ADAM, "customer list -o id").well().out;
    assert_eq!(listed.lines().count(), office.customers());
}

/// What root makes in the folder of another, such as the bytes of a document, its owner could not read.
#[test]
fn root_works_as_the_owner_of_the_data_or_not_at_all() {
    let Some(office) = Office::open() else { return };
    office.run(0, "customer list").fails(77, "the data in '");
    office.run(0, "customer add 7001 --name Root").fails(77, "is not root's");
    office.run(0, "init").fails(77, "is not root's");
    office.run(0, "backup create").fails(77, "is not root's");
    office.run(0, "backup restore x --confirm x").fails(77, "is not root's");
}
