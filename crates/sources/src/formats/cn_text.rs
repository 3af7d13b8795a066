//! What Chinese patent texts have in common, whatever format carries them: headings, claim numbers, references
//! between claims.

use records::{Claim, Description};

/// Headings that stand as paragraphs of their own.
const HEADINGS: &[&str] = &[
    "技术领域",
    "所属技术领域",
    "发明领域",
    "背景技术",
    "现有技术",
    "发明内容",
    "实用新型内容",
    "发明概述",
    "附图说明",
    "附图简述",
    "附图的简要说明",
    "附图的简单说明",
    "具体实施方式",
    "具体实施方案",
    "具体实施例",
    "最佳实施方式",
    "工业实用性",
    "序列表",
];

/// Adds a paragraph, or starts a section where the paragraph is one of the usual headings.
pub(crate) fn add_paragraph(description: &mut Description, text: String) {
    let text = without_paragraph_number(&text);
    match heading(text) {
        Some(heading) => {
            // A tagged section may repeat its heading as its first paragraph.
            if description.sections.last().is_some_and(|s| s.heading.is_some() && s.paragraphs.is_empty()) {
                description.sections.pop();
            }
            description.heading(heading);
        }
        None => description.paragraph(text),
    }
}

/// The heading that this paragraph is, without numbering and colon.
fn heading(text: &str) -> Option<&'static str> {
    if text.len() > 60 {
        return None;
    }
    let text = text.trim_end_matches(['：', ':', '。']);
    let text =
        text.trim_start_matches(|c: char| "一二三四五六七八九十、.．（）()【】[] ".contains(c) || c.is_ascii_digit());
    let text = text.trim_end_matches(['】', ']']);
    HEADINGS.iter().find(|heading| **heading == text).copied()
}

/// Text without a leading `[0012]`.
fn without_paragraph_number(text: &str) -> &str {
    let number = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match number {
        Some((digits, rest)) if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) => rest.trim_start(),
        _ => text,
    }
}

/// A claim from its number (where the format gives one) and its paragraphs.
pub(crate) fn claim(number: Option<u32>, position: usize, paragraphs: &[String], lang: Option<&str>) -> Option<Claim> {
    let text = paragraphs.join("\n");
    let (written, words) = leading_number(&text);
    let number = number.or(written).unwrap_or(position as u32 + 1);
    let text = if written == Some(number) { words } else { text.as_str() };
    (!text.is_empty()).then(|| Claim {
        number,
        depends_on: claims_referred_to(text, number),
        text: text.to_owned(),
        lang: lang.map(str::to_ascii_lowercase),
    })
}

/// The number before a claim's words (`1、`, `2.`, `3．`), and the words.
fn leading_number(text: &str) -> (Option<u32>, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Some(mark) = text[digits..].chars().next().filter(|_| (1..=4).contains(&digits)) else { return (None, text) };
    let rest = &text[digits + mark.len_utf8()..];
    // `1.5毫米` begins with a measure, not with a number of a claim.
    let separates =
        "、.．,，:：)） ".contains(mark) && !(mark == '.' && rest.starts_with(|c: char| c.is_ascii_digit()));
    if separates { (text[..digits].parse().ok(), rest.trim_start()) } else { (None, text) }
}

/// Numbers of the claims named in a claim's words (`如权利要求1至4中任意一项`, `权利要求1、2或5`, `claims 1 to 3`).
/// A claim depends only on claims before it.
pub(crate) fn claims_referred_to(text: &str, number: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for word in ["权利要求", "權利要求", "請求項", "claims ", "claim "] {
        for (at, _) in text.match_indices(word) {
            numbers(&text[at + word.len()..], number, &mut found);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Adds the list of numbers and ranges at the start of `text` that lie below `number`.
fn numbers(text: &str, number: u32, found: &mut Vec<u32>) {
    const RANGE: [&str; 9] = ["至", "到", "-", "‑", "–", "—", "~", "～", "to "];
    const ALSO: [&str; 9] = ["、", "，", ",", "或", "和", "及", "与", "or ", "and "];
    let mut rest = text.trim_start_matches(['书', '第', ' ', '中', '的', '所', '述']);
    let mut from = None;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let Some(value) = rest[..digits].parse::<u32>().ok().filter(|_| digits <= 4) else { return };
        let start = from.take().unwrap_or(value);
        found.extend((start.max(1)..=value).filter(|claim| *claim < number));
        rest = rest[digits..].trim_start_matches(['项', ' ']);
        if let Some(after) = RANGE.iter().find_map(|mark| rest.strip_prefix(mark)) {
            from = Some(value);
            rest = after;
        } else if let Some(after) = ALSO.iter().find_map(|mark| rest.strip_prefix(mark)) {
            rest = after;
        } else {
            return;
        }
        rest = rest.trim_start_matches(['第', ' ']);
    }
}

#[cfg(test)]
mod tests;
