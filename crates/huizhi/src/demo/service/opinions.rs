//! What is said beside cases: posters and the visits rated by them, an appeal, a questionnaire with its answers.

use std::collections::BTreeMap;

use accounts::{Actor, Random};
use anyhow::Result;
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use ratings::{
    Channel, Definition, Ground, Level, NewAppeal, NewQuestionnaire, NewRating, Opinion, Question, QuestionKind,
    QuestionOption, QuestionnaireEdit, RatingQuery, Reply, VisitCode,
};
use services::{Text, office_day};

use super::Rooms;
use super::outlets::organisation;
use super::people::People;
use super::words::{COMPLAINTS, PRAISE};
use crate::demo::SEED;

/// The outlet of the personas.
const OURS: u32 = 6;
/// Answers to the questionnaire.
const ANSWERS: u64 = 24;

/// Posters at every outlet with staff, and the rest at that of the personas.
pub(super) async fn gather(rooms: &Rooms, people: &People, now: Timestamp) -> Result<()> {
    for (outlet, staff) in &people.staff {
        let Some(lead) = staff.last() else { continue };
        if let Some(code) = poster(rooms, lead, *outlet, now).await? {
            visits(rooms, &code, *outlet, now).await?;
        }
    }
    if let Some(lead) = people.staff.get(&OURS).and_then(|staff| staff.last()) {
        appeal(rooms, lead, now).await?;
        questionnaire(rooms, lead, now).await?;
    }
    Ok(())
}

/// The code of a poster that was put up now; none where there was one.
async fn poster(rooms: &Rooms, lead: &Actor, outlet: u32, now: Timestamp) -> Result<Option<VisitCode>> {
    let outlet = organisation(outlet);
    if rooms.ratings.poster_version(lead, &outlet).await? > 0 {
        return Ok(None);
    }
    let mut write = rooms.database.write().await?;
    let made = ratings::make_poster(&mut write, now, lead, (&outlet, 0), Random::from_system().bytes()).await?;
    write.commit().await?;
    Ok(Some(made.code))
}

/// Visits of the last months, rated by the poster; a bad one of the last days waits to be followed up.
async fn visits(rooms: &Rooms, code: &VisitCode, outlet: u32, now: Timestamp) -> Result<()> {
    let mut dice = Rng::with_seed(SEED ^ u64::from(outlet));
    for number in 0..dice.u32(4..12) {
        let recent = number == 0;
        let hours = if recent { 20 } else { dice.i64(72..24 * 300) };
        let at = now - SignedDuration::from_hours(hours);
        let level = match (recent && outlet.is_multiple_of(3), dice.u32(..10)) {
            (true, _) => Level::Dissatisfied,
            (false, 0) => Level::Fairly,
            (false, 1..=4) => Level::Satisfied,
            (false, _) => Level::VerySatisfied,
        };
        let said = if level.is_bad() { COMPLAINTS } else { PRAISE };
        let tag = if level.is_bad() { "slow" } else { "clear" };
        let new = NewRating {
            key: &format!("demonstration-visit-{outlet}-{number}"),
            channel: Channel::Qr,
            opinion: Opinion { level, tags: vec![tag.to_owned()], words: said[dice.usize(..said.len())].to_owned() },
            anonymous: true,
            random: Random::from_system().bytes(),
        };
        let mut write = rooms.database.write().await?;
        let what = ratings::for_poster(&mut write, at, code).await?;
        ratings::rate(&mut write, at, &Actor::visitor(), &what, &new).await?;
        write.commit().await?;
    }
    Ok(())
}

/// An appeal against the last bad rating that can still be appealed against.
async fn appeal(rooms: &Rooms, lead: &Actor, now: Timestamp) -> Result<()> {
    let from = office_day(now).saturating_sub(20.days());
    let asked = RatingQuery { outlet: Some(organisation(OURS)), bad: true, from: Some(from), ..RatingQuery::default() };
    let found = rooms.ratings.ratings(lead, &asked).await?;
    let Some(rating) = found.rows.last() else { return Ok(()) };
    if rooms.ratings.appeal_of(lead, &rating.id).await?.is_some() {
        return Ok(());
    }
    let new = NewAppeal {
        key: "demonstration-appeal",
        rating: &rating.id,
        ground: Ground::Mistaken,
        words: "所说的事项不在本站办理，评价人应是到了别处。",
        evidence: &[],
    };
    let mut write = rooms.database.write().await?;
    ratings::appeal(&mut write, now, lead, &new).await?;
    Ok(write.commit().await?)
}

fn asks() -> Definition {
    let scale = |key: &str, zh: &str, en: &str, weight| Question {
        key: key.to_owned(),
        text: Text::new(zh, en),
        kind: QuestionKind::Scale { weight },
        required: true,
    };
    let option = |key: &str, zh: &str, en: &str| QuestionOption { key: key.to_owned(), label: Text::new(zh, en) };
    let known = QuestionKind::Choice {
        options: vec![
            option("site", "网站", "The web site"),
            option("colleague", "同行介绍", "A colleague"),
            option("training", "培训活动", "A training"),
            option("outlet", "路过网点", "Passing by"),
        ],
        several: true,
    };
    Definition {
        title: Text::new("网点服务满意度调查", "Satisfaction with the service of the outlet"),
        introduction: Text::new(
            "大约一分钟。答卷不记录您是谁，只用于改进服务。",
            "It takes about a minute. Nobody keeps who you are; the answers serve to do better.",
        ),
        questions: vec![
            scale("whole", "您对服务总体满意吗？", "How satisfied are you on the whole?", 50),
            scale("speed", "办理的快慢", "How quick it was", 25),
            scale("clear", "讲解是否清楚", "How well it was explained", 25),
            Question {
                key: "known".to_owned(),
                text: Text::new("您怎么知道我们的？", "How do you know of us?"),
                kind: known,
                required: false,
            },
            Question {
                key: "better".to_owned(),
                text: Text::new("哪里可以做得更好？", "What could be better?"),
                kind: QuestionKind::Words,
                required: false,
            },
        ],
    }
}

/// A questionnaire that is open, and answers to it.
async fn questionnaire(rooms: &Rooms, lead: &Actor, now: Timestamp) -> Result<()> {
    let outlet = organisation(OURS);
    let mut write = rooms.database.write().await?;
    let new = NewQuestionnaire { key: "demonstration-questionnaire", organisation: &outlet, definition: asks() };
    let made = ratings::make_questionnaire(&mut write, now, lead, &new).await?;
    if made.edition > 0 {
        return Ok(());
    }
    let (edit, until) =
        (QuestionnaireEdit { id: &made.id, version: made.version }, office_day(now).saturating_add(60.days()));
    let link = Some(Random::from_system().bytes());
    let open = ratings::publish_questionnaire(&mut write, now, lead, edit, (until, link)).await?;
    let Some(code) = &open.link else { return Ok(write.commit().await?) };
    for number in 0..ANSWERS {
        let mut dice = Rng::with_seed(SEED ^ (number << 32));
        let mut level = || Reply::Level(Level::ALL[[0, 0, 0, 1, 1, 2, 3][dice.usize(..7)]]);
        let mut replies = BTreeMap::from(["whole", "speed", "clear"].map(|key| (key.to_owned(), level())));
        let known = ["site", "colleague", "training", "outlet"][dice.usize(..4)];
        replies.insert("known".to_owned(), Reply::Chosen(vec![known.to_owned()]));
        if dice.u32(..3) == 0 {
            let words = ["周末能开放就更好了。", "希望有英文的办事指南。", "停车不太方便。"][dice.usize(..3)];
            replies.insert("better".to_owned(), Reply::Words(words.to_owned()));
        }
        let key = format!("demonstration-answer-{number}");
        ratings::answer(&mut write, now, &Actor::visitor(), (code, open.edition, &key), &replies).await?;
    }
    Ok(write.commit().await?)
}
