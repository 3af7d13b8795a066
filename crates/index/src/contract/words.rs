//! Words, runs, wildcards, logic and nearness.

use query::{Field, Proximity, Query};
use serde_json::json;

use super::build::{
    Maker, Question, both, bound, codes, either, filled, find, leaf, not, phrase, right, titled, wildcard, word,
};
use crate::{IndexError, Sort, SortKey};

/// Words without a field name may stand in any of the default fields, each in another; the title counts most.
pub fn words(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right("CN-P-1", json!({"titles": [{"text": "锂离子电池"}], "abstracts": [{"text": "含有石墨烯的负极"}]})),
            right("CN-P-2", json!({"titles": [{"text": "石墨烯薄膜"}], "applicants": [{"name": "电池有限公司"}]})),
            right(
                "CN-P-3",
                json!({"claims": [{"number": 1, "text": "一种石墨烯"}, {"number": 2, "text": "用于电池"}]}),
            ),
            right("CN-T-4", json!({"nice": [{"class": 9, "terms": ["电池", "石墨烯"]}]})),
            right("CN-P-5", json!({"description": {"sections": [{"paragraphs": ["石墨烯电池"]}]}})),
            right(
                "US-P-6",
                json!({"titles": [{"text": "Solid-State BATTERY"}], "inventors": [{"name": "José Muñoz"}]}),
            ),
            right("CN-P-7", json!({"titles": [{"text": "石墨"}], "abstracts": [{"text": "电池"}]})),
            right("CN-P-8", json!({"facts": [["area", "石墨烯产区"]]})),
        ],
    );
    let index = index.as_ref();
    assert_eq!(find(index, &both(word(None, "石墨烯"), word(None, "电池"))), "1 2 3 4");
    assert_eq!(find(index, &word(None, "石墨烯")), "1 2 3 8 4");
    assert_eq!(find(index, &word(Field::Title, "石墨烯")), "2");
    assert_eq!(find(index, &word(Field::Description, "石墨烯电池")), "5");
    assert_eq!(find(index, &word(Field::Claims, "电池")), "3");
    assert_eq!(find(index, &word(Field::Goods, "石墨烯")), "4");
    assert_eq!(find(index, &word(None, "battery")), "6");
    assert_eq!(find(index, &word(None, "batter")), "", "words are whole");
    assert_eq!(find(index, &word(None, "solid state")), "6");
    assert_eq!(find(index, &word(None, "MUNOZ")), "6");
    assert_eq!(find(index, &Query::All), "1 2 3 5 7 8 4 6");
    let query = word(None, "石墨烯");
    let question = Question { sort: Sort { key: SortKey::Score, ascending: false }, ..Question::new(&query) };
    let first = question.answer(index).hits.into_iter().next().expect("a hit");
    assert_eq!(first.id.as_str(), "CN-P-2", "a word in the title counts most");
}

/// A run of characters finds every text that contains it, and no other, whatever its length and place.
pub fn runs(make: Maker<'_>) {
    let texts =
        ["固态电解质及其制备方法", "一种固态电池，其电解质为硫化物", "電解質膜的 AI 检测Ａ型方法", "的的的的", "质"];
    let rights = texts.iter().enumerate().map(|(at, text)| titled(&format!("CN-P-{at}"), text));
    let index = filled(make, rights);
    let folded: Vec<String> = texts.iter().map(|text| language::fold(text).into_owned()).collect();
    for text in &folded {
        let chars: Vec<char> = text.chars().collect();
        for from in 0..chars.len() {
            for to in from + 1..=chars.len() {
                let run: String = chars[from..to].iter().collect();
                if !run.chars().all(language::is_cjk) {
                    continue;
                }
                let holding = folded.iter().enumerate().filter(|(_, text)| text.contains(&run));
                let expected: Vec<String> = holding.map(|(at, _)| at.to_string()).collect();
                assert_eq!(find(index.as_ref(), &phrase(Field::Title, &run)), expected.join(" "), "«{run}»");
            }
        }
    }
    let index = index.as_ref();
    assert_eq!(find(index, &phrase(Field::Title, "固态电池，其电解质")), "1");
    assert_eq!(find(index, &phrase(Field::Title, "固态电池其电解质")), "", "a mark parts a run");
    assert_eq!(find(index, &phrase(Field::Title, "AI检测")), "2");
    assert_eq!(find(index, &phrase(Field::Title, "的 AI 检测a型")), "2");
    assert_eq!(find(index, &phrase(Field::Title, "A型")), "2");
}

/// `*` and `?` in words of any script.
pub fn wildcards(make: Maker<'_>) {
    let index = filled(
        make,
        [
            titled("CN-P-1", "graphene oxide"),
            titled("CN-P-2", "graphite electrode for women"),
            titled("CN-P-3", "a woman's GRAPHICS card"),
            titled("CN-P-4", "石墨烯复合材料"),
            titled("CN-P-5", "石墨材料。其中烯烃"),
            titled("CN-P-6", "石 墨材料"),
            titled("CN-P-7", "石墨\n烯"),
            titled("CN-P-8", "石墨Ox复合"),
        ],
    );
    let index = index.as_ref();
    let title = |text: &str| find(index, &wildcard(Field::Title, text));
    assert_eq!(title("graph*"), "1 2 3");
    assert_eq!(title("GRAPH?"), "");
    assert_eq!(title("graph?te"), "2");
    assert_eq!(title("wom?n"), "2 3");
    assert_eq!(title("*ide"), "1");
    assert_eq!(title("*raphi*"), "2 3");
    assert_eq!(title("gr*e"), "1 2");
    assert_eq!(title("石墨*"), "4 5 7 8");
    assert_eq!(title("*材料*"), "4 5 6");
    assert_eq!(title("石墨*材料"), "4 5");
    assert_eq!(title("石墨*烯"), "4 5", "a gap stays within its paragraph");
    assert_eq!(title("石?烯"), "4");
    assert_eq!(title("?墨材料"), "5");
    assert_eq!(title("材?"), "4 5 6");
    assert_eq!(title("石*"), "4 5 6 7 8");
    assert_eq!(title("墨o*"), "8");
    assert_eq!(title("石墨*复合"), "4 8");
    assert_eq!(find(index, &wildcard(None, "graphe*")), "1");
}

/// AND, OR, NOT (alone, too) and XOR, also nested.
pub fn boolean(make: Maker<'_>) {
    let titles = ["a b", "a", "b", "c", "a b c"];
    let index = filled(make, titles.iter().enumerate().map(|(at, text)| titled(&format!("CN-P-{at}"), text)));
    let index = index.as_ref();
    let [a, b, c] = ["a", "b", "c"].map(|text| word(Field::Title, text));
    assert_eq!(find(index, &both(a.clone(), b.clone())), "0 4");
    assert_eq!(find(index, &either(a.clone(), c.clone())), "0 1 3 4");
    assert_eq!(find(index, &not(a.clone())), "2 3");
    assert_eq!(find(index, &not(not(a.clone()))), "0 1 4");
    assert_eq!(find(index, &both(a.clone(), not(b.clone()))), "1");
    assert_eq!(find(index, &both(not(a.clone()), not(b.clone()))), "3");
    assert_eq!(find(index, &either(not(a.clone()), b.clone())), "0 2 3 4");
    assert_eq!(find(index, &both(Query::All, not(b.clone()))), "1 3");
    let xor = Query::Xor(Box::new(a.clone()), Box::new(b.clone()));
    assert_eq!(find(index, &xor), "1 2");
    assert_eq!(find(index, &both(Query::Xor(Box::new(xor.clone()), Box::new(c.clone())), a.clone())), "1 4");
    let mut chain = a.clone();
    for _ in 0..40 {
        chain = Query::Xor(Box::new(chain), Box::new(b.clone()));
    }
    assert_eq!(find(index, &chain), "0 1 4", "an even number of the same XOR cancels, and quickly");
}

/// NEAR and ADJ: distance in positions, order, operands joined by OR, nesting, fields.
pub fn near(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right("CN-P-1", json!({"abstracts": [{"text": "正极材料含有少量石墨烯"}]})),
            right("CN-P-2", json!({"abstracts": [{"text": "石墨烯用于正极"}]})),
            right("CN-P-3", json!({"abstracts": [{"text": "one two three four five"}]})),
            right("CN-P-4", json!({"titles": [{"text": "正极"}], "abstracts": [{"text": "石墨烯"}]})),
            right("CN-P-5", json!({"applicants": [{"name": "甲公司"}, {"name": "乙公司"}]})),
        ],
    );
    let index = index.as_ref();
    let (cathode, graphene) = (word(None, "正极"), word(None, "石墨烯"));
    let near =
        |most, left: &Query, right: &Query| find(index, &bound(Proximity::Near(most), left.clone(), right.clone()));
    let adjacent =
        |most, left: &Query, right: &Query| find(index, &bound(Proximity::Adjacent(most), left.clone(), right.clone()));
    assert_eq!(near(7, &cathode, &graphene), "1 2");
    assert_eq!(near(6, &cathode, &graphene), "2");
    assert_eq!(near(3, &cathode, &graphene), "2");
    assert_eq!(near(2, &cathode, &graphene), "");
    assert_eq!(adjacent(7, &cathode, &graphene), "1");
    assert_eq!(adjacent(3, &graphene, &cathode), "2");
    let words = |text: &str| word(Field::Abstract, text);
    assert_eq!(near(1, &words("two"), &words("one")), "3");
    assert_eq!(adjacent(1, &words("two"), &words("one")), "");
    assert_eq!(adjacent(2, &words("one"), &words("three")), "3");
    assert_eq!(near(9, &words("one"), &words("one")), "", "one place is not near itself");
    let inner = bound(Proximity::Adjacent(1), words("one"), words("two"));
    assert_eq!(adjacent(1, &inner, &words("three")), "3");
    assert_eq!(adjacent(1, &inner, &words("four")), "");
    assert_eq!(adjacent(2, &inner, &either(words("four"), words("nine"))), "3");
    assert_eq!(near(2, &wildcard(Field::Abstract, "on*"), &phrase(Field::Abstract, "three four")), "3");
    assert_eq!(near(2, &words("正"), &words("烯")), "");
    assert_eq!(near(3, &words("正"), &words("烯")), "2", "single characters have places, too");
    let (first, second) = (word(Field::Applicant, "甲公司"), word(Field::Applicant, "乙公司"));
    assert_eq!(near(100, &first, &second), "", "two applicants are not one text");
}

/// SEN and PARA.
pub fn sentences(make: Maker<'_>) {
    let text = "正极含有石墨烯。负极含有硅。\n隔膜为聚合物。The cell works. It has a seal.";
    let index = filled(make, [right("CN-P-1", json!({"abstracts": [{"text": text}]}))]);
    let index = index.as_ref();
    let ask = |proximity, left: &str, right: &str| {
        find(index, &bound(proximity, word(Field::Abstract, left), word(Field::Abstract, right)))
    };
    for (left, right, sentence, paragraph) in [
        ("正极", "石墨烯", true, true),
        ("石墨烯", "正极", true, true),
        ("石墨烯", "负极", false, true),
        ("正极", "硅", false, true),
        ("硅", "隔膜", false, false),
        ("聚合物", "cell", false, true),
        ("cell", "works", true, true),
        ("works", "it", false, true),
        ("石墨", "墨烯", true, true),
    ] {
        let expected = |holds: bool| if holds { "1" } else { "" };
        assert_eq!(ask(Proximity::Sentence, left, right), expected(sentence), "{left} SEN {right}");
        assert_eq!(ask(Proximity::Paragraph, left, right), expected(paragraph), "{left} PARA {right}");
    }
}

/// What cannot be asked is refused with a message, and nothing panics.
pub fn refusals(make: Maker<'_>) {
    let index = filled(make, [titled("CN-P-1", "石墨烯")]);
    let refused = |query: Query| match Question::new(&query).ask(index.as_ref()) {
        Err(IndexError::Query(message)) => assert!(!message.is_empty()),
        other => panic!("{query:?}: {other:?}"),
    };
    refused(word(Field::Office, "CN"));
    refused(word(None, "，。"));
    refused(wildcard(None, "*"));
    refused(codes(Field::Title, &["x"]));
    refused(leaf(None, query::Value::Present));
    refused(bound(Proximity::Near(3), word(Field::Title, "a"), word(Field::Abstract, "b")));
    refused(bound(Proximity::Near(3), word(None, "a"), not(word(None, "b"))));
    let mut deep = word(None, "a");
    for _ in 0..2_000 {
        deep = not(deep);
    }
    refused(deep);
}
