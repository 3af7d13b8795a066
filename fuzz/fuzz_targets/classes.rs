//! Symbols of classifications: a normal form reads as itself and lies at or below its parents.
#![no_main]

use libfuzzer_sys::fuzz_target;
use records::{Cpc, Ipc, Locarno, NiceClass, Vienna};

fuzz_target!(|text: &str| {
    if let Some(symbol) = Ipc::read(text) {
        assert_eq!(Ipc::read(symbol.as_str()).as_ref(), Some(&symbol));
        assert_eq!(Ipc::read(&symbol.display()).as_ref(), Some(&symbol));
        assert!(symbol.ancestors().iter().all(|above| symbol.is_at_or_below(above)));
        let _ = (symbol.fixed(), records::class::technology::field_of(&symbol));
    }
    if let Some(symbol) = Cpc::read(text) {
        assert_eq!(Cpc::read(symbol.as_str()).as_ref(), Some(&symbol));
        assert_eq!(Cpc::read(&symbol.display()).as_ref(), Some(&symbol));
        assert!(symbol.ancestors().iter().all(|above| symbol.is_at_or_below(above)));
        let _ = (symbol.fixed(), symbol.to_ipc());
    }
    if let Some(symbol) = Locarno::read(text) {
        assert_eq!(Locarno::read(symbol.as_str()).as_ref(), Some(&symbol));
        assert!(symbol.parent().is_none_or(|above| symbol.is_at_or_below(&above)));
    }
    if let Some(symbol) = Vienna::read(text) {
        assert_eq!(Vienna::read(symbol.as_str()).as_ref(), Some(&symbol));
        assert!(symbol.parent().is_none_or(|above| symbol.is_at_or_below(&above)));
    }
    assert!(NiceClass::read_number(text).is_none_or(|class| (1..=45).contains(&class)));
});
