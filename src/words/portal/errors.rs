//! What went wrong, by status.

use super::{About, Counted};

/// One thing that went wrong: what happened, and what to do.
pub struct Fault {
    pub title: &'static str,
    pub what: &'static str,
    pub next: &'static str,
}

/// What went wrong, by status.
pub struct Errors {
    pub bad: Fault,
    pub denied: Fault,
    pub missing: Fault,
    pub method: Fault,
    pub gone: Fault,
    pub length: Fault,
    pub large: Fault,
    pub media: Fault,
    pub content: Fault,
    pub throttled: Fault,
    pub ours: Fault,
    pub busy: Fault,
    pub text_limit: About,
    pub wait: Counted,
    pub reference: &'static str,
    pub reference_hint: &'static str,
    pub back: &'static str,
    pub home: &'static str,
}

pub(super) static EN: Errors = Errors {
    bad: Fault {
        title: "The request could not be read",
        what: "Something in the address or the form arrived incomplete.",
        next: "Go back, reload the page and try again.",
    },
    denied: Fault {
        title: "You may not do this",
        what: "Your account does not include it, or the form was opened too long ago.",
        next: "Go back, reload the page and try again. If it stays like this, ask for the permission.",
    },
    missing: Fault {
        title: "There is nothing here",
        what: "The address is misspelled, or what it showed has been moved or is not shared with you.",
        next: "Check the address, or go to the start page.",
    },
    method: Fault {
        title: "This page cannot be used that way",
        what: "The address is right, but it does not take this kind of request.",
        next: "Go to the start page.",
    },
    gone: Fault {
        title: "This is no longer here",
        what: "What this address led to is no longer kept.",
        next: "Ask the company for it, or go to the start page.",
    },
    length: Fault {
        title: "The request has no length",
        what: "The browser did not say how much it was going to send.",
        next: "Try again, or use another browser.",
    },
    large: Fault {
        title: "That is too large",
        what: "What was sent is larger than can be received here.",
        next: "Go back and send fewer or smaller files, or a shorter text.",
    },
    media: Fault {
        title: "This kind of file cannot be received",
        what: "Its type is not among those that can be received here.",
        next: "Save it as a PDF or as a picture, then try again.",
    },
    content: Fault {
        title: "Something in the form does not fit",
        what: "One of the values could not be used.",
        next: "Go back, check what you entered and try again.",
    },
    throttled: Fault {
        title: "Too many requests",
        what: "There were very many requests in a short time.",
        next: "Wait a little, then try again.",
    },
    ours: Fault {
        title: "Something went wrong here",
        what: "The fault is ours and has been recorded. What you sent may not have been saved.",
        next: "Try again in a while. If it stays like this, call or write, and give the reference.",
    },
    busy: Fault {
        title: "Back in a moment",
        what: "There is a great deal to do right now, or maintenance is under way. Nothing is lost.",
        next: "Try again in a minute.",
    },
    text_limit: |limit| format!("The text of one form may take up to {limit} in all."),
    wait: |minutes| match minutes {
        0 | 1 => "You can try again in a minute.".into(),
        _ => format!("You can try again in {minutes} minutes."),
    },
    reference: "Reference",
    reference_hint: "Give it when you call, so that the fault is found quickly.",
    back: "Back to the form",
    home: "Go to the start page",
};

pub(super) static SV: Errors = Errors {
    bad: Fault {
        title: "Begäran gick inte att läsa",
        what: "Något i adressen eller formuläret kom inte fram helt.",
        next: "Gå tillbaka, ladda om sidan och försök igen.",
    },
    denied: Fault {
        title: "Det här får du inte göra",
        what: "Det ingår inte i ditt konto, eller så öppnades formuläret för länge sedan.",
        next: "Gå tillbaka, ladda om sidan och försök igen. Hjälper det inte kan du be om behörighet.",
    },
    missing: Fault {
        title: "Här finns inget",
        what: "Adressen kan vara felstavad. Det som fanns där kan också ha flyttats, eller så delas det inte med dig.",
        next: "Kontrollera adressen, eller gå till startsidan.",
    },
    method: Fault {
        title: "Sidan kan inte användas så",
        what: "Adressen är rätt, men den kan inte ta emot den här sortens begäran.",
        next: "Gå till startsidan.",
    },
    gone: Fault {
        title: "Det här finns inte kvar",
        what: "Det som adressen ledde till sparas inte längre.",
        next: "Fråga företaget efter det, eller gå till startsidan.",
    },
    length: Fault {
        title: "Begäran saknar längd",
        what: "Webbläsaren angav inte hur mycket den skulle skicka.",
        next: "Försök igen, eller använd en annan webbläsare.",
    },
    large: Fault {
        title: "Det är för stort",
        what: "Det som skickades är större än vad som kan tas emot här.",
        next: "Gå tillbaka och skicka färre eller mindre filer, eller en kortare text.",
    },
    media: Fault {
        title: "Den här sortens fil kan inte tas emot",
        what: "Filtypen hör inte till dem som kan tas emot här.",
        next: "Spara den som PDF eller bild och försök igen.",
    },
    content: Fault {
        title: "Något i formuläret stämmer inte",
        what: "Ett av värdena gick inte att använda.",
        next: "Gå tillbaka, kontrollera vad du skrev och försök igen.",
    },
    throttled: Fault {
        title: "För många förfrågningar",
        what: "Det kom väldigt många förfrågningar på kort tid.",
        next: "Vänta en stund och försök igen.",
    },
    ours: Fault {
        title: "Något gick fel hos oss",
        what: "Felet är vårt och har registrerats. Det du skickade kanske inte har sparats.",
        next: "Försök igen om en stund. Hjälper det inte kan du ringa eller skriva och uppge referensen.",
    },
    busy: Fault {
        title: "Strax tillbaka",
        what: "Det är mycket att göra just nu, eller så pågår underhåll. Inget har gått förlorat.",
        next: "Försök igen om en minut.",
    },
    text_limit: |limit| format!("All text i ett formulär får vara högst {limit} tillsammans."),
    wait: |minutes| match minutes {
        0 | 1 => "Du kan försöka igen om en minut.".into(),
        _ => format!("Du kan försöka igen om {minutes} minuter."),
    },
    reference: "Referens",
    reference_hint: "Uppge den när du ringer, så hittas felet snabbt.",
    back: "Tillbaka till formuläret",
    home: "Till startsidan",
};

pub(super) static ES: Errors = Errors {
    bad: Fault {
        title: "No se ha podido leer la solicitud",
        what: "Algo de la dirección o del formulario ha llegado incompleto.",
        next: "Vuelva atrás, recargue la página e inténtelo de nuevo.",
    },
    denied: Fault {
        title: "No puede hacer esto",
        what: "Su cuenta no lo incluye, o el formulario se abrió hace demasiado tiempo.",
        next: "Vuelva atrás, recargue la página e inténtelo de nuevo. Si no se resuelve, solicite el permiso.",
    },
    missing: Fault {
        title: "Aquí no hay nada",
        what: "Puede que la dirección esté mal escrita, o que lo que mostraba se haya movido o no se comparta con usted.",
        next: "Revise la dirección o vaya a la página de inicio.",
    },
    method: Fault {
        title: "Esta página no se puede usar así",
        what: "La dirección es correcta, pero no admite este tipo de solicitud.",
        next: "Vaya a la página de inicio.",
    },
    gone: Fault {
        title: "Esto ya no está disponible",
        what: "Lo que había en esta dirección ya no se conserva.",
        next: "Pídaselo a la empresa o vaya a la página de inicio.",
    },
    length: Fault {
        title: "La solicitud no indica su tamaño",
        what: "El navegador no ha indicado cuánto iba a enviar.",
        next: "Inténtelo de nuevo o use otro navegador.",
    },
    large: Fault {
        title: "Es demasiado grande",
        what: "Lo enviado supera lo que se puede recibir aquí.",
        next: "Vuelva atrás y envíe menos archivos, archivos más pequeños o un texto más breve.",
    },
    media: Fault {
        title: "Este tipo de archivo no se puede recibir",
        what: "Su tipo no está entre los que se pueden recibir aquí.",
        next: "Guárdelo como PDF o como imagen e inténtelo de nuevo.",
    },
    content: Fault {
        title: "Hay un dato del formulario que no es correcto",
        what: "Uno de los valores no se ha podido usar.",
        next: "Vuelva atrás, revise lo que ha escrito e inténtelo de nuevo.",
    },
    throttled: Fault {
        title: "Demasiadas solicitudes",
        what: "Se han recibido muchísimas solicitudes en poco tiempo.",
        next: "Espere un poco e inténtelo de nuevo.",
    },
    ours: Fault {
        title: "Se ha producido un fallo",
        what: "El fallo es nuestro y ha quedado registrado. Puede que lo enviado no se haya guardado.",
        next: "Inténtelo dentro de un rato. Si no se resuelve, llame o escriba e indique la referencia.",
    },
    busy: Fault {
        title: "Volvemos enseguida",
        what: "En este momento hay mucha actividad o se están realizando tareas de mantenimiento. No se ha perdido nada.",
        next: "Inténtelo de nuevo dentro de un minuto.",
    },
    text_limit: |limit| format!("Todo el texto de un formulario puede ocupar como máximo {limit}."),
    wait: |minutes| match minutes {
        0 | 1 => "Puede intentarlo de nuevo dentro de un minuto.".into(),
        _ => format!("Puede intentarlo de nuevo dentro de {minutes} minutos."),
    },
    reference: "Referencia",
    reference_hint: "Indíquela cuando llame: así el fallo se encuentra enseguida.",
    back: "Volver al formulario",
    home: "Ir a la página de inicio",
};
