//! The mails in English.

use super::{
    Changed, Frame, Invite, Order, Reset, Staff, Test, Texts, account, accounts, doubtful, selfcheck, several, things,
};
use crate::outbox::letter::News;
use crate::stage::Stage;

/// English.
pub static EN: Texts = Texts {
    frame: Frame {
        hello: |person| format!("Hello {person},"),
        regards: |group| format!("Kind regards,\n{group}"),
        call: |phone| format!("Questions? Call us on {phone}."),
        reply: "You can reply to this e-mail; we read the replies.",
        copy_link: "If the button does not work, copy this address into your browser:",
        off: "Choose which e-mails you get:",
        order: "Order",
        about: "About",
        customer: "Customer",
        facility: "Facility",
        object: "Object",
        planned: "Planned",
        status: "Status",
        priority: "Priority",
        site: "Contact on site",
        reference: "Reference",
    },
    invite: Invite {
        subject: |group| format!("Your account at {group}: choose a password"),
        opening: |group, customer| {
            format!("{group} has created an account for you. With it you can follow the orders of {customer}.")
        },
        opening_by: |group, customer, by| {
            format!("{by} at {group} has created an account for you. With it you can follow the orders of {customer}.")
        },
        what: "Choose a password of your own to begin. Nobody at the company sees it.",
        button: "Choose a password",
        expires: |when| {
            format!("The link can be used once, until {when}. After that you can ask for a new one on the same page.")
        },
        why: |group| {
            format!(
                "You get this e-mail because {group} entered your address for this account. \
                 If you did not expect it, do nothing: without a password the account stays closed."
            )
        },
    },
    reset: Reset {
        subject: |group| format!("New password for your account at {group}"),
        opening_themselves: |group| {
            format!("Somebody, most likely you, asked for a new password for your account at {group}.")
        },
        opening_company: |group| format!("{group} asks you to choose a new password for your account."),
        button: "Choose a new password",
        expires: |when| {
            format!("The link can be used once, until {when}. Your current password works until you choose a new one.")
        },
        why_themselves: "You get this e-mail because your address was entered under “I have forgotten my password”. \
                         If it was not you, do nothing: your password stays as it is.",
        why_company: |group| {
            format!(
                "You get this e-mail because you have an account at {group}. If you did not expect it, ask us first."
            )
        },
    },
    changed: Changed {
        subject: |group| format!("Your password at {group} was changed"),
        opening: |group, when| format!("The password of your account at {group} was changed on {when}."),
        client: |address| format!("The change came from the network address {address}."),
        fine: "If it was you, there is nothing more to do. Other devices have been signed out.",
        not_you: "If it was not you, choose a new password at once and tell us:",
        button: "Choose a new password",
        why: "You get this e-mail whenever your password changes, so that nobody can do it unnoticed.",
    },
    address: &account::ADDRESS_EN,
    locked: &account::LOCKED_EN,
    access: &account::ACCESS_EN,
    things: &things::EN,
    several: &several::EN,
    replies: &several::REPLY_EN,
    order: Order {
        subject_received: |number, title| format!("Order {number} received: {title}"),
        subject_status: |number, stage, title| format!("Order {number} {stage}: {title}"),
        subject_comment: |number, title| format!("Comment on order {number}: {title}"),
        opening_comment: |by, number| format!("{by} has written a comment on order {number}."),
        emergency: |phone| {
            format!("You said that it is an emergency. Do not wait for an answer by e-mail: call us now on {phone}.")
        },
        opening_received: |group, number| format!("Thank you. {group} has received your order {number}."),
        opening_new: |group, number| format!("{group} has received order {number}."),
        opening_moved: |number, from, to| format!("Order {number} has moved from “{from}” to “{to}”."),
        opening_now: |number, to| format!("Order {number} is now “{to}”."),
        next: |stage, group| match stage {
            Stage::Received => format!("{group} will look at it and get back to you."),
            Stage::Planned => "The work is planned.".into(),
            Stage::InProgress => "The work has begun.".into(),
            Stage::Waiting => format!("{group} needs something from you before the work can go on."),
            Stage::Done => "The work is done. If something is not right, tell us.".into(),
            Stage::Cancelled => "The order is cancelled; nothing more will be done on it.".into(),
        },
        reason: |group| format!("{group} writes:"),
        button: "Open the order",
        why: |group, customer| {
            format!(
                "You get this e-mail because {group} tells you about orders of {customer}. \
                 If you have nothing to do with them, tell us."
            )
        },
        why_own: "You get this e-mail because you placed the order.",
        stage: |stage| match stage {
            Stage::Received => "received",
            Stage::Planned => "planned",
            Stage::InProgress => "in progress",
            Stage::Waiting => "waiting for you",
            Stage::Done => "done",
            Stage::Cancelled => "cancelled",
        },
    },
    staff: Staff {
        emergency: "EMERGENCY",
        subject: |news, number, title| match news {
            News::Placed => format!("New order {number}: {title}"),
            News::Commented => format!("Comment on order {number}: {title}"),
            News::Document => format!("Document on order {number}: {title}"),
            News::Cancelled => format!("Order {number} cancelled by the customer: {title}"),
        },
        opening: |news, by, customer| match news {
            News::Placed => format!("{by} at {customer} has placed an order."),
            News::Commented => format!("{by} at {customer} has written a comment."),
            News::Document => format!("{by} at {customer} has added a document."),
            News::Cancelled => format!("{by} at {customer} has cancelled the order."),
        },
        button: "Open the order",
        why: |group| {
            format!(
                "You get this e-mail because the order is assigned to you, or because nobody is and it goes to {group}."
            )
        },
        why_office: |group| format!("You get this e-mail because what belongs to no order goes to {group}."),
    },
    selfcheck: &selfcheck::EN,
    doubtful: &doubtful::EN,
    accounts: &accounts::EN,
    test: Test {
        subject: |group| format!("Test e-mail from {group}"),
        opening: |group| format!("This is a test. E-mails from {group} are sent and arrive."),
        why: "You get this e-mail because somebody at the company sent a test to your address. There is nothing to do.",
    },
};
