use super::*;

fn typed(text: &str) -> Password {
    Password::typed(text)
}

#[test]
fn a_kept_hash_fits_its_password_alone() {
    let kept = Hashing::MADE_UP.hash(&typed("纸鹤 lamp 山茶 orbit"), [7; 16]).unwrap();
    assert!(fits(&kept, &typed("纸鹤 lamp 山茶 orbit")));
    assert!(!fits(&kept, &typed("纸鹤 lamp 山茶 orbit ")));
    assert!(!kept.contains("lamp"));
    assert_ne!(kept, Hashing::MADE_UP.hash(&typed("纸鹤 lamp 山茶 orbit"), [8; 16]).unwrap());
    for broken in ["", "$argon2id$v=19$", "$argon2id$v=19$m=8,t=1,p=1$AAAA", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA"] {
        assert!(!fits(broken, &typed("")), "{broken}");
    }
}

/// The reference implementation of argon2 (`argon2 somesaltsomesalt -id -m 12 -t 2 -p 1`) gives texts of this form.
#[test]
fn hashes_are_of_the_usual_form_and_cost_what_is_recommended() {
    let kept = Hashing::RECOMMENDED.hash(&typed("x"), [1; 16]).unwrap();
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$AQEBAQEBAQEBAQEBAQEBAQ$"), "{kept}");
    assert!(fits(&kept, &typed("x")));
    assert!(!is_outdated(&kept, Hashing::RECOMMENDED));
    assert!(is_outdated(&kept, Hashing::MADE_UP));
}

#[test]
fn passwords_that_are_guessed_early_are_refused_with_the_reason_in_both_languages() {
    let own = ["张三", "zhang.san1985@example.org", "+8613800001234"];
    for weak in [
        "",
        "short",
        "password123456",
        "1234567890",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "Huizhi2026",
        "zhang.san1985",
        "13800001234",
        "zhang.san1985@example.org",
    ] {
        let faults = password_faults(&typed(weak), &own);
        assert_eq!(faults.len(), 1, "{weak}");
        assert!(!faults[0].zh.is_empty() && !faults[0].en.is_empty());
        assert_eq!(faults[0].field, "password");
    }
    assert!(!password_faults(&typed(&"纸".repeat(129)), &own).is_empty());
}

#[test]
fn a_few_unrelated_words_are_taken() {
    for strong in ["paper crane lamp orbit", "纸鹤与台灯与轨道与山茶", "vK9#tq2!mZx7"] {
        assert_eq!(password_faults(&typed(strong), &["张三", "zhang@example.org"]), [], "{strong}");
    }
}

#[test]
fn a_password_is_not_printed() {
    assert_eq!(format!("{:?}", typed("secret")), "Password(…)");
}
