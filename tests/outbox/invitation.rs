//! An invitation on its whole way: from the command to the link in the mail, over STARTTLS with a password; and what the
//! office reads when it cannot leave.

use std::os::unix::fs::PermissionsExt;

use crate::support::World;
use crate::support::mime::Parsed;
use crate::support::smtp::{Certificate, Manner, SmtpServer, Wire};

const LOGIN: (&str, &str) = ("portal", "canary-password");

fn server(certificate: Certificate) -> SmtpServer {
    SmtpServer::start(Manner { wire: Wire::Starttls, certificate, login: Some(LOGIN), ..Manner::default() })
}

/// A world that sends its mail to a server, signing in with a password.
fn world(server: &SmtpServer, password: &str) -> World {
    let world = World::nordkyl();
    let authority = world.file("authority.pem", server.authority());
    let secret = world.file("smtp-password", password);
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).expect("a mode");
    let config = world.path().join("etc/frontdesk/config.toml");
    let before = std::fs::read_to_string(&config).expect("a file");
    let mail = format!(
        "\n[mail]\ntransport = \"smtp\"\nhost = \"localhost\"\nport = {}\nuser = \"portal\"\npassword_file = {secret:?}\n\
         ca_file = {authority:?}\nfrom = \"portal@nordkyl.example\"\ntimeout_seconds = 5\n",
        server.port()
    );
    std::fs::write(&config, before + &mail).expect("a file");
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("user create eva@brf.example --customer 1042 --name 'Eva Lind'").well();
    world
}

#[test]
fn an_invitation_reaches_the_mailbox_over_starttls_with_a_password() {
    let server = server(Certificate::Right);
    let world = world(&server, LOGIN.1);
    assert!(world.run("mail send").well().err.starts_with("sent 1 mails"));
    let arrived = server.deliveries();
    assert_eq!((arrived.len(), arrived[0].to.as_slice()), (1, ["eva@brf.example".to_owned()].as_slice()));
    let mail = Parsed::read(&arrived[0].message);
    assert_eq!(mail.head("Auto-Submitted"), "auto-generated");
    let text = &mail.parts[0].text;
    assert!(text.contains("Eva Lind") && text.contains("Brf Fröjden"), "{text}");
    let link = text.lines().find(|line| line.contains("/invite/")).expect("a link");
    assert!(link.starts_with("https://portal.test/g/nordkyl/invite/"), "{link}");
    let listed = world.run("mail list --json").well();
    assert_eq!(listed.json()[0]["state"], "sent");
    assert!(world.run("mail send").well().err.starts_with("unchanged"));

    // The token is nowhere but in the mail.
    let token = link.rsplit('/').next().expect("a token");
    for command in
        ["mail show 1 --json", "audit list --json --limit 1000", "user show eva@brf.example --json", "mail list -o csv"]
    {
        assert!(!world.run(command).well().out.contains(token), "{command}");
    }
}

#[test]
fn a_strange_certificate_or_a_wrong_password_leaves_the_mail_waiting_and_says_why() {
    for (certificate, password, why) in [
        (Certificate::OtherName, LOGIN.1, "certificate"),
        (Certificate::OtherAuthority, LOGIN.1, "certificate"),
        (Certificate::Right, "another", "login"),
    ] {
        let server = server(certificate);
        let world = world(&server, password);
        let said = world.run("mail send");
        assert_eq!((said.status, said.out.as_str()), (69, ""), "{said:?}");
        let mail = &world.run("mail list --json").well().json()[0];
        assert_eq!((mail["state"].as_str(), mail["attempts"].as_i64()), (Some("queued"), Some(0)), "{mail}");
        let answer = mail["answer"].as_str().expect("an answer");
        assert!(answer.contains(why), "{answer:?} does not speak of the {why}");
        assert!(!answer.contains(LOGIN.1) && !said.err.contains(LOGIN.1));
        assert!(server.deliveries().is_empty());
    }
}
