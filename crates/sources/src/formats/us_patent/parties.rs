//! Persons and firms of a US patent document.

use records::{Party, Record};

use super::super::us_forms::country;
use super::super::us_party::set_address;
use crate::Element;

/// `us-parties` (from 2012) and `parties` (before).
pub(super) fn parties(element: Element<'_>, record: &mut Record) {
    for group in element.elements() {
        match group.name() {
            "us-applicants" | "applicants" => {
                for applicant in group.elements() {
                    let Some(found) = party(applicant) else { continue };
                    if applicant.attr("app-type") == Some("applicant-inventor") {
                        push(&mut record.inventors, found.clone());
                    }
                    push(&mut record.applicants, found);
                }
            }
            "inventors" => group.elements().filter_map(party).for_each(|found| push(&mut record.inventors, found)),
            "agents" => group.elements().filter_map(party).for_each(|found| push(&mut record.agents, found)),
            "correspondence-address" => correspondence(group, record),
            _ => {}
        }
    }
}

/// Owners at grant.
pub(super) fn assignees(element: Element<'_>, record: &mut Record) {
    element.elements().filter_map(party).for_each(|found| push(&mut record.owners, found));
}

/// An applicant who applies as assignee owns the right, even where no assignee is printed.
pub(super) fn owners_among_applicants(data: Element<'_>, record: &mut Record) {
    for applicant in data.all("us-parties/us-applicants/us-applicant") {
        if applicant.attr("applicant-authority-category").is_some_and(|category| category.starts_with("assignee"))
            && let Some(found) = party(applicant)
            && record.owners.iter().all(|owner| owner.name != found.name)
        {
            record.owners.push(found);
        }
    }
}

/// The address for letters stands for the agent where none is named, unless an applicant writes for himself.
fn correspondence(element: Element<'_>, record: &mut Record) {
    let Some(found) = party(element) else { return };
    let known = record.applicants.iter().chain(&record.inventors).any(|p| p.name.eq_ignore_ascii_case(&found.name));
    if record.agents.is_empty() && !known {
        record.agents.push(found);
    }
}

fn push(list: &mut Vec<Party>, party: Party) {
    if !list.contains(&party) {
        list.push(party);
    }
}

/// A party with its address book; some assignees come without one.
fn party(element: Element<'_>) -> Option<Party> {
    let book = element.child("addressbook").unwrap_or(element);
    let mut party = Party { name: name(book)?, ..Party::default() };
    if let Some(address) = book.child("address") {
        place(address, &mut party);
    }
    let residence = element.child("residence").and_then(|residence| residence.child("country"));
    if party.country.is_none() {
        party.country = residence.and_then(|residence| country(residence.code()));
    }
    for name in ["role", "nationality", "us-rights", "designated-states"] {
        element.children(name).chain(book.children(name)).for_each(Element::pass_over);
    }
    Some(party)
}

/// A name in its natural order.
pub(super) fn name(book: Element<'_>) -> Option<String> {
    let mut words: [String; 7] = Default::default();
    for field in book.elements() {
        let at = match field.name() {
            "orgname" => 0,
            "name" => 1,
            "prefix" => 2,
            "first-name" => 3,
            "middle-name" => 4,
            "last-name" => 5,
            "suffix" => 6,
            _ => continue,
        };
        words[at] = field.text();
    }
    let person = words[2..].iter().filter(|word| !word.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    let [firm, whole, ..] = words;
    [firm, whole, person].into_iter().find(|name| !name.is_empty())
}

fn place(address: Element<'_>, party: &mut Party) {
    let (mut street, mut postcode) = (Vec::new(), None);
    for field in address.elements() {
        let text = field.text();
        if text.is_empty() {
            continue;
        }
        match field.name() {
            "city" => party.city = Some(text),
            "state" | "province" => party.region = Some(text),
            "country" => party.country = country(&text),
            "postcode" => postcode = Some(text),
            "phone" | "fax" | "email" => {}
            _ => street.push(text),
        }
    }
    set_address(party, street, postcode);
}
