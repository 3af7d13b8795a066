//! The closed lists of indicators.

use network::coded;

coded! {
    /// Under which heading an indicator stands.
    #[schema(as = IndicatorGroup)]
    Group ("group of indicators") {
        /// What is created and held.
        Creation = "creation", "创造", "Creation";
        /// Pledge, licence, conversion.
        Utilisation = "utilisation", "运用", "Utilisation";
        /// Disputes, protection bodies.
        Protection = "protection", "保护", "Protection";
        /// Quality and length of examination, organisation of the work.
        Management = "management", "管理", "Management";
        /// Requests for service and how they are met.
        Service = "service", "公共服务", "Public service";
        /// Bodies, outlets and their reach.
        Network = "network", "服务网络", "Service network";
        /// What people say.
        Satisfaction = "satisfaction", "满意度", "Satisfaction";
        /// People and training.
        People = "people", "人才与培训", "People and training";
        /// Money, platforms, standards, data.
        Means = "means", "投入与基础", "Means";
    }
}

coded! {
    /// How the numbers of an indicator are made.
    #[schema(as = IndicatorFormulaKind)]
    FormulaKind ("kind of formula") {
        /// Units report them.
        Entered = "entered", "填报", "Entered";
        /// The platform measures them.
        Counted = "counted", "系统计算", "Computed by the platform";
        /// Sums of the units below.
        Summed = "summed", "下级汇总", "Sum of the units below";
        /// One indicator by another.
        Ratio = "ratio", "比率", "Ratio";
        /// Against the year before.
        Growth = "growth", "同比增长", "Growth on last year";
        /// Of several indicators.
        Index = "index", "指数", "Index";
    }
}

coded! {
    /// Which way is better.
    #[schema(as = IndicatorDirection)]
    Direction ("direction") {
        /// More is better.
        More = "more", "越高越好", "More is better";
        /// Less is better.
        Less = "less", "越低越好", "Less is better";
        /// Neither.
        Neither = "neither", "无方向", "Neither";
    }
}

coded! {
    /// Where a value stands.
    #[schema(as = IndicatorValueState)]
    State ("state of a value") {
        /// Written, not sent.
        Draft = "draft", "草稿", "Draft";
        /// Sent, waits for the unit above.
        Submitted = "submitted", "已报送", "Submitted";
        /// Sent back with a reason.
        Returned = "returned", "已退回", "Returned";
        /// Accepted by the unit above: locked.
        Accepted = "accepted", "已审定", "Accepted";
        /// Measured by the platform.
        Computed = "computed", "系统计算", "Computed";
    }
}

impl State {
    /// Whether the value counts for everyone.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Accepted | Self::Computed)
    }

    /// Whether its unit may change it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}
