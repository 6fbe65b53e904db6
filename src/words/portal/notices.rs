//! Which mails somebody gets.

use crate::event::Event;

/// Which mails somebody gets.
pub struct Notices {
    pub title: &'static str,
    /// Takes the address, the customer and the company.
    pub lead: fn(email: &str, customer: &str, company: &str) -> String,
    /// What the page cannot turn off.
    pub account: &'static str,
    pub event: fn(Event) -> &'static str,
    pub now: &'static str,
    pub daily: &'static str,
    pub off: &'static str,
    pub daily_hint: &'static str,
    pub saved: &'static str,
    pub all_off: &'static str,
    pub all_off_text: &'static str,
    pub is_off: &'static str,
    /// Takes the company and the customer: at another customer of theirs the person chooses apart.
    pub is_off_text: fn(company: &str, customer: &str) -> String,
    pub change: &'static str,
    /// On one's own account.
    pub card_text: &'static str,
    pub no_address: &'static str,
}

pub(super) static EN: Notices = Notices {
    title: "E-mails to you",
    lead: |email, customer, company| {
        format!(
            "Choose what {company} tells you about {customer} by e-mail to {email}. \
             You get only what concerns you: orders you are the contact for, and what you are responsible for."
        )
    },
    account: "E-mails about your account, such as a new password, always come.",
    event: |event| match event {
        Event::OrderCreated => "A new order, or the receipt for your own",
        Event::OrderStatus => "An order has a new status",
        Event::OrderWaiting => "An order is waiting for you",
        Event::OrderDone => "An order is done",
        Event::OrderPlanned => "An order is planned or gets a new time",
        Event::Comment => "A comment on an order",
        Event::Document => "A new document",
        Event::Selfcheck => "A self-check to fill in, signed or reopened",
        Event::ReadingDue => "A machine is due for service",
    },
    now: "At once",
    daily: "Daily",
    off: "Never",
    daily_hint: "“Daily” is one e-mail each morning with everything since the last.",
    saved: "Your choice is saved.",
    all_off: "Turn all of them off",
    all_off_text: "Do you want none of these e-mails?",
    is_off: "These e-mails are turned off",
    is_off_text: |company, customer| {
        format!("You get no more e-mails from {company} about the orders, documents and machines of {customer}.")
    },
    change: "Choose again",
    card_text: "What you are told by e-mail: at once, in one e-mail a day, or never.",
    no_address: "There is no e-mail address for you, so nothing is sent.",
};

pub(super) static SV: Notices = Notices {
    title: "Mejl till dig",
    lead: |email, customer, company| {
        format!(
            "Välj vad {company} mejlar dig om {customer} på {email}. \
             Du får bara det som gäller dig: ärenden där du är kontakt, och det du ansvarar för."
        )
    },
    account: "Mejl om ditt konto, till exempel om ett nytt lösenord, kommer alltid.",
    event: |event| match event {
        Event::OrderCreated => "Ett nytt ärende, eller kvittot på ditt eget",
        Event::OrderStatus => "Ett ärende har fått en ny status",
        Event::OrderWaiting => "Ett ärende väntar på dig",
        Event::OrderDone => "Ett ärende är klart",
        Event::OrderPlanned => "Ett ärende är planerat eller får en ny tid",
        Event::Comment => "En kommentar på ett ärende",
        Event::Document => "Ett nytt dokument",
        Event::Selfcheck => "En egenkontroll att fylla i, signerad eller återöppnad",
        Event::ReadingDue => "En maskin ska ha service",
    },
    now: "Direkt",
    daily: "Dagligen",
    off: "Aldrig",
    daily_hint: "”Dagligen” är ett mejl varje morgon med allt sedan det förra.",
    saved: "Ditt val är sparat.",
    all_off: "Stäng av alla",
    all_off_text: "Vill du inte ha några av de här mejlen?",
    is_off: "De här mejlen är avstängda",
    is_off_text: |company, customer| {
        format!("Du får inga fler mejl från {company} om ärenden, dokument och maskiner som gäller {customer}.")
    },
    change: "Välj igen",
    card_text: "Vad du får veta via mejl: direkt, i ett mejl om dagen eller aldrig.",
    no_address: "Det finns ingen mejladress till dig, så inget skickas.",
};

pub(super) static ES: Notices = Notices {
    title: "Correos para usted",
    lead: |email, customer, company| {
        format!(
            "Elija de qué le informa {company} sobre {customer} por correo electrónico a {email}. \
             Solo recibe lo que le concierne: las órdenes de las que es contacto y aquello de lo que es responsable."
        )
    },
    account: "Los correos sobre su cuenta, como el de una contraseña nueva, llegan siempre.",
    event: |event| match event {
        Event::OrderCreated => "Una orden nueva, o el acuse de recibo de la suya",
        Event::OrderStatus => "Una orden tiene un estado nuevo",
        Event::OrderWaiting => "Una orden está pendiente de usted",
        Event::OrderDone => "Una orden está terminada",
        Event::OrderPlanned => "Una orden se planifica o cambia de hora",
        Event::Comment => "Un comentario en una orden",
        Event::Document => "Un documento nuevo",
        Event::Selfcheck => "Un autocontrol por rellenar, firmado o reabierto",
        Event::ReadingDue => "A una máquina le toca mantenimiento",
    },
    now: "Enseguida",
    daily: "A diario",
    off: "Nunca",
    daily_hint: "«A diario» es un correo cada mañana con todo lo ocurrido desde el anterior.",
    saved: "Su elección se ha guardado.",
    all_off: "Desactivarlos todos",
    all_off_text: "¿No quiere ninguno de estos correos?",
    is_off: "Estos correos están desactivados",
    is_off_text: |company, customer| {
        format!("Ya no recibirá correos de {company} sobre las órdenes, los documentos y las máquinas de {customer}.")
    },
    change: "Elegir de nuevo",
    card_text: "De qué se le informa por correo: enseguida, en un correo al día o nunca.",
    no_address: "No hay ninguna dirección de correo para usted, así que no se envía nada.",
};
