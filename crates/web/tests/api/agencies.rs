use accounts::Actor;
use credit::{Agency, AgencyKind, NewAgency, NewEvent, Particulars, Step, Told};
use jiff::Timestamp;
use jiff::civil::date;

use crate::given::{Site, organisation, site};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An agency with an event in force, one that is announced, and a draft.
pub(crate) async fn with_events(site: &Site) -> Agency {
    let (system, keeper) = (Actor::system("test"), organisation().id);
    let particulars = Particulars {
        name: "明理演示专利代理事务所".to_owned(),
        name_en: Some("Mingli Demonstration Patent Agency".to_owned()),
        code: Some("50123".to_owned()),
        kind: AgencyKind::Patent,
        region: "500000".parse().unwrap(),
        address: None,
        branches: Vec::new(),
        former_names: Vec::new(),
        closed: None,
    };
    let mut write = site.credit.database().write().await.unwrap();
    let new = NewAgency { key: "key-of-the-test-0001", keeper: &keeper, particulars: &particulars };
    let agency = credit::enter_agency(&mut write, at("2026-03-01T08:00:00Z"), &system, &new).await.unwrap();
    for (key, rule, announced) in [
        ("key-of-the-test-0002", "M06", Some("2026-04-01T08:00:00Z")),
        ("key-of-the-test-0003", "P01", Some("2026-06-28T08:00:00Z")),
        ("key-of-the-test-0004", "M02", None),
    ] {
        let told = Told {
            rule: rule.to_owned(),
            happened: date(2026, 3, 1),
            facts: format!("{rule} 的事实"),
            document: String::new(),
            ground: "第 3 条".to_owned(),
            evidence: vec!["不公开的证据".to_owned()],
        };
        let new = NewEvent { key, agency: &agency.id, told: &told };
        let now = at(announced.unwrap_or("2026-06-29T08:00:00Z"));
        let event = credit::draft(&mut write, now, &system, &new).await.unwrap();
        if announced.is_some() {
            let step = Step { id: &event.id, version: 1, words: "" };
            credit::announce(&mut write, now, &system, step).await.unwrap();
        }
    }
    write.commit().await.unwrap();
    assert_eq!(credit::settle(site.credit.database(), at("2026-07-01T08:00:00Z")).await.unwrap(), 1);
    agency
}

#[tokio::test]
async fn the_credit_of_agencies_is_open_as_far_as_its_pages_are() {
    let site = site().await;
    assert_eq!(site.json("/api/v1/agencies").await["total"], 0);
    let id = with_events(&site).await.id;
    let all = site.json("/api/v1/agencies?q=50123&region=500000&kind=patent").await;
    assert_eq!((&all["total"], &all["day"], &all["next"]), (&1.into(), &"2026-07-01".into(), &serde_json::Value::Null));
    let row = &all["agencies"][0];
    assert_eq!((&row["id"], &row["announced"]), (&id.to_string().into(), &1.into()));
    assert_eq!((&row["level"], &row["score"]), (&"C".into(), &75.into()));
    assert_eq!(all["levels"][3], serde_json::json!({ "level": "C", "count": 1 }));
    assert_eq!(site.json("/api/v1/agencies?level=a").await["total"], 0);

    let one = site.json(&format!("/api/v1/agencies/{id}")).await;
    assert_eq!(one["agency"]["name"], "明理演示专利代理事务所");
    assert_eq!((&one["score"]["total"], &one["score"]["grade"]), (&75.into(), &"C".into()));
    assert_eq!(one["score"]["lines"][0]["standing"], "counts");
    let events = one["events"].as_array().unwrap();
    assert_eq!(events.iter().map(|event| event["rule"].as_str().unwrap()).collect::<Vec<_>>(), ["P01", "M06"]);
    assert_eq!((&events[1]["counts_from"], &events[1]["article"]), (&"2026-04-17".into(), &"第 3 条".into()));
    assert!(!one.to_string().contains("不公开的证据") && !one.to_string().contains("entered_by"), "{one}");
    assert_eq!(one["history"].as_array().unwrap().last().unwrap()["day"], "2026-04-17");
    let before = site.json(&format!("/api/v1/agencies/{id}?on=2026-04-01")).await;
    assert_eq!(before["score"]["grade"], "A");
    for wrong in ["level=z", "page=0", "limit=201", "kind=x", "colour=red", "region=5"] {
        site.problem(&format!("/api/v1/agencies?{wrong}"), 400).await;
    }
    site.problem("/api/v1/agencies/none", 404).await;
    site.problem("/api/v1/agencies/01JZ8K2V9T3N5Q7R9S1W3X5Y7Z", 404).await;
}
