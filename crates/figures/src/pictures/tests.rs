use std::fs;
use std::path::{Path, PathBuf};

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use proptest::prelude::*;
use records::{
    ApplicationNumber, Authority, Image, ImageKind, Office, Part, PartKey, Record, Right, RightKind, SourceRef,
    Subject, assemble,
};
use tempfile::TempDir;

use super::{Limits, Pictures, Size};
use crate::PictureError;

/// A right with these pictures, told by a record at this place.
pub(crate) fn right(record: &str, pictures: &[(&str, ImageKind)]) -> Right {
    let application =
        ApplicationNumber { office: Office::DEMO, right: RightKind::Design, serial: "1".to_owned(), check: None };
    let subject = Subject { application: Some(application), publications: Vec::new() };
    let images = pictures.iter().map(|(file, kind)| Image { file: (*file).to_owned(), kind: *kind }).collect();
    let mut part = Part::new(PartKey::new("test", 1), subject, Authority::Office);
    part.record = Record { images, ..Record::default() };
    let mut right = assemble(&[part]).expect("a right");
    right.sources = vec![SourceRef { file: record.to_owned(), position: 0, loaded_at: String::new() }];
    right
}

/// A folder with a cache in it.
fn place() -> (TempDir, Pictures) {
    let folder = tempfile::tempdir().expect("a folder");
    let pictures = Pictures::new(folder.path().join("cache"), Limits::default());
    (folder, pictures)
}

fn in_folder(folder: &Path, file: &str) -> Right {
    right(folder.join("r.xml").to_str().expect("a name"), &[(file, ImageKind::Drawing)])
}

fn cached(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries(folder.join("cache")).flat_map(entries).collect()
}

#[test]
fn a_tiff_is_served_as_png_and_kept() {
    let (folder, pictures) = place();
    let picture = DynamicImage::ImageLuma8(GrayImage::from_pixel(700, 400, Luma([90])));
    picture.save_with_format(folder.path().join("A.TIF"), ImageFormat::Tiff).expect("a file");
    let right = in_folder(folder.path(), "a.tif");
    let full = pictures.get(&right, 0, Size::Full).expect("the picture");
    let thumb = pictures.get(&right, 0, Size::Thumb).expect("the thumb");
    assert_eq!((full.media_type, thumb.media_type), ("image/png", "image/png"));
    assert_ne!(full.etag, thumb.etag);
    assert!(full.etag.starts_with('"') && full.etag.ends_with('"') && full.etag.len() > 20);
    assert_eq!(image::load_from_memory(&thumb.bytes).expect("a picture").width(), 320);
    assert_eq!(cached(folder.path()).len(), 2);
    let others = Pictures::new(folder.path().join("cache"), Limits::default());
    assert_eq!(others.get(&right, 0, Size::Full).expect("the picture"), full, "another process serves the same");
    // A cache that was tampered with is no way to serve something else.
    for file in cached(folder.path()) {
        fs::write(file, "<html>").expect("written");
    }
    assert_eq!(others.get(&right, 0, Size::Thumb).expect("the thumb"), thumb);
}

#[test]
fn what_browsers_read_is_served_as_it_is() {
    let (folder, pictures) = place();
    let picture = DynamicImage::ImageLuma8(GrayImage::from_pixel(70, 40, Luma([90])));
    for (name, format, media_type) in [
        ("a.png", ImageFormat::Png, "image/png"),
        // The ending lies: bytes tell.
        ("b.tif", ImageFormat::Jpeg, "image/jpeg"),
        ("c.gif", ImageFormat::Gif, "image/gif"),
    ] {
        let path = folder.path().join(name);
        DynamicImage::ImageRgb8(picture.to_rgb8()).save_with_format(&path, format).expect("a file");
        for size in [Size::Full, Size::Thumb] {
            let served = pictures.get(&in_folder(folder.path(), name), 0, size).expect("the picture");
            assert_eq!((served.media_type, served.bytes), (media_type, fs::read(&path).expect("a file")), "{name}");
        }
    }
    assert!(cached(folder.path()).is_empty(), "nothing was made");
}

#[test]
fn each_thing_that_can_go_wrong_has_its_error() {
    let (folder, pictures) = place();
    fs::write(folder.path().join("text.tif"), "no picture").expect("a file");
    let get = |file: &str| pictures.get(&in_folder(folder.path(), file), 0, Size::Thumb).expect_err("an error");
    assert!(matches!(get("http://office.example/a.jpg"), PictureError::Remote(url) if url.ends_with("/a.jpg")));
    assert!(matches!(get("../a.jpg"), PictureError::Name(_)));
    assert!(matches!(get("none.jpg"), PictureError::Missing { .. }));
    assert!(matches!(get("text.tif"), PictureError::Form { .. }));
    let none = pictures.get(&in_folder(folder.path(), "a.jpg"), 1, Size::Thumb).expect_err("an error");
    assert!(matches!(none, PictureError::NoSuch { index: 1, count: 1 }));
}

#[test]
fn a_cache_folder_that_cannot_be_written_hinders_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("cache"), "a file in the way").expect("a file");
    let pictures = Pictures::new(folder.path().join("cache"), Limits::default());
    let picture = DynamicImage::ImageLuma8(GrayImage::from_pixel(70, 40, Luma([90])));
    picture.save_with_format(folder.path().join("a.tif"), ImageFormat::Tiff).expect("a file");
    assert!(pictures.get(&in_folder(folder.path(), "a.tif"), 0, Size::Full).is_ok());
}

/// The folder of real office files, where there is one.
fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("HUIZHI_REAL_DATA").map_or(beside, PathBuf::from);
    if folder.join("uspto/designs").is_dir() {
        return Some(folder);
    }
    eprintln!("{} holds no real office files: not tested on them", folder.display());
    None
}

/// All records below a folder.
struct Records(Vec<(SourceRef, Vec<Part>)>);

impl sources::Sink for Records {
    fn enter(&mut self, _: &str, _: &str) -> Option<u64> {
        Some(0)
    }

    fn record(&mut self, record: sources::RawRecord) -> std::ops::ControlFlow<()> {
        let (file, position) = (record.origin.file.clone(), record.origin.position);
        self.0.push((SourceRef { file, position, loaded_at: String::new() }, record.read().parts));
        std::ops::ControlFlow::Continue(())
    }

    fn leave(&mut self, _: sources::EntryEnd) -> std::ops::ControlFlow<()> {
        std::ops::ControlFlow::Continue(())
    }

    fn passed_over(&mut self, _: &str, _: &str) {}

    fn problem(&mut self, _: &str, _: sources::Problem) {}
}

#[test]
fn the_fax_compressed_drawings_of_two_offices_are_shown() {
    let Some(data) = real_data() else { return };
    let mut records = Records(Vec::new());
    let paths = [data.join("uspto/designs"), data.join("cn/patents")];
    sources::read_paths(&paths, &sources::Settings::default(), &mut records);
    let (_folder, pictures) = place();
    let (mut rights, mut shown) = (0, 0);
    for (source, parts) in records.0 {
        let Some(mut right) = assemble(&parts) else { continue };
        right.sources = vec![source];
        rights += 1;
        // Every file is there; one in sixteen is drawn, which unoptimised takes long enough.
        for (index, image) in right.images.iter().enumerate() {
            crate::find::bytes(&image.file, &right.sources, &Limits::default())
                .unwrap_or_else(|error| panic!("{}: {error}", right.id));
            if index % 16 == 0 {
                let thumb = pictures.get(&right, index, Size::Thumb).unwrap_or_else(|e| panic!("{}: {e}", right.id));
                let thumb = image::load_from_memory(&thumb.bytes).expect("a picture").into_luma8();
                let dark = thumb.pixels().filter(|pixel| pixel.0[0] < 128).count();
                assert!(dark * 2 < thumb.pixels().len(), "{}: dark lines on white ground", image.file);
                shown += 1;
            }
        }
        let first = Pictures::first(&right).unwrap_or_else(|| panic!("{}: a picture for the gallery", right.id));
        assert_ne!(right.images[first].kind, ImageKind::Inline);
    }
    assert!(rights >= 31 && shown >= 31, "{rights} rights, {shown} pictures");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn hostile_names_and_bytes_give_errors_never_a_break_down(
        name in "[a-zA-Z0-9./\\\\: !]{0,20}|\\PC{0,20}",
        source in "[a-z./!\\\\]{0,20}|\\PC{0,20}",
        bytes in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let (folder, pictures) = place();
        let mut right = in_folder(folder.path(), &name);
        right.sources.insert(0, SourceRef { file: source, position: 0, loaded_at: String::new() });
        prop_assert!(pictures.get(&right, 0, Size::Thumb).is_err());
        fs::write(folder.path().join("a.tif"), &bytes).expect("a file");
        prop_assert!(pictures.get(&in_folder(folder.path(), "a.tif"), 0, Size::Thumb).is_err());
    }
}
