//! Links that no longer work.

use super::About;

/// Links that no longer work.
pub struct Dead {
    pub used: &'static str,
    pub used_text: &'static str,
    pub expired: &'static str,
    pub expired_text: &'static str,
    pub replaced: &'static str,
    pub replaced_text: &'static str,
    pub withdrawn: &'static str,
    pub withdrawn_text: About,
    pub unknown: &'static str,
    pub unknown_text: &'static str,
    pub other: &'static str,
    pub other_text: About,
    pub again: &'static str,
    pub again_text: &'static str,
    pub again_sent: &'static str,
    pub forgot: &'static str,
}

pub(super) static EN: Dead = Dead {
    used: "This link has been used",
    used_text: "A password has already been chosen with it. You can sign in, or choose a new password.",
    expired: "This link has expired",
    expired_text: "Links work for a limited time, to keep your account safe.",
    replaced: "There is a newer link",
    replaced_text: "A later e-mail has replaced this one. Open the link in the newest one.",
    withdrawn: "This link has been withdrawn",
    withdrawn_text: |name| format!("The account it was for has changed. {name} can tell you more."),
    unknown: "This link is not complete",
    unknown_text: "Part of it may have been lost on the way. Open it again from the e-mail, or copy all of it into the address bar.",
    other: "Somebody else is signed in",
    other_text: |name| {
        format!(
            "You are signed in as {name}, and this link is for another person. Sign out first, then open the link again."
        )
    },
    again: "Send a new link",
    again_text: "We can send a new link to the same address.",
    again_sent: "An e-mail with a new link is on its way to the same address. Earlier links no longer work.",
    forgot: "Choose a new password",
};

pub(super) static SV: Dead = Dead {
    used: "Länken har använts",
    used_text: "Ett lösenord har redan valts med den. Du kan logga in eller välja ett nytt lösenord.",
    expired: "Länken har gått ut",
    expired_text: "Länkar gäller en begränsad tid för att skydda ditt konto.",
    replaced: "Det finns en nyare länk",
    replaced_text: "Ett senare mejl har ersatt det här. Öppna länken i det senaste mejlet.",
    withdrawn: "Länken har dragits tillbaka",
    withdrawn_text: |name| format!("Kontot den gällde har ändrats. {name} kan berätta mer."),
    unknown: "Länken är inte fullständig",
    unknown_text: "En del av den kan ha försvunnit på vägen. Öppna den igen från mejlet, eller kopiera hela länken till adressfältet.",
    other: "Någon annan är inloggad",
    other_text: |name| {
        format!(
            "Du är inloggad som {name} och länken är till en annan person. Logga ut först och öppna sedan länken igen."
        )
    },
    again: "Skicka en ny länk",
    again_text: "Vi kan skicka en ny länk till samma adress.",
    again_sent: "Ett mejl med en ny länk är på väg till samma adress. Tidigare länkar gäller inte längre.",
    forgot: "Välj ett nytt lösenord",
};

pub(super) static ES: Dead = Dead {
    used: "Este enlace ya se ha usado",
    used_text: "Con él ya se ha elegido una contraseña. Puede iniciar sesión o elegir una contraseña nueva.",
    expired: "Este enlace ha caducado",
    expired_text: "Los enlaces son válidos durante un tiempo limitado para proteger su cuenta.",
    replaced: "Hay un enlace más reciente",
    replaced_text: "Un correo posterior ha sustituido a este. Abra el enlace del correo más reciente.",
    withdrawn: "Este enlace se ha retirado",
    withdrawn_text: |name| format!("La cuenta a la que pertenecía ha cambiado. {name} le puede dar más información."),
    unknown: "Este enlace no está completo",
    unknown_text: "Quizá se haya perdido una parte por el camino. Ábralo de nuevo desde el correo o cópielo entero en la barra de direcciones.",
    other: "Hay otra sesión abierta",
    other_text: |name| {
        format!(
            "La sesión abierta es la de {name} y este enlace es para otra persona. Cierre primero la sesión y abra de nuevo el enlace."
        )
    },
    again: "Enviar un enlace nuevo",
    again_text: "Podemos enviar un enlace nuevo a la misma dirección.",
    again_sent: "Hemos enviado un correo con un enlace nuevo a la misma dirección. Los enlaces anteriores ya no son válidos.",
    forgot: "Elegir una contraseña nueva",
};
