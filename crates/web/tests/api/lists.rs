use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::given::{RIGHTS, Site, encoded, id, publication, site};

async fn post(site: &Site, kind: &str, body: &str) -> crate::given::Reply {
    site.send(Method::POST, "/api/v1/numbers", &[("content-type", kind)], body).await
}

fn outcomes(answer: &Value) -> Vec<&str> {
    answer["rows"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn numbers_are_looked_up_from_an_address_a_text_and_json() {
    let site = site().await;
    let (known, unknown) = (publication(8).to_string(), "XX9999999");
    let get = site.json(&format!("/api/v1/numbers?list={}", encoded(&format!("{known}; {unknown}")))).await;
    assert_eq!(outcomes(&get), ["found", "not-found"]);
    assert_eq!(get["rows"][0]["rights"]["id"], id(8));
    for kind in ["text/plain", "text/plain; charset=utf-8", "text/csv"] {
        let text = post(&site, kind, &format!("{known}\n{unknown}\n")).await;
        assert_eq!(outcomes(&text.json()), ["found", "not-found"], "{kind}");
    }
    let json = post(&site, "application/json", &serde_json::json!({ "numbers": [known, unknown] }).to_string()).await;
    assert_eq!(json.json()["rows"], post(&site, "text/plain", &format!("{known}\n{unknown}")).await.json()["rows"]);
    assert_eq!((json.json()["found"].as_u64(), json.json()["not_found"].as_u64()), (Some(1), Some(1)));
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_told() {
    let site = site().await;
    assert_eq!(post(&site, "application/pdf", "%PDF").await.problem(415)["code"], "unsupported-media-type");
    for body in ["", "{", "[]", "{\"list\": []}", "{\"numbers\": [1]}"] {
        let problem = post(&site, "application/json", body).await.problem(400);
        assert_eq!(
            (problem["code"].as_str(), problem["parameter"].as_str()),
            (Some("wrong-parameter"), Some("numbers"))
        );
    }
    let huge = "XX7000001\n".repeat(300_000);
    assert_eq!(post(&site, "text/plain", &huge).await.problem(413)["code"], "too-large");
    let long = post(&site, "text/plain", &"XX7000001\n".repeat(10_001)).await.json();
    assert_eq!((long["found"].as_u64(), long["beyond"].as_u64()), (Some(10_000), Some(1)));
    assert_eq!(site.problem("/api/v1/numbers", 400).await["code"], "wrong-parameter");
}

#[tokio::test]
async fn classes_are_listed_browsed_and_searched() {
    let site = site().await;
    let schemes = site.json("/api/v1/classes?lang=en").await;
    assert_eq!(schemes["schemes"].as_array().unwrap().len(), 5);
    let top = site.json("/api/v1/classes/ipc").await;
    assert_eq!(
        top["children"].as_array().unwrap().iter().map(|row| row["symbol"].as_str().unwrap()).collect::<Vec<_>>(),
        ["G", "H"]
    );
    let place = site.json("/api/v1/classes/ipc/H01M10%2F052").await;
    assert_eq!(place["place"]["symbol"], "H01M10/052");
    assert_eq!(place["children"][0]["symbol"], "H01M10/0525");
    let listed =
        site.json(&format!("/api/v1/search?limit=0&q={}", encoded(place["place"]["query"].as_str().unwrap()))).await;
    assert_eq!(listed["total"], place["place"]["count"]);
    let found = site.json(&format!("/api/v1/classes?scheme=ipc&q={}", encoded("电池"))).await;
    assert!(!found["schemes"][0]["found"].as_array().unwrap().is_empty());
    for unknown in ["uspc", "ipc/Z99Z", "nice", "ipc/H01M10%2F9999"] {
        assert_eq!(site.problem(&format!("/api/v1/classes/{unknown}"), 404).await["code"], "not-found");
    }
    let problem = site.problem("/api/v1/classes?scheme=uspc", 400).await;
    assert!(problem["title"].as_str().unwrap().contains("locarno"), "{problem}");
}

#[tokio::test]
async fn suggestions_take_the_place_of_what_was_typed_as_browsers_count() {
    let site = site().await;
    let typed = "𠮷 pa=云";
    let answer = site.json(&format!("/api/v1/suggest?q={}&cursor=7", encoded(typed))).await;
    let suggestion = &answer["suggestions"][0];
    assert_eq!(suggestion["insert"], "pa==云岭新能源有限公司");
    let units: Vec<u16> = typed.encode_utf16().collect();
    let place = [0, 1].map(|at| suggestion["place"][at].as_u64().unwrap() as usize);
    let before = String::from_utf16(&units[..place[0]]).unwrap();
    let whole = format!(
        "{before}{}{}",
        suggestion["insert"].as_str().unwrap(),
        String::from_utf16(&units[place[1]..]).unwrap()
    );
    assert_eq!(whole, "𠮷 pa==云岭新能源有限公司");
    assert_eq!(
        suggestion["count"],
        site.json(&format!("/api/v1/search?limit=0&q={}", encoded("pa==云岭新能源有限公司"))).await["total"]
    );
    for harmless in ["q=", "q=%22", "q=pa%3D&cursor=999999", "q=%F0%A0%AE%B7&cursor=1", "cursor=5", "q=ti%3D(("] {
        site.json(&format!("/api/v1/suggest?{harmless}")).await;
    }
    assert_eq!(site.problem("/api/v1/suggest?q=a&most=51", 400).await["parameter"], "most");
    assert_eq!(site.problem("/api/v1/suggest?q=a&cursor=-1", 400).await["code"], "wrong-parameter");
}

#[tokio::test]
async fn an_export_has_every_hit_in_every_form() {
    let site = site().await;
    let csv = site.get("/api/v1/export?q=&columns=id,status&lang=en").await;
    assert_eq!((csv.status, csv.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"huizhi-export.csv\"");
    let text = csv.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines.len(), lines[0]), (RIGHTS as usize + 1, "\u{feff}id,status"));
    let jsonl = site.get("/api/v1/export?q=right%3Dtrademark&format=jsonl").await;
    assert_eq!(jsonl.header("content-type"), "application/x-ndjson");
    let marks = site.json("/api/v1/search?q=right%3Dtrademark&limit=0").await;
    let rows: Vec<Value> = jsonl.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(marks["total"], rows.len());
    assert!(rows.iter().all(|row| row["right"] == "trademark"));
    let xlsx = site.get("/api/v1/export?q=nothing%20finds%20this&format=xlsx").await;
    assert!(xlsx.body.starts_with(b"PK"));
    let cql = site.get(&format!("/api/v1/export?as=cql&q={}&columns=id", encoded("ti=lens and pd>=2012"))).await;
    assert!(cql.text().lines().count() > 1);
}

#[tokio::test]
async fn an_export_that_cannot_be_is_a_problem_and_not_a_file() {
    let site = site().await;
    for (parameters, wanted) in [("format=pdf", "jsonl"), ("columns=colour", "applicants")] {
        let problem = site.problem(&format!("/api/v1/export?q=&{parameters}"), 400).await;
        assert!(problem["title"].as_str().unwrap().contains(wanted), "{problem}");
    }
    assert_eq!(site.problem("/api/v1/export?q=(a", 400).await["code"], "bracket");
}

#[tokio::test]
async fn a_query_is_read_without_searching() {
    let site = site().await;
    let answer = site.json(&format!("/api/v1/query?q={}&count=true", encoded("石墨烯 申请日>=2015"))).await;
    assert_eq!(answer["query"], "石墨烯 AND ad>=2015-01-01");
    assert_eq!(answer["clauses"][1]["field"], "ad");
    assert!(answer["total"].as_u64().unwrap() <= answer["clauses"][0]["hits"].as_u64().unwrap());
    let cql = site.json(&format!("/api/v1/query?as=cql&q={}", encoded("ti=lens and pa=lake"))).await;
    assert_eq!(cql["clauses"].as_array().unwrap().len(), 2);
    assert!(cql["clauses"][0].get("hits").is_none());
    let mistaken = site.json(&format!("/api/v1/query?q={}&lang=en", encoded("titel=电池"))).await;
    assert!(mistaken.get("query").is_none());
    assert_eq!(
        (mistaken["mistake"]["code"].as_str(), mistaken["mistake"]["suggestion"].as_str()),
        (Some("unknown-field"), Some("title=电池"))
    );
}

#[tokio::test]
async fn an_analysis_counts_what_a_search_counts() {
    let site = site().await;
    let q = encoded("right=invention");
    let analysis = site.json(&format!("/api/v1/analysis?q={q}&from=2010&to=2015&top=10")).await;
    let searched =
        site.json(&format!("/api/v1/search?limit=0&q={}", encoded("right=invention AND ad=[2010 TO 2015]"))).await;
    assert_eq!(analysis["total"], searched["total"]);
    assert!(analysis["filed"]["years"].as_array().unwrap().len() <= 6);
    for (parameters, name) in [("from=1699", "from"), ("from=2016&to=2015", "from"), ("top=9", "top")] {
        assert_eq!(site.problem(&format!("/api/v1/analysis?q={q}&{parameters}"), 400).await["parameter"], name);
    }
    assert_eq!(site.problem("/api/v1/analysis?q=ad%3E%3Dsoon", 400).await["code"], "date");
}

#[tokio::test]
async fn the_data_tell_how_new_they_are() {
    let site = site().await;
    let data = site.json("/api/v1/data").await;
    assert_eq!(
        (data["register"]["total"].as_u64(), data["index"]["rights"].as_u64()),
        (Some(RIGHTS.into()), Some(RIGHTS.into()))
    );
    assert_eq!(data["index"]["cursor"], data["register"]["seq"]);
    assert_eq!((data["index"]["day"].as_str(), data["demonstration"].as_bool()), (Some("2026-07-01"), Some(false)));
}
