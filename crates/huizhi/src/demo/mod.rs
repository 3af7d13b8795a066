//! Demonstration rights: made up, deterministic, clearly marked, under an office code that no office uses.

mod make;
mod words;

use std::io::{self, Write};

use sources::PARTS_HEADER;

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
