//! Whole files through the reader: excerpts of real exports, rejected rows and back, and bytes nobody thought of.

use crate::disk::Here;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, prop_assume, proptest};

use super::*;

use crate::imports::columns::{may, must};
use crate::imports::duplicates::Seen;
use crate::imports::pairs::parse_pair;
use crate::imports::rejects;
use crate::imports::shapes::{CONTACT, CUSTOMER, FACILITY, OBJECT, ORDER};
use crate::text::{Email, Line as Words, Number};

/// From the Northwind sample: commas outside quotes on the third row, `NULL` where there is nothing.
const NORTHWIND: &str = "\
customerID,companyName,contactName,contactTitle,address,city,region,postalCode,country,phone,fax
ALFKI,Alfreds Futterkiste,Maria Anders,Sales Representative,Obere Str. 57,Berlin,NULL,12209,Germany,030-0074321,030-0076545
ANTON,Antonio Moreno Taquería,Antonio Moreno,Owner,Mataderos  2312,México D.F.,NULL,05023,Mexico,(5) 555-3932,NULL
BLONP,Blondesddsl père et fils,Frédérique Citeaux,Marketing Manager,24, place Kléber,Strasbourg,NULL,67000,France,88.60.15.31,88.60.15.32
BERGS,Berglunds snabbköp,Christina Berglund,Order Administrator,Berguvsvägen  8,Luleå,NULL,S-958 22,Sweden,0921-12 34 65,0921-12 34 67
";

/// From a list of work orders of excavators: no order number, a row that stands twice, and one whose text was cut at
/// a comma, so that its columns are shifted.
const EXCAVATORS: &str = "\
BscStartDate,Asset,OriginalShorttext,PMType,Cost,RunningTime,MajorSystem,Part
2004-07-01,A,BUCKET WON'T OPEN,PM01,183.05,NA,Bucket,NA
2002-04-10,B,\"loose grease line on bucket ,\",PM01,0,6,Bucket,Grease System
2003-12-31,B,won,t swing,PM01,94.63,180,NA
2004-07-01,A,BUCKET WON'T OPEN,PM01,22611.06,NA,Bucket,NA
";

fn options(map: &[&str], set: &[&str]) -> Options {
    let pairs = |texts: &[&str], flag| texts.iter().map(|text| parse_pair(text, flag).expect("a pair")).collect();
    let mapping = Mapping { map: pairs(map, "map"), set: pairs(set, "set"), ..Mapping::default() };
    Options { mapping, ..Options::default() }
}

fn northwind() -> Options {
    options(&["customerID=customer_no"], &[])
}

fn excavators() -> Options {
    let map = ["BscStartDate=created_at", "Asset=object_no", "OriginalShorttext=title", "Cost=cost"];
    let mut options = options(&map, &["customer_no=1042"]);
    options.derive_id = ["BscStartDate", "object_no", "title"].map(String::from).to_vec();
    options
}

fn open(bytes: impl AsRef<[u8]>, shape: &Shape, options: Options) -> Result<Reader> {
    Reader::open(Box::new(std::io::Cursor::new(bytes.as_ref().to_vec())), shape, options)
}

fn rows(reader: &mut Reader) -> (Vec<Row>, Vec<(Record, Problem)>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for line in reader {
        match line.expect("a row") {
            Line::Good(row) => good.push(row),
            Line::Bad(record, problem) => bad.push((record, problem)),
        }
    }
    (good, bad)
}

#[test]
fn a_real_customer_file_imports_with_a_map() {
    let mut reader = open(NORTHWIND, &CUSTOMER, northwind()).expect("a reader");
    assert_eq!(reader.about(), "',', UTF-8");
    assert!(reader.headings().ignored().is_empty());
    let (good, bad) = rows(&mut reader);
    assert_eq!(good.len(), 3);
    let anton = &good[1];
    assert_eq!(anton.line(), 3);
    assert_eq!(anton.required("customer_no", Number::parse).expect("a number").as_str(), "ANTON");
    assert_eq!(anton.text("address"), Cell::Value("Mataderos  2312"));
    assert_eq!(anton.text("contact_title"), Cell::Value("Owner"));
    assert_eq!(anton.text("email"), Cell::Absent);
    assert_eq!(bad[0].1.to_string(), "line 4: 12 cells where the heading line has 11");
    assert_eq!(reader.tips(), ["4 cells hold 'NULL': --blank NULL reads them as blank"]);
}

#[test]
fn a_text_without_quotes_is_whole_again_when_the_caller_names_its_column() {
    let options = Options { join: Some("address".into()), ..northwind() };
    let (good, bad) = rows(&mut open(NORTHWIND, &CUSTOMER, options).expect("a reader"));
    assert!(bad.is_empty());
    assert_eq!(good[2].text("address"), Cell::Value("24, place Kléber"));
    assert_eq!(good[2].text("fax"), Cell::Value("88.60.15.32"));
    assert_eq!(good[0].text("address"), Cell::Value("Obere Str. 57"));
    let short = NORTHWIND.replace("ANTON,Antonio Moreno Taquería,", "ANTON,");
    let options = Options { join: Some("fax".into()), ..northwind() };
    let (_, bad) = rows(&mut open(short, &CUSTOMER, options).expect("a reader"));
    assert_eq!(bad[0].1.to_string(), "line 3: 10 cells where the heading line has 11");
}

#[test]
fn origins_stand_in_the_order_of_the_table() {
    let reader = open(EXCAVATORS, &ORDER, excavators()).expect("a reader");
    let names: Vec<_> = reader.headings().origins().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["customer_no", "title", "external_id", "object_no", "cost", "created_at"]);
    assert_eq!(reader.headings().called("title"), "OriginalShorttext");
}

#[test]
fn missing_values_are_blank_when_the_caller_says_so() {
    let mut options = northwind();
    options.rules.blanks.push("NULL".into());
    let mut reader = open(NORTHWIND, &CUSTOMER, options).expect("a reader");
    let (good, _) = rows(&mut reader);
    assert_eq!(good[1].text("fax"), Cell::Blank);
    assert!(reader.tips().is_empty());
}

#[test]
fn a_row_with_shifted_columns_is_rejected_by_what_it_says() {
    let (good, bad) = rows(&mut open(EXCAVATORS, &ORDER, excavators()).expect("a reader"));
    assert!(bad.is_empty());
    assert_eq!(good[0].amount("cost"), Ok(Cell::Value(18_305)));
    assert_eq!(good[0].text("customer_no"), Cell::Value("1042"));
    let refusal = good[2].amount("cost").expect_err("no cost");
    assert_eq!(
        refusal.to_string(),
        "line 4, column \"Cost\": 'PM01' is no cost: a number such as 12459.5 or 12 459,5 is due"
    );
    assert_eq!(refusal.code, "unacceptable");
    assert_eq!(
        good[3].moment("created_at").expect("a day").value().map(|at| at.to_string()).as_deref(),
        Some("2004-07-01T00:00:00Z")
    );
}

#[test]
fn rejected_rows_import_after_repair_under_the_same_ids() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = rejects::path_for(&folder.path().join("orders.csv"));
    assert!(path.ends_with("orders.csv.rejects.csv"));
    let mut reader = open(EXCAVATORS, &ORDER, excavators()).expect("a reader");
    let mut written = reader.rejects(path.clone());
    let (good, _) = rows(&mut reader);
    let ids: Vec<_> = good.iter().map(|row| row.text("external_id").value().expect("an id").to_owned()).collect();
    for row in &good[1..] {
        written.add(&Here::at("/"), row.record(), &row.problem("cost", "=no, \"cost\"")).expect("written");
    }
    assert_eq!(written.rows(), 3);
    assert!(!path.exists(), "it comes into being whole");
    assert_eq!(written.finish().expect("in place"), Some(path.clone()));

    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(text.starts_with("\u{feff}BscStartDate,Asset,OriginalShorttext,PMType,Cost,RunningTime,MajorSystem,Part,repetition,line,column,code,reason\r\n"));
    assert!(text.contains(",2,5,Cost,unacceptable,\"=no, \"\"cost\"\"\"\r\n"), "{text}");
    let mut same_options = excavators();
    same_options.encoding = Some("windows-1252".into());
    let mut again = open(&text, &ORDER, same_options).expect("a reader");
    assert_eq!(again.headings().written().len(), 8, "the added columns are known");
    assert!(!again.headings().ignored().iter().any(|heading| heading == "line"));
    let (repaired, bad) = rows(&mut again);
    assert!(bad.is_empty());
    assert_eq!(repaired[0].record().cells, good[1].record().cells);
    let same: Vec<_> = repaired.iter().map(|row| row.text("external_id").value().expect("an id")).collect();
    assert_eq!(same, ids[1..]);
}

#[test]
fn a_row_of_another_width_stays_so_until_it_is_repaired() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.csv");
    let mut bytes = NORTHWIND.as_bytes().to_vec();
    for _ in 0..2 {
        let mut reader = open(&bytes, &CUSTOMER, northwind()).expect("a reader");
        let mut written = reader.rejects(path.clone());
        let (_, bad) = rows(&mut reader);
        assert_eq!(bad.len(), 1);
        written.add(&Here::at("/"), &bad[0].0, &bad[0].1).expect("written");
        written.finish().expect("in place");
        bytes = std::fs::read(&path).expect("the file");
    }
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with(",88.60.15.32,2,,bad_data,16 cells where the heading line has 15\r\n"), "{text}");
    let repaired = text.replace("24, place", "\"24, place").replace("Kléber", "Kléber\"");
    let (good, bad) = rows(&mut open(&repaired, &CUSTOMER, northwind()).expect("a reader"));
    assert!(bad.is_empty());
    assert_eq!(good[0].text("address"), Cell::Value("24, place Kléber"));
    assert_eq!(good[0].text("fax"), Cell::Value("88.60.15.32"));
}

#[test]
fn without_rejected_rows_there_is_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let reader = open(NORTHWIND, &CUSTOMER, northwind()).expect("a reader");
    assert_eq!(reader.rejects(folder.path().join("r.csv")).finish().expect("nothing"), None);
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    let mut nowhere = reader.rejects(folder.path().join("missing/r.csv"));
    let record = Record { line: 2, cells: vec!["1".into()], repetition: None };
    let error = nowhere.add(&Here::at("/"), &record, &Problem::of_row(2, "why")).expect_err("no folder");
    assert_eq!(error.kind(), Kind::CannotWrite);
}

#[test]
fn values_are_refused_with_line_column_value_and_reason() {
    let text = "\u{feff}Kundnr;Namn;E-post;Språk\r\n1042;\"Brf\r\nFröjden\";info@åkes;xx\r\n1043;;!clear;\r\n";
    let (good, _) = rows(&mut open(text, &CUSTOMER, Options::default()).expect("a reader"));
    let refusal = good[0].parse("email", Email::parse).expect_err("no dot");
    assert_eq!(refusal.to_string(), "line 2, column \"E-post\": 'info@åkes' has no dot after the @");
    assert!(good[0].required("name", Words::parse).is_err());
    let refusal = good[0].parse("lang", str::parse::<crate::text::Lang>).expect_err("no language");
    assert_eq!(refusal.tip.as_deref(), Some("there are: en sv es"));
    assert_eq!(good[1].line(), 4);
    assert_eq!(
        good[1].required("name", Words::parse).expect_err("blank").to_string(),
        "line 4, column \"Namn\": the row has no name"
    );
    assert_eq!(good[1].parse("email", Email::parse), Ok(Cell::Clear));
    assert_eq!(good[1].required("email", Email::parse).expect_err("clear").reason, "email cannot be emptied");
    let gone = good[1].refuse("customer_no", &Error::not_found("customer", "1043"));
    assert_eq!((gone.code, gone.reason.as_str()), ("not_found", "customer '1043' does not exist"));
}

#[test]
fn flags_and_lists_are_read() {
    const PERSON: Shape = Shape {
        noun: "person",
        columns: &[must("name", &[]), may("roles", &[]), may("invite", &[])],
        keys: &["name"],
        halves: None,
    };
    let text = "name,roles,invite\nA,drift; ekonomi;,Sí\nB,,maybe\n";
    let (good, _) = rows(&mut open(text, &PERSON, Options::default()).expect("a reader"));
    assert_eq!(good[0].list("roles"), Cell::Value(vec!["drift", "ekonomi"]));
    assert_eq!(good[0].flag("invite"), Ok(Cell::Value(true)));
    assert_eq!(good[1].list("roles"), Cell::Blank);
    assert_eq!(good[1].flag("invite").expect_err("maybe").reason, "'maybe' is neither yes nor no");
}

#[test]
fn the_same_key_names_the_first_line() {
    let text = "customer_no,name\n1042,A\n1043,B\n1042,C\n";
    let (good, _) = rows(&mut open(text, &CUSTOMER, Options::default()).expect("a reader"));
    let mut seen = Seen::new();
    let found: Vec<_> = good
        .iter()
        .filter_map(|row| seen.check(row, "customer_no", &[row.text("customer_no").value()?]).err())
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].to_string(), "line 4, column \"customer_no\": '1042' is the same as on line 2");
    assert_eq!(found[0].code, "conflict");
}

#[test]
fn an_error_of_the_file_ends_the_rows() {
    let mut reader = open(b"customer_no,name\n1,A\n2,\"B\n", &CUSTOMER, Options::default()).expect("a reader");
    assert!(matches!(reader.next(), Some(Ok(Line::Good(_)))));
    assert!(reader.next().is_some_and(|line| line.is_err()));
    assert!(reader.next().is_none());
    let mut options = excavators();
    options.derive_id = vec!["Ordernr".into()];
    let error = open(EXCAVATORS, &ORDER, options).err().expect("no such heading");
    assert_eq!(error.message(), "the file has no heading 'Ordernr'");
}

#[test]
fn a_row_without_anything_to_derive_an_id_from_is_rejected() {
    let text = EXCAVATORS.replace("2002-04-10,B,\"loose grease line on bucket ,\"", ",,");
    let (_, bad) = rows(&mut open(text, &ORDER, excavators()).expect("a reader"));
    assert_eq!(bad[0].1.to_string(), "line 3: every column of --derive-id is blank, so the row has no id");
}

fn drain(bytes: &[u8], shape: &Shape, options: Options) {
    let Ok(reader) = open(bytes, shape, options) else { return };
    for line in reader.take(10_000) {
        let Ok(Line::Good(row)) = line else { continue };
        for column in shape.names() {
            let _ = (row.amount(column), row.date(column), row.moment(column), row.flag(column), row.list(column));
            let _ = row.parse(column, Email::parse);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_bring_the_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..400), label in 0..4_usize) {
        let encoding = [None, Some("windows-1252"), Some("utf-16le"), Some("shift_jis")][label].map(String::from);
        let options = Options { encoding, ..Options::default() };
        for shape in [CUSTOMER, CONTACT, FACILITY, OBJECT, ORDER] {
            drain(&bytes, &shape, options.clone());
        }
    }

    #[test]
    fn no_cells_bring_the_reader_down(body in "[-a-z0-9,;\"'\n\r\t. åé=+@!{}:/NULT\u{a0}]{0,200}") {
        drain(format!("customer_no,name,email,fax\n{body}").as_bytes(), &CUSTOMER, Options::default());
        drain(format!("{{\"customer_no\":\"{body}\"}}\n{body}").as_bytes(), &CUSTOMER, options(&[], &["name=x"]));
    }

    #[test]
    fn what_is_rejected_reads_back_unchanged(
        cells in proptest::collection::vec("[^\u{0}\u{feff}]{0,20}", 3),
        delimiter in 0..3_usize,
    ) {
        prop_assume!(!cells.iter().all(|cell| cell.trim().is_empty()));
        let delimiter = [b',', b';', b'\t'][delimiter];
        let headings = ["customer_no", "name", "note"].map(String::from).to_vec();
        let folder = tempfile::tempdir().expect("a folder");
        let mut written = Rejects::new(folder.path().join("r.csv"), headings, delimiter, false);
        let record = Record { line: 2, cells, repetition: None };
        written.add(&Here::at("/"), &record, &Problem::of_row(2, "a, b; \"c\"\n")).expect("written");
        let path = written.finish().expect("in place").expect("a file");
        let mut reader = open(std::fs::read(path).expect("the file"), &CUSTOMER, Options::default()).expect("a reader");
        let (good, bad) = rows(&mut reader);
        prop_assert!(bad.is_empty());
        prop_assert_eq!(&good[0].record().cells, &record.cells);
    }
}
