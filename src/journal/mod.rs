//! The journal: one record a decision, each bound to the one before it, so that a decision can be proved a year later.
//!
//! A journal is a file of JSON Lines. When it has grown to the size of a segment it is closed, packed with zstd and put beside it, and a
//! new file goes on:
//!
//! ```text
//! decisions.jsonl               the open segment
//! decisions.jsonl.000001.zst    closed segments, the oldest first; without `.zst` while one is not packed yet
//! decisions.jsonl.lock          who writes holds a lock on it; nothing is in it
//! ```
//!
//! # A record
//!
//! A line is one JSON object whose keys stand in this order; those of the middle depend on `kind`:
//!
//! | key | holds |
//! |---|---|
//! | `format` | 1, the version of this form |
//! | `kind` | `decision`; `lost` where decisions left that could not be recorded; `mended` where the rest of a torn line was taken away |
//! | `number` | 1 for the first record, then one more each |
//! | `written_at` | when it was written, by the clock of the machine |
//! | `engine` | the version of the engine |
//! | `case_id`, `case_digest` | of a `decision`: the number of the case, and its digest (`audit.input_hash` of the decision) |
//! | `bundle` | `name`, `version` and `digest` of the bundle that decided, and `shown_in`, with which the places in the decision begin |
//! | `at` | what time it was taken to be, with the offset in which it was said |
//! | `decision_id` | the number of the decision |
//! | `decision` | the decision: the bytes that [`Decision::to_json_line`](crate::Decision::to_json_line) gives |
//! | `case` | the case as it was understood, if cases are kept |
//! | `masked` | if personal facts are masked: `key` (which one, see [`MaskingKey::id`]) and `facts`, the paths that were replaced |
//! | `decisions` | of `lost`: how many |
//! | `bytes` | of `mended`: how many |
//! | `previous` | the `check` of the record before; `null` in the first |
//! | `check` | blake3 of the bytes of this line up to the comma before `"check"`, as `blake3:` and 64 digits |
//!
//! Whoever reads a journal with another program takes for each line everything before its last 83 bytes (`,"check":"blake3:...64
//! digits..."}`), hashes it (`b3sum`), and compares; `previous` has to be the `check` of the line before. A changed byte shows in `check`,
//! a record that was taken out, put in or moved in `previous` and `number`. Records taken from the end leave a chain that is whole: keep the
//! latest `check` somewhere else and ask for it ([`Verification::holds`]).
//!
//! # Personal facts
//!
//! With a [`MaskingKey`], facts that tell who the customer is (those of the registry, and those that a bundle lists under `personal`) are
//! replaced before anything is written: by `masked:` and 32 digits, the first half of the keyed blake3 hash of the path of the fact, a line
//! break, and its JSON. Equal values of a fact under one key are replaced by equal texts. The same is done with
//! what a decision tells of them: values that were read, also as a derived input or as an item of a loop, conditions that failed, and
//! words of the case in its texts. Words that are nobody's own (a day, the name of a tier) are replaced in sentences alone, as they
//! mean something else elsewhere; a bare number, a single letter or a `true` that a sentence prints stays. Digests of the whole
//! case could be used to try out guesses, so `case_digest`, `audit.input_hash` and `decision_id` are replaced too. Who has the key can find
//! out whether a guess is right; once the key is thrown away, nobody can, and the chain still holds.
//!
//! Order of the files, each using only those before it: `error`, `key`, `recording`, `masking`, `record`, `segment`, `reader`, `tail`,
//! `writer`, `verification`, `difference`, `replay`.

mod difference;
mod error;
mod key;
mod masking;
mod reader;
mod record;
mod recording;
mod replay;
mod segment;
mod tail;
mod verification;
mod writer;

pub use difference::Difference;
pub use error::JournalError;
pub use key::MaskingKey;
pub use reader::{Place, Records};
pub use record::{DecisionRecord, Entry, MaskedFacts, Record};
pub use recording::{Failing, Recording, Sync};
pub use replay::{Obstacle, Replay, Replayed};
pub use verification::{Break, Verification};
pub use writer::{Journal, JournalReport};
