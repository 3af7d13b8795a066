use super::*;

#[test]
fn ids_sort_by_time_and_survive_being_a_uuid() {
    let early = Id::make("2024-01-01T00:00:00Z".parse().unwrap(), [255; 10]);
    let late = Id::make("2024-01-01T00:00:00.001Z".parse().unwrap(), [0; 10]);
    assert!(early < late);
    assert_eq!(early.as_str().len(), 26);
    assert_eq!(Id::from_uuid(&early.to_uuid()).unwrap(), early);
    assert_eq!(early.as_str().to_lowercase().parse::<Id>().unwrap(), early);
}

#[test]
fn what_is_no_id_is_told() {
    for text in [
        "",
        "1",
        "01JZ8K2V9T3N5Q7R9S1W3X5Y7",
        "01JZ8K2V9T3N5Q7R9S1W3X5Y7ZZ",
        "ＡＢ石墨烯",
        "'; DROP TABLE x; -- 26 chars",
    ] {
        assert!(text.parse::<Id>().is_err(), "{text}");
    }
    assert!(Id::from_uuid("not-a-uuid").is_err());
    assert!(serde_json::from_str::<OrganisationId>("\"x\"").is_err());
}
