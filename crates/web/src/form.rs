//! Fields as forms show them: `templates/form/fields.html` draws what stands here.

use axum::http::StatusCode;
use network::Fault;

use crate::language::Lang;

/// Something that can be chosen.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

/// One field.
#[derive(Default)]
pub(crate) struct FieldView {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) value: String,
    /// `text`, `area`, `choice` (one of `choices`), `choices` (some of them), `tick` (yes or no), `file`, or a type of input:
    /// `date`, `number`, `password`.
    pub(crate) form: &'static str,
    /// What a browser offers to type with: `tel`, `email`, `url`, `numeric`, `decimal`.
    pub(crate) typed: &'static str,
    /// What a browser may fill in: `name`, `email`, `current-password`, `off`.
    pub(crate) fills: &'static str,
    pub(crate) choices: Vec<Choice>,
    /// Id of a list on the page that a browser offers to fill in from.
    pub(crate) suggested: &'static str,
    pub(crate) hint: String,
    pub(crate) fault: Option<String>,
    pub(crate) needed: bool,
}

impl FieldView {
    /// A field of this form, empty and not needed.
    pub(crate) fn new(name: impl Into<String>, label: impl Into<String>, form: &'static str) -> Self {
        Self { name: name.into(), label: label.into(), form, fills: "off", ..Self::default() }
    }

    pub(crate) fn value(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    pub(crate) fn typed(self, typed: &'static str) -> Self {
        Self { typed, ..self }
    }

    pub(crate) fn fills(self, fills: &'static str) -> Self {
        Self { fills, ..self }
    }

    pub(crate) fn choices(self, choices: Vec<Choice>) -> Self {
        Self { choices, ..self }
    }

    pub(crate) fn suggests(self, suggested: &'static str) -> Self {
        Self { suggested, ..self }
    }

    pub(crate) fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// What is wrong with it, of all that is wrong with the form.
    pub(crate) fn of(self, faults: &[Fault], lang: Lang) -> Self {
        let own: Vec<&str> =
            faults.iter().filter(|fault| fault.field == self.name).map(|fault| fault.text(lang.code())).collect();
        Self { fault: (!own.is_empty()).then(|| own.join(lang.t("；", "; "))), ..self }
    }

    /// Ids of what describes the field, for `aria-describedby`.
    pub(crate) fn described(&self) -> String {
        let fault = self.fault.as_ref().map(|_| format!("e-{}", self.name));
        let hint = (!self.hint.is_empty()).then(|| format!("h-{}", self.name));
        fault.into_iter().chain(hint).collect::<Vec<_>>().join(" ")
    }
}

/// Fields that belong together.
pub(crate) struct GroupView {
    pub(crate) name: String,
    pub(crate) fields: Vec<FieldView>,
}

/// What is wrong and belongs to no field of these.
pub(crate) fn others(faults: &[Fault], groups: &[GroupView], lang: Lang) -> Vec<String> {
    let known = |name: &str| groups.iter().flat_map(|group| &group.fields).any(|field| field.name == name);
    faults.iter().filter(|fault| !known(&fault.field)).map(|fault| fault.text(lang.code()).to_owned()).collect()
}

/// How a page with a form answers: what was seen is no longer so, something is wrong with what was sent, or neither.
pub(crate) fn form_status(stale: bool, sound: bool) -> StatusCode {
    match (stale, sound) {
        (true, _) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
    }
}

/// One line of the summary above a form: the id of the field it leads to, where there is one, and what is wrong.
pub(crate) struct FaultLine {
    pub(crate) field: Option<String>,
    pub(crate) text: String,
}

/// All that is wrong with a form, for `templates/form/faults.html`. The fields know their own faults already.
pub(crate) fn summary<'g>(
    faults: &[Fault],
    groups: impl IntoIterator<Item = &'g GroupView>,
    lang: Lang,
) -> Vec<FaultLine> {
    let fields: Vec<&FieldView> = groups.into_iter().flat_map(|group| &group.fields).collect();
    let line = |fault: &Fault| {
        let field = fields.iter().find(|field| field.name == fault.field);
        let text = fault.text(lang.code()).to_owned();
        FaultLine {
            text: field.map_or_else(|| text.clone(), |field| format!("{}{}{text}", field.label, lang.t("：", ": "))),
            field: field.map(|field| format!("f-{}", field.name)),
        }
    };
    faults.iter().map(line).collect()
}
