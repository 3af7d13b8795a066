//! Assessments in every state: three years of cities published, one open to objections, one in review, one of outlets being
//! entered, one prepared. All figures are made up.

use accounts::Actor;
use anyhow::{Context, Result};
use assessment::{
    Assessment, Decision, Entered, FromIndicators, Given, Input, Item, NewAssessment, NewFile, NewMark, NewObjection,
    Rule, Ruling, Scheme, SelfEvaluation, Shown, State, Step, Text, adopt_scheme, attach, call, decide, enter, gather,
    give_marks, object, open_assessment, ready_schemes, step,
};
use database::Write;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use network::OrganisationId;

use super::super::service::{administration, system};
use super::{Rooms, Units};

/// How far an assessment of the demonstration goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    Prepared,
    Entering,
    Reviewing,
    Objecting,
    Published,
}

/// An assessment of the demonstration.
struct Plan<'a> {
    key: String,
    keeper: &'a OrganisationId,
    scheme: &'a Scheme,
    year: i16,
    units: Vec<OrganisationId>,
    begins: Timestamp,
    far: Far,
    public: bool,
}

/// Fills the assessments. What is there already stays.
pub(super) async fn fill(rooms: &Rooms, units: &Units, now: Timestamp) -> Result<()> {
    let schemes = ready_schemes()?;
    let mut write = rooms.database.write().await?;
    for scheme in &schemes {
        adopt_scheme(&mut write, at(2023, 12, 1), &system(), Some(&units.nation), &scheme.code).await?;
    }
    write.commit().await?;
    let experts = experts(rooms, now).await?;
    for plan in plans(rooms, units, &schemes, now).await? {
        let known = known(rooms, &plan, day(now).year()).await?;
        let mut write = rooms.database.write().await?;
        carry_out(&mut write, &plan, &known, &experts, now).await.with_context(|| plan.key.clone())?;
        write.commit().await?;
    }
    Ok(())
}

fn at(year: i16, month: i8, day: i8) -> Timestamp {
    moment(date(year, month, day))
}

/// Ten in the morning of a day where the offices are.
fn moment(day: Date) -> Timestamp {
    let offset = jiff::tz::Offset::constant(8);
    offset.to_timestamp(day.at(10, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn days(from: Timestamp, days: i64) -> Timestamp {
    from + SignedDuration::from_hours(24 * days)
}

fn day(of: Timestamp) -> Date {
    network::local(of).date()
}

async fn plans<'a>(rooms: &Rooms, units: &'a Units, schemes: &'a [Scheme], now: Timestamp) -> Result<Vec<Plan<'a>>> {
    let of = |code: &str| schemes.iter().find(|scheme| scheme.code == code).context("a ready scheme");
    let cities = || units.cities.iter().map(|unit| unit.id.clone()).collect::<Vec<_>>();
    let (nation, year) = (&units.nation, day(now).year());
    let mut plans = Vec::new();
    for past in (1..=3).rev() {
        let assessed = year - past;
        plans.push(Plan {
            key: format!("demonstration-effort-{assessed}"),
            keeper: nation,
            scheme: of("city-effort")?,
            year: assessed,
            units: cities(),
            begins: at(assessed + 1, 1, 8).min(days(now, -70)),
            far: Far::Published,
            public: true,
        });
    }
    let recent = |key: &str, code: &str, assessed, units, back: i64, far| -> Result<Plan<'a>> {
        let (scheme, begins) = (of(code)?, days(now, -back));
        let key = format!("demonstration-{key}-{assessed}");
        Ok(Plan { key, keeper: nation, scheme, year: assessed, units, begins, far, public: false })
    };
    plans.push(recent("strength", "city-strength", year - 1, cities(), 40, Far::Objecting)?);
    let provinces = units.provinces.iter().map(|unit| unit.id.clone()).collect();
    plans.push(recent("business", "business-environment", year, provinces, 25, Far::Reviewing)?);
    plans.push(recent("services", "five-plus-n", year, cities(), 2, Far::Prepared)?);
    if let Some(province) = units.provinces.iter().find(|unit| administration("500000").as_ref() == Some(&unit.id)) {
        let under = network::descendants(&mut *rooms.database.read().await?, &province.id, day(now)).await?;
        let outlets: Vec<OrganisationId> =
            under.into_iter().filter(|node| node.level == network::Level::Outlet).map(|node| node.id).collect();
        if !outlets.is_empty() {
            let plan = recent("outlets", "outlet", year, outlets, 10, Far::Entering)?;
            plans.push(Plan { keeper: &province.id, ..plan });
        }
    }
    Ok(plans)
}

/// Those who review, as the accounts of the demonstration have them.
async fn experts(rooms: &Rooms, now: Timestamp) -> Result<Vec<Actor>> {
    let mut experts = Vec::new();
    for mailbox in ["expert", "expert2", "expert3"] {
        let found = rooms.accounts.find(&system(), &format!("{mailbox}@demo.example"), now).await?;
        if let Some(person) = found {
            experts.push(rooms.accounts.actor_of(&person.id, now).await?);
        }
    }
    Ok(experts)
}

/// Values of indicators: those that the platform has, this year's and last year's, and for years before made-up ones that
/// lead to them.
async fn known(rooms: &Rooms, plan: &Plan<'_>, this_year: i16) -> Result<Vec<Given>> {
    let first = this_year - 1;
    let inputs = FromIndicators { indicators: &rooms.indicators, now: plan.begins };
    let mut given = gather(&inputs, plan.scheme, &plan.units, plan.year).await?;
    let mut wanted: Vec<(&str, i16)> = Vec::new();
    for (_, item) in plan.scheme.items() {
        let Input::Indicator { code, .. } = &item.input else { continue };
        wanted.push((code, plan.year));
        if item.needs_before() {
            wanted.push((code, plan.year - 1));
        }
    }
    let later = gather(&inputs, plan.scheme, &plan.units, this_year).await?;
    for (code, year) in wanted.into_iter().filter(|(_, year)| *year < first) {
        for (number, unit) in plan.units.iter().enumerate() {
            let there = |it: &&Given| it.code == code && it.unit == *unit;
            if given.iter().any(|it| there(&it) && it.year == year) || chance(number, year, code).is_multiple_of(23) {
                continue;
            }
            let known = given.iter().chain(&later).filter(there).min_by_key(|it| it.year);
            let base = known.map_or_else(|| usual(code, number), |it| it.value);
            let back = i32::from(known.map_or(first, |it| it.year) - year).max(0);
            let wave = 0.82 + f64::from(chance(number, year, code) % 12) / 100.0;
            let value = if code.ends_with("RATE") || base <= 100.0 && code.starts_with('S') {
                base.min(100.0) - f64::from(back) * 1.5
            } else {
                base * wave.powi(back)
            };
            let (code, unit, at) = (code.to_owned(), unit.clone(), moment(date(year, 12, 31)));
            let value = (value * 100.0).round() / 100.0;
            given.push(Given { code, unit, year, value, note: "历史数据（演示）".to_owned(), at });
        }
    }
    Ok(given)
}

/// What an indicator is about, where the platform tells nothing.
fn usual(code: &str, number: usize) -> f64 {
    let wave = 0.6 + f64::from(chance(number, 0, code) % 80) / 100.0;
    let base = match code {
        "G24-PLEDGE" => 42.0,
        "E-FUND" => 2_600.0,
        "E-INV-10K" => 18.0,
        "E-AID" => 90.0,
        code if code.ends_with("RATE") => 72.0,
        _ => 50.0,
    };
    base * wave
}

/// A number that looks drawn and is always the same.
fn chance(number: usize, year: i16, of: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32 ^ (number as u32).wrapping_mul(97) ^ (year as u32).wrapping_mul(7_919);
    for byte in of.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^ (hash >> 13)
}

async fn carry_out(
    write: &mut Write,
    plan: &Plan<'_>,
    given: &[Given],
    experts: &[Actor],
    now: Timestamp,
) -> Result<()> {
    let (system, begins) = (system(), plan.begins);
    let (zh, en) = (plan.scheme.title.text("zh"), plan.scheme.title.text("en"));
    let title = Text::new(format!("{zh}（{} 年度）", plan.year), format!("{en}, {}", plan.year));
    let new = NewAssessment {
        key: &plan.key,
        keeper: plan.keeper,
        title: &title,
        scheme: (&plan.scheme.code, 1),
        year: plan.year,
        units: &plan.units,
    };
    let made = open_assessment(write, begins, &system, &new, given).await?;
    if made.state != State::Prepared || plan.far == Far::Prepared {
        return Ok(());
    }
    for expert in experts {
        call(write, begins, &system, &made.id, (expert, &plan.units, &[])).await?;
    }
    let entering = plan.far == Far::Entering;
    let until = if entering { days(now, 12) } else { days(begins, 14) };
    let mut made = step(write, begins, &system, (&made.id, 1), Step::AskUnits(day(until))).await?;
    for (number, unit) in plan.units.iter().enumerate() {
        let left = if entering { 3 } else { 19 };
        if !chance(number, plan.year, "silent").is_multiple_of(left) || unit_is_shown(unit, plan) {
            entered(write, days(begins, 6), plan, &made, (number, unit)).await?;
        }
    }
    if entering {
        return Ok(());
    }
    let reviewing = plan.far == Far::Reviewing;
    let until = if reviewing { days(now, 9) } else { days(begins, 28) };
    let ask = Step::AskReviewers(day(until));
    made = step(write, days(begins, 15), &system, (&made.id, made.version), ask).await?;
    for (place, expert) in experts.iter().enumerate() {
        for (number, unit) in plan.units.iter().enumerate() {
            let idle = reviewing && (place == 0 || chance(number, plan.year, "idle").is_multiple_of(3));
            if !idle {
                marked(write, days(begins, 18), plan, &made, (expert, place), (number, unit)).await?;
            }
        }
    }
    if reviewing {
        return Ok(());
    }
    ended(write, plan, made, now).await
}

/// The first cities always answer, so that every page of theirs lives.
fn unit_is_shown(unit: &OrganisationId, plan: &Plan<'_>) -> bool {
    plan.units.iter().take(6).any(|first| first == unit)
}

/// The self-evaluation of a unit.
async fn entered(
    write: &mut Write,
    at: Timestamp,
    plan: &Plan<'_>,
    made: &Assessment,
    (number, unit): (usize, &OrganisationId),
) -> Result<()> {
    let mut figures = Vec::new();
    for (_, item) in plan.scheme.items().filter(|(_, item)| item.is_entered()) {
        let drawn = chance(number, plan.year, &item.code);
        if drawn % 17 == 3 {
            continue;
        }
        let Some((value, before)) = figure(item, number, drawn) else { continue };
        figures.push(Entered {
            item: item.code.clone(),
            value: Some(value),
            before,
            note: "台账与年度报告可查".to_owned(),
        });
    }
    if number == 0 {
        let item =
            plan.scheme.items().map(|(_, item)| item).find(|item| item.is_entered()).map(|item| item.code.clone());
        if let Some(item) = item {
            let new = NewFile {
                key: "demonstration-evidence",
                item: &item,
                name: "年度台账（演示）.pdf",
                content: PAPER.to_vec(),
            };
            attach(write, at, &system(), (&made.id, unit), new).await?;
        }
    }
    let words = "演示数据：本年度按方案推进各项工作，台账、培训记录和服务档案齐全，不足之处已列入下年计划。";
    let sent = SelfEvaluation { version: 1, words, figures: &figures, submit: true };
    enter(write, at, &system(), (&made.id, unit), &sent).await?;
    Ok(())
}

/// A figure that fits the rule of an item, better for the first units; none for vetoes that do not strike.
fn figure(item: &Item, number: usize, drawn: u32) -> Option<(f64, Option<f64>)> {
    let good = (0.95 - number as f64 * 0.009 + f64::from(drawn % 40) / 100.0 - 0.2).clamp(0.15, 1.05);
    let whole = |value: f64| value.round().max(0.0);
    Some(match &item.rule {
        Rule::Linear { from, to } => {
            let value = from.at + (to.at - from.at) * good;
            let percent = item.unit().is_some_and(|unit| unit.zh == "%");
            (if percent { value.clamp(0.0, 100.0).round() } else { whole(value) }, None)
        }
        Rule::Steps { steps, .. } => {
            let at = (good * steps.len() as f64) as usize;
            (steps.get(at.min(steps.len() - 1)).map_or(0.0, |step| step.at), None)
        }
        Rule::YesNo => (if good > 0.42 { 1.0 } else { 0.0 }, None),
        Rule::Rank { .. } => (whole(20.0 + good * 400.0), None),
        Rule::Growth { .. } => {
            let before = f64::from(20 + drawn % 60);
            (whole(before * (0.9 + good * 0.45)), Some(before))
        }
        Rule::Bonus { .. } => (whole(good * 5.0), None),
        Rule::Veto { .. } => match (item.code.as_str(), number) {
            ("plan-missing", 37) => (1.0, None),
            ("kinds", _) => (if good > 0.5 { 5.0 } else { 4.0 }, None),
            ("abnormal", _) => (f64::from(drawn % 60) / 10.0, None),
            _ => return None,
        },
        Rule::Expert { .. } => return None,
    })
}

async fn marked(
    write: &mut Write,
    at: Timestamp,
    plan: &Plan<'_>,
    made: &Assessment,
    (expert, place): (&Actor, usize),
    (number, unit): (usize, &OrganisationId),
) -> Result<()> {
    let mark = |item: &Item| {
        let drawn = chance(number + place * 131, plan.year, &item.code);
        let score = (92.0 - number as f64 * 0.6 - f64::from(drawn % 16) + place as f64 * 2.0).clamp(35.0, 99.0).round();
        let words = if drawn.is_multiple_of(4) { "材料完整，个别指标缺少佐证" } else { "" };
        NewMark { item: item.code.clone(), version: 0, score, words: words.to_owned() }
    };
    let marks: Vec<NewMark> =
        plan.scheme.items().map(|(_, item)| item).filter(|item| item.is_reviewed()).map(mark).collect();
    give_marks(write, at, expert, (&made.id, unit), &marks).await?;
    Ok(())
}

/// The result, objections to it, decisions, publication.
async fn ended(write: &mut Write, plan: &Plan<'_>, made: Assessment, now: Timestamp) -> Result<()> {
    let (system, begins) = (system(), plan.begins);
    let made = step(write, days(begins, 29), &system, (&made.id, made.version), Step::MakeResult).await?;
    let open = plan.far == Far::Objecting;
    let until = if open { days(now, 6) } else { days(begins, 37) };
    let told = step(write, days(begins, 30), &system, (&made.id, made.version), Step::TellUnits(day(until))).await?;
    let item = plan
        .scheme
        .items()
        .map(|(_, item)| item)
        .find(|item| matches!(item.rule, Rule::Linear { .. }) && item.is_entered());
    let Some(item) = item else { return Ok(()) };
    for (place, unit) in plan.units.iter().enumerate().take(4).skip(usize::from(!open)) {
        let (key, reasons) = (format!("{}-objection-{place}", plan.key), "漏计一项，附件可证（演示）");
        let new = NewObjection { key: &key, unit, item: &item.code, reasons, wanted: Some(10.0 + place as f64) };
        let objection = object(write, days(begins, 32), &system, &made.id, &new).await?;
        // While units may still object, the first ones wait.
        if open && place < 2 {
            continue;
        }
        let (decision, reason) = match place % 2 {
            0 => (Decision::Upheld, "经核对台账，予以更正"),
            _ => (Decision::Dismissed, "所附材料不在考核年度内，维持原结果"),
        };
        let value = (decision == Decision::Upheld).then_some(10.0 + place as f64);
        let ruling = Ruling { objection: &objection.id, version: 1, decision, value, before: None, reason };
        decide(write, days(begins, 34), &system, &ruling).await?;
    }
    if !open {
        let seen = told.version + 1;
        let shown = Shown { public: plan.public, ranks: true, arithmetic: plan.year % 2 == 1 };
        step(write, days(begins, 40), &system, (&made.id, seen), Step::Publish(shown)).await?;
    }
    Ok(())
}

/// A sheet of paper with nothing but a line on it.
const PAPER: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>endobj\n\
4 0 obj<</Length 28>>stream\n72 700 m 523 700 l S\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
