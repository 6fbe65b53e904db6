//! Headings in three languages, maps, and what is refused.

use super::*;
use crate::imports::pairs::{parse_map_file, parse_pair};
use crate::imports::shapes::{CONTACT, CUSTOMER, OBJECT, ORDER};

fn find(shape: &Shape, headings: &[&str], mapping: &Mapping) -> Result<Headings> {
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    Headings::find(shape, &headings, mapping)
}

fn map(pairs: &[&str]) -> Mapping {
    let map = pairs.iter().map(|pair| parse_pair(pair, "map").expect("a pair")).collect();
    Mapping { map, ..Mapping::default() }
}

fn refusal(shape: &Shape, headings: &[&str], mapping: &Mapping) -> (Kind, String, String) {
    let error = find(shape, headings, mapping).expect_err("a refusal");
    (error.kind(), error.message().into(), error.tip_text().unwrap_or_default().into())
}

#[test]
fn headings_are_known_in_three_languages() {
    let swedish = find(&CUSTOMER, &["KUND-NR.", "Namn", "E-post", "Säljare", ""], &Mapping::default()).expect("found");
    assert_eq!(swedish.origin("customer_no"), Some(&Origin::Cell(0)));
    assert_eq!(swedish.origin("email"), Some(&Origin::Cell(2)));
    assert_eq!(swedish.called("email"), "E-post");
    assert_eq!(swedish.ignored(), ["Säljare"]);
    let spanish =
        find(&OBJECT, &["Nº de cliente", "Número de equipo", "Nombre", "Fecha de Instalacion"], &Mapping::default());
    assert_eq!(spanish.expect("found").origin("installed_on"), Some(&Origin::Cell(3)));
}

#[test]
fn a_map_gives_a_meaning_and_wins_over_names() {
    let headings = ["customerID", "companyName", "contactName", "phone", "Name"];
    let found = find(&CUSTOMER, &headings, &map(&["CustomerID=customer_no", "companyName=name"])).expect("found");
    assert_eq!(found.origin("customer_no"), Some(&Origin::Cell(0)));
    assert_eq!(found.origin("name"), Some(&Origin::Cell(1)));
    assert_eq!(found.ignored(), ["Name"]);
    let twice = find(&ORDER, &["Text", "no"], &map(&["Text=title", "Text=description", "no=order_no"]));
    assert_eq!(twice.expect_err("no customer").message(), "the file has no column for customer_no");
}

#[test]
fn a_map_that_does_not_fit_is_refused() {
    let (kind, message, tip) = refusal(&CUSTOMER, &["Nr", "Namn"], &map(&["Kund nr=customer_no"]));
    assert_eq!((kind, message.as_str()), (Kind::Usage, "the file has no heading 'Kund nr'"));
    assert_eq!(tip, "it has: Nr, Namn");
    let (kind, message, tip) = refusal(&CUSTOMER, &["Nr", "Namn"], &map(&["Nr=custmer_no"]));
    assert_eq!((kind, message.as_str()), (Kind::Usage, "a file of this kind has no column 'custmer_no'"));
    assert_eq!(tip, "did you mean customer_no?");
    assert_eq!(refusal(&CUSTOMER, &["Nr", "Nr"], &map(&["Nr=customer_no"])).1, "the heading \"Nr\" stands twice");
}

#[test]
fn missing_and_doubled_columns_are_named() {
    let (kind, message, tip) = refusal(&CUSTOMER, &["Kund", "Säljare"], &Mapping::default());
    assert_eq!((kind, message.as_str()), (Kind::Data, "the file has no column for customer_no"));
    assert_eq!(tip, "--map \"Säljare=customer_no\" names one; the file has: Kund, Säljare");
    let (_, message, tip) = refusal(&CUSTOMER, &["Kundnr", "Namn", "Customer number"], &Mapping::default());
    assert_eq!(message, "\"Kundnr\" and \"Customer number\" both mean customer_no");
    assert_eq!(tip, "--map \"Customer number=\" leaves one of them out");
    let without = map(&["Customer number="]);
    assert!(find(&CUSTOMER, &["Kundnr", "Namn", "Customer number"], &without).is_ok());
    let set = Mapping { set: vec![("name".into(), "X".into())], ..Mapping::default() };
    assert_eq!(refusal(&CUSTOMER, &["Kundnr", "Namn"], &set).1, "\"--set name\" and \"Namn\" both mean name");
}

#[test]
fn strict_refuses_what_it_does_not_know() {
    let strict = Mapping { strict: true, ..Mapping::default() };
    let (_, message, tip) = refusal(&CUSTOMER, &["Kundnr", "Namn", "Cuntry"], &strict);
    assert_eq!(message, "the heading \"Cuntry\" means no column of this kind of file");
    assert_eq!(tip, "did you mean country? --map \"Cuntry=country\"");
    let left_out = Mapping { map: vec![("Cuntry".into(), String::new())], ..strict };
    assert!(find(&CUSTOMER, &["Kundnr", "Namn", "Cuntry"], &left_out).is_ok());
}

#[test]
fn passwords_never_come_in() {
    for heading in ["Password", "Portal-password", "LÖSENORD", "contraseña", "Pwd", "Passwort", "Nytt lösenord"] {
        let (kind, message, _) = refusal(&CUSTOMER, &["Kundnr", "Namn", heading], &Mapping::default());
        assert_eq!(kind, Kind::Data);
        assert_eq!(message, format!("column \"{heading}\" holds passwords, which no import takes"));
    }
}

#[test]
fn a_file_without_a_key_is_told_so() {
    let set = Mapping { set: vec![("customer_no".into(), "1".into())], ..Mapping::default() };
    let (kind, message, tip) = refusal(&ORDER, &["Title"], &set);
    assert_eq!(kind, Kind::Data);
    assert_eq!(message, "the file has no order_no or external_id, so a second run would make every order again");
    assert!(tip.starts_with("--derive-id"));
    let derived = Mapping { derives_id: true, ..set };
    assert_eq!(find(&ORDER, &["Title"], &derived).expect("found").origin("external_id"), Some(&Origin::Derived));
    assert_eq!(
        refusal(&ORDER, &["Title", "external_id"], &derived).1,
        "\"external_id\" and \"--derive-id\" both mean external_id"
    );
    assert!(refusal(&CONTACT, &["Kundnr", "Namn"], &Mapping::default()).1.contains("email or external_id"));
}

#[test]
fn map_files_are_lines() {
    let text = "# the old program\n\nKund nr = customer_no\n\"A=B\" = \"name\"\nx =\nPhone#2 = fax\n";
    let pairs = parse_map_file(text).expect("pairs");
    let pair = |left: &str, right: &str| (left.to_owned(), right.to_owned());
    assert_eq!(pairs, [pair("Kund nr", "customer_no"), pair("A=B", "name"), pair("x", ""), pair("Phone#2", "fax")]);
    let error = parse_map_file("a=b\nno pair\n").expect_err("no pair");
    assert_eq!(error.message(), "line 2 of the map: 'no pair' is not HEADING=COLUMN");
    assert_eq!(parse_pair("note=a=b", "set").expect("a pair"), pair("note", "a=b"));
    assert!(parse_pair("=x", "map").is_err());
}

#[test]
fn headings_that_stand_several_times_have_numbers() {
    let headings = ["Kundnr", "Namn", "Phone", "Phone", ""];
    let (_, message, tip) = refusal(&CUSTOMER, &headings, &Mapping::default());
    assert_eq!(message, "\"Phone#1\" and \"Phone#2\" both mean phone");
    assert_eq!(tip, "--map \"Phone#2=\" leaves one of them out");
    let found = find(&CUSTOMER, &headings, &map(&["Phone#2=fax"])).expect("found");
    assert_eq!((found.origin("phone"), found.origin("fax")), (Some(&Origin::Cell(2)), Some(&Origin::Cell(3))));
    assert_eq!(found.called("fax"), "Phone#2");
    let (kind, message, tip) = refusal(&CUSTOMER, &headings, &map(&["phone=fax"]));
    assert_eq!((kind, message.as_str()), (Kind::Data, "the heading \"phone\" stands twice"));
    assert_eq!(tip, "name one of them: \"Phone#1\" or \"Phone#2\"");
    let by_place = find(&CUSTOMER, &headings, &map(&["Phone#2=", "#5=note"])).expect("found");
    assert_eq!(by_place.origin("note"), Some(&Origin::Cell(4)));
    assert_eq!(by_place.ignored(), ["Phone#2"]);
    assert!(find(&CUSTOMER, &headings, &map(&["#6=note"])).is_err());
}

#[test]
fn a_first_and_a_last_name_are_one_name() {
    for headings in [["Kundnr", "Förnamn", "Efternamn", "E-post"], ["No cliente", "Nombre", "Apellidos", "Correo"]] {
        let found = find(&CONTACT, &headings, &Mapping::default()).expect("found");
        let text = format!("{{{}}} {{{}}}", headings[1], headings[2]);
        assert_eq!(found.origin("name"), Some(&Origin::Set(text.clone())));
        assert_eq!((found.called("name"), found.ignored().len()), (text, 0));
        assert!(find(&CONTACT, &headings, &Mapping { strict: true, ..Mapping::default() }).is_ok());
    }
    let whole = ["Kundnr", "Full name", "First name", "Last name", "E-post"];
    let found = find(&CONTACT, &whole, &Mapping::default()).expect("found");
    assert_eq!((found.origin("name"), found.ignored().len()), (Some(&Origin::Cell(1)), 2));
    let alone = ["Kundnr", "First name", "E-post"];
    let (_, message, tip) = refusal(&CONTACT, &alone, &Mapping::default());
    assert_eq!(message, "the file has no column for name");
    assert!(tip.contains("--set \"name={HEADING} {HEADING}\" makes one of two"), "{tip}");
}

#[test]
fn a_template_names_headings_of_the_file() {
    let set = |text: &str| Mapping { set: vec![parse_pair(text, "set").expect("a pair")], ..Mapping::default() };
    let found = find(&CUSTOMER, &["Kundnr", "Firma", "Zusatz"], &set("name={firma} {Zusatz}")).expect("found");
    assert_eq!((found.called("name"), found.ignored().len()), ("--set name".into(), 0));
    let (kind, message, _) = refusal(&CUSTOMER, &["Kundnr", "Firma"], &set("name={Frima}"));
    assert_eq!((kind, message.as_str()), (Kind::Usage, "the file has no heading 'Frima'"));
    assert_eq!(refusal(&CUSTOMER, &["Kundnr", "Firma"], &set("name={Firma")).0, Kind::Usage);
    let plain = find(&CUSTOMER, &["Kundnr", "Firma"], &set("name={{x}}")).expect("found");
    assert_eq!(plain.origin("name"), Some(&Origin::Set("{x}".into())));
}

#[test]
fn a_mailbox_is_name_and_address() {
    let found = find(&CONTACT, &["Kundnr", "Mottagare"], &Mapping::default()).expect("found");
    assert_eq!((found.called("name"), found.called("email")), ("Mottagare".into(), "Mottagare".into()));
    let named = find(&CONTACT, &["Kundnr", "Namn", "Mottagare"], &Mapping::default()).expect("found");
    assert_eq!(named.origin("name"), Some(&Origin::Cell(1)));
}
