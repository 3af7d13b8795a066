//! Blocks as WordprocessingML.

use std::fmt::Write as _;

use crate::{
    Align, Block, Cell, Document, DocumentError, Field, Picture, Run, Table,
    picture::{Png, png},
    xml::{attribute, escape},
};

/// Width of the text in twentieths of a point: 16 cm.
const WIDTH: u32 = 9_071;
/// EMU a centimetre.
const CENTIMETRE: f64 = 360_000.0;
const WIDEST_CM: f64 = 16.0;
const HIGHEST_CM: f64 = 22.0;

/// The body, and what it refers to.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) xml: String,
    /// Addresses; the relation of the first is `rIdLink1`.
    pub(crate) links: Vec<String>,
    /// Pictures; the relation of the first is `rIdPicture1`.
    pub(crate) pictures: Vec<Vec<u8>>,
    headings: usize,
}

impl Body {
    pub(crate) fn of(document: &Document) -> Result<Self, DocumentError> {
        let mut body = Self::default();
        body.paragraph("Title", &[Run::plain(&document.title)]);
        let line = [document.author.as_str(), document.date.as_str()];
        let line: Vec<&str> = line.into_iter().filter(|part| !part.is_empty()).collect();
        if !line.is_empty() {
            body.paragraph("Subtitle", &[Run::plain(line.join("　"))]);
        }
        if document.contents {
            body.contents(document);
        }
        for block in &document.blocks {
            body.block(block)?;
        }
        Ok(body)
    }

    fn block(&mut self, block: &Block) -> Result<(), DocumentError> {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(runs) => self.paragraph("Normal", runs),
            Block::List(points) => points.iter().for_each(|point| self.paragraph("ListBullet", point)),
            Block::Fields(fields) => self.fields(fields),
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => return self.picture(picture),
            Block::PageBreak => self.xml.push_str(r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#),
        }
        Ok(())
    }

    fn paragraph(&mut self, style: &str, runs: &[Run]) {
        _ = write!(self.xml, r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#);
        self.runs(runs);
        self.xml.push_str("</w:p>\n");
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            let link = run.href.as_deref().filter(|href| is_absolute(href)).map(|href| self.link(href));
            if let Some(link) = &link {
                _ = write!(self.xml, r#"<w:hyperlink r:id="{link}" w:history="1">"#);
            }
            let style = if link.is_some() { r#"<w:rStyle w:val="Hyperlink"/>"# } else { "" };
            let bold = if run.bold { "<w:b/><w:bCs/>" } else { "" };
            _ = write!(self.xml, "<w:r><w:rPr>{style}{bold}</w:rPr>{}</w:r>", text(&run.text));
            if link.is_some() {
                self.xml.push_str("</w:hyperlink>");
            }
        }
    }

    /// The relation of an address; the same address has one.
    fn link(&mut self, href: &str) -> String {
        let at = self.links.iter().position(|known| known == href).unwrap_or_else(|| {
            self.links.push(href.to_owned());
            self.links.len() - 1
        });
        format!("rIdLink{}", at + 1)
    }

    fn heading(&mut self, level: u8, words: &str) {
        self.headings += 1;
        let (level, at) = (level.clamp(1, 4), self.headings);
        _ = writeln!(
            self.xml,
            r#"<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr><w:bookmarkStart w:id="{at}" w:name="_Toc{at}"/><w:r>{}</w:r><w:bookmarkEnd w:id="{at}"/></w:p>"#,
            text(words)
        );
    }

    /// A contents field. Its entries are there already, with links; Word adds the page numbers when it brings the field up
    /// to date, which it does on opening.
    fn contents(&mut self, document: &Document) {
        let title = if document.language == "zh" { "目录" } else { "Contents" };
        self.paragraph("TOCHeading", &[Run::plain(title)]);
        let entries = document.blocks.iter().filter_map(|block| match block {
            Block::Heading(level, words) => Some((*level, words)),
            _ => None,
        });
        // Every heading has a bookmark, the fourth level too, so the numbers here are those of the headings.
        let entries: Vec<(usize, u8, &String)> = entries
            .enumerate()
            .map(|(at, (level, words))| (at + 1, level.clamp(1, 4), words))
            .filter(|entry| entry.1 < 4)
            .collect();
        let field = r#"<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-3" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>"#;
        if entries.is_empty() {
            return;
        }
        let last = entries.len() - 1;
        for (index, (at, level, words)) in entries.into_iter().enumerate() {
            let begin = if index == 0 { field } else { "" };
            let end = if index == last { r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"# } else { "" };
            _ = writeln!(
                self.xml,
                r#"<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{begin}<w:hyperlink w:anchor="_Toc{at}" w:history="1"><w:r>{}</w:r></w:hyperlink>{end}</w:p>"#,
                text(words)
            );
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        if fields.is_empty() {
            return;
        }
        let label = fields.iter().map(|field| ems(&field.label)).fold(0.0, f64::max).clamp(4.0, 16.0);
        let first = ((label + 2.0) * 200.0) as u32;
        self.open_table("FieldTable", &[first, WIDTH - first], false);
        for field in fields {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            self.cell(first, Align::Left, "TableHeading", &[Run::plain(&field.label)]);
            self.cell(WIDTH - first, Align::Left, "TableText", &field.value);
            self.xml.push_str("</w:tr>\n");
        }
        self.close_table();
    }

    fn table(&mut self, table: &Table) {
        let columns = table.rows.iter().map(Vec::len).chain([table.headings.len()]).max().unwrap_or(0).min(63);
        if columns == 0 {
            return;
        }
        if !table.caption.is_empty() {
            _ = writeln!(
                self.xml,
                r#"<w:p><w:pPr><w:pStyle w:val="Caption"/><w:keepNext/></w:pPr><w:r>{}</w:r></w:p>"#,
                text(&table.caption)
            );
        }
        let widths = widths(table, columns);
        let align = |column: usize| table.align.get(column).copied().unwrap_or_default();
        self.open_table("DataTable", &widths, !table.headings.is_empty());
        if !table.headings.is_empty() {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
            for (column, width) in widths.iter().enumerate() {
                let heading = table.headings.get(column).map_or("", String::as_str);
                self.cell(*width, align(column), "TableHeading", &[Run::plain(heading)]);
            }
            self.xml.push_str("</w:tr>\n");
        }
        for row in &table.rows {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (column, width) in widths.iter().enumerate() {
                let cell = row.get(column).cloned().unwrap_or_default();
                let run = Run { text: cell.text, bold: false, href: cell.href };
                self.cell(*width, align(column), "TableText", &[run]);
            }
            self.xml.push_str("</w:tr>\n");
        }
        self.close_table();
    }

    fn open_table(&mut self, style: &str, widths: &[u32], headed: bool) {
        let (total, first) = (widths.iter().sum::<u32>(), u8::from(headed));
        _ = write!(
            self.xml,
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0{first}20" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>"#
        );
        for width in widths {
            _ = write!(self.xml, r#"<w:gridCol w:w="{width}"/>"#);
        }
        self.xml.push_str("</w:tblGrid>\n");
    }

    /// Closes a table and keeps the next one apart from it.
    fn close_table(&mut self) {
        self.xml.push_str("</w:tbl>\n<w:p><w:pPr><w:spacing w:after=\"0\"/></w:pPr></w:p>\n");
    }

    fn cell(&mut self, width: u32, align: Align, style: &str, runs: &[Run]) {
        let align = match align {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Right => "right",
        };
        _ = write!(
            self.xml,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{align}"/></w:pPr>"#
        );
        self.runs(runs);
        self.xml.push_str("</w:p></w:tc>");
    }

    fn picture(&mut self, picture: &Picture) -> Result<(), DocumentError> {
        let number = self.pictures.len() + 1;
        let Png { bytes, ratio } = png(&picture.svg).map_err(|reason| DocumentError::Picture { number, reason })?;
        self.pictures.push(bytes);
        let asked = if picture.width_cm > 0.0 { picture.width_cm.min(WIDEST_CM) } else { WIDEST_CM };
        let wide = asked.min(HIGHEST_CM / ratio);
        let (cx, cy) = ((wide * CENTIMETRE) as u64, ((wide * ratio * CENTIMETRE) as u64).max(1));
        let alt = attribute(&picture.alt);
        _ = writeln!(
            self.xml,
            r#"<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="picture{number}.png" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
        );
        if !picture.caption.is_empty() {
            self.paragraph("Caption", &[Run::plain(&picture.caption)]);
        }
        Ok(())
    }
}

/// Only addresses that mean the same on another machine become links.
fn is_absolute(href: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme))
        && !href.contains(char::is_whitespace)
}

/// Text with its line breaks and tabs.
fn text(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::new();
    for (at, line) in words.split('\n').enumerate() {
        if at > 0 {
            out.push_str("<w:br/>");
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                out.push_str("<w:tab/>");
            }
            _ = write!(out, r#"<w:t xml:space="preserve">{}</w:t>"#, escape(piece));
        }
    }
    out
}

/// Length of a text in characters as wide as Chinese ones.
fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c >= '\u{1100}' { 1.0 } else { 0.55 }).sum()
}

/// Widths of the columns: by their longest text, none under a twentieth and none that takes it all.
fn widths(table: &Table, columns: usize) -> Vec<u32> {
    let longest = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|Cell { text, .. }| ems(text));
        let heading = table.headings.get(column).map_or(0.0, |heading| ems(heading).min(8.0));
        cells.chain([heading]).fold(0.0, f64::max).clamp(2.5, 24.0) + 1.5
    };
    let weights: Vec<f64> = (0..columns).map(longest).collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| (weight / total * f64::from(WIDTH)) as u32).collect()
}
