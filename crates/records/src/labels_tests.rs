use crate::{ApplicantType, Effect, RightKind, Status};

#[test]
fn every_code_and_label_is_also_a_word_people_can_type() {
    for status in Status::ALL {
        for word in [status.code(), status.label("zh"), status.label("en")] {
            assert!(Status::from_word(word).contains(&status), "{word}");
        }
    }
    for effect in Effect::ALL {
        for word in [effect.code(), effect.label("zh"), effect.label("en")] {
            assert!(Effect::from_word(word).contains(&effect), "{word}");
        }
    }
    for kind in RightKind::ALL {
        for word in [kind.code(), kind.label("zh"), kind.label("en")] {
            assert!(RightKind::from_word(word).contains(&kind), "{word}");
        }
    }
    for kind in ApplicantType::ALL {
        for word in [kind.code(), kind.label("zh"), kind.label("en")] {
            assert!(ApplicantType::from_word(word).contains(&kind), "{word}");
        }
    }
}

#[test]
fn codes_come_back() {
    assert!(Effect::ALL.into_iter().all(|effect| Effect::from_code(effect.code()) == Some(effect)));
    for effect in Effect::ALL {
        assert_eq!(serde_json::to_string(&effect).unwrap_or_default(), format!("\"{}\"", effect.code()));
    }
}

#[test]
fn one_word_can_mean_several() {
    assert_eq!(Status::from_word("有效"), [Status::InForce]);
    assert_eq!(Status::from_word("失效"), [Status::Lapsed, Status::Refused, Status::Withdrawn, Status::Expired]);
    assert_eq!(Status::from_word("IN FORCE"), [Status::InForce]);
    assert_eq!(Effect::from_word("转让"), [Effect::Transferred]);
    assert_eq!(RightKind::from_word("商標"), [RightKind::Trademark]);
    assert_eq!(RightKind::from_word("专利").len(), 4);
    assert!(Status::from_word("电池").is_empty() && Effect::from_word("").is_empty());
}

#[test]
fn no_word_stands_in_two_rows() {
    fn all<T>(words: super::Words<T>) -> Vec<&'static str> {
        words.iter().flat_map(|(spellings, _)| spellings.iter().copied()).collect()
    }
    for mut words in [all(super::STATUS), all(super::EFFECTS), all(super::KINDS), all(super::APPLICANTS)] {
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
