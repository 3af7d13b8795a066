//! Names of rows.

network::named! {
    /// The name of a plan.
    PlanId
    /// The name of a report.
    ReportId
    /// The name of a file of a report.
    FileId
}
