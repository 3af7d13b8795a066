//! A service item, a request and a draft for the walk.

use accounts::{Actor, PersonId};
use cases::{By, Contact, DraftRequest, NewCase};
use jiff::civil::date;
use network::{Edit, Id};
use serde_json::json;
use services::{Item, NewDraft, Seen};

use crate::given::Site;
use crate::outlets::id;
use crate::people::now;

/// The item of the walk: kept by the administration of province 2, its first version in force, its second a draft.
pub(crate) const ITEM: &str = "B98";

/// An id that nothing has.
pub(crate) const NOWHERE: &str = "00000000000000000000000099";

/// An id of its own for each number.
fn made_id(number: u8) -> Id {
    Id::make(now(), [number; 10])
}

/// An item of the catalogue with a form of one question.
async fn item(site: &Site) -> Item {
    let like = site.services.version_on(&"B02".parse().unwrap(), date(2026, 7, 1)).await.unwrap().unwrap();
    let question =
        json!({ "key": "question", "label": { "zh": "问题", "en": "Question" }, "kind": { "type": "long-text" } });
    let step = json!({ "key": "ask", "title": { "zh": "问题", "en": "Question" }, "fields": [question] });
    let form = serde_json::from_value(json!({ "steps": [step] })).unwrap();
    Item { code: ITEM.parse().unwrap(), form, ..like.item }
}

/// The outlet offers the item besides what it offers.
async fn offer(site: &Site) {
    let (outlet, from) = (id(3), date(2026, 6, 15));
    let mut write = site.network.database().write().await.unwrap();
    let seen = network::organisation(&mut write, &outlet, from).await.unwrap().unwrap();
    let mut profile = seen.profile.clone();
    profile.services.push(ITEM.to_owned());
    let edit = Edit { id: &outlet, version: seen.version, from };
    network::update(&mut write, now(), edit, &profile).await.unwrap();
    write.commit().await.unwrap();
}

/// Enters the item, and a request and a draft of this person at outlet 3; answers their ids.
pub(crate) async fn case_and_draft(site: &Site, client: &PersonId) -> (String, String) {
    let (item, system, keeper) = (item(site).await, Actor::system("test"), id(2));
    for (number, published) in [(1, true), (2, false)] {
        let mut write = site.services.database().write().await.unwrap();
        let new = NewDraft { key: &made_id(number), keeper: Some(&keeper), item: &item };
        let made = services::draft(&mut write, now(), &system, &new).await.unwrap();
        if published {
            let seen = Seen { code: &item.code, number: made.number, revision: made.revision };
            services::publish(&mut write, now(), &system, seen, (date(2026, 1, 1), None), None).await.unwrap();
        }
        write.commit().await.unwrap();
    }
    offer(site).await;
    let by = site.accounts.actor_of(client, now()).await.unwrap();
    let contact = Contact { name: "张三".to_owned(), email: "zhang@example.org".to_owned(), ..Contact::default() };
    let answers = json!({ "question": "年费如何缴纳？" }).as_object().unwrap().clone();
    let request = NewCase::new("key-of-the-walk-0001", item.code.clone(), id(3), answers, contact);
    let receipt = site.cases.submit(now(), By::from(&by), &request).await.unwrap();
    let draft = DraftRequest {
        item: item.code,
        outlet: Some(id(3)),
        title: String::new(),
        answers: request.answers,
        contact: request.contact,
        links: Vec::new(),
    };
    let draft = site.cases.save_draft(now(), By::from(&by), (&made_id(9), 0, None), &draft).await.unwrap();
    (receipt.case.id.to_string(), draft.id.to_string())
}

/// An agency that province 2 keeps, an announced event of it, and a lead; answers their ids.
pub(crate) async fn credit(site: &Site) -> [String; 3] {
    let system = Actor::system("test");
    let particulars = credit::Particulars {
        name: "明理演示专利代理事务所".to_owned(),
        name_en: None,
        code: None,
        kind: credit::AgencyKind::Patent,
        region: "500000".parse().unwrap(),
        address: None,
        branches: Vec::new(),
        former_names: Vec::new(),
        closed: None,
    };
    let mut write = site.credit.database().write().await.unwrap();
    let new = credit::NewAgency { key: "key-of-the-walk-0002", keeper: &id(2), particulars: &particulars };
    let agency = credit::enter_agency(&mut write, now(), &system, &new).await.unwrap();
    let told = credit::Told {
        rule: "M02".to_owned(),
        happened: date(2026, 5, 1),
        facts: "经核查属实".to_owned(),
        document: String::new(),
        ground: String::new(),
        evidence: Vec::new(),
    };
    let new = credit::NewEvent { key: "key-of-the-walk-0003", agency: &agency.id, told: &told };
    let event = credit::draft(&mut write, now(), &system, &new).await.unwrap();
    let step = credit::Step { id: &event.id, version: 1, words: "" };
    credit::announce(&mut write, now(), &system, step).await.unwrap();
    write.commit().await.unwrap();
    site.credit.look_for_leads(now(), &system, &agency.id).await.unwrap();
    let leads = site.credit.leads(&system, &credit::LeadQuery::default()).await.unwrap();
    [agency.id.to_string(), event.id.to_string(), leads.rows[0].id.to_string()]
}

/// A warning of outlet 3.
pub(crate) async fn warning(site: &Site) -> String {
    site.warnings.check(now()).await.unwrap();
    let asked = warnings::WarningQuery::default();
    let found = site.warnings.warnings(&Actor::system("test"), &asked).await.unwrap();
    found.rows[0].id.to_string()
}

/// An assessment of outlet 3 that province 2 keeps, in the time of self-evaluation; answers its id.
pub(crate) async fn assessment(site: &Site) -> String {
    use assessment::{Assessments, NewAssessment, Step, Text, adopt_scheme, open_assessment, step};
    let (system, keeper, units, title) = (Actor::system("test"), id(2), [id(3)], Text::new("网点评价", "Outlets"));
    let room = Assessments::open(site.network.database().clone()).await.unwrap();
    let mut write = room.database().write().await.unwrap();
    adopt_scheme(&mut write, now(), &system, Some(&keeper), "outlet").await.unwrap();
    let (key, scheme) = ("key-of-the-walk-0002", ("outlet", 1));
    let new = NewAssessment { key, keeper: &keeper, title: &title, scheme, year: 2025, units: &units };
    let made = open_assessment(&mut write, now(), &system, &new, &[]).await.unwrap();
    step(&mut write, now(), &system, (&made.id, 1), Step::AskUnits(date(2026, 7, 10))).await.unwrap();
    write.commit().await.unwrap();
    made.id.to_string()
}

/// A plan of province 2 in force, with a task for outlet 3 and a draft of a report on it; answers their ids.
pub(crate) async fn plan(site: &Site) -> (String, String) {
    let system = Actor::system("test");
    let plans = plans::Plans::open(site.services.database().clone()).await.unwrap();
    let mut contents = plans::Contents::new(plans::Text::new("计划", "A plan"), 2026);
    let whom = plans::Assignment {
        duty: plans::Duty::Required,
        rule: plans::Rule::Units,
        list: String::new(),
        batch: None,
        units: vec![id(3)],
    };
    let task = plans::Task {
        key: "1".to_owned(),
        title: plans::Text::new("任务", "A task"),
        assignments: vec![whom],
        ..plans::Task::default()
    };
    let title = plans::Text::new("组", "A group");
    contents.groups.push(plans::Group { key: "1".to_owned(), title, tasks: vec![task] });
    let (issuer, unit) = (id(2), id(3));
    let new = plans::NewPlan { key: "key-of-the-walk-0002", issuer: &issuer, contents: &contents, copied_from: None };
    let mut write = plans.database().write().await.unwrap();
    let plan = plans.make(&mut write, now(), &system, &new).await.unwrap();
    let seen = plans::Seen::new(&plan.id, plan.version);
    let plan = plans.issue(&mut write, now(), &system, seen, "").await.unwrap();
    let said = plans::Said::default();
    let key = "key-of-the-walk-0003";
    let new = plans::NewReport { key, plan: &plan.id, task: "1", unit: &unit, said: &said, public: false };
    let report = plans.begin(&mut write, now(), &system, &new).await.unwrap();
    write.commit().await.unwrap();
    (plan.id.to_string(), report.id.to_string())
}
