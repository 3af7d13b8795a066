//! The closed lists of ratings, follow-ups and appeals.

network::coded! {
    /// How satisfied someone is. GB/T 39046 counts from the best, stars from the worst: neither number stands inside
    /// this house, both are made at its borders.
    Level ("level") {
        /// 非常满意.
        VerySatisfied = "very-satisfied", "非常满意", "Very satisfied";
        /// 满意.
        Satisfied = "satisfied", "满意", "Satisfied";
        /// 基本满意.
        Fairly = "fairly-satisfied", "基本满意", "Fairly satisfied";
        /// 不满意.
        Dissatisfied = "dissatisfied", "不满意", "Dissatisfied";
        /// 非常不满意.
        VeryDissatisfied = "very-dissatisfied", "非常不满意", "Very dissatisfied";
    }
}

impl Level {
    /// The code of GB/T 39046-2020, 满意度: 1 is very satisfied, 5 very dissatisfied.
    pub fn gb_code(self) -> u8 {
        self as u8 + 1
    }

    /// The level of a code of GB/T 39046-2020.
    pub fn from_gb_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code).checked_sub(1)?).copied()
    }

    /// Stars: five are very satisfied, one is very dissatisfied.
    pub fn stars(self) -> u8 {
        6 - self.gb_code()
    }

    /// The level of a number of stars.
    pub fn from_stars(stars: u8) -> Option<Self> {
        Self::from_gb_code(6_u8.checked_sub(stars)?)
    }

    /// Whether it is answered by a follow-up (差评).
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

network::coded! {
    /// By which way a rating came.
    Channel ("channel") {
        /// On the site.
        Web = "web", "网页", "On the web";
        /// A device at the window.
        Device = "device", "窗口评价器", "Device at the window";
        /// A code that is read with a telephone.
        Qr = "qr", "二维码", "QR code";
        /// Told on the telephone; staff wrote it down.
        Telephone = "telephone", "电话", "By telephone";
        /// By a link in a text message.
        Sms = "sms", "短信", "By text message";
        /// Told at the counter; staff wrote it down.
        Counter = "counter", "窗口口述", "At the counter";
    }
}

impl Channel {
    /// Whether staff write it down for someone else.
    pub fn is_told(self) -> bool {
        matches!(self, Self::Telephone | Self::Counter)
    }
}

network::coded! {
    /// Whether a rating counts.
    Standing ("standing") {
        /// It counts.
        Counted = "counted", "计入", "Counted";
        /// A review found that something else was meant; it stays on record.
        Mistaken = "mistaken", "误评，不计入", "Mistaken, not counted";
        /// A review found that it was given to do harm; it stays on record.
        Malicious = "malicious", "恶意评价，不计入", "Malicious, not counted";
    }
}

network::coded! {
    /// Where a follow-up stands.
    State ("state") {
        /// 核实: make contact and find out what happened.
        Verify = "verify", "待核实", "To be verified";
        /// 整改.
        Mend = "mend", "整改中", "Being mended";
        /// 反馈: tell the person what was found and done.
        Answer = "answer", "待反馈", "To be answered";
        /// 回访: ask whether that is enough.
        CallBack = "call-back", "待回访", "To be called back";
        /// Ended with a result.
        Closed = "closed", "已办结", "Closed";
    }
}

network::coded! {
    /// What is done in a follow-up.
    Action ("action") {
        /// It is opened by a bad rating.
        Open = "open", "收到差评", "Opened";
        /// Someone is to work it.
        Assign = "assign", "指派", "Assign";
        /// Written down, no step.
        Note = "note", "记录", "Note";
        /// The complaint holds: something is to be mended.
        Confirm = "confirm", "核实属实", "It holds";
        /// Nothing is to be mended, something to be explained.
        Explain = "explain", "需作说明", "To be explained";
        /// It is mended.
        Mended = "mended", "整改完成", "Mended";
        /// The person was told; the words are shown with the rating.
        Answer = "answer", "反馈", "Answer";
        /// The person says that it is enough.
        Content = "content", "回访满意", "Called back: content";
        /// The person says that it is not: it is mended again.
        NotContent = "not-content", "回访不满意", "Called back: not content";
        /// The person could not be reached, or gave no name.
        Unreached = "unreached", "未能回访", "Not reached";
        /// The rating was corrected meanwhile.
        Corrected = "corrected", "评价已更正", "Rating corrected";
        /// A review took the rating out.
        Exclude = "exclude", "复核不计入", "Taken out by a review";
    }
}

network::coded! {
    /// What came of a follow-up.
    Ending ("result") {
        /// Something was mended.
        Mended = "mended", "已整改", "Mended";
        /// Nothing was to be mended; it was explained.
        Explained = "explained", "已说明", "Explained";
        /// The rating was mistaken.
        Mistaken = "mistaken", "误评", "Mistaken";
        /// The rating was malicious.
        Malicious = "malicious", "恶意评价", "Malicious";
    }
}

network::coded! {
    /// Why an outlet says that a rating should not count.
    Ground ("ground") {
        /// Another outlet, item or matter was meant.
        Mistaken = "mistaken", "误评", "Mistaken";
        /// Given to do harm.
        Malicious = "malicious", "恶意评价", "Malicious";
    }
}

network::coded! {
    /// What a review decided.
    Decision ("decision") {
        /// The rating counts.
        Stands = "stands", "维持评价", "It stands";
        /// The rating does not count: mistaken.
        Mistaken = "mistaken", "认定误评", "Mistaken";
        /// The rating does not count: malicious.
        Malicious = "malicious", "认定恶意", "Malicious";
    }
}

impl Decision {
    /// What becomes of the rating.
    pub fn standing(self) -> Standing {
        match self {
            Self::Stands => Standing::Counted,
            Self::Mistaken => Standing::Mistaken,
            Self::Malicious => Standing::Malicious,
        }
    }

    /// What becomes of its follow-up; none when it goes on.
    pub(crate) fn result(self) -> Option<Ending> {
        match self {
            Self::Stands => None,
            Self::Mistaken => Some(Ending::Mistaken),
            Self::Malicious => Some(Ending::Malicious),
        }
    }
}

#[cfg(test)]
#[path = "kinds_tests.rs"]
mod tests;
