use std::fmt::Write as _;

use proptest::prelude::*;

use crate::{
    PARAGRAPH_END, RunToken, SENTENCE_END, VALUE_GAP, alike, analyse, fold, highlight, initials, paragraphs, run,
    sentences, sounds, syllables, whole,
};

/// `term@position` of every token, boundaries as `.` and `¶`.
fn show(text: &str) -> String {
    let mut shown = String::new();
    analyse(text, 0, &mut |token| {
        let term = match token.text {
            SENTENCE_END => ".",
            PARAGRAPH_END => "¶",
            term => term,
        };
        let _ = write!(shown, "{}{term}@{}", if shown.is_empty() { "" } else { " " }, token.position);
    });
    shown
}

/// Whether a text holds a run, by nothing but its tokens.
fn finds(text: &str, asked: &[RunToken]) -> bool {
    let mut tokens = Vec::new();
    analyse(text, 0, &mut |t| {
        if !t.is_boundary() {
            tokens.push((t.position, t.text.to_owned()));
        }
    });
    tokens.iter().any(|(start, _)| {
        asked.iter().all(|a| {
            tokens.iter().any(|(position, term)| {
                *position == start + a.offset && if a.prefix { term.starts_with(&a.text) } else { *term == a.text }
            })
        })
    })
}

#[test]
fn letters_below_an_accent_are_folded_too_and_no_character_changes_when_folded_again() {
    assert_eq!((&*fold("Ǣ"), &*fold("ǽ"), &*fold("Ǿ")), ("ae", "ae", "o"));
    for c in '\u{0}'..=char::MAX {
        let text = c.to_string();
        let folded = fold(&text).into_owned();
        assert_eq!(fold(&folded), folded, "{c:?}");
    }
}

#[test]
fn folding_brings_spellings_together() {
    for (one, other) in [
        ("ＬＥＤ　１２", "led 12"),
        ("Émile Zola", "emile zola"),
        ("Straße", "strasse"),
        ("Ångström Øre Łódź", "angstrom ore lodz"),
        ("石墨烯電池", "石墨烯电池"),
        ("憂鬱的臺灣烏龜", "忧郁的台湾乌龟"),
        ("ﾊﾟﾈﾙｶﾞﾗｽ", "パネルガラス"),
        ("e\u{301}t\u{e9}", "ete"),
        ("İstanbul", "istanbul"),
        ("㈱東芝", "(株)东芝"),
        ("ﬁber H₂O ㎜", "fiber h2o mm"),
        ("Рай Ёлка", "рай ёлка"),
        ("ma\u{ad}chine\u{200b}", "machine"),
    ] {
        assert_eq!(fold(one), other);
    }
    assert!(matches!(fold("plain text"), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn chinese_gives_pairs_and_other_scripts_words() {
    assert_eq!(show("锂离子电池"), "锂离@0 离子@1 子电@2 电池@3 池@4 .@4 ¶@4");
    assert_eq!(show("A-B型LED灯"), "a@0 b@1 型@2 led@3 灯@4 .@4 ¶@4");
    assert_eq!(show("Crème brûlée"), "creme@0 brulee@1 .@1 ¶@1");
    assert_eq!(show("电池，其"), "电池@0 池@1 其@2 .@2 ¶@2");
    assert_eq!(show(" ,.。\n"), "");
}

#[test]
fn sentences_and_paragraphs_end_where_readers_end_them() {
    assert_eq!(show("甲。乙"), "甲@0 .@0 乙@1 .@1 ¶@1");
    assert_eq!(show("甲。\n乙"), "甲@0 .@0 ¶@0 乙@1 .@1 ¶@1");
    assert_eq!(show("One two. Three"), "one@0 two@1 .@1 three@2 .@2 ¶@2");
    for whole in ["is 3.5 V", "see Fig. 1 here", "U.S. Pat. No. 7", "e.g. this", "a sum. of parts", "x; y"] {
        assert_eq!(sentences(whole).len(), 1, "{whole}");
    }
    let text = "电池。 它（见图）工作！\n\n Next one. Last";
    let parts: Vec<_> = sentences(text).into_iter().map(|s| &text[s]).collect();
    assert_eq!(parts, ["电池。", "它（见图）工作！", "Next one.", "Last"]);
    let parts: Vec<_> = paragraphs(text).into_iter().map(|s| &text[s]).collect();
    assert_eq!(parts, ["电池。 它（见图）工作！", "Next one. Last"]);
}

#[test]
fn values_stand_apart() {
    let next = analyse("电池", 0, &mut |_| {});
    assert_eq!(next, 2 + VALUE_GAP);
    assert_eq!(analyse("", next, &mut |_| {}), next);
    let mut first = None;
    analyse("one", next, &mut |token| first = first.or(Some(token.position)));
    assert_eq!(first, Some(next));
}

#[test]
fn tokens_know_their_place_in_the_original() {
    let text = "ＡB電池";
    let mut places = Vec::new();
    analyse(text, 5, &mut |t| places.push((t.text.to_owned(), t.position, &text[t.from..t.to])));
    assert_eq!(places[0], ("ab".to_owned(), 5, "ＡB"));
    assert_eq!(places[1], ("电池".to_owned(), 6, "電池"));
}

#[test]
fn endless_words_are_cut_alike_everywhere() {
    let long = "ACGT".repeat(100);
    assert!(finds(&long, &run(&long)));
    assert_eq!(run(&long).len(), 4);
    assert!(run(&"é".repeat(500)).iter().all(|token| token.text.len() <= 120));
}

#[test]
fn runs_ask_what_a_text_must_show() {
    let token = |offset, text: &str, prefix| RunToken { offset, text: text.to_owned(), prefix };
    assert_eq!(run("电"), [token(0, "电", true)]);
    assert_eq!(run("电池"), [token(0, "电池", false)]);
    assert_eq!(run("蓄电池"), [token(0, "蓄电", false), token(1, "电池", false)]);
    assert_eq!(run("solid-state"), [token(0, "solid", false), token(1, "state", false)]);
    assert_eq!(run("A型"), [token(0, "a", false), token(1, "型", true)]);
    assert_eq!(run("池，池"), [token(0, "池", false), token(1, "池", true)]);
    assert_eq!(run("，。"), []);
    assert!(!finds("电池，其特征", &run("电池其特征")));
    assert!(!finds("电池其特征", &run("电池，其特征")));
    assert!(finds("一种電池，其特徵在於", &run("电池，其特")));
}

#[test]
fn highlights_cover_what_was_asked() {
    let text = "固態電池與電解質，Ｂattery pack batteries";
    let places = highlight(text, &[run("态电"), run("电"), run("battery pack")]);
    let shown: Vec<_> = places.into_iter().map(|place| &text[place]).collect();
    assert_eq!(shown, ["態電", "電", "Ｂattery pack"]);
    assert!(highlight(text, &[run(""), run("无")]).is_empty());
}

#[test]
fn spellings_of_one_value_have_one_key() {
    for (text, key) in [
        ("ＨＵＡＷＥＩ Technologies Co., Ltd.", "huawei technologies co ltd"),
        ("華為（深圳） 公司", "华为深圳公司"),
        ("华为 LED 公司", "华为led公司"),
        ("A-B型", "a b型"),
        ("  Société Générale ", "societe generale"),
        ("7-11", "7 11"),
        ("★，", ""),
    ] {
        assert_eq!(whole(text), key, "{text}");
    }
    assert_eq!(whole(&"长".repeat(500)).len(), 999);
    assert_eq!(whole(&"a ".repeat(2000)), "a ".repeat(500).trim_end());
}

/// `key@position` of every sound.
fn heard(text: &str) -> String {
    let mut shown = Vec::new();
    sounds(text, &mut |key, position| shown.push(format!("{key}@{position}")));
    shown.join(" ")
}

#[test]
fn characters_and_letters_meet_in_their_sound() {
    assert_eq!(heard("奈克"), "cNK@0 ylai@0 yke@1");
    assert_eq!(heard("Naike sport"), "lNK@0 ylai@0 yke@1 lSPRT@2");
    assert_eq!(heard("耐克NIKE"), "cNK@0 ylai@0 yke@1 lNK@2 yli@2 yke@3");
    assert_eq!(heard("hui"), "lHui@0 yhui@0", "one consonant tells little");
    assert_eq!(heard("7-11 Ёлка"), "l7@0 l11@1 lёлка@2");
    assert_eq!(heard("，。"), "");
    let syllables_of = |text| alike(text).together.join(" ");
    for (one, other) in [
        ("蓝灵", "男林"),
        ("中山", "zong san"),
        ("绿", "lü"),
        ("女", "nv"),
        ("绿", "lv"),
        ("xian", "先"),
        ("朗", "lan"),
    ] {
        assert_eq!(syllables_of(one), syllables_of(other), "{one} {other}");
    }
    assert_eq!(syllables_of("奈克 sport"), "", "a word that is no pinyin has no syllables");
    assert!(alike("！").each.is_empty());
    assert_eq!(alike("固态电解质隔膜").each[0].len(), 1, "a long run is no name made after a sound");
}

#[test]
fn pinyin_of_a_name_by_letters_and_in_full() {
    assert_eq!((initials("华为技术").as_str(), syllables("华为技术").as_str()), ("hwjs", "huaweijishu"));
    assert_eq!((initials("tcl 集团").as_str(), syllables("绿色 a").as_str()), ("tcljt", "lvsea"));
}

fn chinese() -> impl Strategy<Value = String> {
    // Few characters, so that runs repeat and near misses are common.
    proptest::collection::vec(proptest::sample::select("电池电池的一A1，。 \n電".chars().collect::<Vec<_>>()), 0..40)
        .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    /// The recall promise: every run of Chinese characters of a text finds it.
    #[test]
    fn every_run_is_found(text in chinese()) {
        let chars: Vec<char> = text.chars().collect();
        for part in chars.split(|c| !crate::is_cjk(*c)) {
            for from in 0..part.len() {
                for to in from + 1..=part.len().min(from + 7) {
                    let asked: String = part[from..to].iter().collect();
                    prop_assert!(finds(&text, &run(&asked)), "{asked}");
                }
            }
        }
    }

    /// And no other text is found by it.
    #[test]
    fn nothing_else_is_found(text in chinese(), asked in "[电池的一]{1,5}") {
        prop_assert_eq!(finds(&text, &run(&asked)), fold(&text).contains(&asked));
    }

    /// What is highlighted is the run, wherever it stands.
    #[test]
    fn highlights_are_the_runs(text in chinese(), asked in "[电池的一]{1,3}") {
        let places = highlight(&text, &[run(&asked)]);
        prop_assert_eq!(places.is_empty(), !fold(&text).contains(&asked));
        for place in places {
            let folded = fold(&text[place]);
            prop_assert!(folded.starts_with(&asked) && folded.ends_with(&asked));
        }
    }

    /// A text sounds like itself.
    #[test]
    fn a_text_sounds_like_itself(text in "[a-z耐克华为 ]{0,12}") {
        let mut keys: Vec<(String, u32)> = Vec::new();
        sounds(&text, &mut |key, position| keys.push((key.to_owned(), position)));
        let shows = |run: &Vec<String>| keys.iter().any(|(_, from)| {
            (*from..).zip(run).all(|(place, key)| keys.contains(&(key.clone(), place)))
        });
        let asked = alike(&text);
        prop_assert!(asked.each.iter().all(|soundings| soundings.iter().any(&shows)));
        prop_assert!(asked.together.is_empty() || shows(&asked.together));
    }

    /// Any text at all: folding is stable, positions rise by one, offsets are true, terms carry no boundary marks.
    #[test]
    fn any_text_is_taken(text in any::<String>()) {
        let folded = fold(&text).into_owned();
        prop_assert_eq!(fold(&folded), folded.as_str());
        let mut expected = 7;
        analyse(&text, 7, &mut |token| {
            assert!(text.get(token.from..token.to).is_some());
            if token.is_boundary() {
                assert_eq!(token.position + 1, expected);
            } else {
                assert_eq!(token.position, expected);
                assert!(!token.text.is_empty() && !token.text.contains(['\u{1}', '\u{2}']));
                expected += 1;
            }
        });
        let _ = (run(&text), sentences(&text), paragraphs(&text));
        let mut last = 0;
        sounds(&text, &mut |key, position| {
            assert!(key.len() > 1 && position >= last, "{key} at {position}");
            last = position;
        });
        let key = whole(&text);
        prop_assert!(key.len() <= 1000 && key.chars().all(|c| c == ' ' || c.is_alphanumeric() || crate::is_cjk(c)));
        prop_assert_eq!(whole(&key), key.as_str());
    }
}
