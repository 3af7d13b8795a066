//! One hit a family.

use std::collections::BTreeMap;

use query::{Field, Query};
use records::Right;
use serde_json::json;

use super::build::{Maker, Question, filled, right, word};
use super::naive::matches;
use super::random::{Dice, corpus};
use crate::{FacetField, Index, IndexError, Sort, SortKey};

/// Id and family size of every hit, page by page, with the total, the number of groups and that of pages.
fn walk(index: &dyn Index, query: &Query, sort: Sort, limit: usize) -> (Vec<(String, u64)>, u64, u64, usize) {
    let mut question = Question { sort, limit, collapse: true, ..Question::new(query) };
    let mut hits = Vec::new();
    for pages in 1..500 {
        let answer = question.answer(index);
        hits.extend(answer.hits.into_iter().map(|hit| (hit.id.as_str().to_owned(), hit.family_size)));
        match answer.next {
            Some(next) => question.after = Some(next),
            None => return (hits, answer.total, answer.groups.expect("the number of groups"), pages),
        }
    }
    panic!("paging does not end")
}

/// The first of each family in the order asked; rights without a family stand alone.
pub fn families(make: Maker<'_>) {
    let member = |id: &str, family: &str, filed: &str, title: &str| {
        right(id, json!({"family_id": family, "filing_date": filed, "titles": [{"text": title}]}))
    };
    let index = filled(
        make,
        [
            member("CN-P-1", "100", "2020-01-01", "电池"),
            member("EP-P-2", "100", "2019-01-01", "电池 电池"),
            member("US-P-3", "100", "2021-01-01", "电池"),
            member("CN-P-4", "F7", "2020-06-01", "电池"),
            member("JP-P-5", "f7", "2022-01-01", "电池"),
            right("CN-P-6", json!({"filing_date": "2018-01-01", "titles": [{"text": "电池"}]})),
            right("CN-P-7", json!({"family_id": " ", "titles": [{"text": "电池"}]})),
            member("CN-P-8", "100", "2017-01-01", "石墨烯"),
        ],
    );
    let index = index.as_ref();
    let query = word(Field::Title, "电池");
    let walked = |key, ascending| {
        let (hits, total, groups, _) = walk(index, &query, Sort { key, ascending }, 2);
        assert_eq!((total, groups), (7, 4));
        let hits: Vec<String> = hits.iter().map(|(id, size)| format!("{id} {size}")).collect();
        hits.join(", ")
    };
    assert_eq!(walked(SortKey::Filed, true), "CN-P-6 1, EP-P-2 3, CN-P-4 2, CN-P-7 1");
    assert_eq!(walked(SortKey::Filed, false), "JP-P-5 2, US-P-3 3, CN-P-6 1, CN-P-7 1");
    assert_eq!(walked(SortKey::Id, true), "CN-P-1 3, CN-P-4 2, CN-P-6 1, CN-P-7 1");
    assert_eq!(walked(SortKey::Id, false), "US-P-3 3, JP-P-5 2, CN-P-7 1, CN-P-6 1");
    let question =
        Question { collapse: true, facets: vec![(FacetField::Office, 9)], limit: 0, ..Question::new(&query) };
    let answer = question.answer(index);
    assert_eq!((answer.groups, answer.hits.len(), answer.next), (Some(4), 0, None));
    assert_eq!(answer.facets[0].counts[0].count, 4, "facets count rights");
    let plain = Question::new(&query).answer(index);
    assert!(plain.groups.is_none() && plain.hits.iter().all(|hit| hit.family_size == 1));
    let mark = Question { collapse: true, limit: 1, ..Question::new(&query) }.answer(index).next;
    let refused = Question { after: mark, ..Question::new(&query) }.ask(index);
    assert!(matches!(refused, Err(IndexError::Cursor(_))), "a mark of families is none of rights");
}

/// `rounds` random corpora: the pages of a collapsed search hold each family once, its first right in the order of the
/// uncollapsed search, with the number of its rights that match.
pub fn random_families(make: Maker<'_>, rounds: u64) {
    for round in 0..rounds {
        let mut dice = Dice(2_000_000 + round);
        let (index, rights) = corpus(make, &mut dice);
        let index = index.as_ref();
        for _ in 0..12 {
            let query = dice.query(1);
            let key = [SortKey::Score, SortKey::Filed, SortKey::Published, SortKey::Granted, SortKey::Id][dice.roll(5)];
            let sort = Sort { key, ascending: dice.roll(2) == 0 };
            let matching: BTreeMap<&str, &Right> = (rights.iter().filter(|right| matches(right, &query)))
                .map(|right| (right.id.as_str(), right))
                .collect();
            let family = |id: &str| matching[id].family_id.clone().unwrap_or_else(|| id.to_owned());
            let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
            for id in matching.keys() {
                *sizes.entry(family(id)).or_default() += 1;
            }
            let plain = Question { sort, ..Question::new(&query) }.answer(index);
            let mut expected: Vec<(String, u64)> = Vec::new();
            let mut seen = Vec::new();
            for hit in plain.hits {
                let family = family(hit.id.as_str());
                if !seen.contains(&family) {
                    expected.push((hit.id.as_str().to_owned(), sizes[&family]));
                    seen.push(family);
                }
            }
            for limit in [1, 4, 1000] {
                let (hits, total, groups, pages) = walk(index, &query, sort, limit);
                assert_eq!(hits, expected, "round {round}, {sort:?} in pages of {limit}: {query:#?}");
                assert_eq!((total, groups), (matching.len() as u64, sizes.len() as u64), "round {round}: {query:#?}");
                assert_eq!(pages, expected.len().div_ceil(limit).max(1), "round {round}: {query:#?}");
            }
        }
    }
}
