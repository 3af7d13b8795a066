//! The form of a rating: five levels, what can be ticked beside each, words, and whether a name stands with it.

use network::Fault;
use ratings::{Level, MOST_WORDS, Opinion, tags, tags_of};

use crate::form::FaultLine;
use crate::frame::Visit;
use crate::sent::{Sent, fault};

/// A level as a button.
pub(super) struct LevelChoice {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) stars: String,
    pub(super) chosen: bool,
}

/// A tag with the classes that show it beside its levels.
pub(super) struct TagChoice {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) classes: String,
    pub(super) chosen: bool,
}

/// What a form says of the rater's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// The rater chooses.
    Asked,
    /// Nobody knows who rates.
    Nobody,
    /// It was decided when the rating was given.
    Decided,
}

impl Naming {
    pub(crate) fn is_asked(self) -> bool {
        self == Self::Asked
    }

    pub(crate) fn is_nobody(self) -> bool {
        self == Self::Nobody
    }
}

/// What a form of a rating shows; `templates/ratings/fields.html` draws it.
pub(super) struct RatingForm {
    pub(super) levels: Vec<LevelChoice>,
    pub(super) tags: Vec<TagChoice>,
    pub(super) words: String,
    pub(super) most_words: usize,
    pub(super) anonymous: bool,
    pub(super) naming: Naming,
    /// Whether staff write it down for someone else.
    pub(super) told: bool,
    pub(super) level_fault: Option<String>,
    pub(super) words_fault: Option<String>,
    pub(super) summary: Vec<FaultLine>,
}

/// Five signs, so many of them filled.
pub(super) fn stars(level: Level) -> String {
    let filled = usize::from(level.stars());
    "★".repeat(filled) + &"☆".repeat(5 - filled)
}

impl RatingForm {
    /// The form with what was typed.
    pub(super) fn new(visit: &Visit, sent: &Sent, faults: &[Fault], naming: Naming) -> Self {
        let level: Option<Level> = sent.get("level").parse().ok();
        let ticked: Vec<&str> = sent.all("tag").collect();
        Self::with(visit, (level, &ticked), (sent.get("words"), !sent.get("anonymous").is_empty()), faults, naming)
    }

    /// The form with a rating that there is, to be corrected.
    pub(super) fn of(visit: &Visit, opinion: &Opinion) -> Self {
        let ticked: Vec<&str> = opinion.tags.iter().map(String::as_str).collect();
        Self::with(visit, (Some(opinion.level), &ticked), (&opinion.words, false), &[], Naming::Decided)
    }

    fn with(
        visit: &Visit,
        (level, ticked): (Option<Level>, &[&str]),
        (words, anonymous): (&str, bool),
        faults: &[Fault],
        naming: Naming,
    ) -> Self {
        let lang = visit.lang.code();
        let told = |field: &str| {
            let fault = faults.iter().find(|fault| fault.field == field);
            fault.map(|fault| fault.text(lang).to_owned())
        };
        let line = |fault: &Fault| FaultLine {
            field: match fault.field.as_str() {
                "level" => Some(format!("level-{}", Level::ALL[0].code())),
                "words" => Some("f-words".to_owned()),
                _ => None,
            },
            text: fault.text(lang).to_owned(),
        };
        let tag = |tag: &ratings::Tag| TagChoice {
            key: tag.key.clone(),
            name: tag.label(lang).to_owned(),
            classes: tag.levels.iter().map(|level| format!("for-{}", level.code())).collect::<Vec<_>>().join(" "),
            chosen: ticked.contains(&tag.key.as_str()),
        };
        let choice = |one: &Level| LevelChoice {
            code: one.code(),
            name: one.label(lang),
            stars: stars(*one),
            chosen: level == Some(*one),
        };
        Self {
            levels: Level::ALL.iter().map(choice).collect(),
            tags: tags().iter().map(tag).collect(),
            words: words.to_owned(),
            most_words: MOST_WORDS,
            anonymous,
            naming,
            told: false,
            level_fault: told("level"),
            words_fault: told("words"),
            summary: faults.iter().map(line).collect(),
        }
    }
}

/// What a form says. Ticks that the level does not offer were hidden and say nothing.
pub(super) fn opinion(sent: &Sent) -> Result<Opinion, Vec<Fault>> {
    let chosen = sent.get("level").parse::<Level>();
    let level = chosen.map_err(|_| vec![fault("level", "请选择一个满意度等级", "choose how satisfied you are")])?;
    let offered = |key: &&str| tags_of(level).any(|tag| tag.key == **key);
    Ok(Opinion {
        level,
        tags: sent.all("tag").filter(offered).map(str::to_owned).collect(),
        words: sent.get("words").to_owned(),
    })
}

/// Names of the tags of a rating.
pub(super) fn tag_names(opinion: &Opinion, lang: &str) -> Vec<String> {
    let known = opinion.tags.iter().filter_map(|key| tags().iter().find(|tag| tag.key == *key));
    known.map(|tag| tag.label(lang).to_owned()).collect()
}
