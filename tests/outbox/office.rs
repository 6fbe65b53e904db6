//! A company whose mails leave through a server of the test, and what became of each of them.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;

use crate::support::World;
use crate::support::mime::Parsed;
use crate::support::smtp::SmtpServer;

/// The login that the configuration names.
pub const LOGIN: (&str, &str) = ("portal", "canary-password");

/// What became of a mail: its state, how often it was tried, what was said last, and how often it arrived.
#[derive(Debug, PartialEq)]
pub struct Fate {
    pub state: String,
    pub attempts: i64,
    pub answer: String,
    pub arrived: usize,
}

/// Lets a world send its mail to a server; `more` are lines for the configuration.
pub fn towards(world: &World, server: &SmtpServer, port: u16, more: &str) {
    let authority = world.file("authority.pem", server.authority());
    sign_in_with(world, LOGIN.1);
    let config = world.path().join("etc/frontdesk/config.toml");
    let before = std::fs::read_to_string(&config).expect("a file");
    let before = before.split("\n[mail]").next().expect("a beginning").to_owned();
    let mail = format!(
        "\n[mail]\ntransport = \"smtp\"\nhost = \"localhost\"\nport = {port}\nca_file = {authority:?}\n\
         from = \"portal@nordkyl.example\"\ntimeout_seconds = 1\n{more}"
    );
    std::fs::write(&config, before + &mail).expect("a file");
}

/// Gives the mail server so many seconds for each answer, instead of one.
pub fn patient(world: &World, seconds: u32) {
    let config = world.path().join("etc/frontdesk/config.toml");
    let text = std::fs::read_to_string(&config).expect("a file");
    let patient = text.replace("timeout_seconds = 1\n", &format!("timeout_seconds = {seconds}\n"));
    assert_ne!(text, patient);
    std::fs::write(&config, patient).expect("a file");
}

/// Writes the password with which the world signs in.
pub fn sign_in_with(world: &World, password: &str) {
    let secret = world.file("smtp-password", password);
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).expect("a mode");
}

/// Queues an invitation to each of these people.
pub fn invite(world: &World, people: &[&str]) {
    if world.run("customer show 1042").status != 0 {
        world.run("customer add 1042 --name 'Brf Fröjden'").well();
    }
    for person in people {
        world.run(&format!("user create {person}@brf.example --customer 1042 --name {person}")).well();
    }
}

/// What became of each mail, by the first name in its address. Whatever arrived twice has to be the same to the byte,
/// and nothing arrives that is not in the outbox.
#[track_caller]
pub fn fates(world: &World, server: &SmtpServer) -> BTreeMap<String, Fate> {
    let mut arrived: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for delivery in server.deliveries() {
        let [to] = &delivery.to[..] else { panic!("{} recipients", delivery.to.len()) };
        assert_eq!(Parsed::read(&delivery.message).head("To"), to);
        arrived.entry(to.clone()).or_default().push(delivery.message);
    }
    let mut marks = Vec::new();
    for copies in arrived.values() {
        assert!(copies.iter().all(|copy| *copy == copies[0]), "one mail came in two forms");
        marks.push(Parsed::read(&copies[0]).head("Message-ID").to_owned());
    }
    marks.sort();
    marks.dedup();
    assert_eq!(marks.len(), arrived.len(), "two mails bear one Message-ID");
    let listed = world.run("mail list --json").well().json();
    let mails = listed.as_array().expect("a list").iter().map(|mail| {
        let to = mail["to"].as_str().expect("an address").to_owned();
        let fate = Fate {
            state: mail["state"].as_str().expect("a state").to_owned(),
            attempts: mail["attempts"].as_i64().expect("a number"),
            answer: mail["answer"].as_str().unwrap_or_default().to_owned(),
            arrived: arrived.remove(&to).map_or(0, |copies| copies.len()),
        };
        assert_eq!(fate.state == "queued", mail["next_at"].is_string(), "{mail}");
        (to.split('@').next().unwrap_or_default().to_owned(), fate)
    });
    let fates: BTreeMap<_, _> = mails.collect();
    assert!(arrived.is_empty(), "{:?} are in no outbox", arrived.keys());
    fates
}

/// Fails unless the mails of these people have this state, this number of attempts, and arrived so often.
#[track_caller]
pub fn are(fates: &BTreeMap<String, Fate>, wanted: &[(&str, &str, i64, usize)]) {
    let are: Vec<_> =
        fates.iter().map(|(who, fate)| (who.as_str(), fate.state.as_str(), fate.attempts, fate.arrived)).collect();
    assert_eq!(are, wanted, "{fates:?}");
}
