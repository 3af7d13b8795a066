use percent_encoding::percent_decode_str;
use query::{Query, parse};

use super::{Links, any};

fn text_of(link: &str) -> String {
    let encoded = link.strip_prefix("/search?q=").expect("an address of the search page");
    assert!(encoded.is_ascii() && !encoded.contains(['&', '#', '+', '"', '<', '=', ' ']), "{encoded}");
    percent_decode_str(encoded).decode_utf8().expect("text").into_owned()
}

#[test]
fn a_link_asks_the_text_and_the_conditions() {
    let texts = ["", "电池", "电池 OR battery", "-a", "a XOR b", "“a b” NEAR/3 c", "US 8,926,509", "pa=华为 ad=2020"];
    let clauses = ["ad=2020", "pa==\"Blue \\\"Sky\\\" Ltd.\"", "class=H01M", "(re=广东 OR re=Guangdong)", "NOT pa=*"];
    for text in texts {
        let links = Links::of(text);
        assert!(links.before.is_some(), "the quick way serves {text}");
        assert_eq!(text_of(&links.all()), text);
        for clause in clauses {
            let asked = parse(&text_of(&links.to(&[clause]))).expect("a link can be followed");
            let wanted = match (parse(text).expect("text"), parse(clause).expect("clause")) {
                (Query::All, clause) => clause,
                (text, _) if query::has_clause(&query::canonical(&text), clause) => text,
                (text, clause) => Query::and(text, clause),
            };
            assert_eq!(asked, wanted, "{text} with {clause}");
        }
    }
}

#[test]
fn two_conditions_are_both_asked() {
    let link = Links::of("电池 OR battery").to(&["pa==晨光", "ad=2020"]);
    assert_eq!(text_of(&link), "(电池 OR battery) AND pa==晨光 AND ad=2020");
}

#[test]
fn a_condition_that_is_there_is_not_put_twice() {
    assert_eq!(text_of(&Links::of("电池 ad=2020").to(&["ad=2020"])), "电池 ad=2020");
}

#[test]
fn several_conditions_make_one_of_any() {
    assert_eq!(any(&["re=广东".to_owned()]), "re=广东");
    assert_eq!(any(&["re=广东".to_owned(), "re=Guangdong".to_owned()]), "(re=广东 OR re=Guangdong)");
}
