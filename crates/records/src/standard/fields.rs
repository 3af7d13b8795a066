//! The fields whose presence is counted.

use crate::Part;

/// A field of a part for counting.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name as in [`crate::Record`].
    pub name: &'static str,
    /// Name in Chinese.
    pub chinese: &'static str,
    /// Name in English.
    pub english: &'static str,
    present: fn(&Part) -> bool,
}

impl Field {
    /// Whether the part says something in this field.
    pub fn is_present(&self, part: &Part) -> bool {
        (self.present)(part)
    }
}

/// Every counted field, in the order of the report.
pub const FIELDS: [Field; 28] = [
    field("application_number", "申请号", "application number", |p| p.subject.application.is_some()),
    field("publications", "公布公告", "publications", |p| {
        !p.record.publications.is_empty() || !p.subject.publications.is_empty()
    }),
    field("registration_number", "注册号/专利号", "registration number", |p| {
        p.record.registration_number.is_some()
    }),
    field("titles", "名称", "title", |p| p.record.titles.iter().any(|text| !text.text.trim().is_empty())),
    field("abstracts", "摘要", "abstract", |p| !p.record.abstracts.is_empty()),
    field("claims", "权利要求", "claims", |p| !p.record.claims.is_empty()),
    field("description", "说明书", "description", |p| p.record.description.as_ref().is_some_and(|d| !d.is_empty())),
    field("applicants", "申请人", "applicants", |p| !p.record.applicants.is_empty()),
    field("owners", "权利人", "owners", |p| !p.record.owners.is_empty()),
    field("inventors", "发明人/设计人", "inventors", |p| !p.record.inventors.is_empty()),
    field("agents", "代理", "agents", |p| !p.record.agents.is_empty()),
    field("filing_date", "申请日", "filing date", |p| p.record.filing_date.is_some()),
    field("publication_date", "公布日", "publication date", |p| {
        p.record.publications.iter().any(|one| one.date.is_some())
    }),
    field("grant_date", "授权/注册日", "grant date", |p| p.record.grant_date.is_some()),
    field("expiry_date", "届满日", "expiry date", |p| p.record.expiry_date.is_some()),
    field("priorities", "优先权", "priorities", |p| !p.record.priorities.is_empty()),
    field("ipc", "国际专利分类", "IPC", |p| !p.record.ipc.is_empty()),
    field("cpc", "联合专利分类", "CPC", |p| !p.record.cpc.is_empty()),
    field("locarno", "洛迦诺分类", "Locarno", |p| !p.record.locarno.is_empty()),
    field("nice", "尼斯分类", "Nice", |p| !p.record.nice.is_empty()),
    field("vienna", "维也纳分类", "Vienna", |p| !p.record.vienna.is_empty()),
    field("citations", "引文", "citations", |p| !p.record.citations.is_empty()),
    field("related", "相关申请", "related filings", |p| !p.record.related.is_empty()),
    field("family_id", "同族", "family", |p| p.record.family_id.is_some()),
    field("images", "图片", "images", |p| !p.record.images.is_empty()),
    field("events", "法律事件", "legal events", |p| !p.record.events.is_empty()),
    field("office_status", "官方状态", "office status", |p| p.record.office_status.is_some()),
    field("area", "产地范围", "area", |p| has_fact(p, "area")),
];

const fn field(name: &'static str, chinese: &'static str, english: &'static str, present: fn(&Part) -> bool) -> Field {
    Field { name, chinese, english, present }
}

fn has_fact(part: &Part, name: &str) -> bool {
    part.record.facts.iter().any(|(fact, value)| fact == name && !value.trim().is_empty())
}

/// Whether each of [`FIELDS`] is there, in their order.
pub fn completeness(part: &Part) -> [(&'static str, bool); FIELDS.len()] {
    FIELDS.map(|field| (field.name, field.is_present(part)))
}

/// The field of this name.
pub(super) fn by_name(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}
