//! Numbers: whether a record names its right, and whether check digits fit.

use super::{Finding, error};
use crate::{ApplicationNumber, NumberError, Part, RightKind};

pub(super) fn subject(part: &Part, findings: &mut Vec<Finding>) {
    if part.subject.id().is_none() && part.record.registration_number.is_none() {
        findings.push(error(
            "subject",
            "application_number",
            "记录没有申请号、公布号或注册号，无法归入任何权利".to_owned(),
            "the record has no application, publication or registration number and belongs to no right".to_owned(),
        ));
    }
}

/// Readers keep application numbers with the right digit, so a wrong one shows in a part that came as data, or in a
/// patent number that still stands as the office wrote it (`ZL201510163325.6`).
pub(super) fn check_digit(part: &Part, findings: &mut Vec<Finding>) {
    let Some(number) = &part.subject.application else { return };
    if let Some(check) = number.check {
        report("application_number", number, &format!("{}.{check}", number.serial), findings);
    }
    let patent = matches!(number.right, RightKind::Invention | RightKind::UtilityModel | RightKind::Design);
    if let Some(text) = part.record.registration_number.as_ref().filter(|text| patent && text.contains('.')) {
        report("registration_number", number, text, findings);
    }
}

fn report(field: &'static str, number: &ApplicationNumber, text: &str, findings: &mut Vec<Finding>) {
    if let Some(NumberError::Check { text, expected }) = ApplicationNumber::check(number.office, text, number.right) {
        let chinese = format!("号码「{text}」的校验位应为 {expected}");
        findings.push(error(
            "check-digit",
            field,
            chinese,
            format!("the check digit of «{text}» should be {expected}"),
        ));
    }
}
