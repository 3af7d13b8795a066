use records::ImageKind;

use crate::Pictures;
use crate::pictures::tests::right;

#[test]
fn pictures_are_listed_with_their_number_among_their_kind() {
    let right = right(
        "r.xml",
        &[
            ("d/1.tif", ImageKind::Drawing),
            ("i.tif", ImageKind::Inline),
            ("http://office.example/2.jpg", ImageKind::Drawing),
        ],
    );
    let list = Pictures::list(&right);
    let labels: Vec<_> = list.iter().map(|p| (p.index, p.label("zh"), p.label("en"), p.name.as_str())).collect();
    assert_eq!(
        labels,
        [
            (0, "附图 1".to_owned(), "Drawing 1".to_owned(), "1.tif"),
            (1, "文中图 1".to_owned(), "In the text 1".to_owned(), "i.tif"),
            (2, "附图 2".to_owned(), "Drawing 2".to_owned(), "2.jpg"),
        ]
    );
    assert_eq!(list[2].remote.as_deref(), Some("http://office.example/2.jpg"));
}

#[test]
fn a_gallery_shows_the_telling_picture() {
    use ImageKind::{Abstract, Design, Drawing, Inline, Mark};
    for (pictures, first) in [
        (&[("a", Inline), ("b", Drawing), ("c", Abstract)][..], Some(2)),
        (&[("a", Drawing), ("b", Drawing)], Some(0)),
        (&[("a", Drawing), ("b", Mark), ("c", Design)], Some(1)),
        (&[("http://x.example/a", Mark), ("b", Drawing)], Some(1)),
        (&[("http://x.example/a", Mark)], Some(0)),
        (&[("a", Inline)], None),
        (&[], None),
    ] {
        assert_eq!(Pictures::first(&right("r.xml", pictures)), first, "{pictures:?}");
    }
}
