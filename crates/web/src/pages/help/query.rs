//! The page of the query language. Every example is a link to what it finds.

use askama::Template;
use axum::response::Response;
use query::{Field, FieldKind, Spelling};
use records::{ApplicantType, RightKind, Status};

use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::link::{self, Link};
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "help/query.html")]
struct QueryHelp {
    visit: Visit,
    title: String,
    examples: Vec<Line>,
    operators: Vec<Line>,
    signs: Vec<Line>,
    fields: Vec<(&'static str, Vec<FieldRow>)>,
    keywords: Vec<(&'static str, Vec<(String, String)>)>,
    foreign: Vec<Foreign>,
    /// A query with a mistake: its text and address.
    mistake: (&'static str, String),
}

/// Something to write, what it means, an example with its address.
struct Line {
    write: &'static str,
    meaning: &'static str,
    example: &'static str,
    list: String,
}

struct FieldRow {
    code: &'static str,
    english: &'static str,
    chinese: &'static str,
    others: String,
    example: &'static str,
    list: String,
}

/// The spelling of another office: what is written there, what it is here, an example with its address.
struct Foreign {
    name: &'static str,
    about: &'static str,
    rows: &'static [(&'static str, &'static str)],
    examples: Vec<(&'static str, String)>,
}

/// Query, Chinese and English meaning.
const EXAMPLES: [(&str, &str, &str); 16] = [
    ("石墨烯 电池", "两个词都要有", "both words"),
    ("\"固态电解质\"", "逐字相连", "exactly this run of characters"),
    ("申请人=华为", "申请人名称中有这个词", "this word in the name of an applicant"),
    ("pa==\"华为技术有限公司\"", "申请人的名称就是它", "the whole name of an applicant"),
    ("ti=(电池 OR 蓄电池) -铅酸", "名称中有其一，且不含后者", "either in the title, and not the last one"),
    ("ti=(graphene NEAR/5 electrode)", "两词相距不超过五", "at most five words apart"),
    ("cl=(电池 SEN 电极)", "在权利要求的同一句里", "in one sentence of the claims"),
    ("graph*", "以此开头的词", "words that begin so"),
    ("ipc=H01M10/05 状态=有效", "这个分类及其下位，而且有效", "a class with all below it, in force"),
    ("ad=[2020 TO 2023-06]", "申请日在这段时间", "filed in this time"),
    ("公开日>=2021-01-01 类型=发明", "某日以后公开的发明专利", "patents published since a day"),
    ("类型=商标 nice=9 vienna=26.11", "按商品类别和图形要素找商标", "marks by class and figurative element"),
    ("sound=惠知", "读音相近的商标", "marks that sound alike"),
    ("event=转让", "发生过转让的", "that were transferred"),
    ("claims>20 OR inventors>=5", "权利要求多，或发明人多", "many claims, or many inventors"),
    ("US 8,926,509 B2", "号码，任何写法", "a number in any spelling"),
];

/// Operators from tight to loose: writing, Chinese and English meaning, example.
const OPERATORS: [(&str, &str, &str, &str); 8] = [
    (
        "NEAR/5 · 邻近/5",
        "相距不超过 5，不分先后；一个汉字或一个外文词占一个位置",
        "at most 5 apart, in any order; a Chinese character or another word is one place",
        "ab=(battery NEAR/5 solid)",
    ),
    ("ADJ/1 · 顺序/1", "同上，但须按先后", "the same, in this order", "ti=(solid ADJ/2 electrolyte)"),
    ("SEN · 同句", "在同一句", "in the same sentence", "cl=(电池 SEN 隔膜)"),
    ("PARA · 同段", "在同一段", "in the same paragraph", "de=(电池 PARA 隔膜)"),
    ("NOT · 非 · -", "不含", "not", "电池 -铅酸"),
    ("AND · 与 · &", "同时满足；并列的词就是这个意思", "both; words side by side mean this", "石墨烯 AND 电池"),
    ("XOR · 异或", "满足其一，但不同时满足", "one of the two but not both", "石墨烯 XOR 电池"),
    ("OR · 或 · |", "满足其一", "either", "电池 OR 蓄电池"),
];

/// Signs round values, likewise.
const SIGNS: [(&str, &str, &str, &str); 9] = [
    ("= :", "是、含有；分类含其下位", "is, contains; classes with all below them", "ipc=H01M10/05"),
    ("==", "整个名称就是它；分类仅此一处", "the whole name; of classes this place alone", "cpc==G06F16/9535"),
    ("!=", "不是", "is not", "office!=CN"),
    ("> >= < <=", "比较日期和数量", "dates and counts compared", "ad>=2020-03"),
    ("[a TO b]", "从 a 到 b，含两端；* 为不限", "from a to b, both included; * is open", "pd=[2019 TO 2021-06]"),
    ("{a TO b}", "a 与 b 之间，不含两端", "between a and b, neither included", "claims={5 TO 10}"),
    ("*", "任意个字符；名称和号码可以放在前面", "any characters; before names and numbers too", "pa=*科技*"),
    ("?", "一个字符", "one character", "wom?n"),
    ("field=* · 字段=*", "这个字段有值", "the field has any value", "inventor=*"),
];

/// CQL, and what it is here.
const CQL: &[(&str, &str)] = &[
    ("ti= ab= claims= desc= in= pa=", "ti ab cl de in pa"),
    ("ta= ctxt= ftxt=", "ti/ab · +cl · +de"),
    ("pn= ap= pr= ct= famn=", "pn pn pr ct fam"),
    ("pd within \"2005 2006\", pd>=2005", "pd=[2005 TO 2006] pd>=2005"),
    ("ipc= cpc=, cpc=/low H01M10/05", "ipc== cpc==, cpc=H01M10/05"),
    ("any \"a b\", all \"a b\", =\"a b\"", "(a OR b), (a AND b), \"a b\""),
    ("a prox/distance<3 b, prox/ordered=true, prox/unit=sentence", "NEAR/2, ADJ, SEN"),
    ("* ? #", "* ?"),
];

/// BRS, and what it is here.
const BRS: &[(&str, &str)] = &[
    ("battery.ti. (a b).clm. x[ti]", "ti= cl="),
    (".ti. .ab. .clm. .spec. .in. .as. .aanm.", "ti ab cl de in ow pa"),
    (".pn. .did. .app. .urpn. .cpc. .ipc.", "pn pn pn ct cpc ipc"),
    ("@PD>=20240101<=20240131 @AD @ISD", "pd ad gd"),
    ("a b", "(a OR b)"),
    ("ADJ NEAR3 WITH SAME", "ADJ NEAR/3 SEN PARA"),
    ("$ ?", "* ?"),
];

/// Examples of CQL and BRS.
const FOREIGN: [(Spelling, &str); 4] = [
    (Spelling::Cql, "ti=\"battery\" and pd within \"2005 2030\""),
    (Spelling::Cql, "ta=(solid prox/distance<5 electrolyte)"),
    (Spelling::Brs, "battery.ti. AND @PD>=20100101"),
    (Spelling::Brs, "(solid ADJ3 electrolyte).clm."),
];

/// A query that shows how a mistake is answered.
const MISTAKE: &str = "tittle=电池";

pub(crate) async fn query(visit: Visit) -> Result<Response, Failure> {
    let lang = visit.lang;
    let line = |(write, zh, en, example): &(&'static str, &'static str, &'static str, &'static str)| Line {
        write,
        meaning: lang.t(zh, en),
        example,
        list: link::list(example),
    };
    let examples = EXAMPLES.iter().map(|(query, zh, en)| line(&(query, zh, en, query))).collect();
    page(&QueryHelp {
        title: visit.t("检索语言", "The query language").to_owned(),
        examples,
        operators: OPERATORS.iter().map(line).collect(),
        signs: SIGNS.iter().map(line).collect(),
        fields: fields(lang),
        keywords: keywords(lang),
        foreign: foreign(lang),
        mistake: (MISTAKE, link::list(MISTAKE)),
        visit,
    })
}

/// Every field, by kind.
fn fields(lang: Lang) -> Vec<(&'static str, Vec<FieldRow>)> {
    let kinds = [
        (FieldKind::Text, lang.t("文本：词语、短语、邻近", "Texts: words, phrases, nearness")),
        (FieldKind::Name, lang.t("名称：同上，另可用 *科技*", "Names: the same, and *tech*")),
        (FieldKind::Number, lang.t("号码：任何写法", "Numbers: any spelling")),
        (FieldKind::Date, lang.t("日期：年、月或日", "Dates: year, month or day")),
        (FieldKind::Class, lang.t("分类：含其下位", "Classes: with all below")),
        (FieldKind::Keyword, lang.t("取值：中文、英文或代码", "Keywords: Chinese, English or codes")),
        (FieldKind::Count, lang.t("数量：可以比较", "Counts: can be compared")),
    ];
    let row = |field: &Field| FieldRow {
        code: field.code(),
        english: field.english(),
        chinese: field.chinese(),
        others: field.other_names().join(" "),
        example: field.example(),
        list: link::list(field.example()),
    };
    let of_kind = |kind| Field::ALL.iter().filter(move |field| field.kind() == kind);
    kinds.into_iter().map(|(kind, name)| (name, of_kind(kind).map(row).collect())).collect()
}

/// Values of the keyword fields that are asked most, with their lists.
fn keywords(lang: Lang) -> Vec<(&'static str, Vec<(String, String)>)> {
    let value = |field: Field, code: &str, label: &str| {
        let clause = query::clause(field, code);
        (format!("{clause} {label}"), link::list(&clause))
    };
    let kinds = RightKind::ALL.iter().map(|kind| value(Field::Right, kind.code(), kind.label(lang.code())));
    let states = Status::ALL.iter().map(|status| value(Field::Status, status.code(), status.label(lang.code())));
    let types = ApplicantType::ALL.iter().map(|kind| value(Field::ApplicantType, kind.code(), kind.label(lang.code())));
    let effects =
        records::Effect::ALL.iter().map(|effect| value(Field::Event, effect.code(), effect.label(lang.code())));
    vec![
        (lang.t("类型 right", "Kind: right"), kinds.collect()),
        (lang.t("状态 status", "Status: status"), states.collect()),
        (lang.t("申请人类型 at", "Applicant type: at"), types.collect()),
        (lang.t("法律事件 event", "Legal event: event"), effects.collect()),
    ]
}

fn foreign(lang: Lang) -> Vec<Foreign> {
    let examples = |spelling: Spelling| {
        let of = FOREIGN.iter().filter(|(known, _)| *known == spelling);
        let address = |text: &str| Link::to("/search").with("q", text).with("as", spelling.code()).address();
        of.map(|(_, text)| (*text, address(text))).collect()
    };
    let cql = lang.t(
        "Espacenet 和 OPS 的写法。从左到右运算，并列的词为 AND。",
        "As in Espacenet and OPS. Operators apply from left to right; words side by side mean AND.",
    );
    let brs = lang.t(
        "美国 Patent Public Search 的写法。并列的词为 OR。",
        "As in the Patent Public Search of the USPTO. Words side by side mean OR.",
    );
    vec![
        Foreign { name: "EPO CQL", about: cql, rows: CQL, examples: examples(Spelling::Cql) },
        Foreign { name: "USPTO BRS", about: brs, rows: BRS, examples: examples(Spelling::Brs) },
    ]
}

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, FOREIGN, MISTAKE, OPERATORS, SIGNS};

    #[test]
    fn every_example_is_understood_but_the_one_with_a_mistake() {
        let examples = EXAMPLES.iter().map(|example| example.0);
        let rest = OPERATORS.iter().chain(&SIGNS).map(|line| line.3);
        for example in examples.chain(rest) {
            assert!(query::parse(example).is_ok(), "{example}: {:?}", query::parse(example));
        }
        for (spelling, example) in FOREIGN {
            assert!(query::parse_as(example, spelling).is_ok(), "{example}: {:?}", query::parse_as(example, spelling));
        }
        let mistake = query::parse(MISTAKE).unwrap_err();
        assert!(mistake.suggestion.is_some());
    }
}
