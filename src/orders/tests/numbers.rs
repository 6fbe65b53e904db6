//! Numbers: never given twice, and never changed.

use super::*;
use crate::error::Kind;
use crate::orders;

#[test]
fn orders_are_numbered_by_customer_and_keep_their_numbers() {
    let town = Town::new();
    assert_eq!(town.order("1042", None, "One").number.as_str(), "NK-FRO-0001");
    assert_eq!(town.order("1042", None, "Two").number.as_str(), "NK-FRO-0002");
    town.write(|tx| {
        let customer = customer(tx, "1042")?;
        let card = CustomerCard { prefix: Some(Prefix::parse("BRF")?), ..customer.card.clone() };
        customers::set(tx, &customer, &card)
    });
    assert_eq!(town.order("1042", None, "Three").number.as_str(), "NK-BRF-0003");
    let all = town.read(|tx| orders::list(tx, &orders::OrderFilter::default()));
    let mut numbers: Vec<_> = all.iter().map(|order| order.number.to_string()).collect();
    numbers.sort();
    assert_eq!(numbers, ["NK-BRF-0003", "NK-FRO-0001", "NK-FRO-0002"]);
}

#[test]
fn a_customer_without_a_prefix_gets_one_of_its_own_and_keeps_it() {
    let town = Town::new();
    // Frost AB would begin with FRO like Brf Fröjden.
    assert_eq!(town.order("1043", None, "One").number.as_str(), "NK-FRO2-0001");
    assert_eq!(town.order("1042", None, "One").number.as_str(), "NK-FRO-0001");
    town.write(|tx| {
        let customer = customer(tx, "1043")?;
        let card = CustomerCard { name: line("Kyla AB"), ..customer.card.clone() };
        customers::set(tx, &customer, &card)
    });
    assert_eq!(town.order("1043", None, "Two").number.as_str(), "NK-FRO2-0002");
}

#[test]
fn numbers_that_are_taken_are_stepped_over() {
    let town = Town::new();
    town.order("1042", None, "One");
    town.write(|tx| {
        let customer = customer(tx, "1043")?;
        let card = CustomerCard { prefix: Some(Prefix::parse("FRO")?), ..customer.card.clone() };
        customers::set(tx, &customer, &card)?;
        let draft = OrderDraft {
            number: Some(number("NK-FRO-0002")),
            ..OrderDraft::new(OrderCard::titled(line("From another program")))
        };
        create(tx, &book_of(tx, "1042")?, &draft)
    });
    assert_eq!(town.order("1043", None, "One").number.as_str(), "NK-FRO-0003");
    assert_eq!(town.order("1042", None, "Two").number.as_str(), "NK-FRO-0004");
    let again = OrderDraft { number: Some(number("NK-FRO-0002")), ..OrderDraft::new(OrderCard::titled(line("Again"))) };
    let error = town.db.write(&town.desk, |tx| create(tx, &book_of(tx, "1042")?, &again)).expect_err("taken");
    assert_eq!((error.kind(), error.message()), (Kind::Conflict, "order 'NK-FRO-0002' exists already"));
}

#[test]
fn a_deleted_orders_number_is_not_given_again() {
    let town = Town::new();
    let one = town.order("1042", None, "One");
    town.write(|tx| orders::delete(tx, &orders::find(tx, one.id)?));
    assert_eq!(town.order("1042", None, "Two").number.as_str(), "NK-FRO-0002");
}

#[test]
fn a_closed_customer_gets_no_new_orders() {
    let town = Town::new();
    town.write(|tx| customers::set_status(tx, &customer(tx, "1042")?, customers::CustomerStatus::Closed));
    let draft = OrderDraft::new(OrderCard::titled(line("Late")));
    let error = town.db.write(&town.desk, |tx| create(tx, &book_of(tx, "1042")?, &draft)).expect_err("closed");
    assert_eq!(error.message(), "customer 1042 is closed and gets no new orders");
    assert_eq!(error.tip_text(), Some("open it again with: frontdesk customer open 1042"));
}
