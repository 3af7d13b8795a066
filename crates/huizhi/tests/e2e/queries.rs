//! Searching: answers, order, pages, explanations and mistakes.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::place::{demo, text_of};

fn page(query: &str, more: &[&str]) -> Value {
    demo().json(&[&["search", query], more].concat())
}

fn ids_of(found: &Value) -> Vec<String> {
    found["hits"].as_array().unwrap().iter().map(|hit| text_of(&hit["right"]["id"])).collect()
}

#[test]
fn an_answer_in_json_has_the_query_total_hits_facets_and_time() {
    let found = page("类型=商标", &["--limit", "3"]);
    assert_eq!(ids_of(&found).len(), 3);
    assert!(found["total"].as_u64().unwrap() > 3);
    assert!(found["took_ms"].as_f64().unwrap() > 0.0);
    assert!(text_of(&found["query"]).contains("trademark"), "{}", found["query"]);
    let kinds = found["facets"].as_array().unwrap().iter().find(|facet| facet["field"] == "right").unwrap();
    assert_eq!(kinds["counts"][0]["count"], found["total"]);
}

#[test]
fn every_figure_of_a_facet_opens_its_list() {
    for (facet, field) in [("right", "right"), ("status", "status"), ("office", "office")] {
        let found = page("", &["--limit", "0"]);
        let counts = found["facets"].as_array().unwrap().iter().find(|f| f["field"] == facet).unwrap()["counts"].clone();
        for count in counts.as_array().unwrap() {
            let query = format!("{field}={}", text_of(&count["value"]));
            assert_eq!(demo().total(&query), count["count"].as_u64().unwrap(), "{query}");
        }
    }
}

#[test]
fn paging_reaches_the_end_without_loss_or_double_in_every_order() {
    for sort in ["score", "filed", "filed-asc", "published", "published-asc", "granted", "granted-asc", "id"] {
        let (mut seen, mut mark) = (Vec::new(), None::<String>);
        let total = loop {
            let mut args = vec!["--limit", "40", "--sort", sort];
            if let Some(mark) = &mark {
                args.extend(["--cursor", mark]);
            }
            let found = page("电池 OR 类型=商标", &args);
            seen.extend(ids_of(&found));
            match found["next"].as_str() {
                Some(next) => mark = Some(next.to_owned()),
                None => break found["total"].as_u64().unwrap(),
            }
        };
        assert_eq!(seen.len() as u64, total, "{sort}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "{sort}: a right came twice");
    }
}

#[test]
fn hits_come_in_the_order_asked_for() {
    for (sort, field, ascending) in [
        ("filed", "filing_date", false),
        ("filed-asc", "filing_date", true),
        ("published", "publication_date", false),
        ("granted-asc", "grant_date", true),
    ] {
        let found = page("", &["--limit", "300", "--sort", sort]);
        let hits = found["hits"].as_array().unwrap();
        let dates: Vec<Option<&str>> = hits.iter().map(|hit| hit["right"][field].as_str()).collect();
        let known: Vec<&str> = dates.iter().copied().flatten().collect();
        let mut sorted = known.clone();
        sorted.sort_unstable();
        if !ascending {
            sorted.reverse();
        }
        assert!(known.len() > 50 && known == sorted, "{sort}");
        assert!(dates.iter().skip_while(|date| date.is_some()).all(Option::is_none), "{sort}: unknown dates come last");
    }
}

#[test]
fn an_explanation_counts_each_clause_and_its_lines_sum_to_the_score() {
    let found = page("石墨烯 电池 NOT 类型=商标", &["--explain", "--limit", "10"]);
    let clauses = found["clauses"].as_array().unwrap();
    assert_eq!(clauses.len(), 3, "{clauses:?}");
    for clause in clauses {
        let alone = demo().total(&text_of(&clause["clause"]));
        assert_eq!(alone, clause["hits"].as_u64().unwrap(), "{clause}");
    }
    let hits = found["hits"].as_array().unwrap();
    assert!(!hits.is_empty());
    for hit in hits {
        let lines = hit["explanation"].as_array().unwrap();
        let sum: f64 = lines.iter().map(|line| line["score"].as_f64().unwrap()).sum();
        let score = hit["score"].as_f64().unwrap();
        assert!(!lines.is_empty() && (sum - score).abs() < 0.01 * score.max(1.0), "{sum} is not {score}: {lines:?}");
    }
    let text = demo().ok(&["search", "石墨烯 电池", "--explain", "--limit", "2"]);
    assert!(text.contains(" = ") && text.contains("电池"), "{text}");
}

#[test]
fn a_table_shows_the_columns_asked_for_and_the_mark_of_the_next_page() {
    let text = demo().ok(&["search", "类型=发明", "--fields", "id,ipc", "--limit", "2"]);
    assert!(text.contains("XX-P-") && text.contains("--cursor '"), "{text}");
    assert!(!text.contains("applicants"), "{text}");
    demo().run(&["search", "电池", "--fields", "colour"]).fails_with(&["colour", "applicants"]);
    demo().run(&["search", "电池", "--cursor", "nonsense"]).fails_with(&["nonsense", "first page"]);
}

#[test]
fn a_mistake_shows_its_place_and_the_nearest_spelling() {
    let run = demo().run(&["search", "aplicant=云岭 AND 电池"]).fails_with(&["aplicant", "applicant"]);
    assert!(run.err.contains('^') && run.out.is_empty(), "{}", run.err);
    let run = demo().run(&["search", "状态=有笑", "--lang", "zh"]).exits(1);
    assert!(run.err.contains("有效") && run.err.contains('^'), "{}", run.err);
    for wrong in ["(电池", "ad=[2020 TO", "电池 AND", "ipc=", "NEAR/5", "ad=2020-13-45", "\"没有结尾"] {
        let run = demo().run(&["search", wrong]).exits(1);
        assert!(!run.err.is_empty() && !run.err.contains("panicked"), "{wrong}: {}", run.err);
        demo().run(&["export", wrong]).exits(1);
    }
}

#[test]
fn every_spelling_of_a_number_shows_the_right() {
    let found = page("类型=发明 状态=有效", &["--limit", "1"]);
    let right = &found["hits"][0]["right"];
    let id = text_of(&right["id"]);
    let application = text_of(&right["application_number"]);
    for spelling in [id.clone(), id.to_lowercase(), application.clone(), format!("XX{}", application.trim_start_matches("XX"))] {
        assert_eq!(demo().json(&["show", &spelling])["id"], id.as_str(), "{spelling}");
    }
    let publication = &right["publications"][0];
    let number = text_of(&publication["number"]);
    assert_eq!(demo().json(&["show", &number])["id"], id.as_str(), "{number}");
    demo().run(&["show", "CN209999999999.9"]).fails_with(&["CN209999999999.9", "huizhi search"]);
    let page = demo().ok(&["show", &id, "--lang", "zh"]);
    assert!(page.contains("演示数据") && page.contains("来源") && page.contains("权利要求"), "{page}");
    let page = demo().ok(&["show", &id, "--lang", "en"]);
    assert!(page.contains("Sources") && page.contains("Claims"), "{page}");
}

#[test]
fn wrong_usage_exits_with_two() {
    for args in [
        &["serch"][..],
        &["ingest"],
        &["search", "--sort", "colour"],
        &["search", "--limit", "many"],
        &["export", "--format", "pdf"],
        &["show"],
        &["--lang", "fr", "search"],
        &[],
    ] {
        demo().run(args).exits(2);
    }
    assert!(demo().ok(&["--help"]).contains("quarantine"));
    assert!(demo().ok(&["--version"]).starts_with("huizhi "));
}
