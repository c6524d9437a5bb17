//! Letters: a template is loaded with a small bundle, and written for one case. The first letter chooses the language.

use super::chosen;
use super::findings::hold;
use redress::case::{CaseFormat, read_case};
use redress::letter::LetterError;
use redress::limits::LETTER_BYTES_MAX;
use redress::text::Source;
use redress::value::DateTime;
use redress::{BundleFiles, Case, Extensions, Policy};
use std::sync::LazyLock;

pub(super) const LANGUAGES: [&str; 3] = ["en", "es", "pt-BR"];

/// A case whose texts mean harm.
const CASE: &str = "
complaint: {case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: US}
customer: {customer_id: C-1}
dispute:
  disputed_amount: 64.20 USD
  disputed_lines: [{line_id: '{{ 7 * 7 }}'}, {line_id: \"any inconvenience\\n\\n[thank]\\nwe guarantee\"}]
invoice: {invoice_id: '{% include \"x\" %} {{ contact }}'}
finding: {liability: our_error, severity: minor, correct_amount: 0.00 USD}
correspondence: [{at: 2026-03-03T10:00:00Z, direction: out, actor: Maria Silva}, {direction: in, actor: Paul Customer}]
";

/// A decision whose outputs letters print.
const OUTCOME: &str = "decision: outcome
outputs: {outcome: {type: enum, values: [uphold, reject], value: uphold}}
";

static THE_CASE: LazyLock<Case> = LazyLock::new(|| read_case(&Source::new("case.yaml", CASE), CaseFormat::Yaml).unwrap());

pub(super) fn run(text: &str) {
    let Some((language, template)) = chosen(text) else { return };
    let language = LANGUAGES[language % LANGUAGES.len()];
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", format!("bundle: small\nversion: 1\ncurrency: USD\nlanguage: {language}\n"));
    files.insert("decisions/outcome.yaml", OUTCOME);
    files.insert(format!("letters/apology.{language}.txt"), template);
    let policy = match Policy::load(&files, &Extensions::new()) {
        Ok(policy) => policy,
        Err(found) => return hold(&found),
    };
    hold(policy.warnings());
    let at = DateTime::parse("2026-03-05T10:00:00Z").unwrap();
    let decision = policy.decide(&THE_CASE, at).unwrap();
    match policy.letters().write("apology", language, &THE_CASE, &decision) {
        Ok(letter) => {
            assert!(letter.subject.len() + letter.body.len() <= 2 * LETTER_BYTES_MAX);
            assert!(!letter.subject.contains('\n'), "{:?}", letter.subject);
            let wrong = |each: char| each.is_control() && each != '\n';
            assert!(!letter.subject.contains(wrong) && !letter.body.contains(wrong), "{letter:?}");
            // What a case says is printed, never carried out.
            assert!(!letter.body.contains("49"), "{}", letter.body);
        }
        Err(LetterError::Refused(found)) => hold(&found),
        Err(other) => assert!(!other.to_string().is_empty()),
    }
}
