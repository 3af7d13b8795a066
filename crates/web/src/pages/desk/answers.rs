//! The answers of a client, as the form of the item asked for them.

use cases::{CaseFile, Document};
use services::{Answers, Form};

use crate::frame::Visit;
use crate::pages::request_form::{Shown, ToldStep, told};

/// All that was answered, step by step.
pub(crate) fn steps(form: &Form, answers: &Answers, file: &CaseFile, visit: &Visit) -> Vec<ToldStep> {
    let name = |id: &str| latest(file, id).map(|document| document.name.clone());
    told(form, answers, &Shown { documents: &name, ..Shown::plain(visit.lang) })
}

/// The newest version of a document that was not taken back.
fn latest<'f>(file: &'f CaseFile, id: &str) -> Option<&'f Document> {
    let versions = file.documents.iter().filter(|document| document.id.as_str() == id && !document.withdrawn);
    versions.max_by_key(|document| document.version)
}

/// Where the newest version of the document with an id is to be had.
pub(crate) fn latest_address(file: &CaseFile, id: &str) -> String {
    latest(file, id).map_or_else(String::new, |document| content_address(file, document))
}

/// Where the content of a document is to be had.
pub(crate) fn content_address(file: &CaseFile, document: &Document) -> String {
    format!("{}/documents/{}/{}", super::address(&file.case.id), document.id, document.version)
}
