//! Mechanical engineering and other fields.

use super::Topic;
use super::Trend::{Falling, Growing, Rising};

#[rustfmt::skip]
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        weight: 7, trend: Growing, locarno: "15-03",
        ipc: &["A01G9/24", "A01C23/04", "A01B79/00", "A01D46/30"],
        things: &[("温室灌溉控制系统", "greenhouse irrigation control system"), ("茶叶采摘机器人", "tea picking robot"), ("山地果园运输机", "mountain orchard conveyor")],
        parts: &[("土壤湿度探头", "soil moisture probe"), ("滴灌管路", "drip line"), ("采摘末端执行器", "picking end effector"), ("轨道车", "rail car")],
        gains: &[("节约用水", "saved water"), ("降低人工成本", "lower labour cost"), ("减少损伤", "less damage")],
    },
    Topic {
        weight: 12, trend: Rising, locarno: "12-08",
        ipc: &["B60L53/14", "B60L53/30", "H02J7/00", "B64U50/37"],
        things: &[("无人机充电平台", "drone charging platform"), ("电动汽车换电站", "battery swapping station"), ("折叠式电动自行车", "folding electric bicycle")],
        parts: &[("对位机构", "alignment mechanism"), ("充电接口", "charging port"), ("升降台", "lifting table"), ("锁止销", "locking pin")],
        gains: &[("提高对位精度", "higher alignment accuracy"), ("缩短等待时间", "a shorter wait"), ("占地面积小", "a small footprint")],
    },
    Topic {
        weight: 7, trend: Rising, locarno: "15-99",
        ipc: &["B25J9/16", "B65G1/137"],
        things: &[("分拣机械臂", "sorting robot arm"), ("料箱穿梭车", "tote shuttle")],
        parts: &[("柔性夹爪", "soft gripper"), ("力传感器", "force sensor"), ("导向轮", "guide wheel")],
        gains: &[("避免碰撞", "collision avoidance"), ("提高分拣效率", "a higher sorting rate")],
    },
    Topic {
        weight: 5, trend: Falling, locarno: "15-09",
        ipc: &["B23K26/38", "B23Q11/10", "B24B27/033"],
        things: &[("激光切割机", "laser cutting machine"), ("打磨工作站", "grinding station"), ("机床冷却装置", "machine tool cooling device")],
        parts: &[("切割头", "cutting head"), ("吸尘罩", "dust hood"), ("浮动主轴", "floating spindle")],
        gains: &[("减少毛刺", "fewer burrs"), ("便于排屑", "easy chip removal")],
    },
    Topic {
        weight: 5, trend: Growing, locarno: "13-01",
        ipc: &["F03D7/02", "F04D29/30"],
        things: &[("风力发电机变桨装置", "wind turbine pitch device"), ("离心泵叶轮", "centrifugal pump impeller")],
        parts: &[("变桨轴承", "pitch bearing"), ("导流罩", "fairing"), ("耐磨环", "wear ring")],
        gains: &[("降低载荷", "lower loads"), ("提高效率", "a higher efficiency")],
    },
    Topic {
        weight: 3, trend: Falling, locarno: "05-05",
        ipc: &["D04B1/14", "D06M11/83", "B41J2/175"],
        things: &[("抗菌针织面料", "antibacterial knitted fabric"), ("喷墨供墨装置", "inkjet ink supply device")],
        parts: &[("银离子纤维", "silver ion fibre"), ("弹性纱", "elastic yarn"), ("墨囊", "ink bag")],
        gains: &[("耐水洗", "wash resistance"), ("透气", "breathability")],
    },
    Topic {
        weight: 5, trend: Growing, locarno: "23-04",
        ipc: &["F24F11/64", "F25B30/02"],
        things: &[("空气源热泵", "air-source heat pump"), ("空调控制方法", "air conditioner control method"), ("新风换热机", "fresh air heat exchanger")],
        parts: &[("蒸发器", "evaporator"), ("电子膨胀阀", "electronic expansion valve"), ("除霜回路", "defrosting circuit")],
        gains: &[("减少结霜", "less frosting"), ("节约电能", "saved electricity")],
    },
    Topic {
        weight: 4, trend: Falling, locarno: "15-01",
        ipc: &["F16H57/04", "F16C33/10"],
        things: &[("减速器", "speed reducer"), ("自润滑轴承", "self-lubricating bearing")],
        parts: &[("油路", "oil passage"), ("保持架", "cage"), ("密封圈", "seal ring")],
        gains: &[("降低温升", "a lower temperature rise"), ("减小磨损", "less wear")],
    },
    Topic {
        weight: 5, trend: Growing, locarno: "06-03",
        ipc: &["A47B9/00", "A47J31/44", "A63B21/00"],
        things: &[("升降办公桌", "height-adjustable desk"), ("泡茶机", "tea brewing machine"), ("阻力训练器", "resistance trainer")],
        parts: &[("伸缩立柱", "telescopic column"), ("滤杯", "filter cup"), ("弹力绳", "elastic rope")],
        gains: &[("运行平稳", "smooth motion"), ("便于收纳", "easy storage")],
    },
    Topic {
        weight: 5, trend: Falling, locarno: "25-03",
        ipc: &["E04B1/343", "E02D27/12", "E06B9/24"],
        things: &[("装配式房屋", "prefabricated house"), ("桩基础", "pile foundation"), ("智能遮阳窗", "smart shading window")],
        parts: &[("连接节点", "connecting joint"), ("承台", "pile cap"), ("遮阳百叶", "shading louvre")],
        gains: &[("缩短工期", "a shorter construction time"), ("提高抗震性能", "better earthquake resistance")],
    },
];
