use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use records::SourceRef;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::bytes;
use crate::{Limits, PictureError};

fn source(file: &str) -> SourceRef {
    SourceRef { file: file.to_owned(), position: 0, loaded_at: String::new() }
}

fn found(folder: &Path, record: &str, name: &str) -> Result<String, PictureError> {
    let record = folder.join(record);
    let found = bytes(name, &[source(record.to_str().expect("a name"))], &Limits::default())?;
    Ok(String::from_utf8(found).expect("text"))
}

fn lay(folder: &Path, files: &[&str]) {
    for file in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, file).expect("a file");
    }
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a member");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn a_picture_is_found_beside_its_record_in_any_case_and_in_the_usual_folders() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    lay(
        folder,
        &[
            "A.TIF",
            "Images/b.png",
            "018/228/c.JPG",
            "IMG/018/d.jpg",
            "record/e.tif",
            "f.png",
            "odd!/g.tif",
            "odd!/record.xml",
        ],
    );
    for (name, file) in [
        ("A.TIF", "A.TIF"),
        ("a.tif", "A.TIF"),
        ("B.PNG", "Images/b.png"),
        ("file://018/228/c.jpg", "018/228/c.JPG"),
        ("somewhere/else/a.tif", "A.TIF"),
        ("file://018/d.jpg", "IMG/018/d.jpg"),
        ("e.tif", "record/e.tif"),
        ("f.tif", "f.png"),
        ("f", "f.png"),
    ] {
        assert_eq!(found(folder, "record.xml", name).expect(name), file, "{name}");
    }
    assert_eq!(found(folder, "odd!/record.xml", "g.tif").expect("found"), "odd!/g.tif");
}

#[test]
fn a_picture_is_found_in_the_archive_of_its_record_or_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let inner = zipped(&[("d/r.xml", b"<r/>"), ("d/A.TIF", b"inner"), ("d/img/b.tif", b"below")]);
    fs::write(folder.join("week.zip"), zipped(&[("R.ZIP", &inner), ("A.TIF", b"outer")])).expect("a file");
    fs::write(folder.join("beside.tif"), "beside").expect("a file");
    fs::write(folder.join("images.zip"), zipped(&[("in-images.tif", b"of the folder")])).expect("a file");
    for (name, content) in
        [("a.tif", "inner"), ("b.tif", "below"), ("beside.tif", "beside"), ("in-images.tif", "of the folder")]
    {
        assert_eq!(found(folder, "week.zip!/R.ZIP!/d/r.xml", name).expect(name), content);
    }
    assert!(matches!(found(folder, "week.zip!/R.ZIP!/d/r.xml", "none.tif"), Err(PictureError::Missing { .. })));
}

#[cfg(unix)]
#[test]
fn links_and_names_that_lead_out_of_the_folder_find_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    lay(folder.path(), &["secret.png", "in/secret2.png", "in/a.png"]);
    let inside = folder.path().join("in");
    std::os::unix::fs::symlink(folder.path().join("secret.png"), inside.join("link.png")).expect("a link");
    std::os::unix::fs::symlink(folder.path(), inside.join("images")).expect("a link");
    std::os::unix::fs::symlink(inside.join("a.png"), inside.join("kept.png")).expect("a link");
    for name in ["secret.png", "link.png", "images/secret.png", "/secret.png"] {
        assert!(matches!(found(&inside, "r.xml", name), Err(PictureError::Missing { .. })), "{name}");
    }
    assert!(matches!(found(&inside, "r.xml", "../secret.png"), Err(PictureError::Name(_))));
    assert_eq!(found(&inside, "r.xml", "kept.png").expect("a link within the folder"), "in/a.png");
}

#[test]
fn what_is_not_there_or_too_large_is_told_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    lay(folder.path(), &["a.png"]);
    let record = source(folder.path().join("r.xml").to_str().expect("a name"));
    let small = Limits { bytes: 3, ..Limits::default() };
    let error = bytes("a.png", std::slice::from_ref(&record), &small).expect_err("too large");
    assert!(matches!(error, PictureError::TooLarge { .. }), "{error}");
    let message = bytes("b.png", &[record], &Limits::default()).expect_err("missing").to_string();
    assert!(message.contains("b.png") && message.contains(&folder.path().display().to_string()), "{message}");
    assert!(matches!(bytes("b.png", &[], &Limits::default()), Err(PictureError::Missing { .. })));
    let broken = folder.path().join("broken.zip");
    fs::write(&broken, b"PK\x03\x04").expect("a file");
    let error = bytes("c.png", &[source(&format!("{}!/r.xml", broken.display()))], &Limits::default());
    assert!(error.expect_err("broken").to_string().contains("not a complete zip"));
}
