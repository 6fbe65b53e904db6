//! The manual page of the files that are imported: the columns from their definitions, the rest in prose.

use clap_mangen::roff::{bold, italic, roman};

use super::page::Page;
use crate::imports::about::about;
use crate::imports::columns::{Column, Shape};
use crate::imports::shapes::{CONTACT, CUSTOMER, FACILITY, OBJECT, ORDER, READING};

/// The kinds of files, with what is to be known of each beside its columns.
const KINDS: [(&Shape, &str, &str); 6] = [
    (
        &CUSTOMER,
        "Customers",
        "A row is found again by `customer_no`, and one without a number by `external_id`. It may bring one person at \
         the customer, who is found by address, else by name.",
    ),
    (
        &CONTACT,
        "Contacts",
        "A row is found again by customer and `email`, else by `external_id`, else by its exact name. A first and a \
         last name in columns of their own are one name. `invite` makes an account, `template`, `facilities` and \
         `unattached` say what it gets: on top of what it has, for an import takes nothing away from an account, \
         whatever its cells say; `frontdesk user revoke` does. Without `invite` nobody gets an account; one that is \
         there already gets what `template` or `unattached` name. Nobody is mailed: `frontdesk user invite --pending` \
         invites those who wait. Whoever imports needs the right named `accounts` as well; otherwise such rows are \
         rejected.",
    ),
    (
        &FACILITY,
        "Facilities",
        "A row is found again by customer and `facility_no`, and one without a number by `external_id`.",
    ),
    (
        &OBJECT,
        "Objects",
        "A row is found again by customer and `object_no`, else by `external_id`, else by `serial_no`. A machine may \
         stand above the one that it is part of.",
    ),
    (
        &ORDER,
        "Orders",
        "A row is found again by `order_no` or by `external_id`; it needs one of them. Of an order that is known, \
         `created_at` and `closed_at` stay as they are.",
    ),
    (
        &READING,
        "Readings",
        "A row is found again by machine, meter and moment; another value corrects it, and the old one stays visible. \
         Rows may stand in any order. With `--added` the values are what was added since the row before.",
    ),
];

/// `frontdesk-csv`(5).
pub(super) fn page() -> (String, String) {
    let mut page = Page::new("frontdesk-csv", 5, "files that frontdesk imports");
    description(&mut page);
    headings(&mut page);
    cells(&mut page);
    rows(&mut page);
    columns(&mut page);
    outcome(&mut page);
    examples(&mut page);
    page.see_also(&[
        ("frontdesk", 1),
        ("frontdesk-import", 1),
        ("frontdesk-customer", 1),
        ("frontdesk-contact", 1),
        ("frontdesk-facility", 1),
        ("frontdesk-object", 1),
        ("frontdesk-order", 1),
        ("frontdesk-reading", 1),
    ]);
    let (name, text) = page.finish();
    (name, wrapped(&text))
}

/// So long are the lines of a manual page at most, as mandoc asks for.
const WIDTH: usize = 80;

/// The same page with its running text in short lines.
fn wrapped(page: &str) -> String {
    let (mut out, mut is_as_it_is) = (String::with_capacity(page.len()), false);
    for line in page.lines() {
        is_as_it_is = (is_as_it_is || line == ".nf") && line != ".fi";
        let mut rest = line;
        while rest.len() > WIDTH && !is_as_it_is && !line.starts_with('.') {
            // What follows the break may not begin as a request does.
            let at = rest.match_indices(' ').map(|(at, _)| at).take_while(|at| *at <= WIDTH);
            let Some(at) = at.filter(|at| !rest[at + 1..].starts_with(['.', '\'', ' '])).last() else { break };
            out.push_str(&rest[..at]);
            out.push('\n');
            rest = &rest[at + 1..];
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

fn description(page: &mut Page) {
    page.section("DESCRIPTION");
    page.prose(
        "`frontdesk customer import FILE`, and the same with `contact`, `facility`, `object`, `order` and `reading`, \
         takes rows of a file: what is there already is changed, what is not is made. The second run of the same file \
         changes nothing and writes nothing. Nothing is ever deleted, and nobody is mailed.",
    );
    page.prose(
        "A file is CSV as in RFC 4180: a line of headings, then a row a line, with `,` `;` or a tab between the cells. \
         Which of them it is, is seen in the line of the headings, or told with `--delimiter`; a first line `sep=;` is \
         understood. A cell that holds the delimiter, a quote or a line break stands in double quotes, and a quote \
         within it is written twice. Delimiters at the end of lines do no harm. Text is UTF-8, with or without a byte \
         order mark, or UTF-16 with one; every other encoding is told with `--encoding`, such as `windows-1252`, and \
         never guessed. Where something else stands above the headings, `--heading-line` says on which line they are.",
    );
    page.prose(
        "JSON lines are taken too: one object a line with the columns as keys, as every `list -o jsonl` prints them. \
         Workbooks (.xlsx) are not: save the sheet as CSV UTF-8.",
    );
    page.prose("A file has at most 512 MiB, 1,000,000 rows, 1,000 columns, 10,000,000 cells, and 1 MiB in a row.");
}

fn headings(page: &mut Page) {
    page.section("HEADINGS");
    page.prose(
        "A heading means the column whose name it is, or one of the other names listed below; case, spaces, accents \
         and the signs `_ - . :` make no difference. Headings that mean nothing are named and ignored; with `--strict` \
         they refuse the file. So does a heading of passwords, always.",
    );
    let terms: [(&str, &str, &str); 5] = [
        (
            "--map",
            "HEADING=COLUMN",
            "gives a heading its meaning, and wins over the names that are known. Without a column the heading is left \
             out. Where several columns have one heading, `Phone#2` is the second of them; `#3` is the third column of \
             the file, whatever its heading.",
        ),
        (
            "--map-file",
            "FILE",
            "does the same for many: lines `HEADING = COLUMN`; either side may stand in double quotes, and lines that \
             begin with # are comments.",
        ),
        (
            "--set",
            "COLUMN=VALUE",
            "gives every row the same value. In it `{HEADING}` stands for the cell under that heading, so that \
             `--set \"name={First} {Last}\"` makes one name of two; what stands between two cells is left out where \
             one of them is blank. A brace itself is written twice.",
        ),
        (
            "--split",
            "HEADING=SIGN",
            "makes a row of each person in a cell, between whom the sign stands. Together with the column `mailbox` it \
             reads cells such as `Eva Lind <eva@brf.example>, Olle Ek <olle@brf.example>`.",
        ),
        (
            "--derive-id",
            "A,B",
            "makes an `external_id` of these cells, for files in which no column tells rows apart. Rows in which they \
             are the same are numbered, so the second run of the file finds them again.",
        ),
    ];
    for (flag, value, text) in terms {
        page.term(vec![bold(flag), roman(" "), italic(value)], text);
    }
    page.prose(
        "Two headings with one meaning refuse the file, by both their names; so does a file without a column that is \
         required, or without one by which its rows are found again.",
    );
}

fn cells(page: &mut Page) {
    page.section("CELLS");
    page.prose(
        "A blank cell leaves alone what is kept. `!clear` empties it; what cannot be empty, such as a name or a status, \
         refuses it. `--blank NULL` reads that word as blank too. Spaces around a value are no part of it.",
    );
    page.prose(
        "An apostrophe before a text that begins with `= + - @` is taken off: the lists put it there, so that no \
         spreadsheet takes the text for a formula. It also marks `!clear` and numbers such as `1042.0` as text.",
    );
    let terms = [
        (
            "Days and times",
            "`2026-11-22`, or RFC 3339: `2026-11-22T08:02:00Z`, `2026-11-22 08:02`. A time without a zone is on the \
             clocks of the group, that of a reading on those of the machine's place. Every other way of writing is \
             told with `--date-format`, in the letters of strftime(3): `%d/%m/%Y`, `%d.%m.%Y %H:%M`. What could be two \
             days is never guessed.",
        ),
        (
            "Numbers",
            "`12459.5`, `12 459,5`, `12.459,50`. What can be read in two ways, `12,459`, waits for `--decimal comma` \
             or `--decimal point`.",
        ),
        (
            "Numbers of things",
            "`customer_no` and its like, telephone numbers and postal codes are text: leading zeros stay. A cell \
             `1042,0` there is rejected, because a spreadsheet may have made it of 1042: `--whole HEADING` reads it so, \
             `--text HEADING` takes it as it stands. `1.0E+12` is rejected too: its last digits are lost.",
        ),
        (
            "Lines",
            "A name, an address or a title is one line; a note or a description may have several. A cell with line breaks \
             where one line belongs is rejected, and `--one-line HEADING` puts its lines one behind the other.",
        ),
        ("Lists", "several values in one cell stand between `;`. They replace those that are kept."),
        ("Yes and no", "`yes`, `true`, `1`, `ja`, `si`; `no`, `false`, `0`, `nej`."),
        ("Languages", "`en`, `sv`, `es`; also `sv-SE` or `svenska`."),
    ];
    for (word, text) in terms {
        page.term(vec![bold(word)], text);
    }
}

fn rows(page: &mut Page) {
    page.section("ROWS THAT ARE NONE");
    page.prose(
        "Blank lines are passed over. `--leave-out HEADING=TEXT` leaves out each row whose cell under that heading is \
         this text; with `TEXT*` each whose cell begins with it, and with `HEADING=` each whose cell is blank: so the \
         line of totals at the end of a list. A row that has such a word in the place of its number is rejected. Where one column holds delimiters without quotes, `--join HEADING` gives \
         it the cells that a row has too many.",
    );
}

fn columns(page: &mut Page) {
    page.section("COLUMNS");
    page.prose(
        "A file needs the columns that are marked as required, by heading, `--map` or `--set`. After each column stand \
         the other headings that are known for it. `frontdesk customer import --columns` lists the same.",
    );
    for (shape, title, text) in KINDS {
        page.part(title);
        page.prose(text);
        for column in shape.columns {
            let name = vec![bold(column.name), roman(if column.required { "  (required)" } else { "" })];
            page.term(name, &said(shape, column));
        }
        if let Some(halves) = &shape.halves {
            let (first, last) = (halves.first.join(", "), halves.last.join(", "));
            page.prose(&format!("First names are known by: {first}. Last names by: {last}."));
        }
    }
}

fn said(shape: &Shape, column: &Column) -> String {
    let about = about(shape.noun, column.name);
    match column.aliases {
        [] => format!("{about}."),
        names => format!("{about}. Also: {}.", names.join(", ")),
    }
}

fn outcome(page: &mut Page) {
    page.section("WHAT COMES OF IT");
    page.prose(
        "`--dry-run` prints what would be done, a line each: `+` made, `~` changed with old and new values, `?` not in \
         the file, `!` not taken; `=` counts the rest. Its last line is the fingerprint of all this: with `--expect \
         FINGERPRINT` exactly that is done, or nothing with exit status 4, when the file, the options or the database \
         have changed it.",
    );
    page.prose(
        "Good rows are taken in one transaction; the others go to `FILE.rejects.csv` and the exit status is 65. That \
         file has the columns of the input, in their order, and after them `line`, `column`, `code` and `reason` (and \
         `repetition` before them, where ids are derived). Repaired, it is imported as it is with the same options. \
         With `--on-error abort` the first bad row ends everything; when more rows are bad than `--max-rejects` or \
         the configuration allow, it is the wrong file and nothing is taken.",
    );
    page.prose(
        "`--missing report` tells what the database has and the file has not, `--missing close` closes it: of customers \
         all that are active; of facilities, objects and contacts those of the customers that the file names. A row \
         that cannot be taken counts as there. More than `--max-close` (5 % of what is open) close nothing: the import \
         stops with 65. What comes back is opened by its column `status` alone. Contacts have no status and are only \
         told.",
    );
    page.prose(
        "Each run that did something has a number: `frontdesk import log` lists them, `import show RUN` tells what one \
         did, `import rejects RUN` prints its bad rows again, for 90 days, and `import undo RUN` takes it back while \
         nobody else has touched what it touched. `--report FILE` keeps the outcome as JSON, also of a run that failed. \
         One import of a group runs at a time; another one exits with 75 at once.",
    );
    page.prose(
        "Two rows that mean the same thing: the second is rejected and names the line of the first. With `-q` a run in \
         which all went well prints nothing, so cron mails nothing.",
    );
    page.part("Moving a company");
    page.prose(
        "What `list -o csv` prints is a file of its kind. Into an empty company the files go in this order: customers, \
         facilities, contacts, objects, orders, readings. What is closed or retired takes nothing new, so give \
         customers, facilities and objects `--map status=` at first, and import these three again without it at the \
         end. Statuses, priorities, roles, templates and staff are made before, by their names. In JSON lines the \
         text `!clear` always empties.",
    );
}

fn examples(page: &mut Page) {
    page.section("EXAMPLES");
    let examples: [(&str, &[&str]); 5] = [
        (
            "A file that needs nothing, from a program that speaks Swedish:",
            &[
                "Kundnr;Namn;E-post;Ort",
                "1042;Brf Fröjden;info@frojden.example;Umeå",
                "1043;\"Bostads AB; Söder\";;Piteå",
            ],
        ),
        (
            "A list of customers from an old Windows program, with three lines above its headings and its totals below:",
            &[
                "$ frontdesk customer import kundlista.csv --encoding windows-1252 \\",
                "      --heading-line 4 --leave-out \"Kundnr=Totalt*\" --dry-run",
            ],
        ),
        (
            "Contacts of a mail program, all of one customer:",
            &[
                "$ frontdesk contact import contacts.csv --set customer_no=1042 \\",
                "      --map \"E-mail Address=email\" --map \"Mobile Phone=phone\"",
            ],
        ),
        (
            "People who get accounts, and are invited twenty a minute:",
            &[
                "customer_no,name,email,facilities,template,invite",
                "1042,Eva Lind,eva@brf.example,hus-a;hus-b,standard,yes",
                "1042,Ola Berg,ola@brf.example,*,viewer,yes",
                "",
                "$ frontdesk contact import people.csv",
                "$ frontdesk user invite --pending --rate 20/min",
            ],
        ),
        (
            "Work orders without numbers, with American days and thousands, every night:",
            &[
                "$ frontdesk order import -q orders.csv --map-file orders.map \\",
                "      --date-format %m/%d/%Y --decimal point \\",
                "      --derive-id Date,Asset,Text",
            ],
        ),
    ];
    for (about, lines) in examples {
        page.prose(about);
        page.lines(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_column_with_its_headings() {
        let (name, text) = page();
        assert_eq!(name, "frontdesk-csv.5");
        let plain = |text: &str| -> String {
            let signs = text.chars().map(|sign| match sign {
                sign if sign.is_ascii() => sign.to_string(),
                sign => format!("\\[u{:04X}]", u32::from(sign)),
            });
            signs.collect::<String>().replace('-', "\\-")
        };
        let flowing = text.replace('\n', " ");
        for (shape, ..) in KINDS {
            for column in shape.columns {
                assert!(text.contains(&format!("\\fB{}\\fR", column.name)), "{}", column.name);
                for heading in column.aliases {
                    assert!(flowing.contains(&plain(heading)), "{} of {}", heading, column.name);
                }
            }
        }
        assert!(text.lines().all(|line| line.len() <= WIDTH), "a line is too long");
    }
}
