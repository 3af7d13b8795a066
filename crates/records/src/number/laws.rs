//! Laws of the numbers: what is written is read back, what is indexed is found, nothing panics.

use proptest::prelude::*;

use super::tests::office;
use super::*;
use crate::RightKind as Kind;

/// The keys of a right with one application and one publication.
fn indexed(id: &str, right: Kind, publications: &[(&str, Option<&str>)], registration: Option<&str>) -> Vec<String> {
    let id = RightId::read(id).unwrap();
    let publications: Vec<_> = publications
        .iter()
        .map(|(number, kind)| {
            let kind = kind.and_then(KindCode::read);
            let (number, _) = PublicationNumber::read_full(number).unwrap();
            serde_json::json!({ "number": number, "kind": kind })
        })
        .collect();
    let empty: Vec<()> = Vec::new();
    let right: crate::Right = serde_json::from_value(serde_json::json!({
        "id": id, "right": right, "office": id.office(), "publications": publications,
        "registration_number": registration, "titles": empty, "abstracts": empty, "claims": empty,
        "applicants": empty, "owners": empty, "inventors": empty, "agents": empty, "priorities": empty, "ipc": empty,
        "cpc": empty, "locarno": empty, "nice": empty, "vienna": empty, "citations": empty, "related": empty,
        "images": empty, "events": empty, "status": "unknown", "facts": empty, "sources": empty,
    }))
    .unwrap();
    number_keys(&right)
}

#[test]
fn an_office_code_alone_is_no_number() {
    for (code, right) in [("US", Kind::Trademark), ("FR", Kind::Trademark), ("FR", Kind::Invention)] {
        for text in [code.to_owned(), format!("[{code}]"), format!("({code}) -")] {
            assert!(ApplicationNumber::read(office(code), &text, right).is_err(), "{text}");
        }
    }
    assert!(ApplicationNumber::read(Office::DE, "-word", Kind::Invention).is_err());
}

#[test]
fn both_sides_of_the_keys_meet() {
    let patent = indexed("CN-P-201510163325", Kind::Invention, &[("CN104751825", Some("B"))], None);
    for typed in [
        "ZL201510163325.6",
        "201510163325.6",
        "2015101633256",
        "201510163325",
        "CN201510163325",
        "CN104751825B",
        "CN104751825",
        "104751825",
        "104751825B",
        "CN104751825A",
        "cn 104751825 b",
        "CN20151163325",
    ] {
        assert!(lookup_keys(typed).iter().any(|key| patent.contains(key)), "{typed}: {patent:?}");
    }
    let old = indexed("CN-P-97101234", Kind::Invention, &[("CN1034567C", Some("C"))], None);
    for typed in ["CN1034567C", "CN1034567", "1034567", "97101234"] {
        assert!(lookup_keys(typed).iter().any(|key| old.contains(key)), "{typed}: {old:?}");
    }
    assert!(!old.contains(&"CN1034567A".to_owned()));
    let mark = indexed("EM-T-018229858", Kind::Trademark, &[], Some("018229858"));
    for typed in ["018229858", "18229858", "EM018229858", "EM 18229858"] {
        assert!(lookup_keys(typed).iter().any(|key| mark.contains(key)), "{typed}: {mark:?}");
    }
    let american = indexed("US-P-14123456", Kind::Invention, &[("US2015123456", Some("A1"))], Some("8,926,509"));
    for typed in ["14/123,456", "US201414123456", "US 2015/0123456 A1", "20150123456", "8,926,509", "US8926509B2"] {
        assert!(lookup_keys(typed).iter().any(|key| american.contains(key)), "{typed}: {american:?}");
    }
    let design = indexed("EM-D-001066245-0001", Kind::Design, &[], None);
    for typed in ["001066245-0001", "1066245-1", "0010662450001"] {
        assert!(lookup_keys(typed).iter().any(|key| design.contains(key)), "{typed}: {design:?}");
    }
    let waiting = indexed("CN-P-pub104751825", Kind::Invention, &[("CN104751825", None)], None);
    assert!(lookup_keys("CN104751825B").iter().any(|key| waiting.contains(key)), "{waiting:?}");
    assert!(!waiting.iter().any(|key| key.contains("PUB")), "{waiting:?}");
    let layout = indexed("CN-L-BS185559220", Kind::Layout, &[], Some("BS.185559220"));
    assert!(lookup_keys("BS.185559220").iter().any(|key| layout.contains(key)), "{layout:?}");
    let pct = indexed("WO-P-CN2015071234", Kind::Invention, &[("WO2015123456", Some("A1"))], None);
    for typed in ["PCT/CN2015/071234", "WO 2015/123456 A1", "WO2015CN71234"] {
        assert!(lookup_keys(typed).iter().any(|key| pct.contains(key)), "{typed}: {pct:?}");
    }
}

/// Serials in normal form of every office, with the kind of right.
fn serials() -> impl Strategy<Value = (Office, Kind, String)> {
    let any = |code: &'static str, right: Kind, serial: &'static str| {
        serial.prop_map(move |serial| (office(code), right, serial))
    };
    prop_oneof![
        any("CN", Kind::Invention, "20(0[4-9]|[12][0-9])[18][0-9]{7}"),
        any("CN", Kind::UtilityModel, "20(0[4-9]|[12][0-9])[29][0-9]{7}"),
        any("CN", Kind::Design, "(8[5-9]|9[0-9]|0[0-2])3[0-9]{5}"),
        any("US", Kind::Invention, "1[0-8][0-9]{6}"),
        any("US", Kind::Design, "29[0-9]{6}"),
        any("EP", Kind::Invention, "[0-9]{8}"),
        any("WO", Kind::Invention, "(CN|US|IB|EP)(19[89][0-9]|20[0-4][0-9])[0-9]{6}"),
        any("JP", Kind::Invention, "(19[789][0-9]|20[0-4][0-9])[0-9]{6}"),
        any("JP", Kind::UtilityModel, "(19[789][0-9]|20[0-4][0-9])[0-9]{6}"),
        any("KR", Kind::Invention, "(19[89][0-9]|20[0-4][0-9])[0-9]{7}"),
        any("KR", Kind::Design, "(19[89][0-9]|20[0-4][0-9])[0-9]{7}"),
        any("DE", Kind::Invention, "1020(0[4-9]|[1-4][0-9])[0-9]{6}"),
        any("DE", Kind::UtilityModel, "2020(0[4-9]|[1-4][0-9])[0-9]{6}"),
        any("DE", Kind::Invention, "(19[5-9]|10[0-3])[0-9]{5}"),
        any("DE", Kind::Design, "M[0-9]{7}"),
        any("GB", Kind::Invention, "(19[2-9][0-9]|20[0-1][0-9])[0-9]{5}"),
        any("EM", Kind::Trademark, "[0-9]{9}"),
        any("EM", Kind::Design, "[0-9]{9}-[0-9]{4}"),
        any("CN", Kind::Trademark, "[1-9][0-9]{3,7}"),
        any("US", Kind::Trademark, "[7-9][0-9]{7}"),
        any("FR", Kind::Invention, "[0-9]{7}"),
    ]
}

proptest! {
    #[test]
    fn what_is_displayed_is_read_back((office, right, serial) in serials()) {
        let number = ApplicationNumber::read(office, &serial, right).unwrap();
        prop_assert_eq!((&number.serial, number.right), (&serial, right));
        let again = ApplicationNumber::read(office, &number.display(), right);
        prop_assert_eq!(again.as_ref(), Ok(&number), "{}", number.display());
        prop_assert_eq!(ApplicationNumber::read_strict(office, &number.normal(), right), Ok(number.clone()));
        let id = number.id();
        prop_assert_eq!(RightId::read(id.as_str()), Some(id));
    }

    #[test]
    fn a_displayed_number_is_found((office, right, serial) in serials()) {
        let number = ApplicationNumber::read(office, &serial, right).unwrap();
        let keys = indexed(number.id().as_str(), right, &[], None);
        for typed in [number.display(), number.normal(), number.serial.clone(), number.id().to_string()] {
            let found = lookup_keys(&typed);
            prop_assert!(found.iter().any(|key| keys.contains(key)), "{} {:?} {:?}", typed, found, keys);
        }
    }

    #[test]
    fn one_wrong_digit_is_seen(serial in "20(0[4-9]|[12][0-9])[12389][0-9]{7}", at in 0usize..12, by in 1u8..10) {
        let right = ApplicationNumber::read(Office::CN, &serial, Kind::Invention).unwrap().check.unwrap();
        let mut bytes = serial.into_bytes();
        bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assert_ne!(cn::check_digit(&changed), Some(right));
    }

    #[test]
    fn a_luhn_digit_sees_one_wrong_digit(serial in "[0-9]{8}", at in 0usize..8, by in 1u8..10) {
        let right = spelling::luhn(&serial);
        let mut bytes = serial.into_bytes();
        bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
        prop_assert_ne!(spelling::luhn(&String::from_utf8(bytes).unwrap()), right);
    }

    #[test]
    fn publications_read_back(
        code in prop::sample::select(vec!["CN", "US", "EP", "WO", "JP", "KR", "DE", "GB", "EM", "FR"]),
        text in "(D|RE|H|S|PP)?[0-9]{5,11}",
        kind in prop::option::of("[ABCSUYDT][1-9]?"),
    ) {
        prop_assume!(code == "US" || !text.starts_with('D')); // D is a design whatever kind stands behind it
        let number = PublicationNumber::read(office(code), &text, kind.as_deref()).unwrap();
        let again = PublicationNumber::read(office(code), number.as_str(), None).unwrap();
        prop_assert_eq!(&again, &number);
        prop_assert_eq!(number.waiting_id().office(), Some(office(code)));
        if let Some(kind) = kind {
            let written = number.with_kind(KindCode::read(&kind).as_ref());
            let (read, code) = PublicationNumber::read_full(&written).unwrap();
            prop_assert_eq!(code.map(|c| c.to_string()), Some(kind));
            prop_assert_eq!(read, number);
        }
    }

    #[test]
    fn reading_never_panics(text in "\\PC*", code in "[A-Z]{2}", kind in prop::option::of("\\PC{0,3}")) {
        let _ = (read_any(&text), lookup_keys(&text), PublicationNumber::read_full(&text), RightId::read(&text));
        for code in [code.as_str(), "CN", "US", "EP", "WO", "JP", "KR", "DE", "GB", "EM"] {
            for right in Kind::ALL {
                if let Ok(number) = ApplicationNumber::read(office(code), &text, right) {
                    let _ = (number.display(), number.keys(), number.id());
                }
            }
            let _ = ApplicationNumber::read_docdb(office(code), &text, kind.as_deref(), crate::read_date("19980101"));
            if let Ok(number) = PublicationNumber::read(office(code), &text, kind.as_deref()) {
                let _ = (number.waiting_id(), number.right(), number.keys(None));
            }
        }
    }

    #[test]
    fn reading_number_like_texts_never_panics(text in "[0-9A-Z平昭特開第号年 ./,()é-]{0,18}") {
        let _ = (read_any(&text), lookup_keys(&text), PublicationNumber::read_full(&text));
        for code in ["CN", "US", "EP", "WO", "JP", "KR", "DE", "GB", "EM", "FR"] {
            for kind in [None, Some("A"), Some("U"), Some("S1"), Some("W"), Some("P")] {
                let _ = PublicationNumber::read(office(code), &text, kind);
                let _ = ApplicationNumber::read_docdb(office(code), &text, kind, crate::read_date("19700101"));
            }
        }
    }
}
