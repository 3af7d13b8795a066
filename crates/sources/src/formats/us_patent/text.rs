//! Abstract, description and claims of a US patent document.

use records::{Claim, Description, Record, Text};

use super::super::us_forms::{numbers_in, without_claim_number};
use crate::Element;

/// Reads the texts.
pub(super) fn read(root: Element<'_>, record: &mut Record) {
    let lang = root.attr("lang").map_or_else(|| "en".to_owned(), str::to_ascii_lowercase);
    for element in root.children("abstract") {
        let text = element.text();
        if !text.is_empty() {
            record.abstracts.push(Text::new(Some(&lang), text));
        }
    }
    let mut description = Description { lang: Some(lang), ..Description::default() };
    root.children("description").for_each(|element| sections(element, &mut description));
    record.description = Some(description).filter(|description| !description.is_empty());
    for claims in root.children("claims") {
        for (element, position) in claims.children("claim").zip(1..) {
            record.claims.extend(claim(element, position));
        }
    }
}

/// Headings and paragraphs, which may stand in parts of their own (`description-of-drawings`).
fn sections(element: Element<'_>, description: &mut Description) {
    for child in element.elements() {
        match child.name() {
            "heading" => description.heading(child.text()),
            "p" => description.paragraph(child.text()),
            _ if child.elements().any(|e| matches!(e.name(), "p" | "heading")) => sections(child, description),
            _ => description.paragraph(child.text()),
        }
    }
}

fn claim(element: Element<'_>, position: u32) -> Option<Claim> {
    let number = element.attr("num").and_then(|num| numbers_in(num).next()).filter(|number| *number > 0);
    let number = number.unwrap_or(position);
    let text = without_claim_number(element.text(), number);
    let references = element.descendants("claim-ref");
    let ids = references.iter().filter_map(|reference| reference.attr("idref"));
    let mut depends_on: Vec<u32> = ids.flat_map(numbers_in).filter(|other| *other != number).collect();
    depends_on.sort_unstable();
    depends_on.dedup();
    (!text.is_empty()).then_some(Claim { number, text, depends_on, lang: None })
}
