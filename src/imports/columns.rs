//! What a column and a kind of file are, and the columns that several kinds share.

/// One column that a file may have.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its own name, as in `--map HEADING=NAME` and in the output of `list -o csv`.
    pub name: &'static str,
    /// Whether a file without it is refused.
    pub required: bool,
    /// Other headings for it; case, accents, spaces and `_ - .` make no difference.
    pub aliases: &'static [&'static str],
}

/// What a file of one kind looks like.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// What a row is: `customer`.
    pub noun: &'static str,
    /// Its columns, the required ones first.
    pub columns: &'static [Column],
    /// The columns by which a row is found again; a file needs at least one of them.
    pub keys: &'static [&'static str],
    /// The column that two headings make together, such as a first and a last name.
    pub halves: Option<Halves>,
}

/// Two headings that together are one column.
#[derive(Clone, Copy, Debug)]
pub struct Halves {
    /// The column.
    pub column: &'static str,
    /// Headings of what comes first.
    pub first: &'static [&'static str],
    /// Headings of what comes last.
    pub last: &'static [&'static str],
}

/// The column that holds a person's name and address together.
pub(super) const MAILBOX: &str = "mailbox";

impl Shape {
    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The names of all columns.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.columns.iter().map(|column| column.name)
    }
}

pub(super) const fn must(name: &'static str, aliases: &'static [&'static str]) -> Column {
    Column { name, required: true, aliases }
}

pub(super) const fn may(name: &'static str, aliases: &'static [&'static str]) -> Column {
    Column { name, required: false, aliases }
}

pub(super) const CUSTOMER_NO: &[&str] = &[
    "customer no",
    "customer number",
    "customer nr",
    "kundnr",
    "kundnummer",
    "kund nummer",
    "no cliente",
    "num cliente",
    "numero cliente",
    "numero de cliente",
    "nº de cliente",
];
pub(super) const FACILITY_NO: &[&str] = &[
    "facility number",
    "facility nr",
    "site no",
    "site number",
    "anläggningsnr",
    "anläggningsnummer",
    "anläggning nr",
    "no instalación",
    "num instalación",
    "numero de instalación",
    "nº de instalación",
];
pub(super) const OBJECT_NO: &[&str] = &[
    "object number",
    "object nr",
    "machine no",
    "machine number",
    "asset no",
    "asset number",
    "objektnr",
    "objektnummer",
    "maskinnr",
    "maskinnummer",
    "no equipo",
    "num equipo",
    "numero de equipo",
    "nº de equipo",
    "numero de objeto",
];
pub(super) const EMAIL: &[&str] =
    &["e-mail", "mail", "e-mail address", "e-post", "epostadress", "mejl", "correo", "correo electrónico"];
pub(super) const PHONE: &[&str] =
    &["telephone", "tel", "phone number", "telefon", "telefonnr", "telefonnummer", "tfn", "teléfono", "num teléfono"];
pub(super) const EXTERNAL_ID: &[&str] = &["external id", "externt id", "extern id", "id externo"];
pub(super) const STATUS: &[&str] = &["state", "läge", "estado"];
pub(super) const NOTE: &[&str] =
    &["notes", "remark", "remarks", "anteckning", "anteckningar", "anmärkning", "notering", "nota", "notas"];
pub(super) const LANG: &[&str] = &["language", "språk", "idioma"];

pub(super) const ADDRESS: Column = may(
    "address",
    &["address 1", "street", "street address", "adress", "adress 1", "gatuadress", "dirección", "calle", "domicilio"],
);
pub(super) const ADDRESS2: Column =
    may("address2", &["address line 2", "c/o", "adress 2", "adressrad 2", "dirección 2"]);
pub(super) const POSTAL_CODE: Column =
    may("postal_code", &["postcode", "zip", "zip code", "postnr", "postnummer", "código postal", "cp"]);
pub(super) const CITY: Column = may("city", &["town", "ort", "postort", "stad", "ciudad", "población", "localidad"]);
pub(super) const REGION: Column =
    may("region", &["state or region", "county", "province", "län", "landskap", "región", "provincia"]);
pub(super) const COUNTRY: Column = may("country", &["land", "país"]);
