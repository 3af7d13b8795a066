//! Words with `*` and `?`.

use std::ops::Range;

use crate::mistake::{Expected, Fault, Reason};
use crate::{Field, FieldKind, Pattern};

/// Reads a word with wildcards for a text or name field.
///
/// Names take them anywhere. In running text no wildcard starts a word, and two letters or digits must stand before
/// the first. Chinese words are found at any place of a text, so a `*` at their end adds nothing and is dropped;
/// between characters `*` and `?` stand for what is not known.
pub(crate) fn read(field: Option<Field>, text: &str, place: &Range<usize>) -> Result<Pattern, Fault> {
    let fault = |reason| Fault::new(place.clone(), reason, &[Expected::Words]);
    let is_name = field.is_some_and(|field| field.kind() == FieldKind::Name);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(fault(Reason::Nothing));
    }
    if is_name {
        return Ok(Pattern::Wildcard(text.to_owned()));
    }
    if text.starts_with(['*', '?']) {
        let bare = text.trim_matches('*');
        let fault = fault(Reason::WildcardStart);
        return Err(if bare.contains(['*', '?']) { fault } else { fault.fix(place.clone(), bare.to_owned()) });
    }
    if text.contains(is_ideograph) {
        let open = text.trim_end_matches(['*', ',', ';']);
        return Ok(if open.contains(['*', '?']) { Pattern::Wildcard(open.to_owned()) } else { Pattern::word(open) });
    }
    let splits = |c: char| !c.is_alphanumeric() && !matches!(c, '*' | '?');
    if text.contains(splits) {
        let parts: Vec<&str> = text.split(splits).filter(|part| !part.is_empty()).collect();
        let usable = parts.iter().all(|part| !part.contains(['*', '?']) || read(field, part, place).is_ok());
        let fault = fault(Reason::WildcardWord);
        return Err(if usable { fault.fix(place.clone(), format!("({})", parts.join(" ADJ "))) } else { fault });
    }
    let lead = text.chars().take_while(|c| c.is_alphanumeric()).count();
    if lead < 2 { Err(fault(Reason::WildcardShort)) } else { Ok(Pattern::Wildcard(text.to_owned())) }
}

/// A character of the scripts written without spaces.
const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}
