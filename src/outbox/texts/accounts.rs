//! The mail that tells administrators daily what others did with customer accounts.

use crate::outbox::letter::AccountDeed;

/// What was done with customer accounts, to administrators.
pub struct Accounts {
    /// Takes how many acts, and the day.
    pub subject: fn(usize, &str) -> String,
    /// Takes the group.
    pub opening: fn(&str) -> String,
    /// What was done, with the address of the account.
    pub deed: fn(AccountDeed, &str) -> String,
    /// Takes the customer's number.
    pub at: fn(&str) -> String,
    /// The way by which it came, as the audit names it.
    pub way: fn(&str) -> String,
    /// Takes how many more there are than the mail tells, and the command that lists them.
    pub more: fn(usize, &str) -> String,
    /// What to do if one of it is a surprise.
    pub surprise: &'static str,
    /// Takes the group.
    pub why: fn(&str) -> String,
}

pub(super) static EN: Accounts = Accounts {
    subject: |count, day| match count {
        1 => format!("Customer accounts, 1 change by your staff: {day}"),
        _ => format!("Customer accounts, {count} changes by your staff: {day}"),
    },
    opening: |group| {
        format!("People at {group} who are no administrators have changed customer accounts since the last e-mail:")
    },
    deed: |deed, email| match deed {
        AccountDeed::Created => format!("made the account {email}"),
        AccountDeed::AccessAdded => format!("gave {email} an access"),
        AccountDeed::AccessChanged => format!("changed what {email} may see and do"),
        AccountDeed::AccessDeleted => format!("deleted an access of {email}"),
        AccountDeed::AddressChanged => format!("changed the address of {email}"),
        AccountDeed::Changed => format!("changed the account {email}"),
        AccountDeed::Invited => format!("invited {email}"),
        AccountDeed::InvitationPrinted => format!("printed an invitation for {email}"),
        AccountDeed::Reset => format!("let {email} choose a new password"),
        AccountDeed::ResetPrinted => format!("printed a link to a new password for {email}"),
        AccountDeed::Unlocked => format!("unlocked {email}"),
        AccountDeed::SignedOut => format!("signed {email} out"),
        AccountDeed::Disabled => format!("disabled the account {email}"),
        AccountDeed::Enabled => format!("enabled the account {email}"),
        AccountDeed::Deleted => format!("deleted the account {email}"),
        AccountDeed::Other => format!("did something else with {email}"),
    },
    at: |number| format!("customer {number}"),
    way: |via| match via {
        "socket" => "by command".into(),
        "mail" => "by e-mail".into(),
        via => via.into(),
    },
    more: |more, command| format!("… and {more} more, see: {command}"),
    surprise: "An account can open everything that the customer can see. If one of these changes is a surprise, ask whoever made it.",
    why: |group| {
        format!(
            "You get this e-mail because you are an administrator of {group}, or because it has none with an address. It \
             comes daily, and only when there is something to tell."
        )
    },
};

pub(super) static SV: Accounts = Accounts {
    subject: |count, day| match count {
        1 => format!("Kundkonton, 1 ändring av er personal: {day}"),
        _ => format!("Kundkonton, {count} ändringar av er personal: {day}"),
    },
    opening: |group| {
        format!("Personer på {group} som inte är administratörer har ändrat kundkonton sedan det förra mejlet:")
    },
    deed: |deed, email| match deed {
        AccountDeed::Created => format!("skapade kontot {email}"),
        AccountDeed::AccessAdded => format!("gav {email} en behörighet hos en kund"),
        AccountDeed::AccessChanged => format!("ändrade vad {email} får se och göra"),
        AccountDeed::AccessDeleted => format!("tog bort en behörighet för {email}"),
        AccountDeed::AddressChanged => format!("ändrade adressen {email}"),
        AccountDeed::Changed => format!("ändrade kontot {email}"),
        AccountDeed::Invited => format!("bjöd in {email}"),
        AccountDeed::InvitationPrinted => format!("skrev ut en inbjudan till {email}"),
        AccountDeed::Reset => format!("lät {email} välja ett nytt lösenord"),
        AccountDeed::ResetPrinted => format!("skrev ut en länk till ett nytt lösenord för {email}"),
        AccountDeed::Unlocked => format!("låste upp {email}"),
        AccountDeed::SignedOut => format!("loggade ut {email}"),
        AccountDeed::Disabled => format!("stängde av kontot {email}"),
        AccountDeed::Enabled => format!("öppnade kontot {email} igen"),
        AccountDeed::Deleted => format!("tog bort kontot {email}"),
        AccountDeed::Other => format!("gjorde något annat med {email}"),
    },
    at: |number| format!("kund {number}"),
    way: |via| match via {
        "socket" => "med kommando".into(),
        "mail" => "med mejl".into(),
        via => via.into(),
    },
    more: |more, command| format!("… och {more} till, se: {command}"),
    surprise: "Ett konto kan öppna allt som kunden kan se. Om någon av ändringarna är oväntad, fråga den som gjorde den.",
    why: |group| {
        format!(
            "Du får det här mejlet eftersom du är administratör på {group}, eller eftersom ingen administratör där har en \
             adress. Det kommer dagligen, och bara när det finns något att berätta."
        )
    },
};

pub(super) static ES: Accounts = Accounts {
    subject: |count, day| match count {
        1 => format!("Cuentas de clientes, 1 cambio de su personal: {day}"),
        _ => format!("Cuentas de clientes, {count} cambios de su personal: {day}"),
    },
    opening: |group| {
        format!(
            "Personas de {group} que no son administradores han cambiado cuentas de clientes desde el último correo:"
        )
    },
    deed: |deed, email| match deed {
        AccountDeed::Created => format!("creó la cuenta {email}"),
        AccountDeed::AccessAdded => format!("dio un acceso a {email}"),
        AccountDeed::AccessChanged => format!("cambió lo que {email} puede ver y hacer"),
        AccountDeed::AccessDeleted => format!("eliminó un acceso de {email}"),
        AccountDeed::AddressChanged => format!("cambió la dirección {email}"),
        AccountDeed::Changed => format!("cambió la cuenta {email}"),
        AccountDeed::Invited => format!("invitó a {email}"),
        AccountDeed::InvitationPrinted => format!("imprimió una invitación para {email}"),
        AccountDeed::Reset => format!("permitió a {email} elegir una contraseña nueva"),
        AccountDeed::ResetPrinted => format!("imprimió un enlace a una contraseña nueva para {email}"),
        AccountDeed::Unlocked => format!("desbloqueó a {email}"),
        AccountDeed::SignedOut => format!("cerró las sesiones de {email}"),
        AccountDeed::Disabled => format!("desactivó la cuenta {email}"),
        AccountDeed::Enabled => format!("activó de nuevo la cuenta {email}"),
        AccountDeed::Deleted => format!("eliminó la cuenta {email}"),
        AccountDeed::Other => format!("hizo otra cosa con {email}"),
    },
    at: |number| format!("cliente {number}"),
    way: |via| match via {
        "socket" => "con un comando".into(),
        "mail" => "por correo".into(),
        via => via.into(),
    },
    more: |more, command| format!("… y {more} más, véalos con: {command}"),
    surprise: "Una cuenta puede abrir todo lo que el cliente ve. Si alguno de estos cambios le sorprende, pregunte a quien lo hizo.",
    why: |group| {
        format!(
            "Recibe este correo porque es administrador de {group}, o porque ningún administrador tiene una dirección. \
             Llega a diario, y solo cuando hay algo que contar."
        )
    },
};
