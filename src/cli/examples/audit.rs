//! Examples: the audit.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "audit list",
        &[
            ("Say who did what in the last two days", "frontdesk audit list --since 2d"),
            (
                "Count what each of them did to customer accounts",
                "frontdesk audit list --entity user --limit 1000 -o json | jq 'group_by(.who)[] | {who: .[0].who, acts: length}'",
            ),
        ],
    ),
    (
        "audit show",
        &[
            ("Show one line with how it was before and after", "frontdesk audit show 3"),
            ("Only what was different, for a program", "frontdesk audit show 3 -o json | jq '{before, after}'"),
        ],
    ),
    (
        "audit verify",
        &[
            ("Check that no line was changed, taken away or put in", "frontdesk audit verify"),
            (
                "Note the head in another place once a day, from cron",
                "5 5 * * * frontdesk audit verify -o csv | ssh vault 'cat >> heads'",
            ),
        ],
    ),
    (
        "audit export",
        &[
            (
                "Hand out the audit of a year",
                "frontdesk audit export --since 2026-01-01 --until 2027-01-01 > audit-2026.jsonl",
            ),
            ("The same of every group, for a spreadsheet", "frontdesk audit export --all -o csv > audit.csv"),
        ],
    ),
];
