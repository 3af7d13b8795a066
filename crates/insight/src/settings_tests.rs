use proptest::prelude::*;

use super::{SectionId, Settings};

fn read(text: &str) -> Result<Settings, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    Settings::from_pairs(pairs).map_err(|error| error.to_string())
}

#[test]
fn nothing_asked_is_everything_as_usual() {
    assert_eq!(read("q=battery&page=2&top=&from="), Ok(Settings::default()));
    assert!(Settings::default().to_pairs().is_empty());
    assert!(SectionId::ALL.iter().all(|section| Settings::default().shows(*section)));
}

#[test]
fn sections_come_as_several_pairs_or_as_a_list() {
    let both = [SectionId::Trend, SectionId::LifeCycle].into_iter().collect();
    assert_eq!(read("section=trend&section=life-cycle").map(|settings| settings.sections), Ok(both));
    assert_eq!(read("section=life-cycle, trend"), read("section=trend&section=life-cycle"));
    assert!(!read("section=trend").expect("a section").shows(SectionId::Growth));
}

#[test]
fn what_cannot_be_read_is_named_with_what_was_expected() {
    assert_eq!(read("top=500"), Err("the setting «top» cannot be «500»: expected a number from 10 to 50".to_owned()));
    assert_eq!(
        read("from=last"),
        Err("the setting «from» cannot be «last»: expected a year from 1700 to 9999".to_owned())
    );
    assert_eq!(
        read("from=2020&to=2010"),
        Err("the setting «from» cannot be «2020»: expected a year not after «to», which is 2010".to_owned())
    );
    assert!(read("section=trends").is_err_and(|message| message.contains("trend, published, growth")));
}

#[test]
fn a_range_of_years_is_a_condition_on_the_filing_date() {
    let clause = |text| read(text).expect("settings").clause();
    assert_eq!(clause("top=10"), None);
    assert_eq!(clause("from=2010&to=2020").as_deref(), Some("ad=[2010 TO 2020]"));
    assert_eq!(clause("from=2010&to=2010").as_deref(), Some("ad=2010"));
    assert_eq!(clause("from=2010").as_deref(), Some("ad>=2010"));
    assert_eq!(clause("to=2010").as_deref(), Some("ad<=2010"));
}

#[test]
fn every_section_is_found_by_its_code_and_stored_under_it() {
    for section in SectionId::ALL {
        assert_eq!(SectionId::from_code(section.code()), Some(section));
        assert_eq!(serde_json::to_value(section).expect("JSON"), section.code());
    }
    assert!(SectionId::ALL.is_sorted(), "the order of the page is the order of the type");
}

proptest! {
    #[test]
    fn pairs_written_read_back_as_the_same_settings(
        sections in proptest::collection::btree_set(proptest::sample::select(SectionId::ALL.to_vec()), 0..5),
        years in proptest::option::of((1700i16..2100, 0i16..200)),
        top in 10usize..=50,
    ) {
        let settings = Settings { sections, from: years.map(|(from, _)| from), to: years.map(|(from, n)| from + n), top };
        let pairs = settings.to_pairs();
        let read = Settings::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));
        prop_assert_eq!(read.expect("what was written can be read"), settings);
    }
}
