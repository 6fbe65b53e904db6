//! The mails in Swedish.

use super::{Changed, Frame, Invite, Order, Reset, Staff, Test, Texts, selfcheck};
use crate::outbox::letter::News;
use crate::stage::Stage;

/// Swedish.
pub static SV: Texts = Texts {
    frame: Frame {
        hello: |person| format!("Hej {person},"),
        regards: |group| format!("Vänliga hälsningar\n{group}"),
        call: |phone| format!("Har du frågor? Ring oss på {phone}."),
        reply: "Du kan svara på det här mejlet; vi läser svaren.",
        copy_link: "Om knappen inte fungerar, kopiera adressen till din webbläsare:",
        off: "Välj vilka mejl du får:",
        order: "Order",
        about: "Gäller",
        customer: "Kund",
        facility: "Anläggning",
        object: "Objekt",
        planned: "Planerat",
        status: "Status",
        priority: "Prioritet",
        site: "Kontakt på plats",
        reference: "Referens",
    },
    invite: Invite {
        subject: |group| format!("Ditt konto hos {group}: välj ett lösenord"),
        opening: |group, customer| {
            format!("{group} har skapat ett konto åt dig. Med det kan du följa ordrarna för {customer}.")
        },
        opening_by: |group, customer, by| {
            format!("{by} på {group} har skapat ett konto åt dig. Med det kan du följa ordrarna för {customer}.")
        },
        what: "Börja med att välja ett eget lösenord. Ingen på företaget ser det.",
        button: "Välj lösenord",
        expires: |when| {
            format!("Länken kan användas en gång, till och med {when}. Därefter kan du be om en ny på samma sida.")
        },
        why: |group| {
            format!(
                "Du får det här mejlet för att {group} har angett din adress för kontot. \
                 Om du inte väntade dig det behöver du inte göra något: utan lösenord förblir kontot stängt."
            )
        },
    },
    reset: Reset {
        subject: |group| format!("Nytt lösenord till ditt konto hos {group}"),
        opening_themselves: |group| {
            format!("Någon, troligen du, har bett om ett nytt lösenord till ditt konto hos {group}.")
        },
        opening_company: |group| format!("{group} ber dig välja ett nytt lösenord till ditt konto."),
        button: "Välj nytt lösenord",
        expires: |when| {
            format!(
                "Länken kan användas en gång, till och med {when}. \
                 Ditt nuvarande lösenord gäller tills du har valt ett nytt."
            )
        },
        why_themselves: "Du får det här mejlet för att din adress angavs under \"Jag har glömt mitt lösenord\". \
                         Om det inte var du behöver du inte göra något: lösenordet ändras inte.",
        why_company: |group| {
            format!(
                "Du får det här mejlet för att du har ett konto hos {group}. Om du inte väntade dig det, fråga oss först."
            )
        },
    },
    changed: Changed {
        subject: |group| format!("Ditt lösenord hos {group} har ändrats"),
        opening: |group, when| format!("Lösenordet till ditt konto hos {group} ändrades {when}."),
        client: |address| format!("Ändringen kom från nätverksadressen {address}."),
        fine: "Om det var du behöver du inte göra något mer. Andra enheter har loggats ut.",
        not_you: "Om det inte var du, välj ett nytt lösenord genast och hör av dig till oss:",
        button: "Välj nytt lösenord",
        why: "Du får det här mejlet varje gång ditt lösenord ändras, så att ingen kan göra det i smyg.",
    },
    order: Order {
        subject_received: |number, title| format!("Order {number} mottagen: {title}"),
        subject_status: |number, stage, title| format!("Order {number} {stage}: {title}"),
        subject_comment: |number, title| format!("Kommentar på order {number}: {title}"),
        opening_comment: |by, number| format!("{by} har skrivit en kommentar på order {number}."),
        emergency: |phone| {
            format!("Du har angett att det är akut. Vänta inte på svar via mejl: ring oss nu på {phone}.")
        },
        opening_received: |group, number| format!("Tack. {group} har tagit emot din order {number}."),
        opening_moved: |number, from, to| format!("Order {number} har gått från ”{from}” till ”{to}”."),
        opening_now: |number, to| format!("Order {number} är nu ”{to}”."),
        next: |stage, group| match stage {
            Stage::Received => format!("{group} tittar på den och återkommer till dig."),
            Stage::Planned => "Arbetet är planerat.".into(),
            Stage::InProgress => "Arbetet har börjat.".into(),
            Stage::Waiting => format!("{group} behöver något från dig innan arbetet kan fortsätta."),
            Stage::Done => "Arbetet är klart. Om något inte stämmer, skriv en kommentar på ordern.".into(),
            Stage::Cancelled => "Ordern är avbeställd; inget mer görs på den.".into(),
        },
        reason: |group| format!("{group} skriver:"),
        button: "Öppna ordern",
        why: |group, customer| {
            format!(
                "Du får det här mejlet för att {group} berättar för dig om ordrar för {customer}. \
                 Om du inte har med dem att göra, säg till oss."
            )
        },
        stage: |stage| match stage {
            Stage::Received => "mottagen",
            Stage::Planned => "planerad",
            Stage::InProgress => "pågår",
            Stage::Waiting => "väntar på dig",
            Stage::Done => "klar",
            Stage::Cancelled => "avbeställd",
        },
    },
    staff: Staff {
        emergency: "AKUT",
        subject: |news, number, title| match news {
            News::Placed => format!("Ny order {number}: {title}"),
            News::Commented => format!("Kommentar på order {number}: {title}"),
            News::Document => format!("Dokument på order {number}: {title}"),
            News::Cancelled => format!("Order {number} avbeställd av kunden: {title}"),
        },
        opening: |news, by, customer| match news {
            News::Placed => format!("{by} på {customer} har lagt en order."),
            News::Commented => format!("{by} på {customer} har skrivit en kommentar."),
            News::Document => format!("{by} på {customer} har lagt till ett dokument."),
            News::Cancelled => format!("{by} på {customer} har avbeställt ordern."),
        },
        button: "Öppna ordern",
        why: |group| {
            format!(
                "Du får det här mejlet för att ordern är tilldelad dig, \
                 eller för att ingen är tilldelad och den går till {group}."
            )
        },
    },
    selfcheck: &selfcheck::SV,
    test: Test {
        subject: |group| format!("Testmejl från {group}"),
        opening: |group| format!("Det här är ett test. Mejl från {group} går iväg och kommer fram."),
        why: "Du får det här mejlet för att någon på företaget skickade ett test till din adress. \
              Du behöver inte göra något.",
    },
};
