//! Documents: the field that takes files, the list, the page of all.

use super::{About, Counted};

/// Documents: the field that takes files, the list, the page of all.
pub struct Documents {
    pub title: &'static str,
    pub files: &'static str,
    pub file: &'static str,
    pub optional: &'static str,
    /// How many files, of how many megabytes each, of which types.
    pub limits: fn(u64, &str, &str) -> String,
    pub pictures: About,
    pub office: About,
    pub texts: About,
    pub and: &'static str,
    pub again: &'static str,
    pub missing: &'static str,
    pub empty_file: About,
    pub too_large: fn(&str, &str) -> String,
    pub ending: fn(&str, &str) -> String,
    pub content: About,
    pub too_many: fn(&str, u64) -> String,
    pub full: &'static str,
    pub purpose: &'static str,
    pub reference: &'static str,
    pub billing: &'static str,
    pub update: &'static str,
    pub text: &'static str,
    pub text_hint: &'static str,
    pub text_long: &'static str,
    pub add: &'static str,
    pub send: &'static str,
    pub added: Counted,
    pub to_order: About,
    pub to_object: About,
    pub to_facility: About,
    pub to_company: &'static str,
}

pub(super) static EN: Documents = Documents {
    title: "Documents",
    files: "Files",
    file: "File",
    optional: "(optional)",
    limits: |files, megabytes, types| match files {
        1 => format!("One file of at most {megabytes} MB: {types}."),
        _ => format!("Up to {files} files of at most {megabytes} MB each: {types}."),
    },
    pictures: |endings| format!("pictures ({endings})"),
    office: |endings| format!("documents and spreadsheets ({endings})"),
    texts: |endings| format!("text files ({endings})"),
    and: "and",
    again: "Choose the files again: browsers do not keep them.",
    missing: "Choose a file.",
    empty_file: |name| format!("“{name}” is empty. Choose another file."),
    too_large: |name, megabytes| {
        format!("“{name}” is larger than {megabytes} MB. Make it smaller, or send it in parts.")
    },
    ending: |name, types| format!("“{name}” is of a kind that cannot be received. These can: {types}."),
    content: |name| format!("“{name}” is not what its ending says. Save it again in its own program, then choose it."),
    too_many: |name, files| {
        format!("“{name}” is one too many: {files} files can be sent at once. Send the rest afterwards.")
    },
    full: "There is no more room for your files. Ask us to make room.",
    purpose: "What is it for?",
    reference: "To look something up",
    billing: "For the invoice",
    update: "News about the work",
    text: "A line about it",
    text_hint: "For example: drawing of the machine room.",
    text_long: "Write a single line of at most 200 characters.",
    add: "Add a document",
    send: "Send",
    added: |count| if count == 1 { "The file has arrived.".into() } else { format!("{count} files have arrived.") },
    to_order: |name| format!("to order {name}"),
    to_object: |name| format!("to object {name}"),
    to_facility: |name| format!("to facility {name}"),
    to_company: "to your company",
};

pub(super) static SV: Documents = Documents {
    title: "Dokument",
    files: "Filer",
    file: "Fil",
    optional: "(valfritt)",
    limits: |files, megabytes, types| match files {
        1 => format!("En fil på högst {megabytes} MB: {types}."),
        _ => format!("Upp till {files} filer på högst {megabytes} MB var: {types}."),
    },
    pictures: |endings| format!("bilder ({endings})"),
    office: |endings| format!("dokument och kalkylblad ({endings})"),
    texts: |endings| format!("textfiler ({endings})"),
    and: "och",
    again: "Välj filerna igen: webbläsaren behåller dem inte.",
    missing: "Välj en fil.",
    empty_file: |name| format!("”{name}” är tom. Välj en annan fil."),
    too_large: |name, megabytes| {
        format!("”{name}” är större än {megabytes} MB. Gör den mindre eller skicka den i delar.")
    },
    ending: |name, types| format!("”{name}” är av ett slag som inte kan tas emot. Det här går bra: {types}."),
    content: |name| {
        format!("”{name}” är inte det som filändelsen säger. Spara om den i sitt eget program och välj den igen.")
    },
    too_many: |name, files| {
        format!("”{name}” är en för mycket: {files} filer kan skickas på en gång. Skicka resten efteråt.")
    },
    full: "Det finns inte plats för fler filer från dig. Be oss göra plats.",
    purpose: "Vad är det till?",
    reference: "Att slå upp något",
    billing: "För fakturan",
    update: "Nytt om arbetet",
    text: "En rad om innehållet",
    text_hint: "Till exempel: ritning av maskinrummet.",
    text_long: "Skriv en enda rad på högst 200 tecken.",
    add: "Lägg till ett dokument",
    send: "Skicka",
    added: |count| if count == 1 { "Filen har kommit fram.".into() } else { format!("{count} filer har kommit fram.") },
    to_order: |name| format!("till ärende {name}"),
    to_object: |name| format!("till objekt {name}"),
    to_facility: |name| format!("till anläggning {name}"),
    to_company: "till ditt företag",
};

pub(super) static ES: Documents = Documents {
    title: "Documentos",
    files: "Archivos",
    file: "Archivo",
    optional: "(opcional)",
    limits: |files, megabytes, types| match files {
        1 => format!("Un archivo de {megabytes} MB como máximo: {types}."),
        _ => format!("Hasta {files} archivos de {megabytes} MB como máximo cada uno: {types}."),
    },
    pictures: |endings| format!("imágenes ({endings})"),
    office: |endings| format!("documentos y hojas de cálculo ({endings})"),
    texts: |endings| format!("archivos de texto ({endings})"),
    and: "y",
    again: "Vuelva a elegir los archivos: el navegador no los conserva.",
    missing: "Elija un archivo.",
    empty_file: |name| format!("«{name}» está vacío. Elija otro archivo."),
    too_large: |name, megabytes| format!("«{name}» supera los {megabytes} MB. Redúzcalo o envíelo por partes."),
    ending: |name, types| format!("«{name}» es de un tipo que no se puede recibir. Se admiten: {types}."),
    content: |name| {
        format!("«{name}» no es lo que indica su extensión. Guárdelo de nuevo en su programa y vuelva a elegirlo.")
    },
    too_many: |name, files| {
        format!("«{name}» sobra: se pueden enviar {files} archivos a la vez. Envíe el resto después.")
    },
    full: "No queda espacio para más archivos suyos. Pídanos que hagamos sitio.",
    purpose: "¿Para qué es?",
    reference: "Para consulta",
    billing: "Para la factura",
    update: "Novedades del trabajo",
    text: "Una línea sobre el contenido",
    text_hint: "Por ejemplo: plano de la sala de máquinas.",
    text_long: "Escriba una sola línea de 200 caracteres como máximo.",
    add: "Añadir un documento",
    send: "Enviar",
    added: |count| {
        if count == 1 { "El archivo ha llegado.".into() } else { format!("Han llegado {count} archivos.") }
    },
    to_order: |name| format!("a la orden {name}"),
    to_object: |name| format!("al equipo {name}"),
    to_facility: |name| format!("a la instalación {name}"),
    to_company: "a su empresa",
};
