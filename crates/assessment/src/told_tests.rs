use super::{key_faults, tidy};

#[test]
fn short_keys_are_refused() {
    assert!(key_faults("short").is_some() && key_faults("key-of-a-form-000001").is_none());
}

#[test]
fn values_read_back_exactly() {
    for value in [0.1 + 0.2, 1.0 / 3.0, 123_456_789.123_456_7, -0.0] {
        let kept = tidy(value);
        let json = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<f64>(&json).unwrap().to_bits(), kept.to_bits());
        assert_eq!(kept.to_string().parse::<f64>().unwrap().to_bits(), kept.to_bits());
    }
    assert_eq!(tidy(-0.0).to_bits(), 0.0_f64.to_bits());
}
