//! What sort of message it is: somebody's answer, a machine's, one of our own that came back, or a report on one.

use super::message::{Message, Report};

/// What sort of message it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A person wrote it, as far as one can tell.
    Answer,
    /// A machine wrote it, or nobody needs it: why.
    Automatic(&'static str),
    /// A mail server gave up on a mail of ours.
    Bounce {
        /// The `Message-ID` of the mail that came back.
        about: String,
        /// The words in which it did.
        why: String,
    },
}

/// By what our own mails are known.
#[derive(Clone, Debug)]
pub struct Own<'a> {
    /// The addresses they come from.
    pub senders: &'a [String],
    /// What stands behind the @ of their `Message-ID`.
    pub domain: &'a str,
}

/// Beginnings of subjects that absent people's programs write.
const ABSENT: &[&str] = &[
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "out of office",
    "out of the office",
    "autosvar",
    "automatiskt svar",
    "frånvaro",
    "respuesta automática",
    "fuera de la oficina",
    "automatische antwort",
    "abwesenheit",
    "réponse automatique",
    "absence du bureau",
    "automatisk svar",
    "automatisk svar fra",
    "poissa",
    "automaattinen vastaus",
];

/// Looks at a message.
pub fn of(message: &Message, own: &Own) -> Kind {
    let head = |name: &str| message.head(name).map(str::to_lowercase);
    if let Some(report) = &message.report {
        return of_report(message, report);
    }
    if is_own(message, own) {
        return Kind::Automatic("one of our own mails came back");
    }
    let content = head("content-type").unwrap_or_default();
    if content.starts_with("multipart/report") {
        return Kind::Automatic("a report of a mail program, such as that a mail was read");
    }
    if head("auto-submitted").is_some_and(|value| !value.starts_with("no")) {
        return Kind::Automatic("an automatic answer");
    }
    if head("precedence").is_some_and(|value| ["bulk", "junk", "list", "auto_reply"].contains(&value.as_str())) {
        return Kind::Automatic("bulk mail, a mailing list or an automatic answer");
    }
    if message.head("list-id").is_some() || message.head("list-unsubscribe").is_some() {
        return Kind::Automatic("it came through a mailing list");
    }
    if ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-mail-autoreply"]
        .iter()
        .any(|name| head(name).is_some_and(|value| value != "no"))
    {
        return Kind::Automatic("an automatic answer");
    }
    if message.head("return-path").is_some_and(|path| path.trim().trim_matches(['<', '>']).is_empty()) {
        return Kind::Automatic("a message of a mail server, without a sender to answer");
    }
    let from = message.from.as_deref().unwrap_or_default();
    let local = from.split('@').next().unwrap_or_default();
    if ["mailer-daemon", "postmaster"].contains(&local) {
        return Kind::Automatic("a message of a mail server");
    }
    // A subject alone may be somebody's own; with a second sign it is not.
    let subject = message.subject.to_lowercase();
    let absent = ABSENT.iter().any(|start| subject.starts_with(start));
    if absent
        && (message.head("x-auto-response-suppress").is_some()
            || message.head("x-ms-exchange-inbox-rules-loop").is_some())
    {
        return Kind::Automatic("an automatic answer");
    }
    Kind::Answer
}

/// A mail of ours that came back as it was: by its sender, or by the shape of its id.
fn is_own(message: &Message, own: &Own) -> bool {
    let from = message.from.as_deref().unwrap_or_default();
    let id = message.id.as_deref().and_then(|id| id.rsplit_once('@'));
    own.senders.iter().any(|sender| sender == from)
        || id.is_some_and(|(mark, domain)| is_mark(mark) && domain.eq_ignore_ascii_case(own.domain))
}

/// The mark of a mail in the outbox, of which its `Message-ID` was made.
pub fn mark_of(id: &str) -> &str {
    id.split('@').next().unwrap_or_default()
}

/// Whether it looks like what the outbox makes ids of.
fn is_mark(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn of_report(message: &Message, report: &Report) -> Kind {
    let field = |name: &str| report.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let all = |name: &'static str| report.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value);
    let failed = all("action").any(|action| action.eq_ignore_ascii_case("failed"));
    let statuses: Vec<&String> = all("status").collect();
    let for_good = statuses.is_empty() || statuses.iter().any(|status| status.trim().starts_with('5'));
    if !failed || !for_good {
        return Kind::Automatic("a report that a mail is late, or that it arrived");
    }
    let named = |name: &str| {
        let ids = message.head(name)?.split_whitespace().next_back()?;
        Some(ids.trim_matches(['<', '>']).to_owned())
    };
    let Some(about) = report.about.clone().or_else(|| named("in-reply-to")).or_else(|| named("references")) else {
        return Kind::Automatic("a report that does not say which mail it is about");
    };
    let words = field("diagnostic-code").map(|code| code.split_once(';').map_or(code, |(_, words)| words).trim());
    let why = match (words.filter(|words| !words.is_empty()), field("status")) {
        (Some(words), _) => words.to_owned(),
        (None, Some(status)) => format!("status {status}"),
        (None, None) => "the mail server does not say why".to_owned(),
    };
    Kind::Bounce { about, why }
}

#[cfg(test)]
mod tests {
    use super::super::message;
    use super::*;

    fn kind(heads: &str) -> Kind {
        let raw = format!("From: Eva <eva@brf.example>\n{heads}\n\nHello\n");
        of(
            &message::read(raw.as_bytes()),
            &Own { senders: &["frontdesk@portal.example".into()], domain: "portal.example" },
        )
    }

    #[test]
    fn what_a_person_wrote_is_an_answer() {
        for heads in [
            "Subject: Re: Order",
            "Auto-Submitted: no",
            "Subject: Out of office hours we cannot open the door",
            "X-Auto-Response-Suppress: OOF",
            "Return-Path: <eva@brf.example>",
            "Precedence: first-class",
            "Message-ID: <0123456789abcdef@brf.example>",
        ] {
            assert_eq!(kind(heads), Kind::Answer, "{heads}");
        }
    }

    #[test]
    fn what_a_machine_wrote_is_not() {
        for heads in [
            "Auto-Submitted: auto-replied",
            "auto-submitted: AUTO-GENERATED",
            "Precedence: bulk",
            "Precedence: Auto_Reply",
            "List-Id: <board.brf.example>",
            "X-Autoreply: yes",
            "X-Autorespond:",
            "Return-Path: <>",
            "Subject: Autosvar: Re: Order\nX-Auto-Response-Suppress: All",
            "Message-ID: <0123456789abcdef@portal.example>",
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
        ] {
            assert!(matches!(kind(heads), Kind::Automatic(_)), "{heads}");
        }
        let own = message::read(b"From: frontdesk@portal.example\n\nHello\n");
        let ours = Own { senders: &["frontdesk@portal.example".into()], domain: "portal.example" };
        assert!(matches!(of(&own, &ours), Kind::Automatic(_)));
    }
}
