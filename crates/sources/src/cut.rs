//! Streams cut into records, with only the record at hand in memory.
//!
//! What comes out depends on the stream alone, never on how it arrives: every decision waits until the bytes that it
//! rests on are there. A broken record ends where the next one begins, so that its neighbours survive.

use std::io::{self, Read};
use std::ops::ControlFlow;

use memchr::{memchr, memchr2, memmem};

use crate::head::doctype_end;
use crate::{Cut, Problem};

/// Bytes read at a time.
const CHUNK: usize = 256 * 1024;

/// Bytes that are kept of a record that is too large.
const SHOWN: usize = 64 * 1024;

/// A record's bytes before anyone reads them.
#[derive(Debug)]
pub(crate) struct Piece {
    /// Offset of the first byte in the stream.
    pub(crate) position: u64,
    /// The record; its beginning alone when it was too large.
    pub(crate) bytes: Vec<u8>,
    /// Why it cannot be read.
    pub(crate) fault: Option<Problem>,
}

/// Cuts a stream and hands each record on, until it ends or the receiver breaks off. When the stream fails, all that
/// came before is handed on first, the record that was cut short with a fault.
pub(crate) fn cut(
    reader: &mut dyn Read,
    cut: Cut,
    limit: usize,
    hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> io::Result<()> {
    cut_by(reader, cut, CHUNK, limit, hand_on)
}

fn cut_by(
    reader: &mut dyn Read,
    cut: Cut,
    chunk: usize,
    limit: usize,
    hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut window = Window { reader, chunk, bytes: Vec::new(), start: 0, ended: false, failed: None };
    let _: ControlFlow<()> = match cut {
        Cut::Documents => Elements::new(None, limit).run(&mut window, hand_on),
        Cut::Elements(names) => Elements::new(Some(names), limit).run(&mut window, hand_on),
        Cut::Lines(begins) => lines(&mut window, begins, limit, hand_on),
    };
    window.failed.map_or(Ok(()), Err)
}

/// Position, bytes and code of the fault of every record, read so many bytes at a time: for tests that chunks change
/// nothing.
#[doc(hidden)]
pub fn pieces(stream: &[u8], cut: Cut, chunk: usize, limit: usize) -> Vec<(u64, Vec<u8>, Option<&'static str>)> {
    let mut pieces = Vec::new();
    let read = cut_by(&mut { stream }, cut, chunk.max(1), limit, &mut |piece| {
        pieces.push((piece.position, piece.bytes, piece.fault.map(|fault| fault.code)));
        ControlFlow::Continue(())
    });
    debug_assert!(read.is_ok(), "bytes in memory can always be read");
    pieces
}

/// The part of the stream that is in memory.
struct Window<'r> {
    reader: &'r mut dyn Read,
    chunk: usize,
    bytes: Vec<u8>,
    /// Offset of `bytes[0]` in the stream.
    start: u64,
    ended: bool,
    /// Why the stream ended before its time.
    failed: Option<io::Error>,
}

impl Window<'_> {
    /// Reads more; what lies before `keep` is forgotten.
    fn more(&mut self, keep: usize) {
        self.bytes.drain(..keep);
        self.start += keep as u64;
        let length = self.bytes.len();
        // A long record is read in growing steps, so that looking again for its end stays cheap.
        self.bytes.resize(length + self.chunk.max(length), 0);
        let mut filled = length;
        while filled < self.bytes.len() && !self.ended {
            match self.reader.read(&mut self.bytes[filled..]) {
                Ok(0) => self.ended = true,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    self.failed = Some(error);
                }
            }
        }
        self.bytes.truncate(filled);
    }

    /// A record; one beyond the limit is handed on with its beginning alone.
    fn piece(&self, from: usize, to: usize, limit: usize) -> Piece {
        if to - from > limit {
            return self.too_large(from, limit);
        }
        Piece { position: self.start + from as u64, bytes: self.bytes[from..to].to_vec(), fault: None }
    }

    fn too_large(&self, from: usize, limit: usize) -> Piece {
        let shown = (from + SHOWN.min(limit)).min(self.bytes.len());
        let message = format!("the record is larger than {}; only its beginning is kept", size(limit as u64));
        Piece { fault: Some(Problem::refused("too-large", message)), ..self.piece(from, shown, limit) }
    }

    /// The last record, which ends with the stream.
    fn last(&self, from: usize, limit: usize) -> Piece {
        let mut piece = self.piece(from, self.bytes.len(), limit);
        if let (Some(error), None) = (&self.failed, &piece.fault) {
            let message = format!("the file cannot be read past this record, which is cut short: {error}");
            piece.fault = Some(Problem::refused("truncated", message).at(piece.bytes.len() as u64));
        }
        piece
    }
}

/// A bound as people write it.
pub(crate) fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
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
    match bytes.get(1)? {
        b'/' => {
            let (end, length) = tag_end(bytes)?;
            Some((Markup::End(local(bytes[2..end].trim_ascii_end())), length))
        }
        b'?' if bytes.len() < 6 => None,
        b'?' => {
            let found = if is_prolog(bytes) { Markup::Prolog } else { Markup::Other };
            section(bytes, 2, b"?>").map(|length| (found, length))
        }
        b'!' if bytes.len() < 9 => None,
        b'!' if bytes.starts_with(b"<!--") => Some((Markup::Other, section(bytes, 4, b"-->")?)),
        b'!' if bytes.starts_with(b"<![CDATA[") => Some((Markup::Other, section(bytes, 9, b"]]>")?)),
        b'!' => {
            let end = doctype_end(bytes);
            let length = match next_document(&bytes[..end.unwrap_or(bytes.len())], 2) {
                Some(_) => 2,
                None => end?,
            };
            Some((Markup::Other, length))
        }
        first if is_name_start(*first) => {
            let (end, length) = tag_end(bytes)?;
            Some((Markup::Start(tag_name(&bytes[1..end]), bytes[end - 1] == b'/'), length))
        }
        _ => Some((Markup::Other, 1)),
    }
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

/// `<?xml ` begins a document, `<?xml-stylesheet ` does not.
fn is_prolog(bytes: &[u8]) -> bool {
    bytes.starts_with(b"<?xml") && bytes.get(5).is_some_and(u8::is_ascii_whitespace)
}

/// Length of a comment or the like up to its end mark. One in which a new document begins was cut short with its own
/// document, and only its opening counts.
fn section(bytes: &[u8], opening: usize, mark: &[u8]) -> Option<usize> {
    let end = memmem::find(&bytes[opening..], mark).map(|at| opening + at);
    match next_document(&bytes[..end.unwrap_or(bytes.len())], opening) {
        Some(_) => Some(opening),
        None => end.map(|at| at + mark.len()),
    }
}

/// Where another document begins, on a new line or right behind a tag.
fn next_document(bytes: &[u8], from: usize) -> Option<usize> {
    memmem::find_iter(&bytes[from..], b"<?xml")
        .map(|at| from + at)
        .find(|at| is_prolog(&bytes[*at..]) && matches!(bytes[at - 1], b'\n' | b'\r' | b'>'))
}

/// Index at which a tag's text ends, and the tag's length. A `>` inside a quoted value does not end it; a `<`, which
/// may not stand in any tag, always does: the tag was cut short.
fn tag_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut from = 1;
    loop {
        let at = from + bytes[from..].iter().position(|b| matches!(b, b'>' | b'<' | b'"' | b'\''))?;
        match bytes[at] {
            b'>' => return Some((at, at + 1)),
            b'<' => return Some((at, at)),
            quote => {
                let to = at + 1 + memchr2(quote, b'<', &bytes[at + 1..])?;
                if bytes[to] == b'<' {
                    // The value has no end: the tag ends at its first bracket, if it has one.
                    return Some(memchr(b'>', &bytes[at..to]).map_or((to, to), |end| (at + end, at + end + 1)));
                }
                from = to + 1;
            }
        }
    }
}

fn tag_name(tag: &[u8]) -> &[u8] {
    local(tag.split(|b| b.is_ascii_whitespace() || *b == b'/').next().unwrap_or_default())
}

fn local(name: &[u8]) -> &[u8] {
    name.iter().rposition(|b| *b == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Finds elements that are records: those with certain names, or every root.
struct Elements {
    names: Option<&'static [&'static str]>,
    limit: usize,
    open: Option<Open>,
    /// A record was never closed: from now on the next of the same name ends it.
    flat: bool,
    /// A comment or the like is never closed: from now on its opening is a text like any other.
    plain: bool,
}

struct Open {
    name: Vec<u8>,
    depth: u32,
    from: usize,
    /// The first element of the same name inside; should the record never be closed, it is the next record.
    inner: Option<usize>,
    /// The record passed the limit: its beginning was handed on, the rest is passed over.
    too_large: bool,
}

impl Elements {
    fn new(names: Option<&'static [&'static str]>, limit: usize) -> Self {
        Self { names, limit, open: None, flat: false, plain: false }
    }

    fn run(mut self, window: &mut Window<'_>, hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>) -> ControlFlow<()> {
        let mut at = 0;
        loop {
            let next = memchr(b'<', &window.bytes[at..]).map(|found| at + found);
            let unread = next.unwrap_or(window.bytes.len());
            if self.open.as_ref().is_some_and(|open| !open.too_large && unread - open.from > self.limit) {
                at = self.overflow(window, hand_on)?.unwrap_or(unread);
            } else if let Some((markup, length)) = next.and_then(|from| self.markup(&window.bytes[from..])) {
                at = unread + length;
                if let Some((from, to)) = self.step(markup, unread, at) {
                    hand_on(window.piece(from, to, self.limit))?;
                }
            } else if next.is_some() && window.bytes.len() - unread > self.limit {
                at = self.pass_long_markup(window, unread, hand_on)?;
            } else if !window.ended {
                at = self.read_on(window, unread);
            } else if next.is_some_and(|from| matches!(window.bytes.get(from + 1), Some(b'!' | b'?'))) {
                self.plain = true;
                at = unread;
            } else {
                match self.rest(window, next, hand_on)? {
                    Some(inner) => at = inner,
                    None => return ControlFlow::Continue(()),
                }
            }
        }
    }

    /// The markup at the start of `bytes`, unless it is not complete or longer than a record may be.
    fn markup<'w>(&self, bytes: &'w [u8]) -> Option<(Markup<'w>, usize)> {
        if self.plain && matches!(bytes.get(1), Some(b'!' | b'?')) {
            let found = if is_prolog(bytes) { Markup::Prolog } else { Markup::Other };
            return Some((found, 2));
        }
        let seen = &bytes[..bytes.len().min(self.limit.saturating_add(1))];
        markup(seen).filter(|(_, length)| *length <= self.limit)
    }

    /// The open record is larger than the limit. When the next one may lie inside it, it is the one that was never
    /// closed; returns where to go on.
    fn overflow(
        &mut self,
        window: &Window<'_>,
        hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> ControlFlow<(), Option<usize>> {
        if let Some(inner) = self.split(window, hand_on)? {
            return ControlFlow::Continue(Some(inner));
        }
        if let Some(open) = &mut self.open {
            open.too_large = true;
            hand_on(window.too_large(open.from, self.limit))?;
        }
        ControlFlow::Continue(None)
    }

    /// Ends an open record that is never closed where the next of its name begins, and returns that place.
    fn split(
        &mut self,
        window: &Window<'_>,
        hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> ControlFlow<(), Option<usize>> {
        let Some((from, inner)) = self.open.as_ref().and_then(|open| Some((open.from, open.inner?))) else {
            return ControlFlow::Continue(None);
        };
        self.flat = true;
        self.open = None;
        hand_on(window.piece(from, inner, self.limit))?;
        ControlFlow::Continue(Some(inner))
    }

    /// Markup that is longer than a record may be. Returns where to go on.
    fn pass_long_markup(
        &mut self,
        window: &Window<'_>,
        from: usize,
        hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> ControlFlow<(), usize> {
        if self.open.is_none() && self.begins_record(&window.bytes[from..=from + self.limit]) {
            hand_on(window.too_large(from, self.limit))?;
        }
        ControlFlow::Continue(from + self.limit + 1)
    }

    /// Whether an incomplete tag is that of a record.
    fn begins_record(&self, bytes: &[u8]) -> bool {
        let tag = &bytes[1..];
        tag.first().is_some_and(|first| is_name_start(*first)) && is_record(self.names, tag_name(tag))
    }

    /// Reads on, keeping the open record. Returns where to go on.
    fn read_on(&mut self, window: &mut Window<'_>, unread: usize) -> usize {
        let open = self.open.as_mut().filter(|open| !open.too_large);
        let keep = open.as_ref().map_or(unread, |open| open.from);
        if let Some(open) = open {
            open.from = 0;
            open.inner = open.inner.map(|inner| inner - keep);
        }
        window.more(keep);
        unread - keep
    }

    /// Takes a piece of markup in; returns the record that it ends.
    fn step(&mut self, markup: Markup<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
        match (markup, &mut self.open) {
            (Markup::Start(name, closed), None) if is_record(self.names, name) => {
                if closed {
                    return Some((from, to));
                }
                self.open = Some(Open::new(name, from));
                None
            }
            (Markup::Start(name, false), Some(open)) if open.name == name => {
                if self.flat || open.too_large {
                    return self.open.replace(Open::new(name, from)).and_then(|open| open.ends(from));
                }
                open.depth += 1;
                open.inner.get_or_insert(from);
                None
            }
            (Markup::End(name), Some(open)) if open.name == name => {
                open.depth -= 1;
                (open.depth == 0).then(|| self.open.take()).flatten().and_then(|open| open.ends(to))
            }
            // A prolog cannot stand inside a document: the one before it was cut short.
            (Markup::Prolog, Some(_)) => self.open.take().and_then(|open| open.ends(from)),
            _ => None,
        }
    }

    /// The stream has ended. Hands on the record that is open; returns where to go on when the next one lies in it.
    fn rest(
        &mut self,
        window: &Window<'_>,
        next: Option<usize>,
        hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> ControlFlow<(), Option<usize>> {
        if let Some(inner) = self.split(window, hand_on)? {
            return ControlFlow::Continue(Some(inner));
        }
        let from = match &self.open {
            Some(open) if open.too_large => None,
            Some(open) => Some(open.from),
            None => next.filter(|from| self.begins_record(&window.bytes[*from..])),
        };
        if let Some(from) = from {
            hand_on(window.last(from, self.limit))?;
        }
        ControlFlow::Continue(None)
    }
}

fn is_record(names: Option<&[&str]>, name: &[u8]) -> bool {
    names.is_none_or(|names| names.iter().any(|n| n.as_bytes() == name))
}

impl Open {
    fn new(name: &[u8], from: usize) -> Self {
        Self { name: name.to_vec(), depth: 1, from, inner: None, too_large: false }
    }

    fn ends(self, to: usize) -> Option<(usize, usize)> {
        (!self.too_large).then_some((self.from, to))
    }
}

/// Cuts at lines that begin a record. `begins` sees no more of a line than a record may have.
fn lines(
    window: &mut Window<'_>,
    begins: fn(&[u8]) -> bool,
    limit: usize,
    hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (mut record, mut at): (Option<usize>, usize) = (None, 0);
    loop {
        let whole = memchr(b'\n', &window.bytes[at..]).map(|found| at + found + 1);
        let whole = whole.or(window.ended.then_some(window.bytes.len()));
        let end = whole.unwrap_or(window.bytes.len());
        if whole.is_none() && end - at <= limit {
            let keep = record.unwrap_or(at);
            window.more(keep);
            at -= keep;
            record = record.map(|_| 0);
            continue;
        }
        if end == at {
            return record.map_or(ControlFlow::Continue(()), |from| hand_on(window.last(from, limit)));
        }
        if begins(&window.bytes[at..end.min(at + limit)])
            && let Some(from) = record.replace(at)
        {
            hand_on(window.piece(from, at, limit))?;
        }
        if let Some(from) = record.filter(|from| end - from > limit) {
            hand_on(window.too_large(from, limit))?;
            record = None;
        }
        at = whole.unwrap_or_else(|| pass_line(window));
    }
}

/// Forgets the rest of a line that is too long; returns where the next one begins.
fn pass_line(window: &mut Window<'_>) -> usize {
    loop {
        window.more(window.bytes.len());
        if let Some(found) = memchr(b'\n', &window.bytes) {
            return found + 1;
        }
        if window.ended {
            return window.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests;
