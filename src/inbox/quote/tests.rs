//! What is left of replies as mail programs write them.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use super::own_text;

#[track_caller]
fn leaves(text: &str, own: &str) {
    assert_eq!(own_text(text), own, "{text}");
    assert_eq!(own_text(&text.replace('\n', "\r\n")), own, "with CR LF: {text}");
}

#[test]
fn our_own_line_ends_the_reply() {
    for mark in [
        "— Write your reply above this line —",
        "— Skriv ditt svar ovanför den här raden —",
        "— Escriba su respuesta encima de esta línea —",
        "-- Write your reply above this line --",
        "  ? write YOUR reply above this line ?",
    ] {
        leaves(&format!("Thursday is fine.\n\n{mark}\nOrder NK-FRO-0142\nMore\n"), "Thursday is fine.");
        leaves(&format!("{mark}\nOrder NK-FRO-0142"), "");
    }
    leaves(
        "I shall write your reply above this line, said she.",
        "I shall write your reply above this line, said she.",
    );
}

#[test]
fn the_sentence_above_the_quoted_is_not_the_writers() {
    for above in [
        "On Fri, Nov 27, 2026 at 10:02 AM Nordkyl AB <service@nordkyl.example> wrote:",
        "On Fri, Nov 27, 2026 at 10:02 AM Nordkyl AB <\nservice@nordkyl.example> wrote:",
        "On Friday, November 27, 2026,\nNordkyl AB via the portal\n<service@nordkyl.example> wrote:",
        "On 27/11/2026 10:02, Nordkyl AB wrote:",
        "On 27 Nov 2026, at 10:02, Nordkyl AB <service@nordkyl.example> wrote:",
        "Den fre 27 nov. 2026 kl 10:02 skrev Nordkyl AB <service@nordkyl.example>:",
        "Den fre 27 nov. 2026 kl 10:02 skrev Nordkyl AB <\nservice@nordkyl.example>:",
        "Den 2026-11-27 kl. 10:02, skrev Nordkyl AB:",
        "27 nov. 2026 kl. 10:02 skrev Nordkyl AB <service@nordkyl.example>:",
        "El vie, 27 nov 2026 a las 10:02, Nordkyl AB (<service@nordkyl.example>) escribió:",
        "El vie, 27 nov 2026 a las 10:02, Nordkyl AB (<service@nordkyl.example>)\nescribió:",
        "El 27/11/2026 a las 10:02, Nordkyl AB escribió:",
        "Am 27.11.26 um 10:02 schrieb Nordkyl AB:",
        "Am Fr., 27. Nov. 2026 um 10:02 Uhr schrieb Nordkyl AB <service@nordkyl.example>:",
        "Le ven. 27 nov. 2026 à 10:02, Nordkyl AB <service@nordkyl.example> a écrit :",
        "Le 27/11/2026 à 10:02, Nordkyl AB a écrit\u{a0}:",
        "fre. 27. nov. 2026 kl. 10:02 skrev Nordkyl AB <service@nordkyl.example>:",
        "Den fre. 27. nov. 2026 kl. 10.02 skrev Nordkyl AB <service@nordkyl.example>:",
        "pe 27. marrask. 2026 klo 10.02 Nordkyl AB (service@nordkyl.example) kirjoitti:",
        "Nordkyl AB kirjoitti 27.11.2026 klo 10.02:",
        "Op vr 27 nov 2026 om 10:02 schreef Nordkyl AB <service@nordkyl.example>:",
    ] {
        leaves(&format!("Yes.\n\n{above}\n\n> The gasket has come.\n> Does Thursday suit you?\n"), "Yes.");
        if !above.starts_with("Nordkyl AB kirjoitti") {
            leaves(&format!("Yes.\n\n{above}\nThe gasket has come.\nDoes Thursday suit you?\n"), "Yes.");
        }
    }
}

#[test]
fn what_looks_like_it_and_is_somebodys_own_stays() {
    for own in [
        "On site at 10:15 we saw this:\nthe door was open.",
        "The caretaker wrote:\nthe key is with me.",
        "From: the basement\nwe heard a noise.",
        "Igår skrev Ola så här:\nvi kommer på torsdag.",
        "Two things:\n- the door\n- the gasket",
        "Temperature > 8 degrees\nand pressure < 2 bar.",
        "Original message was unclear to me.",
        "Sent from my office to yours: the drawing.\nSee below.",
        "Sent from my office to yours, the drawing comes on Thursday.",
        "Von meinem Kollegen kommt morgen die Dichtung",
        "De: vilken dag kommer ni?",
        "a\n\nb",
    ] {
        leaves(own, own);
    }
}

#[test]
fn the_heads_of_outlook_end_the_reply() {
    for heads in [
        "From: Nordkyl AB <service@nordkyl.example>\nSent: Friday, November 27, 2026 10:02 AM\nTo: Eva Lind <eva@brf.example>\nSubject: NK-FRO-0142",
        "From: Nordkyl AB <service@nordkyl.example>\nDate: Friday, 27 November 2026 at 10:02\nTo: Eva Lind <eva@brf.example>\nSubject: NK-FRO-0142",
        "Från: Nordkyl AB <service@nordkyl.example>\nSkickat: den 27 november 2026 10:02\nTill: Eva Lind <eva@brf.example>\nÄmne: NK-FRO-0142",
        "De: Nordkyl AB <service@nordkyl.example>\nEnviado el: viernes, 27 de noviembre de 2026 10:02\nPara: Eva Lind <eva@brf.example>\nAsunto: NK-FRO-0142",
        "*Von:* Nordkyl AB\n*Gesendet:* Freitag, 27. November 2026 10:02\n*An:* Eva Lind\n*Betreff:* NK-FRO-0142",
        "De : Nordkyl AB\nEnvoyé : vendredi 27 novembre 2026 10:02\nÀ : Eva Lind\nObjet : NK-FRO-0142",
        "Fra: Nordkyl AB\nSendt: 27. november 2026 10:02\nTil: Eva Lind\nEmne: NK-FRO-0142",
        "Lähettäjä: Nordkyl AB\nLähetetty: perjantai 27. marraskuuta 2026 10.02\nVastaanottaja: Eva Lind\nAihe: NK-FRO-0142",
    ] {
        leaves(&format!("Thursday is fine.\n\nEva\n\n{heads}\n\nThe gasket has come."), "Thursday is fine.\n\nEva");
        leaves(&format!("Yes\n\n________________________________\n{heads}\n\nThe gasket has come."), "Yes");
        leaves(&format!("Yes\n\n-----Original Message-----\n{heads}\n\nThe gasket has come."), "Yes");
    }
}

#[test]
fn other_lines_that_end_the_reply() {
    for line in [
        "-----Original Message-----",
        "-----Ursprungligt meddelande-----",
        "-------- Originalmeddelande --------",
        "-----Mensaje original-----",
        "-----Ursprüngliche Nachricht-----",
        "-------- Message d'origine --------",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "Vidarebefordrat brev:",
    ] {
        leaves(&format!("Yes.\n\n{line}\nThe gasket has come."), "Yes.");
    }
}

#[test]
fn signatures_go() {
    for signature in [
        "-- \nEva Lind\nBrf Fröjden",
        "--\nEva Lind",
        "Sent from my iPhone",
        "Skickat från min iPhone",
        "Enviado desde mi iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Hämta Outlook för iOS",
        "Von meinem iPhone gesendet",
        "Sent from Mail for Windows",
        "Skickat från Outlook för Android",
    ] {
        leaves(&format!("Yes.\n\n{signature}\n"), "Yes.");
        leaves(
            &format!("Yes.\n\n{signature}\n\nOn 27 Nov 2026, at 10:02, Nordkyl AB <s@n.example> wrote:\n\n> No?\n"),
            "Yes.",
        );
    }
    leaves("Sent from my iPhone\n", "");
}

#[test]
fn answers_between_quoted_lines_are_kept_in_their_order() {
    leaves(
        "Hello,\n\nOn 27/11/2026 10:02, Nordkyl AB wrote:\n> The gasket has come.\n> Does Thursday suit you?\n\nYes, after nine.\n\n\
         > Who opens the door?\nNils, the caretaker.\nHis number is known.\n\n> Regards\n",
        "Hello,\n\nYes, after nine.\n\nNils, the caretaker.\nHis number is known.",
    );
    leaves(
        "> — Write your reply above this line —\n> Does Thursday suit you?\n\nYes.\n\n>> deeper\n> Regards\n",
        "Yes.",
    );
    leaves("> Does Thursday suit you?\nYes.", "Yes.");
    leaves("> Only what was quoted\n> and no more", "");
}

#[test]
fn what_is_long_or_empty_does_no_harm() {
    leaves("", "");
    leaves("\n\n \n", "");
    let long = "word ".repeat(20_000);
    assert_eq!(own_text(&long), long.trim());
    assert_eq!(own_text(&"From: x\n".repeat(20_000)).lines().count(), 20_000);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,200}|([>: a-z\n@<-]|On |wrote:|2026|From:|To:|Subject:){0,60}") {
        let own = own_text(&text);
        prop_assert!(!own.lines().any(|line| line.trim_start().starts_with('>')));
        prop_assert_eq!(own.trim(), own.as_str());
    }
}
