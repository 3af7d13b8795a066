//! A right as the engine takes it: texts, terms and columns.

use std::collections::BTreeMap;

use query::Field;
use records::number::number_keys;
use records::region::{City, city_of_party};
use records::{ApplicantType, Date, Effect, Party, Right, Status, Text};
use tantivy::schema::Field as Slot;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::room::Share;
use super::schema::Layout;
use super::terms::{self, keyword};
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
        writer.applicants(&right);
        writer.wholes(&right);
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

    /// Terms, each once.
    fn terms(&mut self, field: Field, mut terms: Vec<String>) {
        terms.sort_unstable();
        terms.dedup();
        for term in terms.into_iter().filter(|term| !term.is_empty()) {
            self.put(field, Content::Text(term));
        }
    }

    fn date(&mut self, field: Field, date: Option<Date>) {
        if let Some(number) = date.and_then(terms::day) {
            self.put(field, Content::Number(number));
        }
    }

    /// Values of a column, each once: a right counts once for each.
    fn facet<'v>(&mut self, facet: FacetField, values: impl Iterator<Item = &'v str>) {
        let Some(slot) = self.layout.column(facet) else { return };
        let mut values: Vec<&str> = values.map(str::trim).filter(|value| !value.is_empty()).collect();
        values.sort_unstable();
        values.dedup();
        self.values.extend(values.into_iter().map(|value| (slot, Content::Text(value.to_owned()))));
    }

    fn keywords(&mut self, right: &Right, status: Status) {
        let mut put = |field, values: &mut dyn Iterator<Item = &str>| self.terms(field, values.map(keyword).collect());
        put(Field::Right, &mut [right.right.code()].into_iter());
        put(Field::Status, &mut [status.code()].into_iter());
        put(Field::Office, &mut [right.office.as_str()].into_iter());
        put(
            Field::Kind,
            &mut right.publications.iter().filter_map(|publication| Some(publication.kind.as_ref()?.as_str())),
        );
        let effects: Vec<String> = right.events.iter().filter_map(|event| event.effect).map(effect_code).collect();
        let codes = right.events.iter().map(|event| event.code.as_str());
        put(Field::Event, &mut codes.chain(effects.iter().map(String::as_str)));
        put(Field::Country, &mut right.applicants.iter().filter_map(|applicant| applicant.country.as_deref()));
        let regions = terms::regions(right);
        put(Field::Region, &mut regions.iter().map(String::as_str).chain(terms::region_names(right)));
        put(Field::Language, &mut right.titles.iter().filter_map(|title| title.lang.as_deref()));
        put(Field::Family, &mut right.family_id.as_deref().into_iter());
        if let Some(family) = right.family_id.as_deref().filter(|family| !family.trim().is_empty()) {
            self.values.push((self.layout.family, Content::Number(terms::family(family))));
        }
        self.terms(Field::Technology, terms::technologies(right).iter().map(u8::to_string).collect());
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
            let itself = symbols.iter().map(|symbol| terms::class_itself(symbol));
            let levels = symbols.iter().flat_map(|symbol| terms::class_levels(symbol));
            self.terms(field, itself.chain(levels).collect());
        }
        if !right.ipc.is_empty() || !right.cpc.is_empty() {
            self.mark(Field::Class);
        }
    }

    fn numbers(&mut self, right: &Right) {
        self.terms(Field::Number, number_keys(right));
        self.terms(Field::Priority, right.priorities.iter().flat_map(terms::priority_keys).collect());
        let cited = right.citations.iter().filter_map(|citation| citation.number.as_deref());
        self.terms(Field::Citation, cited.flat_map(terms::citation_keys).collect());
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
        let classes = terms::class_facets(right);
        let technologies: Vec<String> = terms::technologies(right).iter().map(u8::to_string).collect();
        self.facet(FacetField::Right, [right.right.code()].into_iter());
        self.facet(FacetField::Status, [status.code()].into_iter());
        self.facet(FacetField::Office, [right.office.as_str()].into_iter());
        self.facet(FacetField::Class, classes.iter().map(String::as_str));
        self.facet(FacetField::Group, terms::groups(right).iter().map(String::as_str));
        self.facet(FacetField::Cited, terms::cited(right).iter().map(String::as_str));
        self.facet(FacetField::Technology, technologies.iter().map(String::as_str));
        self.facet(FacetField::Region, terms::regions(right).iter().map(String::as_str));
        self.facet(FacetField::Country, right.applicants.iter().filter_map(|applicant| applicant.country.as_deref()));
    }

    /// Cities and types of the applicants, as far as they tell.
    fn applicants(&mut self, right: &Right) {
        let cities: Vec<&City> = right.applicants.iter().filter_map(city_of_party).collect();
        let names = cities.iter().map(|city| city.full);
        let municipalities = cities.iter().filter_map(|city| city.municipality());
        self.terms(Field::City, names.clone().chain(municipalities).map(keyword).collect());
        self.facet(FacetField::City, names);
        let types = right.applicants.iter().filter_map(ApplicantType::of).map(ApplicantType::code);
        self.terms(Field::ApplicantType, types.clone().map(keyword).collect());
        self.facet(FacetField::ApplicantType, types);
    }

    /// Whole titles and names, and the columns of names: spellings that are alike are one value.
    fn wholes(&mut self, right: &Right) {
        let names = [
            (Field::Applicant, FacetField::Applicant, &right.applicants),
            (Field::Owner, FacetField::Owner, &right.owners),
            (Field::Inventor, FacetField::Inventor, &right.inventors),
            (Field::Agent, FacetField::Agent, &right.agents),
        ];
        for (field, facet, parties) in names {
            let keyed = keyed(parties.iter().map(|party| party.name.as_str()));
            let values: Vec<String> = keyed.iter().map(|(key, name)| terms::named(key, name)).collect();
            self.facet(facet, values.iter().map(String::as_str));
            self.whole(field, keyed.into_keys());
        }
        self.whole(Field::Title, keyed(right.titles.iter().map(|title| title.text.as_str())).into_keys());
    }

    fn whole(&mut self, field: Field, keys: impl Iterator<Item = String>) {
        if let Some(slot) = self.layout.whole(field) {
            self.values.extend(keys.map(|key| (slot, Content::Text(key))));
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
            self.text(Field::Sound, title.clone());
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

/// Values by their keys, each in its smallest spelling.
fn keyed<'a>(values: impl Iterator<Item = &'a str>) -> BTreeMap<String, &'a str> {
    let mut keyed: BTreeMap<String, &str> = BTreeMap::new();
    for value in values.map(str::trim) {
        let key = language::whole(value);
        if !key.is_empty() {
            let smallest = keyed.entry(key).or_insert(value);
            *smallest = value.min(smallest);
        }
    }
    keyed
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
