//! Abstract, claims and description with the places of hits.

use query::Field;
use records::Right;
use search::{Marker, claim_tree};

use crate::language::Lang;
use crate::words::Marked;

/// A text in a language.
pub(crate) struct Passage {
    pub(crate) lang: Option<String>,
    pub(crate) paragraphs: Vec<Marked>,
    /// In the page's language, or the only one; others are folded.
    pub(crate) first: bool,
}

/// Claims in one language.
#[derive(Default)]
pub(crate) struct ClaimGroup {
    pub(crate) lang: Option<String>,
    pub(crate) count: usize,
    pub(crate) independent: usize,
    pub(crate) lines: Vec<ClaimLine>,
}

/// One claim with its depth in the tree.
pub(crate) struct ClaimLine {
    pub(crate) number: u32,
    pub(crate) depth: usize,
    pub(crate) independent: bool,
    pub(crate) depends_on: String,
    pub(crate) text: Marked,
}

/// One section of the description.
pub(crate) struct SectionView {
    pub(crate) anchor: String,
    pub(crate) heading: Option<Marked>,
    pub(crate) paragraphs: Vec<Marked>,
}

/// Claims deeper than this are shown at this depth.
const DEEPEST: usize = 6;

fn marked(text: &str, field: Field, marker: &Marker) -> Marked {
    Marked::new(text, marker.places(field, text))
}

pub(crate) fn abstracts(right: &Right, marker: &Marker, lang: Lang) -> Vec<Passage> {
    let has_own = right.abstracts.iter().any(|text| text.lang.as_deref() == Some(lang.code()));
    let passage = |(at, text): (usize, &records::Text)| Passage {
        lang: text.lang.clone(),
        paragraphs: text.text.lines().map(|line| marked(line, Field::Abstract, marker)).collect(),
        first: if has_own { text.lang.as_deref() == Some(lang.code()) } else { at == 0 },
    };
    let mut passages: Vec<Passage> = right.abstracts.iter().enumerate().map(passage).collect();
    passages.sort_by_key(|passage| !passage.first);
    passages
}

/// Claims by language, each as a tree laid out in lines.
pub(crate) fn claims(right: &Right, marker: &Marker, lang: Lang) -> Vec<ClaimGroup> {
    let mut groups: Vec<ClaimGroup> = Vec::new();
    for node in claim_tree(&right.claims) {
        if groups.last().is_none_or(|group| group.lang != node.claim.lang) {
            groups.push(ClaimGroup { lang: node.claim.lang.clone(), ..ClaimGroup::default() });
        }
        let Some(group) = groups.last_mut() else { continue };
        group.count += 1;
        group.independent += usize::from(node.independent);
        group.lines.push(ClaimLine {
            number: node.claim.number,
            depth: node.depth.min(DEEPEST),
            independent: node.independent,
            depends_on: node.claim.depends_on.iter().map(u32::to_string).collect::<Vec<_>>().join(", "),
            text: marked(&node.claim.text, Field::Claims, marker),
        });
    }
    groups.sort_by_key(|group| group.lang.as_deref() != Some(lang.code()));
    groups
}

pub(crate) fn sections(right: &Right, marker: &Marker) -> Vec<SectionView> {
    let sections = right.description.iter().flat_map(|description| &description.sections);
    let view = |(at, section): (usize, &records::Section)| SectionView {
        anchor: format!("section-{}", at + 1),
        heading: section.heading.as_deref().map(|heading| marked(heading, Field::Description, marker)),
        paragraphs: section.paragraphs.iter().map(|text| marked(text, Field::Description, marker)).collect(),
    };
    sections.enumerate().map(view).collect()
}
