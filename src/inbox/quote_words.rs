//! The words by which mail programs say in many languages that what follows is somebody else's.

/// The verbs of lines such as "On Friday, Eva wrote:".
pub const WROTE: &[&str] = &[
    "wrote",
    "skrev",
    "escribió",
    "escribio",
    "schrieb",
    "écrit",
    "kirjoitti",
    "schreef",
    "scritto",
    "escreveu",
    "napisał",
    "napisała",
];

/// How such lines begin.
pub const STARTS: &[&str] = &["on ", "den ", "el ", "am ", "le ", "op ", "il ", "em ", "em qua", "w dniu ", "at "];

/// The names of the heads that Outlook puts above what it quotes.
pub const FROM: &[&str] = &["from", "från", "de", "von", "fra", "lähettäjä", "da", "van", "expéditeur", "avsändare"];
/// See [`FROM`].
pub const OTHERS: &[&[&str]] = &[
    &[
        "sent",
        "date",
        "skickat",
        "datum",
        "enviado",
        "enviado el",
        "fecha",
        "gesendet",
        "envoyé",
        "sendt",
        "dato",
        "lähetetty",
        "päivämäärä",
        "päiväys",
        "verzonden",
        "inviato",
        "enviada em",
        "enviado em",
    ],
    &["to", "till", "para", "an", "à", "til", "vastaanottaja", "aan", "a"],
    &["subject", "ämne", "asunto", "betreff", "objet", "emne", "aihe", "onderwerp", "oggetto", "assunto"],
    &["cc", "kopia", "kopi", "kopie"],
];

/// What stands between dashes, or alone with a colon, above a message that is quoted or passed on.
pub const ORIGINAL: &[&str] = &[
    "original message",
    "ursprungligt meddelande",
    "originalmeddelande",
    "mensaje original",
    "ursprüngliche nachricht",
    "original-nachricht",
    "message d'origine",
    "message original",
    "opprinnelig melding",
    "oprindelig meddelelse",
    "alkuperäinen viesti",
    "oorspronkelijk bericht",
    "messaggio originale",
    "mensagem original",
    "forwarded message",
    "vidarebefordrat meddelande",
    "vidarebefordrat brev",
    "mensaje reenviado",
    "weitergeleitete nachricht",
    "message transféré",
    "videresendt melding",
    "videresendt meddelelse",
    "välitetty viesti",
];

/// The same, as a sentence of its own.
pub const FORWARDED: &[&str] = &[
    "begin forwarded message:",
    "vidarebefordrat brev:",
    "vidarebefordrat meddelande:",
    "inicio del mensaje reenviado:",
    "anfang der weitergeleiteten nachricht:",
    "début du message réexpédié :",
    "start på videresendt besked:",
    "videresendt melding:",
];

/// How a line begins that a telephone puts below what was typed on it.
pub const SENT_FROM: &[&str] = &[
    "sent from my ",
    "sent from outlook",
    "sent from mail for windows",
    "sent from yahoo",
    "sent from proton",
    "sent from the all new",
    "get outlook for ",
    "skickat från min ",
    "skickat från mail för windows",
    "skickat från e-post för windows",
    "skickat från outlook",
    "skickat från yahoo",
    "skickades från ",
    "hämta outlook för ",
    "skaffa outlook för ",
    "enviado desde mi ",
    "enviado desde outlook",
    "enviado desde correo para windows",
    "enviado desde yahoo",
    "enviado desde el ",
    "obtener outlook para ",
    "obtenga outlook para ",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "outlook für ",
    "envoyé de mon ",
    "envoyé depuis ",
    "télécharger outlook pour ",
    "obtenir outlook pour ",
    "sendt fra ",
    "hent outlook ",
    "få outlook for ",
    "lähetetty ",
    "hanki outlook ",
    "yahoo mail: ",
    "verstuurd vanaf ",
    "inviato da ",
];
