//! Applicants, owners, inventors, designers and agents.

use records::Party;

use super::{is_zero, said};
use crate::Element;

/// Parties at a path, each told once: a second form or language of the same sequence adds its name.
pub(super) fn parties(bib: Element<'_>, paths: &[&str]) -> Vec<Party> {
    let mut found: Vec<(Option<&str>, Option<&str>, Party)> = Vec::new();
    for element in paths.iter().flat_map(|path| bib.all(path)) {
        let party = party(element);
        if party.name.is_empty() {
            continue;
        }
        let (sequence, form) = (element.attr("sequence"), form(element));
        let twin = found.iter_mut().find(|(s, f, _)| s.is_some() && *s == sequence && *f != form);
        match twin {
            Some((_, _, first)) => add_form(first, party),
            None => found.push((sequence, form, party)),
        }
    }
    found.into_iter().map(|(_, _, party)| party).collect()
}

/// Adds what a second form of a party says more.
fn add_form(first: &mut Party, other: Party) {
    add_name(first, other.name);
    first.country = first.country.take().or(other.country);
    first.region = first.region.take().or(other.region);
    first.city = first.city.take().or(other.city);
    first.address = first.address.take().or(other.address);
    first.identifier = first.identifier.take().or(other.identifier);
}

fn form(element: Element<'_>) -> Option<&str> {
    element.attr("dataFormat").or(element.attr("lang"))
}

fn add_name(party: &mut Party, name: String) {
    if party.name != name && !party.other_names.contains(&name) {
        party.other_names.push(name);
    }
}

fn party(element: Element<'_>) -> Party {
    let mut party = Party::default();
    for book in element.children("AddressBook") {
        for name in names(book) {
            if party.name.is_empty() { party.name = name } else { add_name(&mut party, name) }
        }
        if let Some(place) = book.child("Address") {
            address(place, &mut party);
        }
    }
    let code = said(element, "OrganizationCode").or_else(|| said(element, "AssigneeCode"));
    party.identifier = code.filter(|code| !is_zero(code));
    party
}

fn names(book: Element<'_>) -> Vec<String> {
    let whole = book.strings("Name").into_iter().chain(book.strings("OrganizationName"));
    let mut names: Vec<_> = whole.filter(|name| !is_zero(name)).collect();
    let pieces: Vec<_> = ["FirstName", "MiddleName", "LastName"].iter().filter_map(|p| said(book, p)).collect();
    if names.is_empty() && !pieces.is_empty() {
        names.push(pieces.join(" "));
    }
    names
}

/// Fields of an address; the office fills those that it does not know with `0`.
fn address(place: Element<'_>, party: &mut Party) {
    let field = |name: &str| said(place, name);
    party.country = party.country.take().or_else(|| field("WIPOST3Code"));
    party.region = party.region.take().or_else(|| field("Province"));
    // Municipalities have `市辖区` for a city: the province is the city.
    let city = field("City").filter(|city| !matches!(city.as_str(), "市辖区" | "县")).or_else(|| {
        let municipality = ["北京市", "上海市", "天津市", "重庆市"];
        party.region.clone().filter(|region| municipality.contains(&region.as_str()))
    });
    party.city = party.city.take().or(city);
    let fine = ["County", "AddressCity", "Street", "AddressBuilding", "AddressFloor", "AddressRoom", "AddressLine"];
    let finer: Vec<_> = fine.iter().filter_map(|name| field(name)).collect();
    let whole = field("Text").or_else(|| (!finer.is_empty()).then(|| finer.join(" ")));
    let post_code = field("PostCode").filter(|code| whole.as_ref().is_some_and(|text| !text.contains(code)));
    party.address = party.address.take().or_else(|| match (post_code, whole) {
        (Some(code), Some(text)) => Some(format!("{code} {text}")),
        (_, whole) => whole,
    });
    ["AddressMailCode", "PostBox"].iter().flat_map(|name| place.children(name)).for_each(Element::pass_over);
}

/// Agents with their firms. A firm's name ends with its five-digit code.
pub(super) fn agents(bib: Element<'_>) -> Vec<Party> {
    let mut agents = Vec::new();
    for details in bib.all("Parties/AgentDetails").into_iter().chain(bib.all("AgentDetails")) {
        let customer = said(details, "CustomerNumber");
        for element in details.children("Agent") {
            let mut agent = party(element);
            let firm = element.all("Agency/AddressBook").into_iter().flat_map(names).next();
            if let Some(firm) = firm {
                let (name, code) = firm_and_code(&firm);
                agent.organisation = Some(name.to_owned());
                agent.identifier = code.map(str::to_owned).or_else(|| customer.clone());
            }
            if agent.name.is_empty() {
                agent.name = agent.organisation.clone().unwrap_or_default();
            }
            if !agent.name.is_empty() {
                agents.push(agent);
            }
        }
    }
    agents
}

/// `…有限公司 12107` as name and code.
pub(in crate::formats) fn firm_and_code(firm: &str) -> (&str, Option<&str>) {
    let name = firm.trim_end_matches(|c: char| c.is_ascii_digit());
    let code = &firm[name.len()..];
    if code.len() == 5 { (name.trim_end().trim_end_matches('('), Some(code)) } else { (firm, None) }
}
