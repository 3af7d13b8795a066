//! Numbers in DOCDB's three spellings: `docdb` (country, number, kind), `epodoc` (one string) and `original`.

use records::{ApplicationNumber, Date, Office, Priority, RightKind};

use crate::Findings;
use crate::xml::Element;

/// One `document-id`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct DocumentId {
    pub(in super::super) country: Option<Office>,
    pub(in super::super) number: String,
    pub(in super::super) kind: Option<String>,
    pub(in super::super) date: Option<Date>,
}

/// A reference in all spellings that the file gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Reference {
    /// Country, number and kind; also used for files that name no spelling.
    pub(in super::super) docdb: Option<DocumentId>,
    /// One string such as `EP20140833316`.
    pub(in super::super) epodoc: Option<DocumentId>,
    /// As the office writes it.
    pub(in super::super) original: Option<DocumentId>,
}

impl DocumentId {
    fn read(id: Element<'_>) -> Option<Self> {
        let mut read = Self::default();
        for field in id.elements() {
            match field.name() {
                "country" => read.country = field.text().parse().ok(),
                "doc-number" => read.number = field.text(),
                "kind" => read.kind = Some(field.text()).filter(|kind| !kind.is_empty()),
                "date" => read.date = read.date.or_else(|| records::read_date(&field.text())),
                _ => field.pass_over(),
            }
        }
        (!read.number.is_empty()).then_some(read)
    }
}

impl Reference {
    /// Reads every `document-id` below these elements; the spelling stands at the element (DOCDB: `data-format`)
    /// or at the number (OPS: `document-id-type`).
    pub(in super::super) fn read<'t>(elements: impl IntoIterator<Item = Element<'t>>) -> Self {
        let mut reference = Self::default();
        for element in elements {
            let outer = element.attr("data-format");
            for id in element.children("document-id") {
                let spelling = id.attr("document-id-type").or(outer).unwrap_or("docdb");
                let place = match spelling {
                    "docdb" => &mut reference.docdb,
                    "epodoc" => &mut reference.epodoc,
                    _ => &mut reference.original,
                };
                match place {
                    Some(_) => id.pass_over(),
                    None => *place = DocumentId::read(id),
                }
            }
        }
        reference
    }

    /// The date, which OPS gives with one of the spellings only.
    pub(in super::super) fn date(&self) -> Option<Date> {
        [&self.docdb, &self.epodoc, &self.original].into_iter().flatten().find_map(|id| id.date)
    }

    /// The spelling as the office writes it, else the nearest to it.
    fn written(&self) -> Option<&DocumentId> {
        self.original.as_ref().or(self.docdb.as_ref()).or(self.epodoc.as_ref())
    }
}

/// The application that a reference names. Dummy numbers (kinds `D`, `D2`) name none; a number of no known form is
/// kept as it stands.
pub(in super::super) fn application(reference: &Reference, findings: &mut Findings) -> Option<ApplicationNumber> {
    let id = reference.docdb.as_ref().or(reference.epodoc.as_ref()).or(reference.original.as_ref())?;
    if id.kind.as_deref().is_some_and(|kind| matches!(kind, "D" | "D2" | "Q")) {
        return None;
    }
    if let Some(number) = read(reference) {
        return Some(number);
    }
    let country = id.country?;
    findings.warn("number", format!("application number «{}» of {country} kept as written", id.number));
    ApplicationNumber::verbatim(country, &id.number, right(id.kind.as_deref()))
}

/// The number in normal form from the first spelling that can be read.
fn read(reference: &Reference) -> Option<ApplicationNumber> {
    let filed = reference.date();
    let docdb = reference
        .docdb
        .as_ref()
        .and_then(|id| ApplicationNumber::read_docdb(id.country?, &id.number, id.kind.as_deref(), filed).ok());
    docdb.or_else(|| {
        let id = reference.epodoc.as_ref()?;
        let office = id.number.get(..2)?.parse().ok()?;
        let kind = reference.docdb.as_ref().and_then(|docdb| docdb.kind.as_deref());
        ApplicationNumber::read_docdb(office, &id.number, kind.filter(|kind| *kind != "W"), filed).ok()
    })
}

fn right(kind: Option<&str>) -> RightKind {
    match kind.and_then(|kind| kind.chars().next()) {
        Some('U' | 'Y') => RightKind::UtilityModel,
        Some('F' | 'S') => RightKind::Design,
        _ => RightKind::Invention,
    }
}

/// A priority in normal form where it can be read, else as the office writes it.
pub(in super::super) fn claimed_priority(reference: &Reference) -> Option<Priority> {
    let written = reference.written()?;
    let date = reference.date();
    let epodoc = || reference.epodoc.as_ref().and_then(|id| id.number.get(..2)?.parse::<Office>().ok());
    let office = reference.docdb.as_ref().and_then(|id| id.country).or(written.country).or_else(epodoc);
    Some(match read(reference) {
        Some(number) => Priority { office: Some(number.office), number: number.serial, date },
        None => Priority { office, number: written.number.clone(), date },
    })
}
