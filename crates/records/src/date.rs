//! Calendar dates as offices write them.

pub use jiff::civil::Date;

/// Reads a date in any unambiguous numeric form: `20231003`, `2023-10-03`, `2023.10.03`, `2023/10/3`,
/// `2023年10月3日`, or the date part of a time stamp. Zero dates (`00000000`), partial dates (`20231000`)
/// and anything else give `None`: an unknown date is absent, never invented.
pub fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = text.split_once('T').map_or(text, |(date, _)| date);
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return make(&text[..4], &text[4..6], &text[6..]);
    }
    let mut fields = text.split(|c: char| !c.is_ascii_digit()).filter(|f| !f.is_empty());
    let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
    if year.len() != 4 || fields.next().is_some_and(|rest| rest.len() > 2) {
        return None;
    }
    make(year, month, day)
}

fn make(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().filter(|d| d.year() > 1700)
}
