//! A classification scheme, browsed and searched place by place.

use std::collections::HashMap;

use crate::sql::schemes::{self, Placed};
use crate::{Register, RegisterError, SchemeEntry};

impl Register {
    /// The places directly below a symbol of the latest version of a scheme, those at the top for `None`, in scheme
    /// order; none when the scheme was not loaded, does not have the symbol, or nothing lies below it.
    pub async fn scheme_children(&self, scheme: &str, symbol: Option<&str>) -> Result<Vec<SchemeEntry>, RegisterError> {
        let mut read = self.database.read().await?;
        let Some(version) = schemes::latest(&mut read, scheme).await? else { return Ok(Vec::new()) };
        let edition = (scheme, version.as_str());
        let (mut from, end) = match symbol {
            None => (0, i64::MAX),
            Some(symbol) => {
                let Some(place) = schemes::place(&mut read, edition, symbol).await? else { return Ok(Vec::new()) };
                let end = schemes::shallower(&mut read, edition, place.ordinal, place.depth()).await?;
                (place.ordinal + 1, end.unwrap_or(i64::MAX))
            }
        };
        let mut children = Vec::new();
        // Places of one depth, up to a shallower one: a scheme that leaves levels out has several such stretches.
        while let Some(first) = schemes::first(&mut read, edition, from, end).await? {
            let depth = first.depth();
            let above = depth.checked_sub(1);
            let stop = match above {
                Some(above) => schemes::shallower(&mut read, edition, first.ordinal, above).await?,
                None => None,
            };
            let stop = stop.unwrap_or(i64::MAX).min(end);
            children.extend(schemes::level(&mut read, edition, depth, first.ordinal..stop).await?);
            from = stop;
        }
        Ok(children.into_iter().map(|placed| placed.entry).collect())
    }

    /// A symbol of the latest version of a scheme and everything below it, itself first, in scheme order; none when the
    /// scheme does not have it.
    pub async fn scheme_below(&self, scheme: &str, symbol: &str) -> Result<Vec<SchemeEntry>, RegisterError> {
        let mut read = self.database.read().await?;
        let Some(version) = schemes::latest(&mut read, scheme).await? else { return Ok(Vec::new()) };
        let edition = (scheme, version.as_str());
        let Some(place) = schemes::place(&mut read, edition, symbol).await? else { return Ok(Vec::new()) };
        let end = schemes::shallower(&mut read, edition, place.ordinal, place.depth()).await?;
        Ok(schemes::stretch(&mut read, edition, place.ordinal..end.unwrap_or(i64::MAX)).await?)
    }

    /// A symbol of the latest version of a scheme and the places above it, the top one first and itself last; none when
    /// the scheme does not have it.
    pub async fn scheme_path(&self, scheme: &str, symbol: &str) -> Result<Vec<SchemeEntry>, RegisterError> {
        let mut read = self.database.read().await?;
        let Some(version) = schemes::latest(&mut read, scheme).await? else { return Ok(Vec::new()) };
        let edition = (scheme, version.as_str());
        let Some(place) = schemes::place(&mut read, edition, symbol).await? else { return Ok(Vec::new()) };
        // The last place of each depth before it; it lies above when none that is less deep comes after it.
        let mut above: Vec<Placed> = Vec::new();
        for depth in 0..place.depth() {
            let Some(last) = schemes::last_before(&mut read, edition, depth, place.ordinal).await? else { continue };
            if above.last().is_none_or(|shallower| shallower.ordinal < last.ordinal) {
                above.push(last);
            }
        }
        above.push(place);
        Ok(above.into_iter().map(|placed| placed.entry).collect())
    }

    /// The places with these symbols in the latest version of a scheme, by symbol; those it does not have are left out.
    pub async fn scheme_places(
        &self,
        scheme: &str,
        symbols: &[String],
    ) -> Result<HashMap<String, SchemeEntry>, RegisterError> {
        let mut read = self.database.read().await?;
        let Some(version) = schemes::latest(&mut read, scheme).await? else { return Ok(HashMap::new()) };
        let places = schemes::places(&mut read, (scheme, version.as_str()), symbols).await?;
        Ok(places.into_iter().map(|entry| (entry.symbol.clone(), entry)).collect())
    }

    /// Places of the latest version of a scheme whose symbol begins with `typed` (upper case, as the scheme writes it), in
    /// scheme order, at most `most`.
    pub async fn scheme_starting(
        &self,
        scheme: &str,
        typed: &str,
        most: u32,
    ) -> Result<Vec<SchemeEntry>, RegisterError> {
        let mut read = self.database.read().await?;
        let Some(version) = schemes::latest(&mut read, scheme).await? else { return Ok(Vec::new()) };
        Ok(schemes::starting(&mut read, (scheme, version.as_str()), typed, most.into()).await?)
    }

    /// Places of the latest version of a scheme, at most `deepest` levels down, whose title in Chinese or in English has
    /// every one of these words (as parts of words, in any case), the less deep first, at most `most`. None for no words.
    pub async fn scheme_search(
        &self,
        scheme: &str,
        words: &[&str],
        deepest: u32,
        most: u32,
    ) -> Result<Vec<SchemeEntry>, RegisterError> {
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return Ok(Vec::new()) };
        let mut read = self.database.read().await?;
        let Some(version) = schemes::latest(&mut read, scheme).await? else { return Ok(Vec::new()) };
        // The database looks for one word, the rest is looked for among what it finds.
        let found = schemes::titled(&mut read, (scheme, version.as_str()), longest, deepest).await?;
        let has_all = |entry: &SchemeEntry| {
            [&entry.title_zh, &entry.title_en].into_iter().flatten().any(|title| {
                let title = title.to_lowercase();
                words.iter().all(|word| title.contains(&word.to_lowercase()))
            })
        };
        Ok(found.into_iter().filter(has_all).take(most as usize).collect())
    }
}
