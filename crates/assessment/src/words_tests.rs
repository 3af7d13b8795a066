use crate::testing::{datum, scheme, snapshot, unit};
use crate::{Mark, input_words, rule_words, score, score_words, source_words, total_words};

#[test]
fn rules_are_told_in_both_languages() {
    let scheme = scheme();
    let words = |code: &str, lang: &str| rule_words(scheme.item(code).unwrap(), lang);
    assert_eq!(words("linear", "zh"), "≤ 0家 得 0 分，≥ 20家 得 100 分，其间按比例计");
    assert_eq!(words("linear", "en"), "≤ 0 firms gives 0, ≥ 20 firms gives 100, in proportion between");
    assert_eq!(words("steps", "zh"), "≥ 3人 得 100 分；≥ 2人 得 60 分；≥ 1人 得 30 分；其余得 0 分");
    assert_eq!(words("rank", "zh"), "按名次计（越高越好）：前 2 名依次 100、90 分，其余 50 分；并列取所占名次的平均");
    assert_eq!(words("veto", "zh"), "发生时，总分最高 59 分");
    assert_eq!(words("fail", "en"), "The result is failed if so");
    assert_eq!(words("bonus", "en"), "1 points for each tasks, 5 at most");
    assert_eq!(source_words(scheme.item("growth").unwrap(), "zh"), "指标 C-PLEDGE（考核当年）");
    for (_, item) in scheme.items() {
        assert!(!rule_words(item, "zh").is_empty() && !rule_words(item, "en").is_empty(), "{}", item.code);
    }
}

#[test]
fn the_arithmetic_is_shown_line_by_line() {
    let scheme = scheme();
    let mut snapshot =
        snapshot(&[(11, &[("linear", 15.0), ("steps", 2.0), ("rank", 8.0), ("yes", 1.0), ("bonus", 4.0)])]);
    let data = snapshot.units.get_mut(&unit(11)).unwrap();
    let growth = crate::Datum { before: Some(1000.0), ..datum(1200.0) };
    data.values.insert("growth".to_owned(), growth);
    let mark = |reviewer, score| Mark { reviewer, score, words: String::new() };
    data.marks.insert("expert".to_owned(), vec![mark(1, 80.0), mark(2, 90.5)]);
    let scores = score(&scheme, &snapshot);
    let told: Vec<String> = scores.units[0]
        .lines()
        .map(|line| {
            let item = scheme.item(&line.item).unwrap();
            let datum = snapshot.units[&unit(11)].values.get(&line.item);
            format!(
                "{}: {} | {} | {}",
                line.item,
                input_words(item, line, datum, "en"),
                score_words(item, line, "en"),
                line.points
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "linear: 15 firms | (15 − 0) ÷ (20 − 0) × 100 = 75.00 | 15.00",
            "steps: 2 people | 2 ≥ 2 | 6.00",
            "rank: 8 inventions | place 1 of 1 | 10.00",
            "growth: 1200 10,000 yuan (before: 1000 10,000 yuan) | (1200 − 1000) ÷ 1000 = 20%; (20 − 0) ÷ (40 − 0) × 100 = 50.00 | 5.00",
            "yes: yes |  | 10.00",
            "expert: 80, 90.5 | (80 + 90.5) ÷ 2 = 85.25 | 34.10",
            "bonus: 4 tasks | 4 × 1 → 4.00 (≤ 5) | 4.00",
            "veto: missing | Missing: left out, rest rescaled | 0.00",
            "fail: missing | Missing: left out, rest rescaled | 0.00",
        ]
    );
    assert_eq!(
        total_words(&scheme, &scores.units[0], "en"),
        [
            "Sum of the dimensions: 46.00 + 34.10 = 80.10",
            "Bonus: min(4.00, 3.00) = 3.00; 80.10 + 3.00 = 83.10",
            "Total: 83.10",
        ]
    );
    assert_eq!(scores.units[0].standing(&scheme, "zh"), "优秀");
}

#[test]
fn what_was_rescaled_or_waits_is_told() {
    let scheme = scheme();
    let mut snapshot = snapshot(&[(11, &[("linear", 20.0)])]);
    let scores = score(&scheme, &snapshot);
    assert_eq!(total_words(&scheme, &scores.units[0], "zh").last().unwrap(), "暂缓出结果：尚缺必需的数据");
    assert_eq!(scores.units[0].standing(&scheme, "en"), "Waiting");
    snapshot.units.get_mut(&unit(11)).unwrap().values.insert("expert".to_owned(), datum(50.0));
    let scores = score(&scheme, &snapshot);
    assert_eq!(
        total_words(&scheme, &scores.units[0], "zh"),
        ["各维度之和：20.00 + 20.00 = 40.00", "缺失项不计，按满分折算：40.00 × 100.00 ÷ 80.00 = 50.00", "总分：50.00",]
    );
}
