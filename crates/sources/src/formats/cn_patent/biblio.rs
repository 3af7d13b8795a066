//! Bibliographic data: dates, classes, titles, priorities, citations, relations.

use records::{
    ApplicationNumber, Citation, Cpc, Ipc, KindCode, Level, Locarno, Office, Priority, Publication, PublicationNumber,
    Record, Related, RightKind, Text,
};

use super::parties::{agents, parties};
use super::{application_number, date_in, is_zero, said};
use crate::{Element, Findings};

/// Fills `record` from the bibliographic data; its publication and kind of right are known already.
pub(super) fn read(bib: Element<'_>, office: Office, record: &mut Record, findings: &mut Findings) {
    titles(bib, office, record);
    record.filing_date =
        bib.all("ApplicationReference/DocumentID").into_iter().find_map(|id| date_in(id, "Date", findings));
    let granted = record.publications.iter().find(|p| p.level == Some(Level::Grant));
    record.grant_date = granted.and_then(|p| p.date);
    record.registration_number = said(bib, "PatentNumber");
    record.applicants = parties(bib, &["Parties/ApplicantDetails/Applicant", "ApplicantDetails/Applicant"]);
    record.owners = parties(bib, &["AssigneeDetails/Assignee", "Parties/AssigneeDetails/Assignee"]);
    record.inventors = parties(
        bib,
        &[
            "Parties/InventorDetails/Inventor",
            "InventorDetails/Inventor",
            "Parties/DesignerDetails/Designer",
            "DesignerDetails/Designer",
        ],
    );
    record.agents = agents(bib);
    classes(bib, record, findings);
    record.priorities = priorities(bib, findings);
    record.citations = citations(bib);
    relations(bib, office, record, findings);
    facts(bib, record);
    bib.children("CorrespondenceAddress").for_each(Element::pass_over);
}

fn titles(bib: Element<'_>, office: Office, record: &mut Record) {
    for element in bib.children("InventionTitle").chain(bib.children("DesignTitle")) {
        let lang = element.attr("lang").or((office == Office::CN).then_some("zh"));
        let title = Text::new(lang, element.text());
        if !title.text.is_empty() && !record.titles.contains(&title) {
            record.titles.push(title);
        }
    }
}

fn classes(bib: Element<'_>, record: &mut Record, findings: &mut Findings) {
    for element in bib.all("ClassificationIPCRDetails/ClassificationIPCR") {
        add_class(&mut record.ipc, Ipc::read, symbol(element), findings);
    }
    for element in bib.children("ClassificationIPC").flat_map(main_and_further) {
        add_class(&mut record.ipc, Ipc::read, element.text(), findings);
    }
    for element in bib.below(&["ClassificationCPC"]) {
        add_class(&mut record.cpc, Cpc::read, symbol(element), findings);
    }
    for element in bib.children("ClassificationLocarno") {
        let mut symbols: Vec<_> = main_and_further(element).into_iter().map(Element::text).collect();
        if symbols.is_empty() {
            symbols = element.strings("Text");
        }
        for symbol in symbols {
            add_class(&mut record.locarno, Locarno::read, symbol, findings);
        }
        element.children("Text").for_each(Element::pass_over);
    }
}

/// Main and further classes. The edition tells nothing about a right; the standard form repeats the original one.
fn main_and_further(classes: Element<'_>) -> Vec<Element<'_>> {
    classes.children("EditionStatement").for_each(Element::pass_over);
    let main = classes.children("MainClassification");
    main.chain(classes.children("FurtherClassification")).collect()
}

/// A symbol from its text, else from its parts.
fn symbol(element: Element<'_>) -> String {
    let part = |name: &str| element.string(name).unwrap_or_default();
    let text = part("Text");
    let parts = ["Section", "MainClass", "Subclass", "MainGroup", "Subgroup"].map(part);
    element.elements().for_each(Element::pass_over);
    if !text.is_empty() {
        return text;
    }
    let [section, class, subclass, group, subgroup] = parts;
    let slash = if subgroup.is_empty() { "" } else { "/" };
    format!("{section}{class}{subclass}{group}{slash}{subgroup}")
}

fn add_class<C: PartialEq>(
    classes: &mut Vec<C>,
    read: impl Fn(&str) -> Option<C>,
    text: String,
    findings: &mut Findings,
) {
    match read(&text) {
        Some(class) if !classes.contains(&class) => classes.push(class),
        Some(_) => {}
        None if text.is_empty() || is_zero(&text) => {}
        None => findings.warn("class", format!("«{text}» is not a class symbol; left out")),
    }
}

/// Priorities, one for each sequence number; the office's own form first.
fn priorities(bib: Element<'_>, findings: &mut Findings) -> Vec<Priority> {
    let containers = bib.children("PriorityDetails").chain(bib.children("PriorityClaims"));
    let mut claims: Vec<_> = containers.flat_map(|c| c.elements().collect::<Vec<_>>()).collect();
    claims.sort_by_key(|claim| claim.attr("dataFormat") != Some("original"));
    let mut seen = Vec::new();
    let mut priorities = Vec::new();
    for claim in claims {
        let id = claim.child("DocumentID").unwrap_or(claim);
        let sequence = claim.attr("sequence");
        let told = sequence.is_some() && seen.contains(&sequence);
        let Some(number) = said(id, "DocNumber").filter(|_| !told) else {
            claim.pass_over();
            continue;
        };
        seen.push(sequence);
        let office: Option<Office> = said(id, "WIPOST3Code").and_then(|code| code.parse().ok());
        let date = date_in(id, "Date", findings);
        id.children("Kind").for_each(Element::pass_over);
        let read = office.and_then(|office| ApplicationNumber::read(office, &number, RightKind::Invention).ok());
        priorities.push(Priority { office, number: read.map_or(number, |read| read.serial), date });
    }
    priorities
}

/// The number with its office in normal form, else as written.
fn normal_number(office: Option<Office>, text: String) -> String {
    let read = |office| ApplicationNumber::read(office, &text, RightKind::Invention).ok().map(|n| (office, n.serial));
    office.and_then(read).map_or(text.clone(), |(office, serial)| format!("{office}{serial}"))
}

fn citations(bib: Element<'_>) -> Vec<Citation> {
    let mut citations = Vec::new();
    for element in bib.all("ReferencesCited/Citation") {
        let category = said(element, "Category");
        let by = element.attr("srepPhase").map(|phase| match phase {
            "SEA" | "EXA" => "examiner".to_owned(),
            "APP" => "applicant".to_owned(),
            other => other.to_owned(),
        });
        for cited in element.elements().filter(|e| e.name() != "Category") {
            let mut references = cited.all("PublicationReference/DocumentID");
            references.extend(cited.children("DocumentID"));
            let number = references.into_iter().fold(None, |found, id| {
                let number = cited_number(id);
                found.or(number)
            });
            let text = if number.is_none() { Some(cited.text()).filter(|text| !text.is_empty()) } else { None };
            if number.is_some() || text.is_some() {
                citations.push(Citation { number, text, category: category.clone(), by: by.clone() });
            }
        }
    }
    citations
}

/// Office, number and kind in one, such as `CN203232659U`.
fn cited_number(id: Element<'_>) -> Option<String> {
    let office: Option<Office> = said(id, "WIPOST3Code").and_then(|code| code.parse().ok());
    let (text, kind) = (said(id, "DocNumber"), said(id, "Kind"));
    id.children("Date").chain(id.children("Name")).for_each(Element::pass_over);
    let number = PublicationNumber::read(office?, &text?, kind.as_deref()).ok()?;
    Some(number.with_kind(kind.as_deref().and_then(KindCode::read).as_ref()))
}

/// Earlier publications of the same application, and related filings.
fn relations(bib: Element<'_>, office: Office, record: &mut Record, findings: &mut Findings) {
    for element in bib.children("RelatedDocuments").flat_map(|r| r.elements().collect::<Vec<_>>()) {
        let own = element.name().starts_with("RelatedPublication");
        for id in element.below(&["DocumentID"]) {
            if own { earlier_publication(id, office, record, findings) } else { related(element, id, record, findings) }
        }
    }
    let international = [
        ("InternationalFilingData", "pct-application"),
        ("PCTOrRegionalFilingData", "pct-application"),
        ("InternationalPublishingData", "pct-publication"),
        ("PCTOrRegionalPublishingData", "pct-publication"),
    ];
    for (name, relation) in international {
        for id in bib.children(name).flat_map(|e| e.below(&["DocumentID"])) {
            add_related(relation.to_owned(), id, record, findings);
        }
    }
}

fn earlier_publication(id: Element<'_>, office: Office, record: &mut Record, findings: &mut Findings) {
    let of = said(id, "WIPOST3Code").and_then(|code| code.parse().ok()).unwrap_or(office);
    let (text, kind) = (said(id, "DocNumber"), said(id, "Kind"));
    let date = date_in(id, "Date", findings);
    let Some(number) = text.and_then(|text| PublicationNumber::read(of, &text, kind.as_deref()).ok()) else { return };
    let kind = kind.as_deref().and_then(KindCode::read);
    let known = record.publications.iter().any(|p| p.number == number && p.kind == kind);
    if of == office && !known {
        let level = kind.as_ref().and_then(|kind| kind.level(of));
        record.publications.push(Publication { number, kind, date, level });
    }
}

fn related(element: Element<'_>, id: Element<'_>, record: &mut Record, findings: &mut Findings) {
    let name = element.name().to_ascii_lowercase();
    let words = ["division", "continuation", "reissue", "substitution", "provisional", "addition", "parent"];
    let relation = words.iter().find(|word| name.contains(**word)).map_or(name.clone(), |word| (*word).to_owned());
    add_related(relation, id, record, findings);
}

fn add_related(relation: String, id: Element<'_>, record: &mut Record, findings: &mut Findings) {
    let office: Option<Office> = said(id, "WIPOST3Code").and_then(|code| code.parse().ok());
    let date = date_in(id, "Date", findings);
    let kind = said(id, "Kind");
    if let Some(text) = said(id, "DocNumber") {
        let number = match (office, relation.as_str()) {
            (Some(Office::CN), "division" | "parent") => {
                let right = record.right.unwrap_or(RightKind::Invention);
                application_number(Office::CN, &text, right, findings).map(|n| format!("CN{}", n.serial))
            }
            (Some(office), "pct-publication") => {
                PublicationNumber::read(office, &text, kind.as_deref()).ok().map(|n| n.to_string())
            }
            (office, _) => Some(normal_number(office, text.clone())),
        };
        record.related.push(Related { relation, number: number.unwrap_or(text), date });
    }
}

/// Facts without a field of their own.
fn facts(bib: Element<'_>, record: &mut Record) {
    for gazette in bib.all("PublicAvailabilityDate/GazetteReference") {
        if let Some(number) = said(gazette, "GazetteNumber") {
            record.facts.push(("gazette".to_owned(), number));
        }
        gazette.children("Date").for_each(Element::pass_over);
    }
    for examiner in bib.all("ExaminerDetails/Examiner") {
        if let Some(name) = said(examiner, "Name") {
            record.facts.push(("examiner".to_owned(), name));
        }
    }
}
