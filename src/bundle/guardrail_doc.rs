//! Guardrails, as their file says them.

use super::because::BecauseDoc;
use super::keys::Keys;
use super::law_doc::LawDoc;
use super::written::{Formula, Written};
use crate::text::{Code, Diagnostic, Diagnostics, Fix, Node, Place, Source};
use crate::value::Date;

/// What a guardrail does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerbDoc {
    /// No more than `at`.
    Cap {
        /// `decision.output`.
        output: Written<String>,
        /// The bound.
        at: Written<Formula>,
    },
    /// No less than `at`.
    Floor {
        /// `decision.output`.
        output: Written<String>,
        /// The bound.
        at: Written<Formula>,
    },
    /// Not this value, unless every condition is met.
    Forbid {
        /// `decision.output` and the values it may not have.
        outputs: Vec<(Written<String>, Node)>,
        /// Conditions under which it stands.
        unless: Vec<(Written<String>, Node)>,
        /// What stands in its place.
        instead: Vec<(Written<String>, Written<Formula>)>,
    },
    /// These must approve as well.
    RequireApproval {
        /// Roles.
        roles: Vec<Written<String>>,
        /// Must somebody other than the requester approve?
        second_person: bool,
    },
    /// These stop while the case is open.
    Hold {
        /// Names of holds.
        holds: Vec<Written<String>>,
    },
    /// A person looks at the case.
    Refer {
        /// A role or a team.
        target: Written<String>,
    },
}

/// One guardrail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardrailDoc {
    /// Its id.
    pub id: Written<String>,
    /// When it applies.
    pub when: Vec<(Written<String>, Node)>,
    /// What it does.
    pub verb: VerbDoc,
    /// Its reason.
    pub because: Option<BecauseDoc>,
    /// The law or manual it rests on.
    pub source: Option<String>,
    /// Where that can be read, and whether somebody checked it.
    pub law: LawDoc,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// Where it stands.
    pub place: Place,
}

const VERBS: [&str; 6] = ["cap", "floor", "forbid", "require_approval", "hold", "refer"];
const KEYS: [&str; 19] = [
    "id",
    "cap",
    "floor",
    "forbid",
    "require_approval",
    "hold",
    "refer",
    "at",
    "when",
    "unless",
    "instead",
    "second_person",
    "because",
    "source",
    "address",
    "verified",
    "from",
    "until",
    "about",
];

/// Reads one file of `guardrails/`.
pub(crate) fn read_guardrails(node: &Node, source: &Source, out: &mut Diagnostics) -> Vec<GuardrailDoc> {
    let Some(keys) = Keys::open(node, source, "a file of guardrails", &["guardrails", "about", "owner"], out) else {
        return Vec::new();
    };
    keys.need("guardrails", out);
    keys.list("guardrails", out).iter().filter_map(|item| read_guardrail(item, source, out)).collect()
}

fn read_guardrail(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<GuardrailDoc> {
    let keys = Keys::open(node, source, "a guardrail", &KEYS, out)?;
    let id = keys.need_text("id", out);
    let verbs: Vec<&str> = VERBS.into_iter().filter(|verb| keys.get(verb).is_some()).collect();
    let [verb] = verbs.as_slice() else {
        let message = match verbs.as_slice() {
            [] => "a guardrail has to say what it does".to_owned(),
            several => format!("a guardrail does one thing, this one has `{}`", several.join("` and `")),
        };
        let help = "use one of `cap`, `floor`, `forbid`, `require_approval`, `hold`, `refer`";
        out.push(Diagnostic::at(Code::BadGuardrail, &keys.place(), message).help(help));
        return None;
    };
    let at = |out: &mut Diagnostics| keys.need("at", out).map(|node| Written::new(Formula::of(node), source.place(node.span)));
    let verb = match *verb {
        "cap" => VerbDoc::Cap { output: keys.text("cap", out)?, at: at(out)? },
        "floor" => VerbDoc::Floor { output: keys.text("floor", out)?, at: at(out)? },
        "forbid" => VerbDoc::Forbid {
            outputs: keys.nodes("forbid", out),
            unless: keys.nodes("unless", out),
            instead: keys.formulas("instead", out),
        },
        "require_approval" => VerbDoc::RequireApproval {
            roles: keys.texts("require_approval", out),
            second_person: keys.flag("second_person", out).unwrap_or(false),
        },
        "hold" => VerbDoc::Hold { holds: keys.texts("hold", out) },
        _ => VerbDoc::Refer { target: keys.text("refer", out)? },
    };
    stray(&keys, &verb, out);
    let (from, until) = keys.period("this guardrail", &keys.place(), out);
    Some(GuardrailDoc {
        id: id?,
        when: keys.nodes("when", out),
        verb,
        because: BecauseDoc::below(&keys, out),
        source: keys.text("source", out).map(|text| text.value),
        law: LawDoc::below(&keys, out),
        from,
        until,
        place: keys.place(),
    })
}

/// Keys that belong to another verb are as wrong as unknown ones.
fn stray(keys: &Keys<'_>, verb: &VerbDoc, out: &mut Diagnostics) {
    let (name, takes): (&str, &[&str]) = match verb {
        VerbDoc::Cap { .. } => ("cap", &["at"]),
        VerbDoc::Floor { .. } => ("floor", &["at"]),
        VerbDoc::Forbid { .. } => ("forbid", &["unless", "instead"]),
        VerbDoc::RequireApproval { .. } => ("require_approval", &["second_person"]),
        VerbDoc::Hold { .. } => ("hold", &[]),
        VerbDoc::Refer { .. } => ("refer", &[]),
    };
    for key in ["at", "unless", "instead", "second_person"] {
        if let Some(node) = keys.get(key)
            && !takes.contains(&key)
        {
            let message = format!("`{key}` does not belong to `{name}`");
            let help = match key {
                "at" => "take it away; `at` says how high a `cap` or a `floor` is",
                "second_person" => "take it away; `second_person` belongs to `require_approval`",
                _ => "take it away; `unless` and `instead` belong to `forbid`",
            };
            let finding = Diagnostic::error(Code::BadGuardrail, keys.source, node.span, message).help(help);
            out.push(finding.fix(Fix::without_entry(&keys.source.place(node.span), key)));
        }
    }
}
