//! The words of each office for states and events of marks, in one place for all formats that carry marks.

use records::event::{de, eu, us_trademark};
use records::{Effect, Office, Status};

/// What a status code or text means, and the office's words for it (`words` when the file has them).
pub(super) fn status(office: Office, code: &str, words: Option<&str>) -> (Status, String) {
    match office {
        Office::US => {
            let known = us_trademark::status(code);
            let text = words.or(known.map(|(_, text)| text)).map(|text| format!("{code} {text}"));
            (known.map_or(Status::Unknown, |(status, _)| status), text.unwrap_or_else(|| code.to_owned()))
        }
        Office::DE => (de::status(code), code.to_owned()),
        _ => (eu::mark_status(code), code.to_owned()),
    }
}

/// Effect of an entry of the prosecution history.
pub(super) fn effect(office: Office, code: &str, text: &str) -> Option<Effect> {
    match office {
        Office::US => us_trademark::effect(code, text),
        Office::DE => de::effect(text),
        _ => eu::record_effect(text, ""),
    }
}

/// Effect of an entry in the register, by its kind and state.
pub(super) fn entry_effect(office: Office, kind: &str, state: &str) -> Option<Effect> {
    match office {
        Office::DE => de::effect(&format!("{kind} {state}")),
        _ => eu::record_effect(kind, state),
    }
}

/// Effect of a conveyance of the US assignment records.
pub(super) fn conveyance_effect(conveyance: &str) -> Option<Effect> {
    let words = conveyance.to_ascii_uppercase();
    let has = |word: &str| words.contains(word);
    if has("RELEASE") {
        Some(Effect::PledgeEnded)
    } else if has("SECURITY") || has("LIEN") {
        Some(Effect::Pledged)
    } else if has("LICENSE") {
        Some(Effect::Licensed)
    } else if has("NAME") || has("ADDRESS") || has("ENTITY") {
        Some(Effect::PartyChanged)
    } else if has("CORRECT") {
        Some(Effect::Corrected)
    } else if has("ASSIGN") || has("MERGER") || has("TRANSFER") {
        Some(Effect::Transferred)
    } else {
        None
    }
}
