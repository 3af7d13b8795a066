//! From what is known of a right to its one status: everything that happened is replayed in order of date.

use std::cmp::Reverse;

use crate::{Date, Effect, Event, Level, Office, OfficeStatus, Publication, RightKind, Status};

/// What decides the status of a right.
#[derive(Clone, Copy, Debug)]
pub struct StatusInput<'a> {
    /// Kind of right.
    pub right: RightKind,
    /// Office of the application.
    pub office: Office,
    /// All publications, in any order.
    pub publications: &'a [Publication],
    /// All legal events, in any order; repetitions do not matter.
    pub events: &'a [Event],
    /// What offices say of the state in their own words.
    pub office_statuses: &'a [OfficeStatus],
    /// Filing date.
    pub filing_date: Option<Date>,
    /// Date of grant or registration.
    pub grant_date: Option<Date>,
}

/// The status, and what decided it: the office's words, the event's words (or its code where it has none), or the
/// publication. The order and repetition of publications, events and office statuses make no difference.
///
/// Everything is replayed by date; on one day in the order of a right's life, then by code and words. What has no
/// date comes first, and so does an event dated before the filing: such a date is a slip of the source. The latest
/// word of an office overrules what was inferred up to its day, and later events go on from it; without a date it
/// speaks as of its record and is the last word.
pub fn decide(input: &StatusInput<'_>) -> (Status, Option<String>) {
    let mut steps: Vec<Step<'_>> = Vec::new();
    steps.extend(input.publications.iter().filter_map(Step::of_publication));
    steps.extend(input.events.iter().filter_map(|event| Step::of_event(event, input.filing_date)));
    steps.extend(input.grant_date.map(|date| Step {
        date: Some(date),
        cause: Cause::Effect(Effect::Granted),
        why: Why::Nothing,
    }));
    steps.sort_by(|a, b| a.order().cmp(&b.order()));

    let word = office_word(input.office_statuses);
    let mut state = State::default();
    for step in steps {
        if let Some(word) = word.filter(|word| state.word.is_none() && word.date.is_some() && word.date < step.date) {
            state.hear(word);
        }
        state.take(&step, input);
    }
    if let Some(word) = word.filter(|_| state.word.is_none()) {
        state.hear(word);
    }
    (state.status, state.why())
}

/// The latest office status that means something; on one day the one that goes furthest.
fn office_word(statuses: &[OfficeStatus]) -> Option<&OfficeStatus> {
    let told = statuses.iter().filter(|status| status.status != Status::Unknown);
    told.max_by_key(|status| (status.date, status.status, Reverse(&status.text)))
}

/// One thing that happened.
#[derive(Clone, Copy)]
struct Step<'a> {
    date: Option<Date>,
    cause: Cause,
    why: Why<'a>,
}

#[derive(Clone, Copy)]
enum Cause {
    Effect(Effect),
    /// An amended publication: there is a granted right, whatever happened before.
    Amended,
}

/// Who says so; the order breaks ties within a day: words explain better than a number, a number than a bare date.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Why<'a> {
    Event(&'a str, &'a str),
    Publication(&'a Publication),
    #[default]
    Nothing,
    Office(&'a str),
}

impl<'a> Step<'a> {
    fn of_event(event: &'a Event, filed: Option<Date>) -> Option<Self> {
        let date = event.date.filter(|date| filed.is_none_or(|filed| *date >= filed));
        let effect = event.effect.filter(|effect| rank(*effect).is_some())?;
        Some(Self { date, cause: Cause::Effect(effect), why: Why::Event(&event.code, &event.text) })
    }

    fn of_publication(publication: &'a Publication) -> Option<Self> {
        let cause = match publication.level? {
            Level::Application | Level::Report => Cause::Effect(Effect::Published),
            Level::Grant => Cause::Effect(Effect::Granted),
            Level::Amended => Cause::Amended,
            // A reprint of a grant (B8, B9, C8) still shows that there is one.
            Level::Correction => match publication.kind.as_ref().and_then(|kind| kind.as_str().chars().next()) {
                Some('B' | 'C' | 'E' | 'S' | 'U' | 'Y') => Cause::Effect(Effect::Granted),
                _ => Cause::Effect(Effect::Published),
            },
        };
        Some(Self { date: publication.date, cause, why: Why::Publication(publication) })
    }

    fn order(&self) -> (Option<Date>, u8, Why<'a>) {
        let rank = match self.cause {
            Cause::Effect(effect) => rank(effect).unwrap_or(u8::MAX),
            Cause::Amended => 6,
        };
        (self.date, rank, self.why)
    }
}

/// Place within a day, in the order of a right's life; `None` for effects that never change the status.
const fn rank(effect: Effect) -> Option<u8> {
    Some(match effect {
        Effect::Filed => 0,
        Effect::Published => 1,
        Effect::Examination => 2,
        Effect::Refused => 3,
        Effect::Withdrawn => 4,
        Effect::Granted => 5,
        Effect::Narrowed => 6,
        Effect::Renewed => 7,
        Effect::Lapsed => 8,
        Effect::Surrendered => 9,
        Effect::Expired => 10,
        Effect::Invalidated => 11,
        Effect::Restored => 12,
        Effect::Transferred
        | Effect::PartyChanged
        | Effect::Licensed
        | Effect::LicenceEnded
        | Effect::Pledged
        | Effect::PledgeEnded
        | Effect::Frozen
        | Effect::Unfrozen
        | Effect::Disputed
        | Effect::DisputeEnded
        | Effect::Corrected => return None,
    })
}

/// The replay so far.
#[derive(Default)]
struct State<'a> {
    status: Status,
    /// What the right was before it ended: what a restoration brings back.
    before_end: Status,
    why: Why<'a>,
    word: Option<&'a OfficeStatus>,
}

impl<'a> State<'a> {
    fn take(&mut self, step: &Step<'a>, input: &StatusInput<'_>) {
        let next = match step.cause {
            Cause::Effect(effect) => self.after(effect, input),
            Cause::Amended => self.after(Effect::Narrowed, input),
        };
        if next != self.status {
            self.change(next);
            self.why = step.why;
        }
    }

    fn hear(&mut self, word: &'a OfficeStatus) {
        self.word = Some(word);
        self.change(word.status);
        self.why = Why::Office(&word.text);
    }

    fn change(&mut self, next: Status) {
        if is_alive(self.status) {
            self.before_end = self.status;
        }
        self.status = next;
    }

    /// The status after an effect. An end stays what it was first: a lapsed right cannot lapse, expire or be
    /// withdrawn again; only an invalidation reaches back.
    #[expect(clippy::match_same_arms, reason = "one arm a rule")]
    fn after(&self, effect: Effect, input: &StatusInput<'_>) -> Status {
        use Status::{Expired, InForce, Lapsed, Pending, Refused, Unknown, Withdrawn};
        let mark = input.right == RightKind::Trademark;
        match (effect, self.status) {
            (Effect::Filed | Effect::Published | Effect::Examination, Unknown) => Pending,
            // A review that goes on after a refusal has reopened the case; so has a mark's publication.
            (Effect::Examination, Refused) => Pending,
            (Effect::Published, Refused) if mark => Pending,
            (Effect::Granted | Effect::Narrowed, Unknown | Pending | Refused | Withdrawn)
                if input.office != Office::WO =>
            {
                InForce
            }
            (Effect::Renewed, Unknown) => InForce,
            // Marks and designs may be renewed in the months after their term.
            (Effect::Renewed, Expired) if mark || input.right == RightKind::Design => InForce,
            (Effect::Refused, Unknown | Pending) => Refused,
            (Effect::Withdrawn, Unknown | Pending) => Withdrawn,
            (Effect::Lapsed | Effect::Surrendered, Pending) if owes_fees_before_grant(input.office) => Withdrawn,
            (Effect::Lapsed | Effect::Surrendered, Unknown | Pending | InForce) => Lapsed,
            (Effect::Invalidated, _) => Lapsed,
            (Effect::Expired, Unknown | Pending | InForce) => Expired,
            (Effect::Restored, Refused | Withdrawn) => Pending,
            (Effect::Restored, Lapsed | Expired) if self.before_end == Pending => Pending,
            (Effect::Restored, Lapsed | Expired) => InForce,
            (_, status) => status,
        }
    }

    fn why(&self) -> Option<String> {
        let text = match self.why {
            Why::Event(text, "") | Why::Event(_, text) | Why::Office(text) => text.to_owned(),
            Why::Publication(publication) => {
                let kind = publication.kind.as_ref().map_or("", |kind| kind.as_str());
                format!("{}{kind}", publication.number)
            }
            Why::Nothing => String::new(),
        };
        (!text.is_empty()).then_some(text)
    }
}

const fn is_alive(status: Status) -> bool {
    matches!(status, Status::Pending | Status::InForce)
}

/// Offices where annual fees fall due while an application is pending, and where the same event ends an application
/// or a patent.
fn owes_fees_before_grant(office: Office) -> bool {
    matches!(office.as_str(), "DE" | "FR" | "NL" | "AT" | "AU" | "CA")
}
