//! Files of reports, judged by what they hold, not by what they are called.

use accounts::PersonId;
use jiff::Timestamp;
use thiserror::Error;

use crate::{FileId, ReportId};

/// Bytes of a file at most.
pub const MOST_BYTES: usize = 20 << 20;
/// Files of a report at most.
pub const MOST_FILES: usize = 20;
/// Characters of a name at most.
const LONGEST_NAME: usize = 120;

network::coded! {
    /// What a file holds; archives, programs, sound and film are not taken.
    FileKind ("kind of file") {
        /// PDF.
        Pdf = "pdf", "PDF", "PDF";
        /// OFD (GB/T 33190).
        Ofd = "ofd", "OFD", "OFD";
        /// Word.
        Docx = "docx", "Word 文档", "Word document";
        /// Excel.
        Xlsx = "xlsx", "Excel 工作簿", "Excel workbook";
        /// JPEG.
        Jpg = "jpg", "JPEG 图片", "JPEG picture";
        /// PNG.
        Png = "png", "PNG 图片", "PNG picture";
        /// Text.
        Txt = "txt", "文本", "text";
        /// Table as text.
        Csv = "csv", "CSV 表格", "CSV table";
    }
}

impl FileKind {
    /// The type to tell a browser; always as a download.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UploadError {
    /// Nothing in it.
    #[error("the file «{0}» is empty; choose it again")]
    Empty(String),
    /// Too many bytes.
    #[error("the file «{name}» has {} MB; at most {} MB are taken", .bytes.div_ceil(1 << 20), MOST_BYTES >> 20)]
    TooLarge {
        /// Its name.
        name: String,
        /// Its length.
        bytes: usize,
    },
    /// Of no kind that is taken, or called otherwise than what it holds.
    #[error(
        "the file «{0}» is no PDF, OFD, Word, Excel, JPEG, PNG, text or CSV, or is called otherwise than what it holds"
    )]
    Kind(String),
    /// Programs in it.
    #[error("the file «{0}» holds macros or embedded programs; save it without them and send it again")]
    Hostile(String),
    /// Too many files.
    #[error("at most {MOST_FILES} files are taken with a report")]
    TooMany,
}

impl UploadError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Empty(name) => format!("文件「{name}」是空的，请重新选择"),
            Self::TooLarge { name, bytes } => {
                format!("文件「{name}」为 {} MB，最大 {} MB", bytes.div_ceil(1 << 20), MOST_BYTES >> 20)
            }
            Self::Kind(name) => {
                format!("文件「{name}」不是 PDF、OFD、Word、Excel、JPEG、PNG、文本或 CSV，或扩展名与内容不符")
            }
            Self::Hostile(name) => format!("文件「{name}」含有宏或嵌入程序，请去除后重新上传"),
            Self::TooMany => format!("一份填报最多 {MOST_FILES} 个附件"),
        }
    }
}

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its name, cleaned.
    pub name: String,
    /// What it holds.
    pub kind: FileKind,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Upload {
    /// Looks at a file.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Self, UploadError> {
        let name = clean(name);
        if bytes.is_empty() {
            return Err(UploadError::Empty(name));
        }
        if bytes.len() > MOST_BYTES {
            return Err(UploadError::TooLarge { name, bytes: bytes.len() });
        }
        let Some(kind) = kind_of(&name, &bytes) else { return Err(UploadError::Kind(name)) };
        let packed = matches!(kind, FileKind::Docx | FileKind::Xlsx);
        if packed && (contains(&bytes, b"vbaProject.bin") || contains(&bytes, b"/embeddings/oleObject")) {
            return Err(UploadError::Hostile(name));
        }
        match said(&name) {
            Some(said) if said != kind => Err(UploadError::Kind(name)),
            Some(_) => Ok(Self { name, kind, bytes }),
            None => Ok(Self { name: format!("{name}.{}", kind.code()), kind, bytes }),
        }
    }

    /// BLAKE3 of the content, in hexadecimal.
    pub fn hash(&self) -> String {
        blake3::hash(&self.bytes).to_hex().to_string()
    }
}

/// A file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name for machines.
    pub id: FileId,
    /// Of which report.
    pub report: ReportId,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FileKind,
    /// Bytes.
    pub length: i64,
    /// BLAKE3 of its content, in hexadecimal.
    pub hash: String,
    /// When it was added.
    pub at: Timestamp,
    /// Who added it.
    pub person: Option<PersonId>,
    /// Whether it was taken out again.
    pub withdrawn: bool,
}

fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let bad = |c: char| {
        c.is_control()
            || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{FEFF}')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let name: String = last.chars().filter(|c| !bad(*c)).collect();
    let name = name.trim().trim_matches('.');
    let cut = name.chars().count().saturating_sub(LONGEST_NAME);
    let name: String = name.chars().skip(cut).collect();
    if name.is_empty() { "file".to_owned() } else { name }
}

fn said(name: &str) -> Option<FileKind> {
    let (_, end) = name.rsplit_once('.')?;
    match end.to_ascii_lowercase().as_str() {
        "jpeg" => Some(FileKind::Jpg),
        end => FileKind::ALL.iter().copied().find(|kind| kind.code() == end),
    }
}

fn kind_of(name: &str, bytes: &[u8]) -> Option<FileKind> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if begins(b"%PDF-") {
        Some(FileKind::Pdf)
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        Some(FileKind::Png)
    } else if begins(b"\xff\xd8\xff") {
        Some(FileKind::Jpg)
    } else if begins(b"PK\x03\x04") {
        packed(bytes)
    } else if is_text(bytes) {
        Some(if said(name) == Some(FileKind::Csv) { FileKind::Csv } else { FileKind::Txt })
    } else {
        None
    }
}

/// What a ZIP container is, by the names of its members.
fn packed(bytes: &[u8]) -> Option<FileKind> {
    let office = contains(bytes, b"[Content_Types].xml");
    if office && contains(bytes, b"word/document.xml") {
        Some(FileKind::Docx)
    } else if office && contains(bytes, b"xl/workbook.xml") {
        Some(FileKind::Xlsx)
    } else if contains(bytes, b"OFD.xml") {
        Some(FileKind::Ofd)
    } else {
        None
    }
}

fn contains(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

/// Text without controls that a browser does not take for a page.
fn is_text(bytes: &[u8]) -> bool {
    let control = |byte: &u8| *byte == 0x7f || (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c));
    if bytes.iter().any(control) {
        return false;
    }
    let head: Vec<u8> = bytes.iter().copied().skip_while(|b| b.is_ascii_whitespace() || *b >= 0x80).take(16).collect();
    let head = head.to_ascii_lowercase();
    let page = [b"<!doctype".as_slice(), b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"#!", b"mz"];
    !page.iter().any(|start| head.starts_with(start))
}

#[cfg(test)]
#[path = "upload_tests.rs"]
mod tests;
