//! EU trade marks and EU designs: the EUIPO's words for states and register entries, in the spelling of the open-data
//! files (`Application under examination`), of older files without spaces and of the API (`UNDER_EXAMINATION`).

use super::Effect;
use super::Effect::{
    Corrected, Disputed, Expired, Frozen, Invalidated, LicenceEnded, Licensed, Narrowed, PartyChanged, PledgeEnded,
    Pledged, Renewed, Surrendered, Transferred, Unfrozen,
};
use crate::Status;

/// Letters only, lower case: all spellings of one state fall together.
fn folded(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}

/// What a mark's `MarkCurrentStatusCode` means; `Unknown` for words that are not in the table.
pub fn mark_status(text: &str) -> Status {
    match folded(text).as_str() {
        "applicationfiled"
        | "filed"
        | "received"
        | "applicationreceived"
        | "applicationunderexamination"
        | "underexamination"
        | "applicationpublished"
        | "published"
        | "applicationopposed"
        | "opposed"
        | "oppositionpending"
        | "startofoppositionperiod"
        | "acceptancepending"
        | "accepted"
        | "registrationpending"
        | "appealpending"
        | "appealed"
        | "appealable"
        | "interruptionofproceeding"
        | "interruptionofproceedings"
        | "applicationsuspended" => Status::Pending,
        "registered" | "registrationcancellationpending" | "cancellationpending" | "registrationrenewed" => {
            Status::InForce
        }
        "registrationcancelled"
        | "cancelled"
        | "registrationsurrendered"
        | "surrendered"
        | "removedfromregister"
        | "registrationrevoked"
        | "revoked"
        | "declaredinvalid" => Status::Lapsed,
        "applicationrefused" | "refused" | "rejected" => Status::Refused,
        "applicationwithdrawn" | "withdrawn" | "applicationconverted" => Status::Withdrawn,
        "registrationexpired" | "expired" | "ended" => Status::Expired,
        _ => Status::Unknown,
    }
}

/// What a design's `DesignCurrentStatusCode` means; `Unknown` for words that are not in the table.
pub fn design_status(text: &str) -> Status {
    match folded(text).as_str() {
        "filed"
        | "applicationfiled"
        | "received"
        | "applicationunderexamination"
        | "underexamination"
        | "applicationpublished"
        | "registrationpending"
        | "appealpending"
        | "appealable"
        | "appealed" => Status::Pending,
        "registered"
        | "registeredandfullypublished"
        | "registeredandsubjecttodeferment"
        | "registeredandpublished"
        | "invalidityprocedurepending"
        | "expiring"
        | "designregistered" => Status::InForce,
        "designlapsed"
        | "lapsed"
        | "designsurrendered"
        | "surrendered"
        | "designdeclaredinvalid"
        | "declaredinvalid"
        | "cancelled"
        | "designcancelled"
        | "removedfromregister" => Status::Lapsed,
        "lackofeffects" | "rejected" | "refused" | "applicationrefused" | "applicationrejected" => Status::Refused,
        "withdrawn" | "applicationwithdrawn" => Status::Withdrawn,
        "expired" | "ended" | "designexpired" => Status::Expired,
        _ => Status::Unknown,
    }
}

/// The effect of a register entry: its `BasicRecordKind` and `RecordCurrentStatusCode`. An entry that was refused or
/// is not yet decided changes nothing.
pub fn record_effect(kind: &str, status: &str) -> Option<Effect> {
    let status = folded(status);
    if ["reject", "refus", "deficien", "withdraw", "underexam", "pending"].iter().any(|word| status.contains(word)) {
        return None;
    }
    let kind = folded(kind);
    let has = |word: &str| kind.contains(word);
    let ended = has("cancel") || has("deletion") || has("remov") || has("terminat");
    if has("renewal") {
        Some(Renewed)
    } else if has("error") || has("correction") || has("corrigend") {
        Some(Corrected)
    } else if has("licen") {
        Some(if ended { LicenceEnded } else { Licensed })
    } else if has("rightsinrem") || has("rightinrem") || has("security") || has("pledge") {
        Some(if ended { PledgeEnded } else { Pledged })
    } else if has("levy") || has("insolvency") {
        Some(if ended { Unfrozen } else { Frozen })
    } else if has("partialsurrender")
        || has("partialcancellation")
        || has("partialinvalidity")
        || has("partialrevocation")
    {
        Some(Narrowed)
    } else if has("surrender") {
        Some(Surrendered)
    } else if has("appointment") || has("representative") || has("names") || has("name") || has("designer") {
        Some(PartyChanged)
    } else if has("transfer") {
        Some(Transferred)
    } else if has("applicationforinvalidity") || has("applicationforrevocation") || has("applicationfordeclaration") {
        Some(Disputed)
    } else if has("declarationofinvalidity") || has("invalidity") || has("revocation") {
        Some(Invalidated)
    } else if has("expiry") {
        Some(Expired)
    } else {
        None
    }
}
