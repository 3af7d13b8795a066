//! One XML record as a tree that knows what was looked at.
//!
//! Elements and attributes are matched by local name, because cut-out records often lose the declarations of their
//! prefixes. Text borrows from the record. Document types are never resolved: an entity is one of the standard
//! character entities or stays as written and is counted. The tree remembers which elements a reader touched, so
//! the report can say what was left unread without any format keeping a list.

mod element;
mod entities;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};
use thiserror::Error;

pub use self::element::Element;

/// Elements may nest this deep.
const MAX_DEPTH: usize = 512;

/// Why a record is not XML.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not well-formed XML: {message} (byte {offset} of the record)")]
pub struct XmlError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes from the record's start.
    pub offset: u64,
}

/// What a node is. Attributes stay as written until someone asks for one.
#[derive(Debug)]
enum Data<'a> {
    Element { name: &'a str, attributes: &'a str },
    Text(&'a str),
    Character(char),
}

/// Nodes lie in document order, so all that is in an element lies right behind it, up to `end`.
#[derive(Debug)]
struct Node<'a> {
    data: Data<'a>,
    parent: u32,
    end: u32,
    /// White space stands before the node; it has no node of its own.
    space: bool,
    seen: Cell<bool>,
}

const NONE: u32 = u32::MAX;

/// A parsed record.
#[derive(Debug)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// Values of the few attributes that hold references: node, local name, value; in the order of nodes.
    resolved: Vec<(u32, &'a str, String)>,
    /// Entities that are not standard character entities, as written.
    pub unknown_entities: Vec<String>,
    /// Start tags whose attributes could not be read to their end, as far as anyone asked.
    bad_attributes: Cell<u32>,
}

/// Number of events in `text` when it is only tokenised: the baseline for benchmarks.
pub fn bare_tokens(text: &str) -> Result<u64, XmlError> {
    let mut reader = Reader::from_str(text);
    let mut events = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(events),
            Ok(_) => events += 1,
            Err(error) => return Err(XmlError { message: error.to_string(), offset: reader.error_position() }),
        }
    }
}

/// The text with every `&` that begins no reference written as `&amp;`, and their number.
pub(crate) fn mend_ampersands(text: &str) -> (String, usize) {
    let mut mended = String::with_capacity(text.len() + 64);
    let mut rest = text;
    let mut count = 0;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let after = &rest[at + 1..];
        let name =
            after.bytes().take(32).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'#' | b'.' | b'_' | b'-'));
        let length = name.count();
        mended.push_str(&rest[..=at]);
        if length == 0 || after.as_bytes().get(length) != Some(&b';') {
            mended.push_str("amp;");
            count += 1;
        }
        rest = after;
    }
    mended.push_str(rest);
    (mended, count)
}

/// What an event lends, as a slice of the record itself: events lend only for as long as they live.
fn borrowed<'a>(record: &'a str, lent: &str) -> &'a str {
    let from = lent.as_ptr().addr().wrapping_sub(record.as_ptr().addr());
    record.get(from..from.wrapping_add(lent.len())).unwrap_or_default()
}

fn local(name: &str) -> &str {
    memchr::memrchr(b':', name.as_bytes()).map_or(name, |colon| &name[colon + 1..])
}

impl<'a> Tree<'a> {
    /// Parses one element with all that is in it. Anything before it (prolog, document type) is passed over.
    pub fn parse(text: &'a str) -> Result<Self, XmlError> {
        let mut reader = Reader::from_str(text);
        let mut builder = Builder::new(text);
        loop {
            let wrong = |message: String, offset: u64| XmlError { message, offset };
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    builder.open(borrowed(text, &start), start.name().as_ref().len());
                    if builder.open.len() > MAX_DEPTH {
                        let message = format!("elements nest deeper than {MAX_DEPTH}");
                        return Err(wrong(message, reader.buffer_position()));
                    }
                }
                Ok(Event::Empty(start)) => {
                    builder.open(borrowed(text, &start), start.name().as_ref().len());
                    builder.close();
                }
                Ok(Event::End(_)) => builder.close(),
                Ok(Event::Text(words)) => builder.text(borrowed(text, &words)),
                Ok(Event::CData(words)) => builder.text(borrowed(text, &words)),
                Ok(Event::GeneralRef(reference)) => builder.reference(&reference),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => return Err(wrong(error.to_string(), reader.error_position())),
            }
        }
        builder.finish().map_err(|message| XmlError { message, offset: text.len() as u64 })
    }

    /// The first element.
    pub fn root(&self) -> Element<'_> {
        Element::new(self, 0)
    }

    /// Start tags whose attributes could not be read to their end, as far as anyone asked for them.
    pub(crate) fn bad_attributes(&self) -> u32 {
        self.bad_attributes.get()
    }

    /// Elements that nobody looked at, the topmost of each branch, as path below the root with their number.
    pub fn unread(&self) -> BTreeMap<String, u64> {
        let mut unread = BTreeMap::new();
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            index += 1;
            if let Data::Element { .. } = node.data
                && !node.seen.get()
            {
                *unread.entry(self.path(node)).or_default() += 1;
                index = node.end as usize;
            }
        }
        unread
    }

    fn path(&self, node: &Node<'a>) -> String {
        let mut names = Vec::new();
        let mut next = Some(node);
        while let Some(node) = next {
            if let Data::Element { name, .. } = node.data {
                names.push(name);
            }
            next = self.nodes.get(node.parent as usize);
        }
        names.reverse();
        names.join("/")
    }
}

/// A tree that grows.
struct Builder<'a> {
    tree: Tree<'a>,
    record: &'a str,
    open: Vec<u32>,
    /// White space was met and has not been given to a node.
    space: bool,
}

impl<'a> Builder<'a> {
    fn new(record: &'a str) -> Self {
        let tree = Tree {
            nodes: Vec::with_capacity(record.len() / 48 + 8),
            resolved: Vec::new(),
            unknown_entities: Vec::new(),
            bad_attributes: Cell::new(0),
        };
        Self { tree, record, open: Vec::with_capacity(32), space: false }
    }

    fn push(&mut self, data: Data<'a>) {
        let parent = self.open.last().copied().unwrap_or(NONE);
        let end = self.tree.nodes.len() as u32 + 1;
        let space = std::mem::take(&mut self.space);
        self.tree.nodes.push(Node { data, parent, end, space, seen: Cell::new(parent == NONE) });
    }

    fn open(&mut self, tag: &'a str, name_length: usize) {
        let (name, attributes) = tag.split_at_checked(name_length).unwrap_or((tag, ""));
        let index = self.tree.nodes.len() as u32;
        if !attributes.is_empty() && memchr::memchr(b'&', attributes.as_bytes()).is_some() {
            self.resolve_attributes(index, attributes);
        }
        self.push(Data::Element { name: local(name), attributes });
        self.open.push(index);
    }

    fn close(&mut self) {
        if let Some(index) = self.open.pop() {
            let end = self.tree.nodes.len() as u32;
            self.tree.nodes[index as usize].end = end;
        }
    }

    fn text(&mut self, words: &'a str) {
        if self.open.is_empty() {
            return;
        }
        // Most white space only lays the file out; it is kept as a mark on the next node.
        if words.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.space |= !words.is_empty();
        } else {
            self.push(Data::Text(words));
        }
    }

    fn reference(&mut self, reference: &BytesRef<'a>) {
        if self.open.is_empty() {
            return;
        }
        if let Ok(Some(character)) = reference.resolve_char_ref() {
            return self.push(Data::Character(character));
        }
        let name = borrowed(self.record, reference);
        if let Some(text) = entities::resolve(name) {
            return self.push(Data::Text(text));
        }
        // With the `&` before it and the `;` behind.
        let from = name.as_ptr().addr().wrapping_sub(self.record.as_ptr().addr());
        let written = self.record.get(from.wrapping_sub(1)..=from + name.len()).unwrap_or(name);
        self.tree.unknown_entities.push(written.to_owned());
        self.push(Data::Text(written));
    }

    fn resolve_attributes(&mut self, index: u32, attributes: &'a str) {
        for attribute in Attributes::new(attributes, 0).with_checks(false).flatten() {
            let value = &*attribute.value;
            let text = if let Ok(text) = quick_xml::escape::unescape_with(value, entities::resolve) {
                text.into_owned()
            } else {
                self.tree.unknown_entities.push(value.to_owned());
                value.to_owned()
            };
            self.tree.resolved.push((index, local(attribute.key.into_inner()), text));
        }
    }

    fn finish(self) -> Result<Tree<'a>, String> {
        match self.open.last().map(|open| &self.tree.nodes[*open as usize].data) {
            Some(Data::Element { name, .. }) => Err(format!("<{name}> is never closed")),
            _ if self.tree.nodes.is_empty() => Err("there is no element".to_owned()),
            _ => Ok(self.tree),
        }
    }
}
