//! The closed lists of warnings.

network::coded! {
    /// How severe a warning is.
    #[schema(as = WarningSeverity)]
    Severity ("severity") {
        /// Someone should know.
        Note = "note", "提示", "Note";
        /// Someone should look.
        Attention = "attention", "关注", "Attention";
        /// Someone must act.
        Serious = "serious", "严重", "Serious";
    }
}

network::coded! {
    /// Who is told when a warning fires.
    #[schema(as = WarningTold)]
    Told ("who is told") {
        /// The unit itself.
        Unit = "unit", "本单位", "The unit";
        /// The unit above it.
        Above = "above", "上级单位", "The unit above";
        /// Both.
        Both = "both", "本单位和上级单位", "The unit and the one above";
        /// Nobody; the list shows it.
        Nobody = "nobody", "不通知", "Nobody";
    }
}

network::coded! {
    /// Where a warning stands.
    #[schema(as = WarningState)]
    State ("state of a warning") {
        /// Nobody has taken note.
        New = "new", "新预警", "New";
        /// Someone has.
        Acknowledged = "acknowledged", "已知悉", "Acknowledged";
        /// Over.
        Closed = "closed", "已关闭", "Closed";
    }
}

network::coded! {
    /// What was done to a warning.
    #[schema(as = WarningAct)]
    Act ("act") {
        /// Fired.
        Fire = "fire", "触发", "Fired";
        /// Fired again before it was closed.
        FireAgain = "fire-again", "再次触发", "Fired again";
        /// The figure is no longer as the rule says.
        Clear = "clear", "指标恢复", "Cleared";
        /// Taken note of.
        Acknowledge = "acknowledge", "知悉", "Acknowledge";
        /// Given to a person.
        Assign = "assign", "交办", "Assign";
        /// Said something.
        Comment = "comment", "备注", "Comment";
        /// Closed.
        Close = "close", "关闭", "Close";
        /// Opened again.
        Reopen = "reopen", "重新打开", "Reopen";
    }
}

network::coded! {
    /// With which result a warning was closed.
    #[schema(as = WarningOutcome)]
    Outcome ("result") {
        /// Something was done.
        DealtWith = "dealt-with", "已处置", "Dealt with";
        /// It was no warning.
        Mistaken = "mistaken", "误报", "Mistaken";
        /// It is so, and may be.
        Tolerated = "tolerated", "予以容忍", "Tolerated";
    }
}
