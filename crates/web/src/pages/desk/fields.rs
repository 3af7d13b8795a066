//! The fields of every act.

use accounts::PersonId;
use cases::{Action, CaseFile, Ground, Outcome, Party, PartyRole, Personal, Settlement, Solved, most_extension};
use network::{Fault, Node};
use services::{Calendar, office_day};

use super::people;
use crate::form::{Choice, FieldView, GroupView};
use crate::frame::Visit;
use crate::pages::network::choices;
use crate::sent::Sent;

/// Rows for parties beyond those that are there.
const MORE_PARTIES: usize = 3;

/// What a form is made of.
pub(crate) struct Form<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) action: Action,
    pub(crate) file: &'a CaseFile,
    /// What was typed; empty at first.
    pub(crate) sent: &'a Sent,
    pub(crate) faults: &'a [Fault],
    pub(crate) staff: &'a [(PersonId, String)],
    pub(crate) near: &'a [Node],
    pub(crate) calendar: &'a Calendar,
    /// The parties in clear, where they are to be changed.
    pub(crate) personal: Option<&'a Personal>,
    /// Whom the client may call.
    pub(crate) contact: String,
}

impl Form<'_> {
    /// The fields of the act.
    pub(crate) fn groups(&self) -> Vec<GroupView> {
        if self.action == Action::NameParties {
            return self.parties();
        }
        let fields = self.fields();
        if fields.is_empty() { Vec::new() } else { vec![GroupView { name: String::new(), fields }] }
    }

    fn fields(&self) -> Vec<FieldView> {
        let t = |zh, en| self.visit.t(zh, en);
        match self.action {
            Action::Refuse => vec![self.reason(t(
                "申请人会收到这段话：写明理由，以及还可以去哪里办",
                "The client is told: write why, and where else to go",
            ))],
            Action::AskSupplement => vec![
                self.area("missing", t("缺什么，一行一项", "What is missing, one a line"))
                    .hint(t("只能要求一次：请一次写全", "It can be asked once only: name everything"))
                    .needed(),
            ],
            Action::Supplement => vec![
                self.area("note", t("申请人补充的内容", "What the client brought"))
                    .hint(t("文件请先在办件页上传", "Add files on the page of the case first")),
            ],
            Action::SetUp => self.plan(),
            Action::Assign => vec![self.staff("to", t("分派给", "Give it to")).needed()],
            Action::Pause => vec![
                self.reason(t("申请人会收到这段话；中止期间不计时", "The client is told; the clock stands meanwhile")),
            ],
            Action::Extend => self.extension(),
            Action::Escalate => vec![self.reason(t("负责人会看到", "Whoever leads sees it"))],
            Action::Transfer => self.transfer(),
            Action::HandOn => vec![
                self.text("office", t("承办机关", "Office that decides")).needed(),
                self.text("reference", t("该机关的受理编号", "Its reference")).needed(),
            ],
            Action::StatusBack | Action::TakeBack => vec![
                self.area("status", t("承办机关的答复", "What the office says"))
                    .hint(t("申请人可以看到", "The client sees it"))
                    .needed(),
            ],
            Action::Deliver => vec![
                self.area("result", t("答复，或成果的使用建议", "The answer, or advice on the use of the result"))
                    .hint(t("没有答复时须有成果文件", "Without an answer there must be a document")),
                FieldView::new("file", t("成果文件", "Documents"), "file")
                    .hint(t("申请人可以看到和下载；每个不超过 20 MB", "The client sees them; at most 20 MB each"))
                    .of(self.faults, self.visit.lang),
            ],
            Action::Confirm => vec![
                self.solved(t("申请人认为", "The client says")).needed(),
                self.area("words", t("申请人的话", "In the client's words")),
            ],
            Action::Return => vec![self.reason(t("申请人为什么退回", "Why the client hands it back"))],
            Action::FollowUp => vec![
                self.area("note", t("怎样回访的，申请人怎么说", "How the client was asked, and what was said"))
                    .needed(),
                self.solved(t("申请人认为（未表态可不选）", "The client says (if anything)")),
            ],
            Action::Archive => self.archive(),
            Action::Withdraw => {
                vec![self.area("reason", t("申请人的理由（可不填）", "The client's reason (may be empty)"))]
            }
            Action::Merge => vec![
                self.text("into", t("并入的办件编号", "Number of the case it goes on in"))
                    .needed()
                    .hint(t("如 HZ-2026-000123-9；两件须都由您调度", "Such as HZ-2026-000123-9; you must direct both")),
                self.reason(""),
            ],
            Action::Reopen => vec![self.reason(t("写入办理历史", "Stands in the history"))],
            _ => Vec::new(),
        }
    }

    fn field(&self, name: &'static str, label: &str, form: &'static str) -> FieldView {
        FieldView::new(name, label, form).value(self.sent.get(name)).of(self.faults, self.visit.lang)
    }

    fn text(&self, name: &'static str, label: &str) -> FieldView {
        self.field(name, label, "text")
    }

    fn area(&self, name: &'static str, label: &str) -> FieldView {
        self.field(name, label, "area")
    }

    fn reason(&self, hint: &str) -> FieldView {
        self.area("reason", self.visit.t("理由", "Reason")).hint(hint).needed()
    }

    fn choice(&self, name: &'static str, label: &str, choices: Vec<Choice>) -> FieldView {
        self.field(name, label, "choice").choices(choices)
    }

    fn staff(&self, name: &'static str, label: &str) -> FieldView {
        let sent = self.sent.given(name);
        let given = sent.map_or_else(
            || self.file.case.assignee.as_ref().map_or_else(String::new, ToString::to_string),
            str::to_owned,
        );
        self.choice(name, label, super::forms::colleagues(self.staff, &given, self.visit))
    }

    fn solved(&self, label: &str) -> FieldView {
        let lang = self.visit.lang.code();
        let chosen: Option<Solved> = self.sent.get("solved").parse().ok();
        let none = Choice { value: String::new(), name: "—".to_owned(), chosen: chosen.is_none() };
        let all = choices(Solved::ALL, chosen, Solved::code, |solved| solved.label(lang));
        self.choice("solved", label, std::iter::once(none).chain(all).collect())
    }

    fn plan(&self) -> Vec<FieldView> {
        let visit = self.visit;
        let latest = [self.file.clock.deadlines.promised, self.file.clock.deadlines.statutory];
        let latest = latest.into_iter().flatten().min();
        let helpers: Vec<&str> = self.sent.all("helpers").collect();
        let others = self.staff.iter().map(|(id, name)| Choice {
            value: id.to_string(),
            name: name.clone(),
            chosen: helpers.contains(&id.as_str()),
        });
        let mut staff = self.staff("staff", visit.t("承办人", "In hand with")).needed();
        if self.sent.given("staff").is_none()
            && self.file.case.assignee.is_none()
            && let Some(me) = visit.actor.id()
        {
            staff.choices.iter_mut().for_each(|choice| choice.chosen = choice.value == me.as_str());
        }
        let deadline = match self.sent.given("deadline") {
            Some(typed) => typed.to_owned(),
            None => latest.map_or_else(String::new, |latest| latest.to_string()),
        };
        let hint = latest.map_or_else(String::new, |latest| {
            visit
                .lang
                .t(&format!("不晚于 {latest}（承诺或法定期限）"), &format!("at latest {latest}, as promised"))
                .to_owned()
        });
        let contact = self.sent.given("contact").map_or_else(|| self.contact.clone(), str::to_owned);
        vec![
            staff,
            self.field("helpers", visit.t("参与人", "With"), "choices").choices(others.collect()),
            self.area("plan", visit.t("做什么、怎么做", "What is to be done, and how")).needed(),
            self.field("deadline", visit.t("与申请人约定的完成日期", "Day agreed with the client"), "date")
                .value(deadline)
                .hint(hint)
                .needed(),
            self.text("contact", visit.t("联系人和电话", "Contact and telephone"))
                .value(contact)
                .hint(visit.t("申请人可以看到", "The client sees it"))
                .needed(),
        ]
    }

    fn extension(&self) -> Vec<FieldView> {
        let (visit, case) = (self.visit, &self.file.case);
        let lang = visit.lang.code();
        let accepted = office_day(case.accepted_at.unwrap_or(case.received_at));
        let chosen: Option<Ground> = self.sent.get("ground").parse().ok();
        let most = |ground: Ground| most_extension(self.calendar, &case.terms, ground, accepted);
        let choice = |ground: &Ground| Choice {
            value: ground.code().to_owned(),
            name: visit
                .lang
                .t(
                    &format!("{}（最多 {} 个工作日）", ground.label(lang), most(*ground)),
                    &format!("{} (at most {} working days)", ground.label(lang), most(*ground)),
                )
                .to_owned(),
            chosen: chosen == Some(*ground),
        };
        let grounds = Ground::ALL.iter().filter(|ground| most(**ground) > 0).map(choice).collect();
        vec![
            self.choice("ground", visit.t("依据", "Ground"), grounds).needed(),
            self.field("days", visit.t("延长多少个工作日", "Working days more"), "number").typed("numeric").needed(),
            self.reason(visit.t("申请人会收到这段话；只能延期一次", "The client is told; it can be done once")),
        ]
    }

    fn transfer(&self) -> Vec<FieldView> {
        let visit = self.visit;
        let sent = self.sent.get("outlet");
        let none = Choice { value: String::new(), name: "—".to_owned(), chosen: sent.is_empty() };
        let near = self.near.iter().map(|node| Choice {
            value: node.id.to_string(),
            name: people::name(node, visit),
            chosen: node.id.as_str() == sent,
        });
        let choices: Vec<Choice> = std::iter::once(none).chain(near).collect();
        vec![
            self.choice("outlet", visit.t("移交给", "To which outlet"), choices),
            self.text("elsewhere", visit.t("或其他网点", "Or another one"))
                .hint(visit.t("写机构全称", "Write its whole name")),
            self.reason(visit.t(
                "申请人会收到这段话；移交后由接收网点重新分派",
                "The client is told; the other outlet assigns it anew",
            )),
        ]
    }

    fn archive(&self) -> Vec<FieldView> {
        let (visit, lang) = (self.visit, self.visit.lang.code());
        let chosen: Option<Outcome> = self.sent.get("outcome").parse().ok();
        let said = match self.file.case.answer {
            Some(Solved::Yes) => Some(Outcome::Solved),
            Some(Solved::Partly) => Some(Outcome::Partly),
            Some(Solved::No) => Some(Outcome::NotSolved),
            None => None,
        };
        let outcomes = choices(&Outcome::OF_ARCHIVING, chosen.or(said), Outcome::code, |outcome| outcome.label(lang));
        let records: Vec<&str> = self.file.case.records.iter().map(|record| record.label(lang)).collect();
        let hint = format!(
            "{}{}",
            visit.t("结果为已解决或部分解决时须留有：", "If solved or partly solved, these must be on record: "),
            records.join(visit.t("、", ", "))
        );
        let outcome = self.choice("outcome", visit.t("办理结果", "Outcome"), outcomes).needed();
        let mut fields = vec![if records.is_empty() { outcome } else { outcome.hint(hint) }];
        if !self.file.parties.is_empty() {
            let chosen: Option<Settlement> = self.sent.get("settlement").parse().ok();
            let none = Choice { value: String::new(), name: "—".to_owned(), chosen: chosen.is_none() };
            let all = choices(Settlement::ALL, chosen, Settlement::code, |settlement| settlement.label(lang));
            let all = std::iter::once(none).chain(all).collect();
            fields.push(self.choice("settlement", visit.t("各方处理结果", "What the parties came to"), all).needed());
        }
        if self.file.case.counts_who_came() {
            let came = self.field("attended", visit.t("实到人数", "People who came"), "number").typed("numeric");
            fields.push(came.hint(visit.t("计入培训场次和人次", "Counts among the trainings and the people trained")));
        }
        fields.push(self.area("summary", visit.t("归档小结", "Summary for the archive")));
        fields
    }

    /// A group for every party.
    fn parties(&self) -> Vec<GroupView> {
        let (visit, lang) = (self.visit, self.visit.lang.code());
        let there: &[Party] = self.personal.map_or(&[], |personal| &personal.parties);
        let sent = self.sent.all("party").count();
        let rows = if sent > 0 { sent } else { there.len() + MORE_PARTIES };
        let group = |row: usize| {
            let party = there.get(row).filter(|_| sent == 0);
            let typed = |name: &str| self.sent.get(&format!("{name}-{row}")).to_owned();
            let role: Option<PartyRole> = party.map(|party| party.role).or_else(|| typed("role").parse().ok());
            let value = |name: &str, known: Option<&String>| known.cloned().unwrap_or_else(|| typed(name));
            let roles = choices(PartyRole::ALL, role, PartyRole::code, |role| role.label(lang));
            GroupView {
                name: format!("{} {}", visit.t("当事人", "Party"), row + 1),
                fields: vec![
                    FieldView::new(format!("role-{row}"), visit.t("身份", "Role"), "choice").choices(roles),
                    FieldView::new(format!("name-{row}"), visit.t("姓名或名称", "Name"), "text")
                        .value(value("name", party.map(|party| &party.name)))
                        .of(self.faults, visit.lang),
                    FieldView::new(format!("contact-{row}"), visit.t("联系方式", "How to reach it"), "text")
                        .value(value("contact", party.map(|party| &party.contact))),
                ],
            }
        };
        (0..rows).map(group).collect()
    }
}

/// How many rows of parties a form has: each sends this beside.
pub(crate) fn party_rows(groups: &[GroupView], action: Action) -> usize {
    if action == Action::NameParties { groups.len() } else { 0 }
}
