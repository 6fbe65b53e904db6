//! Who is served: customers with their people, places and machines.

use crate::contacts::{self, ContactCard};
use crate::customers::{self, CustomerCard};
use crate::db::{Reached, WriteTx};
use crate::error::{Error, Result};
use crate::facilities::{self, FacilityCard};
use crate::objects::{self, ObjectCard};
use crate::roles;
use crate::text::{Email, Line, Number, Prefix, Prose};

struct Customer {
    number: &'static str,
    name: &'static str,
    prefix: &'static str,
    org_no: &'static str,
    address: (&'static str, &'static str, &'static str),
    /// Telephone and mail.
    reach: (&'static str, &'static str),
    note: &'static str,
    /// Name, address (or none), telephone, title.
    contacts: &'static [(&'static str, &'static str, &'static str, &'static str)],
    /// Number, name, street.
    facilities: &'static [(&'static str, &'static str, &'static str)],
    machines: &'static [Machine],
}

/// Number, name, facility (or none), maker, model, serial number, day of installation, and what it is a part of.
struct Machine(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

const CUSTOMERS: &[Customer] = &[
    Customer {
        number: "1042",
        name: "Brf Fröjden",
        prefix: "FRO",
        org_no: "769612-3456",
        address: ("Fröjdgatan 12", "118 56", "Stockholm"),
        reach: ("+46 8 555 10 42", "styrelsen@brf.example"),
        note: "Key to the plant rooms is in the box at Hus A, code with Karin. No noisy work before 8.",
        contacts: &[
            ("Eva Lind", "eva@brf.example", "+46 70 555 01 42", "Property manager"),
            ("Ola Svensson", "ola@brf.example", "+46 70 555 01 43", "Caretaker, Hus B"),
            ("Nils Åkesson", "nils@brf.example", "+46 70 555 01 44", "Board member"),
            ("Birgitta Holm", "birgitta@brf.example", "+46 70 555 01 45", "Treasurer"),
        ],
        facilities: &[
            ("hus-a", "Hus A", "Fröjdgatan 12"),
            ("hus-b", "Hus B", "Fröjdgatan 14"),
            ("hus-c", "Hus C", "Fröjdgatan 16"),
            ("garage", "Garage", "Fröjdgatan 18"),
            ("tvatt", "Old laundry", "Fröjdgatan 12, courtyard"),
        ],
        machines: &[
            Machine("VP-01", "Heat pump", "hus-a", "NIBE", "F1345-60", "06551900274", "2014-09-18", None),
            Machine("LA-01", "Ventilation unit", "hus-a", "Swegon", "GOLD RX 12", "SW-12-441872", "2014-10-02", None),
            Machine("VP-02", "Heat pump", "hus-b", "NIBE", "F1355-43", "06655100391", "2019-06-11", None),
            Machine(
                "VP-02-K1",
                "Compressor 1",
                "hus-b",
                "Copeland",
                "XHV0382P",
                "19C70418",
                "2019-06-11",
                Some("VP-02"),
            ),
            Machine("FF-02", "Exhaust fan, roof", "hus-b", "Systemair", "DVCI 500-S", "SA-884120", "2011-04-27", None),
            Machine(
                "UC-03",
                "Heating substation",
                "hus-c",
                "Alfa Laval",
                "Midi Wall",
                "AL-30218846",
                "2016-08-30",
                None,
            ),
            Machine("TT-03", "Tumble dryer, laundry", "hus-c", "Podab", "TS 4", "P-20211183", "2021-02-15", None),
            Machine(
                "GF-01",
                "Garage fan with CO control",
                "garage",
                "FläktGroup",
                "PerMax 450",
                "FG-71204",
                "2009-11-05",
                None,
            ),
            Machine(
                "VP-02-K2",
                "Compressor 2",
                "hus-b",
                "Copeland",
                "XHV0382P",
                "19C70433",
                "2019-06-11",
                Some("VP-02"),
            ),
            Machine("TT-01", "Tumble dryer", "tvatt", "Electrolux", "T5190", "EL-98-40217", "1998-09-14", None),
            Machine("AV-01", "Portable dehumidifier", "", "Corroventa", "K4 HP", "CV-44107", "2022-03-21", None),
        ],
    },
    Customer {
        number: "2071",
        name: "ICA Kvarnen",
        prefix: "KVA",
        org_no: "556677-8899",
        address: ("Kvarngatan 3", "169 71", "Solna"),
        reach: ("+46 8 555 02 70", "butik@ica.example"),
        note: "Work on the sales floor before 7:30 or after 21. Sign in at the loading dock.",
        contacts: &[
            ("Petra Sjögren", "petra@ica.example", "+46 70 555 02 71", "Store manager"),
            ("Sam Nilsson", "sam@ica.example", "+46 70 555 02 72", "Shift leader, evenings"),
            ("Hanna Öberg", "hanna@ica.example", "+46 8 555 02 70", "Invoices"),
        ],
        facilities: &[
            ("butik", "Store", "Kvarngatan 3"),
            ("lager", "Warehouse and dock", "Kvarngatan 3, yard"),
            ("kiosk", "Station kiosk", "Stationsplan 1"),
        ],
        machines: &[
            Machine(
                "KA-01",
                "CO2 refrigeration rack",
                "lager",
                "Advansor",
                "CuBig II",
                "ADV-21-0876",
                "2021-05-19",
                None,
            ),
            Machine(
                "KA-01-K2",
                "Compressor 2, medium temperature",
                "lager",
                "Dorin",
                "CD 400H",
                "D21-55187",
                "2021-05-19",
                Some("KA-01"),
            ),
            Machine("KD-01", "Dairy display, 5 m", "butik", "Carrier", "Monaxeco L", "CR-500912", "2021-06-01", None),
            Machine("KD-02", "Meat display, 3.75 m", "butik", "Carrier", "Monaxeco L", "CR-500913", "2021-06-01", None),
            Machine("FR-01", "Freezer island", "butik", "AHT", "Athen XL 250", "AHT-3318840", "2018-03-12", None),
            Machine("FR-03", "Ice-cream freezer", "kiosk", "AHT", "Rio S 100", "AHT-2207115", "2014-05-06", None),
            Machine("FR-02", "Freezer room", "lager", "Thermocold", "FR 18", "TC-18-2207", "2012-10-08", None),
            Machine("KR-01", "Cold room, fruit", "lager", "Thermocold", "KR 24", "TC-24-2208", "2012-10-08", None),
            Machine(
                "LA-01",
                "Ventilation unit",
                "butik",
                "FläktGroup",
                "eQ Prime 023",
                "FG-23-90177",
                "2017-01-23",
                None,
            ),
            Machine("LR-01", "Air curtain, entrance", "butik", "Frico", "PA3525WL", "FR-665209", "2017-02-02", None),
        ],
    },
    Customer {
        number: "3015",
        name: "Hotell Aurora",
        prefix: "AUR",
        org_no: "559123-4567",
        address: ("Strandvägen 40", "133 31", "Saltsjöbaden"),
        reach: ("+46 8 555 03 10", "reception@aurora.example"),
        note: "Guests until 11 and from 15. Always tell the reception before stopping hot water.",
        contacts: &[
            ("Eva Lind", "eva@brf.example", "+46 70 555 01 42", "Property manager"),
            ("Lena Forsberg", "lena@aurora.example", "+46 70 555 03 15", "Hotel manager"),
            ("Tomas Ek", "", "+46 8 555 03 10", "Night porter"),
        ],
        facilities: &[
            ("hotell", "Main building", "Strandvägen 40"),
            ("spa", "Spa", "Strandvägen 42"),
            ("annex", "Annex", "Strandvägen 38"),
        ],
        machines: &[
            Machine("KM-01", "Chiller, roof", "hotell", "Carrier", "30RBP 120", "CR-30-771120", "2018-05-28", None),
            Machine(
                "LA-01",
                "Ventilation, rooms 201–248",
                "hotell",
                "Swegon",
                "GOLD RX 25",
                "SW-25-510034",
                "2018-04-16",
                None,
            ),
            Machine("KR-01", "Walk-in cooler, kitchen", "hotell", "Huurre", "KS 12", "HU-12-3349", "2010-02-11", None),
            Machine("IM-01", "Ice machine, bar", "hotell", "Hoshizaki", "IM-130ANE", "L03412D", "2020-11-09", None),
            Machine("VP-01", "Heat pump, pool", "spa", "Thermia", "Mega XL", "TH-XL-20145", "2020-08-24", None),
            Machine(
                "AF-01",
                "Pool hall dehumidifier",
                "spa",
                "Menerga",
                "ThermoCond 39",
                "ME-39-1182",
                "2013-12-03",
                None,
            ),
        ],
    },
];

/// Machines that were taken out of use: they stay readable.
pub(super) const RETIRED: &[(&str, &str)] = &[("1042", "TT-01"), ("2071", "FR-03")];

/// Facilities that were given up: they stay readable.
pub(super) const CLOSED: &[(&str, &str)] = &[("1042", "tvatt"), ("2071", "kiosk"), ("3015", "annex")];

/// Who carries which role: customer, name, role, and the facilities that they are told about, none for all.
const TOLD: &[(&str, &str, &str, &[&str])] = &[
    ("1042", "Eva Lind", "Site manager", &[]),
    ("1042", "Ola Svensson", "Site manager", &["hus-b"]),
    ("1042", "Nils Åkesson", "Board", &[]),
    ("1042", "Birgitta Holm", "Billing", &[]),
    ("2071", "Petra Sjögren", "Site manager", &[]),
    ("2071", "Sam Nilsson", "Board", &["butik"]),
    ("2071", "Hanna Öberg", "Billing", &[]),
    ("3015", "Eva Lind", "Board", &[]),
    ("3015", "Lena Forsberg", "Site manager", &[]),
];

/// Writes down everybody who is served, and who of them is told of what.
pub(super) fn sign_up(tx: &WriteTx) -> Result<()> {
    CUSTOMERS.iter().try_for_each(|one| add(tx, one))?;
    TOLD.iter().try_for_each(|one| tell(tx, one))
}

fn tell(tx: &WriteTx, (number, name, role, places): &(&str, &str, &str, &[&str])) -> Result<()> {
    let customer = customers::named(tx, &Number::parse(number)?)?;
    let contacts = contacts::lookup_name(tx, &customer, &Line::parse(name)?)?;
    let contact = contacts.first().ok_or_else(|| Error::not_found("contact", name))?;
    contacts::set_roles(tx, contact, &[roles::find_by_name(tx, &Line::parse(role)?)?])?;
    let places = places.iter().map(|place| facilities::of(tx, &customer, &Number::parse(place)?));
    contacts::set_facilities(tx, contact, &places.collect::<Result<Vec<_>>>()?)?;
    Ok(())
}

fn add(tx: &WriteTx, one: &Customer) -> Result<()> {
    let (street, postal_code, city) = one.address;
    let card = CustomerCard {
        org_no: line(one.org_no)?,
        phone: line(one.reach.0)?,
        email: Some(Email::parse(one.reach.1)?),
        address: line(street)?,
        postal_code: line(postal_code)?,
        city: line(city)?,
        country: line("Sweden")?,
        prefix: Some(Prefix::parse(one.prefix)?),
        note: Some(Prose::parse(one.note)?),
        ..CustomerCard::named(Line::parse(one.name)?)
    };
    let customer = customers::add(tx, &Number::parse(one.number)?, &card)?;
    for (name, email, phone, title) in one.contacts {
        let email = Some(*email).filter(|email| !email.is_empty()).map(Email::parse).transpose()?;
        let card =
            ContactCard { email, phone: line(phone)?, title: line(title)?, ..ContactCard::named(Line::parse(name)?) };
        contacts::add(tx, &customer, &card)?;
    }
    for (number, name, address) in one.facilities {
        let card = FacilityCard {
            address: line(address)?,
            postal_code: line(postal_code)?,
            city: line(city)?,
            ..FacilityCard::named(Line::parse(name)?)
        };
        facilities::add(tx, &customer, &Number::parse(number)?, &card)?;
    }
    one.machines.iter().try_for_each(|machine| install(tx, &customer, machine))
}

fn install(tx: &WriteTx, customer: &Reached<customers::Customer>, machine: &Machine) -> Result<()> {
    let Machine(number, name, facility, maker, model, serial_no, installed_on, parent) = machine;
    let facility = match *facility {
        "" => None,
        number => Some(facilities::of(tx, customer, &Number::parse(number)?)?),
    };
    let card = ObjectCard {
        maker: line(maker)?,
        model: line(model)?,
        serial_no: line(serial_no)?,
        installed_on: Some(installed_on.parse().map_err(Error::internal)?),
        ..ObjectCard::named(Line::parse(name)?)
    };
    let object = objects::add(tx, customer, facility.as_ref(), &Number::parse(number)?, &card)?;
    if let Some(parent) = parent {
        let parent = objects::of(tx, customer, &Number::parse(parent)?)?;
        objects::part_of(tx, &object, Some(&parent))?;
    }
    Ok(())
}

fn line(text: &str) -> Result<Option<Line>> {
    Line::parse(text).map(Some)
}
