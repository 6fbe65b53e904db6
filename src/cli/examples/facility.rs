//! Examples: facilities.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "facility add",
        &[
            (
                "Add a place of a customer",
                "frontdesk facility add hus-d --customer 1042 --name 'Hus D' --address 'Storgatan 6'",
            ),
            (
                "A place in another time zone, from a script that may run again",
                "frontdesk -q facility add lapin --customer 1042 --name 'Lapin talo' --tz Europe/Helsinki --ensure",
            ),
        ],
    ),
    (
        "facility list",
        &[
            ("The places of one customer", "frontdesk facility list --customer 1042"),
            (
                "Those that are in use, for a spreadsheet",
                "frontdesk facility list --where status=open -o csv > places.csv",
            ),
        ],
    ),
    (
        "facility show",
        &[
            ("What stands in Hus B, and what is to be done there", "frontdesk facility show hus-b"),
            (
                "Where two customers have a place of that number",
                "frontdesk facility show hus-b --customer 1042 -o json",
            ),
        ],
    ),
    (
        "facility set",
        &[
            (
                "Write down how to get in, for staff alone",
                "frontdesk facility set hus-b --note 'The key is with the caretaker'",
            ),
            ("See first what would change", "frontdesk facility set hus-b --name 'Hus B, south' --dry-run"),
        ],
    ),
    (
        "facility close",
        &[
            ("Use a place no longer; it stays readable", "frontdesk facility close hus-b"),
            ("Where two customers have a place of that number", "frontdesk facility close hus-b --customer 1042"),
        ],
    ),
    (
        "facility open",
        &[
            ("Use a closed place again", "frontdesk facility open hus-c"),
            ("See first whether that would change anything", "frontdesk facility open hus-c --dry-run --exit-code"),
        ],
    ),
    (
        "facility delete",
        &[
            ("Delete a place that was added by mistake", "frontdesk facility delete hus-c"),
            ("From a script that may run again", "frontdesk -q facility delete hus-c --yes --missing-ok"),
        ],
    ),
    (
        "facility import",
        &[
            (
                "Take the places of one customer from a file that does not name it",
                "frontdesk facility import places.csv --set customer_no=1042",
            ),
            (
                "All rows or none, with the decision left to whoever reads the plan",
                "frontdesk facility import places.csv --set customer_no=1042 --on-error abort --dry-run",
            ),
        ],
    ),
];
