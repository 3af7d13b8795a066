//! A plan and an assessment that are shown to everyone, and what the API tells of them.

use accounts::Actor;
use assessment::{AssessmentId, Entered, NewAssessment, SelfEvaluation, Shown, Step};
use jiff::Timestamp;
use jiff::civil::date;
use network::{Kind, Level, NewOrganisation, OrganisationId, Profile};
use plans::{Contents, NewPlan, PlanId, Seen};

use crate::given::{Site, site};

fn now() -> Timestamp {
    "2026-06-01T02:00:00Z".parse().unwrap()
}

fn system() -> Actor {
    Actor::system("test")
}

fn unit(number: u8) -> OrganisationId {
    OrganisationId::make("2026-01-01T00:00:00Z".parse().unwrap(), [number; 10])
}

const PLAN: &str = r#"
    year = 2026
    from = "2026-01-01"
    to = "2026-12-31"
    title = { zh = "公开的计划", en = "A public plan" }
    [[lists]]
    key = "pilot"
    name = { zh = "试点省", en = "Pilots" }
    members = [{ region = "330000" }]
    [[groups]]
    key = "1"
    title = { zh = "一组", en = "Group one" }
    [[groups.tasks]]
    key = "1"
    title = { zh = "办培训", en = "Courses" }
    due = "2026-06-15"
    assignments = [{ duty = "required", rule = "provinces-of", list = "pilot" }]
    [[groups.tasks.targets]]
    key = "trained"
    name = { zh = "培训人次", en = "People trained" }
    indicator = "T-PEOPLE"
    bound = "at-least"
    unit = { zh = "人次", en = "people" }
    [[groups.tasks.tasks]]
    key = "1-1"
    title = { zh = "编教材", en = "A textbook" }
    [[groups.tasks]]
    key = "2"
    title = { zh = "没有对象的事", en = "For nobody yet" }
"#;

impl Site {
    /// A nation, a province and two of its cities.
    async fn administrations(&self) {
        let mut write = self.plans.database().write().await.unwrap();
        for (number, parent, level, region) in [
            (21, None, Level::Nation, "000000"),
            (22, Some(21), Level::Province, "330000"),
            (23, Some(22), Level::Prefecture, "330100"),
            (24, Some(22), Level::Prefecture, "330200"),
        ] {
            let name = format!("第{number}机构");
            let profile = Profile::new(&name, Kind::Administration, level, region.parse().unwrap());
            let new = NewOrganisation { id: unit(number), parent: parent.map(unit), from: date(2020, 1, 1), profile };
            network::create(&mut write, now(), &new).await.unwrap();
        }
        write.commit().await.unwrap();
    }

    async fn plan(&self, shown: bool) -> PlanId {
        let (contents, issuer) = (Contents::from_toml(PLAN).unwrap(), unit(21));
        let key = format!("key-of-a-form-{shown}-0001");
        let new = NewPlan { key: &key, issuer: &issuer, contents: &contents, copied_from: None };
        let mut write = self.plans.database().write().await.unwrap();
        let made = self.plans.make(&mut write, now(), &system(), &new).await.unwrap();
        let made = self.plans.issue(&mut write, now(), &system(), Seen::new(&made.id, made.version), "").await.unwrap();
        if shown {
            let seen = Seen::new(&made.id, made.version);
            self.plans.show(&mut write, now(), &system(), seen, true).await.unwrap();
        }
        write.commit().await.unwrap();
        made.id
    }

    /// An assessment of both cities of which the first has entered more, published as it is said.
    async fn assessment(&self, shown: Shown) -> AssessmentId {
        let mut write = self.assessments.database().write().await.unwrap();
        let (keeper, units) = (unit(22), [unit(23), unit(24)]);
        let actor = system();
        assessment::adopt_scheme(&mut write, now(), &actor, Some(&keeper), "five-plus-n").await.ok();
        let title = assessment::Text::new("年度评价", "Yearly");
        let key = format!("key-of-{}-{}-{}", shown.public, shown.ranks, shown.arithmetic);
        let new = NewAssessment {
            key: &key,
            keeper: &keeper,
            title: &title,
            scheme: ("five-plus-n", 1),
            year: 2025,
            units: &units,
        };
        let made = assessment::open_assessment(&mut write, now(), &actor, &new, &[]).await.unwrap();
        let mut at = now();
        let mut version = made.version;
        for what in [
            Step::AskUnits(date(2026, 6, 10)),
            Step::MakeResult,
            Step::TellUnits(date(2026, 6, 10)),
            Step::Publish(shown),
        ] {
            if matches!(what, Step::MakeResult) {
                let figure = |item: &str, value| Entered {
                    item: item.to_owned(),
                    value: Some(value),
                    before: None,
                    note: "见名单".to_owned(),
                };
                let figures = [figure("kinds", 1.0), figure("analysis", 2.0), figure("standard", 0.0)];
                for (unit, figures) in units.iter().zip([&figures[..], &figures[..1]]) {
                    let sent = SelfEvaluation { version: 1, words: "自评", figures, submit: true };
                    assessment::enter(&mut write, at, &actor, (&made.id, unit), &sent).await.unwrap();
                }
            }
            if matches!(what, Step::Publish(_)) {
                at = "2026-06-11T02:00:00Z".parse().unwrap();
            }
            version = assessment::step(&mut write, at, &actor, (&made.id, version), what).await.unwrap().version;
        }
        write.commit().await.unwrap();
        made.id
    }

    /// What every operation of governance can be asked for.
    pub(crate) async fn install_governance(&self) -> (PlanId, AssessmentId) {
        self.administrations().await;
        let all = Shown { public: true, ranks: true, arithmetic: true };
        (self.plan(true).await, self.assessment(all).await)
    }
}

#[tokio::test]
async fn public_plans_tell_tasks_for_whom_and_how_they_go() {
    let site = site().await;
    assert_eq!(site.json("/api/v1/plans").await["total"], 0);
    let (shown, _) = site.install_governance().await;
    let hidden = site.plan(false).await;
    let all = site.json("/api/v1/plans").await;
    assert_eq!((&all["total"], &all["plans"][0]["id"]), (&1.into(), &shown.to_string().into()), "{all}");
    assert_eq!(site.json("/api/v1/plans?year=2025").await["total"], 0);
    let plan = site.json(&format!("/api/v1/plans/{shown}")).await;
    let tasks = &plan["groups"][0]["tasks"];
    assert_eq!(tasks[0]["for_whom"][0]["words"]["zh"], "必做：试点省");
    assert_eq!((&tasks[1]["part_of"], &tasks[1]["for_whom"][0]["duty"]), (&"1".into(), &"required".into()));
    assert_eq!((&tasks[0]["due"], &tasks[1]["due"]), (&"2026-06-15".into(), &"2026-12-31".into()));
    let target = &tasks[0]["targets"][0];
    assert!(target["figure"].is_null() && target["indicator"] == "T-PEOPLE", "left open is not zero: {target}");
    let progress = |at: usize| (tasks[at]["progress"]["bound"].clone(), tasks[at]["progress"]["late"].clone());
    assert_eq!((progress(0), progress(1)), ((1.into(), 1.into()), (1.into(), 0.into())));
    assert!(tasks[2]["progress"]["done_percent"].is_null(), "where nobody must there is no percent");
    assert!(!plan.to_string().contains("第22机构"), "units are not named");
    for wrong in [hidden.to_string(), "no-id".to_owned()] {
        site.problem(&format!("/api/v1/plans/{wrong}"), 404).await;
    }
    for wrong in ["plans?year=x", "plans?colour=red"] {
        site.problem(&format!("/api/v1/{wrong}"), 400).await;
    }
    site.problem(&format!("/api/v1/plans/{shown}?colour=red"), 400).await;
}

#[tokio::test]
async fn published_results_tell_as_much_as_was_published() {
    let site = site().await;
    let (_, whole) = site.install_governance().await;
    let totals = site.assessment(Shown { public: true, ranks: false, arithmetic: false }).await;
    let hidden = site.assessment(Shown::default()).await;
    let all = site.json("/api/v1/assessments?scheme=five-plus-n&year=2025").await;
    assert_eq!(all["total"], 2, "{all}");
    assert_eq!(site.json("/api/v1/assessments?scheme=outlet").await["total"], 0);
    let result = site.json(&format!("/api/v1/assessments/{whole}")).await;
    assert_eq!((&result["full"], &result["snapshot"]["reproduced"]), (&100.into(), &true.into()));
    let first = &result["units"][0];
    assert_eq!((&first["name"]["zh"], &first["place"]), (&"第23机构".into(), &1.into()), "{first}");
    let lines = first["arithmetic"]["dimensions"][0]["lines"].as_array().unwrap();
    assert_eq!(
        (&lines[0]["item"], &lines[0]["input"], &lines[0]["score"]),
        (&"analysis".into(), &2.0.into(), &100.0.into())
    );
    assert_eq!(lines[0]["sum"]["zh"], "2 ≥ 1");
    assert_eq!(
        (&lines[1]["input"], &lines[1]["outcome"]),
        (&0.0.into(), &"scored".into()),
        "nothing was entered as nothing"
    );
    let missing = lines.iter().find(|line| line["outcome"] == "missing-zero").unwrap();
    assert!(missing["input"].is_null() && missing["score"].is_null(), "missing is not zero: {missing}");
    let points: f64 = lines.iter().map(|line| line["points"].as_f64().unwrap()).sum();
    assert!((points - first["arithmetic"]["dimensions"][0]["points"].as_f64().unwrap()).abs() < 1e-9);
    let last = first["arithmetic"]["steps"].as_array().unwrap().last().unwrap();
    assert_eq!(last["en"], format!("Total: {:.2}", first["total"].as_f64().unwrap()));
    let short = site.json(&format!("/api/v1/assessments/{totals}")).await;
    for unit in short["units"].as_array().unwrap() {
        assert!(unit["arithmetic"].is_null() && unit["place"].is_null() && unit["total"].is_f64(), "{unit}");
    }
    for wrong in [hidden.to_string(), "no-id".to_owned()] {
        site.problem(&format!("/api/v1/assessments/{wrong}"), 404).await;
    }
    site.problem("/api/v1/assessments?year=x", 400).await;
    site.problem(&format!("/api/v1/assessments/{whole}?colour=red"), 400).await;
}
