//! One XML record as a tree that knows what was looked at.
//!
//! Elements and attributes are matched by local name, because cut-out records often lose the declarations of their
//! prefixes. Text borrows from the record. Document types are never resolved: an entity is one of the standard
//! character entities or stays as written and is counted. The tree remembers which elements a reader touched, so
//! the report can say what was left unread without any format keeping a list.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, BytesStart, Event};
use records::{Date, read_date};
use thiserror::Error;

/// Elements may nest this deep.
const MAX_DEPTH: u32 = 512;

/// Why a record is not XML.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not well-formed XML: {message} (byte {offset} of the record)")]
pub struct XmlError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes from the record's start.
    pub offset: u64,
}

#[derive(Debug)]
struct Node<'a> {
    /// Local name; empty for text.
    name: &'a str,
    text: Cow<'a, str>,
    parent: u32,
    first_child: u32,
    next: u32,
    attributes: (u32, u32),
    seen: Cell<bool>,
}

const NONE: u32 = u32::MAX;

/// A parsed record.
#[derive(Debug)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    attributes: Vec<(&'a str, Cow<'a, str>)>,
    /// Entities that are not standard character entities, as written.
    pub unknown_entities: Vec<String>,
}

/// An element of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    tree: &'t Tree<'t>,
    index: u32,
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

/// The tag as a slice of the record itself: the event only lends it for as long as the event lives.
fn borrowed<'a>(text: &'a str, tag: &BytesStart<'_>) -> &'a str {
    let from = tag.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
    text.get(from..from.wrapping_add(tag.len())).unwrap_or_default()
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl<'a> Tree<'a> {
    /// Parses one element with all that is in it. Anything before it (prolog, document type) is passed over.
    pub fn parse(text: &'a str) -> Result<Self, XmlError> {
        let mut reader = Reader::from_str(text);
        let mut tree = Self {
            nodes: Vec::with_capacity(text.len() / 40 + 8),
            attributes: Vec::with_capacity(text.len() / 160 + 8),
            unknown_entities: Vec::new(),
        };
        let mut builder = Builder { open: Vec::with_capacity(32), last: Vec::with_capacity(32) };
        loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(XmlError { message: error.to_string(), offset: reader.error_position() }),
            };
            match event {
                Event::Start(start) => tree.open(&mut builder, borrowed(text, &start), &reader)?,
                Event::Empty(start) => {
                    tree.open(&mut builder, borrowed(text, &start), &reader)?;
                    builder.close();
                }
                Event::End(_) => builder.close(),
                Event::Text(text) if !builder.open.is_empty() => tree.push(&mut builder, "", text.into_inner()),
                Event::CData(data) if !builder.open.is_empty() => tree.push(&mut builder, "", data.into_inner()),
                Event::GeneralRef(reference) if !builder.open.is_empty() => {
                    let text = tree.resolve(&reference);
                    tree.push(&mut builder, "", text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let wrong = |message: String| XmlError { message, offset: text.len() as u64 };
        if let Some(&open) = builder.open.last() {
            return Err(wrong(format!("<{}> is never closed", tree.nodes[open as usize].name)));
        }
        if tree.nodes.is_empty() {
            return Err(wrong("there is no element".to_owned()));
        }
        Ok(tree)
    }

    fn open(&mut self, builder: &mut Builder, tag: &'a str, reader: &Reader<&'a [u8]>) -> Result<(), XmlError> {
        let wrong = |message: String| XmlError { message, offset: reader.buffer_position() };
        if builder.open.len() as u32 >= MAX_DEPTH {
            return Err(wrong(format!("elements nest deeper than {MAX_DEPTH}")));
        }
        let from = self.attributes.len() as u32;
        let name = &tag[..tag.find(char::is_whitespace).unwrap_or(tag.len())];
        for attribute in Attributes::new(tag, name.len()).with_checks(false) {
            let attribute = attribute.map_err(|error| wrong(error.to_string()))?;
            let value = match attribute.value {
                Cow::Borrowed(value) if memchr::memchr(b'&', value.as_bytes()).is_none() => Cow::Borrowed(value),
                value => Cow::Owned(self.resolve_all(&value)),
            };
            self.attributes.push((local(attribute.key.into_inner()), value));
        }
        self.push(builder, local(name), Cow::Borrowed(""));
        let index = self.nodes.len() as u32 - 1;
        self.nodes[index as usize].attributes = (from, self.attributes.len() as u32);
        builder.open.push(index);
        builder.last.push(NONE);
        Ok(())
    }

    fn push(&mut self, builder: &mut Builder, name: &'a str, text: Cow<'a, str>) {
        let index = self.nodes.len() as u32;
        let parent = builder.open.last().copied().unwrap_or(NONE);
        match builder.last.last_mut() {
            Some(last) if *last != NONE => self.nodes[std::mem::replace(last, index) as usize].next = index,
            Some(last) => {
                *last = index;
                self.nodes[parent as usize].first_child = index;
            }
            None => {}
        }
        let seen = Cell::new(parent == NONE);
        self.nodes.push(Node { name, text, parent, first_child: NONE, next: NONE, attributes: (0, 0), seen });
    }

    fn resolve(&mut self, reference: &BytesRef<'a>) -> Cow<'a, str> {
        if let Ok(Some(character)) = reference.resolve_char_ref() {
            return Cow::Owned(character.to_string());
        }
        let name: &str = reference;
        if let Some(text) = quick_xml::escape::resolve_html5_entity(name) {
            return Cow::Borrowed(text);
        }
        let written = format!("&{name};");
        self.unknown_entities.push(written.clone());
        Cow::Owned(written)
    }

    fn resolve_all(&mut self, value: &str) -> String {
        match quick_xml::escape::unescape_with(value, quick_xml::escape::resolve_html5_entity) {
            Ok(text) => text.into_owned(),
            Err(_) => {
                self.unknown_entities.push(value.to_owned());
                value.to_owned()
            }
        }
    }

    /// The first element.
    pub fn root(&self) -> Element<'_> {
        Element { tree: self, index: 0 }
    }

    /// Elements that nobody looked at, the topmost of each branch, as path below the root with their number.
    pub fn unread(&self) -> BTreeMap<String, u64> {
        let mut unread = BTreeMap::new();
        for node in &self.nodes {
            let in_reach = node.parent == NONE || self.nodes[node.parent as usize].seen.get();
            if !node.name.is_empty() && !node.seen.get() && in_reach {
                *unread.entry(self.path(node)).or_default() += 1;
            }
        }
        unread
    }

    fn path(&self, node: &Node<'_>) -> String {
        let mut names = vec![node.name];
        let mut parent = node.parent;
        while parent != NONE {
            let node = &self.nodes[parent as usize];
            names.push(node.name);
            parent = node.parent;
        }
        names.reverse();
        names.join("/")
    }
}

/// Where the tree grows: the open elements and the last child of each.
struct Builder {
    open: Vec<u32>,
    last: Vec<u32>,
}

impl Builder {
    fn close(&mut self) {
        self.open.pop();
        self.last.pop();
    }
}

impl<'t> Element<'t> {
    fn node(self) -> &'t Node<'t> {
        &self.tree.nodes[self.index as usize]
    }

    /// Local name.
    pub fn name(self) -> &'t str {
        self.node().name
    }

    /// Value of the attribute with this local name; an empty one counts as absent.
    pub fn attr(self, name: &str) -> Option<&'t str> {
        let (from, to) = self.node().attributes;
        let attributes = &self.tree.attributes[from as usize..to as usize];
        attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    fn nodes(self) -> impl Iterator<Item = Self> {
        let tree = self.tree;
        let mut next = self.node().first_child;
        std::iter::from_fn(move || {
            let index = (next != NONE).then_some(next)?;
            next = tree.nodes[index as usize].next;
            Some(Self { tree, index })
        })
    }

    fn look(self) -> Self {
        self.node().seen.set(true);
        self
    }

    /// Child elements.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        self.nodes().filter(|e| !e.name().is_empty()).map(Self::look)
    }

    /// Child elements with this name; `*` is any.
    pub fn children(self, name: &str) -> impl Iterator<Item = Self> {
        self.nodes().filter(move |e| e.name() == name || (name == "*" && !e.name().is_empty())).map(Self::look)
    }

    /// First child with this name.
    pub fn child(self, name: &str) -> Option<Self> {
        self.children(name).next()
    }

    /// All elements at a path of child names, such as `parties/applicants/applicant`, in document order.
    pub fn all(self, path: &str) -> Vec<Self> {
        let mut found = vec![self];
        for name in path.split('/') {
            found = found.into_iter().flat_map(|element| element.children(name).collect::<Vec<_>>()).collect();
        }
        found
    }

    /// First element at a path.
    pub fn at(self, path: &str) -> Option<Self> {
        match path.split_once('/') {
            None => self.child(path),
            Some((name, rest)) => self.children(name).find_map(|child| child.at(rest)),
        }
    }

    /// Every element below this one with one of these names, in document order; found ones are not searched inside.
    pub fn below(self, names: &[&str]) -> Vec<Self> {
        let mut found = Vec::new();
        self.collect_below(names, &mut found);
        found
    }

    fn collect_below(self, names: &[&str], found: &mut Vec<Self>) -> bool {
        let before = found.len();
        for element in self.nodes().filter(|e| !e.name().is_empty()) {
            if names.contains(&element.name()) {
                found.push(element.look());
            } else if element.collect_below(names, found) {
                element.look();
            }
        }
        found.len() > before
    }

    /// Marks the element and all in it as looked at and of no use to a right.
    pub fn pass_over(self) {
        self.look();
        self.nodes().for_each(Self::pass_over);
    }

    /// Every element below this one with this name, at any depth, in document order.
    pub fn descendants(self, name: &str) -> Vec<Self> {
        let mut found = Vec::new();
        self.collect_descendants(name, &mut found);
        found
    }

    fn collect_descendants(self, name: &str, found: &mut Vec<Self>) {
        for element in self.nodes().filter(|e| !e.name().is_empty()) {
            if element.name() == name {
                found.push(element.look());
            }
            element.collect_descendants(name, found);
        }
    }

    /// The first run of text as written, for columns of fixed width; empty when there is none.
    pub fn raw(self) -> &'t str {
        self.look();
        self.nodes().find(|e| e.name().is_empty()).map_or("", |e| &e.node().text)
    }

    /// The first run of text, trimmed: for codes, numbers and dates.
    pub fn code(self) -> &'t str {
        self.raw().trim()
    }

    /// All text inside, white space folded to single spaces and trimmed.
    pub fn text(self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text.truncate(text.trim_end().len());
        text
    }

    fn gather(self, text: &mut String) {
        self.look();
        for node in self.nodes() {
            if node.name().is_empty() { fold_into(text, &node.node().text) } else { node.gather(text) }
        }
    }

    /// All text inside, line by line: for fields whose lines mean something. Empty lines are dropped.
    pub fn lines(self) -> String {
        let mut raw = String::new();
        self.gather_raw(&mut raw);
        let mut text = String::with_capacity(raw.len());
        for line in raw.lines() {
            let from = text.len();
            fold_into(&mut text, line.trim());
            if text.len() > from {
                text.truncate(text.trim_end().len());
                text.push('\n');
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    fn gather_raw(self, text: &mut String) {
        self.look();
        for node in self.nodes() {
            if node.name().is_empty() { text.push_str(&node.node().text) } else { node.gather_raw(text) }
        }
    }

    /// The text of this element without that of its child elements.
    pub fn own_text(self) -> String {
        let mut text = String::new();
        self.nodes().filter(|e| e.name().is_empty()).for_each(|e| fold_into(&mut text, &e.node().text));
        text.truncate(text.trim_end().len());
        text
    }

    /// Text of the first element at a path that has any.
    pub fn string(self, path: &str) -> Option<String> {
        self.all(path).into_iter().map(Self::text).find(|text| !text.is_empty())
    }

    /// Texts of all elements at a path, empty ones left out.
    pub fn strings(self, path: &str) -> Vec<String> {
        self.all(path).into_iter().map(Self::text).filter(|text| !text.is_empty()).collect()
    }

    /// First readable date at a path.
    pub fn date(self, path: &str) -> Option<Date> {
        self.all(path).into_iter().find_map(|element| read_date(&element.text()))
    }
}

/// Appends with white space folded; a leading space is kept only between words.
fn fold_into(text: &mut String, piece: &str) {
    let mut rest = piece;
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        text.push_str(&rest[..word]);
        rest = &rest[word..];
        let trimmed = rest.trim_start();
        if trimmed.len() < rest.len() && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        rest = trimmed;
    }
}
