//! A line takes conditions up and gives them back.

use proptest::prelude::*;
use proptest::sample::select;

use crate::{Field, clause, has_clause, parse, with_clause, with_only, without_clause};

#[test]
fn a_clause_joins_the_line_as_typed() {
    for (text, clause, wanted) in [
        ("", "status=in-force", "status=in-force"),
        ("  ", "status=in-force", "status=in-force"),
        ("*", "status=in-force", "status=in-force"),
        ("石墨烯，电池。", "status=in-force", "石墨烯，电池。 AND status=in-force"),
        ("a 或 b", "nice=9", "(a 或 b) AND nice=9"),
        ("a XOR b", "nice=9", "(a XOR b) AND nice=9"),
        ("ti=(a OR b)", "nice=9", "(ti=(a OR b)) AND nice=9"),
        ("a OR b", "nice=9 OR nice=10", "(a OR b) AND (nice=9 OR nice=10)"),
        ("", "nice=9 OR nice=10", "nice=9 OR nice=10"),
        ("-a", "-nice=9", "-a AND -nice=9"),
        ("状态=有效 电池", "status=有效", "状态=有效 电池"),
        ("状态=有效", "status=in-force", "状态=有效 AND status=in-force"),
        ("a (", "nice=9", "a ("),
        ("a", "nice=99", "a"),
        ("a", "", "a"),
        ("US 8,926,509", "nice=9", "US 8,926,509 AND nice=9"),
        ("“a b” -", "nice=9", "“a b” - AND nice=9"),
    ] {
        assert_eq!(with_clause(text, clause), wanted, "{text} with {clause}");
    }
}

#[test]
fn a_clause_leaves_the_line_as_typed() {
    for (text, clause, wanted) in [
        ("status=in-force", "status=in-force", ""),
        ("石墨烯，电池。 AND status=in-force", "status=in-force", "石墨烯，电池"),
        ("状态=有效 石墨烯", "status=有效", "石墨烯"),
        ("a status=有效 b", "status=有效", "a b"),
        ("a AND status=有效 b 与 c", "status=有效", "a b 与 c"),
        ("(a 或 b) AND nice=9", "nice=9", "a 或 b"),
        ("((a b)) AND nice=9", "nice=9", "(a b)"),
        ("(a nice=9) c", "nice=9", "a c"),
        ("pa=(华为 中兴)", "pa=中兴", "pa=华为"),
        ("a OR nice=9", "nice=9", "a OR nice=9"),
        ("a AND (b OR nice=9)", "nice=9", "a AND (b OR nice=9)"),
        ("a AND (nice=9 OR nice=10)", "nice=9 OR nice=10", "a"),
        ("a -nice=9", "nice=9", "a -nice=9"),
        ("a -nice=9", "NOT nice=9", "a"),
        ("ti=a NEAR/3 b nice=9", "nice=9", "ti=a NEAR/3 b"),
        ("US nice=9 8926509", "nice=9", "US AND 8926509"),
        ("nice=9 nice=09 a", "nice=9", "a"),
        ("a (", "nice=9", "a ("),
        ("a", "nice=9", "a"),
        ("* nice=9", "nice=9", "*"),
    ] {
        assert_eq!(without_clause(text, clause), wanted, "{text} without {clause}");
    }
}

#[test]
fn one_demand_on_a_field_takes_the_place_of_others() {
    for (text, clause, wanted) in [
        ("电池", "right=trademark", "电池 AND right=trademark"),
        ("电池 类型=发明", "right=trademark", "电池 AND right=trademark"),
        ("right=(invention OR design) 电池 -right=gi", "right=trademark", "电池 AND right=trademark"),
        ("电池 类型=发明", "", "电池"),
        ("right=design", "right=gi", "right=gi"),
        ("right=design", "", ""),
        ("电池 OR right=design", "right=gi", "(电池 OR right=design) AND right=gi"),
        ("电池 (", "right=gi", "电池 ("),
        ("电池 right=gi", "right=nonsense", "电池 right=gi"),
    ] {
        assert_eq!(with_only(text, Field::Right, clause), wanted, "{text} with only {clause}");
    }
}

#[test]
fn values_become_clauses() {
    for (field, value, wanted) in [
        (Field::Applicant, "华为技术有限公司", "pa==华为技术有限公司"),
        (Field::Inventor, "Wei, Z.", "in==\"Wei, Z.\""),
        (Field::Owner, r#"A "B" * (C)"#, r#"ow=="A \"B\" * (C)""#),
        (Field::Status, "in-force", "status=in-force"),
        (Field::FilingDate, "2020", "ad=2020"),
        (Field::Class, "H01M10/05", "class=H01M10/05"),
        (Field::Region, "New York", "re=\"New York\""),
        (Field::Sound, "hui zhi", "sound=\"hui zhi\""),
    ] {
        let text = clause(field, value);
        assert_eq!(text, wanted);
        assert!(parse(&text).is_ok(), "{text}");
    }
}

const LINES: &[&str] = &[
    "",
    "*",
    "石墨烯",
    "a b",
    "a OR b",
    "(a OR b)",
    "a XOR b",
    "-a",
    "a，b。",
    "ti=(a b)",
    "ti=(a NEAR/3 b)",
    "(a (b OR c)) d",
    "US 8,926,509",
    "US",
    "8926509",
    "“a b”",
    "ad=[2020 TO 2021]",
    "pa=(x OR y) -z",
    "((a))",
    "* NOT a",
    "a -",
    "NOT (a b)",
];
const CLAUSES: &[&str] =
    &["status=in-force", "pa==\"A, B\"", "NOT nice=9", "nice=9 OR nice=10", "ad=2020", "(loc=14-02)", "tech=8 kind=A"];

proptest! {
    /// What was added can be taken away, and adding twice is adding once.
    #[test]
    fn clauses_come_and_go(lines in proptest::collection::vec(select(LINES), 0..3), added in select(CLAUSES), more in select(CLAUSES)) {
        let text = lines.join(" ");
        prop_assume!(parse(&text).is_ok());
        let with = with_clause(&text, added);
        prop_assert!(has_clause(&with, added), "{text} → {with}");
        prop_assert_eq!(with_clause(&with, added), with.clone());
        let both = with_clause(&with, more);
        if added != more {
            let without = without_clause(&both, added);
            prop_assert!(!has_clause(&without, added) && has_clause(&without, more), "{both} → {without}");
        }
        let without = without_clause(&with, added);
        let (again, before) = (parse(&without).unwrap(), parse(&text).unwrap());
        prop_assert_eq!(again, before, "{} → {} → {}", text, with, without);
    }

    /// Whatever the texts are, nothing breaks, and what is understood stays understood.
    #[test]
    fn any_texts_may_meet(text in "[ a中\"()（）\\[\\]:=*?,-]{0,20}", clause in "[ a中\"()=*-]{0,12}") {
        for changed in [with_clause(&text, &clause), without_clause(&text, &clause), with_only(&text, Field::Title, &clause)] {
            if parse(&text).is_ok() {
                prop_assert!(parse(&changed).is_ok(), "{text} and {clause} → {changed}");
            } else {
                prop_assert_eq!(&changed, &text);
            }
        }
    }

    /// Any name is a clause that means the name.
    #[test]
    fn any_name_is_a_clause(name in "[a中\"“”\\\\()*?,.&' -]{0,20}x") {
        let text = clause(Field::Applicant, &name);
        let query = parse(&text).unwrap();
        let value = crate::Value::Text(crate::Pattern::Whole(name.trim().to_owned()));
        prop_assert!(matches!(&query, crate::Query::Leaf(leaf) if leaf.value == value), "{text}: {query:?}");
    }
}
