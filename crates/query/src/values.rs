//! A field's value read by the kind of the field.

use std::ops::Range;

use records::number::lookup_keys;
use records::{Cpc, Ipc, Locarno, Vienna};

use crate::canonical::quoted;
use crate::dates::{between, compared, period, sides};
use crate::lexer::{Comparison, is_one_word, narrow};
use crate::mistake::{Expected, Fault, Reason, nearest};
use crate::wildcard;
use crate::{Field, FieldKind, Pattern, Value, keywords};

/// One value as typed.
pub(crate) struct Typed<'a> {
    pub(crate) text: &'a str,
    pub(crate) quoted: bool,
    pub(crate) place: Range<usize>,
    /// Where its condition starts: at the field's name, if that stands before it.
    pub(crate) start: usize,
}

impl Typed<'_> {
    fn fault(&self, reason: Reason, expected: &'static [Expected]) -> Fault {
        Fault::new(self.place.clone(), reason, expected)
    }

    /// A fault with a better value.
    fn better(&self, reason: Reason, expected: &'static [Expected], instead: Option<String>) -> Fault {
        let fault = self.fault(reason, expected);
        match instead {
            Some(instead) => fault.fix(self.place.clone(), instead),
            None => fault,
        }
    }
}

/// What `field comparison typed` asks for. `!=` is read like `=`; the caller turns it round.
pub(crate) fn read(field: Option<Field>, comparison: Comparison, typed: &Typed<'_>) -> Result<Value, Fault> {
    let Some(field) = field else { return text(None, typed) };
    if !typed.quoted && narrow(typed.text) == "*" {
        return Ok(Value::Present);
    }
    match field.kind() {
        FieldKind::Text | FieldKind::Name if comparison == Comparison::Exactly => whole(typed),
        FieldKind::Text | FieldKind::Name => text(Some(field), typed),
        FieldKind::Number => number(typed),
        FieldKind::Date => {
            let wanted = compared(comparison, date(typed)?);
            let (from, to) = wanted.ok_or_else(|| typed.fault(Reason::RangeEmpty, &[Expected::Date]))?;
            Ok(Value::Dates { from, to })
        }
        FieldKind::Count => {
            let count = count(field, typed)?;
            let wanted = compared(comparison, (count, count));
            let (from, to) = wanted.ok_or_else(|| typed.fault(Reason::RangeEmpty, &[Expected::Count]))?;
            Ok(Value::Counts { from, to })
        }
        FieldKind::Class => class(field, comparison == Comparison::Exactly, typed),
        FieldKind::Keyword => keyword(field, typed),
    }
}

fn text(field: Option<Field>, typed: &Typed<'_>) -> Result<Value, Fault> {
    let searchable = typed.text.chars().any(char::is_alphanumeric);
    if !typed.quoted && typed.text.contains(['*', '?', '＊']) {
        if field == Some(Field::Sound) {
            return Err(typed.fault(Reason::WildcardSound, &[Expected::Words]));
        }
        return wildcard::read(field, &typed.text.replace('＊', "*"), &typed.place).map(Value::Text);
    }
    if !searchable {
        return Err(typed.fault(Reason::Nothing, &[Expected::Words]));
    }
    Ok(Value::Text(if typed.quoted { Pattern::Phrase(typed.text.to_owned()) } else { Pattern::word(typed.text) }))
}

/// The whole of a title or name.
fn whole(typed: &Typed<'_>) -> Result<Value, Fault> {
    let text = typed.text.trim();
    if !text.chars().any(char::is_alphanumeric) {
        return Err(typed.fault(Reason::Nothing, &[Expected::Words]));
    }
    if !typed.quoted && text.contains(['*', '?', '＊']) {
        return Err(typed.better(Reason::WholeWildcard, &[Expected::Words], Some(quoted(text))));
    }
    Ok(Value::Text(Pattern::Whole(text.to_owned())))
}

fn number(typed: &Typed<'_>) -> Result<Value, Fault> {
    let text = narrow(typed.text).trim().to_owned();
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if !typed.quoted && text.contains(['*', '?']) {
        if letters < 2 {
            return Err(typed.fault(Reason::WildcardShort, &[Expected::Number]));
        }
        return Ok(Value::Number { text: text.to_uppercase(), keys: Vec::new(), wildcard: true });
    }
    let keys = lookup_keys(&text);
    if keys.is_empty() || !text.contains(|c: char| c.is_ascii_digit()) {
        return Err(typed.fault(Reason::Number, &[Expected::Number]));
    }
    Ok(Value::Number { text, keys, wildcard: false })
}

fn date(typed: &Typed<'_>) -> Result<(records::Date, records::Date), Fault> {
    let text = narrow(typed.text);
    period(text.trim_end_matches('*')).ok_or_else(|| {
        // `2020-2023` and `2020~2023` are meant as ranges.
        let range = text.split_once(['-', '~', '至', '到']).filter(|(a, b)| period(a).is_some() && period(b).is_some());
        let instead = range.map(|(from, to)| format!("[{from} TO {to}]"));
        typed.better(Reason::Date, &[Expected::Date, Expected::Range], instead)
    })
}

fn count(field: Field, typed: &Typed<'_>) -> Result<u64, Fault> {
    let text = narrow(typed.text).replace(',', "");
    text.trim().parse().map_err(|_| {
        let fault = typed.fault(Reason::Count, &[Expected::Count]);
        // `claims=电池` is meant for the words of the claims.
        if field == Field::ClaimCount && typed.start < typed.place.start {
            let words = format!("{}={}", Field::Claims.code(), typed.text);
            return fault.fix(typed.start..typed.place.end, words);
        }
        fault
    })
}

/// Reads a class symbol; a trailing `*` adds nothing, since a symbol stands for all below it.
fn class(field: Field, exact: bool, typed: &Typed<'_>) -> Result<Value, Fault> {
    let text = narrow(typed.text).trim().to_uppercase();
    let (text, open) = match text.strip_suffix('*') {
        Some(stem) => (stem.trim(), true),
        None => (text.as_str(), false),
    };
    match symbol(field, text) {
        Some(symbol) => Ok(Value::Class { symbol, exact: exact && !open }),
        None => Err(typed.fault(Reason::Symbol(field), &[Expected::Symbol])),
    }
}

/// The normal form of a symbol of the field's classification.
pub(crate) fn symbol(field: Field, text: &str) -> Option<String> {
    match field {
        Field::Ipc => Ipc::read(text).map(|symbol| symbol.to_string()),
        Field::Locarno => Locarno::read(text).map(|symbol| symbol.to_string()),
        Field::Vienna => Vienna::read(text).map(|symbol| symbol.to_string()),
        Field::Nice => nice(text),
        _ => Cpc::read(text).map(|symbol| symbol.to_string()),
    }
}

/// `9`, `09`, `第9类`, `CLASS 9`.
fn nice(text: &str) -> Option<String> {
    let digits = text.trim_start_matches("CLASS").trim_start_matches('第').trim_end_matches('类').trim();
    digits.parse::<u8>().ok().filter(|class| (1..=45).contains(class)).map(|class| class.to_string())
}

fn keyword(field: Field, typed: &Typed<'_>) -> Result<Value, Fault> {
    let text = narrow(typed.text).trim().to_owned();
    if !typed.quoted && text.contains(['*', '?']) {
        return Err(typed.fault(Reason::WildcardHere, &[Expected::Keyword]));
    }
    if let Some(codes) = keywords::codes(field, &text) {
        return Ok(Value::Codes { text, codes });
    }
    let spelled = |word: &str| if is_one_word(word) { word.to_owned() } else { format!("\"{word}\"") };
    let instead = nearest(&text, keywords::known(field).into_iter()).map(spelled);
    Err(typed.better(Reason::Keyword(field), &[Expected::Keyword], instead))
}

/// What stands between range brackets: `typed` is the text inside, whose ends belong to the range or not.
pub(crate) fn range(field: Field, typed: &Typed<'_>, from_in: bool, to_in: bool) -> Result<Value, Fault> {
    let text = narrow(typed.text);
    let Some((from, to)) = sides(&text) else { return Err(typed.fault(Reason::RangeForm, &[Expected::Range])) };
    let end_at = |text: &str| {
        // Full-width ends are not found as they stand; the whole range is the place then.
        let place = typed.text.find(text).map(|i| typed.place.start + i).map(|from| from..from + text.len());
        place.unwrap_or(typed.place.clone())
    };
    let end_of = |text| Typed { text, quoted: false, place: end_at(text), start: typed.place.end };
    let swapped = (from != to).then(|| format!("{to} TO {from}"));
    let empty = || typed.better(Reason::RangeEmpty, &[Expected::Range], swapped.clone());
    if field.kind() == FieldKind::Date {
        let end = |text| if text == "*" { Ok(None) } else { date(&end_of(text)).map(Some) };
        let (from, to) = between((end(from)?, from_in), (end(to)?, to_in)).ok_or_else(empty)?;
        return Ok(if from.is_none() && to.is_none() { Value::Present } else { Value::Dates { from, to } });
    }
    let end = |text| if text == "*" { Ok(None) } else { count(field, &end_of(text)).map(|n| Some((n, n))) };
    let (from, to) = between((end(from)?, from_in), (end(to)?, to_in)).ok_or_else(empty)?;
    Ok(if from.is_none() && to.is_none() { Value::Present } else { Value::Counts { from, to } })
}
