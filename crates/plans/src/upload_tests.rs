use super::{FileKind, MOST_BYTES, Upload, UploadError};

#[test]
fn a_file_is_what_it_holds() {
    assert_eq!(Upload::new("a.pdf", b"%PDF-1.7 ...".to_vec()).unwrap().kind, FileKind::Pdf);
    let named = Upload::new("../../etc/总结", "总结文字".as_bytes().to_vec()).unwrap();
    assert_eq!((named.name.as_str(), named.kind), ("总结.txt", FileKind::Txt));
    assert_eq!(Upload::new("a.csv", b"a,b\n1,2\n".to_vec()).unwrap().kind, FileKind::Csv);
}

#[test]
fn what_is_empty_large_disguised_or_dangerous_is_refused() {
    assert!(matches!(Upload::new("a.txt", Vec::new()), Err(UploadError::Empty(_))));
    assert!(matches!(Upload::new("a.txt", vec![b'a'; MOST_BYTES + 1]), Err(UploadError::TooLarge { .. })));
    assert!(matches!(Upload::new("a.pdf", b"just text".to_vec()), Err(UploadError::Kind(_))));
    assert!(matches!(Upload::new("a.txt", b"<!DOCTYPE html><script>".to_vec()), Err(UploadError::Kind(_))));
    let macros = b"PK\x03\x04[Content_Types].xml word/document.xml word/vbaProject.bin".to_vec();
    assert!(matches!(Upload::new("a.docx", macros), Err(UploadError::Hostile(_))));
    assert!(matches!(Upload::new("a.zip", b"PK\x03\x04 something".to_vec()), Err(UploadError::Kind(_))));
}
