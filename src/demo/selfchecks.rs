//! The checklists of the company: a yearly service with what was measured, and the caretaker's weekly round.

use super::when::When::{self, Day};
use crate::customers;
use crate::db::{Reached, WriteTx};
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::notices::Tell;
use crate::objects;
use crate::orders;
use crate::selfchecks::{self, Given, On, Said, Selfcheck, SelfcheckFilter, Sheet};
use crate::text::{Line, Number, Prose};

/// Something that happens to a checklist.
pub(super) struct Act {
    pub(super) at: When,
    /// A login at the company, or the address of somebody at the customer.
    pub(super) by: &'static str,
    pub(super) what: What,
}

/// Whose checklists they are.
pub(super) const CUSTOMER: &str = "1042";

/// What happens. A self-check is known by its title.
pub(super) enum What {
    Template(&'static str, &'static str),
    /// The template, the title, and on what.
    Begin(&'static str, &'static str, Place),
    /// The title, and point, answer, note.
    Fill(&'static str, &'static [(u32, &'static str, &'static str)]),
    Sign(&'static str),
    Reopen(&'static str, &'static str),
}

/// What a self-check lies on.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// The order of this story.
    Order(&'static str),
    Object(&'static str),
}

const SERVICE: &str = r#"title = "Yearly service, refrigeration"

[[point]]
text = "Leak check of all joints, valves and the condenser"

[[point]]
text = "Suction pressure at full load"
kind = "number"
unit = "bar"

[[point]]
text = "Discharge pressure at full load"
kind = "number"
unit = "bar"

[[point]]
text = "Superheat at the evaporator"
kind = "number"
unit = "K"

[[point]]
text = "Brine in"
kind = "number"
unit = "°C"

[[point]]
text = "Brine out"
kind = "number"
unit = "°C"

[[point]]
text = "Freezing point of the brine"
kind = "number"
unit = "°C"

[[point]]
text = "High pressure switch trips and is reset"

[[point]]
text = "Particle filters of brine and heating side cleaned"

[[point]]
text = "Terminals tightened, contactors without burn marks"

[[point]]
text = "Refrigerant added"
kind = "number"
unit = "kg"

[[point]]
text = "Alarm log read, what stood there"
kind = "text"
required = false
"#;

const ROUND: &str = r#"title = "Weekly round"

[[point]]
text = "Plant room is locked, tidy and dry"

[[point]]
text = "No alarm on the display"

[[point]]
text = "Brine pressure"
kind = "number"
unit = "bar"

[[point]]
text = "Flow temperature of the heating"
kind = "number"
unit = "°C"

[[point]]
text = "Hot water at the tap"
kind = "number"
unit = "°C"

[[point]]
text = "No unusual sound or smell"

[[point]]
text = "Floor drain has water in its trap"

[[point]]
text = "Anything the company should know"
kind = "text"
required = false
"#;

const YEARLY: &str = "Yearly service, heat pump Hus A";
const ROUND_A: &str = "Weekly round, plant room Hus A";
const ROUND_B: &str = "Weekly round, plant room Hus B";
const EVA: &str = "eva@brf.example";

/// Everything that happens to them.
pub(super) const ACTS: &[Act] = &[
    Act { at: Day(-48, 1400), by: "rita", what: What::Template("refrigeration", SERVICE) },
    Act { at: Day(-48, 1405), by: "rita", what: What::Template("round", ROUND) },
    Act { at: Day(-46, 905), by: "karin", what: What::Begin("refrigeration", YEARLY, Place::Order(YEARLY)) },
    Act {
        at: Day(-38, 1052),
        by: "jonas",
        what: What::Fill(
            YEARLY,
            &[
                (1, "ok", ""),
                (2, "4.1 bar", ""),
                (3, "18.6 bar", ""),
                (4, "6.5", ""),
                (5, "3.2 °C", ""),
                (6, "0.1 °C", ""),
                (7, "-16.5 °C", "Topped up with 3 litres of the same mixture"),
                (8, "ok", ""),
                (9, "fail", "Seal of the filter on the heating side is hard; works, but a new one is ordered"),
                (10, "ok", ""),
                (11, "0 kg", ""),
                (12, "Twice alarm 51 in September, low brine flow, before the filter was cleaned", ""),
            ],
        ),
    },
    Act { at: Day(-38, 1058), by: "jonas", what: What::Sign(YEARLY) },
    Act { at: Day(-9, 800), by: "karin", what: What::Begin("round", ROUND_A, Place::Object("VP-01")) },
    Act {
        at: Day(-8, 1010),
        by: EVA,
        what: What::Fill(
            ROUND_A,
            &[
                (1, "ok", ""),
                (2, "ok", ""),
                (3, "11", ""),
                (4, "42 °C", ""),
                (5, "56 °C", ""),
                (6, "ok", ""),
                (7, "na", "There is no drain in this room"),
            ],
        ),
    },
    Act { at: Day(-8, 1016), by: EVA, what: What::Sign(ROUND_A) },
    Act {
        at: Day(-7, 905),
        by: "karin",
        what: What::Reopen(ROUND_A, "The brine pressure can hardly be 11 bar. Could you read it again?"),
    },
    Act { at: Day(-2, 800), by: "karin", what: What::Begin("round", ROUND_B, Place::Object("VP-02")) },
    Act {
        at: Day(-1, 1520),
        by: EVA,
        what: What::Fill(
            ROUND_B,
            &[
                (1, "ok", ""),
                (2, "fail", "163 again since Tuesday, the flats are warm all the same"),
                (3, "1.3 bar", ""),
                (4, "44.5 °C", ""),
            ],
        ),
    },
];

/// Does what an act says. `order` finds the order of a story.
pub(super) fn play(tx: &WriteTx, act: &Act, order: impl Fn(&str) -> Result<OrderId>) -> Result<()> {
    match act.what {
        What::Template(name, text) => selfchecks::add(tx, &Line::parse(name)?, &Sheet::parse(text, name)?).map(drop),
        What::Begin(template, title, place) => {
            let template = selfchecks::find_by_name(tx, &Line::parse(template)?)?;
            let title = Line::parse(title)?;
            match place {
                Place::Order(story) => {
                    let order = orders::find(tx, order(story)?)?;
                    selfchecks::begin(tx, &template, On::Order(&order), Some(&title), Tell::Everybody).map(drop)
                }
                Place::Object(number) => {
                    let customer = customers::named(tx, &Number::parse(CUSTOMER)?)?;
                    let object = objects::of(tx, &customer, &Number::parse(number)?)?;
                    selfchecks::begin(tx, &template, On::Object(&object), Some(&title), Tell::Everybody).map(drop)
                }
            }
        }
        What::Fill(title, answers) => {
            let check = called(tx, title)?;
            let points = selfchecks::points(tx, &check)?;
            let given = answers.iter().map(|(position, answer, note)| {
                let point = points.iter().find(|point| point.position == *position);
                let point = point.ok_or_else(|| Error::not_found("point", position))?;
                let said = Said::read(&point.card, answer, note, None);
                let said = said.map_err(|flaw| flaw.sentence(&point.card, *position, answer))?;
                Ok(Given { position: *position, said, seen: None })
            });
            selfchecks::answer(tx, &check, &given.collect::<Result<Vec<_>>>()?).map(drop)
        }
        What::Sign(title) => selfchecks::sign(tx, &called(tx, title)?, Tell::Everybody).map(drop),
        What::Reopen(title, reason) => {
            selfchecks::reopen(tx, &called(tx, title)?, &Prose::parse(reason)?, Tell::Everybody).map(drop)
        }
    }
}

fn called(tx: &WriteTx, title: &str) -> Result<Reached<Selfcheck>> {
    let all = selfchecks::list(tx, &SelfcheckFilter::default())?;
    let found = all.into_iter().find(|check| check.title.as_str() == title);
    found.ok_or_else(|| Error::not_found("self-check", title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::when::tests::have_happened;

    /// Nothing is filled in before it was begun, nor in the future.
    #[test]
    fn what_happens_follows_what_happened() {
        have_happened("self-checks", &ACTS.iter().map(|act| act.at).collect::<Vec<_>>());
    }
}
