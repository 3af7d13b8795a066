//! Files and records larger than anyone needs.

use super::*;

/// The memory of a process is its own only when no other test runs in it: the reading is done by a child process.
#[test]
fn a_record_of_200_megabytes_is_refused_by_its_beginning_and_memory_stays_bounded() {
    if let Some(path) = std::env::var_os("HUIZHI_TEST_LARGE") {
        return read_large(Path::new(&path));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.xml");
    let mut file = File::create(&path).expect("a file");
    let opening = "<exchange-document country=\"EP\" doc-number=\"9900002\" kind=\"A1\"><p>";
    write!(file, "<exchange-documents>{}{opening}", record(9_900_001)).expect("written");
    // A hole takes no room on the disk.
    file.seek(SeekFrom::Current(200 << 20)).expect("a hole");
    write!(file, "</p></exchange-document>{}</exchange-documents>", record(9_900_003)).expect("written");
    drop(file);
    let test = "sizes::a_record_of_200_megabytes_is_refused_by_its_beginning_and_memory_stays_bounded";
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    let output = child.args(["--exact", test]).env("HUIZHI_TEST_LARGE", &path).output().expect("a child process");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn read_large(path: &Path) {
    let before = peak();
    let read = read_with(path, Limits { record: 1 << 20, ..Limits::default() });
    assert_eq!(read.keys(), keys(&[9_900_001, 9_900_003]));
    assert_eq!(read.codes(), ["too-large"]);
    let refused = read.refused();
    assert_eq!(refused[0].0, ("<exchange-documents>".len() + record(9_900_001).len()) as u64);
    assert!(refused[0].2.contains("1 MiB"), "{refused:?}");
    assert!(read.largest <= 64 << 10);
    let grown = peak() - before;
    assert!(grown < 32 << 10, "{grown} KiB more at the peak");
}

/// KiB that this process had in memory at most, so far; 0 where the system does not tell.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
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
    assert!(read.message().contains("expands to more than") && read.message().contains("a.xml"), "{}", read.message());
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
