use proptest::prelude::*;

use super::{places, read};
use crate::PictureError;

fn joined(file: &str) -> String {
    read(file)
        .map_or_else(|error| format!("{error:?}").split('(').next().unwrap_or_default().to_owned(), |n| n.join("|"))
}

#[test]
fn names_of_offices_lose_the_roots_of_the_offices_machines() {
    for (file, names) in [
        ("USD0907292-20210105-D00001.TIF", "USD0907292-20210105-D00001.TIF"),
        (" \n\tfile://018/228/018228832/000162460493.JPG", "018|228|018228832|000162460493.JPG"),
        ("/old_bild/174/880017400101.jpg", "old_bild|174|880017400101.jpg"),
        ("C:\\scans\\a b.tif", "scans|a b.tif"),
        ("./图片/附图1.png", "图片|附图1.png"),
        ("FILE:///etc/passwd", "etc|passwd"),
    ] {
        assert_eq!(joined(file), names, "{file}");
    }
}

#[test]
fn addresses_are_told_and_names_that_lead_elsewhere_are_refused() {
    for (file, error) in [
        ("http://euipo.europa.eu/design/1.jpg", "Remote"),
        ("HTTPS://example.org/a.png", "Remote"),
        ("../a.png", "Name"),
        ("a/../../b.png", "Name"),
        ("..\\a.png", "Name"),
        ("ftp://host/a.png", "Name"),
        ("a.png:stream", "Name"),
        ("a\0.png", "Name"),
        ("", "Name"),
        ("///", "Name"),
    ] {
        assert_eq!(joined(file), error, "{file}");
    }
    assert!(matches!(read(&"x/".repeat(40)), Err(PictureError::Name(_))));
    assert!(matches!(read(&"x".repeat(300)), Err(PictureError::Name(_))));
}

#[test]
fn the_name_as_written_goes_before_usual_folders_and_other_endings() {
    let names = ["a".to_owned(), "b.TIF".to_owned()];
    let places = places(&names, "record.xml");
    let at = |place: &str| places.iter().position(|p| p == place).unwrap_or_else(|| panic!("{place} is not tried"));
    let order = ["a/b.TIF", "b.TIF", "images/a/b.TIF", "images/b.TIF", "record/b.TIF", "b.png", "images/b.png"];
    assert_eq!(at(order[0]), 0);
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{places:?}");
    assert!(!places.contains(&"b.tif".to_owned()), "case makes no difference");
}

proptest! {
    #[test]
    fn no_name_leads_out_of_the_folder(file in "[a-z./\\\\: %~]{0,30}|\\PC{0,30}", record in "\\PC{0,12}") {
        if let Ok(names) = read(&file) {
            let record = record.replace(['/', '\\'], "");
            for place in places(&names, &record) {
                prop_assert!(!place.starts_with('/') && place.split('/').all(|name| name != ".."), "{place}");
            }
        }
    }
}
