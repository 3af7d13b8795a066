use std::io::{self, Read};

use encoding_rs::{Encoding, GB18030, GBK, UTF_16BE, UTF_16LE, WINDOWS_1252};
use proptest::prelude::*;

use super::{Utf8Reader, announced};

#[test]
fn marks_and_declarations_announce_an_encoding() {
    for (head, expected) in [
        (&b"\xef\xbb\xbf<a/>"[..], None),
        (b"\xff\xfe<\0", Some(UTF_16LE)),
        (b"\xfe\xff\0<", Some(UTF_16BE)),
        (b"<\0?\0x\0", Some(UTF_16LE)),
        (b"\0<\0?\0x", Some(UTF_16BE)),
        (b"<?xml version='1.0' encoding='gb2312'?>", Some(GBK)),
        (b"<?xml version=\"1.0\" encoding = \"GB18030\" ?>", Some(GB18030)),
        (b"<?xml encoding=\"iso-8859-1\"?>", Some(WINDOWS_1252)),
        (b"<?xml encoding=\"utf-8\"?>", None),
        (b"<?xml encoding=\"UTF-16\"?>", None),
        (b"<?xml encoding=\"klingon\"?>", None),
        (b"<?xml encoding=?>", None),
        (b"<?xml encoding", None),
        (b"<?xml version='1.0'?><a encoding='GBK'/>", None),
        (b"", None),
    ] {
        assert_eq!(announced(head), expected, "{}", String::from_utf8_lossy(head));
    }
}

/// Gives a few bytes at a time, and is interrupted in between.
struct Dripping<'b> {
    bytes: &'b [u8],
    step: usize,
    interrupted: bool,
}

impl Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let count = self.step.min(buffer.len()).min(self.bytes.len());
        (&mut self.bytes).take(count as u64).read(buffer)
    }
}

fn decoded(bytes: &[u8], step: usize, encoding: &'static Encoding) -> String {
    let mut text = String::new();
    let mut reader = Utf8Reader::new(Dripping { bytes, step, interrupted: false }, encoding);
    reader.read_to_string(&mut text).expect("what comes out is UTF-8");
    text
}

proptest! {
    // Every read fills a buffer anew.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn texts_come_back_however_they_arrive(text in "[a-z中文字é ☃\n]{0,60}", step in 1_usize..9) {
        let (bytes, ..) = GB18030.encode(&text);
        prop_assert_eq!(decoded(&bytes, step, GB18030), text.clone());
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        prop_assert_eq!(decoded(&little, step, UTF_16LE), text);
    }

    #[test]
    fn any_bytes_become_text_the_same_however_they_arrive(bytes in prop::collection::vec(any::<u8>(), 0..80), step in 1_usize..9) {
        for encoding in [GBK, UTF_16BE, WINDOWS_1252] {
            prop_assert_eq!(decoded(&bytes, step, encoding), decoded(&bytes, 1 << 16, encoding));
        }
    }
}
