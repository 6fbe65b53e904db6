//! The mails to customers about documents, self-checks, machines that are due for service, and planned work.

use crate::outbox::letter::SelfcheckNews;

/// News of what the company does for a customer.
pub struct Things {
    /// Takes the order's number, the day and the title.
    pub subject_planned: fn(&str, &str, &str) -> String,
    /// Takes the order's number and the title: the time no longer holds.
    pub subject_unplanned: fn(&str, &str) -> String,
    /// Takes the order's number and the moment.
    pub planned: fn(&str, &str) -> String,
    /// Takes the order's number and the group.
    pub unplanned: fn(&str, &str) -> String,
    /// Takes the order's number and the title.
    pub subject_order_document: fn(&str, &str) -> String,
    /// Takes what they lie on.
    pub subject_document: fn(&str) -> String,
    /// Takes who shared them and the order's number.
    pub order_document: fn(&str, &str) -> String,
    /// Takes who shared them and what they lie on.
    pub document: fn(&str, &str) -> String,
    /// On the button.
    pub open_documents: &'static str,
    /// Takes the news, the title, and what it lies on.
    pub subject_selfcheck: fn(SelfcheckNews, &str, &str) -> String,
    /// Takes the news, who did it and the title.
    pub selfcheck: fn(SelfcheckNews, &str, &str) -> String,
    /// Takes who wrote it; stands over the reason.
    pub reason: fn(&str) -> String,
    /// Takes whether it is overdue, the service and the machine.
    pub subject_service: fn(bool, &str, &str) -> String,
    /// Takes whether it is overdue, the service, the machine and the day.
    pub service: fn(bool, &str, &str, &str) -> String,
    /// Takes the group: what to do.
    pub service_next: fn(&str) -> String,
    /// The label of the service among the facts.
    pub service_label: &'static str,
    /// The label of the day among the facts.
    pub due_label: &'static str,
    /// On the button.
    pub open_object: &'static str,
    /// Takes the group and the customer.
    pub why: fn(&str, &str) -> String,
}

pub(super) static EN: Things = Things {
    subject_planned: |number, day, title| format!("Order {number} planned for {day}: {title}"),
    subject_unplanned: |number, title| format!("Order {number} waits for a new time: {title}"),
    planned: |number, when| format!("The work on order {number} is planned for {when}."),
    unplanned: |number, group| {
        format!("The time planned for order {number} no longer holds. {group} will get back to you with a new one.")
    },
    subject_order_document: |number, title| format!("Documents on order {number}: {title}"),
    subject_document: |on| format!("New documents: {on}"),
    order_document: |by, number| format!("{by} has shared documents on order {number}:"),
    document: |by, on| format!("{by} has shared documents with you at {on}:"),
    open_documents: "Open the documents",
    subject_selfcheck: |news, title, on| match news {
        SelfcheckNews::Added => format!("Self-check to fill in: {title}, {on}"),
        SelfcheckNews::Signed => format!("Self-check signed: {title}, {on}"),
        SelfcheckNews::Reopened => format!("Self-check reopened: {title}, {on}"),
    },
    selfcheck: |news, by, title| match news {
        SelfcheckNews::Added => format!("{by} asks you to fill in and sign the self-check “{title}”."),
        SelfcheckNews::Signed => format!("{by} has signed the self-check “{title}”."),
        SelfcheckNews::Reopened => {
            format!("{by} has reopened the self-check “{title}”. It can be filled in and signed again.")
        }
    },
    reason: |by| format!("{by} writes:"),
    subject_service: |overdue, service, object| match overdue {
        false => format!("Service due: {service}, {object}"),
        true => format!("Service overdue: {service}, {object}"),
    },
    service: |overdue, service, object, day| match overdue {
        false => format!("{object} is due for service ({service}) by {day}."),
        true => format!("{object} has been due for service ({service}) since {day}."),
    },
    service_next: |group| format!("If no visit is agreed yet, get in touch with {group} to book one."),
    service_label: "Service",
    due_label: "Due",
    open_object: "Open the object",
    why: |group, customer| {
        format!(
            "You get this e-mail because {group} tells you what concerns {customer}. \
             If you have nothing to do with it, tell us."
        )
    },
};

pub(super) static SV: Things = Things {
    subject_planned: |number, day, title| format!("Ärende {number} planerat till {day}: {title}"),
    subject_unplanned: |number, title| format!("Ärende {number} väntar på en ny tid: {title}"),
    planned: |number, when| format!("Arbetet på ärende {number} är planerat till {when}."),
    unplanned: |number, group| {
        format!("Den planerade tiden för ärende {number} gäller inte längre. {group} återkommer till dig med en ny.")
    },
    subject_order_document: |number, title| format!("Dokument på ärende {number}: {title}"),
    subject_document: |on| format!("Nya dokument: {on}"),
    order_document: |by, number| format!("{by} har delat dokument på ärende {number}:"),
    document: |by, on| format!("{by} har delat dokument med dig på {on}:"),
    open_documents: "Öppna dokumenten",
    subject_selfcheck: |news, title, on| match news {
        SelfcheckNews::Added => format!("Egenkontroll att fylla i: {title}, {on}"),
        SelfcheckNews::Signed => format!("Egenkontroll signerad: {title}, {on}"),
        SelfcheckNews::Reopened => format!("Egenkontroll öppnad igen: {title}, {on}"),
    },
    selfcheck: |news, by, title| match news {
        SelfcheckNews::Added => format!("{by} ber dig fylla i och signera egenkontrollen ”{title}”."),
        SelfcheckNews::Signed => format!("{by} har signerat egenkontrollen ”{title}”."),
        SelfcheckNews::Reopened => {
            format!("{by} har öppnat egenkontrollen ”{title}” igen. Den kan fyllas i och signeras på nytt.")
        }
    },
    reason: |by| format!("{by} skriver:"),
    subject_service: |overdue, service, object| match overdue {
        false => format!("Dags för service: {service}, {object}"),
        true => format!("Service försenad: {service}, {object}"),
    },
    service: |overdue, service, object, day| match overdue {
        false => format!("Det är dags för service ({service}) på {object} senast {day}."),
        true => format!("Service ({service}) på {object} skulle ha gjorts senast {day}."),
    },
    service_next: |group| format!("Kontakta {group} och boka ett besök om inget redan är avtalat."),
    service_label: "Service",
    due_label: "Senast",
    open_object: "Öppna objektet",
    why: |group, customer| {
        format!(
            "Du får det här mejlet eftersom {group} håller dig underrättad om det som rör {customer}. \
             Om du inte har med det att göra, säg till oss."
        )
    },
};

pub(super) static ES: Things = Things {
    subject_planned: |number, day, title| format!("Orden {number} planificada para el {day}: {title}"),
    subject_unplanned: |number, title| format!("Orden {number} a la espera de nueva fecha: {title}"),
    planned: |number, when| format!("El trabajo de la orden {number} está planificado para el {when}."),
    unplanned: |number, group| {
        format!("La fecha planificada de la orden {number} ya no es válida. {group} le comunicará una nueva.")
    },
    subject_order_document: |number, title| format!("Documentos en la orden {number}: {title}"),
    subject_document: |on| format!("Documentos nuevos: {on}"),
    order_document: |by, number| format!("{by} ha compartido documentos en la orden {number}:"),
    document: |by, on| format!("{by} ha compartido documentos con usted en {on}:"),
    open_documents: "Abrir los documentos",
    subject_selfcheck: |news, title, on| match news {
        SelfcheckNews::Added => format!("Autocontrol por rellenar: {title}, {on}"),
        SelfcheckNews::Signed => format!("Autocontrol firmado: {title}, {on}"),
        SelfcheckNews::Reopened => format!("Autocontrol reabierto: {title}, {on}"),
    },
    selfcheck: |news, by, title| match news {
        SelfcheckNews::Added => format!("{by} le pide que rellene y firme el autocontrol «{title}»."),
        SelfcheckNews::Signed => format!("{by} ha firmado el autocontrol «{title}»."),
        SelfcheckNews::Reopened => {
            format!("{by} ha reabierto el autocontrol «{title}». Se puede rellenar y firmar de nuevo.")
        }
    },
    reason: |by| format!("{by} escribe:"),
    subject_service: |overdue, service, object| match overdue {
        false => format!("Mantenimiento próximo: {service}, {object}"),
        true => format!("Mantenimiento atrasado: {service}, {object}"),
    },
    service: |overdue, service, object, day| match overdue {
        false => format!("El mantenimiento de {object} ({service}) debe hacerse antes del {day}."),
        true => format!("El mantenimiento de {object} ({service}) debía hacerse antes del {day}."),
    },
    service_next: |group| format!("Si aún no hay una visita acordada, póngase en contacto con {group} para fijarla."),
    service_label: "Mantenimiento",
    due_label: "Fecha límite",
    open_object: "Abrir el equipo",
    why: |group, customer| {
        format!(
            "Recibe este correo porque {group} le informa de lo que concierne a {customer}. \
             Si no tiene que ver con ello, díganoslo."
        )
    },
};
