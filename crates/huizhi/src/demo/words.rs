//! The words that demonstration rights are made of. All firms, people and places of origin are invented.

/// A field of technology: IPC subclass groups, and words to write about it.
pub(super) struct Topic {
    pub(super) ipc: &'static [&'static str],
    pub(super) locarno: &'static str,
    /// (Chinese, English) names of the thing.
    pub(super) things: &'static [(&'static str, &'static str)],
    /// (Chinese, English) parts of it.
    pub(super) parts: &'static [(&'static str, &'static str)],
    /// (Chinese, English) what is gained.
    pub(super) gains: &'static [(&'static str, &'static str)],
}

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        ipc: &["H01M10/0525", "H01M10/0562", "H01M4/62", "H01M50/204"],
        locarno: "13-02",
        things: &[
            ("固态电池", "solid-state battery"),
            ("锂离子电池模组", "lithium-ion battery module"),
            ("石墨烯电极", "graphene electrode"),
            ("钠离子电芯", "sodium-ion cell"),
        ],
        parts: &[
            ("固态电解质层", "solid electrolyte layer"),
            ("石墨烯导电网络", "conductive graphene network"),
            ("隔膜", "separator"),
            ("冷却板", "cooling plate"),
            ("正极片", "cathode sheet"),
        ],
        gains: &[
            ("提高循环寿命", "a longer cycle life"),
            ("抑制枝晶生长", "suppressed dendrite growth"),
            ("缩短充电时间", "a shorter charging time"),
        ],
    },
    Topic {
        ipc: &["G06N3/08", "G06F16/9535", "G06V10/82", "G06Q50/18"],
        locarno: "14-02",
        things: &[
            ("专利语义检索方法", "method for semantic patent retrieval"),
            ("图像识别装置", "image recognition device"),
            ("知识图谱构建系统", "knowledge graph construction system"),
            ("推荐模型训练方法", "method of training a recommendation model"),
        ],
        parts: &[
            ("特征提取网络", "feature extraction network"),
            ("缓存单元", "cache unit"),
            ("注意力模块", "attention module"),
            ("索引服务器", "index server"),
        ],
        gains: &[
            ("提高检索准确率", "a higher retrieval accuracy"),
            ("减少计算量", "less computation"),
            ("缩短响应时间", "a shorter response time"),
        ],
    },
    Topic {
        ipc: &["A61B5/024", "A61B5/11", "A61M16/00", "G16H50/20"],
        locarno: "24-02",
        things: &[
            ("可穿戴心率监测仪", "wearable heart-rate monitor"),
            ("呼吸训练器", "breathing trainer"),
            ("康复外骨骼", "rehabilitation exoskeleton"),
        ],
        parts: &[
            ("柔性传感器", "flexible sensor"),
            ("绑带", "strap"),
            ("气流阀", "airflow valve"),
            ("信号处理单元", "signal processing unit"),
        ],
        gains: &[("佩戴舒适", "comfortable wear"), ("减少误报", "fewer false alarms"), ("便于清洁", "easy cleaning")],
    },
    Topic {
        ipc: &["A01G9/24", "A01C23/04", "A01B79/00", "A01D46/30"],
        locarno: "15-03",
        things: &[
            ("温室灌溉控制系统", "greenhouse irrigation control system"),
            ("茶叶采摘机器人", "tea picking robot"),
            ("山地果园运输机", "mountain orchard conveyor"),
        ],
        parts: &[
            ("土壤湿度探头", "soil moisture probe"),
            ("滴灌管路", "drip line"),
            ("采摘末端执行器", "picking end effector"),
            ("轨道车", "rail car"),
        ],
        gains: &[("节约用水", "saved water"), ("降低人工成本", "lower labour cost"), ("减少损伤", "less damage")],
    },
    Topic {
        ipc: &["B60L53/14", "B60L53/30", "H02J7/00", "B64U50/37"],
        locarno: "12-08",
        things: &[
            ("无人机充电平台", "drone charging platform"),
            ("电动汽车换电站", "battery swapping station"),
            ("折叠式电动自行车", "folding electric bicycle"),
        ],
        parts: &[
            ("对位机构", "alignment mechanism"),
            ("充电接口", "charging port"),
            ("升降台", "lifting table"),
            ("锁止销", "locking pin"),
        ],
        gains: &[
            ("提高对位精度", "higher alignment accuracy"),
            ("缩短等待时间", "a shorter wait"),
            ("占地面积小", "a small footprint"),
        ],
    },
    Topic {
        ipc: &["C02F1/44", "B01D61/02", "C02F3/30"],
        locarno: "23-01",
        things: &[
            ("膜法水处理装置", "membrane water treatment device"),
            ("家用净水器", "household water purifier"),
            ("污泥脱水设备", "sludge dewatering equipment"),
        ],
        parts: &[
            ("反渗透膜组件", "reverse osmosis membrane module"),
            ("回流管", "return pipe"),
            ("曝气盘", "aeration disc"),
        ],
        gains: &[("降低能耗", "lower energy use"), ("减缓膜污染", "slower membrane fouling")],
    },
];

/// (Chinese name, English name, province, city). All invented.
pub(super) const FIRMS: &[(&str, &str, &str, &str)] = &[
    ("云岭演示电池有限公司", "Yunling Demonstration Battery Co., Ltd.", "贵州省", "贵阳市"),
    ("江畔演示智能科技有限公司", "Jiangpan Demonstration Intelligence Co., Ltd.", "重庆市", "重庆市"),
    ("海屿演示医疗器械有限公司", "Haiyu Demonstration Medical Devices Co., Ltd.", "广东省", "深圳市"),
    ("青禾演示农业装备有限公司", "Qinghe Demonstration Farm Equipment Co., Ltd.", "山东省", "潍坊市"),
    ("北辰演示大学", "Beichen Demonstration University", "北京市", "北京市"),
    ("沐川演示水务科技有限公司", "Muchuan Demonstration Water Co., Ltd.", "四川省", "成都市"),
    ("远航演示交通装备有限公司", "Yuanhang Demonstration Transport Co., Ltd.", "浙江省", "宁波市"),
    ("星桥演示半导体有限公司", "Xingqiao Demonstration Semiconductor Co., Ltd.", "江苏省", "苏州市"),
    ("Northlake Demo Instruments Inc.", "Northlake Demo Instruments Inc.", "MN", "Duluth"),
    ("Alpenrose Demo GmbH", "Alpenrose Demo GmbH", "BY", "Kempten"),
];

/// Invented people: (Chinese, Latin).
pub(super) const PEOPLE: &[(&str, &str)] = &[
    ("演示甲", "Yan Shijia"),
    ("演示乙", "Yan Shiyi"),
    ("演示丙", "Yan Shibing"),
    ("演示丁", "Yan Shiding"),
    ("林样例", "Lin Yangli"),
    ("周样例", "Zhou Yangli"),
    ("何试样", "He Shiyang"),
    ("Ada Sample", "Ada Sample"),
    ("Ben Specimen", "Ben Specimen"),
];

pub(super) const AGENCIES: &[&str] = &["明理演示专利代理事务所", "惠民演示商标事务所", "Specimen & Demo LLP"];

/// Made-up mark words: (text, language).
pub(super) const MARKS: &[(&str, &str)] = &[
    ("云岭绿芯", "zh"),
    ("江畔智检", "zh"),
    ("青禾田语", "zh"),
    ("沐川清泉", "zh"),
    ("YUNLING CORE", "en"),
    ("RIVERBANK MIND", "en"),
    ("GREENSPROUT DEMO", "en"),
    ("NORTHLAKE TRUE", "en"),
];

/// Goods by Nice class: (class, Chinese terms, English terms).
pub(super) const GOODS: &[(u8, &[&str], &[&str])] = &[
    (9, &["蓄电池", "计算机软件", "充电器"], &["accumulators", "computer software", "battery chargers"]),
    (10, &["医用监测仪", "康复器械"], &["medical monitors", "rehabilitation apparatus"]),
    (11, &["净水器", "水过滤设备"], &["water purifiers", "water filtering apparatus"]),
    (12, &["电动自行车", "无人机"], &["electric bicycles", "drones"]),
    (30, &["茶", "米粉"], &["tea", "rice noodles"]),
    (31, &["新鲜水果", "鲜花"], &["fresh fruit", "flowers"]),
    (42, &["专利检索服务", "软件设计"], &["patent search services", "software design"]),
];

/// Invented geographical indications: (name, English, area, product's Nice class).
pub(super) const INDICATIONS: &[(&str, &str, &str, u8)] = &[
    ("云岭演示茶", "Yunling Demo Tea", "贵州省云岭演示县", 30),
    ("江畔演示柑橘", "Jiangpan Demo Citrus", "重庆市江畔演示区", 31),
    ("沐川演示粉丝", "Muchuan Demo Vermicelli", "四川省沐川演示县", 30),
    ("青禾演示苹果", "Qinghe Demo Apple", "山东省青禾演示市", 31),
    ("海屿演示蚝干", "Haiyu Demo Dried Oyster", "广东省海屿演示镇", 29),
];

pub(super) const CHIPS: &[(&str, &str)] = &[
    ("电源管理芯片", "power management chip"),
    ("触控驱动芯片", "touch driver chip"),
    ("电池采样芯片", "battery sampling chip"),
    ("射频开关芯片", "RF switch chip"),
];
