//! Examples: the program itself.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "init",
        &[
            ("Set up an installation for this address", "frontdesk init --base-url https://portal.nordkyl.example"),
            (
                "See what a second run would change, as a script that sets up machines asks",
                "frontdesk init --dry-run --exit-code",
            ),
        ],
    ),
    (
        "demo",
        &[
            ("Look around in a company that is gone afterwards", "frontdesk demo"),
            (
                "The same in Swedish, at an address that stays the same",
                "frontdesk demo --lang sv --listen 127.0.0.1:8788",
            ),
        ],
    ),
    (
        "doctor",
        &[
            ("Look whether all is well, and sign in at the mail server", "frontdesk doctor --mail"),
            ("From cron: silent, except when something is wrong", "17 6 * * * frontdesk -q doctor >/dev/null"),
        ],
    ),
    (
        "serve",
        &[
            ("Answer customers and send their mails, where the configuration says", "frontdesk serve"),
            (
                "Look whether it could, before the service is started again",
                "frontdesk serve --check && systemctl restart frontdesk",
            ),
        ],
    ),
    (
        "completions",
        &[
            (
                "Let bash complete commands from now on",
                "frontdesk completions bash > ~/.local/share/bash-completion/completions/frontdesk",
            ),
            (
                "The same for every fish on this machine",
                "frontdesk completions fish | sudo tee /etc/fish/completions/frontdesk.fish",
            ),
        ],
    ),
    (
        "man",
        &[
            ("Write the pages into a package that is being made", "frontdesk man --dir package/man"),
            ("Read one without installing it", "frontdesk man --dir pages && man -l pages/frontdesk-order.1"),
        ],
    ),
];
