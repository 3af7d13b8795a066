use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::given::{RIGHTS, Site, encoded, part, site};

fn ids(answer: &Value) -> Vec<String> {
    answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_search_gives_rights_with_counts_and_the_query_as_understood() {
    let site = site().await;
    let answer = site.json(&format!("/api/v1/search?q={}&limit=3", encoded("石墨烯 电池"))).await;
    assert_eq!(answer["total"], RIGHTS / 4);
    assert_eq!(answer["query"], "石墨烯 AND 电池");
    assert_eq!(answer["hits"].as_array().unwrap().len(), 3);
    let hit = &answer["hits"][0];
    assert_eq!(hit["id"], hit["right"]["id"]);
    assert!(hit["score"].as_f64().unwrap() > 0.0 && hit["family_size"] == 1);
    for heavy in ["claims", "description", "sources"] {
        assert!(hit["right"].get(heavy).is_none(), "{heavy} comes only when asked for");
    }
    assert!(hit["right"]["titles"][0]["text"].as_str().unwrap().starts_with("石墨烯"));
}

#[tokio::test]
async fn fields_of_the_hits_can_be_chosen() {
    let site = site().await;
    let of =
        |answer: Value| -> Vec<String> { answer["hits"][0]["right"].as_object().unwrap().keys().cloned().collect() };
    let commas = of(site.json("/api/v1/search?q=right=invention&fields=titles,claims").await);
    assert_eq!(commas, ["claims", "id", "titles"]);
    assert_eq!(of(site.json("/api/v1/search?q=right=invention&fields=titles&fields=claims").await), commas);
}

#[tokio::test]
async fn queries_are_read_in_the_spellings_of_other_offices() {
    let site = site().await;
    let own = site.json(&format!("/api/v1/search?q={}&limit=0", encoded("ti=\"lens group\" AND ad>=2010"))).await;
    let cql =
        site.json(&format!("/api/v1/search?as=cql&q={}&limit=0", encoded("ti=\"lens group\" and ad>=2010"))).await;
    let brs = site
        .json(&format!("/api/v1/search?as=brs&q={}&limit=0", encoded("(lens ADJ group).ti. AND @AD>=20100101")))
        .await;
    assert!(own["total"].as_u64().unwrap() > 0);
    assert_eq!((&own["total"], &own["total"]), (&cql["total"], &brs["total"]));
}

/// Ids of all pages, and the total that each page told.
async fn walk(site: &Site, parameters: &str) -> Vec<String> {
    let (mut found, mut address, mut pages) = (Vec::new(), format!("/api/v1/search?{parameters}"), 0);
    loop {
        let reply = site.get(&address).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let answer = reply.json();
        found.extend(ids(&answer));
        pages += 1;
        let Some(mark) = answer["next"].as_str() else {
            assert_eq!(reply.header("link"), "");
            return found;
        };
        assert!(pages < 100, "the pages never end");
        // The header leads to the same page as the mark.
        let link =
            reply.header("link").strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")).unwrap();
        assert!(link.contains(&encoded(mark)) || link.contains(mark), "{link} {mark}");
        address = link.to_owned();
    }
}

#[tokio::test]
async fn pages_in_every_order_give_every_right_once() {
    let site = site().await;
    for order in ["score", "filed", "filed-asc", "published", "published-asc", "granted", "granted-asc", "id"] {
        let found = walk(&site, &format!("q=&sort={order}&limit=37")).await;
        assert_eq!(found.len(), RIGHTS as usize, "{order}");
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len(), "{order}");
    }
    let by_id = walk(&site, "sort=id&limit=100").await;
    assert!(by_id.is_sorted());
}

#[tokio::test]
async fn collapsed_pages_give_one_hit_a_family() {
    let site = site().await;
    let answer = site.json("/api/v1/search?q=right=invention&collapse=family&limit=1").await;
    let found = walk(&site, "q=right=invention&collapse=family&limit=2").await;
    assert_eq!(answer["groups"], found.len());
    assert!(answer["total"].as_u64().unwrap() > found.len() as u64);
    assert!(answer["hits"][0]["family_size"].as_u64().unwrap() > 1);
}

#[tokio::test]
async fn facets_come_with_labels_and_the_text_of_their_lists() {
    let site = site().await;
    let answer = site
        .json(&format!("/api/v1/search?q={}&limit=0&facet=right,status:2&facet=applicant&lang=en", encoded("电池")))
        .await;
    let facets = answer["facets"].as_array().unwrap();
    assert_eq!(
        facets.iter().map(|facet| facet["field"].as_str().unwrap()).collect::<Vec<_>>(),
        ["right", "status", "applicant"]
    );
    assert_eq!(facets[0]["name"], "Kind");
    for facet in facets {
        for value in facet["values"].as_array().unwrap() {
            let list = encoded(value["list"].as_str().unwrap());
            let listed = site.json(&format!("/api/v1/search?limit=0&q={list}")).await;
            assert_eq!(listed["total"], value["count"], "{value}");
        }
    }
}

#[tokio::test]
async fn an_explanation_counts_clauses_and_makes_up_scores() {
    let site = site().await;
    let answer =
        site.json(&format!("/api/v1/search?q={}&explain=true&limit=1", encoded("石墨烯 right=invention"))).await;
    assert_eq!(answer["clauses"].as_array().unwrap().len(), 2);
    let lines = answer["hits"][0]["explanation"].as_array().unwrap();
    let sum: f64 = lines.iter().map(|line| line["score"].as_f64().unwrap()).sum();
    assert!((sum - answer["hits"][0]["score"].as_f64().unwrap()).abs() < 1e-3);
}

#[tokio::test]
async fn a_mistake_in_a_query_is_told_with_place_and_mend() {
    let site = site().await;
    let problem = site.problem(&format!("/api/v1/search?q={}&lang=en", encoded("石墨烯 titel=电池")), 400).await;
    assert_eq!(problem["code"], "unknown-field");
    assert_eq!(problem["place"], serde_json::json!([4, 9]));
    assert_eq!((problem["found"].as_str(), problem["suggestion"].as_str()), (Some("titel"), Some("石墨烯 title=电池")));
}

#[tokio::test]
async fn parameters_that_cannot_be_are_told_with_what_can_be() {
    let site = site().await;
    for (parameters, wanted) in [
        ("sort=newest", "filed"),
        ("facet=colour", "applicant"),
        ("facet=applicant:0", "1…1000"),
        ("facet=applicant:1001", "1…1000"),
        ("as=lucene", "cql"),
        ("limit=101", "0…100"),
        ("limit=many", "limit"),
        ("limit=-1", "limit"),
        ("collapse=all", "family"),
        ("explain=maybe", "explain"),
        ("fields=colour", "titles"),
        ("limitt=5", "limit"),
        ("q=a&q=b", "q"),
        ("lang=fr", "zh, en"),
    ] {
        let problem = site.problem(&format!("/api/v1/search?{parameters}"), 400).await;
        assert_eq!(problem["code"], "wrong-parameter", "{parameters}");
        assert!(problem["title"].as_str().unwrap().contains(wanted), "{parameters}: {problem}");
    }
    assert_eq!(site.problem("/api/v1/search?limit=101", 400).await["parameter"], "limit");
    assert_eq!(site.problem("/api/v1/search?after=nonsense", 400).await["code"], "wrong-page-mark");
}

#[tokio::test]
async fn what_a_client_has_already_is_not_sent_again_until_something_changes() {
    let site = site().await;
    for address in [
        "/api/v1/search?q=right%3Ddesign",
        "/api/v1/facets?facet=right",
        "/api/v1/data",
        "/api/v1/analysis?q=",
        "/api/v1/openapi.json",
    ] {
        let first = site.get(address).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{address}");
        assert_eq!(first.header("cache-control"), "no-cache");
        for known in [tag.clone(), format!("\"other\", {tag}"), tag.trim_start_matches("W/").to_owned()] {
            let again = site.get_with(address, &[("if-none-match", &known)]).await;
            assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{address} {known}");
            assert_eq!(again.header("etag"), tag);
        }
        let english = site.get_with(address, &[("if-none-match", &tag), ("accept-language", "en")]).await;
        assert_eq!(english.status, StatusCode::OK, "another language is another answer");
    }
    let address = "/api/v1/search?q=right%3Ddesign";
    let tag = site.get(address).await.header("etag").to_owned();
    site.add(vec![part(RIGHTS + 1)]).await;
    assert_eq!(site.get_with(address, &[("if-none-match", &tag)]).await.status, StatusCode::OK);
    let failed = site.get("/api/v1/search?sort=newest").await;
    assert_eq!(failed.header("etag"), "", "a failure has no tag");
}

#[tokio::test]
async fn head_gives_the_headers_alone() {
    let site = site().await;
    for address in ["/api/v1/search?q=", "/api/v1/export?q=", "/api/v1/openapi.json"] {
        let (head, get) = (site.send(Method::HEAD, address, &[], "").await, site.get(address).await);
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0), "{address}");
        for name in ["content-type", "etag", "content-disposition"] {
            assert_eq!(head.header(name), get.header(name), "{address}");
        }
    }
}

#[tokio::test]
async fn answers_are_packed_for_those_who_can_unpack() {
    let site = site().await;
    for coding in ["gzip", "zstd"] {
        let reply = site.get_with("/api/v1/search?q=", &[("accept-encoding", coding)]).await;
        assert_eq!((reply.status, reply.header("content-encoding")), (StatusCode::OK, coding));
    }
}

#[tokio::test]
async fn every_figure_of_the_facets_is_that_of_its_list() {
    let site = site().await;
    let asked = "facet=class,group:3,filing-year:50,inventor&cross=right*filing-year:5&cross=applicant*applicant&distinct=filing-year*applicant";
    let answer = site.json(&format!("/api/v1/facets?q={}&{asked}", encoded("电池"))).await;
    assert_eq!(answer["facets"].as_array().unwrap().len(), 4);
    for value in answer["facets"].as_array().unwrap().iter().flat_map(|facet| facet["values"].as_array().unwrap()) {
        let listed = site.json(&format!("/api/v1/search?limit=0&q={}", encoded(value["list"].as_str().unwrap()))).await;
        assert_eq!(listed["total"], value["count"], "{value}");
    }
    let cross = &answer["crosses"][0];
    let cell = &cross["cells"][0];
    let value = |side: &str, at: &str| {
        cross[side]["values"][cell[at].as_u64().unwrap() as usize]["list"].as_str().unwrap().to_owned()
    };
    let both = format!("({}) AND ({})", value("rows", "row"), value("columns", "column"));
    let listed = site.json(&format!("/api/v1/search?limit=0&q={}", encoded(&both))).await;
    assert_eq!(listed["total"], cell["count"]);
    assert_eq!(answer["distinct"][0]["of"], "applicant");
    for (parameters, wanted) in [
        ("cross=applicant", "*"),
        ("cross=applicant*colour", "applicant"),
        ("cross=applicant:101*right", "1…100"),
        ("distinct=right", "*"),
        (&"facet=right&".repeat(21), "0…20"),
    ] {
        let problem = site.problem(&format!("/api/v1/facets?{}", parameters.trim_end_matches('&')), 400).await;
        assert!(problem["title"].as_str().unwrap().contains(wanted), "{problem}");
    }
}
