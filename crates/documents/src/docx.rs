//! The Word file: parts, relations, package (ECMA-376, Office Open XML).

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{Document, body::Body, styles::styles, xml::escape};

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A picture is no SVG.
    #[error("picture {number} of the document cannot be drawn: {reason}; give SVG that stands alone")]
    Picture {
        /// Which, counted from 1.
        number: usize,
        /// What the reader of SVG says.
        reason: String,
    },
    /// The package could not be put together.
    #[error("the Word file cannot be put together: {0}")]
    Package(#[from] zip::result::ZipError),
    /// The package could not be written to memory.
    #[error("the Word file cannot be put together: {0}")]
    Write(#[from] std::io::Error),
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Parts under `word/` and their content types.
const TYPES: [(&str, &str); 6] = [
    ("document", "document.main"),
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("header1", "header"),
    ("footer1", "footer"),
];

/// Relations of the document and their parts.
const RELATED: [(&str, &str); 5] = [
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("header", "header1"),
    ("footer", "footer1"),
];

impl Document {
    /// The document as a DOCX file. Equal documents give equal bytes, as long as the fonts of the system stay.
    pub fn docx(&self) -> Result<Vec<u8>, DocumentError> {
        let body = Body::of(self)?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let packed = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let parts = [
            ("[Content_Types].xml", content_types()),
            ("_rels/.rels", package_relations()),
            ("docProps/core.xml", properties(self)),
            ("word/document.xml", document(&body)),
            ("word/_rels/document.xml.rels", document_relations(&body)),
            ("word/styles.xml", styles()),
            ("word/numbering.xml", numbering()),
            ("word/settings.xml", settings(&self.language)),
            ("word/header1.xml", header(&self.title)),
            ("word/footer1.xml", footer(&self.language)),
        ];
        for (name, xml) in parts {
            zip.start_file(name, packed)?;
            zip.write_all(xml.as_bytes())?;
        }
        for (at, picture) in body.pictures.iter().enumerate() {
            zip.start_file(
                format!("word/media/picture{}.png", at + 1),
                packed.compression_method(CompressionMethod::Stored),
            )?;
            zip.write_all(picture)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

fn content_types() -> String {
    let mut out = format!(
        r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#
    );
    for (name, kind) in TYPES {
        _ = write!(
            out,
            r#"<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>"#
        );
    }
    out.push_str("</Types>");
    out
}

fn package_relations() -> String {
    format!(
        r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
    )
}

fn document_relations(body: &Body) -> String {
    let mut out = format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">"#);
    for (kind, name) in RELATED {
        _ = write!(out, r#"<Relationship Id="rId_{kind}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>"#);
    }
    for at in 1..=body.pictures.len() {
        _ = write!(
            out,
            r#"<Relationship Id="rIdPicture{at}" Type="{RELATIONS}/image" Target="media/picture{at}.png"/>"#
        );
    }
    for (at, href) in body.links.iter().enumerate() {
        _ = write!(
            out,
            r#"<Relationship Id="rIdLink{}" Type="{RELATIONS}/hyperlink" Target="{}" TargetMode="External"/>"#,
            at + 1,
            escape(href)
        );
    }
    out.push_str("</Relationships>");
    out
}

/// Title, author and day. A date that is no day is left out: Word refuses files with one.
fn properties(document: &Document) -> String {
    let mut dates = String::new();
    if is_day(&document.date) {
        for name in ["created", "modified"] {
            _ = write!(
                dates,
                r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:{name}>"#,
                document.date
            );
        }
    }
    let language = if document.language == "zh" { "zh-CN" } else { "en" };
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>{language}</dc:language>{dates}</cp:coreProperties>"#,
        escape(&document.title),
        escape(&document.author)
    )
}

/// `YYYY-MM-DD` with a month and a day that there are.
fn is_day(date: &str) -> bool {
    let number = |range: std::ops::Range<usize>| {
        date.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?.parse::<u32>().ok()
    };
    let dashes = date.get(4..5) == Some("-") && date.get(7..8) == Some("-");
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    date.len() == 10
        && dashes
        && year.is_some()
        && month.is_some_and(|month| (1..=12).contains(&month))
        && day.is_some_and(|day| (1..=31).contains(&day))
}

fn document(body: &Body) -> String {
    format!(
        r#"{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>
{}<w:sectPr><w:headerReference w:type="default" r:id="rId_header"/><w:footerReference w:type="default" r:id="rId_footer"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1417" w:bottom="1300" w:left="1418" w:header="720" w:footer="600" w:gutter="0"/></w:sectPr></w:body></w:document>"#,
        body.xml
    )
}

fn numbering() -> String {
    format!(
        r#"{HEAD}<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    )
}

fn settings(language: &str) -> String {
    let (latin, asian) = if language == "zh" { ("zh-CN", "zh-CN") } else { ("en-US", "zh-CN") };
    format!(
        r#"{HEAD}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="{latin}" w:eastAsia="{asian}"/></w:settings>"#
    )
}

fn header(title: &str) -> String {
    format!(
        r#"{HEAD}<w:hdr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p></w:hdr>"#,
        escape(title).replace(['\n', '\t'], " ")
    )
}

/// `第 1 页，共 9 页` or `Page 1 of 9`.
fn footer(language: &str) -> String {
    let field = |name: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let words = if language == "zh" { ["第 ", " 页，共 ", " 页"] } else { ["Page ", " of ", ""] };
    let [before, between, after] = words.map(|word| format!(r#"<w:r><w:t xml:space="preserve">{word}</w:t></w:r>"#));
    format!(
        r#"{HEAD}<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{before}{}{between}{}{after}</w:p></w:ftr>"#,
        field("PAGE"),
        field("NUMPAGES")
    )
}
