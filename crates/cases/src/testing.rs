//! A small service for the tests of this crate: two outlets under a province, their people, two items.

use std::collections::BTreeSet;

use accounts::{Actor, Cover, Grant, Role, Secret};
use database::Database;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Kind, Level, Network, NewOrganisation, Profile};
use serde_json::{Value, json};
use services::{Item, ItemCode, Seen, Services};

use crate::{Act, By, Case, CaseId, Cases, CasesError, Contact, NewCase, Receipt, Step};
pub(crate) use accounts::testing::{id, organisation as outlet, person};

/// Ten in the morning where the offices are.
pub(crate) fn on(day: &str) -> Timestamp {
    format!("{day}T02:00:00Z").parse().unwrap()
}

/// A Monday.
pub(crate) fn now() -> Timestamp {
    on("2026-06-01")
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A person with a role at some organisations.
pub(crate) fn actor(number: u32, name: &str, role: Role, at: &[u32]) -> Actor {
    let cover = Cover::At(at.iter().map(|number| outlet(*number)).collect::<BTreeSet<_>>());
    Actor::person(person(number), name, vec![Grant { role, cover }])
}

/// Staff of an outlet.
pub(crate) fn staff(at: u32) -> Actor {
    actor(10 + at, "王工", Role::OutletStaff, &[at])
}

/// Who leads an outlet.
pub(crate) fn lead(at: u32) -> Actor {
    actor(20 + at, "李主任", Role::OutletLead, &[at])
}

/// The administration above both outlets.
pub(crate) fn administrator() -> Actor {
    actor(30, "赵处", Role::Administrator, &[1, 2, 3])
}

/// Someone with an account and no role.
pub(crate) fn client(number: u32) -> Actor {
    Actor::person(person(100 + number), "张三", Vec::new())
}

/// The small service.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) cases: Cases,
    pub(crate) database: Database,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        accounts::migrate(&database).await.unwrap();
        Network::open(database.clone()).await.unwrap();
        Services::open(database.clone()).await.unwrap();
        notices::Notices::open(database.clone()).await.unwrap();
        let cases = Cases::open(database.clone(), Secret::new([7; 32])).await.unwrap();
        let world = Self { cases, database };
        world.enter_outlets().await;
        world.enter_items().await;
        world
    }

    async fn enter_outlets(&self) {
        let mut write = self.database.write().await.unwrap();
        let from = day("2020-01-01");
        for (number, parent, level, region) in [
            (3, None, Level::Province, "500000"),
            (1, Some(3), Level::Outlet, "500106"),
            (2, Some(3), Level::Outlet, "500105"),
        ] {
            let kind = if number == 3 { Kind::PublicServiceBody } else { Kind::Tisc };
            let profile = Profile::new(&format!("第{number}服务站"), kind, level, region.parse().unwrap());
            let new = NewOrganisation { id: outlet(number), parent: parent.map(outlet), from, profile };
            network::create(&mut write, now(), &new).await.unwrap();
        }
        write.commit().await.unwrap();
    }

    async fn enter_items(&self) {
        let mut write = self.database.write().await.unwrap();
        let program = Actor::system("test");
        for (number, item) in [consultation(), search(), training()].iter().enumerate() {
            let new = services::NewDraft { key: &id(9_000 + number as u32), keeper: None, item };
            let made = services::draft(&mut write, now(), &program, &new).await.unwrap();
            let seen = Seen { code: &item.code, number: made.number, revision: made.revision };
            services::publish(&mut write, now(), &program, seen, (day("2024-01-01"), None), None).await.unwrap();
        }
        write.commit().await.unwrap();
    }

    /// Puts another version of an item in force from a day on.
    pub(crate) async fn renew(&self, item: &Item, from: &str, number: u32) {
        let mut write = self.database.write().await.unwrap();
        let program = Actor::system("test");
        let new = services::NewDraft { key: &id(9_100 + number), keeper: None, item };
        let made = services::draft(&mut write, now(), &program, &new).await.unwrap();
        let seen = Seen { code: &item.code, number: made.number, revision: made.revision };
        services::publish(&mut write, now(), &program, seen, (day(from), None), None).await.unwrap();
        write.commit().await.unwrap();
    }

    /// A request of a client with an account, at an outlet.
    pub(crate) async fn submitted(&self, number: u32, at: u32) -> Receipt {
        self.cases.submit(now(), By::from(&client(number)), &request(number, at)).await.unwrap()
    }

    /// Does an act to a case in the version it is in.
    pub(crate) async fn act(&self, at: Timestamp, by: &Actor, case: &Case, act: Act) -> Result<Case, CasesError> {
        let step = Step { by: By::from(by), case: &case.id, version: case.version, key: "" };
        self.cases.act(at, &step, &act).await
    }

    /// How many rows a table has.
    pub(crate) async fn count(&self, statement: &'static str) -> i64 {
        let mut read = self.database.read().await.unwrap();
        sqlx::Row::get(&database::query(statement).fetch_one(&mut *read).await.unwrap(), 0)
    }

    /// The case as it is, without asking who may.
    pub(crate) async fn get(&self, id: &CaseId) -> Case {
        let mut read = self.database.read().await.unwrap();
        crate::sql::case::get(&mut read, id).await.unwrap().unwrap()
    }
}

/// A request with the key of its number.
pub(crate) fn request(number: u32, at: u32) -> NewCase {
    let answers = json!({ "question": format!("第{number}号专利年费如何缴纳?"), "name": "张三丰" });
    let contact = Contact {
        name: "张三丰".to_owned(),
        telephone: "13800001234".to_owned(),
        email: "zhang@example.cn".to_owned(),
        ..Contact::default()
    };
    let (key, answers) = (format!("key-of-request-{number:04}"), answers.as_object().unwrap().clone());
    NewCase { title: format!("年费咨询{number}"), ..NewCase::new(key, code("T01"), outlet(at), answers, contact) }
}

pub(crate) fn code(text: &str) -> ItemCode {
    text.parse().unwrap()
}

/// Answered within 5 working days, 20 by law; leaves a consultation archive.
pub(crate) fn consultation() -> Item {
    item("T01", "业务咨询", "Consultation", 5, &["consultation-archive"])
}

/// A search within 10 working days; leaves plan, deliverable and follow-up.
pub(crate) fn search() -> Item {
    item("T02", "侵权风险检索", "Infringement-risk search", 10, &["demand", "plan", "deliverable", "follow-up"])
}

/// A training; leaves who came.
pub(crate) fn training() -> Item {
    item("T03", "知识产权培训", "Training", 15, &["demand", "attendance"])
}

fn item(code: &str, zh: &str, en: &str, promised: u32, records: &[&str]) -> Item {
    let text = |zh: &str, en: &str| json!({ "zh": zh, "en": en });
    let limit = |number: u32| json!({ "number": number, "unit": "working-day" });
    let field = |key: &str, label: Value, kind: Value, required: bool| json!({ "key": key, "label": label, "kind": kind, "required": required });
    let mut name = field("name", text("姓名", "Name"), json!({ "type": "text" }), false);
    name["personal"] = json!(true);
    let files = json!({ "type": "file", "kinds": ["pdf", "png"], "megabytes": 1, "count": 2 });
    let fields = [
        field("question", text("问题", "Question"), json!({ "type": "long-text" }), true),
        name,
        field("evidence", text("材料", "Evidence"), files, false),
    ];
    let value = json!({
        "code": code, "group": "basic", "theme": "consultation",
        "title": text(zh, en), "summary": text("答复问题。", "Answers questions."),
        "item_type": "public-service", "level": "city",
        "body": { "name": text("测试服务站", "Test outlet"), "nature": "entrusted" },
        "conditions": [text("问题明确", "A clear question")],
        "objects": ["person", "firm"], "channels": ["window", "web"],
        "processing": "promised",
        "special": [{ "kind": "other", "name": text("专家意见", "Expert opinion"), "limit": limit(7) }],
        "acceptance_limit": limit(5), "supplement_limit": limit(5),
        "statutory_limit": limit(20), "promised_limit": limit(promised),
        "materials": [], "steps": [{ "name": text("答复", "Answer"), "what": text("写出答复", "Write the answer") }],
        "records": records,
        "result": { "name": text("答复", "Answer") },
        "progress": text("凭查询码查询", "By the tracking code"),
        "form": { "steps": [{ "key": "ask", "title": text("问题", "Question"), "fields": fields }] },
    });
    serde_json::from_value(value).unwrap()
}
