use services::catalogue;

use super::*;

fn sent(flat: &Flat) -> Sent {
    let pairs = flat.0.iter().flat_map(|(path, texts)| texts.iter().map(|text| (path.clone(), text.clone())));
    Sent(pairs.collect())
}

#[test]
fn every_item_of_the_catalogue_comes_back_from_the_form_as_it_was() {
    for item in catalogue().unwrap() {
        let flat = Flat::sent(&sent(&Flat::of(&item)));
        assert_eq!(flat.item(&item.code).unwrap(), item, "{}", item.code);
    }
}

#[test]
fn rows_come_in_the_order_asked_for_and_empty_ones_go() {
    let item = catalogue().unwrap().remove(0);
    let mut pairs = sent(&Flat::of(&item)).0;
    pairs.push(("steps.0.place".to_owned(), "2".to_owned()));
    pairs.push(("steps.1.place".to_owned(), "1".to_owned()));
    pairs.push(("steps.2.place".to_owned(), "3".to_owned()));
    pairs.push(("steps.3.place".to_owned(), "4".to_owned()));
    pairs.push(("steps.9.name.zh".to_owned(), "新环节".to_owned()));
    pairs.push(("steps.9.name.en".to_owned(), "New".to_owned()));
    pairs.push(("steps.9.what.zh".to_owned(), "做事".to_owned()));
    pairs.push(("steps.9.what.en".to_owned(), "Work".to_owned()));
    pairs.push(("steps.9.place".to_owned(), "1.5".to_owned()));
    pairs.push(("steps.10.name.zh".to_owned(), "  ".to_owned()));
    pairs.push(("materials.7.need".to_owned(), "required".to_owned()));
    let written = Flat::sent(&Sent(pairs)).item(&item.code).unwrap();
    let names = |item: &Item| item.steps.iter().map(|step| step.name.zh.clone()).collect::<Vec<_>>();
    let (mut before, after) = (names(&item), names(&written));
    before.swap(0, 1);
    before.insert(1, "新环节".to_owned());
    assert_eq!(after, before);
    assert_eq!(written.materials, item.materials);
}

#[test]
fn all_that_is_wrong_is_told_at_its_field() {
    let item = catalogue().unwrap().remove(0);
    let mut pairs = sent(&Flat::of(&item)).0;
    let mut set = |path: &str, text: &str| {
        pairs.retain(|(known, _)| known != path);
        pairs.push((path.to_owned(), text.to_owned()));
    };
    set("title.en", "");
    set("promised_limit.number", "soon");
    set("basis.0.from", "yesterday");
    set("item_type", "");
    set("form", "{ \"steps\": [ }");
    let faults = Flat::sent(&Sent(pairs)).item(&item.code).unwrap_err();
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["item_type", "promised_limit.number", "basis.0.from", "form", "title.en", "promised_limit"]);
    assert!(faults.iter().all(|fault| !fault.zh.is_empty() && !fault.en.is_empty()));
}
