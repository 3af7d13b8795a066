use database::testing::for_each_backend;
use jiff::civil::date;

use super::*;
use crate::testing::{id, now, rich};
use crate::{Network, Outcome, export_csv};

const DAY: Date = date(2024, 6, 1);

/// Members that the schemas of HSDS 3 require, those of its tabular form among them, by list.
const REQUIRED: [(&str, &[&str]); 11] = [
    ("organizations", &["id", "name", "description"]),
    ("services", &["id", "name", "status", "organization_id"]),
    ("locations", &["id", "location_type"]),
    ("service_at_locations", &["id", "service_id", "location_id"]),
    ("schedules", &["id"]),
    ("phones", &["id", "number"]),
    ("addresses", &["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"]),
    ("accessibility", &["id"]),
    ("attributes", &["id", "link_id", "taxonomy_term_id", "link_entity"]),
    ("organization_identifiers", &["id", "identifier_type", "identifier", "organization_id"]),
    ("taxonomy_terms", &["id", "name", "description"]),
];

fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.bytes().all(|b| b == b'-' || b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[tokio::test]
async fn the_export_has_what_the_schemas_require_and_every_link_leads_somewhere() {
    for_each_backend(|database| async move {
        Network::open(database.clone()).await.unwrap();
        rich(&database).await;
        let name = |code: &str| (code == "search").then(|| "信息查询检索".to_owned());
        let file = export_hsds(&mut database.read().await.unwrap(), DAY, &name).await.unwrap();
        let mut ids = std::collections::BTreeSet::new();
        for (list, members) in REQUIRED {
            let rows = file[list].as_array().unwrap();
            assert!(!rows.is_empty(), "{list}");
            for row in rows {
                assert!(members.iter().all(|member| row[*member].is_string()), "{list}: {row}");
                assert!(is_uuid(row["id"].as_str().unwrap()), "{row}");
                assert!(ids.insert(row["id"].as_str().unwrap().to_owned()), "an id twice: {row}");
            }
        }
        assert_eq!(file.as_object().unwrap().len(), REQUIRED.len());
        for rows in file.as_object().unwrap().values() {
            for (member, value) in rows.as_array().unwrap().iter().flat_map(|row| row.as_object().unwrap()) {
                if member.ends_with("_id") {
                    assert!(ids.contains(value.as_str().unwrap()), "{member} {value}");
                }
            }
        }
        assert_eq!(file["services"][0]["name"], "信息查询检索");
        assert_eq!(file["services"][0]["status"], "active");
        assert_eq!(file["schedules"][0]["opens_at"], "09:30+08:00");
        assert_eq!(file["addresses"][0]["state_province"], "重庆市");
    })
    .await;
}

#[tokio::test]
async fn what_is_exported_and_imported_elsewhere_is_the_same() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        rich(&database).await;
        let file = export_hsds(&mut database.read().await.unwrap(), DAY, &|_| None).await.unwrap();
        let table = export_csv(&mut database.read().await.unwrap(), DAY, false).await.unwrap();
        let bytes = serde_json::to_vec(&file).unwrap();
        let mut ids = || id(99);

        let mut write = database.write().await.unwrap();
        let import = Import { now: now(), as_of: DAY, dry_run: false, ids: &mut ids };
        let same = import_hsds(&mut write, &bytes, import).await.unwrap();
        assert_eq!(same.count(Outcome::Unchanged), 4, "{same:?}");
        drop(write);

        let folder = tempfile::tempdir().unwrap();
        let other = database::Database::open(&database::sqlite_url(&folder.path().join("other.db"))).await.unwrap();
        Network::open(other.clone()).await.unwrap();
        let mut write = other.write().await.unwrap();
        let import = Import { now: now(), as_of: DAY, dry_run: false, ids: &mut ids };
        let done = import_hsds(&mut write, &bytes, import).await.unwrap();
        assert_eq!((done.stored, done.count(Outcome::Created)), (true, 4), "{done:?}");
        write.commit().await.unwrap();
        let copy = export_hsds(&mut other.read().await.unwrap(), DAY, &|_| None).await.unwrap();
        assert_eq!(copy, file);
        assert_eq!(export_csv(&mut other.read().await.unwrap(), DAY, false).await.unwrap(), table);
        assert_eq!(network.tree(DAY).await.unwrap().len(), 4);
        other.close().await;
    })
    .await;
}

#[test]
fn what_is_no_such_file_is_told() {
    let told = |text: &str| read(text.as_bytes()).unwrap_err().remove(0).column;
    assert_eq!(told("{"), "");
    assert_eq!(told("[]"), "organizations");
    assert_eq!(told(r#"{"organizations": [1]}"#), "organizations");
    assert_eq!(told(r#"{"organizations": [{"id": "x"}]}"#), "id");
    assert_eq!(told(r#"{"organizations": [{"name": "好"}]}"#), "kind");
}
