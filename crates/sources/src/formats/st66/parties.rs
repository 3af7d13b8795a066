//! Parties of ST.66 and ST.86: an element of a role (`Applicant`, `Representative`, `Designer`) with an address
//! book, or a reference by identifier alone. EUIPO delivers names in files of their own; there a party is known
//! by its identifier and has an empty name.

use records::{Office, Party};

use crate::xml::Element;

/// Parties of a role under `parent`: `{role}Details/{role}` and `{role}Details/{role}Key`, with what was found.
pub(in super::super) fn parties<'t>(parent: Element<'t>, role: &str) -> Vec<(Element<'t>, Party)> {
    let (key, mut found) = (format!("{role}Key"), Vec::new());
    for details in parent.children(&format!("{role}Details")) {
        for element in details.elements().filter(|e| e.name() == role || e.name() == key) {
            if let Some(party) = party(element, role) {
                found.push((element, party));
            }
        }
    }
    found
}

/// One party; `None` when it has neither name nor identifier.
pub(in super::super) fn party(element: Element<'_>, role: &str) -> Option<Party> {
    let identifier = element.string("Identifier").or_else(|| element.string(&format!("{role}Identifier")));
    let mut party = Party { identifier, ..Party::default() };
    for element in element.elements() {
        match element.name().strip_prefix(role).unwrap_or(element.name()) {
            "AddressBook" => address_book(element, role, &mut party),
            "NationalityCode" | "IncorporationCountryCode" if party.country.is_none() => {
                party.country = country(&element.text());
            }

            "NationalityCode"
            | "IncorporationCountryCode"
            | "LegalEntity"
            | "KindCode"
            | "Comment"
            | "Reference"
            | "LegalForm" => element.pass_over(),
            _ => {}
        }
    }
    (!party.name.is_empty() || party.identifier.is_some()).then_some(party)
}

fn address_book(book: Element<'_>, role: &str, party: &mut Party) {
    for passed in ["ContactInformationDetails", "AddressBookExt", "CorrespondenceAddress"] {
        book.children(passed).for_each(Element::pass_over);
    }
    for formatted in book.all("FormattedNameAddress") {
        for name in formatted.children("Name") {
            read_name(name, role, party);
        }
        for address in formatted.children("Address") {
            read_address(address, party);
        }
    }
    for address in book.all("PostalAddress") {
        read_address(address, party);
    }
}

fn read_name(name: Element<'_>, role: &str, party: &mut Party) {
    for formatted in name.all("FormattedName") {
        let person: Vec<String> = ["NamePrefix", "FirstName", "MiddleName", "LastName", "SecondLastName", "NameSuffix"]
            .iter()
            .filter_map(|part| formatted.string(part))
            .collect();
        let organisation =
            formatted.string("OrganizationName").or_else(|| formatted.string("OrganizationStandardName"));
        match (person.is_empty(), organisation) {
            (true, Some(organisation)) => party.name = organisation,
            (true, None) => {}
            (false, organisation) => {
                party.name = person.join(" ");
                party.organisation = organisation;
            }
        }
    }
    let mut lines = name.strings("FreeFormatName/FreeFormatNameDetails/FreeFormatNameLine");
    // An agent's second line is the firm; an owner's second line is more of its name.
    if role != "Applicant" && lines.len() == 2 {
        party.organisation = lines.pop();
    }
    if !lines.is_empty() {
        party.name = lines.join(" ");
    }
}

fn read_address(address: Element<'_>, party: &mut Party) {
    let mut lines = address.strings("FreeFormatAddress/FreeFormatAddressLine");
    let (mut postcode, mut regions) = (None, Vec::new());
    for part in address.all("FormattedAddress").into_iter().flat_map(Element::elements) {
        match part.name() {
            "FormattedAddressExt" => part.pass_over(),
            "AddressPostcode" => postcode = Some(part.text()),
            "FormattedAddressCountryCode" => party.country = country(&part.text()),
            "AddressCity" => party.city = Some(part.text()).filter(|t| !t.is_empty()),
            "AddressCounty" | "AddressState" => regions.push(part.text()),
            _ => lines.push(part.text()),
        }
    }
    if let Some(code) = address.string("AddressCountryCode") {
        party.country = country(&code);
    }
    for region in regions.into_iter().filter(|region| !region.is_empty()) {
        // The German register writes the country where the state belongs.
        match country(&region).filter(|_| party.country.is_none()) {
            Some(country) => party.country = Some(country),
            None => party.region = Some(region),
        }
    }
    let fields = |fields: &[&Option<String>]| {
        fields.iter().filter_map(|field| field.as_deref()).filter(|f| !f.is_empty()).collect::<Vec<_>>().join(" ")
    };
    // America writes the postcode behind the state, Europe before the city.
    if party.country.as_deref() == Some("US") {
        lines.extend([fields(&[&party.city]), fields(&[&party.region, &postcode])]);
    } else {
        lines.extend([fields(&[&postcode, &party.city]), fields(&[&party.region])]);
    }
    lines.retain(|line| !line.is_empty());
    if !lines.is_empty() {
        party.address = Some(lines.join(", "));
    }
}

/// A country code of two letters; anything else is no country.
pub(in super::super) fn country(text: &str) -> Option<String> {
    text.parse::<Office>().ok().map(|office| office.to_string())
}
