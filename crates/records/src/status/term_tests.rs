use super::term_end;
use crate::{Date, Office, RightKind};

fn d(text: &str) -> Option<Date> {
    crate::read_date(text)
}

#[test]
fn terms_end_as_the_laws_say() {
    use RightKind::{Design, Gi, Invention, Layout, Plant, Trademark, UtilityModel};
    for (right, office, filed, granted, end) in [
        (Invention, "CN", "2003-10-08", "", "2023-10-07"),
        (UtilityModel, "CN", "1999-09-06", "", "2009-09-05"),
        (Design, "CN", "2021-05-31", "", "2031-05-30"),
        (Design, "CN", "2021-06-01", "", "2036-05-31"),
        (Layout, "CN", "2018-03-01", "", "2028-02-29"),
        (Invention, "CN", "1985-04-01", "", "2000-03-31"),
        (Invention, "CN", "1990-04-01", "", "2010-03-31"),
        (UtilityModel, "CN", "1990-04-01", "", "1998-03-31"),
        (Invention, "US", "1995-06-08", "1998-01-06", "2015-06-08"),
        (Invention, "US", "1994-01-03", "1996-01-02", "2014-01-03"),
        (Invention, "US", "1990-01-03", "1994-01-04", "2011-01-04"),
        (Invention, "US", "1970-01-05", "1976-01-06", "1993-01-06"),
        (Plant, "US", "2001-02-28", "2003-04-01", "2021-02-28"),
        (Design, "US", "2015-05-12", "2016-03-01", "2030-03-01"),
        (Design, "US", "2015-05-13", "2016-03-01", "2031-03-01"),
        (Design, "US", "2015-05-13", "", ""),
        (Invention, "EP", "2010-02-28", "", "2030-02-28"),
        (Invention, "DE", "2010-02-28", "", "2030-02-28"),
        (UtilityModel, "DE", "2010-02-10", "", "2020-02-29"),
        (Design, "EM", "2008-12-23", "", "2033-12-23"),
        (Invention, "GB", "2001-01-31", "", "2021-01-31"),
        (Invention, "JP", "2004-02-29", "", "2024-02-29"),
        (Design, "KR", "2010-01-01", "2011-05-05", "2026-05-05"),
        (Trademark, "CN", "2001-01-31", "2002-02-07", ""),
        (Gi, "CN", "2001-01-31", "2002-02-07", ""),
        (Invention, "WO", "2001-01-31", "", ""),
        (Invention, "FR", "2001-01-31", "", ""),
    ] {
        let Ok(office) = office.parse::<Office>() else { continue };
        assert_eq!(term_end(right, office, d(filed), d(granted)), d(end), "{right:?} {office} {filed} {granted}");
    }
}

#[test]
fn without_the_date_that_counts_there_is_no_answer() {
    assert_eq!(term_end(RightKind::Invention, Office::CN, None, d("2003-10-08")), None);
    assert_eq!(term_end(RightKind::Design, Office::US, d("2003-10-08"), None), None);
}
