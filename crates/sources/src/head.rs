//! The beginning of a file, enough to tell its format.

/// First bytes of a file (up to 64 KiB) and what they show.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// File name, last component, as given.
    pub file_name: String,
    /// The bytes, decoded to UTF-8 where the file says how.
    pub bytes: Vec<u8>,
    /// Local name of the root element, for XML.
    pub root: Option<String>,
    /// The root's start tag as text (attributes, namespaces).
    pub root_tag: String,
    /// Name of the encoding that the file was decoded from, when it is not in UTF-8.
    pub encoding: Option<&'static str>,
}

impl Head {
    /// Looks at the first bytes of a file.
    pub fn new(file_name: &str, bytes: &[u8]) -> Self {
        let mut head = Self { file_name: file_name.to_owned(), bytes: bytes.to_vec(), ..Self::default() };
        if let Some(tag) = root_tag(bytes) {
            let tag = String::from_utf8_lossy(tag).into_owned();
            let name = tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
            head.root = Some(name.rsplit(':').next().unwrap_or(name).to_owned());
            head.root_tag = tag;
        }
        head
    }

    /// Whether the root element has this local name.
    pub fn root_is(&self, name: &str) -> bool {
        self.root.as_deref() == Some(name)
    }

    /// Whether this text occurs in the first bytes.
    pub fn holds(&self, text: &str) -> bool {
        memchr::memmem::find(&self.bytes, text.as_bytes()).is_some()
    }
}

/// The first start tag after prolog, comments and document type, without its brackets.
fn root_tag(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    loop {
        rest = rest.trim_ascii_start();
        if !rest.starts_with(b"<") {
            return None;
        }
        if rest.starts_with(b"<!--") {
            rest = &rest[memchr::memmem::find(rest, b"-->")? + 3..];
        } else if rest.starts_with(b"<!") {
            rest = &rest[doctype_end(rest)?..];
        } else if rest.starts_with(b"<?") {
            rest = &rest[memchr::memmem::find(rest, b"?>")? + 2..];
        } else {
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            let tag = &rest[1..end];
            return tag.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_').then_some(tag);
        }
    }
}

/// Length of a document type declaration at the start of `bytes`, its internal subset included. Quotation marks in
/// comments are words like any other.
pub(crate) fn doctype_end(bytes: &[u8]) -> Option<usize> {
    let (mut in_subset, mut at) = (false, 0);
    loop {
        match *bytes.get(at)? {
            quote @ (b'"' | b'\'') => at += 1 + memchr::memchr(quote, &bytes[at + 1..])?,
            b'<' if bytes[at..].starts_with(b"<!--") => at += memchr::memmem::find(&bytes[at..], b"-->")? + 2,
            // The start of a comment may not be there yet.
            b'<' if at > 0 && bytes.len() < at + 4 => return None,
            b'[' => in_subset = true,
            b']' => in_subset = false,
            b'>' if !in_subset => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
}
