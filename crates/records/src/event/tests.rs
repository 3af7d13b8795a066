use super::Effect::{
    Corrected, DisputeEnded, Disputed, Examination, Expired, Filed, Frozen, Granted, Invalidated, Lapsed, LicenceEnded,
    Licensed, Narrowed, PartyChanged, PledgeEnded, Pledged, Published, Refused, Renewed, Restored, Surrendered,
    Transferred, Unfrozen, Withdrawn,
};
use super::{Effect, cn, cn_trademark, de, eu, inpadoc, us_trademark};
use crate::{Office, Status, read_date};

#[test]
fn chinese_codes_speak_before_words() {
    for (code, text, effect) in [
        ("PB01", "公布", Some(Published)),
        ("SE01", "", Some(Examination)),
        ("gr01 ", "", Some(Granted)),
        ("CF01", "未缴年费专利权终止", Some(Lapsed)),
        ("CX01", "专利权有效期届满", Some(Expired)),
        ("RGAV", "避免重复授权放弃专利权", Some(Surrendered)),
        ("TR01", "专利申请权、专利权的转移", Some(Transferred)),
        ("PM01", "专利权质押合同登记的变更", None),
        ("DD01", "文件的公告送达", None),
        ("C14", "授权", Some(Granted)),
        ("C02", "", Some(Withdrawn)),
        ("EXPY", "", Some(Lapsed)),
        ("EXPY", "专利权有效期届满", Some(Expired)),
        ("C35", "专利权部分无效", Some(Narrowed)),
        ("C35", "", None),
        ("PLDC", "专利权质押合同登记的注销", Some(PledgeEnded)),
    ] {
        assert_eq!(cn::effect(code, text), effect, "{code} {text}");
    }
}

#[test]
fn chinese_words_are_heard_in_every_spelling() {
    for (text, effect) in [
        ("公开", Some(Published)),
        ("公布", Some(Published)),
        ("实质审查的生效", Some(Examination)),
        ("实质审查请求的生效", Some(Examination)),
        ("授权", Some(Granted)),
        ("授权公告", Some(Granted)),
        ("外观设计专利权授予", Some(Granted)),
        ("专利权的授予", Some(Granted)),
        ("专利权的终止(未缴年费专利权终止)", Some(Lapsed)),
        ("专利权的终止未缴年费专利权终止", Some(Lapsed)),
        ("专利权的终止（专利权有效期届满）", Some(Expired)),
        ("未缴年费专利权终止 专利号：ZL2010；授权公告日：20120101", Some(Lapsed)),
        ("专利权有效期届满", Some(Expired)),
        ("专利权的主动放弃", Some(Surrendered)),
        ("专利权的放弃", Some(Surrendered)),
        ("避免重复授予专利权", Some(Surrendered)),
        ("视为放弃取得专利权", Some(Withdrawn)),
        ("发明专利申请公布后的视为撤回", Some(Withdrawn)),
        ("视为撤回的专利申请", Some(Withdrawn)),
        ("发明专利申请公布后的撤回", Some(Withdrawn)),
        ("发明专利申请公布后的驳回", Some(Refused)),
        ("专利权全部无效", Some(Invalidated)),
        ("专利权的无效宣告专利权全部无效", Some(Invalidated)),
        ("宣告专利权部分无效", Some(Narrowed)),
        ("专利申请权、专利权的转移", Some(Transferred)),
        ("专利申请权、专利权的转移专利权的转移登记生效日:20150101", Some(Transferred)),
        ("著录事项变更", Some(PartyChanged)),
        ("专利权人的姓名或者名称、地址的变更", Some(PartyChanged)),
        ("专利实施许可合同备案的生效", Some(Licensed)),
        ("专利实施许可合同的备案", Some(Licensed)),
        ("专利实施许可合同备案的变更", None),
        ("专利实施许可合同备案的注销", Some(LicenceEnded)),
        ("专利实施许可合同备案的生效、变更及注销", None),
        ("专利权质押合同登记的生效", Some(Pledged)),
        ("专利权质押合同登记的注销", Some(PledgeEnded)),
        ("专利权的保全", Some(Frozen)),
        ("专利权保全的解除", Some(Unfrozen)),
        ("专利权的保全及其解除", None),
        ("权利的恢复", Some(Restored)),
        ("发明专利更正", Some(Corrected)),
        ("文件的公告送达", None),
        ("通知书发文日", None),
        ("", None),
    ] {
        assert_eq!(cn::effect("", text), effect, "{text}");
    }
}

#[test]
fn details_never_change_the_effect() {
    let text = "专利权的转移\n变更前权利人：某许可转让终止公司";
    assert_eq!(cn::effect("", text), Some(Transferred));
}

#[test]
fn prs_information_comes_apart_and_together() {
    let information = "登记生效日：20190102\n变更前权利人：甲公司\n乙公司\n变更后权利人:丙公司；地址：";
    let facts = cn::facts(information);
    let expected =
        [("登记生效日", "20190102"), ("变更前权利人", "甲公司 乙公司"), ("变更后权利人", "丙公司"), ("地址", "")];
    assert_eq!(facts, expected.map(|(label, value)| (label.to_owned(), value.to_owned())));
    let event = cn::event(read_date("20190115"), "tr01", "专利权的转移", information);
    assert_eq!(event.code, "TR01");
    assert_eq!(event.effect, Some(Transferred));
    assert_eq!(event.text, "专利权的转移；登记生效日：2019-01-02；变更前权利人：甲公司 乙公司；变更后权利人：丙公司");
    assert_eq!(cn::facts("IPC(主分类): H04M 3/487；申请日：20140529").len(), 2);
    assert_eq!(cn::event_text("授权", ""), "授权");
    assert!(cn::facts(" \n ").is_empty());
}

#[test]
fn inpadoc_codes_of_eight_offices() {
    for (office, code, text, effect) in [
        ("CN", "CF01", "", Some(Lapsed)),
        ("EP", "17P ", "", Some(Examination)),
        ("EP", "PG25", "", None),
        ("EP", "PGFP", "", None),
        ("EP", "PGRI", "", None),
        ("EP", "18D", "", Some(Withdrawn)),
        ("EP", "27W", "", Some(Invalidated)),
        ("EP", "27A", "", Some(Narrowed)),
        ("EP", "STAA", "STATUS: THE APPLICATION IS DEEMED TO BE WITHDRAWN", Some(Withdrawn)),
        ("EP", "STAA", "STATUS: THE PATENT HAS BEEN GRANTED", Some(Granted)),
        ("EP", "STAA", "STATUS: NO OPPOSITION FILED WITHIN TIME LIMIT", None),
        ("US", "STCF", "PATENTED CASE", Some(Granted)),
        ("US", "STCB", "ABANDONED  --  FAILURE TO RESPOND TO AN OFFICE ACTION", Some(Withdrawn)),
        ("US", "STPP", "NON FINAL ACTION MAILED", Some(Examination)),
        ("US", "STCH", "PATENT EXPIRED DUE TO NONPAYMENT OF MAINTENANCE FEES UNDER 37 CFR 1.362", Some(Lapsed)),
        ("US", "FEPP", "", None),
        ("US", "MAFP", "", Some(Renewed)),
        ("US", "AS", "", Some(Transferred)),
        ("JP", "R150", "", Some(Granted)),
        ("JP", "A02", "", Some(Refused)),
        ("JP", "EXPY", "", Some(Expired)),
        ("KR", "REGI", "", Some(Granted)),
        ("KR", "F11", "IP RIGHT GRANTED FOLLOWING SUBSTANTIVE EXAMINATION", Some(Granted)),
        ("KR", "U11", "FULL RENEWAL OR MAINTENANCE FEE PAID", Some(Renewed)),
        ("DE", "R119", "", Some(Lapsed)),
        ("DE", "R003", "", Some(Refused)),
        ("GB", "PCNP", "", Some(Lapsed)),
        ("WO", "NENP", "", None),
        ("FR", "PLFP", "", None),
    ] {
        let Ok(office) = office.parse::<Office>() else { continue };
        assert_eq!(inpadoc::effect_with_text(office, code, text), effect, "{office} {code} {text}");
    }
}

fn rows(rows: &[[&str; 5]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn the_offices_list_serves_codes_no_table_knows() {
    let header = ["Authority", "Event-code", "Influence", "Description ENG", "Event-class"];
    let table = inpadoc::CodeTable::from_rows(rows(&[
        header,
        ["FI", "MM  ", "-", "PATENT LAPSED", "H"],
        ["IE", "MK9A", "-", "PATENT EXPIRED", "H"],
        ["AU", "FGA", "+", "LETTERS PATENT SEALED OR GRANTED", "F"],
        ["ES", "NE2A", " ", "REQUEST FOR RESTORATION [PATENT]", "K"],
        ["ES", "NF2A", "+", "RESTORATION GRANTED", "K"],
        ["ES", "FC2A", "-", "GRANT REFUSED", "B"],
        ["NL", "SD", " ", "ASSIGNMENTS OF PATENTS", "R"],
        ["NL", "RE", "-", "SEIZURE", "S"],
        ["NL", "SPCL", "-", "LAPSE OF SUPPLEMENTARY PROTECTION CERTIFICATE", "H"],
        ["EP", "NLV4", "-", "NL: LAPSED DUE TO NON-PAYMENT OF THE ANNUAL FEE", "H"],
        ["EP", "PG25", "-", "LAPSED IN A CONTRACTING STATE", "H"],
        ["BR", "B27B", "+", "REQUEST FOR A GREEN PATENT GRANTED", "F"],
        ["BE", "MF", "-", "PATENT INVALIDATED AT REQUEST OF THIRD PARTY", "H"],
        ["AU", "TC", " ", "CHANGE OF APPLICANT'S NAME (SEC. 104)", "R"],
        ["BE", "QC", " ", "LICENCE AGREEMENT ENDED", "S"],
        ["GB", "717W", "-", "APPLICATION WITHDRAWN [REQUEST FOR CORRECTION OF ERRORS]", "P"],
        ["AT", "EZZ", " ", "SOMETHING ELSE", ""],
        ["", "X", "-", "NO OFFICE", "H"],
    ]))
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(table.len(), 17);
    for (office, code, effect) in [
        ("FI", "mm", Some(Lapsed)),
        ("IE", "MK9A", Some(Expired)),
        ("AU", "FGA", Some(Granted)),
        ("ES", "NE2A", None),
        ("ES", "NF2A", Some(Restored)),
        ("ES", "FC2A", Some(Refused)),
        ("NL", "SD", Some(Transferred)),
        ("NL", "RE", Some(Frozen)),
        ("NL", "SPCL", None),
        ("EP", "NLV4", None),
        ("EP", "PG25", None),
        ("EP", "18R", Some(Refused)),
        ("BR", "B27B", None),
        ("BE", "MF", Some(Invalidated)),
        ("AU", "TC", Some(PartyChanged)),
        ("BE", "QC", Some(LicenceEnded)),
        ("GB", "717W", None),
        ("AT", "EZZ", None),
        ("AT", "NONE", None),
    ] {
        let Ok(office) = office.parse::<Office>() else { continue };
        assert_eq!(table.effect(office, code, ""), effect, "{office} {code}");
    }
    assert_eq!(table.description(Office::EP, "nlv4"), Some("NL: LAPSED DUE TO NON-PAYMENT OF THE ANNUAL FEE"));
}

#[test]
fn a_list_without_its_columns_is_refused_with_their_names() {
    assert_eq!(inpadoc::CodeTable::from_rows(Vec::new()), Err(inpadoc::CodeTableError::Empty));
    let error = inpadoc::CodeTable::from_rows(rows(&[["Authority", "Code", "", "", ""]]));
    assert!(error.is_err_and(|error| error.to_string().contains("Event-code")));
}

#[test]
fn us_mark_status_codes() {
    for (code, status) in [
        ("602", Some(Status::Withdrawn)),
        ("603", Some(Status::Refused)),
        ("616", Some(Status::Pending)),
        ("630", Some(Status::Pending)),
        ("686", Some(Status::Pending)),
        ("700", Some(Status::InForce)),
        ("702", Some(Status::InForce)),
        ("710", Some(Status::Lapsed)),
        ("774", Some(Status::Pending)),
        ("790", Some(Status::InForce)),
        ("800", Some(Status::InForce)),
        ("900", Some(Status::Expired)),
        ("401", Some(Status::Lapsed)),
        ("000", None),
        ("969", None),
        ("x", None),
    ] {
        assert_eq!(us_trademark::status(code).map(|(status, _)| status), status, "{code}");
    }
    // The codes that the office counts as dead, and all between them that it does not.
    let dead = |code: u16| matches!(code, 400..=417 | 600..=610 | 614 | 618 | 622 | 626 | 709..=714 | 900);
    for code in 400..=900 {
        if let Some((status, text)) = us_trademark::status(&code.to_string()) {
            assert_eq!(dead(code), !matches!(status, Status::Pending | Status::InForce), "{code} {text}");
        }
    }
}

#[test]
fn us_mark_events() {
    for (code, text, effect) in [
        ("NWAP", "NEW APPLICATION ENTERED", Some(Filed)),
        ("CNRT", "NON-FINAL ACTION MAILED", Some(Examination)),
        ("CNRTF", "NON-FINAL ACTION MAILED", Some(Examination)),
        ("PUBOA", "", Some(Published)),
        ("R.PRA", "REGISTERED-PRINCIPAL REGISTER", Some(Granted)),
        ("RNL1Q", "REGISTERED AND RENEWED (FIRST RENEWAL - 10 YRS)", Some(Renewed)),
        ("C15AO", "REGISTERED - SEC. 8 (6-YR) ACCEPTED & SEC. 15 ACK.", Some(Renewed)),
        ("ASGNI", "AUTOMATIC UPDATE OF ASSIGNMENT OF OWNERSHIP", Some(Transferred)),
        ("ABN2O", "ABANDONMENT - FAILURE TO RESPOND OR LATE RESPONSE", Some(Withdrawn)),
        ("MAILI", "PAPER RECEIVED", None),
        ("ZZZZ", "CANCELLED SEC. 8 (6-YR)", Some(Lapsed)),
        ("ZZZZ", "CANCELLATION INSTITUTED NO. 999999", Some(Disputed)),
        ("ZZZZ", "CERTIFICATE OF CORRECTION ISSUED", Some(Corrected)),
        ("", "SOMETHING ELSE", None),
    ] {
        assert_eq!(us_trademark::effect(code, text), effect, "{code} {text}");
    }
}

#[test]
fn eu_states_in_both_spellings() {
    for (text, status) in [
        ("Registered", Status::InForce),
        ("Application opposed", Status::Pending),
        ("ApplicationOpposed", Status::Pending),
        ("Application under examination", Status::Pending),
        ("UNDER_EXAMINATION", Status::Pending),
        ("Application withdrawn", Status::Withdrawn),
        ("Application refused", Status::Refused),
        ("Appeal pending", Status::Pending),
        ("Registration cancellation pending", Status::InForce),
        ("RegistrationCancelled", Status::Lapsed),
        ("Registration surrendered", Status::Lapsed),
        ("Registration expired", Status::Expired),
        ("something new", Status::Unknown),
    ] {
        assert_eq!(eu::mark_status(text), status, "{text}");
    }
    for (text, status) in [
        ("Registered and fully published", Status::InForce),
        ("Registered and subject to deferment", Status::InForce),
        ("Design lapsed", Status::Lapsed),
        ("DesignLapsed", Status::Lapsed),
        ("DESIGN_SURRENDERED", Status::Lapsed),
        ("Design declared invalid", Status::Lapsed),
        ("Invalidity procedure pending", Status::InForce),
        ("Filed", Status::Pending),
        ("Expired", Status::Expired),
        ("", Status::Unknown),
    ] {
        assert_eq!(eu::design_status(text), status, "{text}");
    }
}

#[test]
fn eu_register_entries() {
    for (kind, status, effect) in [
        ("Renewal Registration", "Record Published", Some(Renewed)),
        ("Transfer of Ownership", "Record Published", Some(Transferred)),
        ("Proprietor - Total transfers", "Published", Some(Transferred)),
        ("Change Names Addresses of Owners", "Not to be published", Some(PartyChanged)),
        ("Change of Names and Addresses of Rep", "Record Published", Some(PartyChanged)),
        ("Appointment Replacement and Deletion of Designers", "Record Published", Some(PartyChanged)),
        ("Representative - Deletion of the representative", "Published", Some(PartyChanged)),
        ("Relative Errors on Part A on Design", "Record Published", Some(Corrected)),
        ("Transfer of Ownership", "Decision to reject (final)", None),
        ("Transfer of Ownership", "Exam deficiency", None),
        ("Licence", "Registered", Some(Licensed)),
        ("Cancellation of Licence", "Registered", Some(LicenceEnded)),
        ("Right in rem", "Registered", Some(Pledged)),
        ("Partial Surrender", "Registered", Some(Narrowed)),
        ("Something new", "Registered", None),
    ] {
        assert_eq!(eu::record_effect(kind, status), effect, "{kind} {status}");
    }
}

#[test]
fn chinese_mark_steps_and_states() {
    for (step, effect) in [
        ("商标注册申请---申请收文", Some(Filed)),
        ("商标注册申请---受理通知书发文", Some(Examination)),
        ("商标注册申请---等待实质审查", Some(Examination)),
        ("商标注册申请---驳回通知发文", Some(Refused)),
        ("打印驳回或部分驳回通知书", Some(Refused)),
        ("等待驳回复审", Some(Examination)),
        ("初审公告", Some(Published)),
        ("商标异议申请中", Some(Disputed)),
        ("注册公告", Some(Granted)),
        ("商标注册申请---打印注册证", Some(Granted)),
        ("商标续展中", None),
        ("商标续展完成", Some(Renewed)),
        ("商标变更完成", Some(PartyChanged)),
        ("商标转让中", None),
        ("商标转让完成", Some(Transferred)),
        ("使用许可备案完成", Some(Licensed)),
        ("撤销连续三年停止使用注册商标中", Some(Disputed)),
        ("撤销三年不使用待审中", Some(Disputed)),
        ("无效宣告中", Some(Disputed)),
        ("无效宣告完成", None),
        ("商标注销申请完成", Some(Surrendered)),
        ("商标注销申请中", None),
        ("商标质权登记完成", Some(Pledged)),
        ("", None),
    ] {
        assert_eq!(cn_trademark::effect(step), effect, "{step}");
    }
    for (text, status) in [
        ("等待实质审查", Status::Pending),
        ("注册申请审查中", Status::Pending),
        ("驳回复审中", Status::Pending),
        ("初审公告", Status::Pending),
        ("异议中", Status::Pending),
        ("注册公告", Status::InForce),
        ("注册", Status::InForce),
        ("撤销/无效宣告申请审查中", Status::InForce),
        ("商标无效", Status::Lapsed),
        ("专用权已过期", Status::Expired),
        ("已驳回", Status::Refused),
        ("随便什么", Status::Unknown),
    ] {
        assert_eq!(cn_trademark::status(text), status, "{text}");
    }
}

#[test]
fn german_states_in_words_and_keys() {
    for (text, status) in [
        ("Not pending/lapsed", Status::Lapsed),
        ("nicht-anhaengig-erloschen", Status::Lapsed),
        ("Nicht anhängig/erloschen", Status::Lapsed),
        ("anhaengig-in-kraft", Status::InForce),
        ("Pending/in force", Status::InForce),
        ("Pending", Status::Pending),
        ("Anmeldung zurückgenommen", Status::Withdrawn),
        ("Anmeldung zurückgewiesen", Status::Refused),
        ("Akte vernichtet", Status::Lapsed),
        ("akte-vernichtet", Status::Lapsed),
        ("Marke eingetragen", Status::InForce),
        ("Marke nicht geloescht", Status::InForce),
        ("Marke gelöscht", Status::Lapsed),
        ("Design registration cancelled, paper file deleted", Status::Lapsed),
        ("Paper File Destroyed", Status::Lapsed),
        ("Design Registered", Status::InForce),
        ("???", Status::Unknown),
    ] {
        assert_eq!(de::status(text), status, "{text}");
    }
    for (words, effect) in [
        ("Loeschung Inhaber Löschung wegen Nichtverlängerung nach § 47", Some(Expired)),
        ("Loeschung Inhaber", Some(Surrendered)),
        ("Eintragung Marke eingetragen", Some(Granted)),
        ("Widerspruch Marke nicht geloescht", Some(DisputeEnded)),
        ("Umschreibung Abgeschlossen", Some(Transferred)),
        ("Verlaengerung Verlaengert", Some(Renewed)),
        ("Berichtigung", Some(Corrected)),
        ("Design Registered", Some(Granted)),
        ("Cancellation Expiry Term Of Protection", Some(Expired)),
        ("", None),
    ] {
        assert_eq!(de::effect(words), effect, "{words}");
    }
}

#[test]
fn effects_have_codes_and_names() {
    for effect in Effect::ALL {
        assert_eq!(Effect::from_code(effect.code()), Some(effect));
        assert!(!effect.label("zh").is_ascii() && effect.label("en").is_ascii());
    }
    assert_eq!(Effect::from_code("nothing"), None);
}
