//! Self-checks whose every text is marked: on an order and on an object, answered, signed, taken up again.

use frontdesk::db::{Reached, WriteTx};
use frontdesk::error::Result;
use frontdesk::notices::Tell;
use frontdesk::objects::Object;
use frontdesk::orders::Order;
use frontdesk::selfchecks::{self, Given, On, Said, Sheet};
use frontdesk::text::{Line, Prose};

/// Puts one on each of the two.
pub fn make(
    tx: &WriteTx,
    order: &Reached<Order>,
    object: &Reached<Object>,
    mark: &impl Fn(&str) -> String,
) -> Result<()> {
    let sheet = format!(
        "title = \"{}\"\n[[point]]\ntext = \"{}\"\n[[point]]\ntext = \"{}\"\nkind = \"text\"\n",
        mark("check"),
        mark("point"),
        mark("other")
    );
    let template = selfchecks::add(tx, &Line::parse(&mark("internal"))?, &Sheet::parse(&sheet, "sheet.toml")?)?;
    for on in [On::Order(order), On::Object(object)] {
        let check = selfchecks::begin(tx, &template, on, None, Tell::Everybody)?;
        let said = |position: usize, answer: &str| -> Result<Given> {
            let point = &selfchecks::points(tx, &check)?[position - 1];
            let said = Said::read(&point.card, answer, &mark("note"), None).expect("an answer");
            Ok(Given { position: point.position, said, seen: None })
        };
        selfchecks::answer(tx, &check, &[said(1, "fail")?, said(2, &mark("value"))?])?;
        let signed = selfchecks::sign(tx, &check, Tell::Everybody)?;
        if matches!(on, On::Order(_)) {
            selfchecks::reopen(tx, &signed, &Prose::parse(&mark("why"))?, Tell::Everybody)?;
        }
    }
    Ok(())
}

/// Their pages, and some that are none.
pub fn paths() -> impl Iterator<Item = String> {
    let odd = ["0", "-1", "999", "1%20OR%201", "x", "1/sign", "1.json"].map(str::to_owned);
    (1..=18).map(|id| id.to_string()).chain(odd).map(|id| format!("/selfchecks/{id}"))
}
