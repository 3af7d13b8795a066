//! What holds for every text and every tree.

use proptest::prelude::*;
use proptest::sample::select;

use crate::{Proximity, Query, Tongue, canonical, from_rows, leaves, parse, rows};

/// Lines whose conditions cover every kind of field and value.
const CONDITIONS: &[&str] = &[
    "石墨烯",
    "graphene",
    "\"固态 电解质\"",
    r#""a \" \\ b""#,
    "graph*",
    "石?烯",
    "pa=华为",
    "pa=*科技*",
    "ti=\"x y\"",
    r#"pa=="SAMSUNG \"X\" CO., LTD.""#,
    "ti==石墨烯",
    "ow==\"a*[b]\"",
    "in==OR",
    "ag==(a)",
    "sound=惠知",
    "sound=\"hui zhi\"",
    "in=OR",
    "pn=\"US 8,926,509\"",
    "US 8,926,509 B2",
    "018229858",
    "pn=CN2019*",
    "ad=2020",
    "ad>=2020-03-15",
    "ad=[2020 TO 2021-06]",
    "pd<2020",
    "claims>20",
    "citations=[3 TO 9]",
    "ipc=H01M10/05",
    "cpc==H01M10/05",
    "nice=9",
    "loc=14-02",
    "status=失效",
    "office=CN",
    "event=\"转让\"",
    "re=广东",
    "fam=1234",
    "ab=*",
    "*",
    "H01M4/02",
];

/// Words that may stand near each other, all without a field.
const WORDS: &[&str] = &["石墨烯", "graphene", "\"a b\"", "graph*", "电?池"];

fn condition() -> impl Strategy<Value = Query> {
    select(CONDITIONS).prop_map(|text| parse(text).unwrap())
}

fn word() -> impl Strategy<Value = Query> {
    select(WORDS).prop_map(|text| parse(text).unwrap())
}

fn nearness() -> impl Strategy<Value = Query> {
    let proximity = prop_oneof![
        (1u32..=999).prop_map(Proximity::Near),
        (1u32..=999).prop_map(Proximity::Adjacent),
        Just(Proximity::Sentence),
        Just(Proximity::Paragraph),
    ];
    let near = |proximity, left, right| Query::Near { proximity, left: Box::new(left), right: Box::new(right) };
    word().prop_recursive(3, 8, 2, move |inner| {
        let pair = (inner.clone(), inner);
        prop_oneof![
            (proximity.clone(), pair.clone()).prop_map(move |(p, (left, right))| near(p, left, right)),
            pair.prop_map(|(left, right)| Query::or(left, right)),
        ]
    })
}

fn tree() -> impl Strategy<Value = Query> {
    prop_oneof![4 => condition(), 1 => nearness()].prop_recursive(5, 40, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            pair.clone().prop_map(|(left, right)| Query::and(left, right)),
            pair.clone().prop_map(|(left, right)| Query::or(left, right)),
            pair.prop_map(|(left, right)| Query::Xor(Box::new(left), Box::new(right))),
            inner.prop_map(Query::not),
        ]
    })
}

/// Pieces that make lines which are often right and often nearly so.
fn line() -> impl Strategy<Value = String> {
    let mut pieces: Vec<&'static str> = CONDITIONS.to_vec();
    pieces.extend(WORDS);
    pieces.extend([
        "(",
        ")",
        "（",
        "）",
        "AND",
        "or",
        "XOR",
        "NOT",
        "-",
        "NEAR/3",
        "ADJ",
        "SEN",
        "PARA",
        "与",
        "非",
        "ti=",
        "ti=(",
        "ad=",
        "=",
        ":",
        ">=",
        "!=",
        "[",
        "]",
        "{",
        "TO",
        "\"",
        "”",
        "*",
        "?",
        ",",
        "，",
        "US",
        "B2",
        "2020",
        "8,926,509",
        "pn=",
        "类型=商标",
        "\\",
        "！",
        "!",
        "status=",
        "claims<",
        "＊",
        "fam=\"a*\"",
        "pn=\"1*\"",
        "石墨*",
        "ab*c,",
        "第9类",
        "nice=",
        "loc=",
        "“",
        "\\\"",
        "ad=[2020 TO",
        "同句",
        "&",
        "|",
        "ipc==",
        "pa==",
        "ti==(",
        "sound=",
        "pa=(",
        "ipc=H01M 10/05",
        "电池",
        "a.b-c/d",
        "ti=-x",
        "pa=,x;",
    ]);
    (proptest::collection::vec((select(pieces), any::<bool>()), 0..14))
        .prop_map(|parts| parts.into_iter().flat_map(|(part, space)| [part, if space { " " } else { "" }]).collect())
}

fn stands(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(query) => {
            let written = canonical(&query);
            match parse(&written) {
                Ok(again) => prop_assert_eq!(again, query.clone(), "{} → {}", text, written),
                Err(mistake) => prop_assert!(false, "{text} → {written}\n{mistake}"),
            }
            if let Some(rows) = rows(&query) {
                let text = from_rows(&rows)
                    .map_err(|(row, mistake)| TestCaseError::fail(format!("{rows:?} {row}: {mistake}")))?;
                let again = parse(&text);
                prop_assert_eq!(again.as_ref(), Ok(&query), "{:?}", rows);
            }
            for leaf in leaves(&query) {
                prop_assert!(text.get(leaf.place.clone()).is_some_and(|place| !place.is_empty()), "{text}: {leaf:?}");
                let alone = parse(&leaf.canonical());
                prop_assert_eq!(alone.as_ref().ok(), Some(&Query::Leaf(leaf.clone())), "{}", leaf.canonical());
            }
        }
        Err(mistake) => {
            prop_assert!(text.get(mistake.place.clone()).is_some(), "{text}: {:?}", mistake.place);
            for tongue in [Tongue::Chinese, Tongue::English] {
                prop_assert!(!mistake.message(tongue).is_empty());
            }
        }
    }
    Ok(())
}

proptest! {
    /// A tree written and read is the same tree.
    #[test]
    fn trees_come_back(query in tree()) {
        let written = canonical(&query);
        let again = parse(&written);
        prop_assert_eq!(again.as_ref().ok(), Some(&query), "{}", written);
    }

    /// A line near the language is understood and comes back, or is a mistake with a place.
    #[test]
    fn lines_near_the_language_are_answered(line in line()) {
        stands(&line)?;
    }

    /// So is any text at all.
    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        stands(&text)?;
    }

    /// And any text of the language's own marks.
    #[test]
    fn marks_are_answered(text in "[ a中0-9\"“”「」()（）\\[\\]{}=:<>!≥＝：*?＊,，;/\\\\.-]{0,40}") {
        stands(&text)?;
    }
}
