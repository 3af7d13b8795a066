//! The closed lists of service items. Those of GB/T 39046-2020 also tell the code value that stands in its files.

/// A [`network::coded!`] list whose values have a code value of GB/T 39046 besides.
macro_rules! standard {
    ($(#[$meta:meta])* $name:ident ($list:literal) { $($(#[$doc:meta])* $variant:ident = $code:literal $gb:literal, $zh:literal, $en:literal;)+ }) => {
        network::coded! { $(#[$meta])* $name ($list) { $($(#[$doc])* $variant = $code, $zh, $en;)+ } }

        impl $name {
            /// The code value of GB/T 39046-2020.
            pub fn standard_code(self) -> &'static str {
                match self { $(Self::$variant => $gb),+ }
            }

            /// The value with this code value of GB/T 39046-2020.
            pub fn from_standard(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.standard_code() == code)
            }
        }
    };
}

network::coded! {
    /// Which list of the catalogue an item stands in.
    Group ("group of items") {
        /// 基础服务: what every outlet does for everyone.
        Basic = "basic", "基础服务", "Basic services";
        /// 增值服务: tailored work for industries and firms.
        ValueAdded = "value-added", "增值服务", "Value-added services";
        /// 一窗通办: business with the authorities taken at one window.
        OneWindow = "one-window", "一窗通办", "One-window business";
    }
}

network::coded! {
    /// What an item is about (主题).
    Theme ("theme") {
        /// 专利.
        Patent = "patent", "专利", "Patents";
        /// 商标.
        TradeMark = "trade-mark", "商标", "Trade marks";
        /// 地理标志.
        GeographicalIndication = "gi", "地理标志", "Geographical indications";
        /// 集成电路布图设计.
        Layout = "layout", "集成电路布图设计", "IC layout designs";
        /// 信息检索与分析.
        Information = "information", "信息检索与分析", "Search and analysis";
        /// 维权援助与纠纷.
        RightsAid = "rights-aid", "维权援助与纠纷", "Rights aid and disputes";
        /// 咨询引导.
        Consultation = "consultation", "咨询引导", "Consultation and guidance";
        /// 政策与培训.
        Training = "training", "政策与培训", "Policy and training";
        /// 合规与风险.
        Compliance = "compliance", "合规与风险", "Compliance and risk";
        /// 转化与金融.
        Use = "use", "转化与金融", "Transfer and finance";
        /// 数据与存证.
        Data = "data", "数据与存证", "Data and evidence";
        /// 产业与企业.
        Industry = "industry", "产业与企业", "Industries and firms";
    }
}

standard! {
    /// 事项类型: what an item is in administrative law.
    ItemType ("type of item") {
        /// 行政许可.
        Licence = "licence" "01", "行政许可", "Administrative licence";
        /// 行政处罚.
        Penalty = "penalty" "02", "行政处罚", "Administrative penalty";
        /// 行政强制.
        Enforcement = "enforcement" "03", "行政强制", "Administrative enforcement";
        /// 行政征收.
        Levy = "levy" "04", "行政征收", "Administrative levy";
        /// 行政给付.
        Payment = "payment" "05", "行政给付", "Administrative payment";
        /// 行政检查.
        Inspection = "inspection" "06", "行政检查", "Administrative inspection";
        /// 行政确认.
        Confirmation = "confirmation" "07", "行政确认", "Administrative confirmation";
        /// 行政奖励.
        Reward = "reward" "08", "行政奖励", "Administrative reward";
        /// 行政裁决.
        Ruling = "ruling" "09", "行政裁决", "Administrative ruling";
        /// 其他行政权力.
        OtherPower = "other-power" "10", "其他行政权力", "Other administrative power";
        /// 公共服务.
        PublicService = "public-service" "20", "公共服务", "Public service";
    }
}

standard! {
    /// 行使层级: at which level an item is exercised.
    ExerciseLevel ("level of exercise") {
        /// 国家级.
        Nation = "nation" "1", "国家级", "National";
        /// 省级.
        Province = "province" "2", "省级", "Provincial";
        /// 市级.
        City = "city" "3", "市级", "City";
        /// 县级.
        County = "county" "4", "县级", "County";
        /// 乡级.
        Township = "township" "5", "乡级", "Township";
        /// 村级.
        Village = "village" "6", "村级", "Village";
        /// 分级: shared out between levels ([`crate::Item::division_of_power`] tells how).
        Shared = "shared" "7", "分级行使", "Shared between levels";
    }
}

standard! {
    /// 实施主体性质: by what title the implementing body acts.
    BodyNature ("nature of the body") {
        /// 法定机关.
        Statutory = "statutory" "1", "法定机关", "Body by statute";
        /// 授权组织.
        Authorised = "authorised" "2", "授权组织", "Authorised organisation";
        /// 受委托组织.
        Entrusted = "entrusted" "3", "受委托组织", "Entrusted organisation";
        /// 其他.
        Other = "other" "9", "其他", "Other";
    }
}

standard! {
    /// 服务对象: whom an item is for.
    ServiceObject ("kind of client") {
        /// 自然人.
        Person = "person" "1", "自然人", "Natural persons";
        /// 企业法人.
        Firm = "firm" "2", "企业法人", "Firms";
        /// 事业法人.
        Institution = "institution" "3", "事业法人", "Public institutions";
        /// 社会组织法人.
        Association = "association" "4", "社会组织法人", "Social organisations";
        /// 行政机关.
        Agency = "agency" "5", "行政机关", "Administrative agencies";
        /// 其他.
        Other = "other" "6", "其他组织", "Other organisations";
    }
}

standard! {
    /// 办理形式: by which way a request comes in.
    Channel ("channel") {
        /// 窗口办理.
        Window = "window" "1", "窗口办理", "At the window";
        /// 电脑端.
        Web = "web" "2", "网上办理", "On the web";
        /// 移动端.
        Mobile = "mobile" "3", "移动端办理", "By telephone app";
        /// 快递.
        Post = "post" "4", "快递申请", "By post";
        /// 其他.
        Other = "other" "9", "其他", "Other";
    }
}

standard! {
    /// 办件类型: whether an item is done at once.
    Processing ("kind of processing") {
        /// 即办件: done while the client waits.
        AtOnce = "at-once" "1", "即办件", "Done at once";
        /// 承诺件: done within a promised time.
        Promised = "promised" "2", "承诺件", "Within a promised time";
        /// 其他.
        Other = "other" "9", "其他", "Other";
    }
}

standard! {
    /// 特别程序: what may make the time longer.
    SpecialKind ("special procedure") {
        /// 延长审批.
        Extension = "extension" "1", "延长审批", "Extension";
        /// 其他: hearings, inspections, expert opinions.
        Other = "other" "2", "其他特别程序", "Other procedure";
    }
}

standard! {
    /// 时限单位: in what a limit counts.
    LimitUnit ("unit of a limit") {
        /// 工作日.
        WorkingDay = "working-day" "1", "个工作日", "working days";
        /// 自然日.
        Day = "day" "2", "日", "days";
        /// 月.
        Month = "month" "3", "个月", "months";
    }
}

standard! {
    /// 是否必备: whether a material must be there.
    Need ("need") {
        /// 必要.
        Required = "required" "1", "必要", "Required";
        /// 非必要: only in the case that [`crate::Material::when`] tells.
        Conditional = "conditional" "2", "视情形提供", "In some cases";
        /// 容缺后补: may come later.
        Later = "later" "3", "容缺后补", "May follow later";
    }
}

network::coded! {
    /// A step of the work that must leave something on file: the documents name them by service.
    Record ("record") {
        /// The demand as the client told it.
        Demand = "demand", "需求记录", "Record of the demand";
        /// Staff, plan, deadline and contact.
        Plan = "plan", "立项方案", "Plan of the work";
        /// Question, answer and rating of a consultation.
        ConsultationArchive = "consultation-archive", "咨询档案", "Consultation archive";
        /// What was searched, with which words, where and when.
        SearchRecord = "search-record", "检索记录", "Record of the search";
        /// The report or other deliverable.
        Deliverable = "deliverable", "成果文件", "Deliverable";
        /// The list of a client's rights.
        RightsLedger = "rights-ledger", "知识产权台账", "Ledger of the client's rights";
        /// To whom the client was handed on, and how that went.
        Referral = "referral", "对接记录", "Record of the hand-on";
        /// Calls and visits after the work.
        FollowUp = "follow-up", "回访记录", "Record of the follow-up";
        /// Who came, what was taught, which papers.
        Attendance = "attendance", "参训记录", "Record of attendance";
        /// Answers about how good it was.
        Satisfaction = "satisfaction", "满意度调查", "Satisfaction survey";
        /// What the parties agreed, or that they did not.
        Outcome = "outcome", "处理结果", "Outcome for the parties";
        /// The matter written up as a case for others.
        CaseStudy = "case-study", "典型案例", "Case study";
        /// What was found at the check, and what is to be mended.
        Findings = "findings", "摸排情况", "Findings of the check";
        /// How the money came after the match.
        Financing = "financing", "融资跟踪", "Tracking of the financing";
        /// What was handed on to the authority, and its answer.
        Submission = "submission", "收件与流转记录", "Record of hand-on and answer";
    }
}
