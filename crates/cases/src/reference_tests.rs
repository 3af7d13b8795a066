use proptest::prelude::*;

use super::*;

#[test]
fn a_reference_reads_back_from_every_spelling() {
    let reference = Reference::make(2026, 123);
    assert_eq!(&reference.as_str()[..15], "HZ-2026-000123-");
    let last = reference.as_str().chars().last().unwrap();
    for text in [format!("hz2026 000123 {last}"), format!("ＨＺ－2026-000123-{last}"), format!("2026000123{last}")] {
        assert_eq!(text.parse::<Reference>().unwrap(), reference, "{text}");
    }
    assert_eq!(Reference::make(2026, 12_345_678).as_str().len(), "HZ-2026-12345678-C".len());
    for text in ["", "HZ", "HZ-2026-+00123-C", "HZ-２０２６", "书-2026-000123-C", "HZ-2026-000000000000000000000001-C"]
    {
        assert!(text.parse::<Reference>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn one_wrong_digit_or_two_exchanged_are_noticed(number in 0_u64..10_000_000, at in 0_usize..10, digit in 0_u8..10, other in 0_usize..10) {
        let reference = Reference::make(2026, number);
        let plain: String = reference.as_str().chars().filter(char::is_ascii_alphanumeric).skip(2).collect();
        let mut wrong: Vec<u8> = plain.clone().into_bytes();
        wrong[at] = b'0' + digit;
        if wrong != plain.as_bytes() {
            prop_assert!(String::from_utf8(wrong).unwrap().parse::<Reference>().is_err());
        }
        let mut exchanged = plain.clone().into_bytes();
        exchanged.swap(at, other);
        if exchanged != plain.as_bytes() {
            prop_assert!(String::from_utf8(exchanged).unwrap().parse::<Reference>().is_err());
        }
    }

    #[test]
    fn a_tracking_code_reads_back_and_never_prints_itself_in_logs(random: [u8; 10]) {
        let code = TrackingCode::make(random);
        let text = code.to_string();
        prop_assert_eq!(text.len(), 19);
        prop_assert_eq!(&text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l").parse::<TrackingCode>().unwrap(), &code);
        let logged = format!("{code:?}");
        prop_assert!(!logged.contains(&text[..4]));
        prop_assert_eq!(code.hash().len(), 64);
    }

    #[test]
    fn no_text_breaks_the_readers(text in "\\PC*") {
        let _ = text.parse::<Reference>();
        let _ = text.parse::<TrackingCode>();
    }
}

#[test]
fn a_zero_before_a_long_number_does_not_shift_its_digits() {
    assert!(Reference::make(2026, 1_000_000).to_string().parse::<Reference>().is_ok());
    let last = Reference::make(2126, 0).to_string().chars().last().unwrap();
    assert!(format!("HZ-2126-0000000-{last}").parse::<Reference>().is_err());
}
