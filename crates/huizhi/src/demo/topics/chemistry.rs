//! Chemistry.

use super::Topic;
use super::Trend::{Falling, Growing, Rising};

#[rustfmt::skip]
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        weight: 7, trend: Growing, locarno: "23-01",
        ipc: &["C02F1/44", "B01D61/02", "C02F3/30"],
        things: &[("膜法水处理装置", "membrane water treatment device"), ("家用净水器", "household water purifier"), ("污泥脱水设备", "sludge dewatering equipment")],
        parts: &[("反渗透膜组件", "reverse osmosis membrane module"), ("回流管", "return pipe"), ("曝气盘", "aeration disc")],
        gains: &[("降低能耗", "lower energy use"), ("减缓膜污染", "slower membrane fouling")],
    },
    Topic {
        weight: 3, trend: Growing, locarno: "28-02",
        ipc: &["A61K8/97", "A61Q19/00", "C07D401/04"],
        things: &[("植物提取物面霜", "plant extract face cream"), ("吡啶类中间体", "pyridine intermediate")],
        parts: &[("山茶籽油", "camellia seed oil"), ("缓释微囊", "slow-release microcapsule"), ("催化剂", "catalyst")],
        gains: &[("减少刺激", "less irritation"), ("提高收率", "a higher yield")],
    },
    Topic {
        weight: 5, trend: Rising, locarno: "",
        ipc: &["C12N15/11", "C12N1/20", "C12Q1/68"],
        things: &[("基因编辑载体", "gene editing vector"), ("乳酸菌菌株", "lactic acid bacteria strain"), ("核酸检测试剂盒", "nucleic acid test kit")],
        parts: &[("引导序列", "guide sequence"), ("冻干保护剂", "lyoprotectant"), ("引物组", "primer set")],
        gains: &[("降低脱靶率", "fewer off-target edits"), ("提高存活率", "a higher survival rate")],
    },
    Topic {
        weight: 6, trend: Falling, locarno: "",
        ipc: &["A61K36/06", "A61K9/20", "A61P35/00"],
        things: &[("中药缓释片", "slow-release herbal tablet"), ("抗肿瘤组合物", "anti-tumour composition")],
        parts: &[("缓释骨架", "slow-release matrix"), ("包衣层", "coating layer"), ("提取物", "extract")],
        gains: &[("提高生物利用度", "a higher bioavailability"), ("减少服药次数", "fewer doses")],
    },
    Topic {
        weight: 4, trend: Growing, locarno: "",
        ipc: &["C08L67/04", "C08K3/04", "C08G18/48"],
        things: &[("可降解聚乳酸薄膜", "degradable polylactic acid film"), ("石墨烯复合塑料", "graphene composite plastic"), ("聚氨酯弹性体", "polyurethane elastomer")],
        parts: &[("扩链剂", "chain extender"), ("石墨烯片层", "graphene sheet"), ("增韧相", "toughening phase")],
        gains: &[("提高韧性", "a higher toughness"), ("加快降解", "faster degradation")],
    },
    Topic {
        weight: 5, trend: Falling, locarno: "01-03",
        ipc: &["A23F3/06", "A23L33/10", "C12G3/02"],
        things: &[("茶叶发酵方法", "tea fermentation method"), ("即食米粉", "instant rice noodles"), ("果酒酿造方法", "fruit wine brewing method")],
        parts: &[("发酵罐", "fermentation tank"), ("膳食纤维", "dietary fibre"), ("酵母", "yeast")],
        gains: &[("保留香气", "a preserved aroma"), ("延长保质期", "a longer shelf life")],
    },
    Topic {
        weight: 4, trend: Falling, locarno: "",
        ipc: &["C04B28/04", "C22C21/00", "C01B32/182"],
        things: &[("再生混凝土", "recycled concrete"), ("高强铝合金", "high-strength aluminium alloy"), ("石墨烯制备方法", "graphene production method")],
        parts: &[("再生骨料", "recycled aggregate"), ("稀土添加剂", "rare-earth additive"), ("剥离液", "exfoliation liquid")],
        gains: &[("提高强度", "a higher strength"), ("减少碳排放", "lower carbon emissions")],
    },
    Topic {
        weight: 3, trend: Growing, locarno: "",
        ipc: &["C23C14/06", "C09D5/08", "B82Y30/00"],
        things: &[("防腐涂料", "anticorrosive paint"), ("刀具纳米涂层", "nano coating for tools"), ("纳米隔热浆料", "nano insulating slurry")],
        parts: &[("过渡层", "transition layer"), ("片状填料", "flake filler"), ("固化剂", "curing agent")],
        gains: &[("提高附着力", "better adhesion"), ("耐盐雾", "resistance to salt spray")],
    },
];
