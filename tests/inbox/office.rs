//! A company that takes answers by mail, and what is different after each message.

use std::path::Path;

use frontdesk::ids::{ContactId, GroupId, OrderId, StaffId};
use frontdesk::reply::{self, Person};
use frontdesk::secret::Key;
use frontdesk::text::Email;
use rusqlite::{Connection, OpenFlags};

use crate::support::{Said, World};

/// The company, with people of every sort.
pub struct Office {
    pub world: World,
}

/// What is there, the oldest first.
#[derive(Debug, Default, PartialEq, Clone)]
pub struct State {
    /// Order, author, side, text.
    pub comments: Vec<[String; 4]>,
    /// Name, author, and whether below a comment.
    pub documents: Vec<[String; 3]>,
    /// Kind and address of each mail.
    pub outbox: Vec<[String; 2]>,
    /// Outcome, why, and the name under which it is kept.
    pub received: Vec<[String; 3]>,
}

impl State {
    /// What is here and was not there before.
    fn since(self, before: &Self) -> Self {
        Self {
            comments: self.comments[before.comments.len()..].to_vec(),
            documents: self.documents[before.documents.len()..].to_vec(),
            outbox: self.outbox[before.outbox.len()..].to_vec(),
            received: self.received[before.received.len()..].to_vec(),
        }
    }
}

impl Office {
    /// Order NK-FRO-0001 is at hus-a, assigned to Rita and to Per; NK-FRO-0002 is unattached.
    pub fn new() -> Self {
        let office = Self::without_address();
        office.world.run("group set nordkyl --reply-to service@nordkyl.example").well();
        office
    }

    /// The same without an address of its own for answers.
    pub fn without_address() -> Self {
        let world = World::nordkyl_with_customers();
        let config = world.path().join("etc/frontdesk/config.toml");
        let text = std::fs::read_to_string(&config).expect("a configuration");
        std::fs::write(&config, format!("{text}\n[mail]\nreply_address = \"reply@portal.test\"\n")).expect("written");
        for line in [
            "staff add rita --name 'Rita Ek' --email rita@nordkyl.example --grant orders",
            "staff add stig --name 'Stig Mo' --email stig@nordkyl.example --grant mail",
            "user create eva@brf.example --customer 1042 --name 'Eva Lind' --template full --all-facilities --no-invite",
            "user create ola@brf.example --customer 1042 --name 'Ola Berg' --template full --unattached --no-invite",
            "user create view@brf.example --customer 1042 --name 'Vi Ny' --template viewer --all-facilities --no-invite",
            "user create std@brf.example --customer 1042 --name 'Stan Dard' --template standard --all-facilities --no-invite",
            "user create gone@brf.example --customer 1042 --name Gone --template full --all-facilities --no-invite",
            "contact add --customer 1042 --email per@brf.example --name 'Per Ek'",
            "contact add --customer 1042 --email lone@brf.example --name Lone",
            "user create frost@frost.example --customer 1043 --name Frost --template full --all-facilities --unattached --no-invite",
            "order create --customer 1042 --title 'Leaks oil' --facility hus-a --to rita",
            "order create --customer 1042 --title Noise --to rita",
            "order create --customer 1043 --title Cold",
            "order assign NK-FRO-0001 --contact per@brf.example",
        ] {
            world.run(line).well();
        }
        Self { world }
    }

    fn db(&self) -> Connection {
        let path = self.world.path().join("frontdesk-data/frontdesk.db");
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database")
    }

    fn id(&self, sql: &str, name: &str) -> i64 {
        self.db().query_row(sql, [name], |row| row.get(0)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn rows<const N: usize>(&self, sql: &str) -> Vec<[String; N]> {
        let db = self.db();
        let mut all = db.prepare(sql).expect("a statement");
        let rows = all.query_map([], |row| {
            let cells: Result<Vec<String>, _> = (0..N).map(|at| row.get(at)).collect();
            Ok(<[String; N]>::try_from(cells?).expect("so many"))
        });
        rows.expect("rows").map(|row| row.expect("a row")).collect()
    }

    /// The address at which somebody answers on an order: a contact by address, staff by login.
    pub fn reply(&self, who: &str, order: &str) -> String {
        let key = Key::read(&self.world.path().join("frontdesk-data/key")).expect("the key");
        let person = match who.contains('@') {
            true => Person::Contact(ContactId(self.id("SELECT id FROM contacts WHERE email = ?1", who))),
            false => Person::Staff(StaffId(self.id("SELECT id FROM staff WHERE login = ?1", who))),
        };
        let order = OrderId(self.id("SELECT id FROM orders WHERE number = ?1", order));
        let base = Email::parse("reply@portal.test").expect("an address");
        reply::address(&key, &base, GroupId(1), person, order).expect("an address").to_string()
    }

    /// Queues a mail to somebody and gives its mark.
    pub fn mark_for(&self, email: &str) -> String {
        self.world.run(&format!("mail test {email}")).well();
        let mut rows = self.rows::<1>("SELECT message_id FROM outbox ORDER BY id");
        rows.pop().expect("a mail")[0].clone()
    }

    /// What is there now.
    pub fn state(&self) -> State {
        State {
            comments: self.rows(
                "SELECT o.number, k.author, k.side, k.text FROM comments k JOIN orders o ON o.id = k.order_id ORDER BY k.id",
            ),
            documents: self.rows(
                "SELECT name, author, CASE WHEN comment_id IS NULL THEN 'alone' ELSE 'below' END FROM documents ORDER BY id",
            ),
            outbox: self.rows("SELECT kind, recipient FROM outbox ORDER BY id"),
            received: self.rows("SELECT outcome, coalesce(why, ''), coalesce(kept, '') FROM received ORDER BY id"),
        }
    }

    /// Lets everything leave that waits, so that what comes next makes mails of its own.
    pub fn send_all(&self) {
        self.world.clock.advance(180);
        self.world.run("mail send").well();
    }

    /// Hands a message over; gives what was said and what is different now.
    #[track_caller]
    pub fn deliver(&self, message: &[u8], flags: &str) -> (Said, State) {
        self.world.file("message.eml", message);
        let before = self.state();
        let said = self.world.run(&format!("mail receive message.eml {flags}")).well();
        (said, self.state().since(&before))
    }

    /// The same with a message of the folder, its places filled.
    #[track_caller]
    pub fn deliver_file(&self, name: &str, places: &[(&str, &str)]) -> (Said, State) {
        self.deliver(&filled(name, places), "")
    }

    /// The bytes of a message that is kept.
    pub fn kept(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.world.path().join(format!("frontdesk-data/received/{name}.eml"))).expect("a file")
    }
}

/// A message of the folder with its places filled.
pub fn filled(name: &str, places: &[(&str, &str)]) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/inbox/{name}.eml"));
    let mut bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    for (place, value) in places {
        let place = format!("{{{place}}}").into_bytes();
        let mut out = Vec::with_capacity(bytes.len());
        let mut rest = &bytes[..];
        while let Some(at) = rest.windows(place.len()).position(|window| window == place) {
            out.extend_from_slice(&rest[..at]);
            out.extend_from_slice(value.as_bytes());
            rest = &rest[at + place.len()..];
        }
        out.extend_from_slice(rest);
        bytes = out;
    }
    bytes
}
