//! A matcher that reads rights one by one: slow, and plain enough to be believed.

use query::{Field, Pattern, Proximity, Query, Value};
use records::Right;

/// Fields searched without a name, as the language documents them.
const DEFAULTS: [Field; 8] = [
    Field::Title,
    Field::Abstract,
    Field::Goods,
    Field::Applicant,
    Field::Owner,
    Field::Inventor,
    Field::Agent,
    Field::Claims,
];

/// One word or CJK character of a text.
struct Unit {
    text: String,
    /// The next unit is a CJK character too, and nothing stands between.
    joined: bool,
    sentence: usize,
    paragraph: usize,
}

/// First and last unit.
type Span = (usize, usize);

/// Whether a right matches.
pub(super) fn matches(right: &Right, query: &Query) -> bool {
    match query {
        Query::All => true,
        Query::And(parts) => parts.iter().all(|part| matches(right, part)),
        Query::Or(parts) => parts.iter().any(|part| matches(right, part)),
        Query::Not(part) => !matches(right, part),
        Query::Xor(a, b) => matches(right, a) != matches(right, b),
        Query::Near { .. } => fields(field_of(query)).iter().any(|&field| anywhere(right, field, query)),
        Query::Leaf(leaf) => match &leaf.value {
            Value::Text(_) => fields(leaf.field).iter().any(|&field| anywhere(right, field, query)),
            Value::Codes { codes, .. } => codes.iter().any(|code| code == right.right.code()),
            Value::Dates { from, to } => right
                .filing_date
                .is_some_and(|date| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)),
            Value::Class { symbol, .. } => right.ipc.iter().any(|ipc| ipc.as_str().starts_with(symbol.as_str())),
            other => panic!("the naive matcher knows no {other:?}"),
        },
    }
}

fn fields(field: Option<Field>) -> Vec<Field> {
    field.map_or(DEFAULTS.to_vec(), |field| vec![field])
}

fn field_of(query: &Query) -> Option<Field> {
    match query {
        Query::Leaf(leaf) => leaf.field,
        Query::Or(parts) => parts.first().and_then(field_of),
        Query::Near { left, .. } => field_of(left),
        _ => None,
    }
}

/// Whether one value of the field shows the words.
fn anywhere(right: &Right, field: Field, query: &Query) -> bool {
    values(right, field).iter().any(|value| !spans(&units(value), query).is_empty())
}

fn values(right: &Right, field: Field) -> Vec<String> {
    match field {
        Field::Title => right.titles.iter().map(|title| title.text.clone()).collect(),
        Field::Abstract => right.abstracts.iter().map(|text| text.text.clone()).collect(),
        Field::Claims => {
            let claims: Vec<&str> = right.claims.iter().map(|claim| claim.text.as_str()).collect();
            vec![claims.join("\n")]
        }
        Field::Applicant => right.applicants.iter().map(|applicant| applicant.name.clone()).collect(),
        _ => Vec::new(),
    }
}

fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let (mut sentence, mut paragraph) = (0, 0);
    language::analyse(text, 0, &mut |token| match token.text {
        language::SENTENCE_END => sentence += 1,
        language::PARAGRAPH_END => paragraph += 1,
        term => {
            let first = term.chars().next().filter(|&c| language::is_cjk(c));
            let joined = first.is_some_and(|first| term.len() > first.len_utf8());
            let text = first.map_or(term.to_owned(), |first| first.to_string());
            units.push(Unit { text, joined, sentence, paragraph });
        }
    });
    units
}

/// Where a text shows the words.
fn spans(text: &[Unit], query: &Query) -> Vec<Span> {
    match query {
        Query::Leaf(leaf) => match &leaf.value {
            Value::Text(Pattern::Word(run) | Pattern::Phrase(run)) => runs(text, run),
            Value::Text(Pattern::Wildcard(pattern)) => wildcards(text, pattern),
            other => panic!("not words: {other:?}"),
        },
        Query::Or(parts) => parts.iter().flat_map(|part| spans(text, part)).collect(),
        Query::Near { proximity, left, right } => {
            let rights = spans(text, right);
            let mut found = Vec::new();
            for a in spans(text, left) {
                for &b in &rights {
                    if holds(text, *proximity, a, b) {
                        found.push((a.0.min(b.0), a.1.max(b.1)));
                    }
                }
            }
            found
        }
        other => panic!("not words: {other:?}"),
    }
}

fn holds(text: &[Unit], proximity: Proximity, a: Span, b: Span) -> bool {
    let (first, last) = (&text[a.0.min(b.0)], &text[a.1.max(b.1)]);
    let forward = b.0.checked_sub(a.1).filter(|distance| *distance > 0);
    let backward = a.0.checked_sub(b.1).filter(|distance| *distance > 0);
    match proximity {
        Proximity::Near(most) => forward.or(backward).is_some_and(|distance| distance <= most as usize),
        Proximity::Adjacent(most) => forward.is_some_and(|distance| distance <= most as usize),
        Proximity::Sentence => first.sentence == last.sentence,
        Proximity::Paragraph => first.paragraph == last.paragraph,
    }
}

fn runs(text: &[Unit], run: &str) -> Vec<Span> {
    let asked = units(run);
    let Some(last) = asked.len().checked_sub(1) else { return Vec::new() };
    let fits = |from: usize| {
        asked.iter().enumerate().all(|(at, unit)| {
            text.get(from + at).is_some_and(|here| here.text == unit.text && (at == last || here.joined == unit.joined))
        })
    };
    (0..text.len()).filter(|&from| fits(from)).map(|from| (from, from + last)).collect()
}

/// Patterns of one word, or two Chinese runs with `*` between them.
fn wildcards(text: &[Unit], pattern: &str) -> Vec<Span> {
    if pattern.is_ascii() {
        let fits = |at: &usize| !text[*at].text.starts_with(language::is_cjk) && glob(pattern, &text[*at].text);
        return (0..text.len()).filter(fits).map(|at| (at, at)).collect();
    }
    let Some((left, right)) = pattern.split_once('*') else { return runs(text, pattern) };
    let rights = runs(text, right);
    let mut found = Vec::new();
    for a in runs(text, left) {
        let behind = rights.iter().filter(|b| b.0 > a.1 && text[a.0].paragraph == text[b.1].paragraph);
        found.extend(behind.map(|b| (a.0, b.1)));
    }
    found
}

fn glob(pattern: &str, text: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => text.is_empty(),
        Some('*') => {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.into_iter().any(|at| glob(rest.as_str(), &text[at..]))
        }
        Some(c) => {
            let mut letters = text.chars();
            letters.next().is_some_and(|letter| c == '?' || c == letter) && glob(rest.as_str(), letters.as_str())
        }
    }
}
