//! Looking at the elements of a tree.

use std::borrow::Cow;

use quick_xml::events::attributes::Attributes;
use records::{Date, read_date};

use super::{Data, NONE, Node, Tree, local};

/// An element of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

impl<'t> Element<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, index: u32) -> Self {
        Self { tree, index }
    }

    fn node(self) -> &'t Node<'t> {
        &self.tree.nodes[self.index as usize]
    }

    /// Local name.
    pub fn name(self) -> &'t str {
        match self.node().data {
            Data::Element { name, .. } => name,
            Data::Text(_) | Data::Character(_) => "",
        }
    }

    /// Value of the attribute with this local name, trimmed; an empty one counts as absent.
    pub fn attr(self, name: &str) -> Option<&'t str> {
        let Data::Element { attributes, .. } = self.node().data else { return None };
        if attributes.is_empty() {
            return None;
        }
        let first = self.tree.resolved.partition_point(|(node, ..)| *node < self.index);
        let own = self.tree.resolved[first..].iter().take_while(|(node, ..)| *node == self.index);
        let resolved = own.into_iter().find(|(_, key, _)| *key == name);
        let value = match resolved {
            Some((_, _, value)) => value.as_str(),
            None => self.written(attributes, name)?,
        };
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    fn written(self, attributes: &'t str, name: &str) -> Option<&'t str> {
        for attribute in Attributes::new(attributes, 0).with_checks(false) {
            match attribute {
                Ok(attribute) if local(attribute.key.into_inner()) == name => {
                    return match attribute.value {
                        Cow::Borrowed(value) => Some(value),
                        Cow::Owned(_) => None,
                    };
                }
                Ok(_) => {}
                Err(_) => {
                    self.tree.bad_attributes.set(self.tree.bad_attributes.get() + 1);
                    return None;
                }
            }
        }
        None
    }

    /// Children: elements and text.
    fn nodes(self) -> impl Iterator<Item = Self> {
        let tree = self.tree;
        let end = self.node().end;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let index = (next < end).then_some(next)?;
            next = tree.nodes[index as usize].end;
            Some(Self { tree, index })
        })
    }

    /// All nodes below this one, in document order.
    fn inside(self) -> &'t [Node<'t>] {
        &self.tree.nodes[self.index as usize + 1..self.node().end as usize]
    }

    fn look(self) -> Self {
        self.node().seen.set(true);
        self
    }

    /// Child elements.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        self.nodes().filter(|e| matches!(e.node().data, Data::Element { .. })).map(Self::look)
    }

    /// Child elements with this name; `*` is any.
    pub fn children(self, name: &str) -> impl Iterator<Item = Self> {
        self.nodes()
            .filter(move |e| match e.node().data {
                Data::Element { name: found, .. } => found == name || name == "*",
                Data::Text(_) | Data::Character(_) => false,
            })
            .map(Self::look)
    }

    /// First child with this name.
    pub fn child(self, name: &str) -> Option<Self> {
        self.children(name).next()
    }

    /// All elements at a path of child names, such as `parties/applicants/applicant`, in document order.
    pub fn all(self, path: &str) -> Vec<Self> {
        let mut found = Vec::new();
        let _: Option<()> = self.visit(path, &mut |element| {
            found.push(element);
            None
        });
        found
    }

    /// First element at a path.
    pub fn at(self, path: &str) -> Option<Self> {
        self.visit(path, &mut Some)
    }

    /// Shows the elements at a path until one gives a value.
    fn visit<T>(self, path: &str, show: &mut dyn FnMut(Self) -> Option<T>) -> Option<T> {
        match path.split_once('/') {
            None => self.children(path).find_map(show),
            Some((name, rest)) => self.children(name).find_map(|child| child.visit(rest, show)),
        }
    }

    /// Every element below this one with one of these names, in document order; found ones are not searched inside.
    pub fn below(self, names: &[&str]) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        let mut index = self.index + 1;
        while index < self.node().end {
            let element = Self { tree: self.tree, index };
            let node = element.node();
            index += 1;
            if let Data::Element { name, .. } = node.data
                && names.contains(&name)
            {
                index = node.end;
                found.push(element);
                element.look_from(self.index);
            }
        }
        found
    }

    /// Every element below this one with this name, at any depth, in document order.
    pub fn descendants(self, name: &str) -> Vec<Self> {
        let mut found = Vec::new();
        for (node, index) in self.inside().iter().zip(self.index + 1..) {
            if let Data::Element { name: given, .. } = node.data
                && given == name
            {
                let element = Self { tree: self.tree, index };
                element.look_from(self.index);
                found.push(element);
            }
        }
        found
    }

    /// Marks the element and those around it up to `ancestor` as looked at.
    fn look_from(self, ancestor: u32) {
        let mut index = self.index;
        while index != ancestor && index != NONE {
            let node = &self.tree.nodes[index as usize];
            node.seen.set(true);
            index = node.parent;
        }
    }

    /// Takes a look back: the element is not one that this reader knows, and is told among the unread ones.
    pub fn leave(self) {
        self.node().seen.set(false);
    }

    /// Marks the element and all in it as looked at and of no use to a right.
    pub fn pass_over(self) {
        self.look();
        self.inside().iter().for_each(|node| node.seen.set(true));
    }

    /// The first run of text as written, for columns of fixed width; empty when there is none.
    pub fn raw(self) -> &'t str {
        self.look();
        let mut texts = self.nodes().filter_map(|e| match e.node().data {
            Data::Text(text) => Some(text),
            Data::Element { .. } | Data::Character(_) => None,
        });
        texts.next().unwrap_or_default()
    }

    /// The first run of text, trimmed: for codes, numbers and dates.
    pub fn code(self) -> &'t str {
        self.raw().trim()
    }

    /// All text inside, white space folded to single spaces and trimmed. Elements that stand on lines of their own
    /// (paragraphs, table cells, parts of claims) are kept apart from their neighbours.
    pub fn text(self) -> String {
        self.look();
        let inside = self.inside();
        let length = inside.iter().map(|node| if let Data::Text(text) = node.data { text.len() + 1 } else { 2 }).sum();
        let mut text = String::with_capacity(length);
        let mut before = self.index;
        for (node, index) in inside.iter().zip(self.index + 1..) {
            match node.data {
                Data::Element { name, .. } => {
                    node.seen.set(true);
                    if node.space || stands_apart(name) {
                        space(&mut text);
                    }
                }
                Data::Text(words) => {
                    let apart = before != node.parent
                        && !words.starts_with([',', '.', ';', ':', ')'])
                        && self.closed_apart(before, node.parent);
                    if node.space || apart {
                        space(&mut text);
                    }
                    fold_into(&mut text, words);
                }
                Data::Character(character) => {
                    if node.space || character.is_whitespace() {
                        space(&mut text);
                    }
                    if !character.is_whitespace() {
                        text.push(character);
                    }
                }
            }
            before = index;
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Whether one of the elements that end between the node `before` and the next one in `parent` stands apart.
    fn closed_apart(self, before: u32, parent: u32) -> bool {
        let mut index = before;
        loop {
            let node = &self.tree.nodes[index as usize];
            if let Data::Element { name, .. } = node.data
                && stands_apart(name)
            {
                return true;
            }
            if node.parent == parent || node.parent == NONE {
                return false;
            }
            index = node.parent;
        }
    }

    /// All text inside, line by line: for fields whose lines mean something. Empty lines are dropped.
    pub fn lines(self) -> String {
        self.look();
        let mut raw = String::new();
        for node in self.inside() {
            if node.space {
                raw.push(' ');
            }
            match node.data {
                Data::Text(words) => raw.push_str(words),
                Data::Character(character) => raw.push(character),
                Data::Element { .. } => node.seen.set(true),
            }
        }
        let mut text = String::with_capacity(raw.len());
        for line in raw.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !text.is_empty() {
                text.push('\n');
            }
            fold_into(&mut text, line);
        }
        text
    }

    /// The text of this element without that of its child elements.
    pub fn own_text(self) -> String {
        let mut text = String::new();
        for node in self.nodes() {
            match node.node().data {
                Data::Text(words) => {
                    if node.node().space {
                        space(&mut text);
                    }
                    fold_into(&mut text, words);
                }
                Data::Character(character) if character.is_whitespace() => space(&mut text),
                Data::Character(character) => text.push(character),
                Data::Element { .. } => {}
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Text of the first element at a path that has any.
    pub fn string(self, path: &str) -> Option<String> {
        self.visit(path, &mut |element| Some(element.text()).filter(|text| !text.is_empty()))
    }

    /// Texts of all elements at a path, empty ones left out.
    pub fn strings(self, path: &str) -> Vec<String> {
        self.all(path).into_iter().map(Self::text).filter(|text| !text.is_empty()).collect()
    }

    /// First readable date at a path.
    pub fn date(self, path: &str) -> Option<Date> {
        self.visit(path, &mut |element| read_date(&element.text()))
    }
}

#[cfg(test)]
pub(super) fn folded(piece: &str) -> String {
    let mut text = String::new();
    fold_into(&mut text, piece);
    text.truncate(text.trim_end().len());
    text
}

/// Elements that are set on lines or in cells of their own, in any of the offices' forms.
fn stands_apart(name: &str) -> bool {
    matches!(
        name,
        "p" | "br"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "row"
            | "entry"
            | "claim-text"
            | "CLMSTEP"
            | "PARA"
            | "paragraph"
            | "Paragraphs"
    )
}

fn space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

/// Appends with white space folded; a leading space is kept only between words.
fn fold_into(text: &mut String, piece: &str) {
    let bytes = piece.as_bytes();
    if !bytes.starts_with(b" ") && is_folded(bytes) {
        return text.push_str(piece);
    }
    // Everything up to `from` has been dealt with.
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        let plain = byte > b' ' && !matches!(byte, 0xC2 | 0xE1 | 0xE2 | 0xE3);
        let length = if plain { 0 } else { white_space(&bytes[at..]) };
        // A single space between words stays where it is.
        if length == 0 || (length == 1 && byte == b' ' && at > from) {
            at += 1;
            continue;
        }
        text.push_str(&piece[from..at]);
        space(text);
        at += length;
        from = at;
    }
    text.push_str(&piece[from..]);
}

/// Whether there is nothing to fold: no white space but single spaces. One pass without branches, which the compiler
/// turns into vector instructions; nearly all text of offices passes it.
fn is_folded(bytes: &[u8]) -> bool {
    let Some(last) = bytes.len().checked_sub(2) else { return bytes.iter().all(|byte| *byte > b' ') };
    let mut found = false;
    for ((&a, &b), &c) in bytes[..last].iter().zip(&bytes[1..]).zip(&bytes[2..]) {
        found |= needs_folding(a, b, c);
    }
    let tail = (bytes[last], bytes[last + 1]);
    !found
        && tail.0 >= b' '
        && tail.1 >= b' '
        && tail != (b' ', b' ')
        && !(tail.0 == 0xC2 && white_space(&bytes[last..]) > 0)
}

/// Whether a character that must be folded begins at the first of three bytes.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the compiler from using vectors")]
#[inline]
fn needs_folding(a: u8, b: u8, c: u8) -> bool {
    (a < b' ')
        | ((a == b' ') & (b == b' '))
        | ((a == 0xC2) & ((b == 0x85) | (b == 0xA0)))
        | ((a == 0xE2) & (b == 0x80) & ((c <= 0x8A) | (c == 0xA8) | (c == 0xA9) | (c == 0xAF)))
        | ((a == 0xE2) & (b == 0x81) & (c == 0x9F))
        | ((a == 0xE3) & (b == 0x80) & (c == 0x80))
        | ((a == 0xE1) & (b == 0x9A) & (c == 0x80))
}

/// Length of the white space at the start of `bytes`, in UTF-8, with everything `char::is_whitespace` counts as such.
fn white_space(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match bytes[at..] {
            [b' ' | 0x09..=0x0D, ..] => 1,
            [0xC2, 0x85 | 0xA0, ..] => 2,
            [0xE1, 0x9A, 0x80, ..]
            | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..]
            | [0xE2, 0x81, 0x9F, ..]
            | [0xE3, 0x80, 0x80, ..] => 3,
            _ => return at,
        };
    }
}
