//! A rule of warnings: read, made, changed, switched on and off.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, Level, OrganisationId, RegionCode, Text};
use warnings::{Condition, NewRule, Rule, RuleCode, Scope, Severity, Told, WarningsError};

use super::super::units::administrations;
use super::{begin, named, today, unit};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, form_status, summary};
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::choices;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Template)]
#[template(path = "governance/warnings/rule.html")]
struct RulePage<'a> {
    visit: &'a Visit,
    title: String,
    /// The rule as it is; none for a new one.
    facts: Vec<(&'static str, String)>,
    advice: String,
    open_address: String,
    on: bool,
    version: i64,
    action: String,
    edits: bool,
    is_new: bool,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    stale: bool,
}

pub(crate) async fn ask(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditWarnings)?;
    whole(&visit, &app, None, &Sent::default(), (&[], false)).await
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let rule = app.warnings.rule(&visit.actor, &named::<RuleCode>(&code)?).await?;
    whole(&visit, &app, Some(&rule), &Sent::default(), (&[], false)).await
}

async fn whole(
    visit: &Visit,
    app: &App,
    rule: Option<&Rule>,
    sent: &Sent,
    (faults, stale): (&[Fault], bool),
) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let edits = match rule.and_then(|rule| rule.keeper.as_ref()) {
        Some(keeper) => visit.actor.may_at(Permission::EditWarnings, keeper),
        None => visit.actor.may(Permission::EditWarnings),
    };
    let groups = if edits {
        vec![GroupView { name: String::new(), fields: fields(visit, app, rule, sent, faults).await? }]
    } else {
        Vec::new()
    };
    let status = form_status(stale, faults.is_empty());
    let here = "/governance/warnings/rules";
    let html = page(&RulePage {
        title: rule
            .map_or_else(|| visit.t("新增预警规则", "A new rule").to_owned(), |rule| rule.name.text(lang).to_owned()),
        facts: match rule {
            Some(rule) => facts(visit, app, rule).await?,
            None => Vec::new(),
        },
        advice: rule.map_or("", |rule| rule.advice.text(lang)).to_owned(),
        open_address: rule.map_or_else(String::new, |rule| {
            Link::to("/governance/warnings").with("rule", rule.code.as_str()).address()
        }),
        on: rule.is_some_and(|rule| rule.on),
        version: rule.map_or(0, |rule| rule.version),
        action: rule.map_or_else(|| format!("{here}/new"), |rule| format!("{here}/{}", rule.code)),
        edits,
        is_new: rule.is_none(),
        faults: summary(faults, &groups, visit.lang),
        groups,
        stale,
        visit,
    })?;
    Ok((status, html).into_response())
}

async fn facts(visit: &Visit, app: &App, rule: &Rule) -> Result<Vec<(&'static str, String)>, Failure> {
    let lang = visit.lang.code();
    let known = app.warnings.known();
    let info = known.iter().find(|info| info.code == rule.signal);
    let none = || visit.t("不限", "any").to_owned();
    let joined = |all: Vec<String>| if all.is_empty() { none() } else { all.join(visit.t("、", ", ")) };
    let mut facts = vec![
        (visit.t("代码", "Code"), rule.code.to_string()),
        (visit.t("信号", "Signal"), info.map_or_else(|| rule.signal.clone(), |info| info.name.text(lang).to_owned())),
    ];
    if let Some(reference) = info.and_then(|info| info.reference.as_ref()) {
        facts.push((visit.t("参照值", "Compared with"), reference.text(lang).to_owned()));
    }
    let keeper = match &rule.keeper {
        Some(keeper) => unit(app, visit, keeper).await?,
        None => visit.t("全站", "the whole site").to_owned(),
    };
    facts.extend([
        (visit.t("条件", "Fires when"), rule.condition.text(lang)),
        (visit.t("严重程度", "Severity"), rule.severity.label(lang).to_owned()),
        (visit.t("通知", "Who is told"), rule.told.label(lang).to_owned()),
        (visit.t("静默期", "Quiet period"), format!("{} {}", rule.quiet_days, visit.t("天", "days"))),
        (visit.t("适用范围", "Holds for"), keeper),
        (
            visit.t("级别", "Levels"),
            joined(rule.scope.levels.iter().map(|level| level.label(lang).to_owned()).collect()),
        ),
        (visit.t("地区", "Regions"), joined(rule.scope.regions.iter().map(ToString::to_string).collect())),
    ]);
    Ok(facts)
}

async fn fields(
    visit: &Visit,
    app: &App,
    rule: Option<&Rule>,
    sent: &Sent,
    faults: &[Fault],
) -> Result<Vec<FieldView>, Failure> {
    let lang = visit.lang.code();
    let typed = |field: &str, known: String| sent.given(field).map_or(known, str::to_owned);
    let of = |get: fn(&Rule) -> String| rule.map_or_else(String::new, get);
    let signal = typed("signal", of(|rule| rule.signal.clone()));
    let condition = typed("condition", of(|rule| rule.condition.code().to_owned()));
    let number = |field: &str, of: fn((f64, f64)) -> f64| {
        typed(field, rule.map_or_else(String::new, |rule| super::figure(Some(of(rule.condition.numbers())))))
    };
    let mut signals: Vec<Choice> = app
        .warnings
        .known()
        .into_iter()
        .map(|info| Choice { chosen: info.code == signal, name: info.name.text(lang).to_owned(), value: info.code })
        .collect();
    signals.sort_by(|a, b| a.name.cmp(&b.name));
    let conditions = Condition::CODES.map(|(code, zh, en)| Choice {
        value: code.to_owned(),
        name: visit.t(zh, en).to_owned(),
        chosen: code == condition,
    });
    let severity = sent.get("severity").parse().ok().or(rule.map(|rule| rule.severity));
    let told = sent.get("told").parse().ok().or(rule.map(|rule| rule.told));
    let chosen_level = |level: &Level| match sent.given("name_zh") {
        Some(_) => sent.all("levels").any(|code| code == level.code()),
        None => rule.is_some_and(|rule| rule.scope.levels.contains(level)),
    };
    let level = |level: &Level| Choice {
        value: level.code().to_owned(),
        name: level.label(lang).to_owned(),
        chosen: chosen_level(level),
    };
    let regions = of(|rule| rule.scope.regions.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    let mut fields = Vec::new();
    if rule.is_none() {
        fields.push(
            FieldView::new("code", visit.t("代码", "Code"), "text")
                .value(sent.get("code"))
                .hint(visit.t("字母、数字和 -，如 CQ-STAFF", "Letters, digits and -, such as CQ-STAFF"))
                .needed(),
        );
        fields.push(
            FieldView::new("keeper", visit.t("适用单位及其下属", "For this unit and all under it"), "choice").choices(
                administrations(app, visit, (Permission::EditWarnings, today(app)), sent.get("keeper")).await?,
            ),
        );
    }
    fields.extend([
        FieldView::new("name_zh", visit.t("中文名称", "Chinese name"), "text")
            .value(typed("name_zh", of(|rule| rule.name.zh.clone())))
            .needed(),
        FieldView::new("name_en", visit.t("英文名称", "English name"), "text")
            .value(typed("name_en", of(|rule| rule.name.en.clone())))
            .needed(),
        FieldView::new("signal", visit.t("信号", "Signal"), "choice").choices(signals),
        FieldView::new("condition", visit.t("条件", "Fires when"), "choice").choices(conditions.into()),
        FieldView::new("first", visit.t("数值", "Number"), "text")
            .typed("decimal")
            .value(number("first", |numbers| numbers.0))
            .hint(visit.t(
                "界限、天数或倍数；低于参照值时写比例，如 0.1 为一成",
                "A limit, days or times; for “below what it is compared with” a part such as 0.1",
            )),
        FieldView::new(
            "second",
            visit.t("突增时不少于、逾期时不超过", "For a jump at least, for late at most"),
            "text",
        )
        .typed("decimal")
        .value(number("second", |numbers| numbers.1)),
        FieldView::new("severity", visit.t("严重程度", "Severity"), "choice").choices(choices(
            Severity::ALL,
            severity,
            Severity::code,
            |severity| severity.label(lang),
        )),
        FieldView::new("told", visit.t("通知", "Who is told"), "choice").choices(choices(
            Told::ALL,
            told,
            Told::code,
            |told| told.label(lang),
        )),
        FieldView::new("quiet_days", visit.t("关闭后静默天数", "Quiet days after closing"), "text")
            .typed("numeric")
            .value(typed("quiet_days", rule.map_or_else(|| "30".to_owned(), |rule| rule.quiet_days.to_string()))),
        FieldView::new("levels", visit.t("只对这些级别（不选为全部）", "Only for these levels (none: all)"), "choices")
            .choices(Level::ALL.iter().map(level).collect()),
        FieldView::new("regions", visit.t("只对这些地区", "Only for these regions"), "area")
            .value(typed("regions", regions))
            .hint(visit.t("六位区划代码，每行一个；空白为全部", "Six digits, one a line; none: all")),
        FieldView::new("advice_zh", visit.t("处置建议（中文）", "What to do (Chinese)"), "area")
            .value(typed("advice_zh", of(|rule| rule.advice.zh.clone())))
            .needed(),
        FieldView::new("advice_en", visit.t("处置建议（英文）", "What to do (English)"), "area")
            .value(typed("advice_en", of(|rule| rule.advice.en.clone())))
            .needed(),
    ]);
    Ok(fields.into_iter().map(|field| field.of(faults, visit.lang)).collect())
}

/// The rule that a form writes, or all that cannot be read.
fn written(
    sent: &Sent,
    code: RuleCode,
    keeper: Option<OrganisationId>,
    (version, on): (i64, bool),
) -> Result<Rule, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut number = |field: &str| {
        let text = sent.get(field).trim();
        if text.is_empty() {
            return 0.0;
        }
        text.parse::<f64>().unwrap_or_else(|_| {
            faults.push(fault(field, "请写数字，如 2 或 0.1", "write a number such as 2 or 0.1"));
            0.0
        })
    };
    let (first, second) = (number("first"), number("second"));
    let condition = Condition::of(sent.get("condition"), first, second);
    if condition.is_none() {
        faults.push(fault("condition", "请选择条件", "choose a condition"));
    }
    let (severity, told) = (sent.get("severity").parse::<Severity>(), sent.get("told").parse::<Told>());
    if severity.is_err() {
        faults.push(fault("severity", "请选择严重程度", "choose a severity"));
    }
    if told.is_err() {
        faults.push(fault("told", "请选择通知对象", "choose who is told"));
    }
    let quiet_days = sent.get("quiet_days").trim().parse::<i64>().unwrap_or_else(|_| {
        faults.push(fault("quiet_days", "请写天数", "write a number of days"));
        0
    });
    let mut regions = Vec::new();
    for word in sent.get("regions").split_whitespace() {
        match word.parse::<RegionCode>() {
            Ok(region) => regions.push(region),
            Err(error) => faults.push(fault("regions", &format!("「{word}」不是区划代码"), &error.to_string())),
        }
    }
    let levels = sent.all("levels").filter_map(|code| code.parse::<Level>().ok()).collect();
    match (condition, severity, told) {
        (Some(condition), Ok(severity), Ok(told)) if faults.is_empty() => Ok(Rule {
            code,
            version,
            keeper,
            name: Text::new(sent.get("name_zh").trim(), sent.get("name_en").trim()),
            advice: Text::new(sent.get("advice_zh").trim(), sent.get("advice_en").trim()),
            signal: sent.get("signal").to_owned(),
            condition,
            scope: Scope { levels, regions },
            severity,
            told,
            quiet_days,
            on,
        }),
        _ => Err(faults),
    }
}

pub(crate) async fn make(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    visit.actor.require(Permission::EditWarnings)?;
    let (code, keeper) = (sent.get("code").parse::<RuleCode>(), sent.get("keeper").parse::<OrganisationId>());
    let mut faults = Vec::new();
    if code.is_err() {
        faults.push(fault("code", "2 至 40 个字母、数字或 -", "2 to 40 letters, digits and -"));
    }
    if keeper.is_err() {
        faults.push(fault("keeper", "请选择单位", "choose a unit"));
    }
    let (Ok(code), Ok(keeper)) = (code, keeper) else {
        return whole(&visit, &app, None, &sent, (&faults, false)).await;
    };
    let rule = match written(&sent, code, Some(keeper), (0, true)) {
        Ok(rule) => rule,
        Err(faults) => return whole(&visit, &app, None, &sent, (&faults, false)).await,
    };
    let known = app.warnings.known();
    let mut write = begin(&app).await?;
    match warnings::make_rule(&mut write, (app.clock.now)(), &visit.actor, &NewRule { rule: &rule, known: &known })
        .await
    {
        Ok(rule) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/warnings/rules/{}", rule.code)).into_response())
        }
        Err(WarningsError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, None, &sent, (&faults, false)).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let code: RuleCode = named(&code)?;
    let before = app.warnings.rule(&visit.actor, &code).await?;
    visit.actor.require(Permission::EditWarnings)?;
    let version = sent.version()?;
    let now = (app.clock.now)();
    let mut write;
    let done = match sent.get("switch") {
        "" => {
            let rule = match written(&sent, code.clone(), before.keeper.clone(), (version, before.on)) {
                Ok(rule) => rule,
                Err(faults) => return whole(&visit, &app, Some(&before), &sent, (&faults, false)).await,
            };
            let known = app.warnings.known();
            write = begin(&app).await?;
            warnings::change_rule(&mut write, now, &visit.actor, &NewRule { rule: &rule, known: &known }).await
        }
        word => {
            write = begin(&app).await?;
            warnings::set_rule(&mut write, now, &visit.actor, (&code, version), word == "on").await
        }
    };
    match done {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/warnings/rules/{code}")).into_response())
        }
        Err(WarningsError::Invalid(faults)) => {
            drop(write);
            whole(&visit, &app, Some(&before), &sent, (&faults, false)).await
        }
        Err(WarningsError::Stale { .. }) => {
            drop(write);
            let now = app.warnings.rule(&visit.actor, &code).await?;
            whole(&visit, &app, Some(&now), &sent, (&[], true)).await
        }
        Err(error) => Err(error.into()),
    }
}
