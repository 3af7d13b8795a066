use proptest::prelude::*;

use super::*;

fn of(name: &str) -> Option<ApplicantType> {
    ApplicantType::of(&Party::named(name))
}

fn all(kind: Option<ApplicantType>, names: &[&str]) {
    for name in names {
        assert_eq!(of(name), kind, "{name}");
    }
}

const ENTERPRISES: &[&str] = &[
    "华为技术有限公司",
    "腾讯科技(深圳)有限公司",
    "国家电网公司",
    "广东电网有限责任公司广州供电局",
    "某某科技学院有限公司",
    "上海医院投资管理有限公司",
    "台灣積體電路製造股份有限公司",
    "杭州某某投资合伙企业（有限合伙）",
    "宁波市鄞州某某塑料厂",
    "慈溪市某某五金商行",
    "某某县某某水果专业合作社",
    "中国工商银行",
    "北京某某律师事务所",
    "清华大学出版社",
    "ソニー株式会社",
    "삼성전자주식회사",
    "Huawei Technologies Co., Ltd.",
    "SAMSUNG ELECTRONICS CO LTD",
    "Robert Bosch GmbH",
    "Siemens Aktiengesellschaft",
    "NOVARTIS AG",
    "Koninklijke Philips N.V.",
    "PIRELLI TYRE S.p.A.",
    "Novo Nordisk A/S",
    "FORD MOTOR CO",
    "L'OREAL SA",
    "Oxford University Innovation Limited",
    "Google LLC",
    "Apple Inc.",
];

const UNIVERSITIES: &[&str] = &[
    "清华大学",
    "中国石油大学（华东）",
    "中国科学院大学",
    "深圳职业技术学院",
    "清华大学深圳国际研究生院",
    "國立臺灣大學",
    "国立大学法人東京大学",
    "서울대학교",
    "Tsinghua University",
    "UNIV ZHEJIANG",
    "Massachusetts Institute of Technology",
    "HARBIN INST OF TECHNOLOGY",
    "The Regents of the University of California",
    "Technische Universität München",
    "Imperial College of Science",
    "École Polytechnique Fédérale",
];

const INSTITUTES: &[&str] = &[
    "中国科学院大连化学物理研究所",
    "中国农业科学院",
    "之江实验室",
    "中国电子科技集团公司第五十四研究所",
    "清华大学深圳研究院",
    "煤炭科学研究总院",
    "国家纳米科学研究中心",
    "財團法人工業技術研究院",
    "한국전자통신연구원",
    "INST CHEMISTRY CAS",
    "Chinese Academy of Sciences",
    "Industrial Technology Research Institute",
    "Max-Planck-Gesellschaft zur Foerderung der Wissenschaften",
    "Centre National de la Recherche Scientifique",
    "Institut Pasteur",
];

const BODIES: &[&str] = &[
    "四川大学华西医院",
    "浙江大学医学院附属第一医院",
    "深圳市疾病预防控制中心",
    "中国人民解放军总医院",
    "广州市公安局",
    "某某市市场监督管理局",
    "安溪县茶业协会",
    "某某村民委员会",
    "故宫博物院",
    "某某县农业技术推广站",
    "Wisconsin Alumni Research Foundation",
    "The United States of America as represented by the Secretary of the Navy",
    "Boston Children's Hospital",
    "Wine Growers Association",
];

const PEOPLE: &[&str] = &[
    "张三",
    "李晓明",
    "欧阳修远",
    "司马光",
    "買買提·艾力",
    "阿不都热合曼·买买提",
    "黃小明",
    "Wei, Z.",
    "SMITH, John A.",
    "O'Neill, Mary-Jane",
];

const UNTOLD: &[&str] = &[
    "",
    " ",
    "★",
    "Northlake Demo Instruments",
    "JOHN SMITH",
    "Sony",
    "江苏",
    "华为",
    "国网湖北省电力有限公司电力科学研究院",
    "徐州",
    "某某服务中心",
    "深圳供电局",
    "某某中学",
    "Bell Laboratories",
    "Limited",
    "王家铺",
    "山田太郎",
    "ABC",
    "12345",
    "Müller",
];

#[test]
fn names_of_enterprises_tell_their_type() {
    all(Some(ApplicantType::Enterprise), ENTERPRISES);
}

#[test]
fn names_of_universities_tell_their_type() {
    all(Some(ApplicantType::University), UNIVERSITIES);
}

#[test]
fn names_of_institutes_tell_their_type() {
    all(Some(ApplicantType::Institute), INSTITUTES);
}

#[test]
fn names_of_bodies_tell_their_type() {
    all(Some(ApplicantType::Body), BODIES);
}

#[test]
fn names_of_people_tell_their_type() {
    all(Some(ApplicantType::Individual), PEOPLE);
}

#[test]
fn what_cannot_be_told_has_no_type() {
    all(None, UNTOLD);
}

#[test]
fn a_further_spelling_tells_what_the_first_does_not() {
    let party = |name: &str, other: &str, country: Option<&str>| {
        let country = country.map(str::to_owned);
        ApplicantType::of(&Party { other_names: vec![other.to_owned()], country, ..Party::named(name) })
    };
    assert_eq!(party("QINGHUA", "清华大学", Some("CN")), Some(ApplicantType::University));
    assert_eq!(party("ZHANG SAN", "张三", Some("CN")), Some(ApplicantType::Individual));
    assert_eq!(party("金山", "", Some("JP")), None, "people elsewhere have other surnames");
}

#[test]
fn codes_lead_back() {
    for kind in ApplicantType::ALL {
        assert_eq!(ApplicantType::from_code(kind.code()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
}

proptest! {
    /// Case, width and spaces are no part of what a name says.
    #[test]
    fn spelling_does_not_change_the_type(
        name in proptest::sample::select([ENTERPRISES, UNIVERSITIES, INSTITUTES, BODIES, PEOPLE, UNTOLD].concat()),
        upper in any::<bool>(),
        wide in any::<bool>(),
        space in "[ \u{3000}]{1,3}",
    ) {
        let cased = if upper { name.to_uppercase() } else { name.to_lowercase() };
        let spaced = cased.replace(' ', &space);
        let spelled: String = spaced
            .chars()
            .map(|c| if wide && matches!(c, '!'..='~') { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c })
            .collect();
        prop_assert_eq!(of(&format!("{space}{spelled}{space}")), of(name), "{}", spelled);
        if name.chars().all(is_han) {
            let apart: Vec<String> = name.chars().map(String::from).collect();
            prop_assert_eq!(of(&apart.join(&space)), of(name));
        }
    }

    #[test]
    fn no_name_is_too_strange(name in "(\\PC|公司|大学|,| ){0,12}") {
        let _ = of(&name);
    }
}
