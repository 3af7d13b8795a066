//! What the acts on cases are called in the audit trail.

use crate::Action;

/// Code, Chinese and English name of every entry beside the actions of the flow.
const LABELS: [(&str, &str, &str); 16] = [
    ("case.document.add", "添加文件", "added a document"),
    ("case.document.read", "查看当事人文件", "read a client's document"),
    ("case.document.withdraw", "撤回文件", "took a document back"),
    ("case.export", "导出办件", "exported cases"),
    ("case.forget", "删除办件中的个人信息", "took a client's data out of a case"),
    ("case.personal.read", "查看当事人信息", "read a client's data"),
    ("case.recount", "重新计算时限", "counted deadlines anew"),
    ("case.tracking.renew", "更换查询码", "renewed a tracking code"),
    ("case.warn", "监察预警", "warned of a case"),
    ("draft.discard", "删除草稿", "threw a draft away"),
    ("draft.file.add", "草稿添加文件", "added a file to a draft"),
    ("draft.forget", "清理草稿", "forgot a draft"),
    ("draft.save", "保存草稿", "saved a draft"),
    ("case.message", "留言", "wrote a message"),
    ("case.note", "内部备注", "wrote a note"),
    ("case.task", "任务", "kept a task"),
];

/// What an entry of this crate is called in `zh` or, for every other language, English; none for entries of others.
pub fn action_label(action: &str, lang: &str) -> Option<&'static str> {
    if let Some((_, zh, en)) = LABELS.iter().find(|(code, _, _)| *code == action) {
        return Some(if lang == "zh" { zh } else { en });
    }
    let code = action.strip_prefix("case.")?;
    Action::ALL.iter().find(|action| action.code() == code).map(|action| action.label(lang))
}
