//! What will be asked, before anyone fills anything in.

use services::{Field, FieldKind, Form};

use super::field::file_words;
use super::{Labels, When, labels};
use crate::language::Lang;

/// A page of a form in words.
pub(crate) struct Outline {
    pub(crate) title: String,
    /// In which case it is asked at all.
    pub(crate) when: String,
    pub(crate) questions: Vec<Asked>,
}

/// A question in words.
pub(crate) struct Asked {
    pub(crate) label: String,
    /// What kind of answer is taken.
    pub(crate) answer: String,
    /// Must be answered.
    pub(crate) needed: bool,
    /// In which case it is asked or needed.
    pub(crate) when: String,
    /// What is asked in every row of a group.
    pub(crate) inner: Vec<Asked>,
}

/// The questions of a form in words.
pub(crate) fn outline(form: &Form, lang: Lang) -> Vec<Outline> {
    let labels = labels(form);
    let step = |step: &services::FormStep| Outline {
        title: step.title.text(lang.code()).to_owned(),
        when: When::of(&step.shown_if, &labels, None, lang).map_or_else(String::new, |when| when.words),
        questions: step.fields.iter().map(|field| asked(field, &labels, &[], lang)).collect(),
    };
    form.steps.iter().map(step).collect()
}

fn asked(field: &Field, labels: &Labels<'_>, row: &[Field], lang: Lang) -> Asked {
    let when = |conditions| When::of(conditions, labels, Some(("", row)), lang).map(|when| when.words);
    let shown = when(&field.shown_if).map(|words| format!("{}{words}", lang.t("仅当", "only if ")));
    let needed = when(&field.required_if).map(|words| format!("{}{words}", lang.t("必填，当", "needed if ")));
    let inner = match &field.kind {
        FieldKind::Group { fields, .. } => fields.iter().map(|one| asked(one, labels, fields, lang)).collect(),
        _ => Vec::new(),
    };
    Asked {
        label: field.label.text(lang.code()).to_owned(),
        answer: answer(&field.kind, lang),
        needed: field.required,
        when: shown.into_iter().chain(needed).collect::<Vec<_>>().join(lang.t("；", "; ")),
        inner,
    }
}

fn answer(kind: &FieldKind, lang: Lang) -> String {
    let options = |options: &[services::Choice]| {
        let names: Vec<&str> = options.iter().map(|option| option.label.text(lang.code())).collect();
        names.join(lang.t("、", ", "))
    };
    let (zh, en) = match kind {
        FieldKind::Choice { options: all } => {
            return format!("{}{}", lang.t("单选：", "one of: "), options(all));
        }
        FieldKind::Choices { options: all, .. } => {
            return format!("{}{}", lang.t("可多选：", "any of: "), options(all));
        }
        FieldKind::File(rule) => return format!("{}{}", lang.t("上传：", "upload: "), file_words(rule, lang)),
        FieldKind::Text { .. } => ("一行文字", "a line of text"),
        FieldKind::LongText { .. } => ("一段文字", "a text"),
        FieldKind::Number { .. } => ("数字", "a number"),
        FieldKind::Date { .. } => ("日期", "a day"),
        FieldKind::YesNo { must_be_yes: true } => ("确认", "confirm"),
        FieldKind::YesNo { must_be_yes: false } => ("是或否", "yes or no"),
        FieldKind::RightNumber => ("权利号码", "number of a right"),
        FieldKind::Organisation => ("单位名称", "name of an organisation"),
        FieldKind::Region => ("行政区划代码", "code of a region"),
        FieldKind::Telephone => ("电话号码", "telephone number"),
        FieldKind::Email => ("电子邮箱", "e-mail address"),
        FieldKind::CreditCode => ("统一社会信用代码", "unified social credit code"),
        FieldKind::Group { .. } => ("可填多行", "several rows"),
    };
    lang.t(zh, en).to_owned()
}
