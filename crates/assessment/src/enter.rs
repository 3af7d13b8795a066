//! Self-evaluation: figures, words and files of a unit.

use accounts::{Actor, Permission, record};
use database::Write;
use jiff::Timestamp;
use network::{Fault, OrganisationId};
use serde_json::json;
use uploads::{FileKind, Upload};

use crate::access::hidden;
use crate::error::fault;
use crate::open::scheme_of;
use crate::sql::{assessments, files, units};
use crate::told::{MOST_WORDS, derived, entry, kept, key_faults, office_day, tidy, value_is_sound};
use crate::{
    Assessment, AssessmentError, AssessmentId, File, FileId, Input, Item, Origin, Scheme, State, Unit, Value, What,
};

/// Bytes of a file at most.
pub const MOST_FILE_BYTES: usize = 10 << 20;
/// Files of a unit at most.
pub const MOST_FILES: usize = 200;

/// What a unit says of an item. Without a value the item stays missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entered {
    /// Which item.
    pub item: String,
    /// The figure.
    pub value: Option<f64>,
    /// The figure of the year before, where growth is asked.
    pub before: Option<f64>,
    /// What explains it.
    pub note: String,
}

/// A self-evaluation as it is sent.
#[derive(Clone, Debug)]
pub struct SelfEvaluation<'a> {
    /// The version of the unit's entry that was seen.
    pub version: i64,
    /// What the unit says of its year.
    pub words: &'a str,
    /// The figures; items that are not named keep what they have.
    pub figures: &'a [Entered],
    /// Whether it is handed in.
    pub submit: bool,
}

/// Enters the self-evaluation of a unit, as a draft or handed in. Handed in once, it may be handed in again until the
/// last day.
pub async fn enter(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, unit): (&AssessmentId, &OrganisationId),
    sent: &SelfEvaluation<'_>,
) -> Result<Unit, AssessmentError> {
    let (assessment, before) = open_for(write, now, actor, id, unit).await?;
    let after = enter_in(write, now, actor, (&assessment, &before), sent).await?;
    let action = if sent.submit { "assessment.submit" } else { "assessment.enter" };
    let detail = json!({ "figures": sent.figures.iter().filter(|figure| figure.value.is_some()).count() });
    record(write, now, actor, &entry(action, &assessment, unit, None, detail)).await?;
    Ok(after)
}

/// The same without its entry, of an assessment that is held and a unit as it is.
pub(crate) async fn enter_in(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (assessment, before): (&Assessment, &Unit),
    sent: &SelfEvaluation<'_>,
) -> Result<Unit, AssessmentError> {
    let (id, unit) = (&assessment.id, &before.id);
    let scheme = scheme_of(write, assessment).await?;
    let mut wrong = faults(&scheme, sent);
    if sent.submit && wrong.is_empty() {
        wrong = unproven(write, (&scheme, id), unit, sent).await?;
    }
    if !wrong.is_empty() {
        return Err(AssessmentError::Invalid(wrong));
    }
    let handed_in = sent.submit.then(|| kept(now));
    let mut after = Unit { words: sent.words.trim().to_owned(), version: sent.version + 1, ..before.clone() };
    (after.submitted_at, after.submitted_by) = (handed_in, handed_in.and(actor.id().cloned()));
    if !units::change(write, id, &after, sent.version).await? {
        return Err(AssessmentError::Stale { version: before.version });
    }
    let mut values = Vec::new();
    for figure in sent.figures {
        match figure.value {
            Some(value) => values.push((unit.clone(), entered(now, figure, value))),
            None => units::clear(write, id, unit, &figure.item).await?,
        }
    }
    units::put(write, id, actor.id(), &values).await?;
    Ok(after)
}

fn entered(now: Timestamp, figure: &Entered, value: f64) -> Value {
    Value {
        item: figure.item.clone(),
        value: tidy(value),
        before: figure.before.map(tidy),
        origin: Origin::Entered,
        note: figure.note.trim().to_owned(),
        at: kept(now),
    }
}

/// The assessment and the unit, for whoever may enter its figures now.
pub(crate) async fn open_for(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    id: &AssessmentId,
    unit: &OrganisationId,
) -> Result<(Assessment, Unit), AssessmentError> {
    if !actor.may_at(Permission::ReportProgress, unit) {
        return Err(hidden(actor, What::Unit, unit));
    }
    let found = assessments::hold(write, id).await?.filter(|it| it.state > State::Prepared);
    let assessment = found.ok_or_else(|| hidden(actor, What::Assessment, id))?;
    let there = units::get(write, id, unit).await?.ok_or_else(|| hidden(actor, What::Unit, unit))?;
    if assessment.state != State::SelfEvaluation {
        return Err(AssessmentError::State(assessment.state));
    }
    match assessment.until {
        Some(until) if office_day(now) > until => Err(AssessmentError::TooLate { until }),
        _ => Ok((assessment, there)),
    }
}

pub(crate) fn faults(scheme: &Scheme, sent: &SelfEvaluation<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if sent.words.trim().chars().count() > MOST_WORDS {
        faults.push(fault("words", "最多 4000 个字符", "4000 characters at most"));
    }
    for figure in sent.figures {
        let Some(item) = scheme.item(&figure.item).filter(|item| item.is_entered()) else {
            faults.push(fault(&figure.item, "不是由单位填报的指标", "is no item that units enter"));
            continue;
        };
        let numbers = [figure.value, figure.before];
        if numbers.into_iter().flatten().any(|value| !value_is_sound(value)) {
            faults.push(fault(&item.code, "数值超出范围", "is out of range"));
        }
        if item.is_yes_no()
            && figure.value.is_some_and(|value| value.total_cmp(&0.0).is_ne() && value.total_cmp(&1.0).is_ne())
        {
            faults.push(fault(&item.code, "请选择是或否", "is yes or no"));
        }
        if item.needs_before() && figure.value.is_some() && figure.before.is_none() {
            faults.push(fault(&item.code, "请同时填写上年数值", "needs the figure of the year before too"));
        }
        if figure.note.chars().count() > MOST_WORDS {
            faults.push(fault(&item.code, "说明最多 4000 个字符", "4000 characters at most"));
        }
    }
    faults
}

/// Figures that are to be shown by a file or words, and are not.
async fn unproven(
    write: &mut Write,
    (scheme, id): (&Scheme, &AssessmentId),
    unit: &OrganisationId,
    sent: &SelfEvaluation<'_>,
) -> Result<Vec<Fault>, AssessmentError> {
    let files = files::of(write, id, unit).await?;
    let before = units::values_of(write, id, unit).await?;
    let wants = |item: &&Item| matches!(item.input, Input::Entered { evidence: true, .. });
    let mut faults = Vec::new();
    for (_, item) in scheme.items() {
        if !wants(&item) {
            continue;
        }
        let figure = sent.figures.iter().find(|figure| figure.item == item.code);
        let there = before.iter().find(|value| value.item == item.code);
        let (value, note) = match (figure, there) {
            (Some(figure), _) => (figure.value.is_some(), figure.note.trim()),
            (None, Some(there)) => (true, there.note.as_str()),
            (None, None) => (false, ""),
        };
        let shown = files.iter().any(|file| file.item == item.code && !file.withdrawn);
        if value && note.is_empty() && !shown {
            let (zh, en) = ("请上传佐证材料或填写说明", "needs a file or words that show it");
            faults.push(fault(&item.code, zh, en));
        }
    }
    Ok(faults)
}

/// What is taken as evidence.
const TAKEN: [FileKind; 8] = [
    FileKind::Pdf,
    FileKind::Ofd,
    FileKind::Docx,
    FileKind::Xlsx,
    FileKind::Jpg,
    FileKind::Png,
    FileKind::Tiff,
    FileKind::Zip,
];

/// A file to be attached.
#[derive(Clone, Debug)]
pub struct NewFile<'a> {
    /// Made by the client: the same key again answers the same file again.
    pub key: &'a str,
    /// For which item.
    pub item: &'a str,
    /// What it is called.
    pub name: &'a str,
    /// Its content.
    pub content: Vec<u8>,
}

/// Attaches a file that shows a figure.
pub async fn attach(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, unit): (&AssessmentId, &OrganisationId),
    new: NewFile<'_>,
) -> Result<File, AssessmentError> {
    let (assessment, _) = open_for(write, now, actor, id, unit).await?;
    let scheme = scheme_of(write, &assessment).await?;
    let mut wrong: Vec<Fault> = key_faults(new.key).into_iter().collect();
    if !scheme.item(new.item).is_some_and(|item| item.is_entered() || item.is_reviewed()) {
        wrong.push(fault("item", "请选择指标", "choose an item"));
    }
    let upload = Upload::new(new.name, new.content, &TAKEN, MOST_FILE_BYTES);
    if let Err(error) = &upload {
        wrong.push(fault("file", &error.text("zh"), &error.text("en")));
    }
    let there = files::of(write, id, unit).await?;
    if there.iter().filter(|file| !file.withdrawn).count() >= MOST_FILES {
        wrong.push(fault("file", "文件过多", "there are too many files"));
    }
    let (true, Ok(upload)) = (wrong.is_empty(), upload) else { return Err(AssessmentError::Invalid(wrong)) };
    let file = File {
        id: FileId(derived(assessment.made_at, "assessment file", &format!("{id} {unit} {}", new.key))),
        item: new.item.to_owned(),
        hash: upload.hash(),
        name: upload.name,
        length: upload.bytes.len() as i64,
        made_at: kept(now),
        withdrawn: false,
    };
    if let Some(first) = there.into_iter().find(|other| other.id == file.id) {
        return if first.hash == file.hash { Ok(first) } else { Err(AssessmentError::KeyTaken) };
    }
    if !files::insert(write, (id, unit), &file, upload.bytes, actor.id().map(ToString::to_string)).await? {
        return Err(AssessmentError::KeyTaken);
    }
    let detail = json!({ "item": file.item, "hash": file.hash });
    record(write, now, actor, &entry("assessment.attach", &assessment, unit, None, detail)).await?;
    Ok(file)
}

/// Takes a file back; its hash stays on record.
pub async fn detach(write: &mut Write, now: Timestamp, actor: &Actor, file: &FileId) -> Result<(), AssessmentError> {
    let found = files::get(write, file).await?;
    let (id, unit, there) = found.ok_or_else(|| hidden(actor, What::Evidence, file))?;
    let (assessment, _) = open_for(write, now, actor, &id, &unit).await?;
    if !files::withdraw(write, file).await? {
        return Ok(());
    }
    let detail = json!({ "item": there.item, "hash": there.hash });
    record(write, now, actor, &entry("assessment.detach", &assessment, &unit, None, detail)).await?;
    Ok(())
}

#[cfg(test)]
#[path = "enter_tests.rs"]
mod tests;
