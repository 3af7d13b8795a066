//! Agencies of the demonstration: those that act in its rights and others, with two years of credit events in every state.

use anyhow::{Context, Result};
use credit::{
    AgencyId, AgencyKind, Branch, Decision, Event, FileId, FormerName, NewAgency, NewEvent, NewPaper, Outcome,
    PaperKind, Particulars, Shown, Step, Told,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::super::parties::{AGENCIES, MARK_AGENCIES};
use super::super::service::system;
use super::{Rooms, Units};

/// First words of agencies that act in no right of the demonstration.
const OTHERS: [&str; 24] = [
    "白帆", "苍梧", "澄江", "东篱", "枫桥", "甘泉", "海棠", "寒山", "汉水", "洪湖", "嘉陵", "剑阁", "兰亭", "洛浦",
    "麦积", "岷山", "南浔", "平湖", "琴台", "沙洲", "太行", "桐庐", "武夷", "玉门",
];
/// What their names end with, by kind.
const ENDINGS: [(&str, AgencyKind); 3] = [
    ("演示专利代理事务所", AgencyKind::Patent),
    ("演示商标代理有限公司", AgencyKind::TradeMark),
    ("演示知识产权代理有限公司", AgencyKind::Both),
];

/// An event: days before now on which it was announced, its rule, what happened, and what followed.
struct Story {
    ago: i64,
    rule: &'static str,
    facts: &'static str,
    then: Then,
}

/// What followed an announcement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It was not announced yet.
    Draft,
    /// Nothing: it took effect.
    Force,
    /// Someone objected; decided so, or still waiting.
    Objection(Option<Outcome>),
    /// Repair was applied for so many days later; decided so, or still waiting.
    Repair(i64, Option<Outcome>),
}

const STORIES: &[Story] = &[
    Story {
        ago: 640,
        rule: "M02",
        facts: "2024 年度报告逾期 12 天提交，责令补报后于当月完成。",
        then: Then::Repair(80, Some(Outcome::Granted)),
    },
    Story { ago: 600, rule: "P01", facts: "获评年度知识产权服务先进单位。", then: Then::Force },
    Story {
        ago: 560,
        rule: "M06",
        facts: "因无资质人员办理业务被处以罚款，已缴清。",
        then: Then::Repair(260, Some(Outcome::Refused)),
    },
    Story {
        ago: 520,
        rule: "P02",
        facts: "全年参加维权援助值班 24 人次，免费代理小微企业申请 6 件。",
        then: Then::Force,
    },
    Story {
        ago: 470,
        rule: "M10",
        facts: "宣传材料含保证授权的表述，已撤下。",
        then: Then::Objection(Some(Outcome::Rejected)),
    },
    Story {
        ago: 430,
        rule: "M03",
        facts: "登记住所无法取得联系，列入经营异常名录，后移出。",
        then: Then::Repair(130, Some(Outcome::Granted)),
    },
    Story { ago: 390, rule: "P03", facts: "参与编写服务规范并承担一期行业培训。", then: Then::Force },
    Story {
        ago: 350,
        rule: "M01",
        facts: "代理的 7 件申请经审查认定不以保护创新为目的，均已撤回。",
        then: Then::Repair(160, None),
    },
    Story { ago: 300, rule: "M07", facts: "被责令停止承接新业务六个月。", then: Then::Force },
    Story {
        ago: 260,
        rule: "M11",
        facts: "在同一无效宣告案件中先后为双方提供服务。",
        then: Then::Objection(Some(Outcome::Partly)),
    },
    Story {
        ago: 210,
        rule: "M04",
        facts: "合伙人变更后三个月未办理备案变更。",
        then: Then::Repair(60, Some(Outcome::Granted)),
    },
    Story {
        ago: 170, rule: "P04", facts: "经核查，上年度授权占比与文件质量明显优于同行。", then: Then::Force
    },
    Story { ago: 130, rule: "M05", facts: "未按规定签订书面委托合同，受到警告。", then: Then::Force },
    Story {
        ago: 100,
        rule: "M09",
        facts: "两名代理师长期不在本所执业。",
        then: Then::Objection(Some(Outcome::Granted)),
    },
    Story { ago: 70, rule: "M02", facts: "上年度报告逾期未报。", then: Then::Repair(55, None) },
    Story { ago: 45, rule: "P02", facts: "参加公益代理 9 件。", then: Then::Force },
    Story {
        ago: 12, rule: "M10", facts: "以虚假案例招揽客户，经投诉核实。", then: Then::Objection(None)
    },
    Story { ago: 8, rule: "M04", facts: "分支机构负责人变更未备案。", then: Then::Force },
    Story { ago: 5, rule: "P03", facts: "承担代理师实务培训一期。", then: Then::Force },
    Story { ago: 2, rule: "M05", facts: "文书送达后补充处罚情况，待公示。", then: Then::Draft },
];

/// Fills in agencies and their events, and looks at their filings. What is there stays.
pub(super) async fn fill(rooms: &Rooms, units: &Units, now: Timestamp) -> Result<()> {
    let known = rooms.credit.kept_agencies(&system()).await?;
    if !known.is_empty() {
        return Ok(());
    }
    let agencies = enter(rooms, units, now).await.context("agencies")?;
    let mut told = Vec::new();
    for (number, story) in (0..STORIES.len() * 3).map(|number| (number, &STORIES[number % STORIES.len()])) {
        // One agency in four has no event at all.
        let at = (number * 11 + number / STORIES.len() * 5) % (agencies.len() * 3 / 4);
        told.push((number, story, &agencies[at]));
    }
    told.sort_by_key(|(number, story, _)| (std::cmp::Reverse(story.ago), *number));
    let events = announce(rooms, &told, now).await.context("credit events")?;
    papers(rooms, &events, now, PaperKind::Objection).await.context("objections")?;
    credit::settle(&rooms.database, now).await.context("taking effect")?;
    papers(rooms, &events, now, PaperKind::Repair).await.context("repairs")?;
    leads(rooms, &agencies, now).await.context("leads")
}

fn days_before(now: Timestamp, days: i64) -> Timestamp {
    now - SignedDuration::from_hours(24 * days)
}

async fn enter(rooms: &Rooms, units: &Units, now: Timestamp) -> Result<Vec<AgencyId>> {
    let mut names: Vec<(String, AgencyKind)> = Vec::new();
    for name in AGENCIES {
        let kind = if MARK_AGENCIES.contains(&name) { AgencyKind::Both } else { AgencyKind::Patent };
        names.push((name.to_owned(), kind));
    }
    for name in MARK_AGENCIES.iter().filter(|name| !AGENCIES.contains(name)) {
        names.push(((*name).to_owned(), AgencyKind::TradeMark));
    }
    for (number, first) in OTHERS.iter().enumerate() {
        let (ending, kind) = ENDINGS[number % ENDINGS.len()];
        names.push((format!("{first}{ending}"), kind));
    }
    let mut write = rooms.database.write().await?;
    let mut entered = Vec::with_capacity(names.len());
    for (number, (name, kind)) in names.iter().enumerate() {
        let province = &units.provinces[number * 7 % units.provinces.len()];
        let first: String = name.chars().take(2).collect();
        let chinese = !name.is_ascii();
        let particulars = Particulars {
            name: name.clone(),
            name_en: chinese.then(|| format!("Demonstration Agency {:02}", number + 1)),
            code: Some(format!("{}{:03}", &province.region.as_str()[..2], number + 1)),
            kind: *kind,
            region: province.region.clone(),
            address: Some(format!("{}示范路 {} 号", province.place, number + 1)),
            branches: if number % 5 == 0 && chinese {
                vec![Branch { name: format!("{first}演示代理分所"), region: None }]
            } else {
                Vec::new()
            },
            former_names: if number % 7 == 3 && chinese {
                let until = Some(Date::constant(2023, 12, 31));
                vec![FormerName { name: format!("{first}演示专利服务部"), until }]
            } else {
                Vec::new()
            },
            closed: None,
        };
        let key = format!("demonstration-agency-{number:03}");
        let new = NewAgency { key: &key, keeper: &province.id, particulars: &particulars };
        entered.push(credit::enter_agency(&mut write, days_before(now, 700), &system(), &new).await?.id);
    }
    write.commit().await?;
    Ok(entered)
}

/// An event with its story and the number that made its key.
type Given<'a> = (usize, &'a Story, Event);

async fn announce<'a>(rooms: &Rooms, told: &[(usize, &'a Story, &AgencyId)], now: Timestamp) -> Result<Vec<Given<'a>>> {
    let mut write = rooms.database.write().await?;
    let mut events = Vec::with_capacity(told.len());
    for (number, story, agency) in told {
        let at = days_before(now, story.ago);
        let key = format!("demonstration-event-{number:03}");
        let of = Told {
            rule: story.rule.to_owned(),
            happened: credit::office_day(days_before(now, story.ago + 20)),
            facts: story.facts.to_owned(),
            document: format!("演示信用〔{}〕{} 号", credit::office_day(at).year(), number + 1),
            ground: String::new(),
            evidence: vec!["案卷（演示）".to_owned()],
        };
        let new = NewEvent { key: &key, agency, told: &of };
        let mut event = credit::draft(&mut write, at, &system(), &new).await?;
        if story.then == Then::Draft {
            let file = FileId(network::derived(at, "demonstration-file", &key));
            let text = "本文件为演示材料，并非真实的处罚决定书。\n".as_bytes().to_vec();
            let (of, name) = (Shown::Event(event.id.clone()), "行政处罚决定书（演示）.txt");
            credit::attach(&mut write, at, &system(), (&of, event.version), (&file, name, text)).await?;
        } else {
            let step = Step { id: &event.id, version: event.version, words: "" };
            event = credit::announce(&mut write, at, &system(), step).await?;
        }
        events.push((*number, *story, event));
    }
    write.commit().await?;
    Ok(events)
}

/// Objections, or applications for repair, and the decisions on most of them.
async fn papers(rooms: &Rooms, events: &[Given<'_>], now: Timestamp, kind: PaperKind) -> Result<()> {
    let mut write = rooms.database.write().await?;
    for (number, story, event) in events {
        let (after, later, outcome) = match (kind, story.then) {
            (PaperKind::Objection, Then::Objection(outcome)) => (6, 14, outcome),
            (PaperKind::Repair, Then::Repair(after, outcome)) => (after, 10, outcome),
            _ => continue,
        };
        let (capacity, words, evidence) = match kind {
            PaperKind::Objection => ("代理机构负责人", "认为事实认定有出入，请复核。", "情况说明（演示）"),
            PaperKind::Repair => ("代理机构", "已按条件整改，请予修复。", "整改材料（演示）"),
        };
        let (key, evidence) = (format!("demonstration-{kind}-{number:03}"), [evidence.to_owned()]);
        let new = NewPaper { key: &key, kind, event: &event.id, capacity, words, evidence: &evidence };
        let made = credit::hand_in(&mut write, days_before(now, story.ago - after), &system(), &new).await?;
        let Some(outcome) = outcome else { continue };
        let reason = match (kind, outcome) {
            (PaperKind::Repair, Outcome::Granted) => "材料齐全，现场核查整改到位。",
            (_, Outcome::Granted) => "两人社保与考勤记录齐全，在本所执业，撤销。",
            (_, Outcome::Rejected) => "调取合同与宣传材料核对，事实清楚，维持。",
            (_, Outcome::Partly) => "先后服务属实，但不在同一程序，改按较轻的规则计分。",
            (_, Outcome::Refused) => "整改制度尚未运行满三个月。",
        };
        let rule = (outcome == Outcome::Partly).then_some("M10");
        let decision = Decision { id: &made.id, version: made.version, outcome, rule, reason };
        credit::decide(&mut write, days_before(now, story.ago - after - later), &system(), &decision).await?;
    }
    Ok(write.commit().await?)
}

/// Looks at the filings of the agencies that act in the demonstration's rights, and into one or two of the leads.
async fn leads(rooms: &Rooms, agencies: &[AgencyId], now: Timestamp) -> Result<()> {
    if rooms.credit.filings().is_err() {
        return Ok(());
    }
    for agency in agencies.iter().take(AGENCIES.len()) {
        rooms.credit.look_for_leads(days_before(now, 3), &system(), agency).await?;
    }
    let found = rooms.credit.leads(&system(), &credit::LeadQuery::default()).await?;
    let mut write = rooms.database.write().await?;
    for lead in found.rows.iter().skip(3).step_by(4) {
        let words = "抽查申请文件，为同一产品的系列改进，未见异常。";
        credit::dismiss_lead(&mut write, now, &system(), (&lead.id, lead.version), words).await?;
    }
    Ok(write.commit().await?)
}
