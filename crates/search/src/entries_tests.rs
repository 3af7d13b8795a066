use super::*;

fn typed(list: &str) -> Vec<String> {
    entries(list).map(|entry| entry.typed).collect()
}

#[test]
fn every_separator_cuts() {
    let list = "CN104751825B\nUS8926509；EP2930123,018229858\tZL201510163325.6、CN203232659U，JP2016012345\r\n\n";
    let expected =
        ["CN104751825B", "US8926509", "EP2930123", "018229858", "ZL201510163325.6", "CN203232659U", "JP2016012345"];
    assert_eq!(typed(list), expected);
}

#[test]
fn commas_and_spaces_inside_a_number_do_not() {
    assert_eq!(typed("US 8,000,000 B2"), ["US 8,000,000 B2"]);
    assert_eq!(typed("EP 2 930 123"), ["EP 2 930 123"]);
    assert_eq!(typed("8926509,123456"), ["8926509", "123456"]);
    assert_eq!(typed("201510163325.6 201910302430.X"), ["201510163325.6", "201910302430.X"]);
}

#[test]
fn rows_of_a_spreadsheet_give_their_numbers_alone() {
    let list = "申请号\t名称\t申请日\nCN201510163325.6\t一种电池\t2015-04-08\n\"US8926509\",Imaging and sensing 300 devices of many kinds,2015/1/6";
    assert_eq!(typed(list), ["CN201510163325.6", "US8926509"]);
    let lines: Vec<usize> = entries(list).map(|entry| entry.line).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn a_line_that_is_no_number_is_kept_to_be_told() {
    assert_eq!(typed("CN104751825B\nhello"), ["CN104751825B", "hello"]);
    assert_eq!(typed("\u{feff}申请号\nCN104751825B"), ["CN104751825B"]);
    assert_eq!(typed(""), [""; 0]);
    assert_eq!(typed(",,;\t\n,"), [""; 0]);
}
