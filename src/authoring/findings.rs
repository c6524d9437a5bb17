//! Findings in the forms that other tools read: SARIF for code scanning, workflow commands for GitHub.

use super::code_pages::{code_page, meaning};
use crate::text::{Code, Diagnostics, to_json};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Findings as a log of SARIF 2.1.0, with every code that occurs as a rule.
#[must_use]
pub fn to_sarif(findings: &Diagnostics) -> Value {
    let codes: BTreeSet<Code> = findings.iter().map(|finding| finding.code).collect();
    let rules: Vec<Value> = codes.into_iter().map(rule).collect();
    let list = to_json(findings);
    let results: Vec<Value> = list.as_array().into_iter().flatten().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "redress", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A code with its page, which needs no address on the web.
fn rule(code: Code) -> Value {
    let page = code_page(code);
    json!({
        "id": code.to_string(),
        "shortDescription": {"text": code.title()},
        "fullDescription": {"text": meaning(code)},
        "help": {"text": page, "markdown": page},
    })
}

fn result(finding: &Value) -> Value {
    let level = if finding["severity"] == "advice" { json!("note") } else { finding["severity"].clone() };
    let labels = finding["labels"].as_array().into_iter().flatten();
    let related: Vec<Value> = labels.filter_map(|label| location(label, Some(&label["text"]))).collect();
    object([
        ("ruleId", Some(finding["code"].clone())),
        ("level", Some(level)),
        ("message", Some(json!({"text": text(finding)}))),
        ("properties", finding.get("weight").map(|weight| json!({"weight": weight}))),
        ("locations", location(finding, None).map(|location| json!([location]))),
        ("fixes", finding.get("fixes").and_then(Value::as_array).map(|fixes| fixes.iter().map(fix).collect())),
        ("relatedLocations", (!related.is_empty()).then(|| related.into())),
    ])
}

/// A way to mend it, with the changes of each file together.
fn fix(fix: &Value) -> Value {
    let mut files: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in fix["edits"].as_array().into_iter().flatten() {
        let replacement = json!({"deletedRegion": region(edit), "insertedContent": {"text": edit["text"]}});
        files.entry(edit["file"].as_str().unwrap_or_default()).or_default().push(replacement);
    }
    let changes = files
        .into_iter()
        .map(|(file, replacements)| json!({"artifactLocation": {"uri": uri(file)}, "replacements": replacements}));
    json!({"description": {"text": fix["title"]}, "artifactChanges": changes.collect::<Vec<_>>()})
}

fn region(of: &Value) -> Value {
    json!({
        "startLine": of["line"],
        "startColumn": of["column"],
        "endLine": of["end_line"],
        "endColumn": of["end_column"],
    })
}

/// Where a finding or a label stands, if it stands in a file.
fn location(of: &Value, message: Option<&Value>) -> Option<Value> {
    let file = of["file"].as_str()?;
    Some(object([
        ("physicalLocation", Some(json!({"artifactLocation": {"uri": uri(file)}, "region": region(of)}))),
        ("message", message.map(|text| json!({"text": text}))),
    ]))
}

/// What there is of it.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let there = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(there.collect())
}

/// A path as a URI reference: what has a meaning there is written by its number.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~@+".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// Findings as workflow commands of GitHub, one line each, which it shows beside the lines that they are about.
#[must_use]
pub fn to_github(findings: &Diagnostics) -> String {
    let list = to_json(findings);
    list.as_array().into_iter().flatten().map(command).collect()
}

fn command(finding: &Value) -> String {
    let kind = match finding["severity"].as_str() {
        Some("advice") => "notice",
        Some(severity) => severity,
        None => "error",
    };
    let mut properties: Vec<String> = Vec::new();
    if let Some(file) = finding["file"].as_str() {
        properties.push(format!("file={}", property(file)));
        for (name, key) in [("line", "line"), ("endLine", "end_line"), ("col", "column"), ("endColumn", "end_column")] {
            properties.push(format!("{name}={}", finding[key]));
        }
    }
    properties.push(format!("title={}", property(finding["code"].as_str().unwrap_or_default())));
    format!("::{kind} {}::{}\n", properties.join(","), data(&text(finding)))
}

/// What is wrong, how to mend it, and what it weighs.
fn text(finding: &Value) -> String {
    let lines = ["message", "help", "weight_told"].into_iter().filter_map(|key| finding[key].as_str());
    lines.collect::<Vec<_>>().join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Diagnostic, Source, Span};

    fn findings() -> Diagnostics {
        let source = Source::new("my policies/decisions/a,b.yaml", "decision: a\nhit: sometimes\n");
        let place = source.place(Span::new(0, 8));
        [
            Diagnostic::error(Code::BadValue, &source, Span::new(17, 26), "`sometimes` is 100 % wrong")
                .help("write `first`")
                .label(&place, "the decision"),
            Diagnostic::global(Code::MissingFile, "there is no\nfile").warning(),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn as_sarif() {
        let mut log = to_sarif(&findings());
        let rules = log.pointer_mut("/runs/0/tool/driver/rules").and_then(Value::as_array_mut).unwrap();
        for (rule, code) in rules.iter_mut().zip([Code::BadValue, Code::MissingFile]) {
            assert_eq!(rule["help"], json!({"text": code_page(code), "markdown": code_page(code)}));
            rule.as_object_mut().unwrap().remove("help");
        }
        insta::assert_snapshot!(format!("{log:#}"), @r#"
        {
          "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "results": [
                {
                  "level": "error",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "my%20policies/decisions/a%2Cb.yaml"
                        },
                        "region": {
                          "endColumn": 15,
                          "endLine": 2,
                          "startColumn": 6,
                          "startLine": 2
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "`sometimes` is 100 % wrong\nwrite `first`"
                  },
                  "relatedLocations": [
                    {
                      "message": {
                        "text": "the decision"
                      },
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "my%20policies/decisions/a%2Cb.yaml"
                        },
                        "region": {
                          "endColumn": 9,
                          "endLine": 1,
                          "startColumn": 1,
                          "startLine": 1
                        }
                      }
                    }
                  ],
                  "ruleId": "R0203"
                },
                {
                  "level": "warning",
                  "message": {
                    "text": "there is no\nfile\nadd the file, or name one that is there"
                  },
                  "ruleId": "R0207"
                }
              ],
              "tool": {
                "driver": {
                  "name": "redress",
                  "rules": [
                    {
                      "fullDescription": {
                        "text": "The key is right, and its value is none that it can have."
                      },
                      "id": "R0203",
                      "shortDescription": {
                        "text": "a value that does not fit its key"
                      }
                    },
                    {
                      "fullDescription": {
                        "text": "A decision or a plugin names a script or a table that is not in the bundle."
                      },
                      "id": "R0207",
                      "shortDescription": {
                        "text": "a file that the bundle names does not exist"
                      }
                    }
                  ],
                  "version": "0.1.0"
                }
              }
            }
          ],
          "version": "2.1.0"
        }
        "#);
    }

    #[test]
    fn a_fix_as_sarif() {
        let source = Source::new("decisions/fee.yaml", "hit: frist\n");
        let finding = Diagnostic::error(Code::BadValue, &source, Span::new(5, 10), "`frist` is no hit policy");
        let log = to_sarif(&[finding.instead("first")].into_iter().collect());
        insta::assert_snapshot!(format!("{:#}", log["runs"][0]["results"][0]["fixes"]), @r#"
        [
          {
            "artifactChanges": [
              {
                "artifactLocation": {
                  "uri": "decisions/fee.yaml"
                },
                "replacements": [
                  {
                    "deletedRegion": {
                      "endColumn": 11,
                      "endLine": 1,
                      "startColumn": 6,
                      "startLine": 1
                    },
                    "insertedContent": {
                      "text": "first"
                    }
                  }
                ]
              }
            ],
            "description": {
              "text": "write `first`"
            }
          }
        ]
        "#);
    }

    #[test]
    fn as_workflow_commands() {
        insta::assert_snapshot!(to_github(&findings()), @"
        ::error file=my policies/decisions/a%2Cb.yaml,line=2,endLine=2,col=6,endColumn=15,title=R0203::`sometimes` is 100 %25 wrong%0Awrite `first`
        ::warning title=R0207::there is no%0Afile%0Aadd the file, or name one that is there
        ");
    }
}
