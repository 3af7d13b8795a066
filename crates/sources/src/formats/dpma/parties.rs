//! Parties that the register writes in one line: `Name, 80331 München, DE`, `Last, First, Dipl.-Ing., 10115 Berlin, DE`.

use records::Party;

use super::super::docdb::natural_order;
use super::super::st66::country;

/// Words that belong to the name before the comma.
const LEGAL_FORMS: [&str; 18] = [
    "ltd",
    "ltd.",
    "inc",
    "inc.",
    "llc",
    "l.l.c.",
    "co.",
    "corp.",
    "limited",
    "incorporated",
    "s.a.",
    "s.p.a.",
    "gmbh",
    "ag",
    "kg",
    "n.v.",
    "b.v.",
    "l.p.",
];

/// Who stands in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A person: last name, first name, maybe titles.
    Person,
    /// A firm, or a person that cannot be told from one.
    Owner,
    /// A firm of agents, or a person where a place follows the third field.
    Agent,
}

/// Reads a line; `None` when it is empty.
pub(super) fn line(text: &str, who: Who) -> Option<Party> {
    let mut fields: Vec<&str> = text.split(',').map(str::trim).filter(|field| !field.is_empty()).collect();
    let mut party = Party::default();
    if fields.len() > 1
        && let Some(code) = fields.last().filter(|code| code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase()))
    {
        party.country = country(code);
        fields.pop();
    }
    let in_name = match who {
        Who::Person => person_fields(&fields),
        Who::Agent if fields.get(1).is_some_and(|field| is_given_name(field)) && !fields[0].contains('&') => {
            person_fields(&fields)
        }
        Who::Owner | Who::Agent => 1 + fields.iter().skip(1).take_while(|field| is_legal_form(field)).count(),
    };
    let (name, address) = fields.split_at(in_name.min(fields.len()));
    let name = name.join(", ");
    party.name = if in_name > 1 && who != Who::Owner { natural_order(&name) } else { name };
    party.address = Some(address.join(", ")).filter(|address| !address.is_empty());
    // `80331 München`: the place behind the postcode.
    let place = address.iter().find_map(|field| field.split_once(' ').filter(|(code, _)| code.parse::<u32>().is_ok()));
    party.city = place.map(|(_, city)| city.trim().to_owned());
    (!party.name.is_empty()).then_some(party)
}

/// Last name, first name and titles such as `Dipl.-Ing.` or `Dr.`.
fn person_fields(fields: &[&str]) -> usize {
    2 + fields.iter().skip(2).take_while(|field| field.ends_with('.') && !field.contains(' ')).count()
}

fn is_given_name(field: &str) -> bool {
    !is_legal_form(field) && !field.chars().any(|c| c.is_ascii_digit()) && !field.contains("anwält")
}

fn is_legal_form(field: &str) -> bool {
    LEGAL_FORMS.contains(&field.to_ascii_lowercase().as_str())
}
