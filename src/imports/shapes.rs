//! The columns of each kind of file, with the names people give them in English, Swedish and Spanish.

mod work;

pub use self::work::{ORDER, READING};
use crate::imports::columns::{
    ADDRESS, ADDRESS2, CITY, COUNTRY, CUSTOMER_NO, EMAIL, EXTERNAL_ID, FACILITY_NO, Halves, LANG, MAILBOX, NOTE,
    OBJECT_NO, PHONE, POSTAL_CODE, REGION, STATUS, Shape, may, must,
};

/// Customers, and one contact in the same row.
pub const CUSTOMER: Shape = Shape {
    noun: "customer",
    columns: &[
        must("customer_no", CUSTOMER_NO),
        must(
            "name",
            &[
                "customer",
                "customer name",
                "company",
                "company name",
                "namn",
                "kund",
                "kundnamn",
                "företag",
                "företagsnamn",
                "nombre",
                "cliente",
                "nombre cliente",
                "nombre del cliente",
                "empresa",
                "razón social",
            ],
        ),
        may(
            "org_no",
            &[
                "org nr",
                "organisation number",
                "organization number",
                "company registration number",
                "organisationsnr",
                "organisationsnummer",
                "cif",
                "nif",
                "rfc",
                "nit",
            ],
        ),
        may("email", EMAIL),
        may("phone", PHONE),
        may("fax", &["fax number", "faxnr", "faxnummer", "telefax"]),
        ADDRESS,
        ADDRESS2,
        POSTAL_CODE,
        CITY,
        REGION,
        COUNTRY,
        may("lang", LANG),
        may("prefix", &["order prefix", "orderprefix", "prefijo"]),
        may("status", STATUS),
        may("note", NOTE),
        may("external_id", EXTERNAL_ID),
        may(
            "contact_name",
            &[
                "contact",
                "contact person",
                "kontakt",
                "kontaktperson",
                "kontaktnamn",
                "contacto",
                "nombre contacto",
                "nombre de contacto",
                "persona de contacto",
            ],
        ),
        may("contact_title", &["kontakttitel", "kontaktens titel", "cargo contacto", "cargo del contacto"]),
        may(
            "contact_email",
            &[
                "contact e-mail",
                "contact mail",
                "kontakt e-post",
                "kontaktens e-post",
                "correo contacto",
                "correo de contacto",
            ],
        ),
        may(
            "contact_phone",
            &["contact telephone", "kontakttelefon", "kontaktens telefon", "teléfono contacto", "teléfono de contacto"],
        ),
        may("contact_roles", &["kontaktroller", "kontaktens roller", "roles contacto", "roles del contacto"]),
    ],
    keys: &["customer_no"],
    halves: None,
};

/// Contacts of customers.
pub const CONTACT: Shape = Shape {
    noun: "contact",
    columns: &[
        must("customer_no", CUSTOMER_NO),
        must(
            "name",
            &[
                "contact",
                "contact name",
                "contact person",
                "full name",
                "namn",
                "kontakt",
                "kontaktperson",
                "nombre",
                "contacto",
                "nombre completo",
            ],
        ),
        may("email", EMAIL),
        may("phone", PHONE),
        may("title", &["job title", "position", "titel", "befattning", "cargo", "puesto"]),
        may("location", &["office", "placering", "ubicación"]),
        may("roles", &["notification roles", "roller", "aviseringsroller", "roles de aviso"]),
        may("lang", LANG),
        may("facilities", &["facility numbers", "sites", "anläggningar", "instalaciones"]),
        may("unattached", &["without facility", "utan anläggning", "sin instalación"]),
        may("template", &["permission template", "mall", "behörighetsmall", "plantilla", "plantilla de permisos"]),
        may(
            "invite",
            &["create account", "bjud in", "inbjudan", "skapa konto", "invitar", "invitación", "crear cuenta"],
        ),
        may(MAILBOX, &["name and e-mail", "recipient", "namn och e-post", "mottagare", "nombre y correo"]),
        may("external_id", EXTERNAL_ID),
    ],
    keys: &["email", "external_id"],
    halves: Some(Halves {
        column: "name",
        first: &["first name", "given name", "forename", "förnamn", "tilltalsnamn", "nombre", "nombre de pila"],
        last: &["last name", "surname", "family name", "efternamn", "apellido", "apellidos"],
    }),
};

/// Places of customers.
pub const FACILITY: Shape = Shape {
    noun: "facility",
    columns: &[
        must("customer_no", CUSTOMER_NO),
        must("facility_no", FACILITY_NO),
        must(
            "name",
            &[
                "facility",
                "facility name",
                "site",
                "site name",
                "namn",
                "anläggning",
                "anläggningsnamn",
                "nombre",
                "instalación",
                "nombre de instalación",
            ],
        ),
        ADDRESS,
        ADDRESS2,
        POSTAL_CODE,
        CITY,
        REGION,
        COUNTRY,
        may("zone", &["time zone", "tz", "tidszon", "zona horaria"]),
        may("note", NOTE),
        may("status", STATUS),
        may("external_id", EXTERNAL_ID),
    ],
    keys: &["facility_no"],
    halves: None,
};

/// Machines of customers.
pub const OBJECT: Shape = Shape {
    noun: "object",
    columns: &[
        must("customer_no", CUSTOMER_NO),
        must("object_no", OBJECT_NO),
        must(
            "name",
            &[
                "object",
                "object name",
                "machine",
                "asset",
                "namn",
                "objekt",
                "objektnamn",
                "maskin",
                "benämning",
                "nombre",
                "equipo",
                "objeto",
                "máquina",
            ],
        ),
        may("facility_no", FACILITY_NO),
        may("maker", &["make", "manufacturer", "brand", "tillverkare", "fabrikat", "märke", "fabricante", "marca"]),
        may("model", &["type", "modell", "typ", "modelo"]),
        may(
            "serial_no",
            &[
                "serial",
                "serial number",
                "serial num",
                "s/n",
                "serienr",
                "serienummer",
                "tillverkningsnummer",
                "no serie",
                "num serie",
                "numero de serie",
                "nº de serie",
            ],
        ),
        may(
            "installed_on",
            &[
                "installed",
                "installation date",
                "installerad",
                "installationsdatum",
                "instalado",
                "fecha de instalación",
            ],
        ),
        may("meter", &["meter name", "mätare", "medidor", "contador"]),
        may("unit", &["meter unit", "enhet", "unidad"]),
        may(
            "parent_no",
            &["parent", "parent object", "överordnat objekt", "överordnad", "equipo principal", "objeto principal"],
        ),
        may("status", STATUS),
        may("external_id", EXTERNAL_ID),
    ],
    keys: &["object_no", "serial_no"],
    halves: None,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::headings::plain;

    #[test]
    fn no_heading_means_two_columns() {
        for shape in [CUSTOMER, CONTACT, FACILITY, OBJECT, ORDER, READING] {
            let mut known: Vec<(String, &str)> = Vec::new();
            for column in shape.columns {
                assert!(plain(column.name) == column.name.replace('_', ""), "{} is plain", column.name);
                for heading in column.aliases.iter().chain([&column.name]) {
                    let heading = plain(heading);
                    if let Some((_, other)) = known.iter().find(|(name, _)| *name == heading) {
                        assert_eq!(*other, column.name, "{}: '{heading}' means both", shape.noun);
                    }
                    known.push((heading, column.name));
                }
            }
            for halves in shape.halves.iter() {
                assert!(shape.column(halves.column).is_some());
                let both = halves.first.iter().chain(halves.last).map(|heading| plain(heading));
                for (heading, name) in both.flat_map(|heading| known.iter().filter(move |(name, _)| *name == heading)) {
                    assert_eq!(*name, halves.column, "'{heading}' means another column");
                }
            }
            assert!(shape.keys.iter().all(|key| shape.column(key).is_some()));
        }
    }
}
