//! Legal events of the demonstration: lives of rights from filing to their end.

use fastrand::Rng;
use records::{Date, Effect, Event};

use super::years::{LAST, later};

/// Events in the making.
pub(super) struct Life {
    events: Vec<Event>,
}

impl Life {
    pub(super) fn new() -> Self {
        Self { events: Vec::new() }
    }

    /// Something that happened on a day, unless that day is still to come.
    pub(super) fn add(&mut self, day: Option<Date>, code: &str, text: &str, effect: Effect) {
        if let Some(date) = day.filter(|date| *date <= LAST) {
            let event = Event { date: Some(date), code: code.to_owned(), text: text.to_owned(), effect: Some(effect) };
            self.events.push(event);
        }
    }

    /// Whether the owner has given it up.
    pub(super) fn ended(&self) -> bool {
        self.events.iter().any(|event| event.effect == Some(Effect::Surrendered))
    }

    /// All in order of days. What would come after the right ended is left out, unless it was revived.
    pub(super) fn finish(mut self) -> Vec<Event> {
        self.events.sort_by_key(|event| event.date);
        let over = |event: &Event| {
            matches!(
                event.effect,
                Some(Effect::Lapsed | Effect::Surrendered | Effect::Invalidated | Effect::Expired | Effect::Refused)
            )
        };
        if let Some(end) = self.events.iter().position(over) {
            let revived = self.events.get(end + 1).is_some_and(|event| event.effect == Some(Effect::Restored));
            self.events.truncate(if revived { end + 2 } else { end + 1 });
        }
        self.events
    }

    /// The life of a granted patent, utility model or design.
    pub(super) fn of_granted(&mut self, rng: &mut Rng, granted: Date, expires: Option<Date>) {
        let mut chance = |percent: u8| rng.u8(..100) < percent;
        let rare = [12, 9, 6, 3, 9, 5, 2, 2].map(&mut chance);
        let second = [45, 50, 60, 40, 50].map(&mut chance);
        let lapses = chance(30);
        let revived = chance(12);
        let mut after = |from: i16, to: i16| later(granted, rng.i16(from..=to));
        if rare[0] {
            self.add(after(6, 48), "TR01", "专利权的转移", Effect::Transferred);
        }
        if rare[1] {
            self.add(after(4, 20), "EE01", "专利实施许可合同备案的生效", Effect::Licensed);
            self.add(after(30, 60).filter(|_| second[0]), "EC01", "专利实施许可合同备案的注销", Effect::LicenceEnded);
        }
        if rare[2] {
            self.add(after(6, 24), "PE01", "专利权质押合同登记的生效", Effect::Pledged);
            self.add(after(30, 54).filter(|_| second[1]), "PC01", "专利权质押合同登记的注销", Effect::PledgeEnded);
        }
        if rare[3] {
            self.add(after(8, 20), "PP01", "专利权的保全", Effect::Frozen);
            self.add(after(24, 40).filter(|_| second[2]), "PD01", "专利权保全的解除", Effect::Unfrozen);
        }
        if rare[4] {
            self.add(after(3, 60), "CP01", "专利权人的姓名或者名称、地址的变更", Effect::PartyChanged);
        }
        if rare[5] {
            self.add(after(5, 24), "", "无效宣告请求的受理", Effect::Disputed);
            let (code, text, effect) = match (second[3], second[4]) {
                (true, _) => ("", "维持专利权有效", Effect::DisputeEnded),
                (false, true) => ("IP01", "专利权部分无效宣告", Effect::Narrowed),
                (false, false) => ("IW01", "专利权全部无效宣告", Effect::Invalidated),
            };
            self.add(after(30, 40), code, text, effect);
        }
        if rare[6] {
            self.add(after(1, 6), "CI02", "专利文献的更正", Effect::Corrected);
        }
        if rare[7] {
            self.add(after(24, 70), "AV01", "专利权的主动放弃", Effect::Surrendered);
        }
        if lapses && let Some(day) = after(26, 100) {
            self.add(Some(day), "CF01", "未缴年费专利权终止", Effect::Lapsed);
            self.add(later(day, 5).filter(|_| revived), "RR01", "专利权的恢复", Effect::Restored);
        }
        self.add(expires.and_then(|day| day.tomorrow().ok()), "CX01", "专利权有效期届满", Effect::Expired);
    }
}
