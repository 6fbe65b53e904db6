//! Examples: who is told of what.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "notify test",
        &[
            (
                "Who would be told of a comment that Eva writes, and why",
                "frontdesk notify test NK-FRO-0142 comment --by eva@brf.example",
            ),
            (
                "Who would be told that it is done, only the names",
                "frontdesk notify test NK-FRO-0142 order.status --status Done -o id",
            ),
        ],
    ),
    (
        "notify due",
        &[
            ("Tell of machines that are due, without sending anything yet", "frontdesk notify due --dry-run"),
            ("Every morning from cron, where `serve` does not run all day", "7 7 * * * frontdesk -q notify due"),
        ],
    ),
];
