//! Ratings in the data form of GB/T 39046-2020 (评价).

use serde_json::{Value, json};

use crate::Rating;

/// Ratings as objects with the standard's names of elements, in the order given. Satisfaction is its code, 1 the best;
/// of an anonymous rating the standard's 办件编号 and 评价人 stay empty and its 评价时间 is the day.
pub fn standard_json(ratings: &[Rating]) -> Value {
    ratings.iter().map(one).collect()
}

fn one(rating: &Rating) -> Value {
    let time = rating.at.map_or_else(|| rating.day.to_string(), |at| format!("{at:.0}"));
    json!({
        "办件编号": rating.reference.as_deref().unwrap_or_default(),
        "评价渠道": rating.channel.label("zh"),
        "评价人": rating.rater.as_ref().map(ToString::to_string).unwrap_or_default(),
        "评价时间": time,
        "评价次数": rating.corrections + 1,
        "满意度": rating.opinion.level.gb_code().to_string(),
        "评价代码": rating.opinion.tags.join(","),
        "评价文字": rating.opinion.words,
        "行政区划": rating.region,
    })
}
