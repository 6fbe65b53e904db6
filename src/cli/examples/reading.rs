//! Examples: readings.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "reading add",
        &[
            ("Write down what the meter of the compressor shows now", "frontdesk reading add KA-02 12459.5"),
            (
                "What it showed the evening before, with a remark, however often it runs",
                "frontdesk reading add KA-02 '12 471' --at 2026-11-21T17:30 --note 'Read by the caretaker' --ensure",
            ),
        ],
    ),
    (
        "reading list",
        &[
            ("The readings of one machine", "frontdesk reading list --object KA-02"),
            (
                "Also what was corrected or deleted, for a spreadsheet",
                "frontdesk reading list --object KA-02 --all -o csv > readings.csv",
            ),
        ],
    ),
    (
        "reading correct",
        &[
            (
                "Put right what was mistyped; the customer sees both values and why",
                "frontdesk reading correct 2 12395 --reason 'A digit was missing'",
            ),
            (
                "See first whether it fits the others",
                "frontdesk reading correct 2 '12 395,5' --reason 'Read again' --dry-run",
            ),
        ],
    ),
    (
        "reading delete",
        &[
            ("Take out a reading of another machine", "frontdesk reading delete 2 --reason 'It was KA-01'"),
            ("From a script that may run again", "frontdesk reading delete 2 --reason Doubled --yes --missing-ok"),
        ],
    ),
    (
        "reading import",
        &[
            ("Take the readings of a round", "frontdesk reading import readings.csv"),
            (
                "A logger that writes what was added since its last line, every hour from cron",
                "7 * * * * frontdesk -q reading import /var/spool/hours.csv --added",
            ),
        ],
    ),
];
