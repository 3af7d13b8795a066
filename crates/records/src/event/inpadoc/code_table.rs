//! The EPO's own list of legal event codes, for the codes that no built-in table knows.

use std::collections::BTreeMap;

use thiserror::Error;

use super::super::Effect::{
    Corrected, DisputeEnded, Disputed, Examination, Expired, Filed, Frozen, Granted, Invalidated, Lapsed, LicenceEnded,
    Licensed, Narrowed, PartyChanged, PledgeEnded, Pledged, Published, Refused, Renewed, Restored, Surrendered,
    Transferred, Unfrozen, Withdrawn,
};
use super::{Effect, effect_with_text, knows};
use crate::Office;

/// Why rows are not a code list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodeTableError {
    /// A column is missing from the first row.
    #[error("the first row of a legal event code list must name the column «{column}»; found: {found}")]
    Column {
        /// The missing column.
        column: &'static str,
        /// The columns that are there.
        found: String,
    },
    /// There is no row at all.
    #[error(
        "the legal event code list is empty; its first row must name the columns Authority, Event-code and Description ENG"
    )]
    Empty,
}

/// Codes with their English descriptions and effects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeTable {
    codes: BTreeMap<(Office, String), Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    description: String,
    effect: Option<Effect>,
}

/// Places of the columns in a row.
struct Columns {
    authority: usize,
    code: usize,
    influence: Option<usize>,
    description: usize,
    class: Option<usize>,
}

impl Columns {
    fn find(header: &[String]) -> Result<Self, CodeTableError> {
        let place = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        let need = |column: &'static str| {
            place(column).ok_or_else(|| CodeTableError::Column { column, found: header.join(", ") })
        };
        Ok(Self {
            authority: need("Authority")?,
            code: need("Event-code")?,
            influence: place("Influence"),
            description: need("Description ENG")?,
            class: place("Event-class"),
        })
    }
}

impl CodeTable {
    /// Reads the rows of the office's list; the first row names the columns (`Authority`, `Event-code`, `Influence`,
    /// `Description ENG`, `Event-class`, in any order, among others). Rows without office or code are left out.
    pub fn from_rows(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Self, CodeTableError> {
        let mut rows = rows.into_iter();
        let columns = Columns::find(&rows.next().ok_or(CodeTableError::Empty)?)?;
        let mut codes = BTreeMap::new();
        for row in rows {
            let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
            let Ok(office) = cell(columns.authority).parse::<Office>() else { continue };
            let code = cell(columns.code).to_ascii_uppercase();
            if code.is_empty() {
                continue;
            }
            let description = cell(columns.description).to_owned();
            let effect = described_effect(
                office,
                columns.influence.and_then(|at| cell(at).bytes().next()),
                columns.class.and_then(|at| cell(at).bytes().next()),
                &description,
            );
            codes.insert((office, code), Entry { description, effect });
        }
        Ok(Self { codes })
    }

    /// A table of entries: office, code, description, effect.
    pub fn from_entries(entries: impl IntoIterator<Item = (Office, String, String, Option<Effect>)>) -> Self {
        let codes = entries.into_iter().map(|(office, code, description, effect)| {
            ((office, code.trim().to_ascii_uppercase()), Entry { description, effect })
        });
        Self { codes: codes.collect() }
    }

    /// How many codes the table holds.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Every code in order of office and code: office, code, English description, effect.
    pub fn entries(&self) -> impl Iterator<Item = (Office, &str, &str, Option<Effect>)> {
        self.codes.iter().map(|((office, code), e)| (*office, code.as_str(), e.description.as_str(), e.effect))
    }

    /// The effect of a code with the event's own words (may be empty): the built-in table first, then this one.
    pub fn effect(&self, office: Office, code: &str, text: &str) -> Option<Effect> {
        let built_in = effect_with_text(office, code, text);
        if built_in.is_some() || knows(office, &code.trim().to_ascii_uppercase()) {
            return built_in;
        }
        self.entry(office, code).and_then(|entry| entry.effect)
    }

    /// The office's English description of a code.
    pub fn description(&self, office: Office, code: &str) -> Option<&str> {
        self.entry(office, code).map(|entry| entry.description.as_str())
    }

    fn entry(&self, office: Office, code: &str) -> Option<&Entry> {
        self.codes.get(&(office, code.trim().to_ascii_uppercase()))
    }
}

/// The effect that influence (`+`, `-`), class (letter of WIPO ST.27) and words of a row make together.
fn described_effect(office: Office, influence: Option<u8>, class: Option<u8>, description: &str) -> Option<Effect> {
    let words = description.to_ascii_uppercase();
    if concerns_another_right(office, &words) {
        return None;
    }
    let effect = match class {
        Some(class) => class_effect(class, &words),
        None => unclassified_effect(influence, &words),
    }?;
    let against = influence == Some(b'-') && matches!(effect, Granted | Restored | Renewed | Published);
    let favourable = influence == Some(b'+') && matches!(effect, Refused | Withdrawn | Lapsed | Invalidated | Expired);
    (!against && !favourable).then_some(effect)
}

/// One state's share of a regional right, a certificate that begins where the patent ends, or a note that is void.
fn concerns_another_right(office: Office, words: &str) -> bool {
    let regional = office == Office::EP || office == Office::WO;
    let national = words.as_bytes().get(2) == Some(&b':');
    (regional && (national || has(words, &["CONTRACTING STATE", "VALIDATION STATE", "UNITARY", "NATIONAL OFFICE"])))
        || has(words, &["SUPPLEMENTARY PROTECTION", "COMPLEMENTARY PROTECTION", "CERTIFICATE OF PROTECTION", "SPC"])
        || has(words, &["ERRONEOUS", "IN ERROR", "SHOULD BE DELETED", "(DELETED)", "CORRECTION OF:"])
}

/// The effect of an event of this ST.27 class with these words, in upper case.
pub(super) fn class_effect(class: u8, words: &str) -> Option<Effect> {
    match class {
        b'A' => (has(words, &["FILED", "FILING"])
            && !has(words, &["REQUEST", "PHASE", "DIVISIONAL", "GREEN", "PROCESSING"]))
        .then_some(Filed),
        b'B' => discontinued(words),
        b'C' | b'K' => restored(words),
        b'D' if has(words, &["DECISION OF REFUSAL", "DECISION TO REFUSE"]) => Some(Refused),
        b'D' => Some(Examination),
        b'F' => granted(words),
        b'H' => ceased(words),
        b'L' => reviewed(words),
        b'M' => maintained(words),
        b'P' => {
            let done = !has(words, &["WITHDRAWN", "REFUSED", "REQUEST"]);
            (done && has(words, &["CORRECT", "REPRINT", "ERRAT"])).then_some(Corrected)
        }
        b'Q' => published(words),
        b'R' => party(words),
        b'S' => encumbered(words),
        b'U' => paid(words),
        _ => None,
    }
}

fn has(words: &str, any: &[&str]) -> bool {
    any.iter().any(|word| words.contains(word))
}

fn discontinued(words: &str) -> Option<Effect> {
    if has(words, &["REASON", "NOTIFICATION OF REFUSAL"]) {
        return Some(Examination);
    }
    if has(words, &["REQUEST FOR A ", "DENIED"]) {
        return None;
    }
    Some(if has(words, &["REFUS", "REJECT", "DENIAL"]) { Refused } else { Withdrawn })
}

fn restored(words: &str) -> Option<Effect> {
    let asked = has(words, &["REQUEST", "PETITION", "APPLICATION FOR", "APPLICATION REFUSED", "APPLICATION WITHDRAWN"]);
    let refused = has(words, &["REFUSED", "REJECTED", "WITHDRAWN", "DENIED"]);
    let allowed = has(words, &["ALLOW", "APPROV", "GRANTED", "ACCEPT", "GRANT THE REQUEST"]);
    (allowed || (!asked && !refused)).then_some(Restored)
}

fn granted(words: &str) -> Option<Effect> {
    if has(words, &["DECISION TO GRANT", "INTENTION", "EXPECTED"]) {
        return Some(Examination);
    }
    if words.contains("PARTIAL INVALIDATION") {
        return Some(Narrowed);
    }
    let other =
        ["CANCEL", "ANNUL", "REVOK", "VOID", "CONVER", "TRANSFORM", "RESCIND", "REQUEST", "PROCESSING APPLICATIONS"];
    (!has(words, &other) && has(words, &["GRANT", "ISSUE", "REGIST", "SEALED"])).then_some(Granted)
}

fn ceased(words: &str) -> Option<Effect> {
    if has(words, &["COMMUNICATION", "NEW DATE", "DATE OF LEGAL EFFECT"]) {
        None
    } else if has(words, &["PARTIAL", "IN PART", "PARTLY"]) {
        Some(Narrowed)
    } else if has(words, &["FEE", "PAYMENT", "PAY "]) {
        Some(Lapsed)
    } else if has(words, &["SURREND", "RENUNC", "RENOUNC", "ABANDON", "WITHDRAW", "RELINQ"]) {
        Some(Surrendered)
    } else if has(words, &["REVOK", "REVOC", "INVALID", "NULL", "ANNUL", "VOID"]) {
        Some(Invalidated)
    } else if has(words, &["EXPIR", "END OF TERM", "TERM OF", "OF TERM", "MAXIMUM", "LAPSE OF TIME", "20 YEARS"]) {
        Some(Expired)
    } else {
        Some(Lapsed)
    }
}

fn reviewed(words: &str) -> Option<Effect> {
    let cases =
        ["OPPOSITION", "REVOCATION", "INVALID", "NULLITY", "CANCELLATION", "RE-EXAMINATION", "REEXAMINATION", "SUIT"];
    let nothing = ["NO OPPOSITION", "OPEN TO", "LIMITATION", "RESTRICTION", "DISCLAIMER", "CERTIFICATE", "REISSUE"];
    if !has(words, &cases) || has(words, &nothing) {
        None
    } else if has(words, &["REJECT", "REFUS", "WITHDRAWN", "INADMISS", "TERMINAT", "DEEMED NOT", "MAINTENANCE"]) {
        Some(DisputeEnded)
    } else {
        let begun = has(words, &["FILED", "REQUEST", "ACTION", "APPLICATION FOR"]);
        (begun && !has(words, &["DECISION", "REPORT"])).then_some(Disputed)
    }
}

fn maintained(words: &str) -> Option<Effect> {
    if has(words, &["UNAMENDED", "UNCHANGED", "IN FULL", "FULLY", "CONFIRM", "REJECT"]) {
        Some(DisputeEnded)
    } else {
        let less = has(words, &["PARTIAL", "IN PART", "AMEND", "LIMIT", "RESTRICT", "MODIFIED", "DISCLAIM"]);
        less.then_some(Narrowed)
    }
}

fn published(words: &str) -> Option<Effect> {
    if has(words, &["CANCEL", "WITHDRAWN", "NO DOCUMENT", "NOT PUBLISHED", "REQUEST", "TRANSLATION"]) {
        None
    } else if has(words, &["REPRINT", "CORRECT"]) {
        Some(Corrected)
    } else {
        let application = words.contains("APPLICATION") || words == "PUBLICATION";
        (application && words.contains("PUBLI")).then_some(Published)
    }
}

fn party(words: &str) -> Option<Effect> {
    const DATA: &[&str] = &[
        "NAME",
        "ADDRESS",
        "REPRESENT",
        "ATTORNEY",
        "AGENT",
        "INVENTOR",
        "DOMICILE",
        "APPLICANT",
        "OWNER",
        "PROPRIETOR",
        "PARTY",
        "PARTICULAR",
    ];
    if has(words, &["DECLIN", "WITHDRAWN", "REJECT", "REFUS"]) {
        return None;
    }
    let moved = has(words, &["TRANSFER", "ASSIGN", "OWNERSHIP", "SUCCESSION", "MERGER"]);
    let replaced = has(words, &["CHANGE OF APPLICANT", "CHANGE OF OWNER"]) && !has(words, &["NAME", "ADDRESS"]);
    if (moved || replaced) && !words.contains("EXCEPT") {
        Some(Transferred)
    } else {
        has(words, DATA).then_some(PartyChanged)
    }
}

fn encumbered(words: &str) -> Option<Effect> {
    let ended = has(
        words,
        &["CANCEL", "DELET", "TERMINAT", "LIFT", "DISCHARG", "REMOV", "RELEAS", "WITHDRAW", "FREED", "ENDED", "EXPIR"],
    );
    if has(words, &["PLEDGE", "LIEN", "MORTGAGE", "SECURITY", "IN REM"]) {
        Some(if ended { PledgeEnded } else { Pledged })
    } else if has(words, &["SEIZ", "CONFISC", "ATTACHMENT", "PRESERVATION"]) {
        Some(if ended { Unfrozen } else { Frozen })
    } else if has(
        words,
        &[
            "WILLING",
            "INTENTION",
            "INTEREST",
            "OF RIGHT",
            "OPEN",
            "AVAILABLE",
            "CHANGE",
            "AMEND",
            "OFFER",
            "REFUS",
            "CONCERNING",
            "REQUEST FOR LICEN",
        ],
    ) {
        None
    } else if has(words, &["LICENCE", "LICENSE"]) {
        Some(if ended { LicenceEnded } else { Licensed })
    } else {
        None
    }
}

fn paid(words: &str) -> Option<Effect> {
    let kept = has(words, &["ANNUAL", "RENEW", "MAINTENANCE", "FEE PAYMENT", "YEAR"]);
    let owed = has(
        words,
        &[
            "REQUEST",
            "DUE",
            "NOT PAID",
            "NON-PAY",
            "NON PAY",
            "UNPAID",
            "REMINDER",
            "REJECTED",
            "REQUIRE",
            "COMPLEMENT",
        ],
    );
    (kept && !owed).then_some(Renewed)
}

/// Rows without a class: only plain words count.
fn unclassified_effect(influence: Option<u8>, words: &str) -> Option<Effect> {
    match influence {
        Some(b'-') if has(words, &["LAPSE", "CEAS", "EXPIR", "REVOK", "REVOC", "SURREND", "TERMINATION OF PATENT"]) => {
            ceased(words)
        }
        Some(b'-') if has(words, &["REFUS", "REJECT", "WITHDRAW"]) && words.contains("APPLICATION") => {
            discontinued(words)
        }
        Some(b'+') if has(words, &["PATENT GRANTED", "GRANT OF PATENT"]) => Some(Granted),
        _ => None,
    }
}
