use proptest::prelude::*;

use super::*;

fn upload(name: &str, bytes: &[u8]) -> Result<Upload, UploadError> {
    Upload::new(name, bytes.to_vec(), &[], MOST_BYTES)
}

const DOCX: &[u8] = b"PK\x03\x04....[Content_Types].xml....word/document.xml....";

#[test]
fn files_are_taken_by_what_they_hold() {
    let taken = [
        ("说明书.pdf", b"%PDF-1.7 ...".as_slice(), FileKind::Pdf),
        ("报告.docx", DOCX, FileKind::Docx),
        ("a.xlsx", b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", FileKind::Xlsx),
        ("证据.ofd", b"PK\x03\x04 OFD.xml", FileKind::Ofd),
        ("a.JPEG", b"\xff\xd8\xff\xe0 JFIF", FileKind::Jpg),
        ("a.png", b"\x89PNG\r\n\x1a\n rest", FileKind::Png),
        ("a.tif", b"II*\0 rest", FileKind::Tiff),
        ("表.csv", "编号,名称\n1,石墨烯\n".as_bytes(), FileKind::Csv),
        ("a.txt", b"\xc4\xe3\xba\xc3 GB 18030", FileKind::Txt),
    ];
    for (name, bytes, kind) in taken {
        let found = upload(name, bytes).unwrap();
        assert_eq!((found.kind, found.name.as_str()), (kind, name));
        assert_eq!(found.hash().len(), 64);
    }
    assert_eq!(upload("扫描件", b"%PDF-1.4").unwrap().name, "扫描件.pdf");
}

#[test]
fn wrong_huge_and_hostile_files_are_refused_with_words_that_help() {
    let refused = |name: &str, bytes: &[u8]| upload(name, bytes).unwrap_err();
    assert!(matches!(refused("a.pdf", b""), UploadError::Empty(_)));
    assert!(matches!(refused("a.exe", b"MZ\x90\0\x03"), UploadError::Kind { .. }));
    assert!(matches!(refused("a.html", b"  <!DOCTYPE html><script>"), UploadError::Kind { .. }));
    assert!(matches!(refused("a.svg", b"<svg onload=alert(1)>"), UploadError::Kind { .. }));
    assert!(matches!(refused("a.txt", b"\xef\xbb\xbf<script>"), UploadError::Kind { .. }));
    assert!(matches!(refused("a.sh", b"#!/bin/sh"), UploadError::Kind { .. }));
    assert!(matches!(refused("a.zip", b"PK\x03\x04 a.txt"), UploadError::Kind { .. }));
    assert!(matches!(refused("a.mp4", b"\0\0\0 ftypisom"), UploadError::Kind { .. }));
    assert!(matches!(refused("a.pdf", b"\x89PNG\r\n\x1a\n"), UploadError::Disguised { found: FileKind::Png, .. }));
    let macros = [DOCX, b"word/vbaProject.bin"].concat();
    assert!(matches!(refused("a.docx", &macros), UploadError::Hostile(_)));
    let huge = Upload::new("a.pdf", b"%PDF-".repeat(1 << 20), &[], 1 << 20).unwrap_err();
    assert_eq!(huge.to_string(), "the file «a.pdf» has 5 MB; at most 1 MB are taken");
    assert!(huge.text("zh").contains("最大 1 MB"));
    assert!(matches!(Upload::new("a", vec![b' '; MOST_BYTES + 1], &[], usize::MAX), Err(UploadError::TooLarge { .. })));
    assert!(Upload::new("a.zip", b"PK\x03\x04 a.txt".to_vec(), &[FileKind::Zip], MOST_BYTES).is_ok());
    assert!(matches!(Upload::new("a.pdf", b"%PDF-".to_vec(), &[FileKind::Png], 99), Err(UploadError::Kind { .. })));
}

#[test]
fn names_are_cleaned() {
    let cleaned = [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\我\\报告.pdf", "报告.pdf"),
        ("a\u{202E}fdp.exe", "afdp.exe"),
        ("  .hidden. ", "hidden"),
        ("a\0b\n<c>.txt", "abc.txt"),
        ("", "file"),
        ("///", "file"),
        ("石墨烯 电池 (终稿).docx", "石墨烯 电池 (终稿).docx"),
    ];
    for (name, clean) in cleaned {
        assert_eq!(clean_name(name), clean, "{name:?}");
    }
    let long = clean_name(&format!("{}.pdf", "长".repeat(500)));
    assert_eq!((long.chars().count(), long.strip_suffix(".pdf").is_some()), (120, true));
}

proptest! {
    #[test]
    fn no_upload_breaks_the_look(name in "\\PC{0,40}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(taken) = upload(&name, &bytes) {
            prop_assert!(USUAL.contains(&taken.kind));
            prop_assert!(!taken.name.contains(['/', '\\', '\0']));
            prop_assert_eq!(clean_name(&taken.name), taken.name.clone());
        }
    }
}
