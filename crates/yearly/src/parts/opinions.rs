//! What people said.

use charts::{Kind, Mark, Share};
use ratings::{FollowUpQuery, Level, RatingQuery, Standing};

use crate::chapter::{count, figure, linked, percent, table, text};
use crate::gather::About;
use crate::{Chapter, YearlyError};

pub(super) async fn chapter(about: &About<'_>) -> Result<Chapter, YearlyError> {
    let query = RatingQuery {
        standing: Some(Standing::Counted),
        from: Some(about.from),
        to: Some(about.to),
        ..RatingQuery::default()
    };
    let counts = about.rooms.ratings.counts(&about.reader, &query).await?;
    let all = counts.total();
    let share = |level: Level| (all > 0).then(|| counts.of(level) as f64 / all as f64);
    let list = |level: Level| format!("/desk/ratings?level={level}&from={}&to={}", about.from, about.to);
    let rows = Level::ALL.iter().map(|level| {
        vec![text(level.label(about.lang())), linked(count(counts.of(*level)), list(*level)), percent(share(*level))]
    });
    let marks = Level::ALL.iter().map(|level| Mark {
        label: level.label(about.lang()).to_owned(),
        value: counts.of(*level) as f64,
        href: Some(list(*level)),
        note: None,
    });
    let title = about.t("各档评价", "Ratings by level");
    let heads = [about.t("评价", "Rating"), about.t("件", "Number"), about.t("占比", "Share")];
    let drawn = Share {
        label_head: heads[0].to_owned(),
        value_head: heads[1].to_owned(),
        share_head: heads[2].to_owned(),
        marks: marks.collect(),
    };
    let late = FollowUpQuery { open: true, late_on: Some(about.to), limit: 200, ..FollowUpQuery::default() };
    let late = about.rooms.ratings.follow_ups(&about.reader, &late).await?;
    let figures = counts.figure();
    let mut words = vec![match (figures, about.zh) {
        (None, true) => "本年度没有计入的评价。".to_owned(),
        (None, false) => "No rating counts in this year.".to_owned(),
        (Some(figure), true) => {
            format!("计入评价 {all} 件，满意率 {:.1} %，平均 {:.2} 星。", figure.satisfaction, figure.stars)
        }
        (Some(figure), false) => {
            format!(
                "{all} ratings count: {:.1} % satisfied, {:.2} stars on average.",
                figure.satisfaction, figure.stars
            )
        }
    }];
    if !late.rows.is_empty() {
        let many = late.rows.len();
        words.push(if about.zh {
            format!("差评回访逾期未结 {many} 件。")
        } else {
            format!("{many} follow-ups of bad ratings are late.")
        });
    }
    Ok(Chapter {
        key: "ratings",
        title: about.t("服务评价", "Ratings").to_owned(),
        text: words,
        figures: vec![figure("levels", title, String::new(), about.t("没有评价", "No ratings"), Kind::Share(drawn))],
        tables: vec![table(title, &heads, rows.collect())],
        source: if about.zh {
            format!("来源：本平台好差评，{} 至 {}，经复核排除的不计", about.from, about.to)
        } else {
            format!(
                "Source: ratings of this platform, {} to {}, without those that a review excluded",
                about.from, about.to
            )
        },
    })
}
