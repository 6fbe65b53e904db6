//! What can be written to somebody: the kinds of mail and the facts each one carries.
//!
//! A letter is plain data and waits as JSON in the outbox. It holds no link and no secret: a link is made from the
//! ticket's id when the mail leaves.

mod about;
mod example;
mod facts;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use facts::{
    AccountAct, AccountDeed, AskedBy, MOST_ACTS, News, ObjectFacts, OrderFacts, Places, SelfcheckFacts, SelfcheckNews,
    Topic,
};

use crate::access::Permission;
use crate::clock::Moment;
use crate::ids::{SelfcheckId, TicketId};
use crate::stage::Stage;
use crate::text::{Colour, Email, Lang, Line, Number, Prose, Slug, Zone, vocabulary};

vocabulary! {
    /// The kind of a letter, as `mail list` and `mail preview` name it.
    LetterKind, "kind of mail" {
        Invite = "invite",
        Reset = "reset",
        PasswordChanged = "password_changed",
        AddressChanged = "address_changed",
        /// Too many failed sign-ins.
        Locked = "locked",
        AccessChanged = "access_changed",
        OrderReceived = "order_received",
        OrderPlanned = "order_planned",
        OrderStatus = "order_status",
        OrderWaiting = "order_waiting",
        OrderDone = "order_done",
        OrderComment = "order_comment",
        Document = "document",
        Selfcheck = "selfcheck",
        ServiceDue = "service_due",
        /// Several news of one order.
        OrderNews = "order_news",
        /// What happened since yesterday.
        Digest = "digest",
        OrderToStaff = "order_to_staff",
        CommentToStaff = "comment_to_staff",
        SelfcheckToStaff = "selfcheck_to_staff",
        DocumentToStaff = "document_to_staff",
        /// A mail came in that could not be taken as an answer.
        Doubtful = "doubtful",
        /// What was done with customer accounts, to administrators.
        Accounts = "accounts",
        Test = "test",
    }
}

/// One mail to one person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// An account is ready; the link chooses its password.
    Invite {
        /// Who is invited.
        person: Line,
        /// The customer whose things they will see.
        customer: Line,
        /// The ticket behind the link.
        ticket: TicketId,
        /// When the link ends.
        expires: Moment,
        /// Who at the company made the account, where that is a person with a name.
        invited_by: Option<Line>,
    },
    /// A new password can be chosen.
    Reset {
        /// Whose password.
        person: Line,
        /// The ticket behind the link.
        ticket: TicketId,
        /// When the link ends.
        expires: Moment,
        /// Who asked for it.
        by: AskedBy,
    },
    /// The password was changed.
    PasswordChanged {
        /// Whose password.
        person: Line,
        /// When.
        at: Moment,
        /// The network address it was changed from, where it is known.
        client: Option<Line>,
    },
    /// Staff gave the account another address; told to both.
    AddressChanged {
        /// Whose account.
        person: Line,
        /// When.
        at: Moment,
        /// The address it had.
        old: Email,
        /// The address it has.
        new: Email,
        /// Whether this one goes to the new address.
        to_new: bool,
    },
    /// Too many failed sign-ins: the account waits.
    Locked {
        /// Whose account.
        person: Line,
        /// Since when.
        at: Moment,
        /// Until when.
        until: Moment,
    },
    /// What the person may see and do at a customer is another now.
    AccessChanged {
        /// Whose access.
        person: Line,
        /// At whom.
        customer: Line,
        /// What they may do; empty when nothing is shared any more.
        permissions: Vec<Permission>,
        /// Where.
        scope: Places,
        /// The last day on which it holds.
        until: Option<Date>,
    },
    /// To the customer: the order has arrived.
    OrderReceived {
        /// Who placed it or is told of it.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// Whether they placed it themselves, and are thanked for it.
        #[serde(default = "yes")]
        is_own: bool,
        /// Whether they can open it in the portal: somebody may be allowed to order and to see nothing.
        #[serde(default = "yes")]
        opens: bool,
    },
    /// To the customer: the order is planned, or planned for another time.
    OrderPlanned {
        /// Who is told.
        person: Line,
        /// The order; without a time it waits for a new one.
        order: OrderFacts,
    },
    /// To the customer: the order stands elsewhere now.
    OrderStatus {
        /// Who is told.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// The company's name of the status it had, where it had one.
        from: Option<Line>,
        /// The company's name of the status it has.
        to: Line,
        /// The stage of that status.
        stage: Stage,
        /// What the company wrote to the customer about it.
        reason: Option<Prose>,
    },
    /// To the customer: somebody has said something on the order.
    OrderComment {
        /// Who is told.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// Who said it.
        by: Line,
        /// What they said.
        text: Prose,
    },
    /// To the customer: the company shared files.
    Document {
        /// Who is told.
        person: Line,
        /// What they lie on.
        on: Topic,
        /// Who shared them.
        by: Line,
        /// Their names, and a line about them.
        text: Prose,
        /// Whether they can open it in the portal.
        #[serde(default = "yes")]
        opens: bool,
    },
    /// To the customer: a self-check waits, was signed or was reopened.
    Selfcheck {
        /// Who is told.
        person: Line,
        /// Its row, for the link.
        id: SelfcheckId,
        /// The self-check.
        selfcheck: SelfcheckFacts,
        /// What happened.
        news: SelfcheckNews,
        /// Who did it.
        by: Line,
        /// Why, where somebody said so.
        reason: Option<Prose>,
        /// Whether they can open it in the portal.
        #[serde(default = "yes")]
        opens: bool,
    },
    /// To the customer: a machine is due for service.
    ServiceDue {
        /// Who is told.
        person: Line,
        /// The machine.
        object: ObjectFacts,
        /// What is to be done.
        service: Line,
        /// The day by which it is due.
        due: Date,
        /// Whether that day has passed, or as much use.
        overdue: bool,
        /// Whether they can open it in the portal.
        #[serde(default = "yes")]
        opens: bool,
    },
    /// Several news of one order in one mail.
    OrderNews {
        /// Who is told.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// The news, oldest first.
        letters: Vec<Letter>,
    },
    /// What happened at a customer since yesterday.
    Digest {
        /// Who is told.
        person: Line,
        /// At whom.
        customer: Line,
        /// The day it is sent.
        day: Date,
        /// The news, oldest first.
        letters: Vec<Letter>,
    },
    /// To staff: a customer did something.
    OrderToStaff {
        /// The staff member, or the group where nobody is assigned.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// What was done.
        news: News,
        /// Who at the customer did it.
        by: Line,
        /// What they wrote: the description, the comment, the line on a document.
        text: Option<Prose>,
    },
    /// To staff: a customer signed a self-check.
    SelfcheckToStaff {
        /// The staff member, or the group where nobody is assigned.
        person: Line,
        /// The self-check.
        selfcheck: SelfcheckFacts,
        /// Who at the customer signed it.
        by: Line,
    },
    /// To staff: a customer added files to a machine, a place or the customer itself.
    DocumentToStaff {
        /// The group.
        person: Line,
        /// What they lie on.
        on: Topic,
        /// Who at the customer added them.
        by: Line,
        /// Their names, and a line about them.
        text: Prose,
    },
    /// To the company: a mail came in that could not be taken as an answer.
    Doubtful {
        /// The address it says it is from.
        sender: Line,
        /// Its subject.
        subject: Line,
        /// Why it could not be taken.
        reason: Line,
        /// What it says.
        text: Option<Prose>,
        /// The order it may be about.
        order: Option<Number>,
        /// The name under which it is kept.
        kept: Line,
    },
    /// To administrators, daily: what people who are none did with customer accounts.
    Accounts {
        /// The administrator, or the group where none has an address.
        person: Line,
        /// The day it is sent.
        day: Date,
        /// What was done, oldest first, at most [`MOST_ACTS`].
        acts: Vec<AccountAct>,
        /// How much more was done.
        more: usize,
    },
    /// Proof that mail leaves.
    Test {},
}

/// What was true of every letter that was queued before it was asked.
fn yes() -> bool {
    true
}

/// Who writes: what a mail shows of the group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brand {
    /// The company's name.
    pub name: Line,
    /// Its short name in addresses.
    pub slug: Slug,
    /// Its colour, for the head and the button.
    pub colour: Colour,
    /// Whom to call.
    pub phone: Option<Line>,
    /// Where answers go.
    pub reply_to: Option<Email>,
    /// Its language, for whoever has none of their own.
    pub lang: Lang,
    /// The zone in which times are told.
    pub zone: Zone,
}

/// The addresses in a mail, made by the caller when it leaves; each begins with `http://` or `https://`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LetterLinks {
    /// Where the button leads; empty for none.
    pub action: String,
    /// Where the reader turns these mails off; only where they may.
    pub off: Option<String>,
    /// Whether an answer to the mail becomes a comment on the order.
    pub replies: bool,
}
