use super::*;
use crate::world::{now, random};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// The vectors of RFC 6238, appendix B, for SHA-1, in their last six digits.
#[test]
fn codes_are_those_of_the_standard() {
    let shared = Shared(Secret::from(b"12345678901234567890".to_vec()));
    for (second, code) in
        [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
    {
        assert_eq!(shared.code_at(at(second)), code);
        assert_eq!(shared.step_of(code, at(second)), Some(second / 30));
    }
}

#[test]
fn clocks_may_be_wrong_by_a_step_and_no_more() {
    let shared = Shared::make(&mut random(1));
    let code = shared.code_at(at(3000));
    for (second, taken) in [(2969, false), (2970, true), (3000, true), (3059, true), (3060, false)] {
        assert_eq!(shared.step_of(&code, at(second)).is_some(), taken, "{second}");
    }
    assert_eq!(shared.step_of(&code, at(-1)), None);
}

#[test]
fn wrong_lengths_and_letters_are_no_codes() {
    let shared = Shared::make(&mut random(1));
    for typed in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-1234 5"] {
        assert_eq!(shared.step_of(typed, now()), None, "{typed}");
    }
}

#[test]
fn an_app_reads_the_address() {
    let shared = Shared::make(&mut random(1));
    let address = shared.address("惠知: Huizhi", "a:b@example.org");
    let parts = address.strip_prefix("otpauth://totp/").unwrap();
    assert!(parts.contains(&format!("secret={}", shared.text())), "{address}");
    assert!(parts.contains("issuer=%E6%83%A0%E7%9F%A5"), "{address}");
    assert_eq!(shared.text().len(), 32);
}
