//! Writing: what is put, replaced, removed and committed.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use tantivy::merge_policy::LogMergePolicy;
use tantivy::schema::Field as Slot;
use tantivy::{IndexReader, IndexWriter, Searcher, Term};

use super::document::Entry;

/// The right to write, and what must be known of the index for it.
pub(super) struct Writer {
    /// The engine's part.
    pub(super) engine: IndexWriter<Entry>,
    /// What went wrong; nothing is written after it.
    pub(super) failed: Option<String>,
    /// The last commit.
    committed: Searcher,
    /// Hashes of the ids put since then.
    put: HashSet<u64>,
}

impl Writer {
    /// Writes on from the commit that `committed` shows.
    pub(super) fn new(engine: IndexWriter<Entry>, committed: Searcher) -> Self {
        let mut writer = Self { engine, failed: None, committed, put: HashSet::new() };
        writer.set_policy();
        writer
    }

    /// When segments are merged: every look-up is paid once a segment, so they stay few, and the room of rights that
    /// were replaced is freed.
    fn set_policy(&mut self) {
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(6);
        policy.set_del_docs_ratio_before_merge(0.3);
        self.engine.set_merge_policy(Box::new(policy));
    }

    /// Puts a right in the place of what there is of it.
    pub(super) fn put(&mut self, id: Slot, entry: Entry) -> tantivy::Result<()> {
        let term = Term::from_field_text(id, &entry.id);
        let mut hasher = DefaultHasher::new();
        entry.id.hash(&mut hasher);
        // A deletion takes a kilobyte until the next commit and is then looked up in every segment: a first load
        // does without.
        let mut known = !self.put.insert(hasher.finish());
        for segment in self.committed.segment_readers() {
            known = known || segment.inverted_index(id)?.get_term_info(&term)?.is_some();
        }
        if known {
            self.engine.delete_term(term);
        }
        self.engine.add_document(entry)?;
        Ok(())
    }

    /// Removes a right, if there is one.
    pub(super) fn remove(&mut self, id: Slot, text: &str) {
        self.engine.delete_term(Term::from_field_text(id, text));
    }

    /// Drops what was added since the last commit, and what was committed.
    pub(super) fn forget(&mut self) -> tantivy::Result<()> {
        self.engine.rollback()?;
        // That made the engine's writer anew.
        self.set_policy();
        self.engine.delete_all_documents()?;
        Ok(())
    }

    /// Commits with a payload, and brings the reader there.
    pub(super) fn commit(&mut self, payload: &str, reader: &IndexReader) -> tantivy::Result<()> {
        let mut commit = self.engine.prepare_commit()?;
        commit.set_payload(payload);
        commit.commit()?;
        reader.reload()?;
        self.committed = reader.searcher();
        self.put.clear();
        Ok(())
    }
}
