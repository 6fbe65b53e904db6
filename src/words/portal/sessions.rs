//! Where somebody is signed in.

use super::Counted;
use crate::text::Lang;
use crate::words::numbers;

/// Where somebody is signed in.
pub struct Sessions {
    pub title: &'static str,
    pub lead: &'static str,
    pub here: &'static str,
    pub started: &'static str,
    pub seen: &'static str,
    pub address: &'static str,
    /// The browser and what it runs on.
    pub on: fn(browser: &str, system: &str) -> String,
    pub unknown: &'static str,
    pub end: &'static str,
    pub end_others: &'static str,
    pub only_here: &'static str,
    pub hint: &'static str,
    pub ended: Counted,
}

fn ended(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) static EN: Sessions = Sessions {
    title: "Where you are signed in",
    lead: "Every browser in which you have signed in and not signed out.",
    here: "This browser",
    started: "Signed in",
    seen: "Last used",
    address: "Network address",
    on: |browser, system| format!("{browser} on {system}"),
    unknown: "A browser",
    end: "Sign out there",
    end_others: "Sign out everywhere else",
    only_here: "You are signed in nowhere else.",
    hint: "Is there one that you do not recognise? Sign it out, and change your password.",
    ended: |number| {
        let browsers = numbers::counted(ended(number), Lang::En, "browser is", "browsers are");
        format!("{browsers} signed out.")
    },
};

pub(super) static SV: Sessions = Sessions {
    title: "Var du är inloggad",
    lead: "Alla webbläsare där du har loggat in men inte loggat ut.",
    here: "Den här webbläsaren",
    started: "Inloggad",
    seen: "Senast använd",
    address: "Nätverksadress",
    on: |browser, system| format!("{browser} på {system}"),
    unknown: "En webbläsare",
    end: "Logga ut där",
    end_others: "Logga ut överallt annars",
    only_here: "Du är inte inloggad någon annanstans.",
    hint: "Finns det någon som du inte känner igen? Logga ut den och byt lösenord.",
    ended: |number| {
        let browsers = numbers::counted(ended(number), Lang::Sv, "webbläsare är utloggad", "webbläsare är utloggade");
        format!("{browsers}.")
    },
};

pub(super) static ES: Sessions = Sessions {
    title: "Sesiones abiertas",
    lead: "Los navegadores en los que ha iniciado sesión y aún no la ha cerrado.",
    here: "Este navegador",
    started: "Inicio de sesión",
    seen: "Último uso",
    address: "Dirección de red",
    on: |browser, system| format!("{browser} en {system}"),
    unknown: "Un navegador",
    end: "Cerrar la sesión allí",
    end_others: "Cerrar las demás sesiones",
    only_here: "No tiene la sesión abierta en ningún otro sitio.",
    hint: "¿Hay alguno que no reconoce? Cierre su sesión y cambie la contraseña.",
    ended: |number| {
        let sessions = numbers::counted(ended(number), Lang::Es, "sesión cerrada", "sesiones cerradas");
        format!("{sessions}.")
    },
};
