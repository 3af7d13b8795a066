//! What lines mean, told by their canonical text.

use crate::{Field, Pattern, Query, Value, canonical, leaves, parse};

fn reads(text: &str) -> String {
    match parse(text) {
        Ok(query) => canonical(&query),
        Err(mistake) => panic!("{text}\n{mistake}"),
    }
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (text, meaning) in rows {
        assert_eq!(reads(text), *meaning, "of: {text}");
        assert_eq!(parse(meaning).unwrap(), parse(text).unwrap(), "canonical text of {text} reads differently");
    }
}

#[test]
fn words_and_phrases() {
    table(&[
        ("", "*"),
        ("  \u{3000} ", "*"),
        ("*", "*"),
        ("石墨烯 电池", "石墨烯 AND 电池"),
        ("石墨烯，电池。", "石墨烯 AND 电池"),
        ("graphene, battery;", "graphene AND battery"),
        ("\"固态电解质\"", "\"固态电解质\""),
        ("“固态电解质” 「硅碳」", "\"固态电解质\" AND \"硅碳\""),
        (r#""5\" pipe \\ x""#, r#""5\" pipe \\ x""#),
        ("AT&T", "AT&T"),
        ("锂电池 — 正极", "锂电池 AND 正极"),
        ("near field communication", "near AND field AND communication"),
    ]);
}

#[test]
fn fields_by_every_name() {
    table(&[
        ("申请人=华为", "pa=华为"),
        ("申请人＝华为", "pa=华为"),
        ("申请人：华为", "pa=华为"),
        ("pa=华为", "pa=华为"),
        ("PA = 华为", "pa=华为"),
        ("applicant:华为", "pa=华为"),
        ("filing-date=2020", "ad=2020"),
        ("ti=(电池 OR 蓄电池)", "ti=电池 OR ti=蓄电池"),
        ("名称=（电池 或 蓄电池）", "ti=电池 OR ti=蓄电池"),
        ("pa!=华为", "NOT pa=华为"),
        ("pa!=(华为 or 中兴)", "NOT (pa=华为 OR pa=中兴)"),
        ("ti=\"solid state\"", "ti=\"solid state\""),
        ("pa=OR", "pa=\"OR\""),
        ("ti=and NEAR/2 x", "ti=(\"and\" NEAR/2 x)"),
        ("pa=*", "pa=*"),
        ("pa=Samsung Electronics", "pa=Samsung AND Electronics"),
    ]);
}

#[test]
fn logic_and_its_order() {
    table(&[
        ("a AND b OR c", "(a AND b) OR c"),
        ("a b or c d", "(a AND b) OR (c AND d)"),
        ("a XOR b AND c", "a XOR (b AND c)"),
        ("a XOR b OR c", "(a XOR b) OR c"),
        ("a XOR b XOR c", "(a XOR b) XOR c"),
        ("甲 与 乙 或 丙 非 丁", "(甲 AND 乙) OR (丙 AND NOT 丁)"),
        ("甲 异或 乙", "甲 XOR 乙"),
        ("电池 -铅酸 -(镍 OR 镉)", "电池 AND NOT 铅酸 AND NOT (镍 OR 镉)"),
        ("电池 -\"铅 酸\"", "电池 AND NOT \"铅 酸\""),
        ("NOT NOT a", "a"),
        ("not -not a", "NOT a"),
        ("(a (b (c)))", "a AND b AND c"),
        ("a OR (b OR c)", "a OR b OR c"),
        ("a & b | c", "(a AND b) OR c"),
        ("\"and\" \"OR\"", "\"and\" AND \"OR\""),
        ("* NOT a", "* AND NOT a"),
    ]);
}

#[test]
fn nearness() {
    table(&[
        ("a NEAR/5 b", "a NEAR/5 b"),
        ("a NEAR b", "a NEAR/5 b"),
        ("a near/3 b", "a NEAR/3 b"),
        ("a ADJ b", "a ADJ/1 b"),
        ("a ADJ/2 b", "a ADJ/2 b"),
        ("a SEN b", "a SEN b"),
        ("a PARA b", "a PARA b"),
        ("甲 同句 乙", "甲 SEN 乙"),
        ("甲 邻近／3 乙", "甲 NEAR/3 乙"),
        ("ti=(A NEAR/5 B)", "ti=(A NEAR/5 B)"),
        ("ti=A NEAR/5 B", "ti=(A NEAR/5 B)"),
        ("A NEAR/5 ti=B", "ti=(A NEAR/5 B)"),
        ("ti=((a OR b) NEAR/5 \"c d\")", "ti=((a OR b) NEAR/5 \"c d\")"),
        ("a NEAR/2 b SEN c", "(a NEAR/2 b) SEN c"),
        ("a SEN b NEAR/2 c PARA d", "(a SEN (b NEAR/2 c)) PARA d"),
        ("x a NEAR/2 b y", "x AND a NEAR/2 b AND y"),
        ("NOT a NEAR/2 b", "NOT a NEAR/2 b"),
        ("pa=(graph* ADJ solut*)", "pa=(graph* ADJ/1 solut*)"),
    ]);
}

#[test]
fn parts_of_words() {
    table(&[
        ("graph*", "graph*"),
        ("wom?n", "wom?n"),
        ("pa=*科技*", "pa=*科技*"),
        ("申请人=＊科技＊", "pa=*科技*"),
        ("石墨*", "石墨"),
        ("石*烯", "石*烯"),
        ("pn=CN2019*", "pn=CN2019*"),
        ("pn=CN2019* B2", "pn=CN2019* AND B2"),
        ("pn=\"CN2019*\" fam=\"a*\"", "pn=\"CN2019*\" AND fam=\"a*\""),
        ("ti=\"a*b\"", "ti=\"a*b\""),
    ]);
}

#[test]
fn whole_values() {
    table(&[
        ("pa==华为技术有限公司", "pa==华为技术有限公司"),
        ("申请人==“华为”", "pa==华为"),
        (r#"pa=="SAMSUNG \"X\" CO., LTD.""#, r#"pa=="SAMSUNG \"X\" CO., LTD.""#),
        ("ow==(A OR \"B C\")", "ow==A OR ow==\"B C\""),
        ("in==OR", "in==OR"),
        ("ag==\"a*\"", "ag==\"a*\""),
        ("ti==\" x (y) [z], \"", "ti==\"x (y) [z],\""),
        ("pa==\"a,\" b", "pa==\"a,\" AND b"),
        ("ti==\"问？\"", "ti==\"问？\""),
        ("pa==*", "pa=*"),
        ("pa!=\"a b\"", "NOT pa=\"a b\""),
    ]);
    let Query::Leaf(leaf) = parse("pa==\"A B\"").unwrap() else { panic!("one condition") };
    assert_eq!(leaf.value, Value::Text(Pattern::Whole("A B".to_owned())));
}

#[test]
fn words_that_sound_alike() {
    table(&[
        ("读音=惠知", "sound=惠知"),
        ("发音:(惠知 OR huizhi)", "sound=惠知 OR sound=huizhi"),
        ("sounds-like=\"hui zhi\"", "sound=\"hui zhi\""),
    ]);
}

#[test]
fn dates_and_counts() {
    table(&[
        ("ad=[2020 TO 2023-06]", "ad=[2020-01-01 TO 2023-06-30]"),
        ("公开日>=2021-01-01", "pd>=2021-01-01"),
        ("公开日≥2021年1月1日", "pd>=2021-01-01"),
        ("ad=2020", "ad=2020"),
        ("ad=2020-02", "ad=2020-02"),
        ("ad=202002", "ad=2020-02"),
        ("ad=20200315", "ad=2020-03-15"),
        ("ad=2020.3.15", "ad=2020-03-15"),
        ("申请日：2020年3月", "ad=2020-03"),
        ("ad={2020 TO 2022}", "ad=2021"),
        ("ad=[2020 to 2022}", "ad=[2020-01-01 TO 2021-12-31]"),
        ("ad=[2020 至 2021]", "ad=[2020-01-01 TO 2021-12-31]"),
        ("ad=[2020，2021]", "ad=[2020-01-01 TO 2021-12-31]"),
        ("ad=[２０２０ TO *]", "ad>=2020-01-01"),
        ("ad=[* TO 2020]", "ad<=2020-12-31"),
        ("ad=[* TO *]", "ad=*"),
        ("ad>2020", "ad>=2021-01-01"),
        ("ad<2020", "ad<=2019-12-31"),
        ("ad!=2020", "NOT ad=2020"),
        ("ad=(2020 OR [2022 TO 2023])", "ad=2020 OR ad=[2022-01-01 TO 2023-12-31]"),
        ("claims>20", "claims>=21"),
        ("权利要求数＞２０", "claims>=21"),
        ("claims=[10 TO 20}", "claims=[10 TO 19]"),
        ("claims<=1,000", "claims<=1000"),
        ("inventors==1", "inventors=1"),
    ]);
}

#[test]
fn classes() {
    table(&[
        ("ipc=H01M10/05", "ipc=H01M10/05"),
        ("ipc=h01m 10/05", "ipc=H01M10/05"),
        ("ipc==H01M10/05", "ipc==H01M10/05"),
        ("ipc=H01M*", "ipc=H01M"),
        ("ipc=(H01M4/02 OR H01M10/05)", "ipc=H01M4/02 OR ipc=H01M10/05"),
        ("H01M10/0525", "class=H01M10/0525"),
        ("nice=9", "nice=9"),
        ("nice=第09类", "nice=9"),
        ("loc=14-02", "loc=14-02"),
        ("vienna=26.11", "vienna=26.11"),
        ("cpc=Y02E60/10", "cpc=Y02E60/10"),
    ]);
}

#[test]
fn numbers_in_the_line() {
    for number in [
        "ZL201510163325.6",
        "CN104751825B",
        "US 8,926,509",
        "US 8,000,000 B2",
        "US D701,234",
        "EP 2 930 123",
        "EP2930123A1",
        "018229858",
        "8,926,509",
        "201510163325.6",
        "PCT/CN2015/071234",
        "WO 2015/123456",
        "DE 10 2015 001 234",
        "US 2020/0012345 A1",
    ] {
        let query = parse(number).unwrap();
        let Query::Leaf(leaf) = &query else { panic!("{number}: {query:?}") };
        let Value::Number { text, keys, wildcard: false } = &leaf.value else { panic!("{number}: {leaf:?}") };
        assert_eq!((text.as_str(), leaf.field), (number, None));
        assert!(!keys.is_empty(), "{number}");
        assert_eq!(canonical(&query), number);
    }
    table(&[
        ("US 8926509 battery", "US 8926509 AND battery"),
        ("battery US 8926509 B2", "battery AND US 8926509 B2"),
        ("pn=US 8,926,509 B2 battery", "pn=\"US 8,926,509 B2\" AND battery"),
        ("号码=8926509", "pn=8926509"),
        ("an=201510163325.6", "pn=201510163325.6"),
        ("pr=CN2019*", "pr=CN2019*"),
        ("pn=(CN104751825 OR EP2930123)", "pn=CN104751825 OR pn=EP2930123"),
    ]);
}

#[test]
fn years_small_numbers_and_measures_stay_words() {
    for words in
        ["2020", "5G 12 100000", "US 2020", "3.5 V", "2020-03-15", "GB18030-2005", "AB1234567", "1234567.25", "IPv6"]
    {
        for leaf in leaves(&parse(words).unwrap()) {
            assert!(matches!(leaf.value, Value::Text(Pattern::Word(_))), "{words}: {leaf:?}");
        }
    }
}

#[test]
fn kinds_states_and_other_codes() {
    let codes = |text: &str| match parse(text).unwrap() {
        Query::Leaf(leaf) => match leaf.value {
            Value::Codes { codes, .. } => codes.join(" "),
            other => panic!("{text}: {other:?}"),
        },
        other => panic!("{text}: {other:?}"),
    };
    for (text, wanted) in [
        ("类型=商标", "trademark"),
        ("right=design", "design"),
        ("类型=地理标志", "gi"),
        ("状态=有效", "in-force"),
        ("状态=失效", "lapsed refused withdrawn expired"),
        ("status=\"in force\"", "in-force"),
        ("event=转让", "transferred"),
        ("event=CF01", "CF01"),
        ("office=中国", "CN"),
        ("office=cn", "CN"),
        ("国家=欧盟", "EM"),
        ("co=德国", "DE"),
        ("kind=b2", "B2"),
        ("lang=中文", "zh"),
        ("tech=8", "8"),
        ("tech=半导体", "8"),
        ("技术领域=仪器", "9 10 11 12 13"),
        ("tech=\"computer technology\"", "6"),
        ("地区=广东", "广东省 广东"),
        ("re=内蒙古", "内蒙古自治区 内蒙古"),
        ("re=CA", "CA"),
        ("fam=40149123", "40149123"),
        ("城市=深圳", "深圳市"),
        ("city=Shenzhen", "深圳市"),
        ("city=\"xi'an\"", "西安市"),
        ("申请人城市=延边", "延边朝鲜族自治州"),
        ("城市=上海", "上海市"),
        ("城市=朝阳", "朝阳区 朝阳市"),
        ("申请人类型=高校", "university"),
        ("at=company", "enterprise"),
        ("at=职务", "enterprise university institute body"),
    ] {
        assert_eq!(codes(text), wanted, "{text}");
    }
    for (text, mend) in [("城市=深训", "城市=深圳"), ("at=universty", "at=university")] {
        assert_eq!(parse(text).unwrap_err().suggestion.as_deref(), Some(mend));
    }
    table(&[("状态=(有效 OR 审中)", "status=有效 OR status=审中"), ("status=\"in force\"", "status=\"in force\"")]);
}

#[test]
fn conditions_know_their_place() {
    let text = "石墨烯 申请人=华为 ti=(电池 OR \"a b\") ad=[2020 TO 2021] US 8,926,509";
    let query = parse(text).unwrap();
    let places: Vec<&str> = leaves(&query).iter().map(|leaf| &text[leaf.place.clone()]).collect();
    assert_eq!(places, ["石墨烯", "申请人=华为", "电池", "\"a b\"", "ad=[2020 TO 2021]", "US 8,926,509"]);
    let clauses: Vec<String> = leaves(&query).iter().map(|leaf| leaf.canonical()).collect();
    assert_eq!(clauses[..3], ["石墨烯", "pa=华为", "ti=电池"]);
}

#[test]
fn no_name_belongs_to_two_fields() {
    let mut names: Vec<&str> = Field::ALL.iter().flat_map(|field| field.names()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    for field in Field::ALL {
        for name in field.names() {
            assert_eq!(Field::named(&name.to_uppercase()), Some(*field), "{name}");
        }
    }
}
