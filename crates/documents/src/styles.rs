//! Word's styles, so that a reader can change the look of the whole document in one place.

use std::fmt::Write as _;

/// Songti and Heiti are on every Chinese Windows and macOS; others fall back to what they have.
const BODY: &str =
    r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>"#;
const HEAD: &str = r#"<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体" w:cs="Arial"/>"#;

/// A paragraph style: id, Word's name for it, and the properties of paragraphs and text.
struct Paragraph {
    id: &'static str,
    name: &'static str,
    next: &'static str,
    block: String,
    text: String,
}

/// Id, name, size in half points and space before of the headings.
const HEADINGS: [(&str, &str, u32, u32); 4] = [
    ("Heading1", "heading 1", 32, 360),
    ("Heading2", "heading 2", 28, 280),
    ("Heading3", "heading 3", 24, 240),
    ("Heading4", "heading 4", 22, 200),
];

/// Id, name and indent of the contents entries.
const CONTENTS: [(&str, &str, u32); 3] = [("TOC1", "toc 1", 0), ("TOC2", "toc 2", 420), ("TOC3", "toc 3", 840)];

/// `word/styles.xml`.
pub(crate) fn styles() -> String {
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>{BODY}<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
"#
    );
    for style in paragraphs() {
        _ = writeln!(
            out,
            r#"<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="Normal"/><w:next w:val="{}"/><w:qFormat/><w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>"#,
            style.id, style.name, style.next, style.block, style.text
        );
    }
    out.push_str(r#"<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F5A96"/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
"#);
    out.push_str(&table_style());
    out.push_str("</w:styles>");
    out
}

fn size(half_points: u32) -> String {
    format!(r#"<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#)
}

fn paragraphs() -> Vec<Paragraph> {
    let make = |id, name, next, block: &str, text: String| Paragraph { id, name, next, block: block.to_owned(), text };
    let muted = r#"<w:color w:val="5B636E"/>"#;
    let single = r#"<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>"#;
    let mut all = vec![
        make(
            "Title",
            "Title",
            "Normal",
            r#"<w:keepNext/><w:spacing w:before="240" w:after="160" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>"#,
            format!("{HEAD}<w:b/><w:bCs/>{}", size(40)),
        ),
        make(
            "Subtitle",
            "Subtitle",
            "Normal",
            r#"<w:spacing w:after="360"/><w:jc w:val="center"/>"#,
            format!("{muted}{}", size(21)),
        ),
        make(
            "Caption",
            "caption",
            "Normal",
            r#"<w:keepLines/><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>"#,
            format!("{HEAD}{}", size(19)),
        ),
        make(
            "Figure",
            "Figure",
            "Caption",
            r#"<w:keepNext/><w:spacing w:before="160" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>"#,
            String::new(),
        ),
        make("TableText", "Table Text", "TableText", single, size(18)),
        make(
            "TableHeading",
            "Table Heading",
            "TableText",
            &format!("<w:keepNext/>{single}"),
            format!("{HEAD}<w:b/><w:bCs/>{}", size(18)),
        ),
        make(
            "ListBullet",
            "List Bullet",
            "ListBullet",
            r#"<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/><w:ind w:left="420" w:hanging="420"/>"#,
            String::new(),
        ),
        make(
            "TOCHeading",
            "TOC Heading",
            "Normal",
            r#"<w:keepNext/><w:spacing w:before="240" w:after="120"/>"#,
            format!("{HEAD}<w:b/><w:bCs/>{}", size(28)),
        ),
        make(
            "Header",
            "header",
            "Header",
            r#"<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="D5D9DF"/></w:pBdr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>"#,
            format!("{muted}{}", size(18)),
        ),
        make(
            "Footer",
            "footer",
            "Footer",
            r#"<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>"#,
            format!("{muted}{}", size(18)),
        ),
    ];
    for (level, (id, name, half_points, before)) in HEADINGS.into_iter().enumerate() {
        let paragraph = format!(
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="120" w:line="264" w:lineRule="auto"/><w:outlineLvl w:val="{level}"/>"#
        );
        all.push(make(id, name, "Normal", &paragraph, format!("{HEAD}<w:b/><w:bCs/>{}", size(half_points))));
    }
    for (id, name, left) in CONTENTS {
        let paragraph = format!(
            r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9071"/></w:tabs><w:spacing w:after="40"/><w:ind w:left="{left}"/>"#
        );
        all.push(make(id, name, "Normal", &paragraph, String::new()));
    }
    all
}

/// Lines above and below, a thin one under the headings and between rows; none upright.
fn table_style() -> String {
    let strong = r#"w:val="single" w:sz="8" w:space="0" w:color="1C2026""#;
    let light = r#"w:val="single" w:sz="4" w:space="0" w:color="D5D9DF""#;
    format!(
        r#"<w:style w:type="table" w:styleId="DataTable"><w:name w:val="Data Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top {strong}/><w:bottom {strong}/><w:insideH {light}/></w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="1C2026"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="table" w:styleId="FieldTable"><w:name w:val="Field Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top {light}/><w:bottom {light}/><w:insideH {light}/></w:tblBorders><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
"#
    )
}
