//! Choosing and changing a password.

use super::Counted;

/// Choosing and changing a password.
pub struct Password {
    pub invite_title: &'static str,
    pub invite_text: fn(company: &str, customer: &str) -> String,
    pub reset_title: &'static str,
    pub reset_text: &'static str,
    pub change_title: &'static str,
    pub change_text: &'static str,
    pub new: &'static str,
    pub current: &'static str,
    /// The least number of characters.
    pub hint: Counted,
    pub until: &'static str,
    pub choose: &'static str,
    pub change: &'static str,
    /// Said once the password is changed.
    pub changed: &'static str,
    pub missing: &'static str,
    pub short: Counted,
    pub long: &'static str,
    pub common: &'static str,
    pub guessable: &'static str,
    pub current_missing: &'static str,
    pub current_wrong: &'static str,
    pub throttled: Counted,
    pub stale: &'static str,
}

pub(super) static EN: Password = Password {
    invite_title: "Welcome",
    invite_text: |company, customer| {
        format!("{company} has created an account for you as a contact of {customer}. Choose a password to begin.")
    },
    reset_title: "Choose a new password",
    reset_text: "Your old password stops working once the new one is saved, and you are signed out everywhere.",
    change_title: "Change password",
    change_text: "You stay signed in here and are signed out everywhere else.",
    new: "New password",
    current: "Current password",
    hint: |least| format!("At least {least} characters. A few words in a row are easy to remember."),
    until: "The link works until",
    choose: "Save password",
    change: "Change password",
    changed: "Your password is changed.",
    missing: "Enter a new password.",
    short: |least| format!("The password is too short. Use at least {least} characters."),
    long: "The password is too long. Use at most 1,024 bytes.",
    common: "This password is among those that are tried first. Choose one that nobody else has.",
    guessable: "This password contains your name, your address or the company's name. Choose one that is harder to guess.",
    current_missing: "Enter your current password.",
    current_wrong: "This is not your current password.",
    throttled: |minutes| match minutes {
        0 | 1 => "There have been too many attempts. Wait a minute, then try again.".into(),
        _ => format!("There have been too many attempts. Wait {minutes} minutes, then try again."),
    },
    stale: "The page was open for a long time. Enter the password once more.",
};

pub(super) static SV: Password = Password {
    invite_title: "Välkommen",
    invite_text: |company, customer| {
        format!(
            "{company} har skapat ett konto åt dig som kontaktperson för {customer}. Börja med att välja ett lösenord."
        )
    },
    reset_title: "Välj ett nytt lösenord",
    reset_text: "Ditt gamla lösenord slutar gälla när det nya är sparat, och du loggas ut överallt.",
    change_title: "Byt lösenord",
    change_text: "Du är fortfarande inloggad här men loggas ut överallt annars.",
    new: "Nytt lösenord",
    current: "Nuvarande lösenord",
    hint: |least| format!("Minst {least} tecken. Några ord i rad är lätta att minnas."),
    until: "Länken gäller till",
    choose: "Spara lösenordet",
    change: "Byt lösenord",
    changed: "Ditt lösenord är bytt.",
    missing: "Skriv ett nytt lösenord.",
    short: |least| format!("Lösenordet är för kort. Använd minst {least} tecken."),
    long: "Lösenordet är för långt. Använd högst 1\u{202f}024 byte.",
    common: "Det här lösenordet är ett av dem som gissas först. Välj ett som ingen annan har.",
    guessable: "Lösenordet innehåller ditt namn, din adress eller företagets namn. Välj ett som är svårare att gissa.",
    current_missing: "Skriv ditt nuvarande lösenord.",
    current_wrong: "Det här är inte ditt nuvarande lösenord.",
    throttled: |minutes| match minutes {
        0 | 1 => "Det har varit för många försök. Vänta en minut och försök igen.".into(),
        _ => format!("Det har varit för många försök. Vänta {minutes} minuter och försök igen."),
    },
    stale: "Sidan har varit öppen länge. Skriv lösenordet en gång till.",
};

pub(super) static ES: Password = Password {
    invite_title: "Le damos la bienvenida",
    invite_text: |company, customer| {
        format!(
            "{company} le ha creado una cuenta como persona de contacto de {customer}. Elija una contraseña para empezar."
        )
    },
    reset_title: "Elegir una contraseña nueva",
    reset_text: "La contraseña anterior deja de ser válida al guardar la nueva, y se cierran todas sus sesiones.",
    change_title: "Cambiar la contraseña",
    change_text: "La sesión sigue abierta aquí y se cierra en todos los demás dispositivos.",
    new: "Contraseña nueva",
    current: "Contraseña actual",
    hint: |least| format!("Al menos {least} caracteres. Unas cuantas palabras seguidas son fáciles de recordar."),
    until: "El enlace es válido hasta el",
    choose: "Guardar la contraseña",
    change: "Cambiar la contraseña",
    changed: "Su contraseña se ha cambiado.",
    missing: "Escriba una contraseña nueva.",
    short: |least| format!("La contraseña es demasiado corta. Use al menos {least} caracteres."),
    long: "La contraseña es demasiado larga. Use como máximo 1024 bytes.",
    common: "Esta contraseña es de las que se prueban primero. Elija una que no tenga nadie más.",
    guessable: "La contraseña contiene su nombre, su dirección o el nombre de la empresa. Elija una más difícil de adivinar.",
    current_missing: "Escriba su contraseña actual.",
    current_wrong: "Esta no es su contraseña actual.",
    throttled: |minutes| match minutes {
        0 | 1 => "Ha habido demasiados intentos. Espere un minuto e inténtelo de nuevo.".into(),
        _ => format!("Ha habido demasiados intentos. Espere {minutes} minutos e inténtelo de nuevo."),
    },
    stale: "La página ha estado abierta mucho tiempo. Escriba la contraseña otra vez.",
};
