//! The cutter: chunks change nothing; records lie in order where they say, within the limit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::{Cut, pieces};

fuzz_target!(|input: (u8, u8, u16, &[u8])| {
    let (how, chunk, limit, stream) = input;
    let cut = match how % 4 {
        0 => Cut::Documents,
        1 => Cut::Elements(&["r", "exchange-document"]),
        2 => Cut::Lines(|_| true),
        _ => Cut::Lines(|line| line.starts_with(b"[")),
    };
    let limit = usize::from(limit).max(1);
    let whole = pieces(stream, cut, 1 << 16, limit);
    assert_eq!(pieces(stream, cut, usize::from(chunk), limit), whole);
    let mut end = 0;
    for (position, bytes, _) in whole {
        let from = position as usize;
        assert!(from >= end && bytes.len() <= limit);
        assert_eq!(stream[from..from + bytes.len()], bytes[..]);
        end = from + bytes.len();
    }
});
