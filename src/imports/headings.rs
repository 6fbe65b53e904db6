//! The headings of a file find the columns they mean, or are named.

use crate::error::{Error, Kind, Result};
use crate::imports::columns::{Column, Shape};
use crate::text::{fold, nearest, shown};

/// What the caller says about headings.
#[derive(Clone, Default, Debug)]
pub struct Mapping {
    /// `--map HEADING=COLUMN`; an empty column leaves the heading out.
    pub map: Vec<(String, String)>,
    /// `--set COLUMN=VALUE`: the same value in every row.
    pub set: Vec<(String, String)>,
    /// Whether a heading that means no column refuses the file.
    pub strict: bool,
    /// Whether `external_id` is made from other columns.
    pub derives_id: bool,
}

/// Where a column's value comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The cell at this place of the row.
    Cell(usize),
    /// The same value in every row.
    Set(String),
    /// Made from other columns.
    Derived,
}

/// The headings of one file with their meaning.
#[derive(Clone, Debug)]
pub struct Headings {
    written: Vec<String>,
    origins: Vec<(&'static str, Origin)>,
    ignored: Vec<String>,
}

impl Headings {
    /// Finds the column of every heading, and a source for every required column.
    pub fn find(shape: &Shape, written: &[String], mapping: &Mapping) -> Result<Self> {
        if let Some(heading) = written.iter().find(|heading| is_secret(heading)) {
            return Err(Error::new(
                Kind::Data,
                format!("column \"{}\" holds passwords, which no import takes", shown(heading)),
            )
            .tip("delete the column from the file; people choose a password when they are invited"));
        }
        let mut found = Self { written: written.to_vec(), origins: Vec::new(), ignored: Vec::new() };
        let mut settled = vec![false; written.len()];
        for (heading, column) in &mapping.map {
            let at = found.place(heading)?;
            settled[at] = true;
            if column.is_empty() {
                found.ignored.push(written[at].clone());
            } else {
                found.settle(named(shape, column, "map")?, Origin::Cell(at))?;
            }
        }
        for (column, value) in &mapping.set {
            found.settle(named(shape, column, "set")?, Origin::Set(value.clone()))?;
        }
        let explicit = found.origins.clone();
        for (at, heading) in written.iter().enumerate().filter(|(at, _)| !settled[*at]) {
            match meaning(shape, heading) {
                Some(column)
                    if !explicit
                        .iter()
                        .any(|(name, origin)| *name == column.name && matches!(origin, Origin::Cell(_))) =>
                {
                    found.settle(column, Origin::Cell(at))?;
                }
                None if heading.is_empty() => {}
                _ if mapping.strict => return Err(unknown(shape, heading)),
                _ => found.ignored.push(heading.clone()),
            }
        }
        if mapping.derives_id {
            found.settle(named(shape, "external_id", "derive-id")?, Origin::Derived)?;
        }
        found.origins.sort_by_key(|(name, _)| shape.names().position(|column| column == *name));
        found.complete(shape)?;
        Ok(found)
    }

    /// The headings as written.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// The headings that mean nothing here, for the summary.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// Each column with where its value comes from, in the order of the noun's table.
    pub fn origins(&self) -> &[(&'static str, Origin)] {
        &self.origins
    }

    /// Where the value of a column comes from.
    pub fn origin(&self, column: &str) -> Option<&Origin> {
        self.origins.iter().find(|(name, _)| *name == column).map(|(_, origin)| origin)
    }

    /// A column as the file calls it.
    pub fn called(&self, column: &str) -> String {
        match self.origin(column) {
            Some(Origin::Cell(at)) => shown(&self.written[*at]),
            Some(Origin::Set(_)) => format!("--set {column}"),
            Some(Origin::Derived) => "--derive-id".into(),
            None => column.to_owned(),
        }
    }

    /// The place of a heading, named as in the file or by the column it means.
    pub fn place(&self, name: &str) -> Result<usize> {
        let matching = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
            self.written.iter().enumerate().filter(|(_, heading)| test(heading)).map(|(at, _)| at).collect()
        };
        let exact = matching(&|heading| heading == name.trim());
        let places = if exact.is_empty() { matching(&|heading| plain(heading) == plain(name)) } else { exact };
        match (places.as_slice(), self.origin(name)) {
            ([one], _) => Ok(*one),
            ([], Some(Origin::Cell(at))) => Ok(*at),
            ([], _) => Err(Error::new(Kind::Usage, format!("the file has no heading '{}'", shown(name)))
                .tip(format!("it has: {}", list(&self.written)))),
            _ => Err(Error::new(Kind::Data, format!("the heading \"{}\" stands twice", shown(name)))
                .tip("give the columns different headings")),
        }
    }

    fn settle(&mut self, column: &'static Column, origin: Origin) -> Result<()> {
        if self.origin(column.name).is_some() {
            let earlier = self.called(column.name);
            self.origins.push((column.name, origin));
            let later = self.origins.pop().map(|(name, origin)| {
                Self { written: self.written.clone(), origins: vec![(name, origin)], ignored: Vec::new() }.called(name)
            });
            let later = later.unwrap_or_default();
            return Err(Error::new(Kind::Data, format!("\"{earlier}\" and \"{later}\" both mean {}", column.name))
                .tip(format!("--map \"{later}=\" leaves one of them out")));
        }
        self.origins.push((column.name, origin));
        Ok(())
    }

    fn complete(&self, shape: &Shape) -> Result<()> {
        let missing: Vec<&str> = shape
            .columns
            .iter()
            .filter(|column| column.required && self.origin(column.name).is_none())
            .map(|column| column.name)
            .collect();
        if let [first, ..] = missing.as_slice() {
            let example = self.ignored.first().map_or("HEADING", String::as_str);
            return Err(Error::new(Kind::Data, format!("the file has no column for {}", missing.join(", ")))
                .at(*first)
                .tip(format!(
                    "--map \"{}={first}\" names one; the file has: {}",
                    shown(example),
                    list(&self.written)
                )));
        }
        if shape.keys.iter().any(|key| self.origin(key).is_some()) {
            return Ok(());
        }
        let keys = shape.keys.join(" or ");
        let error = Error::new(
            Kind::Data,
            format!("the file has no {keys}, so a second run would make every {} again", shape.noun),
        );
        Err(error.tip("--derive-id COLUMN,COLUMN makes an external_id of the columns that tell rows apart"))
    }
}

/// A heading without case, accents, spaces and `_ - .`.
pub fn plain(heading: &str) -> String {
    fold(heading).chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | ':')).collect()
}

/// Reads one `HEADING=COLUMN` or `COLUMN=VALUE`; `flag` is the option that gave it.
///
/// A heading may hold `=` itself, a column cannot: a map is split at its last one, a constant at its first.
pub fn parse_pair(text: &str, flag: &str) -> Result<(String, String)> {
    let split = if flag == "set" { text.split_once('=') } else { text.rsplit_once('=') };
    match split.map(|(left, right)| (left.trim(), right.trim())) {
        Some((left, right)) if !left.is_empty() => Ok((left.into(), right.into())),
        _ => {
            let shape = if flag == "set" { "COLUMN=VALUE" } else { "HEADING=COLUMN" };
            Err(Error::new(Kind::Usage, format!("'{}' is not {shape}", shown(text))).at(flag))
        }
    }
}

/// Reads the lines `heading = column` of a map file; either side may stand in quotes, `#` begins a comment line.
pub fn parse_map_file(text: &str) -> Result<Vec<(String, String)>> {
    let unquoted = |side: &str| {
        side.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(side.trim()).to_owned()
    };
    text.trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map(|(at, line)| {
            let (heading, column) = parse_pair(line, "map-file")
                .map_err(|error| Error::new(Kind::Data, format!("line {} of the map: {error}", at + 1)))?;
            Ok((unquoted(&heading), unquoted(&column)))
        })
        .collect()
}

fn meaning(shape: &Shape, heading: &str) -> Option<&'static Column> {
    let heading = plain(heading);
    let means = |column: &&Column| column.aliases.iter().chain([&column.name]).any(|name| plain(name) == heading);
    shape.columns.iter().find(means)
}

fn named(shape: &Shape, column: &str, flag: &str) -> Result<&'static Column> {
    shape.column(&column.to_lowercase()).ok_or_else(|| {
        let error = Error::new(Kind::Usage, format!("a file of this kind has no column '{}'", shown(column))).at(flag);
        match nearest(column, shape.names()) {
            Some(near) => error.tip(format!("did you mean {near}?")),
            None => error.tip(format!("there are: {}", shape.names().collect::<Vec<_>>().join(" "))),
        }
    })
}

fn unknown(shape: &Shape, heading: &str) -> Error {
    let heading = shown(heading);
    let error = Error::new(Kind::Data, format!("the heading \"{heading}\" means no column of this kind of file"));
    match nearest(&heading, shape.names()) {
        Some(near) => error.tip(format!("did you mean {near}? --map \"{heading}={near}\"")),
        None => error.tip(format!("--map \"{heading}=COLUMN\" gives it a meaning, --map \"{heading}=\" leaves it out")),
    }
}

fn is_secret(heading: &str) -> bool {
    let heading = plain(heading);
    ["password", "losenord", "contrasena", "passphrase"].iter().any(|word| heading.contains(word))
        || ["pwd", "passwd", "pass", "losen", "clavedeacceso", "clavesecreta"].contains(&heading.as_str())
}

fn list(headings: &[String]) -> String {
    let named: Vec<String> = headings.iter().filter(|heading| !heading.is_empty()).take(40).map(|h| shown(h)).collect();
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let swedish =
            find(&CUSTOMER, &["KUND-NR.", "Namn", "E-post", "Säljare", ""], &Mapping::default()).expect("found");
        assert_eq!(swedish.origin("customer_no"), Some(&Origin::Cell(0)));
        assert_eq!(swedish.origin("email"), Some(&Origin::Cell(2)));
        assert_eq!(swedish.called("email"), "E-post");
        assert_eq!(swedish.ignored(), ["Säljare"]);
        let spanish = find(
            &OBJECT,
            &["Nº de cliente", "Número de equipo", "Nombre", "Fecha de Instalacion"],
            &Mapping::default(),
        );
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
        for heading in ["Password", "Portal-password", "LÖSENORD", "contraseña", "Pwd"] {
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
        let text = "# the old program\n\nKund nr = customer_no\n\"A=B\" = \"name\"\nx =\n";
        let pairs = parse_map_file(text).expect("pairs");
        let pair = |left: &str, right: &str| (left.to_owned(), right.to_owned());
        assert_eq!(pairs, [pair("Kund nr", "customer_no"), pair("A=B", "name"), pair("x", "")]);
        let error = parse_map_file("a=b\nno pair\n").expect_err("no pair");
        assert_eq!(error.message(), "line 2 of the map: 'no pair' is not HEADING=COLUMN");
        assert_eq!(parse_pair("note=a=b", "set").expect("a pair"), pair("note", "a=b"));
        assert!(parse_pair("=x", "map").is_err());
    }
}
