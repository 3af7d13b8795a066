use crate::testing::scheme;
use crate::{AssessmentError, Scheme, ready_schemes};

#[test]
fn what_is_written_reads_back_the_same() {
    for scheme in ready_schemes().unwrap().into_iter().chain([scheme()]) {
        let again = Scheme::from_toml(&scheme.to_toml()).unwrap();
        assert_eq!(again, scheme);
        assert_eq!(again.hash(), scheme.hash());
    }
}

#[test]
fn a_mistake_is_told_with_its_line() {
    let text = include_str!("testing.toml").replace("weight = 60", "weight = \"60\"");
    let Err(AssessmentError::Toml { line: Some(line), .. }) = Scheme::from_toml(&text) else { panic!("read") };
    assert_eq!(text.lines().nth(line - 1).unwrap(), "weight = \"60\"");
    let text = include_str!("testing.toml").replace("missing = \"hold\"\n", "");
    assert!(Scheme::from_toml(&text).unwrap_err().to_string().contains("missing"));
    assert!(Scheme::from_toml("code = 1").is_err());
    assert!(Scheme::from_toml(&"#".repeat(crate::MOST_BYTES + 1)).is_err());
}
