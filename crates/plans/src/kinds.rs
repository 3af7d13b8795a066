//! The closed lists of this room.

network::coded! {
    /// Where a plan stands.
    PlanState ("state of a plan") {
        /// Being written; only its authors see it.
        Draft = "draft", "草稿", "Draft";
        /// In force.
        Issued = "issued", "已印发", "Issued";
        /// Over; nothing is reported any more.
        Closed = "closed", "已结束", "Closed";
    }
}

network::coded! {
    /// Whether a task must be done.
    #[schema(as = PlanDuty)]
    Duty ("duty") {
        /// Must be done.
        Required = "required", "必做", "Required";
        /// May be chosen.
        Optional = "optional", "选做", "Optional";
    }
}

network::coded! {
    /// How an assignment says who is meant.
    #[schema(as = PlanRule)]
    Rule ("rule") {
        /// The organisation at the top.
        Nation = "nation", "国家局", "The national office";
        /// The administration of every province.
        Provinces = "provinces", "各省", "All provinces";
        /// The administrations of the provinces of a list of the plan.
        ProvincesOf = "provinces-of", "名单内省份", "Provinces of a list";
        /// The administrations of the cities of a list of the plan.
        CitiesOf = "cities-of", "名单内城市", "Cities of a list";
        /// Those of one batch of a list.
        BatchOf = "batch-of", "名单的某一批", "A batch of a list";
        /// The administrations of all cities of the provinces of a list.
        CitiesIn = "cities-in", "名单内省份的各市", "All cities of the provinces of a list";
        /// Organisations by name.
        Units = "units", "指定单位", "Units by name";
    }
}

network::coded! {
    /// How a target bounds its figure.
    #[schema(as = PlanBound)]
    Bound ("bound") {
        /// The figure or more.
        AtLeast = "at-least", "不少于", "at least";
        /// The figure or less.
        AtMost = "at-most", "不超过", "at most";
        /// About the figure.
        About = "about", "约", "about";
    }
}

network::coded! {
    /// How far a unit says it is.
    #[schema(as = PlanReportProgress)]
    Progress ("progress") {
        /// Nothing was done yet.
        NotStarted = "not-started", "未启动", "Not begun";
        /// Work goes on.
        UnderWay = "under-way", "推进中", "Under way";
        /// All that the task asks was done.
        Done = "done", "已完成", "Done";
        /// It cannot go on; the words say why.
        Blocked = "blocked", "受阻", "Blocked";
    }
}

network::coded! {
    /// Where a report stands.
    ReportState ("state of a report") {
        /// Being written.
        Draft = "draft", "草稿", "Draft";
        /// Waits for the unit above.
        Submitted = "submitted", "待审核", "Submitted";
        /// Sent back with reasons, to be mended.
        Returned = "returned", "已退回", "Returned";
        /// Accepted and locked.
        Accepted = "accepted", "已通过", "Accepted";
    }
}

network::coded! {
    /// What is done to a report.
    Act ("act") {
        /// Begun.
        Begin = "begin", "新建", "Begun";
        /// Written on.
        Write = "write", "修改", "Changed";
        /// A file was added.
        Attach = "attach", "添加附件", "File added";
        /// A file was taken out.
        Detach = "detach", "移除附件", "File taken out";
        /// Sent to the unit above.
        Submit = "submit", "报送", "Submitted";
        /// Taken back before it was looked at.
        TakeBack = "take-back", "撤回", "Taken back";
        /// Accepted.
        Accept = "accept", "通过", "Accepted";
        /// Sent back.
        Return = "return", "退回", "Returned";
        /// Shown to everyone, or not any more.
        Show = "show", "设置公开", "Publication set";
    }
}

network::coded! {
    /// How a task stands at a unit.
    Standing ("standing") {
        /// The task is not for this unit.
        NotConcerned = "not-concerned", "不涉及", "Not concerned";
        /// May be chosen and was not.
        Offered = "offered", "可选未选", "Optional, not chosen";
        /// Nothing was submitted; nothing is late.
        Open = "open", "尚未报送", "Nothing reported yet";
        /// Nothing was submitted, and the day is over.
        Missing = "missing", "逾期未报", "Not reported, late";
        /// A report was sent back and waits to be mended.
        Returned = "returned", "退回待改", "Returned";
        /// A report waits for the unit above.
        Submitted = "submitted", "待审核", "Waits for review";
        /// Accepted, and work goes on.
        UnderWay = "under-way", "推进中", "Under way";
        /// Reported, not done, and the day is over.
        Late = "late", "逾期未完成", "Late";
        /// Done, and accepted as done.
        Done = "done", "已完成", "Done";
    }
}

impl Standing {
    /// The mark in a matrix, so that nothing hangs on colour alone.
    pub fn mark(self) -> &'static str {
        match self {
            Self::NotConcerned => "",
            Self::Offered => "◌",
            Self::Open => "○",
            Self::Missing => "✕",
            Self::Returned => "↩",
            Self::Submitted => "…",
            Self::UnderWay => "◐",
            Self::Late => "!",
            Self::Done => "✓",
        }
    }

    /// Whether something is wrong by its day.
    pub fn is_late(self) -> bool {
        matches!(self, Self::Missing | Self::Late)
    }
}
