//! The documentation tells the whole language.

use crate::{Field, FieldKind, Query, Tongue, Value, field_table, leaves, parse};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/query-language.md");
    std::fs::read_to_string(path).expect("docs/query-language.md")
}

#[test]
fn every_field_is_in_the_documentation() {
    let page = page();
    for tongue in [Tongue::English, Tongue::Chinese] {
        let table = field_table(tongue);
        assert!(page.contains(&table), "docs/query-language.md must hold this table:\n{table}");
    }
}

#[test]
fn every_operator_is_in_the_documentation() {
    let page = page();
    for sign in [
        "`AND`",
        "`OR`",
        "`NOT`",
        "`XOR`",
        "`与`",
        "`且`",
        "`或`",
        "`非`",
        "`异或`",
        "`&`",
        r"`\|`",
        "`-`",
        "`NEAR/n`",
        "`ADJ/n`",
        "`SEN`",
        "`PARA`",
        "`邻近/n`",
        "`顺序/n`",
        "`同句`",
        "`同段`",
        "`=`",
        "`:`",
        "`==`",
        "`!=`",
        "`>`",
        "`<`",
        "`>=`",
        "`<=`",
        "`*`",
        "`?`",
        "`[a TO b]`",
        "`{a TO b}`",
    ] {
        assert_eq!(page.matches(sign).count().min(2), 2, "{sign} must be told in English and in Chinese");
    }
}

#[test]
fn every_name_of_other_spellings_is_in_the_documentation() {
    let page = page();
    let cql = crate::foreign::cql::FIELDS.iter().map(|(name, _)| format!("`{name}=`"));
    let brs = crate::foreign::brs::INDEXES.iter().map(|(code, _)| format!("`.{code}.`"));
    for name in cql.chain(brs) {
        assert!(page.matches(&name).count() >= 2, "{name} must be told in English and in Chinese");
    }
}

#[test]
fn every_example_is_right() {
    for field in Field::ALL {
        let query = parse(field.example()).unwrap();
        assert!(leaves(&query).iter().all(|leaf| leaf.field == Some(*field)), "{}", field.example());
    }
    // Lines that stand alone in the page's examples.
    for line in
        page().split("```text\n").skip(1).flat_map(|block| block.split("```").next().unwrap_or_default().lines())
    {
        let query = line.split("  #").next().unwrap_or_default();
        assert!(parse(query).is_ok(), "{query}");
    }
}

#[test]
fn every_kind_of_field_takes_any_value() {
    for field in Field::ALL {
        let query = parse(&format!("{}=*", field.chinese())).unwrap();
        assert!(matches!(&query, Query::Leaf(leaf) if leaf.value == Value::Present), "{field:?}");
        let ordered = matches!(field.kind(), FieldKind::Date | FieldKind::Count);
        assert_eq!(parse(&format!("{}>2020", field.code())).is_ok(), ordered, "{field:?}");
    }
}
