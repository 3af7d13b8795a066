//! The life of a right: its events on an axis and as a list.

use charts::{Event, Figure, Kind, Span, Style, Timeline, Today, Words};
use records::{Date, Effect, Right};

use crate::language::Lang;

/// One event of the list.
pub(crate) struct EventView {
    pub(crate) date: String,
    pub(crate) code: String,
    pub(crate) text: String,
    pub(crate) effect: &'static str,
}

/// Every event, oldest first.
pub(crate) fn events(right: &Right, lang: Lang) -> Vec<EventView> {
    let view = |event: &records::Event| EventView {
        date: crate::words::date(event.date),
        code: event.code.clone(),
        text: event.text.clone(),
        effect: event.effect.map_or("", |effect| effect.label(lang.code())),
    };
    right.events.iter().map(view).collect()
}

/// Effects that decide whether a right lives: drawn bold.
const fn decides(effect: Effect) -> bool {
    matches!(
        effect,
        Effect::Granted
            | Effect::Refused
            | Effect::Withdrawn
            | Effect::Lapsed
            | Effect::Surrendered
            | Effect::Invalidated
            | Effect::Expired
            | Effect::Restored
    )
}

/// The axis; `None` when nothing of the right is dated.
pub(crate) fn figure(right: &Right, today: Date, lang: Lang) -> Option<String> {
    let main = |date: Option<Date>, zh: &str, en: &str| {
        Some(Event { date: date?.to_string(), label: lang.t(zh, en).to_owned(), main: true, ..Event::default() })
    };
    let mut events: Vec<Event> = [
        main(right.filing_date, "申请", "Filed"),
        main(right.publication_date, "首次公开", "First publication"),
        main(right.grant_date, "授权或注册", "Grant or registration"),
    ]
    .into_iter()
    .flatten()
    .collect();
    events.extend(right.events.iter().filter_map(|event| {
        let effect = event.effect.map(|effect| effect.label(lang.code()));
        let label = effect.map_or_else(|| event.text.clone(), str::to_owned);
        let note = Some(event.text.clone()).filter(|text| !text.is_empty());
        Some(Event {
            date: event.date?.to_string(),
            label,
            main: event.effect.is_some_and(decides),
            note,
            ..Event::default()
        })
    }));
    if events.is_empty() {
        return None;
    }
    let spans = right.filing_date.zip(right.ends_on()).map(|(from, to)| Span {
        label: lang.t("保护期（最长）", "Term of protection (at most)").to_owned(),
        from: from.to_string(),
        to: Some(to.to_string()),
        expected: right.expiry_date.is_none(),
        ..Span::default()
    });
    let figure = Figure {
        id: "life".to_owned(),
        title: lang.t("历程", "Life of the right").to_owned(),
        description: lang
            .t("按日期排列的法律事件；下方有同样内容的列表。", "Legal events by date; the list below says the same.")
            .to_owned(),
        width: 720,
        notes: Vec::new(),
        words: Words {
            cut: lang.t("图中画出 {all} 个事件中的 {shown} 个", "{shown} of {all} events are drawn").to_owned(),
            ..Words::default()
        },
        kind: Kind::Timeline(Timeline {
            date_head: lang.t("日期", "Date").to_owned(),
            label_head: lang.t("事件", "Event").to_owned(),
            spans: spans.into_iter().collect(),
            events,
            today: Some(Today { date: today.to_string(), label: lang.t("今天", "today").to_owned() }),
        }),
    };
    Some(figure.svg(Style::Page))
}
