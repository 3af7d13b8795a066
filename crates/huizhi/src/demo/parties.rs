//! Who files in the demonstration: invented firms, universities and people in real places, large and small.

use std::sync::LazyLock;

use fastrand::Rng;
use records::Party;

use super::topics::TOPICS;

/// Applicants of the set; a handful have most of the rights.
const FIRMS: usize = 180;

/// The best known: (name, English name, country, province or state, city, number of its topic).
const KNOWN: &[(&str, &str, &str, &str, &str, usize)] = &[
    ("云岭演示电池有限公司", "Yunling Demonstration Battery Co., Ltd.", "CN", "贵州省", "贵阳市", 0),
    ("江畔演示智能科技有限公司", "Jiangpan Demonstration Intelligence Co., Ltd.", "CN", "重庆市", "渝北区", 1),
    ("远航演示交通装备有限公司", "Yuanhang Demonstration Transport Co., Ltd.", "CN", "浙江省", "宁波市", 23),
    ("海屿演示医疗器械有限公司", "Haiyu Demonstration Medical Devices Co., Ltd.", "CN", "广东省", "深圳市", 9),
    ("北辰演示大学", "Beichen Demonstration University", "CN", "北京市", "海淀区", 1),
    ("星桥演示半导体有限公司", "Xingqiao Demonstration Semiconductor Co., Ltd.", "CN", "江苏省", "苏州市", 7),
    ("青禾演示农业装备有限公司", "Qinghe Demonstration Farm Equipment Co., Ltd.", "CN", "山东省", "潍坊市", 22),
    ("沐川演示水务科技有限公司", "Muchuan Demonstration Water Co., Ltd.", "CN", "四川省", "成都市", 14),
    ("Northlake Demo Instruments Inc.", "Northlake Demo Instruments Inc.", "US", "MN", "Duluth", 11),
    ("Alpenrose Demo GmbH", "Alpenrose Demo GmbH", "DE", "BY", "Kempten", 25),
    ("Hoshizora Demo KK", "Hoshizora Demo KK", "JP", "Nagano", "Matsumoto", 3),
    ("Hangang Demo Co., Ltd.", "Hangang Demo Co., Ltd.", "KR", "Gyeonggi-do", "Suwon", 7),
    ("Riviera Demo SAS", "Riviera Demo SAS", "FR", "Occitanie", "Toulouse", 15),
    ("Fjordlys Demo AB", "Fjordlys Demo AB", "SE", "Norrbotten", "Kiruna", 26),
    ("Maple Sample Corp.", "Maple Sample Corp.", "US", "OR", "Bend", 16),
    ("Lagoon Demo Ltd", "Lagoon Demo Ltd", "GB", "Cornwall", "Truro", 5),
];

/// A firm that is in no other list: its number among all applicants.
pub(super) const FIRST_SMALL: usize = KNOWN.len() + 3;

/// First words of other firms: (Chinese, Latin).
const PREFIXES: [(&str, &str); 31] = [
    ("岚山", "Lanshan"),
    ("溪云", "Xiyun"),
    ("松涛", "Songtao"),
    ("望川", "Wangchuan"),
    ("晨光", "Chenguang"),
    ("南屏", "Nanping"),
    ("竹海", "Zhuhai"),
    ("丰穗", "Fengsui"),
    ("银杏", "Yinxing"),
    ("双桥", "Shuangqiao"),
    ("红岩", "Hongyan"),
    ("碧水", "Bishui"),
    ("长风", "Changfeng"),
    ("天枢", "Tianshu"),
    ("雁栖", "Yanqi"),
    ("鹤鸣", "Heming"),
    ("锦澜", "Jinlan"),
    ("朗月", "Langyue"),
    ("石榴", "Shiliu"),
    ("蓝鲸", "Lanjing"),
    ("金禾", "Jinhe"),
    ("瑞雪", "Ruixue"),
    ("白鹭", "Bailu"),
    ("启程", "Qicheng"),
    ("博远", "Boyuan"),
    ("凌霄", "Lingxiao"),
    ("安澜", "Anlan"),
    ("梧桐", "Wutong"),
    ("朝露", "Zhaolu"),
    ("星野", "Xingye"),
    ("大漠", "Damo"),
];

/// Trades, one for each topic in its order: (Chinese, English).
const TRADES: [(&str, &str); 32] = [
    ("新能源", "New Energy"),
    ("数据科技", "Data"),
    ("知识服务", "Knowledge Services"),
    ("声学", "Acoustics"),
    ("通信", "Communications"),
    ("物联网", "Internet of Things"),
    ("微电子", "Microelectronics"),
    ("半导体", "Semiconductor"),
    ("电气", "Electric"),
    ("医疗器械", "Medical Devices"),
    ("光电", "Optoelectronics"),
    ("仪器", "Instruments"),
    ("诊断", "Diagnostics"),
    ("自动化", "Automation"),
    ("水务", "Water"),
    ("日化", "Cosmetics"),
    ("生物", "Biotechnology"),
    ("制药", "Pharmaceutical"),
    ("新材料", "New Materials"),
    ("食品", "Foods"),
    ("建材", "Building Materials"),
    ("涂料", "Coatings"),
    ("农业装备", "Farm Equipment"),
    ("交通装备", "Transport"),
    ("机器人", "Robotics"),
    ("机床", "Machine Tools"),
    ("风电", "Wind Power"),
    ("纺织", "Textile"),
    ("暖通", "Heating and Cooling"),
    ("轴承", "Bearings"),
    ("家居", "Home"),
    ("建工", "Construction"),
];

/// Places of firms, those with many first: (province, city).
pub(super) const PLACES: [(&str, &str); 30] = [
    ("广东省", "深圳市"),
    ("江苏省", "苏州市"),
    ("浙江省", "杭州市"),
    ("北京市", "海淀区"),
    ("上海市", "浦东新区"),
    ("重庆市", "渝北区"),
    ("山东省", "青岛市"),
    ("四川省", "成都市"),
    ("湖北省", "武汉市"),
    ("安徽省", "合肥市"),
    ("福建省", "厦门市"),
    ("湖南省", "长沙市"),
    ("贵州省", "遵义市"),
    ("河南省", "郑州市"),
    ("陕西省", "西安市"),
    ("广东省", "佛山市"),
    ("辽宁省", "大连市"),
    ("天津市", "滨海新区"),
    ("江西省", "景德镇市"),
    ("河北省", "石家庄市"),
    ("云南省", "昆明市"),
    ("广西壮族自治区", "柳州市"),
    ("吉林省", "长春市"),
    ("黑龙江省", "哈尔滨市"),
    ("山西省", "太原市"),
    ("甘肃省", "兰州市"),
    ("海南省", "海口市"),
    ("内蒙古自治区", "包头市"),
    ("宁夏回族自治区", "银川市"),
    ("新疆维吾尔自治区", "乌鲁木齐市"),
];

const SURNAMES: [(&str, &str); 36] = [
    ("林", "Lin"),
    ("周", "Zhou"),
    ("何", "He"),
    ("陈", "Chen"),
    ("李", "Li"),
    ("王", "Wang"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("杨", "Yang"),
    ("赵", "Zhao"),
    ("黄", "Huang"),
    ("吴", "Wu"),
    ("徐", "Xu"),
    ("孙", "Sun"),
    ("马", "Ma"),
    ("朱", "Zhu"),
    ("胡", "Hu"),
    ("郭", "Guo"),
    ("高", "Gao"),
    ("罗", "Luo"),
    ("郑", "Zheng"),
    ("梁", "Liang"),
    ("谢", "Xie"),
    ("宋", "Song"),
    ("唐", "Tang"),
    ("许", "Xu"),
    ("韩", "Han"),
    ("冯", "Feng"),
    ("邓", "Deng"),
    ("曹", "Cao"),
    ("彭", "Peng"),
    ("曾", "Zeng"),
    ("肖", "Xiao"),
    ("田", "Tian"),
    ("董", "Dong"),
    ("潘", "Pan"),
];

/// Given names that nobody bears.
const GIVEN: [(&str, &str); 8] = [
    ("样例", "Yangli"),
    ("试样", "Shiyang"),
    ("范例", "Fanli"),
    ("示例", "Shili"),
    ("样本", "Yangben"),
    ("例证", "Lizheng"),
    ("演例", "Yanli"),
    ("示范", "Shifan"),
];

const FOREIGNERS: [&str; 12] = [
    "Ada Sample",
    "Ben Specimen",
    "Cleo Example",
    "Dan Pattern",
    "Eva Muster",
    "Finn Prøve",
    "Gita Namuna",
    "Hiro Mihon",
    "Ines Modelo",
    "Jin Gyeonbon",
    "Karl Beispiel",
    "Lou Exemple",
];

/// Agencies, the largest first.
pub(super) const AGENCIES: [&str; 12] = [
    "明理演示专利代理事务所",
    "惠民演示专利代理事务所",
    "Specimen & Demo LLP",
    "江畔演示知识产权代理有限公司",
    "北辰演示专利代理有限责任公司",
    "海屿演示专利商标事务所",
    "云岭演示专利代理事务所",
    "青禾演示知识产权代理事务所",
    "星桥演示专利代理有限公司",
    "沐川演示专利事务所",
    "望川演示知识产权服务中心",
    "晨光演示专利代理事务所",
];

/// Agencies for marks.
pub(super) const MARK_AGENCIES: [&str; 5] = [
    "惠民演示商标事务所",
    "明理演示商标代理有限公司",
    "江畔演示知识产权代理有限公司",
    "海屿演示专利商标事务所",
    "岚山演示商标代理中心",
];

/// An applicant.
struct Firm {
    name: String,
    english: String,
    country: &'static str,
    region: &'static str,
    city: &'static str,
    topic: usize,
    /// A university or institute, which files with others.
    research: bool,
}

static ALL: LazyLock<Vec<Firm>> = LazyLock::new(|| (0..FIRMS).map(make).collect());

/// Firms of each topic, the largest first.
static BY_TOPIC: LazyLock<Vec<Vec<usize>>> = LazyLock::new(|| {
    (0..TOPICS.len()).map(|topic| (0..FIRMS).filter(|rank| ALL[*rank].topic == topic).collect()).collect()
});

static RESEARCH: LazyLock<Vec<usize>> = LazyLock::new(|| (0..FIRMS).filter(|rank| ALL[*rank].research).collect());

/// Firm of this rank in size; numbers without a common divisor spread names, trades and places.
fn make(rank: usize) -> Firm {
    if let Some(&(name, english, country, region, city, topic)) = KNOWN.get(rank) {
        let research = name.ends_with("大学");
        return Firm { name: name.to_owned(), english: english.to_owned(), country, region, city, topic, research };
    }
    let topic = rank * 5 % TOPICS.len();
    let (zh, latin) = PREFIXES[rank * 7 % PREFIXES.len()];
    // Twice folded, so that the first places have most.
    let (region, city) = PLACES[(rank * 11 % PLACES.len()) * (rank * 13 % PLACES.len()) / PLACES.len()];
    let (trade_zh, trade_en) = TRADES[topic];
    let (university, institute) = (rank.is_multiple_of(9), rank.is_multiple_of(13));
    let (name, english) = match (university, institute) {
        (true, _) => (format!("{zh}演示大学"), format!("{latin} Demonstration University")),
        (false, true) => (format!("{zh}演示研究院"), format!("{latin} Demonstration Institute")),
        (false, false) => {
            (format!("{zh}演示{trade_zh}有限公司"), format!("{latin} Demonstration {trade_en} Co., Ltd."))
        }
    };
    Firm { name, english, country: "CN", region, city, topic, research: university || institute }
}

/// Small numbers often, large ones rarely, all below `count`.
fn skewed(rng: &mut Rng, count: usize) -> usize {
    // The inverse of a sum of 1/(n + 3): about Zipf's law.
    let most = ((count + 3) as f64 / 3.0).ln();
    (((rng.f64() * most).exp() * 3.0 - 3.0) as usize).min(count - 1)
}

/// Rank of an applicant in a topic: most often one of its own trade.
pub(super) fn applicant(rng: &mut Rng, topic: usize) -> usize {
    let own = &BY_TOPIC[topic];
    if own.is_empty() || rng.u8(..100) < 30 { skewed(rng, FIRMS) } else { own[skewed(rng, own.len())] }
}

/// Rank of any applicant.
pub(super) fn any(rng: &mut Rng) -> usize {
    skewed(rng, FIRMS)
}

/// Rank of the one with whom a firm files together: a research partner of its own, at times any other.
pub(super) fn partner(rng: &mut Rng, rank: usize) -> usize {
    let lasting = RESEARCH[(rank * 3 + 1) % RESEARCH.len()];
    if rng.u8(..100) < 70 && lasting != rank { lasting } else { (rank + 1 + skewed(rng, FIRMS - 1)) % FIRMS }
}

/// A firm as applicant or owner.
pub(super) fn firm(rank: usize) -> Party {
    let Firm { name, english, country, region, city, .. } = &ALL[rank];
    let number = rank * 37 % 299 + 1;
    let address = match *country {
        "CN" => format!("{region}{city}演示路{number}号"),
        _ => format!("{number} Demo Street, {city}, {region}"),
    };
    Party {
        other_names: if name == english { Vec::new() } else { vec![english.clone()] },
        country: Some((*country).to_owned()),
        region: Some((*region).to_owned()),
        city: Some((*city).to_owned()),
        address: Some(address),
        ..Party::named(name.clone())
    }
}

/// Whether a firm sits in China.
pub(super) fn is_chinese(rank: usize) -> bool {
    ALL[rank].country == "CN"
}

/// One to four inventors of a firm's own team; a few of them are in most of its inventions.
pub(super) fn inventors(rng: &mut Rng, rank: usize) -> Vec<Party> {
    let team = 5 + 40 / (rank + 2);
    let first = skewed(rng, team);
    (0..rng.usize(1..=4).min(team)).map(|step| person(rank, (first + step) % team)).collect()
}

fn person(rank: usize, at: usize) -> Party {
    if !is_chinese(rank) {
        let country = ALL[rank].country.to_owned();
        return Party { country: Some(country), ..Party::named(FOREIGNERS[(rank * 5 + at) % FOREIGNERS.len()]) };
    }
    let number = (rank * 11 + at) % (SURNAMES.len() * GIVEN.len());
    let ((zh, latin), (given, given_latin)) = (SURNAMES[number % SURNAMES.len()], GIVEN[number / SURNAMES.len()]);
    Party {
        other_names: vec![format!("{latin} {given_latin}")],
        country: Some("CN".to_owned()),
        ..Party::named(format!("{zh}{given}"))
    }
}

/// The first of a firm's team filing alone, at the firm's place.
pub(super) fn individual(rank: usize) -> Party {
    let Party { name, other_names, .. } = person(rank, 0);
    Party { name, other_names, ..firm(rank) }
}

/// An agent of an agency for patents and designs; a firm stays with its agency as a rule.
pub(super) fn agent(rng: &mut Rng, rank: usize) -> Party {
    let at = if rng.u8(..100) < 70 { rank * 5 % AGENCIES.len() } else { skewed(rng, AGENCIES.len()) };
    let who = rng.usize(..4);
    let (surname, _) = SURNAMES[(at * 4 + who) % SURNAMES.len()];
    Party { organisation: Some(AGENCIES[at].to_owned()), ..Party::named(format!("{surname}代理")) }
}

/// An agent of the agency at this place.
pub(super) fn agent_at(at: usize) -> Party {
    let (surname, _) = SURNAMES[at * 4 % SURNAMES.len()];
    Party { organisation: Some(AGENCIES[at].to_owned()), ..Party::named(format!("{surname}代理")) }
}

/// The agency for a mark.
pub(super) fn mark_agent(rng: &mut Rng) -> Party {
    Party::named(MARK_AGENCIES[skewed(rng, MARK_AGENCIES.len())])
}

#[cfg(test)]
mod tests;
