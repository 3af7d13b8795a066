//! Files that are broken or made to harm: a clear message with file and place, neighbours unharmed, no panic, memory
//! bounded. Everything goes through [`sources::read_paths`], as it does for people.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use sources::{EntryEnd, Findings, Limits, Problem, RawRecord, Settings, Sink, read_paths};
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What came out of some files.
#[derive(Default)]
struct Read {
    records: Vec<(RawRecord, Findings)>,
    problems: Vec<(String, Problem)>,
    passed_over: Vec<String>,
    left: Vec<EntryEnd>,
    /// Keep no bytes: for records too large to hold many of.
    largest: usize,
}

impl Sink for Read {
    fn enter(&mut self, _file: &str, _format: &str) -> Option<u64> {
        Some(0)
    }

    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        let findings = record.read();
        self.largest = self.largest.max(record.bytes.len());
        self.records.push((record, findings));
        ControlFlow::Continue(())
    }

    fn leave(&mut self, end: EntryEnd) -> ControlFlow<()> {
        self.left.push(end);
        ControlFlow::Continue(())
    }

    fn passed_over(&mut self, file: &str, _why: &str) {
        self.passed_over.push(file.to_owned());
    }

    fn problem(&mut self, file: &str, problem: Problem) {
        assert!(problem.message.contains(file), "a message names its file: {}", problem.message);
        self.problems.push((file.to_owned(), problem));
    }
}

impl Read {
    /// Keys of all parts, in order.
    fn keys(&self) -> Vec<String> {
        self.records.iter().flat_map(|(_, findings)| &findings.parts).map(|part| part.key.to_string()).collect()
    }

    /// Codes of the problems of records and then of files.
    fn codes(&self) -> Vec<&'static str> {
        let of_records = self.records.iter().flat_map(|(_, findings)| &findings.problems);
        of_records.chain(self.problems.iter().map(|(_, problem)| problem)).map(|problem| problem.code).collect()
    }

    /// The only problem of a file.
    fn message(&self) -> &str {
        assert_eq!(self.problems.len(), 1, "{:?}", self.problems);
        &self.problems[0].1.message
    }

    /// The refused records: position in the file, offset in the record, message.
    fn refused(&self) -> Vec<(u64, Option<u64>, &str)> {
        let refused = self.records.iter().filter(|(_, findings)| findings.is_refused());
        refused
            .map(|(record, findings)| {
                let problem = &findings.problems[0];
                (record.origin.position, problem.offset, problem.message.as_str())
            })
            .collect()
    }
}

fn read_with(path: &Path, limits: Limits) -> Read {
    let mut read = Read::default();
    read_paths(&[path.to_owned()], &Settings { limits, ..Settings::default() }, &mut read);
    read
}

fn read(path: &Path) -> Read {
    read_with(path, Limits::default())
}

fn read_bytes(name: &str, bytes: &[u8]) -> Read {
    let (folder, path) = file(name, bytes);
    let read = read(&path);
    drop(folder);
    read
}

fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    (folder, path)
}

fn small() -> Limits {
    Limits { expanded: 64 << 10, ratio: 20, depth: 4, record: 32 << 10 }
}

/// A record of one made-up publication.
fn record(number: u32) -> String {
    format!(
        "<exchange-document country=\"EP\" doc-number=\"{number}\" kind=\"A1\" date-publ=\"20310108\">\
         <bibliographic-data><invention-title lang=\"de\">Lampe für Höhlen</invention-title></bibliographic-data>\
         </exchange-document>"
    )
}

fn around(records: &[String]) -> String {
    format!("<exchange-documents>\n{}\n</exchange-documents>", records.join("\n"))
}

fn three() -> String {
    around(&[record(9_900_001), record(9_900_002), record(9_900_003)])
}

fn keys(numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(|number| format!("docdb:EP{number}A1")).collect()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a member");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

#[test]
fn the_sound_file_reads() {
    let read = read_bytes("a.xml", three().as_bytes());
    assert_eq!((read.keys(), read.codes()), (keys(&[9_900_001, 9_900_002, 9_900_003]), vec![]));
}

mod broken_xml {
    use super::*;

    #[test]
    fn a_broken_record_is_refused_at_its_place_and_its_neighbours_load() {
        let good = record(9_900_002);
        for (broken, at) in [
            (good.replace("</invention-title>", "</title>"), "</title>"),
            (good.replace("</bibliographic-data>", ""), "</exchange-document>"),
            (good.replace("Lampe", "<!-- Lampe"), ""),
            (good.replace("Lampe", "<![CDATA[Lampe"), ""),
            (good.replace("lang=\"de\"", "lang=\"de"), ""),
            (good.replace("</exchange-document>", ""), ""),
            (good[..good.len() / 2].to_owned(), ""),
            (good.replace("</exchange-document>", "</exchange-document"), ""),
        ] {
            let text = around(&[record(9_900_001), broken.clone(), record(9_900_003)]);
            let read = read_bytes("a.xml", text.as_bytes());
            assert_eq!(read.keys(), keys(&[9_900_001, 9_900_003]), "{broken}");
            let refused = read.refused();
            assert_eq!((refused.len(), refused[0].0), (1, text.find(&broken).expect("it is there") as u64), "{broken}");
            let offset = refused[0].1.expect("a place") as usize;
            assert!(offset <= broken.len() + 1, "{broken}: {refused:?}");
            assert!(at.is_empty() || broken[..offset].len().abs_diff(broken.find(at).unwrap_or(0)) <= at.len());
            assert!(refused[0].2.contains("byte"), "{refused:?}");
        }
    }

    #[test]
    fn a_document_cut_short_in_the_middle_of_a_chain_costs_itself_alone() {
        let document = |number| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", record(number));
        let whole = document(9_900_002);
        for end in whole.find("kind=").expect("it is there")..whole.len() - 2 {
            if !whole.is_char_boundary(end) {
                continue;
            }
            let text = format!("{}{}\n{}", document(9_900_001), &whole[..end], document(9_900_003));
            let read = read_bytes("a.xml", text.as_bytes());
            assert_eq!(read.keys(), keys(&[9_900_001, 9_900_003]), "cut at {end}");
            assert_eq!(read.refused().len(), 1, "cut at {end}");
        }
    }

    #[test]
    fn a_record_cut_at_the_end_of_the_file_is_refused_with_its_place() {
        let text = three();
        let from = text.rfind("<exchange-document ").expect("it is there");
        for end in [from + 20, from + 60, text.len() - 60] {
            let read = read_bytes("a.xml", &text.as_bytes()[..end]);
            assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002]));
            assert_eq!(read.refused()[0].0, from as u64);
        }
    }

    #[test]
    fn elements_nested_without_end_are_refused() {
        let deep = format!("<exchange-document>{}</exchange-document>", "<a>".repeat(200_000));
        let read = read_bytes("a.xml", around(&[record(9_900_001), deep, record(9_900_003)]).as_bytes());
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_003]));
        assert!(read.refused()[0].2.contains("nest deeper"), "{:?}", read.refused());
    }

    #[test]
    fn entities_are_never_expanded_and_nothing_is_read_from_disk() {
        let (folder, secret) = file("secret.txt", b"a secret");
        let levels = (1..30).map(|level| format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
        let types = format!(
            "<!DOCTYPE exchange-documents [<!ENTITY a0 \"ha\">{}<!ENTITY % p SYSTEM \"{1}\">%p;\
             <!ENTITY s SYSTEM \"file://{1}\">]>\n",
            levels.collect::<String>(),
            secret.display()
        );
        let text = format!("<?xml version=\"1.0\"?>\n{types}{}", three().replace("Lampe", "&a29;&s;"));
        let path = folder.path().join("a.xml");
        fs::write(&path, text).expect("a file");
        let read = read(&path);
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002, 9_900_003]));
        assert_eq!(read.codes(), ["entity"; 3]);
        let title = &read.records[0].1.parts[0].record.titles[0].text;
        assert_eq!(title, "&a29;&s; für Höhlen");
    }

    #[test]
    fn lines_of_many_megabytes_are_read() {
        let long = record(9_900_002).replace("Lampe", &"Lampe ".repeat(1 << 20));
        let read =
            read_bytes("a.xml", around(&[record(9_900_001), long, record(9_900_003)]).replace('\n', "").as_bytes());
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002, 9_900_003]));
        let read = read_bytes("a.txt", "x".repeat(20 << 20).as_bytes());
        assert_eq!(read.passed_over.len(), 1);
    }

    #[test]
    fn values_with_many_references_take_no_more_time_than_others() {
        let many = "<citation><patcit num=\"&amp;\"/></citation>".repeat(100_000);
        let text = record(9_900_001).replace("</bibliographic-data>", &format!("{many}</bibliographic-data>"));
        let read = read_bytes("a.xml", around(&[text]).as_bytes());
        assert_eq!(read.keys(), keys(&[9_900_001]));
    }
}

mod encodings {
    use super::*;

    fn declared(name: &str) -> String {
        format!("<?xml version=\"1.0\" encoding=\"{name}\"?>\n{}", three())
    }

    fn titles(read: &Read) -> Vec<&str> {
        let parts = read.records.iter().flat_map(|(_, findings)| &findings.parts);
        parts.flat_map(|part| &part.record.titles).map(|title| title.text.as_str()).collect()
    }

    #[test]
    fn declared_encodings_are_decoded() {
        for (name, encoding) in
            [("GBK", encoding_rs::GBK), ("GB18030", encoding_rs::GB18030), ("ISO-8859-1", encoding_rs::WINDOWS_1252)]
        {
            let text =
                declared(name).replace("für Höhlen", if name.starts_with('G') { "用于洞穴" } else { "für Höhlen" });
            let (bytes, _, lost) = encoding.encode(&text);
            assert!(!lost);
            let read = read_bytes("a.xml", &bytes);
            let expected = if name.starts_with('G') { "Lampe 用于洞穴" } else { "Lampe für Höhlen" };
            assert_eq!((titles(&read), read.codes()), (vec![expected; 3], vec![]), "{name}");
        }
    }

    #[test]
    fn utf_16_is_decoded_with_and_without_mark() {
        for mark in ["\u{feff}", ""] {
            let text = format!("{mark}{}", declared("UTF-16"));
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for bytes in [little, big] {
                let read = read_bytes("a.xml", &bytes);
                assert_eq!((titles(&read), read.codes()), (vec!["Lampe für Höhlen"; 3], vec![]));
            }
        }
    }

    #[test]
    fn a_file_in_utf_8_that_declares_utf_16_is_read_as_what_it_is() {
        let read = read_bytes("a.xml", declared("utf-16").as_bytes());
        assert_eq!((titles(&read), read.codes()), (vec!["Lampe für Höhlen"; 3], vec![]));
    }

    #[test]
    fn bytes_of_an_undeclared_encoding_are_refused_with_their_place() {
        let (bytes, ..) = encoding_rs::GBK.encode("洞");
        let mut text = three().into_bytes();
        let at = three().rfind("Lampe").expect("it is there");
        text.splice(at..at, bytes.iter().copied());
        let read = read_bytes("a.xml", &text);
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002]));
        let refused = read.refused();
        assert_eq!(refused[0].0 + refused[0].1.expect("a place"), at as u64);
        assert!(refused[0].2.contains("not UTF-8") && refused[0].2.contains("declare"), "{refused:?}");
    }

    #[test]
    fn bytes_that_are_not_of_the_declared_encoding_are_told() {
        let mut bytes = declared("GBK").replace("für Höhlen", "").into_bytes();
        let at = String::from_utf8_lossy(&bytes).rfind("Lampe").expect("it is there");
        bytes.insert(at, 0xff);
        let read = read_bytes("a.xml", &bytes);
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002, 9_900_003]));
        assert_eq!(read.codes(), ["encoding"]);
        assert!(read.records[2].1.problems[0].message.contains("GBK"));
    }

    #[test]
    fn a_declaration_of_no_encoding_leaves_utf_8() {
        let read = read_bytes("a.xml", declared("klingon").as_bytes());
        assert_eq!(titles(&read), ["Lampe für Höhlen"; 3]);
    }
}

mod sizes {
    use super::*;

    #[test]
    fn a_record_of_200_megabytes_is_refused_by_its_beginning_and_memory_stays_bounded() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.xml");
        let mut file = File::create(&path).expect("a file");
        let (before, after) = (record(9_900_001), record(9_900_003));
        let opening = "<exchange-document country=\"EP\" doc-number=\"9900002\" kind=\"A1\"><p>";
        write!(file, "<exchange-documents>{before}{opening}").expect("written");
        // A hole takes no room on the disk.
        file.seek(SeekFrom::Current(200 << 20)).expect("a hole");
        write!(file, "</p></exchange-document>{after}</exchange-documents>").expect("written");
        drop(file);
        let used = resident();
        let read = read_with(&path, Limits { record: 1 << 20, ..Limits::default() });
        let grown = peak().saturating_sub(used);
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_003]));
        assert_eq!(read.codes(), ["too-large"]);
        let refused = read.refused();
        assert_eq!(refused[0].0, ("<exchange-documents>".len() + before.len()) as u64);
        assert!(refused[0].2.contains("1 MiB"), "{refused:?}");
        assert!(read.largest <= 64 << 10);
        assert!(grown < 64 << 10, "{grown} KiB more at the peak");
    }

    /// KiB in memory now.
    fn resident() -> u64 {
        status("VmRSS:")
    }

    /// KiB in memory at most, so far. Other tests run beside this one, and none of them holds much.
    fn peak() -> u64 {
        status("VmHWM:").min(status("VmRSS:") + (32 << 10))
    }

    fn status(name: &str) -> u64 {
        let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
    }

    #[test]
    fn a_flat_bomb_stops_at_its_bound() {
        let bomb = format!("<exchange-documents>{}", " ".repeat(8 << 20));
        let (folder, path) = file("a.zip", &zipped(&[("b.xml", bomb.as_bytes()), ("c.xml", three().as_bytes())]));
        let read = read_with(&path, small());
        drop(folder);
        // The bound holds for all members together; what comes behind the bomb is told as unread.
        assert!(
            !read.problems.is_empty() && read.problems.iter().all(|(_, p)| p.message.contains("expand")),
            "{:?}",
            read.problems
        );
        let (folder, path) = file("a.xml.gz", &gzip(bomb.as_bytes()));
        let read = read_with(&path, small());
        drop(folder);
        assert!(
            read.message().contains("expands to more than") && read.message().contains("a.xml"),
            "{}",
            read.message()
        );
    }

    #[test]
    fn a_nested_bomb_stops_at_its_bound() {
        let mut bomb = zipped(&[("b.xml", format!("<exchange-documents>{}", " ".repeat(8 << 20)).as_bytes())]);
        for _ in 0..2 {
            let name = "b.zip";
            bomb = zipped(&[(name, &bomb), ("c.zip", &bomb)]);
        }
        let (folder, path) = file("a.zip", &bomb);
        let read = read_with(&path, small());
        drop(folder);
        assert!(read.problems.iter().all(|(_, problem)| problem.message.contains("expand")), "{:?}", read.problems);
        assert!(!read.problems.is_empty());
    }

    #[test]
    fn many_members_may_not_expand_together_to_more_than_one_may() {
        let member = format!("<exchange-documents>{}</exchange-documents>", " ".repeat(50 << 10));
        let names: Vec<String> = (0..100).map(|number| format!("{number}.xml")).collect();
        let members: Vec<_> = names.iter().map(|name| (name.as_str(), member.as_bytes())).collect();
        let (folder, path) = file("a.zip", &zipped(&members));
        let read = read_with(&path, small());
        drop(folder);
        assert!(read.problems.iter().any(|(_, problem)| problem.message.contains("together")), "{:?}", read.problems);
    }

    #[test]
    fn archives_nested_deeper_than_the_bound_are_not_opened() {
        let mut nested = zipped(&[("a.xml", three().as_bytes())]);
        for _ in 0..6 {
            nested = zipped(&[("b.zip", &nested)]);
        }
        let (folder, path) = file("a.zip", &nested);
        let read = read_with(&path, small());
        drop(folder);
        assert!(read.message().contains("nest deeper than 4"), "{}", read.message());
    }

    #[test]
    fn a_worksheet_with_cells_in_far_corners_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.xlsx");
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "a").expect("a cell");
        sheet.write(1_048_575, 16_383, "b").expect("a cell");
        workbook.save(&path).expect("a workbook");
        let read = read(&path);
        assert!(read.message().contains("far apart"), "{}", read.message());
    }
}

mod archives {
    use super::*;

    #[test]
    fn names_that_lead_out_are_only_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).expect("a folder");
        let path = inner.join("a.zip");
        let names = ["../b.xml", "/etc/c.xml", "..\\d.xml", "\u{1b}[31me.xml\n"];
        let bytes = three();
        let members: Vec<_> = names.iter().map(|name| (*name, bytes.as_bytes())).collect();
        fs::write(&path, zipped(&members)).expect("an archive");
        let read = read(&path);
        assert_eq!((read.keys().len(), read.problems.len()), (12, 0));
        assert!(read.left.iter().all(|end| !end.file.contains(char::is_control)), "{:?}", read.left);
        assert!(read.left.iter().any(|end| end.file.ends_with("a.zip!/../b.xml")), "{:?}", read.left);
        let there: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(there.len(), 1);
    }

    #[test]
    fn a_truncated_zip_says_what_to_do() {
        let whole = zipped(&[("b.xml", three().as_bytes()), ("c.xml", three().as_bytes())]);
        for end in [10, whole.len() / 2, whole.len() - 1] {
            let read = read_bytes("a.zip", &whole[..end]);
            assert!(read.message().contains("a.zip: not a complete zip archive"), "{}", read.message());
            assert!(read.message().contains("fetch it again"), "{}", read.message());
        }
    }

    #[test]
    fn a_truncated_gzip_gives_what_came_before() {
        let records: Vec<_> = (0..3_000).map(|number| record(9_900_000 + number * 7_919 % 99_999)).collect();
        let packed = gzip(around(&records).as_bytes());
        for end in [packed.len() / 2, packed.len() - 9, packed.len() - 1] {
            let read = read_bytes("a.xml.gz", &packed[..end]);
            let good = read.keys().len();
            assert!(good >= if end == packed.len() / 2 { 500 } else { 2_990 }, "{good} of {end}");
            assert!(read.message().contains("a.xml: reading stops after"), "{}", read.message());
            assert!(read.records[..good].iter().all(|(_, findings)| !findings.is_refused()));
            assert!(read.refused().iter().all(|(_, _, message)| message.contains("cut short")), "{:?}", read.refused());
        }
    }

    #[test]
    fn a_short_gzip_cut_at_its_end_gives_its_records() {
        let packed = gzip(three().as_bytes());
        let read = read_bytes("a.xml.gz", &packed[..packed.len() - 4]);
        assert_eq!(read.keys(), keys(&[9_900_001, 9_900_002, 9_900_003]));
        assert!(read.message().contains("reading stops after 3 records"), "{}", read.message());
    }

    #[test]
    fn a_damaged_member_costs_itself_alone() {
        let mut whole =
            zipped(&[("b.xml", three().as_bytes()), ("c.xml", three().as_bytes()), ("d.xml", three().as_bytes())]);
        let at = whole.windows(5).position(|name| name == b"c.xml").expect("it is there");
        whole[at + 20..at + 60].fill(0xff);
        let read = read_bytes("a.zip", &whole);
        assert!(read.keys().len() >= 6, "{:?}", read.keys());
        assert!(read.message().contains("a.zip!/c.xml"), "{}", read.message());
    }

    #[test]
    fn an_empty_archive_and_empty_members() {
        assert_eq!(read_bytes("a.zip", &zipped(&[])).codes(), Vec::<&str>::new());
        let read = read_bytes("a.zip", &zipped(&[("b.xml", b""), ("c.xml", three().as_bytes())]));
        assert_eq!(read.keys().len(), 3);
        assert!(read.message().contains("a.zip!/b.xml: the file is empty"), "{}", read.message());
    }
}

mod files {
    use super::*;

    #[test]
    fn empty_files_are_told() {
        for bytes in [&b""[..], b"  \n\t\n"] {
            let read = read_bytes("a.xml", bytes);
            assert!(read.message().ends_with("a.xml: the file is empty"), "{}", read.message());
        }
        let read = read_bytes("a.xml.gz", &gzip(b""));
        assert!(read.message().contains("a.xml"), "{}", read.message());
    }

    #[test]
    fn a_missing_path_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let read = read(&folder.path().join("nowhere.xml"));
        assert!(read.message().ends_with("nowhere.xml: there is no such file or folder"), "{}", read.message());
    }

    #[test]
    fn what_is_no_office_file_is_passed_over_or_told() {
        for (name, bytes) in [
            ("a.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]),
            ("a.txt", b"Dear office, ..."),
            ("a.html", b"<!DOCTYPE html><html><body><p>It works</body></html>"),
            ("a.bin", &[0; 4096]),
        ] {
            let read = read_bytes(name, bytes);
            assert_eq!((read.passed_over.len(), read.problems.len(), read.records.len()), (1, 0, 0), "{name}");
        }
        let read = read_bytes("a.xml", b"<?xml version=\"1.0\"?><recipe><egg/></recipe>");
        assert!(read.message().contains("<recipe> is of no known format"), "{}", read.message());
    }

    #[test]
    fn xml_that_holds_lines_of_the_green_book_is_xml() {
        let text = record(9_900_001).replace("Lampe", "\nPATN\nWKU  039999999\n");
        assert_eq!(read_bytes("a.xml", text.as_bytes()).keys(), keys(&[9_900_001]));
    }

    #[test]
    fn links_that_lead_in_circles_end() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.xml"), three()).expect("a file");
        symlink(folder.path(), folder.path().join("loop")).expect("a link");
        symlink(folder.path().join("round"), folder.path().join("round")).expect("a link");
        symlink(folder.path().join("nowhere"), folder.path().join("z")).expect("a link");
        let read = read(folder.path());
        assert_eq!(read.keys().len(), 3);
        assert_eq!(read.codes(), ["cannot-open"; 2], "{:?}", read.problems);
    }

    #[test]
    fn a_pipe_in_a_folder_does_not_make_it_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("b.xml"), three()).expect("a file");
        let made = Command::new("mkfifo").arg(folder.path().join("a")).status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("no mkfifo here: pipes are not tested");
            return;
        }
        let read = read(folder.path());
        assert_eq!(read.keys().len(), 3);
        assert!(read.message().contains("neither a file nor a folder"), "{}", read.message());
    }

    /// Root may read everything, so the reading is done by a child process that is nobody.
    #[test]
    fn files_and_folders_without_permission_are_told_and_the_others_read() {
        if let Some(folder) = std::env::var_os("HUIZHI_TEST_FOLDER") {
            let read = read(Path::new(&folder));
            assert_eq!(read.keys().len(), 3);
            assert_eq!(read.codes(), ["cannot-open"; 2], "{:?}", read.problems);
            assert!(read.problems.iter().all(|(file, p)| p.message == format!("{file}: no permission to read it")));
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let closed = folder.path().join("closed");
        fs::create_dir(&closed).expect("a folder");
        fs::write(folder.path().join("secret.xml"), three()).expect("a file");
        fs::write(folder.path().join("open.xml"), three()).expect("a file");
        for path in [&closed, &folder.path().join("secret.xml")] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("permissions");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("permissions");
        // A copy of this program where nobody may run it.
        let program = folder.path().join("program");
        fs::copy(std::env::current_exe().expect("this program"), &program).expect("a copy");
        let place = folder.path().join("work");
        fs::create_dir(&place).expect("a folder");
        let as_root = fs::read_dir(&closed).is_ok();
        let mut child = Command::new(if as_root { Path::new("setpriv") } else { &program });
        if as_root {
            child.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
        }
        let test = "files::files_and_folders_without_permission_are_told_and_the_others_read";
        let ran = child.args(["--exact", test]).env("HUIZHI_TEST_FOLDER", folder.path()).current_dir("/").output();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions");
        match ran {
            Ok(output) if as_root && String::from_utf8_lossy(&output.stderr).contains("setpriv:") => {
                eprintln!("not allowed to become nobody here: permissions are not tested");
            }
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                assert!(output.status.success() && said.contains("1 passed"), "{said}");
            }
            Err(error) => eprintln!("no child process that is nobody ({error}): permissions are not tested"),
        }
    }

    #[test]
    fn who_breaks_off_gets_nothing_more() {
        struct Once(u32);
        impl Sink for Once {
            fn enter(&mut self, _: &str, _: &str) -> Option<u64> {
                Some(0)
            }
            fn record(&mut self, _: RawRecord) -> ControlFlow<()> {
                self.0 += 1;
                ControlFlow::Break(())
            }
            fn leave(&mut self, _: EntryEnd) -> ControlFlow<()> {
                panic!("the file was not read to its end")
            }
            fn passed_over(&mut self, _: &str, _: &str) {}
            fn problem(&mut self, _: &str, _: Problem) {}
        }
        let (_folder, path) = file("a.xml", three().as_bytes());
        let mut once = Once(0);
        read_paths(&[path.clone(), path], &Settings::default(), &mut once);
        assert_eq!(once.0, 1);
    }
}
