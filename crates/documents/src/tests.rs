use std::{
    io::{Cursor, Read as _},
    process::Command,
};

use quick_xml::{Reader, events::Event};

use crate::{Align, Block, Cell, Document, DocumentError, Field, Picture, Run, Table};

const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50" fill="#1f5a96"/><text x="10" y="20" font-size="10">电池 &#x10FFFD;</text></svg>"##;

fn report() -> Document {
    let row = |name: &str, count: &str| vec![Cell::link(name, "https://example.org/search?q=a&b=c"), Cell::text(count)];
    let picture = Picture {
        svg: SVG.to_owned(),
        caption: "图 1 主要申请人".to_owned(),
        alt: "主要申请人：\"示例\"".to_owned(),
        width_cm: 12.0,
    };
    let blocks = vec![
        Block::Heading(1, "检索式与方法".to_owned()),
        Block::Fields(vec![
            Field { label: "检索式".to_owned(), value: vec![Run::plain("石墨烯 AND class=H01M")] },
            Field { label: "命中".to_owned(), value: vec![Run::plain("12,345 件")] },
        ]),
        Block::Paragraph(vec![
            Run::plain("本报告统计的是"),
            Run::bold("申请"),
            Run::plain("，见"),
            Run::link("检索结果", "https://example.org/search?q=a&b=c"),
            Run::link("（相对地址不成为链接）", "/search"),
            Run::plain("。<script>&\u{0}\n第二行"),
        ]),
        Block::List(vec![vec![Run::plain("第一点")], vec![Run::plain("第二点")]]),
        Block::Table(Table {
            caption: "表 1 主要申请人".to_owned(),
            headings: vec!["申请人".to_owned(), "申请量".to_owned()],
            align: vec![Align::Left, Align::Right],
            rows: (0..60).map(|at| row(&format!("第{at}有限公司"), "1,284")).collect(),
        }),
        Block::PageBreak,
        Block::Heading(1, "图".to_owned()),
        Block::Heading(2, "主要申请人".to_owned()),
        Block::Picture(picture),
    ];
    Document {
        title: "石墨烯电池专利分析报告".to_owned(),
        language: "zh".to_owned(),
        author: "惠知".to_owned(),
        date: "2026-03-02".to_owned(),
        contents: true,
        blocks,
    }
}

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut out = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

fn small(blocks: Vec<Block>) -> Document {
    Document { title: "T".to_owned(), language: "en".to_owned(), blocks, ..Document::default() }
}

#[test]
fn every_part_is_well_formed() {
    let docx = report().docx().unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(&docx)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names.iter().filter(|name| !name.contains("media/")) {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        let mut reader = Reader::from_str(&text);
        while !matches!(reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")), Event::Eof) {}
    }
}

#[test]
fn headings_tables_and_drawings_are_what_word_takes_them_for() {
    let docx = report().docx().unwrap();
    let document = part(&docx, "word/document.xml");
    assert!(document.contains(r#"<w:pStyle w:val="Heading1"/>"#));
    assert!(part(&docx, "word/styles.xml").contains(r#"<w:outlineLvl w:val="0"/>"#));
    assert_eq!(document.matches("<w:tblHeader/>").count(), 1, "the heading row of the data table repeats");
    assert_eq!(document.matches("<w:drawing>").count(), 1);
    assert!(document.contains(r#"descr="主要申请人：&quot;示例&quot;""#));
    assert!(document.contains(r#"TOC \o "1-3""#));
    assert!(part(&docx, "word/header1.xml").contains("石墨烯电池专利分析报告"));
    assert!(part(&docx, "word/footer1.xml").contains("NUMPAGES"));
    assert!(part(&docx, "docProps/core.xml").contains("2026-03-02T00:00:00Z"));
}

#[test]
fn addresses_become_links_once_and_only_when_absolute() {
    let docx = report().docx().unwrap();
    let relations = part(&docx, "word/_rels/document.xml.rels");
    assert_eq!(relations.matches("TargetMode=\"External\"").count(), 1);
    assert!(relations.contains("https://example.org/search?q=a&amp;b=c"));
    assert!(part(&docx, "word/document.xml").contains("（相对地址不成为链接）"));
}

#[test]
fn hostile_text_stays_text() {
    let document = part(&report().docx().unwrap(), "word/document.xml");
    assert!(document.contains("&lt;script&gt;&amp;</w:t><w:br/>"));
}

#[test]
fn equal_documents_give_equal_bytes() {
    assert_eq!(report().docx().unwrap(), report().docx().unwrap());
}

#[test]
fn a_picture_without_a_font_for_its_text_still_comes() {
    let picture = Picture { svg: SVG.to_owned(), width_cm: 5.0, ..Picture::default() };
    let docx = small(vec![Block::Picture(picture)]).docx().unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(docx.as_slice())).unwrap();
    let mut png = Vec::new();
    zip.by_name("word/media/picture1.png").unwrap().read_to_end(&mut png).unwrap();
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (200, 100), "twice the size of the drawing");
    assert!(part(&docx, "word/document.xml").contains(r#"<wp:extent cx="1800000" cy="900000"/>"#));
}

#[test]
fn a_high_picture_stays_on_its_page() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 1000"><rect width="9" height="9"/></svg>"#;
    let docx = small(vec![Block::Picture(Picture { svg: svg.to_owned(), ..Picture::default() })]).docx().unwrap();
    assert!(part(&docx, "word/document.xml").contains(r#"cx="792000" cy="7920000""#));
}

#[test]
fn a_broken_picture_is_named() {
    let bad = Picture { svg: "<svg".to_owned(), ..Picture::default() };
    let error = small(vec![Block::Picture(bad)]).docx().unwrap_err();
    assert!(matches!(error, DocumentError::Picture { number: 1, .. }), "{error}");
    assert!(error.to_string().starts_with("picture 1 of the document cannot be drawn"));
}

#[test]
fn nothing_at_all_is_a_document_too() {
    let blocks = vec![Block::Table(Table::default()), Block::Fields(Vec::new()), Block::List(Vec::new())];
    let empty = Document { contents: true, date: "yesterday".to_owned(), ..small(blocks) };
    let docx = empty.docx().unwrap();
    assert!(!part(&docx, "docProps/core.xml").contains("dcterms:created"));
    assert!(part(&docx, "word/document.xml").contains("Contents"));
}

/// Where LibreOffice is installed, it opens the report. `HUIZHI_KEEP_DOCX` keeps file and PDF in that folder to look at.
#[test]
fn an_office_program_opens_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("HUIZHI_KEEP_DOCX").map(std::path::PathBuf::from);
    let folder_path = kept.as_deref().unwrap_or(folder.path());
    let path = folder_path.join("report.docx");
    std::fs::write(&path, report().docx().unwrap()).unwrap();
    let home = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let run = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder_path)
        .arg(&path)
        .output();
    let Ok(output) = run else {
        eprintln!("soffice is not installed: nothing checked");
        return;
    };
    let pdf = std::fs::read(folder_path.join("report.pdf"));
    assert!(pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF")), "{}", String::from_utf8_lossy(&output.stderr));
}
