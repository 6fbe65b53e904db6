//! Self-checks.

use super::About;
use crate::text::Lang;
use crate::words::numbers::counted;

/// A sentence about two names or values.
type AboutTwo = fn(&str, &str) -> String;

/// A sentence about somebody, what they said, and what the reader said.
type AboutThree = fn(&str, &str, &str) -> String;

/// Self-checks.
pub struct Selfcheck {
    /// Heads the self-checks on another thing's page.
    pub title: &'static str,
    /// Takes the number of the self-check.
    pub numbered: About,
    pub open: &'static str,
    pub signed: &'static str,
    /// How many points are answered, and how many there are.
    pub answered: fn(u64, u64) -> String,
    /// How many must still be answered.
    pub missing: super::Counted,
    /// How many are not as they should be.
    pub failed: super::Counted,
    /// Takes the number of the order.
    pub on_order: About,
    /// Takes the name of the object.
    pub on_object: About,
    pub points: &'static str,
    pub intro: &'static str,
    pub ok: &'static str,
    pub fail: &'static str,
    pub not_applicable: &'static str,
    pub unanswered: &'static str,
    /// Takes a label.
    pub optional: About,
    pub note: &'static str,
    /// Takes the place of the point.
    pub note_on: fn(u32) -> String,
    pub note_or_photo: &'static str,
    /// Takes the place of the point.
    pub files_on: fn(u32) -> String,
    /// Takes the place of the point.
    pub not_applicable_at: fn(u32) -> String,
    pub answer: &'static str,
    pub by: &'static str,
    /// Takes who answered.
    pub answered_by: About,
    pub sign_title: &'static str,
    /// Takes the signer and the customer.
    pub sign_text: AboutTwo,
    pub sign_more: &'static str,
    pub sign: &'static str,
    pub saved: &'static str,
    pub partly_saved: &'static str,
    pub done: &'static str,
    /// Takes who signed.
    pub signed_by: About,
    /// Takes who began it.
    pub begun_by: About,
    /// Takes who took it up again.
    pub reopened_by: About,
    /// Takes who signed meanwhile.
    pub signed_meanwhile: About,
    pub lost: &'static str,
    /// Begins a sentence about a point.
    pub at_point: fn(u32, &str) -> String,
    pub must_answer: &'static str,
    /// Takes who, what they said, what the reader said.
    pub clash: AboutThree,
    /// Takes who, what they said.
    pub elsewhere: AboutTwo,
    pub flaw_answer: &'static str,
    /// Takes the unit.
    pub flaw_number: About,
    pub flaw_two_ways: &'static str,
    pub flaw_size: &'static str,
    /// Takes the unit.
    pub flaw_unit: About,
    pub flaw_both: &'static str,
    pub flaw_long: &'static str,
    pub flaw_character: &'static str,
    pub flaw_note: &'static str,
}

fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

pub(super) static EN: Selfcheck = Selfcheck {
    title: "Self-checks",
    numbered: |number| format!("Self-check {number}"),
    open: "To be filled in",
    signed: "Signed",
    answered: |answered, points| format!("{answered} of {points} points answered"),
    missing: |count| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        counted(count, Lang::En, "point must still be answered", "points must still be answered")
    },
    failed: |count| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        counted(count, Lang::En, "point is not OK", "points are not OK")
    },
    on_order: |number| format!("Order {number}"),
    on_object: |name| format!("Object {name}"),
    points: "Points",
    intro: "You can save and come back at any time. Where something is not OK, say what is wrong in the note.",
    ok: "OK",
    fail: "Not OK",
    not_applicable: "Not applicable",
    unanswered: "Not answered",
    optional: |label| format!("{label} (optional)"),
    note: "Note",
    note_on: |point| format!("Note on point {point}"),
    note_or_photo: "Note or photo",
    files_on: |point| format!("Photos or files for point {point} (optional)"),
    not_applicable_at: |point| format!("Point {point} is not applicable"),
    answer: "Answer",
    by: "Answered by",
    answered_by: |name| format!("Answered by {name}"),
    sign_title: "Sign",
    sign_text: |name, customer| format!("You sign as {name}, {customer}."),
    sign_more: "What you have filled in is saved with it. After that the answers can no longer be changed here.",
    sign: "Sign",
    saved: "Your answers are saved.",
    partly_saved: "All other answers are saved.",
    done: "The self-check is signed. Thank you.",
    signed_by: |name| format!("Signed by {name}"),
    begun_by: |name| format!("Begun by {name}"),
    reopened_by: |name| format!("Reopened by {name}"),
    signed_meanwhile: |name| {
        format!("{name} signed this self-check while you filled it in. Your last answers are not part of it.")
    },
    lost: "What you had filled in",
    at_point: |point, text| format!("Point {point}: {text}"),
    must_answer: "It must be answered before you can sign.",
    clash: |who, theirs, yours| {
        format!("{who} answered it meanwhile: {theirs}. You answered: {yours}. Save again if yours is right.")
    },
    elsewhere: |who, theirs| format!("{who} answered it meanwhile: {theirs}. Look at it, then sign again."),
    flaw_answer: "Choose one of the answers.",
    flaw_number: |unit| format!("Write a number, such as {}.", with_unit("12.5", unit)),
    flaw_two_ways: "The number can be read in two ways. Write it without thousands separators.",
    flaw_size: "Write the number with at most three decimals.",
    flaw_unit: |unit| format!("Write the number in {unit}."),
    flaw_both: "Give a value, or say that it is not applicable, not both.",
    flaw_long: "Write at most 1,000 characters.",
    flaw_character: "The text contains a character that cannot be saved. Type it again instead of pasting it.",
    flaw_note: "Say what is wrong.",
};

pub(super) static SV: Selfcheck = Selfcheck {
    title: "Egenkontroller",
    numbered: |number| format!("Egenkontroll {number}"),
    open: "Att fylla i",
    signed: "Signerad",
    answered: |answered, points| format!("{answered} av {points} punkter besvarade"),
    missing: |count| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        counted(count, Lang::Sv, "punkt återstår att besvara", "punkter återstår att besvara")
    },
    failed: |count| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        counted(count, Lang::Sv, "punkt är inte OK", "punkter är inte OK")
    },
    on_order: |number| format!("Ärende {number}"),
    on_object: |name| format!("Objekt {name}"),
    points: "Punkter",
    intro: "Du kan spara nu och fortsätta när du vill. Om något inte är OK skriver du i anteckningen vad som är fel.",
    ok: "OK",
    fail: "Inte OK",
    not_applicable: "Ej tillämpligt",
    unanswered: "Ej besvarad",
    optional: |label| format!("{label} (valfritt)"),
    note: "Anteckning",
    note_on: |point| format!("Anteckning till punkt {point}"),
    note_or_photo: "Anteckning eller foto",
    files_on: |point| format!("Foton eller filer till punkt {point} (valfritt)"),
    not_applicable_at: |point| format!("Punkt {point} är ej tillämplig"),
    answer: "Svar",
    by: "Besvarad av",
    answered_by: |name| format!("Besvarad av {name}"),
    sign_title: "Signera",
    sign_text: |name, customer| format!("Du signerar som {name}, {customer}."),
    sign_more: "Det du har fyllt i sparas samtidigt. Därefter går svaren inte längre att ändra här.",
    sign: "Signera",
    saved: "Dina svar är sparade.",
    partly_saved: "Alla andra svar är sparade.",
    done: "Egenkontrollen är signerad. Tack.",
    signed_by: |name| format!("Signerad av {name}"),
    begun_by: |name| format!("Påbörjad av {name}"),
    reopened_by: |name| format!("Öppnad igen av {name}"),
    signed_meanwhile: |name| {
        format!("{name} signerade egenkontrollen medan du fyllde i den. Dina senaste svar kom inte med.")
    },
    lost: "Det här hade du fyllt i",
    at_point: |point, text| format!("Punkt {point}: {text}"),
    must_answer: "Punkten måste besvaras innan du kan signera.",
    clash: |who, theirs, yours| {
        format!("{who} svarade under tiden: {theirs}. Du svarade: {yours}. Spara igen om ditt svar är det rätta.")
    },
    elsewhere: |who, theirs| format!("{who} svarade under tiden: {theirs}. Titta på det och signera sedan igen."),
    flaw_answer: "Välj ett av svaren.",
    flaw_number: |unit| format!("Skriv ett tal, till exempel {}.", with_unit("12,5", unit)),
    flaw_two_ways: "Talet kan läsas på två sätt. Skriv det utan tusentalsavgränsare.",
    flaw_size: "Skriv talet med högst tre decimaler.",
    flaw_unit: |unit| format!("Skriv talet i {unit}."),
    flaw_both: "Ange ett värde eller att punkten inte är tillämplig, inte både och.",
    flaw_long: "Skriv högst 1\u{202f}000 tecken.",
    flaw_character: "Texten innehåller ett tecken som inte kan sparas. Skriv den för hand i stället för att klistra in den.",
    flaw_note: "Skriv vad som är fel.",
};

pub(super) static ES: Selfcheck = Selfcheck {
    title: "Autocontroles",
    numbered: |number| format!("Autocontrol {number}"),
    open: "Pendiente",
    signed: "Firmado",
    answered: |answered, points| format!("{answered} de {points} puntos respondidos"),
    missing: |count| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        counted(count, Lang::Es, "punto queda por responder", "puntos quedan por responder")
    },
    failed: |count| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        counted(count, Lang::Es, "punto no conforme", "puntos no conformes")
    },
    on_order: |number| format!("Orden {number}"),
    on_object: |name| format!("Equipo {name}"),
    points: "Puntos",
    intro: "Puede guardar y continuar cuando quiera. Si algo no está conforme, explique en la nota qué ocurre.",
    ok: "Conforme",
    fail: "No conforme",
    not_applicable: "No aplica",
    unanswered: "Sin respuesta",
    optional: |label| format!("{label} (opcional)"),
    note: "Nota",
    note_on: |point| format!("Nota sobre el punto {point}"),
    note_or_photo: "Nota o foto",
    files_on: |point| format!("Fotos o archivos del punto {point} (opcional)"),
    not_applicable_at: |point| format!("El punto {point} no aplica"),
    answer: "Respuesta",
    by: "Respondido por",
    answered_by: |name| format!("Respondido por {name}"),
    sign_title: "Firmar",
    sign_text: |name, customer| format!("Firma como {name}, {customer}."),
    sign_more: "Lo que ha rellenado se guarda al firmar. Después ya no se podrán cambiar aquí las respuestas.",
    sign: "Firmar",
    saved: "Sus respuestas se han guardado.",
    partly_saved: "Las demás respuestas se han guardado.",
    done: "El autocontrol se ha firmado. Gracias.",
    signed_by: |name| format!("Firmado por {name}"),
    begun_by: |name| format!("Iniciado por {name}"),
    reopened_by: |name| format!("Reabierto por {name}"),
    signed_meanwhile: |name| {
        format!("{name} firmó este autocontrol mientras usted lo rellenaba. Sus últimas respuestas no se han incluido.")
    },
    lost: "Lo que había rellenado",
    at_point: |point, text| format!("Punto {point}: {text}"),
    must_answer: "Hay que responderlo antes de firmar.",
    clash: |who, theirs, yours| {
        format!(
            "{who} lo respondió entretanto: {theirs}. Usted respondió: {yours}. Guarde otra vez si la suya es correcta."
        )
    },
    elsewhere: |who, theirs| format!("{who} lo respondió entretanto: {theirs}. Revíselo y firme de nuevo."),
    flaw_answer: "Elija una de las respuestas.",
    flaw_number: |unit| format!("Escriba un número, por ejemplo {}.", with_unit("12,5", unit)),
    flaw_two_ways: "El número se puede leer de dos maneras. Escríbalo sin separador de millares.",
    flaw_size: "Escriba el número con tres decimales como máximo.",
    flaw_unit: |unit| format!("Escriba el número en {unit}."),
    flaw_both: "Indique un valor o que el punto no aplica, pero no ambas cosas.",
    flaw_long: "Escriba 1000 caracteres como máximo.",
    flaw_character: "El texto contiene un carácter que no se puede guardar. Escríbalo a mano en lugar de pegarlo.",
    flaw_note: "Explique qué ocurre.",
};
