//! A bundle as a document: a small one whole in both forms, the default one by what has to hold of it, and one that means harm.

#[cfg(feature = "cli")]
mod backtest;
#[cfg(feature = "cli")]
mod browser;
#[cfg(feature = "cli")]
mod small;

use redress::authoring::render::Rendered;
use redress::bundle::Bundle;
use redress::value::Date;
use redress::{BundleFiles, Diagnostics, Extensions, Policy, default_bundle};
use std::collections::BTreeSet;

fn rendered(files: &BundleFiles, as_of: Option<&str>) -> Rendered {
    let (bundle, found) = Bundle::read(files);
    let bundle = bundle.unwrap();
    let policy = Policy::compile(&bundle, &Extensions::new(), found)
        .unwrap_or_else(|found| panic!("{}", redress::text::render_all(&found, false)));
    Rendered::new(&bundle, &policy, &Diagnostics::new(), as_of.map(|day| Date::parse(day).unwrap()))
}

/// What stands between `before` and the next quote.
fn quoted<'t>(text: &'t str, before: &str) -> Vec<&'t str> {
    text.match_indices(before).filter_map(|(at, _)| text[at + before.len()..].split('"').next()).collect()
}

#[test]
fn every_reference_of_the_default_bundle_leads_somewhere() {
    for as_of in [None, Some("2015-01-01"), Some("2026-07-01")] {
        let document = rendered(&default_bundle(), as_of);
        let html = document.to_html();
        let ids = quoted(&html, " id=\"");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an anchor stands twice");
        let lost: BTreeSet<&str> = quoted(&html, "href=\"#").into_iter().filter(|to| !unique.contains(to)).collect();
        assert!(lost.is_empty(), "{as_of:?}: {lost:?}");
        let markdown = document.to_markdown();
        let targets: BTreeSet<&str> = quoted(&markdown, "<a id=\"").into_iter().collect();
        let links = markdown.match_indices("](#").filter_map(|(at, _)| markdown[at + 3..].split(')').next());
        let lost: BTreeSet<&str> = links.filter(|to| !targets.contains(to)).collect();
        assert!(lost.is_empty(), "{as_of:?}: {lost:?}");
    }
}

#[test]
fn everything_of_the_default_bundle_is_told() {
    let files = default_bundle();
    let html = rendered(&files, None).to_html();
    let (bundle, _) = Bundle::read(&files);
    let bundle = bundle.unwrap();
    let escaped = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;").replace('<', "&lt;")
    };
    let mut missing = Vec::new();
    let mut look_for = |what: &str, text: String| {
        if !html.contains(&text) {
            missing.push(format!("{what}: {text}"));
        }
    };
    let of_packs = bundle.packs.iter().flat_map(|pack| &pack.decisions);
    for decision in bundle.decisions.iter().chain(of_packs) {
        look_for("decision", format!("id=\"decision-{}\"", decision.name.value));
        for rule in &decision.rules {
            for (_, text) in rule.because.iter().filter_map(|because| because.texts.first()) {
                if !text.value.contains('{') {
                    look_for("reason", escaped(&text.value));
                }
            }
        }
    }
    for pack in &bundle.packs {
        look_for("pack", format!("id=\"pack-{}\"", pack.name.value));
        pack.obligations.iter().for_each(|it| look_for("clock", format!("id=\"clock-{}\"", it.id.value)));
        pack.guardrails.iter().for_each(|it| look_for("guardrail", format!("id=\"guardrail-{}\"", it.id.value)));
        pack.params.iter().for_each(|it| look_for("figure", format!("id=\"figure-{}\"", it.path.join("."))));
    }
    bundle.guardrails.iter().for_each(|it| look_for("guardrail", format!("id=\"guardrail-{}\"", it.id.value)));
    bundle.manifest.params.iter().for_each(|it| look_for("figure", format!("id=\"figure-{}\"", it.path.join("."))));
    bundle.manifest.plugins.iter().for_each(|it| look_for("plugin", format!("id=\"plugin-{}\"", it.id.value)));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn headings_follow_each_other_and_tables_have_heads() {
    let html = rendered(&default_bundle(), None).to_html();
    let levels = html.match_indices("<h").filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10));
    let levels: Vec<u32> = levels.collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    let steps: Vec<_> = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1).collect();
    assert!(steps.is_empty(), "a heading skips a level: {steps:?}");
    assert_eq!(html.matches("<table>").count(), html.matches("<caption>").count());
    for table in html.split("<table>").skip(1) {
        let table = table.split("</table>").next().unwrap();
        let heads = table.matches("scope=\"col\"").count();
        for row in table.split("<tr").skip(2) {
            assert_eq!(row.matches("scope=\"row\"").count() + row.matches("<td>").count(), heads, "{row}");
        }
    }
}

/// A bundle whose every text means harm.
fn hostile() -> BundleFiles {
    let harm = "<script>alert(1)</script> <img src=x onerror=alert(2)> \"><b> ' | `x` [a](javascript:alert(3)) <!-- # *";
    let text = |text: &str| text.replace("HARM", &harm.replace('\'', "''"));
    let mut files = BundleFiles::new();
    let manifest = "bundle: 'HARM'\nversion: 'HARM'\nowner: 'HARM'\ncurrency: USD\npacks: [p]\nparams: {word: 'HARM'}\nfacts:\n  \
                    input.n: {type: integer, about: 'HARM'}\n  input.w: {type: text, about: 'HARM'}\nassume: {input.w: 'HARM'}\n";
    files.insert("bundle.yaml", text(manifest));
    let decision = "decision: d\nabout: 'HARM'\nowner: 'HARM'\nhit: first\nlet: {l: \"= \\\"<script>\\\"\"}\noutputs: {w: {type: text, default: \
                    'HARM'}}\nrules:\n  - id: 'HARM'\n    when: {input.n: 1, input.w: '\"</td><script>\"', l: a}\n    then: {w: 'HARM'}\n    \
                    because: 'HARM'\n    source: 'HARM'\n    address: javascript:alert(4)\n  - {id: two, when: {input.n: 2}, because: b, source: s, \
                    address: 'https://example.com/?a=\"><script>&b=1'}\notherwise: {because: 'HARM'}\n";
    files.insert("decisions/d.yaml", text(decision));
    let table = "decision: t\nhit: first\noutputs: {w: {type: text}}\ntable: |\n  | id | input.w | => w | because |\n  | <script> | \"<script>\" \
                 | <script>x\\|y | <script> |\notherwise: {w: x, because: b}\n";
    files.insert("decisions/t.yaml", table);
    files.insert("packs/p/bundle.yaml", text("pack: p\nversion: 'HARM'\nabout: 'HARM'\nwhen: {input.n: 3}\n"));
    let clock = "obligations:\n  - id: C\n    about: 'HARM'\n    when: {input.n: 1}\n    step: answer\n    due: {within: 2 business days, after: \
                 complaint.received_at}\n    because: 'HARM'\n    source: 'HARM'\n";
    files.insert("obligations/c.yaml", text(clock));
    let guardrail = "guardrails:\n  - {id: g, forbid: {t.w: '\"<script>\"'}, unless: {input.n: 1}, instead: {t.w: 'HARM'}, because: 'HARM'}\n";
    files.insert("guardrails/g.yaml", text(guardrail));
    files
}

#[test]
fn nothing_that_a_bundle_says_becomes_markup() {
    let document = rendered(&hostile(), None);
    let html = document.to_html();
    let inside = html.split("</style>").nth(1).unwrap();
    assert!(inside.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{inside}");
    for tag in ["<script", "<img", "<!--", "javascript:alert(4)\"", "onerror=alert(2)>"] {
        assert!(!inside.contains(tag), "{tag} in\n{inside}");
    }
    // Every tag is one of ours, and so is every attribute.
    let known = [
        "a", "b", "body", "caption", "code", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "head", "header", "html", "li",
        "main", "nav", "ol", "p", "section", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
    ];
    let tags: BTreeSet<&str> =
        inside.split('<').skip(1).map(|rest| rest.split([' ', '>']).next().unwrap().trim_start_matches('/')).collect();
    let strange: Vec<_> = tags.iter().filter(|tag| !known.contains(*tag)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    let addresses = quoted(inside, "href=\"");
    assert!(addresses.iter().all(|to| to.starts_with('#') || to.starts_with("https://")), "{addresses:?}");

    let markdown = document.to_markdown();
    let own = |text: &str| text.starts_with("a id=\"") || text.starts_with("/a>") || text.starts_with("https://");
    // Between backticks nothing is markup.
    let outside: String = markdown.replace("\\`", "").split('`').step_by(2).collect();
    let strange: Vec<&str> = outside.split('<').skip(1).filter(|rest| !own(rest)).collect();
    assert!(strange.is_empty(), "{strange:?}\n{markdown}");
    assert!(!markdown.replace("\\]", "").contains("](javascript:"), "{markdown}");
}
