//! Abstract, claims, description and pictures.

use records::{Claim, Description, Image, ImageKind, Office, Record, RightKind, Text};

use crate::Element;
use crate::formats::cn_text;

/// Sections of a description that the office tags, and the headings that they stand for.
const SECTIONS: &[(&str, &str)] = &[
    ("TechnicalField", "技术领域"),
    ("BackgroundArt", "背景技术"),
    ("Disclosure", "发明内容"),
    ("DrawingsDescription", "附图说明"),
    ("InventionMode", "具体实施方式"),
    ("BestMode", "具体实施方式"),
    ("IndustrialApplicability", "工业实用性"),
];

/// Fills `record` with all text and pictures below the root.
pub(super) fn read(root: Element<'_>, office: Office, record: &mut Record) {
    let default = root.attr("lang").or((office == Office::CN).then_some("zh"));
    abstracts(root, default, record);
    record.claims = claims(root, default, &mut record.images);
    record.description = description(root, default, record.right, &mut record.images);
    let figures = if record.right == Some(RightKind::Design) { ImageKind::Design } else { ImageKind::Drawing };
    for name in ["Drawings", "DesignDrawings", "DesignFigures", "DesignImages", "FullDocImage"] {
        root.children(name).for_each(|e| images(e, figures, &mut record.images));
    }
}

fn abstracts(root: Element<'_>, default: Option<&str>, record: &mut Record) {
    for element in root.children("Abstract").chain(root.children("DesignBriefExplanation")) {
        for figure in element.children("AbstractFigure") {
            images(figure, ImageKind::Abstract, &mut record.images);
        }
        let text = paragraphs(element, &mut record.images).join("\n");
        let text = if text.is_empty() { element.own_text() } else { text };
        if !text.is_empty() {
            record.abstracts.push(Text::new(element.attr("lang").or(default), text));
        }
    }
}

/// Texts of the paragraphs of an element; pictures in them are noted.
fn paragraphs(element: Element<'_>, pictures: &mut Vec<Image>) -> Vec<String> {
    let mut texts = Vec::new();
    for paragraph in element.children("Paragraphs") {
        images(paragraph, ImageKind::Inline, pictures);
        texts.push(paragraph.text());
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn claims(root: Element<'_>, default: Option<&str>, pictures: &mut Vec<Image>) -> Vec<Claim> {
    let mut claims = Vec::new();
    let sets: Vec<_> = root.children("Claims").collect();
    for set in &sets {
        // The language matters only where a document carries its claims in several.
        let lang = set.attr("lang").or(default).filter(|_| sets.len() > 1);
        for (position, element) in set.children("Claim").enumerate() {
            images(element, ImageKind::Inline, pictures);
            let mut texts: Vec<_> = element.children("ClaimText").map(Element::text).collect();
            texts.extend(element.children("Paragraphs").map(Element::text));
            if texts.is_empty() {
                texts.push(element.text());
            }
            texts.retain(|text| !text.is_empty());
            let number = element.attr("num").and_then(|num| num.parse().ok()).filter(|number| *number > 0);
            claims.extend(cn_text::claim(number, position, &texts, lang));
        }
    }
    claims
}

fn description(
    root: Element<'_>,
    default: Option<&str>,
    right: Option<RightKind>,
    pictures: &mut Vec<Image>,
) -> Option<Description> {
    let element = root.child("Description")?;
    let lang = element.attr("lang").or(default).map(str::to_ascii_lowercase);
    let mut description = Description { lang, sections: Vec::new() };
    for child in element.elements() {
        match child.name() {
            // The title is told in the bibliographic data.
            "InventionTitle" | "DesignTitle" => child.pass_over(),
            name => {
                if let Some((_, heading)) = SECTIONS.iter().find(|(tag, _)| *tag == name) {
                    description.heading(section_heading(heading, right));
                }
                images(child, ImageKind::Inline, pictures);
                add(child, &mut description);
            }
        }
    }
    (!description.is_empty()).then_some(description)
}

fn section_heading(heading: &'static str, right: Option<RightKind>) -> &'static str {
    match (heading, right) {
        ("发明内容", Some(RightKind::UtilityModel)) => "实用新型内容",
        _ => heading,
    }
}

/// Adds what an element of the description holds: its paragraphs, or its own words.
fn add(element: Element<'_>, description: &mut Description) {
    let mut has_paragraphs = false;
    for paragraph in element.children("Paragraphs") {
        has_paragraphs = true;
        cn_text::add_paragraph(description, paragraph.text());
    }
    if !has_paragraphs {
        cn_text::add_paragraph(description, element.text());
    }
}

/// Pictures in an element, each file once.
fn images(element: Element<'_>, kind: ImageKind, pictures: &mut Vec<Image>) {
    for image in element.below(&["Image"]) {
        if let Some(file) = image.attr("file").filter(|file| !pictures.iter().any(|p| p.file == *file)) {
            pictures.push(Image { file: file.to_owned(), kind });
        }
    }
}
