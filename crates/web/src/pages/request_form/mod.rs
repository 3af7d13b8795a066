//! The form of a request as pages show it, for guides and for whoever fills it in.
//!
//! [`RequestForm::new`] lays a [`services::Form`] out with answers and faults; a page that holds one in a field named `request` and
//! includes `request_form/steps.html` inside its `<form class="keep-form">` shows it. What comes back is read with
//! [`services::from_written`]. [`told`] shows answers that were given, [`outline`] what will be asked.
//!
//! Names are those of [`services::from_written`]; uploads come under [`UPLOAD`] and the path of their field, ids of documents that
//! stay under the path itself. A button named [`ADD`] with the key of a group asks for one more row, so that nothing
//! here needs script; `request.js` hides what is not asked under the present answers.

mod conditions;
mod field;
mod outline;
mod told;

use std::collections::BTreeMap;

use network::Fault;
use services::{Answers, Field, FieldKind, Form, FormStep};

pub(crate) use self::conditions::When;
pub(crate) use self::field::Question;
pub(crate) use self::outline::{Outline, outline};
pub(crate) use self::told::{Told, ToldStep, told};
use crate::language::Lang;

/// What the names of uploads begin with: `upload.paper_1`.
pub(crate) const UPLOAD: &str = "upload.";
/// Name of the button that asks for one more row; its value is the key of the group.
pub(crate) const ADD: &str = "add-row";

/// What a form shows besides its questions.
pub(crate) struct Shown<'a> {
    /// The language.
    pub(crate) lang: Lang,
    /// What is wrong, as [`services::check`] tells it.
    pub(crate) faults: &'a [Fault],
    /// Name and size of a document by its id; none leaves it out.
    pub(crate) documents: &'a dyn Fn(&str) -> Option<String>,
    /// The group that gets one more row.
    pub(crate) add: Option<&'a str>,
}

impl Shown<'_> {
    /// Without faults, documents or further rows.
    pub(crate) fn plain(lang: Lang) -> Shown<'static> {
        Shown { lang, faults: &[], documents: &|_| None, add: None }
    }
}

/// A form laid out with answers.
pub(crate) struct RequestForm {
    /// Its pages, in order; a page may keep some of them alone.
    pub(crate) steps: Vec<StepView>,
    /// All that is wrong: address of the field on this page, empty where it has none, and the words.
    pub(crate) summary: Vec<(String, String)>,
    /// Regions that are offered, code and name; empty when none is asked for.
    pub(crate) regions: Vec<(&'static str, &'static str)>,
}

/// A page of a form.
pub(crate) struct StepView {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) help: Option<String>,
    pub(crate) when: Option<When>,
    pub(crate) questions: Vec<Question>,
}

impl RequestForm {
    /// Lays a form out. Every field is there, those that do not count under these answers too: which of them count
    /// changes while one writes.
    pub(crate) fn new(form: &Form, answers: &Answers, shown: &Shown<'_>) -> Self {
        let labels = labels(form);
        let laid = |step: &FormStep| StepView {
            key: step.key.clone(),
            title: step.title.text(shown.lang.code()).to_owned(),
            help: step.help.as_ref().map(|help| help.text(shown.lang.code()).to_owned()),
            when: When::of(&step.shown_if, &labels, None, shown.lang),
            questions: step.fields.iter().map(|one| Question::new(one, answers, &labels, shown)).collect(),
        };
        let asks_for_region = form.fields().any(|field| match &field.kind {
            FieldKind::Group { fields, .. } => fields.iter().any(|inner| inner.kind == FieldKind::Region),
            kind => *kind == FieldKind::Region,
        });
        let mut laid = Self {
            steps: form.steps.iter().map(laid).collect(),
            summary: Vec::new(),
            regions: if asks_for_region { regions() } else { Vec::new() },
        };
        let ids: Vec<String> = laid.questions().map(Question::id).collect();
        let told = |fault: &Fault| {
            let id = format!("f-{}", fault.field);
            (if ids.contains(&id) { format!("#{id}") } else { String::new() }, fault.text(shown.lang.code()).to_owned())
        };
        laid.summary = shown.faults.iter().map(told).collect();
        laid
    }

    /// Every question, those of rows after the group that holds them.
    fn questions(&self) -> impl Iterator<Item = &Question> {
        let all = self.steps.iter().flat_map(|step| &step.questions);
        all.flat_map(|one| std::iter::once(one).chain(one.rows.iter().flatten()))
    }
}

/// Fields by key, for the words of conditions.
pub(crate) type Labels<'a> = BTreeMap<&'a str, &'a Field>;

fn labels(form: &Form) -> Labels<'_> {
    form.fields().map(|field| (field.key.as_str(), field)).collect()
}

/// Provinces and prefectures as they are now.
fn regions() -> Vec<(&'static str, &'static str)> {
    let lasting = network::divisions().iter().filter(|region| region.to.is_none());
    lasting.map(|region| (region.code.as_str(), region.name.as_str())).collect()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
