//! Names, numbers, dates, counts, classes, codes and presence.

use query::{Field, Value};
use records::Date;
use records::number::{lookup_keys, number_keys};
use serde_json::json;

use super::build::{
    Maker, class, codes as ask_codes, dates as ask_dates, filled, find, find_with, leaf, number, right, wildcard, word,
};
use crate::Symbols;

/// Names of parties: runs, words, parts anywhere, other spellings, addresses.
pub fn names(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right(
                "CN-P-1",
                json!({
                    "applicants": [{"name": "北京某某科技有限公司", "other_names": ["BEIJING MOUMOU TECH CO LTD"],
                                    "address": "北京市海淀区", "country": "CN"}],
                    "inventors": [{"name": "王小明"}],
                    "agents": [{"name": "李四", "organisation": "北京代理事务所"}],
                }),
            ),
            right("US-P-2", json!({"owners": [{"name": "Sciencetech, Inc.", "city": "Palo Alto", "region": "CA"}]})),
        ],
    );
    let index = index.as_ref();
    assert_eq!(find(index, &word(Field::Applicant, "某某")), "1");
    assert_eq!(find(index, &wildcard(Field::Applicant, "*科技*")), "1");
    assert_eq!(find(index, &wildcard(Field::Applicant, "北京*公司")), "1");
    assert_eq!(find(index, &word(Field::Applicant, "moumou tech")), "1");
    assert_eq!(find(index, &wildcard(Field::Owner, "*tech*")), "2");
    assert_eq!(find(index, &wildcard(None, "*tech*")), "1 2");
    assert_eq!(find(index, &word(Field::Inventor, "小明")), "1");
    assert_eq!(find(index, &word(Field::Agent, "代理事务所")), "1");
    assert_eq!(find(index, &word(Field::Address, "海淀")), "1");
    assert_eq!(find(index, &word(Field::Address, "palo alto")), "2");
    assert_eq!(find(index, &word(Field::Owner, "北京")), "");
}

/// Numbers in every spelling that gives a key, and parts of them.
pub fn numbers(make: Maker<'_>) {
    let rights = [
        right(
            "CN-P-201910302430",
            json!({
                "application_number": "201910302430.1",
                "publications": [{"number": "CN110061303", "kind": "A", "date": "2019-07-26"}],
                "priorities": [{"office": "US", "number": "US62658901", "date": "2018-04-17"}],
                "citations": [{"number": "CN203232659U"}, {"text": "a book"}],
            }),
        ),
        right("EM-T-018229858", json!({"registration_number": "018229858"})),
    ];
    let index = filled(make, rights.clone());
    let index = index.as_ref();
    for right in &rights {
        let serial = right.id.serial();
        for key in number_keys(right) {
            assert_eq!(find(index, &number(Field::Number, &[key])), serial);
        }
    }
    let typed = |field, text: &str| find(index, &number(field, &lookup_keys(text)));
    assert_eq!(typed(Field::Number, "CN 110061303 A"), "201910302430");
    assert_eq!(typed(Field::Number, "ZL201910302430.1"), "201910302430");
    assert_eq!(typed(Field::Number, "18229858"), "018229858");
    assert_eq!(typed(Field::Number, "CN999999999"), "");
    assert_eq!(typed(Field::Citation, "CN203232659U"), "201910302430");
    assert_eq!(typed(Field::Citation, "CN203232659"), "201910302430");
    assert_eq!(typed(Field::Priority, "US62658901"), "201910302430");
    let part = |text: &str| {
        let value = Value::Number { text: text.to_owned(), keys: Vec::new(), wildcard: true };
        find(index, &leaf(Some(Field::Number), value))
    };
    assert_eq!(part("CN2019*"), "201910302430");
    assert_eq!(part("*0613*"), "201910302430");
    assert_eq!(part("cn11006130?"), "201910302430");
    assert_eq!(part("cn11006130"), "");
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// Dates: both ends included, open ends, many dates of one right.
pub fn dates(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right("CN-P-1", json!({"filing_date": "2020-01-31", "expiry_date": "2040-01-31"})),
            right("CN-P-2", json!({"filing_date": "2020-02-01", "publication_date": "2021-05-05"})),
            right("CN-P-3", json!({"filing_date": "2021-12-31", "grant_date": "2023-01-01"})),
            right(
                "CN-P-4",
                json!({
                    "priorities": [{"number": "1", "date": "2010-01-01"}, {"number": "2", "date": "2012-01-01"}],
                    "events": [{"date": "2015-06-01", "code": "CF01"}, {"date": "2017-06-01"}],
                }),
            ),
        ],
    );
    let index = index.as_ref();
    let filed = |from, to| find(index, &ask_dates(Field::FilingDate, from, to));
    assert_eq!(filed(Some(day(2020, 1, 31)), Some(day(2020, 2, 1))), "1 2");
    assert_eq!(filed(Some(day(2020, 2, 1)), None), "2 3");
    assert_eq!(filed(None, Some(day(2020, 1, 31))), "1");
    assert_eq!(filed(None, None), "1 2 3");
    assert_eq!(filed(Some(day(2021, 1, 1)), Some(day(2020, 1, 1))), "", "an empty range finds nothing");
    let year = |field, year| find(index, &ask_dates(field, Some(day(year, 1, 1)), Some(day(year, 12, 31))));
    assert_eq!(year(Field::PublicationDate, 2021), "2");
    assert_eq!(year(Field::GrantDate, 2023), "3");
    assert_eq!(year(Field::ExpiryDate, 2040), "1");
    assert_eq!(year(Field::PriorityDate, 2010), "4");
    assert_eq!(year(Field::PriorityDate, 2011), "");
    assert_eq!(year(Field::PriorityDate, 2012), "4");
    assert_eq!(year(Field::EventDate, 2017), "4");
    assert_eq!(find(index, &ask_dates(Field::EventDate, Some(day(2015, 1, 1)), None)), "4", "found once");
}

/// Counts: both ends included, open ends; none counted is unknown, not zero.
pub fn counts(make: Maker<'_>) {
    let claims =
        |count: u32| -> Vec<_> { (1..=count).map(|number| json!({"number": number, "text": "一种"})).collect() };
    let index = filled(
        make,
        [
            right("CN-P-1", json!({"claims": claims(1), "inventors": [{"name": "甲"}, {"name": "乙"}]})),
            right("CN-P-2", json!({"claims": claims(21), "applicants": [{"name": "丙"}]})),
            right("CN-P-3", json!({"citations": [{"number": "CN1"}, {"number": "CN2"}, {"text": "a book"}]})),
        ],
    );
    let index = index.as_ref();
    let ask = |field, from, to| find(index, &leaf(Some(field), Value::Counts { from, to }));
    assert_eq!(ask(Field::ClaimCount, Some(21), None), "2");
    assert_eq!(ask(Field::ClaimCount, None, Some(20)), "1");
    assert_eq!(ask(Field::ClaimCount, Some(1), Some(21)), "1 2");
    assert_eq!(ask(Field::InventorCount, Some(2), Some(2)), "1");
    assert_eq!(ask(Field::ApplicantCount, Some(1), None), "2");
    assert_eq!(ask(Field::CitationCount, Some(2), Some(2)), "3");
}

/// Classes by the text of their symbols, and by the symbols of a scheme.
pub fn classes(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right("CN-P-1", json!({"ipc": ["H01M10/0525", "H01M4/00"]})),
            right("CN-P-2", json!({"ipc": ["H01M10/00"], "cpc": ["Y02E60/10"]})),
            right("CN-P-3", json!({"cpc": ["H01M10/05"]})),
            right("CN-P-4", json!({"ipc": ["H01M"]})),
            right("CN-D-5", json!({"locarno": ["14-02"]})),
            right("CN-T-6", json!({"nice": [{"class": 9, "terms": []}], "vienna": ["26.11.02"]})),
            right("CN-T-7", json!({"nice": [{"class": 19, "terms": []}], "vienna": ["26.13.01"]})),
            right("CN-P-8", json!({"ipc": ["H01M10/058"]})),
        ],
    );
    let index = index.as_ref();
    let below = |field, symbol: &str| find(index, &class(field, symbol, false));
    let at = |field, symbol: &str| find(index, &class(field, symbol, true));
    assert_eq!(below(Field::Ipc, "H"), "1 2 4 8");
    assert_eq!(below(Field::Ipc, "H01"), "1 2 4 8");
    assert_eq!(below(Field::Ipc, "H01M"), "1 2 4 8");
    assert_eq!(below(Field::Ipc, "H01M10/00"), "1 2 8");
    assert_eq!(below(Field::Ipc, "H01M10/05"), "", "without a scheme a subgroup stands alone");
    assert_eq!(below(Field::Class, "H01M10/00"), "1 2 3 8");
    assert_eq!(below(Field::Cpc, "Y02E"), "2");
    assert_eq!(at(Field::Ipc, "H01M10/00"), "2");
    assert_eq!(at(Field::Ipc, "H01M"), "4");
    assert_eq!(at(Field::Class, "H01M10/05"), "3");
    assert_eq!(below(Field::Locarno, "14"), "5");
    assert_eq!(below(Field::Locarno, "14-02"), "5");
    assert_eq!(at(Field::Locarno, "14"), "");
    assert_eq!(below(Field::Nice, "9"), "6");
    assert_eq!(below(Field::Vienna, "26"), "6 7");
    assert_eq!(below(Field::Vienna, "26.11"), "6");
    let scheme = ["H01M10/05", "H01M10/0525", "H01M10/058"].map(str::to_owned).to_vec();
    let symbols = |code: &str| Symbols::from([((code.to_owned(), "H01M10/05".to_owned()), scheme.clone())]);
    let resolved = |field, exact, code| find_with(index, &class(field, "H01M10/05", exact), symbols(code));
    assert_eq!(resolved(Field::Ipc, false, "ipc"), "1 8");
    assert_eq!(resolved(Field::Ipc, true, "ipc"), "", "the place alone");
    assert_eq!(resolved(Field::Class, false, "class"), "1 3 8");
    assert_eq!(resolved(Field::Class, false, "ipc"), "1 3 8", "CPC falls back to its text");
    let many: Vec<String> = (0..5_000).map(|at| format!("H01M10/{at:04}")).collect();
    let many = Symbols::from([(("ipc".to_owned(), "H01M10/05".to_owned()), many)]);
    assert_eq!(find_with(index, &class(Field::Ipc, "H01M10/05", false), many), "1");
}

/// Codes of every keyword field, in either case, any of several.
pub fn keywords(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right(
                "CN-P-1",
                json!({
                    "status": "in-force", "family_id": "67812345", "titles": [{"lang": "zh", "text": "电池"}],
                    "publications": [{"number": "CN110061303", "kind": "B"}], "ipc": ["H01M10/05"],
                    "applicants": [
                        {"name": "甲大学", "country": "CN", "region": "广东省", "city": "深圳市"},
                        {"name": "乙有限公司", "country": "CN", "address": "上海市浦东新区张江路"},
                    ],
                    "events": [{"code": "TR01", "effect": "transferred"}],
                }),
            ),
            right(
                "EM-T-2",
                json!({"status": "lapsed", "applicants": [{"name": "乙", "country": "DE"}, {"name": "丙", "country": "FR"}]}),
            ),
            right(
                "US-D-3",
                json!({"status": "lapsed", "applicants": [{"name": "丁", "country": "US", "region": "CA"}]}),
            ),
        ],
    );
    let index = index.as_ref();
    let ask = |field, codes: &[&str]| find(index, &ask_codes(field, codes));
    assert_eq!(ask(Field::Right, &["trademark", "design"]), "2 3");
    assert_eq!(ask(Field::Status, &["in-force"]), "1");
    assert_eq!(ask(Field::Status, &["lapsed", "refused"]), "2 3");
    assert_eq!(ask(Field::Office, &["CN"]), "1");
    assert_eq!(ask(Field::Office, &["us"]), "3");
    assert_eq!(ask(Field::Kind, &["B"]), "1");
    assert_eq!(ask(Field::Event, &["transferred"]), "1");
    assert_eq!(ask(Field::Event, &["TR01"]), "1");
    assert_eq!(ask(Field::Country, &["FR"]), "2");
    assert_eq!(ask(Field::Region, &["广东省"]), "1");
    assert_eq!(ask(Field::Region, &["广东"]), "1", "a province may be written short");
    assert_eq!(ask(Field::Region, &["CA"]), "3");
    assert_eq!(ask(Field::City, &["深圳市"]), "1");
    assert_eq!(ask(Field::City, &["浦东新区"]), "1");
    assert_eq!(ask(Field::City, &["上海市"]), "1", "a municipality is all of its districts");
    assert_eq!(ask(Field::City, &["广州市"]), "");
    assert_eq!(ask(Field::ApplicantType, &["university"]), "1");
    assert_eq!(ask(Field::ApplicantType, &["enterprise", "individual"]), "1");
    assert_eq!(ask(Field::ApplicantType, &["institute"]), "");
    assert_eq!(ask(Field::Language, &["zh"]), "1");
    assert_eq!(ask(Field::Family, &["67812345"]), "1");
    assert_eq!(ask(Field::Family, &["6781234"]), "");
    assert_eq!(ask(Field::Technology, &["1"]), "1", "H01M is electrical machinery");
    assert_eq!(ask(Field::Status, &[]), "");
}

/// `field=*` for every kind of field.
pub fn presence(make: Maker<'_>) {
    let index = filled(
        make,
        [
            right("CN-P-1", json!({"titles": [{"text": "电池"}], "cpc": ["H01M10/05"], "filing_date": "2020-01-01"})),
            right("CN-P-2", json!({"abstracts": [{"text": " "}], "claims": [{"number": 1, "text": "一种"}]})),
        ],
    );
    let index = index.as_ref();
    let present = |field| find(index, &leaf(Some(field), Value::Present));
    assert_eq!(present(Field::Title), "1");
    assert_eq!(present(Field::Abstract), "", "space is no text");
    assert_eq!(present(Field::Claims), "2");
    assert_eq!(present(Field::ClaimCount), "2");
    assert_eq!(present(Field::Cpc), "1");
    assert_eq!(present(Field::Ipc), "");
    assert_eq!(present(Field::Class), "1");
    assert_eq!(present(Field::FilingDate), "1");
    assert_eq!(present(Field::Office), "1 2");
    assert_eq!(present(Field::Number), "1 2");
}
