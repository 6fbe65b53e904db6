//! Examples: the configuration.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "config show",
        &[
            ("Say what holds, and which file or variable says so", "frontdesk config show --origin"),
            ("One value, for a script", "frontdesk config show --where key=data_dir -o csv --fields value --no-header"),
        ],
    ),
    (
        "config check",
        &[
            ("Check the file that is used", "frontdesk config check"),
            (
                "Check a new one before it takes the place of the old",
                "frontdesk config check new.toml && mv new.toml /etc/frontdesk/config.toml",
            ),
        ],
    ),
    (
        "config example",
        &[
            ("Begin a configuration with every key and its default", "frontdesk config example > config.toml"),
            ("Look up the keys of one part", "frontdesk config example | sed -n '/^.mail/,/^$/p'"),
        ],
    ),
];
