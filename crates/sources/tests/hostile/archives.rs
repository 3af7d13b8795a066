//! Archives that are broken or lead astray.

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
