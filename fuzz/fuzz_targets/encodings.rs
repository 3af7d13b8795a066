//! Files in every encoding: any bytes are read without panic, and a text that an encoding can write comes back.
#![no_main]

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};
use libfuzzer_sys::fuzz_target;

const ENCODINGS: [&Encoding; 7] = [GBK, GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR, WINDOWS_1252];

fuzz_target!(|input: (u8, &str, &[u8])| {
    let (which, text, bytes) = input;
    let which = usize::from(which) % (ENCODINGS.len() + 2);
    let shown: String = text.chars().filter(|c| !matches!(c, '<' | '>' | '\u{feff}' | '\u{fffd}')).collect();
    let record = format!("<exchange-document country='{shown}'>{shown}</exchange-document>");
    let name = ENCODINGS.get(which).map_or("UTF-16", |encoding| encoding.name());
    let prolog = format!("<?xml version=\"1.0\" encoding = '{name}'?><exchange-documents>");
    let file = format!("{prolog}{record}</exchange-documents>");
    let (encoded, complete) = match ENCODINGS.get(which) {
        Some(encoding) => {
            let (encoded, _, lost) = encoding.encode(&file);
            // What one encoding writes with another's bytes (yen and backslash, say) is the standard's own loss.
            let back = encoding.decode_without_bom_handling(&encoded).0 == file;
            (encoded.into_owned(), !lost && back)
        }
        None => (utf_16(&file, which % 2 == 0), true),
    };
    let read = fuzz::read_bytes("a.xml", &encoded);
    if complete && !shown.contains(['\'', '"']) {
        assert_eq!(read.records, [record.into_bytes()]);
    }
    let mut hostile = prolog.into_bytes();
    hostile.extend(bytes);
    fuzz::read_bytes("a.xml", &hostile);
    fuzz::read_bytes("a.xml", &[&[0xff, 0xfe], bytes].concat());
});

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}
