//! The small forms on the page of a case: messages, tasks, labels, links, documents.

use accounts::{PersonId, Random};
use jiff::Timestamp;
use services::Record;

use super::case::Typed;
use crate::form::{Choice, FieldView, GroupView};
use crate::frame::Visit;

/// The forms with what was typed into them.
pub(crate) struct Forms {
    pub(crate) say: Vec<GroupView>,
    pub(crate) say_id: String,
    pub(crate) task: Vec<GroupView>,
    pub(crate) task_id: String,
    pub(crate) label: Vec<GroupView>,
    pub(crate) link: Vec<GroupView>,
    pub(crate) document: Vec<GroupView>,
    pub(crate) document_id: String,
}

/// Steps of the work to choose from, none first.
pub(crate) fn records(chosen: &str, visit: &Visit) -> Vec<Choice> {
    let lang = visit.lang.code();
    let none =
        Choice {
            value: String::new(), name: visit.t("不作为环节记录", "none").to_owned(), chosen: chosen.is_empty()
        };
    let choice = |record: &Record| Choice {
        value: record.code().to_owned(),
        name: record.label(lang).to_owned(),
        chosen: record.code() == chosen,
    };
    std::iter::once(none).chain(Record::ALL.iter().map(choice)).collect()
}

/// Colleagues to choose from, nobody first.
pub(crate) fn colleagues(staff: &[(PersonId, String)], chosen: &str, visit: &Visit) -> Vec<Choice> {
    let none =
        Choice { value: String::new(), name: visit.t("不指定", "nobody").to_owned(), chosen: chosen.is_empty() };
    let choice = |(id, name): &(PersonId, String)| Choice {
        value: id.to_string(),
        name: name.clone(),
        chosen: id.as_str() == chosen,
    };
    std::iter::once(none).chain(staff.iter().map(choice)).collect()
}

pub(crate) fn forms(
    typed: &Typed,
    staff: &[(PersonId, String)],
    (now, random): (Timestamp, &mut Random),
    visit: &Visit,
) -> Forms {
    let value = |name: &str| typed.sent.get(name).to_owned();
    let field = |name: &'static str, label: &'static str, form: &'static str| {
        FieldView::new(name, label, form).value(value(name)).of(&typed.faults, visit.lang)
    };
    let one = |fields: Vec<FieldView>| vec![GroupView { name: String::new(), fields }];
    let mut id = |name: &str| {
        let sent = typed.sent.get(name);
        if sent.is_empty() { random.id(now).to_string() } else { sent.to_owned() }
    };
    let to_client = value("to") != "note";
    let to = [
        ("client", visit.t("给申请人的留言", "A message to the client"), to_client),
        ("note", visit.t("内部备注（申请人看不到）", "An internal note (the client does not see it)"), !to_client),
    ];
    let to = to.into_iter().map(|(value, name, chosen)| Choice { value: value.into(), name: name.into(), chosen });
    let say = one(vec![
        FieldView::new("to", visit.t("写什么", "What it is"), "choice").choices(to.collect()),
        FieldView::new("note_record", visit.t("备注记入环节", "The note records"), "choice")
            .choices(records(typed.sent.get("note_record"), visit)),
        field("words", visit.t("内容", "Words"), "area").needed(),
    ]);
    let task = one(vec![
        field("task", visit.t("要做什么", "What is to be done"), "text").needed(),
        FieldView::new("task_assignee", visit.t("由谁做", "Who does it"), "choice").choices(colleagues(
            staff,
            typed.sent.get("task_assignee"),
            visit,
        )),
        field("task_due", visit.t("期限", "By"), "date"),
    ]);
    let label = one(vec![field("labels", visit.t("标签", "Labels"), "text").hint(
        visit.t("用逗号分隔，用于咨询档案的主题统计", "with commas between; they make the topics of the archive"),
    )]);
    let link = one(vec![
        field("target", visit.t("地址或编号", "Address or number"), "text").needed().hint(visit.t(
            "粘贴本站权利、检索、分析或办件的地址，或写权利标识、办件编号",
            "paste an address of this site, or write the id of a right or the number of a case",
        )),
        field("link_label", visit.t("说明", "Words for it"), "text"),
    ]);
    let public = FieldView::new("public", visit.t("申请人可以看到", "The client sees it"), "tick");
    let document = one(vec![
        field("file", visit.t("文件", "File"), "file").hint(visit.t(
            "PDF、OFD、Word、Excel、图片、文本等，每个不超过 20 MB",
            "PDF, OFD, Word, Excel, pictures, text; at most 20 MB each",
        )),
        FieldView::new("record", visit.t("记入环节", "It records"), "choice")
            .choices(records(typed.sent.get("record"), visit)),
        public.value(value("public")),
    ]);
    let (say_id, task_id, document_id) = (id("say_id"), id("task_id"), id("document_id"));
    Forms { say, say_id, task, task_id, label, link, document, document_id }
}

impl Forms {
    /// What was wrong with what was sent: where on the page, and words.
    pub(crate) fn faults(&self, typed: &Typed, visit: &Visit) -> Vec<(String, String)> {
        let groups = [&self.say, &self.task, &self.label, &self.link, &self.document];
        let known = |name: &str| groups.iter().any(|group| group[0].fields.iter().any(|field| field.name == name));
        let told = |fault: &network::Fault| {
            let at = if known(&fault.field) { format!("#f-{}", fault.field) } else { String::new() };
            (at, fault.text(visit.lang.code()).to_owned())
        };
        typed.faults.iter().map(told).collect()
    }
}
