//! What the classes promise.

use proptest::prelude::*;

use super::technology::{field, field_of, sector_of};
use super::{Cpc, Ipc, Locarno, NiceClass, Row, Scheme, SymbolLevel, Vienna};

#[test]
fn ipc_is_read_in_every_spelling() {
    let table = [
        ("H01M10/0525", "H01M10/0525"),
        ("H01M 10/0525", "H01M10/0525"),
        ("h01m 10/0525", "H01M10/0525"),
        ("Ｈ０１Ｍ　１０／０５２５", "H01M10/0525"),
        ("H01M10/0525 (2010.01)", "H01M10/0525"),
        ("H01M10/0525(2010.01)I", "H01M10/0525"),
        ("H01M0010052500", "H01M10/0525"),
        ("H01M 010/0525", "H01M10/0525"),
        ("H01M  10/0525", "H01M10/0525"),
        ("H01M  10/0525      20100101ALI20151007BHCN        ", "H01M10/0525"),
        ("C07K   7/08        20060101AFI20100427BHKR        ", "C07K7/08"),
        ("A61K   9/16        20060101A I20051008RMEP        ", "A61K9/16"),
        ("G06F   17/27    (2006.01)", "G06F17/27"),
        ("Int. Cl.7 H01M 10/40", "H01M10/40"),
        ("Int.Cl.⁷: H01M 10/40", "H01M10/40"),
        ("Int. Cl. (2006.01) H01M 10/40", "H01M10/40"),
        ("(51) Int.Cl. H01M 10/40 (2006.01)", "H01M10/40"),
        ("IPC8: H04M 3/487", "H04M3/487"),
        ("A01B 1500", "A01B15/00"),
        ("H04M 1100", "H04M11/00"),
        ("G06F  728", "G06F7/28"),
        ("C07D40112", "C07D401/12"),
        ("G01N03072", "G01N30/72"),
        ("A61K 31505", "A61K31/505"),
        ("G06F16", "G06F16/00"),
        ("G06F 16/00", "G06F16/00"),
        ("G06F0016000000", "G06F16/00"),
        ("H01M", "H01M"),
        ("7B 22D  29/00   A", "B22D29/00"),
        ("7A 61K 31:56 J", "A61K31/56"),
        ("A61P000100", "A61P1/00"),
        ("H01", "H01"),
        ("H", "H"),
        ("H01M0010100000", "H01M10/10"),
    ];
    for (text, normal) in table {
        assert_eq!(Ipc::read(text).as_ref().map(Ipc::as_str), Some(normal), "{text}");
    }
}

#[test]
fn what_is_no_symbol_is_none() {
    for text in [
        "",
        " ",
        "None",
        "H1",
        "H0",
        "H00M",
        "1402",
        "D 7654",
        "D15 86",
        "H01M10/5",
        "H01M/10",
        "I01M10/00",
        "H01M10/",
        "H01M 0/00",
        "H01M10/05251234",
        "Y02E 60/10",
        "中文",
        "H01é",
        "H01Mé0/12",
    ] {
        assert_eq!(Ipc::read(text), None, "{text}");
    }
    assert_eq!(Cpc::read("Y02E 60/10").unwrap().as_str(), "Y02E60/10");
    assert_eq!(Cpc::read("B60L2240/80").unwrap().as_str(), "B60L2240/80");
    assert_eq!(Cpc::read("A61K   9/1652      ").unwrap().as_str(), "A61K9/1652");
}

#[test]
fn parts_and_forms() {
    let symbol = Ipc::read("H01M 10/0525").unwrap();
    assert_eq!(symbol.level(), SymbolLevel::Subgroup);
    assert_eq!((symbol.section(), symbol.class(), symbol.subclass()), ("H", Some("H01"), Some("H01M")));
    assert_eq!(symbol.main_group().unwrap().as_str(), "H01M10/00");
    assert_eq!((symbol.main_group_number(), symbol.subgroup()), (Some(10), Some("0525")));
    assert_eq!(symbol.fixed(), "H01M0010052500");
    assert_eq!(symbol.display(), "H01M 10/0525");
    let above: Vec<String> = symbol.ancestors().iter().map(ToString::to_string).collect();
    assert_eq!(above, ["H", "H01", "H01M", "H01M10/00"]);
    assert_eq!(Ipc::read("H01M10/00").unwrap().level(), SymbolLevel::MainGroup);
    assert_eq!(Ipc::from_parts("H", "1", "M", "10", "0525").unwrap(), symbol);
    assert_eq!(Ipc::from_parts("H", "01", "M", "", "").unwrap().as_str(), "H01M");
    assert_eq!(Cpc::read("H01M10/0525").unwrap().to_ipc(), Some(symbol));
}

#[test]
fn below_by_text() {
    let at = |a: &str, b: &str| Ipc::read(a).unwrap().is_at_or_below(&Ipc::read(b).unwrap());
    assert!(at("H01M10/0525", "H01M10/00") && at("H01M10/0525", "H01M") && at("H01M10/0525", "H01"));
    assert!(at("H01M10/0525", "H") && at("H01M10/0525", "H01M10/0525"));
    assert!(!at("H01M10/0525", "H01M1/00") && !at("H01M100/00", "H01M10/00"));
    assert!(!at("H01M10/0525", "H01M10/052") && !at("H01M", "H01M10/00"));
}

#[test]
fn order_is_that_of_the_scheme() {
    let mut symbols: Vec<Ipc> =
        ["H01M10/052", "H01M4/13", "H01M10/0525", "H01M", "H01M10/06", "H02", "H01M10/00", "H01", "H01M4/00", "H"]
            .iter()
            .map(|s| Ipc::read(s).unwrap())
            .collect();
    symbols.sort();
    let sorted: Vec<&str> = symbols.iter().map(Ipc::as_str).collect();
    assert_eq!(
        sorted,
        ["H", "H01", "H01M", "H01M4/00", "H01M4/13", "H01M10/00", "H01M10/052", "H01M10/0525", "H01M10/06", "H02"]
    );
}

#[test]
fn locarno_in_every_spelling() {
    let table = [
        ("14-02", "14-02"),
        ("1402", "14-02"),
        ("14-02(13)", "14-02"),
        ("14-02 (13)", "14-02"),
        ("0703", "07-03"),
        ("703", "07-03"),
        ("7-3", "07-03"),
        ("06.01", "06-01"),
        ("06 - 01", "06-01"),
        ("LOC (12) Cl. 14-02", "14-02"),
        ("LOC(14)Cl.06-01", "06-01"),
        ("Cl. 14-02", "14-02"),
        ("14", "14"),
        ("１４－０２", "14-02"),
        ("14-99", "14-99"),
        ("14-02 A0123", "14-02"),
    ];
    for (text, normal) in table {
        assert_eq!(Locarno::read(text).as_ref().map(Locarno::as_str), Some(normal), "{text}");
    }
    for text in ["D 7654", "D15 86", "D1100-130", "None", "", "33-01", "00-01", "14-02-03", "14022", "D14"] {
        assert_eq!(Locarno::read(text), None, "{text}");
    }
    let (place, class) = (Locarno::read("1402").unwrap(), Locarno::read("14").unwrap());
    assert!(place.is_at_or_below(&class) && place.is_at_or_below(&place) && !class.is_at_or_below(&place));
    assert_eq!(place.class(), 14);
}

#[test]
fn vienna_in_every_spelling() {
    let table = [
        ("26.11.02", "26.11.02"),
        ("26.11.2", "26.11.02"),
        ("261102", "26.11.02"),
        ("2611", "26.11"),
        ("26.11", "26.11"),
        ("26", "26"),
        ("1.15.7", "01.15.07"),
        ("A26.11.02", "26.11.02"),
        ("26-11-02", "26.11.02"),
        ("010102", "01.01.02"),
    ];
    for (text, normal) in table {
        assert_eq!(Vienna::read(text).as_ref().map(Vienna::as_str), Some(normal), "{text}");
    }
    for text in ["", "0", "30", "26.0", "26.11.02.01", "26110", "x"] {
        assert_eq!(Vienna::read(text), None, "{text}");
    }
    let at = |a: &str, b: &str| Vienna::read(a).unwrap().is_at_or_below(&Vienna::read(b).unwrap());
    assert!(at("26.11.02", "26") && at("26.11.02", "26.11") && !at("26.11.02", "26.01") && !at("26", "26.11"));
}

#[test]
fn nice_in_every_spelling() {
    let table =
        [("9", 9), ("09", 9), ("009", 9), ("第9类", 9), ("Class 35", 35), ("NCL(11) 9", 9), ("0901", 9), ("090001", 9)];
    for (text, class) in table {
        assert_eq!(NiceClass::read_number(text), Some(class), "{text}");
    }
    for text in ["", "0", "46", "class", "12345"] {
        assert_eq!(NiceClass::read_number(text), None, "{text}");
    }
}

/// A scheme in the form of CPC title lists, with dots.
const DOTTED: &str = "H01\t\tElectric elements\nH01M\t\tBatteries\nH01M10/00\t0\tSecondary cells\n\
    H01M10/05\t1\tNon-aqueous\nH01M10/052\t2\tLithium\nH01M10/0525\t3\tRocking-chair\nH01M10/054\t2\tOther\n\
    H01M10/06\t1\tLead-acid\nH01M12/00\t0\tHybrid\n";

#[test]
fn scheme_with_dots_knows_what_lies_below() {
    let (scheme, problems) = Scheme::from_tsv("en", DOTTED);
    assert!(problems.is_empty() && scheme.has_dots());
    let at = |s: &str| Cpc::read(s).unwrap();
    let below = |s: &str| scheme.descendants(&at(s)).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(below("H01M10/05"), ["H01M10/052", "H01M10/0525", "H01M10/054"]);
    assert_eq!(below("H01M10/0525"), Vec::<String>::new());
    assert_eq!(below("H01M10/00").len(), 5);
    assert_eq!(below("H01").len(), 8);
    assert_eq!(scheme.parent(&at("H01M10/0525")), Some(at("H01M10/052")));
    assert_eq!(scheme.parent(&at("H01M10/054")), Some(at("H01M10/05")));
    assert_eq!(scheme.parent(&at("H01M10/06")), Some(at("H01M10/00")));
    assert_eq!(scheme.parent(&at("H01M10/00")), Some(at("H01M")));
    assert_eq!(scheme.parent(&at("H01")), None);
    assert_eq!(scheme.children(Some(&at("H01M10/00"))), [at("H01M10/05"), at("H01M10/06")]);
    assert_eq!(scheme.title(&at("H01M10/06"), "zh"), Some("Lead-acid"));
}

#[test]
fn scheme_without_dots_makes_nothing_up() {
    let text = "code\tlevel\ttitle\nH\tsection\t电学\nH01M10/00\tmaingroup\t二次电池\nH01M10/05\tsubgroup\t非水\n\
        H01M10/052\tsubgroup\t锂\n??\tsubgroup\tx\nH01\n";
    let (mut scheme, problems) = Scheme::from_tsv("zh", text);
    assert_eq!(problems.len(), 2);
    assert_eq!(problems[0].to_string().split(':').next(), Some("line 6"));
    let at = |s: &str| Cpc::read(s).unwrap();
    assert!(!scheme.has_dots());
    assert!(scheme.descendants(&at("H01M10/05")).is_empty());
    assert_eq!(scheme.parent(&at("H01M10/052")), Some(at("H01M10/00")));
    assert_eq!(scheme.parent(&at("H01M10/00")), Some(at("H")));
    let row = Row { symbol: at("H01M10/05"), dots: Some(1), title: "Non-aqueous".to_owned() };
    scheme.add("en", [row]);
    assert_eq!(scheme.title(&at("H01M10/05"), "en"), Some("Non-aqueous"));
    assert_eq!(scheme.title(&at("H01M10/05"), "zh"), Some("非水"));
}

#[test]
fn a_torn_off_digit_goes_back_to_its_symbol() {
    let read = |line| Scheme::read_line(2, line).unwrap().map(|row| (row.symbol.to_string(), row.title)).unwrap();
    assert_eq!(read("E01D15/13\tsubgroup\t3"), ("E01D15/133".to_owned(), String::new()));
    assert_eq!(read("E01D101/0\tsubgroup\t0 材料"), ("E01D101/00".to_owned(), "材料".to_owned()));
    assert_eq!(read("E01D15/13\tsubgroup\t3D 打印"), ("E01D15/13".to_owned(), "3D 打印".to_owned()));
}

#[test]
fn title_lists_with_fixed_symbols_are_read() {
    let row = Scheme::read_line(7, "A01B0001020000\tSpades; Shovels\r\n").unwrap().unwrap();
    assert_eq!((row.symbol.as_str(), row.dots, row.title.as_str()), ("A01B1/02", None, "Spades; Shovels"));
}

#[test]
fn technology_fields() {
    let of = |s: &str| field_of(&Ipc::read(s).unwrap());
    let table = [
        ("H04N21/10", 4),
        ("H04N5/00", 2),
        ("H04N1/00", 3),
        ("H10K10/00", 8),
        ("G06F16/9535", 6),
        ("A61K8/02", 14),
        ("A61K31/505", 16),
        ("A61K40/00", 13),
        ("G01N33/50", 11),
        ("G01N30/72", 10),
        ("B01D53/00", 24),
        ("B01D61/00", 23),
        ("H01M10/0525", 1),
        ("E01F8/00", 24),
        ("E01F9/00", 35),
        ("G06Q", 7),
        ("C13B20/00", 18),
    ];
    for (symbol, number) in table {
        assert_eq!(of(symbol), Some(number), "{symbol}");
    }
    assert_eq!((of("H"), of("H04"), of("H04N")), (None, None, None));
    assert_eq!(field(8).map(|f| (f.number, f.zh, f.en)), Some((8, "半导体", "Semiconductors")));
    assert_eq!(sector_of(8).map(|s| s.en), Some("Electrical engineering"));
    assert_eq!(sector_of(33).map(|s| s.number), Some(5));
    assert_eq!((field(0), field(36), sector_of(0)), (None, None, None));
}

/// The folder of real classification files, if there is one.
fn real_classification() -> Option<std::path::PathBuf> {
    let root = std::env::var("HUIZHI_REAL_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned());
    let folder = std::path::Path::new(&root).join("classification");
    if !folder.is_dir() {
        eprintln!("no real data at {}: not tested", folder.display());
        return None;
    }
    Some(folder)
}

#[test]
fn every_row_of_the_real_schemes_is_read() {
    let Some(folder) = real_classification() else { return };
    let text = std::fs::read_to_string(folder.join("ipc_zh_2026.tsv")).unwrap();
    let (mut scheme, problems) = Scheme::from_tsv("zh", &text);
    assert_eq!((scheme.len(), problems.len()), (text.lines().count() - 1, 0), "{problems:?}");
    for section in ["A", "B", "C", "D", "E", "F", "G", "H"] {
        let name = format!("EN_ipc_section_{section}_title_list_20160101.txt");
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        for (at, line) in text.lines().enumerate() {
            let row = Scheme::read_line(at + 1, line).unwrap_or_else(|e| panic!("{section}: {e}"));
            scheme.add("en", row);
        }
    }
    let place = Cpc::read("H01M10/0525").unwrap();
    assert!(scheme.title(&place, "en").is_some_and(str::is_ascii));
    assert_ne!(scheme.title(&place, "en"), scheme.title(&place, "zh"));
    let fieldless: Vec<&str> = scheme
        .symbols()
        .filter(|s| s.level() == SymbolLevel::Subclass && s.to_ipc().is_some_and(|ipc| field_of(&ipc).is_none()))
        .map(Cpc::as_str)
        .collect();
    // Those whose main groups belong to several fields.
    assert_eq!(fieldless, ["A61K", "B01D", "C13B", "E01F", "G01N", "H04N"]);
}

fn symbol() -> impl Strategy<Value = Cpc> {
    let text = prop_oneof![
        "[A-HY]",
        "[A-HY](0[1-9]|[1-9][0-9])",
        "[A-HY](0[1-9]|[1-9][0-9])[A-Z]",
        "[A-HY](0[1-9]|[1-9][0-9])[A-Z][1-9][0-9]{0,3}/[0-9]{2,6}",
        "[HA]01[MN][12]/0[0-9]{1,2}",
    ];
    text.prop_map(|text| Cpc::read(&text).expect("made as a symbol"))
}

proptest! {
    #[test]
    fn reading_never_panics(text in "\\PC*") {
        let _ = (Ipc::read(&text), Cpc::read(&text), Locarno::read(&text), Vienna::read(&text));
        let _ = (NiceClass::read_number(&text), Scheme::from_tsv("zh", &text));
    }

    #[test]
    fn reading_what_was_written_gives_the_same(symbol in symbol()) {
        prop_assert_eq!(Cpc::read(symbol.as_str()), Some(symbol.clone()));
        prop_assert_eq!(Cpc::read(&symbol.display()), Some(symbol.clone()));
        prop_assert_eq!(Cpc::read(&symbol.fixed()), Some(symbol));
    }

    #[test]
    fn order_is_total_and_parents_come_first(a in symbol(), b in symbol(), c in symbol()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
        if a <= b && b <= c { prop_assert!(a <= c); }
        if let Some(parent) = a.parent() {
            prop_assert!(parent < a && a.is_at_or_below(&parent) && !parent.is_at_or_below(&a));
        }
    }

    #[test]
    fn what_lies_below_is_one_run(mut symbols in prop::collection::vec(symbol(), 1..20)) {
        symbols.sort();
        for above in symbols.iter().flat_map(Cpc::ancestors) {
            let below: Vec<bool> = symbols.iter().map(|s| s.is_at_or_below(&above)).collect();
            let runs = below.windows(2).filter(|pair| pair[0] != pair[1]).count();
            prop_assert!(runs <= 2, "{} {:?}", above, symbols);
        }
    }
}
