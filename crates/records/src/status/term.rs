//! How long the law lets a right last.

use jiff::ToSpan;

use crate::{Date, Office, RightKind};

/// The last day of the statutory term, where law and dates give a clear answer; `None` elsewhere.
///
/// It is the longest the right can last when every fee is paid. Term adjustments and extensions (pharmaceutical
/// certificates, US patent term adjustment) and shortenings (terminal disclaimers) are not counted: what an office
/// states goes before. Marks and geographical indications have no answer, because they can be renewed for ever: for
/// them only a stated expiry counts. `filing_date` is the date from which the office counts: for a US patent that of
/// the earliest application it continues, for a PCT application the international one.
pub fn term_end(right: RightKind, office: Office, filing_date: Option<Date>, grant_date: Option<Date>) -> Option<Date> {
    if matches!(right, RightKind::Trademark | RightKind::Gi) {
        return None;
    }
    match office {
        Office::CN => chinese(right, filing_date?),
        Office::US => american(right, filing_date, grant_date),
        Office::EP => (right == RightKind::Invention).then(|| anniversary(filing_date?, 20))?,
        Office::JP => japanese(right, filing_date?, grant_date),
        Office::KR => korean(right, filing_date?, grant_date),
        Office::DE => german(right, filing_date?),
        // Patents Act 1977 s. 25(1); Registered Designs Act 1949 s. 8: five times five years from filing.
        Office::GB => years(right, 20, None, Some(25)).and_then(|years| anniversary(filing_date?, years)),
        // Regulation (EC) 6/2002 art. 12: five times five years from filing.
        Office::EM => years(right, 0, None, Some(25)).and_then(|years| anniversary(filing_date?, years)),
        _ => None,
    }
}

/// The number of years for the kind; zero and `None` mean that the office has no such right.
fn years(right: RightKind, invention: i16, utility_model: Option<i16>, design: Option<i16>) -> Option<i16> {
    match right {
        RightKind::Invention => Some(invention).filter(|years| *years > 0),
        RightKind::UtilityModel => utility_model,
        RightKind::Design => design,
        _ => None,
    }
}

/// The same day some years later; 29 February becomes 28 February.
fn anniversary(date: Date, years: i16) -> Option<Date> {
    date.checked_add(years.years()).ok()
}

fn day_before(date: Date) -> Option<Date> {
    date.yesterday().ok()
}

/// Date from its parts, for the turning points of the laws below.
const fn day(year: i16, month: i8, day: i8) -> Date {
    jiff::civil::date(year, month, day)
}

/// China counts the filing day as the first (Examination Guidelines, part V, chapter 9, 2.1: filed on 6 September
/// 1999, ten years end with 5 September 2009).
///
/// Patent Law art. 42: invention 20, utility model 10 years; design 15 for filings from 1 June 2021, 10 before. Under
/// the law of 1984 (filings before 1993) art. 45: invention 15, others 5 and 3; inventions still in force on
/// 11 December 2001 last 20 years. Regulations on layout designs, art. 12: 10 years.
fn chinese(right: RightKind, filed: Date) -> Option<Date> {
    let first_law = filed < day(1993, 1, 1);
    let years = match right {
        RightKind::Invention if first_law && anniversary(filed, 15)? <= day(2001, 12, 11) => 15,
        RightKind::Invention => 20,
        RightKind::UtilityModel | RightKind::Design if first_law => 8,
        RightKind::Design if filed >= day(2021, 6, 1) => 15,
        RightKind::UtilityModel | RightKind::Design | RightKind::Layout => 10,
        RightKind::Plant | RightKind::Trademark | RightKind::Gi => return None,
    };
    day_before(anniversary(filed, years)?)
}

/// 35 U.S.C. 154(a)(2): 20 years from filing. 154(c)(1): a patent filed before 8 June 1995 and in force on that day has
/// 17 years from grant or 20 from filing, whichever is later; one that ended before has 17 from grant. 35 U.S.C. 173:
/// designs 15 years from grant when filed from 13 May 2015, 14 when filed before.
fn american(right: RightKind, filed: Option<Date>, granted: Option<Date>) -> Option<Date> {
    let uruguay = day(1995, 6, 8);
    match right {
        RightKind::Invention | RightKind::Plant if filed? >= uruguay => anniversary(filed?, 20),
        RightKind::Invention | RightKind::Plant => {
            let from_grant = anniversary(granted?, 17)?;
            if from_grant < uruguay { Some(from_grant) } else { Some(from_grant.max(anniversary(filed?, 20)?)) }
        }
        RightKind::Design => anniversary(granted?, if filed? >= day(2015, 5, 13) { 15 } else { 14 }),
        _ => None,
    }
}

/// Patent Act art. 67: 20 years from filing. Utility Model Act art. 15: 10 years for filings from April 2005. Design Act
/// art. 21: 25 years from filing since April 2020, 20 from registration since April 2007, 15 before.
fn japanese(right: RightKind, filed: Date, granted: Option<Date>) -> Option<Date> {
    match right {
        RightKind::Invention => anniversary(filed, 20),
        RightKind::UtilityModel if filed >= day(2005, 4, 1) => anniversary(filed, 10),
        RightKind::Design if filed >= day(2020, 4, 1) => anniversary(filed, 25),
        RightKind::Design => anniversary(granted?, if filed >= day(2007, 4, 1) { 20 } else { 15 }),
        _ => None,
    }
}

/// Patent Act art. 88: 20 years from filing. Utility Model Act art. 22: 10 years for filings from July 1999. Design
/// Protection Act art. 91: 20 years from filing since July 2014, 15 from registration before.
fn korean(right: RightKind, filed: Date, granted: Option<Date>) -> Option<Date> {
    match right {
        RightKind::Invention => anniversary(filed, 20),
        RightKind::UtilityModel if filed >= day(1999, 7, 1) => anniversary(filed, 10),
        RightKind::Design if filed >= day(2014, 7, 1) => anniversary(filed, 20),
        RightKind::Design => anniversary(granted?, 15),
        _ => None,
    }
}

/// PatG § 16: 20 years from the day after filing. GebrMG § 23: ten years from the end of the month of filing. DesignG
/// § 27: 25 years from filing.
fn german(right: RightKind, filed: Date) -> Option<Date> {
    match right {
        RightKind::Invention => anniversary(filed, 20),
        RightKind::UtilityModel => anniversary(filed, 10).map(Date::last_of_month),
        RightKind::Design => anniversary(filed, 25),
        _ => None,
    }
}
