//! The routes as the sources of the site write them: none can be forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::given::Site;

/// Method and path.
pub(crate) type Route = (String, String);

/// Every route of the site: those of the sources, and the operations that the document of the API describes.
pub(crate) async fn all(site: &Site) -> BTreeSet<Route> {
    let mut found = BTreeSet::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources(&folder) {
        let text = fs::read_to_string(&file).unwrap();
        for call in text.split(".route(").skip(1) {
            let ops = file.to_string_lossy().contains("/api/ops/");
            let (path, handlers) = path_of(call, &file);
            let path = if ops { format!("/ops/3.2{path}") } else { path };
            found.extend(methods(handlers).into_iter().map(|method| (method.to_owned(), path.clone())));
        }
    }
    let (_, _, body) = site.get("/api/v1/openapi.json").await;
    let document: serde_json::Value = serde_json::from_slice(&body).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let path = if path.starts_with("/api/") { path.clone() } else { format!("/api/v1{path}") };
        let methods = operations
            .as_object()
            .unwrap()
            .keys()
            .filter(|method| ["get", "post", "put", "delete"].contains(&method.as_str()));
        found.extend(methods.map(|method| (method.to_uppercase(), path.clone())));
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.to_string_lossy().ends_with("tests.rs") {
            found.push(path);
        }
    }
    found
}

/// The path that a call of `route` begins with, and its handlers.
fn path_of<'c>(call: &'c str, file: &Path) -> (String, &'c str) {
    let call = call.trim_start();
    let written = call.strip_prefix("&format!(").unwrap_or(call);
    let text = written
        .strip_prefix('"')
        .unwrap_or_else(|| panic!("{}: write the path of a route as a text: {call:.60}", file.display()));
    let (path, rest) = text.split_once('"').unwrap();
    // The office-style services write the beginning that all of theirs have once.
    let path = if written.len() == call.len() {
        path.to_owned()
    } else {
        path.replace("{data}", "/rest-services/published-data").replace("{{", "{").replace("}}", "}")
    };
    let mut depth = 1;
    let skipped = if written.len() == call.len() { rest } else { rest.split_once(')').unwrap().1 };
    let end = skipped.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    });
    (path, &skipped[..end.unwrap()])
}

/// The methods of handlers such as `get(show).post(change)`.
fn methods(handlers: &str) -> Vec<&'static str> {
    let called = |name: &str| {
        handlers
            .match_indices(&format!("{name}("))
            .any(|(at, _)| !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
    };
    let all = [("get", "GET"), ("post", "POST"), ("put", "PUT"), ("delete", "DELETE"), ("search", "GET")];
    let found: Vec<&str> = all.into_iter().filter(|(name, _)| called(name)).map(|(_, method)| method).collect();
    assert!(!found.is_empty(), "no method is told by {handlers}");
    found
}
