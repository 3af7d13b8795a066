//! Orders, page marks, facets, explanations.

use std::collections::{BTreeMap, BTreeSet};

use query::{Field, Query};
use records::Right;
use serde_json::json;

use super::build::{Maker, Question, codes, either, filled, not, right, titled, word};
use crate::{FacetCount, FacetField, Index, IndexError, Seek, Sort, SortKey};

const KEYS: [SortKey; 5] = [SortKey::Score, SortKey::Filed, SortKey::Published, SortKey::Granted, SortKey::Id];

/// Rights with many equal and missing dates, in several commits.
fn corpus(make: Maker<'_>) -> (Box<dyn Index>, Vec<Right>) {
    let rights: Vec<Right> = (0..60u32)
        .map(|at| {
            let mut fields = json!({"titles": [{"text": if at % 4 == 0 { "电池 电池" } else { "电池组" }}]});
            if at % 3 != 0 {
                fields["filing_date"] = json!(format!("202{}-01-0{}", at % 2, 1 + at % 5));
            }
            if at % 5 == 0 {
                fields["publication_date"] = json!("2022-07-01");
                fields["grant_date"] = json!(format!("2023-0{}-01", 1 + at % 3));
            }
            // Ids in another order than the rights.
            right(&format!("CN-P-{:02}", at * 37 % 60), fields)
        })
        .collect();
    let index = make();
    for (at, part) in rights.chunks(23).enumerate() {
        index.add(part.iter().cloned().map(super::build::put).collect()).expect("added");
        index.commit(at as i64, super::build::today()).expect("committed");
    }
    (index, rights)
}

fn walk(index: &dyn Index, query: &Query, sort: Sort, limit: usize) -> Vec<String> {
    let mut question = Question { sort, limit, ..Question::new(query) };
    let mut ids = Vec::new();
    for _ in 0..200 {
        let answer = question.answer(index);
        assert_eq!(answer.total, 60);
        assert!(answer.hits.len() == limit || answer.next.is_none(), "only the last page is short");
        ids.extend(answer.hits.into_iter().map(|hit| hit.id.as_str().to_owned()));
        match answer.next {
            Some(next) => question.after = Some(next),
            None => return ids,
        }
    }
    panic!("paging does not end")
}

/// Every order gives every right once, however small the pages, with missing dates last and ties by id.
pub fn orders(make: Maker<'_>) {
    let (index, rights) = corpus(make);
    let query = word(None, "电池");
    for key in KEYS {
        for ascending in [true, false] {
            let sort = Sort { key, ascending };
            let whole = walk(index.as_ref(), &query, sort, 1000);
            for limit in [1, 7, 30, 60] {
                assert_eq!(walk(index.as_ref(), &query, sort, limit), whole, "{sort:?} in pages of {limit}");
            }
            let mut expected: Vec<&Right> = rights.iter().collect();
            expected.sort_by(|a, b| a.id.cmp(&b.id));
            match key {
                // What scores more is the engine's affair; that all are there is not.
                SortKey::Score => {
                    let all: BTreeSet<&String> = whole.iter().collect();
                    assert_eq!((all.len(), whole.len()), (60, 60));
                    continue;
                }
                SortKey::Id if !ascending => expected.reverse(),
                SortKey::Id => {}
                _ => expected.sort_by_key(|right| {
                    let date = match key {
                        SortKey::Filed => right.filing_date,
                        SortKey::Published => right.publication_date,
                        _ => right.grant_date,
                    };
                    let days = date.map(|date| i64::from(date.year()) * 400 + i64::from(date.day_of_year()));
                    (days.is_none(), days.map(|days| if ascending { days } else { -days }))
                }),
            }
            let expected: Vec<&str> = expected.iter().map(|right| right.id.as_str()).collect();
            assert_eq!(whole, expected, "{sort:?}");
        }
    }
}

/// A page mark is good for its query and order alone.
pub fn marks(make: Maker<'_>) {
    let (index, _) = corpus(make);
    let index = index.as_ref();
    let query = word(None, "电池");
    let sort = Sort { key: SortKey::Filed, ascending: true };
    let mark = Question { sort, limit: 3, ..Question::new(&query) }.answer(index).next.expect("a next page");
    let refused = |query: &Query, sort: Sort, mark: &str| {
        let question = Question { sort, after: Some(Seek(mark.to_owned())), ..Question::new(query) };
        assert!(matches!(question.ask(index), Err(IndexError::Cursor(_))), "{mark} for {query:?} by {sort:?}");
    };
    refused(&Query::All, sort, &mark.0);
    refused(&query, Sort { ascending: false, ..sort }, &mark.0);
    refused(&query, Sort { key: SortKey::Id, ..sort }, &mark.0);
    for bad in ["", "x", "页", "00", &mark.0[1..], &mark.0[2..], &mark.0[..mark.0.len() - 2], &format!("{}30", mark.0)]
    {
        refused(&query, sort, bad);
    }
    // The same question typed at another place keeps its marks.
    let Query::Leaf(mut moved) = query.clone() else { unreachable!("a word is a leaf") };
    moved.place = 5..9;
    let moved = Query::Leaf(moved);
    let question = Question { sort, after: Some(mark), ..Question::new(&moved) };
    assert_eq!(question.answer(index).hits.len(), 57);
    let question = Question { limit: 0, ..Question::new(&query) };
    let answer = question.answer(index);
    assert_eq!((answer.total, answer.hits.len(), answer.next), (60, 0, None));
}

/// Facets count every right once for each of its values, exactly, over commits and after removals.
pub fn facets(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right(
                "CN-P-1",
                json!({
                    "status": "in-force", "ipc": ["H01M10/05", "H01M4/00", "G06F16/00"], "cpc": ["H01M10/05"],
                    "filing_date": "2020-02-02", "publication_date": "2021-01-01",
                    "applicants": [
                        {"name": "甲公司", "country": "CN", "region": "广东省", "city": "广州市"},
                        {"name": "乙公司", "country": "US", "city": "Shenzhen"},
                    ],
                }),
            ),
            right(
                "CN-T-2",
                json!({
                    "nice": [{"class": 9, "terms": []}, {"class": 9, "lang": "en", "terms": []}],
                    "applicants": [{"name": "甲公司", "country": "CN"}], "filing_date": "2020-12-31",
                }),
            ),
            right("EM-D-3", json!({"locarno": ["14-02", "14-03"], "filing_date": "2022-01-01"})),
            right("EM-D-4", json!({"locarno": ["14-02"]})),
        ],
    );
    let index = index.as_ref();
    index.add(vec![crate::Document::Remove(records::RightId::from("EM-D-4".to_owned()))]).expect("added");
    index.commit(2, super::build::today()).expect("committed");
    let asked = [
        (FacetField::Right, 10),
        (FacetField::Applicant, 10),
        (FacetField::Class, 10),
        (FacetField::FilingYear, 10),
        (FacetField::PublicationYear, 10),
        (FacetField::Country, 10),
        (FacetField::Region, 10),
        (FacetField::City, 10),
        (FacetField::ApplicantType, 10),
        (FacetField::Status, 1),
        (FacetField::Office, 10),
    ];
    let expected = [
        "design 1, invention 1, trademark 1",
        "甲公司 2, 乙公司 1",
        "G06F 1, H01M 1, Locarno 14 1, Nice 9 1",
        "2022 1, 2020 2",
        "2021 1",
        "CN 2, US 1",
        "广东省 1",
        "广州市 1",
        "enterprise 2",
        "pending 2",
        "CN 2, EM 1",
    ];
    for limit in [0, 1, 10] {
        let question = Question { limit, facets: asked.to_vec(), ..Question::new(&Query::All) };
        let answer = question.answer(index);
        assert_eq!(answer.total, 3);
        for ((facet, (field, _)), expected) in answer.facets.iter().zip(asked).zip(expected) {
            assert_eq!(facet.field, field);
            assert_eq!(shown(&facet.counts), expected, "{field:?}");
        }
    }
    let query = codes(Field::Office, &["EM"]);
    let question = Question { facets: vec![(FacetField::Office, 5), (FacetField::Class, 5)], ..Question::new(&query) };
    let answer = question.answer(index);
    assert_eq!(shown(&answer.facets[0].counts), "EM 1");
    assert_eq!(shown(&answer.facets[1].counts), "Locarno 14 1");
}

pub(super) fn shown(counts: &[FacetCount]) -> String {
    let counts: Vec<String> = counts.iter().map(|count| format!("{} {}", count.value, count.count)).collect();
    counts.join(", ")
}

/// The lines of an explanation sum to the score, and name field and word.
pub fn explanations(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right(
                "CN-P-1",
                json!({"titles": [{"text": "石墨烯电池"}], "abstracts": [{"text": "石墨烯 电池 battery"}]}),
            ),
            right("CN-P-2", json!({"abstracts": [{"text": "电池"}], "applicants": [{"name": "石墨烯公司"}]})),
            titled("CN-P-3", "电池"),
        ],
    );
    let words = Query::And(vec![
        either(word(None, "石墨烯"), word(None, "电池")),
        not(word(Field::Title, "battery")),
        codes(Field::Office, &["CN"]),
    ]);
    let sort = Sort { key: SortKey::Score, ascending: false };
    let question = Question { sort, explain: true, ..Question::new(&words) };
    let answer = question.answer(index.as_ref());
    assert_eq!(answer.total, 3);
    let mut seen = BTreeMap::new();
    for hit in &answer.hits {
        let sum: f32 = hit.explanation.iter().map(|line| line.score).sum();
        assert!((sum - hit.score).abs() <= hit.score * 1e-4, "{} is {} but its lines {sum}", hit.id, hit.score);
        let lines: BTreeSet<String> =
            hit.explanation.iter().map(|line| format!("{}:{}", line.field, line.term)).collect();
        seen.insert(hit.id.as_str().to_owned(), lines.into_iter().collect::<Vec<_>>().join(" "));
    }
    assert_eq!(seen["CN-P-1"], "ab:电池 ab:石墨烯 ti:电池 ti:石墨烯");
    assert_eq!(seen["CN-P-2"], "ab:电池 pa:石墨烯");
    assert_eq!(seen["CN-P-3"], "ti:电池");
    let plain = Question { sort, ..Question::new(&words) }.answer(index.as_ref());
    assert!(plain.hits.iter().all(|hit| hit.explanation.is_empty()));
    assert!(plain.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
}
