//! A row and its mapping → a part.

use records::event::cn_trademark;
use records::{
    ApplicationNumber, Citation, Cpc, Date, Image, ImageKind, Ipc, KindCode, Locarno, NiceClass, Office, OfficeStatus,
    Part, PartKey, Party, Publication, PublicationNumber, Record, RightKind, Status, Subject, Text, Vienna,
};

use super::mapping::{Column, Field, Mapping, Spelling};
use super::values;
use crate::Findings;

/// One value of a row: the column's name in the file, what the mapping says of it, the field and the text.
pub(super) struct Value<'r> {
    pub(super) name: &'r str,
    pub(super) column: &'r Column,
    pub(super) field: &'r Field,
    pub(super) text: String,
}

/// Makes the part that these values are, or refuses the row.
pub(super) fn read(values: &[Value<'_>], mapping: &Mapping, findings: &mut Findings) {
    let mut row = Row { values, mapping, findings };
    let kind = row.first(&Field::Kind).and_then(|value| KindCode::read(&value.text));
    let office = row.first(&Field::Office).and_then(|value| value.text.parse().ok()).or(mapping.office);
    let (publications, fault) = row.publications(office, kind.as_ref());
    let right = row.right(&publications, kind.as_ref());
    let filed = row.date(&Field::FilingDate);
    let office = publications.first().and_then(|(number, _)| number.office()).or(office);
    let (application, second_fault) = row.application(office, right, filed);
    let Some(key) = row.key(&publications, application.as_ref()) else {
        let told = [fault, second_fault].into_iter().flatten().collect::<Vec<_>>();
        let message = if told.is_empty() { row.missing_key() } else { told.join("; ") };
        return findings.refuse("no-number", message);
    };
    for fault in [fault, second_fault].into_iter().flatten() {
        row.findings.warn("number", fault);
    }
    let right = right.or(application.as_ref().map(|number| number.right));
    let mut record = Record { right, filing_date: filed, ..Record::default() };
    row.dates(&publications, &mut record);
    row.fill(office, &mut record);
    let numbers = publications.into_iter().map(|(number, _)| number).collect();
    let mut part = Part::new(key, Subject { application, publications: numbers }, mapping.authority);
    part.as_of = row.date(&Field::AsOf);
    part.record = record;
    findings.parts.push(part);
}

struct Row<'r, 'f> {
    values: &'r [Value<'r>],
    mapping: &'r Mapping,
    findings: &'f mut Findings,
}

type Published = (PublicationNumber, Option<KindCode>);

impl<'r> Row<'r, '_> {
    fn all<'s>(&'s self, field: &'s Field) -> impl Iterator<Item = &'r Value<'r>> + use<'r, 's> {
        self.values.iter().filter(move |value| value.field == field)
    }

    fn first(&self, field: &Field) -> Option<&'r Value<'r>> {
        self.values.iter().find(|value| value.field == field)
    }

    /// The publications that can be read, and what is wrong with the first one that cannot.
    fn publications(&self, office: Option<Office>, kind: Option<&KindCode>) -> (Vec<Published>, Option<String>) {
        let (mut found, mut fault) = (Vec::new(), None);
        for value in self.all(&Field::Publication) {
            match values::publication(&value.text, office, kind) {
                Ok(published) if !found.contains(&published) => found.push(published),
                Ok(_) => {}
                Err(why) => fault = fault.or(Some(bad(value, &why))),
            }
        }
        (found, fault)
    }

    /// What the row says, else what kind code or number tell, else what the mapping says.
    fn right(&mut self, publications: &[Published], kind: Option<&KindCode>) -> Option<RightKind> {
        if let Some(value) = self.first(&Field::Right) {
            match value.column.values.get(&value.text).and_then(|code| RightKind::from_code(code)) {
                Some(right) => return Some(right),
                None => self.findings.warn("right", bad(value, "the mapping has no kind of right for it")),
            }
        }
        let (number, written) = publications.first().map_or((None, None), |(n, k)| (Some(n), k.as_ref()));
        let office = number.and_then(PublicationNumber::office).or(self.mapping.office);
        let by_kind = written.or(kind).zip(office).and_then(|(kind, office)| kind.right(office));
        by_kind.or(self.mapping.right).or_else(|| number.map(PublicationNumber::right))
    }

    /// The application number, and what is wrong with it when it cannot be read.
    fn application(
        &self,
        office: Option<Office>,
        right: Option<RightKind>,
        filed: Option<Date>,
    ) -> (Option<ApplicationNumber>, Option<String>) {
        let right = right.unwrap_or(RightKind::Invention);
        if let Some(value) = self.first(&Field::Application) {
            return match values::application(&value.text, office, right, filed) {
                Ok(number) => (Some(number), None),
                Err(why) => (None, Some(bad(value, &why))),
            };
        }
        let from: Vec<_> = self.mapping.application_from.iter().filter_map(|field| self.first(field)).collect();
        if from.is_empty() || from.len() < self.mapping.application_from.len() {
            return (None, None);
        }
        let text = from.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join("-");
        (office.and_then(|office| ApplicationNumber::verbatim(office, &text, right)), None)
    }

    /// Identity of the row: the mapping's key fields, else the first publication, else the application.
    fn key(&self, publications: &[Published], application: Option<&ApplicationNumber>) -> Option<PartKey> {
        if publications.is_empty() && application.is_none() {
            return None;
        }
        let publication = || publications.first().map(|(number, kind)| number.with_kind(kind.as_ref()));
        let application = || application.map(|number| number.id().to_string());
        if self.mapping.key.is_empty() {
            return Some(PartKey::new(&self.mapping.name, publication().or_else(application)?));
        }
        let pieces = self.mapping.key.iter().map(|field| match field {
            Field::Publication => publication(),
            Field::Application => application(),
            Field::NiceClass => {
                self.first(field).map(|v| NiceClass::read_number(&v.text).map_or(v.text.clone(), |n| n.to_string()))
            }
            field => self.first(field).map(|value| value.text.clone()),
        });
        let pieces: Vec<String> = pieces.flatten().collect();
        Some(PartKey::new(&self.mapping.name, Some(pieces.join("/")).filter(|key| !key.is_empty())?))
    }

    fn missing_key(&self) -> String {
        let filled: Vec<_> =
            self.values.iter().map(|v| format!("{} = «{}»", v.name, shortened(&v.text))).take(3).collect();
        format!("the row names neither a publication nor an application; it begins {}", filled.join(", "))
    }

    /// First date of a field; one that cannot be read is noted.
    fn date(&mut self, field: &Field) -> Option<Date> {
        let value = self.first(field)?;
        let date = self.read_date(&value.text);
        if date.is_none() {
            self.findings.warn("date", bad(value, "it is not a date"));
        }
        date
    }

    fn read_date(&self, text: &str) -> Option<Date> {
        values::date(text, &self.mapping.dates, self.mapping.century_from)
    }

    /// Dates of publication, grant and end; a century that the row itself refutes is mended.
    fn dates(&mut self, publications: &[Published], record: &mut Record) {
        let mut published = self.date(&Field::PublicationDate);
        let year = self.first(&Field::PublicationYear).and_then(|value| value.text.parse::<i16>().ok());
        if let (Some(date), Some(year)) = (published, year)
            && date.year() != year
        {
            if (date.year() - year) % 100 == 0 {
                published = values::years_away(date, year - date.year());
            } else {
                self.findings.warn("date", format!("publication date {date} does not lie in publication year {year}"));
            }
        }
        if let (Some(filed), Some(date)) = (record.filing_date, published)
            && filed > date
            && self.first(&Field::FilingDate).is_some_and(|v| !v.text.contains(&filed.year().to_string()))
        {
            record.filing_date = values::years_away(filed, -100);
        }
        for (index, (number, kind)) in publications.iter().enumerate() {
            let level = kind.as_ref().zip(number.office()).and_then(|(kind, office)| kind.level(office));
            // One date beside several numbers is that of the first.
            let date = published.filter(|_| index == 0);
            record.publications.push(Publication { number: number.clone(), kind: kind.clone(), date, level });
        }
        record.grant_date = self.date(&Field::GrantDate);
        record.expiry_date = self.date(&Field::ExpiryDate);
    }

    fn fill(&mut self, office: Option<Office>, record: &mut Record) {
        for value in self.values {
            let (text, column) = (value.text.as_str(), value.column);
            let party = || values::party(text, column.spelling);
            match value.field {
                Field::RegistrationNumber => record.registration_number = Some(text.to_owned()),
                Field::Title => record.titles.push(self.text(value)),
                Field::Abstract => record.abstracts.push(self.text(value)),
                Field::Applicants => add_party(&mut record.applicants, party()),
                Field::Owners => add_party(&mut record.owners, party()),
                Field::Inventors => add_party(&mut record.inventors, party()),
                Field::Agents => add_party(&mut record.agents, party()),
                Field::Priorities => {
                    let priority = values::priority(text, None, |word| self.read_date(word));
                    record.priorities.extend(priority);
                }
                Field::Ipc => self.class(value, &mut record.ipc, Ipc::read),
                Field::Cpc => self.class(value, &mut record.cpc, Cpc::read),
                Field::Locarno => self.class(value, &mut record.locarno, Locarno::read),
                Field::Vienna => self.class(value, &mut record.vienna, Vienna::read),
                Field::Citations => record.citations.push(citation(value, office)),
                Field::Literature => {
                    let by = column.by.clone();
                    record.citations.push(Citation { text: Some(text.to_owned()), by, ..Citation::default() });
                }
                Field::FamilyId => record.family_id = Some(text.to_owned()),
                Field::Image => record.images.push(Image { file: text.to_owned(), kind: image_kind(record.right) }),
                Field::Status => record.office_status = Some(status(value, record.right, office)),
                Field::Fact(fact) => record.facts.push((fact.clone(), text.to_owned())),
                _ => {}
            }
        }
        self.nice(record);
        self.places(record);
    }

    fn text(&self, value: &Value<'_>) -> Text {
        Text::new(value.column.lang.as_deref().or(self.mapping.lang.as_deref()), value.text.clone())
    }

    fn class<C: PartialEq>(&mut self, value: &Value<'_>, classes: &mut Vec<C>, read: impl Fn(&str) -> Option<C>) {
        let packed = value.column.spelling == Some(Spelling::Packed);
        let text = if packed { values::unpacked(&value.text) } else { value.text.clone() };
        match read(&text) {
            Some(class) if !classes.contains(&class) => classes.push(class),
            Some(_) => {}
            None => self.findings.warn("class", bad(value, "it is not a class symbol; left out")),
        }
    }

    /// Nice classes; goods belong to the class when the row names one class.
    fn nice(&mut self, record: &mut Record) {
        let goods: Vec<String> = self.all(&Field::Goods).map(|value| value.text.clone()).collect();
        let values = self.values;
        for value in values.iter().filter(|value| *value.field == Field::NiceClass) {
            match NiceClass::read_number(&value.text) {
                Some(class) => {
                    record.nice.push(NiceClass { class, lang: self.mapping.lang.clone(), terms: Vec::new() });
                }
                None => self.findings.warn("class", bad(value, "it is not a Nice class; left out")),
            }
        }
        match record.nice.as_mut_slice() {
            [one] => one.terms = goods,
            _ if goods.is_empty() => {}
            _ => record.facts.push(("goods".to_owned(), goods.join("；"))),
        }
    }

    /// Address, region, country and agency belong to the first of their parties.
    fn places(&self, record: &mut Record) {
        let text = |field| self.first(field).map(|value| value.text.clone());
        let party = record.applicants.first_mut().or(record.owners.first_mut());
        if let Some(party) = party {
            party.address = text(&Field::Address);
            party.region = text(&Field::Region);
            let country = text(&Field::Country).and_then(|code| code.parse::<Office>().ok());
            party.country = country.map(|code| code.to_string()).or(party.country.take());
        }
        if let Some(agency) = text(&Field::Agency) {
            if record.agents.is_empty() {
                record.agents.push(Party::named(agency.clone()));
            }
            for agent in &mut record.agents {
                agent.organisation = Some(agency.clone());
            }
        }
    }
}

fn add_party(parties: &mut Vec<Party>, party: Option<Party>) {
    let Some(party) = party else { return };
    match parties.iter_mut().find(|known| known.name == party.name) {
        Some(known) => known.country = known.country.take().or(party.country),
        None => parties.push(party),
    }
}

/// A cited patent in normal form, else its words.
fn citation(value: &Value<'_>, office: Option<Office>) -> Citation {
    let read = values::publication(&value.text, office, None).ok();
    let number = read.map(|(number, kind)| number.with_kind(kind.as_ref()));
    let text = number.is_none().then(|| value.text.clone());
    Citation { number, text, category: None, by: value.column.by.clone() }
}

fn image_kind(right: Option<RightKind>) -> ImageKind {
    match right {
        Some(RightKind::Trademark) => ImageKind::Mark,
        Some(RightKind::Design) => ImageKind::Design,
        _ => ImageKind::Abstract,
    }
}

/// The state: as the mapping says, for Chinese marks as the office's own words mean.
fn status(value: &Value<'_>, right: Option<RightKind>, office: Option<Office>) -> OfficeStatus {
    let mapped = value.column.values.get(&value.text).and_then(|code| Status::from_code(code));
    let status = mapped.unwrap_or_else(|| match (right, office) {
        (Some(RightKind::Trademark), Some(Office::CN)) => cn_trademark::status(&value.text),
        _ => Status::Unknown,
    });
    OfficeStatus { date: None, text: value.text.clone(), status }
}

fn bad(value: &Value<'_>, why: &str) -> String {
    format!("column «{}», value «{}»: {why}", value.name, shortened(&value.text))
}

fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(80).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
