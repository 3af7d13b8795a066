use super::*;
use crate::derived;

#[test]
fn texts_and_keys_are_refused_with_words_that_help() {
    assert_eq!(Fault::of_words("name", "甲", 1), None);
    for wrong in ["", " \n", "甲乙", "a\0"] {
        let fault = Fault::of_words("name", wrong, 1).unwrap();
        assert_eq!((fault.field.as_str(), fault.text("zh")), ("name", "请填写，最多 1 个字符"), "{wrong:?}");
    }
    assert!(Fault::of_length("note", "", 1).is_none() && Fault::of_length("note", "甲乙", 1).is_some());
    assert!(Fault::of_key("key-of-a_form.1").is_none());
    for wrong in ["short", "key of a form", &"k".repeat(65), "表单表单表单"] {
        assert!(Fault::of_key(wrong).is_some_and(|fault| fault.text("en").contains("open the page again")), "{wrong}");
    }
}

#[test]
fn what_is_done_twice_has_one_id() {
    let (one, two) = (jiff::Timestamp::UNIX_EPOCH, "2026-06-01T02:00:00Z".parse().unwrap());
    assert_eq!(derived(one, "event", "a"), derived(one, "event", "a"));
    assert_ne!(derived(one, "event", "a"), derived(one, "paper", "a"));
    assert!(derived(one, "event", "b") < derived(two, "event", "a"), "ids sort by time");
}
