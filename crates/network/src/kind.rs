//! The closed lists of the network: kinds, levels and states of organisations, days of the week.

/// A word that names nothing in a list, with what may be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{word}» is no {list}: write one of {known}")]
pub struct NoSuchWord {
    /// What was written.
    pub word: String,
    /// What was expected.
    pub list: &'static str,
    /// The words of the list.
    pub known: String,
}

/// Writes an enum whose values have a code (JSON, CSV, database), a Chinese and an English name: [`NoSuchWord`] for
/// other words, `ALL`, `code()`, `label(lang)`. The crate that uses it depends on `serde` and `utoipa`.
#[macro_export]
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident ($list:literal) { $($(#[$doc:meta])* $variant:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize, ::utoipa::ToSchema)]
        $(#[$meta])*
        pub enum $name { $($(#[$doc])* #[serde(rename = $code)] #[schema(rename = $code)] $variant,)+ }

        impl $name {
            /// All values in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in JSON, CSV and addresses.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The name in `zh` or, for every other language, English.
            pub fn label(self, lang: &str) -> &'static str {
                let (zh, en) = match self { $(Self::$variant => ($zh, $en)),+ };
                if lang == "zh" { zh } else { en }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::NoSuchWord;

            /// Takes the code or either name, in any case.
            fn from_str(word: &str) -> Result<Self, $crate::NoSuchWord> {
                if let Some(value) = Self::ALL.iter().find(|value| value.code() == word) {
                    return Ok(*value);
                }
                let folded = word.trim().to_lowercase();
                let means = |value: &Self| {
                    folded == value.code().to_lowercase()
                        || folded == value.label("zh")
                        || folded == value.label("en").to_lowercase()
                };
                Self::ALL.iter().copied().find(means).ok_or_else(|| $crate::NoSuchWord {
                    word: word.to_owned(),
                    list: $list,
                    known: Self::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", "),
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

coded! {
    /// What an organisation is. All but the first take requests of the public; the kinds are those of the national
    /// guidelines on IP public service.
    #[schema(as = OrganisationKind)]
    Kind ("kind of organisation") {
        /// 国家知识产权局, a provincial or city office: keeps the network, serves no clients itself.
        Administration = "administration", "管理部门", "IP administration";
        /// The public-service body of an IP bureau, national, provincial or of a prefecture.
        PublicServiceBody = "public-service-body", "知识产权公共服务机构", "IP public-service body";
        /// Takes patent filings and fees for the national office.
        PatentAgencyOffice = "patent-agency-office", "专利代办处", "Patent agency office";
        /// Takes trade-mark business for the national office.
        TrademarkWindow = "trademark-window", "商标受理窗口", "Trade-mark window";
        /// Examines for the national office.
        ExaminationCentre = "examination-centre", "审协中心", "Examination-cooperation centre";
        /// Fast pre-examination and protection for industries of a place.
        ProtectionCentre = "protection-centre", "保护中心", "Protection centre";
        /// Fast rights for one industry.
        RapidRightsCentre = "rapid-rights-centre", "快速维权中心", "Rapid rights centre";
        /// Aid for those whose rights are infringed.
        RightsAidCentre = "rights-aid-centre", "维权援助中心", "Rights-aid centre";
        /// Technology and Innovation Support Centre, a programme of WIPO.
        Tisc = "tisc", "技术与创新支持中心", "TISC";
        /// National IP information service centre of a university.
        UniversityCentre = "university-centre", "高校国家知识产权信息服务中心", "University IP information centre";
        /// Library, institute, association or firm on record as an outlet.
        RecordedOutlet = "recorded-outlet", "备案网点", "Recorded outlet";
    }
}

coded! {
    /// Where an organisation stands in the tree; no one stands under a lower one.
    #[schema(as = OrganisationLevel)]
    Level ("level") {
        /// 国家.
        Nation = "nation", "国家级", "National";
        /// 省(自治区、直辖市).
        Province = "province", "省级", "Provincial";
        /// 地市.
        Prefecture = "prefecture", "地市级", "Prefecture";
        /// 县区.
        County = "county", "县级", "County";
        /// 网点.
        Outlet = "outlet", "网点", "Outlet";
    }
}

coded! {
    /// Whether an organisation works.
    #[schema(as = OrganisationStatus)]
    Status ("status") {
        /// Takes requests.
        Active = "active", "运行", "Active";
        /// Rests for a time.
        Suspended = "suspended", "暂停", "Suspended";
        /// Has ended.
        Closed = "closed", "撤销", "Closed";
    }
}

coded! {
    /// A day of the week, with the codes of RFC 5545.
    Weekday ("day of the week") {
        /// 周一.
        Monday = "MO", "周一", "Monday";
        /// 周二.
        Tuesday = "TU", "周二", "Tuesday";
        /// 周三.
        Wednesday = "WE", "周三", "Wednesday";
        /// 周四.
        Thursday = "TH", "周四", "Thursday";
        /// 周五.
        Friday = "FR", "周五", "Friday";
        /// 周六.
        Saturday = "SA", "周六", "Saturday";
        /// 周日.
        Sunday = "SU", "周日", "Sunday";
    }
}

coded! {
    /// What a change did.
    #[schema(as = OrganisationChangeKind)]
    ChangeKind ("change") {
        /// Entered.
        Created = "created", "登记", "Entered";
        /// Particulars changed.
        Updated = "updated", "变更", "Changed";
        /// Put under another organisation.
        Moved = "moved", "调整隶属", "Moved";
        /// Rests.
        Suspended = "suspended", "暂停", "Suspended";
        /// Works again.
        Resumed = "resumed", "恢复", "Resumed";
        /// Ended.
        Closed = "closed", "撤销", "Closed";
        /// Ended, others go on.
        Merged = "merged", "合并", "Merged";
        /// Ended or thinned, parts go on.
        Split = "split", "拆分", "Split";
        /// Someone says that all is as written.
        Confirmed = "confirmed", "核实", "Confirmed";
    }
}

impl Level {
    /// 0 for the nation, 4 for an outlet.
    pub(crate) fn rank(self) -> i64 {
        self as i64
    }
}
