//! The words that marks, indications and layouts of the demonstration are made of. All are invented.

/// Heads of mark words in groups that sound alike, whatever the characters: (Chinese spellings, Latin spellings).
pub(super) const HEADS: &[(&[&str], &[&str])] = &[
    (&["云岭", "芸灵", "耘凌"], &["YUNLING", "YOONLING"]),
    (&["江畔", "姜盼", "疆盼"], &["JIANGPAN", "JANGPAN"]),
    (&["青禾", "清荷", "轻和"], &["QINGHE", "CHINGHE"]),
    (&["沐川", "慕川", "牧川"], &["MUCHUAN", "MOOCHUAN"]),
    (&["海屿", "海宇", "海羽"], &["HAIYU", "HIGHYU"]),
    (&["远航", "元航", "源行"], &["NORTHLAKE", "NORTHLAIK"]),
    (&["星桥", "星乔", "新翘"], &["BRIGHTEC", "BRITEK"]),
    (&["北辰", "贝晨", "倍臣"], &["GREENSPROUT", "GRENESPROWT"]),
    (&["明溪", "鸣曦", "茗汐"], &["RIVERBANK", "RIVABANC"]),
    (&["安泽", "桉则", "安则"], &["KLEENTREE", "CLEANTREE"]),
    (&["乐途", "悦途", "勒图"], &["FONELITE", "PHONELIGHT"]),
    (&["锦程", "金诚", "谨承"], &["SKYLARK", "SKYLARC"]),
    (&["山语", "杉羽", "珊雨"], &["KWIKMILL", "QUICKMILL"]),
    (&["禾田", "和甜", "荷恬"], &["TEAHAUS", "TEEHOUSE"]),
];

/// Tails of Chinese mark words.
pub(super) const TAILS: &[&str] =
    &["", "绿芯", "智检", "田语", "清泉", "优选", "出行", "茶坊", "小筑", "工匠", "健康", "光年", "快充", "美味"];

/// Second words of Latin marks.
pub(super) const SECONDS: &[&str] = &["", " CORE", " MIND", " DEMO", " TRUE", " HOME", " GO", " LAB", " FARM"];

/// Goods and services by Nice class: (class, Chinese terms, English terms).
pub(super) const GOODS: &[(u8, &[&str], &[&str])] = &[
    (9, &["蓄电池", "计算机软件", "充电器"], &["accumulators", "computer software", "battery chargers"]),
    (35, &["市场营销", "进出口代理"], &["marketing", "import-export agency services"]),
    (30, &["茶", "米粉"], &["tea", "rice noodles"]),
    (42, &["专利检索服务", "软件设计"], &["patent search services", "software design"]),
    (11, &["净水器", "水过滤设备"], &["water purifiers", "water filtering apparatus"]),
    (12, &["电动自行车", "无人机"], &["electric bicycles", "drones"]),
    (43, &["茶馆", "民宿服务"], &["tea houses", "guesthouse services"]),
    (25, &["服装", "运动鞋"], &["clothing", "sports shoes"]),
    (3, &["面霜", "洗发水"], &["face cream", "shampoo"]),
    (5, &["中药制剂", "营养补充剂"], &["herbal medicines", "nutritional supplements"]),
    (7, &["采摘机器人", "水泵"], &["harvesting robots", "water pumps"]),
    (29, &["牛肉干", "食用油"], &["dried beef", "edible oils"]),
    (31, &["新鲜水果", "鲜花"], &["fresh fruit", "flowers"]),
    (41, &["职业培训", "组织展览"], &["vocational training", "organising exhibitions"]),
    (10, &["医用监测仪", "康复器械"], &["medical monitors", "rehabilitation apparatus"]),
    (32, &["果汁", "矿泉水"], &["fruit juice", "mineral water"]),
    (33, &["果酒", "米酒"], &["fruit wine", "rice wine"]),
    (20, &["升降桌", "竹制家具"], &["height-adjustable desks", "bamboo furniture"]),
    (21, &["茶具", "保温杯"], &["tea sets", "vacuum flasks"]),
    (28, &["健身器材", "拼装玩具"], &["exercise apparatus", "construction toys"]),
    (36, &["知识产权质押融资"], &["financing on pledged intellectual property"]),
    (38, &["数据传输"], &["data transmission"]),
    (44, &["远程医疗", "园艺"], &["telemedicine", "gardening"]),
    (1, &["电池用电解质"], &["electrolytes for batteries"]),
    (16, &["包装纸盒"], &["cardboard boxes"]),
    (19, &["再生骨料", "预制板"], &["recycled aggregate", "prefabricated slabs"]),
    (45, &["知识产权咨询"], &["intellectual property consultancy"]),
];

/// What figurative marks show, by Vienna code.
pub(super) const VIENNA: &[&str] =
    &["26.01.01", "01.01.02", "05.03.13", "26.11.12", "06.01.02", "05.05.20", "01.15.15"];

/// Products of geographical indications: (Chinese, English, Nice class).
pub(super) const PRODUCTS: &[(&str, &str, u8)] = &[
    ("茶", "Tea", 30),
    ("柑橘", "Citrus", 31),
    ("粉丝", "Vermicelli", 30),
    ("苹果", "Apple", 31),
    ("蚝干", "Dried Oyster", 29),
    ("大米", "Rice", 30),
    ("蜂蜜", "Honey", 30),
    ("黄酒", "Rice Wine", 33),
    ("竹编", "Bamboo Weaving", 20),
    ("陶器", "Pottery", 21),
    ("枸杞", "Goji Berry", 5),
    ("火腿", "Ham", 29),
];

/// Integrated circuits: (Chinese, English).
pub(super) const CHIPS: &[(&str, &str)] = &[
    ("电源管理芯片", "power management chip"),
    ("触控驱动芯片", "touch driver chip"),
    ("电池采样芯片", "battery sampling chip"),
    ("射频开关芯片", "RF switch chip"),
    ("图像传感芯片", "image sensor chip"),
    ("电机驱动芯片", "motor driver chip"),
    ("毫米波收发芯片", "millimetre-wave transceiver chip"),
];
