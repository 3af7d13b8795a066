//! Any file of one format: no panic, every record gives parts, a problem or a reason. The format is the one that
//! HUIZHI_FORMAT names, else the one whose place in `FORMATS` is the first byte.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use records::Origin;
use sources::{Context, FORMATS, Format, Head, RawRecord, pieces};

static CHOSEN: LazyLock<Option<&'static Format>> = LazyLock::new(|| {
    let name = std::env::var("HUIZHI_FORMAT").ok()?;
    let chosen = FORMATS.iter().find(|format| format.name == name);
    Some(chosen.unwrap_or_else(|| panic!("no format is called {name}; there are {FORMATS:?}")))
});

fuzz_target!(|data: &[u8]| {
    let Some((format, file)) = choose(data) else { return };
    let head = Head::new("file.xml", &file[..file.len().min(64 * 1024)]);
    let _ = (format.recognise)(&head);
    let context = Arc::new(Context { head, table: None });
    for (position, bytes, fault) in pieces(file, format.cut, 1 << 16, 1 << 18) {
        if fault.is_none() {
            let origin = Origin { file: "file.xml".into(), position };
            let findings = RawRecord::new(origin, format, bytes, Arc::clone(&context)).read();
            assert!(
                findings.passed_over.is_some() || !findings.parts.is_empty() || !findings.problems.is_empty(),
                "a record may not vanish"
            );
        }
    }
});

fn choose(data: &[u8]) -> Option<(&'static Format, &[u8])> {
    match *CHOSEN {
        Some(format) => Some((format, data)),
        None => {
            let (first, file) = data.split_first()?;
            Some((FORMATS[usize::from(*first) % FORMATS.len()], file))
        }
    }
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzz::mutate_xml(data, size, max_size, seed)
});
