//! Ordering something, and what is said once it is sent.

use super::About;

/// A sentence about two names.
type Both = fn(&str, &str) -> String;

/// Ordering something.
pub struct NewOrder {
    pub what: &'static str,
    pub what_hint: &'static str,
    pub what_missing: &'static str,
    pub details: &'static str,
    pub details_hint: &'static str,
    /// How many characters there may be, already written as a number.
    pub long_text: About,
    /// How many characters there may be.
    pub long_line: About,
    pub odd_text: &'static str,
    pub facility: &'static str,
    pub facility_choose: &'static str,
    pub facility_none: &'static str,
    pub facility_missing: &'static str,
    pub facility_hint: &'static str,
    pub facility_number: &'static str,
    /// The number that was typed.
    pub facility_unknown: About,
    pub object: &'static str,
    pub object_none: &'static str,
    /// Heads the machines that belong to no facility.
    pub object_loose: &'static str,
    pub object_number: &'static str,
    pub object_number_hint: &'static str,
    /// The number that was typed.
    pub object_unknown: About,
    pub urgency: &'static str,
    pub urgency_missing: &'static str,
    /// The name of the priority, and the telephone number to call.
    pub emergency: Both,
    pub site_contact: &'static str,
    pub site_contact_hint: &'static str,
    pub site_phone: &'static str,
    pub reference: &'static str,
    pub reference_hint: &'static str,
    pub send: &'static str,
    pub closed_title: &'static str,
    /// The company and the customer.
    pub closed_text: Both,
    pub nowhere_title: &'static str,
    /// The company and the customer.
    pub nowhere_text: Both,
    pub sent_title: &'static str,
    pub sent_number: &'static str,
    pub next_title: &'static str,
    pub next_company: About,
    /// The address.
    pub next_mail: About,
    /// The address, of somebody who cannot open the order.
    pub next_mail_blind: About,
    pub next_number: &'static str,
    pub urgent_title: &'static str,
    pub urgent_text: &'static str,
    pub emergency_title: &'static str,
    pub emergency_text: &'static str,
    pub open: &'static str,
    pub again: &'static str,
}

pub(super) static EN: NewOrder = NewOrder {
    what: "What is it about?",
    what_hint: "In a few words, such as “Compressor 2 leaks oil”.",
    what_missing: "Write in a few words what it is about.",
    details: "Description (optional)",
    details_hint: "What have you noticed, and since when? Where exactly is it?",
    long_text: |most| format!("This text is too long. Shorten it to {most} characters."),
    long_line: |most| format!("This is too long. Shorten it to {most} characters."),
    odd_text: "This text contains a character that cannot be saved. Write it again without it.",
    facility: "Facility",
    facility_choose: "Choose a facility",
    facility_none: "No facility",
    facility_missing: "Choose the facility it is about.",
    facility_hint: "If you choose an object below, its own facility applies.",
    facility_number: "Number of the facility",
    facility_unknown: |number| format!("There is no facility “{number}” that you can order for. Choose another one."),
    object: "Object (optional)",
    object_none: "No particular object",
    object_loose: "Without a facility",
    object_number: "Number of the object (optional)",
    object_number_hint: "It is on the label of the machine.",
    object_unknown: |number| {
        format!("There is no object “{number}” that you can order for. Choose another one or none.")
    },
    urgency: "How urgent is it?",
    urgency_missing: "Choose how urgent it is.",
    emergency: |name, phone| format!("{name}: also call {phone} at once"),
    site_contact: "Contact on site (optional)",
    site_contact_hint: "The person who lets us in or shows the way, if it is not you.",
    site_phone: "Telephone number of the contact on site (optional)",
    reference: "Your own reference (optional)",
    reference_hint: "Such as an order number or a cost centre.",
    send: "Send the order",
    closed_title: "Nothing can be ordered here any more",
    closed_text: |company, customer| {
        format!("{company} no longer takes orders for {customer}. If that is a mistake, tell us.")
    },
    nowhere_title: "There is no facility you can order for yet",
    nowhere_text: |company, customer| {
        format!("{company} has not yet given you access to a facility of {customer}. Tell us what you need.")
    },
    sent_title: "Thank you, your order has been received",
    sent_number: "Order number",
    next_title: "What happens now",
    next_company: |company| format!("{company} will look at your order and get back to you."),
    next_mail: |email| {
        format!("You will get an e-mail at {email} when its status changes or when somebody writes a comment.")
    },
    next_mail_blind: |email| format!("You will get an e-mail at {email} when its status changes."),
    next_number: "Give the order number when you call or write.",
    urgent_title: "If it cannot wait",
    urgent_text: "If it gets worse or becomes dangerous, do not wait for an answer:",
    emergency_title: "Call now",
    emergency_text: "You said that it is an emergency. Do not wait for an answer:",
    open: "Open the order",
    again: "Order something else",
};

pub(super) static SV: NewOrder = NewOrder {
    what: "Vad gäller det?",
    what_hint: "Med några ord, till exempel ”Kompressor 2 läcker olja”.",
    what_missing: "Skriv med några ord vad det gäller.",
    details: "Beskrivning (valfritt)",
    details_hint: "Vad har du märkt, och sedan när? Var exakt är det?",
    long_text: |most| format!("Texten är för lång. Korta den till högst {most} tecken."),
    long_line: |most| format!("Det här är för långt. Korta det till högst {most} tecken."),
    odd_text: "Texten innehåller ett tecken som inte kan sparas. Skriv den igen utan det.",
    facility: "Anläggning",
    facility_choose: "Välj en anläggning",
    facility_none: "Ingen anläggning",
    facility_missing: "Välj vilken anläggning det gäller.",
    facility_hint: "Om du väljer ett objekt nedan gäller dess anläggning.",
    facility_number: "Anläggningens nummer",
    facility_unknown: |number| format!("Det finns ingen anläggning ”{number}” som du kan beställa för. Välj en annan."),
    object: "Objekt (valfritt)",
    object_none: "Inget särskilt objekt",
    object_loose: "Utan anläggning",
    object_number: "Objektets nummer (valfritt)",
    object_number_hint: "Det står på etiketten.",
    object_unknown: |number| {
        format!("Det finns inget objekt ”{number}” som du kan beställa för. Välj ett annat eller inget.")
    },
    urgency: "Hur bråttom är det?",
    urgency_missing: "Välj hur bråttom det är.",
    emergency: |name, phone| format!("{name}: ring genast {phone} också"),
    site_contact: "Kontakt på plats (valfritt)",
    site_contact_hint: "Den som släpper in oss eller visar vägen, om det inte är du.",
    site_phone: "Telefonnummer till kontakten på plats (valfritt)",
    reference: "Er referens (valfritt)",
    reference_hint: "Till exempel ett beställningsnummer eller kostnadsställe.",
    send: "Skicka ärendet",
    closed_title: "Här kan inget beställas längre",
    closed_text: |company, customer| {
        format!("{company} tar inte längre emot ärenden för {customer}. Om det inte stämmer, säg till oss.")
    },
    nowhere_title: "Det finns ännu ingen anläggning som du kan beställa för",
    nowhere_text: |company, customer| {
        format!(
            "{company} har ännu inte gett dig tillgång till någon anläggning hos {customer}. Berätta för oss vad du behöver."
        )
    },
    sent_title: "Tack, vi har tagit emot ditt ärende",
    sent_number: "Ärendenummer",
    next_title: "Det här händer nu",
    next_company: |company| format!("{company} tittar på ditt ärende och återkommer till dig."),
    next_mail: |email| {
        format!("Du får ett mejl till {email} när statusen ändras eller när någon skriver en kommentar.")
    },
    next_mail_blind: |email| format!("Du får ett mejl till {email} när statusen ändras."),
    next_number: "Uppge ärendenumret när du ringer eller skriver.",
    urgent_title: "Om det inte kan vänta",
    urgent_text: "Vänta inte på svar om det blir värre eller farligt:",
    emergency_title: "Ring nu",
    emergency_text: "Du har angett att det är akut. Vänta inte på svar:",
    open: "Öppna ärendet",
    again: "Beställ något mer",
};

pub(super) static ES: NewOrder = NewOrder {
    what: "¿De qué se trata?",
    what_hint: "En pocas palabras, por ejemplo: «El compresor 2 pierde aceite».",
    what_missing: "Escriba en pocas palabras de qué se trata.",
    details: "Descripción (opcional)",
    details_hint: "¿Qué ha notado y desde cuándo? ¿Dónde está exactamente?",
    long_text: |most| format!("El texto es demasiado largo. Acórtelo a {most} caracteres como máximo."),
    long_line: |most| format!("Es demasiado largo. Acórtelo a {most} caracteres como máximo."),
    odd_text: "El texto contiene un carácter que no se puede guardar. Escríbalo de nuevo sin él.",
    facility: "Instalación",
    facility_choose: "Elija una instalación",
    facility_none: "Sin instalación",
    facility_missing: "Elija de qué instalación se trata.",
    facility_hint: "Si elige un equipo más abajo, se aplica la instalación de ese equipo.",
    facility_number: "Número de la instalación",
    facility_unknown: |number| {
        format!("No hay ninguna instalación «{number}» para la que pueda pedir un trabajo. Elija otra.")
    },
    object: "Equipo (opcional)",
    object_none: "Ningún equipo en particular",
    object_loose: "Sin instalación",
    object_number: "Número del equipo (opcional)",
    object_number_hint: "Figura en la etiqueta del equipo.",
    object_unknown: |number| {
        format!("No hay ningún equipo «{number}» para el que pueda pedir un trabajo. Elija otro o ninguno.")
    },
    urgency: "¿Qué urgencia tiene?",
    urgency_missing: "Elija la urgencia.",
    emergency: |name, phone| format!("{name}: llame además de inmediato al {phone}"),
    site_contact: "Contacto en el lugar (opcional)",
    site_contact_hint: "Quien nos abrirá o nos indicará el camino, si no es usted.",
    site_phone: "Teléfono del contacto en el lugar (opcional)",
    reference: "Su referencia (opcional)",
    reference_hint: "Por ejemplo, un número de pedido o un centro de coste.",
    send: "Enviar la orden",
    closed_title: "Aquí ya no se puede pedir nada",
    closed_text: |company, customer| {
        format!("{company} ya no admite órdenes para {customer}. Si es un error, díganoslo.")
    },
    nowhere_title: "Aún no hay ninguna instalación para la que pueda pedir un trabajo",
    nowhere_text: |company, customer| {
        format!("{company} aún no le ha dado acceso a ninguna instalación de {customer}. Díganos qué necesita.")
    },
    sent_title: "Gracias, hemos recibido su orden",
    sent_number: "Número de orden",
    next_title: "Próximos pasos",
    next_company: |company| format!("{company} revisará su orden y se pondrá en contacto con usted."),
    next_mail: |email| {
        format!("Recibirá un correo en {email} cuando cambie el estado o cuando alguien escriba un comentario.")
    },
    next_mail_blind: |email| format!("Recibirá un correo en {email} cuando cambie el estado."),
    next_number: "Indique el número de orden cuando llame o escriba.",
    urgent_title: "Si es urgente",
    urgent_text: "Si la situación empeora o se vuelve peligrosa, no espere una respuesta:",
    emergency_title: "Llame ahora",
    emergency_text: "Ha indicado que es una emergencia. No espere una respuesta:",
    open: "Abrir la orden",
    again: "Pedir otra cosa",
};
