//! Lines of other searchers, told by what this site understands.

use proptest::prelude::*;
use proptest::sample::select;

use crate::{Spelling, Tongue, canonical, leaves, parse, parse_as};

#[track_caller]
fn table(spelling: Spelling, rows: &[(&str, &str)]) {
    for (text, meaning) in rows {
        match parse_as(text, spelling) {
            Ok(query) => assert_eq!(canonical(&query), *meaning, "of: {text}"),
            Err(mistake) => panic!("{text}\n{mistake}"),
        }
    }
}

#[test]
fn cql_fields() {
    table(
        Spelling::Cql,
        &[
            ("", "*"),
            ("ti=battery", "ti=battery"),
            ("TI = \"mouse trap\"", "ti=\"mouse trap\""),
            ("ab=battery", "ab=battery"),
            ("ta=\"laser printer\"", "ti=\"laser printer\" OR ab=\"laser printer\""),
            ("txt=laser", "ti=laser OR ab=laser OR in=laser OR pa=laser"),
            ("ctxt=laser", "ti=laser OR ab=laser OR cl=laser"),
            ("ftxt=laser", "ti=laser OR ab=laser OR cl=laser OR de=laser"),
            ("desc=lens claims=laser", "de=lens AND cl=laser"),
            ("pa=siemens", "pa=siemens"),
            ("ia=Apple", "in=Apple OR pa=Apple"),
            ("in=\"Ries Klaus\"", "in=\"Ries Klaus\""),
            ("pa==\"SIEMENS AG\"", "pa==\"SIEMENS AG\""),
            ("pa exact \"SIEMENS AG\"", "pa==\"SIEMENS AG\""),
            ("pa<>siemens", "NOT pa=siemens"),
            ("pn=EP1000000", "pn=EP1000000"),
            ("pn=ep", "office=ep"),
            ("pr=EP", "pr=EP*"),
            ("pn=EP10*", "pn=EP10*"),
            ("pn=\"EP100000#\"", "pn=EP100000?"),
            ("ap=jp19890234567", "pn=jp19890234567"),
            ("pr=ep20050104792", "pr=ep20050104792"),
            ("num=ep1000000", "pn=ep1000000 OR pr=ep1000000"),
            ("ct=ep1000000", "ct=ep1000000"),
            ("famn=12345", "fam=12345"),
        ],
    );
}

#[test]
fn cql_classes_and_dates() {
    table(
        Spelling::Cql,
        &[
            ("cpc=A61K31/13", "cpc==A61K31/13"),
            ("cpc=\"A61K31/13\"", "cpc==A61K31/13"),
            ("cpc=/low A61K31/13", "cpc=A61K31/13"),
            ("cpc/low=A61K31/13", "cpc=A61K31/13"),
            ("cpc=A61K31/13/low", "cpc=A61K31/13"),
            ("cpc=A61K", "cpc=A61K"),
            ("ipc=A63B49/08", "ipc==A63B49/08"),
            ("cl=C10J3", "class=C10J3/00"),
            ("cpc=C10J3/*", "cpc=C10J3/00"),
            ("cpc any \"A61K31/13 A61K31/14\"", "cpc==A61K31/13 OR cpc==A61K31/14"),
            ("cpc=/low (A61K31/13 or A61K9/00)", "cpc=A61K31/13 OR cpc=A61K9/00"),
            ("pd=2005", "pd=2005"),
            ("pd=20080107", "pd=2008-01-07"),
            ("pd=\"07/01/2008\"", "pd=2008-01-07"),
            ("pd=07/01/2008", "pd=2008-01-07"),
            ("pd=07.01.2008", "pd=2008-01-07"),
            ("pd within \"20050101 20061231\"", "pd=[2005-01-01 TO 2006-12-31]"),
            ("pd within \"2005, 2006\"", "pd=[2005-01-01 TO 2006-12-31]"),
            ("pd within 2005,2006", "pd=[2005-01-01 TO 2006-12-31]"),
            ("pd >=2005", "pd>=2005-01-01"),
            ("pd<=200506", "pd<=2005-06-30"),
            ("pd<>2005", "NOT pd=2005"),
            ("ad within \"2005 2005\"", "ad=2005"),
            ("20110316", "pd=2011-03-16"),
            ("Siemens EP1000000", "Siemens AND EP1000000"),
            ("H01M10/0525", "class=H01M10/0525"),
        ],
    );
}

#[test]
fn cql_words_and_operators() {
    table(
        Spelling::Cql,
        &[
            ("mouse trap", "mouse AND trap"),
            ("\"laser scanning microscope\"", "\"laser scanning microscope\""),
            ("ti any \"motor engine\"", "ti=motor OR ti=engine"),
            ("ti all \"paint brush hair\"", "ti=paint AND ti=brush AND ti=hair"),
            ("ta any \"a b\"", "ti=a OR ab=a OR ti=b OR ab=b"),
            ("ta all \"a b\"", "(ti=a OR ab=a) AND (ti=b OR ab=b)"),
            ("ti any motor", "ti=motor"),
            ("all any within", "all AND any AND within"),
            ("a or b and c", "(a OR b) AND c"),
            ("a and b or c", "(a AND b) OR c"),
            ("a not b", "a AND NOT b"),
            ("a or (b and c)", "a OR (b AND c)"),
            ("not a", "NOT a"),
            ("ti=electric motor", "ti=electric AND motor"),
            ("ti=(electric or motor*) and pa=x", "(ti=electric OR ti=motor*) AND pa=x"),
            ("ti=car?", "ti=car OR ti=car?"),
            ("ti=colo??", "ti=colo OR ti=colo? OR ti=colo??"),
            ("ti=wom#n", "ti=wom?n"),
            ("ti=electr*", "ti=electr*"),
            ("ti=\"electric* motor\"", "ti=(electric* ADJ/1 motor)"),
            ("mouse prox/distance<3 trap", "mouse NEAR/2 trap"),
            ("mouse prox/distance<=3 trap", "mouse NEAR/3 trap"),
            ("mouse prox trap", "mouse NEAR/1 trap"),
            ("mouse prox/distance=1 trap", "mouse NEAR/1 trap"),
            ("mouse prox/distance<3/ordered trap", "mouse ADJ/2 trap"),
            ("mouse prox/distance<3/ordered=true trap", "mouse ADJ/2 trap"),
            ("mouse prox/ordered trap", "mouse ADJ/999 trap"),
            ("mouse prox/unit=sentence trap", "mouse SEN trap"),
            ("mouse prox/unit=paragraph trap", "mouse PARA trap"),
            ("ti=mouse prox/distance<3 ti=trap", "ti=(mouse NEAR/2 trap)"),
            ("ti=(mouse prox/distance<3 trap)", "ti=(mouse NEAR/2 trap)"),
            ("ia=Apple prox/ordered ia=Corp", "in=(Apple ADJ/999 Corp) OR pa=(Apple ADJ/999 Corp)"),
            ("(a or b) prox/unit=sentence c", "(a OR b) SEN c"),
            ("a or b prox c", "(a OR b) NEAR/1 c"),
            ("a prox b prox c", "(a NEAR/1 b) NEAR/1 c"),
            ("ti=石墨烯 and pa=“华为 技术”", "ti=石墨烯 AND pa=\"华为 技术\""),
        ],
    );
}

#[test]
fn brs_indexes() {
    table(
        Spelling::Brs,
        &[
            ("radar", "radar OR de=radar"),
            ("radar.ti.", "ti=radar"),
            ("radar[ti]", "ti=radar"),
            ("radar.ti,ab.", "ti=radar OR ab=radar"),
            ("radar[ti, ab]", "ti=radar OR ab=radar"),
            ("(a AND b).clm.", "cl=a AND cl=b"),
            ("(a AND b)[clm]", "cl=a AND cl=b"),
            ("\"a b\".ab.", "ab=\"a b\""),
            ("tube.clms. lens.detd. lens.spec.", "cl=tube OR de=lens OR de=lens"),
            ("smith.inv. AND (john NEAR3 smith).in.", "in=smith AND in=((john NEAR/3 smith) SEN smith)"),
            ("apple.as. OR apple.aanm.", "ow=apple OR pa=apple"),
            ("F16L11/00.cpc.", "cpc==F16L11/00"),
            ("F16L11/$.cpc.", "cpc=F16L11/00"),
            ("F16L.cpca.", "cpc=F16L"),
            ("H01R4/42[cpc,ipc]", "cpc==H01R4/42 OR ipc==H01R4/42"),
            ("(A61K31/13 OR A61K31/14).cpc.", "cpc==A61K31/13 OR cpc==A61K31/14"),
            ("US-11449323-B2.did.", "pn=US-11449323-B2"),
            ("7664130.pn.", "pn=7664130"),
            ("\"7664130\".pn.", "pn=7664130"),
            ("16/123456.ap. 16123456.app.", "pn=16/123456 OR pn=16123456"),
            ("20110811.fd. AND 20110811.apd.", "ad=2011-08-11 AND ad=2011-08-11"),
            ("2006.ay.", "ad=2006"),
            ("\"6108478\".urpn.", "ct=6108478"),
            ("US.aaco.", "co=US"),
            ("3.5 AND U.S.", "(3.5 OR de=3.5) AND (U.S. OR de=U.S.)"),
        ],
    );
}

#[test]
fn brs_dates() {
    table(
        Spelling::Brs,
        &[
            ("@PD>=20240101<=20240131", "pd=2024-01"),
            ("@pd >= 20240101 <= \"20240131\"", "pd=2024-01"),
            ("@AD<20200101", "ad<=2019-12-31"),
            ("@APD=2020", "ad=2020"),
            ("@PY>2020", "pd>=2021-01-01"),
            ("@PD<>2020", "NOT pd=2020"),
            ("@ISD>=1/2/2020", "gd>=2020-02-01"),
            ("a.ti. AND @PD>=20240101", "ti=a AND pd>=2024-01-01"),
        ],
    );
}

#[test]
fn brs_words_and_operators() {
    table(
        Spelling::Brs,
        &[
            ("(cars vehicles).ti.", "ti=cars OR ti=vehicles"),
            ("(a b AND c).ti.", "ti=a OR (ti=b AND ti=c)"),
            ("(a OR b AND c).ti.", "ti=a OR (ti=b AND ti=c)"),
            ("(a AND b NOT c).ti.", "ti=a AND ti=b AND NOT ti=c"),
            ("(a XOR b).ti.", "ti=a XOR ti=b"),
            ("(a ADJ b).ti.", "ti=((a ADJ/1 b) SEN b)"),
            ("(a ADJ3 b).ti.", "ti=((a ADJ/3 b) SEN b)"),
            ("(a adj b adj c).ti.", "ti=(((a ADJ/1 b) ADJ/1 c) SEN c)"),
            ("(a WITH b).ti.", "ti=(a SEN b)"),
            ("(a SAME b).ti.", "ti=(a PARA b)"),
            ("(a ADJ b WITH c SAME d).ti.", "ti=(((a ADJ/1 b) SEN c) PARA d)"),
            ("(a NOT WITH b).ti.", "ti=a AND NOT ti=(a SEN b)"),
            (
                "(nano$ NEAR2 (particle OR abrasive)).ti.",
                "ti=((nano* NEAR/2 (particle OR abrasive)) SEN (particle OR abrasive))",
            ),
            ("polish$2.ti.", "ti=polish OR ti=polish? OR ti=polish??"),
            ("wom?n.ti.", "ti=wom?n"),
            ("nano$.ti.", "ti=nano*"),
            ("\"nano$ particle\".ti.", "ti=(nano* ADJ/1 particle)"),
            ("a ADJ b", "(a ADJ/1 b) SEN b OR de=((a ADJ/1 b) SEN b)"),
            ("(电池 OR 蓄电池).ti.", "ti=电池 OR ti=蓄电池"),
            ("NOT a.ti.", "NOT ti=a"),
        ],
    );
}

/// Spelling, line, what is wrong in it, code and suggestion.
const MISTAKES: &[(Spelling, &str, &str, &str, Option<&str>)] = &[
    (Spelling::Cql, "tu=laser", "tu", "unknown-field", Some("ti=laser")),
    (Spelling::Cql, "cpcc=\"C08F8/30\"", "cpcc", "no-equal", None),
    (Spelling::Cql, "ti=", "", "value-missing", None),
    (Spelling::Cql, "ti=(a or b", "(", "bracket", Some("ti=(a or b)")),
    (Spelling::Cql, "a) b", ")", "bracket", Some("a b")),
    (Spelling::Cql, "\"a b", "\"a b", "quote", Some("\"a b\"")),
    (Spelling::Cql, "a and", "", "condition-missing", Some("a")),
    (Spelling::Cql, "a and or b", "or", "condition-missing", None),
    (Spelling::Cql, "ti>laser", ">", "comparison", Some("ti=laser")),
    (Spelling::Cql, "ab==laser", "==", "comparison", Some("ab=laser")),
    (Spelling::Cql, "pd within \"2005\"", "\"2005\"", "range", None),
    (Spelling::Cql, "pd within \"2006 2005\"", "\"2006 2005\"", "range", Some("pd within \"2005 2006\"")),
    (Spelling::Cql, "ti within \"a b\"", "\"a b\"", "range", None),
    (Spelling::Cql, "pd=2005-13", "2005-13", "date", None),
    (Spelling::Cql, "pn=abc", "abc", "number", None),
    (Spelling::Cql, "cpc=laser", "laser", "class", None),
    (Spelling::Cql, "cpc=A61K31/1*", "A61K31/1*", "no-equal", None),
    (Spelling::Cql, "a and b prox/distance<3 c", "prox/distance<3", "nearness", Some("a and (b prox/distance<3 c)")),
    (Spelling::Cql, "ti=a prox ab=b", "prox", "nearness", None),
    (Spelling::Cql, "a prox/distance=3 b", "distance=3", "no-equal", Some("a prox/distance<=3 b")),
    (Spelling::Cql, "a prox/distance>3 b", "distance>3", "nearness", None),
    (Spelling::Cql, "a prox/fuzzy b", "fuzzy", "no-equal", None),
    (Spelling::Cql, "a prox/unit=element b", "/unit=element", "no-equal", None),
    (Spelling::Cql, "a prox/unit=sentence/ordered b", "/unit=sentence/ordered", "no-equal", None),
    (Spelling::Cql, "ti=*motor", "*motor", "wildcard", Some("ti=motor")),
    (Spelling::Cql, "ti=m??????????????????????????????????", "m??????????????????????????????????", "wildcard", None),
    (Spelling::Cql, "ti=(ab=x)", "ab", "field-inside-field", None),
    (Spelling::Brs, "wafer.tx.", ".tx.", "unknown-field", Some("wafer.ti.")),
    (Spelling::Brs, "138/26.ccls.", ".ccls.", "no-equal", None),
    (Spelling::Brs, "ti=wafer", "ti", "no-equal", None),
    (Spelling::Brs, "a WITH3 b", "WITH3", "no-equal", Some("a WITH b")),
    (Spelling::Brs, "a ADJ0 b", "ADJ0", "nearness", None),
    (Spelling::Brs, "a AND", "", "condition-missing", Some("a")),
    (Spelling::Brs, "(a AND b", "(", "bracket", Some("(a AND b)")),
    (Spelling::Brs, "(a AND b).ti. ADJ c", "ADJ", "nearness", None),
    (Spelling::Brs, "a.ti. ADJ b.ab.", "ADJ", "nearness", None),
    (Spelling::Brs, "(a.ti. AND b).ab.", ".ti.", "field-inside-field", None),
    (Spelling::Brs, "@PD", "", "value-missing", None),
    (Spelling::Brs, "@PD>=2024<=2020", "@PD>=2024<=2020", "range", None),
    (Spelling::Brs, "@PD>=soon", "soon", "date", None),
    (Spelling::Brs, "@TI=2020", "@TI", "range", None),
    (Spelling::Brs, "(a ADJ b).cpc.", "ADJ", "nearness", None),
    (Spelling::Brs, "polish$99.ti.", "polish$99", "wildcard", None),
];

#[test]
fn mistakes_of_other_spellings_have_a_place() {
    for (spelling, text, found, code, suggestion) in MISTAKES {
        let mistake = match parse_as(text, *spelling) {
            Ok(query) => panic!("{text} was understood: {}", canonical(&query)),
            Err(mistake) => mistake,
        };
        assert_eq!((mistake.found.as_str(), mistake.code()), (*found, *code), "{text}");
        assert_eq!(mistake.suggestion.as_deref(), *suggestion, "{text}");
        for tongue in [Tongue::Chinese, Tongue::English] {
            assert!(!mistake.message(tongue).is_empty() && !mistake.expected.is_empty(), "{text}");
        }
    }
}

#[test]
fn hostile_lines_are_mistakes_not_crashes() {
    for spelling in [Spelling::Cql, Spelling::Brs] {
        for hostile in [
            "(".repeat(60_000),
            "a AND ".repeat(10_000),
            "a ADJ ".repeat(10_000),
            "a prox ".repeat(9_000),
            "NOT ".repeat(15_000),
            "a AND b OR ".repeat(5_000),
            "ti=(".repeat(10_000),
            "\"".repeat(60_001),
            "[".repeat(60_000),
            "a???? ".repeat(9_000),
            "a$9 ".repeat(9_000),
            "nftxt=a$9 ".repeat(1_999),
            format!("{}a{}", "(a NOT ADJ ".repeat(120), ")".repeat(120)),
            "(a NOT WITH b) OR ".repeat(9_000) + "a",
            format!("{}a.ti.{}", "(".repeat(90), " NOT ADJ b prox c)".repeat(90)),
            "x".repeat(70_000),
        ] {
            assert!(parse_as(&hostile, spelling).is_err(), "{}", &hostile[..40]);
        }
    }
}

fn stands(text: &str, spelling: Spelling) -> Result<(), TestCaseError> {
    match parse_as(text, spelling) {
        Ok(query) => {
            let written = canonical(&query);
            let again = parse(&written);
            prop_assert_eq!(again.as_ref(), Ok(&query), "{} → {}", text, written);
            for leaf in leaves(&query) {
                prop_assert!(text.get(leaf.place.clone()).is_some_and(|place| !place.is_empty()), "{text}: {leaf:?}");
            }
        }
        Err(mistake) => {
            prop_assert!(mistake.code() != "limit" || text.len() > 300, "{text}: {mistake}");
            prop_assert!(text.get(mistake.place.clone()).is_some(), "{text}: {:?}", mistake.place);
            for tongue in [Tongue::Chinese, Tongue::English] {
                prop_assert!(!mistake.message(tongue).is_empty());
            }
            if let Some(better) = &mistake.suggestion {
                prop_assert!(parse_as(better, spelling).is_ok(), "{text} → {better}");
            }
        }
    }
    Ok(())
}

const PIECES: &[&str] = &[
    "a",
    "石墨烯",
    "\"a b\"",
    "wom?n",
    "nano*",
    "polish$2",
    "car#",
    "8926509",
    "EP1000000",
    "-x",
    "OR",
    "and",
    "NOT",
    "XOR",
    "(",
    ")",
    "(",
    ")",
    "ADJ",
    "NEAR3",
    "WITH",
    "SAME",
    "prox/distance<3",
    "prox/ordered",
    "prox/unit=sentence",
    "prox",
    "ti=",
    "ta=",
    "pa==",
    "txt=",
    "pn=",
    "cpc=",
    "cpc=/low",
    "pd within",
    "pd>=",
    "\"2005 2006\"",
    "any",
    "all",
    "2020",
    "A61K31/13",
    ".ti.",
    ".ti,ab.",
    "[clm]",
    ".pn.",
    ".cpc.",
    ".fd.",
    "@PD",
    ">=",
    "<=",
    "=",
    "20240101",
    "<>",
    "\"",
    "“",
    ",",
    "；",
    ".",
    "[",
    "]",
    "*",
    "?",
    "$",
    "H01M10/0525",
    "3.5",
    "not",
    "/low",
    "ti=a",
    "a.b-c/d",
    "非",
    "\"n$ b\"",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// A line near these languages is understood, and its text in our own words means the same; or it is a mistake
    /// with a place.
    #[test]
    fn lines_near_other_spellings_are_answered(
        parts in proptest::collection::vec((select(PIECES), any::<bool>()), 0..10),
        spelling in select(&[Spelling::Cql, Spelling::Brs][..]),
    ) {
        let text: String = parts.into_iter().flat_map(|(part, space)| [part, if space { " " } else { "" }]).collect();
        stands(&text, spelling)?;
    }

    /// So is any text at all.
    #[test]
    fn any_text_in_another_spelling_is_answered(text in any::<String>(), spelling in select(&[Spelling::Cql, Spelling::Brs][..])) {
        stands(&text, spelling)?;
    }
}
