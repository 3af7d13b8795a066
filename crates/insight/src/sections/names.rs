//! Sections of people and firms, and of what is cited.

use charts::{Bars, Edge, Kind, Mark, Network, TableCell};
use index::FacetField;

use crate::links::any;
use crate::section::{Page, Section, number, percent};
use crate::{Count, Level, Ranking, SectionId};

/// Applicants, owners, inventors or agents.
pub(crate) fn ranking(page: &Page<'_>, id: SectionId) -> Section {
    let analysis = page.analysis;
    let (ranking, field, title, head) = match id {
        SectionId::Owners => {
            (&analysis.owners, FacetField::Owner, page.say("主要权利人", "Leading owners"), page.say("权利人", "Owner"))
        }
        SectionId::Inventors => (
            &analysis.inventors,
            FacetField::Inventor,
            page.say("主要发明人", "Leading inventors"),
            page.say("发明人、设计人", "Inventor or designer"),
        ),
        SectionId::Agents => (
            &analysis.agents,
            FacetField::Agent,
            page.say("主要代理机构", "Leading agents"),
            page.say("代理人、代理机构", "Agent or agency"),
        ),
        _ => (
            &analysis.applicants,
            FacetField::Applicant,
            page.say("主要申请人", "Leading applicants"),
            page.say("申请人", "Applicant"),
        ),
    };
    let mut section = page.section(
        id,
        title,
        page.say(
            "一件权利有几个名称就在每个名称下各计一次，故占比之和可大于 100%；占比以全部权利为分母。大小写、全半角、标点和繁简\
             不同的写法合并计数，其他不同写法（译名、曾用名、子公司）不合并。",
            "A right counts under each of its names, so shares may add up to more than 100%; they are parts of all rights. \
             Spellings that differ in case, width, punctuation or simplified and traditional characters are counted \
             together; other spellings (translations, former names, subsidiaries) are not.",
        ),
        leader(page, ranking),
        Kind::Bars(Bars {
            label_head: head.to_owned(),
            value_head: page.rights(),
            marks: ranking.entries.iter().map(|entry| mark(page, field, entry)).collect(),
        }),
    );
    section.figure.notes.extend(rest(page, ranking));
    page.with_shares(section, &shares(&ranking.entries))
}

pub(crate) fn mark(page: &Page<'_>, field: FacetField, entry: &Count) -> Mark {
    Mark::count(page.label(field, &entry.value), entry.count).link(page.list(field, &entry.value))
}

pub(crate) fn shares(entries: &[Count]) -> Vec<f64> {
    entries.iter().map(|entry| entry.share).collect()
}

/// The first of a ranking, for those who do not see the bars.
pub(crate) fn leader(page: &Page<'_>, ranking: &Ranking) -> String {
    let Some(first) = ranking.entries.first() else { return String::new() };
    let (count, share) = (number(first.count), percent(first.share));
    if page.lang() == "zh" {
        format!("最多：{}，{count} 件，占 {share}。", first.value)
    } else {
        format!("The most: {}, {count} rights, {share} of all.", first.value)
    }
}

/// How many have no value, and how many values there are.
pub(crate) fn rest(page: &Page<'_>, ranking: &Ranking) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(all) = ranking.different.filter(|all| *all > ranking.entries.len() as u64) {
        let (shown, all) = (ranking.entries.len(), number(all));
        notes.push(if page.lang() == "zh" {
            format!("列出 {all} 个中的前 {shown} 个")
        } else {
            format!("The first {shown} of {all}")
        });
    }
    if ranking.without > 0 {
        let without = number(ranking.without);
        notes.push(if page.lang() == "zh" {
            format!("没有此项记载：{without} 件")
        } else {
            format!("Without any: {without}")
        });
    }
    notes
}

/// How much of the field its largest applicants hold.
pub(crate) fn concentration(page: &Page<'_>) -> Section {
    let names = &page.analysis.applicants.entries;
    let list = |n: usize| {
        let clauses: Vec<String> =
            names.iter().take(n).map(|entry| search::clause(FacetField::Applicant, &entry.value)).collect();
        page.links.to(&[&any(&clauses)])
    };
    let found = page.analysis.concentration.as_ref();
    let marks = found.into_iter().flat_map(|found| {
        let mark = |n: usize, share: f64| Mark::new(format!("CR{n}"), (share * 1000.0).round() / 10.0).link(list(n));
        [mark(4, found.cr4), mark(8, found.cr8), mark(10, found.cr10)]
    });
    let told = found.map(|found| {
        let (hhi, applicants, level) =
            (charts::number(found.hhi.round()), number(found.applicants), found.level.label(page.lang()));
        if page.lang() == "zh" {
            format!("HHI 为 {hhi}，{level}；申请人 {applicants} 个。")
        } else {
            format!("HHI {hhi}, {level}; {applicants} applicants.")
        }
    });
    let mut section = page.section(
        SectionId::Concentration,
        page.say("集中度", "Concentration"),
        &method(page),
        told.clone().unwrap_or_default(),
        Kind::Bars(Bars {
            label_head: page.say("指标", "Measure").to_owned(),
            value_head: page.say("占比（%）", "Share (%)").to_owned(),
            marks: marks.collect(),
        }),
    );
    section.figure.notes.extend(told);
    if let Some(found) = found {
        let heading = page.say("数值（CR 为 %，HHI 为指数）", "Value (CR in %, HHI an index)");
        section.table.headings = vec![section.table.headings[0].clone(), heading.to_owned()];
        let text = |text: &str| TableCell { text: text.to_owned(), value: None, href: None };
        let hhi = found.hhi.round();
        section.table.rows.push(vec![text("HHI"), TableCell { value: Some(hhi), ..text(&charts::number(hhi)) }]);
        if !found.complete {
            section.figure.notes.push(
                page.say("申请人过多，只计最大的五万个", "So many applicants that only the 50,000 largest are counted")
                    .to_owned(),
            );
        }
    }
    section
}

fn method(page: &Page<'_>) -> String {
    let level = |level: Level| level.label(page.lang());
    let (low, moderate, high) = (level(Level::Low), level(Level::Moderate), level(Level::High));
    if page.lang() == "zh" {
        format!(
            "CR4、CR8、CR10 为最大的 4、8、10 个申请人占全部申请人次的比例，HHI 为各申请人所占百分比的平方和；共同申请对每个\
             申请人各计一次。HHI 低于 1000 为{low}，1000 至 1800 为{moderate}，高于 1800 为{high}（美国 2023 年《合并指南》的分级）。"
        )
    } else {
        format!(
            "CR4, CR8 and CR10 are the shares of the 4, 8 and 10 largest applicants in all mentions of applicants, the HHI \
             is the sum of the squares of all shares in per cent; a joint application mentions each of its applicants. \
             Below 1,000 the field is {low}, up to 1,800 {moderate}, above {high} (classes of the United States Merger \
             Guidelines of 2023)."
        )
    }
}

/// Who files together.
pub(crate) fn network(page: &Page<'_>) -> Section {
    let network = &page.analysis.network;
    let clause = |at: usize| search::clause(FacetField::Applicant, &network.nodes[at].value);
    let edges = network.edges.iter().map(|pair| Edge {
        from: pair.from,
        to: pair.to,
        value: pair.count as f64,
        href: Some(page.links.to(&[&clause(pair.from), &clause(pair.to)])),
        note: None,
    });
    let (nodes, looked_at) = (network.nodes.len(), network.looked_at);
    let note = if page.lang() == "zh" {
        format!("最大的 {looked_at} 个申请人中有 {nodes} 个与其中的其他申请人共同申请")
    } else {
        format!("Of the {looked_at} largest applicants, {nodes} have filed together with another of them")
    };
    let mut section = page.section(
        SectionId::Network,
        page.say("共同申请网络", "Joint applicants"),
        page.say(
            "只看申请最多的 50 个申请人；两个申请人在同一件权利中出现即相连，线上为共同申请的件数。",
            "Among the 50 applicants with the most rights, two are joined when they stand in the same right; a line counts \
             their joint rights.",
        ),
        note.clone(),
        Kind::Network(Network {
            from_head: page.say("申请人", "Applicant").to_owned(),
            to_head: page.say("共同申请人", "Joint applicant").to_owned(),
            node_head: page.rights(),
            edge_head: page.say("共同申请（件）", "Joint rights").to_owned(),
            nodes: network.nodes.iter().map(|node| mark(page, FacetField::Applicant, node)).collect(),
            edges: edges.collect(),
        }),
    );
    section.figure = section.figure.noted(note);
    section
}

/// Publications cited most.
pub(crate) fn citations(page: &Page<'_>) -> Section {
    let citations = &page.analysis.citations;
    let marks = citations.iter().map(|cited| {
        let mark = Mark::count(&cited.number, cited.count).link(page.list(FacetField::Cited, &cited.number));
        match &cited.title {
            Some(title) => mark.noted(title),
            None => mark,
        }
    });
    let mut section = page.section(
        SectionId::Citations,
        page.say("被引最多的文献", "Publications cited most"),
        page.say(
            "在检索结果的引文中出现的公开号，按引用它的权利件数计；同一件权利多次引用只计一次。数字指向引用它的权利，\
             库中有的文献另可打开。",
            "Publication numbers in the citation lists of the rights found, by the number of rights that cite them; a right \
             counts once for each. The number opens the citing rights; publications that are here can be opened themselves.",
        ),
        String::new(),
        Kind::Bars(Bars {
            label_head: page.say("被引文献", "Cited publication").to_owned(),
            value_head: page.say("引用它的权利（件）", "Citing rights").to_owned(),
            marks: marks.collect(),
        }),
    );
    for (row, cited) in section.table.rows.iter_mut().zip(citations) {
        if let (Some(cell), Some(right)) = (row.first_mut(), &cited.right) {
            cell.href = Some(format!("/rights/{right}"));
        }
    }
    let shares: Vec<f64> = citations.iter().map(|cited| crate::share(cited.count, page.analysis.total)).collect();
    page.with_shares(section, &shares)
}
