//! Electrical engineering.

use super::Topic;
use super::Trend::{Falling, Growing, Rising};

#[rustfmt::skip]
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        weight: 18, trend: Rising, locarno: "13-02",
        ipc: &["H01M10/0525", "H01M10/0562", "H01M4/62", "H01M50/204"],
        things: &[("固态电池", "solid-state battery"), ("锂离子电池模组", "lithium-ion battery module"), ("石墨烯电极", "graphene electrode"), ("钠离子电芯", "sodium-ion cell")],
        parts: &[("固态电解质层", "solid electrolyte layer"), ("石墨烯导电网络", "conductive graphene network"), ("隔膜", "separator"), ("冷却板", "cooling plate"), ("正极片", "cathode sheet")],
        gains: &[("提高循环寿命", "a longer cycle life"), ("抑制枝晶生长", "suppressed dendrite growth"), ("缩短充电时间", "a shorter charging time")],
    },
    Topic {
        weight: 16, trend: Rising, locarno: "14-02",
        ipc: &["G06N3/08", "G06F16/9535", "G06V10/82"],
        things: &[("专利语义检索方法", "method for semantic patent retrieval"), ("图像识别装置", "image recognition device"), ("知识图谱构建系统", "knowledge graph construction system"), ("推荐模型训练方法", "method of training a recommendation model")],
        parts: &[("特征提取网络", "feature extraction network"), ("缓存单元", "cache unit"), ("注意力模块", "attention module"), ("索引服务器", "index server")],
        gains: &[("提高检索准确率", "a higher retrieval accuracy"), ("减少计算量", "less computation"), ("缩短响应时间", "a shorter response time")],
    },
    Topic {
        weight: 6, trend: Rising, locarno: "",
        ipc: &["G06Q50/18", "G06Q10/08", "G06Q30/06"],
        things: &[("知识产权交易撮合系统", "intellectual property matching system"), ("仓储调度方法", "warehouse scheduling method"), ("订单核验装置", "order verification device")],
        parts: &[("评估模块", "valuation module"), ("存证节点", "evidence node"), ("任务队列", "task queue")],
        gains: &[("降低交易成本", "lower transaction costs"), ("便于追溯", "easy tracing"), ("减少人工核对", "less checking by hand")],
    },
    Topic {
        weight: 7, trend: Growing, locarno: "14-01",
        ipc: &["H04N23/60", "H04R1/10", "H04N13/20"],
        things: &[("双目摄像头", "binocular camera"), ("骨传导耳机", "bone conduction earphone"), ("会议音箱", "conference loudspeaker")],
        parts: &[("麦克风阵列", "microphone array"), ("防抖支架", "stabilising bracket"), ("音腔", "sound chamber")],
        gains: &[("降低噪声", "less noise"), ("扩大拾音范围", "a wider pickup range")],
    },
    Topic {
        weight: 6, trend: Falling, locarno: "14-03",
        ipc: &["H01Q1/24", "H04B10/25", "H04B7/06"],
        things: &[("多频段天线", "multi-band antenna"), ("光纤收发模块", "optical fibre transceiver module"), ("信号中继器", "signal repeater")],
        parts: &[("辐射贴片", "radiating patch"), ("馈线", "feed line"), ("滤波腔", "filter cavity")],
        gains: &[("减小体积", "a smaller size"), ("提高隔离度", "better isolation")],
    },
    Topic {
        weight: 9, trend: Growing, locarno: "14-03",
        ipc: &["H04L9/32", "H04W72/04", "H04L67/12"],
        things: &[("物联网网关", "internet of things gateway"), ("身份认证方法", "authentication method"), ("资源分配方法", "resource allocation method")],
        parts: &[("密钥模块", "key module"), ("调度器", "scheduler"), ("边缘节点", "edge node")],
        gains: &[("降低时延", "lower latency"), ("防止重放攻击", "protection against replay")],
    },
    Topic {
        weight: 3, trend: Falling, locarno: "",
        ipc: &["H03F3/21", "H03K17/16", "H03M13/11"],
        things: &[("功率放大电路", "power amplifier circuit"), ("电平转换电路", "level shifting circuit"), ("译码电路", "decoding circuit")],
        parts: &[("偏置支路", "bias branch"), ("开关管", "switching transistor"), ("反馈电阻", "feedback resistor")],
        gains: &[("改善线性度", "better linearity"), ("降低静态功耗", "lower standby power")],
    },
    Topic {
        weight: 8, trend: Rising, locarno: "13-03",
        ipc: &["H01L21/67", "H01L23/367", "H10K59/10"],
        things: &[("晶圆搬运装置", "wafer handling device"), ("芯片散热封装", "heat-dissipating chip package"), ("柔性显示面板", "flexible display panel")],
        parts: &[("真空吸盘", "vacuum chuck"), ("导热垫", "thermal pad"), ("封装薄膜", "encapsulation film")],
        gains: &[("提高良率", "a higher yield"), ("改善散热", "better heat dissipation"), ("减少翘曲", "less warpage")],
    },
    Topic {
        weight: 5, trend: Growing, locarno: "26-05",
        ipc: &["H02J7/00", "H02K1/27", "F21V29/70"],
        things: &[("储能变流柜", "energy storage converter cabinet"), ("永磁电机", "permanent magnet motor"), ("路灯散热灯头", "heat-dissipating street lamp head")],
        parts: &[("均衡电路", "balancing circuit"), ("磁钢槽", "magnet slot"), ("散热鳍片", "cooling fin")],
        gains: &[("减小转矩脉动", "less torque ripple"), ("延长使用寿命", "a longer service life")],
    },
];
