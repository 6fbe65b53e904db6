//! So many mails a minute for each company, in whichever process; and nobody waits behind another's crowd.

use frontdesk::config::Config;
use frontdesk::delivery::{Round, carry};
use frontdesk::outbox::sender::Sender;

use super::office::{invite, towards};
use crate::support::World;
use crate::support::smtp::{Manner, SmtpServer};

const CROWD: [&str; 7] = ["a1", "a2", "a3", "a4", "a5", "a6", "a7"];

/// Three a minute; seven mails of nordkyl, and then two of another company.
fn world() -> (World, SmtpServer) {
    let server = SmtpServer::start(Manner::default());
    let world = World::nordkyl();
    towards(&world, &server, server.port(), "max_per_minute = 3\n");
    invite(&world, &CROWD);
    world.clock.advance(1);
    world.run("group add sur --name Sur --lang en --tz Europe/Stockholm").well();
    world.run("customer add 1 --name One -g sur").well();
    for person in ["b1", "b2"] {
        world.run(&format!("user create {person}@sur.example --customer 1 --name {person} -g sur")).well();
    }
    (world, server)
}

/// One round for all groups, as a server makes it: what may not be tried in this minute is left.
fn round(world: &World) -> Round {
    let config = Config::load(
        Some(&world.path().join("etc/frontdesk/config.toml")),
        &|_: &str| None,
        &world.path().join("none.toml"),
    );
    let config = config.expect("a configuration").config;
    let sender = Sender::from_config(&config.mail, &config.portal.base_url, world.path()).expect("a sender");
    carry(&world.db(), &sender, &config, None, |not_before| not_before.is_none()).expect("a round")
}

fn arrived(server: &SmtpServer) -> Vec<String> {
    let name = |to: &str| to.split('@').next().unwrap_or_default().to_owned();
    server.deliveries().iter().map(|delivery| name(&delivery.to[0])).collect()
}

#[test]
fn every_company_has_its_turn_and_its_minute() {
    let (world, server) = world();
    assert_eq!(round(&world).sent, 5);
    assert_eq!(arrived(&server), ["a1", "b1", "a2", "b2", "a3"]);
    // Another process, or the same after a restart, reads the pace from the rows.
    assert_eq!(round(&world), Round::default());
    world.clock.advance(59);
    assert_eq!(round(&world), Round::default());
    world.clock.advance(1);
    assert_eq!(round(&world).sent, 3);
    world.clock.advance(60);
    assert_eq!(round(&world).sent, 1);
    assert_eq!(arrived(&server), ["a1", "b1", "a2", "b2", "a3", "a4", "a5", "a6", "a7"]);
}

#[test]
fn mail_send_waits_for_its_minutes_and_ends() {
    let (world, server) = world();
    let begun = world.clock.now();
    assert!(world.run("mail send -g nordkyl").well().err.starts_with("sent 7 mails"));
    assert_eq!(arrived(&server), CROWD);
    // The standing clock is moved on where a real one is waited for: twice a minute for seven mails.
    assert_eq!(world.clock.now().unix() - begun.unix(), 120);
    assert!(world.run("mail send -g sur").well().err.starts_with("sent 2 mails"));
    assert_eq!(world.clock.now().unix() - begun.unix(), 120);
}

#[test]
fn a_letter_about_an_account_goes_before_what_can_wait() {
    let server = SmtpServer::start(Manner::default());
    let world = World::nordkyl();
    world.run("mail test t1@brf.example").well();
    let database = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    database.execute("UPDATE outbox SET state = 'queued', tried_at = NULL, done_at = NULL", ()).expect("queued again");
    drop(database);
    world.clock.advance(5);
    towards(&world, &server, server.port(), "max_per_minute = 1\n");
    invite(&world, &["ada", "bo"]);
    assert_eq!(round(&world).sent, 1);
    assert_eq!(arrived(&server), ["ada"]);
    world.run("mail send").well();
    assert_eq!(arrived(&server), ["ada", "bo", "t1"]);
}
