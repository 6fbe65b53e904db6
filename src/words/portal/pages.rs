//! Help, privacy and accessibility.

use super::About;

/// Help, privacy and accessibility: a title, and headed paragraphs.
pub struct Pages {
    pub help_lead: About,
    pub help: &'static [(&'static str, &'static str)],
    pub stages: &'static str,
    pub received: &'static str,
    pub planned: &'static str,
    pub in_progress: &'static str,
    pub waiting: &'static str,
    pub done: &'static str,
    pub cancelled: &'static str,
    pub privacy_lead: About,
    pub privacy: &'static [(&'static str, &'static str)],
    pub accessibility_lead: About,
    pub accessibility: &'static [(&'static str, &'static str)],
}

pub(super) static EN: Pages = Pages {
    help_lead: |name| format!("Here you follow what {name} does for you."),
    help: &[
        (
            "I cannot sign in",
            "Use the address your invitation was sent to. If you have forgotten the password, choose “I have forgotten my password” on the sign-in page and open the link in the e-mail.",
        ),
        (
            "I have not received an e-mail",
            "Look in your junk folder first. If it is not there, your address may be spelled differently in your account: call or write, and it will be put right.",
        ),
        (
            "An order or a facility is missing",
            "You see what has been shared with you. Ask for the rest: once it is shared, it appears here at once.",
        ),
    ],
    stages: "What the stages mean",
    received: "The order has arrived and will be planned.",
    planned: "A time or a technician is set.",
    in_progress: "Somebody is working on it.",
    waiting: "An answer from you is needed before it goes on.",
    done: "The work is finished.",
    cancelled: "The order will not be carried out.",
    privacy_lead: |name| format!("{name} is responsible for the personal data on these pages."),
    privacy: &[
        (
            "What is kept",
            "Your name, your e-mail address, your telephone number if you gave it, what you write here, and when you signed in, with which browser and from which network address.",
        ),
        ("What for", "To show you your orders, to tell you about them by e-mail, and to protect your account."),
        (
            "Cookies",
            "One cookie keeps you signed in and one remembers your language. Nothing tracks you, and nothing comes from other companies.",
        ),
        ("Your rights", "You can ask what is kept about you, and have it corrected or erased. Call or write."),
    ],
    accessibility_lead: |name| {
        format!("Everybody is to be able to use these pages of {name}, however they see, hear or move.")
    },
    accessibility: &[
        (
            "What is promised",
            "The pages are made to meet the Web Content Accessibility Guidelines, WCAG 2.2, level AA, and are tested for it before each change is published.",
        ),
        (
            "How you can use them",
            "With the keyboard alone, with a screen reader, on a telephone, with text twice as large, with more space between the lines, light or dark as your device is set, and without scripts. Nothing moves by itself, and nothing has to be dragged.",
        ),
        (
            "What we cannot promise",
            "Documents and pictures are shown as they were sent. If one of them does not work for you, ask for another form of it.",
        ),
        (
            "If something does not work",
            "Call or write, and say on which page it happened and what you use. You get an answer from a person. If it is not put right, you can turn to the authority that watches over accessibility in your country.",
        ),
    ],
};

pub(super) static SV: Pages = Pages {
    help_lead: |name| format!("Här följer du vad {name} gör för dig."),
    help: &[
        (
            "Jag kan inte logga in",
            "Använd adressen som inbjudan skickades till. Har du glömt lösenordet väljer du ”Jag har glömt mitt lösenord” på inloggningssidan och öppnar länken i mejlet.",
        ),
        (
            "Jag har inte fått något mejl",
            "Titta först i skräpposten. Finns det inte där kan din adress vara felstavad i kontot: ring eller skriv, så rättas den.",
        ),
        (
            "Ett ärende eller en anläggning saknas",
            "Du ser det som delas med dig. Be om resten: så snart det delas med dig syns det här.",
        ),
    ],
    stages: "Vad lägena betyder",
    received: "Ärendet har kommit in och ska planeras.",
    planned: "Tid eller tekniker är bestämd.",
    in_progress: "Någon arbetar med det.",
    waiting: "Vi behöver ett svar från dig för att gå vidare.",
    done: "Arbetet är klart.",
    cancelled: "Arbetet kommer inte att utföras.",
    privacy_lead: |name| format!("{name} ansvarar för personuppgifterna på de här sidorna."),
    privacy: &[
        (
            "Vad som sparas",
            "Ditt namn, din e-postadress, ditt telefonnummer om du har lämnat det, det du skriver här, och när du loggade in, med vilken webbläsare och från vilken nätverksadress.",
        ),
        ("Varför", "För att visa dina ärenden, informera dig om dem via mejl och skydda ditt konto."),
        (
            "Kakor",
            "En kaka håller dig inloggad och en minns ditt språk. Inget spårar dig, och inget kommer från andra företag.",
        ),
        ("Dina rättigheter", "Du kan fråga vad som sparas om dig och få det rättat eller raderat. Ring eller skriv."),
    ],
    accessibility_lead: |name| {
        format!("Alla ska kunna använda de här sidorna från {name}, oavsett hur de ser, hör eller rör sig.")
    },
    accessibility: &[
        (
            "Vad vi lovar",
            "Sidorna är gjorda för att uppfylla riktlinjerna WCAG 2.2, nivå AA, och testas mot dem innan varje ändring publiceras.",
        ),
        (
            "Så kan du använda dem",
            "Med bara tangentbordet, med skärmläsare, på telefon, med dubbelt så stor text, med mer luft mellan raderna, ljust eller mörkt som din enhet är inställd, och utan skript. Inget rör sig av sig självt och inget behöver dras.",
        ),
        (
            "Vad vi inte kan lova",
            "Dokument och bilder visas som de skickades. Fungerar något av dem inte för dig kan du be om det i en annan form.",
        ),
        (
            "Om något inte fungerar",
            "Ring eller skriv, och berätta på vilken sida det hände och vad du använder. Du får svar av en människa. Rättas det inte kan du vända dig till den myndighet som har tillsyn över tillgänglighet i ditt land.",
        ),
    ],
};

pub(super) static ES: Pages = Pages {
    help_lead: |name| format!("Aquí puede seguir lo que {name} hace para usted."),
    help: &[
        (
            "No puedo iniciar sesión",
            "Use la dirección a la que llegó la invitación. Si ha olvidado la contraseña, elija «He olvidado mi contraseña» en la página de inicio de sesión y abra el enlace del correo.",
        ),
        (
            "No me ha llegado ningún correo",
            "Mire primero en el correo no deseado. Si no está, quizá su dirección esté mal escrita en la cuenta: llame o escriba y se corregirá.",
        ),
        (
            "Falta una orden o una instalación",
            "Solo ve lo que se comparte con usted. Pida lo que falte: en cuanto se comparta, aparecerá aquí.",
        ),
    ],
    stages: "Qué significan las fases",
    received: "La orden se ha recibido y se va a planificar.",
    planned: "Se ha fijado una fecha o asignado a una persona.",
    in_progress: "Alguien está trabajando en ella.",
    waiting: "Hace falta una respuesta suya para poder seguir.",
    done: "El trabajo está terminado.",
    cancelled: "El trabajo no se va a realizar.",
    privacy_lead: |name| format!("{name} es responsable de los datos personales de estas páginas."),
    privacy: &[
        (
            "Qué se guarda",
            "Su nombre, su correo, su teléfono si lo ha facilitado, lo que escribe aquí, y cuándo inició sesión, con qué navegador y desde qué dirección de red.",
        ),
        ("Para qué", "Para mostrarle sus órdenes, informarle por correo y proteger su cuenta."),
        (
            "Cookies",
            "Una cookie mantiene su sesión y otra recuerda su idioma. Nada le rastrea y nada procede de otras empresas.",
        ),
        (
            "Sus derechos",
            "Puede preguntar qué se guarda sobre usted y pedir que se corrija o se elimine. Llame o escriba.",
        ),
    ],
    accessibility_lead: |name| {
        format!(
            "Cualquier persona debe poder usar estas páginas de {name}, sean cuales sean su vista, su oído o su movilidad."
        )
    },
    accessibility: &[
        (
            "Qué prometemos",
            "Las páginas se hacen para cumplir las pautas WCAG 2.2, nivel AA, y se comprueban antes de publicar cada cambio.",
        ),
        (
            "Cómo puede usarlas",
            "Solo con el teclado, con lector de pantalla, en el teléfono, con el texto al doble de tamaño, con más espacio entre líneas, en claro u oscuro según su dispositivo, y sin scripts. Nada se mueve por sí solo y no hay que arrastrar nada.",
        ),
        (
            "Qué no podemos prometer",
            "Los documentos y las imágenes se muestran tal como se enviaron. Si alguno no le sirve, pídalo en otro formato.",
        ),
        (
            "Si algo no funciona",
            "Llame o escriba, y diga en qué página ocurrió y qué utiliza. Le responderá una persona. Si no se corrige, puede acudir a la autoridad que vela por la accesibilidad en su país.",
        ),
    ],
};
