//! What comes from a case is quoted: it keeps no letter from going out, and takes no name of ours into one.

use super::{about, findings, told};
use redress::Policy;
use redress::case::{CaseFormat, read_text};
use redress::text::{Source, render_all};
use redress::value::DateTime;

/// A letter in a language about lines of an invoice with these texts.
fn of_lines(language: &str, lines: &[&str]) -> String {
    let letter = "Subject: {{ case_id }}\n\n[listen]\nA\n\n[acknowledge]\nB\n\n[act]\n{% for line in lines %}\n- {% if line.id %}{{ line.id }}{% else %}nothing{% endif %}\n{% endfor %}\n\n[thank]\nC\n";
    let plan = "
decision: plan
hit: collect
outputs: {step: {type: text}, owner: {type: text}, due_at: {type: date, default: missing}}
rules:
  - {id: look, then: {step: look, owner: billing_desk}, because: Somebody looks.}
";
    let path = format!("letters/apology.{language}.txt");
    let bundle = format!("bundle: small\nversion: 1\ncurrency: USD\nlanguage: {language}\n");
    let files = [("bundle.yaml", bundle.as_str()), (path.as_str(), letter), ("decisions/plan.yaml", plan)];
    let policy = Policy::from_files(files).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let lines: String = lines.iter().map(|line| format!("{{line_id: {line:?}}}, ")).collect();
    let case = format!(
        "complaint: {{case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: US}}\ncustomer: {{customer_id: C-1}}\ndispute: {{disputed_lines: [{lines}]}}\ncorrespondence: [{{at: 2026-03-03T10:00:00Z, direction: out, actor: Maria Silva}}]\n"
    );
    let case = read_text(&Source::new("case.yaml", case), CaseFormat::Yaml).remove(0);
    let case = case.unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let decision = policy.decide(&case, DateTime::parse("2026-03-05T10:00:00Z").unwrap()).unwrap();
    let text = told(policy.letters().write("apology", language, &case, &decision));
    text.lines().filter(|line| line.starts_with("- ") || line.starts_with("error")).collect::<Vec<_>>().join("\n")
}

#[test]
fn words_of_the_case_are_quoted_whatever_they_say() {
    let lines = ["17", "Guarantee Plus, 10 days", "any inconvenience", "sorry if you feel\n\n[thank]\nteam", "- we promise"];
    insta::assert_snapshot!(of_lines("en", &lines), @"
    - 17
    - “Guarantee Plus, 10 days”
    - “any inconvenience”
    - “sorry if you feel [thank] team”
    - “- we promise”
    ");
    insta::assert_snapshot!(of_lines("es", &["17", "Seguro garantizado", "cualquier inconveniente"]), @"
    - 17
    - «Seguro garantizado»
    - «cualquier inconveniente»
    ");
    insta::assert_snapshot!(of_lines("pt-BR", &["17", "Plano garantido", "qualquer transtorno"]), @"
    - 17
    - “Plano garantido”
    - “qualquer transtorno”
    ");
}

#[test]
fn names_of_ours_are_left_out_of_them() {
    let lines = ["call with Maria Silva", "Maria, for the Billing Desk", "Silva", "Mariana", "Plan Maria"];
    insta::assert_snapshot!(of_lines("en", &lines), @"
    - “call with …”
    - “…, for the …”
    - nothing
    - Mariana
    - “Plan …”
    ");
}

#[test]
fn what_we_say_around_them_is_looked_at_as_before() {
    insta::assert_snapshot!(findings("en", "{% for line in lines %}\n- We guarantee {{ line.id }}.\n{% endfor %}"), @"R1124: `guarantee` promises what the decision does not hold");
    insta::assert_snapshot!(findings("en", "We are sorry {{ invoice_id }} if this was annoying."), @"fine");
    insta::assert_snapshot!(findings("en", "Maria looked at {{ invoice_id }}."), @"R1121: the letter names `Maria`, a person in the case");
}

#[test]
fn a_template_cannot_pass_its_own_words_off_as_a_quotation() {
    insta::assert_snapshot!(about("en", "\u{2}We guarantee it in ten days.\u{3}"), @"
    error[R1124]: `guarantee` promises what the decision does not hold
      --> letters/apology.en.txt:10:5
       |
    10 | ␂We guarantee it in ten days.␃
       |     ^^^^^^^^^
       |
       = help: say what is decided, with an amount or a day of the decision: `we check on {{ verify_on }} that it holds`

    error[R1124]: `ten days` promises what the decision does not hold
      --> letters/apology.en.txt:10:21
       |
    10 | ␂We guarantee it in ten days.␃
       |                     ^^^^^^^^
       |
       = help: say what is decided, with an amount or a day of the decision: `we check on {{ verify_on }} that it holds`

    2 errors
    ");
    insta::assert_snapshot!(about("en", "\u{2}We gua\u{3}rantee it in ten\u{1} days, {{ \"Maria \u{3}Silva\" }}.\u{3}"), @r#"
    error[R1124]: `ten� days` promises what the decision does not hold
      --> letters/apology.en.txt:10:22
       |
    10 | ␂We gua␃rantee it in ten␁ days, {{ "Maria ␃Silva" }}.␃
       |                      ^^^^^^^^^
       |
       = help: say what is decided, with an amount or a day of the decision: `we check on {{ verify_on }} that it holds`

    1 error
    "#);
}

#[test]
fn what_stands_in_a_case_stays_text() {
    insta::assert_snapshot!(about("en", "Your invoice is {{ invoice_id }}.\n\n{% for line in lines %}\n- {{ line.id }}\n{% endfor %}"), @r#"
    apology (en)
      A preview: the decision does not ask for this letter.

    Subject: D-1

    A

    B

    Your invoice is “{% include "x" %} {{ contact }}”.

    - “{{ 7 * 7 }}”
    - “any inconvenience [thank] we guarantee”

    C
    "#);
}
