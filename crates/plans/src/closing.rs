//! Who must be done before a unit may close a task.

use database::Connection;
use network::OrganisationId;

use crate::known::Ground;
use crate::sql::cells;
use crate::{Duty, PlansError, Text};

/// Names of whatever keeps a unit from closing a task: units below that must do it and have not closed it, and parts of
/// the task that the unit itself must do and has not closed.
pub(crate) async fn open_below(
    connection: &mut Connection,
    ground: &Ground,
    (unit, task): (&OrganisationId, &str),
) -> Result<Vec<Text>, PlansError> {
    let (placed, concerned) = ground.task(task)?;
    let mut open = Vec::new();
    let below = ground.tree.below(unit).into_iter().filter(|node| concerned.contains_key(&node.id));
    let mut below: Vec<_> = below.collect();
    let parts: Vec<&str> = placed.task.tasks.iter().map(|part| part.key.as_str()).collect();
    if below.is_empty() && parts.is_empty() {
        return Ok(open);
    }
    below.sort_by_key(|node| ground.tree.order(&node.id));
    let plan = &ground.plan.id;
    let all = cells::of_plan(&mut *connection, plan).await?;
    let chosen = cells::chosen(connection, plan).await?;
    let must = |unit: &OrganisationId, key: &str, duty: Option<Duty>| match duty {
        Some(Duty::Required) => true,
        Some(Duty::Optional) => chosen.get(unit).is_some_and(|chosen| chosen.contains(key)),
        None => false,
    };
    let done = |unit: &OrganisationId, key: &str| {
        all.get(unit).and_then(|cells| cells.get(key)).is_some_and(crate::Cell::is_done)
    };
    for node in below {
        if must(&node.id, task, concerned.get(&node.id).copied()) && !done(&node.id, task) {
            let en = node.name_en.clone().unwrap_or_default();
            open.push(Text::new(node.name_zh.clone(), en));
        }
    }
    for part in &placed.task.tasks {
        if must(unit, &part.key, ground.duty(&part.key, unit)?) && !done(unit, &part.key) {
            open.push(Text::new(
                format!("{} {}", part.key, part.title.zh),
                format!("{} {}", part.key, part.title.text("en")),
            ));
        }
    }
    Ok(open)
}
