//! The report: an analysis as a document that stands by itself.

use charts::Style;
use documents::{Block, Document, Field, Picture, Run, Table};

use crate::links::Links;
use crate::section::number;
use crate::{Analysis, SavedId, Section, sections};

/// Rows of a table in a report; the page and its downloads have all.
const MOST_ROWS: usize = 40;
/// Width of a figure: that of the text, in centimetres.
const WIDTH: f64 = 16.0;

/// The report of an analysis in `zh` or, for every other language, English.
///
/// `made_at` is RFC 3339 in UTC or a day. `base` is the address of the site without a slash at its end
/// (`https://ip.example.org`): links in a file need it; without it (empty) nothing is linked. `saved_id` is the id under
/// which the figures can be seen again.
pub fn report(analysis: &Analysis, lang: &str, made_at: &str, saved_id: Option<&SavedId>, base: &str) -> Document {
    let writer = Writer { analysis, zh: lang == "zh", base };
    let sections = sections(analysis, lang);
    let mut blocks = writer.head(made_at, saved_id);
    blocks.extend(writer.findings(&sections));
    for section in &sections {
        blocks.extend(writer.section(section));
    }
    blocks.push(Block::Heading(1, writer.say("使用说明", "How to read this").to_owned()));
    blocks.push(Block::List(caveats(analysis, lang).into_iter().map(|text| vec![Run::plain(text)]).collect()));
    Document {
        title: writer.say("知识产权分析报告", "Analysis of intellectual property").to_owned(),
        language: if writer.zh { "zh" } else { "en" }.to_owned(),
        author: writer.say("惠知", "Huizhi").to_owned(),
        date: made_at.get(..10).unwrap_or(made_at).to_owned(),
        contents: true,
        blocks,
    }
}

/// What a reader must know before concluding anything, one sentence or two each.
pub fn caveats(analysis: &Analysis, lang: &str) -> Vec<String> {
    let lag = analysis.lag;
    let texts = if lang == "zh" {
        [
            format!(
                "公布时滞：申请一般在申请日起 {lag} 个月内公布，近年的数字会随公布而上升，图中以斜线标出，不宜据此判断下降。"
            ),
            "名称写法：同一主体的译名、曾用名、子公司和笔误分别计数；只合并大小写、全半角、标点和繁简的不同。"
                .to_owned(),
            "重复计数：一件权利有几个申请人、发明人、分类或技术领域，就在每一项各计一次，各项之和可大于总数。"
                .to_owned(),
            "数据范围：只包括本平台已装载的数据，数据缺失不等于权利不存在；法律状态以各局登记簿为准。".to_owned(),
        ]
    } else {
        [
            format!(
                "Publication lag: applications are published within {lag} months as a rule, so the numbers of recent years \
                 will still rise; they are hatched and no sign of decline."
            ),
            "Spellings of names: translations, former names, subsidiaries and slips count apart; only case, width, \
             punctuation and simplified or traditional characters are levelled."
                .to_owned(),
            "Counting: a right with several applicants, inventors, classes or fields counts once in each, so parts may add \
             up to more than the whole."
                .to_owned(),
            "Coverage: only what has been loaded here; what is missing may exist all the same, and the registers of the \
             offices decide on legal status."
                .to_owned(),
        ]
    };
    texts.into()
}

struct Writer<'a> {
    analysis: &'a Analysis,
    zh: bool,
    base: &'a str,
}

impl Writer<'_> {
    fn say<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        if self.zh { zh } else { en }
    }

    /// What was analysed, when and on which data.
    fn head(&self, made_at: &str, saved_id: Option<&SavedId>) -> Vec<Block> {
        let analysis = self.analysis;
        let field = |label: &str, run: Run| Field { label: label.to_owned(), value: vec![run] };
        let query = if analysis.query == "*" { self.say("全部权利", "all rights") } else { &analysis.query };
        let mut fields = vec![
            field(
                self.say("检索式", "Query"),
                Run { text: query.to_owned(), bold: false, href: self.absolute(&Links::of(&analysis.text).all()) },
            ),
            field(self.say("命中", "Rights found"), Run::plain(number(analysis.total))),
            field(self.say("生成时间", "Made"), Run::plain(made_at)),
            field(self.say("法律状态日", "Status as of"), Run::plain(analysis.day.to_string())),
            field(
                self.say("数据位置", "Position of the register"),
                Run::plain(number(analysis.position.unsigned_abs())),
            ),
        ];
        if let Some(newest) = analysis.newest {
            fields.push(field(self.say("数据最新公布日", "Newest publication"), Run::plain(newest.to_string())));
        }
        if let Some(id) = saved_id {
            let (text, href) = (format!("{}{}", self.base, id.path()), self.absolute(&id.path()));
            fields.push(field(self.say("固定地址", "Permanent address"), Run { text, bold: false, href }));
        }
        vec![Block::Heading(1, self.say("分析对象", "What was analysed").to_owned()), Block::Fields(fields)]
    }

    /// What the figures show, one line each.
    fn findings(&self, sections: &[Section]) -> Vec<Block> {
        let told = sections.iter().filter(|section| !section.figure.description.is_empty());
        let line = |section: &Section| {
            let colon = self.say("：", ": ");
            vec![Run::bold(format!("{}{colon}", section.title)), Run::plain(section.figure.description.as_str())]
        };
        let lines: Vec<Vec<Run>> = told.map(line).collect();
        if lines.is_empty() {
            return vec![Block::text(self.say("没有符合检索式的权利。", "No rights match the query."))];
        }
        vec![Block::Heading(1, self.say("要点", "In short").to_owned()), Block::List(lines)]
    }

    /// Heading, method, figure and table.
    fn section(&self, section: &Section) -> Vec<Block> {
        let seen = &section.figure.description;
        vec![
            Block::Heading(1, section.title.clone()),
            Block::text(section.method.as_str()),
            Block::Picture(Picture {
                svg: section.figure.svg(Style::Print),
                caption: section.title.clone(),
                alt: if seen.is_empty() { section.title.clone() } else { seen.clone() },
                width_cm: WIDTH,
            }),
            Block::Table(Table::of(&section.table, MOST_ROWS, self.zh, self.base)),
        ]
    }

    /// An address of this site as a file needs it.
    fn absolute(&self, path: &str) -> Option<String> {
        (!self.base.is_empty()).then(|| format!("{}{path}", self.base))
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
