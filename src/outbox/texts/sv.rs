//! The mails in Swedish.

use super::{
    Changed, Frame, Invite, Order, Reset, Staff, Test, Texts, account, accounts, doubtful, selfcheck, several, things,
};
use crate::outbox::letter::News;
use crate::stage::Stage;

/// Swedish.
pub static SV: Texts = Texts {
    frame: Frame {
        hello: |person| format!("Hej {person}!"),
        regards: |group| format!("Vänliga hälsningar\n{group}"),
        call: |phone| format!("Har du frågor? Ring oss på {phone}."),
        reply: "Du kan svara på det här mejlet; vi läser svaren.",
        copy_link: "Om knappen inte fungerar, kopiera adressen till din webbläsare:",
        off: "Välj vilka mejl du får:",
        order: "Ärende",
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
            format!("{group} har skapat ett konto åt dig. Med det kan du följa ärendena för {customer}.")
        },
        opening_by: |group, customer, by| {
            format!("{by} på {group} har skapat ett konto åt dig. Med det kan du följa ärendena för {customer}.")
        },
        what: "Börja med att välja ett eget lösenord. Ingen på företaget ser det.",
        button: "Välj lösenord",
        expires: |when| {
            format!("Länken kan användas en gång, fram till {when}. Därefter kan du be om en ny på samma sida.")
        },
        why: |group| {
            format!(
                "Du får det här mejlet eftersom {group} har angett din adress för kontot. \
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
                "Länken kan användas en gång, fram till {when}. \
                 Ditt nuvarande lösenord gäller tills du har valt ett nytt."
            )
        },
        why_themselves: "Du får det här mejlet eftersom din adress angavs under ”Jag har glömt mitt lösenord”. \
                         Om det inte var du behöver du inte göra något: lösenordet ändras inte.",
        why_company: |group| {
            format!(
                "Du får det här mejlet eftersom du har ett konto hos {group}. Fråga oss först om du inte väntade dig det."
            )
        },
    },
    changed: Changed {
        subject: |group| format!("Ditt lösenord hos {group} har bytts"),
        opening: |group, when| format!("Lösenordet till ditt konto hos {group} byttes {when}."),
        client: |address| format!("Bytet gjordes från nätverksadressen {address}."),
        fine: "Om det var du behöver du inte göra något mer. Andra enheter har loggats ut.",
        not_you: "Om det inte var du, välj genast ett nytt lösenord och hör av dig till oss:",
        button: "Välj nytt lösenord",
        why: "Du får det här mejlet varje gång ditt lösenord byts, så att ingen kan göra det utan att du vet om det.",
    },
    address: &account::ADDRESS_SV,
    locked: &account::LOCKED_SV,
    access: &account::ACCESS_SV,
    things: &things::SV,
    several: &several::SV,
    replies: &several::REPLY_SV,
    order: Order {
        subject_received: |number, title| format!("Ärende {number} mottaget: {title}"),
        subject_status: |number, stage, title| format!("Ärende {number} {stage}: {title}"),
        subject_comment: |number, title| format!("Kommentar på ärende {number}: {title}"),
        opening_comment: |by, number| format!("{by} har skrivit en kommentar på ärende {number}."),
        emergency: |phone| {
            format!("Du har angett att det är akut. Vänta inte på ett mejl till svar: ring oss nu på {phone}.")
        },
        opening_received: |group, number| format!("Tack. {group} har tagit emot ditt ärende {number}."),
        opening_new: |group, number| format!("{group} har tagit emot ärende {number}."),
        opening_moved: |number, from, to| format!("Ärende {number} har gått från ”{from}” till ”{to}”."),
        opening_now: |number, to| format!("Ärende {number} är nu ”{to}”."),
        next: |stage, group| match stage {
            Stage::Received => format!("{group} tittar på det och återkommer till dig."),
            Stage::Planned => "Arbetet är planerat.".into(),
            Stage::InProgress => "Arbetet har börjat.".into(),
            Stage::Waiting => format!("{group} behöver något från dig innan arbetet kan fortsätta."),
            Stage::Done => "Arbetet är klart. Om något inte stämmer, säg till oss.".into(),
            Stage::Cancelled => "Ärendet är avbrutet och inget mer görs.".into(),
        },
        reason: |group| format!("{group} skriver:"),
        button: "Öppna ärendet",
        why: |group, customer| {
            format!(
                "Du får det här mejlet eftersom {group} håller dig underrättad om ärenden för {customer}. \
                 Om du inte har med dem att göra, säg till oss."
            )
        },
        why_own: "Du får det här mejlet eftersom du har skickat in ärendet.",
        stage: |stage| match stage {
            Stage::Received => "mottaget",
            Stage::Planned => "planerat",
            Stage::InProgress => "pågår",
            Stage::Waiting => "väntar på dig",
            Stage::Done => "klart",
            Stage::Cancelled => "avbrutet",
        },
    },
    staff: Staff {
        emergency: "AKUT",
        subject: |news, number, title| match news {
            News::Placed => format!("Nytt ärende {number}: {title}"),
            News::Commented => format!("Kommentar på ärende {number}: {title}"),
            News::Document => format!("Dokument på ärende {number}: {title}"),
            News::Cancelled => format!("Ärende {number} avbeställt av kunden: {title}"),
        },
        opening: |news, by, customer| match news {
            News::Placed => format!("{by} på {customer} har skickat in ett ärende."),
            News::Commented => format!("{by} på {customer} har skrivit en kommentar."),
            News::Document => format!("{by} på {customer} har lagt till ett dokument."),
            News::Cancelled => format!("{by} på {customer} har avbeställt ärendet."),
        },
        button: "Öppna ärendet",
        why: |group| {
            format!(
                "Du får det här mejlet eftersom ärendet är tilldelat dig, \
                 eller eftersom det inte är tilldelat någon och går till {group}."
            )
        },
        why_office: |group| {
            format!("Du får det här mejlet eftersom det som inte hör till något ärende går till {group}.")
        },
    },
    selfcheck: &selfcheck::SV,
    doubtful: &doubtful::SV,
    accounts: &accounts::SV,
    test: Test {
        subject: |group| format!("Testmejl från {group}"),
        opening: |group| format!("Det här är ett test. Mejl från {group} skickas och kommer fram."),
        why: "Du får det här mejlet eftersom någon på företaget skickade ett test till din adress. \
              Du behöver inte göra något.",
    },
};
