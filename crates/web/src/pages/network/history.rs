//! What happened to an organisation, and in which of its particulars two profiles differ.

use jiff::civil::Date;
use network::{Change, ChangeKind, Profile};

use crate::frame::Visit;
use crate::words::grouped;

/// One change, newest first.
pub(crate) struct ChangeView {
    pub(crate) from: String,
    pub(crate) what: &'static str,
    /// Whether it begins after today.
    pub(crate) planned: bool,
    /// A later change of the same day took its place.
    pub(crate) replaced: bool,
    pub(crate) reason: Option<String>,
    pub(crate) recorded: String,
    /// Who confirmed.
    pub(crate) by: Option<String>,
    pub(crate) differences: Vec<Difference>,
}

/// A field with what it was and what it is; empty for unknown.
pub(crate) struct Difference {
    pub(crate) field: &'static str,
    pub(crate) name: &'static str,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Names of the particulars in both languages.
const NAMES: [(&str, &str, &str); 21] = [
    ("name_zh", "中文名称", "Chinese name"),
    ("name_en", "英文名称", "English name"),
    ("kind", "类别", "Kind"),
    ("level", "级别", "Level"),
    ("region", "行政区划代码", "Region code"),
    ("code", "统一社会信用代码", "Credit code"),
    ("services", "提供的事项", "Services"),
    ("hours", "服务时间", "Opening hours"),
    ("telephone", "咨询电话", "Telephone"),
    ("complaint_telephone", "投诉电话", "Telephone for complaints"),
    ("email", "电子邮箱", "E-mail"),
    ("website", "网址", "Web site"),
    ("address", "地址", "Address"),
    ("postcode", "邮政编码", "Postal code"),
    ("latitude", "纬度", "Latitude"),
    ("longitude", "经度", "Longitude"),
    ("accessibility", "无障碍设施", "Accessibility"),
    ("qualification", "资质", "Qualification"),
    ("promise", "服务承诺", "Promise"),
    ("full_time", "专职人员", "Full-time staff"),
    ("part_time", "兼职人员", "Part-time staff"),
];

/// The name of a particular.
pub(crate) fn name(field: &str, visit: &Visit) -> &'static str {
    NAMES.iter().find(|(known, ..)| *known == field).map_or("", |(_, zh, en)| visit.lang.t(zh, en))
}

/// A particular as people read it.
pub(crate) fn shown(field: &str, profile: &Profile, visit: &Visit) -> String {
    let lang = visit.lang.code();
    match field {
        "kind" => profile.kind.label(lang).to_owned(),
        "level" => profile.level.label(lang).to_owned(),
        "hours" => network::hours_lines(&profile.hours, lang).join("; "),
        "full_time" => profile.full_time.map_or_else(String::new, |staff| grouped(staff.into())),
        "part_time" => profile.part_time.map_or_else(String::new, |staff| grouped(staff.into())),
        field => text(field, profile),
    }
}

/// A particular as forms and files write it.
pub(crate) fn text(field: &str, profile: &Profile) -> String {
    let told = network::write_profile(profile);
    told.into_iter().find(|(known, _)| *known == field).map_or_else(String::new, |(_, text)| text)
}

/// The fields in which two profiles differ.
pub(crate) fn differences(before: &Profile, after: &Profile, visit: &Visit) -> Vec<Difference> {
    let (old, new) = (network::write_profile(before), network::write_profile(after));
    let differing = old.into_iter().zip(new).filter(|(old, new)| old != new);
    let difference = |((field, _), _): ((&'static str, String), _)| Difference {
        field,
        name: name(field, visit),
        before: shown(field, before, visit),
        after: shown(field, after, visit),
    };
    differing.map(difference).collect()
}

/// The changes as the page shows them, newest first.
pub(crate) fn changes(changes: &[Change], today: Date, visit: &Visit) -> Vec<ChangeView> {
    let view = |change: &Change| {
        let earlier = changes.iter().filter(|other| other.version < change.version && other.from <= change.from);
        let before = earlier.max_by_key(|other| (other.from, other.version));
        ChangeView {
            from: change.from.to_string(),
            what: change.change.label(visit.lang.code()),
            planned: change.from > today,
            replaced: change.to == Some(change.from),
            reason: change.reason.clone(),
            recorded: network::local(change.recorded_at).date().to_string(),
            by: change
                .confirmed
                .as_ref()
                .filter(|_| change.change == ChangeKind::Confirmed)
                .map(|confirmed| confirmed.by.clone()),
            differences: before.map_or_else(Vec::new, |before| differences(&before.profile, &change.profile, visit)),
        }
    };
    let mut views: Vec<(Date, i64, ChangeView)> =
        changes.iter().map(|change| (change.from, change.version, view(change))).collect();
    views.sort_by_key(|(from, version, _)| std::cmp::Reverse((*from, *version)));
    views.into_iter().map(|(.., view)| view).collect()
}
