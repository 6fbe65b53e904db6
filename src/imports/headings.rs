//! The headings of a file find the columns they mean, or are named.

use crate::error::{Error, Kind, Result};
use crate::imports::columns::{Column, MAILBOX, Shape};
use crate::imports::recipes::{self, Recipe, Template};
use crate::text::{fold, nearest, shown};

/// What the caller says about headings.
#[derive(Clone, Default, Debug)]
pub struct Mapping {
    /// `--map HEADING=COLUMN`; an empty column leaves the heading out.
    pub map: Vec<(String, String)>,
    /// `--set COLUMN=VALUE`: the same value in every row.
    pub set: Vec<(String, String)>,
    /// `--one-line`: headings or columns in whose cells line breaks mean nothing.
    pub one_line: Vec<String>,
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
#[derive(Clone, Debug, Default)]
pub struct Headings {
    written: Vec<String>,
    origins: Vec<(&'static str, Origin)>,
    ignored: Vec<String>,
    recipes: Vec<(&'static str, Recipe)>,
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
        let mut found = Self { written: numbered(written), ..Self::default() };
        let mut settled = vec![false; written.len()];
        let mut left_out = vec![false; written.len()];
        for (heading, column) in &mapping.map {
            let at = found.place(heading)?;
            settled[at] = true;
            if column.is_empty() {
                left_out[at] = true;
            } else {
                found.settle(named(shape, column, "map")?, Origin::Cell(at))?;
            }
        }
        let mut used = vec![false; written.len()];
        for (column, value) in &mapping.set {
            let column = named(shape, column, "set")?;
            let text = match recipes::template(value, |heading| found.place(heading))? {
                Template::Text(text) => text,
                Template::Made(recipe) => {
                    recipe.places().for_each(|at| used[at] = true);
                    found.recipes.push((column.name, recipe));
                    value.clone()
                }
            };
            found.settle(column, Origin::Set(text))?;
        }
        found.join_halves(shape, written, &mut settled)?;
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
                None if heading.is_empty() || used[at] => {}
                _ if mapping.strict => return Err(unknown(shape, &found.written[at])),
                _ => left_out[at] = true,
            }
        }
        let names = found.written.iter().zip(&left_out).filter(|(_, left_out)| **left_out);
        found.ignored = names.map(|(name, _)| name.clone()).collect();
        if mapping.derives_id {
            found.settle(named(shape, "external_id", "derive-id")?, Origin::Derived)?;
        }
        found.open_mailboxes(shape)?;
        found.fold_lines(&mapping.one_line)?;
        found.origins.sort_by_key(|(name, _)| shape.names().position(|column| column == *name));
        found.complete(shape)?;
        Ok(found)
    }

    /// How many of these headings mean something here: what looks like a heading line has several.
    pub(super) fn known(shape: &Shape, written: &[String], mapping: &Mapping) -> usize {
        let mapped = |heading: &str| mapping.map.iter().any(|(name, _)| plain(name) == plain(heading));
        written.iter().filter(|heading| mapped(heading) || meaning(shape, heading).is_some()).count()
    }

    /// The headings as written; those that stand several times have their number after them: `Phone#2`.
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

    /// What is made of several cells, or of a part of one.
    pub(super) fn recipes(&self) -> &[(&'static str, Recipe)] {
        &self.recipes
    }

    /// A column as the file calls it.
    pub fn called(&self, column: &str) -> String {
        match self.origin(column) {
            Some(Origin::Cell(at)) => shown(&self.written[*at]),
            Some(Origin::Set(text)) => match self.recipes.iter().find(|(name, _)| *name == column) {
                Some((_, Recipe::NameOf(at) | Recipe::AddressOf(at) | Recipe::OneLine(at))) => {
                    shown(&self.written[*at])
                }
                Some((_, recipe)) if recipe.is_of_headings() => shown(text),
                _ => format!("--set {column}"),
            },
            Some(Origin::Derived) => "--derive-id".into(),
            None => column.to_owned(),
        }
    }

    /// The place of a heading, named as in the file, by the column it means, or as the third column: `#3`.
    pub fn place(&self, name: &str) -> Result<usize> {
        let matching = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
            self.written.iter().enumerate().filter(|(_, heading)| test(heading)).map(|(at, _)| at).collect()
        };
        let exact = matching(&|heading| heading == name.trim());
        let places = if exact.is_empty() { matching(&|heading| plain(heading) == plain(name)) } else { exact };
        match (places.as_slice(), self.origin(name)) {
            ([one], _) => Ok(*one),
            ([], Some(Origin::Cell(at))) => Ok(*at),
            ([], _) => self.numbered_place(name),
            _ => Err(several(name, places.iter().map(|at| self.written[*at].as_str()))),
        }
    }

    /// What is named by a number: the third column, or one of several with the same heading.
    fn numbered_place(&self, name: &str) -> Result<usize> {
        let by_number = name.trim().strip_prefix('#').and_then(|digits| digits.parse::<usize>().ok());
        if let Some(at) = by_number.filter(|number| (1..=self.written.len()).contains(number)) {
            return Ok(at - 1);
        }
        let same = |heading: &&String| heading.rsplit_once('#').is_some_and(|(base, _)| plain(base) == plain(name));
        let candidates: Vec<_> = self.written.iter().filter(same).map(String::as_str).collect();
        if candidates.is_empty() {
            return Err(Error::new(Kind::Usage, format!("the file has no heading '{}'", shown(name)))
                .tip(format!("it has: {}", list(&self.written))));
        }
        Err(several(name, candidates.into_iter()))
    }

    fn settle(&mut self, column: &'static Column, origin: Origin) -> Result<()> {
        if self.origin(column.name).is_some() {
            let earlier = self.called(column.name);
            self.origins.push((column.name, origin));
            let later = self.origins.pop().map(|(name, origin)| {
                Self { written: self.written.clone(), origins: vec![(name, origin)], ..Self::default() }.called(name)
            });
            let later = later.unwrap_or_default();
            return Err(Error::new(Kind::Data, format!("\"{earlier}\" and \"{later}\" both mean {}", column.name))
                .tip(format!("--map \"{later}=\" leaves one of them out")));
        }
        self.origins.push((column.name, origin));
        Ok(())
    }

    /// Joins a first and a last name, where the file has both and nothing says otherwise.
    fn join_halves(&mut self, shape: &Shape, written: &[String], settled: &mut [bool]) -> Result<()> {
        let Some(halves) = &shape.halves else { return Ok(()) };
        let place = |names: &[&str]| {
            let is_one = |heading: &String| names.iter().any(|name| plain(name) == plain(heading));
            let mut all = written.iter().enumerate().filter(|(at, heading)| !settled[*at] && is_one(heading));
            all.next().map(|(at, _)| at).filter(|_| all.next().is_none())
        };
        let (Some(first), Some(last)) = (place(halves.first), place(halves.last)) else { return Ok(()) };
        let whole = |(at, heading): (usize, &String)| {
            at != first && !settled[at] && meaning(shape, heading).is_some_and(|column| column.name == halves.column)
        };
        if self.origin(halves.column).is_some() || written.iter().enumerate().any(whole) {
            return Ok(());
        }
        let text = format!("{{{}}} {{{}}}", self.written[first], self.written[last]);
        (settled[first], settled[last]) = (true, true);
        self.recipes.push((halves.column, Recipe::both(first, last)));
        self.settle(named(shape, halves.column, "map")?, Origin::Set(text))
    }

    /// Takes name and address from a column such as `Eva Lind <eva@brf.example>`, where no other column has them.
    fn open_mailboxes(&mut self, shape: &Shape) -> Result<()> {
        let Some(Origin::Cell(at)) = self.origin(MAILBOX).cloned() else { return Ok(()) };
        for (column, recipe) in [("name", Recipe::NameOf(at)), ("email", Recipe::AddressOf(at))] {
            if self.origin(column).is_none() {
                self.recipes.push((column, recipe));
                self.settle(named(shape, column, "map")?, Origin::Set(format!("{{{}}}", self.written[at])))?;
            }
        }
        Ok(())
    }

    /// Lets line breaks in the cells under these headings mean nothing.
    fn fold_lines(&mut self, names: &[String]) -> Result<()> {
        for name in names {
            let at = self.place(name)?;
            for (column, origin) in self.origins.iter_mut().filter(|(_, origin)| *origin == Origin::Cell(at)) {
                *origin = Origin::Set(format!("{{{}}}", self.written[at]));
                self.recipes.push((column, Recipe::OneLine(at)));
            }
        }
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
            let joined = match &shape.halves {
                Some(halves) if missing.contains(&halves.column) => {
                    format!("; --set \"{}={{HEADING}} {{HEADING}}\" makes one of two", halves.column)
                }
                _ => String::new(),
            };
            return Err(Error::new(Kind::Data, format!("the file has no column for {}", missing.join(", ")))
                .at(*first)
                .tip(format!(
                    "--map \"{}={first}\" names one{joined}; the file has: {}",
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
    ["password", "passwort", "losenord", "contrasena", "passphrase", "passwd", "motdepasse", "kennwort"]
        .iter()
        .any(|word| heading.contains(word))
        || ["pwd", "pass", "losen", "userpwd", "clavedeacceso", "clavesecreta"].contains(&heading.as_str())
}

/// Headings that stand several times get their number among their like.
fn numbered(written: &[String]) -> Vec<String> {
    let alike = |heading: &String, among: &[String]| among.iter().filter(|other| *other == heading).count();
    let number = |(at, heading): (usize, &String)| match alike(heading, written) {
        2.. if !heading.is_empty() => format!("{heading}#{}", alike(heading, &written[..=at])),
        _ => heading.clone(),
    };
    written.iter().enumerate().map(number).collect()
}

fn several<'a>(name: &str, candidates: impl ExactSizeIterator<Item = &'a str>) -> Error {
    let count = if candidates.len() == 2 { "twice".to_owned() } else { format!("{} times", candidates.len()) };
    let candidates: Vec<_> = candidates.map(|name| format!("\"{}\"", shown(name))).collect();
    Error::new(Kind::Data, format!("the heading \"{}\" stands {count}", shown(name)))
        .tip(format!("name one of them: {}", candidates.join(" or ")))
}

fn list(headings: &[String]) -> String {
    let named: Vec<String> = headings.iter().filter(|heading| !heading.is_empty()).take(40).map(|h| shown(h)).collect();
    named.join(", ")
}

#[cfg(test)]
mod tests;
