//! Reader of the older Chinese full text (`cn-patent-document`, "代码化数据"): hyphenated names after ST.36.

use records::{
    ApplicationNumber, Authority, Cpc, Description, Image, ImageKind, Ipc, KindCode, Level, Locarno, Office, Part,
    PartKey, Party, Priority, Publication, PublicationNumber, Record, Related, RightKind, Subject, Text, read_date,
};

use super::cn_patent::firm_and_code;
use super::cn_text;
use crate::{Cut, Element, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "cn-old",
    chinese: "中国专利代码化数据",
    english: "Chinese patent documents, old form",
    cut: Cut::Documents,
    recognise,
    read,
};

/// Tagged sections of the description and their headings.
const SECTIONS: &[(&str, &str)] = &[
    ("technical-field", "技术领域"),
    ("background-art", "背景技术"),
    ("disclosure", "发明内容"),
    ("description-of-drawings", "附图说明"),
    ("best-mode", "具体实施方式"),
    ("mode-for-invention", "具体实施方式"),
    ("industrial-applicability", "工业实用性"),
];

fn recognise(head: &Head) -> bool {
    head.root_is("cn-patent-document")
}

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, document);
}

fn document(root: Element<'_>, findings: &mut Findings) {
    let Some(bib) = root.child("cn-bibliographic-data") else {
        findings.refuse("no-data", "there is no cn-bibliographic-data");
        return;
    };
    let Some(publication) = publication(bib, findings) else { return };
    let office = publication.number.office().unwrap_or(Office::CN);
    let right = right(bib, &publication, office);
    let application = application(bib, office, right, findings);
    let key = PartKey::new(FORMAT.name, publication.number.with_kind(publication.kind.as_ref()));
    let subject = Subject { application, publications: vec![publication.number.clone()] };
    let mut part = Part::new(key, subject, Authority::Office);
    let produced = root.attr("date-produced").or(root.attr("date-publ")).and_then(read_date);
    part.as_of = produced.or(publication.date);
    part.withdrawn = matches!(root.attr("status"), Some("D" | "delete"));
    part.record.right = Some(right);
    part.record.grant_date = publication.date.filter(|_| publication.level == Some(Level::Grant));
    part.record.publications = vec![publication];
    bibliography(bib, &mut part.record, findings);
    if let Some(body) = root.child("application-body") {
        text(body, &mut part.record);
    }
    findings.parts.push(part);
}

fn publication(bib: Element<'_>, findings: &mut Findings) -> Option<Publication> {
    let id = bib.at("cn-publication-reference/document-id");
    let Some((id, text)) = id.and_then(|id| Some((id, id.string("doc-number")?))) else {
        findings
            .refuse("no-number", "there is no publication number (cn-publication-reference/document-id/doc-number)");
        return None;
    };
    let office = id.string("country").and_then(|code| code.parse().ok()).unwrap_or(Office::CN);
    let kind = id.string("kind").as_deref().and_then(KindCode::read);
    let number = PublicationNumber::read(office, &text, kind.as_ref().map(KindCode::as_str));
    let number = number.map_err(|error| findings.refuse("no-number", error.to_string())).ok()?;
    let level = kind.as_ref().and_then(|kind| kind.level(office));
    Some(Publication { number, kind, date: id.date("date"), level })
}

fn right(bib: Element<'_>, publication: &Publication, office: Office) -> RightKind {
    let words = bib.child("application-reference").and_then(|reference| reference.attr("appl-type"));
    match words {
        Some("utility-model" | "utility" | "20" | "2") => RightKind::UtilityModel,
        Some("design" | "30" | "3") => RightKind::Design,
        _ => publication.kind.as_ref().and_then(|kind| kind.right(office)).unwrap_or(RightKind::Invention),
    }
}

fn application(
    bib: Element<'_>,
    office: Office,
    right: RightKind,
    findings: &mut Findings,
) -> Option<ApplicationNumber> {
    let id = bib.at("application-reference/document-id")?;
    let office = id.string("country").and_then(|code| code.parse().ok()).unwrap_or(office);
    id.children("kind").for_each(Element::pass_over);
    let text = id.string("doc-number")?;
    if let Some(error) = ApplicationNumber::check(office, &text, right) {
        findings.warn("check-digit", format!("application number: {error}; mended"));
    }
    let read = ApplicationNumber::read(office, &text, right);
    read.map_err(|error| findings.warn("number", format!("application number: {error}"))).ok()
}

fn bibliography(bib: Element<'_>, record: &mut Record, findings: &mut Findings) {
    record.filing_date = bib.date("application-reference/document-id/date");
    for title in bib.children("invention-title") {
        let text = title.text();
        if !text.is_empty() {
            record.titles.push(Text::new(title.attr("lang").or(Some("zh")), text));
        }
    }
    for element in bib.children("abstract") {
        let text = element.strings("p").join("\n");
        let text = if text.is_empty() { element.text() } else { text };
        if !text.is_empty() {
            record.abstracts.push(Text::new(element.attr("lang").or(Some("zh")), text));
        }
    }
    bib.children("cn-abstract-drawing").for_each(|e| images(e, ImageKind::Abstract, &mut record.images));
    classes(bib, record, findings);
    let parties = |path: &str| bib.all(path).into_iter().filter_map(party).collect::<Vec<_>>();
    record.applicants = parties("cn-parties/cn-applicants/cn-applicant");
    record.inventors = parties("cn-parties/cn-inventors/cn-inventor");
    record.owners = parties("assignees/assignee");
    record.agents = bib.all("cn-parties/cn-agents/cn-agent").into_iter().filter_map(agent).collect();
    record.priorities = bib.all("priority-claims/priority-claim").into_iter().filter_map(priority).collect();
    for (path, relation) in [
        ("cn-related-documents/division", "division"),
        ("pct-or-regional-filing-data", "pct-application"),
        ("pct-or-regional-publishing-data", "pct-publication"),
    ] {
        let ids = bib.all(path).into_iter().flat_map(|e| e.below(&["document-id"]));
        record.related.extend(ids.filter_map(|id| related(id, relation)));
    }
    let facts =
        [("examiner", "examiners/primary-examiner"), ("pct_entry_date", "date-pct-article-22-39-fulfilled/date")];
    for (fact, path) in facts {
        record.facts.extend(bib.string(path).map(|value| (fact.to_owned(), value)));
    }
}

fn classes(bib: Element<'_>, record: &mut Record, findings: &mut Findings) {
    let mut ipc = bib.strings("classifications-ipcr/classification-ipcr/text");
    ipc.extend(bib.strings("classification-ipc/main-classification"));
    ipc.extend(bib.strings("classification-ipc/further-classification"));
    bib.all("classification-ipc/*").into_iter().for_each(Element::pass_over);
    for text in ipc {
        // A design carries its Locarno class in the place of the IPC.
        match (Ipc::read(&text), Locarno::read(&text)) {
            (Some(class), _) if record.right != Some(RightKind::Design) => record.ipc.push(class),
            (_, Some(class)) if record.right == Some(RightKind::Design) => record.locarno.push(class),
            _ => findings.warn("class", format!("«{text}» is not a class symbol; left out")),
        }
    }
    record
        .locarno
        .extend(bib.strings("classification-locarno/main-classification").iter().filter_map(|t| Locarno::read(t)));
    record.cpc.extend(bib.strings("classifications-cpc/classification-cpc/text").iter().filter_map(|t| Cpc::read(t)));
    record.ipc.dedup();
}

fn party(element: Element<'_>) -> Option<Party> {
    let book = element.child("addressbook").unwrap_or(element);
    let name = book.string("name").or_else(|| book.string("orgname")).or_else(|| book.string("last-name"))?;
    let place = book.child("address");
    let field = |name: &str| place.and_then(|place| place.string(name));
    Some(Party {
        name,
        country: field("country"),
        region: field("state").or_else(|| field("province")),
        city: field("city"),
        address: field("text"),
        ..Party::default()
    })
}

fn agent(element: Element<'_>) -> Option<Party> {
    let firm = element.string("cn-agency/name").or_else(|| element.string("cn-agency/addressbook/name"));
    let (firm, code) = match firm.as_deref().map(firm_and_code) {
        Some((name, code)) => (Some(name.to_owned()), code.map(str::to_owned)),
        None => (None, None),
    };
    let mut agent = party(element).or_else(|| firm.clone().map(Party::named))?;
    agent.organisation = firm;
    agent.identifier = code;
    Some(agent)
}

fn priority(claim: Element<'_>) -> Option<Priority> {
    let office: Option<Office> = claim.string("country").and_then(|code| code.parse().ok());
    let number = claim.string("doc-number")?;
    let read = office.and_then(|office| ApplicationNumber::read(office, &number, RightKind::Invention).ok());
    Some(Priority { office, number: read.map_or(number, |read| read.serial), date: claim.date("date") })
}

fn related(id: Element<'_>, relation: &str) -> Option<Related> {
    let text = id.string("doc-number")?;
    let office: Option<Office> = id.string("country").and_then(|code| code.parse().ok());
    let number = match (relation, office) {
        ("pct-publication", Some(office)) => PublicationNumber::read(office, &text, None).ok().map(|n| n.to_string()),
        (_, Some(office)) => {
            let read = ApplicationNumber::read(office, &text, RightKind::Invention);
            read.ok().map(|n| format!("{}{}", n.office, n.serial))
        }
        (_, None) => None,
    };
    Some(Related { relation: relation.to_owned(), number: number.unwrap_or(text), date: id.date("date") })
}

fn text(body: Element<'_>, record: &mut Record) {
    for (position, element) in body.all("claims/claim").into_iter().enumerate() {
        images(element, ImageKind::Inline, &mut record.images);
        let mut texts = element.strings("claim-text");
        if texts.is_empty() {
            texts.extend(Some(element.text()).filter(|text| !text.is_empty()));
        }
        let number = element.attr("num").and_then(|num| num.parse().ok()).filter(|number| *number > 0);
        record.claims.extend(cn_text::claim(number, position, &texts, None));
    }
    if let Some(element) = body.child("description") {
        record.description = description(element, &mut record.images);
    }
    let kind = if record.right == Some(RightKind::Design) { ImageKind::Design } else { ImageKind::Drawing };
    body.children("drawings").for_each(|e| images(e, kind, &mut record.images));
}

fn description(element: Element<'_>, pictures: &mut Vec<Image>) -> Option<Description> {
    let mut description = Description { lang: Some("zh".to_owned()), sections: Vec::new() };
    for child in element.elements() {
        match child.name() {
            "invention-title" => child.pass_over(),
            name => {
                images(child, ImageKind::Inline, pictures);
                if let Some((_, heading)) = SECTIONS.iter().find(|(tag, _)| *tag == name) {
                    description.heading(*heading);
                }
                let paragraphs: Vec<_> = child.children("p").collect();
                match paragraphs.as_slice() {
                    [] => cn_text::add_paragraph(&mut description, child.text()),
                    paragraphs => {
                        for paragraph in paragraphs {
                            cn_text::add_paragraph(&mut description, paragraph.text());
                        }
                    }
                }
            }
        }
    }
    (!description.is_empty()).then_some(description)
}

fn images(element: Element<'_>, kind: ImageKind, pictures: &mut Vec<Image>) {
    for image in element.below(&["img"]) {
        if let Some(file) = image.attr("file").filter(|file| !pictures.iter().any(|p| p.file == *file)) {
            pictures.push(Image { file: file.to_owned(), kind });
        }
    }
}
