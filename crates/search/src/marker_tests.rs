use super::*;

fn marked<'t>(query: &str, field: Field, text: &'t str) -> Vec<&'t str> {
    let marker = Marker::of(&query::parse(query).unwrap());
    marker.places(field, text).into_iter().map(|place| &text[place]).collect()
}

#[test]
fn words_and_phrases_are_marked_in_every_script() {
    assert_eq!(marked("石墨烯 电池", Field::Title, "石墨烯复合电池"), ["石墨烯", "电池"]);
    assert_eq!(marked("\"solid electrolyte\"", Field::Abstract, "A Solid Electrolyte, solid"), ["Solid Electrolyte"]);
    assert_eq!(marked("電池", Field::Claims, "一种电池"), ["电池"], "traditional and simplified are one");
}

#[test]
fn a_condition_marks_its_own_field_alone() {
    assert_eq!(marked("ti=电池", Field::Title, "电池"), ["电池"]);
    assert_eq!(marked("ti=电池", Field::Abstract, "电池"), [""; 0]);
    assert_eq!(marked("电池", Field::Description, "电池"), [""; 0], "not searched without its name");
    assert_eq!(marked("de=电池", Field::Description, "电池"), ["电池"]);
    assert_eq!(marked("华为", Field::Applicant, "华为技术有限公司"), ["华为"]);
}

#[test]
fn what_is_excluded_is_not_marked() {
    assert_eq!(marked("电池 NOT 铅酸", Field::Title, "铅酸电池"), ["电池"]);
    assert_eq!(marked("电池 -(铅酸 OR 锂)", Field::Title, "锂电池"), ["电池"]);
}

#[test]
fn both_sides_of_a_nearness_are_marked() {
    assert_eq!(marked("ab=(固态 NEAR/5 电池)", Field::Abstract, "固态锂电池"), ["固态", "电池"]);
    assert_eq!(marked("ab=((a1 OR b2) SEN c3)", Field::Abstract, "b2 then c3"), ["b2", "c3"]);
}

#[test]
fn patterns_mark_what_fits_them() {
    assert_eq!(marked("ti=graph*", Field::Title, "Graphene and graphite, no graf"), ["Graphene", "graphite"]);
    assert_eq!(marked("ti=wom?n", Field::Title, "woman women womn"), ["woman", "women"]);
    assert_eq!(marked("pa=*科技*", Field::Applicant, "云岭科技有限公司"), ["科技"]);
    assert_eq!(marked("ti=固态*电池", Field::Title, "固态锂金属电池"), ["固态", "电池"]);
    assert_eq!(marked("ti=固态*电池", Field::Title, "电池与固态"), [""; 0], "in this order only");
    assert_eq!(marked("ti=固态*电池", Field::Title, "固态\n电池"), [""; 0], "in one paragraph only");
    assert_eq!(marked("ti=固?电池", Field::Title, "固态电池"), ["固态电池"]);
}

#[test]
fn whole_values_are_marked_whole_or_not_at_all() {
    assert_eq!(marked("pa==\"huawei co., ltd.\"", Field::Applicant, " HUAWEI Co Ltd "), ["HUAWEI Co Ltd"]);
    assert_eq!(marked("pa==huawei", Field::Applicant, "Huawei Co"), [""; 0]);
}

#[test]
fn marks_never_split_a_character_or_overlap() {
    let texts = ["é́石ﬁ墨 烯电池。Ａ１ battery", "", "。。", "电", "𠮷野家电池"];
    for query in ["电", "石墨 墨烯", "*电* OR a1", "ti=吉* batter?", "fi"] {
        let Ok(query) = query::parse(query) else { continue };
        for text in texts {
            let places = Marker::of(&query).places(Field::Title, text);
            assert!(places.windows(2).all(|pair| pair[0].end < pair[1].start));
            assert!(places.iter().all(|place| text.get(place.clone()).is_some_and(|marked| !marked.is_empty())));
        }
    }
}

#[test]
fn a_query_without_words_marks_nothing() {
    for query in ["", "ad=2020", "status=有效", "NOT 电池", "pn=CN104751825B"] {
        assert!(Marker::of(&query::parse(query).unwrap()).is_empty(), "{query}");
    }
}
