//! Numbers: whether a record names its right, and whether check digits fit.

use super::{Finding, error};
use crate::{Office, Part};

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

pub(super) fn check_digit(part: &Part, findings: &mut Vec<Finding>) {
    let Some(number) = &part.subject.application else { return };
    if number.office != Office::CN {
        return;
    }
    let (Some(given), Some(expected)) = (number.check, chinese_check_digit(&number.serial)) else { return };
    if !given.eq_ignore_ascii_case(&expected) {
        findings.push(error(
            "check-digit",
            "application_number",
            format!("申请号 {}.{given} 的校验位应为 {expected}", number.serial),
            format!("the check digit of application {}.{given} should be {expected}", number.serial),
        ));
    }
}

/// ZC 0006-2003: the digits weighted 2 to 9 and again 2 to 5 from the left, summed, modulo 11; 10 is written X.
fn chinese_check_digit(serial: &str) -> Option<char> {
    if !matches!(serial.len(), 8 | 12) {
        return None;
    }
    let mut sum = 0;
    for (digit, weight) in serial.chars().zip((2..=9).chain(2..=5)) {
        sum += digit.to_digit(10)? * weight;
    }
    Some(char::from_digit(sum % 11, 10).unwrap_or('X'))
}
