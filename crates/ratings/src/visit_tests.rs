use proptest::prelude::*;

use super::*;

#[test]
fn a_code_is_read_in_any_hand() {
    let code = VisitCode::make([0, 68, 50, 20, 199, 66, 84, 182, 53, 207]);
    assert_eq!(code.to_string(), "0123-4567-89AB-CDEF");
    for written in ["0123456789ABCDEF", " o l23-4567 89ab-cdef", "oI23-4567-89ab-cdef"] {
        assert_eq!(written.parse(), Ok(code.clone()), "{written}");
    }
    for wrong in ["", "0123", "0123-4567-89AB-CDEFG", "0123-4567-89AB-CDEU", "零一二三"] {
        assert!(wrong.parse::<VisitCode>().is_err(), "{wrong}");
    }
    assert_eq!(code.path(), "/rate/visit/0123-4567-89AB-CDEF");
}

proptest! {
    #[test]
    fn different_bytes_are_different_codes(a in any::<[u8; 10]>(), b in any::<[u8; 10]>()) {
        prop_assert_eq!(a == b, VisitCode::make(a) == VisitCode::make(b));
        let code = VisitCode::make(a);
        prop_assert_eq!(code.to_string().parse(), Ok(code));
    }

    #[test]
    fn reading_is_total(text in any::<String>()) {
        let _ = text.parse::<VisitCode>();
    }
}
