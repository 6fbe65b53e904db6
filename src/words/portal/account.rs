//! The person's own page, the choice between customers, and having nothing to see.

use super::About;

/// The person's own page, the choice between customers, and having nothing to see.
pub struct Account {
    pub title: &'static str,
    pub name: &'static str,
    pub change_name: &'static str,
    pub name_title: &'static str,
    /// For whom the name is: the customer and the company.
    pub name_hint: fn(company: &str, customer: &str) -> String,
    pub name_missing: &'static str,
    /// Said once the name is saved.
    pub name_saved: &'static str,
    /// The page with the browsers in which one is signed in.
    pub sessions_text: &'static str,
    pub email_hint: About,
    pub customer: &'static str,
    pub language: &'static str,
    pub language_hint: &'static str,
    /// Said once the language is saved.
    pub saved: &'static str,
    pub password_text: &'static str,
    pub switch_title: &'static str,
    pub switch_text: About,
    pub number: &'static str,
    pub current: &'static str,
    pub closed: &'static str,
    pub nothing_title: &'static str,
    pub nothing_text: About,
    pub nothing_next: About,
    pub nothing_why: &'static str,
    /// Said to whoever signs in and has no access that is open.
    pub ended_title: &'static str,
    /// With a customer and the last day of the access to it.
    pub ended_text: fn(customer: &str, day: &str) -> String,
    pub ended_next: About,
    pub shut_title: &'static str,
    pub shut_text: About,
}

pub(super) static EN: Account = Account {
    title: "My account",
    name: "Name",
    change_name: "Change name",
    name_title: "Change your name",
    name_hint: |company, customer| format!("{company} and your colleagues at {customer} see it."),
    name_missing: "Enter your name.",
    name_saved: "The name is saved.",
    sessions_text: "See the browsers in which you are signed in, and sign out where you no longer want to be.",
    email_hint: |name| format!("You sign in with it. {name} can change it for you."),
    customer: "Customer",
    language: "Language",
    language_hint: "For these pages and for e-mails to you.",
    saved: "The language is saved.",
    password_text: "You need your current password to choose a new one.",
    switch_title: "Choose a customer",
    switch_text: |name| format!("You have access to more than one customer of {name}. You can change at any time."),
    number: "Customer number",
    current: "Shown now",
    closed: "Closed",
    nothing_title: "Nothing is shared with you yet",
    nothing_text: |customer| format!("Your account works and you are signed in for {customer}."),
    nothing_next: |name| {
        format!("{name} decides what you can see here. Ask them to share orders and facilities with you.")
    },
    nothing_why: "Once they have, reload this page. You do not need to sign in again.",
    ended_title: "Your access has ended",
    ended_text: |customer, day| format!("Your access to {customer} was valid up to and including {day}."),
    ended_next: |name| format!("If you still need it, ask {name} to extend it."),
    shut_title: "You have no access at the moment",
    shut_text: |name| {
        format!(
            "Your address and your password are right, but at the moment there is nothing for you to see at {name}."
        )
    },
};

pub(super) static SV: Account = Account {
    title: "Mitt konto",
    name: "Namn",
    change_name: "Ändra namn",
    name_title: "Ändra ditt namn",
    name_hint: |company, customer| format!("{company} och dina kollegor på {customer} ser det."),
    name_missing: "Skriv ditt namn.",
    name_saved: "Namnet är sparat.",
    sessions_text: "Se i vilka webbläsare du är inloggad, och logga ut där du inte längre vill vara det.",
    email_hint: |name| format!("Du loggar in med den. {name} kan ändra den åt dig."),
    customer: "Kund",
    language: "Språk",
    language_hint: "För de här sidorna och för mejl till dig.",
    saved: "Språket är sparat.",
    password_text: "Du behöver ditt nuvarande lösenord för att välja ett nytt.",
    switch_title: "Välj kund",
    switch_text: |name| format!("Du har tillgång till flera kunder hos {name}. Du kan byta när du vill."),
    number: "Kundnummer",
    current: "Visas nu",
    closed: "Avslutad",
    nothing_title: "Inget delas med dig än",
    nothing_text: |customer| format!("Ditt konto fungerar och du är inloggad för {customer}."),
    nothing_next: |name| {
        format!("{name} bestämmer vad du kan se här. Be dem ge dig tillgång till ärenden och anläggningar.")
    },
    nothing_why: "Ladda om sidan när de har gjort det. Du behöver inte logga in igen.",
    ended_title: "Din åtkomst har upphört",
    ended_text: |customer, day| format!("Din åtkomst till {customer} gällde till och med {day}."),
    ended_next: |name| format!("Om du fortfarande behöver den, be {name} att förlänga den."),
    shut_title: "Du har ingen åtkomst just nu",
    shut_text: |name| {
        format!("Din adress och ditt lösenord stämmer, men just nu finns det inget för dig att se hos {name}.")
    },
};

pub(super) static ES: Account = Account {
    title: "Mi cuenta",
    name: "Nombre",
    change_name: "Cambiar el nombre",
    name_title: "Cambiar su nombre",
    name_hint: |company, customer| format!("Lo ven {company} y sus compañeros de {customer}."),
    name_missing: "Escriba su nombre.",
    name_saved: "El nombre se ha guardado.",
    sessions_text: "Vea en qué navegadores tiene la sesión abierta y ciérrela donde ya no la necesite.",
    email_hint: |name| format!("Lo usa para iniciar sesión. {name} se lo puede cambiar."),
    customer: "Cliente",
    language: "Idioma",
    language_hint: "Para estas páginas y para los correos que reciba.",
    saved: "El idioma se ha guardado.",
    password_text: "Necesita su contraseña actual para elegir otra.",
    switch_title: "Elegir un cliente",
    switch_text: |name| format!("Tiene acceso a más de un cliente de {name}. Puede cambiar cuando quiera."),
    number: "Número de cliente",
    current: "Se muestra ahora",
    closed: "De baja",
    nothing_title: "Aún no se comparte nada con usted",
    nothing_text: |customer| format!("Su cuenta funciona y la sesión está abierta para {customer}."),
    nothing_next: |name| {
        format!("{name} decide lo que puede ver aquí. Pida acceso a las órdenes y a las instalaciones.")
    },
    nothing_why: "Cuando se lo hayan dado, recargue esta página. No hace falta que vuelva a iniciar sesión.",
    ended_title: "Su acceso ha terminado",
    ended_text: |customer, day| format!("Su acceso a {customer} era válido hasta el {day} inclusive."),
    ended_next: |name| format!("Si todavía lo necesita, pida a {name} que lo prolongue."),
    shut_title: "En este momento no tiene acceso",
    shut_text: |name| {
        format!("La dirección y la contraseña son correctas, pero en este momento no hay nada que pueda ver en {name}.")
    },
};
