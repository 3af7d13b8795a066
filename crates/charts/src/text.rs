//! Text in drawings: numbers, measures, what fits.

/// A number for people: `12,345`, at most two decimals, `1.2e18` from a thousand million millions up.
pub fn number(value: f64) -> String {
    let value = finite(value);
    if value.abs() >= 1e15 {
        return format!("{value:.1e}");
    }
    let rounded = format!("{:.2}", value.abs());
    let (whole, decimals) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let decimals = decimals.trim_end_matches('0');
    let mut out = String::new();
    if value < 0.0 && (whole != "0" || !decimals.is_empty()) {
        out.push('\u{2212}');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

/// The value, or zero for infinities and what is no number; kept within what drawings can compute with.
pub(crate) fn finite(value: f64) -> f64 {
    if value.is_finite() { value.clamp(-1e100, 1e100) } else { 0.0 }
}

/// Width of a character in em.
fn em(c: char) -> f64 {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        'i' | 'j' | 'l' | '.' | ',' | '\'' | ':' | ';' | '|' | '!' | ' ' | 'I' => 0.32,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.9,
        'A'..='Z' | '&' => 0.68,
        '0'..='9' => 0.6,
        c if wide(c) => 1.0,
        _ => 0.56,
    }
}

/// Characters as wide as they are high: Chinese, Japanese, Korean, their punctuation, arrows and signs.
fn wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2014}' | '\u{2026}' | '\u{2190}'..='\u{2bff}' | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{1f000}'..='\u{3ffff}')
}

/// Width of a text in the drawing's units at a font size.
pub(crate) fn measure(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// The same for heavier letters.
pub(crate) fn measure_bold(text: &str, size: f64) -> f64 {
    measure(text, size) * 1.12
}

/// The text, or as much of it as fits with an ellipsis; empty when not even one character does.
pub(crate) fn fit(text: &str, width: f64, size: f64) -> String {
    if measure(text, size) <= width {
        return text.to_owned();
    }
    let room = width - em('…') * size;
    let mut used = 0.0;
    let mut out = String::new();
    for c in text.chars() {
        used += em(c) * size;
        if used > room {
            break;
        }
        out.push(c);
    }
    let kept = out.trim_end();
    if kept.is_empty() { String::new() } else { format!("{kept}…") }
}

/// The text in at most `most` lines that fit; the last one carries the ellipsis. Breaks at spaces, after hyphens and
/// between Chinese characters; a longer word is broken where the line ends.
pub(crate) fn wrap(text: &str, width: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && lines.len() < most {
        if lines.len() + 1 == most || measure(rest, size) <= width {
            lines.push(fit(rest, width, size));
            break;
        }
        let end = break_at(rest, width, size);
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Where the first line of a text that is too long ends, in bytes; at least one character.
fn break_at(text: &str, width: f64, size: f64) -> usize {
    let mut used = 0.0;
    let mut good = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if let Some(before) = before
            && (c == ' '
                || before == '-'
                || before == '/'
                || (em(c) >= 1.0 && !CLOSING.contains(c))
                || (em(before) >= 1.0 && c.is_alphanumeric()))
        {
            good = at;
        }
        used += em(c) * size;
        if used > width && at > 0 {
            return if good > 0 { good } else { at };
        }
        before = Some(c);
    }
    text.len()
}

/// Marks that must not begin a line.
const CLOSING: &str = "，。、；：！？）》」』】…—";

/// The text with `& < > " '` as entities and without characters that XML forbids.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || ('\u{7f}'..='\u{9f}').contains(&c) || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
