use proptest::prelude::*;

use super::*;

#[test]
fn a_public_address_is_taken_in_normal_form() {
    let url = judged(" https://Hooks.Example.CN:8443/a b?x=1 ", false).unwrap();
    assert_eq!(url.as_str(), "https://hooks.example.cn:8443/a%20b?x=1");
    assert!(judged("https://93.184.216.34/in", false).is_ok());
    assert!(judged("https://[2606:2800:220:1::1]/in", false).is_ok());
}

#[test]
fn every_way_inside_is_refused() {
    let inside = [
        "https://localhost/",
        "https://LOCALHOST./",
        "https://intranet/",
        "https://desk.internal/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://0.0.0.0/",
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://192.0.0.8/",
        "https://198.18.0.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fd00::1]/",
        "https://[fe80::1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:4136:e378::1]/",
        "https://[ff02::1]/",
    ];
    for address in inside {
        assert_eq!(judged(address, false), Err(Refused::Private), "{address}");
        assert!(judged(address, true).is_ok(), "{address} where private networks are allowed");
    }
}

#[test]
fn what_is_no_address_says_so() {
    assert_eq!(judged("hooks.example.cn", false), Err(Refused::NoAddress));
    assert_eq!(judged("mailto:a@example.cn", false), Err(Refused::NoAddress));
    assert_eq!(judged(&format!("https://example.cn/{}", "a".repeat(1000)), false), Err(Refused::NoAddress));
    assert_eq!(judged("http://example.cn/", false), Err(Refused::NotHttps));
    assert_eq!(judged("ftp://example.cn/", true), Err(Refused::NotHttps));
    assert_eq!(judged("https://user:word@example.cn/", true), Err(Refused::Credentials));
    assert!(judged("http://example.cn/", true).is_ok());
}

proptest! {
    #[test]
    fn an_address_in_disguise_is_judged_as_what_it_is(bits in any::<u32>()) {
        let plain = Ipv4Addr::from(bits);
        prop_assert_eq!(is_public(plain.to_ipv6_mapped().into()), is_public(plain.into()));
    }

    #[test]
    fn judging_is_total_and_stable(address in any::<String>(), private in any::<bool>()) {
        if let Ok(url) = judged(&address, private) {
            let again = judged(url.as_str(), private);
            prop_assert_eq!(again, Ok(url));
        }
    }
}
