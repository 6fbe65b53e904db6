//! The work for Hotell Aurora, with a kitchen, a bar and a spa.

use super::Act::{Answer, Cancel, Done, Plan, PlanBecause, Say, Start, Wait};
use super::Place::{At, Nowhere, On};
use super::Urgency::{Low, Scheduled, Urgent};
use super::{JOB, Story};
use crate::demo::when::When::{Ago, Day};
use crate::orders::OrderKind;

const EVA: &str = "eva@brf.example";
const LENA: &str = "lena@aurora.example";
const HOTEL: Story = Story { customer: "3015", contact: EVA, ..JOB };

pub(super) const STORIES: &[Story] = &[
    Story {
        place: At("annex"),
        title: "Drain the heating of the annex",
        text: "The annex is sold. Drain it so that nothing can freeze, and take the pump with you as a spare.",
        at: Day(-42, 1300),
        technicians: &["lars"],
        visit: Some((Day(-37, 900), 180)),
        cost: 3_240,
        then: &[
            (Day(-42, 1305), "karin", Plan),
            (Day(-37, 905), "lars", Start),
            (Day(-37, 1150), "lars", Done("Drained and blown out, valves open and labelled. Pump is in our store.")),
        ],
        ..HOTEL
    },
    Story {
        place: On("spa", "VP-01"),
        title: "Pool only 24 °C",
        by: EVA,
        at: Day(-34, 820),
        urgency: Urgent,
        technicians: &["jonas"],
        visit: Some((Day(-34, 1300), 120)),
        cost: 5_410,
        then: &[
            (Day(-34, 845), "karin", Plan),
            (Day(-34, 1310), "jonas", Start),
            (Day(-34, 1515), "jonas", Done("Scale in the heat exchanger. Rinsed with acid, flow is back to 42 l/min.")),
        ],
        ..HOTEL
    },
    Story {
        place: On("hotell", "KR-01"),
        kind: OrderKind::Service,
        title: "Leak check and door gaskets, kitchen cooler",
        at: Day(-30, 1000),
        urgency: Scheduled,
        technicians: &["lars"],
        visit: Some((Day(-25, 1400), 120)),
        cost: 2_980,
        then: &[
            (Day(-30, 1005), "karin", Plan),
            (Day(-25, 1405), "lars", Start),
            (
                Day(-25, 1540),
                "lars",
                Done("Tight, 2.1 kg R134a. One gasket replaced, the thermometer read 1 degree low."),
            ),
        ],
        ..HOTEL
    },
    Story {
        place: On("hotell", "KM-01"),
        kind: OrderKind::Service,
        title: "Yearly inspection of the chiller",
        at: Day(-24, 915),
        urgency: Scheduled,
        technicians: &["jonas"],
        visit: Some((Day(-17, 900), 150)),
        cost: 4_120,
        then: &[
            (Day(-24, 920), "karin", Plan),
            (Day(-17, 910), "jonas", Start),
            (
                Day(-17, 1125),
                "jonas",
                Done("Glycol protects to −23 °C. Crankcase heaters stay on: please leave the main switch."),
            ),
        ],
        ..HOTEL
    },
    Story {
        place: On("hotell", "IM-01"),
        title: "Ice machine makes hollow cubes",
        by: EVA,
        at: Day(-18, 1710),
        technicians: &["lars"],
        visit: Some((Day(-16, 1300), 60)),
        cost: 1_640,
        then: &[
            (Day(-17, 825), "karin", Plan),
            (Day(-16, 1310), "lars", Start),
            (Day(-16, 1400), "lars", Done("Inlet filter blocked and spray nozzles scaled. Descaled, new filter.")),
        ],
        ..HOTEL
    },
    Story {
        place: On("spa", "AF-01"),
        title: "Condensation on the windows of the pool hall",
        text: "In the mornings water runs down the inside of the glass.",
        by: EVA,
        at: Day(-13, 935),
        technicians: &["amina"],
        visit: Some((Day(-10, 800), 150)),
        cost: 3_770,
        then: &[
            (Day(-13, 1030), "karin", Plan),
            (Day(-10, 805), "amina", Start),
            (Day(-10, 915), "amina", Say("The damper for outdoor air is stuck at 10 %. Taking it apart.")),
            (Day(-10, 940), EVA, Answer("Good that it is not the windows!")),
            (Day(-10, 1105), "amina", Done("Damper motor replaced, 54 % humidity at 30 °C.")),
        ],
        ..HOTEL
    },
    Story {
        place: At("hotell"),
        title: "Sauna in room 210 does not get hot",
        by: EVA,
        at: Day(-9, 1815),
        then: &[(Day(-8, 835), "karin", Cancel("We do not work on saunas. Bad i Nacka AB does, we have told them."))],
        ..HOTEL
    },
    Story {
        place: On("hotell", "KR-01"),
        title: "Kitchen cooler 9 °C after the delivery",
        by: EVA,
        at: Day(-5, 1420),
        urgency: Urgent,
        technicians: &["lars"],
        visit: Some((Day(-5, 1600), 90)),
        cost: 2_260,
        then: &[
            (Day(-5, 1435), "karin", Plan),
            (Day(-5, 1610), "lars", Start),
            (Day(-5, 1720), "lars", Done("Condenser full of flour dust. Cleaned, 3 °C again after forty minutes.")),
        ],
        ..HOTEL
    },
    // What is open now.
    Story {
        place: On("hotell", "LA-01"),
        title: "Stale air in rooms 230 to 248",
        text: "Guests complain since last week. Housekeeping says no air comes out of the valves.",
        by: EVA,
        at: Day(-2, 915),
        technicians: &["amina"],
        visit: Some((Day(-1, 1100), 240)),
        then: &[
            (Day(-2, 1000), "karin", PlanBecause("Amina needs the rooms between eleven and three.")),
            (Day(-2, 1045), EVA, Say("Lena keeps the corridor free. Take the key at the reception.")),
            (Day(-1, 1110), "amina", Start),
            (
                Day(-1, 1430),
                "amina",
                Say("Fire damper 2.4 closed without a fire. Reset; I test all twelve before I leave it."),
            ),
        ],
        ..HOTEL
    },
    Story {
        place: On("spa", "VP-01"),
        title: "Brine pressure low",
        by: "jonas",
        text: "Seen in the remote readings: 0.7 bar and slowly falling.",
        at: Day(-9, 1045),
        technicians: &["jonas"],
        visit: Some((Day(2, 900), 120)),
        then: &[(Day(-8, 850), "karin", Plan)],
        ..HOTEL
    },
    Story {
        place: On("hotell", "IM-01"),
        title: "Water filter for the ice machine",
        at: Day(-4, 1400),
        contact: LENA,
        urgency: Low,
        technicians: &["lars"],
        visit: Some((Day(4, 1300), 45)),
        then: &[(Day(-4, 1405), "karin", Plan)],
        ..HOTEL
    },
    Story {
        place: On("hotell", "KM-01"),
        title: "Second compressor of the chiller: offer",
        text: "The windings of compressor 2 measured badly at the inspection. It will hardly last another summer.",
        by: "jonas",
        at: Day(-12, 1330),
        urgency: Scheduled,
        then: &[
            (Day(-11, 1100), "rita", Wait("The offer is in your mail: replace it now, or keep a spare in store.")),
            (Day(-8, 1620), EVA, Say("I have passed it on to the owners. They decide at the end of the month.")),
        ],
        ..HOTEL
    },
    Story {
        place: On("hotell", "LA-01"),
        kind: OrderKind::Service,
        title: "Filters and fire dampers, rooms 201–248",
        at: Day(-7, 920),
        contact: LENA,
        urgency: Scheduled,
        technicians: &["amina"],
        visit: Some((Day(9, 1100), 240)),
        then: &[(Day(-7, 925), "karin", Plan)],
        ..HOTEL
    },
    Story {
        place: At("spa"),
        title: "Towel warmer in the changing room is cold",
        by: EVA,
        at: Ago(21 * 60),
        urgency: Low,
        ..HOTEL
    },
    Story {
        place: Nowhere,
        title: "Can we lower the night temperature from here?",
        text: "The night porter would like to do it himself instead of calling you. Is there an app?",
        by: EVA,
        at: Ago(140),
        urgency: Low,
        ..HOTEL
    },
];
