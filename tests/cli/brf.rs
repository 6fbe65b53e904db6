//! The company of which the examples speak: Nordkyl with Brf Fröjden, Hus B, compressor KA-02 and order NK-FRO-0142.

use crate::cli::walk::{LOGO, ROUND, come_back};
use crate::support::{PASSWORD, World};

/// What there is, from the first command to the last. Mails do not leave.
const COMMANDS: &[&str] = &[
    "staff add rita --name 'Rita Ek' --email rita@nordkyl.example --grant orders --grant mail",
    "staff add stig --name 'Stig Dal' --email stig@nordkyl.example",
    "group status add 'On ice' --stage waiting",
    "group priority add Someday",
    "group origin add https://www.nordkyl.example",
    "customer set 1042 --city Stockholm --email styrelsen@brf.example --fax '+46 8 555 99 00'",
    "customer add 1999 --name 'Kiosk Norra' --prefix KNO",
    "customer close 1999",
    "facility add hus-c --customer 1042 --name 'Hus C'",
    "facility close hus-c",
    "object add KA-02 --customer 1042 --name 'Compressor 2' --maker Bitzer --facility hus-b",
    "object add KA-03 --customer 1042 --name 'Compressor 3'",
    "object interval add KA-02 'Yearly service' --days 365 --since 2026-01-20",
    "reading add KA-02 12280.5 --at 2026-09-30T16:00",
    "reading add KA-02 12391 --at 2026-10-30T16:00",
    "contact add --customer 1042 --email maja@brf.example --name 'Maja Ek'",
    "user create ola@brf.example --customer 1042 --name 'Ola Berg' --template viewer --unattached",
    "user create ola@brf.example --customer 1043 --name 'Ola Berg' --template viewer --all-facilities",
    "order create --customer 1042 --number NK-FRO-0141 --title 'Door does not close'",
    "order cancel NK-FRO-0141 --yes",
    "order create --customer 1042 --number NK-FRO-0142 --title 'Compressor is loud' --object KA-02 --to rita",
    "order comment NK-FRO-0142 'Which compressor is it?'",
    "selfcheck template add round round.toml",
    "selfcheck add round --order NK-FRO-0142 --title 'Before the work'",
    "selfcheck add round --object KA-02",
    "selfcheck add round --object KA-02 --title 'Round in the autumn'",
    "selfcheck answer 2 --file answers.csv",
    "selfcheck answer 3 --file answers.csv",
    "selfcheck sign 3",
    "document add report.pdf --order NK-FRO-0142 --share",
    "customer import customers.csv",
];

/// The files that are here.
const FILES: &[(&str, &str)] = &[
    ("customers.csv", "customer_no,name\n3016,Café Åsö\n"),
    ("mixed.csv", "customer_no,name,email\n3018,Kafé Å,\n3019,Bageri Ö,ö\n"),
    ("list.csv", "Kundlista\n\nUtskriven 2026-11-20\nKundnr;Namn\n3020;Salong Väst\n3016;Café Åsö\nTotalt 2;\n"),
    ("1042.toml", "customer_no = \"1042\"\nname = \"Brf Fröjden\"\n"),
    ("kunder.csv", "Kund nr;Firma\n3017;Kiosk Söder\n3016;Café Åsö\n"),
    ("contacts.csv", "Kundnr;Namn;E-post\n1042;Bo Ek;bo@brf.example\n"),
    ("places.csv", "facility_no,name\nhus-d,Hus D\nhus-e,Hus E\n"),
    ("machines.csv", "object_no,name,serial_no\nFL-07,Fan,77\n"),
    ("readings.csv", "object_no,value,read_at\nKA-02,12459.5,2026-11-20\n"),
    ("hours.csv", "object_no,value,read_at\nKA-02,12.5,2026-11-20\n"),
    ("orders.csv", "customer_no,external_id,title,planned_from\n1042,X77,Drips,24/11/2026\n"),
    ("orders.jsonl", "{\"customer_no\":\"1042\",\"external_id\":\"X78\",\"title\":\"Drips again\"}\n"),
    ("matrix.csv", "line,kind,Board\ncomment,event,yes\nDone,status,x\n"),
    ("answers.csv", "position,answer,note\n1,fail,Torn\n2,-18.5 °C,\n"),
    ("answer.txt", "It is the left one.\nWe come on Tuesday.\n"),
    ("round.toml", ROUND),
    ("yearly.toml", ROUND),
    ("drawing.pdf", "%PDF-1.7 a drawing"),
    ("report.pdf", "%PDF-1.7 a report"),
    ("secret.txt", "a password of the mail server\n"),
];

/// The company.
pub fn company() -> World {
    let world = World::nordkyl_with_customers();
    world.file("logo.png", LOGO);
    for (name, content) in FILES {
        world.file(name, content);
    }
    let config = std::fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    world.file("off.toml", format!("{config}\n[mail]\ntransport = \"off\"\n"));
    world.file("mail.toml", format!("{config}\n[mail]\nuser = \"portal\"\npassword_file = \"kept.txt\"\n"));
    world.file("new.toml", &config);
    world.run("mail test rita@nordkyl.example --config off.toml").fails(69, "mail is switched off");
    world.run("mail test stig@nordkyl.example --config off.toml").fails(69, "mail is switched off");
    world.run("mail cancel 2 --yes").well();
    for line in COMMANDS {
        world.run(line).well();
    }
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template standard --all-facilities");
    let mut eva = world.visitor("nordkyl");
    eva.sign_in("eva@brf.example", PASSWORD);
    world.run("contact add --customer 1042 --email lone@brf.example --name Lone --role Board").well();
    come_back(&world);
    std::fs::remove_file(world.path().join("report.pdf")).expect("it is kept as a document");
    // Mail is on again, and what was tried while it was off is due.
    world.run("customer import mixed.csv --max-rejects 1").fails(65, "1 of 2 rows were not taken");
    let database = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    database.execute("DELETE FROM mail_stops", ()).expect("nothing stops");
    world.clock.advance(1_800);
    world.run("mail send").well();
    // The next day nobody looks at what came back any more.
    world.clock.advance(25 * 3_600);
    world.run("user invite ola@brf.example").well();
    assert_eq!(world.run("backup create -o id").well().out, "20261123T093200Z\n", "which the examples name");
    assert_eq!(world.run("mail list --state queued -o id").well().out, "5\n", "the mail that an example takes back");
    world
}
