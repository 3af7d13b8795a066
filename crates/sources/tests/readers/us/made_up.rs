//! Small made-up files of every form, asserted in full.

use crate::reading::fixture;

#[test]
fn a_weekly_file_of_grants_is_a_chain_of_documents() {
    let reading = fixture("us/grants.xml");
    assert!(reading.problems.is_empty());
    insta::assert_snapshot!(reading.snapshot());
}

#[test]
fn an_application_with_parties_of_before_2012() {
    insta::assert_snapshot!(fixture("us/application.xml").snapshot());
}

#[test]
fn an_application_of_the_first_form() {
    insta::assert_snapshot!(fixture("us/pap.xml").snapshot());
}

#[test]
fn a_grant_with_entities_and_pictures_by_entity() {
    insta::assert_snapshot!(fixture("us/patdoc.xml").snapshot());
}

#[test]
fn a_green_book_week_with_a_header_line() {
    insta::assert_snapshot!(fixture("us/greenbook.txt").snapshot());
}

#[test]
fn a_day_of_trade_marks() {
    insta::assert_snapshot!(fixture("us/trademarks.xml").snapshot());
}
