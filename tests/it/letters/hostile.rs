//! Templates and cases that mean harm.

use super::{about, findings};

const TAGS: &[&str] = &[
    "{% include \"/etc/passwd\" %}",
    "{% import \"x\" as y %}",
    "{% from \"x\" import y %}",
    "{% extends \"x\" %}",
    "{% macro x() %}{% endmacro %}",
    "{% block x %}{% endblock %}",
    "{% call x() %}{% endcall %}",
    "{% set x = 1 %}",
    "{% set x %}a{% endset %}",
    "{% with x = 1 %}{% endwith %}",
    "{% filter capital %}x{% endfilter %}",
    "{% autoescape true %}x{% endautoescape %}",
    "{% do x() %}",
    "{% raw %}we guarantee{% endraw %}",
];

const EXPRESSIONS: &[&str] = &[
    "{{ range(9) }}",
    "{{ \"x\" * 999999999 }}",
    "{{ case_id ~ case_id }}",
    "{{ case_id[0] }}",
    "{{ case_id is defined }}",
    "{{ case_id.upper() }}",
    "{{ [case_id] }}",
    "{{ {\"a\": case_id} }}",
    "{{ case_id | upper }}",
    "{{ self }}",
    "{{ loop.index }}",
    "{{ -1 }}",
    "{{ 1.5 }}",
    "{{ our_error }}",
    "{{ outcome }}",
    "{{ lines }}",
    "{{ lines.id }}",
    "{{ case_id.id }}",
    "{{ disputes | list }}",
    "{{ disputes | plural(\"bill\") }}",
    "{% for line in case_id %}{% endfor %}",
    "{% for line in lines %}{{ line.name }}{% endfor %}",
    "{% for line in lines recursive %}{% endfor %}",
    "{% for line in lines if line.id %}{% endfor %}",
    "{% for a, b in lines %}{% endfor %}",
    "{% for company in lines %}{% endfor %}",
    "{% if outcome == \"upheld\" %}x{% endif %}",
    "{% if disputed_amount > 5 %}x{% endif %}",
    "{% if case_id %}x",
    "{% endif %}",
    "{{ case_id",
    "{{ }}",
    "{% %}",
];

fn told(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n  {}\n", findings("en", line).replace('\n', "\n  "))).collect()
}

#[test]
fn a_template_reaches_nothing() {
    insta::assert_snapshot!(told(TAGS), @r#"
    {% include "/etc/passwd" %}
      R1104: the tag `include` cannot be used in a letter
    {% import "x" as y %}
      R1104: the tag `import` cannot be used in a letter
    {% from "x" import y %}
      R1104: the tag `from` cannot be used in a letter
    {% extends "x" %}
      R1104: the tag `extends` cannot be used in a letter
    {% macro x() %}{% endmacro %}
      R1104: the tag `macro` cannot be used in a letter
    {% block x %}{% endblock %}
      R1104: the tag `block` cannot be used in a letter
    {% call x() %}{% endcall %}
      R1104: the tag `call` cannot be used in a letter
    {% set x = 1 %}
      R1104: the tag `set` cannot be used in a letter
    {% set x %}a{% endset %}
      R1104: the tag `set` cannot be used in a letter
    {% with x = 1 %}{% endwith %}
      R1104: the tag `with` cannot be used in a letter
    {% filter capital %}x{% endfilter %}
      R1104: the tag `filter` cannot be used in a letter
    {% autoescape true %}x{% endautoescape %}
      R1104: the tag `autoescape` cannot be used in a letter
    {% do x() %}
      R1104: the tag `do` cannot be used in a letter
    {% raw %}we guarantee{% endraw %}
      R1124: `guarantee` promises what the decision does not hold
    "#);
}

#[test]
fn a_template_calls_nothing_and_calculates_nothing() {
    insta::assert_snapshot!(told(EXPRESSIONS), @r#"
    {{ range(9) }}
      R1104: a call cannot be used in a letter
    {{ "x" * 999999999 }}
      R1104: arithmetic cannot be used in a letter
    {{ case_id ~ case_id }}
      R1104: arithmetic cannot be used in a letter
    {{ case_id[0] }}
      R1104: a subscript cannot be used in a letter
    {{ case_id is defined }}
      R1104: a test with `is` cannot be used in a letter
    {{ case_id.upper() }}
      R1104: a call cannot be used in a letter
    {{ [case_id] }}
      R1104: a list or map of its own cannot be used in a letter
    {{ {"a": case_id} }}
      R1104: a list or map of its own cannot be used in a letter
    {{ case_id | upper }}
      R1104: a letter has no filter `upper`
    {{ self }}
      R1103: a letter has no variable `self`
    {{ loop.index }}
      R1103: a letter has no variable `loop`
    {{ -1 }}
      R1104: arithmetic cannot be used in a letter
    {{ 1.5 }}
      R1104: this value cannot be used in a letter
    {{ our_error }}
      R1104: `our_error` is true or false and cannot be printed
    {{ outcome }}
      R1104: `outcome` is a name of the engine and cannot be printed
    {{ lines }}
      R1104: `lines` is a list and cannot be printed
    {{ lines.id }}
      R1103: `lines` is a list, and a field belongs to one of its items
    {{ case_id.id }}
      R1103: `case_id` is a text and has no `id`
    {{ disputes | list }}
      R1104: `list` cannot be used like this
    {{ disputes | plural("bill") }}
      R1104: `plural` cannot be used like this
    {% for line in case_id %}{% endfor %}
      R1104: a loop walks over a list of the case or the decision
    {% for line in lines %}{{ line.name }}{% endfor %}
      R1103: an item of this list has no `name`
    {% for line in lines recursive %}{% endfor %}
      R1104: a loop with a condition or one that calls itself cannot be used in a letter
    {% for line in lines if line.id %}{% endfor %}
      R1104: a loop with a condition or one that calls itself cannot be used in a letter
    {% for a, b in lines %}{% endfor %}
      R1104: a loop over several names cannot be used in a letter
    {% for company in lines %}{% endfor %}
      R1103: `company` is the name of something else already
    {% if outcome == "upheld" %}x{% endif %}
      R1103: `outcome` is never `upheld`
    {% if disputed_amount > 5 %}x{% endif %}
      R1104: these two cannot be compared in a letter
    {% if case_id %}x
      R1101: the template cannot be read here: unexpected end of input, expected end of block
    {% endif %}
      R1104: the tag `endif` cannot be used in a letter
    {{ case_id
      R1101: the template cannot be read here: unexpected end of input, expected end of variable block
    {{ }}
      R1101: the template cannot be read here: unexpected end of variable block
    {% %}
      R1101: the template cannot be read here: unknown end of block, expected statement
    "#);
}

#[test]
fn a_template_of_any_bytes_is_read_or_refused() {
    for deep in
        ["{% if our_error %}", "{% for a in lines %}", "{{ (", "{{ not ", "{#", "[act]\n", "{{ case_id if our_error else "]
    {
        let text = about("en", &deep.repeat(2_000));
        assert!(text.contains("error[R11"), "{deep}: {}", text.chars().take(200).collect::<String>());
    }
    assert!(about("en", &"x".repeat(40_000)).contains("R1109"));
}
