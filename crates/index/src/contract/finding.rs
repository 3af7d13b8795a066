//! Whole values, sounds, completion, likeness.

use query::Field;
use serde_json::json;

use super::build::{Maker, Question, bound, filled, find, leaf, phrase, right, titled, whole, wildcard, word};
use super::paging::shown;
use crate::{FacetField, IndexError};

/// `ti==` and `pa==`: the whole value in any spelling, and no other.
pub fn wholes(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right(
                "CN-T-1",
                json!({
                    "titles": [{"text": "惠 知"}, {"text": "HUI-ZHI"}],
                    "applicants": [{"name": "上海惠知（集團）有限公司", "other_names": ["Huizhi Group"]}],
                }),
            ),
            right("CN-T-2", json!({"titles": [{"text": "惠知网"}], "agents": [{"name": "Hui  Zhi, Inc."}]})),
            right("CN-T-3", json!({"titles": [{"text": "Hui zhi"}], "inventors": [{"name": "惠知"}]})),
        ],
    );
    let index = index.as_ref();
    assert_eq!(find(index, &whole(Field::Title, "惠知")), "1");
    assert_eq!(find(index, &whole(Field::Title, "Ｈui zhi")), "1 3");
    assert_eq!(find(index, &whole(Field::Title, "hui")), "");
    assert_eq!(find(index, &whole(Field::Applicant, "上海惠知集团有限公司")), "1");
    assert_eq!(find(index, &whole(Field::Applicant, "Huizhi Group")), "", "the name as written alone");
    assert_eq!(find(index, &whole(Field::Agent, "hui zhi inc")), "2");
    assert_eq!(find(index, &whole(None, "惠知")), "1 3", "without a field: titles and names");
    for query in [whole(Field::Abstract, "惠知"), whole(Field::Title, "，。"), whole(Field::Sound, "惠知")] {
        assert!(matches!(Question::new(&query).ask(index), Err(IndexError::Query(_))), "{query:?}");
    }
    let near = bound(query::Proximity::Sentence, whole(Field::Title, "惠"), word(Field::Title, "知"));
    assert!(matches!(Question::new(&near).ask(index), Err(IndexError::Query(_))));
}

/// `sound=`: words and characters that sound alike, across scripts.
pub fn sounds(make: Maker<'_>) {
    let titles =
        ["耐克", "NIKE", "奈可 运动", "Naike", "阿迪达斯", "Adidas", "Philips", "Filips", "蓝玲", "石墨烯电池"];
    let index = filled(make, titles.iter().enumerate().map(|(at, title)| titled(&format!("CN-T-{at}"), title)));
    let index = index.as_ref();
    assert_eq!(find(index, &word(Field::Sound, "奈克")), "0 1 2 3");
    assert_eq!(find(index, &word(Field::Sound, "naike")), "0 1 2 3");
    assert_eq!(find(index, &word(Field::Sound, "nike")), "0 1 2 3");
    assert_eq!(find(index, &phrase(Field::Sound, "nai ke")), "0 2 3");
    assert_eq!(find(index, &word(Field::Sound, "phillipps")), "6 7");
    assert_eq!(find(index, &word(Field::Sound, "adidas")), "4 5");
    assert_eq!(find(index, &word(Field::Sound, "男林")), "8", "n and l, in and ing are one");
    assert_eq!(find(index, &word(Field::Sound, "shi mo")), "9");
    assert_eq!(find(index, &word(None, "naike")), "3", "not without the field");
    assert_eq!(find(index, &leaf(Some(Field::Sound), query::Value::Present)), "0 1 2 3 4 5 6 7 8 9");
    let near = bound(query::Proximity::Near(2), word(Field::Sound, "奈"), word(Field::Sound, "克"));
    for query in [wildcard(Field::Sound, "nai*"), word(Field::Sound, "，。"), near] {
        assert!(matches!(Question::new(&query).ask(index), Err(IndexError::Query(_))), "{query:?}");
    }
}

/// Values of a facet by their words, by characters anywhere, and by pinyin.
pub fn completion(make: Maker<'_>) {
    let by = |id: &str, name: &str| right(id, json!({"applicants": [{"name": name}], "filing_date": "2020-01-01"}));
    let index = filled(
        make,
        [
            by("CN-P-1", "华为技术有限公司"),
            by("CN-P-2", "華為技術有限公司"),
            by("CN-P-3", "深圳华为云有限公司"),
            by("US-P-4", "Hewlett-Packard Inc."),
            by("US-P-5", "Packard Bell"),
            by("CN-P-6", "TCL华星"),
        ],
    );
    let index = index.as_ref();
    let complete = |typed: &str, most| {
        let counts = index.complete(FacetField::Applicant, typed, most).expect("values");
        shown(&counts)
    };
    assert_eq!(complete("华为", 10), "华为技术有限公司 2, 深圳华为云有限公司 1");
    assert_eq!(complete("華為", 1), "华为技术有限公司 2");
    assert_eq!(complete("PACK", 10), "Hewlett-Packard Inc. 1, Packard Bell 1");
    assert_eq!(complete("hewlett p", 10), "Hewlett-Packard Inc. 1");
    assert_eq!(complete("ckard", 10), "", "words begin with what was typed");
    assert_eq!(complete("hwjs", 10), "华为技术有限公司 2");
    assert_eq!(complete("huawei", 10), "华为技术有限公司 2");
    assert_eq!(complete("tclh", 10), "TCL华星 1");
    assert_eq!(complete("", 1), "华为技术有限公司 2");
    assert_eq!(complete("华为", 0), "");
    assert_eq!(shown(&index.complete(FacetField::FilingYear, "20", 5).expect("years")), "2020 6");
    index.add(vec![crate::Document::Remove(records::RightId::from("US-P-5".to_owned()))]).expect("added");
    index.commit(2, super::build::today()).expect("committed");
    assert_eq!(complete("pack", 10), "Hewlett-Packard Inc. 1");
}

/// The rights that share the rarer words and classes, best first, without the right itself.
pub fn likeness(make: Maker<'_>) {
    let mut rights = vec![
        right(
            "CN-P-1",
            json!({"titles": [{"text": "一种固态电解质及其制备方法"}], "abstracts": [{"text": "硫化物固态电解质的烧结"}],
                   "ipc": ["H01M10/0562"]}),
        ),
        right("CN-P-2", json!({"titles": [{"text": "硫化物固态电解质膜"}], "ipc": ["H01M10/0562"]})),
        right("US-P-3", json!({"titles": [{"text": "Solid electrolyte"}], "ipc": ["H01M10/0562"]})),
        right("CN-T-4", json!({"titles": [{"text": "惠知"}], "nice": [{"class": 9, "terms": ["下载软件"]}]})),
        right("CN-T-5", json!({"titles": [{"text": "惠智"}], "nice": [{"class": 9, "terms": ["下载软件"]}]})),
    ];
    rights.extend((10..40).map(|at| titled(&format!("CN-P-{at}"), "一种茶叶的制备方法")));
    let index = filled(make, rights.clone());
    let like = |at: usize, most| {
        let hits = index.similar(&rights[at], most).expect("hits");
        let ordered = hits.windows(2).all(|pair| pair[0].score >= pair[1].score);
        assert!(ordered && hits.iter().all(|hit| hit.score > 0.0), "{hits:?}");
        hits.iter().map(|hit| hit.id.as_str().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(like(0, 10), "CN-P-2 US-P-3", "what all have tells nothing");
    assert_eq!(like(0, 1), "CN-P-2");
    assert_eq!(like(3, 10), "CN-T-5");
    assert_eq!(like(0, 0), "");
    let mut unknown = rights[1].clone();
    unknown.id = records::RightId::from("CN-P-99".to_owned());
    let hits = index.similar(&unknown, 2).expect("hits");
    assert_eq!(hits[0].id.as_str(), "CN-P-2", "a right that is not in the index finds its likes, too");
    assert_eq!(index.similar(&titled("CN-P-98", ""), 5).expect("hits"), []);
}
