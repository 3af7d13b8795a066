//! A right as the engine takes it: texts, terms and columns.

use query::Field;
use records::number::number_keys;
use records::{Date, Effect, Party, Right, Status, Text};
use tantivy::schema::Field as Slot;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::room::Share;
use super::schema::Layout;
use super::terms;
use crate::FacetField;

/// What is written for one right.
pub(super) struct Entry {
    /// The right's id.
    pub(super) id: String,
    values: Vec<(Slot, Content)>,
    /// Its part of the room for entries that wait to be written.
    pub(super) share: Option<Share>,
}

/// One value.
#[derive(Debug)]
pub(super) enum Content {
    /// A text or term.
    Text(String),
    /// A day or count.
    Number(u64),
}

/// A value as the engine reads it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Borrowed<'a>(&'a Content);

impl<'a> Value<'a> for Borrowed<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            Content::Text(text) => ReferenceValueLeaf::Str(text),
            Content::Number(number) => ReferenceValueLeaf::U64(*number),
        })
    }
}

impl Document for Entry {
    type Value<'a> = Borrowed<'a>;
    type FieldsValuesIter<'a> =
        std::iter::Map<std::slice::Iter<'a, (Slot, Content)>, fn(&'a (Slot, Content)) -> (Slot, Borrowed<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().map(|(slot, content)| (*slot, Borrowed(content)))
    }
}

impl Entry {
    /// Makes the entry of a right with the status that holds today. Texts are moved, not copied.
    pub(super) fn new(layout: &Layout, mut right: Box<Right>, status: Status) -> Self {
        let mut writer = Writer { layout, values: Vec::with_capacity(64), present: Vec::new() };
        let id = right.id.as_str().to_owned();
        writer.values.push((layout.id, Content::Text(id.clone())));
        writer.keywords(&right, status);
        writer.classes(&right);
        writer.numbers(&right);
        writer.dates(&right);
        writer.counts(&right);
        writer.facets(&right, status);
        writer.parties(&right);
        writer.texts(&mut right);
        let Writer { mut values, present, .. } = writer;
        values.extend(present.iter().map(|field| (layout.present, Content::Text(field.code().to_owned()))));
        Self { id, values, share: None }
    }

    /// Bytes of its texts.
    pub(super) fn size(&self) -> usize {
        let bytes = |(_, content): &(Slot, Content)| match content {
            Content::Text(text) => text.len(),
            Content::Number(_) => 0,
        };
        self.values.iter().map(bytes).sum()
    }
}

struct Writer<'a> {
    layout: &'a Layout,
    values: Vec<(Slot, Content)>,
    present: Vec<Field>,
}

impl Writer<'_> {
    fn put(&mut self, field: Field, content: Content) {
        if let Some(slot) = self.layout.slot(field) {
            self.values.push((slot, content));
            self.mark(field);
        }
    }

    fn mark(&mut self, field: Field) {
        if !self.present.contains(&field) {
            self.present.push(field);
        }
    }

    fn text(&mut self, field: Field, text: String) {
        if !text.trim().is_empty() {
            self.put(field, Content::Text(text));
        }
    }

    /// A term once.
    fn term(&mut self, field: Field, term: String) {
        let Some(slot) = self.layout.slot(field) else { return };
        let known = |(other, content): &(Slot, Content)| {
            *other == slot && matches!(content, Content::Text(text) if *text == term)
        };
        if !term.is_empty() && !self.values.iter().any(known) {
            self.put(field, Content::Text(term));
        }
    }

    fn date(&mut self, field: Field, date: Option<Date>) {
        if let Some(number) = date.and_then(terms::day) {
            self.put(field, Content::Number(number));
        }
    }

    fn facet(&mut self, facet: FacetField, value: &str) {
        let Some(slot) = self.layout.column(facet) else { return };
        let known = |(other, content): &(Slot, Content)| {
            *other == slot && matches!(content, Content::Text(text) if text == value)
        };
        if !value.is_empty() && !self.values.iter().any(known) {
            self.values.push((slot, Content::Text(value.to_owned())));
        }
    }

    fn keywords(&mut self, right: &Right, status: Status) {
        self.term(Field::Right, terms::keyword(right.right.code()));
        self.term(Field::Status, terms::keyword(status.code()));
        self.term(Field::Office, terms::keyword(right.office.as_str()));
        for kind in right.publications.iter().filter_map(|publication| publication.kind.as_ref()) {
            self.term(Field::Kind, terms::keyword(kind.as_str()));
        }
        for event in &right.events {
            self.term(Field::Event, terms::keyword(&event.code));
            self.term(Field::Event, terms::keyword(&event.effect.map(effect_code).unwrap_or_default()));
        }
        for applicant in &right.applicants {
            self.term(Field::Country, terms::keyword(applicant.country.as_deref().unwrap_or_default()));
            self.term(Field::Region, terms::keyword(applicant.region.as_deref().unwrap_or_default()));
        }
        for technology in terms::technologies(right) {
            self.term(Field::Technology, technology.to_string());
        }
        for lang in right.titles.iter().filter_map(|title| title.lang.as_deref()) {
            self.term(Field::Language, terms::keyword(lang));
        }
        self.term(Field::Family, terms::keyword(right.family_id.as_deref().unwrap_or_default()));
    }

    fn classes(&mut self, right: &Right) {
        let nice: Vec<String> = right.nice.iter().map(|class| class.class.to_string()).collect();
        let all: [(Field, Vec<&str>); 5] = [
            (Field::Ipc, right.ipc.iter().map(records::Ipc::as_str).collect()),
            (Field::Cpc, right.cpc.iter().map(records::Cpc::as_str).collect()),
            (Field::Locarno, right.locarno.iter().map(records::Locarno::as_str).collect()),
            (Field::Nice, nice.iter().map(String::as_str).collect()),
            (Field::Vienna, right.vienna.iter().map(records::Vienna::as_str).collect()),
        ];
        for (field, symbols) in all {
            for symbol in symbols {
                self.term(field, terms::class_itself(symbol));
                for level in terms::class_levels(symbol) {
                    self.term(field, level);
                }
                if matches!(field, Field::Ipc | Field::Cpc) {
                    self.mark(Field::Class);
                }
            }
        }
    }

    fn numbers(&mut self, right: &Right) {
        for key in number_keys(right) {
            self.term(Field::Number, key);
        }
        for priority in &right.priorities {
            for key in terms::priority_keys(priority) {
                self.term(Field::Priority, key);
            }
        }
        for number in right.citations.iter().filter_map(|citation| citation.number.as_deref()) {
            for key in terms::citation_keys(number) {
                self.term(Field::Citation, key);
            }
        }
    }

    fn dates(&mut self, right: &Right) {
        self.date(Field::FilingDate, right.filing_date);
        self.date(Field::PublicationDate, right.publication_date);
        self.date(Field::GrantDate, right.grant_date);
        self.date(Field::ExpiryDate, right.expiry_date);
        for priority in &right.priorities {
            self.date(Field::PriorityDate, priority.date);
        }
        for event in &right.events {
            self.date(Field::EventDate, event.date);
        }
    }

    /// Counts above zero: an empty list may as well mean that the source does not tell.
    fn counts(&mut self, right: &Right) {
        let counts = [
            (Field::ClaimCount, right.claims.len()),
            (Field::ApplicantCount, right.applicants.len()),
            (Field::InventorCount, right.inventors.len()),
            (Field::CitationCount, right.citations.iter().filter(|citation| citation.number.is_some()).count()),
        ];
        for (field, count) in counts {
            if count > 0 {
                self.put(field, Content::Number(count as u64));
            }
        }
    }

    fn facets(&mut self, right: &Right, status: Status) {
        self.facet(FacetField::Right, right.right.code());
        self.facet(FacetField::Status, status.code());
        self.facet(FacetField::Office, right.office.as_str());
        for applicant in &right.applicants {
            self.facet(FacetField::Applicant, applicant.name.trim());
        }
        for class in terms::class_facets(right) {
            self.facet(FacetField::Class, &class);
        }
        for technology in terms::technologies(right) {
            self.facet(FacetField::Technology, &technology.to_string());
        }
        if let Some(first) = right.applicants.first() {
            self.facet(FacetField::Region, first.region.as_deref().unwrap_or_default().trim());
            self.facet(FacetField::Country, first.country.as_deref().unwrap_or_default().trim());
        }
    }

    fn parties(&mut self, right: &Right) {
        let groups = [
            (Field::Applicant, &right.applicants),
            (Field::Owner, &right.owners),
            (Field::Inventor, &right.inventors),
            (Field::Agent, &right.agents),
        ];
        for (field, parties) in groups {
            for party in parties {
                self.text(field, party.name.clone());
                let further = party.other_names.iter().chain(&party.organisation);
                for name in further.filter(|name| **name != party.name) {
                    self.text(field, name.clone());
                }
            }
        }
        let mut seen: Vec<String> = Vec::new();
        for address in right.applicants.iter().chain(&right.owners).filter_map(address) {
            if !seen.contains(&address) {
                self.text(Field::Address, address.clone());
                seen.push(address);
            }
        }
    }

    fn texts(&mut self, right: &mut Right) {
        let all = |texts: &mut Vec<Text>| std::mem::take(texts).into_iter().map(|text| text.text);
        for title in all(&mut right.titles) {
            self.text(Field::Title, title);
        }
        for text in all(&mut right.abstracts) {
            self.text(Field::Abstract, text);
        }
        for (name, fact) in std::mem::take(&mut right.facts) {
            self.text(terms::fact_field(&name), fact);
        }
        for class in std::mem::take(&mut right.nice) {
            self.text(Field::Goods, class.terms.join("\n"));
        }
        self.text(Field::Claims, paragraphs(right.claims.iter().map(|claim| claim.text.as_str())));
        if let Some(description) = right.description.take() {
            let sections = description.sections.iter();
            let lines = sections.flat_map(|section| section.heading.iter().chain(&section.paragraphs));
            self.text(Field::Description, paragraphs(lines.map(String::as_str)));
        }
    }
}

/// The address of a party, or what is known of it.
fn address(party: &Party) -> Option<String> {
    if let Some(address) = &party.address {
        return Some(address.clone());
    }
    let parts: Vec<&str> = [&party.region, &party.city].into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Texts one below the other.
fn paragraphs<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut joined = String::with_capacity(texts.clone().map(|text| text.len() + 1).sum());
    for text in texts {
        if !joined.is_empty() {
            joined.push('\n');
        }
        joined.push_str(text);
    }
    joined
}

/// The JSON name of an effect.
fn effect_code(effect: Effect) -> String {
    match serde_json::to_value(effect) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}
