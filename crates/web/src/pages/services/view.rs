//! What a guide tells, ready for the template.

use services::{Item, Limit, Need, Processing, Step, Text, Version, VersionState};

use crate::frame::Visit;
use crate::pages::request_form::{Outline, outline};

/// A guide in the language of the page.
pub(crate) struct GuideView {
    pub(crate) code: String,
    pub(crate) title: String,
    /// The title in the other language.
    pub(crate) other_title: String,
    pub(crate) group: &'static str,
    pub(crate) theme: &'static str,
    pub(crate) summary: String,
    /// The main facts: name, value.
    pub(crate) glance: Vec<(&'static str, String)>,
    pub(crate) objects: String,
    pub(crate) conditions: Vec<String>,
    /// Whence and how many: name, value.
    pub(crate) scope: Vec<(&'static str, String)>,
    pub(crate) materials: Vec<MaterialView>,
    pub(crate) notified_promise: Option<String>,
    pub(crate) steps: Vec<StepView>,
    /// Name of the limit, how long, note.
    pub(crate) limits: Vec<(&'static str, String, Option<String>)>,
    /// Special procedures: what, how long at most, why.
    pub(crate) special: Vec<(String, String, Option<String>)>,
    /// What for, how much, by which rule.
    pub(crate) fees: Vec<(String, String, String)>,
    pub(crate) result: String,
    pub(crate) sample: Option<Address>,
    pub(crate) delivery: Vec<&'static str>,
    pub(crate) channels: Vec<&'static str>,
    pub(crate) ways: Vec<(&'static str, String)>,
    pub(crate) telephone: Option<Telephone>,
    pub(crate) progress: String,
    pub(crate) supervision: Option<String>,
    pub(crate) complaint: Option<Telephone>,
    pub(crate) records: Vec<&'static str>,
    pub(crate) questions: Vec<(String, String)>,
    pub(crate) conveniences: Vec<String>,
    pub(crate) quality: Vec<String>,
    pub(crate) basis: Vec<BasisView>,
    /// Particulars of the catalogue.
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) asked: Vec<Outline>,
}

pub(crate) use crate::pages::network::Telephone;

/// Something to bring.
pub(crate) struct MaterialView {
    pub(crate) name: String,
    pub(crate) issuer: String,
    /// How many of which form.
    pub(crate) form: String,
    pub(crate) need: &'static str,
    pub(crate) required: bool,
    pub(crate) when: Option<String>,
    pub(crate) blank: Option<Address>,
}

/// An address, here or on another site.
pub(crate) struct Address {
    pub(crate) href: String,
    pub(crate) outside: bool,
}

/// A step of the work.
pub(crate) struct StepView {
    pub(crate) name: String,
    pub(crate) what: String,
    pub(crate) limit: Option<String>,
}

/// A document that it rests on.
pub(crate) struct BasisView {
    pub(crate) name: String,
    pub(crate) article: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) span: Option<String>,
}

/// Where a version stands, in words and as the class of a badge.
pub(crate) const fn state_class(state: VersionState) -> &'static str {
    match state {
        VersionState::Published => "status-in-force",
        VersionState::Draft => "status-pending",
        VersionState::Withdrawn => "status-withdrawn",
        VersionState::Discarded => "status-lapsed",
    }
}

/// From when to when a version holds, the last day included.
pub(crate) fn span(version: &Version, visit: &Visit) -> String {
    let last = version.to.and_then(|to| to.yesterday().ok());
    match (version.from, last) {
        (None, _) => visit.t("尚未生效", "not in force yet").to_owned(),
        (Some(from), Some(last)) => format!("{from} – {last}"),
        (Some(from), None) => format!("{}{from}{}", visit.t("自 ", "since "), visit.t(" 起", "")),
    }
}

impl Address {
    fn new(href: &str) -> Self {
        Self { href: href.to_owned(), outside: !href.starts_with('/') }
    }
}

impl GuideView {
    pub(crate) fn new(item: &Item, visit: &Visit) -> Self {
        let lang = visit.lang.code();
        let words = |text: &Text| text.text(lang).to_owned();
        let all = |texts: &[Text]| texts.iter().map(words).collect::<Vec<_>>();
        let some = |text: &Option<Text>| text.as_ref().map(words);
        let pairs = |list: Vec<(&'static str, &'static str, Option<String>)>| {
            let told = list.into_iter().filter_map(|(zh, en, value)| Some((visit.lang.t(zh, en), value?)));
            told.collect::<Vec<_>>()
        };
        let objects: Vec<&str> = item.objects.iter().map(|object| object.label(lang)).collect();
        let delivery = [
            (item.appointment, visit.lang.t("可预约", "by appointment")),
            (item.online, visit.lang.t("全程网办", "wholly on the web")),
            (item.online_payment, visit.lang.t("可网上支付", "paid on the web")),
            (item.delivery, visit.lang.t("结果可邮寄", "result sent by courier")),
        ];
        Self {
            code: item.code.to_string(),
            title: words(&item.title),
            other_title: item.title.text(visit.lang.other().code()).to_owned(),
            group: item.group.label(lang),
            theme: item.theme.label(lang),
            summary: words(&item.summary),
            glance: glance(item, visit),
            objects: objects.join(visit.t("、", ", ")),
            conditions: all(&item.conditions),
            scope: pairs(vec![
                ("通办范围", "From where", some(&item.area)),
                ("数量限制", "Quota", some(&item.quota)),
                ("中介服务", "Needed from others", some(&item.intermediaries)),
            ]),
            materials: item.materials.iter().map(|material| MaterialView::new(material, visit)).collect(),
            notified_promise: some(&item.notified_promise),
            steps: item.steps.iter().map(|step| StepView::new(step, visit)).collect(),
            limits: limits(item, visit),
            special: item
                .special
                .iter()
                .map(|one| {
                    let most = one.limit.as_ref().map_or_else(String::new, |limit| limit.text(lang));
                    (format!("{} · {}", one.kind.label(lang), words(&one.name)), most, some(&one.ground))
                })
                .collect(),
            fees: item.fees.iter().map(|fee| (words(&fee.name), words(&fee.amount), words(&fee.basis))).collect(),
            result: words(&item.result.name),
            sample: item.result.sample.as_deref().map(Address::new),
            delivery: delivery.into_iter().filter_map(|(is, name)| is.then_some(name)).collect(),
            channels: item.channels.iter().map(|channel| channel.label(lang)).collect(),
            ways: pairs(vec![
                ("获取途径", "Where to go", some(&item.access)),
                ("办理地点", "Place", some(&item.place)),
                ("办理时间", "Hours", some(&item.hours)),
            ]),
            telephone: item.consultation_telephone.as_deref().and_then(Telephone::new),
            progress: words(&item.progress),
            supervision: some(&item.supervision),
            complaint: item.complaint_telephone.as_deref().and_then(Telephone::new),
            records: item.records.iter().map(|record| record.label(lang)).collect(),
            questions: item.questions.iter().map(|one| (words(&one.question), words(&one.answer))).collect(),
            conveniences: all(&item.conveniences),
            quality: all(&item.quality),
            basis: item.basis.iter().map(|basis| BasisView::new(basis, visit)).collect(),
            facts: facts(item, visit),
            asked: outline(&item.form, visit.lang),
        }
    }
}

fn glance(item: &Item, visit: &Visit) -> Vec<(&'static str, String)> {
    let lang = visit.lang.code();
    let mut all = Vec::new();
    if let Some(limit) = &item.promised_limit {
        all.push((visit.lang.t("承诺时限", "Promised within"), limit.text(lang)));
    } else if item.processing == Processing::AtOnce {
        all.push((visit.lang.t("办理时限", "Time"), item.processing.label(lang).to_owned()));
    }
    if let Some(limit) = &item.statutory_limit {
        all.push((visit.lang.t("法定时限", "By law within"), limit.text(lang)));
    }
    let fee = match item.fees.len() {
        0 => visit.t("免费", "Free").to_owned(),
        _ => item.fees.iter().map(|fee| fee.name.text(lang)).collect::<Vec<_>>().join(visit.t("、", ", ")),
    };
    all.push((visit.lang.t("费用", "Fee"), fee));
    let required = item.materials.iter().filter(|material| material.need == Need::Required).count();
    let papers = match (item.materials.len(), required) {
        (0, _) => visit.t("无需提交材料", "none").to_owned(),
        (all, required) => match lang {
            "zh" => format!("{all} 项，其中必备 {required} 项"),
            _ => format!("{all}, {required} of them required"),
        },
    };
    all.push((visit.lang.t("材料", "Papers"), papers));
    all.push((visit.lang.t("结果", "Result"), item.result.name.text(lang).to_owned()));
    all
}

fn limits(item: &Item, visit: &Visit) -> Vec<(&'static str, String, Option<String>)> {
    let lang = visit.lang.code();
    let named: [(&str, &str, &Option<Limit>); 4] = [
        ("受理时限", "Accepted or refused within", &item.acceptance_limit),
        ("补正时限", "Supplements within", &item.supplement_limit),
        ("法定办结时限", "Finished by law within", &item.statutory_limit),
        ("承诺办结时限", "Finished as promised within", &item.promised_limit),
    ];
    let told = named.into_iter().filter_map(|(zh, en, limit)| {
        let limit = limit.as_ref()?;
        Some((visit.lang.t(zh, en), limit.text(lang), limit.note.as_ref().map(|note| note.text(lang).to_owned())))
    });
    told.collect()
}

fn facts(item: &Item, visit: &Visit) -> Vec<(&'static str, String)> {
    let lang = visit.lang.code();
    let words = |text: &Text| text.text(lang).to_owned();
    let body = match &item.body.code {
        Some(code) => format!("{} ({code})", words(&item.body.name)),
        None => words(&item.body.name),
    };
    let all: [(&str, &str, Option<String>); 10] = [
        ("事项类型", "Type", Some(item.item_type.label(lang).to_owned())),
        ("办件类型", "Kind of processing", Some(item.processing.label(lang).to_owned())),
        ("行使层级", "Level of exercise", Some(item.level.label(lang).to_owned())),
        ("权限划分", "Division of power", item.division_of_power.as_ref().map(words)),
        ("实施主体", "Implementing body", Some(body)),
        ("实施主体性质", "Nature of the body", Some(item.body.nature.label(lang).to_owned())),
        ("承办机构", "Working unit", item.working_unit.as_ref().map(words)),
        ("联办机构", "Joint bodies", item.joint_bodies.as_ref().map(words)),
        ("基本编码", "Basic code", item.basic_code.clone()),
        ("实施编码", "Implementation code", item.implementation_code.clone()),
    ];
    all.into_iter().filter_map(|(zh, en, value)| Some((visit.lang.t(zh, en), value?))).collect()
}

impl MaterialView {
    fn new(material: &services::Material, visit: &Visit) -> Self {
        let lang = visit.lang.code();
        let words = |text: &Text| text.text(lang).to_owned();
        let pieces = |number: u32, zh: &str, en: &str| {
            (number > 0).then(|| match lang {
                "zh" => format!("{zh} {number} 份"),
                _ => format!("{number} {en}"),
            })
        };
        let form = [pieces(material.originals, "原件", "original"), pieces(material.copies, "复印件", "copy")];
        let form: Vec<String> = form.into_iter().flatten().collect();
        Self {
            name: words(&material.name),
            issuer: material.issuer.as_ref().map_or_else(|| visit.t("申请人自备", "written by you").to_owned(), words),
            form: if form.is_empty() {
                visit.t("电子件", "electronic").to_owned()
            } else {
                form.join(visit.t("、", ", "))
            },
            need: material.need.label(lang),
            required: material.need == Need::Required,
            when: material.when.as_ref().map(words),
            blank: material.form_link.as_deref().map(Address::new),
        }
    }
}

impl StepView {
    fn new(step: &Step, visit: &Visit) -> Self {
        let lang = visit.lang.code();
        Self {
            name: step.name.text(lang).to_owned(),
            what: step.what.text(lang).to_owned(),
            limit: step.limit.as_ref().map(|limit| limit.text(lang)),
        }
    }
}

impl BasisView {
    fn new(basis: &services::Basis, visit: &Visit) -> Self {
        let lang = visit.lang.code();
        let span = match (basis.from, basis.to) {
            (None, None) => None,
            (Some(from), None) => Some(format!("{}{from}{}", visit.t("自 ", "since "), visit.t(" 起施行", ""))),
            (from, Some(to)) => {
                let from = from.map_or_else(String::new, |from| from.to_string());
                Some(format!("{from} – {}", to.yesterday().unwrap_or(to)))
            }
        };
        Self {
            name: basis.name.text(lang).to_owned(),
            article: basis.article.as_ref().map(|article| article.text(lang).to_owned()),
            number: basis.number.clone(),
            span,
        }
    }
}
