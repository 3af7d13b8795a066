//! Every mistake has a place, a sentence in both languages and, where one is near, a better spelling.

use crate::{Expected, Mistake, Tongue, parse};

fn mistake(text: &str) -> Mistake {
    match parse(text) {
        Ok(query) => panic!("{text} was understood: {query:?}"),
        Err(mistake) => mistake,
    }
}

/// Line, what is wrong in it, the suggestion, Chinese and English sentence.
const MISTAKES: &[(&str, &str, Option<&str>, &str, &str)] = &[
    (
        "申情人=华为",
        "申情人",
        Some("申请人=华为"),
        "没有名为“申情人”的字段；若要检索这些字符本身，请加引号",
        "there is no field «申情人»; to search these characters, put them in quotes",
    ),
    (
        "石墨烯申请人=华为",
        "石墨烯申请人",
        Some("石墨烯 申请人=华为"),
        "没有名为“石墨烯申请人”的字段；若要检索这些字符本身，请加引号",
        "there is no field «石墨烯申请人»; to search these characters, put them in quotes",
    ),
    ("=华为", "=", None, "“=”前面应有字段名", "«=» needs the name of a field before it"),
    (
        "ti=(a pa=b)",
        "pa",
        None,
        "字段“pa”不能写在另一个字段的括号里",
        "the field «pa» cannot stand inside the brackets of another field",
    ),
    ("ti=", "", None, "字段后面缺少要检索的值", "the field has no value"),
    ("ti=(a OR (b c", "(", Some("ti=(a OR (b c))"), "左括号没有对应的右括号", "this bracket is never closed"),
    ("a) b", ")", Some("a b"), "多出的右括号“)”", "«)» closes no bracket"),
    (
        "苯并[a]芘",
        "[",
        None,
        "“[”只用于日期或数量字段的范围；若要检索这个字符，请加引号",
        "«[» belongs to ranges of dates and counts; to search it, use quotes",
    ),
    ("“固态", "“固态", Some("“固态\""), "引号没有闭合", "this quotation mark is never closed"),
    ("a AND", "", Some("a"), "式子到此中断，运算符后面缺少条件", "the query ends where a condition should follow"),
    ("a OR AND b", "AND", None, "“AND”前后应各有一个条件", "«AND» needs a condition on either side"),
    ("()", ")", None, "“)”前后应各有一个条件", "«)» needs a condition on either side"),
    ("pa>华为", ">", Some("pa=华为"), "字段“申请人”不能比较大小", "the field «applicant» cannot be compared"),
    (
        "ab==电池",
        "==",
        Some("ab=电池"),
        "“==”用于分类号、名称（ti）和人名机构名；要逐字检索，请把文字放在引号里",
        "«==» is for classes, titles and names; for exact text use quotes",
    ),
    (
        "pa==华为*",
        "华为*",
        Some("pa==\"华为*\""),
        "“==”要的是整个值，不用通配符；若要检索这些字符本身，请加引号",
        "«==» asks for the whole value and takes no wildcard; to ask for these characters, use quotes",
    ),
    (
        "pa==华为 NEAR pa=技术",
        "NEAR",
        None,
        "“==”要的是整个值，不能用于 NEAR、ADJ、SEN、PARA",
        "«==» asks for the whole value, so NEAR, ADJ, SEN and PARA cannot take it",
    ),
    (
        "sound=hui*",
        "hui*",
        None,
        "按读音检索须写完整的词，不用通配符",
        "words that sound alike are asked for by whole words, without wildcards",
    ),
    (
        "读音=(惠 ADJ 知)",
        "ADJ",
        None,
        "按读音检索不能用于 NEAR、ADJ、SEN、PARA",
        "words that sound alike cannot be asked for by NEAR, ADJ, SEN and PARA",
    ),
    ("ti=[a TO b]", "[", None, "范围只用于日期和数量字段", "only dates and counts have ranges"),
    ("ad=[2020", "[2020", Some("ad=[2020 TO *]"), "“[2020”不是完整的范围", "«[2020» is not a complete range"),
    (
        "ad=[2020 TO 2021",
        "[2020 TO 2021",
        Some("ad=[2020 TO 2021]"),
        "“[2020 TO 2021”不是完整的范围",
        "«[2020 TO 2021» is not a complete range",
    ),
    (
        "ad=[2023 TO 2020]",
        "2023 TO 2020",
        Some("ad=[2020 TO 2023]"),
        "“2023 TO 2020”的起点在终点之后，没有可取的值",
        "«2023 TO 2020» starts after its end, so it holds no value",
    ),
    ("pn=号码", "号码", None, "“号码”不像任何一局的号码", "«号码» is not a number of any office"),
    ("ad=2020-13", "2020-13", None, "“2020-13”不是日期", "«2020-13» is not a date"),
    ("ad=2020-2023", "2020-2023", Some("ad=[2020 TO 2023]"), "“2020-2023”不是日期", "«2020-2023» is not a date"),
    (
        "claims=电池",
        "电池",
        Some("cl=电池"),
        "这个字段是数量，“电池”不是整数",
        "this field counts, and «电池» is not a whole number",
    ),
    ("ipc=电池", "电池", None, "“电池”不是“国际专利分类”的分类号", "«电池» is not a symbol of the IPC"),
    ("nice=46", "46", None, "“46”不是“尼斯分类”的分类号", "«46» is not a symbol of the Nice classification"),
    (
        "status=pendng",
        "pendng",
        Some("status=pending"),
        "“状态”没有“pendng”这个值",
        "«pendng» is not a value of «legal_status»",
    ),
    (
        "ti=*科技*",
        "*科技*",
        Some("ti=科技"),
        "通配符只有在名称和号码字段才能放在词首；中文词不加通配符也能在任何位置找到",
        "a wildcard may start a word only in names and numbers; Chinese words are found anywhere without one",
    ),
    (
        "g*",
        "g*",
        None,
        "通配符前至少要有两个字母或数字",
        "at least two letters or digits must stand before the wildcard",
    ),
    ("solid-st*", "solid-st*", Some("(solid ADJ st*)"), "通配符只在一个词之内有效", "a wildcard works within one word"),
    (
        "status=in*",
        "in*",
        None,
        "这个字段不支持通配符；field=* 表示有值",
        "this field takes no wildcard; field=* asks for any value",
    ),
    (
        "a NEAR (b AND c)",
        "NEAR",
        None,
        "NEAR、ADJ、SEN、PARA 两边只能是词语，或用 OR 连接的词语",
        "NEAR, ADJ, SEN and PARA stand between words, or words joined by OR",
    ),
    (
        "ti=a SEN ab=b",
        "SEN",
        None,
        "NEAR、ADJ、SEN、PARA 两边须属于同一个文本或名称字段",
        "both sides of NEAR, ADJ, SEN and PARA must be in one text or name field",
    ),
    (
        "a NEAR/0 b",
        "NEAR/0",
        Some("a NEAR/5 b"),
        "“NEAR/0”的间隔应为 1 到 999",
        "the distance in «NEAR/0» must be 1 to 999",
    ),
    ("，—。", "，—。", None, "这里没有可检索的文字或数字", "there is no letter or digit here to search for"),
    ("\"，\"", "\"，\"", None, "这里没有可检索的文字或数字", "there is no letter or digit here to search for"),
];

#[test]
fn mistakes_are_told_in_both_languages() {
    for (text, found, suggestion, chinese, english) in MISTAKES {
        let mistake = mistake(text);
        assert_eq!(mistake.found, *found, "{text}");
        assert_eq!(&text[mistake.place.clone()], *found, "{text}");
        assert_eq!(mistake.suggestion.as_deref(), *suggestion, "{text}");
        assert_eq!(mistake.sentence(Tongue::Chinese), *chinese, "{text}");
        assert_eq!(mistake.sentence(Tongue::English), *english, "{text}");
        assert!(!mistake.expected.is_empty() && !mistake.code().is_empty(), "{text}");
        if let Some(suggestion) = suggestion {
            assert!(parse(suggestion).is_ok(), "{suggestion}");
        }
    }
}

#[test]
fn the_message_shows_the_place() {
    let message = mistake("石墨烯 申情人=华为").message(Tongue::Chinese);
    let wanted = "没有名为“申情人”的字段；若要检索这些字符本身，请加引号\n  石墨烯 申情人=华为\n         ^^^^^^\n\
                  应为：字段名，如 ti 名称 pa 申请人\n试试：石墨烯 申请人=华为";
    // The line is indented by two, `石墨烯 ` takes seven columns.
    assert_eq!(message, wanted);
    let message = mistake("ti=a AND").message(Tongue::English);
    let wanted = "the query ends where a condition should follow\n  ti=a AND\n          ^\n\
                  expected: a word, a field or a bracket\ntry: ti=a";
    assert_eq!(message, wanted);
    let long = format!("{} pa>b {}", "x ".repeat(100), "y ".repeat(100));
    let (line, carets) = mistake(&long).excerpt();
    assert!(line.starts_with('…') && line.ends_with('…') && line.chars().count() < 90);
    assert_eq!(line.chars().nth(carets.len() - 1), Some('>'));
}

#[test]
fn the_place_is_told_in_characters_too() {
    assert_eq!(mistake("石墨烯 申情人=华为").place_in_characters(), 4..7);
    assert_eq!(mistake("石墨烯 AND").place_in_characters(), 7..7);
}

#[test]
fn limits_are_mistakes_not_crashes() {
    for hostile in [
        "(".repeat(60_000),
        "-".repeat(60_000),
        "NOT ".repeat(15_000),
        "a XOR ".repeat(9_000),
        "a NEAR ".repeat(8_000),
        "ti=(".repeat(10_000),
        "\"".repeat(60_001),
        "[".repeat(60_000),
        "\\".repeat(60_000),
        "a ".repeat(3_000),
        "((a OR b) NOT ".repeat(127) + &")".repeat(127),
        "x".repeat(70_000),
        format!("{}a{}", "(a OR a XOR a AND a PARA a SEN a NEAR ".repeat(128), ")".repeat(128)),
    ] {
        let mistake = mistake(&hostile);
        assert!(mistake.message(Tongue::English).len() < hostile.len() + 1_000);
    }
    assert_eq!(mistake(&"x ".repeat(2_001)).expected, [Expected::Less]);
    assert!(parse(&"x ".repeat(2_000)).is_ok());
    // What is accepted must be accepted again in canonical text, which can be longer.
    let pasted = format!("ti=({})", "二十个汉字的词一二三四五六七八九十 ".repeat(1_200));
    assert!(parse(&pasted).map_or(true, |query| parse(&crate::canonical(&query)) == Ok(query)));
    assert!(parse(&format!("{}a{}", "(".repeat(128), ")".repeat(128))).is_ok());
    assert_eq!(mistake(&format!("{}a{}", "(".repeat(129), ")".repeat(129))).expected, [Expected::Less]);
}
