//! One question of a form as the template draws it.

use network::Fault;
use serde_json::Value;
use services::{Answers, Field, FieldKind, FileRule};

use super::{ADD, Labels, Shown, UPLOAD, When};
use crate::form::Choice;
use crate::language::Lang;

/// More options than these are a list that opens.
const MOST_RADIOS: usize = 6;
/// Rows of a group that sets no other number.
const USUAL_ROWS: usize = 20;

/// A question.
#[derive(Default)]
pub(crate) struct Question {
    /// Name of what is sent: the key, in a row `key.0.key`.
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) help: String,
    /// `line`, `area`, `date`, `select`, `radios`, `ticks`, `tick`, `file`, `rows`.
    pub(crate) draw: &'static str,
    /// What a browser offers to type with.
    pub(crate) typed: &'static str,
    /// What a browser may fill in.
    pub(crate) fills: &'static str,
    /// List of suggestions.
    pub(crate) list: &'static str,
    pub(crate) value: String,
    /// Most characters; 0 = as many as there are.
    pub(crate) most: u32,
    /// Earliest and latest day.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) unit: String,
    /// Options; of files those that are there already.
    pub(crate) choices: Vec<Choice>,
    /// What a file may be: `.pdf,.png`.
    pub(crate) accept: String,
    pub(crate) several: bool,
    /// Must be answered whenever it is shown.
    pub(crate) needed: bool,
    /// Shown in this case alone.
    pub(crate) when: Option<When>,
    /// Needed in this case.
    pub(crate) needed_when: Option<When>,
    pub(crate) fault: Option<String>,
    /// The rows of a group, each with its questions.
    pub(crate) rows: Vec<Vec<Question>>,
    /// Whether one more row may come.
    pub(crate) more: bool,
}

impl Question {
    /// A field of a form with its answer.
    pub(super) fn new(field: &Field, answers: &Answers, labels: &Labels<'_>, shown: &Shown<'_>) -> Self {
        let mut one = Self::one(field, field.key.clone(), answers.get(&field.key), shown);
        one.when = When::of(&field.shown_if, labels, None, shown.lang);
        one.needed_when = When::of(&field.required_if, labels, None, shown.lang);
        if let FieldKind::Group { fields, least, most } = &field.kind {
            let most = most.map_or(USUAL_ROWS, |most| most as usize);
            let given = answers.get(&field.key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let extra = usize::from(shown.add == Some(field.key.as_str()));
            let number = (given.len() + extra).max(least.unwrap_or(1).max(1) as usize).min(most.max(given.len()));
            let row = |at: usize| {
                let (path, none) = (format!("{}.{at}.", field.key), Answers::new());
                let answers = given.get(at).and_then(Value::as_object).unwrap_or(&none);
                let question = |inner: &Field| {
                    let name = format!("{path}{}", inner.key);
                    let mut one = Self::one(inner, name, answers.get(&inner.key), shown);
                    let row = Some((path.as_str(), fields.as_slice()));
                    one.when = When::of(&inner.shown_if, labels, row, shown.lang);
                    one.needed_when = When::of(&inner.required_if, labels, row, shown.lang);
                    one
                };
                fields.iter().map(question).collect()
            };
            one.rows = (0..number).map(row).collect();
            one.more = number < most;
        }
        one
    }

    fn one(field: &Field, name: String, answer: Option<&Value>, shown: &Shown<'_>) -> Self {
        let lang = shown.lang;
        let mut one = Self {
            fault: fault(&name, shown.faults, lang),
            name,
            label: field.label.text(lang.code()).to_owned(),
            help: field.help.as_ref().map_or_else(String::new, |help| help.text(lang.code()).to_owned()),
            needed: field.required,
            fills: fills(field.prefill.as_deref().unwrap_or_default()),
            draw: "line",
            value: plain(answer),
            ..Self::default()
        };
        let option = |option: &services::Choice| Choice {
            value: option.key.clone(),
            name: option.label.text(lang.code()).to_owned(),
            chosen: is_chosen(answer, &option.key),
        };
        match &field.kind {
            FieldKind::Text { most } => one.most = most.unwrap_or(200),
            FieldKind::LongText { most } => (one.draw, one.most) = ("area", most.unwrap_or(4_000)),
            FieldKind::Number { whole, unit, .. } => {
                one.typed = if *whole { "numeric" } else { "decimal" };
                one.unit = unit.as_ref().map_or_else(String::new, |unit| unit.text(lang.code()).to_owned());
            }
            FieldKind::Date { from, to } => {
                one.draw = "date";
                let day = |day: &Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
                (one.from, one.to) = (day(from), day(to));
            }
            FieldKind::Choice { options } => {
                one.choices = options.iter().map(option).collect();
                // What need not be answered has to be taken back.
                one.draw = if field.required && options.len() <= MOST_RADIOS { "radios" } else { "select" };
            }
            FieldKind::Choices { options, .. } => {
                (one.draw, one.choices) = ("ticks", options.iter().map(option).collect());
            }
            FieldKind::YesNo { must_be_yes: true } => {
                one.draw = "tick";
                one.value = if answer == Some(&Value::Bool(true)) { "yes".to_owned() } else { String::new() };
            }
            FieldKind::YesNo { must_be_yes: false } => {
                let choice = |value: &str, name: &str, is: bool| Choice {
                    value: value.to_owned(),
                    name: name.to_owned(),
                    chosen: answer == Some(&Value::Bool(is)),
                };
                one.choices = vec![choice("yes", lang.t("是", "Yes"), true), choice("no", lang.t("否", "No"), false)];
                one.draw = if field.required { "radios" } else { "select" };
            }
            FieldKind::File(rule) => one.files(rule, answer, shown),
            FieldKind::RightNumber | FieldKind::Organisation => one.most = 200,
            FieldKind::Region => (one.typed, one.list, one.most) = ("numeric", "regions", 6),
            FieldKind::Telephone => one.typed = "tel",
            FieldKind::Email => one.typed = "email",
            FieldKind::CreditCode => one.most = 18,
            FieldKind::Group { .. } => one.draw = "rows",
        }
        one
    }

    fn files(&mut self, rule: &FileRule, answer: Option<&Value>, shown: &Shown<'_>) {
        let ids = answer.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let there = |id: &str| Some(Choice { value: id.to_owned(), name: (shown.documents)(id)?, chosen: true });
        self.draw = "file";
        self.several = rule.count > 1;
        self.choices = ids.filter_map(there).collect();
        self.accept = rule.kinds.iter().map(|kind| format!(".{}", kind.code())).collect::<Vec<_>>().join(",");
        let hint = file_words(rule, shown.lang);
        self.help =
            if self.help.is_empty() { hint } else { format!("{}{}{hint}", self.help, shown.lang.t("；", "; ")) };
    }

    /// Id of what a fault leads to.
    pub(crate) fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    /// Name of the uploads of a file field.
    pub(crate) fn upload(&self) -> String {
        format!("{UPLOAD}{}", self.name)
    }

    /// Name of the button for one more row.
    #[expect(clippy::unused_self, reason = "templates reach it through the question at hand")]
    pub(crate) fn add(&self) -> &'static str {
        ADD
    }

    /// Ids of what describes it, for `aria-describedby`.
    pub(crate) fn described(&self) -> String {
        let fault = self.fault.as_ref().map(|_| format!("e-{}", self.name));
        let hint = self.has_hint().then(|| format!("h-{}", self.name));
        fault.into_iter().chain(hint).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn has_hint(&self) -> bool {
        !self.help.is_empty() || self.when.is_some() || self.needed_when.is_some()
    }

    /// Whether it takes a row of its own.
    pub(crate) fn is_wide(&self) -> bool {
        matches!(self.draw, "area" | "file" | "rows" | "radios" | "ticks" | "tick")
    }
}

/// What a file field takes: «PDF、Word 文档，每个不超过 20 MB，最多 5 个».
pub(super) fn file_words(rule: &FileRule, lang: Lang) -> String {
    let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind.label(lang.code())).collect();
    let kinds = kinds.join(lang.t("、", ", "));
    let kinds = if kinds.is_empty() { String::new() } else { kinds + lang.t("，", "; ") };
    match lang {
        Lang::Zh => format!("{kinds}每个不超过 {} MB，最多 {} 个", rule.megabytes, rule.count),
        Lang::En => format!("{kinds}{} MB each at most, up to {} files", rule.megabytes, rule.count),
    }
}

fn fault(name: &str, faults: &[Fault], lang: Lang) -> Option<String> {
    let own: Vec<&str> =
        faults.iter().filter(|fault| fault.field == name).map(|fault| fault.text(lang.code())).collect();
    (!own.is_empty()).then(|| own.join(lang.t("；", "; ")))
}

/// An answer as it was written.
fn plain(answer: Option<&Value>) -> String {
    match answer {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn is_chosen(answer: Option<&Value>, key: &str) -> bool {
    match answer {
        Some(Value::String(chosen)) => chosen == key,
        Some(Value::Array(chosen)) => chosen.iter().any(|one| one.as_str() == Some(key)),
        _ => false,
    }
}

/// What a browser may fill in, by where the answer comes from.
fn fills(prefill: &str) -> &'static str {
    match prefill {
        "account.name" => "name",
        "account.email" => "email",
        "account.telephone" => "tel",
        "account.organisation" => "organization",
        _ => "off",
    }
}
