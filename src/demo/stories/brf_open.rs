//! The work for Brf Fröjden that is open now.

use super::Act::{Answer, Note, Plan, PlanBecause, Say, Start, Wait};
use super::Place::{At, Loose, Nowhere, On};
use super::Story;
use super::Urgency::{Emergency, Low, Scheduled};
use super::brf::{BRF, EVA, OLA};
use crate::demo::when::When::{Ago, Day};
use crate::orders::OrderKind;

pub(super) const STORIES: &[Story] = &[
    Story {
        place: On("hus-c", "UC-03"),
        title: "Water on the floor of the plant room",
        text: "About a centimetre, coming from behind the heat exchanger. I have closed the valve on the left.",
        by: EVA,
        at: Ago(75),
        urgency: Emergency,
        site: ("Nils Åkerman, caretaker", "+46 70 555 01 82"),
        technicians: &["amina"],
        visit: Some((Ago(40), 120)),
        then: &[
            (Ago(68), "karin", PlanBecause("Amina comes straight from another job, in about half an hour.")),
            (Ago(58), EVA, Say("Nils is in the plant room and holds the water back. He has the key to the drain.")),
            (Ago(52), "karin", Answer("Good. Tell him to stay away from the pump: it may start by itself.")),
            (
                Ago(31),
                "karin",
                Note("Third leak in Hus C since the spring. Offer the exchange of the substation again."),
            ),
            (Ago(26), "amina", Start),
            (Ago(12), "amina", Say("The safety valve lets through. Heat is off in 16 for an hour while I change it.")),
        ],
        ..BRF
    },
    Story {
        place: On("hus-b", "VP-02-K1"),
        title: "Compressor 1 starts and stops, Hus B",
        text: "It runs for two minutes, stops for five, all day long.\n\
               The pressure gauge on the left jumps when it starts.",
        by: OLA,
        at: Day(-3, 1640),
        technicians: &["jonas"],
        visit: Some((Day(1, 900), 240)),
        then: &[
            (Day(-2, 810), "karin", Plan),
            (Day(-2, 1105), "jonas", Start),
            (
                Day(-2, 1215),
                "jonas",
                Note("The charge is 0.4 kg short: leak report before we top up. The valve is 2,150 at cost price."),
            ),
            (
                Day(-2, 1240),
                "jonas",
                Say("Low-pressure switch trips: refrigerant is missing. Found oil at the expansion valve."),
            ),
            (Day(-2, 1310), OLA, Answer("Will the flats get cold until then?")),
            (
                Day(-2, 1325),
                "jonas",
                Answer("No, compressor 2 and the immersion heater carry it. I come back with the valve."),
            ),
        ],
        ..BRF
    },
    Story {
        place: On("hus-c", "TT-03"),
        title: "Replace the drum seal, dryer in the laundry",
        at: Day(-9, 1335),
        urgency: Low,
        reference: "Laundry 2",
        technicians: &["amina"],
        visit: Some((Day(-1, 1000), 120)),
        then: &[
            (Day(-8, 900), "karin", Plan),
            (Day(-1, 1010), "amina", Start),
            (
                Day(-1, 1155),
                "amina",
                Say("The old seal is out. The new one had the wrong size, the right one comes by courier."),
            ),
        ],
        ..BRF
    },
    Story {
        place: On("hus-a", "LA-01"),
        title: "Draught in the stairwell of Hus A",
        text: "Since the filters were changed there is a draught on floors 1 to 3.",
        by: EVA,
        at: Day(-10, 1120),
        technicians: &["amina"],
        visit: Some((Day(-6, 900), 90)),
        then: &[
            (Day(-9, 840), "karin", Plan),
            (Day(-6, 915), "amina", Start),
            (
                Day(-6, 1030),
                "amina",
                Wait(
                    "The supply flow can come down by 15 %, but the board has to agree to change the inspected values.",
                ),
            ),
            (Day(-5, 1205), EVA, Say("The board meets next week. Can you send me the old and the new value?")),
            (Day(-5, 1340), "amina", Answer("0.42 l/s per m² today, 0.36 after. The rule asks for 0.35.")),
        ],
        ..BRF
    },
    Story {
        place: On("hus-b", "FF-02"),
        title: "Roof access: which key for the new lock?",
        text: "The hatch in 14 has a new lock and our key does not fit. We cannot measure the fan until we get up.",
        by: "amina",
        at: Day(-3, 905),
        contact: OLA,
        urgency: Low,
        technicians: &["amina"],
        then: &[(
            Day(-3, 910),
            "karin",
            Wait("Please tell us where we can collect a key, then we book a time at once."),
        )],
        ..BRF
    },
    Story {
        place: On("hus-b", "VP-02"),
        kind: OrderKind::Service,
        title: "Yearly service, heat pump Hus B",
        text: "Leak check, brine, filters, alarm log. The water is off for about half an hour.",
        at: Day(-11, 1000),
        contact: OLA,
        urgency: Scheduled,
        technicians: &["jonas"],
        visit: Some((Day(6, 800), 180)),
        then: &[(Day(-10, 930), "karin", Plan)],
        ..BRF
    },
    Story {
        place: On("garage", "GF-01"),
        title: "Garage fan runs day and night",
        by: EVA,
        at: Day(-9, 810),
        technicians: &["amina"],
        visit: Some((Day(2, 1300), 120)),
        then: &[
            (Day(-9, 930), "karin", Plan),
            (
                Day(-2, 1430),
                "karin",
                PlanBecause("Amina was called to an emergency today. We are sorry: the visit is two days later."),
            ),
        ],
        ..BRF
    },
    Story {
        place: On("hus-c", "UC-03"),
        kind: OrderKind::Service,
        title: "Yearly check, heating substation Hus C",
        at: Day(-6, 1500),
        urgency: Scheduled,
        technicians: &["lars"],
        visit: Some((Day(3, 1000), 120)),
        then: &[(Day(-6, 1510), "karin", Plan)],
        ..BRF
    },
    Story {
        place: Loose("AV-01"),
        title: "Portable dehumidifier trips the fuse",
        text: "It stands in Nils's storeroom. You may collect it there.",
        by: EVA,
        at: Day(-2, 1515),
        urgency: Low,
        reference: "Store 3",
        technicians: &["lars"],
        visit: Some((Day(4, 730), 30)),
        then: &[(Day(-1, 840), "karin", PlanBecause("Lars collects it on his way and tests it in the workshop."))],
        ..BRF
    },
    Story {
        place: At("hus-b"),
        title: "Whistling valve in flat 1302",
        text: "The tenant is at home after four and has a dog that is kind.",
        by: OLA,
        at: Ago(26 * 60),
        urgency: Low,
        site: ("Mrs Lindqvist, flat 1302", "+46 70 555 13 02"),
        ..BRF
    },
    Story {
        place: At("hus-a"),
        title: "No heat in the bicycle room",
        by: EVA,
        at: Ago(200),
        then: &[(Ago(160), "karin", Say("Is the door still standing open? Then the frost guard cannot keep up."))],
        ..BRF
    },
    Story {
        title: "Energy report for the annual meeting",
        text: "Could we have the consumption of all heat pumps for the last three years, as a table?",
        place: Nowhere,
        by: EVA,
        at: Day(-3, 1330),
        urgency: Low,
        reference: "Annual meeting",
        then: &[(
            Day(-3, 1505),
            "rita",
            Say("Certainly. You get it with the readings of this month, in about a week."),
        )],
        ..BRF
    },
];
