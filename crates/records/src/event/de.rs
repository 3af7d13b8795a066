//! German register (DPMAregister): status words of patents, utility models, marks and designs, in German and English,
//! as words (`Akte vernichtet`) or file keys (`akte-vernichtet`). Procedure codes (`R119`) are INPADOC's codes of DE.

use super::Effect;
use super::Effect::{
    Corrected, DisputeEnded, Disputed, Expired, Filed, Frozen, Granted, Lapsed, LicenceEnded, Licensed, Narrowed,
    PartyChanged, Pledged, Published, Refused, Renewed, Surrendered, Transferred, Withdrawn,
};
use crate::Status;

/// Lower-case letters only, umlauts written out: all spellings of one text fall together.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            c if c.is_ascii_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

/// Rules on status words, first match wins: (any of these, state).
const STATUS: &[(&[&str], Status)] = &[
    (&["nichtgeloescht", "notcancelled"], Status::InForce),
    (&["schutzdauer", "termofprotection", "zeitablauf", "expired", "abgelaufen"], Status::Expired),
    (&["zurueckgenommen", "withdrawn", "rueckname", "ruecknahme"], Status::Withdrawn),
    (&["zurueckgewiesen", "zurueckweisung", "refused", "rejected", "schutzverweiger"], Status::Refused),
    // A file is destroyed years after the right has ended.
    (
        &[
            "erloschen",
            "geloescht",
            "loeschung",
            "vernichtet",
            "lapsed",
            "cancelled",
            "cancellation",
            "destroyed",
            "deleted",
            "widerrufen",
            "nichtig",
        ],
        Status::Lapsed,
    ),
    (
        &["inkraft", "inforce", "eingetragen", "registered", "erteilt", "granted", "verlaengert", "renewed"],
        Status::InForce,
    ),
    // German marks are opposed after registration.
    (&["widerspruchsverfahren", "oppositionperiod", "oppositionproceedings"], Status::InForce),
    (&["nichtanhaengig", "notpending"], Status::Unknown),
    (&["anhaengig", "pending", "anmeldung", "application", "eingegangen", "pruefung"], Status::Pending),
];

/// What a status of the register means (`Not pending/lapsed`, `anhaengig-in-kraft`, `Akte vernichtet`); `Unknown` for
/// words that no rule knows.
pub fn status(text: &str) -> Status {
    let text = folded(text);
    let rule = STATUS.iter().find(|(words, _)| words.iter().any(|word| text.contains(word)));
    rule.map_or(Status::Unknown, |(_, status)| *status)
}

/// Rules on register entries, first match wins: (all of these, effect).
const ENTRIES: &[(&[&str], Option<Effect>)] = &[
    (&["nichtgeloescht"], Some(DisputeEnded)),
    (&["lizenz", "loesch"], Some(LicenceEnded)),
    (&["lizenz"], Some(Licensed)),
    (&["licen"], Some(Licensed)),
    (&["teilloeschung"], Some(Narrowed)),
    (&["teilweise", "loesch"], Some(Narrowed)),
    (&["partial", "cancel"], Some(Narrowed)),
    (&["antrag", "loesch"], Some(Disputed)),
    (&["loesch", "nichtverlaenger"], Some(Expired)),
    (&["loesch", "schutzdauer"], Some(Expired)),
    (&["cancellation", "expiry"], Some(Expired)),
    (&["cancellation", "termofprotection"], Some(Expired)),
    (&["loesch", "verzicht"], Some(Surrendered)),
    (&["loesch", "inhaber"], Some(Surrendered)),
    (&["cancellation", "renunciation"], Some(Surrendered)),
    (&["cancellation", "surrender"], Some(Surrendered)),
    (&["loesch"], Some(Lapsed)),
    (&["cancellation"], Some(Lapsed)),
    (&["verlaenger"], Some(Renewed)),
    (&["renew"], Some(Renewed)),
    (&["extension", "protection"], Some(Renewed)),
    (&["umschreibung"], Some(Transferred)),
    (&["transfer"], Some(Transferred)),
    (&["changeofowner"], Some(Transferred)),
    (&["widerspruch"], Some(Disputed)),
    (&["opposition"], Some(Disputed)),
    (&["berichtigung"], Some(Corrected)),
    (&["correction"], Some(Corrected)),
    (&["vertreter"], Some(PartyChanged)),
    (&["representative"], Some(PartyChanged)),
    (&["adresse"], Some(PartyChanged)),
    (&["anschrift"], Some(PartyChanged)),
    (&["address"], Some(PartyChanged)),
    (&["name"], Some(PartyChanged)),
    (&["verpfaend"], Some(Pledged)),
    (&["dinglich"], Some(Pledged)),
    (&["zwangsvollstreckung"], Some(Frozen)),
    (&["insolvenz"], Some(Frozen)),
    (&["zurueckweisung"], Some(Refused)),
    (&["zurueckgewiesen"], Some(Refused)),
    (&["zurueckgenommen"], Some(Withdrawn)),
    (&["ruecknahme"], Some(Withdrawn)),
    (&["eintragung"], Some(Granted)),
    (&["eingetragen"], Some(Granted)),
    (&["registered"], Some(Granted)),
    (&["registration"], Some(Granted)),
    (&["veroeffentlich"], Some(Published)),
    (&["publication"], Some(Published)),
    (&["anmeldung"], Some(Filed)),
];

/// The effect of a register entry of a mark or design: its kind (`Loeschung Inhaber`, `Umschreibung`), status or ground
/// (`Löschung wegen Nichtverlängerung`), `LegalStatus` (`Cancellation Expiry Term Of Protection`), joined as they come.
pub fn effect(words: &str) -> Option<Effect> {
    let words = folded(words);
    let rule = ENTRIES.iter().find(|(with, _)| with.iter().all(|word| words.contains(word)));
    rule.and_then(|(_, effect)| *effect)
}
