use super::*;

fn form(change: impl FnOnce(&mut Form)) -> String {
    let mut form = Form::default();
    change(&mut form);
    let text = mark_query(&form);
    query::parse(&text).unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
    text
}

#[test]
fn an_empty_form_asks_for_every_mark() {
    assert_eq!(form(|_| ()), "right=trademark");
}

#[test]
fn each_field_asks_in_its_own_way() {
    let text = form(|form| {
        form.words = "NIKE".into();
        form.owner = "Müller \"Söhne\"".into();
        form.number = "018 229 858".into();
        form.nice = vec![9, 25];
        form.vienna = "26.11, 01.01.02".into();
        form.status = Some(Status::InForce);
        form.office = Some(Office::EM);
    });
    assert_eq!(
        text,
        "right=trademark AND (ti=\"NIKE\" OR ti=NIKE*) AND (pa=\"Müller \\\"Söhne\\\"\" OR ow=\"Müller \\\"Söhne\\\"\") \
         AND pn=\"018 229 858\" AND (nice=9 OR nice=25) AND vienna=26.11 AND vienna=01.01.02 AND status=in-force AND \
         office=EM"
    );
}

#[test]
fn modes_differ_in_the_words_alone() {
    for (mode, expected) in
        [(Mode::Exact, "ti==\"惠知\""), (Mode::Contains, "ti=\"惠知\""), (Mode::Sounds, "sound=\"惠知\"")]
    {
        let text = form(|form| {
            form.words = " 惠知 ".into();
            form.mode = mode;
        });
        assert_eq!(text, format!("right=trademark AND {expected}"));
    }
}

#[test]
fn nothing_typed_can_break_out_of_its_field() {
    for words in ["a\" OR *", "\\", "“x”", "a OR b", "(", "x\ny", "…", "*"] {
        let text = form(|form| {
            form.words = words.into();
            form.owner = words.into();
        });
        assert!(text.starts_with("right=trademark"), "{text}");
    }
}
