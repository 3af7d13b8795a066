//! Mutations that know tags from text: readers of records see little of bytes that are not well-formed.

/// Values that numbers, dates, names and codes do not expect.
const VALUES: &[&str] = &[
    "",
    " ",
    "0",
    "00000000",
    "99999999",
    "20240230",
    "-1",
    "18446744073709551616",
    "1.",
    ".",
    ",",
    ";",
    "/",
    "-",
    "CN",
    "US",
    "中",
    "é",
    "\u{3000}",
    "０１２",
    "\u{fffd}",
    "A",
    "ZL",
    "PCT",
    "EP",
    "WO",
    "G06F 3/",
    "G06F",
    "1-",
    "No.",
    "a,b,c",
    "(",
    ")",
    "&#0;",
    "&#x10ffff;",
    "&amp;",
    "&nowhere;",
    "20240101",
    "2024-01-01",
    "true",
    "en",
    "B1",
];

/// A small generator of the fuzzer's own seeds: the same seed gives the same mutation.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Mutates `data[..size]` in place and returns the new size: half the time as XML, else byte by byte.
pub fn mutate_xml(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut chance = Chance(u64::from(seed) << 8 | 0x5a);
    if chance.below(2) == 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    let mut pieces = split(&data[..size]);
    if pieces.len() < 2 {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    for _ in 0..=chance.below(3) {
        change(&mut pieces, &mut chance);
    }
    let mutated = pieces.concat();
    let length = mutated.len().min(max_size).min(data.len());
    data[..length].copy_from_slice(&mutated[..length]);
    length
}

/// Tags and texts in turn.
fn split(data: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, byte) in data.iter().enumerate() {
        let to = match byte {
            b'<' => at,
            b'>' => at + 1,
            _ => continue,
        };
        if to > from {
            pieces.push(data[from..to].to_vec());
            from = to;
        }
    }
    pieces.push(data[from..].to_vec());
    pieces
}

fn change(pieces: &mut Vec<Vec<u8>>, chance: &mut Chance) {
    let at = chance.below(pieces.len());
    match chance.below(6) {
        // An element goes, or comes twice, with all that is in it.
        0 => {
            let end = element_end(pieces, at);
            pieces.drain(at..end);
        }
        1 => {
            let copy = pieces[at..element_end(pieces, at)].to_vec();
            pieces.splice(at..at, copy);
        }
        // An element moves elsewhere.
        2 => {
            let element: Vec<_> = pieces.drain(at..element_end(pieces, at)).collect();
            let to = chance.below(pieces.len() + 1);
            pieces.splice(to..to, element);
        }
        // A text or an attribute gets another value.
        _ => {
            let value = VALUES[chance.below(VALUES.len())].as_bytes();
            let piece = &mut pieces[at];
            if !piece.starts_with(b"<") {
                *piece = value.to_vec();
            } else if let Some(from) = piece.iter().position(|b| *b == b'"')
                && let Some(length) = piece[from + 1..].iter().position(|b| *b == b'"')
            {
                piece.splice(from + 1..from + 1 + length, value.iter().copied());
            } else if !piece.starts_with(b"</") && !piece.ends_with(b"/>") {
                pieces.insert(at + 1, value.to_vec());
            }
        }
    }
    if pieces.is_empty() {
        pieces.push(b"<a/>".to_vec());
    }
}

/// Index behind the element that begins at `at`; behind the piece itself when it is no start tag.
fn element_end(pieces: &[Vec<u8>], at: usize) -> usize {
    let mut depth = 0_i32;
    for (index, piece) in pieces.iter().enumerate().skip(at) {
        if piece.starts_with(b"</") {
            depth -= 1;
        } else if piece.starts_with(b"<") && !piece.ends_with(b"/>") && !matches!(piece.get(1), Some(b'!' | b'?')) {
            depth += 1;
        }
        if depth <= 0 {
            return index + 1;
        }
    }
    at + 1
}
