//! Where the button of a mail leads.

use super::letter::{Letter, Topic};
use crate::links;
use crate::text::Slug;

/// Where the button of a letter leads; empty where there is none.
pub fn action(letter: &Letter, slug: &Slug, token: Option<&str>, base_url: &str) -> String {
    if !letter.opens() {
        return String::new();
    }
    let path = match (letter, token) {
        (Letter::Invite { .. }, Some(token)) => links::invite(slug, token),
        (Letter::Reset { .. }, Some(token)) => links::reset(slug, token),
        (Letter::Invite { .. } | Letter::Reset { .. }, None) => return String::new(),
        (Letter::Locked { .. }, _) => links::forgot(slug),
        (
            Letter::PasswordChanged { .. }
            | Letter::AddressChanged { .. }
            | Letter::AccessChanged { .. }
            | Letter::Test {},
            _,
        ) => links::home(slug),
        (
            Letter::OrderReceived { order, .. }
            | Letter::OrderPlanned { order, .. }
            | Letter::OrderStatus { order, .. }
            | Letter::OrderComment { order, .. }
            | Letter::OrderNews { order, .. }
            | Letter::Document { on: Topic::Order(order), .. },
            _,
        ) => links::order(slug, &order.number),
        (Letter::Document { on: Topic::Object(object), .. } | Letter::ServiceDue { object, .. }, _) => {
            links::object(slug, &object.number)
        }
        (Letter::Document { on: Topic::Facility { number, .. }, .. }, _) => links::facility(slug, number),
        (Letter::Document { on: Topic::Customer { .. }, .. }, _) => links::documents(slug),
        (Letter::Selfcheck { id, .. }, _) => links::selfcheck(slug, *id),
        (Letter::Digest { .. }, _) => links::orders(slug),
        (
            Letter::OrderToStaff { .. }
            | Letter::SelfcheckToStaff { .. }
            | Letter::DocumentToStaff { .. }
            | Letter::Doubtful { .. }
            | Letter::Accounts { .. },
            _,
        ) => return String::new(),
    };
    format!("{base_url}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Moment;
    use crate::outbox::letter::LetterKind;

    #[test]
    fn each_kind_leads_where_its_reader_may_go() {
        let slug = Slug::parse("nordkyl").expect("a slug");
        let led: Vec<_> = LetterKind::ALL
            .iter()
            .map(|kind| {
                let letter = Letter::example(*kind, Moment::from_unix(1_795_334_520)).expect("an example");
                (kind.word(), action(&letter, &slug, Some("t"), "").replacen("/g/nordkyl", "", 1))
            })
            .collect();
        let led: Vec<_> = led.iter().map(|(kind, to)| (*kind, to.as_str())).collect();
        let order = "/orders/NK-FRO-0142";
        assert_eq!(
            led,
            [
                ("invite", "/invite/t"),
                ("reset", "/reset/t"),
                ("password_changed", "/"),
                ("address_changed", ""),
                ("locked", "/forgot"),
                ("access_changed", "/"),
                ("order_received", order),
                ("order_planned", order),
                ("order_status", order),
                ("order_waiting", order),
                ("order_done", order),
                ("order_comment", order),
                ("document", order),
                ("selfcheck", "/selfchecks/1"),
                ("service_due", "/objects/KYL-02"),
                ("order_news", order),
                ("digest", "/orders"),
                ("order_to_staff", ""),
                ("comment_to_staff", ""),
                ("selfcheck_to_staff", ""),
                ("document_to_staff", ""),
                ("doubtful", ""),
                ("accounts", ""),
                ("test", "/"),
            ]
        );
    }

    #[test]
    fn nobody_is_led_to_what_they_may_not_open() {
        let slug = Slug::parse("nordkyl").expect("a slug");
        for kind in [LetterKind::OrderReceived, LetterKind::Document, LetterKind::Selfcheck, LetterKind::ServiceDue] {
            let mut letter = Letter::example(kind, Moment::from_unix(1_795_334_520)).expect("an example");
            if let Letter::OrderReceived { opens, .. }
            | Letter::Document { opens, .. }
            | Letter::Selfcheck { opens, .. }
            | Letter::ServiceDue { opens, .. } = &mut letter
            {
                *opens = false;
            }
            assert_eq!(action(&letter, &slug, None, "https://x.example"), "", "{kind}");
        }
        let reset = Letter::example(LetterKind::Reset, Moment::from_unix(1_795_334_520)).expect("an example");
        assert_eq!(action(&reset, &slug, None, "https://x.example"), "");
    }
}
