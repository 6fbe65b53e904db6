//! The mail that tells staff of a signed self-check, in each language.

/// Self-checks, to staff.
pub struct Selfcheck {
    /// Takes the title, and the order or else the customer.
    pub subject: fn(&str, &str) -> String,
    /// Takes who signed and the customer.
    pub opening: fn(&str, &str) -> String,
    /// Takes how many points are not as they should be, and how many there are.
    pub failed: fn(u32, u32) -> String,
    /// The label of its title among the facts.
    pub selfcheck: &'static str,
    /// On the button.
    pub button: &'static str,
}

pub(super) static EN: Selfcheck = Selfcheck {
    subject: |title, on| format!("Self-check signed: {title}, {on}"),
    opening: |by, customer| format!("{by} at {customer} has signed a self-check."),
    failed: |failed, points| match failed {
        0 => "Everything that applies is as it should be.".into(),
        1 => format!("1 of {points} points is not as it should be:"),
        _ => format!("{failed} of {points} points are not as they should be:"),
    },
    selfcheck: "Self-check",
    button: "Open the self-check",
};

pub(super) static SV: Selfcheck = Selfcheck {
    subject: |title, on| format!("Egenkontroll signerad: {title}, {on}"),
    opening: |by, customer| format!("{by} på {customer} har signerat en egenkontroll."),
    failed: |failed, points| match failed {
        0 => "Allt tillämpligt är som det ska.".into(),
        1 => format!("1 av {points} punkter är inte som den ska:"),
        _ => format!("{failed} av {points} punkter är inte som de ska:"),
    },
    selfcheck: "Egenkontroll",
    button: "Öppna egenkontrollen",
};

pub(super) static ES: Selfcheck = Selfcheck {
    subject: |title, on| format!("Autocontrol firmado: {title}, {on}"),
    opening: |by, customer| format!("{by}, de {customer}, ha firmado un autocontrol."),
    failed: |failed, points| match failed {
        0 => "Todo lo aplicable está conforme.".into(),
        1 => format!("1 de {points} puntos no es conforme:"),
        _ => format!("{failed} de {points} puntos no son conformes:"),
    },
    selfcheck: "Autocontrol",
    button: "Abrir el autocontrol",
};
