//! What is known already when a request is begun: of the account, of the right it is about, of the search before it.

use accounts::Person;
use cases::{Contact, Link, LinkKind};
use records::{Right, RightId};
use serde_json::{Map, Value, json};
use services::{Answers, FieldKind, Form};

use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::words::title;

/// What is known.
#[derive(Default)]
pub(super) struct Known {
    person: Option<Person>,
    pub(super) right: Option<Right>,
    query: String,
}

impl Known {
    /// Of whoever visits, the right with this id, and this query; empty texts ask for nothing.
    pub(super) async fn read(app: &App, visit: &Visit, right: &str, query: &str) -> Result<Self, Failure> {
        let person = match &visit.signed {
            Some(_) => Some(app.accounts.me(&visit.actor).await?),
            None => None,
        };
        let right = match RightId::read(right) {
            Some(id) => app.searcher().dossier(&id).await?.map(|dossier| dossier.right),
            None => None,
        };
        Ok(Self { person, right, query: query.chars().take(1_000).collect() })
    }

    /// The first answers to a form; what would not be taken is left out.
    pub(super) fn answers(&self, form: &Form, visit: &Visit) -> Answers {
        let mut answers = form.prefilled(|source| self.value(source, visit));
        for field in form.fields().filter(|field| field.prefill.as_deref() == Some("right.list")) {
            let FieldKind::Group { fields, .. } = &field.kind else { continue };
            let row: Map<String, Value> = fields
                .iter()
                .filter_map(|inner| {
                    let source = if inner.key == "number" { "right.number" } else { "right.title" };
                    Some((inner.key.clone(), self.value(source, visit)?))
                })
                .collect();
            if !row.is_empty() {
                answers.insert(field.key.clone(), json!([row]));
            }
        }
        for fault in services::check_part(form, &answers) {
            let key = fault.field.split('.').next().unwrap_or_default();
            answers.remove(key);
        }
        answers
    }

    fn value(&self, source: &str, visit: &Visit) -> Option<Value> {
        let (person, right) = (self.person.as_ref(), self.right.as_ref());
        let text = match source {
            "account.name" => person?.name.clone(),
            "account.telephone" => person?.telephone.as_ref()?.as_str().to_owned(),
            "account.email" => person?.email.as_ref()?.as_str().to_owned(),
            "account.address" => person?.address.clone()?,
            "right.number" => crate::pages::search::number(right?),
            "right.title" => title(right?, visit.lang).chars().take(200).collect(),
            "right.kind" => right?.right.code().to_owned(),
            "right.nice" => right?.nice.iter().map(|nice| nice.class.to_string()).collect::<Vec<_>>().join(", "),
            "search.query" => self.query.clone(),
            _ => return None,
        };
        (!text.is_empty()).then_some(Value::String(text))
    }

    /// How to reach whoever has signed in.
    pub(super) fn contact(&self) -> Contact {
        let Some(person) = &self.person else { return Contact::default() };
        Contact {
            name: person.name.clone(),
            telephone: person.telephone.as_ref().map_or_else(String::new, |one| one.as_str().to_owned()),
            email: person.email.as_ref().map_or_else(String::new, |one| one.as_str().to_owned()),
            ..Contact::default()
        }
    }

    /// What the request is about.
    pub(super) fn links(&self, visit: &Visit) -> Vec<Link> {
        let right = self.right.as_ref().map(|right| Link {
            kind: LinkKind::Right,
            target: right.id.to_string(),
            label: [title(right, visit.lang), crate::pages::search::number(right)]
                .join(" ")
                .chars()
                .take(300)
                .collect(),
        });
        let query = self.query.replace(char::is_control, " ");
        let search = (!query.trim().is_empty()).then(|| Link {
            kind: LinkKind::Search,
            target: query.trim().to_owned(),
            label: query.trim().chars().take(300).collect(),
        });
        right.into_iter().chain(search).collect()
    }
}
