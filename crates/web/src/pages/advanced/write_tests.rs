use super::{At, Filled};

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn rows_dates_and_boxes_become_one_query() {
    let filled = Filled {
        joint: texts(&["and", "or", "not"]),
        field: texts(&["ti", "ab", ""]),
        text: texts(&["电池", "蓄电池", "铅酸"]),
        date: texts(&["ad", "pd"]),
        from: texts(&["2020", ""]),
        to: texts(&["2023-06", ""]),
        right: texts(&["invention", "utility-model"]),
        status: texts(&["in-force"]),
        ..Filled::default()
    };
    let text = filled.written().unwrap();
    assert_eq!(
        text,
        "(ti=电池 OR ab=蓄电池) AND NOT 铅酸 AND ad=[2020 TO 2023-06] AND (right=invention OR right=utility-model) AND \
         status=in-force"
    );
}

#[test]
fn what_the_form_writes_comes_back_into_it() {
    for text in [
        "ti=电池 AND pa=*科技* AND NOT ab=铅酸",
        "(ti=电池 OR ab=蓄电池) AND right=trademark AND office=CN",
        "ad>=2020 AND status=失效",
        "ti=电池",
        "",
        "pa==\"A, B\" AND (right=design OR right=invention) AND pd=[2020-02-03 TO 2021]",
    ] {
        let (filled, rich) = Filled::of(query::parse(text).unwrap());
        assert!(!rich, "{text}");
        let written = query::parse(&filled.written().unwrap()).unwrap();
        let canonical = |query: query::Query| {
            let mut conditions: Vec<String> = query::canonical(&query).split(" AND ").map(str::to_owned).collect();
            conditions.sort();
            conditions
        };
        let (again, _) = Filled::of(written.clone());
        assert_eq!(again, filled, "{text} became {:?}", canonical(written));
    }
}

#[test]
fn a_query_too_rich_for_rows_stands_whole_in_the_first_and_keeps_its_meaning() {
    for text in ["ti=(a NEAR/5 b)", "(a AND b) OR (c AND d)", "a XOR b", "NOT (a OR b) AND right=design"] {
        let query = query::parse(text).unwrap();
        let (filled, rich) = Filled::of(query.clone());
        assert!(rich, "{text}");
        assert_eq!(query::parse(&filled.written().unwrap()).unwrap(), query, "{text}");
    }
}

#[test]
fn a_mistake_is_told_with_its_row() {
    let rows = Filled { field: texts(&["ti", "ad"]), text: texts(&["电池", "never"]), ..Filled::default() };
    assert_eq!(rows.written().unwrap_err().at, At::Row(1));
    let dates = Filled {
        date: texts(&["ad", "pd"]),
        from: texts(&["", "2020"]),
        to: texts(&["", "2019"]),
        ..Filled::default()
    };
    assert_eq!(dates.written().unwrap_err().at, At::Date(0));
}

#[test]
fn dates_may_be_written_as_in_the_language() {
    for (from, to, text) in [
        (">=2020", "", "ad>=2020"),
        ("[2020 TO 2021]", "", "ad=[2020 TO 2021]"),
        ("2020", "", "ad>=2020"),
        ("", "2021-03", "ad<=2021-03"),
    ] {
        let filled = Filled { date: texts(&["ad"]), from: texts(&[from]), to: texts(&[to]), ..Filled::default() };
        assert_eq!(filled.written().unwrap(), text);
    }
}
