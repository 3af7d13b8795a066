//! Reader of Chinese trade mark records (`TRADEMARK`), one record a mark and Nice class.

use records::event::cn_trademark;
use records::{
    ApplicationNumber, Authority, Effect, Event, Image, ImageKind, NiceClass, Office, OfficeStatus, Part, PartKey,
    Party, Record, RightKind, Subject, Text, read_date,
};

use crate::{Cut, Element, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "cn-trademark",
    chinese: "中国商标",
    english: "Chinese trade marks",
    cut: Cut::Elements(&["TRADEMARK"]),
    recognise,
    read,
};

fn recognise(head: &Head) -> bool {
    head.root_is("TRADEMARK") || (head.root.is_some() && head.holds("<MARK_CN_ID"))
}

fn read(record: &RawRecord, findings: &mut Findings) {
    let file = record.context.head.file_name.as_str();
    record.with_xml(findings, |root, findings| mark(root, file, findings));
}

fn mark(root: Element<'_>, file: &str, findings: &mut Findings) {
    let id = root.string("MARK_CN_ID");
    let base = |name: &str| root.string(&format!("BASEINFO/{name}"));
    let registration = base("REGISTRATION-NO");
    let from_id = id.as_deref().map(|id| id.trim_start_matches("CN").trim_start_matches('0').to_owned());
    let number = base("APPLICATION-NO").or(registration.clone()).or(from_id.filter(|digits| !digits.is_empty()));
    let Some(number) = number else {
        findings.refuse("no-number", "the mark has no number (APPLICATION-NO, REGISTRATION-NO, MARK_CN_ID)");
        return;
    };
    let application = match ApplicationNumber::read(Office::CN, &number, RightKind::Trademark) {
        Ok(application) => application,
        Err(error) => return findings.refuse("no-number", error.to_string()),
    };
    let class = base("ICN").and_then(|text| nice_class(&text, findings));
    // One number may stand in several classes, each with a record of its own.
    let key = match class {
        Some(class) => PartKey::new(FORMAT.name, format_args!("{}-{class}", application.serial)),
        None => PartKey::new(FORMAT.name, &application.serial),
    };
    let mut record =
        Record { right: Some(RightKind::Trademark), registration_number: registration, ..Record::default() };
    record.titles = root.strings("NAMEINFO/NAME").into_iter().map(|name| Text::new(None, name)).collect();
    record.applicants = root.all("APPLICATION-PERSION-INFOS").into_iter().flat_map(parties).collect();
    let terms = root.all("SERVICE-LIST").into_iter().flat_map(terms).collect();
    record.nice = class.map(|class| NiceClass { class, lang: Some("zh".to_owned()), terms }).into_iter().collect();
    dates(root, &mut record, findings);
    record.office_status = base("CURRENT-STATE-RIGHT").map(|text| {
        let status = cn_trademark::status(&text);
        OfficeStatus { date: None, text, status }
    });
    record.events = events(root);
    record.images = picture(id.as_deref(), file);
    facts(root, &mut record);
    let subject = Subject { application: Some(application), publications: Vec::new() };
    let mut part = Part::new(key, subject, Authority::Office);
    part.record = record;
    findings.parts.push(part);
}

fn nice_class(text: &str, findings: &mut Findings) -> Option<u8> {
    let class = NiceClass::read_number(text);
    if class.is_none() {
        findings.warn("class", format!("«{text}» is not a Nice class; left out"));
    }
    class
}

fn dates(root: Element<'_>, record: &mut Record, findings: &mut Findings) {
    let mut date = |name: &str| {
        let text = root.string(&format!("DATEINFO/{name}")).filter(|text| text.bytes().any(|b| b != b'0'))?;
        let date = read_date(&text);
        if date.is_none() {
            findings.warn("date", format!("{name}: «{text}» is not a date"));
        }
        date
    };
    record.filing_date = date("APPLICATION-DATE");
    record.grant_date = date("REG-DATE");
    record.expiry_date = date("SPECIAL-RIGHT-ENDDATE");
    let facts = [("protection_from", "SPECIAL-RIGHT-STARTDATE"), ("priority_date", "PRIORITY-RIGHT-DATE")];
    for (fact, name) in facts {
        record.facts.extend(date(name).map(|date| (fact.to_owned(), date.to_string())));
    }
}

/// Parties in a list: one for each child with a name, or the list itself where it names one party.
fn parties(list: Element<'_>) -> Vec<Party> {
    let children: Vec<_> = list.elements().collect();
    let is_field = |e: &Element<'_>| e.name().contains("NAME") || e.name().contains("ADDR");
    if children.iter().any(is_field) {
        return party(list).into_iter().collect();
    }
    if children.is_empty() {
        return named(list.text()).into_iter().collect();
    }
    children.into_iter().filter_map(party).collect()
}

fn named(name: String) -> Option<Party> {
    (!name.is_empty()).then(|| Party::named(name))
}

/// A party with its Chinese name first and the English one beside it.
fn party(element: Element<'_>) -> Option<Party> {
    let (mut names, mut addresses) = (Vec::new(), Vec::new());
    let mut country = None;
    for field in element.elements() {
        let text = field.text();
        let english = field.name().ends_with("EN");
        let list = match field.name() {
            name if name.contains("NAME") => &mut names,
            name if name.contains("ADDR") => &mut addresses,
            name if name.contains("COUNTRY") => {
                country = Some(text).filter(|text| text.len() == 2);
                continue;
            }
            _ => continue,
        };
        if !text.is_empty() {
            list.push((english, text));
        }
    }
    names.sort_by_key(|(english, _)| *english);
    addresses.sort_by_key(|(english, _)| *english);
    let mut names = names.into_iter().map(|(_, name)| name);
    let Some(name) = names.next() else { return named(element.own_text()) };
    let address = addresses.into_iter().map(|(_, address)| address).next();
    Some(Party { name, other_names: names.collect(), address, country, ..Party::default() })
}

/// Goods and services: one a child element, or one text with semicolons.
fn terms(list: Element<'_>) -> Vec<String> {
    let mut texts: Vec<_> = list.elements().map(Element::text).collect();
    texts.push(list.own_text());
    let terms = texts.iter().flat_map(|text| text.split(['；', ';'])).map(str::trim);
    terms.filter(|term| !term.is_empty()).map(str::to_owned).collect()
}

/// Transfers and licences, with their gazette dates and parties.
fn events(root: Element<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for element in root.all("TRANSFERINFOS/TRANSFERINFO") {
        let labels = [("转让人", "ZHRR"), ("受让人", "SHRR"), ("公告期号", "ZHRGGQH"), ("页码", "YM")];
        events.push(event(element, "商标转让", "ZHGGRQ", &labels, Effect::Transferred));
    }
    for element in root.all("LICENSEPROCESSINFOS/LICENSEPROCESSINFO") {
        let labels = [
            ("备案号", "BAH"),
            ("许可人", "XKR"),
            ("被许可人", "BXKR"),
            ("许可期限", "XKQX"),
            ("许可公告期号", "XKBAGGQH"),
            ("公告类型", "GGTYPE"),
            ("页码", "PAGENUM"),
            ("许可商品", "XKGS"),
        ];
        events.push(event(element, "商标使用许可备案", "XKBAGGRQ", &labels, Effect::Licensed));
    }
    events
}

fn event(element: Element<'_>, name: &str, date: &str, labels: &[(&str, &str)], effect: Effect) -> Event {
    let mut text = name.to_owned();
    for (label, field) in labels {
        let values = element.children(field).map(value).filter(|value| !value.is_empty()).collect::<Vec<_>>();
        if !values.is_empty() {
            text = format!("{text}；{label}：{}", values.join("、"));
        }
    }
    Event { date: element.date(date), code: String::new(), text, effect: Some(effect) }
}

/// Text of a field; a party's names with a stroke between the languages.
fn value(field: Element<'_>) -> String {
    let names = ["NAME-ZH", "NAME-EN"].into_iter().filter_map(|name| field.string(name)).collect::<Vec<_>>();
    if names.is_empty() { field.text() } else { names.join(" / ") }
}

/// The picture lies beside the record under its id (`ID/ID.xml`, `ID/ID.jpg`).
fn picture(id: Option<&str>, file: &str) -> Vec<Image> {
    let stem = file.rsplit_once('.').filter(|(_, end)| end.eq_ignore_ascii_case("xml")).map(|(stem, _)| stem);
    let id = id.filter(|id| stem == Some(*id));
    id.map(|id| Image { file: format!("{id}.jpg"), kind: ImageKind::Mark }).into_iter().collect()
}

/// Facts without a field of their own.
fn facts(root: Element<'_>, record: &mut Record) {
    let fields = [
        ("mark_kind", "BASEINFO/TRADEMARK-TYPE"),
        ("colours", "BASEINFO/SPECIFIED-COLOR"),
        ("original_language", "BASEINFO/ORIGINAL-LANGUAGE"),
        ("international_registration_date", "OTHERINFO/INTERNATIONAL-REG-DATE"),
        ("notice_status", "TRADEMARK-NOTICE-STATUS"),
    ];
    for (fact, path) in fields {
        let value = root.string(path).filter(|value| value.bytes().any(|b| b != b'0'));
        record.facts.extend(value.map(|value| (fact.to_owned(), value)));
    }
    for element in root.children("WELL-KNOWN-TRADEMARK") {
        let words: Vec<_> = element.elements().map(Element::text).filter(|text| !text.is_empty()).collect();
        if !words.is_empty() {
            record.facts.push(("well_known".to_owned(), words.join("；")));
        }
    }
}
