//! Goods and services of marks.

use records::NiceClass;

use crate::Findings;
use crate::xml::Element;

/// Classes with their terms, one entry for each class and language.
pub(super) fn classes(mark: Element<'_>, findings: &mut Findings) -> Vec<NiceClass> {
    let mut classes = Vec::new();
    for goods in mark.all("GoodsServicesDetails/GoodsServices") {
        for known in ["ClassificationVersion", "ClassificationKindCode", "ProposedLeadingClassNumber"] {
            goods.children(known).for_each(Element::pass_over);
        }
        for description in goods.all("ClassDescriptionDetails/ClassDescription") {
            description.children("ClassDescriptionExt").for_each(Element::pass_over);
            description.children("ClassNumberStatusCode").for_each(Element::pass_over);
            let Some(class) = nice_class(description.string("ClassNumber").as_deref(), findings) else { continue };
            let before = classes.len();
            for text in description.children("GoodsServicesDescription") {
                classes.push(NiceClass {
                    class,
                    lang: text.attr("languageCode").map(str::to_ascii_lowercase),
                    terms: terms(&text.text()),
                });
            }
            if classes.len() == before {
                classes.push(NiceClass { class, lang: None, terms: Vec::new() });
            }
        }
    }
    classes
}

/// A Nice class as offices write it (`9`, `009`); the old US classes A, B and 200 have no Nice number.
pub(in super::super) fn nice_class(text: Option<&str>, findings: &mut Findings) -> Option<u8> {
    let text = text?;
    let class = text.trim().parse().ok().filter(|class| (1..=45).contains(class));
    if class.is_none() {
        findings.warn("class", format!("«{text}» is not a Nice class (1 to 45); its goods are left out"));
    }
    class
}

/// Splits a list of goods at the semicolons (Greek: raised dots) that stand outside brackets; a full stop at the
/// end is dropped.
pub(in super::super) fn terms(text: &str) -> Vec<String> {
    let (mut terms, mut depth, mut from) = (Vec::new(), 0_u32, 0);
    let mut add = |term: &str| {
        let term = term.trim().trim_end_matches('.').trim_end();
        if !term.is_empty() {
            terms.push(term.to_owned());
        }
    };
    for (at, character) in text.char_indices() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ';' | '\u{37e}' | '\u{387}' | '·' if depth == 0 => {
                add(&text[from..at]);
                from = at + character.len_utf8();
            }
            _ => {}
        }
    }
    // A bracket that never closes must not glue the rest of the list together.
    if depth > 0 {
        text[from..].split(';').for_each(add);
    } else {
        add(&text[from..]);
    }
    terms
}
