//! Files in other encodings, decoded to UTF-8 while they are read.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

/// The encoding that the first bytes announce: a byte-order mark, else the XML declaration. `None` is UTF-8.
pub(crate) fn announced(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    if head.starts_with(b"<\0?\0") {
        return Some(encoding_rs::UTF_16LE);
    }
    if head.starts_with(b"\0<\0?") {
        return Some(encoding_rs::UTF_16BE);
    }
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr::memmem::find(declaration, b"?>")?.min(200)];
    let from = memchr::memmem::find(declaration, b"encoding")? + b"encoding".len();
    let value = declaration[from..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let name = value.get(1..)?.split(|b| matches!(b, b'"' | b'\'')).next()?;
    // A declaration that can be read as ASCII is not UTF-16, whatever it says: programs that keep text in UTF-16
    // leave the name behind when they write UTF-8.
    Encoding::for_label(name).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

/// Reads text of another encoding as UTF-8; what cannot be decoded becomes U+FFFD.
pub(crate) struct Utf8Reader<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_from: usize,
    text: Vec<u8>,
    text_from: usize,
    ended: bool,
}

impl<R: Read> Utf8Reader<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { inner, decoder, raw: Vec::new(), raw_from: 0, text: Vec::new(), text_from: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.text.resize(64 * 1024, 0);
        self.text_from = 0;
        let mut written = 0;
        while written == 0 && !self.ended {
            if self.raw_from == self.raw.len() {
                self.raw.resize(32 * 1024, 0);
                self.raw_from = 0;
                let read = self.inner.read(&mut self.raw);
                self.raw.truncate(*read.as_ref().unwrap_or(&0));
                if let Err(error) = read {
                    self.text.clear();
                    return Err(error);
                }
            }
            let last = self.raw.is_empty();
            let (result, read, count, _) =
                self.decoder.decode_to_utf8(&self.raw[self.raw_from..], &mut self.text, last);
            self.raw_from += read;
            written = count;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        self.text.truncate(written);
        Ok(())
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.text_from == self.text.len() {
            self.fill()?;
        }
        let count = buffer.len().min(self.text.len() - self.text_from);
        buffer[..count].copy_from_slice(&self.text[self.text_from..self.text_from + count]);
        self.text_from += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
