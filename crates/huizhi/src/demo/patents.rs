//! Patents for inventions and plants, and utility models.

use fastrand::Rng;
use records::{
    ApplicationNumber, Citation, Claim, Date, Description, Effect, Event, Ipc, Level, Office, Part, Priority, Record,
    RightKind, Text,
};

use super::events::Life;
use super::make::{Core, Maker, NOTE_EN, NOTE_ZH, application, capital, digits, kind, pick, series};
use super::parties;
use super::topics::{TOPICS, Topic};
use super::years::{later, plus_months, term};

impl Maker {
    pub(super) fn patent(&mut self, right: RightKind) -> Vec<Part> {
        let core = Core::of(self.seed, self.at);
        let topic = TOPICS[core.topic];
        // A family has one origin: thing, owners and words are the same, what is added differs.
        let mut shared = self.shared(core.leader);
        let (thing_zh, thing_en) = pick(&mut shared, topic.things);
        let rank = parties::applicant(&mut shared, core.topic);
        let mut applicants = vec![parties::firm(rank)];
        if shared.u8(..100) < 16 {
            applicants.push(parties::firm(parties::partner(&mut shared, rank)));
        } else if parties::is_chinese(rank) && shared.clone().u8(..100) < 6 {
            applicants = vec![parties::individual(rank)];
        }
        let mut writing = Writing::new(&mut shared, topic);
        writing.add(&mut self.rng, topic, core.member);
        let application = application(self.at, right, core.filed);
        let mut record = Record {
            right: Some(right),
            titles: writing.titles(thing_zh, thing_en),
            abstracts: writing.abstracts(right, thing_zh, thing_en),
            claims: writing.claims(&mut self.rng, thing_zh),
            description: Some(writing.description(right, thing_zh)),
            inventors: parties::inventors(&mut self.rng, rank),
            agents: vec![parties::agent(&mut self.rng, rank)],
            applicants,
            filing_date: Some(core.filed),
            priorities: self.priority(&core),
            family_id: (core.family > 1).then(|| format!("{}", 90_000_000 + core.leader)),
            ipc: symbols(&mut self.rng, topic),
            citations: self.citations(&core),
            images: self.drawings(),
            ..Record::default()
        };
        if let Some(place) = series(self.at) {
            record.titles = vec![
                Text::new(Some("zh"), format!("一种可折叠水杯（{}）", place + 1)),
                Text::new(Some("en"), format!("Folding cup ({})", place + 1)),
            ];
            let rank = parties::FIRST_SMALL;
            record.applicants = vec![parties::firm(rank)];
            record.inventors = parties::inventors(&mut Rng::with_seed(self.seed), rank).into_iter().take(1).collect();
            record.agents = vec![parties::agent_at(parties::AGENCIES.len() - 1)];
        }
        let examined = right != RightKind::UtilityModel;
        let (code, lag, years) =
            if examined { ("B", self.rng.i16(22..=46), 20) } else { ("U", self.rng.i16(7..=11), 10) };
        let granted = if !examined || self.chance(64) { later(core.filed, lag) } else { None };
        let expires = granted.and_then(|_| term(core.filed, years));
        let mut parts = Vec::new();
        let first = self.publication("A", Level::Application, plus_months(core.filed, 18)).filter(|_| examined);
        if let Some(first) = &first {
            record.publications = vec![first.clone()];
            parts.push(self.part("A", Self::subject(&application, &[first]), first.date, record.clone()));
        }
        if let Some(day) = granted
            && let Some(grant) = self.publication(code, Level::Grant, day)
        {
            record.publications = vec![grant.clone()];
            record.grant_date = granted;
            record.expiry_date = expires;
            record.owners.clone_from(&record.applicants);
            parts.push(self.part("B", Self::subject(&application, &[&grant]), granted, record));
        }
        let published = first.and_then(|first| first.date);
        parts.extend(self.life(&application, core.filed, published, granted, expires));
        parts
    }

    /// A record of legal events.
    fn life(
        &mut self,
        application: &ApplicationNumber,
        filed: Date,
        published: Option<Date>,
        granted: Option<Date>,
        expires: Option<Date>,
    ) -> Option<Part> {
        let mut life = Life::new();
        if published.is_some() {
            life.add(published, "PB01", "公布", Effect::Published);
            life.add(later(filed, 19), "SE01", "实质审查的生效", Effect::Examination);
        }
        match granted {
            Some(day) => {
                life.add(granted, "GR01", "授权", Effect::Granted);
                life.of_granted(&mut self.rng, day, expires);
            }
            None => match self.rng.u8(..10) {
                0..=4 => life.add(later(filed, 44), "RJ01", "发明专利申请公布后的驳回", Effect::Refused),
                5..=7 => life.add(later(filed, 38), "WD01", "发明专利申请公布后的视为撤回", Effect::Withdrawn),
                _ => {}
            },
        }
        let events: Vec<Event> = life.finish();
        let last = events.last()?.date;
        let record = Record { events, ..Record::default() };
        Some(self.part("event", Self::subject(application, &[]), last, record))
    }

    /// The first filing of its family, for the others.
    fn priority(&self, core: &Core) -> Vec<Priority> {
        if core.member == 0 {
            return Vec::new();
        }
        let first = Core::of(self.seed, core.leader);
        let number = application(core.leader, kind(core.leader), first.filed).display();
        vec![Priority { office: Some(Office::DEMO), number, date: Some(first.filed) }]
    }

    /// Earlier rights of the set, most of the same topic; some are cited far more often than others.
    fn citations(&mut self, core: &Core) -> Vec<Citation> {
        let mut cited: Vec<u64> = Vec::new();
        for _ in 0..self.rng.usize(..6) {
            let found = (0..20).find_map(|_| {
                // Small numbers come more often.
                let at = (self.rng.f64().powf(1.4) * self.at as f64) as u64;
                let fits = matches!(kind(at), RightKind::Invention | RightKind::UtilityModel) && at < self.at;
                let other = fits.then(|| Core::of(self.seed, at))?;
                let near = other.topic == core.topic || self.rng.u8(..100) < 4;
                (near && plus_months(other.filed, 18) < core.filed && other.leader != core.leader).then_some(at)
            });
            cited.extend(found.filter(|at| !cited.contains(at)));
        }
        cited.into_iter().map(|at| self.citation(at)).collect()
    }

    fn citation(&mut self, at: u64) -> Citation {
        let by_examiner = self.chance(70);
        let code = if kind(at) == RightKind::UtilityModel { "U" } else { "A" };
        Citation {
            number: Some(format!("XX{}{code}", digits(at))),
            category: by_examiner.then(|| pick(&mut self.rng, &["X", "Y", "A", "A"]).to_owned()),
            by: Some(if by_examiner { "examiner" } else { "applicant" }.to_owned()),
            ..Citation::default()
        }
    }
}

/// What one patent says of itself.
struct Writing {
    part_zh: &'static str,
    part_en: &'static str,
    second_zh: &'static str,
    gain_zh: &'static str,
    gain_en: &'static str,
    /// What a later member of a family adds.
    added: Option<(&'static str, &'static str)>,
}

impl Writing {
    fn new(rng: &mut Rng, topic: &Topic) -> Self {
        let first = rng.usize(..topic.parts.len());
        let (part_zh, part_en) = topic.parts[first];
        let (second_zh, _) = topic.parts[(first + rng.usize(1..topic.parts.len())) % topic.parts.len()];
        let (gain_zh, gain_en) = pick(rng, topic.gains);
        Self { part_zh, part_en, second_zh, gain_zh, gain_en, added: None }
    }

    fn add(&mut self, rng: &mut Rng, topic: &Topic, member: u64) {
        self.added = (member > 0).then(|| pick(rng, topic.parts));
    }

    fn titles(&self, thing_zh: &str, thing_en: &str) -> Vec<Text> {
        let Self { gain_zh, gain_en, added, .. } = self;
        let (more_zh, more_en) = match added {
            Some((zh, en)) => (format!("及其{zh}"), format!(" and its {en}")),
            None => (String::new(), String::new()),
        };
        vec![
            Text::new(Some("zh"), format!("一种{gain_zh}的{thing_zh}{more_zh}")),
            Text::new(Some("en"), format!("{} with {gain_en}{more_en}", capital(thing_en))),
        ]
    }

    fn abstracts(&self, right: RightKind, thing_zh: &str, thing_en: &str) -> Vec<Text> {
        let Self { part_zh, part_en, second_zh, gain_zh, gain_en, .. } = self;
        let (name_zh, name_en) = name(right);
        let zh = format!(
            "本{name_zh}公开了一种{thing_zh}，包括{part_zh}和{second_zh}。所述{part_zh}与{second_zh}相连，能够{gain_zh}。{NOTE_ZH}"
        );
        let en =
            format!("The {name_en} discloses a {thing_en} comprising a {part_en}, which gives {gain_en}. {NOTE_EN}");
        vec![Text::new(Some("zh"), zh), Text::new(Some("en"), en)]
    }

    fn claims(&self, rng: &mut Rng, thing: &str) -> Vec<Claim> {
        let Self { part_zh, second_zh, gain_zh, .. } = self;
        let mut claims =
            vec![claim(1, format!("一种{thing}，其特征在于，包括{part_zh}以及与其相连的{second_zh}。"), vec![])];
        for number in 2..=rng.u32(3..12) {
            let on = rng.u32(1..number);
            let text = format!(
                "根据权利要求{on}所述的{thing}，其特征在于，所述{part_zh}设有第{number}连接部，用于{gain_zh}。"
            );
            claims.push(claim(number, text, vec![on]));
        }
        claims
    }

    fn description(&self, right: RightKind, thing: &str) -> Description {
        let Self { part_zh, second_zh, gain_zh, .. } = self;
        let (name, _) = name(right);
        let mut description = Description { lang: Some("zh".to_owned()), ..Description::default() };
        description.heading("技术领域");
        description.paragraph(format!("本{name}涉及{thing}的技术领域。"));
        description.heading("背景技术");
        description.paragraph(format!("现有的{thing}难以{gain_zh}。为此需要改进{part_zh}。"));
        description.heading("发明内容");
        description.paragraph(format!("为了{gain_zh}，在{part_zh}与{second_zh}之间设置连接部。连接部可以拆卸。"));
        description.heading("具体实施方式");
        description.paragraph(format!("实施例一：{part_zh}位于{second_zh}上方。{NOTE_ZH}"));
        description
    }
}

fn name(right: RightKind) -> (&'static str, &'static str) {
    if right == RightKind::UtilityModel { ("实用新型", "utility model") } else { ("发明", "invention") }
}

/// One or two IPC symbols of the topic, the usual ones more often.
fn symbols(rng: &mut Rng, topic: &Topic) -> Vec<Ipc> {
    let from = rng.usize(..topic.ipc.len()).min(rng.usize(..topic.ipc.len()));
    let symbols = (0..rng.usize(1..=2)).map(|step| topic.ipc[(from + step) % topic.ipc.len()]);
    symbols.filter_map(Ipc::read).collect()
}

fn claim(number: u32, text: String, depends_on: Vec<u32>) -> Claim {
    Claim { number, text, depends_on, lang: Some("zh".to_owned()) }
}
