//! What each kind of field takes for an answer.

use std::collections::BTreeSet;

use jiff::civil::Date;
use network::{Fault, RegionCode};
use serde_json::Value;

use crate::{Choice, FieldKind, FileKind, FileRule, Text};

/// Characters of one line where the field sets no other number.
pub(crate) const USUAL_LINE: u32 = 200;
/// Characters of several lines where the field sets no other number.
pub(crate) const USUAL_LINES: u32 = 4_000;

pub(crate) fn fault(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault { field: field.to_owned(), zh: zh.into(), en: en.into() }
}

/// A fault of one answer, with the label of its field before it.
struct Told<'a> {
    label: &'a Text,
    path: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Told<'_> {
    fn tell(&mut self, zh: impl AsRef<str>, en: impl AsRef<str>) {
        let zh = format!("「{}」{}", self.label.zh, zh.as_ref());
        self.faults.push(fault(self.path, zh, format!("«{}» {}", self.label.en, en.as_ref())));
    }
}

/// What is wrong with an answer that is not empty. Groups are walked elsewhere.
pub(crate) fn value_faults(kind: &FieldKind, label: &Text, path: &str, value: &Value, faults: &mut Vec<Fault>) {
    let mut told = Told { label, path, faults };
    match kind {
        FieldKind::Text { most } => text(value, most.unwrap_or(USUAL_LINE), false, &mut told),
        FieldKind::LongText { most } => text(value, most.unwrap_or(USUAL_LINES), true, &mut told),
        FieldKind::Organisation => text(value, USUAL_LINE, false, &mut told),
        FieldKind::Number { least, most, whole, .. } => number(value, (*least, *most, *whole), &mut told),
        FieldKind::Date { from, to } => date(value, (*from, *to), &mut told),
        FieldKind::Choice { options } => choice(value, options, &mut told),
        FieldKind::Choices { options, least, most } => choices(value, options, (*least, *most), &mut told),
        FieldKind::YesNo { must_be_yes } => match value {
            Value::Bool(true) => (),
            Value::Bool(false) if !must_be_yes => (),
            Value::Bool(false) => told.tell("须确认后才能提交", "must be confirmed before this can be sent"),
            _ => told.tell("请回答是或否", "takes yes or no"),
        },
        FieldKind::File(rule) => files(value, rule, &mut told),
        _ => formed(kind, value, &mut told),
    }
}

fn text(value: &Value, most: u32, lines: bool, told: &mut Told<'_>) {
    let Some(text) = value.as_str() else { return told.tell("须为文字", "takes text") };
    if text.chars().count() > most as usize {
        told.tell(format!("最多 {most} 个字符"), format!("takes {most} characters at most"));
    }
    let control = |c: char| c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'));
    if text.contains(control) {
        told.tell("不能含控制字符", "must not hold control characters");
    }
}

fn number(value: &Value, (least, most, whole): (Option<f64>, Option<f64>, bool), told: &mut Told<'_>) {
    let Some(number) = value.as_f64().filter(|number| number.is_finite()) else {
        return told.tell("须为数字", "takes a number");
    };
    if whole && number.fract() != 0.0 {
        told.tell("须为整数", "takes a whole number");
    }
    if let Some(least) = least.filter(|least| number < *least) {
        told.tell(format!("不小于 {least}"), format!("is {least} at least"));
    }
    if let Some(most) = most.filter(|most| number > *most) {
        told.tell(format!("不大于 {most}"), format!("is {most} at most"));
    }
}

fn date(value: &Value, (from, to): (Option<Date>, Option<Date>), told: &mut Told<'_>) {
    let day = value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse::<Date>().ok());
    let Some(day) = day else { return told.tell("须为日期，如 2026-03-01", "takes a day such as 2026-03-01") };
    if let Some(from) = from.filter(|from| day < *from) {
        told.tell(format!("不早于 {from}"), format!("is {from} at the earliest"));
    }
    if let Some(to) = to.filter(|to| day > *to) {
        told.tell(format!("不晚于 {to}"), format!("is {to} at the latest"));
    }
}

fn choice(value: &Value, options: &[Choice], told: &mut Told<'_>) {
    let known = value.as_str().is_some_and(|key| options.iter().any(|option| option.key == key));
    if !known {
        told.tell("请从所列选项中选择", "takes one of the options");
    }
}

fn choices(value: &Value, options: &[Choice], (least, most): (Option<u32>, Option<u32>), told: &mut Told<'_>) {
    let keys: Option<Vec<&str>> = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect());
    let Some(keys) = keys else { return told.tell("请从所列选项中选择", "takes some of the options") };
    let distinct: BTreeSet<&str> = keys.iter().copied().collect();
    if distinct.len() != keys.len() || !distinct.iter().all(|key| options.iter().any(|option| option.key == *key)) {
        told.tell("请从所列选项中选择，每项一次", "takes some of the options, each once");
    }
    if let Some(least) = least.filter(|least| keys.len() < *least as usize) {
        told.tell(format!("至少选择 {least} 项"), format!("takes {least} options at least"));
    }
    if let Some(most) = most.filter(|most| keys.len() > *most as usize) {
        told.tell(format!("最多选择 {most} 项"), format!("takes {most} options at most"));
    }
}

fn files(value: &Value, rule: &FileRule, told: &mut Told<'_>) {
    let ids: Option<Vec<&str>> = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect());
    let sound = |id: &&str| (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let Some(ids) = ids.filter(|ids| ids.iter().all(sound)) else {
        return told.tell("须为已上传文件的标识", "takes ids of files that were sent");
    };
    if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
        told.tell("同一文件重复", "names a file twice");
    }
    if ids.len() > rule.count as usize {
        told.tell(format!("最多 {} 个文件", rule.count), format!("takes {} files at most", rule.count));
    }
}

/// Answers of one line that have a form.
fn formed(kind: &FieldKind, value: &Value, told: &mut Told<'_>) {
    let Some(text) = value.as_str().map(str::trim).filter(|text| text.chars().count() <= 254) else {
        return told.tell("须为一行文字", "takes one line of text");
    };
    match kind {
        FieldKind::RightNumber => {
            let sound = text.chars().count() <= 60
                && text.chars().any(|c| c.is_ascii_digit())
                && !text.contains(char::is_control);
            if !sound {
                told.tell("须为申请号、公开号或注册号", "takes an application, publication or registration number");
            }
        }
        FieldKind::Region if text.parse::<RegionCode>().is_err() => {
            told.tell("须为六位行政区划代码", "takes the six digits of a region");
        }
        FieldKind::Telephone => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            let sound =
                (5..=20).contains(&digits) && text.bytes().all(|b| b.is_ascii_digit() || b"+-() /".contains(&b));
            if !sound {
                told.tell("不是有效的电话号码", "is no telephone number");
            }
        }
        FieldKind::Email => {
            let sound = text.split_once('@').is_some_and(|(who, at)| {
                !who.is_empty() && at.contains('.') && !at.starts_with('.') && !at.ends_with('.') && !at.contains('@')
            });
            if !sound || text.contains(char::is_whitespace) || text.contains(char::is_control) {
                told.tell("不是有效的电子邮箱", "is no e-mail address");
            }
        }
        FieldKind::CreditCode => {
            let sound = text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric());
            if !sound {
                told.tell("只含字母和数字", "holds letters and digits only");
            }
        }
        _ => (),
    }
}

impl FileRule {
    /// The kinds it takes.
    pub fn kinds(&self) -> &[FileKind] {
        if self.kinds.is_empty() { FileKind::ALL } else { &self.kinds }
    }

    /// Bytes of one file at most.
    pub fn most_bytes(&self) -> u64 {
        u64::from(self.megabytes) << 20
    }

    /// What keeps a file of this kind and size from being taken for the field `field`; the kind is what its content shows
    /// it to be, none when it shows none.
    pub fn refusal(&self, field: &str, kind: Option<FileKind>, bytes: u64) -> Option<Fault> {
        if bytes > self.most_bytes() {
            let zh = format!("文件超过 {} MB，请压缩或分拆后再上传", self.megabytes);
            return Some(fault(field, zh, format!("the file is larger than {} MB; make it smaller", self.megabytes)));
        }
        if bytes == 0 {
            return Some(fault(field, "文件是空的，请重新选择", "the file is empty; choose another"));
        }
        if kind.is_some_and(|kind| self.kinds().contains(&kind)) {
            return None;
        }
        let known = self.kinds().iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", ");
        Some(fault(field, format!("只接受以下类型的文件：{known}"), format!("takes files of these kinds: {known}")))
    }
}

#[cfg(test)]
#[path = "kinds_tests.rs"]
mod tests;
