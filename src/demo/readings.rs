//! What the meters of some machines showed in a year, and when the machines are due for service.

use super::company::FOUNDED;
use super::when::Path;
use super::when::When::{self, Day};
use crate::access::Side;
use crate::clock::Moment;
use crate::customers;
use crate::db::{Reached, WriteTx};
use crate::error::Result;
use crate::objects::{self, Object};
use crate::readings::{self, Amount, Draft, IntervalCard};
use crate::text::{Line, Number, Prose};

/// A machine with its interval and its readings.
struct Machine {
    customer: &'static str,
    object: &'static str,
    interval: Interval,
    readings: &'static [Reading],
}

/// Name, days, use (each or none), and when the last service was that the company did not order here.
struct Interval(&'static str, Option<i64>, Option<i64>, When);

/// What is done at a meter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) at: When,
    /// Whoever was there; before the company began with this, somebody who wrote it into a list.
    pub(super) by: &'static str,
    act: Act,
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Read(i64),
    Noted(i64, &'static str),
    /// A new meter begins.
    Replaced(i64, &'static str),
    /// The last reading was wrong.
    Corrected(i64, &'static str),
}

use Act::{Corrected, Noted, Read, Replaced};

const EVA: &str = "eva@brf.example";

/// From the lists of the time before.
const fn old(at: When, value: i64) -> Reading {
    Reading { at, by: "", act: Read(value) }
}

const fn reading(at: When, by: &'static str, act: Act) -> Reading {
    Reading { at, by, act }
}

const MACHINES: &[Machine] = &[
    Machine {
        customer: "1042",
        object: "VP-02",
        interval: Interval("Yearly service", Some(365), Some(5_000), Day(-205, 900)),
        readings: &[
            old(Day(-250, 745), 41_210),
            old(Day(-229, 750), 41_702),
            old(Day(-208, 740), 42_195),
            old(Day(-187, 755), 42_640),
            old(Day(-166, 745), 43_012),
            old(Day(-145, 800), 43_275),
            old(Day(-124, 745), 43_452),
            old(Day(-103, 750), 43_610),
            old(Day(-82, 745), 43_781),
            old(Day(-61, 740), 43_998),
            reading(Day(-40, 1315), EVA, Read(44_330)),
            reading(Day(-19, 1030), EVA, Read(44_375)),
            reading(
                Day(-19, 1105),
                EVA,
                Corrected(44_735, "Two digits swapped, the caretaker sent me a picture of the display"),
            ),
            reading(Day(-5, 815), EVA, Noted(44_980, "Read together with Ola after the cold week")),
        ],
    },
    Machine {
        customer: "1042",
        object: "VP-01",
        interval: Interval("Yearly service", Some(365), None, Day(-290, 900)),
        readings: &[
            old(Day(-245, 820), 68_115),
            old(Day(-183, 830), 69_470),
            old(Day(-120, 815), 70_090),
            reading(Day(-38, 1110), "jonas", Noted(70_985, "At the yearly service")),
            reading(Day(-5, 820), EVA, Read(71_490)),
        ],
    },
    Machine {
        customer: "1042",
        object: "FF-02",
        // Nobody has come for it: it is overdue.
        interval: Interval("Belt and bearings", Some(365), None, Day(-275, 1300)),
        readings: &[
            old(Day(-240, 810), 102_310),
            old(Day(-180, 815), 104_250),
            old(Day(-118, 805), 106_240),
            old(Day(-60, 810), 108_100),
            reading(Day(-12, 1040), "lars", Read(109_630)),
        ],
    },
    Machine {
        customer: "1042",
        object: "GF-01",
        interval: Interval("Filters and CO sensors", Some(180), Some(1_500), Day(-150, 1000)),
        readings: &[
            old(Day(-235, 900), 29_020),
            old(Day(-172, 910), 29_530),
            old(Day(-110, 905), 30_040),
            old(Day(-60, 900), 30_445),
            reading(Day(-29, 1120), "amina", Replaced(0, "The counter had stopped; a new one is in place")),
            reading(Day(-14, 930), EVA, Read(121)),
            reading(Day(-4, 930), EVA, Read(204)),
        ],
    },
    Machine {
        customer: "2071",
        object: "FR-01",
        interval: Interval("Compressor service", None, Some(8_000), Day(-230, 700)),
        readings: &[
            old(Day(-230, 700), 51_880),
            old(Day(-165, 710), 53_540),
            old(Day(-98, 705), 55_290),
            reading(Day(-47, 700), "lars", Read(56_640)),
            reading(Day(-6, 645), "lars", Read(57_700)),
        ],
    },
    Machine {
        customer: "3015",
        object: "KM-01",
        interval: Interval("Service of the chiller", Some(365), Some(3_000), Day(-240, 800)),
        readings: &[
            old(Day(-236, 830), 18_240),
            old(Day(-160, 840), 18_610),
            old(Day(-105, 835), 19_420),
            old(Day(-62, 830), 20_050),
            reading(Day(-20, 1010), "jonas", Read(20_330)),
        ],
    },
];

/// The intervals, and what was read before the company began with this: taken over from its lists.
pub(super) fn history(tx: &WriteTx, path: &Path) -> Result<()> {
    for machine in MACHINES {
        let object = object(tx, machine)?;
        let Interval(name, days, hours, since) = machine.interval;
        let card = IntervalCard { days, hours, since: path.at(since), since_value: None };
        readings::add_interval(tx, &object, &Line::parse(name)?, &card)?;
        for reading in machine.readings.iter().filter(|reading| is_old(reading, path)) {
            act(tx, machine, reading, path.at(reading.at))?;
        }
    }
    Ok(())
}

/// What is read from then on, each with the customer whose machine it is and the place in the list.
pub(super) fn later(path: &Path) -> Vec<(Moment, &'static str, usize, &'static Reading)> {
    let all = MACHINES
        .iter()
        .enumerate()
        .flat_map(|(place, machine)| machine.readings.iter().map(move |reading| (machine.customer, place, reading)));
    all.filter(|(_, _, reading)| !is_old(reading, path))
        .map(|(customer, place, reading)| (path.at(reading.at), customer, place, reading))
        .collect()
}

/// Somebody stands at the meter.
pub(super) fn happens(tx: &WriteTx, place: usize, reading: &Reading, at: Moment) -> Result<()> {
    match MACHINES.get(place) {
        Some(machine) => act(tx, machine, reading, at),
        None => Ok(()),
    }
}

fn act(tx: &WriteTx, machine: &Machine, reading: &Reading, at: Moment) -> Result<()> {
    let object = object(tx, machine)?;
    let (value, note) = match reading.act {
        Read(value) => (value, None),
        Noted(value, note) | Replaced(value, note) => (value, Some(Prose::parse(note)?)),
        Corrected(value, why) => {
            let meter = object.card.meter.clone();
            let last = readings::last(tx, &object, &meter)?.map(|last| readings::known(tx, &object, &meter, last.at));
            let last =
                last.transpose()?.and_then(|mut known| if known.is_empty() { None } else { Some(known.remove(0)) });
            return match last {
                Some(last) => {
                    readings::correct(tx, &object, &last, Amount::whole(value), &Prose::parse(why)?, true).map(|_| ())
                }
                None => Ok(()),
            };
        }
    };
    let replaced = matches!(reading.act, Replaced(..));
    // Everybody is sure of what they type, even Eva when she swapped two digits.
    let draft = Draft { note, replaced, ..Draft::new(Amount::whole(value), at) };
    readings::add(tx, &object, &draft, true).map(|_| ())
}

fn is_old(reading: &Reading, path: &Path) -> bool {
    path.at(reading.at) < path.at(FOUNDED)
}

fn object(tx: &WriteTx, machine: &Machine) -> Result<Reached<Object>> {
    let number = Number::parse(machine.object)?;
    match tx.actor().side() {
        // A customer's user reaches one customer only.
        Side::Customer => objects::named(tx, &number),
        Side::Staff => objects::of(tx, &customers::named(tx, &Number::parse(machine.customer)?)?, &number),
    }
}
