//! The login box, its ends and the forgotten password.

use super::{About, Counted};

/// The login box, its ends and the forgotten password.
pub struct Login {
    pub title: About,
    pub password_missing: &'static str,
    pub wrong: &'static str,
    /// How many minutes to wait.
    pub throttled: Counted,
    pub stale: &'static str,
    pub forgot: &'static str,
    pub invited: About,
    pub chosen: &'static str,
    pub ended: &'static str,
    pub out_title: &'static str,
    pub out_text: About,
    pub out_shared: &'static str,
    pub again: &'static str,
    pub forgot_title: &'static str,
    pub forgot_text: &'static str,
    pub forgot_send: &'static str,
    pub sent_title: &'static str,
    pub sent_text: About,
    /// How many hours the link works.
    pub sent_valid: Counted,
    pub sent_nothing: &'static str,
    pub sent_other: &'static str,
}

pub(super) static EN: Login = Login {
    title: |name| format!("Sign in to {name}"),
    password_missing: "Enter your password.",
    wrong: "The e-mail address and the password do not match. Check both, or choose a new password below.",
    throttled: |minutes| match minutes {
        0 | 1 => {
            "There have been too many attempts. Wait a minute, then try again, or choose a new password below.".into()
        }
        _ => format!(
            "There have been too many attempts. Wait {minutes} minutes, then try again, or choose a new password below."
        ),
    },
    stale: "The page was open for a long time. Enter your password once more.",
    forgot: "I have forgotten my password",
    invited: |name| format!("No account yet? {name} sends the invitations."),
    chosen: "Your password is saved. Sign in with it now.",
    ended: "You have been signed out because some time has passed. Sign in to continue.",
    out_title: "You are signed out",
    out_text: |name| format!("Thank you for visiting {name}."),
    out_shared: "If others use this computer, close the browser as well.",
    again: "Sign in again",
    forgot_title: "Choose a new password",
    forgot_text: "We send you an e-mail with a link. Your old password works until you have chosen a new one.",
    forgot_send: "Send the link",
    sent_title: "Check your e-mail",
    sent_text: |address| format!("If {address} has an account here, an e-mail with a link is on its way."),
    sent_valid: |hours| match hours {
        1 => "The link works for 1 hour.".into(),
        _ => format!("The link works for {hours} hours."),
    },
    sent_nothing: "No e-mail after a few minutes? Look in the junk folder, and check that the address is spelled right.",
    sent_other: "Use another address",
};

pub(super) static SV: Login = Login {
    title: |name| format!("Logga in hos {name}"),
    password_missing: "Skriv ditt lösenord.",
    wrong: "E-postadressen och lösenordet stämmer inte överens. Kontrollera båda eller välj ett nytt lösenord nedan.",
    throttled: |minutes| match minutes {
        0 | 1 => {
            "Det har varit för många försök. Vänta en minut och försök igen, eller välj ett nytt lösenord nedan.".into()
        }
        _ => format!(
            "Det har varit för många försök. Vänta {minutes} minuter och försök igen, eller välj ett nytt lösenord nedan."
        ),
    },
    stale: "Sidan har varit öppen länge. Skriv ditt lösenord en gång till.",
    forgot: "Jag har glömt mitt lösenord",
    invited: |name| format!("Inget konto än? {name} skickar inbjudningarna."),
    chosen: "Ditt lösenord är sparat. Logga in med det nu.",
    ended: "Du har loggats ut eftersom det gått en tid. Logga in för att fortsätta.",
    out_title: "Du är utloggad",
    out_text: |name| format!("Tack för ditt besök hos {name}."),
    out_shared: "Om andra använder datorn, stäng också webbläsaren.",
    again: "Logga in igen",
    forgot_title: "Välj ett nytt lösenord",
    forgot_text: "Vi skickar ett mejl med en länk. Ditt gamla lösenord gäller tills du har valt ett nytt.",
    forgot_send: "Skicka länken",
    sent_title: "Titta i din inkorg",
    sent_text: |address| format!("Om {address} har ett konto här är ett mejl med en länk på väg."),
    sent_valid: |hours| match hours {
        1 => "Länken gäller i 1 timme.".into(),
        _ => format!("Länken gäller i {hours} timmar."),
    },
    sent_nothing: "Inget mejl efter några minuter? Titta i skräpposten och kontrollera att adressen är rätt stavad.",
    sent_other: "Använd en annan adress",
};

pub(super) static ES: Login = Login {
    title: |name| format!("Iniciar sesión en {name}"),
    password_missing: "Escriba su contraseña.",
    wrong: "El correo y la contraseña no coinciden. Revise ambos o elija abajo una contraseña nueva.",
    throttled: |minutes| match minutes {
        0 | 1 => {
            "Ha habido demasiados intentos. Espere un minuto e inténtelo de nuevo, o elija abajo una contraseña nueva."
                .into()
        }
        _ => format!(
            "Ha habido demasiados intentos. Espere {minutes} minutos e inténtelo de nuevo, o elija abajo una contraseña nueva."
        ),
    },
    stale: "La página ha estado abierta mucho tiempo. Escriba su contraseña otra vez.",
    forgot: "He olvidado mi contraseña",
    invited: |name| format!("¿Aún no tiene cuenta? {name} envía las invitaciones."),
    chosen: "Su contraseña se ha guardado. Ya puede iniciar sesión con ella.",
    ended: "La sesión se ha cerrado porque ha pasado un tiempo. Inicie sesión para continuar.",
    out_title: "Ha cerrado la sesión",
    out_text: |name| format!("Gracias por visitar {name}."),
    out_shared: "Si otras personas usan este ordenador, cierre también el navegador.",
    again: "Iniciar sesión otra vez",
    forgot_title: "Elegir una contraseña nueva",
    forgot_text: "Le enviamos un correo con un enlace. La contraseña actual seguirá siendo válida hasta que elija otra.",
    forgot_send: "Enviar el enlace",
    sent_title: "Revise su correo",
    sent_text: |address| format!("Si {address} tiene una cuenta aquí, recibirá un correo con un enlace."),
    sent_valid: |hours| match hours {
        1 => "El enlace es válido durante 1 hora.".into(),
        _ => format!("El enlace es válido durante {hours} horas."),
    },
    sent_nothing: "¿No llega nada en unos minutos? Mire en la carpeta de correo no deseado y compruebe que la dirección está bien escrita.",
    sent_other: "Usar otra dirección",
};
