//! Persons and addresses as all formats of the US office give them.

use records::Party;

/// Puts street lines, place and post code into one line; without street or post code the place alone says it all.
pub(crate) fn set_address(party: &mut Party, street: Vec<String>, postcode: Option<String>) {
    if street.is_empty() && postcode.is_none() {
        return;
    }
    let region = [party.region.clone(), postcode].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut lines = street;
    lines.extend(party.city.clone());
    lines.push(region);
    lines.extend(party.country.clone());
    lines.retain(|line| !line.is_empty());
    party.address = Some(lines.join(", "));
}

/// A state without a country is one of the United States.
pub(crate) fn set_country_by_state(party: &mut Party) {
    if party.country.is_none() && party.region.is_some() {
        party.country = Some("US".to_owned());
    }
}

/// `Miller, Jr.; George H.` in reading order.
pub(crate) fn natural_order(name: &str) -> String {
    match name.split_once(';') {
        Some((last, first)) => format!("{} {}", first.trim(), last.trim()).trim().to_owned(),
        None => name.trim().to_owned(),
    }
}
