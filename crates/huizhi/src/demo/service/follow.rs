//! What clients say of a closed case, and what is done where they are not content.

use accounts::Random;
use anyhow::Result;
use fastrand::Rng;
use ratings::{Action, Channel, Level, NewRating, Opinion};

use super::stories::Story;
use super::words::{COMPLAINTS, PRAISE};

/// The rating of the client with an account; every bad one is followed up, most of them to the end.
pub(super) async fn rate(mut story: Story<'_>, unhappy: bool, dice: &mut Rng) -> Result<()> {
    let Some(client) = story.client.filter(|_| unhappy || dice.f64() < 0.75) else { return Ok(()) };
    let level = match (unhappy, dice.u32(..10)) {
        (true, 0..=6) => Level::Dissatisfied,
        (true, _) => Level::VeryDissatisfied,
        (false, 0) => Level::Fairly,
        (false, 1..=3) => Level::Satisfied,
        _ => Level::VerySatisfied,
    };
    let words = if unhappy { COMPLAINTS[dice.usize(..COMPLAINTS.len())] } else { PRAISE[dice.usize(..PRAISE.len())] };
    let key = format!("demonstration-{}", story.case.id);
    let new = NewRating {
        key: &key,
        channel: Channel::Web,
        opinion: Opinion { level, tags: Vec::new(), words: words.to_owned() },
        anonymous: dice.f64() < 0.2,
        random: Random::from_system().bytes(),
    };
    let mut write = story.rooms.database.write().await?;
    let what = ratings::for_case(&mut write, cases::By::from(&client.actor), &story.case.id).await?;
    let given = ratings::rate(&mut write, story.moment, &client.actor, &what, &new).await?;
    write.commit().await?;
    if unhappy { mend(&mut story, &given.id, dice).await } else { Ok(()) }
}

/// Verify, mend, answer, call back: as far as there was time.
async fn mend(story: &mut Story<'_>, rating: &ratings::RatingId, dice: &mut Rng) -> Result<()> {
    let lead = story.lead().clone();
    let steps = [
        (Action::Confirm, "已核实，情况属实。"),
        (Action::Mended, "补充检索并更新报告，安排专人对接。"),
        (Action::Answer, "已向当事人说明原因并致歉，附更新后的报告。"),
        (Action::Content, ""),
    ];
    for (action, words) in steps {
        if !story.pass(1, dice) {
            return Ok(());
        }
        let Some(now) = story.rooms.ratings.follow_up_of(&lead, rating).await? else { return Ok(()) };
        let act = ratings::Act { id: &now.id, version: now.version, action, words, assignee: None };
        let mut write = story.rooms.database.write().await?;
        ratings::act(&mut write, story.moment, &lead, &act).await?;
        write.commit().await?;
    }
    Ok(())
}
