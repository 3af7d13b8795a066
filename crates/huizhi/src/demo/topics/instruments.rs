//! Instruments.

use super::Topic;
use super::Trend::{Falling, Growing, Rising};

#[rustfmt::skip]
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        weight: 10, trend: Growing, locarno: "24-02",
        ipc: &["A61B5/024", "A61B5/11", "A61M16/00", "G16H50/20"],
        things: &[("可穿戴心率监测仪", "wearable heart-rate monitor"), ("呼吸训练器", "breathing trainer"), ("康复外骨骼", "rehabilitation exoskeleton")],
        parts: &[("柔性传感器", "flexible sensor"), ("绑带", "strap"), ("气流阀", "airflow valve"), ("信号处理单元", "signal processing unit")],
        gains: &[("佩戴舒适", "comfortable wear"), ("减少误报", "fewer false alarms"), ("便于清洁", "easy cleaning")],
    },
    Topic {
        weight: 4, trend: Falling, locarno: "16-06",
        ipc: &["G02B6/42", "G02B27/01", "G02F1/13"],
        things: &[("增强现实镜片", "augmented reality lens"), ("光纤耦合器", "fibre coupler"), ("调光膜", "dimming film")],
        parts: &[("波导片", "waveguide plate"), ("准直透镜", "collimating lens"), ("液晶层", "liquid crystal layer")],
        gains: &[("扩大视场角", "a wider field of view"), ("降低插入损耗", "lower insertion loss")],
    },
    Topic {
        weight: 9, trend: Growing, locarno: "10-04",
        ipc: &["G01R31/367", "G01N21/88", "G01S17/89"],
        things: &[("电池健康检测仪", "battery health tester"), ("表面缺陷检测设备", "surface defect inspection equipment"), ("激光雷达", "lidar")],
        parts: &[("采样电路", "sampling circuit"), ("线阵相机", "line camera"), ("旋转棱镜", "rotating prism")],
        gains: &[("提高检测精度", "higher inspection accuracy"), ("缩短检测时间", "a shorter inspection time")],
    },
    Topic {
        weight: 3, trend: Rising, locarno: "24-01",
        ipc: &["G01N33/53", "G01N33/68"],
        things: &[("免疫层析试纸", "immunochromatographic strip"), ("蛋白检测芯片", "protein detection chip")],
        parts: &[("包被膜", "coated membrane"), ("微流道", "microchannel"), ("标记垫", "label pad")],
        gains: &[("提高灵敏度", "a higher sensitivity"), ("缩短反应时间", "a shorter reaction time")],
    },
    Topic {
        weight: 7, trend: Growing, locarno: "10-05",
        ipc: &["G05B19/418", "G08G1/01", "G05D1/43"],
        things: &[("产线数字孪生系统", "production line digital twin system"), ("路口信号控制方法", "intersection signal control method"), ("巡检机器人导航方法", "inspection robot navigation method")],
        parts: &[("边缘控制器", "edge controller"), ("地磁检测器", "geomagnetic detector"), ("定位标签", "positioning tag")],
        gains: &[("减少停机时间", "less downtime"), ("提高通行效率", "a higher throughput")],
    },
];
