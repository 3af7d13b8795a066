//! The form of the particulars.

use jiff::civil::Date;
use network::{Fault, Kind, Level, Profile};

use super::directory::choices;
use super::history;
use crate::form::{FieldView, GroupView};
use crate::frame::Visit;
use crate::sent::Sent;

/// Groups of fields in both languages.
const GROUPS: [(&str, &str, &[&str]); 4] = [
    ("名称与类别", "Name and kind", &["name_zh", "name_en", "kind", "level", "region", "code"]),
    (
        "联系方式",
        "How to reach it",
        &["telephone", "complaint_telephone", "email", "website", "address", "postcode", "latitude", "longitude"],
    ),
    ("服务", "Services", &["hours", "services", "qualification", "promise", "accessibility"]),
    ("人员", "Staff", &["full_time", "part_time"]),
];

/// The groups with these values; with `only`, no other fields.
pub(crate) fn groups(
    value: impl Fn(&'static str) -> String,
    faults: &[Fault],
    only: Option<&[&str]>,
    visit: &Visit,
) -> Vec<GroupView> {
    let wanted = |name: &&&'static str| only.is_none_or(|only| only.contains(*name));
    let group = |(zh, en, names): &(&'static str, &'static str, &[&'static str])| GroupView {
        name: visit.lang.t(zh, en).to_owned(),
        fields: names.iter().filter(wanted).map(|name| field(name, value(name), faults, visit)).collect(),
    };
    GROUPS.iter().map(group).filter(|group| !group.fields.is_empty()).collect()
}

fn field(name: &'static str, value: String, faults: &[Fault], visit: &Visit) -> FieldView {
    let lang = visit.lang.code();
    let (form, typed) = match name {
        "kind" | "level" => ("choice", ""),
        "hours" | "services" | "qualification" | "promise" | "accessibility" | "address" => ("area", ""),
        "telephone" | "complaint_telephone" => ("text", "tel"),
        "email" => ("text", "email"),
        "website" => ("text", "url"),
        "full_time" | "part_time" | "region" => ("text", "numeric"),
        _ => ("text", ""),
    };
    let choices = match name {
        "kind" => choices(Kind::ALL, value.parse().ok(), Kind::code, |kind| kind.label(lang)),
        "level" => choices(Level::ALL, value.parse().ok(), Level::code, |level| level.label(lang)),
        _ => Vec::new(),
    };
    let field = FieldView::new(name, history::name(name, visit), form).value(value).typed(typed).choices(choices);
    let field = field.hint(hint(name, visit)).of(faults, visit.lang);
    if matches!(name, "name_zh" | "kind" | "level" | "region") { field.needed() } else { field }
}

fn hint(name: &str, visit: &Visit) -> &'static str {
    let (zh, en) = match name {
        "hours" => (
            "每行一段：周一-周五 09:00-12:00；午休分两行",
            "One span a line: Monday-Friday 09:00-12:00; a break makes two lines",
        ),
        "services" => ("事项代码，用空格分开", "Codes of service items with blanks between them"),
        "region" => (
            "GB/T 2260 六位代码，如 500106；全国为 000000",
            "Six digits of GB/T 2260, such as 500106; 000000 for the whole country",
        ),
        "code" => ("GB 32100，18 位", "GB 32100, 18 characters"),
        "latitude" | "longitude" => ("WGS 84，度", "WGS 84, degrees"),
        "full_time" => ("网点须至少 2 人", "Outlets need at least 2"),
        "website" => ("以 https:// 或 http:// 开头", "Begins with https:// or http://"),
        _ => ("", ""),
    };
    visit.lang.t(zh, en)
}

/// The text of a field as a form shows it.
pub(crate) fn text(field: &'static str, profile: &Profile, visit: &Visit) -> String {
    match field {
        "hours" => network::hours_lines(&profile.hours, visit.lang.code()).join("\n"),
        field => history::text(field, profile),
    }
}

/// The particulars that a form sent; fields that it does not have stay as they are in `now`. With `only`, what else was
/// sent is passed over.
pub(crate) fn read(sent: &Sent, now: Option<&Profile>, only: Option<&[&str]>) -> Result<Profile, Vec<Fault>> {
    network::read_profile(&|field| {
        let own = only.is_none_or(|only| only.contains(&field));
        let given = sent.given(field).filter(|_| own).map(str::to_owned);
        given.or_else(|| now.map(|now| history::text(field, now))).unwrap_or_default()
    })
}

/// Faults that belong to no field of the form.
pub(crate) fn others(faults: &[Fault], visit: &Visit) -> Vec<String> {
    let known = |field: &str| GROUPS.iter().any(|(.., names)| names.contains(&field));
    let told = |fault: &Fault| {
        let text = fault.text(visit.lang.code()).to_owned();
        let name = history::name(&fault.field, visit);
        if name.is_empty() { text } else { format!("{name}: {text}") }
    };
    faults.iter().filter(|fault| !known(&fault.field) || fault.field == "position").map(told).collect()
}

/// The day of a change as a form shows it.
pub(crate) fn from(sent: &Sent, today: Date) -> String {
    sent.given("from").filter(|text| !text.is_empty()).map_or_else(|| today.to_string(), str::to_owned)
}
