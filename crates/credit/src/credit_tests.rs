use database::{query, testing::for_each_backend};

use super::*;
use crate::testing::{id, organisation, province};
use crate::{Outcome, PaperKind};

#[tokio::test]
async fn objections_and_repairs_of_earlier_tables_come_along_as_papers() {
    for_each_backend(|database| async move {
        accounts::migrate(&database).await.unwrap();
        notices::Notices::open(database.clone()).await.unwrap();
        database.migrate("credit", &MIGRATIONS[..1]).await.unwrap();
        let (event, keeper) = (id(20), organisation(2));
        let body = |number: u32, rest: &str| {
            format!(
                r#"{{"id":"{}","version":2,"event":"{event}","keeper":"{keeper}","capacity":"","words":"请复核","evidence":[],
                "made_by":null,"made_at":"2026-06-01T02:00:00Z",{rest},"decided_by":null,"decided_at":null,"reason":"经复核"}}"#,
                id(number)
            )
        };
        let mut write = database.write().await.unwrap();
        for (statement, values) in [
            (
                "INSERT INTO credit_agencies (id, version, key, keeper, kind, region, names, body) \
                 VALUES ($1, 1, $2, 'k', 'patent', '500000', '', '{}')",
                vec![id(10).to_string(), "key-1".to_owned()],
            ),
            (
                "INSERT INTO credit_events (id, version, key, agency, keeper, state, edition, rule, body) \
                 VALUES ($1, 1, 'key-1', $2, 'k', 'announced', 1, 'M05', '{}')",
                vec![event.to_string(), id(10).to_string()],
            ),
            (
                "INSERT INTO credit_objections (id, version, key, event, body) VALUES ($1, 2, 'key-1', $2, $3)",
                vec![id(30).to_string(), event.to_string(), body(30, r#""outcome":"partly","rule":"M05""#)],
            ),
            (
                "INSERT INTO credit_repairs (id, version, key, event, body) VALUES ($1, 2, 'key-1', $2, $3)",
                vec![id(31).to_string(), event.to_string(), body(31, r#""outcome":"refused""#)],
            ),
        ] {
            let statement = values.into_iter().fold(query(statement), database::Query::bind);
            statement.execute(&mut *write).await.unwrap();
        }
        write.commit().await.unwrap();
        let credit = Credit::open(database).await.unwrap();
        let papers = credit.papers_of(&province(), &EventId(event)).await.unwrap();
        let told = |paper: &Paper| (paper.kind, paper.outcome, paper.rule.clone(), paper.words.clone());
        assert_eq!(papers.iter().map(told).collect::<Vec<_>>(), [
            (PaperKind::Objection, Some(Outcome::Partly), Some("M05".to_owned()), "请复核".to_owned()),
            (PaperKind::Repair, Some(Outcome::Refused), None, "请复核".to_owned()),
        ]);
        assert_eq!(papers[1].outcome_label("zh"), Some("不同意修复"));
    })
    .await;
}
