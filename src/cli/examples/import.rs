//! Examples: what was imported.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[(
    "import log",
    &[
        ("Which files were taken in, the newest first", "frontdesk import log"),
        (
            "Whether the file of this night came, and how many of its rows were refused",
            "frontdesk import log --search customers.csv --limit 1 -o json | jq '.[0] | {at, rejected}'",
        ),
    ],
)];
