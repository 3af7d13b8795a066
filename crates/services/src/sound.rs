//! Whether an item can be stored: both languages everywhere, sizes, what must not contradict.

use std::collections::BTreeSet;

use network::Fault;

use crate::definition::form_faults;
use crate::kinds::fault;
use crate::{FieldKind, Item, Limit, Material, Need, Processing, Text};

/// Entries of a list at most.
const MOST_ENTRIES: usize = 60;
/// Bytes of an item as JSON at most.
const MOST_BYTES: usize = 400_000;

/// How long a text may be.
#[derive(Clone, Copy)]
pub(crate) struct Texts(usize);

impl Texts {
    /// A title or label.
    pub(crate) const LINE: Self = Self(200);
    /// A paragraph.
    pub(crate) const LONG: Self = Self(4_000);
}

/// Notes what is wrong with a text: one language missing, too long, control characters.
pub(crate) fn words(faults: &mut Vec<Fault>, most: Texts, path: &str, text: &Text) {
    for (lang, words) in [("zh", &text.zh), ("en", &text.en)] {
        let path = format!("{path}.{lang}");
        let control = |c: char| c.is_control() && c != '\n';
        if words.trim().is_empty() {
            faults.push(fault(&path, "不能为空", "must not be empty"));
        } else if words.chars().count() > most.0 {
            let zh = format!("最多 {} 个字符", most.0);
            faults.push(fault(&path, zh, format!("takes {} characters at most", most.0)));
        } else if words.trim() != words || words.contains(control) {
            let zh = "首尾不能有空白，不能含控制字符";
            faults.push(fault(&path, zh, "must not begin or end with white space or hold control characters"));
        }
    }
}

/// What keeps an item from being stored; empty when it can be. [`Fault::field`] is the path of the element.
pub fn faults(item: &Item) -> Vec<Fault> {
    let mut faults = Vec::new();
    all_texts(item, &mut faults);
    lines(item, &mut faults);
    lists(item, &mut faults);
    limits(item, &mut faults);
    materials(item, &mut faults);
    dates(item, &mut faults);
    form_faults(&item.form, &mut faults);
    let size = serde_json::to_vec(item).map_or(usize::MAX, |json| json.len());
    if size > MOST_BYTES {
        faults.push(fault("", "事项内容过长", "the item is too long: 400,000 bytes at most"));
    }
    faults
}

fn all_texts(item: &Item, faults: &mut Vec<Fault>) {
    let mut line = |path: &str, text: &Text| words(faults, Texts::LINE, path, text);
    line("title", &item.title);
    line("body.name", &item.body.name);
    line("result.name", &item.result.name);
    item.materials.iter().enumerate().for_each(|(at, material)| line(&format!("materials.{at}.name"), &material.name));
    item.steps.iter().enumerate().for_each(|(at, step)| line(&format!("steps.{at}.name"), &step.name));
    item.fees.iter().enumerate().for_each(|(at, fee)| line(&format!("fees.{at}.name"), &fee.name));
    item.special.iter().enumerate().for_each(|(at, special)| line(&format!("special.{at}.name"), &special.name));
    item.basis.iter().enumerate().for_each(|(at, basis)| line(&format!("basis.{at}.name"), &basis.name));
    for (path, text) in long_texts(item) {
        words(faults, Texts::LONG, &path, text);
    }
}

/// Every text that may be a paragraph, with its path.
fn long_texts<'a>(item: &'a Item) -> Vec<(String, &'a Text)> {
    let optional = [
        ("division_of_power", &item.division_of_power),
        ("working_unit", &item.working_unit),
        ("joint_bodies", &item.joint_bodies),
        ("intermediaries", &item.intermediaries),
        ("quota", &item.quota),
        ("area", &item.area),
        ("access", &item.access),
        ("place", &item.place),
        ("hours", &item.hours),
        ("supervision", &item.supervision),
        ("notified_promise", &item.notified_promise),
    ];
    let mut texts: Vec<(String, &'a Text)> =
        optional.into_iter().filter_map(|(path, text)| Some((path.to_owned(), text.as_ref()?))).collect();
    texts.push(("summary".to_owned(), &item.summary));
    texts.push(("progress".to_owned(), &item.progress));
    let mut list = |path: &str, all: Vec<&'a Text>| {
        for (at, text) in all.into_iter().enumerate() {
            texts.push((format!("{path}.{at}"), text));
        }
    };
    list("conditions", item.conditions.iter().collect());
    list("conveniences", item.conveniences.iter().collect());
    list("quality", item.quality.iter().collect());
    let mut part = |path: &str, at: usize, name: &str, text: Option<&'a Text>| {
        texts.extend(text.map(|text| (format!("{path}.{at}.{name}"), text)));
    };
    for (at, step) in item.steps.iter().enumerate() {
        part("steps", at, "what", Some(&step.what));
    }
    for (at, material) in item.materials.iter().enumerate() {
        part("materials", at, "issuer", material.issuer.as_ref());
        part("materials", at, "when", material.when.as_ref());
    }
    for (at, fee) in item.fees.iter().enumerate() {
        part("fees", at, "amount", Some(&fee.amount));
        part("fees", at, "basis", Some(&fee.basis));
    }
    for (at, asked) in item.questions.iter().enumerate() {
        part("questions", at, "question", Some(&asked.question));
        part("questions", at, "answer", Some(&asked.answer));
    }
    for (at, basis) in item.basis.iter().enumerate() {
        part("basis", at, "article", basis.article.as_ref());
    }
    for (at, special) in item.special.iter().enumerate() {
        part("special", at, "ground", special.ground.as_ref());
    }
    let noted = all_limits(item).filter_map(|(path, limit)| Some((format!("{path}.note"), limit.note.as_ref()?)));
    texts.extend(noted);
    texts
}

/// Every limit with its path.
fn all_limits(item: &Item) -> impl Iterator<Item = (String, &Limit)> {
    let named = [
        ("acceptance_limit", &item.acceptance_limit),
        ("supplement_limit", &item.supplement_limit),
        ("statutory_limit", &item.statutory_limit),
        ("promised_limit", &item.promised_limit),
    ];
    let of_steps = item.steps.iter().enumerate();
    let of_steps = of_steps.filter_map(|(at, step)| Some((format!("steps.{at}.limit"), step.limit.as_ref()?)));
    let of_special = item.special.iter().enumerate();
    let of_special = of_special.filter_map(|(at, one)| Some((format!("special.{at}.limit"), one.limit.as_ref()?)));
    let named = named.into_iter().filter_map(|(path, limit)| Some((path.to_owned(), limit.as_ref()?)));
    named.chain(of_steps).chain(of_special)
}

/// Texts of one language: codes, telephones, addresses.
fn lines(item: &Item, faults: &mut Vec<Fault>) {
    let named = [
        ("basic_code", &item.basic_code),
        ("implementation_code", &item.implementation_code),
        ("body.code", &item.body.code),
        ("consultation_telephone", &item.consultation_telephone),
        ("complaint_telephone", &item.complaint_telephone),
    ];
    let links = item.materials.iter().enumerate();
    let links = links.map(|(at, material)| (format!("materials.{at}.form_link"), &material.form_link));
    let links = links.chain([("result.sample".to_owned(), &item.result.sample)]);
    for (path, line) in named.into_iter().filter_map(|(path, line)| Some((path, line.as_ref()?))) {
        if line.trim().is_empty() || line.trim() != line || line.chars().count() > 60 || line.contains(char::is_control)
        {
            faults.push(fault(path, "1 至 60 个字符", "takes 1 to 60 characters"));
        }
    }
    for (path, link) in links.filter_map(|(path, link)| Some((path, link.as_ref()?))) {
        let local = link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/\\");
        let sound = (local || link.starts_with("https://") || link.starts_with("http://")) && link.len() <= 500;
        if !sound || link.contains(|c: char| c.is_control() || c.is_whitespace()) {
            let zh = "网址须以 https://、http:// 或 / 开头";
            faults.push(fault(&path, zh, "an address begins with https://, http:// or /"));
        }
    }
    for (at, number) in item.basis.iter().enumerate().filter_map(|(at, basis)| Some((at, basis.number.as_ref()?))) {
        if number.trim().is_empty() || number.chars().count() > 60 {
            let (path, zh) = (format!("basis.{at}.number"), "文号为 1 至 60 个字符");
            faults.push(fault(&path, zh, "the number of a document takes 1 to 60 characters"));
        }
    }
}

fn lists(item: &Item, faults: &mut Vec<Fault>) {
    let lengths = [
        ("conditions", item.conditions.len()),
        ("objects", item.objects.len()),
        ("channels", item.channels.len()),
        ("special", item.special.len()),
        ("materials", item.materials.len()),
        ("steps", item.steps.len()),
        ("records", item.records.len()),
        ("fees", item.fees.len()),
        ("questions", item.questions.len()),
        ("conveniences", item.conveniences.len()),
        ("quality", item.quality.len()),
        ("basis", item.basis.len()),
    ];
    for (path, _) in lengths.iter().filter(|(_, length)| *length > MOST_ENTRIES) {
        faults.push(fault(path, format!("最多 {MOST_ENTRIES} 项"), format!("takes {MOST_ENTRIES} entries at most")));
    }
    for path in ["conditions", "objects", "channels", "steps"] {
        if lengths.iter().any(|(name, length)| *name == path && *length == 0) {
            faults.push(fault(path, "至少一项", "needs an entry at least"));
        }
    }
    let twice = item.objects.iter().collect::<BTreeSet<_>>().len() != item.objects.len()
        || item.channels.iter().collect::<BTreeSet<_>>().len() != item.channels.len()
        || item.records.iter().collect::<BTreeSet<_>>().len() != item.records.len();
    if twice {
        faults.push(fault(
            "objects",
            "服务对象、办理形式或留痕环节重复",
            "a kind of client, channel or record stands twice",
        ));
    }
}

fn limits(item: &Item, faults: &mut Vec<Fault>) {
    for (path, _) in all_limits(item).filter(|(_, limit)| limit.number > 3_650) {
        faults.push(fault(&path, "时限过长", "the limit is too long: 3,650 at most"));
    }
    let same_unit = |one: &Limit, other: &Limit| one.unit == other.unit && one.number > other.number;
    if let (Some(promised), Some(statutory)) = (&item.promised_limit, &item.statutory_limit)
        && same_unit(promised, statutory)
    {
        faults.push(fault(
            "promised_limit",
            "承诺时限不能长于法定时限",
            "the promised limit cannot be longer than the statutory one",
        ));
    }
    if item.processing == Processing::Promised && item.promised_limit.is_none() {
        faults.push(fault("promised_limit", "承诺件须写明承诺时限", "an item within a promised time says which"));
    }
}

fn materials(item: &Item, faults: &mut Vec<Fault>) {
    let takes = |key: &str| item.form.field(key).is_some_and(|field| matches!(field.kind, FieldKind::File(_)));
    for (at, material) in item.materials.iter().enumerate() {
        let path = |part: &str| format!("materials.{at}.{part}");
        let Material { originals, copies, need, when, field, .. } = material;
        if *originals > 100 || *copies > 100 {
            faults.push(fault(&path("copies"), "份数过多", "so many pieces are not asked for"));
        }
        if *need == Need::Conditional && when.is_none() {
            let zh = "视情形提供的材料须写明情形";
            faults.push(fault(&path("when"), zh, "say in which case the material is needed"));
        }
        if field.as_deref().is_some_and(|key| !takes(key)) {
            faults.push(fault(&path("field"), "表单中没有该上传项", "the form has no field for files of that key"));
        }
    }
}

fn dates(item: &Item, faults: &mut Vec<Fault>) {
    let turned = item.basis.iter().any(|basis| basis.from.zip(basis.to).is_some_and(|(from, to)| from >= to));
    if turned {
        faults.push(fault("basis", "依据的失效日期须晚于生效日期", "a basis ends after it begins"));
    }
}

#[cfg(test)]
#[path = "sound_tests.rs"]
mod tests;
