use crate::{Figure, Style, examples, sparkline};

#[test]
fn every_kind_draws_as_recorded() {
    for figure in examples() {
        insta::assert_snapshot!(format!("page-{}", figure.id), figure.svg(Style::Page));
    }
}

#[test]
fn a_print_drawing_stands_alone() {
    for figure in examples() {
        let svg = figure.svg(Style::Print);
        assert!(!svg.contains("class="), "{}: classes need a style sheet", figure.id);
        assert!(!svg.contains("<a "), "{}: links lead nowhere on paper", figure.id);
        assert!(svg.contains("font-family="), "{}", figure.id);
    }
    let bars = Figure { width: 360, ..examples().swap_remove(0) };
    insta::assert_snapshot!("print-bars", bars.svg(Style::Print));
}

#[test]
fn a_drawing_with_links_is_a_group_so_that_they_can_be_reached() {
    let figure = examples().swap_remove(0);
    assert!(figure.svg(Style::Page).contains(r#"role="group""#));
    assert!(figure.svg(Style::Print).contains(r#"role="img""#));
}

#[test]
fn every_mark_opens_its_list() {
    for figure in examples() {
        let table = figure.table();
        let svg = figure.svg(Style::Page);
        // A treemap draws two levels, and names the first where there is room; the table has all.
        let drawn = |href: &&String| figure.id != "treemap" || href.len() == "/search?q=class=H01B".len();
        for href in table.rows.iter().flatten().filter_map(|cell| cell.href.as_ref()).filter(drawn) {
            let escaped = crate::text::escape(href);
            assert!(svg.contains(&format!("href=\"{escaped}\"")), "{}: {href}", figure.id);
        }
    }
}

#[test]
fn an_address_with_a_script_is_no_link() {
    let mut figure = examples().swap_remove(0);
    let crate::Kind::Bars(bars) = &mut figure.kind else { panic!("the first example has bars") };
    bars.marks[0].href = Some("javascript:alert(1)".to_owned());
    bars.marks[1].href = Some("/search?q=a:b".to_owned());
    let svg = figure.svg(Style::Page);
    assert!(!svg.contains("javascript"));
    assert!(svg.contains("/search?q=a:b"));
}

#[test]
fn a_figure_without_data_says_so() {
    let mut figure = examples().swap_remove(0);
    figure.kind = crate::Kind::Bars(crate::Bars::default());
    assert!(figure.svg(Style::Page).contains("没有符合条件的权利"));
}

#[test]
fn what_is_left_out_is_told() {
    let mut figure = examples().swap_remove(0);
    let crate::Kind::Bars(bars) = &mut figure.kind else { panic!("the first example has bars") };
    bars.marks = (0..250).map(|at| crate::Mark::count(format!("n{at}"), at)).collect();
    assert!(figure.svg(Style::Page).contains("图中为全部 250 项中的 100 项"));
    assert_eq!(figure.table().rows.len(), 250);
}

#[test]
fn unfinished_years_are_hatched_and_said_in_a_note() {
    let columns = examples().swap_remove(1);
    let svg = columns.svg(Style::Page);
    assert!(svg.contains("url(#columns-o1)"));
    assert!(svg.contains("数据尚不完整"));
}

#[test]
fn a_sparkline_keeps_gaps() {
    let svg = sparkline("s", "six years", &[Some(1.0), Some(2.0), None, Some(4.0), Some(5.0)], Style::Page);
    assert_eq!(svg.matches("<polyline").count(), 2);
}

#[test]
fn both_widths_have_ids_of_their_own() {
    let page = examples().swap_remove(1).svg_for_page();
    assert!(page.contains(r#"id="columns-title""#));
    assert!(page.contains(r#"id="columns-n-title""#));
    assert!(page.contains(r#"id="columns-n-o1""#));
}
