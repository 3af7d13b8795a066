//! Claims and descriptions.

use records::{Claim, Description};

use super::super::claims;
use super::super::docdb::{Reference, settle};
use super::referenced;
use crate::Findings;
use crate::xml::Element;

/// Reads `fulltext-documents`; claims and description are answers of two services and thus two parts.
pub(super) fn read(answer: Element<'_>, findings: &mut Findings) {
    for document in answer.children("fulltext-document") {
        let reference = || Reference::read(document.all("bibliographic-data/publication-reference"));
        let claims: Vec<Claim> = document.children("claims").flat_map(claims_of).collect();
        let descriptions = document.children("description").map(description).filter(|text| !text.is_empty());
        let description =
            descriptions.reduce(|first, other| if first.lang.as_deref() == Some("en") { first } else { other });
        for (format, has) in [("ops-claims", !claims.is_empty()), ("ops-description", description.is_some())] {
            if !has {
                continue;
            }
            let Some(mut part) = referenced(format, reference()) else {
                findings.refuse("no-number", "the fulltext-document names no publication");
                continue;
            };
            settle(&mut part);
            if format == "ops-claims" {
                part.record.claims.clone_from(&claims);
            } else {
                part.record.description.clone_from(&description);
            }
            findings.parts.push(part);
        }
    }
}

/// OPS puts all claims into one `claim` with a `claim-text` each, or a line each; the number stands in the text.
fn claims_of(element: Element<'_>) -> Vec<Claim> {
    let lang = element.attr("lang").map(str::to_ascii_lowercase);
    claims::numbered(element.strings("claim/claim-text"), lang.as_deref())
}

fn description(element: Element<'_>) -> Description {
    let mut description =
        Description { lang: element.attr("lang").map(str::to_ascii_lowercase), ..Description::default() };
    for paragraph in element.elements() {
        let text = paragraph.text();
        if paragraph.name() == "heading" {
            description.heading(text);
        } else {
            description.paragraph(claims::without_paragraph_number(&text));
        }
    }
    description
}
