//! Applicants and inventors, each in several spellings: `original` or `docdba` as published, `docdb` or `epodoc`
//! standardised in Latin letters. One person or firm is one party.

use std::collections::BTreeMap;

use records::{Party, Record};

use crate::xml::Element;

/// Reads `parties`.
pub(super) fn parties(data: Element<'_>, record: &mut Record) {
    for parties in data.children("parties") {
        record.applicants.extend(role(parties, "applicant", false));
        record.inventors.extend(role(parties, "inventor", true));
        record.agents.extend(role(parties, "agent", false));
    }
}

/// Spellings of one party.
#[derive(Default)]
struct Spellings {
    published: Option<String>,
    standard: Option<String>,
    country: Option<String>,
    address: Option<String>,
}

fn role(parties: Element<'_>, role: &str, person: bool) -> Vec<Party> {
    let mut found: BTreeMap<u32, Spellings> = BTreeMap::new();
    let (bag, name_element) = (format!("{role}s"), format!("{role}-name"));
    for bag in parties.children(&bag) {
        for (place, element) in (0_u32..).zip(bag.children(role)) {
            let sequence = element.attr("sequence").and_then(|sequence| sequence.parse().ok()).unwrap_or(place);
            let spellings = found.entry(sequence).or_default();
            let written = element.string(&format!("{name_element}/name"));
            let (name, country) = split_country(written.as_deref().unwrap_or_default());
            if let Some(country) = element.string("residence/country").or(country) {
                spellings.country = Some(country);
            }
            spellings.address = spellings.address.take().or(element.string("address/text"));
            if name.is_empty() {
                continue;
            }
            match element.attr("data-format") {
                Some("docdb" | "epodoc") => spellings.standard = Some(name.to_owned()),
                _ if person => spellings.published = Some(natural_order(name)),
                _ => spellings.published = Some(name.to_owned()),
            }
        }
    }
    found.into_values().filter_map(party).collect()
}

fn party(spellings: Spellings) -> Option<Party> {
    let Spellings { published, standard, country, address } = spellings;
    let name = published.clone().or_else(|| standard.clone())?;
    let other_names = standard.into_iter().filter(|standard| *standard != name).collect();
    Some(Party { name, other_names, country, address, ..Party::default() })
}

/// Takes the country from `TOASTER LABS INC [US]` and the commas and spaces around names.
fn split_country(name: &str) -> (&str, Option<String>) {
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '\u{2002}');
    if let Some((rest, code)) = name.rsplit_once('[')
        && let Some(code) = code.strip_suffix(']').filter(|code| code.len() == 2)
    {
        return (rest.trim_end(), Some(code.to_owned()));
    }
    (name, None)
}

/// `Last, First` as people say it: `First Last`. An initial goes between (`HADLEY, Jonathan, B.`), a title stays
/// behind (`Doe, Jan, Dipl.-Ing.`); anything with more commas stays as it is.
pub(in super::super) fn natural_order(name: &str) -> String {
    let name = name.trim().trim_end_matches(',').trim_end();
    let fields: Vec<&str> = name.split(',').map(str::trim).filter(|field| !field.is_empty()).collect();
    match fields[..] {
        [last, first] => format!("{first} {last}"),
        [last, first, initial] if initial.split('.').all(|letter| letter.trim().chars().count() <= 1) => {
            format!("{first} {initial} {last}")
        }
        [last, first, title] if title.contains('.') => format!("{first} {last}, {title}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{natural_order, split_country};

    #[test]
    fn names_are_turned_into_reading_order() {
        for (written, read) in [
            ("MUSTER, Erika,", "Erika MUSTER"),
            ("HADLER, Jona, B.", "Jona B. HADLER"),
            ("HADLER, Jona, J.B.", "Jona J.B. HADLER"),
            ("Muster, Erika, Dr.", "Erika Muster, Dr."),
            ("Muster, Erika, c/o Firma, Berlin", "Muster, Erika, c/o Firma, Berlin"),
            ("MUSTER ERIKA", "MUSTER ERIKA"),
            ("", ""),
        ] {
            assert_eq!(natural_order(written), read, "{written}");
        }
    }

    #[test]
    fn the_country_behind_a_name_is_taken_off() {
        assert_eq!(split_country(" LAMP LABS INC [US]"), ("LAMP LABS INC", Some("US".to_owned())));
        assert_eq!(split_country("LAMP [LABS]"), ("LAMP [LABS]", None));
    }
}
