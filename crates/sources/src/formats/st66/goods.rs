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
                let lang = text.attr("languageCode").map(str::to_ascii_lowercase);
                let terms = terms(&text.text(), lang.as_deref());
                classes.push(NiceClass { class, lang, terms });
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

/// Splits a list of goods in a language at the semicolons (in Greek raised dots too) that stand outside brackets; a
/// full stop at the end is dropped.
pub(in super::super) fn terms(text: &str, lang: Option<&str>) -> Vec<String> {
    split(text, if lang == Some("el") { &[';', '·', '\u{387}', '\u{37e}'] } else { &[';'] })
}

fn split(text: &str, separators: &[char]) -> Vec<String> {
    // Goods in 22 languages are most of an EU mark: without brackets a plain split does.
    if memchr::memchr2(b'(', b'[', text.as_bytes()).is_none() {
        return match separators {
            [one] => text.split(*one).filter_map(term).collect(),
            _ => text.split(separators).filter_map(term).collect(),
        };
    }
    let mut terms: Vec<String> = Vec::new();
    let mut open = String::new();
    let mut depth = 0;
    for piece in text.split(separators) {
        depth += piece.bytes().fold(0, |depth: i32, byte| match byte {
            b'(' | b'[' => depth + 1,
            b')' | b']' => depth - 1,
            _ => depth,
        });
        match (open.is_empty(), depth > 0) {
            (true, false) => terms.extend(term(piece)),
            (true, true) => piece.clone_into(&mut open),
            (false, _) => {
                open.push(';');
                open.push_str(piece);
                if depth <= 0 {
                    terms.extend(term(&std::mem::take(&mut open)));
                }
            }
        }
        depth = depth.max(0);
    }
    // A bracket that never closes must not glue the rest of the list together.
    terms.extend(open.split(separators).filter_map(term));
    terms
}

fn term(text: &str) -> Option<String> {
    let term = text.trim().trim_end_matches('.').trim_end();
    (!term.is_empty()).then(|| term.to_owned())
}

#[cfg(test)]
mod tests {
    use super::terms;

    #[test]
    fn goods_split_outside_brackets_only() {
        assert_eq!(
            terms("tea; sauces [hot; cold] (a; b) mild; rice.", None),
            ["tea", "sauces [hot; cold] (a; b) mild", "rice"]
        );
        assert_eq!(terms(" ; ;.", None), Vec::<String>::new());
    }

    #[test]
    fn a_bracket_that_never_closes_does_not_swallow_the_list() {
        assert_eq!(terms("tea (green; rice; salt", None), ["tea (green", "rice", "salt"]);
        assert_eq!(terms("tea); rice", None), ["tea)", "rice"]);
    }

    #[test]
    fn greek_lists_use_the_raised_dot() {
        assert_eq!(terms("Τσάι· Ρύζι", Some("el")), ["Τσάι", "Ρύζι"]);
        assert_eq!(terms("col·lecció; te", Some("ca")), ["col·lecció", "te"]);
    }
}
