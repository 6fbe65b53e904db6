//! Nobody is mailed about what they did themselves: in the portal, by mail, at the command line.

use super::firm::{Firm, Mail, PDF, readers};
use crate::support::split;

const LONE: &str = "lone@brf.example";
const TOLD: &str = "told@brf.example";
const OLA: &str = "ola@nordkyl.example";

/// An order that `told`, `lone` and the technician ola hear of, with the mails that told them of it last.
fn firm() -> (Firm, String, Vec<Mail>) {
    let firm = Firm::bare();
    firm.world.user("nordkyl", TOLD, "--customer 1042 --template full --all-facilities");
    firm.run(&format!("contact set {TOLD} --add-role 'Site manager'"));
    firm.run(&format!("contact add --customer 1042 --email {LONE} --name 'Lo Ne' --role 'Site manager'"));
    let order = firm.order(&format!("--title Door --facility hus-a --to ola --contact {TOLD}"));
    firm.gathered();
    firm.run(&format!("order comment {order} Hello"));
    let mails = firm.gathered();
    assert_eq!(readers(&mails), [LONE, TOLD], "the company does not hear of itself");
    (firm, order, mails)
}

/// Answers a mail.
#[track_caller]
fn answer(firm: &Firm, mail: &Mail, text: &str) {
    let reply = mail.head("Reply-To");
    assert!(reply.contains("reply+"), "{reply:?} takes no answer");
    let message = format!(
        "From: <{}>\r\nTo: {reply}\r\nSubject: Re: {}\r\nMessage-ID: <{}@brf.example>\r\n\r\n{text}\r\n",
        mail.to,
        mail.order,
        text.len()
    );
    firm.world.file("answer.eml", message);
    let said = firm.run("mail receive answer.eml");
    assert!(said.err.contains("taken"), "{said:?}");
}

#[test]
fn whoever_acts_in_the_portal_is_not_told_of_it() {
    let (firm, order, _) = firm();
    let mut told = firm.signed_in(TOLD);
    told.post(&format!("/orders/{order}/comments"), &[("comment", "It drips.")]).leads();
    told.post_files(&format!("/orders/{order}/documents"), &[], &[("document", "a.pdf", PDF)]).leads();
    assert_eq!(readers(&firm.gathered()), [LONE, OLA]);
}

#[test]
fn whoever_answers_by_mail_is_not_told_of_it() {
    let (firm, order, mails) = firm();
    for (from, others) in [(LONE, [OLA, TOLD]), (TOLD, [LONE, OLA])] {
        let mail = mails.iter().find(|mail| mail.to == from).expect("a mail");
        answer(&firm, mail, &format!("Word of {from}"));
        let heard = firm.gathered();
        assert_eq!(readers(&heard), others, "{from}");
        heard.iter().for_each(|mail| drop(mail.says_in_order(&[&format!("Word of {from}")]).to.clone()));
    }
    // The technician's answer reaches the customer, and nobody at the company.
    let mut told = firm.signed_in(TOLD);
    told.post(&format!("/orders/{order}/comments"), &[("comment", "It drips.")]).leads();
    let heard = firm.gathered();
    answer(&firm, heard.iter().find(|mail| mail.to == OLA).expect("a mail"), "Word of the technician");
    assert_eq!(readers(&firm.gathered()), [LONE, TOLD]);
}

#[test]
fn whoever_acts_at_the_command_line_is_not_told_of_it() {
    let (firm, order, _) = firm();
    firm.run("staff bind ola --uid 2001");
    // Ola is a person at the customer, too.
    firm.run("contact add --customer 1042 --email ola@brf.example --name 'Ola Berg' --role 'Site manager'");
    let line = format!("order comment {order} 'Word of Ola' -g nordkyl");
    firm.world.run_in(&split(&line), "", |io| io.uid = 2001).well();
    let heard = firm.gathered();
    assert_eq!(readers(&heard), [LONE, "ola@brf.example", TOLD]);
    assert!(heard.iter().all(|mail| mail.text.contains("Ola Berg")), "{heard:?}");
}
