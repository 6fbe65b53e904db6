//! The mails that tell of several things, and what is said about answers by mail.

/// Several news in one mail.
pub struct Several {
    /// Takes the order's number, how many news, and the title.
    pub subject_news: fn(&str, usize, &str) -> String,
    /// Takes the order's number.
    pub opening_news: fn(&str) -> String,
    /// Takes the customer, how many news, and the day.
    pub subject_digest: fn(&str, usize, &str) -> String,
    /// Takes the customer.
    pub opening_digest: fn(&str) -> String,
    /// Takes how many more there are than the mail tells.
    pub more: fn(usize) -> String,
    /// On the button of the summary.
    pub button: &'static str,
    /// Takes the group and the customer.
    pub why_digest: fn(&str, &str) -> String,
}

/// Answers by mail.
pub struct Reply {
    /// The line above which an answer is written; the inbox cuts there.
    pub mark: &'static str,
    /// To a customer: an answer becomes a comment.
    pub customer: &'static str,
    /// To staff, takes the customer: an answer is read by the customer.
    pub staff: fn(&str) -> String,
    /// What somebody wrote, in a line among others.
    pub said: fn(&str) -> String,
}

pub(super) static EN: Several = Several {
    subject_news: |number, count, title| match count {
        1 => format!("Order {number}, 1 update: {title}"),
        _ => format!("Order {number}, {count} updates: {title}"),
    },
    opening_news: |number| format!("This has happened on order {number}:"),
    subject_digest: |customer, count, day| match count {
        1 => format!("Daily summary, 1 update: {customer}, {day}"),
        _ => format!("Daily summary, {count} updates: {customer}, {day}"),
    },
    opening_digest: |customer| format!("This has happened at {customer} since the last summary:"),
    more: |more| format!("… and {more} more."),
    button: "Open the orders",
    why_digest: |group, customer| {
        format!(
            "You get this e-mail because {group} tells you what concerns {customer} and you chose a daily summary \
             instead of an e-mail each time."
        )
    },
};

pub(super) static SV: Several = Several {
    subject_news: |number, count, title| match count {
        1 => format!("Ärende {number}, 1 nyhet: {title}"),
        _ => format!("Ärende {number}, {count} nyheter: {title}"),
    },
    opening_news: |number| format!("Det här har hänt på ärende {number}:"),
    subject_digest: |customer, count, day| match count {
        1 => format!("Dagens sammanfattning, 1 nyhet: {customer}, {day}"),
        _ => format!("Dagens sammanfattning, {count} nyheter: {customer}, {day}"),
    },
    opening_digest: |customer| format!("Det här har hänt hos {customer} sedan den förra sammanfattningen:"),
    more: |more| format!("… och {more} till."),
    button: "Öppna ärendena",
    why_digest: |group, customer| {
        format!(
            "Du får det här mejlet eftersom {group} håller dig underrättad om det som rör {customer} och du har valt \
             en daglig sammanfattning i stället för ett mejl varje gång."
        )
    },
};

pub(super) static ES: Several = Several {
    subject_news: |number, count, title| match count {
        1 => format!("Orden {number}, 1 novedad: {title}"),
        _ => format!("Orden {number}, {count} novedades: {title}"),
    },
    opening_news: |number| format!("Novedades de la orden {number}:"),
    subject_digest: |customer, count, day| match count {
        1 => format!("Resumen diario, 1 novedad: {customer}, {day}"),
        _ => format!("Resumen diario, {count} novedades: {customer}, {day}"),
    },
    opening_digest: |customer| format!("Novedades de {customer} desde el último resumen:"),
    more: |more| format!("… y {more} más."),
    button: "Abrir las órdenes",
    why_digest: |group, customer| {
        format!(
            "Recibe este correo porque {group} le informa de lo que concierne a {customer} y usted eligió un resumen \
             diario en lugar de un correo cada vez."
        )
    },
};

pub(super) static REPLY_EN: Reply = Reply {
    mark: "— Write your reply above this line —",
    customer: "You can reply to this e-mail: your reply becomes a comment on the order.",
    staff: |customer| {
        format!("If you reply to this e-mail, your reply becomes a comment on the order: {customer} WILL READ IT.")
    },
    said: |text| format!("“{text}”"),
};

pub(super) static REPLY_SV: Reply = Reply {
    mark: "— Skriv ditt svar ovanför den här raden —",
    customer: "Du kan svara på det här mejlet: ditt svar blir en kommentar på ärendet.",
    staff: |customer| {
        format!("Om du svarar på det här mejlet blir ditt svar en kommentar på ärendet: {customer} LÄSER DET.")
    },
    said: |text| format!("”{text}”"),
};

pub(super) static REPLY_ES: Reply = Reply {
    mark: "— Escriba su respuesta encima de esta línea —",
    customer: "Puede responder a este correo: su respuesta será un comentario en la orden.",
    staff: |customer| {
        format!("Si responde a este correo, su respuesta será un comentario en la orden: {customer} LA LEERÁ.")
    },
    said: |text| format!("«{text}»"),
};
