//! What the codes of problem documents mean; each has an anchor to which its `type` leads.

/// Codes of requests: code, status, Chinese and English meaning.
pub(super) const REQUESTS: &[(&str, u16, &str, &str)] = &[
    ("wrong-request", 400, "请求有误；title 写明哪里不对", "The request is wrong; title says where"),
    (
        "wrong-parameter",
        400,
        "参数有误；title 写明哪个参数、应为什么",
        "A parameter is wrong; title says which and what was expected",
    ),
    ("wrong-page-mark", 400, "after 不是本站给出的翻页标记", "after is no page mark that was given here"),
    ("not-found", 404, "没有这个地址，或库中没有这项权利", "There is no such address or right"),
    (
        "ambiguous-number",
        400,
        "号码符合几项权利；detail 列出它们的标识",
        "The number fits several rights; detail lists their ids",
    ),
    ("method-not-allowed", 405, "这个地址不支持这种请求方法", "The address does not take this method"),
    ("too-large", 413, "提交的内容太大", "What was sent is too large"),
    ("unsupported-media-type", 415, "不接受这种类型的内容", "Content of this type is not taken"),
    (
        "too-many-requests",
        429,
        "请求过于频繁；Retry-After 写明等几秒",
        "Too many requests; Retry-After says how many seconds to wait",
    ),
    ("internal-error", 500, "本站的故障，已记入日志", "A fault here; it has been logged"),
];

/// Codes of mistakes in a query, all answered with 400: code, Chinese and English meaning, a query that has it.
pub(super) const MISTAKES: &[(&str, &str, &str, &str)] = &[
    ("unknown-field", "没有这个字段", "There is no such field", "tittle=电池"),
    ("field-missing", "运算符前缺少字段名", "A name of a field is missing", "=电池"),
    ("field-inside-field", "字段写在另一个字段的括号里", "A field inside the brackets of another", "ti=(电池 ab=电极)"),
    ("value-missing", "字段后面没有值", "A field without a value", "ti="),
    ("bracket", "括号不成对", "A bracket without its partner", "(电池"),
    ("quote", "引号没有闭合", "A quotation mark is not closed", "\"电池"),
    ("condition-missing", "运算符缺少一边的条件", "An operator lacks a condition", "电池 AND"),
    ("comparison", "这个字段不能这样比较", "The field cannot be compared like this", "ti>5"),
    (
        "range",
        "范围写得不完整、颠倒，或不适用于这个字段",
        "A range that is incomplete, reversed, or not for this field",
        "ad=[2021 TO 2020]",
    ),
    ("number", "不像任何一局的号码", "Not a number of any office", "pn=电池"),
    ("date", "不是日期", "Not a date", "ad=2020-13"),
    ("count", "不是整数", "Not a whole number", "claims>many"),
    ("class", "不是这种分类的分类号", "Not a symbol of this scheme", "nice=99"),
    ("keyword", "这个字段没有这个值", "The field has no such value", "status=sleeping"),
    ("wildcard", "通配符不能用在这里", "A wildcard cannot stand here", "ti=*池"),
    (
        "nearness",
        "邻近运算的两边不合要求",
        "Nearness between things that have no places in one text",
        "ti=电池 NEAR/5 ab=电极",
    ),
    ("no-equal", "别局写法中本站没有对应的功能", "The other office’s spelling asks what cannot be asked here", ""),
    ("nothing", "检索式里没有可以检索的内容", "Nothing in the query can be searched", ""),
    ("limit", "检索式太长或太深", "The query is too long or too deep", ""),
];

#[cfg(test)]
mod tests {
    use super::MISTAKES;

    #[test]
    fn every_code_of_a_mistake_is_shown_by_its_example() {
        for (code, .., example) in MISTAKES.iter().filter(|(.., example)| !example.is_empty()) {
            let found = query::parse(example).map_or_else(|mistake| mistake.code(), |_| "understood");
            assert_eq!(found, *code, "{example}");
        }
        let long = "a ".repeat(40_000);
        for (query, code) in [(long.as_str(), "limit"), ("ti=\"。\"", "nothing")] {
            let mistake = query::parse(query).unwrap_err();
            assert_eq!(mistake.code(), code);
            assert!(MISTAKES.iter().any(|(known, ..)| *known == code));
        }
        let foreign = query::parse_as("x.ccls.", query::Spelling::Brs).unwrap_err();
        assert!(MISTAKES.iter().any(|(known, ..)| *known == foreign.code()), "{}", foreign.code());
    }
}
