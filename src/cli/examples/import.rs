//! Examples: what was imported.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "import log",
        &[
            ("Which files were taken in, the newest first", "frontdesk import log"),
            (
                "Whether the file of this night came, and how many of its rows were refused",
                "frontdesk import log --search customers.csv --limit 1 -o json | jq '.[0] | {at, rejected}'",
            ),
        ],
    ),
    (
        "import show",
        &[
            ("What a run made and changed, row by row", "frontdesk import show 1"),
            ("Old and new values, for a program", "frontdesk import show 1 -o json | jq '.steps[].differences'"),
        ],
    ),
    (
        "import rejects",
        &[
            ("The rows that a run could not take, to repair and import", "frontdesk import rejects 2 > repair.csv"),
            ("How many those were", "frontdesk import rejects 2 | tail -n +2 | wc -l"),
        ],
    ),
    (
        "import undo",
        &[
            ("Whether a run can be taken back, and what that would change", "frontdesk import undo 1 --dry-run"),
            ("Take it back, from a script", "frontdesk -q import undo 1 --yes"),
        ],
    ),
];
