//! The mails about an account beside its password: another address, too many failed sign-ins, another access.

/// The account has another address.
pub struct Address {
    /// Takes the group.
    pub subject: fn(&str) -> String,
    /// Takes the group, the moment, the old address and the new one.
    pub opening: fn(&str, &str, &str, &str) -> String,
    /// To the new address: what to do now.
    pub to_new: &'static str,
    /// To the old address: what no longer comes here.
    pub to_old: &'static str,
    /// To the old address, takes the group: what to do if it was not agreed.
    pub not_agreed: fn(&str) -> String,
    /// On the button.
    pub button: &'static str,
    /// Takes the group.
    pub why: fn(&str) -> String,
}

/// The account waits after too many failed sign-ins.
pub struct Locked {
    /// Takes the group.
    pub subject: fn(&str) -> String,
    /// Takes the group and the moment from which it is open again.
    pub opening: fn(&str, &str) -> String,
    /// If it was you.
    pub you: &'static str,
    /// If it was not you.
    pub not_you: &'static str,
    /// On the button.
    pub button: &'static str,
    /// Why you get it.
    pub why: &'static str,
}

/// The person may see and do something else now.
pub struct Access {
    /// Takes the customer.
    pub subject: fn(&str) -> String,
    /// Takes the group and the customer.
    pub opening: fn(&str, &str) -> String,
    /// Takes the group and the customer: nothing is shared any more.
    pub nothing: fn(&str, &str) -> String,
    /// Takes how many more facilities there are.
    pub more: fn(usize) -> String,
    /// On the button.
    pub button: &'static str,
    /// Takes the group.
    pub why: fn(&str) -> String,
}

pub(super) static ADDRESS_EN: Address = Address {
    subject: |group| format!("Your account at {group} has another e-mail address"),
    opening: |group, when, old, new| {
        format!("On {when}, {group} changed the e-mail address of your account from {old} to {new}.")
    },
    to_new: "From now on you sign in with the new address, and e-mails about your account come there. Your password is \
             the same as before.",
    to_old: "You can no longer sign in with the old address, and no more e-mails about your account come to it.",
    not_agreed: |group| {
        format!(
            "If you did not agree to this with {group}, call us at once: somebody may be trying to take over your account."
        )
    },
    button: "Sign in",
    why: |group| {
        format!(
            "You get this e-mail because {group} changed the address of your account. It goes to both addresses, so \
             that nobody can do it unnoticed."
        )
    },
};

pub(super) static ADDRESS_SV: Address = Address {
    subject: |group| format!("Ditt konto hos {group} har fått en annan e-postadress"),
    opening: |group, when, old, new| {
        format!("{group} ändrade e-postadressen för ditt konto från {old} till {new} {when}.")
    },
    to_new: "Från och med nu loggar du in med den nya adressen, och mejl om ditt konto kommer dit. Lösenordet är \
             detsamma som förut.",
    to_old: "Du kan inte längre logga in med den gamla adressen, och inga fler mejl om ditt konto kommer till den.",
    not_agreed: |group| {
        format!(
            "Om du inte har kommit överens med {group} om detta, ring oss genast: någon kan försöka ta över ditt konto."
        )
    },
    button: "Logga in",
    why: |group| {
        format!(
            "Du får det här mejlet eftersom {group} har ändrat adressen för ditt konto. Det går till båda adresserna, \
             så att ingen kan göra det utan att du vet om det."
        )
    },
};

pub(super) static ADDRESS_ES: Address = Address {
    subject: |group| format!("Su cuenta en {group} tiene otra dirección de correo"),
    opening: |group, when, old, new| {
        format!("{group} cambió la dirección de correo de su cuenta de {old} a {new} el {when}.")
    },
    to_new: "A partir de ahora inicie sesión con la dirección nueva; los correos sobre su cuenta llegarán a ella. Su \
             contraseña es la misma de antes.",
    to_old: "Ya no puede iniciar sesión con la dirección anterior, y no llegarán a ella más correos sobre su cuenta.",
    not_agreed: |group| {
        format!(
            "Si no lo acordó con {group}, llámenos de inmediato: alguien puede estar intentando hacerse con su cuenta."
        )
    },
    button: "Iniciar sesión",
    why: |group| {
        format!(
            "Recibe este correo porque {group} cambió la dirección de su cuenta. Se envía a ambas direcciones, para \
             que nadie pueda cambiarla sin que usted lo sepa."
        )
    },
};

pub(super) static LOCKED_EN: Locked = Locked {
    subject: |group| format!("Too many failed sign-ins to your account at {group}"),
    opening: |group, until| {
        format!(
            "A wrong password was entered for your account at {group} too many times. The account therefore refuses \
             every sign-in until {until}."
        )
    },
    you: "If it was you, wait until then and try again, or choose a new password now: that opens the account at once.",
    not_you: "If it was not you, somebody else tried. They did not get in. Choose a new password that you use nowhere \
              else:",
    button: "Choose a new password",
    why: "You get this e-mail whenever your account refuses sign-ins for a while, so that nobody can try unnoticed.",
};

pub(super) static LOCKED_SV: Locked = Locked {
    subject: |group| format!("För många misslyckade inloggningar på ditt konto hos {group}"),
    opening: |group, until| {
        format!(
            "Fel lösenord har angetts för många gånger för ditt konto hos {group}. Därför nekar kontot alla \
             inloggningar fram till {until}."
        )
    },
    you: "Om det var du, vänta till dess och försök igen, eller välj ett nytt lösenord nu: då öppnas kontot genast.",
    not_you: "Om det inte var du har någon annan försökt. Den kom inte in. Välj ett nytt lösenord som du inte använder \
              någon annanstans:",
    button: "Välj nytt lösenord",
    why: "Du får det här mejlet varje gång ditt konto nekar inloggning en stund, så att ingen kan försöka utan att du \
          vet om det.",
};

pub(super) static LOCKED_ES: Locked = Locked {
    subject: |group| format!("Demasiados intentos fallidos de entrar en su cuenta de {group}"),
    opening: |group, until| {
        format!(
            "Se ha introducido una contraseña incorrecta demasiadas veces en su cuenta de {group}. Por eso la cuenta \
             rechaza todo inicio de sesión hasta el {until}."
        )
    },
    you: "Si fue usted, espere hasta entonces e inténtelo de nuevo, o elija ahora una contraseña nueva: así la cuenta \
          se abre de inmediato.",
    not_you: "Si no fue usted, lo intentó otra persona. No logró entrar. Elija una contraseña nueva que no use en \
              ningún otro sitio:",
    button: "Elegir una contraseña nueva",
    why: "Recibe este correo cada vez que su cuenta rechaza inicios de sesión durante un tiempo, para que nadie pueda \
          intentarlo sin que usted lo sepa.",
};

pub(super) static ACCESS_EN: Access = Access {
    subject: |customer| format!("Your access has changed: {customer}"),
    opening: |group, customer| {
        format!("{group} has changed what is shared with you at {customer}. From now on you may:")
    },
    nothing: |group, customer| {
        format!("{group} no longer shares anything with you at {customer}. Your account itself remains.")
    },
    more: |more| format!("And {more} more; all of them are on your account page."),
    button: "Sign in",
    why: |group| {
        format!(
            "You get this e-mail because {group} changed your access. If you do not know why, or need something else, \
             ask us."
        )
    },
};

pub(super) static ACCESS_SV: Access = Access {
    subject: |customer| format!("Din åtkomst har ändrats: {customer}"),
    opening: |group, customer| {
        format!("{group} har ändrat vad som delas med dig hos {customer}. Från och med nu får du:")
    },
    nothing: |group, customer| {
        format!("{group} delar inte längre något med dig hos {customer}. Själva kontot finns kvar.")
    },
    more: |more| format!("Och {more} till; alla finns på din kontosida."),
    button: "Logga in",
    why: |group| {
        format!(
            "Du får det här mejlet eftersom {group} har ändrat din åtkomst. Fråga oss om du inte vet varför eller \
             behöver något annat."
        )
    },
};

pub(super) static ACCESS_ES: Access = Access {
    subject: |customer| format!("Su acceso ha cambiado: {customer}"),
    opening: |group, customer| {
        format!("{group} ha cambiado lo que comparte con usted en {customer}. A partir de ahora puede:")
    },
    nothing: |group, customer| {
        format!("{group} ya no comparte nada con usted en {customer}. Su cuenta sigue existiendo.")
    },
    more: |more| format!("Y {more} más; todas están en la página de su cuenta."),
    button: "Iniciar sesión",
    why: |group| {
        format!(
            "Recibe este correo porque {group} cambió su acceso. Si no sabe por qué o necesita otra cosa, consúltenos."
        )
    },
};
