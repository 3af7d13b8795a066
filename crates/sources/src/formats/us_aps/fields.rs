//! Groups and fields of a green-book record, and its bibliography.

use std::collections::BTreeMap;

use records::{ApplicationNumber, Citation, Date, Locarno, Office, Party, Priority, Record, RightKind, read_date};

use crate::Findings;
use crate::formats::us_forms::{cited_patent, country, filing, ipc_columns, office, publication, related, uspc};
use crate::formats::us_party::{natural_order, set_address, set_country_by_state};

/// A group of fields, such as one inventor: its tag of four letters and what stands below it.
pub(super) struct Group<'t> {
    /// `PATN`, `INVT`, `ABST` …
    pub(super) name: &'t str,
    /// Fields in order.
    pub(super) fields: Vec<Field<'t>>,
}

/// A field: its tag of three letters and its lines.
pub(super) struct Field<'t> {
    /// `WKU`, `PAR` …
    pub(super) tag: &'t str,
    lines: Vec<&'t str>,
}

impl Field<'_> {
    /// The lines as one text, white space folded.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.lines.iter().map(|line| line.len() + 1).sum());
        for word in self.lines.iter().flat_map(|line| line.split_whitespace()) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// The first line with its columns.
    fn columns(&self) -> &str {
        self.lines.first().copied().unwrap_or_default().trim_end()
    }
}

impl<'t> Group<'t> {
    /// Text of the first field with this tag.
    pub(super) fn value(&self, tag: &str) -> Option<String> {
        self.all(tag).map(Field::text).find(|text| !text.is_empty())
    }

    /// Date in the first field with this tag.
    pub(super) fn date(&self, tag: &str) -> Option<Date> {
        self.value(tag).and_then(|text| read_date(&text))
    }

    fn all<'g>(&'g self, tag: &'g str) -> impl Iterator<Item = &'g Field<'t>> {
        self.fields.iter().filter(move |field| field.tag == tag)
    }
}

/// Cuts a record into groups. A line with four letters alone begins a group; three letters and two spaces begin a
/// field; everything else continues the field before it.
pub(super) fn groups(text: &str) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for line in text.lines() {
        let is_tag = |tag: &str| tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let trimmed = line.trim_end();
        if trimmed.len() == 4 && is_tag(trimmed) {
            groups.push(Group { name: trimmed, fields: Vec::new() });
            continue;
        }
        let Some(group) = groups.last_mut() else { continue };
        match line.split_at_checked(3) {
            Some((tag, rest)) if is_tag(tag) && (rest.trim().is_empty() || rest.starts_with("  ")) => {
                group.fields.push(Field { tag, lines: vec![rest.get(2..).unwrap_or_default()] });
            }
            _ => {
                if let Some(field) = group.fields.last_mut() {
                    field.lines.push(trimmed);
                }
            }
        }
    }
    groups
}

/// Groups that no one reads, by name.
pub(super) fn unknown(groups: &[Group<'_>]) -> BTreeMap<String, u64> {
    const KNOWN: [&str; 21] = [
        "PATN", "INVT", "ASSG", "PRIR", "REIS", "RLAP", "CLAS", "UREF", "FREF", "OREF", "LREP", "PCTA", "ABST", "GOVT",
        "PARN", "BSUM", "DRWD", "DETD", "CLMS", "DCLM", "DRAW",
    ];
    let mut unknown = BTreeMap::new();
    for group in groups.iter().filter(|group| !KNOWN.contains(&group.name)) {
        *unknown.entry(group.name.to_owned()).or_default() += 1;
    }
    unknown
}

/// Reads everything but the numbers, dates and title of the patent itself.
pub(super) fn read(groups: &[Group<'_>], right: RightKind, record: &mut Record, findings: &mut Findings) {
    for group in groups {
        match group.name {
            "PATN" => head_facts(group, record),
            "INVT" => record.inventors.extend(party(group)),
            "ASSG" => record.owners.extend(party(group)),
            "PRIR" => priority(group, right, record),
            "RLAP" | "REIS" => relation(group, right, record),
            "CLAS" => classes(group, right, record, findings),
            "UREF" | "FREF" => record.citations.extend(cited(group)),
            "OREF" => literature(group, record),
            "LREP" => agents(group, record),
            "PCTA" => pct(group, right, record),
            _ => {}
        }
    }
}

fn head_facts(group: &Group<'_>, record: &mut Record) {
    for (fact, tag) in
        [("examiner", "EXP"), ("assistant_examiner", "EXA"), ("term_years", "TRM"), ("terminal_disclaimer", "DCD")]
    {
        if let Some(text) = group.value(tag) {
            let text = if tag.starts_with("EX") { natural_order(&text) } else { text };
            record.facts.push((fact.to_owned(), text));
        }
    }
}

fn party(group: &Group<'_>) -> Option<Party> {
    let mut party = Party::named(natural_order(&group.value("NAM")?));
    party.city = group.value("CTY");
    party.region = group.value("STA");
    party.country = group.value("CNT").and_then(|code| country(&code));
    set_country_by_state(&mut party);
    set_address(&mut party, group.all("STR").map(Field::text).collect(), group.value("ZIP"));
    Some(party)
}

fn priority(group: &Group<'_>, right: RightKind, record: &mut Record) {
    let office = group.value("CNT").and_then(|code| office(&code));
    let Some(written) = group.value("APN") else { return };
    let read = office.and_then(|office| ApplicationNumber::read(office, &written, right).ok());
    let number = read.map_or(written, |number| number.serial);
    record.priorities.push(Priority { office, number, date: group.date("APD") });
}

/// An earlier filing by its code (COD). Only codes that are certain have a word of their own.
fn relation(group: &Group<'_>, right: RightKind, record: &mut Record) {
    let relation = match (group.name, group.value("COD").as_deref()) {
        ("REIS", _) => "reissue",
        (_, Some("71")) => "continuation",
        (_, Some("72")) => "continuation-in-part",
        _ => "parent",
    };
    let country = group.value("CNT").and_then(|code| office(&code));
    if let Some(number) = group.value("APN") {
        let series = group.value("SRC").filter(|series| series.len() <= 2 && !number.contains('/'));
        let number = series.map_or(number.clone(), |series| format!("{series:0>2}/{number}"));
        record.related.push(related(relation, filing(country, &number, right), group.date("APD")));
    }
    if let Some(number) = group.value("PNO")
        && let Some(number) = publication(Office::US, &number, None)
    {
        record.related.push(related("parent-patent", number, group.date("ISD")));
    }
}

fn classes(group: &Group<'_>, right: RightKind, record: &mut Record, findings: &mut Findings) {
    for field in &group.fields {
        let columns = field.columns();
        match field.tag {
            "OCL" | "XCL" => record.facts.extend(uspc(columns).map(|class| ("uspc".to_owned(), class))),
            "ICL" => {
                let read = match Locarno::read(columns.trim_start_matches('D')).filter(|_| right == RightKind::Design) {
                    Some(class) => {
                        record.locarno.push(class);
                        true
                    }
                    None => ipc_columns(columns).map(|symbol| record.ipc.push(symbol)).is_some(),
                };
                if !read && !columns.is_empty() {
                    findings.warn("class", format!("international class «{columns}» left out"));
                }
            }
            _ => {}
        }
    }
}

fn cited(group: &Group<'_>) -> Option<Citation> {
    let country = group.value("CNT").and_then(|code| office(&code));
    let name = group.value("NAM");
    cited_patent(country, &group.value("PNO")?, None, name.as_deref(), None)
}

fn literature(group: &Group<'_>, record: &mut Record) {
    for text in group.fields.iter().map(Field::text).filter(|text| !text.is_empty()) {
        record.citations.push(Citation { text: Some(text), ..Citation::default() });
    }
}

/// Firms (FRM), principal attorneys (FR2), agents and associates; persons are written with the last name first.
fn agents(group: &Group<'_>, record: &mut Record) {
    for field in group.fields.iter().filter(|field| matches!(field.tag, "FRM" | "FR2" | "AAT" | "AGT" | "ATT" | "NAM"))
    {
        let name = natural_order(&field.text());
        if !name.is_empty() {
            record.agents.push(Party::named(name));
        }
    }
}

fn pct(group: &Group<'_>, right: RightKind, record: &mut Record) {
    if let Some(number) = group.value("PCN") {
        record.related.push(related("pct-application", filing(Some(Office::WO), &number, right), group.date("PD3")));
    }
    if let Some(number) = group.value("PCP") {
        let number = publication(Office::WO, number.trim_start_matches("WO"), None).unwrap_or(number);
        record.related.push(related("pct-publication", number, group.date("PCD")));
    }
    record.facts.extend(group.date("PD1").map(|date| ("national_phase_date".to_owned(), date.to_string())));
}
