//! The deadlines of a case: as rows with what is left of them, and drawn on an axis of time.

use cases::{Case, CaseFile, Clock, State};
use charts::{Event, Figure, Kind, Span, Timeline, Today};
use jiff::civil::Date;
use services::{Calendar, office_day};

use super::views::left;
use crate::frame::Visit;
use crate::pages::network::words;

/// One deadline.
pub(crate) struct DeadlineView {
    pub(crate) name: &'static str,
    pub(crate) day: String,
    /// How far it is; empty where it no longer matters.
    pub(crate) left: String,
    /// Whether it is the one that counts now.
    pub(crate) counts: bool,
    /// The limit in words.
    pub(crate) limit: String,
}

/// The deadlines, the one that counts first of its kind.
pub(crate) fn deadlines(file: &CaseFile, calendar: &Calendar, today: Date, visit: &Visit) -> Vec<DeadlineView> {
    let (case, days) = (&file.case, &file.clock.deadlines);
    let due = case.due_on.filter(|_| !case.state.is_final());
    let acceptance = Some(days.acceptance).filter(|_| case.accepted_at.is_none());
    let lang = visit.lang.code();
    let limit = |limit: Option<&services::Limit>| limit.map_or_else(String::new, |limit| limit.text(lang));
    let all = [
        (visit.t("受理期限", "To be accepted by"), acceptance, limit(Some(&case.terms.acceptance))),
        (visit.t("补正期限", "To be supplemented by"), days.supplement, limit(Some(&case.terms.supplement))),
        (visit.t("约定完成", "Agreed with the client"), days.planned, String::new()),
        (visit.t("承诺期限", "Promised"), days.promised, limit(case.terms.promised.as_ref())),
        (visit.t("法定期限", "By law"), days.statutory, limit(case.terms.statutory.as_ref())),
    ];
    // While the clock stands for the client, the client's own time runs.
    let runs = due.is_some() && case.paused.is_none();
    let view = |(name, day, limit): (&'static str, Option<Date>, String)| {
        let day = day?;
        let counts = Some(day) == due;
        let left = if runs && (counts || case.state != State::Supplement) {
            left(calendar, day, today, visit)
        } else {
            String::new()
        };
        Some(DeadlineView { name, day: day.to_string(), left, counts, limit })
    };
    all.into_iter().filter_map(view).collect()
}

/// Working days used and stood, in words.
pub(crate) fn spent(clock: &Clock, visit: &Visit) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(used) = clock.deadlines.used {
        words.push(visit.lang.t(&format!("已用 {used} 个工作日"), &format!("{used} working days used")).to_owned());
    }
    if clock.deadlines.stood > 0 {
        let stood = clock.deadlines.stood;
        let en = format!("clock stopped for {stood} working days");
        words.push(visit.lang.t(&format!("停计 {stood} 个工作日"), &en).to_owned());
    }
    if !clock.unsure.is_empty() {
        let years = clock.unsure.iter().map(ToString::to_string).collect::<Vec<_>>().join(visit.t("、", ", "));
        let zh = format!("{years} 年的节假日尚未公布，日期可能变动");
        words.push(visit.lang.t(&zh, &format!("holidays of {years} are not known yet: days may move")).to_owned());
    }
    words
}

/// The course of a case on an axis of time.
pub(crate) fn figure(file: &CaseFile, today: Date, visit: &Visit) -> Figure {
    let (case, days) = (&file.case, &file.clock.deadlines);
    let lang = visit.lang.code();
    let from = start(case);
    let span = |name: &str, from: Date, to: Option<Date>, expected: bool| Span {
        label: name.to_owned(),
        from: from.to_string(),
        to: Some(to.unwrap_or(today).max(from).to_string()),
        expected,
        ..Span::default()
    };
    let accepted = case.accepted_at.map(office_day);
    let running = accepted.unwrap_or(from);
    let mut spans = Vec::new();
    if accepted.is_none() {
        spans.push(span(visit.t("受理期限", "To be accepted"), from, Some(days.acceptance), false));
    }
    let limits = [
        (visit.t("约定", "Agreed"), days.planned),
        (visit.t("承诺", "Promised"), days.promised),
        (visit.t("法定", "By law"), days.statutory),
    ];
    spans.extend(limits.into_iter().filter_map(|(name, day)| Some(span(name, running, Some(day?), false))));
    spans.extend(file.clock.stands.iter().map(|stand| span(stand.kind.label(lang), stand.from, stand.to, true)));
    let at = |label: &str, day: Option<Date>, main: bool| {
        Some(Event { date: day?.to_string(), label: label.to_owned(), main, href: None, note: None })
    };
    let events = [
        at(visit.t("收件", "Received"), Some(office_day(case.received_at)), true),
        at(visit.t("受理", "Accepted"), accepted, false),
        at(visit.t("交付", "Delivered"), case.delivered_at.map(office_day), true),
        at(visit.t("办结", "Closed"), case.closed_at.map(office_day), false),
    ];
    let drawing = Kind::Timeline(Timeline {
        date_head: visit.t("日期", "Date").to_owned(),
        label_head: visit.t("内容", "What").to_owned(),
        spans,
        events: events.into_iter().flatten().collect(),
        today: Some(Today { date: today.to_string(), label: visit.t("今天", "Today").to_owned() })
            .filter(|_| !case.state.is_final()),
    });
    let described = visit.t(
        "收件、受理、交付的日期，各项期限，以及停止计时的时段（斜纹）。",
        "Days of receipt, acceptance and delivery, the deadlines, and the times when the clock stood (hatched).",
    );
    Figure::new("clock", visit.t("办理进程", "Course of the case"), words(visit), drawing)
        .described(described)
        .wide(420)
}

fn start(case: &Case) -> Date {
    office_day(case.received_at)
}
