//! Reference lists in the form of GB/T 7714: `[n]责任者. 题名[P]. 国别或地区：专利号,公告日.`

/// Names of the columns into which an entry is taken apart.
pub(super) const HEADER: [&str; 8] = ["序号", "责任者", "题名", "文献类型", "国别或地区", "专利号", "日期", "申请号"];

/// Whether a line begins an entry: `[12]`, with white space or a byte-order mark before it.
pub(super) fn begins(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii_start();
    let Some(rest) = line.strip_prefix(b"[") else { return false };
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    (1..=7).contains(&digits) && rest.get(digits) == Some(&b']')
}

/// Whether a text is such a list and holds a patent.
pub(super) fn is_list(head: &[u8]) -> bool {
    let first = head.split(|b| *b == b'\n' || *b == b'\r').find(|line| !line.trim_ascii().is_empty());
    first.is_some_and(begins) && memchr::memmem::find(head, b"[P").is_some()
}

/// Cells of an entry, in the order of [`HEADER`]; empty ones where the entry does not say.
pub(super) fn cells(entry: &str) -> [String; 8] {
    let entry = joined(entry);
    let mut cells: [String; 8] = Default::default();
    let Some((number, rest)) = entry.trim_start_matches('[').split_once(']') else { return cells };
    number.clone_into(&mut cells[0]);
    let Some((said, kind, after)) = document_type(rest) else {
        rest.trim().clone_into(&mut cells[2]);
        return cells;
    };
    kind.clone_into(&mut cells[3]);
    let (names, title) = names_and_title(said.trim());
    names.clone_into(&mut cells[1]);
    let after = after.trim().trim_start_matches(['.', '．', ',', '，']).trim();
    let (title, title_number) = title_and_number(title);
    title.clone_into(&mut cells[2]);
    // `江苏：CN1387401A,2002-12-25.` or, with the number behind the title, `1989-07-26[2020-01-01].`
    let (place, number, date) = match (title_number, after.split_once(['：', ':'])) {
        (Some(number), _) => ("", number, after),
        (None, Some((place, rest))) => {
            let (number, date) = rest.split_once([',', '，']).unwrap_or((rest, ""));
            (place, number, date)
        }
        (None, None) => {
            let (number, date) = after.split_once([',', '，']).unwrap_or((after, ""));
            ("", number, date)
        }
    };
    let date = date.split(['[', ' ']).next().unwrap_or_default();
    place.trim().clone_into(&mut cells[4]);
    let number = number.trim().trim_end_matches(['.', '．']);
    number.clone_into(&mut cells[if is_application(number) { 7 } else { 5 }]);
    date.trim().trim_end_matches(['.', '．']).clone_into(&mut cells[6]);
    cells
}

/// One line of an entry broken over several; between Latin words a break stands for a space.
fn joined(entry: &str) -> String {
    let mut text = String::with_capacity(entry.len());
    for line in entry.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == ',');
        if latin(text.chars().next_back()) && line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            text.push(' ');
        }
        text.push_str(line);
    }
    text
}

/// What stands before the document type, the type (`P`, `J`, `P/OL`), and what follows it.
fn document_type(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.rmatch_indices('[').find_map(|(at, _)| {
        let (kind, _) = text[at + 1..].split_once(']')?;
        let letters = kind.split('/').next().unwrap_or_default();
        let known =
            matches!(letters, "P" | "J" | "M" | "D" | "C" | "S" | "R" | "N" | "G" | "Z" | "EB" | "DB" | "CP" | "A");
        known.then_some((at, at + kind.len() + 2, at + 1))
    })?;
    Some((&text[..at.0], &text[at.2..at.1 - 1], &text[at.1..]))
}

/// Splits at the full stop behind the names; the stop of an initial (`W. Hunter`) is none.
fn names_and_title(text: &str) -> (&str, &str) {
    let mut ends = text.match_indices(". ").chain(text.match_indices("．"));
    let end = ends.find(|(at, _)| {
        let mut before = text[..*at].chars().rev();
        let initial = before.next().is_some_and(|c| c.is_ascii_uppercase());
        !(initial && before.next().is_none_or(|c| matches!(c, '.' | ' ' | ',' | '·' | '-')))
    });
    end.map_or(("", text), |(at, mark)| (text[..at].trim(), text[at + mark.len()..].trim()))
}

/// `题名：88105607.3` as title and number; a title with another colon stays whole.
fn title_and_number(title: &str) -> (&str, Option<&str>) {
    match title.rsplit_once(['：', ':']) {
        Some((name, number)) if is_number(number.trim()) => (name.trim(), Some(number.trim())),
        _ => (title, None),
    }
}

/// Whether a patent number is that of the application: `ZL201510163325.6`, `88105607.3`.
fn is_application(number: &str) -> bool {
    number.starts_with("ZL") || number.rsplit_once('.').is_some_and(|(_, check)| check.len() == 1)
}

/// Digits, and maybe letters around them and a check digit: at least six digits.
fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 6 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b' ' | b'/' | b'-'))
}
