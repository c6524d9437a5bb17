//! The one registry of diagnostic codes. A number is never reused and never changes its meaning.
//!
//! `R00xx` documents, `R01xx` cases, `R02xx` the shape of a bundle, `R03xx` cells and types, `R04xx` expressions and scripts,
//! `R05xx` decisions and how they hang together, `R06xx` guardrails, `R07xx` mappings and histories, `R08xx` policy tests,
//! `R09xx` signed bundles, `R0231` to `R0249` packs, `R10xx` obligations and calendars, `R11xx` letters.
//!
//! Each code has a page, `codes/R0101.md` for `R0101`: what it means, why it matters, something that is wrong in this way, and the
//! same mended. A code without a page does not compile. The tests run both examples of every page and keep what is said about the
//! first one in `tests/diagnostics/`.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal,)+) => {
        /// A stable code: `R` and four digits.
        // A number is written as it is shown, with its zeros: so it names the file of its page.
        #[allow(clippy::zero_prefixed_literal, reason = "nothing here is octal")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $name = $number,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// What the code stands for, in a few words.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),+).trim_ascii(),)+
                }
            }

            /// The page of the code, in Markdown: what it means, why it matters, an example of it (`## Wrong`) and the same `## Mended`.
            /// An example without a `bundle.yaml` means one of `bundle: example`, `version: 1` and `currency: USD`.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("codes/R", stringify!($number), ".md")),)+
                }
            }
        }
    };
}

codes! {
    /// a file cannot be read
    Unreadable = 0001,
    /// the text is not valid YAML or JSON
    Syntax = 0002,
    /// the file is empty
    EmptyDocument = 0003,
    /// a key stands twice in one mapping
    DuplicateKey = 0004,
    /// YAML tags, anchors and aliases are refused
    YamlFeature = 0005,
    /// the document is too large or nested too deeply
    TooLarge = 0006,
    /// a tab indents a line
    TabIndent = 0007,
    /// a stray key in a flow mapping: a comma cut a value in two
    CommaCut = 0008,

    /// a fact or group of facts that does not exist
    UnknownFact = 0101,
    /// a value of the wrong type
    WrongType = 0102,
    /// a value that is not among the known ones
    UnknownMember = 0103,
    /// a value outside its range
    OutOfRange = 0104,
    /// a required fact is missing
    MissingFact = 0105,
    /// a money value that is not exact or has no currency
    BadMoney = 0106,
    // 0107 was set aside for facts that contradict each other and is not given.
    /// a fact that cannot be unknown
    NotKnowable = 0108,

    /// a key that does not exist here
    UnknownKey = 0201,
    /// a key that must be given
    MissingKey = 0202,
    /// a value that does not fit its key
    BadValue = 0203,
    /// a name that stands for two things
    DuplicateName = 0204,
    /// a reserved name
    ReservedName = 0205,
    /// a rule or guardrail without a `because`
    MissingBecause = 0206,
    /// a file that the bundle names does not exist
    MissingFile = 0207,
    /// a file that does not belong in a bundle
    StrayFile = 0208,
    /// the bundle is written for another engine version
    EngineVersion = 0209,
    /// a date range that is empty
    EmptyRange = 0210,
    // 0211 stood for parts of the format that were not carried out yet, and is not given.
    /// a baseline that cannot be read
    BadBaseline = 0212,
    /// a parameter that nothing reads
    UnreadParam = 0213,
    /// a fact that the bundle declares and no decision reads
    UnreadFact = 0214,

    /// a pack that is not in the folder `packs/`
    UnknownPack = 0231,
    /// what a pack says contradicts the bundle it adds to
    PackDisagrees = 0232,
    /// two packs that set one parameter
    PacksCollide = 0233,
    /// a key that a pack may not have
    NotInPack = 0234,

    /// a cell that cannot be read
    BadCell = 0301,
    /// a cell that can never hold
    CellNever = 0302,
    /// a cell that always holds
    CellAlways = 0303,
    /// types that cannot be compared
    TypeMismatch = 0304,
    /// a symbol where YAML wants the word form
    SymbolInYaml = 0305,
    /// a table whose rows and columns do not fit
    BadTable = 0306,
    /// two rules of a `unique` or `any` decision overlap
    Overlap = 0307,
    /// an overlap that could not be ruled out within the budget
    NotProven = 0308,
    /// a rule that never decides, because others take all of its cases
    NeverDecides = 0309,
    /// cases that no rule decides
    Gap = 0310,
    /// cases with a missing or unknown fact that no rule decides
    GapWhenMissing = 0311,
    /// a rule without which everything would be decided the same
    RedundantRule = 0312,
    /// a rule that repeats another
    RepeatedRule = 0313,
    /// a cell that no value of its fact can satisfy
    CellOutOfReach = 0314,
    /// a cell that every known value of its fact satisfies
    CellWithoutEffect = 0315,
    /// a column without which everything would be decided the same
    ColumnWithoutEffect = 0316,
    /// rules that could be one
    Mergeable = 0317,
    /// a value of an output that no rule gives
    NeverGiven = 0318,
    /// rules that say different things of the same cases, so that their order decides
    OrderDecides = 0319,
    /// days on which no rule of a decision is in force
    HoleInTime = 0320,
    /// rules that could not be analysed within the budget
    NotAnalysed = 0321,
    /// a rule that is never in force
    NeverInForce = 0322,
    /// an `otherwise` that never decides, because rules hold every case
    OtherwiseNeverDecides = 0323,

    /// an expression or script with a syntax error
    ScriptSyntax = 0401,
    /// a function that does not exist
    UnknownFunction = 0402,
    /// a name that nothing defines
    UnknownName = 0403,
    /// wrong number of arguments
    WrongArity = 0404,
    /// an expression of the wrong type
    ExpressionType = 0405,
    /// a type that cannot be inferred
    TypeNotInferred = 0406,
    /// something that scripts may not do
    ScriptForbidden = 0407,
    /// a script that lacks the function it is called for
    MissingFunction = 0408,
    /// a script is too large
    ScriptTooLarge = 0409,
    /// an expression, script or plugin that failed while a case was decided
    Failed = 0410,
    /// a function of a script that nothing calls
    NeverCalled = 0411,

    /// decisions that read each other in a circle
    Cycle = 0501,
    /// an output that the section of the decision wants is not declared
    SectionOutput = 0502,
    /// an output that a rule leaves out and that has no default
    OutputLeftOut = 0503,
    /// an output that is not declared
    UnknownOutput = 0504,
    /// a decision without rules, values or a script
    EmptyDecision = 0505,
    /// a rule that asks for what no decision gives
    DeadRule = 0506,
    /// a plugin that never runs
    PluginNeverRuns = 0507,
    /// a plugin that writes what its decision does not declare
    UndeclaredWrite = 0508,

    /// owed money may not be capped
    OwedCapped = 0601,
    /// owed money may not depend on the customer's worth, tier, behaviour or offers
    OwedDepends = 0602,
    /// a guardrail that says nothing, or several things at once
    BadGuardrail = 0603,
    /// a rule whose amount a guardrail always cuts
    AlwaysCut = 0604,
    /// a guardrail that can never change anything
    IdleGuardrail = 0605,
    /// laws that would pay twice for the same loss
    OwedTwice = 0606,

    /// a column that the file does not have
    UnknownColumn = 0701,
    /// a value that the mapping does not know
    UnmappedValue = 0702,
    /// a row that cannot be read
    BadRow = 0703,

    /// a policy test that cannot be read
    BadTest = 0801,
    /// a policy test fails
    FailedTest = 0802,
    /// an allowed change that needs no permission
    StaleMutant = 0803,

    /// a bundle that is not signed
    Unsigned = 0901,
    /// a bundle that is signed with a key that is not trusted
    KeyNotTrusted = 0902,
    /// a signature file that cannot be read
    SignatureSyntax = 0903,
    /// a signature that does not belong to what it stands below
    SignatureWrong = 0904,
    /// a file that was changed after it was signed
    FileChanged = 0905,
    /// a file that was added after the bundle was signed
    FileAdded = 0906,
    /// a file that was signed and is gone
    FileGone = 0907,
    /// a key that cannot be used
    BadKey = 0908,
    /// a path that cannot be signed or stored
    BadPath = 0909,

    /// an obligation that says nothing, or that cannot hold
    BadObligation = 1001,
    /// a calendar that does not exist
    UnknownCalendar = 1002,
    /// a calendar whose days cannot be read
    BadCalendar = 1003,
    /// a stretch of time that cannot be read
    BadStretch = 1004,
    /// clocks that wait for each other, or a clock that is read before it runs
    ClockCircle = 1005,

    /// a template of a letter that cannot be read
    LetterSyntax = 1101,
    /// a file name that does not say the kind and the language of a letter
    LetterName = 1102,
    /// a variable that letters do not have
    LetterVariable = 1103,
    /// something that a letter may not do
    LetterForbidden = 1104,
    /// a part of a letter that is missing, empty or out of order
    LetterPart = 1105,
    /// a letter that a decision asks for and that has no template
    LetterMissing = 1106,
    /// a word that letters need and that the list of words does not have
    LetterWord = 1107,
    /// a letter that prints what the case does not have
    LetterValue = 1108,
    /// a letter that grows too large
    LetterTooLarge = 1109,

    /// a letter that names a person or a team
    LetterNames = 1121,
    /// a letter that blames somebody
    LetterBlame = 1122,
    /// a letter that apologises only on a condition
    LetterConditional = 1123,
    /// a letter that promises what the decision does not hold
    LetterPromise = 1124,
    /// a letter that makes a gesture a condition for what is owed
    LetterBargain = 1125,
    /// a letter without a sentence that a law asks for
    LetterSentence = 1126,
}

impl Code {
    /// The number behind the `R`.
    #[must_use]
    pub fn number(self) -> u16 {
        self as u16
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "R{:04}", self.number())
    }
}
