//! What happened to a mark: prosecution history, register entries, oppositions, appeals, assignments.

use records::{Date, Effect, Event, Office, Record, Related};

use super::super::mark_words;
use super::parties;
use crate::xml::Element;

/// All events under a `TradeMark` element.
pub(super) fn read(office: Office, mark: Element<'_>, record: &mut Record) {
    history(office, mark, record);
    register_entries(office, mark, record);
    oppositions(mark, record);
    assignments(mark, record);
}

/// Publication in a gazette; `section` is the part of the EU bulletin.
pub(super) fn gazetted(date: Date, section: &str, issue: &str) -> Event {
    let (what, effect) = match section {
        "" => ("Published", Some(Effect::Published)),
        "A.1" => ("Application published", Some(Effect::Published)),
        "B.1" | "B.2" => ("Registration published", Some(Effect::Granted)),
        _ => ("Entry published", None),
    };
    let issue = if issue.is_empty() { String::new() } else { format!(" ({issue})") };
    Event { date: Some(date), code: section.to_owned(), text: format!("{what}{issue}"), effect }
}

fn history(office: Office, mark: Element<'_>, record: &mut Record) {
    for event in mark.all("MarkEventDetails/MarkEvent") {
        event.children("Comment").for_each(Element::pass_over);
        let code = event.string("MarkEventCode").unwrap_or_default();
        let text = event
            .string("MarkEventExt/MarkEventInternalDescriptionText")
            .or_else(|| event.string("MarkEventDescription"))
            .unwrap_or_default();
        event.children("MarkEventExt").for_each(Element::pass_over);
        let effect = mark_words::effect(office, &code, &text);
        record.events.push(Event { date: event.date("MarkEventDate"), code, text, effect });
    }
}

/// Entries in the register: transfers, changes of names, renewals, cancellations.
fn register_entries(office: Office, mark: Element<'_>, record: &mut Record) {
    for entry in mark.all("MarkRecordDetails/MarkRecord") {
        let Some(basic) = entry.child("BasicRecord") else { continue };
        let kind = basic.string("BasicRecordKind").unwrap_or_default();
        let state = basic.string("RecordCurrentStatusCode").unwrap_or_default();
        let stated = basic.date("RecordCurrentStatusDate");
        let published = basic.date("RecordPublicationDetails/RecordPublication/PublicationDate");
        for known in ["RecordPublicationDetails", "RepresentativeDetails", "ClaimantDetails"] {
            basic.children(known).for_each(Element::pass_over);
        }
        let mut words = vec![kind.clone(), state.clone()];
        words.extend(details(entry));
        words.retain(|text| !text.is_empty());
        record.events.push(Event {
            date: stated.or(published),
            code: basic.string("RecordIdentifier").unwrap_or_default(),
            text: words.join("; "),
            effect: mark_words::entry_effect(office, &kind, &state),
        });
    }
}

/// What the German extension adds to an entry: ground of a cancellation, words of a correction, old and new holder.
fn details(entry: Element<'_>) -> Vec<String> {
    let mut words = Vec::new();
    for element in entry.below(&["LegalGround", "CorrectionText", "CancellationDate"]) {
        words.push(element.text());
    }
    let holder = |name: &str| {
        let holders = entry.below(&[name]);
        let names = holders.iter().filter_map(|holder| parties::party(*holder, "Applicant")).map(|party| party.name);
        names.collect::<Vec<_>>().join(", ")
    };
    let (before, after) = (holder("PreviousHolder"), holder("NewHolder"));
    if !before.is_empty() || !after.is_empty() {
        words.push(format!("{before} → {after}"));
    }
    entry.elements().filter(|element| element.name() != "BasicRecord").for_each(Element::pass_over);
    words
}

fn oppositions(mark: Element<'_>, record: &mut Record) {
    for opposition in mark.all("OppositionDetails/Opposition") {
        for known in ["ProceedingLanguageCode", "RepresentativeDetails", "OpponentDetails"] {
            opposition.children(known).for_each(Element::pass_over);
        }
        let ground = opposition.string("OppositionGroundText");
        record.events.push(Event {
            date: opposition.date("OppositionDate"),
            code: opposition.string("OppositionIdentifier").unwrap_or_default(),
            text: ["Opposition".to_owned()].into_iter().chain(ground).collect::<Vec<_>>().join(": "),
            effect: Some(Effect::Disputed),
        });
        for earlier in opposition.all("EarlierMarkDetails/EarlierMark") {
            let country = earlier.string("EarlierMarkCountryCode").unwrap_or_default();
            let date = earlier.date("ApplicationDate").or_else(|| earlier.date("RegistrationDate"));
            let (registered, filed) = (earlier.string("RegistrationNumber"), earlier.string("ApplicationNumber"));
            let words = earlier.string("WordMarkSpecification/MarkVerbalElementText");
            earlier.pass_over();
            let number: Vec<String> = [Some(country), registered.or(filed).or(words)].into_iter().flatten().collect();
            let related = Related { relation: "opposing mark".to_owned(), number: number.join(" "), date };
            if !record.related.contains(&related) {
                record.related.push(related);
            }
        }
    }
}

/// Appeals stand beside the mark.
pub(super) fn appeals(data: Element<'_>, record: &mut Record) {
    for appeal in data.all("AppealDetails/Appeal") {
        record.events.push(Event {
            date: appeal.date("AppealDate"),
            code: appeal.string("AppealIdentifier").unwrap_or_default(),
            text: "Appeal".to_owned(),
            effect: None,
        });
        appeal.pass_over();
    }
}

/// Assignments as the US status service gives them inside a mark.
fn assignments(mark: Element<'_>, record: &mut Record) {
    for assignment in mark.all("AssignmentBagExt/Assignment") {
        record.events.push(assignment_event(assignment));
    }
}

/// An `Assignment` of ST.66 or ST.96: who gave what to whom.
pub(in super::super) fn assignment_event(assignment: Element<'_>) -> Event {
    let names = |path: &str, bag: &str| {
        let mut parties = assignment.all(path);
        parties.extend(assignment.all(bag));
        let names = parties.iter().filter_map(|party| {
            party
                .string("Contact/Name/EntityName")
                .or_else(|| party.string("Contact/Name/OrganizationName/OrganizationStandardName"))
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let conveyance = assignment.string("AssignmentConveyanceCategory").unwrap_or_default();
    let date = ["AssignmentRecordedDate", "AssignmentExecutedDate", "Assignor/AssignmentExecutionDate"];
    let event = Event {
        date: date.iter().find_map(|path| assignment.date(path)),
        code: assignment.string("AssignmentIdentifier").unwrap_or_default(),
        text: format!(
            "{conveyance}: {} → {}",
            names("Assignor", "AssignorBag/Assignor"),
            names("Assignee", "AssigneeBag/Assignee")
        ),
        effect: mark_words::conveyance_effect(&conveyance),
    };
    assignment.pass_over();
    event
}
