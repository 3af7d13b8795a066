//! Numbers and dates as people and offices write them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::{
    ApplicationNumber, KindCode, Office, PublicationNumber, Reading, RightId, RightKind, lookup_keys, read_any,
    read_date,
};

const OFFICES: [Office; 9] =
    [Office::CN, Office::US, Office::EP, Office::DE, Office::EM, Office::GB, Office::JP, Office::KR, Office::WO];
const RIGHTS: [RightKind; 4] = [RightKind::Invention, RightKind::UtilityModel, RightKind::Design, RightKind::Trademark];

fuzz_target!(|text: &str| {
    let readings = read_any(text);
    assert_eq!(readings.is_empty(), lookup_keys(text).is_empty());
    for reading in &readings {
        let zeros =
            matches!(reading, Reading::Registration { office: None, number } if number.trim_matches('0').is_empty());
        assert!(zeros || !reading.keys().is_empty(), "{reading:?}");
    }
    for office in OFFICES {
        for right in RIGHTS {
            if let Ok(number) = ApplicationNumber::read(office, text, right) {
                let again = ApplicationNumber::read(number.office, &number.serial, number.right);
                // An office's code in the middle (`U.S. 1`) is kept once, and taken for the office when read again.
                let coded = number.serial.starts_with(number.office.as_str());
                assert!(again.is_ok() || coded, "the normal form of {text:?} reads");
                if coded {
                    continue;
                }
                assert_eq!(again.as_ref(), Ok(&number), "the normal form of {text:?} reads as itself");
                let _ = ApplicationNumber::check(office, text, right);
            }
        }
        if let Ok(number) = PublicationNumber::read(office, text, None) {
            let again = PublicationNumber::read(office, number.as_str(), None);
            assert_eq!(again.as_ref(), Ok(&number), "the normal form of {text:?} reads as itself");
        }
    }
    let _ = (PublicationNumber::read_full(text), KindCode::read(text), RightId::read(text));
    if let Some(date) = read_date(text) {
        assert_eq!(read_date(&date.to_string()), Some(date));
    }
});
