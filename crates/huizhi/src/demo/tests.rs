use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use records::{ApplicantType, Effect, Part, Right, RightKind, Status, assemble};

use super::years::LAST;
use super::{SEED, lay_out, make, write_parts};

const RIGHTS: u64 = 2000;

fn all_parts() -> Vec<Vec<Part>> {
    (0..RIGHTS).map(|at| make::parts(SEED, at)).collect()
}

fn rights() -> Vec<Right> {
    all_parts().iter().map(|parts| assemble(parts).expect("a right")).collect()
}

#[test]
fn the_set_is_always_the_same_and_a_longer_one_begins_with_a_shorter() {
    let written = |rights| {
        let mut bytes = Vec::new();
        write_parts(&mut bytes, SEED, rights).expect("written");
        bytes
    };
    let (short, long) = (written(50), written(120));
    assert!(long.starts_with(&short) && short == written(50));
}

#[test]
fn the_set_keeps_to_the_data_standard_and_ends_on_its_last_day() {
    for part in all_parts().iter().flatten() {
        let findings = records::standard::check(part, LAST);
        assert!(
            findings.iter().all(|f| f.severity != records::standard::Severity::Error),
            "{}: {findings:?}",
            part.key
        );
    }
    for right in rights() {
        let days = right.events.iter().map(|event| event.date).chain([
            right.filing_date,
            right.publication_date,
            right.grant_date,
        ]);
        assert!(days.flatten().all(|day| day <= LAST), "{}", right.id);
        assert_ne!(right.status, Status::Unknown, "{}", right.id);
    }
}

#[test]
fn rights_of_the_set_cite_earlier_ones_of_the_set() {
    let rights = rights();
    let known: BTreeMap<String, &Right> = rights
        .iter()
        .flat_map(|right| {
            let kind = |p: &records::Publication| p.kind.as_ref().map_or_else(String::new, ToString::to_string);
            right.publications.iter().map(move |p| (format!("{}{}", p.number.as_str(), kind(p)), right))
        })
        .collect();
    let mut cited: BTreeMap<&str, usize> = BTreeMap::new();
    for right in &rights {
        for number in right.citations.iter().filter_map(|citation| citation.number.as_deref()) {
            let target = known.get(number).unwrap_or_else(|| panic!("{} cites {number}, which is not there", right.id));
            assert!(target.filing_date < right.filing_date, "{} cites {number}", right.id);
            *cited.entry(number).or_default() += 1;
        }
    }
    let (sum, most) = (cited.values().sum::<usize>(), cited.values().max().copied().unwrap_or_default());
    assert!(sum > 700 && (6..60).contains(&most), "{sum} citations, {most} of one");
}

#[test]
fn families_have_two_to_five_rights_of_one_origin() {
    let mut families: BTreeMap<String, Vec<Right>> = BTreeMap::new();
    for right in rights() {
        if let Some(family) = right.family_id.clone() {
            families.entry(family).or_default().push(right);
        }
    }
    let sizes: BTreeSet<usize> = families.values().map(Vec::len).collect();
    assert_eq!(sizes, BTreeSet::from([2, 3, 5]));
    for members in families.values() {
        let first = &members[0];
        for other in &members[1..] {
            assert_eq!(other.applicants, first.applicants);
            assert_eq!(other.priorities[0].date, first.filing_date);
            assert_eq!(Some(&other.priorities[0].number), first.application_number.as_ref());
            assert_ne!(other.title("zh"), first.title("zh"));
        }
    }
}

#[test]
fn filings_grow_and_level_off() {
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    rights().iter().filter_map(|right| right.filing_date).for_each(|day| *years.entry(day.year()).or_default() += 1);
    let of = |from: i16, to: i16| years.range(from..=to).map(|(_, count)| count).sum::<usize>();
    assert!(of(2006, 2010) * 3 < of(2014, 2018), "{years:?}");
    let (before, after) = (of(2018, 2020), of(2021, 2023));
    assert!(before * 10 > after * 7 && after * 10 > before * 7, "{years:?}");
}

#[test]
fn lives_of_rights_show_every_effect_and_many_ends() {
    let rights = rights();
    let shown: BTreeSet<&str> =
        rights.iter().flat_map(|right| &right.events).filter_map(|event| event.effect).map(Effect::code).collect();
    let missing: Vec<_> = Effect::ALL.iter().map(|effect| effect.code()).filter(|code| !shown.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let states: BTreeSet<&str> = rights.iter().map(|right| right.status.code()).collect();
    assert!(states.len() >= 6, "{states:?}");
    let year = LAST.saturating_add(jiff::Span::new().years(1));
    let near = |right: &&Right| {
        right.status == Status::InForce && right.expiry_date.is_some_and(|day| day > LAST && day < year)
    };
    let near = rights.iter().filter(near).count();
    assert!((20..200).contains(&near), "{near} rights in force end within a year");
}

#[test]
fn patents_name_co_applicants_agents_and_several_technologies() {
    let patents: Vec<Right> = rights().into_iter().filter(|r| r.right == RightKind::Invention).collect();
    let joint = patents.iter().filter(|right| right.applicants.len() > 1).count();
    assert!((patents.len() / 12..patents.len() / 4).contains(&joint), "{joint} of {}", patents.len());
    let fields: BTreeSet<u8> =
        patents.iter().flat_map(|r| &r.ipc).filter_map(records::class::technology::field_of).collect();
    assert!(fields.len() >= 25, "{fields:?}");
    assert!(patents.iter().all(|right| right.agents[0].organisation.is_some()));
    let types: BTreeSet<ApplicantType> =
        patents.iter().flat_map(|right| &right.applicants).filter_map(ApplicantType::of).collect();
    assert_eq!(types.len(), 4, "all but government bodies: {types:?}");
}

#[test]
fn marks_that_sound_alike_are_written_differently() {
    let marks: BTreeSet<String> = rights()
        .iter()
        .filter(|right| right.right == RightKind::Trademark)
        .flat_map(|right| right.titles.iter().map(|title| title.text.clone()))
        .collect();
    assert!(marks.iter().any(|mark| mark.starts_with("青禾")) && marks.iter().any(|mark| mark.starts_with("清荷")));
    assert!(
        marks.iter().any(|mark| mark.starts_with("PHONELIGHT"))
            && marks.iter().any(|mark| mark.starts_with("FONELITE"))
    );
}

#[test]
fn what_is_laid_out_again_is_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = lay_out(folder.path(), 30).expect("laid out");
    let facts = || {
        let entries = [folder.path().to_owned(), folder.path().join("images")];
        let entries = entries.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder").flatten());
        let mut facts: Vec<_> =
            entries.map(|e| (e.path(), e.metadata().and_then(|meta| meta.modified()).expect("a time"))).collect();
        facts.retain(|(path, _)| path.is_file());
        facts.sort();
        facts
    };
    let before = facts();
    assert_eq!(lay_out(folder.path(), 30).expect("laid out"), file);
    assert_eq!(facts(), before);
    fs::write(&file, "something else").expect("written");
    lay_out(folder.path(), 30).expect("laid out");
    assert!(fs::read_to_string(&file).expect("a file").starts_with(sources::PARTS_HEADER), "a damaged file is mended");
}

#[test]
fn every_picture_that_a_right_names_is_laid_out() {
    let folder = tempfile::tempdir().expect("a folder");
    lay_out(folder.path(), 1).expect("laid out");
    for right in rights() {
        for image in &right.images {
            assert!(folder.path().join(&image.file).is_file(), "{} names {}", right.id, image.file);
        }
    }
}
