//! Every bound in the system, in one place, with its unit in its name.
//!
//! Nothing that reads input is unbounded: a document, a table, a script or a history that passes one of these limits
//! gets an error that names the limit, never a crash and never a slow death.

/// The largest single document (a bundle file, a case file, one line of a history) in bytes.
pub const DOCUMENT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The deepest nesting of mappings and lists in a document, in levels.
pub const DOCUMENT_DEPTH_MAX: usize = 64;
/// The most nodes in one document.
pub const DOCUMENT_NODES_MAX: usize = 500_000;
/// The most problems that one document reports before the reader gives up.
pub const DOCUMENT_ERRORS_MAX: usize = 100;
/// The longest key in a YAML document, in bytes: with all of it as escapes YAML still finds the colon behind it.
pub const KEY_BYTES_MAX: usize = 250;
/// The longest text that one fact may hold, in bytes.
pub const FACT_TEXT_BYTES_MAX: usize = 64 * 1024;
/// The most items in one list of a case.
pub const FACT_LIST_ITEMS_MAX: usize = 10_000;
/// How deep below a directory its case files, or the files of a bundle, are looked for, in levels.
pub const DIRECTORY_DEPTH_MAX: usize = 32;

/// The most files in one bundle.
pub const BUNDLE_FILES_MAX: usize = 2_000;
/// The largest bundle, all files together, in bytes.
pub const BUNDLE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// The longest path of a file in a bundle that is signed or stored, in bytes.
pub const BUNDLE_PATH_BYTES_MAX: usize = 1_024;
/// The most bundles that a store is searched for.
pub const STORE_BUNDLES_MAX: usize = 100_000;
/// The largest record of a journal, in bytes.
pub const JOURNAL_RECORD_BYTES_MAX: usize = 32 * 1024 * 1024;
/// The size at which a segment of a journal is closed where nobody says it, in bytes.
pub const JOURNAL_SEGMENT_BYTES: u64 = 64 * 1024 * 1024;
/// The most closed segments of one journal.
pub const JOURNAL_SEGMENTS_MAX: u32 = 999_999;
/// The largest file with keys, in bytes.
pub const KEY_FILE_BYTES_MAX: usize = 64 * 1024;
/// The most rules in one decision.
pub const DECISION_RULES_MAX: usize = 100_000;
/// The most decisions in one bundle.
pub const DECISIONS_MAX: usize = 1_000;
/// The most columns (conditions) of one decision.
pub const DECISION_COLUMNS_MAX: usize = 200;
/// The largest index of one table, in bytes; beyond it columns are cut more coarsely and the rows found are checked again.
pub const TABLE_INDEX_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The most rules shown as the nearest ones where no rule matched.
pub const NEAR_MISSES_MAX: usize = 3;
/// The most groups of cases by rules into which the weight of a change is divided.
pub const DIFF_SHIFTS_MAX: usize = 10_000;
/// The most work that is spent on walking through two tables together, in rows looked at.
pub const DIFF_WORK_MAX: usize = 40_000_000;
/// The most boxes of cases that come out differently which are gathered of one decision, before they are merged.
pub const DIFF_BOXES_MAX: usize = 20_000;
/// The most regions of one decision that are told.
pub const DIFF_REGIONS_SHOWN_MAX: usize = 20;
/// The most periods of time, times currencies, for which a decision is compared by itself.
pub const DIFF_WORLDS_MAX: usize = 128;
/// The most cases that are decided in the search for some that show the differences between two policies.
pub const DIFF_EVALUATIONS_MAX: usize = 12_000;
/// A history is read in pieces of so many bytes, or of one row where that is longer.
pub const HISTORY_PIECE_BYTES: usize = 512 * 1024;
/// The most rows of a table in one such piece.
pub const HISTORY_PIECE_ROWS: usize = 512;
/// The most names (languages, jurisdictions, words that a script makes up) under which a backtest counts cases, each for itself.
pub const BACKTEST_NAMES_MAX: usize = 2_000;
/// The most causes (by what is paid for, decision and rules) into which a backtest splits a difference in money.
pub const BACKTEST_CAUSES_MAX: usize = 5_000;
/// The most pools of money that a backtest counts.
pub const BACKTEST_POOLS_MAX: usize = 100;
/// The most steps of one such pool.
pub const BACKTEST_POOL_STEPS_MAX: usize = 20;
/// The rows of a table of results that are written as one group.
pub const BACKTEST_GROUP_ROWS: usize = 65_536;
/// The largest amount, in units of its currency, that a backtest adds up; larger ones are told apart. With [`BACKTEST_AMOUNT_DIGITS`] it keeps
/// every sum within the digits that a number holds, for a thousand million cases.
pub const BACKTEST_AMOUNT_MAX: i64 = 1_000_000_000_000;
/// The most digits behind the point of such an amount.
pub const BACKTEST_AMOUNT_DIGITS: u32 = 6;
/// How many times a sample is drawn again to tell how sure its figures are.
pub const BACKTEST_DRAWS: usize = 1_000;
/// How many items a `for_each` decision may decide.
pub const FOR_EACH_ITEMS_MAX: usize = 1_000;

/// The longest header of a message to the language server, in bytes.
pub const LSP_HEADER_BYTES_MAX: u64 = 8 * 1024;
/// The longest message to the language server, in bytes; a longer one is read over and refused.
pub const LSP_MESSAGE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// The most messages that wait for the language server before it stops reading.
pub const LSP_MESSAGES_WAITING_MAX: usize = 10_000;
/// The longest run of changes that the language server waits out before it checks a bundle in the midst of typing, in changes.
pub const LSP_CHANGES_WAITED_MAX: usize = 40;
/// The most symbols that the language server answers a search with.
pub const LSP_SYMBOLS_MAX: usize = 500;
/// The most cases of a history that the language server decides to count the hits of rules.
pub const LSP_HISTORY_CASES_MAX: u64 = 1_000_000;

/// The most significant digits of a decimal number.
pub const DECIMAL_DIGITS_MAX: u32 = 28;
/// The fewest digits behind the point that a result keeps which has more digits than a number can hold; one that would keep fewer
/// does not fit.
pub const DECIMAL_PLACES_KEPT_MIN: u32 = 10;

/// The longest script file, in bytes.
pub const SCRIPT_BYTES_MAX: usize = 64 * 1024;
/// The longest script file, in lines.
pub const SCRIPT_LINES_MAX: usize = 2_000;
/// The most syntax-tree nodes of one script file.
pub const SCRIPT_NODES_MAX: usize = 20_000;
/// The most operations that one call into a script may spend; natives charge by size.
pub const SCRIPT_OPERATIONS_MAX: u64 = 50_000;
/// The deepest nesting of calls in a script.
pub const SCRIPT_CALL_LEVELS_MAX: usize = 16;
/// The deepest nesting of expressions at the top level of a script.
pub const SCRIPT_EXPRESSION_DEPTH_MAX: usize = 64;
/// The deepest nesting of expressions inside a function of a script.
pub const SCRIPT_FUNCTION_DEPTH_MAX: usize = 32;
/// The longest text a script may build, in bytes.
pub const SCRIPT_TEXT_BYTES_MAX: usize = 4_096;
/// The longest list a script may build, in items.
pub const SCRIPT_LIST_ITEMS_MAX: usize = 1_000;
/// The largest map a script may build, in entries.
pub const SCRIPT_MAP_ENTRIES_MAX: usize = 500;
/// The most variables alive in a script.
pub const SCRIPT_VARIABLES_MAX: usize = 128;
/// The most functions of one script file.
pub const SCRIPT_FUNCTIONS_MAX: usize = 128;
/// The wall-clock backstop of one call into a script, in milliseconds; operations end a script long before.
pub const SCRIPT_WALL_CLOCK_MS_MAX: u64 = 250;

/// The most meanings of calls that are kept for the next call into a script.
pub const SCRIPT_RESOLUTIONS_KEPT_MAX: usize = 4_096;
/// What the variables of one function of a script may hold together, in bytes.
pub const SCRIPT_VARIABLES_BYTES_MAX: usize = 512 * 1024;
/// What one call into a script holds of memory at most, in bytes: the budget that the limits of size above keep, measured by tests.
pub const SCRIPT_MEMORY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The largest draft that a native plugin may give back, in bytes.
pub const PLUGIN_DRAFT_BYTES_MAX: usize = 1024 * 1024;
/// The deepest nesting of a value that a native plugin may give back, in levels.
pub const PLUGIN_DRAFT_DEPTH_MAX: usize = 16;
/// The most failures in a row that a bundle may wait for before a plugin is put in quarantine.
pub const QUARANTINE_AFTER_MAX: u64 = 1_000;
/// The longest quarantine, in minutes.
pub const QUARANTINE_MINUTES_MAX: u64 = 7 * 24 * 60;

/// The longest expression in a bundle, in bytes.
pub const EXPRESSION_BYTES_MAX: usize = 4_096;
/// The most instalments of a payment plan.
pub const INSTALMENTS_MAX: i64 = 120;
/// The furthest a date may move by arithmetic, in days.
pub const DATE_SHIFT_DAYS_MAX: i64 = 200_000;
/// The most pairs of rules of one decision that are reported because they match at once.
pub const OVERLAPS_REPORTED_MAX: usize = 20;
/// The longest stretch of time that a clock may run, in its units.
pub const STRETCH_COUNT_MAX: i64 = 10_000;
/// The most obligations in one bundle, those of its packs included.
pub const OBLIGATIONS_MAX: usize = 1_000;
/// The most lines under the `due` of one obligation.
pub const DUE_LINES_MAX: usize = 50;
/// The most packs of one bundle.
pub const PACKS_MAX: usize = 200;

/// The most cases that are decided in the search for one that meets a goal.
pub const FINDER_EVALUATIONS_MAX: usize = 4_000;
/// How deep the search for a case follows what derived inputs and decisions are computed from, in steps.
pub const FINDER_DEPTH_MAX: usize = 4;

/// The most facts of one case that are looked at together in the search for what would have changed its decision.
pub const WHY_FACTS_MAX: usize = 64;
/// The most groups of cases that are looked at in that search before it says that nothing is proven.
pub const WHY_GROUPS_MAX: usize = 6_000;
/// The most cases that are decided in that search.
pub const WHY_EVALUATIONS_MAX: usize = 10_000;
/// The most choices of facts of which each is decided, to tell what one decision can give, before that is told by its text alone.
pub const WHY_CHOICES_MAX: usize = 24;
/// The greatest number, in whole steps (cents, units, ten-thousandths), that a fact is taken to become in that search.
pub const WHY_STEPS_MAX: i64 = 1_000_000_000_000;
/// The most ways to an outcome that are told.
pub const WHY_ANSWERS_MAX: usize = 20;

/// The largest template of a letter, in bytes.
pub const LETTER_TEMPLATE_BYTES_MAX: usize = 32 * 1024;
/// The largest letter, in bytes.
pub const LETTER_BYTES_MAX: usize = 64 * 1024;
/// The most work that writing one part of a letter may be, in the fuel of the template engine: instructions and 64 bytes of text alike.
pub const LETTER_FUEL_MAX: u64 = 50_000;
/// The most items of one list that a letter tells one by one.
pub const LETTER_ITEMS_MAX: usize = 200;
/// The work that all questions about the rules of one decision may take together in `redress check`, in cells looked at; beyond it an
/// answer is *not proven*.
pub const ANALYSIS_CELLS_MAX: u64 = 150_000_000;
/// The same while a bundle is loaded, where a service waits for it.
pub const ANALYSIS_LOAD_CELLS_MAX: u64 = 20_000_000;
/// The most cells (rules times columns) of a decision that is analysed at all.
pub const ANALYSIS_TABLE_CELLS_MAX: usize = 2_000_000;
/// The most different kinds of items that a list is told apart by; every combination of them is a segment.
pub const ANALYSIS_ITEM_CLASSES_MAX: usize = 7;
/// The most settings (spans of days times currencies) under which one decision is analysed.
pub const ANALYSIS_SETTINGS_MAX: usize = 24;
/// The most gaps of one decision that are shown.
pub const GAPS_REPORTED_MAX: usize = 5;
/// The most changes of a bundle that its policy tests are tried on.
pub const MUTANTS_MAX: usize = 20_000;
/// The most changes that no test noticed of which it is tried to prove that they change nothing.
pub const MUTANT_PROOFS_MAX: usize = 40;
/// The most cases that are decided in the search for one test that is suggested.
pub const SUGGESTION_EVALUATIONS_MAX: usize = 600;
/// The same for a test of the values at one bound, of which a bundle has many.
pub const SUGGESTION_BOUND_EVALUATIONS_MAX: usize = 200;
/// The most cases that are decided in one run for all tests that are suggested.
pub const SUGGESTION_RUN_EVALUATIONS_MAX: usize = 30_000;
/// The most cases of policy tests that the search for one test begins with.
pub const SUGGESTION_STARTS_MAX: usize = 6;
/// The most tests that are suggested in one run.
pub const SUGGESTIONS_MAX: usize = 500;
/// So many cases are decided at every save of a bundle that is watched.
pub const WATCHED_CASES_MAX: usize = 1_000;
/// The longest line of a formatted document, in columns, where it could be broken.
pub const FORMAT_COLUMNS_MAX: usize = 140;
/// The most combinations of parameters that one sweep tries.
pub const SWEEP_POINTS_MAX: usize = 200;
