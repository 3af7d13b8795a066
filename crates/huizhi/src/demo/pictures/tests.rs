use std::collections::BTreeSet;
use std::fs;

use super::{DRAWINGS, MARKS, PRODUCTS, VIEWS, write};

#[test]
fn the_pool_is_small_can_be_read_and_no_two_pictures_are_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path()).expect("written");
    let files: Vec<_> = fs::read_dir(folder.path().join("images")).expect("a folder").flatten().collect();
    assert_eq!(files.len() as u64, MARKS + PRODUCTS * VIEWS + DRAWINGS);
    let (mut total, mut different) = (0, BTreeSet::new());
    for file in &files {
        let bytes = fs::read(file.path()).expect("a file");
        let picture = image::load_from_memory(&bytes).unwrap_or_else(|error| panic!("{:?}: {error}", file.file_name()));
        let points = picture.into_luma8();
        let dark = points.pixels().filter(|pixel| pixel.0[0] < 200).count();
        assert!(dark > 250 && dark * 5 < points.len() * 4, "{:?}: {dark} dark points", file.file_name());
        assert!(different.insert(points.into_raw()), "{:?} is drawn twice", file.file_name());
        total += bytes.len();
    }
    assert!(total < 400_000, "{total} bytes");
}

#[test]
fn pictures_that_are_there_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path()).expect("written");
    let own = folder.path().join(super::mark(7));
    fs::write(&own, "one's own").expect("written");
    write(folder.path()).expect("written again");
    assert_eq!(fs::read(&own).expect("a file"), b"one's own");
}
