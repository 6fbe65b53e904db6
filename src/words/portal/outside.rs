//! What is read on other sites and on things: the login box in a frame, labels, and what leads to the portal.

use super::About;

/// What is read on other sites and on things.
pub struct Outside {
    pub go_on: &'static str,
    pub password_later: &'static str,
    /// What a link to a company's portal says.
    pub link: About,
    /// What a picture of a code is, for those who do not see it.
    pub code: &'static str,
    /// What a label on a machine asks for.
    pub scan: &'static str,
    /// The title of a sheet of labels.
    pub labels: &'static str,
    /// Whose view a preview is: name and customer.
    pub preview: fn(&str, &str) -> String,
    pub preview_title: &'static str,
    /// What is said to a form in a preview.
    pub preview_form: &'static str,
}

pub(super) static EN: Outside = Outside {
    go_on: "Continue",
    password_later: "You enter your password on the next page.",
    link: |name| format!("Customer portal of {name}"),
    code: "QR code",
    scan: "Scan to see this machine and to enter a reading.",
    labels: "Labels for machines",
    preview: |name, customer| {
        format!("Preview: the portal as {name} sees it for {customer}. Nothing can be changed here.")
    },
    preview_title: "A preview changes nothing",
    preview_form: "This is what somebody else sees. What you sent has not been saved.",
};

pub(super) static SV: Outside = Outside {
    go_on: "Fortsätt",
    password_later: "Lösenordet skriver du på nästa sida.",
    link: |name| format!("Kundportalen hos {name}"),
    code: "QR-kod",
    scan: "Skanna för att se objektet och lämna en avläsning.",
    labels: "Etiketter till objekt",
    preview: |name, customer| {
        format!("Förhandsvisning: portalen som {name} ser den för {customer}. Ingenting kan ändras här.")
    },
    preview_title: "En förhandsvisning ändrar ingenting",
    preview_form: "Det här är vad någon annan ser. Det du skickade har inte sparats.",
};

pub(super) static ES: Outside = Outside {
    go_on: "Continuar",
    password_later: "Escribirá la contraseña en la página siguiente.",
    link: |name| format!("Portal de clientes de {name}"),
    code: "Código QR",
    scan: "Escanee para ver este equipo y anotar una lectura.",
    labels: "Etiquetas de equipos",
    preview: |name, customer| {
        format!("Vista previa: el portal tal como lo ve {name} para {customer}. Aquí no se puede cambiar nada.")
    },
    preview_title: "Una vista previa no cambia nada",
    preview_form: "Esto es lo que ve otra persona. Lo que ha enviado no se ha guardado.",
};
