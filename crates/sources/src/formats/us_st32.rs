//! US grants 2001 to 2004 in the form of ST.32: `PATDOC`, SGML written as XML, with the office's entity sets.

use records::{
    ApplicationNumber, Authority, Citation, Claim, Description, Image, ImageKind, Locarno, Office, Part, PartKey,
    Party, Priority, Publication, PublicationNumber, Record, RightKind, Subject, Text, read_date,
};
use records::{Date, KindCode};

use super::us_forms::{
    begin_part, cited_patent, country, filing, ipc_columns, level, numbers_in, office, publication, related, uspc,
    without_claim_number,
};
use super::us_party::{set_address, set_country_by_state};
use crate::{Cut, Element, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "us-grant-st32",
    chinese: "美国授权专利（2001—2004，ST.32）",
    english: "US patent grants 2001-2004, ST.32",
    cut: Cut::Documents,
    recognise: |head: &Head| head.root_is("PATDOC"),
    read,
};

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |root, findings| document(root, &record.context.head, findings));
}

/// `DOC`: number, date, country, kind.
struct Document<'t> {
    office: Option<Office>,
    number: &'t str,
    kind: Option<&'t str>,
    date: Option<Date>,
}

impl<'t> Document<'t> {
    fn read(element: Element<'t>) -> Option<Self> {
        let code = |path: &str| element.at(path).map(Element::code).filter(|text| !text.is_empty());
        Some(Self {
            office: code("CTRY/PDAT").and_then(office),
            number: code("DNUM/PDAT")?,
            // Relations carry the kind `00`: not said.
            kind: code("KIND/PDAT").filter(|kind| kind.starts_with(|c: char| c.is_ascii_alphabetic())),
            date: code("DATE/PDAT").and_then(read_date),
        })
    }
}

fn document(root: Element<'_>, head: &Head, findings: &mut Findings) {
    let Some(data) = root.child("SDOBI") else {
        return findings.refuse("no-bibliography", "the document has no <SDOBI>");
    };
    let kind = data.at("B100/B130/PDAT").map(Element::code).and_then(KindCode::read);
    let kind_code = kind.as_ref().map(KindCode::as_str);
    let Some(written) = data.at("B100/B110/DNUM/PDAT").map(Element::code).filter(|number| !number.is_empty()) else {
        return findings.refuse("no-number", "the document has no patent number (B110)");
    };
    let number = match PublicationNumber::read(Office::US, written, kind_code) {
        Ok(number) => number,
        Err(error) => return findings.refuse("number", format!("patent number: {error}")),
    };
    let stated = right_of(kind_code);
    let application = application(data, stated, findings);
    let right = application.as_ref().map_or(stated, |application| application.right);
    let date = data.date("B100/B140/DATE");
    data.children("B100").for_each(Element::pass_over);

    let mut record = Record { right: Some(right), grant_date: date, ..Record::default() };
    record.registration_number = Some(number.as_str().trim_start_matches("US").to_owned());
    record.filing_date = data.date("B200/B220/DATE");
    let level = Some(level(kind_code, true));
    record.publications.push(Publication { number: number.clone(), kind: kind.clone(), date, level });
    bibliography(data, right, &mut record, findings);
    texts(root, &mut record);
    record.images = images(root, right, head);

    let key = PartKey::new(FORMAT.name, format_args!("{number}{}", kind_code.unwrap_or_default()));
    let publications = record.publications.iter().map(|publication| publication.number.clone()).collect();
    let mut part = Part::new(key, Subject { application, publications }, Authority::Office);
    part.as_of = date;
    part.record = record;
    findings.parts.push(part);
}

fn right_of(kind: Option<&str>) -> RightKind {
    match kind.and_then(|kind| kind.chars().next()) {
        Some('S') => RightKind::Design,
        Some('P') => RightKind::Plant,
        _ => RightKind::Invention,
    }
}

fn application(data: Element<'_>, right: RightKind, findings: &mut Findings) -> Option<ApplicationNumber> {
    data.all("B200/B211US").into_iter().for_each(Element::pass_over);
    let written = data.at("B200/B210/DNUM/PDAT")?.code();
    match ApplicationNumber::read(Office::US, written, right) {
        Ok(number) => Some(number),
        Err(error) => {
            findings.warn("number", format!("application number left out: {error}"));
            None
        }
    }
}

fn bibliography(data: Element<'_>, right: RightKind, record: &mut Record, findings: &mut Findings) {
    for claim in data.children("B300") {
        let office = claim.at("B330/CTRY/PDAT").and_then(|country| office(country.code()));
        let Some(written) = claim.string("B310") else { continue };
        let read = office.and_then(|office| ApplicationNumber::read(office, &written, right).ok());
        let number = read.map_or(written, |number| number.serial);
        record.priorities.push(Priority { office, number, date: claim.date("B320") });
    }
    for (fact, path) in [("term_years", "B400/B472/B474"), ("term_extension_days", "B400/B472/B474US")] {
        record.facts.extend(data.string(path).map(|text| (fact.to_owned(), text)));
    }
    if data.at("B400/B472/B473US").is_some() {
        record.facts.push(("terminal_disclaimer".to_owned(), "yes".to_owned()));
    }
    record.titles.extend(data.string("B500/B540").map(|title| Text::new(Some("en"), title)));
    classes(data, right, record, findings);
    for citation in data.all("B500/B560").into_iter().flat_map(Element::elements) {
        record.citations.extend(cited(citation));
    }
    for (fact, name) in [("species", "LATIN-NAME"), ("variety", "VARIETY")] {
        let text = data.at("B500/BOTANIC").and_then(|botanic| botanic.string(name));
        record.facts.extend(text.map(|text| (fact.to_owned(), text)));
    }
    for path in ["B500/B570", "B500/B580", "B500/B590"] {
        data.all(path).into_iter().for_each(Element::pass_over);
    }
    data.children("B600").for_each(|related| related_documents(related, right, record));
    data.children("B700").for_each(|parties| people(parties, record));
    pct(data, right, record);
}

/// IPC with edition; a design has its Locarno class in the same place.
fn classes(data: Element<'_>, right: RightKind, record: &mut Record, findings: &mut Findings) {
    for field in data.all("B500/B510").into_iter().flat_map(Element::elements) {
        if !matches!(field.name(), "B511" | "B512") {
            field.pass_over();
            continue;
        }
        let columns = field.at("PDAT").map_or("", Element::raw).trim_end();
        let read = if right == RightKind::Design {
            Locarno::read(columns.trim()).map(|class| record.locarno.push(class))
        } else {
            ipc_columns(columns).map(|symbol| record.ipc.push(symbol))
        };
        if read.is_none() && !columns.is_empty() {
            findings.warn("class", format!("class «{columns}» left out"));
        }
    }
    for class in data.all("B500/B520").into_iter().flat_map(Element::elements) {
        let class = class.at("PDAT").and_then(|columns| uspc(columns.raw()));
        record.facts.extend(class.map(|class| ("uspc".to_owned(), class)));
    }
}

fn cited(citation: Element<'_>) -> Option<Citation> {
    let examiner = citation.child("CITED-BY-EXAMINER").map(|_| "examiner");
    let by = examiner.or(citation.child("CITED-BY-OTHER").map(|_| "other")).map(str::to_owned);
    if let Some(patent) = citation.child("PCIT") {
        let name = patent.string("PARTY-US/NAM");
        let found = patent.child("DOC").and_then(Document::read);
        patent.pass_over();
        if let Some(cited) = found {
            return cited_patent(cited.office, cited.number, cited.kind, name.as_deref(), by);
        }
    }
    let text = citation.text();
    (!text.is_empty()).then(|| Citation { text: Some(text), by, ..Citation::default() })
}

fn related_documents(element: Element<'_>, right: RightKind, record: &mut Record) {
    for field in element.elements() {
        let relation = match field.name() {
            "B610" => "addition",
            "B620" => "division",
            "B631" => "continuation",
            "B632" => "continuation-in-part",
            "B633" => "continuing-reissue",
            "B640" => "reissue",
            "B641US" => "divisional-reissue",
            "B645" | "B646US" => "reexamination",
            "B660" => "substitution",
            "B680US" => "provisional",
            "B630" => {
                related_documents(field, right, record);
                continue;
            }
            "B650" => {
                earlier_publication(field, record);
                continue;
            }
            _ => "parent",
        };
        let mut add = |name: &str, document: Option<Element<'_>>| {
            let Some(document) = document.and_then(Document::read) else { return };
            let number = match (name, publication(document.office.unwrap_or(Office::US), document.number, None)) {
                ("parent-patent", Some(number)) => number,
                _ => filing(document.office, document.number, right),
            };
            record.related.push(related(name, number, document.date));
        };
        add(relation, field.child("DOC"));
        for parent in field.children("PARENT-US") {
            add(relation, parent.at("PDOC/DOC"));
            add("parent-patent", parent.at("PPUB/DOC"));
            parent.pass_over();
        }
    }
}

/// The earlier publication of the same application.
fn earlier_publication(field: Element<'_>, record: &mut Record) {
    let Some(document) = field.child("DOC").and_then(Document::read) else { return };
    let office = document.office.unwrap_or(Office::US);
    if let Ok(number) = PublicationNumber::read(office, document.number, document.kind) {
        let kind = document.kind.and_then(KindCode::read);
        let level = Some(level(document.kind, false));
        record.publications.push(Publication { number, kind, date: document.date, level });
    }
}

fn people(parties: Element<'_>, record: &mut Record) {
    let found = |path: &str| parties.all(path).into_iter().filter_map(party).collect::<Vec<_>>();
    record.inventors = found("B720/B721/PARTY-US");
    record.owners = found("B730/B731/PARTY-US");
    record.agents = found("B740/B741/PARTY-US");
    for (fact, path) in [("examiner", "B745/B746/PARTY-US"), ("assistant_examiner", "B745/B747/PARTY-US")] {
        record.facts.extend(found(path).into_iter().map(|party| (fact.to_owned(), party.name)));
    }
    for path in ["B730/B732US", "B745/B748US", "B720/B721/LEGAL-REPRESENTATIVE"] {
        parties.all(path).into_iter().for_each(Element::pass_over);
    }
}

fn party(element: Element<'_>) -> Option<Party> {
    let name = element.child("NAM")?;
    let name = match name.string("ONM") {
        Some(firm) => firm,
        None => ["TTL", "FNM", "SNM", "SFX"].iter().filter_map(|part| name.string(part)).collect::<Vec<_>>().join(" "),
    };
    let mut party = Party::named(name);
    let (mut street, mut postcode) = (Vec::new(), None);
    for field in element.children("ADR").flat_map(Element::elements) {
        let text = field.text();
        match field.name() {
            "CITY" => party.city = Some(text),
            "STATE" => party.region = Some(text),
            "CTRY" => party.country = country(&text),
            "PCODE" => postcode = Some(text),
            "OMC" | "STR" => street.push(text),
            _ => {}
        }
    }
    set_country_by_state(&mut party);
    set_address(&mut party, street, postcode);
    for name in ["RESIDENCE", "RCTRY", "NCTRY", "DTXT"] {
        element.children(name).for_each(Element::pass_over);
    }
    (!party.name.is_empty()).then_some(party)
}

fn pct(data: Element<'_>, right: RightKind, record: &mut Record) {
    if let Some(document) = data.at("B800/B860/B861/DOC").and_then(Document::read) {
        let number = filing(document.office.or(Some(Office::WO)), document.number, right);
        record.related.push(related("pct-application", number, document.date));
    }
    if let Some(document) = data.at("B800/B870/B871/DOC").and_then(Document::read) {
        let office = document.office.unwrap_or(Office::WO);
        let number = publication(office, document.number, None).unwrap_or_else(|| document.number.to_owned());
        record.related.push(related("pct-publication", number, document.date));
    }
    let entered = data.date("B800/B860/B864US/DATE");
    record.facts.extend(entered.map(|date| ("national_phase_date".to_owned(), date.to_string())));
}

fn texts(root: Element<'_>, record: &mut Record) {
    for text in root.children("SDOAB").map(Element::text).filter(|text| !text.is_empty()) {
        record.abstracts.push(Text::new(Some("en"), text));
    }
    let mut description = Description { lang: Some("en".to_owned()), ..Description::default() };
    for part in root.all("SDODE/*") {
        begin_part(&mut description);
        for child in part.elements().flat_map(Element::elements) {
            match child.name() {
                "H" => description.heading(child.text()),
                _ => description.paragraph(child.text()),
            }
        }
    }
    record.description = Some(description).filter(|description| !description.is_empty());
    root.all("SDOCL/H").into_iter().for_each(Element::pass_over);
    for (claim, position) in root.all("SDOCL/CL/CLM").into_iter().zip(1..) {
        let number = claim.attr("ID").and_then(|id| numbers_in(id).next()).unwrap_or(position);
        let text = without_claim_number(claim.text(), number);
        let references = claim.descendants("CLREF");
        let mut depends_on: Vec<u32> = references
            .iter()
            .filter_map(|e| e.attr("ID"))
            .flat_map(numbers_in)
            .filter(|other| *other != number)
            .collect();
        depends_on.sort_unstable();
        depends_on.dedup();
        if !text.is_empty() {
            record.claims.push(Claim { number, text, depends_on, lang: None });
        }
    }
}

/// Pictures name an entity; the document type gives its file, nearly always under the same name.
fn images(root: Element<'_>, right: RightKind, head: &Head) -> Vec<Image> {
    let sheets = if right == RightKind::Design { ImageKind::Design } else { ImageKind::Drawing };
    let mut images = Vec::new();
    for (name, kind) in
        [("SDODR", sheets), ("SDOAB", ImageKind::Inline), ("SDODE", ImageKind::Inline), ("SDOCL", ImageKind::Inline)]
    {
        for image in root.children(name).flat_map(|part| part.descendants("EMI")) {
            if let Some(entity) = image.attr("FILE") {
                images.push(Image { file: entity_file(head, entity).unwrap_or(entity).to_owned(), kind });
            }
        }
    }
    images
}

/// The file of `<!ENTITY name SYSTEM "file" NDATA TIF>` in the head of the file.
fn entity_file<'h>(head: &'h Head, entity: &str) -> Option<&'h str> {
    let declared = format!("<!ENTITY {entity} SYSTEM ");
    let at = memchr::memmem::find(&head.bytes, declared.as_bytes())? + declared.len();
    let rest = head.bytes.get(at..)?;
    let quote = rest.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let file = rest[1..].split(|byte| byte == quote).next()?;
    std::str::from_utf8(file).ok().filter(|file| !file.is_empty())
}
