use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::given::{encoded, id, organisation, site};

fn page() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api.md")).unwrap()
}

/// Operations of the document as `GET /search`.
fn operations(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap();
    let of = |(path, item): (&String, &Value)| -> Vec<String> {
        item.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())).collect()
    };
    paths.iter().flat_map(of).collect()
}

#[tokio::test]
async fn the_document_lists_the_operations_and_the_page_explains_each() {
    let document = site().await.json("/api/v1/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    let operations = operations(&document);
    let wanted = [
        "GET /agencies",
        "GET /agencies/{id}",
        "GET /analysis",
        "GET /assessments",
        "GET /assessments/{id}",
        "GET /calendar",
        "GET /classes",
        "GET /classes/{scheme}",
        "GET /classes/{scheme}/{symbol}",
        "GET /data",
        "GET /export",
        "GET /facets",
        "GET /network",
        "GET /network/coverage",
        "GET /network/{id}",
        "GET /numbers",
        "GET /openapi.json",
        "GET /plans",
        "GET /plans/{id}",
        "GET /query",
        "GET /rights/{id}",
        "GET /rights/{id}/dossier",
        "GET /search",
        "GET /indicators",
        "GET /indicators/{code}",
        "GET /services",
        "GET /services/{code}",
        "GET /suggest",
        "POST /numbers",
    ];
    assert_eq!(operations, wanted.map(str::to_owned).into());
    let all = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let names: BTreeSet<&str> = all.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(names.len(), operations.len(), "two operations share a name: {names:?}");
    let page = page();
    for operation in operations {
        let (method, path) = operation.split_once(' ').unwrap();
        assert!(page.contains(&format!("`{method} /api/v1{path}`")), "docs/api.md does not explain {operation}");
    }
}

#[tokio::test]
async fn every_operation_is_mounted_where_the_document_says() {
    let site = site().await;
    site.install().await;
    site.install_indicators().await;
    let (plan, assessment) = site.install_governance().await;
    let agency = crate::agencies::with_events(&site).await.id.to_string();
    let document = site.json("/api/v1/openapi.json").await;
    for operation in operations(&document) {
        let (method, path) = operation.split_once(' ').unwrap();
        let named = match path.split('/').nth(1) {
            Some("network") => organisation().id.to_string(),
            Some("plans") => plan.to_string(),
            Some("assessments") => assessment.to_string(),
            Some("agencies") => agency.clone(),
            _ => id(3),
        };
        let code = if path.starts_with("/indicators") { "P14-TISC" } else { "B02" };
        let path =
            path.replace("{id}", &named).replace("{scheme}", "ipc").replace("{symbol}", "H01M").replace("{code}", code);
        let list = if operation == "GET /numbers" { "?list=XX7000001" } else { "" };
        let address = format!("/api/v1{path}{list}");
        let reply = site.send(method.parse().unwrap(), &address, &[("content-type", "text/plain")], "").await;
        assert_eq!(reply.status, 200, "{operation}: {}", reply.text());
    }
}

#[tokio::test]
async fn the_condition_of_an_indicator_is_part_of_its_definition() {
    let site = site().await;
    site.install_indicators().await;
    let found = site.json("/api/v1/indicators/R-INV-UNI-DIG").await;
    let formula =
        json!({"kind": "counted", "measure": "rights.in-force.invention", "where": "at=university AND tech=(4 OR 6)"});
    assert_eq!(found["definition"]["formula"], formula);
    let described = site.json("/api/v1/openapi.json").await["components"]["schemas"]["IndicatorFormula"].to_string();
    assert!(described.contains(r#""where""#), "{described}");
}

#[tokio::test]
async fn every_parameter_is_explained_on_the_page() {
    let (document, page) = (site().await.json("/api/v1/openapi.json").await, page());
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            for parameter in operation["parameters"].as_array().unwrap() {
                let Some(name) = parameter["name"].as_str() else { continue };
                assert!(page.contains(&format!("`{name}`")), "{path}: docs/api.md does not explain {name}");
                assert!(!parameter["description"].as_str().unwrap_or_default().is_empty(), "{path}: {name}");
            }
        }
    }
}

fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn everything_that_the_document_refers_to_is_in_it() {
    let document = site().await.json("/api/v1/openapi.json").await;
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 20);
    for reference in found {
        let at = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
        assert!(document.pointer(at).is_some(), "{reference} leads nowhere");
    }
}

#[tokio::test]
async fn failures_of_every_operation_are_in_the_document() {
    let document = site().await.json("/api/v1/openapi.json").await;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for status in ["400", "429", "500"] {
                let content = &operation["responses"][status]["content"]["application/problem+json"];
                assert_eq!(content["schema"]["$ref"], "#/components/schemas/Problem", "{method} {path} {status}");
            }
            assert_eq!(operation["responses"].get("304").is_some(), method == "get", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_mistake_of_a_query_is_explained_on_the_page() {
    let (site, page) = (site().await, page());
    let mut codes = BTreeSet::new();
    for wrong in [
        "titel=a",
        "=a",
        "ti=(pa=b)",
        "ti=",
        "(a",
        "a)",
        "\"a",
        "a AND",
        "ti>5",
        "ad=[2020 TO",
        "ti=[a TO b]",
        "ad=soon",
        "claims=many",
        "ipc=!!",
        "status=purple",
        "a*b*c*d*e*f*g*h*i*j*k*l*m",
        "*a",
        "(a NEAR/5 ti=b)",
        "a NEAR/0 b",
        "number=!",
        "()",
        "ab==x",
    ] {
        let answer = site.json(&format!("/api/v1/query?q={}", encoded(wrong))).await;
        codes.extend(answer["mistake"]["code"].as_str().map(str::to_owned));
    }
    let long = "a ".repeat(2001);
    codes.insert(
        site.json(&format!("/api/v1/query?q={}", encoded(&long))).await["mistake"]["code"].as_str().unwrap().to_owned(),
    );
    assert!(codes.len() >= 14, "{codes:?}");
    for code in codes {
        assert!(page.contains(&format!("| `{code}` |")), "docs/api.md does not explain {code}");
    }
}
