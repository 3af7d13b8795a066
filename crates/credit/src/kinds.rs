//! The closed lists of credit.

network::coded! {
    /// What an agency does.
    AgencyKind ("kind of agency") {
        /// 专利代理机构.
        Patent = "patent", "专利代理机构", "Patent agency";
        /// 商标代理机构.
        TradeMark = "trade-mark", "商标代理机构", "Trade-mark agency";
        /// 专利与商标代理机构.
        Both = "both", "专利、商标代理机构", "Patent and trade-mark agency";
    }
}

network::coded! {
    /// A credit level, from the best.
    Grade ("credit level") {
        /// Above the full score by bonus.
        APlus = "A+", "A+", "A+";
        /// The best without bonus.
        A = "A", "A", "A";
        /// Second.
        B = "B", "B", "B";
        /// Third.
        C = "C", "C", "C";
        /// The lowest.
        D = "D", "D", "D";
    }
}

impl Grade {
    /// A word of it that may stand in an address or a class name: `a-plus`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::APlus => "a-plus",
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
            Self::D => "d",
        }
    }

    /// The grade of a slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|grade| grade.slug() == slug)
    }
}

network::coded! {
    /// Whether a rule takes points or gives them.
    Direction ("direction") {
        /// Misconduct.
        Minus = "minus", "扣分", "Minus";
        /// A merit.
        Plus = "plus", "加分", "Plus";
    }
}

network::coded! {
    /// Where an event stands.
    EventState ("state of an event") {
        /// Entered, seen by keepers only.
        Draft = "draft", "草稿", "Draft";
        /// Public, open for objections; does not count yet.
        Announced = "announced", "公示中", "Announced";
        /// An objection waits for a decision; does not count yet.
        Objected = "objected", "异议处理中", "Under objection";
        /// Counts.
        InForce = "in-force", "已生效", "In force";
        /// Counts; an application for repair waits.
        Repairing = "repairing", "修复审核中", "Repair under review";
        /// Counted until it was repaired.
        Repaired = "repaired", "已修复", "Repaired";
        /// Was cancelled after an objection; never counted.
        Cancelled = "cancelled", "异议成立，已撤销", "Cancelled on objection";
        /// Was entered by mistake and taken back.
        Withdrawn = "withdrawn", "已撤回", "Withdrawn";
    }
}

impl EventState {
    /// Whether everyone may see it.
    pub fn is_public(self) -> bool {
        !matches!(self, Self::Draft | Self::Withdrawn | Self::Cancelled)
    }

    /// Whether it has counted or counts.
    pub fn has_counted(self) -> bool {
        matches!(self, Self::InForce | Self::Repairing | Self::Repaired)
    }
}

network::coded! {
    /// What was done to an event.
    Act ("act") {
        /// Entered.
        Draft = "draft", "录入", "entered";
        /// Changed before it was announced.
        Edit = "edit", "修改", "changed";
        /// Evidence was added.
        Attach = "attach", "添加证据", "given evidence";
        /// Evidence was taken out.
        Detach = "detach", "移除证据", "evidence taken out";
        /// Announced.
        Announce = "announce", "公示", "announced";
        /// An objection came in.
        Object = "object", "提出异议", "objected to";
        /// The objection was rejected.
        Uphold = "uphold", "异议不成立", "upheld";
        /// The objection led to another rule.
        Change = "change", "异议部分成立，改按其他规则", "put under another rule";
        /// The objection was granted.
        Cancel = "cancel", "异议成立，撤销", "cancelled";
        /// Counts from now on.
        TakeEffect = "take-effect", "生效", "took effect";
        /// Repair was applied for.
        ApplyForRepair = "apply-for-repair", "申请信用修复", "repair applied for";
        /// Repair was granted.
        Repair = "repair", "同意修复", "repaired";
        /// Repair was refused.
        RefuseRepair = "refuse-repair", "不同意修复", "repair refused";
        /// Taken back.
        Withdraw = "withdraw", "撤回", "withdrawn";
    }
}

network::coded! {
    /// What someone asks for an event.
    PaperKind ("kind of paper") {
        /// That an announced event does not count.
        Objection = "objection", "异议", "objection";
        /// That an event in force counts no more.
        Repair = "repair", "信用修复申请", "application for repair";
    }
}

network::coded! {
    /// What became of a paper.
    Outcome ("outcome") {
        /// The event stands.
        Rejected = "rejected", "不成立", "Rejected";
        /// The event stands under another rule.
        Partly = "partly", "部分成立", "Granted in part";
        /// The event is cancelled, or counts no more.
        Granted = "granted", "成立", "Granted";
        /// The event counts on.
        Refused = "refused", "不同意修复", "Refused";
    }
}

impl PaperKind {
    /// What can become of it.
    pub fn outcomes(self) -> &'static [Outcome] {
        match self {
            Self::Objection => &[Outcome::Rejected, Outcome::Partly, Outcome::Granted],
            Self::Repair => &[Outcome::Granted, Outcome::Refused],
        }
    }

    /// The name of an outcome in `zh` or, for every other language, English.
    pub fn outcome_label(self, outcome: Outcome, lang: &str) -> &'static str {
        match (self, outcome) {
            (Self::Repair, Outcome::Granted) if lang == "zh" => "同意修复",
            _ => outcome.label(lang),
        }
    }
}

network::coded! {
    /// What a lead is about.
    LeadKind ("kind of lead") {
        /// Far more filings in a year than in the year before.
        Jump = "jump", "申请量突增", "Jump of filings";
        /// Many filings with nearly the same title from one address.
        AlikeAtAddress = "alike-at-address", "同一地址名称雷同", "Nearly identical titles at one address";
        /// One inventor with many filings on one day.
        InventorDay = "inventor-day", "同一发明人单日多件", "Many filings of one inventor in a day";
        /// Far fewer grants than peers.
        FewGrants = "few-grants", "授权占比偏低", "Share of grants far below peers";
        /// Far more withdrawals than peers.
        ManyWithdrawals = "many-withdrawals", "撤回占比偏高", "Share of withdrawals far above peers";
    }
}

network::coded! {
    /// What became of a lead.
    LeadState ("state of a lead") {
        /// Nobody has looked into it.
        Open = "open", "待核查", "To be looked into";
        /// A draft event was made of it.
        Taken = "taken", "已转为事件草稿", "Made a draft event";
        /// Looked into, nothing to do.
        Dismissed = "dismissed", "核查无异常", "Looked into, nothing found";
    }
}
