//! The first operator, and the audit trail as the command line verifies it.

use std::io::Write as _;
use std::process::Stdio;

use crate::place::{Place, Run};

fn operator(place: &Place, password: &str) -> Run {
    let args = ["operator", "--name", "王运维", "--email", "ops@example.cn", "--password-stdin"];
    let mut command = place.command(&args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    Run::of(&args, child.wait_with_output().unwrap())
}

#[test]
fn an_installation_gets_one_first_operator() {
    let place = Place::new();
    operator(&place, "12345\n").fails_with(&["10"]);
    assert!(operator(&place, "纸鹤 lamp 山茶 orbit\n").exits(0).out.contains("王运维"));
    operator(&place, "苔藓 window 第七 lantern\n").fails_with(&["there is an operator already"]);
    place.run(&["operator"]).fails_with(&["no terminal", "--name"]);
}

#[test]
fn the_trail_is_verified_and_compared_with_ends_that_were_noted() {
    let place = Place::new();
    operator(&place, "纸鹤 lamp 山茶 orbit\n").exits(0);
    let printed = place.ok(&["doctor", "--audit"]);
    assert!(printed.starts_with("2 entries in 16 chains"), "{printed}");
    let noted = place.write("heads.txt", &printed);
    place.ok(&["doctor", "--audit", "--heads", &noted]);
    let answer = place.json(&["doctor", "--audit"]);
    assert_eq!(answer["broken"], serde_json::json!([]));
    let noted = place.write("heads.json", answer.to_string());
    place.ok(&["doctor", "--audit", "--heads", &noted]);
    let other = place
        .write("other.txt", printed.replace("\"number\":1", "\"number\":7").replace("\"number\":2", "\"number\":7"));
    place.run(&["doctor", "--audit", "--heads", &other]).fails_with(&["not whole"]);
    let none = place.write("none.txt", "nothing");
    place.run(&["doctor", "--audit", "--heads", &none]).fails_with(&["none.txt"]);
}
