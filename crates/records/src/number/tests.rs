//! What the numbers promise.

use proptest::prelude::*;

use super::*;
use crate::{Level, RightKind as Kind};

fn office(code: &str) -> Office {
    code.parse().unwrap()
}

/// Reads every row of a table: office, text, expected id and display.
fn applications(right: Kind, table: &[(&str, &str, &str, &str)]) {
    for (code, text, id, display) in table {
        let number = ApplicationNumber::read(office(code), text, right).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(number.id().as_str(), *id, "{code} {text}");
        assert_eq!(number.display(), *display, "{code} {text}");
    }
}

#[test]
fn chinese_applications() {
    applications(
        Kind::Invention,
        &[
            ("CN", "201910302430.1", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "102019000302430", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "201910302430", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "2019103024301", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "ZL201910302430.1", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "ZL 2019 1 0302430.1", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "ＣＮ２０１９１０３０２４３０．１", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "cn201910302430.1", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "CN20191302430", "CN-P-201910302430", "CN201910302430.1"),
            ("CN", "201610158350.x", "CN-P-201610158350", "CN201610158350.X"),
            ("CN", "201610158350X", "CN-P-201610158350", "CN201610158350.X"),
            ("CN", "CN20138062258", "CN-P-201380062258", "CN201380062258.8"),
            ("CN", "2013800622588", "CN-P-201380062258", "CN201380062258.8"),
            ("CN", "102013080062258", "CN-P-201380062258", "CN201380062258.8"),
            ("CN", "112013000062258", "CN-P-201380062258", "CN201380062258.8"),
            ("CN", "85100312", "CN-P-85100312", "CN85100312"),
            ("CN", "101985000000312", "CN-P-85100312", "CN85100312"),
            ("CN", "00100089.6", "CN-P-00100089", "CN00100089.6"),
            ("CN", "100089.6", "CN-P-00100089", "CN00100089.6"),
            ("CN", "001000896", "CN-P-00100089", "CN00100089.6"),
            ("CN", "CN20001000089", "CN-P-00100089", "CN00100089.6"),
            ("CN", "102000000000089", "CN-P-00100089", "CN00100089.6"),
            ("CN", "102003000113529", "CN-P-200310113529", "CN200310113529.6"),
            ("CN", "CN20151163325U", "CN-P-201510163325", "CN201510163325.6"),
            ("CN", "PCT/CN2015/071234", "WO-P-CN2015071234", "PCT/CN2015/071234"),
            // The type digit knows better than the record.
            ("CN", "201520123456", "CN-U-201520123456", "CN201520123456.7"),
            ("CN", "202015000123456", "CN-U-201520123456", "CN201520123456.7"),
            ("CN", "201530123456", "CN-D-201530123456", "CN201530123456.2"),
        ],
    );
    for text in ["", "中国", "12", "104751825", "2019103024", "2019103024301234", "198410000001"] {
        assert!(ApplicationNumber::read(Office::CN, text, Kind::Invention).is_err(), "{text}");
    }
}

#[test]
fn a_wrong_check_digit_is_reported_but_loaded() {
    let read = |text| ApplicationNumber::read(Office::CN, text, Kind::Invention).unwrap();
    assert_eq!(read("201910302430.2"), read("201910302430.1"));
    let problem = ApplicationNumber::read_strict(Office::CN, "201910302430.2", Kind::Invention).unwrap_err();
    assert_eq!(problem.to_string(), "«201910302430.2»: the check digit should be 1");
    assert_eq!(ApplicationNumber::check(Office::CN, "201910302430.1", Kind::Invention), None);
    assert_eq!(ApplicationNumber::check(Office::CN, "201910302430", Kind::Invention), None);
    assert!(ApplicationNumber::check(Office::CN, "201610158350.0", Kind::Invention).is_some());
    assert!(ApplicationNumber::check(Office::EP, "15163325.6", Kind::Invention).is_some());
}

#[test]
fn american_applications() {
    applications(
        Kind::Invention,
        &[
            ("US", "16/548,822", "US-P-16548822", "US 16/548,822"),
            ("US", "US 16/548,822", "US-P-16548822", "US 16/548,822"),
            ("US", "16548822", "US-P-16548822", "US 16/548,822"),
            ("US", "201414123456", "US-P-14123456", "US 14/123,456"),
            ("US", "US201414123456", "US-P-14123456", "US 14/123,456"),
            ("US", "US20100942680", "US-P-12942680", "US 12/942,680"),
            ("US", "US19980083597", "US-P-09083597", "US 09/083,597"),
            ("US", "9/083597", "US-P-09083597", "US 09/083,597"),
            ("US", "94268010", "US-P-12942680", "US 12/942,680"),
            ("US", "29/680,800", "US-D-29680800", "US 29/680,800"),
            ("US", "35512345", "US-D-35512345", "US 35/512,345"),
            ("US", "351745", "US-P-351745", "US351745"),
        ],
    );
    let docdb = |text, kind, date: &str| {
        let date = crate::read_date(date);
        ApplicationNumber::read_docdb(Office::US, text, Some(kind), date).unwrap().id().to_string()
    };
    assert_eq!(docdb("94268010", "A", "20101109"), "US-P-12942680");
    assert_eq!(docdb("8359798", "A", "19980522"), "US-P-09083597");
    assert_eq!(docdb("2366704", "A", "20041228"), "US-P-11023667");
    assert_eq!(docdb("12345608", "A", "20080415"), "US-P-12123456");
    assert_eq!(docdb("201815919370", "A", "20180313"), "US-P-15919370");
    assert_eq!(docdb("36123410", "P", "20100705"), "US-P-61361234");
    assert_eq!(docdb("36123410", "F", "20100705"), "US-D-29361234");
    assert_eq!(docdb("2016015853", "W", "20160130"), "WO-P-US2016015853");
    assert_eq!(docdb("9816128", "W", "19980803"), "WO-P-US1998016128");
}

#[test]
fn applications_of_other_offices() {
    applications(
        Kind::Invention,
        &[
            ("EP", "15163325.2", "EP-P-15163325", "EP15163325.2"),
            ("EP", "EP 15 163 325", "EP-P-15163325", "EP15163325.2"),
            ("EP", "151633252", "EP-P-15163325", "EP15163325.2"),
            ("EP", "EP20150163325", "EP-P-15163325", "EP15163325.2"),
            ("EP", "EP19910121229", "EP-P-91121229", "EP91121229.8"),
            ("EP", "02019404.9", "EP-P-02019404", "EP02019404.9"),
            ("WO", "PCT/CN2015/071234", "WO-P-CN2015071234", "PCT/CN2015/071234"),
            ("WO", "WO2015CN71234", "WO-P-CN2015071234", "PCT/CN2015/071234"),
            ("WO", "PCT/US98/16128", "WO-P-US1998016128", "PCT/US1998/016128"),
            ("WO", "CA2018/050171", "WO-P-CA2018050171", "PCT/CA2018/050171"),
            ("WO", "PCT/JP00/02182", "WO-P-JP2000002182", "PCT/JP2000/002182"),
            ("JP", "特願2016-012345", "JP-P-2016012345", "JP 2016-012345"),
            ("JP", "特願平10-12345", "JP-P-1998012345", "JP 1998-012345"),
            ("JP", "特願平成10年12345号", "JP-P-1998012345", "JP 1998-012345"),
            ("JP", "H10-12345", "JP-P-1998012345", "JP 1998-012345"),
            ("JP", "JP19980012345", "JP-P-1998012345", "JP 1998-012345"),
            ("JP", "1234598", "JP-P-1998012345", "JP 1998-012345"),
            ("JP", "2005505120", "JP-P-2005505120", "JP 2005-505120"),
            ("JP", "JP20050505120", "JP-P-2005505120", "JP 2005-505120"),
            ("JP", "実願昭58-123456", "JP-U-1983123456", "JP 1983-123456"),
            ("KR", "10-2010-7003249", "KR-P-20107003249", "KR 10-2010-7003249"),
            ("KR", "1020107003249", "KR-P-20107003249", "KR 10-2010-7003249"),
            ("KR", "KR20107003249", "KR-P-20107003249", "KR 10-2010-7003249"),
            ("KR", "KR20130006425U", "KR-U-20130006425", "KR 20-2013-0006425"),
            ("KR", "30-2018-0060105", "KR-D-20180060105", "KR 30-2018-0060105"),
            ("KR", "870001234", "KR-P-19870001234", "KR 10-1987-0001234"),
            ("DE", "10 2005 034 510.7", "DE-P-102005034510", "DE 10 2005 034 510.7"),
            ("DE", "DE102005034510", "DE-P-102005034510", "DE 10 2005 034 510.7"),
            ("DE", "1020050345107", "DE-P-102005034510", "DE 10 2005 034 510.7"),
            ("DE", "DE200510034510", "DE-P-102005034510", "DE 10 2005 034 510.7"),
            ("DE", "000010027360", "DE-P-10027360", "DE 100 27 360.2"),
            ("DE", "10027360.2", "DE-P-10027360", "DE 100 27 360.2"),
            ("DE", "DE20001027360", "DE-P-10027360", "DE 100 27 360.2"),
            ("DE", "G 83 08 408.8", "DE-U-8308408", "DE 83 08 408.8"),
            ("DE", "DE19830008408U", "DE-U-8308408", "DE 83 08 408.8"),
            ("DE", "P 35 12 345.6", "DE-P-3512345", "DE 35 12 345.1"),
            ("DE", "DE19853512345", "DE-P-3512345", "DE 35 12 345.1"),
            ("DE", "M9000603.8", "DE-D-M9000603", "DEM9000603.8"),
            ("DE", "A0044733", "DE-P-A0044733", "DEA0044733"),
            ("GB", "1210339.6", "GB-P-201210339", "GB1210339.6"),
            ("GB", "GB 201210339", "GB-P-201210339", "GB1210339.6"),
            ("GB", "GB20120010339", "GB-P-201210339", "GB1210339.6"),
            ("GB", "12345/70", "GB-P-197012345", "GB 12345/70"),
            ("FR", "FR 15 51234", "FR-P-1551234", "FR1551234"),
            ("AP", "AP/P/2000/001988", "AP-P-P2000001988", "APP2000001988"),
        ],
    );
    applications(
        Kind::Design,
        &[
            ("EM", "001066245-0001", "EM-D-001066245-0001", "EM001066245-0001"),
            ("EM", "1066245-1", "EM-D-001066245-0001", "EM001066245-0001"),
            ("EM", "0010662450001", "EM-D-001066245-0001", "EM001066245-0001"),
        ],
    );
    applications(
        Kind::Trademark,
        &[
            ("EM", "018229858", "EM-T-018229858", "EM018229858"),
            ("EM", "18229858", "EM-T-018229858", "EM018229858"),
            ("EM", "W01234567", "EM-T-W01234567", "EMW01234567"),
            ("US", "74/800000", "US-T-74800000", "US74800000"),
            ("US", "98763166", "US-T-98763166", "US98763166"),
            ("CN", "24649811", "CN-T-24649811", "CN24649811"),
            ("CN", "CN00000024649811", "CN-T-24649811", "CN24649811"),
            ("CN", "24649811-09", "CN-T-24649811-9", "CN24649811-9"),
            ("CN", "G1234567", "CN-T-G1234567", "CNG1234567"),
        ],
    );
    applications(Kind::Layout, &[("CN", "BS.185559220", "CN-L-BS185559220", "CNBS185559220")]);
    let gi = ApplicationNumber::read(Office::CN, "公告2023第1号", Kind::Gi).unwrap();
    assert_eq!(gi.id().as_str(), "CN-G-公告2023第1号");
}

#[test]
fn publications() {
    let table = [
        ("CN", "104751825", Some("B"), "CN104751825", 'P'),
        ("CN", "CN104751825B", None, "CN104751825", 'P'),
        ("CN", "CN 201234567 U", None, "CN201234567", 'U'),
        ("CN", "302407106", Some("S"), "CN302407106", 'D'),
        ("CN", "85100312", Some("A"), "CN85100312", 'P'),
        ("CN", "CN85200001U", None, "CN85200001", 'U'),
        ("CN", "1034567", Some("A"), "CN1034567", 'P'),
        ("CN", "1034567", Some("C"), "CN1034567C", 'P'),
        ("CN", "CN1149075C", None, "CN1149075C", 'P'),
        ("CN", "100574888", Some("C"), "CN100574888", 'P'),
        ("CN", "1957627", Some("B"), "CN1957627", 'P'),
        ("US", "8,926,509", Some("B2"), "US8926509", 'P'),
        ("US", "US 8,000,000 B2", None, "US8000000", 'P'),
        ("US", "09855244", Some("B2"), "US9855244", 'P'),
        ("US", "US 2015/0123456 A1", None, "US2015123456", 'P'),
        ("US", "20150123456", Some("A1"), "US2015123456", 'P'),
        ("US", "2015123456", None, "US2015123456", 'P'),
        ("US", "20010000044", Some("A1"), "US2001000044", 'P'),
        ("US", "D0907292", Some("S1"), "USD907292", 'D'),
        ("US", "D907,292", None, "USD907292", 'D'),
        ("US", "907292", Some("S"), "USD907292", 'D'),
        ("US", "RE046789", Some("E1"), "USRE46789", 'P'),
        ("US", "PP028111", Some("P2"), "USPP28111", 'P'),
        ("US", "H0002345", Some("H1"), "USH2345", 'P'),
        ("EP", "EP 2 930 123 A1", None, "EP2930123", 'P'),
        ("EP", "123456", None, "EP0123456", 'P'),
        ("WO", "WO 2015/123456", None, "WO2015123456", 'P'),
        ("WO", "2015123456", Some("A1"), "WO2015123456", 'P'),
        ("WO", "WO 01/23456", None, "WO2001023456", 'P'),
        ("WO", "WO9961002", Some("A1"), "WO1999061002", 'P'),
        ("WO", "WO-0123241", Some("A2"), "WO2001023241", 'P'),
        ("WO", "WO 03/015838", Some("A2"), "WO2003015838", 'P'),
        ("WO", "WO/2006/001333", Some("A1"), "WO2006001333", 'P'),
        ("WO", "WO200212345", None, "WO2002012345", 'P'),
        ("WO", "DM/081655", None, "WODM081655", 'D'),
        ("WO", "D071924-001", None, "WODM071924-001", 'D'),
        ("JP", "特開2016-012345", None, "JP2016012345", 'P'),
        ("JP", "2007-88222", Some("A"), "JP2007088222", 'P'),
        ("JP", "特開平10-12345", None, "JPH1012345", 'P'),
        ("JP", "11-176578", Some("A"), "JPH11176578", 'P'),
        ("JP", "JPH0912345A", None, "JPH0912345", 'P'),
        ("JP", "58-12345", Some("A"), "JPS5812345", 'P'),
        ("JP", "特公昭58-12345", None, "JPS5812345B", 'P'),
        ("JP", "JPS5812345B2", None, "JPS5812345B", 'P'),
        ("JP", "特許第5123456号", None, "JP5123456", 'P'),
        ("JP", "5123456", Some("B2"), "JP5123456", 'P'),
        ("JP", "JP3798625B", None, "JP3798625", 'P'),
        ("JP", "3123456", Some("U"), "JP3123456U", 'U'),
        ("JP", "実公平6-12345", None, "JPH0612345Y", 'U'),
        ("JP", "1549470", Some("S"), "JP1549470S", 'D'),
        ("JP", "D1227036", None, "JP1227036S", 'D'),
        ("KR", "20100044848", Some("A"), "KR20100044848", 'P'),
        ("KR", "10-2007-0048168", None, "KR20070048168", 'P'),
        ("KR", "10 2005-0116274", None, "KR20050116274", 'P'),
        ("KR", "KR20150000637 (U)", None, "KR20150000637U", 'U'),
        ("KR", "100484299", Some("B1"), "KR100484299", 'P'),
        ("KR", "10-0484299", None, "KR100484299", 'P'),
        ("KR", "20-0123456", Some("Y1"), "KR200123456", 'U'),
        ("KR", "960012345", Some("B1"), "KR960012345B", 'P'),
        ("KR", "30-2018-0060105", None, "KR20180060105S", 'D'),
        ("DE", "DE 10 2015 001 234 A1", None, "DE102015001234", 'P'),
        ("DE", "202015001234", Some("U1"), "DE202015001234", 'U'),
        ("DE", "29512345", Some("U1"), "DE29512345", 'U'),
        ("DE", "8512345", Some("U1"), "DE8512345", 'U'),
        ("DE", "1258197", Some("B"), "DE1258197", 'P'),
        ("DE", "000010027360", None, "DE10027360", 'P'),
        ("GB", "GB2512345A", None, "GB2512345", 'P'),
        ("EM", "001066245-0001", None, "EM001066245-0001", 'D'),
        ("EM", "018229858", None, "EM018229858", 'T'),
        ("AT", "AT6311U", None, "AT6311U", 'U'),
        ("AT", "6311", Some("U1"), "AT6311U", 'U'),
        ("RU", "2015124071", Some("A"), "RU2015124071", 'P'),
        ("GE", "P20033014", Some("B"), "GEP20033014", 'P'),
        ("TN", "SN99097", Some("A1"), "TNSN99097", 'P'),
    ];
    for (code, text, kind, normal, letter) in table {
        let number = PublicationNumber::read(office(code), text, kind).unwrap();
        assert_eq!(number.as_str(), normal, "{code} {text} {kind:?}");
        assert_eq!(number.waiting_id().as_str(), format!("{code}-{letter}-pub{}", &normal[2..]), "{code} {text}");
        assert_eq!(PublicationNumber::read(office(code), normal, None).unwrap(), number, "again {normal}");
    }
    assert!(PublicationNumber::read(Office::CN, "  ", None).is_err());
    assert_eq!(PublicationNumber::read(Office::CN, "B-12 34", None).unwrap().as_str(), "CNB1234");
}

#[test]
fn rights_that_share_a_number_do_not_meet() {
    let read = |code, text, kind| PublicationNumber::read(office(code), text, Some(kind)).unwrap();
    assert_ne!(read("CN", "1034567", "A"), read("CN", "1034567", "C"));
    assert_ne!(read("JP", "S5812345", "A"), read("JP", "S5812345", "B2"));
    assert_ne!(read("JP", "3123456", "B2"), read("JP", "3123456", "U"));
    assert_ne!(read("KR", "20100001234", "A"), read("KR", "20100001234", "U"));
    // One right, one number.
    assert_eq!(read("CN", "101945314", "A"), read("CN", "101945314", "B"));
    assert_eq!(read("EP", "2930123", "A1"), read("EP", "2930123", "B1"));
}

#[test]
fn kind_codes_tell_stage_and_right() {
    use Kind::{Design, Invention, Plant, UtilityModel};
    use Level::{Amended, Application, Correction, Grant, Report};
    let table = [
        ("CN", "A", Some(Application), Some(Invention)),
        ("CN", "B", Some(Grant), Some(Invention)),
        ("CN", "C", Some(Grant), Some(Invention)),
        ("CN", "C1", Some(Amended), Some(Invention)),
        ("CN", "Y", Some(Grant), Some(UtilityModel)),
        ("CN", "U", Some(Grant), Some(UtilityModel)),
        ("CN", "U8", Some(Correction), Some(UtilityModel)),
        ("CN", "D", Some(Grant), Some(Design)),
        ("CN", "S", Some(Grant), Some(Design)),
        ("CN", "S1", Some(Amended), Some(Design)),
        ("US", "A", Some(Grant), Some(Invention)),
        ("US", "A1", Some(Application), Some(Invention)),
        ("US", "A9", Some(Application), Some(Invention)),
        ("US", "B1", Some(Grant), Some(Invention)),
        ("US", "B2", Some(Grant), Some(Invention)),
        ("US", "S1", Some(Grant), Some(Design)),
        ("US", "E1", Some(Grant), Some(Invention)),
        ("US", "P1", Some(Application), Some(Plant)),
        ("US", "P2", Some(Grant), Some(Plant)),
        ("US", "P9", Some(Grant), Some(Plant)),
        ("US", "C1", Some(Amended), Some(Invention)),
        ("EP", "A1", Some(Application), Some(Invention)),
        ("EP", "A3", Some(Report), Some(Invention)),
        ("EP", "A4", Some(Report), Some(Invention)),
        ("EP", "A8", Some(Correction), Some(Invention)),
        ("EP", "B1", Some(Grant), Some(Invention)),
        ("EP", "B2", Some(Amended), Some(Invention)),
        ("WO", "A1", Some(Application), Some(Invention)),
        ("WO", "A3", Some(Report), Some(Invention)),
        ("JP", "A", Some(Application), Some(Invention)),
        ("JP", "B2", Some(Grant), Some(Invention)),
        ("JP", "Y2", Some(Grant), Some(UtilityModel)),
        ("KR", "B1", Some(Grant), Some(Invention)),
        ("KR", "U", Some(Application), Some(UtilityModel)),
        ("DE", "U1", Some(Grant), Some(UtilityModel)),
        ("DE", "T2", Some(Grant), Some(Invention)),
        ("DE", "C1", Some(Grant), Some(Invention)),
        ("GB", "B", Some(Grant), Some(Invention)),
        ("XX", "Q", None, None),
    ];
    for (code, kind, level, right) in table {
        let found = KindCode::read(kind).unwrap();
        assert_eq!((found.level(office(code)), found.right(office(code))), (level, right), "{code} {kind}");
    }
}

fn first(text: &str) -> String {
    match read_any(text).into_iter().next() {
        Some(Reading::Application(number)) => number.id().to_string(),
        Some(Reading::Publication { number, kind }) => number.with_kind(kind.as_ref()),
        Some(Reading::Registration { number, .. }) => number,
        None => String::new(),
    }
}

#[test]
fn what_a_person_types() {
    let table = [
        ("ZL201510163325.6", "CN-P-201510163325"),
        ("专利号：ZL 2015 1 0163325.6", "CN-P-201510163325"),
        ("申请号: 201910302430.1", "CN-P-201910302430"),
        ("201910302430.1", "CN-P-201910302430"),
        ("2019103024301", "CN-P-201910302430"),
        ("201610158350x", "CN-P-201610158350"),
        ("CN201910302430.1", "CN-P-201910302430"),
        ("CN-P-201910302430", "CN-P-201910302430"),
        ("CN104751825B", "CN104751825B"),
        ("104751825B", "CN104751825B"),
        ("104751825", "CN104751825"),
        ("公开号CN104751825A", "CN104751825A"),
        ("CN1149075C", "CN1149075C"),
        ("US 8,926,509", "US8926509"),
        ("8,926,509", "US8926509"),
        ("US 8,000,000 B2", "US8000000B2"),
        ("US 2015/0123456 A1", "US2015123456A1"),
        ("US20090208610", "US2009208610"),
        ("2015/0123456", "US2015123456"),
        ("14/123,456", "US-P-14123456"),
        ("US 14/123,456", "US-P-14123456"),
        ("D907,292", "USD907292"),
        ("USD907292S1", "USD907292S1"),
        ("RE46,789", "USRE46789"),
        ("PP28,111", "USPP28111"),
        ("EP 2 930 123", "EP2930123"),
        ("EP2930123A1", "EP2930123A1"),
        ("EP15163325.2", "EP-P-15163325"),
        ("02019404.9", "EP-P-02019404"),
        ("018229858", "EM-T-018229858"),
        ("001066245-0001", "EM-D-001066245-0001"),
        ("EM 018229858", "EM-T-018229858"),
        ("特開2016-012345", "JP2016012345A"),
        ("特开2016-012345号", "JP2016012345A"),
        ("特許第5123456号", "JP5123456B2"),
        ("特許第5,123,456号", "JP5123456B2"),
        ("特願2016-012345", "JP-P-2016012345"),
        ("JP 2016-012345 A", "JP2016012345A"),
        ("PCT/CN2015/071234", "WO-P-CN2015071234"),
        ("WO 2015/123456", "WO2015123456"),
        ("WO 01/23456", "WO2001023456"),
        ("2015/123456", "WO2015123456"),
        ("10-2010-7003249", "KR-P-20107003249"),
        ("10-0484299", "KR100484299"),
        ("BS.185559220", "CN-L-BS185559220"),
        ("DE 10 2005 034 510.7", "DE-P-102005034510"),
        ("DE102015001234A1", "DE102015001234A1"),
        ("GB2512345", "GB2512345"),
        ("1210339.6", "GB-P-201210339"),
        ("FR 2 987 654 A1", "FR2987654A1"),
        ("nonsense 7", "NONSENSE7"),
    ];
    for (text, expected) in table {
        assert_eq!(first(text), expected, "{text}");
    }
    assert!(read_any(" - ").is_empty() && lookup_keys("").is_empty());
}

#[test]
fn plain_digits_have_several_readings() {
    let readings = read_any("8926509");
    assert!(readings.len() > 3, "{readings:?}");
    let keys = lookup_keys("18229858");
    assert!(keys.contains(&"EM018229858".to_owned()) && keys.contains(&"CN18229858".to_owned()), "{keys:?}");
    assert_eq!(keys.last().map(String::as_str), Some("18229858"));
}

/// The keys of a right with one application and one publication.
fn indexed(id: &str, right: Kind, publications: &[(&str, Option<&str>)], registration: Option<&str>) -> Vec<String> {
    let id = RightId::read(id).unwrap();
    let publications: Vec<_> = publications
        .iter()
        .map(|(number, kind)| {
            let kind = kind.and_then(KindCode::read);
            let (number, _) = PublicationNumber::read_full(number).unwrap();
            serde_json::json!({ "number": number, "kind": kind })
        })
        .collect();
    let empty: Vec<()> = Vec::new();
    let right: crate::Right = serde_json::from_value(serde_json::json!({
        "id": id, "right": right, "office": id.office(), "publications": publications,
        "registration_number": registration, "titles": empty, "abstracts": empty, "claims": empty,
        "applicants": empty, "owners": empty, "inventors": empty, "agents": empty, "priorities": empty, "ipc": empty,
        "cpc": empty, "locarno": empty, "nice": empty, "vienna": empty, "citations": empty, "related": empty,
        "images": empty, "events": empty, "status": "unknown", "facts": empty, "sources": empty,
    }))
    .unwrap();
    number_keys(&right)
}

#[test]
fn both_sides_of_the_keys_meet() {
    let patent = indexed("CN-P-201510163325", Kind::Invention, &[("CN104751825", Some("B"))], None);
    for typed in [
        "ZL201510163325.6",
        "201510163325.6",
        "2015101633256",
        "201510163325",
        "CN201510163325",
        "CN104751825B",
        "CN104751825",
        "104751825",
        "104751825B",
        "CN104751825A",
        "cn 104751825 b",
        "CN20151163325",
    ] {
        assert!(lookup_keys(typed).iter().any(|key| patent.contains(key)), "{typed}: {patent:?}");
    }
    let old = indexed("CN-P-97101234", Kind::Invention, &[("CN1034567C", Some("C"))], None);
    for typed in ["CN1034567C", "CN1034567", "1034567", "97101234"] {
        assert!(lookup_keys(typed).iter().any(|key| old.contains(key)), "{typed}: {old:?}");
    }
    assert!(!old.contains(&"CN1034567A".to_owned()));
    let mark = indexed("EM-T-018229858", Kind::Trademark, &[], Some("018229858"));
    for typed in ["018229858", "18229858", "EM018229858", "EM 18229858"] {
        assert!(lookup_keys(typed).iter().any(|key| mark.contains(key)), "{typed}: {mark:?}");
    }
    let american = indexed("US-P-14123456", Kind::Invention, &[("US2015123456", Some("A1"))], Some("8,926,509"));
    for typed in ["14/123,456", "US201414123456", "US 2015/0123456 A1", "20150123456", "8,926,509", "US8926509B2"] {
        assert!(lookup_keys(typed).iter().any(|key| american.contains(key)), "{typed}: {american:?}");
    }
    let design = indexed("EM-D-001066245-0001", Kind::Design, &[], None);
    for typed in ["001066245-0001", "1066245-1", "0010662450001"] {
        assert!(lookup_keys(typed).iter().any(|key| design.contains(key)), "{typed}: {design:?}");
    }
    let waiting = indexed("CN-P-pub104751825", Kind::Invention, &[("CN104751825", None)], None);
    assert!(lookup_keys("CN104751825B").iter().any(|key| waiting.contains(key)), "{waiting:?}");
    assert!(!waiting.iter().any(|key| key.contains("PUB")), "{waiting:?}");
    let layout = indexed("CN-L-BS185559220", Kind::Layout, &[], Some("BS.185559220"));
    assert!(lookup_keys("BS.185559220").iter().any(|key| layout.contains(key)), "{layout:?}");
    let pct = indexed("WO-P-CN2015071234", Kind::Invention, &[("WO2015123456", Some("A1"))], None);
    for typed in ["PCT/CN2015/071234", "WO 2015/123456 A1", "WO2015CN71234"] {
        assert!(lookup_keys(typed).iter().any(|key| pct.contains(key)), "{typed}: {pct:?}");
    }
}

/// Serials in normal form of every office, with the kind of right.
fn serials() -> impl Strategy<Value = (Office, Kind, String)> {
    let any = |code: &'static str, right: Kind, serial: &'static str| {
        serial.prop_map(move |serial| (office(code), right, serial))
    };
    prop_oneof![
        any("CN", Kind::Invention, "20(0[4-9]|[12][0-9])[18][0-9]{7}"),
        any("CN", Kind::UtilityModel, "20(0[4-9]|[12][0-9])[29][0-9]{7}"),
        any("CN", Kind::Design, "(8[5-9]|9[0-9]|0[0-2])3[0-9]{5}"),
        any("US", Kind::Invention, "1[0-8][0-9]{6}"),
        any("US", Kind::Design, "29[0-9]{6}"),
        any("EP", Kind::Invention, "[0-9]{8}"),
        any("WO", Kind::Invention, "(CN|US|IB|EP)(19[89][0-9]|20[0-4][0-9])[0-9]{6}"),
        any("JP", Kind::Invention, "(19[789][0-9]|20[0-4][0-9])[0-9]{6}"),
        any("JP", Kind::UtilityModel, "(19[789][0-9]|20[0-4][0-9])[0-9]{6}"),
        any("KR", Kind::Invention, "(19[89][0-9]|20[0-4][0-9])[0-9]{7}"),
        any("KR", Kind::Design, "(19[89][0-9]|20[0-4][0-9])[0-9]{7}"),
        any("DE", Kind::Invention, "1020(0[4-9]|[1-4][0-9])[0-9]{6}"),
        any("DE", Kind::UtilityModel, "2020(0[4-9]|[1-4][0-9])[0-9]{6}"),
        any("DE", Kind::Invention, "(19[5-9]|10[0-3])[0-9]{5}"),
        any("DE", Kind::Design, "M[0-9]{7}"),
        any("GB", Kind::Invention, "(19[2-9][0-9]|20[0-1][0-9])[0-9]{5}"),
        any("EM", Kind::Trademark, "[0-9]{9}"),
        any("EM", Kind::Design, "[0-9]{9}-[0-9]{4}"),
        any("CN", Kind::Trademark, "[1-9][0-9]{3,7}"),
        any("US", Kind::Trademark, "[7-9][0-9]{7}"),
        any("FR", Kind::Invention, "[0-9]{7}"),
    ]
}

proptest! {
    #[test]
    fn what_is_displayed_is_read_back((office, right, serial) in serials()) {
        let number = ApplicationNumber::read(office, &serial, right).unwrap();
        prop_assert_eq!((&number.serial, number.right), (&serial, right));
        let again = ApplicationNumber::read(office, &number.display(), right);
        prop_assert_eq!(again.as_ref(), Ok(&number), "{}", number.display());
        prop_assert_eq!(ApplicationNumber::read_strict(office, &number.normal(), right), Ok(number.clone()));
        let id = number.id();
        prop_assert_eq!(RightId::read(id.as_str()), Some(id));
    }

    #[test]
    fn a_displayed_number_is_found((office, right, serial) in serials()) {
        let number = ApplicationNumber::read(office, &serial, right).unwrap();
        let keys = indexed(number.id().as_str(), right, &[], None);
        for typed in [number.display(), number.normal(), number.serial.clone(), number.id().to_string()] {
            let found = lookup_keys(&typed);
            prop_assert!(found.iter().any(|key| keys.contains(key)), "{} {:?} {:?}", typed, found, keys);
        }
    }

    #[test]
    fn one_wrong_digit_is_seen(serial in "20(0[4-9]|[12][0-9])[12389][0-9]{7}", at in 0usize..12, by in 1u8..10) {
        let right = ApplicationNumber::read(Office::CN, &serial, Kind::Invention).unwrap().check.unwrap();
        let mut bytes = serial.into_bytes();
        bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assert_ne!(cn::check_digit(&changed), Some(right));
    }

    #[test]
    fn a_luhn_digit_sees_one_wrong_digit(serial in "[0-9]{8}", at in 0usize..8, by in 1u8..10) {
        let right = spelling::luhn(&serial);
        let mut bytes = serial.into_bytes();
        bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
        prop_assert_ne!(spelling::luhn(&String::from_utf8(bytes).unwrap()), right);
    }

    #[test]
    fn publications_read_back(
        code in prop::sample::select(vec!["CN", "US", "EP", "WO", "JP", "KR", "DE", "GB", "EM", "FR"]),
        text in "(D|RE|H|S|PP)?[0-9]{5,11}",
        kind in prop::option::of("[ABCSUYDT][1-9]?"),
    ) {
        prop_assume!(code == "US" || !text.starts_with('D')); // D is a design whatever kind stands behind it
        let number = PublicationNumber::read(office(code), &text, kind.as_deref()).unwrap();
        let again = PublicationNumber::read(office(code), number.as_str(), None).unwrap();
        prop_assert_eq!(&again, &number);
        prop_assert_eq!(number.waiting_id().office(), Some(office(code)));
        if let Some(kind) = kind {
            let written = number.with_kind(KindCode::read(&kind).as_ref());
            let (read, code) = PublicationNumber::read_full(&written).unwrap();
            prop_assert_eq!(code.map(|c| c.to_string()), Some(kind));
            prop_assert_eq!(read, number);
        }
    }

    #[test]
    fn reading_never_panics(text in "\\PC*", code in "[A-Z]{2}", kind in prop::option::of("\\PC{0,3}")) {
        let _ = (read_any(&text), lookup_keys(&text), PublicationNumber::read_full(&text), RightId::read(&text));
        for code in [code.as_str(), "CN", "US", "EP", "WO", "JP", "KR", "DE", "GB", "EM"] {
            for right in Kind::ALL {
                if let Ok(number) = ApplicationNumber::read(office(code), &text, right) {
                    let _ = (number.display(), number.keys(), number.id());
                }
            }
            let _ = ApplicationNumber::read_docdb(office(code), &text, kind.as_deref(), crate::read_date("19980101"));
            if let Ok(number) = PublicationNumber::read(office(code), &text, kind.as_deref()) {
                let _ = (number.waiting_id(), number.right(), number.keys(None));
            }
        }
    }

    #[test]
    fn reading_number_like_texts_never_panics(text in "[0-9A-Z平昭特開第号年 ./,()é-]{0,18}") {
        let _ = (read_any(&text), lookup_keys(&text), PublicationNumber::read_full(&text));
        for code in ["CN", "US", "EP", "WO", "JP", "KR", "DE", "GB", "EM", "FR"] {
            for kind in [None, Some("A"), Some("U"), Some("S1"), Some("W"), Some("P")] {
                let _ = PublicationNumber::read(office(code), &text, kind);
                let _ = ApplicationNumber::read_docdb(office(code), &text, kind, crate::read_date("19700101"));
            }
        }
    }
}
