//! The words of keyword fields and the codes they stand for.

use records::class::technology::{FIELDS, SECTORS};
use records::region::{cities, cities_named, province_of};
use records::{ApplicantType, Effect, RightKind, Status};

use crate::Field;

/// Codes that `word` stands for in a keyword field; `None` when the field has no such value.
pub(crate) fn codes(field: Field, word: &str) -> Option<Vec<String>> {
    let word = word.trim();
    let codes: Vec<String> = match field {
        Field::Right => RightKind::from_word(word).iter().map(|kind| kind.code().to_owned()).collect(),
        Field::Status => Status::from_word(word).iter().map(|status| status.code().to_owned()).collect(),
        Field::Event => event(word),
        Field::Office | Field::Country => country(word).into_iter().collect(),
        Field::Language => language(word).into_iter().collect(),
        Field::Region => region(word),
        Field::City => city(word),
        Field::ApplicantType => ApplicantType::from_word(word).iter().map(|kind| kind.code().to_owned()).collect(),
        Field::Kind => records::KindCode::read(word).map(|kind| kind.as_str().to_owned()).into_iter().collect(),
        Field::Technology => technology(word),
        _ => Some(word.to_owned()).filter(|word| word.chars().any(char::is_alphanumeric)).into_iter().collect(),
    };
    (!codes.is_empty()).then_some(codes)
}

/// Values worth suggesting for a word that is none.
pub(crate) fn known(field: Field) -> Vec<&'static str> {
    match field {
        Field::Right => RightKind::ALL.iter().flat_map(|k| [k.code(), k.label("zh"), k.label("en")]).collect(),
        Field::Status => Status::ALL.iter().flat_map(|s| [s.code(), s.label("zh"), s.label("en")]).collect(),
        Field::Event => Effect::ALL.iter().flat_map(|e| [e.code(), e.label("zh"), e.label("en")]).collect(),
        Field::Office | Field::Country => OFFICES.iter().flat_map(|(_, names)| names.iter().copied()).collect(),
        Field::Language => LANGUAGES.iter().flat_map(|(_, names)| names.iter().copied()).collect(),
        Field::Technology => {
            FIELDS.iter().flat_map(|f| [f.zh, f.en]).chain(SECTORS.iter().flat_map(|s| [s.zh, s.en])).collect()
        }
        Field::Region => PROVINCES.split_whitespace().collect(),
        Field::City => cities().iter().flat_map(|c| [c.full, c.zh, c.en]).collect(),
        Field::ApplicantType => {
            ApplicantType::ALL.iter().flat_map(|t| [t.code(), t.label("zh"), t.label("en")]).collect()
        }
        _ => Vec::new(),
    }
}

/// Effects of an event's word; else an office's own code, which has a digit or is written in capitals.
fn event(word: &str) -> Vec<String> {
    let effects = Effect::from_word(word);
    if !effects.is_empty() {
        return effects.iter().map(|effect| effect.code().to_owned()).collect();
    }
    let is_code = (2..=8).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && (word.bytes().any(|b| b.is_ascii_digit()) || word.bytes().all(|b| b.is_ascii_uppercase()));
    is_code.then(|| word.to_ascii_uppercase()).into_iter().collect()
}

/// A field of technology by number or name, or all fields of a sector by its name.
fn technology(word: &str) -> Vec<String> {
    let is = |names: [&str; 2]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    if let Some(sector) = SECTORS.iter().find(|sector| is([sector.zh, sector.en])) {
        return (sector.fields.0..=sector.fields.1).map(|number| number.to_string()).collect();
    }
    let field = FIELDS.iter().find(|field| word.parse() == Ok(field.number) || is([field.zh, field.en]));
    field.map(|field| field.number.to_string()).into_iter().collect()
}

/// A country's or office's ST.3 code from the code itself or a name.
fn country(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if let Some((code, _)) = OFFICES.iter().find(|(_, names)| names.contains(&lower.as_str())) {
        return Some((*code).to_owned());
    }
    word.parse::<records::Office>().ok().map(|office| office.as_str().to_owned())
}

/// Names of the offices and countries met most, lower case.
const OFFICES: &[(&str, &[&str])] = &[
    ("CN", &["中国", "国知局", "cnipa", "china", "中国大陆"]),
    ("US", &["美国", "uspto", "usa", "united states"]),
    ("EP", &["欧专局", "欧洲专利局", "欧洲", "epo", "european patent office"]),
    ("WO", &["世界知识产权组织", "pct", "wipo", "国际局"]),
    ("EM", &["欧盟", "欧盟知识产权局", "euipo", "european union"]),
    ("IB", &["马德里", "海牙", "madrid", "hague"]),
    ("JP", &["日本", "jpo", "japan"]),
    ("KR", &["韩国", "kipo", "korea"]),
    ("DE", &["德国", "dpma", "germany"]),
    ("GB", &["英国", "ukipo", "united kingdom"]),
    ("FR", &["法国", "inpi", "france"]),
    ("CH", &["瑞士", "switzerland"]),
    ("SE", &["瑞典", "sweden"]),
    ("NL", &["荷兰", "netherlands"]),
    ("IT", &["意大利", "italy"]),
    ("ES", &["西班牙", "spain"]),
    ("AT", &["奥地利", "austria"]),
    ("DK", &["丹麦", "denmark"]),
    ("FI", &["芬兰", "finland"]),
    ("RU", &["俄罗斯", "russia"]),
    ("CA", &["加拿大", "canada"]),
    ("AU", &["澳大利亚", "australia"]),
    ("IN", &["印度", "india"]),
    ("BR", &["巴西", "brazil"]),
    ("IL", &["以色列", "israel"]),
    ("SG", &["新加坡", "singapore"]),
    ("TW", &["台湾", "中国台湾", "taiwan"]),
    ("HK", &["香港", "中国香港", "hong kong"]),
    ("MO", &["澳门", "中国澳门", "macao"]),
];

/// ISO 639-1 code from the code itself or a name.
fn language(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let named = LANGUAGES.iter().find(|(code, names)| *code == lower || names.contains(&lower.as_str()));
    named
        .map(|(code, _)| (*code).to_owned())
        .or_else(|| (lower.len() == 2 && lower.bytes().all(|b| b.is_ascii_lowercase())).then_some(lower))
}

const LANGUAGES: &[(&str, &[&str])] = &[
    ("zh", &["中文", "汉语", "chinese"]),
    ("en", &["英文", "英语", "english"]),
    ("de", &["德文", "德语", "german"]),
    ("fr", &["法文", "法语", "french"]),
    ("ja", &["日文", "日语", "japanese"]),
    ("ko", &["韩文", "韩语", "korean"]),
    ("es", &["西班牙文", "西班牙语", "spanish"]),
    ("it", &["意大利文", "意大利语", "italian"]),
    ("ru", &["俄文", "俄语", "russian"]),
];

/// Provinces in full; offices write them with and without their rank.
const PROVINCES: &str = "北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 \
    山东省 河南省 湖北省 湖南省 广东省 海南省 四川省 贵州省 云南省 陕西省 甘肃省 青海省 台湾省 内蒙古自治区 广西壮族自治区 \
    西藏自治区 宁夏回族自治区 新疆维吾尔自治区 香港特别行政区 澳门特别行政区";

/// The cities that a name means, by their full names; a municipality is all of its districts.
fn city(word: &str) -> Vec<String> {
    let named = cities_named(word).into_iter().map(|city| city.full);
    let municipality = province_of(word).filter(|province| province.is_municipality()).map(|province| province.full);
    named.chain(municipality).map(str::to_owned).collect()
}

/// A province under its full and its short name; anything else as typed.
fn region(word: &str) -> Vec<String> {
    const RANKS: [&str; 8] = ["特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", ""];
    let short = |name: &str| RANKS.iter().find_map(|rank| name.strip_suffix(rank)).unwrap_or(name).to_owned();
    match PROVINCES.split_whitespace().find(|full| *full == word || short(full) == word) {
        Some(full) => vec![full.to_owned(), short(full)],
        None if word.chars().any(char::is_alphanumeric) => vec![word.to_owned()],
        None => Vec::new(),
    }
}
