//! What somebody chooses behind the link in a mail, without signing in, and by one click in a mail program.

use super::firm::{Firm, Mail, readers};
use crate::support::{Answer, MULTIPART, World, multipart};

const LONE: &str = "lone@brf.example";
const TOLD: &str = "told@brf.example";
const ONE_CLICK: [(&str, &str); 1] = [("List-Unsubscribe", "One-Click")];

/// People at a customer, one of them at another one as well, with a mail to each.
fn firm() -> (Firm, String, Vec<Mail>) {
    let firm = Firm::bare();
    firm.world.user("nordkyl", TOLD, "--customer 1042 --template full --all-facilities");
    firm.run(&format!("contact set {TOLD} --add-role 'Site manager'"));
    for customer in ["1042", "1043"] {
        firm.run(&format!("contact add --customer {customer} --email {LONE} --name 'Lo Ne' --role 'Site manager'"));
    }
    let order = firm.order("--title Door --facility hus-a");
    firm.gathered();
    firm.run(&format!("order comment {order} Hello"));
    let mails = firm.gathered();
    assert_eq!(readers(&mails), [LONE, TOLD]);
    (firm, order, mails)
}

fn to<'a>(mails: &'a [Mail], email: &str) -> &'a Mail {
    mails.iter().find(|mail| mail.to == email).expect("a mail")
}

/// Asks behind a link without a cookie, with these heads.
fn ask(world: &World, path: &str, kind: &str, body: &[u8], heads: &[(&str, &str)]) -> Answer {
    let mut anybody = world.visitor("nordkyl");
    for (name, value) in heads {
        anybody = anybody.with(name, value);
    }
    anybody.post_bytes(path, kind, body.to_vec())
}

/// What is chosen: event and choice of everybody.
fn chosen(firm: &Firm) -> Vec<String> {
    firm.world.rows()["notice_choices"].clone()
}

#[test]
fn looking_changes_nothing_and_a_click_does_whoever_sends_it_and_however() {
    let (firm, order, mails) = firm();
    let off = to(&mails, LONE).off();
    let head = to(&mails, LONE).head("List-Unsubscribe-Post").to_owned();
    assert_eq!(head, "List-Unsubscribe=One-Click");
    assert!(
        to(&mails, LONE).text.contains(&format!("https://portal.test{off}")),
        "the address stands in the mail, too"
    );
    let rows = firm.world.rows();
    for _ in 0..3 {
        firm.world.visitor("nordkyl").get(&off).has_status(200).says(LONE);
        firm.world.visitor("nordkyl").head(&off).has_status(200);
        firm.world.visitor("nordkyl").get(&format!("{off}?List-Unsubscribe=One-Click&all=off")).has_status(200);
    }
    assert_eq!(firm.world.rows(), rows);
    let urlencoded = ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click".to_vec());
    let parts = (MULTIPART, multipart(&ONE_CLICK, &[]));
    let foreign: &[(&str, &str)] = &[("Origin", "https://mail.example"), ("Sec-Fetch-Site", "cross-site")];
    for ((kind, body), heads) in [(&urlencoded, &[][..]), (&parts, &[]), (&urlencoded, foreign), (&parts, foreign)] {
        let mut again = firm.world.visitor("nordkyl");
        again.post_bare(&off, &[("all", "now")]).leads();
        assert_eq!(chosen(&firm), Vec::<String>::new());
        let answer = ask(&firm.world, &off, kind, body, heads);
        answer.has_status(200);
        assert!(answer.all("Set-Cookie").iter().all(|cookie| !cookie.contains("session")), "{answer:?}");
        assert_eq!(chosen(&firm).len(), 9, "{kind}");
    }
    // Twice is once.
    let audit = |firm: &Firm| firm.run("audit list --where action=contact.notices --json --limit 100").json();
    let written = audit(&firm).as_array().expect("lines").len();
    ask(&firm.world, &off, urlencoded.0, &urlencoded.1, &[]).has_status(200);
    assert_eq!(audit(&firm).as_array().expect("lines").len(), written);
    let line = audit(&firm)[0].clone();
    let said = line.to_string();
    assert!(said.contains("now") && said.contains("off") && said.contains("comment"), "{said}");
    // From now on nothing, and of what others hear nothing is lost; at the other customer all is as it was.
    let frost = firm.made("order create --customer 1043 --title Fan --facility hall --no-mail");
    firm.run(&format!("order comment {order} Word"));
    firm.run(&format!("order comment {frost} Word"));
    let heard = firm.gathered();
    assert_eq!(readers(&heard), [LONE, TOLD]);
    assert_eq!(to(&heard, LONE).order, frost);
    assert_ne!(to(&heard, LONE).off(), off);
}

#[test]
fn a_link_that_is_not_right_changes_nothing() {
    let (firm, order, mails) = firm();
    let (lone, told) = (to(&mails, LONE).off(), to(&mails, TOLD).off());
    firm.world.run("group add polar --name 'Polar AB' --lang sv --prefix PO").well();
    let token = |off: &str| off.rsplit('/').next().expect("a token").to_owned();
    let (number, mac) = token(&lone).split_once('.').map(|(id, mac)| (id.to_owned(), mac.to_owned())).expect("a token");
    let (other, other_mac) =
        token(&told).split_once('.').map(|(id, mac)| (id.to_owned(), mac.to_owned())).expect("one");
    let cut = &mac[..mac.len() - 1];
    let mut wrong = vec![
        format!("/g/nordkyl/mail/off/{number}.{other_mac}"),
        format!("/g/nordkyl/mail/off/{other}.{mac}"),
        format!("/g/nordkyl/mail/off/{number}.{cut}"),
        format!("/g/nordkyl/mail/off/{number}.{}", mac.to_uppercase()),
        format!("/g/nordkyl/mail/off/{number}"),
        format!("/g/nordkyl/mail/off/0.{mac}"),
        format!("/g/nordkyl/mail/off/-{number}.{mac}"),
        format!("/g/nordkyl/mail/off/99999999999999999999.{mac}"),
        format!("/g/polar/mail/off/{number}.{mac}"),
    ];
    // Whoever has another address now has another link.
    firm.run(&format!("contact set {LONE} --customer 1042 --email new@brf.example"));
    wrong.push(lone.clone());
    let rows = firm.world.rows();
    for path in &wrong {
        for body in ["List-Unsubscribe=One-Click", "all=off", "comment=off", ""] {
            let answer = ask(&firm.world, path, "application/x-www-form-urlencoded", body.as_bytes(), &[]);
            answer.has_status(410).hides(LONE).hides(TOLD).hides("new@brf.example");
        }
        firm.world.visitor("nordkyl").get(path).has_status(410).hides(LONE).hides(TOLD);
    }
    let (mut was, mut is) = (rows, firm.world.rows());
    for all in [&mut was, &mut is] {
        ["audit", "throttle"].iter().for_each(|books| drop(all.remove(*books)));
    }
    assert_eq!(was, is);
    firm.run(&format!("order comment {order} Word"));
    assert_eq!(readers(&firm.gathered()), ["new@brf.example", TOLD]);
}

#[test]
fn the_page_of_the_mail_and_that_of_the_account_show_the_same() {
    let (firm, order, mails) = firm();
    let off = to(&mails, TOLD).off();
    let mut told = firm.signed_in(TOLD);
    told.get("/account/notices").has_status(200);
    // Each choice of the forms, by its field.
    let shown = |page: &Answer| -> Vec<(String, String)> {
        let inputs = page.text().split("<input ").skip(1).filter_map(|rest| rest.split('>').next());
        let value = |tag: &str, name: &str| {
            let rest = tag.split(&format!("{name}=\"")).nth(1).expect("the attribute");
            rest.split('"').next().expect("its value").to_owned()
        };
        inputs.filter(|tag| tag.contains(" checked")).map(|tag| (value(tag, "name"), value(tag, "value"))).collect()
    };
    let both = |told: &mut crate::support::Visitor| {
        let (one, other) = (shown(&told.get("/account/notices")), shown(&firm.world.visitor("nordkyl").get(&off)));
        assert_eq!(one.len(), 9, "{one:?}");
        assert_eq!(one, other);
        one
    };
    let of = |all: &[(String, String)], event: &str| all.iter().find(|(name, _)| name == event).expect(event).1.clone();
    assert!(both(&mut told).iter().all(|(_, choice)| choice == "now"));
    told.post("/account/notices", &[("comment", "off"), ("document", "daily")]).leads();
    let all = both(&mut told);
    assert_eq!(
        (of(&all, "comment"), of(&all, "document"), of(&all, "order.done")),
        ("off".into(), "daily".into(), "now".into())
    );
    firm.world.visitor("nordkyl").post_bare(&off, &[("comment", "now"), ("order.done", "daily")]).leads();
    let all = both(&mut told);
    assert_eq!(
        (of(&all, "comment"), of(&all, "document"), of(&all, "order.done")),
        ("now".into(), "daily".into(), "daily".into())
    );
    firm.world.visitor("nordkyl").post_bare(&off, &[("comment", "sometimes")]).has_status(422);
    assert_eq!(both(&mut told), all);
    // What is queued already follows the choice.
    firm.run(&format!("order comment {order} Word"));
    told.post("/account/notices", &[("comment", "off")]).leads();
    assert_eq!(readers(&firm.gathered()), [LONE]);
    let fates = firm.fates(TOLD);
    assert_eq!(fates.last().map(|(state, why)| (state.as_str(), why.is_empty())), Some(("cancelled", false)));
}
