//! Whoever may no longer be told gets nothing from that moment on, of what waits for them too: one piece of news, several
//! of one order, those of a day.

use std::collections::BTreeSet;

use super::firm::{Firm, Mail, readers};
use crate::support::Visitor;

/// A few minutes before midnight by the company's clocks, on the last day of an access that ends.
const LATE: i64 = 14 * 3_600 + 54 * 60;

/// What somebody has.
enum Has {
    /// An account that reaches the first place.
    Account,
    /// No account.
    Nothing,
}

/// What becomes of the mails that waited.
#[derive(Clone, Copy, PartialEq)]
enum Becomes {
    /// They are cancelled, and it is said why.
    Cancelled,
    /// They went together with what they were about.
    Gone,
}
use Becomes::{Cancelled, Gone};

/// What is taken away: for `{c}` stands the customer, for `{m}` the address, for `{i}` the number of the case, for `{o}`
/// each of the orders.
const CASES: &[(&str, Has, &[&str], Becomes)] = &[
    ("the user is disabled", Has::Account, &["user disable {m}"], Cancelled),
    ("a permission is revoked", Has::Account, &["user revoke {m} order.view --no-notice"], Cancelled),
    (
        "the scope is moved",
        Has::Account,
        &["user grant {m} --facility fb-{i} --no-notice", "user revoke {m} --facility fa-{i} --no-notice"],
        Cancelled,
    ),
    ("the orders are moved", Has::Account, &["order set {o} --facility fb-{i}"], Cancelled),
    ("the access ends", Has::Account, &["user grant {m} --until 2026-11-22 --no-notice"], Cancelled),
    ("the customer is closed", Has::Account, &["customer close {c}"], Cancelled),
    ("the customer is closed, without an account", Has::Nothing, &["customer close {c}"], Cancelled),
    ("the user is deleted", Has::Account, &["user delete {m}"], Gone),
    (
        "the user is deleted and the person erased",
        Has::Account,
        &["user delete {m}", "contact delete {m} --erase"],
        Gone,
    ),
    ("the contact is erased", Has::Nothing, &["contact delete {m} --erase"], Cancelled),
    ("the contact is deleted", Has::Nothing, &["contact delete {m}"], Cancelled),
    ("the address is changed", Has::Nothing, &["contact set {m} --email new-{m}"], Cancelled),
    ("the address of a user is changed", Has::Account, &["contact set {m} --email new-{m}"], Cancelled),
    ("the role is taken away", Has::Nothing, &["contact set {m} --no-roles"], Cancelled),
    ("the role is taken from a user", Has::Account, &["contact set {m} --no-roles"], Cancelled),
    ("the role no longer ticks it", Has::Nothing, &["role set Role-{i} --untick comment --untick document"], Cancelled),
    ("other facilities are named", Has::Nothing, &["contact set {m} --facility fb-{i}"], Cancelled),
    ("the orders are deleted", Has::Nothing, &["order delete {o} --confirm {o}"], Gone),
];

/// Somebody at a customer of their own, for whom three mails wait.
struct Case {
    customer: String,
    mail: String,
    orders: [String; 2],
}

impl Case {
    /// One word on the first order, two on the second; and the day's mail tells of a document on each.
    fn new(firm: &Firm, at: usize, has: &Has) -> Self {
        let (customer, mail) = (format!("{}", 2000 + at), format!("r{at}@brf.example"));
        firm.all(&[
            format!("customer add {customer} --name 'Customer {at}' --prefix Q{at}"),
            format!("facility add fa-{at} --customer {customer} --name A"),
            format!("facility add fb-{at} --customer {customer} --name B"),
            format!("role add Role-{at} --tick comment --tick document"),
        ]);
        match has {
            Has::Account => {
                let scope = format!("--template full --facility fa-{at} --no-invite --no-notice");
                firm.run(&format!("user create {mail} --customer {customer} --name Reader {scope}"));
                firm.run(&format!("contact set {mail} --add-role Role-{at}"));
            }
            Has::Nothing => {
                firm.run(&format!("contact add --customer {customer} --email {mail} --name Reader --role Role-{at}"));
            }
        }
        let orders = [1, 2].map(|_| {
            let line = format!("order create --customer {customer} --title 'Title-{at}-' --facility fa-{at} --no-mail");
            firm.made(&line)
        });
        Self { customer, mail, orders }
    }

    /// Lets it happen.
    fn tell(&self, firm: &Firm, at: usize) {
        let [first, second] = &self.orders;
        firm.all(&[
            format!("order comment {first} 'Word-{at}-'"),
            format!("order comment {second} 'Word-{at}-'"),
            format!("order comment {second} 'Word-{at}-'"),
            format!("document add plan.pdf --order {first} --name plan-{at}-.pdf --share"),
            format!("document add plan.pdf --order {second} --name plan-{at}-.pdf --share"),
        ]);
    }

    fn revoke(&self, firm: &Firm, at: usize, lines: &[&str]) {
        for line in lines {
            let line = line.replace("{c}", &self.customer).replace("{m}", &self.mail).replace("{i}", &at.to_string());
            match line.contains("{o}") {
                true => firm.all(&self.orders.each_ref().map(|order| line.replace("{o}", order))),
                false => drop(firm.run(&line)),
            }
        }
    }
}

/// Chooses behind the link in a mail.
#[track_caller]
fn choose(firm: &Firm, mail: &Mail, fields: &[(&str, &str)]) {
    let mut anybody: Visitor = firm.world.visitor("nordkyl");
    anybody.post_bare(&mail.off(), fields).leads();
}

#[test]
fn of_what_waits_nothing_reaches_who_may_no_longer_be_told() {
    let firm = Firm::bare();
    let cases: Vec<_> = CASES.iter().enumerate().map(|(at, (_, has, ..))| Case::new(&firm, at, has)).collect();
    let witness = Case::new(&firm, CASES.len(), &Has::Nothing);
    let everybody: Vec<_> = cases.iter().chain([&witness]).collect();
    // A first mail, by whose link each of them chooses to hear of documents once a day.
    for case in &everybody {
        firm.run(&format!("order comment {} Hello", case.orders[0]));
    }
    let mails = firm.gathered();
    assert_eq!(readers(&mails).len(), everybody.len());
    mails.iter().for_each(|mail| choose(&firm, mail, &[("document", "daily")]));
    firm.world.clock.advance(LATE - 120);
    for (at, case) in everybody.iter().enumerate() {
        case.tell(&firm, at);
    }
    let waiting: BTreeSet<_> = everybody.iter().map(|case| firm.fates(&case.mail).len()).collect();
    assert_eq!(waiting, BTreeSet::from([4]), "the first one, and three that wait");
    for (at, (case, (_, _, lines, _))) in cases.iter().zip(CASES).enumerate() {
        case.revoke(&firm, at, lines);
    }
    firm.world.clock.advance(5 * 60);
    let mut mails = firm.gathered();
    firm.world.clock.advance(8 * 3_600);
    mails.extend(firm.post());
    // Who still may be told shows that all others would have been.
    let kinds: Vec<_> = mails.iter().filter(|mail| mail.to == witness.mail).map(|mail| mail.kind.as_str()).collect();
    assert_eq!(kinds, ["order_comment", "order_news", "digest"]);
    let mut wrong = Vec::new();
    for (at, (case, (name, _, _, becomes))) in cases.iter().zip(CASES).enumerate() {
        let words = [format!("Word-{at}-"), format!("plan-{at}-"), format!("Title-{at}-"), case.orders[1].clone()];
        for mail in &mails {
            if mail.to.ends_with(&case.mail) || words.iter().any(|word| mail.everything.contains(word)) {
                wrong.push(format!("{name}: {} went to {}", mail.kind, mail.to));
            }
        }
        let fates = firm.fates(&case.mail);
        let rest: Vec<_> = fates.iter().filter(|(state, _)| state != "sent").collect();
        let over = rest.iter().all(|(state, why)| state == "cancelled" && !why.is_empty());
        if !over || (*becomes == Cancelled && rest.len() != 3) {
            wrong.push(format!("{name}: {fates:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Two who hear of everything, one of them without an account, and an order of theirs.
fn two() -> (Firm, String) {
    let firm = Firm::small();
    let order = firm.order("--title 'Door of the cold room' --facility hus-a --to ola");
    (firm, order)
}

#[test]
fn of_several_news_only_what_may_not_be_told_is_left_out() {
    let (firm, order) = two();
    firm.run(&format!("order comment {order} Hello"));
    let hello = firm.gathered();
    let tell = || {
        firm.run(&format!("order status {order} 'In progress' --reason 'Parts have come'"));
        firm.run(&format!("order comment {order} 'A word.'"));
        firm.made(&format!("document add plan.pdf --order {order} --share --ensure"));
        firm.run(&format!("order status {order} Planning --reason 'Parts were wrong'"));
    };
    tell();
    let document = firm.run("document list --json").json()[0]["id"].to_string();
    let lone = hello.iter().find(|mail| mail.to == "lone@brf.example").expect("a mail");
    choose(&firm, lone, &[("comment", "off")]);
    firm.run(&format!("document set {document} --internal"));
    let mails = firm.gathered();
    assert_eq!(readers(&mails), ["lone@brf.example", "told@brf.example"]);
    for mail in &mails {
        mail.says_in_order(&["Parts have come", "Parts were wrong"]).hides("plan.pdf");
        assert_eq!((mail.kind.as_str(), mail.text.contains("A word.")), ("order_news", mail.to == "told@brf.example"));
    }
    // What is left of several may be a single one, and of two nothing.
    firm.run(&format!("order comment {order} 'One more word.'"));
    firm.run(&format!("document set {document} --share"));
    firm.run(&format!("document delete {document}"));
    let mails = firm.gathered();
    assert_eq!(readers(&mails), ["told@brf.example"]);
    mails[0].says_in_order(&["One more word."]).hides("plan.pdf");
    let fates = firm.fates("lone@brf.example");
    assert_eq!(fates.last().map(|(state, why)| (state.as_str(), why.is_empty())), Some(("cancelled", false)));
}

#[test]
fn of_the_days_news_only_what_may_not_be_told_is_left_out() {
    let (firm, here) = two();
    let there = firm.order("--title 'Fan is loud' --facility hus-b");
    firm.run(&format!("order comment {here} Hello"));
    for mail in firm.gathered() {
        choose(&firm, &mail, &[("comment", "daily"), ("document", "daily")]);
    }
    firm.run(&format!("order comment {here} 'Word on the door.'"));
    firm.run(&format!("order comment {there} 'Word on the fan.'"));
    let document = firm.made(&format!("document add plan.pdf --order {here} --share"));
    firm.run("user revoke told@brf.example --all-facilities --unattached --no-notice");
    firm.run("user grant told@brf.example --facility hus-a --no-notice");
    firm.run("contact set lone@brf.example --facility hus-b");
    firm.run(&format!("document set {document} --internal --no-mail"));
    firm.world.clock.advance(24 * 3_600);
    let mails = firm.post();
    assert_eq!(readers(&mails), ["lone@brf.example", "told@brf.example"]);
    for mail in &mails {
        let (said, left_out) = match mail.to.starts_with("told") {
            true => ([&here, "Word on the door."], [&there, "Fan is loud", "Word on the fan."]),
            false => ([&there, "Word on the fan."], [&here, "Door of the cold room", "Word on the door."]),
        };
        said.iter().for_each(|words| assert!(mail.text.contains(words), "{words}: {}", mail.text));
        for words in left_out {
            mail.hides(words);
        }
        mail.hides("plan.pdf");
    }
}

#[test]
fn of_several_files_those_that_are_shared_no_longer_are_not_named() {
    let firm = Firm::bare();
    firm.world.user("nordkyl", "told@brf.example", "--customer 1042 --template full --all-facilities");
    firm.run("contact add --customer 1042 --email lone@brf.example --name 'Lo Ne' --role 'Site manager'");
    let order = firm.order("--title Door --facility hus-a");
    firm.gathered();
    let mut told = firm.signed_in("told@brf.example");
    let files: &[(&str, &str, &[u8])] =
        &[("document", "good.pdf", b"%PDF-1.4\n1\n%%EOF\n"), ("document", "secret.pdf", b"%PDF-1.4\n2\n%%EOF\n")];
    let fields = [("document-text", "the machine room")];
    told.post_files(&format!("/orders/{order}/documents"), &fields, files).leads();
    firm.run(&format!("order comment {order} 'Thank you.'"));
    let all = firm.run("document list --json").json();
    let secret = all.as_array().expect("documents").iter().find(|one| one["name"] == "secret.pdf").expect("it");
    firm.run(&format!("document set {} --internal", secret["id"]));
    let mails = firm.gathered();
    let lone = mails.iter().find(|mail| mail.to == "lone@brf.example").expect("a mail");
    lone.says_in_order(&["good.pdf", "the machine room", "Thank you."]).hides("secret.pdf");
}

#[test]
fn the_company_hears_where_it_can_be_reached_when_a_mail_leaves() {
    // What is done meanwhile, and who hears of it then.
    let cases: &[(&[&str], &[&str])] = &[
        (&[], &["ola@nordkyl.example", "service@nordkyl.example"]),
        (&["staff disable ola"], &["service@nordkyl.example"]),
        (&["order assign NK-FRO-0001 --remove ola", "staff delete ola"], &["service@nordkyl.example"]),
        (&["staff set ola --email ola@new.example"], &["service@nordkyl.example"]),
        (&["staff set ola --no-email"], &["service@nordkyl.example"]),
        (&["group set nordkyl --reply-to new@nordkyl.example"], &["ola@nordkyl.example"]),
    ];
    let firm = Firm::bare();
    firm.world.user("nordkyl", "told@brf.example", "--customer 1042 --template full --all-facilities");
    firm.gathered();
    for (to, title) in [("--to ola", "Door"), ("", "Fan")] {
        firm.order(&format!("--title {title} --facility hus-a {to}"));
    }
    for (lines, reached) in cases {
        let copy = firm.copy();
        let mut told = copy.signed_in("told@brf.example");
        for order in ["NK-FRO-0001", "NK-FRO-0002"] {
            told.post(&format!("/orders/{order}/comments"), &[("comment", "Canary word")]).leads();
        }
        copy.all(lines);
        let mails = copy.gathered();
        assert_eq!(&readers(&mails), reached, "{lines:?}");
        for old in ["ola@nordkyl.example", "service@nordkyl.example"] {
            let fate = if reached.contains(&old) { "sent" } else { "cancelled" };
            let fates = copy.fates(old);
            assert!(
                matches!(&fates[..], [(state, why)] if state == fate && !why.is_empty()),
                "{lines:?}: {old} {fates:?}"
            );
        }
    }
}
