//! Names of states, effects and kinds for people, and the words people type for them.

use crate::{ApplicantType, Effect, RightKind, Status};

/// Lower case, without spaces, hyphens and underscores: `In force`, `in-force` and `IN_FORCE` are one word.
fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

type Words<T> = &'static [(&'static [&'static str], &'static [T])];

fn meant<T>(words: Words<T>, word: &str) -> &'static [T] {
    let word = folded(word);
    words.iter().find(|(spellings, _)| spellings.contains(&word.as_str())).map_or(&[], |(_, meant)| meant)
}

impl Status {
    /// The name in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Pending => ("审中", "Pending"),
            Self::InForce => ("有效", "In force"),
            Self::Lapsed => ("终止", "Lapsed"),
            Self::Refused => ("驳回", "Refused"),
            Self::Withdrawn => ("撤回", "Withdrawn"),
            Self::Expired => ("届满", "Expired"),
            Self::Unknown => ("未知", "Unknown"),
        };
        if lang == "zh" { zh } else { en }
    }

    /// The states that a word means, in any case and with any separators: `有效`, `in force`, `失效` (all four
    /// ends), `alive`, or the JSON name. Empty for a word that names no state.
    pub fn from_word(word: &str) -> &'static [Self] {
        meant(STATUS, word)
    }
}

const STATUS: Words<Status> = &[
    (
        &[
            "审中",
            "在审",
            "审查中",
            "申请中",
            "未决",
            "審中",
            "審查中",
            "申請中",
            "pending",
            "underexamination",
            "applied",
        ],
        &[Status::Pending],
    ),
    (
        &[
            "有效",
            "授权有效",
            "已授权",
            "已注册",
            "注册",
            "维持有效",
            "inforce",
            "active",
            "valid",
            "granted",
            "registered",
        ],
        &[Status::InForce],
    ),
    (
        &["失效", "无效", "死亡", "已失效", "無效", "dead", "inactive", "ended", "invalid"],
        &[Status::Lapsed, Status::Refused, Status::Withdrawn, Status::Expired],
    ),
    (&["活", "存续", "有效或审中", "alive", "live"], &[Status::Pending, Status::InForce]),
    (
        &[
            "终止",
            "已终止",
            "終止",
            "放弃",
            "撤销",
            "注销",
            "lapsed",
            "ceased",
            "surrendered",
            "revoked",
            "cancelled",
            "canceled",
        ],
        &[Status::Lapsed],
    ),
    (&["驳回", "已驳回", "駁回", "不予注册", "refused", "rejected"], &[Status::Refused]),
    (&["撤回", "已撤回", "视为撤回", "視為撤回", "withdrawn", "abandoned"], &[Status::Withdrawn]),
    (&["届满", "期满", "期限届满", "已过期", "過期", "屆滿", "expired"], &[Status::Expired]),
    (&["未知", "不明", "unknown"], &[Status::Unknown]),
];

impl Effect {
    /// The name in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Filed => ("申请", "Filed"),
            Self::Published => ("公布", "Published"),
            Self::Examination => ("审查", "Examination"),
            Self::Granted => ("授权", "Granted"),
            Self::Refused => ("驳回", "Refused"),
            Self::Withdrawn => ("撤回", "Withdrawn"),
            Self::Lapsed => ("终止", "Lapsed"),
            Self::Surrendered => ("放弃", "Surrendered"),
            Self::Invalidated => ("无效", "Invalidated"),
            Self::Narrowed => ("部分无效", "Limited"),
            Self::Expired => ("期限届满", "Expired"),
            Self::Restored => ("恢复", "Restored"),
            Self::Renewed => ("续展", "Renewed"),
            Self::Transferred => ("转让", "Transferred"),
            Self::PartyChanged => ("著录项目变更", "Party data changed"),
            Self::Licensed => ("许可", "Licensed"),
            Self::LicenceEnded => ("许可注销", "Licence ended"),
            Self::Pledged => ("质押", "Pledged"),
            Self::PledgeEnded => ("质押注销", "Pledge ended"),
            Self::Frozen => ("保全", "Frozen"),
            Self::Unfrozen => ("保全解除", "Freeze lifted"),
            Self::Disputed => ("争议", "Disputed"),
            Self::DisputeEnded => ("争议结束", "Dispute ended"),
            Self::Corrected => ("更正", "Corrected"),
        };
        if lang == "zh" { zh } else { en }
    }

    /// The effects that a word means: `转让`, `transfer`, `质押`, `license`, or the JSON name. Empty for a word that
    /// names no effect.
    pub fn from_word(word: &str) -> &'static [Self] {
        meant(EFFECTS, word)
    }
}

const EFFECTS: Words<Effect> = &[
    (&["申请", "申請", "受理", "filed", "filing"], &[Effect::Filed]),
    (&["公布", "公开", "公開", "初审公告", "published", "publication"], &[Effect::Published]),
    (&["审查", "实质审查", "实审", "實審", "审查生效", "examination", "examined"], &[Effect::Examination]),
    (&["授权", "授權", "授予", "注册", "登记", "granted", "grant", "registered", "registration"], &[Effect::Granted]),
    (&["驳回", "駁回", "refused", "refusal", "rejected", "rejection"], &[Effect::Refused]),
    (&["撤回", "视为撤回", "withdrawn", "withdrawal", "abandoned"], &[Effect::Withdrawn]),
    (&["终止", "終止", "未缴年费", "未缴年费终止", "lapsed", "lapse", "ceased"], &[Effect::Lapsed]),
    (&["放弃", "主动放弃", "注销", "surrendered", "surrender"], &[Effect::Surrendered]),
    (&["无效", "全部无效", "無效", "撤销", "invalidated", "invalid", "revoked", "revocation"], &[Effect::Invalidated]),
    (&["部分无效", "部分撤销", "narrowed", "limited", "limitation", "amended"], &[Effect::Narrowed]),
    (&["期限届满", "届满", "期满", "expired", "expiry"], &[Effect::Expired]),
    (&["恢复", "恢復", "权利恢复", "restored", "restoration", "reinstated"], &[Effect::Restored]),
    (&["续展", "續展", "缴费", "年费", "renewed", "renewal"], &[Effect::Renewed]),
    (
        &["转让", "轉讓", "转移", "移转", "权利转移", "transferred", "transfer", "assignment", "assigned"],
        &[Effect::Transferred],
    ),
    (
        &["著录项目变更", "著录变更", "变更", "變更", "partychanged", "partydatachanged", "change"],
        &[Effect::PartyChanged],
    ),
    (&["许可", "許可", "实施许可", "许可备案", "licensed", "licence", "license"], &[Effect::Licensed]),
    (&["许可注销", "许可终止", "licenceended", "licenseended"], &[Effect::LicenceEnded]),
    (&["质押", "質押", "出质", "质权", "pledged", "pledge", "security"], &[Effect::Pledged]),
    (&["质押注销", "质押解除", "解质", "pledgeended"], &[Effect::PledgeEnded]),
    (&["保全", "冻结", "查封", "凍結", "frozen", "freeze", "seized", "seizure"], &[Effect::Frozen]),
    (&["保全解除", "解除保全", "解冻", "解封", "unfrozen", "freezelifted"], &[Effect::Unfrozen]),
    (&["争议", "爭議", "异议", "異議", "disputed", "dispute", "opposition", "opposed"], &[Effect::Disputed]),
    (&["争议结束", "disputeended"], &[Effect::DisputeEnded]),
    (&["更正", "勘误", "corrected", "correction"], &[Effect::Corrected]),
    (
        &["失效", "权利终止", "dead", "ended"],
        &[
            Effect::Refused,
            Effect::Withdrawn,
            Effect::Lapsed,
            Effect::Surrendered,
            Effect::Invalidated,
            Effect::Expired,
        ],
    ),
    (&["运营", "commercialised", "commercialized"], &[Effect::Transferred, Effect::Licensed, Effect::Pledged]),
];

impl RightKind {
    /// The name in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Invention => ("发明", "Patent"),
            Self::UtilityModel => ("实用新型", "Utility model"),
            Self::Design => ("外观设计", "Design"),
            Self::Plant => ("植物专利", "Plant patent"),
            Self::Trademark => ("商标", "Trade mark"),
            Self::Gi => ("地理标志", "Geographical indication"),
            Self::Layout => ("集成电路布图设计", "IC layout design"),
        };
        if lang == "zh" { zh } else { en }
    }

    /// The kinds that a word means: `商标`, `专利` (four kinds), `utility model`, `GI`, or the JSON name. Empty for a
    /// word that names no kind.
    pub fn from_word(word: &str) -> &'static [Self] {
        meant(KINDS, word)
    }
}

const KINDS: Words<RightKind> = &[
    (
        &["专利", "專利", "patents", "专利权"],
        &[RightKind::Invention, RightKind::UtilityModel, RightKind::Design, RightKind::Plant],
    ),
    (
        &["发明", "發明", "发明专利", "發明專利", "invention", "inventions", "patent", "utilitypatent"],
        &[RightKind::Invention],
    ),
    (
        &["实用新型", "實用新型", "新型", "实用新型专利", "utilitymodel", "utilitymodels", "um", "gebrauchsmuster"],
        &[RightKind::UtilityModel],
    ),
    (
        &["外观设计", "外觀設計", "外观", "外观专利", "外观设计专利", "设计", "design", "designs", "designpatent"],
        &[RightKind::Design],
    ),
    (&["植物专利", "植物", "植物新品种", "plant", "plants", "plantpatent"], &[RightKind::Plant]),
    (
        &["商标", "商標", "注册商标", "trademark", "trademarks", "mark", "marks", "tm", "servicemark"],
        &[RightKind::Trademark],
    ),
    (
        &[
            "地理标志",
            "地理標誌",
            "地理标志产品",
            "地标",
            "gi",
            "gis",
            "geographicalindication",
            "geographicalindications",
        ],
        &[RightKind::Gi],
    ),
    (
        &[
            "集成电路布图设计",
            "集成電路布圖設計",
            "布图设计",
            "集成电路",
            "布图",
            "layout",
            "layouts",
            "layoutdesign",
            "iclayout",
            "iclayoutdesign",
            "topography",
        ],
        &[RightKind::Layout],
    ),
];

impl ApplicantType {
    /// The name in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Enterprise => ("企业", "Enterprise"),
            Self::University => ("高等院校", "University"),
            Self::Institute => ("科研单位", "Research institute"),
            Self::Body => ("机关团体", "Government body or association"),
            Self::Individual => ("个人", "Individual"),
        };
        if lang == "zh" { zh } else { en }
    }

    /// The types that a word means: `高校`, `enterprise`, `职务` (all but individuals), or the JSON name. Empty for a word
    /// that names no type.
    pub fn from_word(word: &str) -> &'static [Self] {
        meant(APPLICANTS, word)
    }
}

const APPLICANTS: Words<ApplicantType> = &[
    (
        &[
            "企业",
            "企業",
            "工矿企业",
            "公司",
            "enterprise",
            "enterprises",
            "company",
            "companies",
            "firm",
            "firms",
            "business",
        ],
        &[ApplicantType::Enterprise],
    ),
    (
        &["高等院校", "高校", "大专院校", "大学", "大學", "院校", "university", "universities", "college", "colleges"],
        &[ApplicantType::University],
    ),
    (
        &[
            "科研单位",
            "科研院所",
            "科研机构",
            "研究机构",
            "研究所",
            "科研",
            "institute",
            "institutes",
            "researchinstitute",
            "researchinstitutes",
            "researchinstitution",
        ],
        &[ApplicantType::Institute],
    ),
    (
        &[
            "机关团体",
            "機關團體",
            "机关",
            "团体",
            "事业单位",
            "医院",
            "body",
            "bodies",
            "government",
            "governmentbody",
            "governmentbodyorassociation",
            "association",
            "organisation",
            "organization",
            "hospital",
        ],
        &[ApplicantType::Body],
    ),
    (
        &["个人", "個人", "自然人", "非职务", "individual", "individuals", "person", "people"],
        &[ApplicantType::Individual],
    ),
    (
        &["职务", "单位", "organisations", "organizations"],
        &[ApplicantType::Enterprise, ApplicantType::University, ApplicantType::Institute, ApplicantType::Body],
    ),
];

#[cfg(test)]
#[path = "labels_tests.rs"]
mod tests;
