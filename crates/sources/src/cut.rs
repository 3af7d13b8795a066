//! Streams cut into records, with only the record at hand in memory.

use std::io::{self, Read};
use std::ops::ControlFlow;

use memchr::{memchr, memmem};

use crate::head::doctype_end;
use crate::{Cut, Problem};

/// Bytes read at a time.
const CHUNK: usize = 256 * 1024;

/// A record's bytes before anyone reads them.
pub(crate) struct Piece {
    /// Offset of the first byte in the stream.
    pub(crate) position: u64,
    /// The record; its beginning alone when it was too large.
    pub(crate) bytes: Vec<u8>,
    /// Why it cannot be read.
    pub(crate) fault: Option<Problem>,
}

/// Cuts a stream and hands each record on, until it ends or the receiver breaks off.
pub(crate) fn cut(
    reader: &mut dyn Read,
    cut: Cut,
    limit: usize,
    hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut window = Window { reader, bytes: Vec::with_capacity(2 * CHUNK), start: 0, ended: false };
    match cut {
        Cut::Documents => Elements::new(None, limit).run(&mut window, hand_on),
        Cut::Elements(names) => Elements::new(Some(names), limit).run(&mut window, hand_on),
        Cut::Lines(begins) => lines(&mut window, begins, limit, hand_on),
    }
}

/// The part of the stream that is in memory.
struct Window<'r> {
    reader: &'r mut dyn Read,
    bytes: Vec<u8>,
    /// Offset of `bytes[0]` in the stream.
    start: u64,
    ended: bool,
}

impl Window<'_> {
    /// Reads more; what lies before `keep` is forgotten. Returns by how much indices moved.
    fn more(&mut self, keep: usize) -> io::Result<usize> {
        self.bytes.drain(..keep);
        self.start += keep as u64;
        let length = self.bytes.len();
        // A long record is read in growing steps, so that looking again for its end stays cheap.
        self.bytes.resize(length + CHUNK.max(length), 0);
        let mut filled = length;
        while filled < self.bytes.len() {
            match self.reader.read(&mut self.bytes[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.bytes.truncate(filled);
                    return Err(error);
                }
            }
        }
        self.bytes.truncate(filled);
        Ok(keep)
    }
}

enum Markup<'w> {
    /// `<name …>`; the second value tells whether it closes itself.
    Start(&'w [u8], bool),
    End(&'w [u8]),
    /// `<?xml …?>`: a document begins.
    Prolog,
    Other,
}

/// The markup at the start of `bytes` (which begin with `<`) and its length; `None` when it is not complete.
fn markup(bytes: &[u8]) -> Option<(Markup<'_>, usize)> {
    let ends = |mark: &[u8]| memmem::find(bytes, mark).map(|at| at + mark.len());
    match bytes.get(1)? {
        b'/' => {
            let end = memchr(b'>', bytes)?;
            Some((Markup::End(local(bytes[2..end].trim_ascii_end())), end + 1))
        }
        b'?' => {
            let prolog = bytes.len() > 6 && bytes.starts_with(b"<?xml") && bytes[5].is_ascii_whitespace();
            Some((if prolog { Markup::Prolog } else { Markup::Other }, ends(b"?>")?))
        }
        b'!' if bytes.starts_with(b"<!--") => Some((Markup::Other, ends(b"-->")?)),
        b'!' if bytes.starts_with(b"<![CDATA[") => Some((Markup::Other, ends(b"]]>")?)),
        b'!' if bytes.len() < 9 => None,
        b'!' => Some((Markup::Other, doctype_end(bytes)?)),
        first if first.is_ascii_alphabetic() || *first == b'_' || *first >= 0x80 => {
            let end = tag_end(bytes)?;
            let name = bytes[1..end].split(|b| b.is_ascii_whitespace() || *b == b'/').next().unwrap_or_default();
            Some((Markup::Start(local(name), bytes[end - 1] == b'/'), end + 1))
        }
        _ => Some((Markup::Other, 1)),
    }
}

/// Index of the `>` that ends a start tag; one inside a quoted value does not count.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr3(b'>', b'"', b'\'', &bytes[from..])?;
        match bytes[at] {
            b'>' => return Some(at),
            quote => from = at + 2 + memchr(quote, &bytes[at + 1..])?,
        }
    }
}

fn local(name: &[u8]) -> &[u8] {
    name.iter().rposition(|b| *b == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Finds elements that are records: those with certain names, or every root.
struct Elements {
    names: Option<&'static [&'static str]>,
    limit: usize,
    open: Option<Open>,
}

struct Open {
    name: Vec<u8>,
    depth: u32,
    from: usize,
    /// The record passed the limit: its beginning was handed on, the rest is passed over.
    too_large: bool,
}

impl Elements {
    fn new(names: Option<&'static [&'static str]>, limit: usize) -> Self {
        Self { names, limit, open: None }
    }

    fn run(mut self, window: &mut Window<'_>, hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>) -> io::Result<()> {
        let mut at = 0;
        loop {
            let next = memchr(b'<', &window.bytes[at..]).map(|found| at + found);
            let step =
                next.and_then(|from| markup(&window.bytes[from..]).map(|(markup, length)| (from, markup, length)));
            let Some((from, markup, length)) = step else {
                let unread = next.unwrap_or(window.bytes.len());
                if window.ended {
                    if self.begins_record(&window.bytes[unread..]) {
                        let _ = hand_on(piece(window, unread, window.bytes.len()));
                    }
                    self.hand_on_rest(window, hand_on);
                    return Ok(());
                }
                at = unread - self.make_room(window, unread, hand_on)?;
                continue;
            };
            at = from + length;
            let done = self.step(markup, from, at, window);
            if let Some(piece) = done
                && hand_on(piece).is_break()
            {
                return Ok(());
            }
        }
    }

    /// Whether a start tag without an end would begin a record here: it must not be lost.
    fn begins_record(&self, bytes: &[u8]) -> bool {
        let name = bytes.get(1..).unwrap_or_default();
        let name = name.split(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).next().unwrap_or_default();
        let is_name = name.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_');
        self.open.is_none() && bytes.starts_with(b"<") && is_name && is_record(self.names, local(name))
    }

    /// Reads on, keeping the open record. Returns by how much indices moved.
    fn make_room(
        &mut self,
        window: &mut Window<'_>,
        unread: usize,
        hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> io::Result<usize> {
        let Some(open) = &mut self.open else {
            let endless = window.bytes.len() - unread > self.limit;
            if endless && self.begins_record(&window.bytes[unread..]) {
                let _ = hand_on(too_large(window, unread, self.limit));
            }
            return window.more(if endless { window.bytes.len() } else { unread }).map(|moved| moved.min(unread));
        };
        if open.too_large {
            let keep = if window.bytes.len() - unread > self.limit { window.bytes.len() } else { unread };
            open.from = 0;
            return window.more(keep).map(|moved| moved.min(unread));
        }
        if window.bytes.len() - open.from > self.limit {
            open.too_large = true;
            let _ = hand_on(too_large(window, open.from, self.limit));
            return Ok(0);
        }
        let moved = window.more(open.from)?;
        open.from = 0;
        Ok(moved)
    }

    fn step(&mut self, markup: Markup<'_>, from: usize, to: usize, window: &Window<'_>) -> Option<Piece> {
        match (markup, &mut self.open) {
            (Markup::Start(name, closed), None) if is_record(self.names, name) => {
                if closed {
                    return Some(piece(window, from, to));
                }
                self.open = Some(Open { name: name.to_vec(), depth: 1, from, too_large: false });
                None
            }
            (Markup::Start(name, false), Some(open)) if open.name == name => {
                open.depth += 1;
                None
            }
            (Markup::End(name), Some(open)) if open.name == name => {
                open.depth -= 1;
                (open.depth == 0).then(|| self.open.take()).flatten().and_then(|open| open.finish(window, to))
            }
            // A prolog cannot stand inside a document: the one before it was cut short.
            (Markup::Prolog, Some(_)) => self.open.take().and_then(|open| open.finish(window, from)),
            _ => None,
        }
    }

    fn hand_on_rest(self, window: &Window<'_>, hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>) {
        if let Some(piece) = self.open.and_then(|open| open.finish(window, window.bytes.len())) {
            let _ = hand_on(piece);
        }
    }
}

impl Open {
    fn finish(self, window: &Window<'_>, to: usize) -> Option<Piece> {
        (!self.too_large).then(|| piece(window, self.from, to))
    }
}

fn is_record(names: Option<&[&str]>, name: &[u8]) -> bool {
    names.is_none_or(|names| names.iter().any(|n| n.as_bytes() == name))
}

fn piece(window: &Window<'_>, from: usize, to: usize) -> Piece {
    Piece { position: window.start + from as u64, bytes: window.bytes[from..to].to_vec(), fault: None }
}

fn too_large(window: &Window<'_>, from: usize, limit: usize) -> Piece {
    let shown = (from + 64 * 1024).min(window.bytes.len());
    let fault = Problem::refused(
        "too-large",
        format!("the record is larger than {} MiB; only its beginning is kept", limit / (1024 * 1024)),
    );
    Piece { fault: Some(fault), ..piece(window, from, shown) }
}

/// Cuts at lines that begin a record.
fn lines(
    window: &mut Window<'_>,
    begins: fn(&[u8]) -> bool,
    limit: usize,
    hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> io::Result<()> {
    let (mut record, mut at): (Option<usize>, usize) = (None, 0);
    loop {
        let Some(end) = memchr(b'\n', &window.bytes[at..]).map(|found| at + found + 1) else {
            if !window.ended {
                let keep = record.unwrap_or(at);
                if window.bytes.len() - keep > limit {
                    let _ = hand_on(too_large(window, keep, limit));
                    record = None;
                    at = window.bytes.len();
                    continue;
                }
                let moved = window.more(keep)?;
                at -= moved;
                record = record.map(|_| 0);
                continue;
            }
            let last_begins = at < window.bytes.len() && begins(&window.bytes[at..]);
            if let Some(from) = record {
                let to = if last_begins { at } else { window.bytes.len() };
                if hand_on(piece(window, from, to)).is_break() {
                    return Ok(());
                }
            }
            if last_begins {
                let _ = hand_on(piece(window, at, window.bytes.len()));
            }
            return Ok(());
        };
        if begins(&window.bytes[at..end]) {
            if let Some(from) = record.replace(at)
                && hand_on(piece(window, from, at)).is_break()
            {
                return Ok(());
            }
        } else if let Some(from) = record
            && end - from > limit
        {
            let _ = hand_on(too_large(window, from, limit));
            record = None;
        }
        at = end;
    }
}
