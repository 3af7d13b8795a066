//! How a scheme is browsed, on every database.

use crate::given::open;
use database::testing::for_each_backend;
use register::{Register, SchemeEntry};

fn entry(symbol: &str, depth: u32, zh: &str, en: &str) -> SchemeEntry {
    let title = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    SchemeEntry { symbol: symbol.to_owned(), depth, title_zh: title(zh), title_en: title(en) }
}

async fn load(register: &Register) {
    let old = [entry("Z", 0, "旧", "old"), entry("G", 0, "旧", "old battery")];
    register.load_scheme("ipc", "2020.01", &old).await.unwrap();
    let places = [
        entry("G", 0, "物理", "Physics"),
        entry("H", 0, "电学", "Electricity"),
        entry("H01", 1, "基本电气元件", "Electric elements"),
        entry("H01M", 2, "电池组 100%", "Batteries_100%"),
        entry("H01M10/00", 3, "二次电池", "Secondary cells"),
        entry("H01M10/05", 4, "非水电解质蓄电池", "Accumulators with non-aqueous electrolyte"),
        entry("H01M10/052", 5, "锂蓄电池", "Li-accumulators"),
        entry("H01M10/06", 4, "铅酸蓄电池", "Lead-acid accumulators"),
        entry("H01M4/00", 3, "电极", "Electrodes"),
        entry("H02", 1, "", "Power"),
    ];
    register.load_scheme("ipc", "2026.01", &places).await.unwrap();
}

fn symbols(entries: &[SchemeEntry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.symbol.as_str()).collect()
}

#[tokio::test]
async fn children_are_the_places_directly_below_in_the_latest_edition() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        load(&register).await;
        let children = async |symbol: Option<&str>| register.scheme_children("ipc", symbol).await.unwrap();
        assert_eq!(symbols(&children(None).await), ["G", "H"]);
        assert_eq!(symbols(&children(Some("H")).await), ["H01", "H02"]);
        assert_eq!(symbols(&children(Some("H01M")).await), ["H01M10/00", "H01M4/00"]);
        assert_eq!(symbols(&children(Some("H01M10/00")).await), ["H01M10/05", "H01M10/06"]);
        assert_eq!(symbols(&children(Some("H02")).await), [""; 0]);
        assert_eq!(symbols(&children(Some("Z")).await), [""; 0], "the old edition is not asked");
        assert_eq!(symbols(&register.scheme_children("cpc", None).await.unwrap()), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn places_whose_level_above_is_missing_are_still_below_something() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        let places =
            [entry("A", 0, "", "a"), entry("A01B", 2, "", "b"), entry("A02", 1, "", "c"), entry("A02C", 2, "", "d")];
        register.load_scheme("ipc", "1", &places).await.unwrap();
        assert_eq!(symbols(&register.scheme_children("ipc", Some("A")).await.unwrap()), ["A01B", "A02"]);
        assert_eq!(symbols(&register.scheme_path("ipc", "A02C").await.unwrap()), ["A", "A02", "A02C"]);
        assert_eq!(symbols(&register.scheme_path("ipc", "A01B").await.unwrap()), ["A", "A01B"]);
    })
    .await;
}

#[tokio::test]
async fn a_path_leads_from_the_top_to_the_place() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        load(&register).await;
        let path = async |symbol: &str| register.scheme_path("ipc", symbol).await.unwrap();
        let whole = ["H", "H01", "H01M", "H01M10/00", "H01M10/05", "H01M10/052"];
        assert_eq!(symbols(&path("H01M10/052").await), whole);
        assert_eq!(symbols(&path("H01M4/00").await), ["H", "H01", "H01M", "H01M4/00"]);
        assert_eq!(symbols(&path("G").await), ["G"]);
        assert_eq!(symbols(&path("G99").await), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn everything_below_a_place_ends_where_the_next_one_begins() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        load(&register).await;
        let below = async |symbol: &str| register.scheme_below("ipc", symbol).await.unwrap();
        assert_eq!(symbols(&below("G").await), ["G"]);
        assert_eq!(below("H").await.len(), 9);
        assert_eq!(symbols(&below("H01M10/00").await), ["H01M10/00", "H01M10/05", "H01M10/052", "H01M10/06"]);
        assert_eq!(symbols(&below("H01M10/05").await), ["H01M10/05", "H01M10/052"]);
        assert_eq!(symbols(&below("H01M4/00").await), ["H01M4/00"]);
        assert_eq!(symbols(&below("X").await), [""; 0]);
        assert_eq!(register.scheme_descendants("ipc", "H01M10/05").await.unwrap(), ["H01M10/05", "H01M10/052"]);
    })
    .await;
}

#[tokio::test]
async fn places_are_found_by_symbol_beginning_and_words_of_titles() {
    for_each_backend(|database| async move {
        let register = open(database).await;
        load(&register).await;
        let asked = ["H01M", "H02", "X"].map(str::to_owned);
        let places = register.scheme_places("ipc", &asked).await.unwrap();
        assert_eq!(places.len(), 2);
        assert_eq!(places["H01M"].title_zh.as_deref(), Some("电池组 100%"));
        assert_eq!(places["H02"].title_zh, None);

        let starting = register.scheme_starting("ipc", "H01M10/05", 10).await.unwrap();
        assert_eq!(symbols(&starting), ["H01M10/05", "H01M10/052"]);
        assert_eq!(symbols(&register.scheme_starting("ipc", "H01M", 2).await.unwrap()), ["H01M", "H01M10/00"]);

        let search = async |words: &[&str], deepest| register.scheme_search("ipc", words, deepest, 10).await.unwrap();
        assert_eq!(symbols(&search(&["蓄电池"], 9).await), ["H01M10/05", "H01M10/06", "H01M10/052"]);
        assert_eq!(symbols(&search(&["ACCUMULATORS", "lead"], 9).await), ["H01M10/06"]);
        assert_eq!(symbols(&search(&["电池"], 2).await), ["H01M"]);
        assert_eq!(symbols(&search(&["_100%"], 9).await), ["H01M"], "signs of patterns are plain text");
        assert_eq!(symbols(&search(&["1%0"], 9).await), [""; 0]);
        assert_eq!(symbols(&search(&[], 9).await), [""; 0]);
    })
    .await;
}
