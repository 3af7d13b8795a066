//! What the numbers promise.

use super::*;
use crate::{Level, RightKind as Kind};

pub(super) fn office(code: &str) -> Office {
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
    // Before 2002 the European rule had exceptions.
    assert_eq!(ApplicationNumber::check(Office::EP, "92900624.0", Kind::Invention), None);
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
    assert_eq!(docdb("2366704", "A", ""), "US-P-11023667");
    assert_eq!(docdb("57398931", "A", "19311109"), "US-P-01573989");
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
            ("DE", "A44733", "DE-P-A0044733", "DEA0044733"),
            ("DE", "DE1963A044733", "DE-P-A0044733", "DEA0044733"),
            ("US", "WO2013US64552", "WO-P-US2013064552", "PCT/US2013/064552"),
            ("US", "US2013/064552", "WO-P-US2013064552", "PCT/US2013/064552"),
            ("RU", "RU20150124071", "RU-P-2015124071", "RU2015124071"),
            ("CA", "CA20002300029", "CA-P-2300029", "CA2300029"),
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
        ("JP", "JP10503772T", None, "JPH10503772", 'P'),
        ("JP", "JP03960394B2", None, "JP3960394", 'P'),
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
        ("KR", "KR0184866B1", None, "KR100184866", 'P'),
        ("KR", "0114303", Some("Y1"), "KR200114303", 'U'),
        ("KR", "KR2000004919A", None, "KR20000004919", 'P'),
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
        ("GB 190113488 A", "GB190113488A"),
        ("CN20151163325U", "CN-P-201510163325"),
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
