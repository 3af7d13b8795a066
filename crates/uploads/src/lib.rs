//! Files that people send, judged by what they hold, not by what they are called. No I/O: a room that keeps files has tables of
//! its own.

use thiserror::Error;

/// Bytes of an upload at most.
pub const MOST_BYTES: usize = 20 << 20;
/// Characters of a file name at most.
const LONGEST_NAME: usize = 120;
/// Bytes looked at to tell text from something else.
const SAMPLE: usize = 64 << 10;

network::coded! {
    /// What a file that people send holds; the code is the extension.
    FileKind ("kind of file") {
        /// Portable document.
        Pdf = "pdf", "PDF", "PDF";
        /// OFD, the Chinese fixed-layout document (GB/T 33190).
        Ofd = "ofd", "OFD", "OFD";
        /// Word.
        Docx = "docx", "Word 文档", "Word document";
        /// Excel.
        Xlsx = "xlsx", "Excel 表格", "Excel sheet";
        /// Comma-separated values.
        Csv = "csv", "CSV 表格", "CSV table";
        /// Text.
        Txt = "txt", "纯文本", "Plain text";
        /// JPEG picture.
        Jpg = "jpg", "JPEG 图片", "JPEG picture";
        /// PNG picture.
        Png = "png", "PNG 图片", "PNG picture";
        /// TIFF picture.
        Tiff = "tiff", "TIFF 图片", "TIFF picture";
        /// MP3 sound.
        Mp3 = "mp3", "MP3 音频", "MP3 sound";
        /// MP4 film.
        Mp4 = "mp4", "MP4 视频", "MP4 film";
        /// Archive.
        Zip = "zip", "ZIP 压缩包", "ZIP archive";
    }
}

impl FileKind {
    /// The type to tell a browser; always as a download, never to be run.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
            Self::Zip => "application/zip",
        }
    }
}

/// Why an upload is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UploadError {
    /// Nothing in it.
    #[error("the file «{0}» is empty; choose it again")]
    Empty(String),
    /// Too many bytes.
    #[error("the file «{name}» has {} MB; at most {} MB are taken", .bytes.div_ceil(1 << 20), .most >> 20)]
    TooLarge {
        /// Its name.
        name: String,
        /// Its length.
        bytes: usize,
        /// The most.
        most: usize,
    },
    /// Of no kind that is taken.
    #[error("the file «{name}» is no {}; save it as one of these and send it again", kinds(.allowed, "en"))]
    Kind {
        /// Its name.
        name: String,
        /// What is taken.
        allowed: Vec<FileKind>,
    },
    /// Its name says something else than its content.
    #[error("the file «{name}» holds {}; rename it or send the right one", .found.label("en"))]
    Disguised {
        /// Its name.
        name: String,
        /// What it holds.
        found: FileKind,
    },
    /// An office document with programs in it, or packed so that it would burst.
    #[error("the file «{0}» holds macros or cannot be opened safely; save it without macros and send it again")]
    Hostile(String),
    /// Too many files.
    #[error("{count} files are too many; at most {most} are taken here")]
    TooMany {
        /// How many there would be.
        count: usize,
        /// The most.
        most: usize,
    },
}

impl UploadError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Empty(name) => format!("文件「{name}」是空的，请重新选择"),
            Self::TooLarge { name, bytes, most } => {
                format!("文件「{name}」为 {} MB,最大 {} MB", bytes.div_ceil(1 << 20), most >> 20)
            }
            Self::Kind { name, allowed } => {
                format!("文件「{name}」不是{}，请另存为其中一种后重新上传", kinds(allowed, lang))
            }
            Self::Disguised { name, found } => {
                format!("文件「{name}」的内容是{}，与扩展名不符，请改名或重新选择", found.label(lang))
            }
            Self::Hostile(name) => format!("文件「{name}」含有宏或无法安全打开，请去除宏后重新上传"),
            Self::TooMany { count, most } => format!("共 {count} 个文件，此处最多 {most} 个"),
        }
    }
}

/// Files beside a report, an event or a paper at most.
pub const MOST_FILES: usize = 20;

/// What is taken where a form says nothing: no archives, no sound, no film.
pub const USUAL: [FileKind; 9] = [
    FileKind::Pdf,
    FileKind::Ofd,
    FileKind::Docx,
    FileKind::Xlsx,
    FileKind::Csv,
    FileKind::Txt,
    FileKind::Jpg,
    FileKind::Png,
    FileKind::Tiff,
];

/// An upload that was looked at.
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
    /// Looks at an upload; `allowed` empty takes [`USUAL`], `most` is in bytes and never more than [`MOST_BYTES`].
    pub fn new(name: &str, bytes: Vec<u8>, allowed: &[FileKind], most: usize) -> Result<Self, UploadError> {
        let name = clean_name(name);
        let allowed = if allowed.is_empty() { &USUAL } else { allowed };
        let most = most.min(MOST_BYTES);
        if bytes.is_empty() {
            return Err(UploadError::Empty(name));
        }
        if bytes.len() > most {
            return Err(UploadError::TooLarge { name, bytes: bytes.len(), most });
        }
        let refused = |name: &str| UploadError::Kind { name: name.to_owned(), allowed: allowed.to_vec() };
        let Some(found) = kind_of(&name, &bytes) else { return Err(refused(&name)) };
        if matches!(found, FileKind::Docx | FileKind::Xlsx) && has_macros(&bytes) {
            return Err(UploadError::Hostile(name));
        }
        if let Some(said) = kind_said(&name)
            && said != found
        {
            return Err(UploadError::Disguised { name, found });
        }
        if !allowed.contains(&found) {
            return Err(refused(&name));
        }
        let name = if kind_said(&name).is_some() { name } else { format!("{name}.{}", found.code()) };
        Ok(Self { name, kind: found, bytes })
    }

    /// Name of the content.
    pub fn hash(&self) -> String {
        blake3::hash(&self.bytes).to_hex().to_string()
    }
}

/// A name without folders, controls, marks that turn the reading direction, and characters that systems trip over.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let bad = |c: char| {
        c.is_control()
            || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{FEFF}')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = last.chars().filter(|c| !bad(*c)).collect();
    let clean = clean.trim().trim_matches('.').trim();
    let (stem, end) = match clean.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && end.chars().count() <= 8 => (stem, format!(".{end}")),
        _ => (clean, String::new()),
    };
    let stem: String = stem.chars().take(LONGEST_NAME - end.chars().count()).collect();
    if stem.is_empty() { "file".to_owned() } else { format!("{stem}{end}") }
}

/// The kind that the name claims.
fn kind_said(name: &str) -> Option<FileKind> {
    let (_, end) = name.rsplit_once('.')?;
    match end.to_ascii_lowercase().as_str() {
        "jpeg" => Some(FileKind::Jpg),
        "tif" => Some(FileKind::Tiff),
        end => FileKind::ALL.iter().copied().find(|kind| kind.code() == end),
    }
}

/// The kind that the first bytes tell. Texts have none: they are texts when nothing in them speaks against it.
fn kind_of(name: &str, bytes: &[u8]) -> Option<FileKind> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if begins(b"%PDF-") {
        Some(FileKind::Pdf)
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        Some(FileKind::Png)
    } else if begins(b"\xff\xd8\xff") {
        Some(FileKind::Jpg)
    } else if begins(b"II*\0") || begins(b"MM\0*") {
        Some(FileKind::Tiff)
    } else if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        Some(packed(bytes))
    } else if begins(b"ID3") || (bytes.len() > 2 && bytes[0] == 0xff && bytes[1] & 0xe6 == 0xe2) {
        Some(FileKind::Mp3)
    } else if bytes.get(4..8) == Some(b"ftyp".as_slice()) {
        Some(FileKind::Mp4)
    } else if is_text(bytes) {
        Some(if kind_said(name) == Some(FileKind::Csv) { FileKind::Csv } else { FileKind::Txt })
    } else {
        None
    }
}

/// What a ZIP container is, by the names of its members.
fn packed(bytes: &[u8]) -> FileKind {
    let has = |name: &[u8]| contains(bytes, name);
    if has(b"[Content_Types].xml") && has(b"word/document.xml") {
        FileKind::Docx
    } else if has(b"[Content_Types].xml") && has(b"xl/workbook.xml") {
        FileKind::Xlsx
    } else if has(b"OFD.xml") {
        FileKind::Ofd
    } else {
        FileKind::Zip
    }
}

/// Programs inside an office document.
fn has_macros(bytes: &[u8]) -> bool {
    contains(bytes, b"vbaProject.bin") || contains(bytes, b"/embeddings/oleObject")
}

fn contains(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

/// UTF-8 without controls, GB 18030 as far as bytes tell, or UTF-16 with its mark; nothing that a browser takes for a page.
fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff") {
        return bytes.len().is_multiple_of(2);
    }
    let control = |byte: &u8| *byte == 0x7f || (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c));
    if bytes.iter().any(control) {
        return false;
    }
    let head: Vec<u8> = sample.iter().copied().skip_while(|b| b.is_ascii_whitespace() || *b >= 0x80).take(16).collect();
    let head = head.to_ascii_lowercase();
    let page = [b"<!doctype".as_slice(), b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"#!", b"mz"];
    !page.iter().any(|start| head.starts_with(start))
}

fn kinds(kinds: &[FileKind], lang: &str) -> String {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.label(lang)).collect();
    words.join(if lang == "zh" { "、" } else { ", " })
}

#[cfg(test)]
mod tests;
