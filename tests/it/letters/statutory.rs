//! Sentences that a law asks for: where a pack applies its letter holds them, elsewhere it does not, and no letter goes out without them.

use super::{LANGUAGES, about, policy, root, told};
use redress::case::{CaseFormat, read_text};
use redress::text::{Source, render_all};
use redress::value::DateTime;
use redress::{Case, Decision, Extensions, Policy, default_bundle};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

/// A place and a trade, with what changes the case, the kind of letter, the packs whose words it holds, and how these begin.
const WORDS: &[(&str, &str, &str, &str, &str)] = &[
    ("US", "debit_account", "", "provisional_credit_notice", "You have full use of this amount"),
    (
        "US",
        "debit_account",
        "finding: {status: complete, liability: no_error}",
        "explanation_of_charges",
        "You have the right to ask for the documents",
    ),
    (
        "US",
        "debit_account",
        "finding: {status: complete, liability: shared, our_share: 0.5}",
        "correction_notice",
        "You have the right to ask for the documents",
    ),
    (
        "US",
        "debit_account",
        "steps_done: [{step: provisional_credit, at: 2026-05-06T10:00:00Z}]",
        "explanation_of_charges",
        "When we take the provisional credit back",
    ),
    ("US", "credit_card", "finding: {status: complete, liability: no_error}", "explanation_of_charges", "These are the reasons"),
    (
        "US",
        "credit_card",
        "finding: {status: complete, liability: shared, our_share: 0.5}",
        "correction_notice",
        "If you ask us for it",
    ),
    ("US", "credit_card", "", "exit_notice", "The Federal Equal Credit Opportunity Act"),
    ("GB", "loan", "", "acknowledgement", "Within eight weeks"),
    ("GB", "debit_account", "", "acknowledgement", "Within fifteen business days"),
    ("GB", "loan", "complaint.received_at: 2026-03-12T10:00:00+00:00", "progress_update", "Eight weeks have passed"),
    ("GB", "loan", "", "explanation_of_charges", "This is our final response."),
    ("GB", "loan", "", "correction_notice", "This is our final response."),
    (
        "GB",
        "loan",
        "steps_done: [{step: summary_resolution, at: 2026-05-06T10:00:00Z}]",
        "correction_notice",
        "We take your complaint as settled.",
    ),
    (
        "GB",
        "loan",
        "steps_done: [{step: summary_resolution, at: 2026-05-06T10:00:00Z}]",
        "explanation_of_charges",
        "We take your complaint as settled.",
    ),
    (
        "GB",
        "loan",
        "steps_done: [{step: summary_resolution, at: 2026-05-06T10:00:00Z}]",
        "closing_and_thanks",
        "We take your complaint as settled.",
    ),
    ("GB", "telecom", "", "external_route", "You can take your complaint there now."),
    (
        "GB",
        "{contract_type: framework_payment, contract_start: 2026-04-28}",
        "",
        "exit_notice",
        "You can complain to us about the end",
    ),
    ("EU-ES", "credit_card", "", "explanation_of_charges", "If our answer does not settle it"),
    ("EU-ES", "credit_card", "", "correction_notice", "If our answer does not settle it"),
    ("BR", "utility", "", "acknowledgement", "The case number in this letter is the registration number"),
    ("BR", "telecom", "", "acknowledgement", "The case number in this letter is the registration number"),
    ("CO", "telecom", "", "explanation_of_charges", "If you do not agree with this decision"),
    (
        "CO",
        "telecom",
        "finding: {status: complete, liability: shared, our_share: 0.5}",
        "correction_notice",
        "If you do not agree with this decision",
    ),
    ("AR", "utility", "", "acknowledgement", "The case number in this letter identifies your complaint"),
];

fn decided(policy: &Policy, place: &str, product: &str, changed: &str) -> (Case, Decision) {
    let account = if product.starts_with('{') { product.to_owned() } else { format!("{{product: {product}}}") };
    let received = changed.strip_prefix("complaint.received_at: ").unwrap_or("2026-05-05T10:00:00Z");
    let changed = if changed.starts_with("complaint.") { "" } else { changed };
    let currency = match place.split('-').next().unwrap() {
        "GB" => "GBP",
        "EU" => "EUR",
        "BR" => "BRL",
        "CO" => "COP",
        "AR" => "ARS",
        _ => "USD",
    };
    let text = format!(
        "complaint: {{case_id: D-1, received_at: {received}, language: en, jurisdiction: {place}}}\n\
         customer: {{customer_id: C-1, segment: consumer}}\naccount: {account}\n\
         dispute: {{reason_code: PRICE, disputed_amount: 64.00 {currency}}}\n{changed}\n"
    );
    let case = read_text(&Source::new("case.yaml", text), CaseFormat::Yaml).remove(0);
    let case = case.unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let decision = policy.decide(&case, DateTime::parse("2026-05-07T12:00:00Z").unwrap()).unwrap();
    (case, decision)
}

/// The sentences of one kind that a decision asks for, in one language, each once.
fn sentences(decision: &Decision, kind: &str, language: &str) -> Vec<String> {
    let part = serde_json::to_value(decision).unwrap();
    let outputs = part["parts"]["statutory_sentences"]["outputs"].as_array().unwrap();
    let mut found: Vec<String> = Vec::new();
    for output in outputs.iter().filter(|output| output["kind"] == kind) {
        let sentence = output[language].as_str().unwrap().to_owned();
        if !found.contains(&sentence) {
            found.push(sentence);
        }
    }
    found
}

#[test]
fn a_letter_holds_the_words_of_its_law_in_every_language() {
    let policy = policy();
    for (place, product, changed, kind, begin) in WORDS {
        let (case, decision) = decided(&policy, place, product, changed);
        assert!(
            sentences(&decision, kind, "en").iter().any(|sentence| sentence.starts_with(begin)),
            "{place} {product} {kind}: {begin}"
        );
        for language in LANGUAGES {
            let letter = policy.letters().write(kind, language, &case, &decision);
            let letter = letter.unwrap_or_else(|_| panic!("{}", told(policy.letters().write(kind, language, &case, &decision))));
            for sentence in sentences(&decision, kind, language.split('-').next().unwrap()) {
                assert_eq!(
                    letter.body.matches(&sentence).count(),
                    1,
                    "{place} {product} {kind} {language}: {sentence}\n{}",
                    letter.body
                );
            }
        }
    }
}

#[test]
fn every_rule_of_words_is_among_them() {
    let policy = policy();
    let mut reached = BTreeSet::new();
    for (place, product, changed, ..) in WORDS {
        let (_, decision) = decided(&policy, place, product, changed);
        let part = decision.part("statutory_sentences").unwrap();
        reached.extend(part.rules.iter().map(|rule| rule.rule().to_owned()));
    }
    let written = default_bundle();
    let written =
        written.iter().filter(|(path, _)| path.ends_with("decisions/statutory_sentences.yaml")).flat_map(|(_, source)| {
            source.text().lines().filter_map(|line| line.strip_prefix("  - id: ")).map(str::to_owned).collect::<Vec<_>>()
        });
    assert_eq!(written.collect::<BTreeSet<_>>(), reached);
}

#[test]
fn the_words_of_a_law_stand_in_no_letter_of_another_place_or_trade() {
    let policy = policy();
    let places: BTreeSet<(&str, &str)> = WORDS.iter().map(|(place, product, ..)| (*place, *product)).collect();
    let mut shown = String::new();
    for (place, product) in
        places.into_iter().chain([("MX", "telecom"), ("CL", "telecom"), ("US", "telecom"), ("US", "services"), ("FR", "loan")])
    {
        let (case, decision) = decided(&policy, place, product, "");
        let mut begins: BTreeSet<&str> = BTreeSet::new();
        for kind in policy.letters().kinds() {
            let letter = policy.letters().write(kind, "en", &case, &decision).unwrap();
            begins.extend(WORDS.iter().map(|(.., begin)| *begin).filter(|begin| letter.body.contains(begin)));
        }
        writeln!(shown, "{place} {product}: {begins:?}").unwrap();
    }
    insta::assert_snapshot!(shown, @r#"
    AR utility: {"The case number in this letter identifies your complaint"}
    BR telecom: {"The case number in this letter is the registration number"}
    BR utility: {"The case number in this letter is the registration number"}
    CO telecom: {"If you do not agree with this decision"}
    EU-ES credit_card: {"If our answer does not settle it"}
    GB debit_account: {"This is our final response.", "Within fifteen business days"}
    GB loan: {"This is our final response.", "Within eight weeks"}
    GB telecom: {"You can take your complaint there now."}
    GB {contract_type: framework_payment, contract_start: 2026-04-28}: {"You can complain to us about the end"}
    US credit_card: {"If you ask us for it", "The Federal Equal Credit Opportunity Act", "These are the reasons"}
    US debit_account: {"You have full use of this amount", "You have the right to ask for the documents"}
    MX telecom: {}
    CL telecom: {}
    US telecom: {}
    US services: {}
    FR loan: {}
    "#);
}

/// The default bundle with every template of a kind changed.
fn changed(kind: &str, from: &str, to: &str) -> Result<Policy, String> {
    let mut files = default_bundle();
    for language in LANGUAGES {
        let path = format!("letters/{kind}.{language}.txt");
        let text = files.get(&path).unwrap().text().replace(from, to);
        files.insert(path, text);
    }
    Policy::load(&files, &Extensions::new()).map_err(|found| render_all(&found, false))
}

#[test]
fn a_template_that_drops_them_is_refused_when_the_bundle_is_loaded() {
    let kinds: BTreeSet<&str> = WORDS.iter().map(|(_, _, _, kind, _)| *kind).collect();
    for kind in kinds {
        let told = changed(kind, "{{ sentence }}", "").err().unwrap_or_else(|| panic!("{kind} was taken"));
        for language in LANGUAGES {
            let headline = format!("error[R1126]: the letter `{kind}` in `{language}` prints no sentences that a law asks for");
            assert!(told.contains(&headline), "{told}");
        }
        assert!(told.contains("3 errors"), "{told}");
    }
}

#[test]
fn a_template_that_prints_them_only_sometimes_is_refused_when_the_letter_is_written() {
    let kinds: BTreeSet<&str> = WORDS.iter().map(|(_, _, _, kind, _)| *kind).collect();
    let sometimes = "{% if goodwill_kind == \"never\" %}{{ sentence }}{% endif %}";
    let policies = kinds.into_iter().map(|kind| (kind, changed(kind, "{{ sentence }}", sometimes)));
    let policies: BTreeMap<&str, Policy> =
        policies.map(|(kind, policy)| (kind, policy.unwrap_or_else(|found| panic!("{found}")))).collect();
    for (place, product, change, kind, begin) in WORDS {
        let policy = &policies[kind];
        let (case, decision) = decided(policy, place, product, change);
        for language in LANGUAGES {
            let told = told(policy.letters().write(kind, language, &case, &decision));
            assert!(told.contains("error[R1126]: the letter does not hold a sentence that a law asks for"), "{begin}: {told}");
        }
    }
}

#[test]
fn nothing_goes_out_while_it_is_open_which_words_a_law_asks_for() {
    let letter = "Subject: {{ case_id }}\n\n[listen]\nA\n\n[acknowledge]\nB\n\n[act]\n{% for sentence in statutory_sentences %}\n{{ sentence }}\n{% endfor %}\nD\n\n[thank]\nC\n";
    let sentences = "
decision: statutory_sentences
hit: collect
required: [finding.liability]
outputs: {kind: {type: text}, en: {type: text}}
rules:
  - id: one
    when: {finding.liability: no_error}
    then: {kind: apology, en: You have the right to complain.}
    because: So the law has it.
";
    let files = [
        ("bundle.yaml", "bundle: small\nversion: 1\ncurrency: USD\n"),
        ("letters/apology.en.txt", letter),
        ("decisions/statutory_sentences.yaml", sentences),
    ];
    let policy = Policy::from_files(files).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let (case, decision) = decided(&policy, "US", "loan", "");
    insta::assert_snapshot!(told(policy.letters().write("apology", "en", &case, &decision)), @"
    error[R1126]: which sentences a law asks for is not decided, so the letter `apology` cannot go out
     --> letters/apology.en.txt:1:1
      |
    1 | Subject: {{ case_id }}
      | ^
      |
      = help: decide `statutory_sentences` first: `redress decide --explain` says what it waits for

    1 error
    ");
    let (case, decision) = decided(&policy, "US", "loan", "finding: {liability: no_error}");
    insta::assert_snapshot!(told(policy.letters().write("apology", "en", &case, &decision)), @"
    apology (en)
      A preview: the decision does not ask for this letter.

    Subject: D-1

    A

    B

    You have the right to complain. D

    C
    ");
}

#[test]
fn a_rule_without_a_sentence_in_the_language_of_a_letter_is_refused() {
    let letter =
        |act: &str| format!("Subject: {{{{ case_id }}}}\n\n[listen]\nA\n\n[acknowledge]\nB\n\n[act]\n{act}\n\n[thank]\nC\n");
    let letter = letter("{{ statutory_sentences | list }}");
    let told = |outputs: &str, rules: &str| {
        let sentences = format!("decision: statutory_sentences\nhit: collect\noutputs: {{{outputs}}}\nrules:\n{rules}");
        let files = [
            ("bundle.yaml", "bundle: small\nversion: 1\ncurrency: USD\n"),
            ("letters/apology.en.txt", letter.as_str()),
            ("letters/apology.es.txt", letter.as_str()),
            ("decisions/statutory_sentences.yaml", sentences.as_str()),
        ];
        Policy::from_files(files).err().map_or_else(|| "fine".to_owned(), |found| render_all(&found, false))
    };
    let rule = |id: &str, then: &str| format!("  - {{id: {id}, then: {{kind: apology, {then}}}, because: So the law has it.}}\n");
    let maybe = "kind: {type: text}, en: {type: text}, es: {type: text, default: missing}";
    insta::assert_snapshot!(told(maybe, &(rule("one", "en: A right.") + rule("two", "en: Two.").as_str())), @"
    error[R1126]: this rule has no sentence in `es`, in which the letter `apology` is written
     --> decisions/statutory_sentences.yaml:5:6
      |
    5 |   - {id: one, then: {kind: apology, en: A right.}, because: So the law has it.}
      |      ^^
      |
     ::: letters/apology.es.txt:1:1
      |
    1 | Subject: {{ case_id }}
      | - this letter
      |
      = help: add `es: ...` to its `then`, and `es: {type: text}` to the `outputs` where that is missing

    error[R1126]: this rule has no sentence in `es`, in which the letter `apology` is written
     --> decisions/statutory_sentences.yaml:6:6
      |
    6 |   - {id: two, then: {kind: apology, en: Two.}, because: So the law has it.}
      |      ^^
      |
     ::: letters/apology.es.txt:1:1
      |
    1 | Subject: {{ case_id }}
      | - this letter
      |
      = help: add `es: ...` to its `then`, and `es: {type: text}` to the `outputs` where that is missing

    2 errors
    ");
    insta::assert_snapshot!(told(
        "kind: {type: text}, en: {type: text}",
        &(rule("one", "en: A right.") + rule("two", "en: Two.").as_str())
    ), @"
    error[R1126]: this rule has no sentence in `es`, in which the letter `apology` is written
     --> decisions/statutory_sentences.yaml:5:6
      |
    5 |   - {id: one, then: {kind: apology, en: A right.}, because: So the law has it.}
      |      ^^
      |
     ::: letters/apology.es.txt:1:1
      |
    1 | Subject: {{ case_id }}
      | - this letter
      |
      = help: add `es: ...` to its `then`, and `es: {type: text}` to the `outputs` where that is missing

    1 error
    ");
    insta::assert_snapshot!(told(maybe, &rule("one", "en: A right., es: Un derecho.")), @"fine");
}

#[test]
fn packs_bring_all_of_the_words() {
    let own = fs::read_to_string(root("policies/decisions/statutory_sentences.yaml")).unwrap();
    assert!(own.contains("\nrules: []"), "{own}");
    // A list that nothing was collected for is an answer, and letters without words of a law go out.
    assert!(about("en", "D").contains("Subject: D-1"));
}
