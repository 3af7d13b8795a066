//! Demonstration rights: made up, deterministic, clearly marked, under an office code that no office uses.

mod events;
pub(crate) mod governance;
mod make;
mod others;
mod parties;
mod patents;
mod pictures;
mod schemes;
pub(crate) mod service;
mod topics;
mod words;
mod years;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sources::PARTS_HEADER;

pub(crate) use schemes::{SCHEME_EDITION, schemes};

/// The demonstration set is always the same.
pub(crate) const SEED: u64 = 20_260_701;

/// Five telling searches: query, what it shows in Chinese and in English.
pub(crate) const SEARCHES: [(&str, &str, &str); 5] = [
    ("石墨烯 电池", "两个词都出现的所有类型的权利", "Rights of any kind with both words"),
    ("申请人=云岭 状态=有效", "一位申请人的有效权利", "What an applicant has in force"),
    (
        "ti=(电池 OR battery) NOT 类型=商标",
        "中英文名称里有电池，商标除外",
        "Battery in a title of either language, marks left out",
    ),
    (
        "ab=(固态电解质 SEN 抑制枝晶生长)",
        "两个短语出现在摘要的同一句话里",
        "Two phrases in one sentence of the abstract",
    ),
    (
        "ipc=H01M ad=[2018 TO 2023] event=转让",
        "某分类、某时段内发生过转让的专利",
        "Patents of a class and time that changed hands",
    ),
];

/// Lays the parts of so many rights and their pictures in a folder that lasts, so that pictures and original records
/// can be opened later; returns the file of parts. What is there already and the same is not touched.
pub(crate) fn lay_out(folder: &Path, rights: u64) -> Result<PathBuf> {
    pictures::write(folder)?;
    let path = folder.join(format!("demonstration-{rights}.parts.jsonl"));
    // Written aside first: a run that is broken off leaves no half of a file.
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    write_parts(&mut BufWriter::new(&mut aside), SEED, rights)?;
    if !same(aside.path(), &path)? {
        aside.persist(&path).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(path)
}

/// Whether both files are there with the same bytes.
fn same(one: &Path, other: &Path) -> io::Result<bool> {
    if !other.exists() || fs::metadata(one)?.len() != fs::metadata(other)?.len() {
        return Ok(false);
    }
    let [mut one, mut other] = [BufReader::new(File::open(one)?), BufReader::new(File::open(other)?)];
    let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let count = one.read(&mut left)?;
        if count == 0 {
            return Ok(true);
        }
        other.read_exact(&mut right[..count])?;
        if left[..count] != right[..count] {
            return Ok(false);
        }
    }
}

/// Writes the parts of so many rights as a file of parts.
pub(crate) fn write_parts(out: &mut dyn Write, seed: u64, rights: u64) -> io::Result<()> {
    writeln!(out, "{PARTS_HEADER}")?;
    for at in 0..rights {
        for part in make::parts(seed, at) {
            serde_json::to_writer(&mut *out, &part)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()
}

#[cfg(test)]
mod tests;
