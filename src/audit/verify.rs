//! Whether the chain holds: every line is looked at, one after the other, and those that do not fit are named.

use serde::Serialize;

use crate::access::{Actor, Need, Right};
use crate::db::{BROKEN, EVERY_LINE, Head, Link, Tx, named};
use crate::error::Result;
use crate::secret::Key;

/// How many findings are told one by one.
const TOLD: usize = 10;

/// So many hashes of lines at the wrong place are kept, to find what follows them.
const KEPT: usize = 64;

/// What is wrong with a line or with the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It does not say what it said when it was written, or its seal or hash is another.
    Changed,
    /// There is no line with this number, or with these.
    Missing,
    /// The program did not write it.
    PutIn,
    /// It was written at another place of the chain.
    Order,
    /// The lines from before the chain are not what they were when it began.
    Old,
    /// The head does not fit the lines, or this key.
    Head,
    /// When this line was written, the head was not one that this key had sealed.
    Broken,
    /// No line up to this one fits the key file.
    Key,
    /// The noted line is not there, or has another hash.
    Noted,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// What.
    pub fault: Fault,
    /// The number of the line, where it is about one.
    pub id: Option<i64>,
    /// The number of the last line, where it is about several.
    pub to: Option<i64>,
    /// When, as the line has it now; like the next two, only where the line is one of the asker's own group.
    pub at: Option<String>,
    /// Who, as the line has it now.
    pub actor: Option<String>,
    /// What was done, as the line has it now.
    pub action: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verdict {
    /// The end of the chain, to be noted elsewhere: the hash of its last line, and its number.
    pub head: Option<String>,
    /// How many lines the chain has.
    pub lines: i64,
    /// How many lines there are from before the chain began.
    pub old_lines: i64,
    /// The time of the first line.
    pub first: Option<String>,
    /// The time of the last line.
    pub last: Option<String>,
    /// How many things are wrong.
    pub wrong: usize,
    /// The first of them.
    pub findings: Vec<Finding>,
}

/// A line that was noted: its hash, and its number if that was noted too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Noted {
    hash: String,
    id: Option<i64>,
}

impl std::str::FromStr for Noted {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (hash, id) = text.split_once('@').map_or((text, None), |(hash, id)| (hash, Some(id)));
        let id = id.map(str::parse).transpose().map_err(|_| "what stands behind @ is not the number of a line")?;
        if hash.len() != 43 || !hash.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
            return Err("a hash of the audit has 43 letters, digits, - and _".into());
        }
        Ok(Self { hash: hash.into(), id })
    }
}

/// Walks along the whole chain, over every group. Of other groups' lines only the numbers are told.
pub fn verify(tx: &Tx, noted: Option<&Noted>) -> Result<Verdict> {
    tx.actor().require(Need::right(Right::Audit))?;
    let own = match tx.actor() {
        Actor::Owner { .. } => None,
        other => Some(other.group().map(|group| group.0)),
    };
    let Some(head) = Head::read(tx)? else {
        let mut verdict = Verdict::default();
        verdict.find(Finding::whole(Fault::Head));
        return Ok(verdict);
    };
    let mut walk = Walk::new(tx.key(), head, own, noted);
    let mut held: Option<Link> = None;
    tx.each_open(&EVERY_LINE, named! {}, Link::of, |link| {
        if let Some(before) = held.take() {
            walk.step(&before, Some(&link));
        }
        held = Some(link);
        Ok(())
    })?;
    if let Some(last) = held {
        walk.step(&last, None);
    }
    Ok(walk.end())
}

impl Verdict {
    fn find(&mut self, finding: Finding) {
        self.wrong += 1;
        if self.findings.len() < TOLD {
            self.findings.push(finding);
        }
    }
}

impl Finding {
    fn whole(fault: Fault) -> Self {
        Self { fault, id: None, to: None, at: None, actor: None, action: None }
    }

    fn lines(fault: Fault, from: i64, to: i64) -> Self {
        Self { id: Some(from), to: Some(to).filter(|to| *to != from), ..Self::whole(fault) }
    }
}

struct Walk<'a> {
    key: &'a Key,
    head: Head,
    /// The group whose lines are told; `None` tells all.
    own: Option<Option<i64>>,
    noted: Option<&'a Noted>,
    is_noted_there: bool,
    old_hash: String,
    /// The number of the line before.
    last: i64,
    last_hash: String,
    /// The hashes that the next line may hang on: that of the line before, and of those at a wrong place before it.
    hooks: Vec<String>,
    /// Whether one of them must be it: what follows a line that is gone has nothing to be held against.
    is_hooked: bool,
    /// The first line that this key sealed.
    first_sealed: Option<i64>,
    /// Lines of which it is not yet known whether they were changed or put in.
    unclear: usize,
    missing: bool,
    /// Whether the chain goes on behind its head.
    goes_on: bool,
    verdict: Verdict,
}

impl<'a> Walk<'a> {
    fn new(key: &'a Key, head: Head, own: Option<Option<i64>>, noted: Option<&'a Noted>) -> Self {
        Self {
            key,
            own,
            noted,
            is_noted_there: noted.is_none(),
            old_hash: String::new(),
            last: head.old_last,
            last_hash: head.old_hash.clone(),
            hooks: vec![head.old_hash.clone()],
            is_hooked: true,
            first_sealed: None,
            unclear: 0,
            missing: false,
            goes_on: false,
            verdict: Verdict::default(),
            head,
        }
    }

    fn step(&mut self, link: &Link, next: Option<&Link>) {
        let at = Some(link.told.at().to_owned());
        if self.verdict.first.is_none() {
            self.verdict.first.clone_from(&at);
        }
        self.verdict.last = at;
        if self.noted.is_some_and(|noted| noted.hash == link.hash.text() && noted.id.is_none_or(|id| id == link.id)) {
            self.is_noted_there = true;
        }
        if link.id <= self.head.old_last {
            self.verdict.old_lines += 1;
            self.old_hash = link.old_after(self.key, &self.old_hash);
            if self.head.old_lines == 0 {
                self.tell(Fault::PutIn, link);
            }
            return;
        }
        self.verdict.lines += 1;
        if link.id <= self.head.last {
            self.chained(link, next);
        } else {
            self.behind(link);
        }
    }

    /// A line behind the head: either that was put back, or somebody put the line in.
    fn behind(&mut self, link: &Link) {
        if link.is_sealed(self.key) && link.hash_after(self.key, &self.last_hash) == link.hash.text() {
            self.goes_on = true;
        } else {
            self.tell(Fault::PutIn, link);
        }
    }

    fn chained(&mut self, link: &Link, next: Option<&Link>) {
        if link.id > self.last + 1 {
            self.miss(self.last + 1, link.id - 1);
            self.is_hooked = false;
        }
        let stored = link.hash.text();
        let sealed = link.is_sealed(self.key);
        let hangs = !self.is_hooked || self.hooks.iter().any(|hook| link.hash_after(self.key, hook) == stored);
        if sealed {
            self.first_sealed.get_or_insert(link.id);
        }
        // Whether the line behind this one, or the head, goes on from a hash.
        let goes_on = |from: &str| match next.filter(|next| next.id <= self.head.last) {
            Some(next) => next.id == link.id + 1 && next.hash_after(self.key, from) == next.hash.text(),
            None => self.head.hash == from && self.head.last == link.id,
        };
        let due = link.hash_after(self.key, self.hooks.last().map_or("", String::as_str));
        match (sealed, hangs) {
            (true, true) => {
                self.hooks = vec![stored.to_owned()];
                self.is_hooked = true;
                if link.told.action() == BROKEN {
                    self.tell(Fault::Broken, link);
                }
            }
            (false, true) => {
                self.tell(Fault::Changed, link);
                self.hooks = vec![stored.to_owned()];
            }
            (true, false) => {
                let fault = if goes_on(&due) { Fault::Changed } else { Fault::Order };
                self.tell(fault, link);
                self.hooks.extend([stored.to_owned(), due]);
            }
            (false, false) => {
                let in_place = goes_on(stored);
                self.unclear += usize::from(!in_place);
                self.tell(if in_place { Fault::Changed } else { Fault::PutIn }, link);
                self.hooks.push(stored.to_owned());
                self.is_hooked = in_place;
            }
        }
        let too_many = self.hooks.len().saturating_sub(KEPT);
        self.hooks.drain(..too_many);
        self.last = link.id;
        stored.clone_into(&mut self.last_hash);
    }

    fn miss(&mut self, from: i64, to: i64) {
        self.missing = true;
        self.verdict.find(Finding::lines(Fault::Missing, from, to));
    }

    fn tell(&mut self, fault: Fault, link: &Link) {
        let mut finding = Finding::lines(fault, link.id, link.id);
        if self.own.is_none_or(|own| own == link.told.group()) {
            finding.at = Some(link.told.at().to_owned());
            finding.actor = Some(link.told.actor().to_owned());
            finding.action = Some(link.told.action().to_owned());
        }
        self.verdict.find(finding);
    }

    fn end(mut self) -> Verdict {
        let as_before = self.verdict.old_lines == self.head.old_lines && self.old_hash == self.head.old_hash;
        if self.head.old_lines > 0 && !as_before {
            self.verdict.find(Finding::lines(Fault::Old, 1, self.head.old_last));
        }
        if self.last < self.head.last {
            self.miss(self.last + 1, self.head.last);
        }
        if self.goes_on || !self.head.is_sealed(self.key) || self.end_is_wrong() {
            self.verdict.find(Finding::whole(Fault::Head));
        }
        if self.unclear > 0 && !self.missing && self.verdict.lines == self.head.lines {
            // As many as there should be, and none is missing: so none was put in.
            for finding in &mut self.verdict.findings {
                if finding.fault == Fault::PutIn && finding.id.is_some_and(|id| id > self.head.old_last) {
                    finding.fault = Fault::Changed;
                }
            }
        }
        self.is_another_key();
        if !self.is_noted_there {
            let id = self.noted.and_then(|noted| noted.id);
            self.verdict.find(Finding { id, ..Finding::whole(Fault::Noted) });
        }
        self.verdict.head = Some(format!("{}@{}", self.last_hash, self.last)).filter(|_| self.verdict.wrong == 0);
        self.verdict
    }

    /// Whether the head says something else of lines in which nothing else is wrong.
    fn end_is_wrong(&self) -> bool {
        let fits = self.last_hash == self.head.hash && self.verdict.lines == self.head.lines;
        self.verdict.wrong == 0 && !fits
    }

    /// Whether no line fits the key, or none until it was noticed: then the key is what was replaced, as far as can be
    /// said, and not line after line.
    fn is_another_key(&mut self) {
        let first = self.head.old_last + 1;
        let to = match self.first_sealed {
            None if self.verdict.lines > 0 && !self.head.is_sealed(self.key) => self.last,
            Some(sealed) if sealed > first + 1 && self.says_broken(sealed) => sealed - 1,
            _ => return,
        };
        self.verdict.findings.retain(|finding| finding.id.is_some_and(|id| id > to));
        self.verdict.findings.insert(0, Finding::lines(Fault::Key, first, to));
        self.verdict.findings.truncate(TOLD);
    }

    fn says_broken(&self, id: i64) -> bool {
        self.verdict.wrong > TOLD
            || self.verdict.findings.iter().any(|one| one.fault == Fault::Broken && one.id == Some(id))
    }
}
