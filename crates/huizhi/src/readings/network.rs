//! The network, by region, as of the last day of a period.

use indicators::{Asked, Boxed, Figure, Figures, Measure, Unit};
use jiff::civil::Date;
use network::{Coverage, Kind, Level, Network, Node, Status};

use super::{address, counted, measure, until, untold};

/// Counts organisations.
#[derive(Debug)]
pub(crate) struct Outlets {
    network: Network,
}

impl Outlets {
    pub(crate) fn new(network: Network) -> Self {
        Self { network }
    }

    /// Working organisations of a region, of a kind and level or all.
    async fn working(
        &self,
        units: &[Unit],
        which: (Option<Kind>, Option<Level>),
        day: Date,
    ) -> Result<Vec<Figure>, String> {
        let tree = self.network.tree(day).await.map_err(|error| error.to_string())?;
        let (kind, level) = which;
        let counts = |node: &&Node| {
            node.status == Status::Active
                && kind.is_none_or(|kind| node.kind == kind)
                && level.is_none_or(|level| node.level == level)
        };
        let all: Vec<&Node> = tree.iter().filter(counts).collect();
        let on = day.to_string();
        let figure = |unit: &Unit| {
            let count = all.iter().filter(|node| unit.region.contains(&node.region)).count() as u64;
            let region = if unit.region.prefix().is_empty() { "" } else { unit.region.as_str() };
            let asked = [
                ("region", region),
                ("kind", kind.map_or("", Kind::code)),
                ("level", level.map_or("", Level::code)),
                ("status", Status::Active.code()),
                ("on", &on),
            ];
            counted(count, address("/network", &asked))
        };
        Ok(units.iter().map(figure).collect())
    }

    /// Shares of regions with a public-service body.
    async fn coverage(&self, units: &[Unit], of_provinces: bool, day: Date) -> Result<Vec<Figure>, String> {
        let coverage: Coverage = self.network.coverage(day).await.map_err(|error| error.to_string())?;
        let href = address("/network/coverage", &[("on", &day.to_string())]);
        let figure = |unit: &Unit| {
            let percent = match unit.level {
                Level::Nation => {
                    let reach = if of_provinces { &coverage.provinces } else { &coverage.prefectures };
                    (reach.of > 0).then_some(reach.percent)
                }
                _ if of_provinces => None,
                _ => coverage
                    .by_province
                    .iter()
                    .find(|row| row.region == unit.region && row.prefectures > 0)
                    .map(|row| row.prefectures_covered as f64 * 100.0 / row.prefectures as f64),
            };
            match percent {
                Some(percent) => Figure { number: Ok(percent), href: Some(href.clone()) },
                None => untold("没有地级行政区划", "no prefecture-level division"),
            }
        };
        Ok(units.iter().map(figure).collect())
    }
}

impl Figures for Outlets {
    fn measures(&self) -> Vec<Measure> {
        let how = ("按服务地区计，以期末在运行的为准", "by the region served, as of the end of the period");
        let of = |code, zh, en| measure(code, true, (zh, en), how);
        vec![
            of("network.organisations", "运行中的机构", "working organisations"),
            of("network.tisc", "运行中的技术与创新支持中心", "working TISCs"),
            of("network.prefecture-bodies", "地市级公共服务机构", "public-service bodies of prefectures"),
            of("network.province-coverage", "省级机构覆盖率", "provinces with a body of their own"),
            of("network.prefecture-coverage", "地市级机构覆盖率", "prefectures with a body of their own"),
        ]
    }

    fn read<'a>(&'a self, asked: Asked<'a>, units: &'a [Unit]) -> Boxed<'a, Result<Vec<Figure>, String>> {
        let Asked { measure, period, today, .. } = asked;
        Box::pin(async move {
            let day = until(period.last_day(), today);
            match measure {
                "network.organisations" => self.working(units, (None, None), day).await,
                "network.tisc" => self.working(units, (Some(Kind::Tisc), None), day).await,
                "network.prefecture-bodies" => {
                    self.working(units, (Some(Kind::PublicServiceBody), Some(Level::Prefecture)), day).await
                }
                "network.province-coverage" => self.coverage(units, true, day).await,
                "network.prefecture-coverage" => self.coverage(units, false, day).await,
                other => Err(format!("{other} is not measured here")),
            }
        })
    }
}
