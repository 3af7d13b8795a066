//! Rights like a given one.

use std::collections::HashMap;

use query::Field;
use records::{Right, RightId};
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::collect::{Gather, Page};
use super::engine::Embedded;
use super::schema::boost;
use super::terms;
use crate::{Hit, IndexError, Sort, SortKey};

/// Words that are looked up; a right's first ones tell most of what it is about.
const READ: usize = 160;

/// Words and classes that are asked.
const WORDS: usize = 12;
const CLASSES: usize = 4;

/// A word or class of more than one in this many rights tells little.
const COMMON: u64 = 8;

/// Rights most like this one, best first.
pub(super) fn similar(index: &Embedded, right: &Right, most: usize) -> Result<Vec<Hit>, IndexError> {
    let snapshot = index.snapshot()?;
    let searcher = &snapshot.searcher;
    let asked = || {
        let mut clauses = words(index, right, searcher)?;
        clauses.extend(classes(index, right, searcher)?);
        let sort = Sort { key: SortKey::Score, ascending: false };
        // One more, for the right finds itself.
        let page = Page { sort, scores: true, most: most.saturating_add(1), after: None, gather: Gather::Nothing };
        searcher.search(&BooleanQuery::new(clauses), &page)
    };
    let found = asked().map_err(|error| index.failure(error))?;
    let others = found.hits.into_iter().filter(|hit| hit.place.id != right.id.as_str());
    let hit = |found: super::collect::Found| Hit {
        id: RightId::from(found.place.id),
        score: found.score,
        explanation: Vec::new(),
        family_size: 1,
    };
    Ok(others.map(hit).take(most).collect())
}

type Clause = (Occur, Box<dyn Query>);

fn clause(slot: Slot, text: &str, option: IndexRecordOption, weight: f32) -> Clause {
    let query = TermQuery::new(Term::from_field_text(slot, text), option);
    (Occur::Should, Box::new(BoostQuery::new(Box::new(query), weight)))
}

/// A word of the right.
struct Word {
    text: String,
    field: Field,
    times: u32,
    /// In the title, too.
    titled: bool,
}

/// The words that tell most, asked in title, abstract and goods.
fn words(index: &Embedded, right: &Right, searcher: &Searcher) -> tantivy::Result<Vec<Clause>> {
    let total = searcher.num_docs();
    let known = searcher.doc_freq(&Term::from_field_text(index.layout.id, right.id.as_str()))?;
    let mut weighed = Vec::new();
    for word in read(right) {
        let Some(slot) = index.layout.slot(word.field) else { continue };
        let rights = searcher.doc_freq(&Term::from_field_text(slot, &word.text))?;
        // What the right alone has finds no other.
        if rights > known && rights <= (total / COMMON).max(known + 1) {
            let rarity = (total as f32 / rights as f32).ln().max(0.1);
            let weight = rarity * (1.0 + (word.times as f32).ln()) * if word.titled { 2.0 } else { 1.0 };
            weighed.push((weight, word));
        }
    }
    weighed.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.text.cmp(&b.text)));
    weighed.truncate(WORDS);
    let fields = [Field::Title, Field::Abstract, Field::Goods];
    let asked = |(_, word): &(f32, Word)| {
        let clauses = fields.into_iter().filter_map(|field| {
            let slot = index.layout.slot(field)?;
            Some(clause(slot, &word.text, IndexRecordOption::WithFreqs, boost(field)))
        });
        clauses.collect::<Vec<_>>()
    };
    Ok(weighed.iter().flat_map(asked).collect())
}

/// The first words of titles, goods and abstracts, each once.
fn read(right: &Right) -> Vec<Word> {
    let titles = right.titles.iter().map(|title| (Field::Title, title.text.as_str()));
    let goods = right.nice.iter().flat_map(|class| class.terms.iter().map(|term| (Field::Goods, term.as_str())));
    let abstracts = right.abstracts.iter().map(|text| (Field::Abstract, text.text.as_str()));
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut words: Vec<Word> = Vec::new();
    for (field, text) in titles.chain(abstracts).chain(goods) {
        language::analyse(text, 0, &mut |token| {
            if token.is_boundary() || !tells(token.text) {
                return;
            }
            if let Some(&place) = places.get(token.text) {
                let word = &mut words[place];
                word.times += 1;
                // The abstract shows better than the title how common a word is.
                word.field = if field == Field::Abstract { field } else { word.field };
            } else if words.len() < READ {
                places.insert(token.text.to_owned(), words.len());
                let text = token.text.to_owned();
                words.push(Word { text, field, times: 1, titled: field == Field::Title });
            }
        });
    }
    words
}

/// Whether a term may tell something: no lone character at the end of a run, no lone letter or short number.
fn tells(term: &str) -> bool {
    let short_number = term.len() < 4 && term.bytes().all(|byte| byte.is_ascii_digit());
    term.chars().nth(1).is_some() && !short_number
}

/// The rarest classes.
fn classes(index: &Embedded, right: &Right, searcher: &Searcher) -> tantivy::Result<Vec<Clause>> {
    let nice = right.nice.iter().map(|class| class.class.to_string());
    let symbols = (right.ipc.iter().map(|symbol| (Field::Ipc, symbol.as_str().to_owned())))
        .chain(right.cpc.iter().map(|symbol| (Field::Cpc, symbol.as_str().to_owned())))
        .chain(right.locarno.iter().map(|symbol| (Field::Locarno, symbol.as_str().to_owned())))
        .chain(right.vienna.iter().map(|symbol| (Field::Vienna, symbol.as_str().to_owned())))
        .chain(nice.map(|class| (Field::Nice, class)));
    let mut rated = Vec::new();
    for (field, symbol) in symbols {
        let Some(slot) = index.layout.slot(field) else { continue };
        let text = terms::class_itself(&symbol);
        let rights = searcher.doc_freq(&Term::from_field_text(slot, &text))?;
        if rights > 0 {
            rated.push((rights, text, slot));
        }
    }
    rated.sort();
    rated.dedup();
    rated.truncate(CLASSES);
    Ok(rated.iter().map(|(_, text, slot)| clause(*slot, text, IndexRecordOption::Basic, 1.0)).collect())
}
