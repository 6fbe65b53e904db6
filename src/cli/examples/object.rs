//! Examples: machines, their labels and their intervals.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "object add",
        &[
            (
                "Add a compressor in Hus B",
                "frontdesk object add KA-04 --customer 1042 --facility hus-b --name 'Compressor 4' --maker Bitzer --serial-no 77-1204",
            ),
            (
                "A part of it that counts starts instead of hours, however often it runs",
                "frontdesk object add KA-04-M --customer 1042 --name Motor --parent KA-02 --meter starts --unit starts --ensure",
            ),
        ],
    ),
    (
        "object list",
        &[
            ("The machines at one place", "frontdesk object list --facility hus-b"),
            (
                "All of one maker with their places, for a spreadsheet",
                "frontdesk object list --where maker=Bitzer -o csv --fields object_no,name,facility_no",
            ),
        ],
    ),
    (
        "object show",
        &[
            ("Everything about one machine", "frontdesk object show KA-02"),
            ("When its next services are, for a program", "frontdesk object show KA-02 -o json | jq .intervals"),
        ],
    ),
    (
        "object set",
        &[
            ("Write down a new serial number", "frontdesk object set KA-02 --serial-no 77-2210"),
            (
                "Where two customers have a machine of that number, after a look at what would change",
                "frontdesk object set KA-02 --customer 1042 --model 4FES-5Y --dry-run",
            ),
        ],
    ),
    (
        "object move",
        &[
            ("The compressor stands in Hus A now", "frontdesk object move KA-02 --facility hus-a"),
            ("It is in the workshop and belongs to no facility", "frontdesk object move KA-02 --unattached"),
        ],
    ),
    (
        "object retire",
        &[
            ("Use a machine no longer; it stays readable", "frontdesk object retire KA-02"),
            ("Put it to use again", "frontdesk object retire KA-02 --undo"),
        ],
    ),
    (
        "object delete",
        &[
            ("Delete a machine that was added by mistake", "frontdesk object delete KA-03"),
            ("From a script that may run again", "frontdesk -q object delete KA-03 --yes --missing-ok"),
        ],
    ),
    (
        "object label",
        &[
            ("A label for one machine, which leads to its page", "frontdesk object label KA-02 --to ka-02.svg"),
            (
                "Sheets for the printer with all machines of Hus B",
                "frontdesk object label --facility hus-b --format sheet --to labels.html",
            ),
        ],
    ),
    (
        "object import",
        &[
            (
                "Take the machines of one customer from a file in an older encoding",
                "frontdesk object import machines.csv --set customer_no=1042 --encoding windows-1252",
            ),
            (
                "Where a file has no numbers of its own, make a mark of two columns, so that a second run changes nothing",
                "frontdesk object import machines.csv --set customer_no=1042 --derive-id serial_no,name --dry-run",
            ),
        ],
    ),
    (
        "object interval add",
        &[
            (
                "Service once a year or after 2,000 hours, whichever comes first",
                "frontdesk object interval add KA-02 'Small service' --days 365 --hours 2000",
            ),
            (
                "Say when the last one was, before there were orders here",
                "frontdesk object interval add KA-02 Overhaul --days 1825 --since 2024-03-12 --ensure",
            ),
        ],
    ),
    (
        "object interval list",
        &[
            ("When the next services of a machine are", "frontdesk object interval list KA-02"),
            (
                "Only the days, for a program",
                "frontdesk object interval list KA-02 -o json | jq '.[] | {name, next_on}'",
            ),
        ],
    ),
    (
        "object interval set",
        &[
            ("Service it twice a year from now on", "frontdesk object interval set KA-02 'Yearly service' --days 182"),
            (
                "See first which day that would give",
                "frontdesk object interval set KA-02 'Yearly service' --hours 1500 --dry-run",
            ),
        ],
    ),
    (
        "object interval delete",
        &[
            ("A machine needs this service no longer", "frontdesk object interval delete KA-02 'Yearly service'"),
            (
                "From a script that may run again",
                "frontdesk object interval delete KA-02 'Yearly service' --yes --missing-ok",
            ),
        ],
    ),
];
