use proptest::prelude::*;

use super::*;

fn secret(first: u8) -> Secret {
    Secret::new([first; 32])
}

proptest! {
    #[test]
    fn what_was_sealed_opens_at_its_place_with_its_key_alone(text: String, place in "[a-z. ]{1,20}", other in "[a-z. ]{1,20}") {
        let sealed = secret(1).seal(&place, &text);
        prop_assert_eq!(secret(1).open(&place, &sealed), Ok(text.clone()));
        prop_assert_eq!(secret(2).open(&place, &sealed), Err(Unopened));
        if other != place {
            prop_assert_eq!(secret(1).open(&other, &sealed), Err(Unopened));
            prop_assert_ne!(secret(1).seal(&other, &text), sealed);
        }
    }

    #[test]
    fn a_changed_seal_does_not_open(text in ".{0,40}", at: prop::sample::Index, by in 1_u8..=255) {
        let sealed = secret(1).seal("here", &text);
        let mut bytes = STANDARD_NO_PAD.decode(&sealed.as_str()[2..]).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        let changed = Sealed::stored(format!("1.{}", STANDARD_NO_PAD.encode(bytes)));
        prop_assert_eq!(secret(1).open("here", &changed), Err(Unopened));
    }
}

#[test]
fn texts_that_are_no_seals_do_not_open() {
    for text in ["", "1.", "1.AAAA", "2.AAAA", "张三", "1.*"] {
        assert_eq!(secret(1).open("here", &Sealed::stored(text.to_owned())), Err(Unopened), "{text}");
    }
}

#[test]
fn a_seal_shows_nothing_and_a_key_is_not_printed() {
    let sealed = secret(1).seal("here", "13800001234");
    assert!(!sealed.as_str().contains("138"));
    assert_eq!(format!("{:?}", secret(1)), "Secret(…)");
}

#[test]
fn a_value_is_found_in_its_own_list_with_the_same_key_alone() {
    let key = secret(1).lookup("email", "a@example.org");
    assert_eq!(key, secret(1).lookup("email", "a@example.org"));
    assert_eq!(key.len(), 64);
    for other in [
        secret(1).lookup("email", "b@example.org"),
        secret(1).lookup("emaila", "@example.org"),
        secret(2).lookup("email", "a@example.org"),
    ] {
        assert_ne!(key, other);
    }
}
