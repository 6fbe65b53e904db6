//! The mails in Spanish.

use super::{
    Changed, Frame, Invite, Order, Reset, Staff, Test, Texts, account, accounts, doubtful, selfcheck, several, things,
};
use crate::outbox::letter::News;
use crate::stage::Stage;

/// Spanish.
pub static ES: Texts = Texts {
    frame: Frame {
        hello: |person| format!("Hola, {person}:"),
        regards: |group| format!("Un cordial saludo,\n{group}"),
        call: |phone| format!("¿Tiene preguntas? Llámenos al {phone}."),
        reply: "Puede responder a este correo; leemos las respuestas.",
        copy_link: "Si el botón no funciona, copie esta dirección en su navegador:",
        off: "Elija qué correos quiere recibir:",
        order: "Orden",
        about: "Asunto",
        customer: "Cliente",
        facility: "Instalación",
        object: "Equipo",
        planned: "Planificada",
        status: "Estado",
        priority: "Prioridad",
        site: "Contacto en el lugar",
        reference: "Referencia",
    },
    invite: Invite {
        subject: |group| format!("Su cuenta en {group}: elija una contraseña"),
        opening: |group, customer| {
            format!("{group} ha creado una cuenta para usted. Con ella puede seguir las órdenes de {customer}.")
        },
        opening_by: |group, customer, by| {
            format!(
                "{by}, de {group}, ha creado una cuenta para usted. Con ella puede seguir las órdenes de {customer}."
            )
        },
        what: "Para empezar, elija su propia contraseña. Nadie en la empresa la ve.",
        button: "Elegir una contraseña",
        expires: |when| {
            format!(
                "El enlace se puede usar una sola vez, hasta el {when}. \
                 Después podrá pedir otro en la misma página."
            )
        },
        why: |group| {
            format!(
                "Recibe este correo porque {group} indicó su dirección para esta cuenta. \
                 Si no lo esperaba, no haga nada: sin contraseña, la cuenta permanece cerrada."
            )
        },
    },
    reset: Reset {
        subject: |group| format!("Contraseña nueva para su cuenta en {group}"),
        opening_themselves: |group| {
            format!("Alguien, probablemente usted, ha pedido una contraseña nueva para su cuenta en {group}.")
        },
        opening_company: |group| format!("{group} le pide que elija una contraseña nueva para su cuenta."),
        button: "Elegir una contraseña nueva",
        expires: |when| {
            format!(
                "El enlace se puede usar una sola vez, hasta el {when}. \
                 Su contraseña actual seguirá siendo válida hasta que elija una nueva."
            )
        },
        why_themselves: "Recibe este correo porque se indicó su dirección en «He olvidado mi contraseña». \
                         Si no fue usted, no haga nada: su contraseña no cambia.",
        why_company: |group| {
            format!("Recibe este correo porque tiene una cuenta en {group}. Si no lo esperaba, pregúntenos primero.")
        },
    },
    changed: Changed {
        subject: |group| format!("Su contraseña en {group} ha cambiado"),
        opening: |group, when| format!("La contraseña de su cuenta en {group} se cambió el {when}."),
        client: |address| format!("El cambio se hizo desde la dirección de red {address}."),
        fine: "Si fue usted, no tiene que hacer nada más. Se ha cerrado la sesión en los demás dispositivos.",
        not_you: "Si no fue usted, elija de inmediato una contraseña nueva y avísenos:",
        button: "Elegir una contraseña nueva",
        why: "Recibe este correo cada vez que cambia su contraseña, para que nadie pueda cambiarla sin que usted lo sepa.",
    },
    address: &account::ADDRESS_ES,
    locked: &account::LOCKED_ES,
    access: &account::ACCESS_ES,
    things: &things::ES,
    several: &several::ES,
    replies: &several::REPLY_ES,
    order: Order {
        subject_received: |number, title| format!("Orden {number} recibida: {title}"),
        subject_status: |number, stage, title| format!("Orden {number} {stage}: {title}"),
        subject_comment: |number, title| format!("Comentario en la orden {number}: {title}"),
        opening_comment: |by, number| format!("{by} ha escrito un comentario en la orden {number}."),
        emergency: |phone| {
            format!("Ha indicado que es una emergencia. No espere una respuesta por correo: llámenos ahora al {phone}.")
        },
        opening_received: |group, number| format!("Gracias. {group} ha recibido su orden {number}."),
        opening_new: |group, number| format!("{group} ha recibido la orden {number}."),
        opening_moved: |number, from, to| format!("La orden {number} ha pasado de «{from}» a «{to}»."),
        opening_now: |number, to| format!("La orden {number} está ahora en «{to}»."),
        next: |stage, group| match stage {
            Stage::Received => format!("{group} la revisará y se pondrá en contacto con usted."),
            Stage::Planned => "El trabajo está planificado.".into(),
            Stage::InProgress => "El trabajo ha empezado.".into(),
            Stage::Waiting => format!("{group} necesita algo de usted para poder seguir con el trabajo."),
            Stage::Done => "El trabajo está terminado. Si algo no está bien, díganoslo.".into(),
            Stage::Cancelled => "La orden está cancelada; no se hará nada más.".into(),
        },
        reason: |group| format!("{group} escribe:"),
        button: "Abrir la orden",
        why: |group, customer| {
            format!(
                "Recibe este correo porque {group} le informa de las órdenes de {customer}. \
                 Si no tiene que ver con ellas, díganoslo."
            )
        },
        why_own: "Recibe este correo porque usted ha enviado la orden.",
        stage: |stage| match stage {
            Stage::Received => "recibida",
            Stage::Planned => "planificada",
            Stage::InProgress => "en curso",
            Stage::Waiting => "a la espera de su respuesta",
            Stage::Done => "terminada",
            Stage::Cancelled => "cancelada",
        },
    },
    staff: Staff {
        emergency: "EMERGENCIA",
        subject: |news, number, title| match news {
            News::Placed => format!("Nueva orden {number}: {title}"),
            News::Commented => format!("Comentario en la orden {number}: {title}"),
            News::Document => format!("Documento en la orden {number}: {title}"),
            News::Cancelled => format!("Orden {number} cancelada por el cliente: {title}"),
        },
        opening: |news, by, customer| match news {
            News::Placed => format!("{by}, de {customer}, ha enviado una orden."),
            News::Commented => format!("{by}, de {customer}, ha escrito un comentario."),
            News::Document => format!("{by}, de {customer}, ha añadido un documento."),
            News::Cancelled => format!("{by}, de {customer}, ha cancelado la orden."),
        },
        button: "Abrir la orden",
        why: |group| {
            format!(
                "Recibe este correo porque la orden está asignada a usted, \
                 o porque no está asignada a nadie y llega a {group}."
            )
        },
        why_office: |group| format!("Recibe este correo porque lo que no pertenece a ninguna orden llega a {group}."),
    },
    selfcheck: &selfcheck::ES,
    doubtful: &doubtful::ES,
    accounts: &accounts::ES,
    test: Test {
        subject: |group| format!("Correo de prueba de {group}"),
        opening: |group| format!("Esto es una prueba. Los correos de {group} se envían y llegan."),
        why: "Recibe este correo porque alguien de la empresa envió una prueba a su dirección. No tiene que hacer nada.",
    },
};
