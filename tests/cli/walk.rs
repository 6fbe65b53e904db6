//! Every command there is, what it does to the data, and one line that does it in a company full of things.

use crate::support::{PASSWORD, Said, World};

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Looks, and changes nothing; gives rows.
    List,
    /// Looks, and changes nothing; gives one thing.
    Show,
    /// Prints text as it is.
    Text,
    /// Makes a thing that is known by a name.
    Add,
    /// Changes what is there.
    Change,
    /// Takes rows from a file.
    Import,
    /// Removes a thing.
    Remove,
    /// Runs until it is told to stop, or is for those who make packages.
    Run,
}

use Does::{Add, Change, Import, List, Remove, Run, Show, Text};

impl Does {
    /// Whether something is different afterwards.
    pub fn changes(self) -> bool {
        matches!(self, Add | Change | Import | Remove)
    }
}

/// Every command with what it does, and words that do it in [`company`]. The last words come after the command.
pub const LEAVES: &[(&str, Does, &str)] = &[
    ("init", Change, "--data-dir fresh"),
    ("demo", Run, ""),
    ("doctor", List, ""),
    ("group add", Add, "sur --name Sur"),
    ("group list", List, ""),
    ("group show", Show, "nordkyl"),
    ("group set", Change, "nordkyl --phone 1"),
    ("group logo", Change, "nordkyl logo.png"),
    ("group box", Show, "nordkyl"),
    ("group origin add", Add, "https://nordkyl.example:8443"),
    ("group origin list", List, ""),
    ("group origin delete", Remove, "https://www.nordkyl.example --yes"),
    ("group status add", Add, "Odd --stage waiting"),
    ("group status list", List, ""),
    ("group status set", Change, "Done --name Finished"),
    ("group status delete", Remove, "Spare --yes"),
    ("group priority add", Add, "Odd --hours 3"),
    ("group priority list", List, ""),
    ("group priority set", Change, "Low --hours 77"),
    ("group priority delete", Remove, "Spare --yes"),
    ("group delete", Remove, "nordkyl --confirm nordkyl"),
    ("mail list", List, ""),
    ("mail show", Show, "1"),
    ("mail send", Change, ""),
    ("mail retry", Change, "2"),
    ("mail cancel", Change, "1 --yes"),
    ("mail preview", List, "test"),
    ("mail drop", Remove, "2 --yes"),
    ("mail test", Change, "eva@brf.example"),
    ("mail password", Change, "--from secret.txt --config mail.toml"),
    ("mail receive", Change, "reply.eml --config reply.toml"),
    ("mail received list", List, ""),
    ("mail received show", Show, "id:1"),
    ("mail bounce list", List, ""),
    ("mail bounce clear", Remove, "lone@brf.example --yes"),
    ("staff add", Add, "stig --name Stig --uid 4711 --grant mail"),
    ("staff list", List, ""),
    ("staff show", Show, "rita"),
    ("staff set", Change, "rita --name 'Rita Ekström'"),
    ("staff disable", Change, "rita --yes"),
    ("staff enable", Change, "gone"),
    ("staff delete", Remove, "gone --yes"),
    ("staff grant", Change, "rita audit"),
    ("staff revoke", Change, "rita mail"),
    ("staff bind", Change, "rita --uid 4712"),
    ("customer add", Add, "1044 --name 'Brf Ny'"),
    ("customer list", List, ""),
    ("customer show", Show, "1042"),
    ("customer set", Change, "1042 --city Umeå"),
    ("customer close", Change, "1042"),
    ("customer open", Change, "1999"),
    ("customer delete", Remove, "1042 --confirm 1042"),
    ("customer import", Import, "customers.csv"),
    ("customer apply", Change, "customer.toml"),
    ("customer export", Text, "1042"),
    ("contact add", Add, "--customer 1042 --email ny@brf.example --name Ny"),
    ("contact list", List, ""),
    ("contact show", Show, "eva@brf.example"),
    ("contact set", Change, "eva@brf.example --phone 2"),
    ("contact delete", Remove, "lone@brf.example --yes"),
    ("contact import", Import, "contacts.csv"),
    ("user create", Add, "ny@brf.example --customer 1042 --name Ny --template viewer --unattached"),
    ("user list", List, ""),
    ("user show", Show, "eva@brf.example"),
    ("user set", Change, "eva@brf.example --lang sv"),
    ("user grant", Change, "eva@brf.example company.edit"),
    ("user revoke", Change, "eva@brf.example order.view"),
    ("user invite", Change, "ola@brf.example"),
    ("user reset", Change, "eva@brf.example"),
    ("user unlock", Change, "eva@brf.example"),
    ("user disable", Change, "eva@brf.example --yes"),
    ("user enable", Change, "gone@brf.example"),
    ("user sign-out", Change, "eva@brf.example"),
    ("user delete", Remove, "eva@brf.example --yes"),
    ("user why", Show, "eva@brf.example order.view"),
    ("facility add", Add, "hus-n --customer 1042 --name 'Hus N'"),
    ("facility list", List, ""),
    ("facility show", Show, "hus-a"),
    ("facility set", Change, "hus-a --city Umeå"),
    ("facility close", Change, "hus-a"),
    ("facility open", Change, "shut"),
    ("facility delete", Remove, "shut --yes"),
    ("facility import", Import, "facilities.csv"),
    ("object add", Add, "KYL-09 --customer 1042 --name New"),
    ("object list", List, ""),
    ("object show", Show, "KYL-01"),
    ("object set", Change, "KYL-01 --maker Bitzer"),
    ("object move", Change, "KYL-01 --unattached"),
    ("object retire", Change, "KYL-01"),
    ("object delete", Remove, "KYL-02 --yes"),
    ("object label", Change, "KYL-01 --to label.svg"),
    ("object import", Import, "objects.csv"),
    ("object interval add", Add, "KYL-01 Monthly --days 30"),
    ("object interval list", List, "KYL-01"),
    ("object interval set", Change, "KYL-01 Yearly --days 360"),
    ("object interval delete", Remove, "KYL-01 Yearly --yes"),
    ("reading add", Add, "KYL-01 12600"),
    ("reading list", List, ""),
    ("reading correct", Change, "2 12440 --reason 'Read again'"),
    ("reading delete", Remove, "2 --reason Doubled --yes"),
    ("reading import", Import, "readings.csv"),
    ("order create", Add, "--customer 1042 --title New --external-id X9"),
    ("order list", List, ""),
    ("order show", Show, "NK-FRO-0001"),
    ("order set", Change, "NK-FRO-0001 --title Other"),
    ("order status", Change, "NK-FRO-0001 Done"),
    ("order assign", Change, "NK-FRO-0001 --contact eva@brf.example"),
    ("order cancel", Change, "NK-FRO-0001 --yes"),
    ("order reopen", Change, "NK-FRO-0002"),
    ("order comment", Change, "NK-FRO-0001 'On our way'"),
    ("order note", Change, "NK-FRO-0001 'Ask for the old invoice'"),
    ("order audience", List, "NK-FRO-0001"),
    ("notify test", List, "NK-FRO-0001 comment"),
    ("notify due", Change, ""),
    ("order delete", Remove, "NK-FRO-0001 --confirm NK-FRO-0001"),
    ("order import", Import, "orders.csv"),
    ("selfcheck template add", Add, "odd round.toml"),
    ("selfcheck template list", List, ""),
    ("selfcheck template show", Show, "round"),
    ("selfcheck template delete", Remove, "round --yes"),
    ("selfcheck add", Add, "round --object KYL-02"),
    ("selfcheck list", List, ""),
    ("selfcheck show", Show, "1"),
    ("selfcheck answer", Change, "1 2 -18,5 --note Cold"),
    ("selfcheck sign", Change, "2"),
    ("selfcheck reopen", Change, "3 --reason 'Another unit'"),
    ("selfcheck delete", Remove, "1 --yes"),
    ("document add", Add, "drawing.pdf --object KYL-01"),
    ("document list", List, ""),
    ("document get", Show, "1 --to drawing-out.pdf --force"),
    ("document set", Change, "1 --purpose billing"),
    ("document delete", Remove, "1 --yes"),
    ("import log", List, ""),
    ("import show", Show, "1"),
    ("import rejects", Text, "1"),
    ("import undo", Change, "1 --yes"),
    ("template add", Add, "odd order.view"),
    ("template list", List, ""),
    ("template show", Show, "viewer"),
    ("template set", Change, "viewer --add order.create"),
    ("template delete", Remove, "full --yes"),
    ("role add", Add, "Odd --tick comment --tick Done"),
    ("role list", List, ""),
    ("role show", Show, "Board"),
    ("role set", Change, "Board --tick comment"),
    ("role delete", Remove, "Billing --yes"),
    ("role matrix", Change, "matrix.csv"),
    ("audit list", List, ""),
    ("audit show", Show, "3"),
    ("audit verify", Show, ""),
    ("audit export", Run, ""),
    ("backup create", Change, ""),
    ("backup verify", Show, ""),
    ("backup list", List, ""),
    ("backup restore", Change, "20261122T080200Z --confirm 20261122T080200Z"),
    ("portal preview", Run, ""),
    ("portal routes", List, ""),
    ("config show", List, ""),
    ("config check", Show, ""),
    ("config example", Text, ""),
    ("serve", Run, ""),
    ("completions", Text, "bash"),
    ("man", Run, ""),
];

/// The lines of the commands that do something like this.
pub fn lines(wanted: impl Fn(Does) -> bool) -> Vec<String> {
    let wanted = LEAVES.iter().filter(|(_, does, _)| wanted(*does));
    wanted.map(|(name, _, rest)| format!("{name} {rest}").trim_end().to_owned()).collect()
}

/// A command of the definition that has none below it.
pub struct Leaf {
    /// Its words: `group status add`.
    pub name: String,
    /// What is known of it.
    pub command: clap::Command,
}

impl Leaf {
    /// Whether it has this flag, seen or not.
    pub fn has(&self, flag: &str) -> bool {
        self.command.get_arguments().any(|argument| argument.get_long() == Some(flag))
    }

    /// What it does, as the table says.
    pub fn does(&self) -> Does {
        let known = LEAVES.iter().find(|(name, _, _)| *name == self.name);
        known.unwrap_or_else(|| panic!("say in LEAVES what `{}` does", self.name)).1
    }
}

/// Every command of the definition that has none below it.
pub fn leaves() -> Vec<Leaf> {
    let mut found = Vec::new();
    collect(&frontdesk::cli::definition(), "", &mut found);
    found
}

fn collect(command: &clap::Command, above: &str, found: &mut Vec<Leaf>) {
    for below in command.get_subcommands() {
        let name = format!("{above} {}", below.get_name()).trim_start().to_owned();
        if below.has_subcommands() {
            collect(below, &name, found);
        } else {
            found.push(Leaf { name, command: below.clone() });
        }
    }
}

/// A company in which every line of [`LEAVES`] has something to do, and no mail has left.
pub fn company() -> World {
    let world = World::nordkyl_with_customers();
    world.file("round.toml", ROUND);
    world.file("answers.csv", "position,answer,note\n1,fail,'=SUM(A1)\n2,-18.5 °C,\n");
    for line in [
        "staff add rita --name 'Rita Ek' --email rita@nordkyl.example --grant mail",
        "staff add gone --name Gone",
        "staff disable gone --yes",
        "group status add Spare --stage waiting",
        "group priority add Spare",
        "group origin add https://www.nordkyl.example",
        "customer add 1999 --name Old",
        "customer close 1999",
        "facility add shut --customer 1042 --name Shut",
        "facility close shut",
        "object add KYL-01 --customer 1042 --name 'Compressor 1' --facility hus-a",
        "object add KYL-02 --customer 1042 --name 'Compressor 2'",
        "object interval add KYL-01 Yearly --days 265 --hours 2000 --since 2026-03-01",
        "reading add KYL-01 12000 --at 2026-10-01T08:00",
        "reading add KYL-01 12450 --at 2026-11-01T08:00 --note '=1+1, read by Ola'",
        "contact add --customer 1042 --email lone@brf.example --name Lone --role Board --facility hus-a",
        "user create ola@brf.example --customer 1042 --name 'Ola Berg' --template viewer --unattached",
        "user create gone@brf.example --customer 1042 --name Gone --no-invite",
        "user disable gone@brf.example --yes",
        "mail test rita@nordkyl.example --config off.toml",
        "mail cancel 2 --yes",
        "order create --customer 1042 --title 'Leaks oil' --facility hus-a --object KYL-01 --to rita --external-id X1 --description 'Two\nlines' --cost 12.50 --planned-from 2026-11-24",
        "order create --customer 1042 --title Noise --external-id X2",
        "order cancel NK-FRO-0002 --yes",
        "order comment NK-FRO-0001 'We come; =SUM(A1)'",
        "order note NK-FRO-0001 'Pays late; =SUM(A1)'",
        "selfcheck template add round round.toml",
        "selfcheck add round --order NK-FRO-0001",
        "selfcheck add round --object KYL-01",
        "selfcheck add round --object KYL-01 --title 'Another round'",
        "selfcheck answer 2 --file answers.csv",
        "selfcheck answer 3 --file answers.csv",
        "selfcheck sign 3",
    ] {
        if line.contains("off.toml") {
            let config = std::fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
            world.file("off.toml", format!("{config}\n[mail]\ntransport = \"off\"\n"));
            world.file("mail.toml", format!("{config}\n[mail]\nuser = \"portal\"\npassword_file = \"kept.txt\"\n"));
            world.file("secret.txt", "a password of the mail server\n");
            world.run(line).fails(69, "mail is switched off");
        } else {
            world.run(line).well();
        }
    }
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template standard --all-facilities");
    let mut eva = world.visitor("nordkyl");
    eva.sign_in("eva@brf.example", PASSWORD);
    let mut stranger = world.visitor("nordkyl");
    stranger.sign_in("eva@brf.example", "some other words here").has_status(422);
    world.file("customers.csv", "customer_no,name\n1042,Brf Glädjen\n2001,Ny\n");
    world.file(
        "customer.toml",
        "customer_no = \"1042\"\ncity = \"Kiruna\"\n[[facility]]\nfacility_no = \"hus-y\"\nname = \"Hus Y\"\n",
    );
    world.file("contacts.csv", "customer_no,name,email\n1042,Bo,bo@brf.example\n");
    world.file("facilities.csv", "customer_no,facility_no,name\n1042,hus-x,Hus X\n");
    world.file("objects.csv", "customer_no,object_no,name\n1042,KYL-10,Fan\n");
    world.file("orders.csv", "customer_no,external_id,title\n1042,X77,Drips\n");
    world.file("readings.csv", "object_no,value,read_at\nKYL-01,12460,2026-11-02\nKYL-01,12470,2026-11-03\n");
    world.file("matrix.csv", "line,kind,Board\ncomment,event,yes\nDone,status,x\n");
    world.file("runs.csv", "customer_no,name\n3001,Imported\n3002,\n");
    assert_eq!(world.run("customer import runs.csv --max-rejects 1").status, 65);
    world.file("drawing.pdf", "%PDF-1.7 a drawing");
    world.run("document add drawing.pdf --order NK-FRO-0001 --share --text 'The machine room'").well();
    world.file("logo.png", LOGO);
    come_back(&world);
    // What waits because mail was switched off is due again, and forgotten is that it was.
    let database = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    database.execute("DELETE FROM mail_stops", ()).expect("nothing stops");
    world.run("backup create").well();
    world.clock.advance(600);
    world
}

/// Mail that came in: something doubtful, and a mail to lone@brf.example that came back.
pub(super) fn come_back(world: &World) {
    let config = std::fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    world.file("reply.toml", format!("{config}\n[mail]\nreply_address = \"reply@portal.test\"\n"));
    let odd = "From: eva@brf.example\nTo: reply@portal.test\nSubject: =SUM(A1)\nMessage-ID: <1@brf.example>\n\nHello\n";
    world.file("odd.eml", odd);
    world.file("reply.eml", odd.replace("<1@", "<2@"));
    world.run("mail receive odd.eml --config reply.toml").well();
    world.run("mail test lone@brf.example --config off.toml").fails(69, "mail is switched off");
    let db = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    let mark: String = db
        .query_row("SELECT message_id FROM outbox ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
        .expect("the mark of the mail");
    let report = format!(
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered\nMessage-ID: <3@mx.example>\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\
         Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 unknown\n\
         --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{mark}@portal.test>\n--b--\n"
    );
    world.file("back.eml", report);
    world.run("mail receive back.eml --config reply.toml").well();
}

/// A template of self-checks with a point of each kind.
pub(super) const ROUND: &str = "\
title = \"Weekly round\"
[[point]]
text = \"Doors close by themselves\"
[[point]]
text = \"Cold room\"
kind = \"number\"
unit = \"°C\"
[[point]]
text = \"Remarks\"
kind = \"text\"
required = false
";

/// The head of a picture of one pixel, which is all that is looked at.
pub(super) const LOGO: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\0\0\0\0";

/// Words that never stand in a text for people.
const NEVER: [&str; 6] = ["invalid", "illegal", "please", "oops", "err(", "panicked"];

/// Fails if what was said holds a word that is not for people.
#[track_caller]
pub fn is_civil(said: &Said) {
    let all = format!("{}{}", said.out, said.err).to_lowercase();
    for word in NEVER {
        // A loop and loops are something else.
        let begins = |at: usize| !all[..at].ends_with(char::is_alphanumeric);
        let found = all.match_indices(word).any(|(at, _)| begins(at));
        assert!(!found, "{word:?} is in {said:?}");
    }
}
