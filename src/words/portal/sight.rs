//! What somebody may see and do, in plain words: a sentence for each permission, and where it holds.

use super::About;
use crate::access::Permission;

/// What somebody may see and do.
pub struct Sight {
    pub title: &'static str,
    /// Before the sentences: who opened it, and at whom.
    pub opened: fn(company: &str, customer: &str) -> String,
    /// A sentence for each permission.
    pub may: fn(Permission) -> &'static str,
    pub nothing: &'static str,
    pub place: &'static str,
    pub everywhere: &'static str,
    /// The facilities, already joined.
    pub at: About,
    pub unattached: &'static str,
    pub nowhere: &'static str,
    /// The last day, already written.
    pub until: About,
    /// How to get more, with the company's name.
    pub more: About,
}

pub(super) static EN: Sight = Sight {
    title: "What you may see and do",
    opened: |company, customer| format!("{company} has given you access to this at {customer}:"),
    may: |permission| match permission {
        Permission::OrderView => "See orders: how far they have come and what has been said about them.",
        Permission::OrderCreate => "Report faults and order work.",
        Permission::CommentWrite => "Comment on orders.",
        Permission::DocumentView => "Open and download documents.",
        Permission::DocumentUpload => "Send documents and pictures.",
        Permission::ObjectView => "See objects, such as machines.",
        Permission::ReadingView => "See meter readings.",
        Permission::ReadingAdd => "Enter meter readings.",
        Permission::SelfcheckView => "See self-checks.",
        Permission::SelfcheckFill => "Fill in and sign self-checks.",
        Permission::FacilityView => "See facilities and their addresses.",
        Permission::CompanyView => "See what is known about your organisation.",
        Permission::CompanyEdit => "Correct your organisation's address, telephone number and e-mail address.",
        Permission::ColleagueView => "See your colleagues, with telephone number and e-mail address.",
    },
    nothing: "Nothing has been shared with you yet.",
    place: "Where",
    everywhere: "At all facilities, including those added later.",
    at: |names| format!("At {names}."),
    unattached: "Also what belongs to no facility.",
    nowhere: "At no facility yet: orders, objects and the like do not show.",
    until: |day| format!("You have access up to and including {day}."),
    more: |name| format!("Is something missing? Ask {name}."),
};

pub(super) static SV: Sight = Sight {
    title: "Vad du får se och göra",
    opened: |company, customer| format!("{company} har gett dig tillgång till det här hos {customer}:"),
    may: |permission| match permission {
        Permission::OrderView => "Se ärenden: hur långt de har kommit och vad som har sagts om dem.",
        Permission::OrderCreate => "Anmäla fel och beställa arbete.",
        Permission::CommentWrite => "Kommentera ärenden.",
        Permission::DocumentView => "Öppna och ladda ner dokument.",
        Permission::DocumentUpload => "Skicka dokument och bilder.",
        Permission::ObjectView => "Se objekt, till exempel maskiner.",
        Permission::ReadingView => "Se mätaravläsningar.",
        Permission::ReadingAdd => "Registrera mätaravläsningar.",
        Permission::SelfcheckView => "Se egenkontroller.",
        Permission::SelfcheckFill => "Fylla i och signera egenkontroller.",
        Permission::FacilityView => "Se anläggningar och deras adresser.",
        Permission::CompanyView => "Se uppgifterna om din organisation.",
        Permission::CompanyEdit => "Rätta organisationens adress, telefonnummer och e-postadress.",
        Permission::ColleagueView => "Se dina kollegor, med telefonnummer och e-postadress.",
    },
    nothing: "Inget delas med dig än.",
    place: "Var",
    everywhere: "På alla anläggningar, även de som kommer till senare.",
    at: |names| format!("På {names}."),
    unattached: "Även det som inte hör till någon anläggning.",
    nowhere: "Inte på någon anläggning än: ärenden, objekt och liknande syns inte.",
    until: |day| format!("Du har tillgång till och med {day}."),
    more: |name| format!("Saknas något? Fråga {name}."),
};

pub(super) static ES: Sight = Sight {
    title: "Qué puede ver y hacer",
    opened: |company, customer| format!("{company} le ha dado acceso a lo siguiente en {customer}:"),
    may: |permission| match permission {
        Permission::OrderView => "Ver órdenes: en qué fase están y qué se ha dicho de ellas.",
        Permission::OrderCreate => "Avisar de averías y pedir trabajos.",
        Permission::CommentWrite => "Comentar órdenes.",
        Permission::DocumentView => "Abrir y descargar documentos.",
        Permission::DocumentUpload => "Enviar documentos e imágenes.",
        Permission::ObjectView => "Ver equipos, como las máquinas.",
        Permission::ReadingView => "Ver lecturas de contadores.",
        Permission::ReadingAdd => "Registrar lecturas de contadores.",
        Permission::SelfcheckView => "Ver autocontroles.",
        Permission::SelfcheckFill => "Rellenar y firmar autocontroles.",
        Permission::FacilityView => "Ver instalaciones y sus direcciones.",
        Permission::CompanyView => "Ver los datos de su organización.",
        Permission::CompanyEdit => "Corregir la dirección, el teléfono y el correo de su organización.",
        Permission::ColleagueView => "Ver a sus compañeros, con teléfono y correo.",
    },
    nothing: "Aún no se comparte nada con usted.",
    place: "Dónde",
    everywhere: "En todas las instalaciones, incluidas las que se añadan más adelante.",
    at: |names| format!("En {names}."),
    unattached: "También lo que no pertenece a ninguna instalación.",
    nowhere: "Aún en ninguna instalación: no se muestran órdenes, equipos ni nada similar.",
    until: |day| format!("Tiene acceso hasta el {day} inclusive."),
    more: |name| format!("¿Falta algo? Consulte con {name}."),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_permission_has_a_sentence_of_its_own() {
        for words in [&EN, &SV, &ES] {
            let mut said: Vec<_> = Permission::ALL.iter().map(|one| (words.may)(*one)).collect();
            said.sort_unstable();
            assert!(
                said.windows(2).all(|pair| pair[0] != pair[1] && !pair[1].starts_with(pair[0].trim_end_matches('.')))
            );
        }
    }
}
