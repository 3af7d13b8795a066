//! The form of a request as data: steps, fields, rules.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uploads::FileKind;
use utoipa::ToSchema;

use crate::Text;

/// The answers to a form: by the key of the field. A text, long text, right number, organisation, region, telephone, e-mail
/// and credit code is a JSON string; a number a number; a date `YYYY-MM-DD`; a choice the key of the option; several
/// choices a list of keys; yes/no a boolean; files a list of document ids; a group a list of objects.
pub type Answers = Map<String, Value>;

/// A form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its pages, in order.
    pub steps: Vec<FormStep>,
}

/// A page of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormStep {
    /// Its name in addresses.
    pub key: String,
    /// Heading.
    pub title: Text,
    /// What helps to fill it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// Shown when all of these hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_if: Vec<Condition>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// A question of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Key of the answer; no two of a form are the same, those inside a group within their group.
    pub key: String,
    /// What is asked.
    pub label: Text,
    /// What helps to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// What kind of answer is taken: an object whose `type` is the kind, with the settings of that kind beside it.
    // The description of a tagged newtype (`File`) that takes no unknown fields would refuse its own tag.
    #[schema(value_type = Object)]
    pub kind: FieldKind,
    /// Must be answered whenever it is shown.
    #[serde(default)]
    pub required: bool,
    /// Must be answered when all of these hold; empty = does not make it required.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_if: Vec<Condition>,
    /// Shown when all of these hold; an answer to a field that is not shown does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_if: Vec<Condition>,
    /// Where a first answer comes from: `account.name`, `account.telephone`, `right.number`, `right.title`…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<String>,
    /// The answer is about a person: encrypted at rest, masked when shown.
    #[serde(default)]
    pub personal: bool,
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum FieldKind {
    /// One line.
    Text {
        /// Characters at most; 200 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u32>,
    },
    /// Several lines.
    LongText {
        /// Characters at most; 4,000 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u32>,
    },
    /// A number.
    Number {
        /// Smallest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<f64>,
        /// Largest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<f64>,
        /// No decimals.
        #[serde(default)]
        whole: bool,
        /// Of what: 万元.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<Text>,
    },
    /// A day.
    Date {
        /// Earliest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, format = Date)]
        from: Option<Date>,
        /// Latest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, format = Date)]
        to: Option<Date>,
    },
    /// One of several.
    Choice {
        /// What can be chosen.
        options: Vec<Choice>,
    },
    /// Some of several.
    Choices {
        /// What can be chosen.
        options: Vec<Choice>,
        /// How many at least, when it is answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<u32>,
        /// How many at most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u32>,
    },
    /// Yes or no. A required one may be answered «no» unless `must_be_yes`.
    YesNo {
        /// Only «yes» is taken: a consent or a declaration.
        #[serde(default)]
        must_be_yes: bool,
    },
    /// Uploads.
    File(FileRule),
    /// The number of a right, in any spelling.
    RightNumber,
    /// The name of an organisation.
    Organisation,
    /// The code of a region (GB/T 2260, six digits).
    Region,
    /// A telephone number.
    Telephone,
    /// An e-mail address.
    Email,
    /// A unified social credit code (GB 32100); a wrong check character is a warning, not a fault.
    CreditCode,
    /// The same fields several times over.
    Group {
        /// Its fields; no groups among them.
        #[schema(no_recursion)]
        fields: Vec<Field>,
        /// How many rows at least, when it is answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<u32>,
        /// How many rows at most; 20 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u32>,
    },
}

/// Which files a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// Kinds taken; empty takes every kind of [`FileKind`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<FileKind>,
    /// Megabytes (1,048,576 bytes) a file at most.
    #[serde(default = "usual_megabytes")]
    pub megabytes: u32,
    /// Files at most.
    #[serde(default = "usual_count")]
    pub count: u32,
}

fn usual_megabytes() -> u32 {
    20
}

fn usual_count() -> u32 {
    5
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its value in the answer.
    pub key: String,
    /// What is shown.
    pub label: Text,
}

/// A rule on another answer. It names a field that stands earlier in the form; inside a group, an earlier one of the
/// same row or one outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Key of the other field.
    pub field: String,
    /// What must hold of its answer.
    pub is: Test,
}

/// What must hold of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// It equals this; of several choices, it is among them.
    Equals(Value),
    /// It equals one of these; of several choices, one of these is among them.
    OneOf(Vec<Value>),
    /// It is answered (`true`), or not (`false`).
    Answered(bool),
}

impl Form {
    /// All its fields but those inside groups, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| &step.fields)
    }

    /// The field with this key, or the path `key.0.key` of one inside a group.
    pub fn field(&self, path: &str) -> Option<&Field> {
        let mut parts = path.split('.');
        let key = parts.next()?;
        let field = self.fields().find(|field| field.key == key)?;
        match (parts.next(), parts.next(), &field.kind) {
            (None, _, _) => Some(field),
            (Some(_), Some(inner), FieldKind::Group { fields, .. }) => fields.iter().find(|field| field.key == inner),
            _ => None,
        }
    }

    /// First answers from what is known already: `known` is asked for the prefill key of every field that has one.
    pub fn prefilled(&self, known: impl Fn(&str) -> Option<Value>) -> Answers {
        let value = |field: &Field| field.prefill.as_deref().and_then(&known);
        self.fields().filter_map(|field| Some((field.key.clone(), value(field)?))).collect()
    }

    /// Answers with what is about a person taken out, rows of groups too.
    pub fn without_personal(&self, answers: &Answers) -> Answers {
        let mut kept = Answers::new();
        for field in self.fields().filter(|field| !field.personal) {
            let Some(value) = answers.get(&field.key) else { continue };
            let value = match (&field.kind, value) {
                (FieldKind::Group { fields, .. }, Value::Array(rows)) => {
                    let clean = |row: &Value| {
                        let open = fields.iter().filter(|inner| !inner.personal);
                        let cell = |inner: &Field| Some((inner.key.clone(), row.get(&inner.key)?.clone()));
                        Value::Object(open.filter_map(cell).collect())
                    };
                    Value::Array(rows.iter().map(clean).collect())
                }
                _ => value.clone(),
            };
            kept.insert(field.key.clone(), value);
        }
        kept
    }
}
