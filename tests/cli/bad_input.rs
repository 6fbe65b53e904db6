//! Bad input to every command: refused with a sentence that names it, and nothing is changed.

use clap::ArgAction;

use crate::cli::walk::{Does, LEAVES, Leaf, company, is_civil, leaves};
use crate::support::{Said, World, split};

/// Values that somebody may give to anything.
fn odd_values() -> Vec<String> {
    let mut values: Vec<_> = [
        "",
        " ",
        "a\u{1b}[31mb",
        "two\nlines",
        "id:x",
        "id:99999",
        "-7",
        "99999999999999999999",
        "'; DROP TABLE users;--",
    ]
    .map(str::to_owned)
    .to_vec();
    values.push("x".repeat(20_000));
    values
}

/// The words of a command's line in the table, and which of them are its positional arguments.
fn sample(leaf: &Leaf) -> (Vec<String>, Vec<usize>) {
    let (_, _, rest) = LEAVES.iter().find(|(name, _, _)| *name == leaf.name).expect("in the table");
    let mut words = split(&leaf.name);
    let mut positional = Vec::new();
    let mut belongs_to_flag = false;
    for word in split(rest) {
        let flag = word.strip_prefix("--").filter(|_| !belongs_to_flag);
        if let Some(flag) = flag {
            let found = leaf.command.get_arguments().find(|argument| argument.get_long() == Some(flag));
            belongs_to_flag = found.map_or(flag == "data-dir", takes_value);
        } else {
            if !belongs_to_flag {
                positional.push(words.len());
            }
            belongs_to_flag = false;
        }
        words.push(word);
    }
    (words, positional)
}

fn takes_value(argument: &clap::Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Set | ArgAction::Append)
}

/// What may never happen, whatever was typed.
#[track_caller]
fn is_orderly(said: &Said, words: &[String]) {
    is_civil(said);
    assert!(said.status != 70, "our fault? {words:?}: {said:?}");
    assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{words:?}: {said:?}");
    if said.status != 0 {
        assert_eq!(said.out, "", "{words:?}");
        let error = said.err.lines().rfind(|line| line.starts_with("error: "));
        assert!(error.is_some_and(|line| line.ends_with(']')), "{words:?}: {said:?}");
        assert!(said.err.len() < 4_000, "{words:?}: the whole value is shown: {}", said.err.len());
    }
}

/// Puts every odd value at every place of every command. Whatever is taken is taken back.
fn try_everywhere(wanted: impl Fn(&Leaf) -> bool) {
    let world = company();
    let before = world.rows();
    let mut tried = 0;
    for leaf in leaves().iter().filter(|leaf| leaf.does() != Does::Run && wanted(leaf)) {
        let (words, positional) = sample(leaf);
        let mut lines = Vec::new();
        for value in odd_values() {
            for at in &positional {
                let mut line = words.clone();
                line[*at] = value.clone();
                lines.push(line);
            }
            for argument in leaf.command.get_arguments().filter(|argument| takes_value(argument)) {
                let Some(flag) = argument.get_long().filter(|_| !argument.is_global_set()) else { continue };
                let mut line = words.clone();
                let value = format!("--{flag}={value}");
                match line.iter().position(|word| *word == format!("--{flag}")) {
                    Some(at) => drop(line.splice(at..at + 2, [value])),
                    None => line.push(value),
                }
                lines.push(line);
            }
        }
        for mut line in lines {
            if leaf.does().changes() {
                line.push("--dry-run".into());
            }
            is_orderly(&world.run_in(&line, "", |_| {}), &line);
            tried += 1;
        }
        assert_eq!(world.rows(), before, "`{}` changed something", leaf.name);
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn odd_values_for_customers_and_their_people() {
    try_everywhere(|leaf| ["customer", "contact"].contains(&noun(leaf)));
}

#[test]
fn odd_values_for_accounts_and_orders() {
    try_everywhere(|leaf| ["user", "order"].contains(&noun(leaf)));
}

#[test]
fn odd_values_for_places_and_machines() {
    try_everywhere(|leaf| ["facility", "object"].contains(&noun(leaf)));
}

#[test]
fn odd_values_for_the_company_itself() {
    let elsewhere = ["customer", "contact", "user", "order", "facility", "object"];
    try_everywhere(|leaf| !elsewhere.contains(&noun(leaf)));
}

fn noun(leaf: &Leaf) -> &str {
    leaf.name.split(' ').next().unwrap_or_default()
}

/// Lines with the exit status and a part of the sentence, which names the value.
const WRONG: &[(&str, u8, &str)] = &[
    ("customer show 9999", 3, "customer '9999' does not exist"),
    ("customer show id:99999", 3, "customer 'id:99999' does not exist"),
    ("customer show id:x", 2, "'id:x' is not an id such as id:123"),
    ("customer add 1050", 2, "a new customer needs a name"),
    ("customer add '10 50' --name Brf", 2, "'10 50' cannot hold ' '"),
    ("customer add -1 --name Brf", 2, "'-1'"),
    ("customer add 1050 --name ''", 2, "it is empty"),
    ("customer add 1050 --name Brf --email nobody", 2, "'nobody' has no @"),
    ("customer add 1050 --name Brf --lang de", 2, "'de' is not a language"),
    ("customer add 1050 --name Brf --prefix TOO-LONG", 2, "'TOO-LONG' is not a prefix"),
    ("customer set 9999 --city Umeå", 3, "customer '9999' does not exist"),
    ("customer set 1042 --name ''", 2, "it is empty"),
    ("customer close 9999", 3, "customer '9999' does not exist"),
    ("customer delete 1042 --confirm 1043", 2, "--confirm '1043' is not '1042'"),
    ("customer import nowhere.csv", 66, "'nowhere.csv' cannot be opened"),
    ("customer import customers.csv --delimiter x", 2, "'x' is not one of , ; | tab"),
    ("customer import customers.csv --on-error panic", 2, "'panic'"),
    ("contact add --customer 9999 --email a@b.example --name A", 3, "customer '9999' does not exist"),
    ("contact add --customer 1042 --email a@b --name A", 2, "'a@b' has no dot after the @"),
    ("contact show nobody@brf.example", 3, "nobody@brf.example"),
    ("user create a@b.example --customer 9999 --name A", 3, "customer '9999' does not exist"),
    ("user create a@b.example --customer 1042 --name A --grant order.veiw", 2, "'order.veiw' is not a permission"),
    ("user create a@b.example --customer 1042 --name A --facility nowhere", 3, "'nowhere'"),
    ("user create a@b.example --customer 1042 --name A --template standrad", 3, "'standrad'"),
    ("user create a@b.example --customer 1042 --name A --until yesterday", 2, "'yesterday' is not a day"),
    ("user show nobody@brf.example", 3, "user 'nobody@brf.example' does not exist"),
    ("user reset nobody@brf.example", 3, "user 'nobody@brf.example' does not exist"),
    ("user why eva@brf.example order.veiw", 2, "'order.veiw' is not a permission"),
    ("user why eva@brf.example document.view --document 77", 3, "document '77' does not exist"),
    ("user why eva@brf.example selfcheck.view --selfcheck 77", 3, "self-check '77' does not exist"),
    ("user why eva@brf.example object.view --object KYL-77", 3, "KYL-77"),
    ("user why eva@brf.example object.view --object KYL-01 --facility hus-a", 2, "cannot be used with"),
    ("portal preview nobody@brf.example", 3, "user 'nobody@brf.example' does not exist"),
    ("portal preview eva@brf.example --listen 0.0.0.0:0", 2, "a preview does not listen on 0.0.0.0:0"),
    ("portal preview gone@brf.example", 4, "gone@brf.example is disabled and sees nothing"),
    ("portal preview eva@brf.example --customer 1043", 3, "frontdesk user create"),
    ("user invite --pending --rate 0/min", 2, "'0/min' is not a rate"),
    ("facility add hus/c --customer 1042 --name C", 2, "'hus/c' cannot hold '/'"),
    ("facility add hus-c --customer 1042 --name C --tz Mars/Olympus", 2, "'Mars/Olympus' is not a time zone"),
    ("facility show nowhere", 3, "'nowhere'"),
    ("object add KYL-07 --customer 1042 --name K --facility nowhere", 3, "'nowhere'"),
    ("object add KYL-07 --customer 1042 --name K --installed-on 2026-02-30", 2, "2026-02-30"),
    ("object set KYL-01 --parent KYL-77", 3, "KYL-77"),
    ("object set KYL-01 --parent KYL-01", 4, "KYL-01"),
    ("object interval add KYL-01 Weekly", 2, "an interval counts days, use, or both"),
    ("object interval add KYL-01 Weekly --days 0", 2, "'0' is not a whole number above 0"),
    ("object interval add KYL-01 Weekly --days 7 --since soon", 2, "'soon' is not a day or a time"),
    ("object interval set KYL-01 Yaerly --days 7", 3, "object KYL-01 has no interval 'Yaerly'"),
    ("reading add KYL-77 5", 3, "object 'KYL-77' does not exist"),
    ("reading add KYL-01 many", 2, "'many' is no reading"),
    ("reading add KYL-01 12,459", 2, "'12,459' can be read in two ways"),
    ("reading add KYL-01 12460 --at 2026-11-23", 2, "12460 h on 2026-11-23 00:00 is in the future"),
    ("reading add KYL-01 12460 --at 2026-11-01T08:00", 4, "there is a reading of that moment already: 12450 h"),
    ("reading add KYL-01 12 --meter starts", 2, "object KYL-01 has no meter 'starts' yet"),
    ("reading correct 77 5 --reason X", 3, "reading '77' does not exist"),
    ("reading correct 1 12451 --reason X", 2, "12451 h on 2026-10-01 08:00 is above the reading after it, 12450 h"),
    ("reading delete 77 --reason X", 3, "reading '77' does not exist"),
    ("object label", 2, "no object was named"),
    ("object label KYL-77", 3, "KYL-77"),
    ("object label KYL-01 KYL-02 --format svg", 2, "a drawing holds one label, and 2 objects were named"),
    ("object label --facility shut", 3, "there is no object in use there"),
    ("object label KYL-01 --to nowhere/label.svg", 73, "'nowhere/label.svg' cannot be written"),
    ("document add drawing.pdf", 2, "nothing was named that the document lies on"),
    ("document add drawing.pdf --order NK-FRO-0099", 3, "order 'NK-FRO-0099' does not exist"),
    ("document add none.pdf --customer 1042", 66, "none.pdf' cannot be read"),
    ("document add customers.csv --customer 1042 --name a.exe", 65, "'a.exe' does not end in one of"),
    ("document set 1 --purpose fun", 2, "'fun'"),
    ("document set 1 --name a.exe", 2, "'a.exe' does not end like 'drawing.pdf'"),
    ("document get 77 --to out.pdf", 3, "document '77' does not exist"),
    ("document delete one", 2, "'one' is not the number of a document"),
    ("order create --customer 1042", 2, "a new order needs a title"),
    ("order create --customer 1042 --title T --cost cheap", 2, "'cheap'"),
    ("order create --customer 1042 --title T --priority Soon", 3, "'Soon'"),
    ("order create --customer 1042 --title T --kind repair", 2, "'repair'"),
    ("order create --customer 1042 --title T --to nobody", 3, "staff 'nobody' does not exist"),
    ("order create --customer 1042 --title T --planned-from 2026-11-31", 2, "'2026-11-31'"),
    ("order show NK-FRO-9999", 3, "NK-FRO-9999"),
    ("order status NK-FRO-0001 Nowhere", 3, "'Nowhere'"),
    ("order comment NK-FRO-0001 ''", 2, "it is empty"),
    ("order comment NK-FRO-0001 Hello --answers 77", 3, "77"),
    ("order assign NK-FRO-0001", 2, "nobody was named"),
    ("selfcheck show seven", 2, "'seven' is not the number of a self-check"),
    ("selfcheck show 77", 3, "self-check '77' does not exist"),
    ("selfcheck add rond --object KYL-02", 3, "self-check template 'rond' does not exist"),
    ("selfcheck add round --object KYL-77", 3, "object 'KYL-77' does not exist"),
    ("selfcheck answer 1 7 ok", 3, "self-check 1 has no point 7"),
    ("selfcheck answer 1 1 maybe", 2, "'maybe' is no answer to point 1"),
    ("selfcheck sign 1", 4, "must be answered first: 1 (Doors close by themselves)"),
    ("selfcheck answer 3 1 ok", 4, "self-check 3 was signed by Nordkyl AB"),
    ("selfcheck template add bad logo.png", 65, "logo.png is not UTF-8"),
    ("selfcheck template add bad customers.csv", 65, "customers.csv, line 1"),
    ("group add 'Nord Kyl' --name N", 2, "'Nord Kyl' is not a short name"),
    ("group add n --name N --colour red", 2, "'red' is not a colour"),
    ("group add n --name N --tz Nowhere", 2, "'Nowhere' is not a time zone"),
    ("group origin add nordkyl.example", 2, "'nordkyl.example' does not begin with https://"),
    ("group origin add http://nordkyl.example", 2, "comes without encryption"),
    ("group origin add 'https://nordkyl.example; img-src *'", 2, "would let many sites show the login box"),
    ("group origin add https://nordkyl.example/kund", 2, "name the site alone: https://nordkyl.example"),
    ("group origin delete https://nordkyl.exampel", 3, "origin 'https://nordkyl.exampel' does not exist"),
    ("group box nordkil", 3, "did you mean nordkyl?"),
    ("group box nordkyl --format poster", 2, "'poster'"),
    ("group status add X --stage soon", 2, "'soon' is not a stage"),
    ("group status add X", 2, "a new status needs a stage"),
    ("group status add X --stage done --position 0", 2, "0"),
    ("group priority add X --hours -1", 2, "-1"),
    ("staff add Rita --name R", 2, "'Rita' is not a login"),
    ("staff add stig --name S --grant everything", 2, "'everything' is not a right"),
    ("staff bind rita --uid 65534", 2, "65534"),
    ("staff show id:99", 3, "staff 'id:99' does not exist"),
    ("template add x order.veiw", 2, "'order.veiw' is not a permission"),
    ("role add Odd --tick order.dnoe", 3, "'order.dnoe' is neither an event nor a status"),
    ("role add Odd --tick Nowhere", 3, "'Nowhere' is neither an event nor a status"),
    ("role add 'A;B'", 2, "'A;B' has a ;"),
    ("role show Bord", 3, "role 'Bord' does not exist"),
    ("role set Board --tick order.dnoe", 3, "'order.dnoe' is neither an event nor a status"),
    ("role set Board --name billing", 4, "role 'Billing' exists already"),
    ("role delete Board --yes", 4, "1 contact carries the role 'Board'"),
    ("role matrix nowhere.csv", 66, "nowhere.csv' cannot be read"),
    ("role matrix customers.csv", 65, "the file has no column \"line\""),
    ("role matrix --delimiter x matrix.csv", 2, "'x' is not one of , ; | tab"),
    ("contact add --customer 1042 --name A --role Bord", 3, "role 'Bord' does not exist"),
    ("contact add --customer 1042 --name A --facility hall", 3, "customer 1042 has no facility 'hall'"),
    ("contact set eva@brf.example --facility id:3", 77, "facility 'hall' belongs to customer 1043, not to 1042"),
    ("contact set eva@brf.example --no-roles --add-role Board", 2, "cannot be used with"),
    ("contact list --role Bord", 3, "role 'Bord' does not exist"),
    ("notify test NK-FRO-9999 comment", 3, "order 'NK-FRO-9999' does not exist"),
    ("notify test NK-FRO-0001 coment", 2, "'coment' is not an event"),
    ("notify test NK-FRO-0001 comment --status Done", 2, "'comment' brings no new status"),
    (
        "notify test NK-FRO-0001 order.planned --status Done",
        4,
        "the status 'Done' brings order.done, not order.planned",
    ),
    ("notify test NK-FRO-0001 order.status --status Dine", 3, "status 'Dine' does not exist"),
    ("notify test NK-FRO-0001 comment --by nobody@brf.example", 3, "has no contact 'nobody@brf.example'"),
    ("doctor -g nordkil", 3, "group 'nordkil' does not exist"),
    ("doctor --where stat=wrong", 2, "there is no field 'stat' here"),
    ("mail drop 77 --yes", 3, "mail '77' does not exist"),
    ("mail drop seven --yes", 2, "'seven' is not the number of a mail"),
    ("mail retry --where state=lost --yes", 2, "'lost'"),
    ("mail cancel --where colour=red --yes", 2, "mails are not filtered by 'colour'"),
    ("mail list --older-than soon", 2, "'soon' is not a length of time"),
    ("mail list --order NK-99", 3, "order 'NK-99' does not exist"),
    ("mail show 77", 3, "mail '77' does not exist"),
    ("mail show seven", 2, "'seven' is not the number of a mail"),
    ("mail list --state lost", 2, "'lost'"),
    ("mail receive reply.eml", 78, "mail.reply_address is not set"),
    ("mail receive nowhere.eml --config reply.toml", 66, "'nowhere.eml' cannot be opened"),
    ("mail receive . --config reply.toml", 66, "it is not a regular file"),
    ("mail received list --outcome lost", 2, "'lost' is not a fate of a message"),
    ("mail received show nothing", 3, "received mail 'nothing' does not exist"),
    ("mail received show id:77", 3, "received mail 'id:77' does not exist"),
    ("mail received show id:2 --raw", 3, "the message id:2 was not kept"),
    ("mail bounce clear nobody", 2, "'nobody' has no @"),
    ("mail bounce clear nobody@brf.example", 3, "bounce 'nobody@brf.example' does not exist"),
    ("audit list --since yesterday", 2, "'yesterday'"),
    ("backup create --keep many", 2, "'many'"),
    ("backup verify 20200101T000000Z", 3, "20200101T000000Z'"),
    ("backup restore 20200101T000000Z", 3, "20200101T000000Z'"),
    ("backup restore 20261122T080200Z --confirm yes", 2, "--confirm 'yes'"),
    ("completions tcsh", 2, "'tcsh'"),
    ("serve --listen nowhere", 2, "'nowhere'"),
    ("init --base-url ftp://x", 4, "base_url"),
];

#[test]
fn the_sentence_names_the_value_and_nothing_is_changed() {
    let world = company();
    let before = world.rows();
    for (line, status, sentence) in WRONG {
        let said = world.run(line);
        assert_eq!(said.status, *status, "`{line}`: {said:?}");
        is_orderly(&said.fails(*status, sentence), &split(line));
        assert_eq!(world.rows(), before, "`{line}` changed something");
        let said = world.run(&format!("{line} --json"));
        let error: serde_json::Value = serde_json::from_str(&said.err).unwrap_or_else(|_| panic!("`{line}`: {said:?}"));
        assert_eq!(error["error"]["exit"], *status, "`{line}`");
    }
    let nouns: std::collections::BTreeSet<_> = WRONG.iter().filter_map(|(line, _, _)| line.split(' ').next()).collect();
    for leaf in leaves().iter().filter(|leaf| !["demo", "man", "import", "config"].contains(&noun(leaf))) {
        assert!(nouns.contains(noun(leaf)), "nothing wrong is tried with {}", noun(leaf));
    }
}

#[test]
fn the_field_of_a_wrong_value_is_named_for_programs() {
    let world = World::nordkyl();
    for (line, field) in [
        ("customer add 1 --name Brf --postal-code 'a\u{7}'", "postal_code"),
        ("customer add 'a b' --name Brf", "customer_no"),
        ("customer list --limit x", "limit"),
        ("user create nobody --customer 1", "email"),
        ("customer list -o xml", "output"),
    ] {
        let said = world.run(&format!("{line} --json"));
        let error: serde_json::Value = serde_json::from_str(said.err.trim_end()).unwrap_or_else(|_| panic!("{said:?}"));
        assert_eq!(error["error"]["field"], field, "`{line}`: {said:?}");
    }
}

#[test]
fn what_is_required_is_required_of_every_command() {
    let world = company();
    let before = world.rows();
    for leaf in leaves() {
        let needs: Vec<_> = leaf.command.get_arguments().filter(|argument| argument.is_required_set()).collect();
        if needs.is_empty() {
            continue;
        }
        let said = world.run(&leaf.name).fails(2, "required arguments were not provided");
        is_civil(&said);
        for argument in needs {
            let name = argument.get_long().map_or_else(
                || argument.get_value_names().map_or(String::new(), |names| format!("<{}", names[0])),
                |flag| format!("--{flag}"),
            );
            assert!(said.err.contains(&name), "`{}` does not say {name}: {said:?}", leaf.name);
        }
    }
    assert_eq!(world.rows(), before);
}
