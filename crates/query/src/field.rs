//! The fields of the query language: one table of names.

/// What can be asked of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Running text: words, phrases, nearness.
    Text,
    /// Names of people and firms: as text, and parts of words anywhere (`*科技*`).
    Name,
    /// Application, publication and registration numbers in any spelling.
    Number,
    /// Calendar dates with day, month or year precision.
    Date,
    /// Whole numbers that can be compared.
    Count,
    /// Classification symbols with their hierarchy.
    Class,
    /// A value of a short list (kind, status, office, language, event effect), or an exact code.
    Keyword,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $kind:ident $code:literal $english:literal $chinese:literal [$($other:literal)*];)*) => {
        /// A field of a right that a query can name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $name,)* }

        impl Field {
            /// Every field in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What can be asked of it.
            pub const fn kind(self) -> FieldKind {
                match self { $(Self::$name => FieldKind::$kind),* }
            }

            /// Short code, such as `pa`; canonical text uses it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// Full English name, such as `applicant`.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english),* }
            }

            /// Full Chinese name, such as `申请人`.
            pub const fn chinese(self) -> &'static str {
                match self { $(Self::$name => $chinese),* }
            }

            /// Further accepted names, lower case.
            pub const fn other_names(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($other),*]),* }
            }
        }
    };
}

fields! {
    /// Titles, names of designs and GIs, words of marks.
    Title Text "ti" "title" "名称" ["标题" "发明名称" "商标名称" "mark"];
    /// Words of titles and marks that sound like these; not among the fields searched without a name.
    Sound Text "sound" "sounds_like" "读音" ["发音" "近音"];
    /// Abstracts and brief explanations.
    Abstract Text "ab" "abstract" "摘要" ["简要说明"];
    /// Claims.
    Claims Text "cl" "claim" "权利要求" ["权利要求书" "clm"];
    /// Description.
    Description Text "de" "description" "说明书" ["desc"];
    /// Goods and services of marks, product indications of designs.
    Goods Text "gs" "goods" "商品服务" ["商品" "服务" "商品/服务"];
    /// Applicants.
    Applicant Name "pa" "applicant" "申请人" ["ap"];
    /// Owners: grantees, assignees, holders.
    Owner Name "ow" "owner" "权利人" ["专利权人" "as" "assignee" "holder" "商标权人"];
    /// Inventors, designers, creators.
    Inventor Name "in" "inventor" "发明人" ["设计人" "designer" "创作人"];
    /// Agents and agencies.
    Agent Name "ag" "agent" "代理人" ["代理机构" "agency" "representative"];
    /// Addresses of applicants and owners.
    Address Text "ad_r" "address" "地址" [];
    /// Any number of the right.
    Number Number "pn" "number" "号码" ["公开号" "公告号" "publication_number" "申请号" "an" "application_number" "注册号" "rn" "registration_number"];
    /// Priority numbers.
    Priority Number "pr" "priority" "优先权" ["优先权号"];
    /// Numbers of cited documents.
    Citation Number "ct" "citation" "引证" ["引文" "引用"];
    /// DOCDB simple family.
    Family Keyword "fam" "family" "同族" ["family_id" "同族号"];
    /// Filing date.
    FilingDate Date "ad" "filing_date" "申请日" ["fd" "filed"];
    /// First publication date.
    PublicationDate Date "pd" "publication_date" "公开日" ["公告日" "公开公告日" "published"];
    /// Grant or registration date.
    GrantDate Date "gd" "grant_date" "授权日" ["授权公告日" "注册日" "granted" "registration_date"];
    /// Last day of protection.
    ExpiryDate Date "xd" "expiry_date" "届满日" ["到期日" "expires"];
    /// Priority dates.
    PriorityDate Date "prd" "priority_date" "优先权日" [];
    /// Dates of legal events.
    EventDate Date "evd" "event_date" "事件日" [];
    /// IPC.
    Ipc Class "ipc" "ipc_class" "国际专利分类" ["ic" "ipc分类"];
    /// CPC.
    Cpc Class "cpc" "cpc_class" "联合专利分类" ["cpc分类"];
    /// IPC or CPC.
    Class Class "class" "classification" "分类号" ["分类"];
    /// Locarno.
    Locarno Class "loc" "locarno" "洛迦诺分类" ["洛迦诺" "外观分类"];
    /// Nice.
    Nice Class "nice" "nice_class" "尼斯分类" ["尼斯" "国际分类" "商标类别"];
    /// Vienna.
    Vienna Class "vienna" "vienna_code" "图形要素" ["维也纳分类" "维也纳"];
    /// Kind of right.
    Right Keyword "right" "right_kind" "类型" ["权利类型" "专利类型" "kind_of_right"];
    /// Status.
    Status Keyword "status" "legal_status" "状态" ["法律状态" "st"];
    /// Legal event by effect or code.
    Event Keyword "event" "legal_event" "法律事件" ["事件" "ev"];
    /// Office, ST.3.
    Office Keyword "office" "authority" "受理局" ["局" "国家" "cc" "国别"];
    /// Kind code of a publication.
    Kind Keyword "kind" "kind_code" "文献类型" ["文献种类"];
    /// Country of an applicant.
    Country Keyword "co" "applicant_country" "申请人国别" ["country"];
    /// Province or state of an applicant.
    Region Keyword "re" "region" "地区" ["省市" "省份" "province"];
    /// City of a Chinese applicant.
    City Keyword "city" "applicant_city" "城市" ["申请人城市" "地市"];
    /// Applicant type of China's patent statistics.
    ApplicantType Keyword "at" "applicant_type" "申请人类型" ["申请人类别"];
    /// WIPO technology field 1–35.
    Technology Keyword "tech" "technology" "技术领域" ["field"];
    /// Language of a title.
    Language Keyword "lang" "language" "语种" ["语言"];
    /// Number of claims.
    ClaimCount Count "claims" "claim_count" "权利要求数" ["权项数"];
    /// Number of applicants.
    ApplicantCount Count "applicants" "applicant_count" "申请人数" [];
    /// Number of inventors.
    InventorCount Count "inventors" "inventor_count" "发明人数" [];
    /// Number of cited documents.
    CitationCount Count "citations" "citation_count" "引证数" [];
}

impl Field {
    /// Every accepted name: code, English, Chinese, others. `-` may stand for `_`.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [self.code(), self.english(), self.chinese()].into_iter().chain(self.other_names().iter().copied())
    }

    /// Whether `==` asks for the whole value as text: titles and names, whose values are short.
    pub fn takes_whole(self) -> bool {
        self == Self::Title || self.kind() == FieldKind::Name
    }

    /// The field with this name, in any case and width.
    pub fn named(name: &str) -> Option<Self> {
        let name = crate::lexer::narrow(name).to_lowercase().replace('-', "_");
        Self::ALL.iter().copied().find(|field| field.names().any(|known| known == name))
    }
}
