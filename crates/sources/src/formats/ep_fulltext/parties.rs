//! Parties of `B700`.

use records::{Effect, Event, Party, Record};

use super::super::docdb::natural_order;
use crate::xml::Element;

/// Reads applicants (B710), inventors (B720), proprietors (B730), representatives (B740), opponents (B780).
pub(super) fn read(data: Element<'_>, record: &mut Record) {
    let inventors: Vec<(String, Party)> = named(data, "B720/B721");
    let person = |name: &str| inventors.iter().any(|(written, _)| written == name);
    // Only an applicant who is also an inventor is surely a person whose name may be turned round.
    let owner = |(written, mut party): (String, Party)| {
        if !person(&written) {
            party.name = written;
        }
        party
    };
    record.applicants = named(data, "B710/B711").into_iter().map(owner).collect();
    record.owners = named(data, "B730/B731").into_iter().map(owner).collect();
    record.agents = named(data, "B740/B741").into_iter().map(agent).collect();
    record.inventors = inventors.into_iter().map(|(_, party)| party).collect();
    for opposition in data.all("B780/B781") {
        let opponent = opposition.string("snm").unwrap_or_default();
        record.events.push(Event {
            date: opposition.date("date"),
            code: "B781".to_owned(),
            text: format!("Opposition: {opponent}"),
            effect: Some(Effect::Disputed),
        });
        opposition.pass_over();
    }
    // Inventors who do not want to be named, and the note that the designation is filed separately.
    for known in ["B725EP", "B745"] {
        data.all(&format!("B720/{known}")).into_iter().for_each(Element::pass_over);
    }
}

/// Parties at a path with their name as written.
fn named(data: Element<'_>, path: &str) -> Vec<(String, Party)> {
    data.all(path).into_iter().filter_map(party).collect()
}

fn party(element: Element<'_>) -> Option<(String, Party)> {
    let written = element.string("snm")?;
    for known in ["irf", "sfx", "sid"] {
        element.children(known).for_each(Element::pass_over);
    }
    let mut party = Party::named(natural_order(&written));
    party.identifier = element.string("iid");
    let mut lines = Vec::new();
    for line in element.all("adr").into_iter().flat_map(Element::elements) {
        match line.name() {
            "ctry" => party.country = Some(line.text()).filter(|code| !code.is_empty()),
            _ => lines.push(line.text()),
        }
    }
    lines.retain(|line| !line.is_empty());
    party.address = Some(lines.join(", ")).filter(|address| !address.is_empty());
    Some((written, party))
}

/// Agents are firms or persons; only a name of exactly `Last, First` without a sign of a firm is turned round.
fn agent((written, mut party): (String, Party)) -> Party {
    if written.contains('&') || written.chars().any(|c| c.is_ascii_digit()) {
        party.name = written;
    }
    party
}
