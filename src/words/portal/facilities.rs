//! The places.

use super::{About, Counted};
use crate::text::Lang;
use crate::words::numbers;

/// The places.
pub struct Facilities {
    pub title: &'static str,
    pub back: &'static str,
    pub search_label: &'static str,
    pub name: &'static str,
    pub address: &'static str,
    pub open_orders: &'static str,
    pub objects: &'static str,
    pub closed: &'static str,
    /// Said on the page of a closed place, with the company's name.
    pub closed_text: About,
    pub empty_title: &'static str,
    pub empty_text: About,
    pub none_title: &'static str,
    pub none_text: &'static str,
    pub facts: &'static str,
    pub number: &'static str,
    pub no_address: &'static str,
    pub new: &'static str,
    pub no_open_orders: &'static str,
    pub all_orders: &'static str,
    pub no_objects: &'static str,
    pub all_objects: Counted,
    pub count_orders: Counted,
    pub count_objects: Counted,
    /// Above the clocks of a place that is in another zone than the company.
    pub zone: &'static str,
}

fn count(number: u64, lang: Lang, one: &str, other: &str) -> String {
    numbers::counted(i64::try_from(number).unwrap_or(i64::MAX), lang, one, other)
}

pub(super) static EN: Facilities = Facilities {
    title: "Facilities",
    back: "All facilities",
    search_label: "Search by number, name or address",
    name: "Facility",
    address: "Address",
    open_orders: "Open orders",
    objects: "Objects",
    closed: "Closed",
    closed_text: |name| {
        format!("This facility is closed. Everything stays readable; to order something here, ask {name}.")
    },
    empty_title: "No facilities yet",
    empty_text: |customer| format!("When you are given access to a facility of {customer}, it appears here."),
    none_title: "No facilities match",
    none_text: "Try fewer words, or part of the name or the address.",
    facts: "Details",
    number: "Number",
    no_address: "No address",
    new: "Report a fault or order work here",
    no_open_orders: "No open orders.",
    all_orders: "All orders here, including those that are done",
    no_objects: "No objects here.",
    all_objects: |number| match number {
        1 => "Show the object".into(),
        _ => format!("Show all {}", count(number, Lang::En, "object", "objects")),
    },
    count_orders: |number| count(number, Lang::En, "open order", "open orders"),
    count_objects: |number| count(number, Lang::En, "object", "objects"),
    zone: "Time zone",
};

pub(super) static SV: Facilities = Facilities {
    title: "Anläggningar",
    back: "Alla anläggningar",
    search_label: "Sök på nummer, namn eller adress",
    name: "Anläggning",
    address: "Adress",
    open_orders: "Öppna ärenden",
    objects: "Objekt",
    closed: "Stängd",
    closed_text: |name| {
        format!("Anläggningen är stängd. Allt går att läsa som förut; kontakta {name} om du vill beställa något här.")
    },
    empty_title: "Inga anläggningar än",
    empty_text: |customer| format!("När du får tillgång till en anläggning hos {customer} visas den här."),
    none_title: "Inga anläggningar hittades",
    none_text: "Prova med färre ord eller en del av namnet eller adressen.",
    facts: "Uppgifter",
    number: "Nummer",
    no_address: "Ingen adress",
    new: "Anmäl fel eller beställ arbete här",
    no_open_orders: "Inga öppna ärenden.",
    all_orders: "Alla ärenden här, även de som är klara",
    no_objects: "Inga objekt här.",
    all_objects: |number| match number {
        1 => "Visa objektet".into(),
        _ => format!("Visa alla {}", count(number, Lang::Sv, "objekt", "objekt")),
    },
    count_orders: |number| count(number, Lang::Sv, "öppet ärende", "öppna ärenden"),
    count_objects: |number| count(number, Lang::Sv, "objekt", "objekt"),
    zone: "Tidszon",
};

pub(super) static ES: Facilities = Facilities {
    title: "Instalaciones",
    back: "Todas las instalaciones",
    search_label: "Buscar por número, nombre o dirección",
    name: "Instalación",
    address: "Dirección",
    open_orders: "Órdenes abiertas",
    objects: "Equipos",
    closed: "Cerrada",
    closed_text: |name| {
        format!(
            "Esta instalación está cerrada. La información se puede seguir consultando; para pedir un trabajo aquí, consulte con {name}."
        )
    },
    empty_title: "Aún no hay instalaciones",
    empty_text: |customer| format!("Cuando tenga acceso a una instalación de {customer}, aparecerá aquí."),
    none_title: "No se ha encontrado ninguna instalación",
    none_text: "Pruebe con menos palabras o con parte del nombre o de la dirección.",
    facts: "Datos",
    number: "Número",
    no_address: "Sin dirección",
    new: "Avisar de una avería o pedir un trabajo aquí",
    no_open_orders: "No hay órdenes abiertas.",
    all_orders: "Todas las órdenes de esta instalación, incluidas las terminadas",
    no_objects: "Aquí no hay equipos.",
    all_objects: |number| match number {
        1 => "Mostrar el equipo".into(),
        _ => format!("Mostrar los {}", count(number, Lang::Es, "equipo", "equipos")),
    },
    count_orders: |number| count(number, Lang::Es, "orden abierta", "órdenes abiertas"),
    count_objects: |number| count(number, Lang::Es, "equipo", "equipos"),
    zone: "Zona horaria",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_objects_reads_well_whether_none_one_or_many() {
        for (words, says) in [
            (&EN, ["Show all 0 objects", "Show the object", "Show all 2 objects", "Show all 1,000 objects"]),
            (&SV, ["Visa alla 0 objekt", "Visa objektet", "Visa alla 2 objekt", "Visa alla 1\u{202f}000 objekt"]),
            (&ES, ["Mostrar los 0 equipos", "Mostrar el equipo", "Mostrar los 2 equipos", "Mostrar los 1000 equipos"]),
        ] {
            assert_eq!([0, 1, 2, 1_000].map(|number| (words.all_objects)(number)), says);
        }
    }
}
