//! Look-up keys of a right: every number under which people ask for it.

use records::Right;

/// Its id, application number, publications with and without kind, and registration number; each once, without
/// separators and in upper case.
pub(crate) fn keys(right: &Right) -> Vec<String> {
    let mut keys = vec![plain(right.id.as_str())];
    keys.extend(right.application_number.iter().map(|number| plain(&format!("{}{number}", right.office))));
    for publication in &right.publications {
        keys.push(plain(publication.number.as_str()));
        keys.extend(publication.kind.iter().map(|kind| plain(&format!("{}{kind}", publication.number))));
    }
    keys.extend(right.registration_number.iter().map(|number| plain(number)));
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
