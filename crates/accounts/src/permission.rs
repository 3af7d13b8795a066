//! Who may what: the one table.

network::coded! {
    /// What a person is at an organisation and all that stands under it.
    Role ("role") {
        /// Everyone, signed in or not; never granted.
        Visitor = "visitor", "访客", "Visitor";
        /// Everyone who has signed in; never granted.
        Client = "client", "社会公众", "Client";
        /// Works cases at an outlet.
        OutletStaff = "outlet-staff", "网点工作人员", "Outlet staff";
        /// Leads an outlet.
        OutletLead = "outlet-lead", "网点负责人", "Outlet lead";
        /// Reviews assessments to which it is called.
        Expert = "expert", "评审专家", "Expert";
        /// Keeps the network, items, plans of a jurisdiction.
        Administrator = "administrator", "管理部门", "Administrator";
        /// Cares for the data of rights.
        DataSteward = "data-steward", "数据管理员", "Data steward";
        /// Reads the audit trail.
        Auditor = "auditor", "审计员", "Auditor";
        /// Runs the installation.
        Operator = "operator", "运维人员", "Operator";
    }
}

/// Writes the permissions with their codes, names and the roles that hold them.
macro_rules! permissions {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $zh:literal, $en:literal: $($role:ident)+;)+) => {
        network::coded! {
            /// One thing that may be allowed.
            Permission ("permission") { $($(#[$doc])* $variant = $code, $zh, $en;)+ }
        }

        impl Permission {
            /// The roles that hold it.
            pub fn roles(self) -> &'static [Role] {
                match self { $(Self::$variant => &[$(Role::$role),+]),+ }
            }
        }
    };
}

permissions! {
    /// Rights, analyses, classes, published service items, the directory, published figures.
    ReadPublic = "read-public", "查阅公开信息", "read what is public": Visitor;
    /// Send a request for a service; a visitor follows it by its tracking code.
    RequestService = "request-service", "提交服务需求", "request a service": Visitor;
    /// Rate a case by its tracking code, or a visit.
    Rate = "rate", "评价", "rate": Visitor;
    /// One's own account: particulars, sign-in, export, deletion, one's own cases and lists.
    OwnAccount = "own-account", "管理本人账户", "keep one's own account": Client;
    /// See the cases of an outlet, lists, counts, exports.
    ReadCases = "read-cases", "查看办件", "read cases": OutletStaff OutletLead Administrator;
    /// Accept, refuse, supplement, work, deliver; enter requests for people who come in person.
    WorkCases = "work-cases", "办理办件", "work on cases": OutletStaff OutletLead;
    /// Assign, extend, escalate, transfer, merge, reopen.
    LeadCases = "lead-cases", "调度办件", "direct cases": OutletLead Administrator;
    /// See names, telephones and addresses of clients unmasked; each look is recorded.
    ReadPersonalData = "read-personal-data", "查看个人信息", "see personal data unmasked": OutletStaff OutletLead;
    /// Answer ratings and work their follow-ups.
    AnswerRatings = "answer-ratings", "处理评价", "answer ratings": OutletStaff OutletLead;
    /// Decide appeals and exclusions of ratings.
    ReviewRatings = "review-ratings", "复核评价", "review ratings": Administrator;
    /// Make and send questionnaires.
    KeepQuestionnaires = "keep-questionnaires", "管理问卷", "keep questionnaires": OutletLead Administrator;
    /// Say that an outlet's particulars are as written, change its hours, telephone, promise.
    ConfirmOutlet = "confirm-outlet", "核实网点信息", "confirm an outlet": OutletLead Administrator;
    /// Enter, move, merge, close organisations; import the network.
    EditNetwork = "edit-network", "维护服务网络", "keep the network": Administrator;
    /// Write versions of service items.
    EditItems = "edit-items", "维护服务事项", "write service items": Administrator;
    /// Publish and withdraw versions of service items; load calendars.
    PublishItems = "publish-items", "发布服务事项", "publish service items": Administrator;
    /// Give and take roles at an organisation and under it.
    ManageRoles = "manage-roles", "管理角色授权", "give and take roles": Administrator Operator;
    /// Plans, indicators, assessments and warnings of a jurisdiction, as they stand.
    ReadGovernance = "read-governance", "查阅计划与指标", "read plans and indicators": OutletLead Administrator Auditor;
    /// Write, issue, copy and close plans.
    EditPlans = "edit-plans", "编制计划", "write plans": Administrator;
    /// Report progress on tasks and values of indicators for a unit.
    ReportProgress = "report-progress", "填报进展与指标", "report progress and values": OutletLead Administrator;
    /// Accept or return what a unit under one's own has reported.
    AcceptReports = "accept-reports", "审核填报", "accept reports": Administrator;
    /// Write definitions, targets and baselines of indicators.
    EditIndicators = "edit-indicators", "维护指标", "write indicators": Administrator;
    /// Write schemes, open assessments, call reviewers, decide objections, publish.
    KeepAssessments = "keep-assessments", "组织考核评价", "keep assessments": Administrator;
    /// Score what one is called to review.
    ReviewAssessments = "review-assessments", "评审打分", "review assessments": Expert;
    /// Enter credit events of agencies, decide objections and repair, publish.
    KeepCredit = "keep-credit", "管理代理机构信用", "keep the credit of agencies": Administrator;
    /// Acknowledge, assign and close warnings.
    WorkWarnings = "work-warnings", "处置预警", "work on warnings": OutletLead Administrator;
    /// Write the rules of warnings.
    EditWarnings = "edit-warnings", "维护预警规则", "write warning rules": Administrator;
    /// Load files, corrections, quarantine.
    EditData = "edit-data", "维护数据", "keep the data": DataSteward;
    /// Read and verify the audit trail.
    ReadAudit = "read-audit", "查阅审计日志", "read the audit trail": Auditor;
    /// Settings, outbox, health.
    Operate = "operate", "运维", "run the installation": Operator;
}

impl Permission {
    /// The whole table: every permission with the roles that hold it. The documents print it.
    pub fn table() -> impl Iterator<Item = (Self, &'static [Role])> {
        Self::ALL.iter().map(|permission| (*permission, permission.roles()))
    }
}

#[cfg(test)]
#[path = "permission_tests.rs"]
mod tests;
