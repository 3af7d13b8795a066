//! How far a request has come, what is awaited, and by when.

use std::cmp::Ordering;

use cases::{ACCEPTANCE_DAYS, Case, CaseFile, Level, REOPEN_DAYS, State};
use jiff::ToSpan as _;
use jiff::civil::Date;
use services::{Item, Limit};

use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

/// A place on the way of a request.
pub(super) struct Station {
    pub(super) name: &'static str,
    pub(super) day: String,
    /// `done`, `now`, `ahead`, or `ended` where the way ends before its end.
    pub(super) class: &'static str,
}

/// A deadline with what it is for.
pub(super) struct DeadlineView {
    pub(super) name: &'static str,
    pub(super) day: String,
    pub(super) note: String,
    /// Whether it is the one that counts now.
    pub(super) due: bool,
}

/// The way of a request.
pub(super) fn stations(case: &Case, visit: &Visit) -> Vec<Station> {
    let day = |at: Option<jiff::Timestamp>| at.map_or_else(String::new, |at| network::local(at).date().to_string());
    let all = [
        (visit.t("提交", "Sent"), day(Some(case.received_at))),
        (visit.t("受理", "Accepted"), day(case.accepted_at)),
        (visit.t("办理", "At work"), String::new()),
        (visit.t("交付", "Delivered"), day(case.delivered_at)),
        (visit.t("办结", "Closed"), day(case.closed_at)),
    ];
    let done = match case.state {
        State::Received | State::Supplement => 1,
        State::Accepted | State::SetUp | State::Work | State::HandedOn => 2,
        State::Delivered | State::FollowUp => 4,
        State::Archived => 5,
        State::Refused | State::Withdrawn | State::Merged => 1 + usize::from(case.accepted_at.is_some()),
    };
    let cut = matches!(case.state, State::Refused | State::Withdrawn | State::Merged);
    let station = |(at, (name, day)): (usize, (&'static str, String))| Station {
        name,
        // What was done before it was opened again is not done any more.
        day: if at < done { day } else { String::new() },
        class: match at.cmp(&done) {
            Ordering::Less => "done",
            Ordering::Equal => "now",
            Ordering::Greater => "ahead",
        },
    };
    let mut stations: Vec<Station> = all.into_iter().enumerate().map(station).collect();
    if cut {
        stations.truncate(done);
        let name = case.state.label(visit.lang.code());
        stations.push(Station { name, day: day(case.closed_at), class: "ended" });
    }
    stations
}

/// What is awaited now, and from whom.
pub(super) fn awaited(file: &CaseFile, today: Date, visit: &Visit) -> String {
    let case = &file.case;
    let zh = visit.lang.code() == "zh";
    let due = case.due_on.map_or_else(String::new, |day| day.to_string());
    if case.paused.is_some() {
        return visit
            .t(
                "办理暂时中止，中止期间不计时限。原因见下面的办理过程。",
                "The work stands still for now and so does the clock; the reason is in the course below.",
            )
            .to_owned();
    }
    match case.state {
        State::Received if zh => format!("网点将在 {due} 前决定是否受理，结果会通知您。"),
        State::Received => format!("The outlet decides by {due} whether it accepts your request; you will be told."),
        State::Supplement if zh => format!("还缺下面这些内容，请在 {due} 前一次补齐；等待期间不计入办理时限。"),
        State::Supplement => {
            format!("What is listed below is missing. Add all of it by {due}; waiting does not count against the deadline.")
        }
        State::Accepted | State::SetUp | State::Work if due.is_empty() => {
            visit.t("网点正在办理。", "The outlet is working on it.").to_owned()
        }
        State::Accepted | State::SetUp | State::Work if zh => format!("网点正在办理，将在 {due} 前交付成果。"),
        State::Accepted | State::SetUp | State::Work => {
            format!("The outlet is working on it and delivers by {due}.")
        }
        State::HandedOn => {
            let office = case.handed_on.as_ref().map_or("", |on| on.office.as_str());
            if zh { format!("已转由「{office}」办理，进展会记在下面。") } else { format!("It was handed on to «{office}»; what they say is noted below.") }
        }
        State::Delivered => visit
            .t("成果已经交付。请看一看是否解决了问题，然后确认，或者说明原因退回重办。", "The result is there. See whether it solves the matter; then confirm it, or hand it back with a reason.")
            .to_owned(),
        State::FollowUp => visit.t("您的确认已收到，网点随后归档。", "Your answer has come in; the outlet will file the request.").to_owned(),
        State::Archived | State::Refused | State::Withdrawn => ended(case, today, visit),
        State::Merged => visit.t("它与您的另一件需求一并办理。", "It goes on together with another request.").to_owned(),
    }
}

/// The last day on which a case that has ended may be opened again, while there is one.
pub(super) fn open_until(case: &Case, today: Date) -> Option<Date> {
    let closed = services::office_day(case.closed_at.filter(|_| case.state != State::Merged)?);
    Some(closed.saturating_add(REOPEN_DAYS.days())).filter(|until| *until >= today)
}

fn ended(case: &Case, today: Date, visit: &Visit) -> String {
    let Some(until) = open_until(case, today) else {
        return visit
            .t("已经结束。情况有变的，请提出新的需求。", "It has ended. If things have changed, make a new request.")
            .to_owned();
    };
    match visit.lang.code() {
        "zh" => format!("已经结束。情况有变的，可在 {until} 前申请重新办理。"),
        _ => format!("It has ended. If things have changed, you may ask until {until} that it be opened again."),
    }
}

/// Every deadline side by side.
pub(super) fn deadlines(file: &CaseFile, visit: &Visit) -> Vec<DeadlineView> {
    let (case, all, lang) = (&file.case, &file.clock.deadlines, visit.lang.code());
    let (terms, zh) = (&case.terms, visit.lang.code() == "zh");
    let since = |limit: &Limit, zh_from: &str, en_from: &str| {
        if zh {
            format!("自{zh_from}起 {}", limit.text(lang))
        } else {
            format!("{} from {en_from}", limit.text(lang))
        }
    };
    let delivery = all.delivery();
    let open = !case.state.is_final() && case.delivered_at.is_none();
    let view = |name, day: Option<Date>, note: String, due: bool| {
        day.map(|day| DeadlineView { name, day: day.to_string(), note, due: due && !case.state.is_final() })
    };
    let of =
        |limit: &Option<Limit>| limit.as_ref().map_or_else(String::new, |limit| since(limit, "受理", "acceptance"));
    let waiting = case.state == State::Received;
    let running = open && case.state.is_running();
    [
        view(
            visit.t("受理期限", "Accepted by"),
            Some(all.acceptance),
            since(&terms.acceptance, "提交", "sending"),
            waiting,
        ),
        view(
            visit.t("补正期限", "Supplement by"),
            all.supplement.filter(|_| case.state == State::Supplement),
            since(&terms.supplement, "通知", "being asked"),
            true,
        ),
        view(
            visit.t("约定完成", "Agreed for"),
            all.planned,
            visit.t("立项时与您约定", "as set up with you").to_owned(),
            running && delivery == all.planned,
        ),
        view(
            visit.t("承诺期限", "Promised by"),
            all.promised,
            of(&terms.promised),
            running && delivery == all.promised,
        ),
        view(
            visit.t("法定期限", "By law by"),
            all.statutory,
            of(&terms.statutory),
            running && delivery == all.statutory,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the clock says besides: how near the end is, days used, days on which it stood, days that may move.
pub(super) fn clock(file: &CaseFile, visit: &Visit) -> Vec<String> {
    let (case, zh) = (&file.case, visit.lang.code() == "zh");
    let mut lines = Vec::new();
    if let Some(level) = file.clock.level.filter(|level| *level != Level::Ok && !case.state.is_final()) {
        lines.push(level.label(visit.lang.code()).to_owned());
    }
    if let Some(days) = case.measured {
        let on_time = match case.on_time {
            Some(true) => visit.t("，按期", ", on time"),
            Some(false) => visit.t("，超期", ", late"),
            None => "",
        };
        lines.push(if zh {
            format!("用时 {days} 个工作日{on_time}")
        } else {
            format!("took {days} working days{on_time}")
        });
    } else if let Some(days) = file.clock.deadlines.used.filter(|_| case.state.is_running()) {
        lines.push(if zh { format!("已用 {days} 个工作日") } else { format!("{days} working days so far") });
    }
    if file.clock.deadlines.stood > 0 {
        let days = file.clock.deadlines.stood;
        lines.push(if zh {
            format!("停计 {days} 个工作日")
        } else {
            format!("the clock stood for {days} working days")
        });
    }
    if !file.clock.unsure.is_empty() && !case.state.is_final() {
        let years: Vec<String> = file.clock.unsure.iter().map(ToString::to_string).collect();
        let years = years.join(visit.t("、", ", "));
        lines.push(if zh {
            format!("{years} 年的节假日尚未公布，日期可能变动")
        } else {
            format!("holidays of {years} are not known yet: days may move")
        });
    }
    lines
}

/// What happens after a request was sent today, with days.
pub(super) async fn dates(app: &App, item: &Item, visit: &Visit) -> Result<Vec<String>, Failure> {
    let (calendar, today, zh) = (app.services.calendar().await?, super::today(app), visit.lang.code() == "zh");
    let acceptance = item.acceptance_limit.clone().unwrap_or(Limit::working_days(ACCEPTANCE_DAYS));
    let taken = calendar.deadline(today, &acceptance, &[]).on;
    let mut lines = vec![if zh {
        format!("{taken} 前：网点决定是否受理，或一次性告知需要补充的全部内容。")
    } else {
        format!("By {taken} the outlet accepts your request, or tells you all that is missing at once.")
    }];
    let end = |limit: &Limit| calendar.deadline(taken, limit, &[]).on;
    if let Some(limit) = &item.promised_limit {
        let (within, day) = (limit.text(visit.lang.code()), end(limit));
        lines.push(if zh {
            format!("承诺受理后 {within}办结：最迟 {day}。")
        } else {
            format!("The promise is {within} after acceptance: {day} at the latest.")
        });
    }
    if let Some(limit) = &item.statutory_limit {
        let (within, day) = (limit.text(visit.lang.code()), end(limit));
        lines.push(if zh {
            format!("法定期限为受理后 {within}：{day}。")
        } else {
            format!("By law it is {within} after acceptance: {day}.")
        });
    }
    lines.push(
        visit
            .t(
                "成果交付后，请确认或退回，并作出评价。",
                "When the result is delivered, confirm it or hand it back, and rate the service.",
            )
            .to_owned(),
    );
    Ok(lines)
}
