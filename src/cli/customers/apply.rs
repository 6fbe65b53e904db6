//! `customer apply` and `customer export`: customers as files, compared with what is kept and made so.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use super::super::answer::{Action, Answer, Report, record};
use super::super::desk::Desk;
use super::super::difference::{self, number};
use super::super::flags::{Changing, Format};
use super::super::table::tame;
use super::super::usage;
use super::find;
use crate::apply::{self, Plan, Problem, Sheet, Sign, Wish};
use crate::error::{Error, Kind, Result};
use crate::text::{Number, Ref, shown};

/// The largest file.
const LIMIT: usize = 4 << 20;

#[derive(Args, Debug)]
#[command(after_help = "\
A file is TOML. The keys above the first table are the customer's; a key that is left out leaves alone what is kept, and
an empty one (\"\") empties it. What the file does not name stays as it is; with --prune facilities are closed, objects
retired, permissions and scope revoked, users disabled (or their access emptied, where they have another). Nothing is
deleted, and a kind of table of which the file says nothing is left alone. Users are made without an invitation unless
invite = true or --invite says otherwise; the second run of a file changes nothing and mails nothing.

  customer_no = \"1042\"
  name = \"Brf Fröjden\"
  city = \"Umeå\"
  status = \"active\"                     # or closed

  [[facility]]
  facility_no = \"hus-a\"
  name = \"Hus A\"
  zone = \"Europe/Stockholm\"

  [[object]]
  object_no = \"VP-1\"
  name = \"Heat pump\"
  facility_no = \"hus-a\"                 # \"\" is unattached
  serial_no = \"NIBE-4711\"
  meter = \"operating hours\"
  unit = \"h\"

  [[object.interval]]
  name = \"Yearly\"
  days = 365
  hours = 2000
  since = 2026-03-01

  [[contact]]
  name = \"Eva Lind\"
  email = \"eva@brf.example\"
  roles = [\"Board\"]
  facilities = []                       # the whole customer

  [[user]]
  email = \"eva@brf.example\"             # of a contact
  lang = \"sv\"
  invite = true
  template = \"standard\"
  permissions = [\"company.edit\"]        # besides those of the template
  facilities = [\"hus-a\"]
  all_facilities = false
  unattached = false
  until = 2026-12-31                    # \"\" takes the last day away

All keys:
  the customer         customer_no name org_no email phone fax address
                       address2 postal_code city region country lang prefix
                       status note external_id
  [[facility]]         facility_no name address address2 postal_code city
                       region country zone status note external_id
  [[object]]           object_no name facility_no parent_no maker model
                       serial_no installed_on meter unit status external_id
  [[object.interval]]  name days hours since since_value
  [[contact]]          name email phone title location lang roles facilities
                       external_id, and id where nothing else tells two apart
  [[user]]             email lang status invite template permissions facilities
                       all_facilities unattached until

See how a customer is written with: frontdesk customer export NUMBER")]
pub(in crate::cli) struct Apply {
    /// Files, one for each customer; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Close, retire and withdraw what a file does not name; shows how much and asks
    #[arg(long)]
    prune: bool,
    /// Invite the users of the files who never were invited, also without invite = true
    #[arg(long)]
    invite: bool,
    /// Do not tell people by mail what they may see and do now
    #[arg(long)]
    no_notice: bool,
    #[command(flatten)]
    changing: Changing,
}

/// The file that makes a customer what it is.
pub(super) fn export(customer: &Ref<Number>, desk: &Desk) -> Result<Answer> {
    desk.read(|tx| apply::export(tx, &find(tx, customer)?)).map(Answer::Text)
}

impl Apply {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let (mut sheets, mut problems) = (Vec::new(), Vec::new());
        for file in &self.files {
            if self.files.iter().filter(|other| *other == file).count() > 1 {
                return Err(usage(format!("the file '{}' is named twice", file.display())));
            }
            match read(file, desk)? {
                Ok(sheet) => sheets.push(sheet),
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            return self.refused(Plan { problems, ..Plan::default() }, desk);
        }
        let rehearsal = self.take(&sheets, Changing { dry_run: true, ..self.changing }, None, desk)?;
        if !rehearsal.problems.is_empty() {
            return self.refused(rehearsal, desk);
        }
        if self.changing.dry_run || rehearsal.steps.is_empty() {
            return self.done(&rehearsal, desk);
        }
        let lost = rehearsal.taken_away();
        if !lost.is_empty() {
            lines(&rehearsal).iter().for_each(|line| desk.say(&tame(line)));
            let count = number(lost.len() as u64);
            let what = if lost.len() == 1 { "1 of them takes" } else { "{} of them take" }.replace("{}", &count);
            desk.confirm(&format!("{what} something away. Go on?"))?;
        }
        let plan = self.take(&sheets, self.changing, Some(&lost), desk)?;
        if !plan.problems.is_empty() {
            return self.refused(plan, desk);
        }
        self.done(&plan, desk)
    }

    /// Takes the files, all of them or none. `agreed` is what was agreed to take away: more of it is not taken.
    fn take(&self, sheets: &[Sheet], changing: Changing, agreed: Option<&[&str]>, desk: &Desk) -> Result<Plan> {
        let wish = Wish {
            prune: self.prune,
            invite: self.invite,
            tell: !self.no_notice,
            invite_seconds: 86_400 * i64::from(desk.config.security.invite_valid_days),
        };
        // A transaction that is taken back hands nothing out, and what is wrong is told all the same.
        let told = RefCell::new(None);
        let taken = desk.write(changing, |tx| {
            told.replace(None);
            let plan = apply::take(tx, sheets, wish)?;
            if !plan.problems.is_empty() {
                told.replace(Some(plan));
                return Err(Error::new(Kind::Data, "the files cannot be taken"));
            }
            if agreed.is_some_and(|agreed| plan.taken_away().iter().any(|one| !agreed.contains(one))) {
                let why = "meanwhile more would be taken away than was agreed to; nothing was changed";
                return Err(Error::conflict(why).tip("look again with --dry-run"));
            }
            Ok(plan)
        });
        match (taken, told.into_inner()) {
            (Err(_), Some(plan)) => Ok(plan),
            (taken, _) => taken,
        }
    }

    /// All that is wrong, each with its place.
    fn refused(&self, plan: Plan, desk: &Desk) -> Result<Answer> {
        let problems = plan.problems.len();
        if !matches!(desk.format(), Format::Json | Format::Jsonl) {
            for problem in &plan.problems {
                // Errors are never silenced.
                let mut stderr = desk.io.stderr.borrow_mut();
                let _ = writeln!(stderr, "! {}", tame(&problem.to_string()));
                if let Some(tip) = &problem.tip {
                    let _ = writeln!(stderr, "  tip: {}", tame(tip));
                }
            }
        }
        let what = if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") };
        let error = Error::new(Kind::Data, format!("{what} in {}; nothing was changed", names(&plan.problems)))
            .tip("how a file is written is in: frontdesk customer apply --help");
        Ok(Report { record: self.facts(&plan)?, id: None, text: String::new(), error: Some(error), status: 0 }.into())
    }

    fn done(&self, plan: &Plan, desk: &Desk) -> Result<Answer> {
        let dry = self.changing.dry_run;
        let changed = !plan.steps.is_empty();
        let shown = lines(plan);
        if !dry && changed && plan.taken_away().is_empty() {
            shown.iter().for_each(|line| desk.say(&tame(line)));
        }
        if !plan.kept.is_empty() {
            let named: Vec<_> = plan.kept.iter().take(5).map(String::as_str).collect();
            let more = plan.kept.len() - named.len();
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            desk.say(&tame(&format!("kept, though not in the file: {}{more}", named.join(", "))));
            desk.say("  tip: --prune takes such things away; look first with --prune --dry-run");
        }
        for warning in &plan.warnings {
            desk.say(&tame(&format!("warning: {warning}")));
        }
        let note = if dry { "dry run, nothing was changed: " } else { "" };
        let count = |deed| number(plan.count(deed) as u64);
        desk.say(&match changed {
            true => format!(
                "{note}created {}, changed {}, withdrawn {}, unchanged {}",
                count(Sign::Created),
                count(Sign::Changed),
                count(Sign::Withdrawn),
                number(plan.unchanged)
            ),
            false => format!("{note}unchanged {}", number(plan.unchanged)),
        });
        let pending = self.changing.exit_code && changed;
        Ok(Report {
            record: self.facts(plan)?,
            id: None,
            text: if dry { shown.into_iter().map(|line| line + "\n").collect() } else { String::new() },
            error: None,
            status: if pending { Kind::Pending.exit() } else { 0 },
        }
        .into())
    }

    fn facts(&self, plan: &Plan) -> Result<Map<String, Value>> {
        let changed = !plan.steps.is_empty() && plan.problems.is_empty();
        let counts = json!({
            "created": plan.count(Sign::Created), "changed": plan.count(Sign::Changed),
            "withdrawn": plan.count(Sign::Withdrawn), "unchanged": plan.unchanged,
        });
        let mut facts = record(&json!({
            "action": Action::updated(changed).word(), "changed": changed, "counts": counts,
            "steps": if changed { &plan.steps[..] } else { &[] }, "kept": plan.kept, "warnings": plan.warnings,
            "problems": plan.problems,
        }))?;
        if self.changing.dry_run {
            facts.insert("dry_run".into(), json!(true));
        }
        Ok(facts)
    }
}

/// The tables of a file, or what is wrong with it.
fn read(file: &Path, desk: &Desk) -> Result<Result<Sheet, Vec<Problem>>> {
    let bytes = desk.read_file(file, LIMIT + 1)?;
    let name = if file == Path::new("-") { "stdin".into() } else { shown(&file.display().to_string()) };
    if bytes.len() > LIMIT {
        return Err(Error::new(Kind::Data, format!("the file '{name}' is larger than {} MB", LIMIT >> 20)));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::new(Kind::Data, format!("the file '{name}' is not UTF-8")).tip("save it as UTF-8"))?;
    Ok(apply::read(text.trim_start_matches('\u{feff}'), &name))
}

/// What is different, a line each.
fn lines(plan: &Plan) -> Vec<String> {
    let mut lines: Vec<String> = plan
        .steps
        .iter()
        .map(|step| {
            let sign = match step.deed {
                Sign::Created => '+',
                Sign::Changed => '~',
                Sign::Withdrawn => '-',
            };
            difference::line(sign, &step.about, &step.differences)
        })
        .collect();
    lines.push(difference::rest(plan.unchanged));
    lines
}

/// The files that something is wrong with.
fn names(problems: &[Problem]) -> String {
    let mut names: Vec<_> = problems.iter().map(|problem| format!("'{}'", problem.file)).collect();
    names.dedup();
    names.join(", ")
}
