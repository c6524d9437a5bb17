//! Which names stay what they are, and what a new name may be.

use super::lookup::NameIndex;
use super::name::{Name, NameKind};
use super::scripts::hooks;
use crate::case::registry;
use crate::decision::sections::section;
use crate::letter::{EXTERNAL_ROUTE, STATUTORY_SENTENCES, is_sender};
use crate::policy::reserved::reserved;
use crate::script::is_reserved;
use crate::text::{Code, Diagnostic, Place};

type Checked = Result<(), Box<Diagnostic>>;

fn refuse(code: Code, place: &Place, message: String, help: &str) -> Checked {
    Err(Box::new(Diagnostic::at(code, place, message).help(help)))
}

/// Is it a decision that the engine itself looks for by its name?
fn is_known_decision(name: &str) -> bool {
    section(name).is_some() || name == EXTERNAL_ROUTE || name == STATUTORY_SENTENCES
}

/// Refuses what is not the bundle's to name.
pub(super) fn refuse_kept(index: &NameIndex, name: &Name, place: &Place) -> Checked {
    let kept =
        |why: &str, help: &str| refuse(Code::ReservedName, place, format!("`{}` cannot be renamed: {why}", name.text), help);
    let (kind, text) = (name.kind, name.text.as_str());
    match kind {
        NameKind::Fact if registry().find(text).is_some() => kept(
            "it is a fact of the engine, and cases name it so",
            "only facts that a bundle declares under `facts` are renamed",
        ),
        NameKind::Function => kept("it is a function of the engine", "only functions that a script defines are renamed"),
        NameKind::LetterFact => kept("it is a variable of the engine, and letters know no others", "`redress schema` lists them"),
        NameKind::Value => {
            kept("cases and expressions may hold it as a text", "change it by hand, and look for texts that say the same")
        }
        NameKind::Moment => kept("it has a meaning of its own in a bundle", "read it by a `let` of another name"),
        NameKind::Calendar | NameKind::Step => {
            kept("cases, services or built-in calendars may name it so", "change it by hand, where nobody outside names it")
        }
        NameKind::Pack => {
            kept("it is the name of its folder", "rename the folder `packs/NAME`, its `pack:` and the line in `packs:`")
        }
        NameKind::Decision if is_known_decision(text) => {
            kept("the engine looks for a decision of this name", "a decision of another name would fill no section and no letter")
        }
        NameKind::Output if is_known_output(name) => {
            kept("the engine looks for an output of this name", "add an output of your own name beside it")
        }
        NameKind::Param if is_sender(text) => kept("letters print it as the sender", "keep it, and add a parameter of your own"),
        NameKind::ParamGroup if text == "company" => kept("letters print from it", "keep it, and add a group of your own"),
        NameKind::Param | NameKind::ParamGroup if read_by_value(index, text) => kept(
            "an expression looks it up by a value, as in `params.tier[customer.tier]`",
            "a name that is one of the values has to stay what the value is",
        ),
        NameKind::ScriptFunction
            if index.bundle.iter().flat_map(hooks).any(|hook| hook.script == name.within && hook.decision == text) =>
        {
            kept("it bears the name of the decision that it serves", "rename the decision")
        }
        _ => Ok(()),
    }
}

fn is_known_output(name: &Name) -> bool {
    let listed = section(&name.within)
        .is_some_and(|section| section.outputs.iter().chain(section.optional).any(|(output, _)| *output == name.text));
    listed || name.within == EXTERNAL_ROUTE || name.within == STATUTORY_SENTENCES
}

/// Does an expression read a group above this parameter by the name of a member?
fn read_by_value(index: &NameIndex, path: &str) -> bool {
    let above = path.match_indices('.').filter_map(|(at, _)| path.get(..at));
    above.into_iter().any(|group| index.is_read_whole(&Name::alone(NameKind::ParamGroup, group)))
}

/// Refuses a new name that is none, is reserved, or is taken.
pub(super) fn check_new(index: &NameIndex, name: &Name, new: &str, place: &Place) -> Checked {
    check_shape(name, new, place)?;
    let taken = |what: String| {
        refuse(Code::DuplicateName, place, format!("`{new}` is taken: {what} is called so"), "choose another name")
    };
    let text = match name.text.rsplit_once('.') {
        Some((above, _)) if matches!(name.kind, NameKind::Fact | NameKind::Param | NameKind::ParamGroup) => {
            format!("{above}.{new}")
        }
        _ => new.to_owned(),
    };
    let exists = |kind: NameKind, within: &str, text: &str| index.definition_of(&Name::new(kind, within, text)).is_some();
    if exists(name.kind, &name.within, &text) {
        return taken(format!("another of its kind, {},", name.kind.describe()));
    }
    let within = name.within.as_str();
    match name.kind {
        NameKind::Let | NameKind::Output | NameKind::Item => {
            if let Some(kind) =
                [NameKind::Let, NameKind::Output, NameKind::Item].into_iter().find(|kind| exists(*kind, within, new))
            {
                return taken(format!("{} of `{within}`", kind.describe()));
            }
            if exists(NameKind::Decision, "", new) {
                return taken("a decision".to_owned());
            }
        }
        NameKind::Decision => {
            let own = index.names().find(|(known, _)| matches!(known.kind, NameKind::Let | NameKind::Item) && known.text == new);
            if let Some((known, _)) = own {
                return taken(format!("{} of `{}`", known.kind.describe(), known.within));
            }
            if is_known_decision(new) {
                let message = format!("a decision called `{new}` would fill a part of the answer that it does not fill now");
                return refuse(Code::ReservedName, place, message, "choose a name that `redress schema decision` does not list");
            }
        }
        NameKind::Param | NameKind::ParamGroup => {
            if let Some(kind) = [NameKind::Param, NameKind::ParamGroup].into_iter().find(|kind| exists(*kind, "", &text)) {
                return taken(kind.describe().to_owned());
            }
            if is_sender(&text) || text == "company" {
                let message = format!("letters would print `params.{text}` as the sender");
                return refuse(Code::ReservedName, place, message, "choose another name");
            }
        }
        NameKind::Fact if registry().find(&text).is_some() => return taken("a fact of the engine".to_owned()),
        NameKind::ScriptFunction => {
            let functions = index.extensions.functions();
            if super::expressions::function(new, functions).is_some() {
                return taken("a function of the engine".to_owned());
            }
        }
        _ => {}
    }
    Ok(())
}

fn check_shape(name: &Name, new: &str, place: &Place) -> Checked {
    let bad = |why: &str| {
        let message = format!("{} cannot be called `{new}`: {why}", name.kind.describe());
        refuse(Code::ReservedName, place, message, "choose another name")
    };
    let words = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_word = !new.is_empty() && new.chars().all(words);
    match name.kind {
        NameKind::Decision | NameKind::Output | NameKind::Let | NameKind::Item => match reserved(new) {
            Some(why) => bad(why),
            None => Ok(()),
        },
        NameKind::Param | NameKind::ParamGroup | NameKind::Fact | NameKind::Setting | NameKind::ScriptFunction => {
            if !is_word || new.starts_with(|first: char| first.is_ascii_digit()) {
                bad("it begins with a letter and holds letters, digits and underscores")
            } else if new.len() == 3 && new.bytes().all(|byte| byte.is_ascii_uppercase()) && name.kind == NameKind::Param {
                bad("three capital letters are a currency there")
            } else if is_reserved(new) {
                bad("it is a word of the script language")
            } else {
                Ok(())
            }
        }
        _ => {
            let plain = |c: char| words(c) || c == '-';
            let is_id = new.chars().all(plain) && new.starts_with(|first: char| first.is_ascii_alphabetic());
            if !is_id {
                bad("it begins with a letter and holds letters, digits, `-` and `_`")
            } else if matches!(new, "otherwise" | "value" | "script" | "plugin" | "null" | "true" | "false" | "any") {
                bad("it has a meaning of its own in a bundle")
            } else {
                Ok(())
            }
        }
    }
}
