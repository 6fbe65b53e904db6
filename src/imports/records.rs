//! Text becomes records of cells as RFC 4180 has it, each with the line of the file on which it begins.

use crate::error::{Error, Kind, Result};
use crate::imports::encoding::{Text, size};
use crate::imports::source::{ADDED, Limits};

/// The records of a file with a delimiter, its headings among them.
pub struct Records {
    text: Text,
    piece: Vec<u8>,
    at: usize,
    line: u64,
    after_return: bool,
    delimiter: u8,
    limits: Limits,
}

/// One record: its line and its cells as they stand in the file.
pub type Cells = (u64, Vec<String>);

enum State {
    Start,
    Plain,
    Quoted,
    Closed,
}

impl Records {
    /// Finds the delimiter in the line of the headings, unless it is `given`: the first that is not blank, or that of
    /// `headings_on`.
    ///
    /// `piece` is text that was read already.
    pub fn open(
        text: Text,
        piece: Vec<u8>,
        given: Option<u8>,
        headings_on: Option<u64>,
        limits: Limits,
    ) -> Result<Self> {
        let mut records = Self { text, piece, at: 0, line: 1, after_return: false, delimiter: b',', limits };
        let mut first = records.first_line()?;
        let declared = (first.get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"sep=")))
            .then(|| first.get(4).copied().filter(u8::is_ascii))
            .flatten();
        // A file of rejected rows comes with the options of the file it is from, and has nothing before its headings.
        let headings_on = headings_on.filter(|_| !is_of_rejects(&first));
        if declared.is_some() {
            while !matches!(records.byte()?, None | Some(b'\n')) {}
        }
        if let Some(line) = headings_on {
            records.skip_to(line)?;
        }
        if declared.is_some() || headings_on.is_some() {
            first = records.first_line()?;
        }
        records.delimiter = match (given, declared) {
            (Some(given), _) => given,
            (None, Some(declared)) => declared,
            (None, None) => delimiter_of(&first)?,
        };
        Ok(records)
    }

    fn skip_to(&mut self, line: u64) -> Result<()> {
        while self.line < line {
            if self.byte()?.is_none() {
                return Err(Error::new(Kind::Data, format!("the file has no line {line}")).at("heading-line"));
            }
        }
        Ok(())
    }

    /// What stands between the cells.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// How the file is encoded, for people.
    pub fn encoding(&self) -> String {
        self.text.encoding()
    }

    /// The next record that is not blank.
    pub fn next_record(&mut self) -> Result<Option<Cells>> {
        loop {
            match self.record()? {
                Some((_, cells)) if cells.iter().all(|cell| cell.trim().is_empty()) => {}
                other => return Ok(other),
            }
        }
    }

    fn record(&mut self) -> Result<Option<Cells>> {
        let line = self.line;
        let (mut cells, mut cell) = (Vec::new(), Vec::new());
        let (mut state, mut opened, mut length) = (State::Start, line, 0_usize);
        loop {
            let here = self.line;
            let Some(byte) = self.byte()? else {
                return match state {
                    State::Quoted => Err(never_closed(opened)),
                    State::Start if cells.is_empty() => Ok(None),
                    _ => finish(line, cells, cell).map(Some),
                };
            };
            length += 1;
            if length > self.limits.record {
                let most = size(self.limits.record as u64);
                return Err(match state {
                    State::Quoted => never_closed(opened),
                    _ => Error::new(Kind::Data, format!("line {line} is longer than {most}"))
                        .tip("is it a file of rows? --delimiter says what stands between the cells"),
                });
            }
            match state {
                State::Quoted if byte == b'"' => state = State::Closed,
                State::Quoted => cell.push(byte),
                State::Closed if byte == b'"' => {
                    cell.push(byte);
                    state = State::Quoted;
                }
                State::Start if byte == b'"' => {
                    opened = here;
                    state = State::Quoted;
                }
                _ if byte == self.delimiter => {
                    cells.push(string(std::mem::take(&mut cell))?);
                    if cells.len() >= self.limits.columns {
                        return Err(too_wide(line, self.limits.columns));
                    }
                    state = State::Start;
                }
                _ if byte == b'\n' || byte == b'\r' => {
                    if byte == b'\r' && self.peek()? == Some(b'\n') {
                        self.byte()?;
                    }
                    return finish(line, cells, cell).map(Some);
                }
                State::Closed if byte == b' ' => {}
                State::Closed => return Err(stray_quote(here, opened)),
                State::Start | State::Plain => {
                    cell.push(byte);
                    state = State::Plain;
                }
            }
        }
    }

    /// The first line that is not blank, without taking it; blank lines before it are taken.
    fn first_line(&mut self) -> Result<Vec<u8>> {
        while matches!(self.peek()?, Some(b'\n' | b'\r')) {
            self.byte()?;
        }
        let (mut from, mut quoted) = (self.at, false);
        loop {
            for at in from..self.piece.len() {
                match self.piece[at] {
                    b'"' => quoted = !quoted,
                    b'\n' | b'\r' if !quoted => return Ok(self.piece[self.at..at].to_vec()),
                    _ => {}
                }
            }
            from = self.piece.len();
            if from - self.at > self.limits.record || !self.text.next_piece(&mut self.piece)? {
                return Ok(self.piece[self.at..].to_vec());
            }
        }
    }

    fn peek(&mut self) -> Result<Option<u8>> {
        if self.at == self.piece.len() {
            self.piece.clear();
            self.at = 0;
            if !self.text.next_piece(&mut self.piece)? {
                return Ok(None);
            }
        }
        Ok(Some(self.piece[self.at]))
    }

    fn byte(&mut self) -> Result<Option<u8>> {
        let byte = self.peek()?;
        if let Some(byte) = byte {
            self.at += 1;
            self.line += u64::from(byte == b'\r' || byte == b'\n' && !self.after_return);
            self.after_return = byte == b'\r';
        }
        Ok(byte)
    }
}

/// Reads what `--delimiter` was given: one character, or the word `tab`.
pub fn parse_delimiter(text: &str) -> Result<u8> {
    match (text, text.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [one]) if one.is_ascii() && !one.is_ascii_alphanumeric() && !b"\"\r\n\0".contains(one) => Ok(*one),
        _ => Err(Error::new(Kind::Usage, format!("'{}' is not a delimiter", crate::text::shown(text)))
            .at("delimiter")
            .tip("such as ',' ';' or tab")),
    }
}

/// A delimiter for people.
pub fn delimiter_name(delimiter: u8) -> String {
    if delimiter == b'\t' { "tab".into() } else { format!("'{}'", char::from(delimiter)) }
}

pub(super) fn delimiter_of(line: &[u8]) -> Result<u8> {
    let mut quoted = false;
    let mut counts = [(0_usize, b','), (0, b';'), (0, b'\t')];
    for byte in line {
        quoted ^= *byte == b'"';
        if let Some((count, _)) = counts.iter_mut().find(|(_, delimiter)| !quoted && delimiter == byte) {
            *count += 1;
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let [(most, first), (next, second), _] = counts;
    if most > 0 && most == next {
        let (first, second) = (delimiter_name(first), delimiter_name(second));
        return Err(Error::new(Kind::Data, format!("the heading line has as many {first} as {second}")).tip(
            "--delimiter says which of them stands between the cells; if it is not the heading line: --heading-line N",
        ));
    }
    Ok(if most == 0 { b',' } else { first })
}

/// Whether the headings of a file end with the columns that a file of rejected rows adds.
fn is_of_rejects(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    [",", ";", "\t", "|"].iter().any(|delimiter| line.ends_with(ADDED.join(delimiter).as_bytes()))
}

fn finish(line: u64, mut cells: Vec<String>, cell: Vec<u8>) -> Result<Cells> {
    cells.push(string(cell)?);
    Ok((line, cells))
}

fn string(cell: Vec<u8>) -> Result<String> {
    String::from_utf8(cell).map_err(Error::internal)
}

fn never_closed(opened: u64) -> Error {
    Error::new(Kind::Data, format!("the quote that opens on line {opened} is never closed"))
        .tip("close it, or write a quote inside a quoted cell twice")
}

fn stray_quote(here: u64, opened: u64) -> Error {
    let message = if here == opened {
        format!("line {here} has a quote inside a quoted cell")
    } else {
        format!("line {here} has a quote inside the quoted cell that opens on line {opened}")
    };
    Error::new(Kind::Data, message).tip("write a quote inside a quoted cell twice")
}

fn too_wide(line: u64, most: usize) -> Error {
    Error::new(Kind::Data, format!("line {line} has more than {most} cells")).tip("keep the columns that are imported")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from(text: &str, headings_on: Option<u64>) -> Result<Vec<Cells>> {
        let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let text = Text::open(input, None, 1 << 20)?;
        let mut records = Records::open(text, Vec::new(), None, headings_on, Limits::default())?;
        std::iter::from_fn(|| records.next_record().transpose()).collect()
    }

    #[test]
    fn what_stands_above_the_headings_is_passed_over() {
        let text = "Kundlista, \"alla\r\n\"\"\r\n\r\nKundnr;Namn\r\n1;\"a\r\nb\"\r\n2;c\r\n";
        let rows = [cells(4, &["Kundnr", "Namn"]), cells(5, &["1", "a\r\nb"]), cells(7, &["2", "c"])];
        assert_eq!(read_from(text, Some(4)).expect("rows"), rows);
        assert_eq!(read_from(&text.replace("\r\n", "\n"), Some(4)).expect("rows")[0], rows[0]);
        assert_eq!(read_from(&text.replace("\r\n", "\r"), Some(4)).expect("rows")[2], rows[2]);
        assert_eq!(read_from(text, Some(40)).expect_err("no line").message(), "the file has no line 40");
        let rejects = "a;line;column;code;reason\r\n1;2;a;x;y\r\n";
        assert_eq!(read_from(rejects, Some(4)).expect("rows").len(), 2, "rejected rows have nothing above them");
        let told = read_from("SEP=;\r\nList\r\na;b,c\r\n", Some(3)).expect("rows");
        assert_eq!(told, [cells(3, &["a", "b,c"])]);
    }

    fn read(text: &str, limits: Limits) -> Result<(u8, Vec<Cells>)> {
        let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let mut records = Records::open(Text::open(input, None, 1 << 20)?, Vec::new(), None, None, limits)?;
        let mut all = Vec::new();
        while let Some(record) = records.next_record()? {
            all.push(record);
        }
        Ok((records.delimiter(), all))
    }

    fn cells(line: u64, cells: &[&str]) -> Cells {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    fn refusal(text: &str, limits: Limits) -> String {
        let error = read(text, limits).expect_err(text);
        assert_eq!(error.kind(), Kind::Data);
        assert!(error.tip_text().is_some());
        error.message().to_owned()
    }

    #[test]
    fn records_know_their_line_even_after_quoted_line_breaks() {
        let text = "no,name\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n,\r\n2,5\" pipe\n3,c";
        let (delimiter, all) = read(text, Limits::default()).expect("records");
        assert_eq!(delimiter, b',');
        assert_eq!(
            all,
            [
                cells(1, &["no", "name"]),
                cells(2, &["1", "two\r\nlines, \"quoted\""]),
                cells(6, &["2", "5\" pipe"]),
                cells(7, &["3", "c"]),
            ]
        );
        let (_, old) = read("a\r1\r2", Limits::default()).expect("records");
        assert_eq!(old, [cells(1, &["a"]), cells(2, &["1"]), cells(3, &["2"])]);
        assert_eq!(read("", Limits::default()).expect("nothing").1, []);
    }

    #[test]
    fn the_delimiter_is_found_in_the_heading_line() {
        let found = |text: &str| read(text, Limits::default()).map(|(delimiter, all)| (delimiter, all[0].1.len()));
        assert_eq!(found("Kundnr;Namn, fullt;Ort\n").expect("found"), (b';', 3));
        assert_eq!(found("a\tb\n").expect("found"), (b'\t', 2));
        assert_eq!(found("\n\n\"a,b,c\";d\n").expect("found"), (b';', 2));
        assert_eq!(found("alone\n").expect("found"), (b',', 1));
        let (_, all) = read("sep=;\r\na;b,c\r\n1;2\r\n", Limits::default()).expect("Excel's own first line");
        assert_eq!(all, [cells(2, &["a", "b,c"]), cells(3, &["1", "2"])]);
        assert_eq!(refusal("a,b;c\n", Limits::default()), "the heading line has as many ',' as ';'");
        assert_eq!(parse_delimiter("tab").expect("tab"), b'\t');
        assert_eq!(parse_delimiter("|").expect("bar"), b'|');
        assert!(parse_delimiter("\"").is_err() && parse_delimiter(";;").is_err() && parse_delimiter("å").is_err());
    }

    #[test]
    fn quotes_out_of_balance_are_refused_with_their_line() {
        let limits = Limits { record: 64, ..Limits::default() };
        assert_eq!(refusal("a,b\n1,2\n3,\"x\n4,5\n", limits), "the quote that opens on line 3 is never closed");
        let long = format!("a,b\n1,\"x\n{}\"\n", "2,3\n".repeat(100));
        assert_eq!(refusal(&long, limits), "the quote that opens on line 2 is never closed");
        assert_eq!(refusal("a,b\n1,\"5\" pipe\"\n", limits), "line 2 has a quote inside a quoted cell");
        assert_eq!(
            refusal("a,b\n1,\"x\n2,\"y\"\n", limits),
            "line 3 has a quote inside the quoted cell that opens on line 2"
        );
    }

    #[test]
    fn long_lines_and_many_columns_are_refused() {
        let limits = Limits { record: 64, columns: 10, ..Limits::default() };
        assert_eq!(refusal(&"x".repeat(100), limits), "line 1 is longer than 64 bytes");
        assert_eq!(refusal(&format!("a,b\n{}\n", ",".repeat(20)), limits), "line 2 has more than 10 cells");
    }
}
