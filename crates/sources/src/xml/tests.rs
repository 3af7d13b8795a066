use proptest::prelude::*;

use super::element::folded;
use super::{Tree, entities, mend_ampersands};

fn text(xml: &str) -> String {
    Tree::parse(xml).map(|tree| tree.root().text()).unwrap_or_default()
}

#[test]
fn text_is_folded_and_parts_on_lines_of_their_own_stay_apart() {
    assert_eq!(text("<p> one\n  <b>two</b>three&#xa0;four </p>"), "one twothree four");
    assert_eq!(text("<p><b>1</b> <i>x</i></p>"), "1 x");
    assert_eq!(text("<claim>a:<claim-text>b;</claim-text><claim-text>c,</claim-text>d</claim>"), "a: b; c, d");
    assert_eq!(text("<claim>a<claim-text>b<i>c</i></claim-text>d</claim>"), "a bc d");
    assert_eq!(text("<row><entry>H<sub>2</sub>O</entry><entry>7</entry></row>"), "H2O 7");
    assert_eq!(text("<p>第一　段\u{2003}落。</p>"), "第一 段 落。");
    assert_eq!(text("<p>5 &lt; 6 &amp; 7</p>"), "5 < 6 & 7");
}

#[test]
fn elements_are_found_by_path_and_by_depth() {
    let tree = Tree::parse("<r><a><b>1</b><b>2</b></a><a><c><b>3</b></c></a></r>").unwrap_or_else(|e| panic!("{e}"));
    let root = tree.root();
    assert_eq!(root.strings("a/b"), ["1", "2"]);
    assert_eq!(root.string("a/c/b").as_deref(), Some("3"));
    assert_eq!(root.descendants("b").len(), 3);
    assert_eq!(root.below(&["c", "b"]).len(), 3);
}

#[test]
fn what_nobody_looked_at_is_told_by_its_topmost_element() {
    let tree = Tree::parse("<r><a><b>1</b></a><c><d/><d/></c><c/></r>").unwrap_or_else(|e| panic!("{e}"));
    let _ = tree.root().string("a");
    let unread: Vec<_> = tree.unread().into_iter().collect();
    assert_eq!(unread, [("r/c".to_owned(), 2)]);
}

#[test]
fn attributes_are_matched_by_local_name_and_resolved() {
    let tree = Tree::parse(r#"<r x:a=" one " b="A&amp;B" c=""/>"#).unwrap_or_else(|e| panic!("{e}"));
    let root = tree.root();
    assert_eq!((root.attr("a"), root.attr("b"), root.attr("c")), (Some("one"), Some("A&B"), None));
}

#[test]
fn attributes_that_cannot_be_read_are_told() {
    let tree = Tree::parse("<r a='1' b=>x</r>").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(tree.root().attr("b"), None);
    assert_eq!(tree.bad_attributes(), 1);
}

#[test]
fn unknown_entities_stay_as_written_and_are_told() {
    let tree = Tree::parse("<r>a &nowhere; b</r>").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(tree.root().text(), "a &nowhere; b");
    assert_eq!(tree.unknown_entities, ["&nowhere;"]);
}

#[test]
fn entities_of_office_sets_are_known() {
    for (name, text) in
        [("af", "\u{2061}"), ("minus", "−"), ("agr", "α"), ("SACUTE", "Ś"), ("wreath", "≀"), ("zgr", "ζ")]
    {
        assert_eq!(entities::resolve(name), Some(text), "{name}");
    }
    assert_eq!(entities::resolve("nowhere"), None);
}

#[test]
fn deep_nesting_and_open_ends_are_refused() {
    assert!(Tree::parse(&"<a>".repeat(600)).is_err_and(|e| e.message.contains("nest deeper")));
    assert!(Tree::parse("<a><b></b>").is_err());
    assert!(Tree::parse("   ").is_err());
}

#[test]
fn only_bare_ampersands_are_mended() {
    assert_eq!(mend_ampersands("a & b &amp; AT&T &#x3b;"), ("a &amp; b &amp; AT&amp;T &#x3b;".to_owned(), 2));
}

proptest! {
    /// The quick check and the slow way give what splitting at white space gives.
    #[test]
    fn folding_is_splitting_and_joining(text in "[a ]{0,6}[a \t\n\u{85}\u{a0}\u{2003}\u{2028}\u{205f}\u{3000}\u{1680}。“中é\u{200b}]{0,40}") {
        let expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(folded(&text), expected);
    }
}

#[test]
fn values_are_those_of_their_own_element_however_many_hold_references() {
    let xml = format!("<r>{}</r>", r#"<a n="&lt;1"/><a n="2"/><a m="&amp;" n="&#51;"/>"#.repeat(3));
    let tree = Tree::parse(&xml).unwrap_or_else(|e| panic!("{e}"));
    let values: Vec<_> = tree.root().children("a").filter_map(|a| a.attr("n")).collect();
    assert_eq!(values, ["<1", "2", "3"].repeat(3));
}

/// Elements with names from a few letters, as XML.
fn element() -> impl Strategy<Value = String> {
    let leaf = ("[abc]", "[ x中]{0,3}").prop_map(|(name, text)| format!("<{name}>{text}</{name}>"));
    leaf.prop_recursive(4, 40, 5, |inner| {
        ("[abc]", prop::collection::vec(inner, 0..5))
            .prop_map(|(name, inside)| format!("<{name}>{}</{name}>", inside.concat()))
    })
}

/// Ways to look at things, by number.
fn look(root: super::Element<'_>, way: u8) {
    match way {
        0 => drop(root.text()),
        1 => drop(root.strings("a")),
        2 => drop(root.at("a/b")),
        3 => drop(root.descendants("b")),
        4 => drop(root.below(&["c", "a"])),
        5 => root.children("b").for_each(super::Element::pass_over),
        6 => drop(root.elements().map(super::Element::lines).collect::<Vec<_>>()),
        _ => drop(root.child("c").and_then(|c| c.string("a"))),
    }
}

proptest! {
    #[test]
    fn what_was_looked_at_is_never_unread_and_looking_never_adds(inside in prop::collection::vec(element(), 0..6), ways in prop::collection::vec(0_u8..8, 0..4)) {
        let xml = format!("<r>{}</r>", inside.concat());
        let tree = Tree::parse(&xml).unwrap_or_else(|e| panic!("{e}"));
        prop_assert_eq!(tree.unread().values().sum::<u64>(), inside.len() as u64);
        for way in ways {
            look(tree.root(), way);
            let before = tree.unread();
            look(tree.root(), way);
            prop_assert_eq!(&tree.unread(), &before, "looking twice changes nothing");
            match way {
                0 => prop_assert!(before.is_empty()),
                1 => prop_assert!(!before.keys().any(|path| path == "r/a" || path.starts_with("r/a/"))),
                3 => prop_assert!(!before.keys().any(|path| path.ends_with("/b"))),
                5 => prop_assert!(!before.keys().any(|path| path.starts_with("r/b"))),
                6 => prop_assert!(before.is_empty()),
                _ => {}
            }
        }
        tree.root().pass_over();
        prop_assert!(tree.unread().is_empty());
    }

    #[test]
    fn any_text_is_a_tree_or_an_error_with_its_place(text in "[<>/ab \"'=&;!?\\[\\]\\-中]{0,60}") {
        match Tree::parse(&text) {
            Ok(tree) => {
                let text = tree.root().text();
                prop_assert_eq!(text.trim(), &text);
            }
            Err(error) => prop_assert!(error.offset <= text.len() as u64),
        }
    }
}
