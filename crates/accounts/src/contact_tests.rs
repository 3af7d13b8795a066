use proptest::prelude::*;

use super::*;

#[test]
fn an_address_has_one_spelling() {
    for (typed, kept) in [
        (" Zhang@Example.ORG ", "zhang@example.org"),
        ("zhang@example.org", "zhang@example.org"),
        ("a.b+c@mail.example.cn", "a.b+c@mail.example.cn"),
        ("张三@例子.中国", "张三@例子.中国"),
    ] {
        assert_eq!(typed.parse::<Email>().unwrap().as_str(), kept);
    }
    for wrong in [
        "",
        "zhang",
        "@example.org",
        "zhang@",
        "zhang@example",
        "a b@example.org",
        "a@b@example.org",
        "a@.org",
        "a..b@example.org",
        "<a>@example.org",
    ] {
        assert!(wrong.parse::<Email>().is_err(), "{wrong}");
    }
}

#[test]
fn a_number_has_one_spelling() {
    for (typed, kept, shown) in [
        ("13800001234", "+8613800001234", "13800001234"),
        ("138 0000 1234", "+8613800001234", "13800001234"),
        ("+86 138-0000-1234", "+8613800001234", "13800001234"),
        ("8613800001234", "+8613800001234", "13800001234"),
        ("008613800001234", "+8613800001234", "13800001234"),
        ("(023) 6312-3456", "+862363123456", "02363123456"),
        ("+86 23 6312 3456", "+862363123456", "02363123456"),
        ("+44 20 7946 0018", "+442079460018", "+442079460018"),
    ] {
        let telephone: Telephone = typed.parse().unwrap();
        assert_eq!((telephone.as_str(), telephone.shown().as_str()), (kept, shown), "{typed}");
    }
    for wrong in
        ["", "12345", "12800001234", "63123456", "1380000123", "138000012345", "+", "+8", "call me", "+0123456789"]
    {
        assert!(wrong.parse::<Telephone>().is_err(), "{wrong}");
    }
}

#[test]
fn what_is_shown_of_a_person_is_little() {
    assert_eq!(masked_name("张三"), "张*");
    assert_eq!(masked_name("欧阳小明"), "欧***");
    assert_eq!(masked_name("Li"), "L*");
    assert_eq!(masked_name("Maria Santos"), "M*** S***");
    assert_eq!(masked_name("李"), "李*");
    assert_eq!(masked_name(""), "");
    assert_eq!("zhang@example.org".parse::<Email>().unwrap().masked(), "z***@example.org");
    assert_eq!("13800001234".parse::<Telephone>().unwrap().masked(), "138****1234");
    assert_eq!("02363123456".parse::<Telephone>().unwrap().masked(), "023****3456");
    assert_eq!("+441234567".parse::<Telephone>().unwrap().masked(), "****67");
    assert_eq!(masked_address("重庆市渝北区某路一号三栋"), "重庆市渝****");
    assert_eq!(masked_address(""), "");
}

proptest! {
    #[test]
    fn a_kept_spelling_is_its_own(typed in "[ +()0-9-]{0,20}|[A-Za-z.@ ]{0,30}") {
        if let Ok(telephone) = typed.parse::<Telephone>() {
            prop_assert_eq!(telephone.as_str().parse::<Telephone>().unwrap(), telephone.clone());
            prop_assert_eq!(telephone.shown().parse::<Telephone>().unwrap(), telephone);
        }
        if let Ok(email) = typed.parse::<Email>() {
            prop_assert_eq!(email.as_str().parse::<Email>().unwrap(), email);
        }
    }

    #[test]
    fn nothing_breaks_the_masks(text: String) {
        let _ = (masked_name(&text), masked_address(&text), text.parse::<Email>().map(|e| e.masked()), text.parse::<Telephone>().map(|t| t.masked()));
    }
}
