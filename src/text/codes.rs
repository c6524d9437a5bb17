//! The one registry of diagnostic codes. A number is never reused and never changes its meaning.
//!
//! `R00xx` documents, `R01xx` cases, `R02xx` the shape of a bundle, `R03xx` cells and types, `R04xx` expressions and scripts,
//! `R05xx` decisions and how they hang together, `R06xx` guardrails, `R07xx` mappings and histories, `R08xx` policy tests,
//! `R09xx` signed bundles.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal,)+) => {
        /// A stable code: `R` and four digits.
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
        }
    };
}

codes! {
    /// a file cannot be read
    Unreadable = 1,
    /// the text is not valid YAML or JSON
    Syntax = 2,
    /// the file is empty
    EmptyDocument = 3,
    /// a key stands twice in one mapping
    DuplicateKey = 4,
    /// YAML tags, anchors and aliases are refused
    YamlFeature = 5,
    /// the document is too large or nested too deeply
    TooLarge = 6,
    /// a tab indents a line
    TabIndent = 7,
    /// a stray key in a flow mapping: a comma cut a value in two
    CommaCut = 8,

    /// a fact or group of facts that does not exist
    UnknownFact = 101,
    /// a value of the wrong type
    WrongType = 102,
    /// a value that is not among the known ones
    UnknownMember = 103,
    /// a value outside its range
    OutOfRange = 104,
    /// a required fact is missing
    MissingFact = 105,
    /// a money value that is not exact or has no currency
    BadMoney = 106,
    /// two facts of the case contradict each other
    Contradiction = 107,
    /// a fact that cannot be unknown
    NotKnowable = 108,

    /// a key that does not exist here
    UnknownKey = 201,
    /// a key that must be given
    MissingKey = 202,
    /// a value that does not fit its key
    BadValue = 203,
    /// a name that stands for two things
    DuplicateName = 204,
    /// a reserved name
    ReservedName = 205,
    /// a rule or guardrail without a `because`
    MissingBecause = 206,
    /// a file that the bundle names does not exist
    MissingFile = 207,
    /// a file that does not belong in a bundle
    StrayFile = 208,
    /// the bundle is written for another engine version
    EngineVersion = 209,
    /// a date range that is empty
    EmptyRange = 210,
    /// a part of the format that this version does not carry out yet
    NotSupported = 211,

    /// a cell that cannot be read
    BadCell = 301,
    /// a cell that can never hold
    CellNever = 302,
    /// a cell that always holds
    CellAlways = 303,
    /// types that cannot be compared
    TypeMismatch = 304,
    /// a symbol where YAML wants the word form
    SymbolInYaml = 305,
    /// a table whose rows and columns do not fit
    BadTable = 306,
    /// two rules of a `unique` or `any` decision overlap
    Overlap = 307,
    /// an overlap that could not be ruled out within the budget
    NotProven = 308,

    /// an expression or script with a syntax error
    ScriptSyntax = 401,
    /// a function that does not exist
    UnknownFunction = 402,
    /// a name that nothing defines
    UnknownName = 403,
    /// wrong number of arguments
    WrongArity = 404,
    /// an expression of the wrong type
    ExpressionType = 405,
    /// a type that cannot be inferred
    TypeNotInferred = 406,
    /// something that scripts may not do
    ScriptForbidden = 407,
    /// a script that lacks the function it is called for
    MissingFunction = 408,
    /// a script is too large
    ScriptTooLarge = 409,
    /// an expression, script or plugin that failed while a case was decided
    Failed = 410,
    /// a function of a script that nothing calls
    NeverCalled = 411,

    /// decisions that read each other in a circle
    Cycle = 501,
    /// an output that the section of the decision wants is not declared
    SectionOutput = 502,
    /// an output that a rule leaves out and that has no default
    OutputLeftOut = 503,
    /// an output that is not declared
    UnknownOutput = 504,
    /// a decision without rules, values or a script
    EmptyDecision = 505,

    /// owed money may not be capped
    OwedCapped = 601,
    /// owed money may not depend on the customer's worth, tier, behaviour or offers
    OwedDepends = 602,
    /// a guardrail that says nothing, or several things at once
    BadGuardrail = 603,

    /// a column that the file does not have
    UnknownColumn = 701,
    /// a value that the mapping does not know
    UnmappedValue = 702,
    /// a row that cannot be read
    BadRow = 703,

    /// a policy test that cannot be read
    BadTest = 801,
    /// a policy test fails
    FailedTest = 802,

    /// a bundle that is not signed
    Unsigned = 901,
    /// a bundle that is signed with a key that is not trusted
    KeyNotTrusted = 902,
    /// a signature file that cannot be read
    SignatureSyntax = 903,
    /// a signature that does not belong to what it stands below
    SignatureWrong = 904,
    /// a file that was changed after it was signed
    FileChanged = 905,
    /// a file that was added after the bundle was signed
    FileAdded = 906,
    /// a file that was signed and is gone
    FileGone = 907,
    /// a key that cannot be used
    BadKey = 908,
    /// a path that cannot be signed or stored
    BadPath = 909,
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
