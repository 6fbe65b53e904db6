//! Command: a backup is put into the place of what is there, or into another directory.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::answer::{Action, Answer, Done, Report};
use super::backup::{alone, facts, flaws, place, wait};
use super::desk::{Desk, refuse_root_elsewhere};
use super::flags::Changing;
use super::usage;
use crate::backup::{self, Plan, Restored, Settled, Verdict};
use crate::doctor::{self, Finding};
use crate::error::{Error, Result};
use crate::text::Lang;
use crate::words::numbers::counted;

#[derive(Args, Debug)]
#[command(after_help = "\
Everything in the backup is looked through before anything is touched: a damaged one is refused with 65. The server must be
stopped, and no other command at work: otherwise 75. The state is made ready beside the one that is there, put into its
place at the end, and what lay there is kept in the data directory as before-restore-MOMENT: a data directory of its own,
which any command takes with --data-dir, and which nobody removes but you. Whoever is killed on the way leaves the old state
or the new one, or a note by which every command says how to finish: frontdesk backup restore --finish

An old state must not bring back what has ended since. All sessions are ended, open invitations and links to a new password
are void, and mails that waited are held, because they may have left since: `frontdesk mail retry --where state=cancelled`
sends them. Users and staff who were disabled or deleted since the backup are disabled in it, and a password that was changed
since is void (its user asks for another at the login page); --as-it-was leaves these as they were in the backup, such as
after a deletion by mistake. What was entered after the backup is not in it, and numbers given since are given again. All
this is in the audit as backup.restored.")]
pub(super) struct Restore {
    /// Which backup: its name, or the path of its folder
    #[arg(required_unless_present = "finish")]
    backup: Option<PathBuf>,
    /// Put it into this directory, which must not exist yet or be empty, and leave everything else as it is
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Let people in again who were disabled or deleted since, and passwords be as they were
    #[arg(long)]
    as_it_was: bool,
    /// Finish a restore that was interrupted
    #[arg(long, conflicts_with_all = ["to", "as_it_was", "confirm"])]
    finish: bool,
    /// The folder of backups, instead of `backup.dir` of the configuration
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The name of the backup, instead of typing it
    #[arg(long, value_name = "NAME")]
    confirm: Option<String>,
    #[command(flatten)]
    changing: Changing,
}

impl Restore {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        refuse_root_elsewhere(&desk.config.data_dir)?;
        let Some(backup) = &self.backup else { return self.finish(desk) };
        if self.finish {
            return Err(alone("--finish"));
        }
        let to = self.to.as_ref().map(|to| desk.io.directory.join(to));
        let plan = Plan {
            data_dir: &desk.config.data_dir,
            to: to.as_deref(),
            as_it_was: self.as_it_was,
            clock: &desk.io.clock,
            wait: wait(desk),
            uid: desk.io.uid,
        };
        let verdict = backup::verify(&place(backup, self.dir.as_deref(), desk), wait(desk))?;
        let Ok(manifest) = verdict.sound() else { return refused(&verdict) };
        let (name, made_at) = (manifest.name.clone(), manifest.made_at);
        let mut ready = backup::prepare(&plan)?;
        if ready.replaces && !self.changing.dry_run {
            let question = format!(
                "Put the state of {made_at} into the place of the one in {}? What was entered since is not in it.",
                desk.config.data_dir.display()
            );
            desk.confirm_by_name(&question, &name, self.confirm.as_deref())?;
        } else if let Some(given) = self.confirm.as_deref().filter(|given| *given != name) {
            return Err(usage(format!("--confirm '{given}' is not '{name}'; nothing was changed")));
        }
        let (settled, audit_holds) = ready.stage(&verdict, &plan)?;
        let restored = match self.changing.dry_run {
            true => Restored {
                data_dir: to.clone().unwrap_or_else(|| desk.config.data_dir.clone()),
                kept: None,
                settled,
                audit_holds,
                compared: ready.compared(),
            },
            false => ready.put(settled, audit_holds, desk.io.clock.now())?,
        };
        self.told(&restored, desk)
    }

    fn told(&self, restored: &Restored, desk: &Desk) -> Result<Answer> {
        let Settled { backup, sessions, links, mails, .. } = &restored.settled;
        let mut sentence = format!(
            "{} from backup {backup}: {} ended, {} void, {} held",
            restored.data_dir.display(),
            count(*sessions, "session", "sessions"),
            count(*links, "link", "links"),
            count(*mails, "mail", "mails")
        );
        if let Some(kept) = &restored.kept {
            sentence.push_str(&format!("; the state before is kept in {}", kept.display()));
        }
        let mut done = Done::new(Action::Updated, backup, sentence, restored, self.changing)?;
        for (warning, tip) in warnings(restored, self.to.is_none(), self.as_it_was) {
            done = done.warn(warning, tip);
        }
        if !self.changing.dry_run {
            for (warning, tip) in examined(&restored.data_dir, desk) {
                done = done.warn(warning, tip);
            }
        }
        Ok(done.into())
    }

    fn finish(&self, desk: &Desk) -> Result<Answer> {
        let data_dir = &desk.config.data_dir;
        if self.changing.dry_run {
            let open = crate::db::is_whole(data_dir).is_err();
            let sentence = format!("the restore in {}", data_dir.display());
            return Ok(Done::new(
                Action::updated(open),
                "",
                sentence,
                &json!({ "data_dir": data_dir }),
                self.changing,
            )?
            .into());
        }
        let Some((name, kept)) = backup::finish(data_dir, wait(desk))? else {
            let sentence = format!("{}: no restore was interrupted there", data_dir.display());
            return Ok(
                Done::new(Action::Unchanged, "", sentence, &json!({ "data_dir": data_dir }), self.changing)?.into()
            );
        };
        let mut sentence = format!("{} from backup {name}", data_dir.display());
        if let Some(kept) = &kept {
            sentence.push_str(&format!("; the state before is kept in {}", kept.display()));
        }
        let facts = json!({ "data_dir": data_dir, "backup": name, "kept": kept });
        let mut done = Done::new(Action::Updated, &name, sentence, &facts, self.changing)?;
        for (warning, tip) in examined(data_dir, desk) {
            done = done.warn(warning, tip);
        }
        Ok(done.into())
    }
}

/// So many of something, as talk says it.
fn count(many: usize, one: &str, other: &str) -> String {
    counted(i64::try_from(many).unwrap_or(i64::MAX), Lang::En, one, other)
}

/// A damaged backup, with each thing that is wrong with it.
fn refused(verdict: &Verdict) -> Result<Answer> {
    let error: Error = match verdict.sound() {
        Err(error) => error,
        Ok(_) => Error::internal(anyhow::anyhow!("a sound backup was refused")),
    };
    Ok(Report { record: facts(verdict)?, id: None, text: flaws(&[verdict]), error: Some(error), status: 0 }.into())
}

/// What somebody must know after a restore.
fn warnings(restored: &Restored, in_place: bool, as_it_was: bool) -> Vec<(String, Option<String>)> {
    let Settled { links, mails, disabled, passwords, .. } = &restored.settled;
    let mut out = Vec::new();
    let mut say = |warning: String, tip: &str| out.push((warning, Some(tip.to_owned())));
    if !disabled.is_empty() {
        say(
            format!("disabled, as they were disabled or gone before the restore: {}", disabled.join(", ")),
            "let somebody in with: frontdesk user enable EMAIL, or frontdesk staff enable LOGIN",
        );
    }
    if !passwords.is_empty() {
        say(
            format!("void, because they were changed since the backup: the passwords of {}", passwords.join(", ")),
            "they ask for another at the login page, or: frontdesk user reset EMAIL",
        );
    }
    if in_place && !as_it_was && !restored.compared {
        say(
            "the state before could not be read, so whoever was disabled since the backup gets in again".into(),
            "look who may: frontdesk user list, and frontdesk user disable EMAIL",
        );
    }
    if *links > 0 {
        say("invitations that were open are void".into(), "invite again with: frontdesk user invite --pending");
    }
    if *mails > 0 {
        say(
            format!("{} held: what was in the queue then may have left since", count(*mails, "mail", "mails")),
            "send them with: frontdesk mail retry --where state=cancelled",
        );
    }
    if !restored.audit_holds {
        say("the audit in the backup is not what was written".into(), "see where: frontdesk audit verify");
    }
    out
}

/// What the doctor finds wrong with the restored state.
fn examined(data_dir: &Path, desk: &Desk) -> Vec<(String, Option<String>)> {
    let mut checks = doctor::data_directory(data_dir, true);
    match desk.db_in(data_dir) {
        Err(error) => return vec![(error.message().to_owned(), error.tip_text().map(String::from))],
        Ok(db) => {
            checks.extend(doctor::database(&db));
            checks.extend(doctor::bytes(&db, &crate::documents::Files::below(data_dir)));
        }
    }
    let wrong = checks.into_iter().filter(|check| check.state != Finding::Fine);
    wrong.map(|check| (format!("{}: {}", check.check, check.found), check.tip)).collect()
}
