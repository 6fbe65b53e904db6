//! The mail that shows the company an answer that could not be taken.

/// A mail came in that could not be taken as an answer.
pub struct Doubtful {
    /// Takes its subject.
    pub subject: fn(&str) -> String,
    /// Takes its sender.
    pub opening: fn(&str) -> String,
    /// Takes the name under which it is kept.
    pub look: fn(&str) -> String,
    /// Labels of facts, each without a colon: who says it is from.
    pub from: &'static str,
    /// Its subject.
    pub about: &'static str,
    /// Why it was not taken.
    pub reason: &'static str,
    /// Takes the group.
    pub why: fn(&str) -> String,
}

pub(super) static EN: Doubtful = Doubtful {
    subject: |subject| format!("E-mail not taken as a reply: {subject}"),
    opening: |sender| {
        format!("An e-mail from {sender} has come in that could not be taken as a reply. The customer has not seen it.")
    },
    look: |kept| format!("Look at it with: frontdesk mail received show {kept}"),
    from: "From",
    about: "Subject",
    reason: "Why",
    why: |group| format!("You get this e-mail because replies that need a decision go to {group}."),
};

pub(super) static SV: Doubtful = Doubtful {
    subject: |subject| format!("Mejl som inte togs emot som svar: {subject}"),
    opening: |sender| {
        format!("Ett mejl från {sender} har kommit in som inte kunde tas emot som svar. Kunden har inte sett det.")
    },
    look: |kept| format!("Titta på det med: frontdesk mail received show {kept}"),
    from: "Från",
    about: "Ämne",
    reason: "Varför",
    why: |group| format!("Du får det här mejlet eftersom svar som kräver ett beslut går till {group}."),
};

pub(super) static ES: Doubtful = Doubtful {
    subject: |subject| format!("Correo no aceptado como respuesta: {subject}"),
    opening: |sender| {
        format!("Ha llegado un correo de {sender} que no se pudo aceptar como respuesta. El cliente no lo ha visto.")
    },
    look: |kept| format!("Véalo con: frontdesk mail received show {kept}"),
    from: "De",
    about: "Asunto",
    reason: "Motivo",
    why: |group| format!("Recibe este correo porque las respuestas que requieren una decisión llegan a {group}."),
};
