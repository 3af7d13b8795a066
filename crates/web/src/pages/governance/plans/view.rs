//! How parts of plans are told.

use plans::{Assignment, Contents, Matrix, MatrixCell, Placed, Plan, PlanState, Rule, Standing, Tally};

use crate::frame::Visit;
use crate::language::Lang;

/// Where a plan stands.
pub(super) struct PlanHead {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) state: &'static str,
    /// `draft`, `issued` or `closed`.
    pub(super) tone: &'static str,
    pub(super) edition: i64,
    pub(super) drafted: bool,
    pub(super) public: bool,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) year: i16,
}

impl PlanHead {
    pub(super) fn new(visit: &Visit, plan: &Plan) -> Self {
        let lang = visit.lang.code();
        Self {
            id: plan.id.to_string(),
            title: plan.title.text(lang).to_owned(),
            state: plan.state.label(lang),
            tone: plan.state.code(),
            edition: plan.edition,
            drafted: plan.drafted && plan.state != PlanState::Draft,
            public: plan.public,
            from: plan.from.to_string(),
            to: plan.to.to_string(),
            year: plan.year,
        }
    }
}

/// A task at a unit.
pub(super) struct StandingView {
    pub(super) code: &'static str,
    pub(super) mark: &'static str,
    pub(super) label: &'static str,
    pub(super) late: bool,
}

impl StandingView {
    pub(super) fn new(visit: &Visit, standing: Standing) -> Self {
        Self {
            code: standing.code(),
            mark: standing.mark(),
            label: standing.label(visit.lang.code()),
            late: standing.is_late(),
        }
    }
}

/// All states with their marks, for the legend.
pub(super) fn legend(visit: &Visit) -> Vec<StandingView> {
    Standing::ALL.iter().map(|standing| StandingView::new(visit, *standing)).collect()
}

/// How many are done of those that must.
pub(super) struct TallyView {
    pub(super) done: usize,
    pub(super) bound: usize,
    pub(super) late: usize,
    pub(super) waiting: usize,
    /// None where nobody must: that is not zero.
    pub(super) percent: Option<usize>,
    /// Mean percent of accepted reports.
    pub(super) mean: Option<i64>,
}

impl From<&Tally> for TallyView {
    fn from(tally: &Tally) -> Self {
        Self {
            done: tally.of(Standing::Done),
            bound: tally.bound(),
            late: tally.late(),
            waiting: tally.of(Standing::Submitted),
            percent: tally.done_percent(),
            mean: tally.mean_percent(),
        }
    }
}

impl TallyView {
    /// For drawings, where nothing is nothing wide.
    pub(super) fn width(&self) -> usize {
        self.percent.unwrap_or_default()
    }
}

/// Whom an assignment means, in words.
pub(crate) fn assignment(lang: Lang, contents: &Contents, assignment: &Assignment) -> String {
    let (zh, code) = (lang == Lang::Zh, lang.code());
    let duty = assignment.duty.label(code);
    let list =
        contents.list(&assignment.list).map_or_else(|| assignment.list.clone(), |list| list.name.text(code).to_owned());
    let batch = assignment.batch.unwrap_or_default();
    let whom = match assignment.rule {
        Rule::Nation | Rule::Provinces => assignment.rule.label(code).to_owned(),
        Rule::ProvincesOf | Rule::CitiesOf => list,
        Rule::BatchOf if zh => format!("{list}第 {batch} 批"),
        Rule::BatchOf => format!("{list}, batch {batch}"),
        Rule::CitiesIn if zh => format!("{list}的各市"),
        Rule::CitiesIn => format!("all cities of: {list}"),
        Rule::Units if zh => format!("指定的 {} 个单位", assignment.units.len()),
        Rule::Units => format!("{} units by name", assignment.units.len()),
    };
    format!("{duty}{}{whom}", lang.t("：", ": "))
}

/// The assignments of a task.
pub(super) fn assignments(visit: &Visit, contents: &Contents, placed: &Placed<'_>) -> Vec<String> {
    placed.assignments().iter().map(|one| assignment(visit.lang, contents, one)).collect()
}

/// What a cell says to those who do not see its mark.
pub(super) fn cell_words(visit: &Visit, cell: &MatrixCell) -> String {
    let lang = visit.lang.code();
    let mut words = cell.standing.label(lang).to_owned();
    if let Some(percent) = cell.percent {
        words = format!("{words} {percent}%");
    }
    match cell.duty {
        Some(_) if cell.chosen => format!("{words} ({})", visit.t("选做，已选", "optional, chosen")),
        Some(duty) => format!("{words} ({})", duty.label(lang)),
        None => words,
    }
}

/// The tallies of all tasks by key.
pub(super) fn by_task(matrix: &Matrix) -> Vec<(String, Tally)> {
    matrix.tasks.iter().map(|task| (task.key.clone(), matrix.tally_of_task(&task.key))).collect()
}
