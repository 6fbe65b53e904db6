//! The work for ICA Kvarnen, a supermarket that lives from its refrigeration.

use super::Act::{Answer, Cancel, Done, Plan, PlanBecause, Say, Start, Wait};
use super::Place::{At, Nowhere, On};
use super::Urgency::{Emergency, Low, Scheduled, Urgent};
use super::{JOB, Story};
use crate::demo::when::When::{Ago, Day};
use crate::orders::OrderKind;

const PETRA: &str = "petra@ica.example";
const SAM: &str = "sam@ica.example";
const ICA: Story = Story { customer: "2071", contact: PETRA, ..JOB };

pub(super) const STORIES: &[Story] = &[
    Story {
        place: At("kiosk"),
        title: "Take down the cooler in the station kiosk",
        text: "The lease ends this month. Please recover the refrigerant and leave us the certificate.",
        at: Day(-46, 1100),
        technicians: &["jonas"],
        visit: Some((Day(-39, 700), 240)),
        cost: 5_900,
        then: &[
            (Day(-45, 815), "karin", Plan),
            (Day(-39, 705), "jonas", Start),
            (Day(-39, 1050), "jonas", Done("1.8 kg R404A recovered, certificate sent to Hanna. Unit scrapped.")),
        ],
        ..ICA
    },
    Story {
        place: On("lager", "KA-01"),
        kind: OrderKind::Service,
        title: "Quarterly leak check, CO2 rack",
        at: Day(-43, 900),
        urgency: Scheduled,
        technicians: &["jonas", "lars"],
        visit: Some((Day(-35, 600), 240)),
        cost: 7_200,
        then: &[
            (Day(-43, 905), "karin", Plan),
            (Day(-35, 600), "jonas", Start),
            (Day(-35, 955), "jonas", Done("Tight. Oil level low in compressor 2, topped up by half a litre.")),
        ],
        ..ICA
    },
    Story {
        place: On("butik", "FR-01"),
        title: "Ice along the glass of the freezer island",
        by: PETRA,
        at: Day(-33, 800),
        technicians: &["lars"],
        visit: Some((Day(-31, 600), 90)),
        cost: 2_640,
        then: &[
            (Day(-33, 835), "karin", Plan),
            (Day(-31, 600), "lars", Start),
            (Day(-31, 725), "lars", Done("Lid gasket replaced and the heating wire of the frame repaired.")),
        ],
        ..ICA
    },
    Story {
        place: On("lager", "FR-02"),
        title: "Freezer room at −12 °C",
        text: "Alarm at four in the morning. We have moved the goods to the other room.",
        by: PETRA,
        at: Day(-28, 515),
        urgency: Emergency,
        technicians: &["jonas"],
        visit: Some((Day(-28, 615), 180)),
        cost: 9_870,
        then: &[
            (Day(-28, 525), "jonas", Plan),
            (Day(-28, 620), "jonas", Start),
            (Day(-28, 640), "jonas", Say("Evaporator is one block of ice. Defrosting by hand now.")),
            (Day(-28, 655), PETRA, Answer("Thank you for coming so quickly! Tell me when we can load it again.")),
            (Day(-28, 930), "jonas", Done("Defrost heater replaced. Back at −21 °C, you can load it from eleven.")),
        ],
        ..ICA
    },
    Story {
        place: On("butik", "LR-01"),
        title: "Air curtain blows cold at the entrance",
        by: PETRA,
        at: Day(-19, 1015),
        technicians: &["amina"],
        visit: Some((Day(-16, 700), 60)),
        cost: 1_950,
        then: &[
            (Day(-19, 1100), "karin", Plan),
            (Day(-16, 705), "amina", Start),
            (
                Day(-16, 800),
                "amina",
                Done("Valve actuator replaced, it had closed the hot water. 34 °C at the outlet."),
            ),
        ],
        ..ICA
    },
    Story {
        place: On("butik", "KD-02"),
        title: "Meat display: fan makes a scraping sound",
        at: Day(-15, 1425),
        contact: SAM,
        technicians: &["lars"],
        visit: Some((Day(-13, 600), 60)),
        cost: 1_710,
        then: &[
            (Day(-15, 1430), "karin", Plan),
            (Day(-13, 605), "lars", Start),
            (Day(-13, 650), "lars", Done("A price tag had got into the fan. Removed it, blade and motor are fine.")),
        ],
        ..ICA
    },
    Story {
        place: On("butik", "LA-01"),
        kind: OrderKind::Service,
        title: "Filter change, ventilation in the store",
        at: Day(-14, 915),
        urgency: Scheduled,
        technicians: &["amina"],
        visit: Some((Day(-9, 600), 120)),
        cost: 3_480,
        then: &[
            (Day(-14, 920), "karin", Plan),
            (Day(-9, 600), "amina", Start),
            (
                Day(-9, 745),
                "amina",
                Done("Bag filters F7 changed, pressure drop 74 Pa. Belt is good for another year."),
            ),
        ],
        ..ICA
    },
    Story {
        place: At("butik"),
        title: "Move the drinks cooler to the checkout",
        by: PETRA,
        at: Day(-13, 1140),
        urgency: Low,
        then: &[
            (Day(-12, 900), "karin", Say("We can do it on a Tuesday before opening. Is there a socket of its own?")),
            (Day(-11, 1010), PETRA, Answer("No, and the fitter says it costs too much. Let us leave it.")),
            (Day(-11, 1030), "karin", Cancel("Not wanted any more: there is no socket at the checkout.")),
        ],
        ..ICA
    },
    Story {
        place: On("lager", "KR-01"),
        title: "Cold room door does not close by itself",
        by: PETRA,
        at: Day(-10, 1600),
        reference: "PO 88231",
        technicians: &["lars"],
        visit: Some((Day(-8, 700), 60)),
        cost: 1_320,
        then: &[
            (Day(-9, 830), "karin", Plan),
            (Day(-8, 705), "lars", Start),
            (Day(-8, 755), "lars", Done("Hinges with a lift fitted, gasket cleaned. Closes from half open.")),
        ],
        ..ICA
    },
    Story {
        place: On("butik", "KD-01"),
        title: "Dairy display 3 °C too warm in the afternoon",
        by: PETRA,
        at: Day(-6, 1515),
        urgency: Urgent,
        technicians: &["jonas"],
        visit: Some((Day(-5, 600), 120)),
        cost: 3_090,
        then: &[
            (Day(-6, 1540), "karin", Plan),
            (Day(-5, 605), "jonas", Start),
            (Day(-5, 720), "jonas", Done("Honeycomb of the air curtain was clogged. Cleaned; 3 °C at the top shelf.")),
        ],
        ..ICA
    },
    // What is open now.
    Story {
        place: On("lager", "KA-01"),
        title: "Rack alarm: high discharge temperature",
        text: "The whole medium-temperature side is going up: dairy 9 °C, meat 7 °C. Please come at once.",
        by: PETRA,
        at: Ago(95),
        urgency: Emergency,
        technicians: &["jonas", "lars"],
        visit: Some((Ago(60), 240)),
        then: &[
            (Ago(88), "karin", PlanBecause("Jonas is on his way and should be with you within the hour.")),
            (Ago(45), "jonas", Start),
            (
                Ago(30),
                "jonas",
                Say("Gas cooler fan 2 has stopped. Hosing the coil down to hold it while Lars brings a motor."),
            ),
            (Ago(22), PETRA, Answer("We have covered the displays and stopped filling them.")),
        ],
        ..ICA
    },
    Story {
        place: On("lager", "KA-01-K2"),
        title: "Oil change and vibration check, compressor 2",
        text: "Follows from the leak check: the oil level fell again.",
        by: "jonas",
        at: Day(-5, 1130),
        urgency: Scheduled,
        technicians: &["jonas"],
        visit: Some((Day(3, 600), 180)),
        then: &[(Day(-4, 840), "karin", Plan)],
        ..ICA
    },
    Story {
        place: On("butik", "LA-01"),
        title: "Draught at checkouts 3 and 4",
        text: "The staff there sit in their jackets.",
        by: PETRA,
        at: Day(-11, 820),
        technicians: &["amina"],
        visit: Some((Day(1, 600), 90)),
        then: &[
            (Day(-10, 845), "karin", Plan),
            (
                Day(-4, 1520),
                "karin",
                PlanBecause("The new diffusers come a week late from the factory. We have moved the visit."),
            ),
            (Day(-4, 1605), PETRA, Say("All right, but not later please. They ask me every morning.")),
        ],
        ..ICA
    },
    Story {
        place: On("butik", "FR-01"),
        title: "Freezer island: new lids",
        text: "Two of the sliding lids are scratched so that you cannot see the goods.",
        by: PETRA,
        at: Day(-14, 1330),
        urgency: Low,
        reference: "PO 88164",
        technicians: &["lars"],
        then: &[
            (Day(-13, 1000), "karin", Say("Two lids cost 6,240 kr with mounting. Shall we order?")),
            (Day(-13, 1002), "karin", Wait("We order as soon as you have accepted the price.")),
        ],
        ..ICA
    },
    Story {
        place: On("lager", "FR-02"),
        title: "Floor heating of the freezer room",
        text: "The contactor is warm and hums. We can replace it the next time we are there.",
        by: "jonas",
        at: Day(-7, 1010),
        urgency: Scheduled,
        technicians: &["lars"],
        then: &[(Day(-6, 915), "karin", Wait("The room must be empty for two hours. Which morning suits you?"))],
        ..ICA
    },
    Story {
        place: On("butik", "KD-02"),
        title: "LED tube flickers in the meat display",
        by: PETRA,
        at: Day(-2, 1110),
        technicians: &["lars"],
        visit: Some((Day(1, 630), 30)),
        then: &[(Day(-1, 905), "karin", Plan)],
        ..ICA
    },
    Story {
        place: At("lager"),
        title: "Water under the dock leveller",
        by: PETRA,
        at: Day(-2, 1450),
        technicians: &["amina"],
        visit: Some((Day(-1, 1300), 120)),
        then: &[
            (Day(-2, 1515), "karin", Plan),
            (Day(-1, 1305), "amina", Start),
            (
                Day(-1, 1420),
                "amina",
                Say("The condensate drain of the cold room ends there. I come back with a heating cable."),
            ),
        ],
        ..ICA
    },
    Story {
        place: On("lager", "KA-01"),
        kind: OrderKind::Service,
        title: "Next quarterly leak check, CO2 rack",
        at: Day(-8, 1000),
        urgency: Scheduled,
        technicians: &["jonas", "lars"],
        visit: Some((Day(14, 600), 240)),
        then: &[(Day(-8, 1005), "karin", Plan)],
        ..ICA
    },
    Story { place: At("butik"), title: "Smell of burnt dust at the bakery oven hood", by: PETRA, at: Ago(330), ..ICA },
    Story {
        place: Nowhere,
        title: "List of all machines with refrigerant and amount",
        text: "The municipality asks for the yearly report. The form is due at the end of the month.",
        by: PETRA,
        at: Day(-2, 1020),
        reference: "Report 2071",
        ..ICA
    },
];
