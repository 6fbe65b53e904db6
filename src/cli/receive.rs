//! Commands: a message that a mail server hands over.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use clap::Args;

use super::answer::{Action, Answer, Done};
use super::desk::Desk;
use super::flags::Changing;
use crate::error::{Error, Kind, Result};
use crate::inbox::{self, Received};

#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Receive {
    /// The file that holds the message; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// The address it was delivered to (otherwise one that stands in its heads)
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    #[command(flatten)]
    changing: Changing,
}

const AFTER_HELP: &str = "\
Answers come back when the configuration names an address for them, and mail that cannot be delivered comes back to the
sender's address. With both at a domain of their own, such as
  [mail]
  from = \"portal@portal.example.com\"
  reply_address = \"reply@portal.example.com\"
the mail server hands every message for either, and for reply+ANYTHING, to this command. Where mail.from lies elsewhere,
have its mail forwarded to the reply address.

Postfix, in main.cf (the domain must not stand in mydestination as well):
  recipient_delimiter = +
  relay_domains = portal.example.com
  relay_recipient_maps = inline:{ reply@portal.example.com=x, portal@portal.example.com=x }
  transport_maps = inline:{ portal.example.com=reply: }
  reply_destination_recipient_limit = 1
  message_size_limit = 64000000
and in master.cf:
  reply unix - n n - - pipe flags=R user=frontdesk
    argv=/usr/local/bin/frontdesk -q mail receive --to ${original_recipient}

Exim, a router and a transport (Exim lets no address into a command, so a head carries it):
  reply:
    driver = accept
    domains = portal.example.com
    local_parts = reply : portal
    local_part_suffix = +*
    local_part_suffix_optional
    transport = reply
  reply:
    driver = pipe
    command = /usr/local/bin/frontdesk -q mail receive
    envelope_to_add
    user = frontdesk

OpenSMTPD:
  table reply { \"reply@portal.example.com\" = \"frontdesk\", \"portal@portal.example.com\" = \"frontdesk\" }
  action reply mda \"/usr/local/bin/frontdesk -q mail receive --to %{rcpt}\" virtual <reply> user frontdesk
  match from any for domain \"portal.example.com\" action reply

A mail server passes no environment on: either /etc/frontdesk/config.toml names data_dir, or the command gets --config and
--data-dir. With several groups, -g says whose a message is that names none. Prove it by answering a mail of your own.

What somebody answers becomes a comment of theirs, what they send along becomes documents, if they may do both in the
portal. Automatic answers and loops are dropped. What is doubtful is kept, told to the reply address of the group, and
listed by `frontdesk mail received list`. Nothing is ever answered.

Whatever keeps a message from being dealt with ends with 75, by which mail servers keep it and bring it again.";

impl Receive {
    /// Whether a mail server may stand on the other side.
    pub(super) fn is_handed_over(&self) -> bool {
        self.file == Path::new("-")
    }

    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let is_handed_over = self.is_handed_over();
        let Self { file, to, changing } = self;
        if desk.config.mail.reply_address.is_none() {
            return Err(Error::new(Kind::Config, "mail.reply_address is not set, so no answer can be for anybody")
                .tip("set it in the section [mail] of the configuration; see: frontdesk mail receive --help"));
        }
        let group = || {
            let group = desk.actor().map_err(|error| if is_handed_over { nobodys(error) } else { error })?.group();
            group.ok_or_else(|| Error::internal(anyhow::anyhow!("a desk without a group")))
        };
        let receive = |from: &mut dyn Read| {
            inbox::receive(desk.db()?, &desk.config, from, to.as_deref(), changing.dry_run, group)
        };
        let attempt = || match file == Path::new("-") {
            true => receive(&mut **desk.io.stdin.borrow_mut()),
            false => receive(&mut opened(desk, &file)?),
        };
        // A process that breaks off ends in a way that mail servers take for a refusal, and tell the sender of.
        let done = catch_unwind(AssertUnwindSafe(attempt))
            .unwrap_or_else(|_| Err(Error::internal(anyhow::anyhow!("a panic while a message was taken in"))))?;
        let received = &done.received;
        let action = if done.is_new { Action::Received } else { Action::Unchanged };
        Ok(Done::new(action, received.id, said(received), received, changing)?.into())
    }
}

fn opened(desk: &Desk, file: &Path) -> Result<Box<dyn Read>> {
    desk.io.disk.read(file).map_err(|cause| {
        Error::new(
            Kind::NoInput,
            format!("the file '{}' cannot be opened: {cause}", crate::text::shown(&file.display().to_string())),
        )
    })
}

/// What a mail server says to a stranger whose message names no group: not which there are.
fn nobodys(error: Error) -> Error {
    match error.kind() {
        Kind::Usage => Error::new(Kind::Usage, "the message names no group, and neither does the command")
            .tip("the mail server's command says whose such messages are with: -g GROUP"),
        _ => error,
    }
}

/// What became of a message, in one line.
fn said(received: &Received) -> String {
    let order = received.order_no.as_ref().map(|no| format!(", on order {no}")).unwrap_or_default();
    let why = received.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    let kept = received.kept.as_ref().map(|kept| format!("; kept as {kept}")).unwrap_or_default();
    format!("mail from {}: {}{order}{why}{kept}", received.sender, received.outcome)
}

/// An error as a mail server understands it, which is to keep the message. Only what no waiting mends stays as it is: a
/// command line that cannot be read, and a group that is not there.
pub(super) fn brought_again(error: Error) -> Error {
    match error.kind() {
        Kind::Usage | Kind::NotFound | Kind::Invalid => error,
        _ => error.as_kind(Kind::Busy),
    }
}
