//! Saying something on an order.

use super::About;

/// Saying something on an order.
pub struct Comment {
    pub write: &'static str,
    pub answer: &'static str,
    pub answer_to: About,
    pub text: &'static str,
    /// How many characters there may be, already written as a number.
    pub text_hint: About,
    pub missing: &'static str,
    /// How many characters there may be, already written as a number.
    pub long: About,
    pub odd: &'static str,
    pub send: &'static str,
    pub said: &'static str,
    pub no_answer: &'static str,
}

pub(super) static EN: Comment = Comment {
    write: "Write a comment",
    answer: "Reply",
    answer_to: |name| format!("Reply to {name}"),
    text: "Comment",
    text_hint: |most| format!("Everybody who can open the order can read it. Up to {most} characters."),
    missing: "Write your comment.",
    long: |most| format!("The comment is too long. Shorten it to {most} characters."),
    odd: "The comment contains a character that cannot be saved. Write it again without it.",
    send: "Send the comment",
    said: "Your comment has been sent.",
    no_answer: "Write a new comment instead",
};

pub(super) static SV: Comment = Comment {
    write: "Skriv en kommentar",
    answer: "Svara",
    answer_to: |name| format!("Svar till {name}"),
    text: "Kommentar",
    text_hint: |most| format!("Alla som kan öppna ärendet kan läsa den. Högst {most} tecken."),
    missing: "Skriv din kommentar.",
    long: |most| format!("Kommentaren är för lång. Korta den till högst {most} tecken."),
    odd: "Kommentaren innehåller ett tecken som inte kan sparas. Skriv den igen utan det.",
    send: "Skicka kommentaren",
    said: "Din kommentar är skickad.",
    no_answer: "Skriv en ny kommentar i stället",
};

pub(super) static ES: Comment = Comment {
    write: "Escribir un comentario",
    answer: "Responder",
    answer_to: |name| format!("Respuesta a {name}"),
    text: "Comentario",
    text_hint: |most| format!("Lo puede leer quien tenga acceso a la orden. {most} caracteres como máximo."),
    missing: "Escriba su comentario.",
    long: |most| format!("El comentario es demasiado largo. Acórtelo a {most} caracteres como máximo."),
    odd: "El comentario contiene un carácter que no se puede guardar. Escríbalo de nuevo sin él.",
    send: "Enviar el comentario",
    said: "Su comentario se ha enviado.",
    no_answer: "Escribir un comentario nuevo",
};
