use super::*;

fn numbers(format: &str, text: &str) -> Vec<String> {
    let asked = read_all(format, text).unwrap();
    asked.iter().map(|asked| asked.number.with_kind(asked.kind.as_ref())).collect()
}

#[test]
fn numbers_are_read_with_and_without_brackets_kind_and_date() {
    for text in ["CN.104751825.B", "(CN).(104751825).(B)", "cn.104751825.b.20180601", "(CN).(104751825).(B).(20180601)"]
    {
        assert_eq!(numbers("docdb", text), ["CN104751825B"], "{text}");
    }
    assert_eq!(numbers("docdb", "CN.104751825"), ["CN104751825"]);
    for text in ["CN104751825.B", "(CN104751825).(B)", "(CN104751825).(B).(20180601)"] {
        assert_eq!(numbers("epodoc", text), ["CN104751825B"], "{text}");
    }
    assert_eq!(numbers("epodoc", "EP1000000"), ["EP1000000"]);
    assert_eq!(numbers("epodoc", "EP1000000.20000517"), ["EP1000000"]);
}

#[test]
fn several_numbers_stand_on_lines_or_between_commas() {
    assert_eq!(numbers("docdb", "(US).(2019064388).(A1)\n(EP).(3082535).(A1)\n"), ["US2019064388A1", "EP3082535A1"]);
    assert_eq!(numbers("epodoc", "EP1000000,EP1000001"), ["EP1000000", "EP1000001"]);
}

#[test]
fn what_is_no_number_is_refused() {
    for (format, text) in [
        ("docdb", "EP1000000"),
        ("docdb", "E.1000000.A1"),
        ("docdb", "EP.abc.A1"),
        ("docdb", "EP.1000000.A1.tomorrow"),
        ("docdb", "EP.1000000.A1.20000517.more"),
        ("epodoc", "1000000"),
        ("epodoc", "石1000000"),
        ("epodoc", ""),
        ("original", "EP1000000"),
    ] {
        assert!(read_all(format, text).is_err(), "{format} {text}");
    }
    assert!(read_all("epodoc", &"EP1000000,".repeat(101)).is_err());
}
