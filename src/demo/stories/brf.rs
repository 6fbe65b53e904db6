//! The work for Brf Fröjden, a housing association with heat pumps, ventilation and a garage.

use super::Act::{Answer, Cancel, Done, Plan, Say, Start};
use super::Place::{At, On};
use super::Urgency::{Low, Scheduled, Urgent};
use super::{JOB, Story};
use crate::demo::when::When::Day;
use crate::orders::OrderKind;

pub(super) const EVA: &str = "eva@brf.example";
pub(super) const OLA: &str = "ola@brf.example";
pub(super) const BRF: Story = Story { customer: "1042", contact: EVA, ..JOB };

pub(super) const STORIES: &[Story] = &[
    Story {
        place: At("tvatt"),
        title: "Disconnect machines in the old laundry",
        text: "The laundry moves to Hus C. Water and power off, two washing machines and the dryer to scrap.",
        at: Day(-48, 920),
        technicians: &["lars"],
        visit: Some((Day(-45, 800), 360)),
        cost: 8_400,
        then: &[
            (Day(-48, 925), "karin", Plan),
            (Day(-45, 805), "lars", Start),
            (Day(-45, 1420), "lars", Done("Disconnected and plugged, machines taken away. Floor drain sealed.")),
        ],
        ..BRF
    },
    Story {
        place: On("hus-a", "VP-01"),
        kind: OrderKind::Service,
        title: "Yearly service, heat pump Hus A",
        text: "Leak check according to the F-gas regulation, brine level and pressure, filters, alarm log.",
        at: Day(-47, 1010),
        urgency: Scheduled,
        technicians: &["jonas"],
        visit: Some((Day(-38, 800), 180)),
        cost: 4_650,
        then: &[
            (Day(-46, 900), "karin", Plan),
            (Day(-38, 810), "jonas", Start),
            (
                Day(-38, 1105),
                "jonas",
                Done("No leaks. Brine topped up by 3 litres, particle filter cleaned. Report is with Eva."),
            ),
        ],
        ..BRF
    },
    Story {
        place: On("hus-b", "FF-02"),
        title: "Noise from the roof fan at night",
        text: "The flats on the top floor of 14 hear a rumble, worst when it blows from the west.",
        by: OLA,
        at: Day(-44, 1905),
        technicians: &["amina"],
        visit: Some((Day(-41, 900), 120)),
        cost: 3_120,
        then: &[
            (Day(-43, 815), "karin", Plan),
            (Day(-41, 910), "amina", Start),
            (
                Day(-41, 1035),
                "amina",
                Say("Front bearing is worn. New motor ordered, it runs on low speed until then."),
            ),
            (Day(-41, 1220), OLA, Answer("Thank you, it is already much quieter. I will tell the neighbours.")),
            (Day(-34, 1015), "amina", Done("Motor replaced, fan balanced, 42 Pa at the far end of the duct.")),
        ],
        ..BRF
    },
    Story {
        place: On("hus-c", "UC-03"),
        title: "Hot water only lukewarm in stairwell 16B",
        by: EVA,
        at: Day(-40, 745),
        urgency: Urgent,
        technicians: &["lars"],
        visit: Some((Day(-40, 1300), 90)),
        cost: 5_280,
        then: &[
            (Day(-40, 812), "karin", Plan),
            (Day(-40, 1310), "lars", Start),
            (Day(-40, 1450), "lars", Done("Actuator of the hot water valve had stuck. Replaced, 55 °C at the tap.")),
        ],
        ..BRF
    },
    Story {
        place: On("garage", "GF-01"),
        kind: OrderKind::Service,
        title: "CO sensors in the garage: calibration",
        at: Day(-36, 930),
        urgency: Scheduled,
        technicians: &["amina"],
        visit: Some((Day(-29, 1000), 90)),
        cost: 2_900,
        then: &[
            (Day(-36, 932), "karin", Plan),
            (Day(-29, 1005), "amina", Start),
            (Day(-29, 1125), "amina", Done("Both sensors calibrated, fan starts at 30 ppm as it should.")),
        ],
        ..BRF
    },
    Story {
        place: On("hus-b", "VP-02"),
        title: "Alarm 163: high condenser temperature",
        text: "Shown on the display since this morning. The flats are warm, the immersion heater is running.",
        by: OLA,
        at: Day(-26, 705),
        urgency: Urgent,
        technicians: &["jonas"],
        visit: Some((Day(-26, 1030), 120)),
        cost: 6_940,
        then: &[
            (Day(-26, 740), "karin", Plan),
            (Day(-26, 1040), "jonas", Start),
            (
                Day(-26, 1325),
                "jonas",
                Done("Circulation pump to the tanks had stopped. New pump head, air bled, alarm reset."),
            ),
        ],
        ..BRF
    },
    Story {
        place: At("hus-a"),
        title: "Radiator in the meeting room stays cold",
        by: EVA,
        at: Day(-22, 1640),
        urgency: Low,
        technicians: &["lars"],
        visit: Some((Day(-18, 1000), 60)),
        cost: 1_180,
        then: &[
            (Day(-21, 830), "karin", Plan),
            (Day(-18, 1020), "lars", Start),
            (Day(-18, 1050), "lars", Done("Thermostat pin was stuck. Freed it and fitted a new head.")),
        ],
        ..BRF
    },
    Story {
        place: On("hus-c", "TT-03"),
        title: "Dryer stops before the clothes are dry",
        by: EVA,
        at: Day(-17, 1215),
        reference: "Laundry 2",
        technicians: &["amina"],
        visit: Some((Day(-15, 830), 90)),
        cost: 2_310,
        then: &[
            (Day(-17, 1330), "karin", Plan),
            (Day(-15, 840), "amina", Start),
            (
                Day(-15, 1000),
                "amina",
                Done("Moisture sensor cleaned and lint duct emptied. Please empty it every week."),
            ),
            (Day(-14, 900), EVA, Say("We have put a note on the door. Works well now.")),
        ],
        ..BRF
    },
    Story {
        place: On("hus-a", "LA-01"),
        kind: OrderKind::Service,
        title: "Filter change and rotor belt, ventilation Hus A",
        at: Day(-16, 905),
        urgency: Scheduled,
        technicians: &["amina"],
        visit: Some((Day(-12, 800), 150)),
        cost: 3_860,
        then: &[
            (Day(-16, 910), "karin", Plan),
            (Day(-12, 805), "amina", Start),
            (Day(-12, 1015), "amina", Done("F7 supply and M5 exhaust filters changed, new rotor belt. 78 % recovery.")),
        ],
        ..BRF
    },
    Story {
        place: At("hus-b"),
        title: "Bleed radiators on floors 4 and 5",
        by: OLA,
        at: Day(-13, 1020),
        technicians: &["lars"],
        visit: Some((Day(-11, 1300), 120)),
        cost: 1_560,
        then: &[
            (Day(-13, 1105), "karin", Plan),
            (Day(-11, 1310), "lars", Start),
            (Day(-11, 1445), "lars", Done("All bled, system pressure raised from 0.9 to 1.4 bar.")),
        ],
        ..BRF
    },
    Story {
        place: At("garage"),
        title: "Install charging posts in the garage",
        text: "Eight places along the north wall. Could you give us a price?",
        by: EVA,
        at: Day(-12, 1400),
        urgency: Low,
        then: &[(
            Day(-10, 915),
            "karin",
            Cancel("This is work for an electrician. We have sent you two names by mail."),
        )],
        ..BRF
    },
    Story {
        place: On("hus-c", "UC-03"),
        title: "Pressure drops, expansion vessel Hus C",
        text: "The caretaker has topped up twice in a week.",
        by: EVA,
        at: Day(-9, 1010),
        reference: "Board 14",
        technicians: &["lars"],
        visit: Some((Day(-7, 900), 180)),
        cost: 7_450,
        then: &[
            (Day(-9, 1120), "karin", Plan),
            (Day(-7, 910), "lars", Start),
            (
                Day(-7, 1140),
                "lars",
                Done("Membrane was torn. New 80 litre vessel, precharged to 1.2 bar, no leak found."),
            ),
        ],
        ..BRF
    },
    Story {
        place: On("hus-b", "VP-02"),
        title: "Hot water runs out in the morning, Hus B",
        by: OLA,
        at: Day(-8, 730),
        technicians: &["jonas"],
        visit: Some((Day(-6, 1300), 90)),
        cost: 1_890,
        then: &[
            (Day(-8, 820), "karin", Plan),
            (Day(-7, 710), OLA, Say("Today it was gone at half past six. Flat 1402 and 1501 have complained.")),
            (Day(-7, 830), "jonas", Answer("I come tomorrow with a new sensor, I think I know what it is.")),
            (Day(-6, 1310), "jonas", Start),
            (
                Day(-6, 1420),
                "jonas",
                Done("Tank sensor showed 6 degrees too much. Replaced; charging starts in time again."),
            ),
        ],
        ..BRF
    },
    Story {
        place: On("hus-a", "VP-01"),
        title: "Display dark after the power cut",
        by: EVA,
        at: Day(-4, 810),
        urgency: Urgent,
        technicians: &["jonas"],
        visit: Some((Day(-4, 1400), 60)),
        cost: 1_420,
        then: &[
            (Day(-4, 830), "karin", Plan),
            (Day(-4, 1410), "jonas", Start),
            (Day(-4, 1450), "jonas", Done("Fuse on the control board. The pump itself had kept running.")),
        ],
        ..BRF
    },
];
