//! A small bundle in both forms, whole.

use crate::command::Stage;

const BUNDLE: [(&str, &str); 6] = [
    (
        "bundle.yaml",
        "bundle: corner-shop
version: 3
owner: front-desk
effective: {from: 2026-01-01}
currency: USD
packs: [law]
params:
  gesture:
    most: 40.00 USD
    share:
      - {from: 2026-01-01, value: 0.10}
      - {from: 2026-07-01, value: 0.20}
facts:
  attributes.regular: {type: boolean, about: Does the customer come every week?}
assume: {customer.tier: standard}
plugins:
  - {id: rounding, script: scripts/rounding.rhai, after: gesture, when: {amount: over 1.00}, on_failure: skip, settings: {step: 5}}
",
    ),
    (
        "decisions/gesture.yaml",
        "decision: gesture
about: What we add. Never more than `gesture.most`.
owner: front-desk
hit: first
let:
  part: = dispute.disputed_amount * params.gesture.share
outputs:
  amount: {type: money, default: 0.00, round: down to 1.00}
rules:
  - id: regulars
    when:
      customer.tier: [gold, silver]
      dispute.disputed_amount: at most params.gesture.most
      attributes.regular: true
    then:
      amount: = part
    because: Regulars get up to {params.gesture.most} back.
    source: house rules, 4
    from: 2026-02-01
  - id: others
    when: {dispute.related_charges.kind: not late_fee, customer.tenure_months: [over 12, unknown]}
    then: {amount: 1.00}
    because: Everyone gets a dollar.
otherwise: {because: Nothing is due.}
",
    ),
    (
        "decisions/counter.yaml",
        "decision: counter
hit: first
outputs:
  place: {type: text}
table: |
  | id    | gesture | complaint.received_at | => place | because             |
  | small | < 10    | -                     | desk     | Small sums at once. |
  | old   | -       | before 2026-03-01T00:00:00Z | office | It is old.     |
",
    ),
    (
        "guardrails/limits.yaml",
        "guardrails:
  - {id: per-case, cap: gesture.amount, at: params.gesture.most, because: No case earns more.}
  - {id: big, when: {dispute.disputed_amount: over 500}, require_approval: [owner], second_person: true, because: It is much.}
  - {id: wait, hold: [collection, late_fees], because: We look first.}
",
    ),
    (
        "packs/law/bundle.yaml",
        "pack: law
version: 1
about: A law
when: {complaint.jurisdiction: US}
",
    ),
    (
        "packs/law/obligations/answers.yaml",
        "obligations:
  - id: LAW-1
    step: answer
    due:
      - {when: {complaint.notice_form: written}, within: 10 business days, after: complaint.received_at}
      - {within: 20 calendar days, after: complaint.received_at, at_most: 1 month}
    on_breach: escalate
    holds: [collection]
    because: Whoever asks is answered.
    source: the law, 1
    address: https://example.com/law?a=1&b=2
    verified: false
    from: 2026-01-01
",
    ),
];

const SCRIPT: &str = "/// Rounds down, so that no cents are counted.
///
/// Never below zero.
fn gesture(facts, draft, settings) {
    draft.amount = round_down_to(draft.amount, settings.step);
    draft
}
";

fn stage(name: &str) -> Stage {
    let stage = BUNDLE.iter().fold(Stage::empty(name), |stage, (path, text)| stage.file(&format!("policies/{path}"), text));
    stage.file("policies/scripts/rounding.rhai", SCRIPT)
}

#[test]
fn markdown_says_it_all() {
    insta::assert_snapshot!(stage("render-md").run("render"), @r#"
    status 0
    --- stdout
    # The policy corner-shop

    Version 3

    * **Owner:** front desk
    * **Digest:** `DIGEST`
    * **In force:** from 2026-01-01
    * **Calendar:** weekends alone are days off
    * **Holds:** 2 decisions, 4 rules, 3 guardrails, 1 clock or hold and 1 pack

    ## Contents

    * [How the decisions hang together](#order)
    * [The decisions](#decisions)
      * [Gesture](#decision-gesture)
      * [Counter](#decision-counter)
    * [Guardrails](#guardrails)
    * [Clocks and holds](#clocks)
    * [Packs of law](#packs)
    * [Figures](#figures)
    * [Plugins and scripts](#plugins)
    * [Facts that are looked at](#facts)
    * [What is open](#open)

    <a id="order"></a>

    ## How the decisions hang together

    In the order in which they are taken: each decision comes after those that it reads. Which of them are read is found in their rules; nobody has to say it.

    **The decisions in their order**

    | Decision | What it is for | Reads | Is read by |
    | --- | --- | --- | --- |
    | [Gesture](#decision-gesture) | What we add. | facts of the case alone | [counter](#decision-counter) |
    | [Counter](#decision-counter) |  | [gesture](#decision-gesture) | nobody |

    <a id="decisions"></a>

    ## The decisions

    <a id="decision-gesture"></a>

    ### Gesture

    What we add. Never more than `gesture.most`.

    * **Gives:** _amount_ (an amount; else 0.00 USD; rounded down to 1.00)
    * **Owner:** front desk

    #### Worked out first

    * **part:** `dispute.disputed_amount * params.gesture.share`

    #### Rules

    From top to bottom, the first rule that applies decides:

    * <a id="rule-gesture--regulars"></a>**regulars**  
      If the customer's tier is gold or silver, the disputed amount is at most 40.00 USD ([gesture, most](#figure-gesture.most)) and “Does the customer come every week?” is answered with yes, then _amount_ is _part_.  
      Because: Regulars get up to ‹gesture, most› back.  
      Source: house rules, 4 · In force from 2026-02-01
    * <a id="rule-gesture--others"></a>**others**  
      If the dispute's related charges' kinds include no late fee and the customer's tenure months is over 12 or not known, then _amount_ is 1.00 USD.  
      Because: Everyone gets a dollar.

    * <a id="rule-gesture--otherwise"></a>**Otherwise**  
      What each output is by default.  
      Because: Nothing is due.

    Then the plugin [rounding](#plugin-rounding) may change the result, where the _amount_ is over 1.00 USD.

    Whatever comes out of it is bounded by [per case](#guardrail-per-case).

    <a id="decision-counter"></a>

    ### Counter

    * **Gives:** _place_ (text)

    From top to bottom, the first rule that applies decides:

    **The rules of counter**

    | Rule | [Gesture](#decision-gesture) | Complaint's received date | → _place_ | Reason |
    | --- | --- | --- | --- | --- |
    | <a id="rule-counter--small"></a>small | under 10.00 USD | – | “desk” | Small sums at once. |
    | <a id="rule-counter--old"></a>old | – | before 2026-03-01T00:00:00Z | “office” | It is old. |

    Where no rule applies, a person decides.

    <a id="guardrails"></a>

    ## Guardrails

    They hold whatever rules and plugins say. What is not known never opens one: a condition on a fact that is missing or unknown counts as met, and a limit that cannot be worked out allows nothing.

    ### Limits

    * <a id="guardrail-per-case"></a>**per case**  
      The [gesture](#decision-gesture) is never more than 40.00 USD ([gesture, most](#figure-gesture.most)).  
      Because: No case earns more.

    ### Who has to sign

    * <a id="guardrail-big"></a>**big**  
      **Owner** must sign as well, and whoever asks may not be the only one to sign, if the disputed amount is over 500.00 USD.  
      Because: It is much.

    ### What stands still, and who looks

    * <a id="guardrail-wait"></a>**wait**  
      **Collection** and **late fees** stand still while the case is open.  
      Because: We look first.

    <a id="clocks"></a>

    ## Clocks and holds

    What has to be done by when, and what stands still meanwhile. The day of the event is not counted. What is not known applies, and never shortens a deadline.

    ### law

    * <a id="clock-LAW-1"></a>**LAW-1**  
      **Answer** within **10 business days** after the complaint's received date, where the complaint's notice form is written.  
      **Answer** within **20 calendar days** after the complaint's received date, and never later than 1 month after it.  
      **Collection** stands still while it applies, on the disputed part only.  
      If it is missed, the case goes to the review of breaches.  
      Because: Whoever asks is answered.  
      Source: [the law, 1](<https://example.com/law?a=1&b=2>) · Pack [law](#pack-law) · **\[not verified\]** · In force from 2026-01-01

    <a id="packs"></a>

    ## Packs of law

    A pack adds rules of a law where it applies. It is no legal advice.

    * <a id="pack-law"></a>**law**  
      A law.  
      It applies where the complaint's jurisdiction is US.  
      It brings 1 clock or hold.  
      Version 1

    <a id="figures"></a>

    ## Figures

    Amounts without a currency are in USD.

    **gesture**

    | Figure | Value |
    | --- | --- |
    | <a id="figure-gesture.most"></a>_most_ | 40.00 USD |
    | <a id="figure-gesture.share"></a>_share_ | 0.1 from 2026-01-01 until 2026-06-30 then 0.2 from 2026-07-01 |

    <a id="plugins"></a>

    ## Plugins and scripts

    They do what a table cannot show. They read facts and return a draft; they cannot read files, the clock or the network, cannot change another decision, and cannot pass a guardrail.

    * <a id="plugin-rounding"></a>**rounding**  
      It follows the decision [gesture](#decision-gesture).  
      Rounds down, so that no cents are counted.  
      Never below zero.  
      It runs where the _amount_ is over 1.00 USD.  
      If it fails, the draft stays as it was, and the explanation says so.  
      Settings: _step_ 5.  
      Written in `scripts/rounding.rhai`

    <a id="facts"></a>

    ## Facts that are looked at

    What a case has to tell. What stands in for a fact is taken where a case leaves it out, never where nobody knows it, and no guardrail sees it.

    **Facts by name**

    | Fact | Meaning | Taken where it is left out |
    | --- | --- | --- |
    | `attributes.regular` | Does the customer come every week? **\[of this bundle\]** |  |
    | `complaint.jurisdiction` | Whose law governs the relationship |  |
    | `complaint.notice_form` | By word of mouth or in writing |  |
    | `complaint.received_at` | When it reached us; starts every clock |  |
    | `customer.tenure_months` | How long the customer has been with us (months) |  |
    | `customer.tier` | The commercial tier | standard |
    | `dispute.disputed_amount` | The amount in question |  |
    | `dispute.related_charges.kind` | Its kind |  |

    <a id="open"></a>

    ## What is open

    ### Warnings of the check

    * **\[warning R0310\]** it is not proven that `counter` decides every case: no rule holds a case with gesture = 10.00 USD, complaint.received\_at = 2026-03-01T00:00:00Z (policies/decisions/counter.yaml:1:11)

    2 notes are left out here: `redress check --notes` shows them.

    ### Rules of law that nobody has checked against their source

    * [LAW-1](#clock-LAW-1)

    The bundle has no policy tests. `redress test --suggest` writes some, to be looked at.
    "#);
}

#[test]
fn as_of_a_day_what_is_not_in_force_is_left_out() {
    let all = stage("render-day").run("render --as-of 2026-01-15");
    let told: Vec<&str> =
        all.lines().filter(|line| line.contains("regulars") || line.contains("share") || line.contains("stands on")).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    Version 3, as it stands on 2026-01-15
    * **part:** `dispute.disputed_amount * params.gesture.share`
    | <a id="figure-gesture.share"></a>_share_ | 0.1 |
    "#);
}

#[test]
fn html_says_the_same() {
    let all = stage("render-html").run("render --format html");
    let (head, rest) = all.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!(format!("{head}<style>...</style>{rest}"), @r##"
    status 0
    --- stdout
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <link rel="icon" href="data:,">
    <title>The policy corner-shop</title>
    <style>...</style>
    </head>
    <body>
    <a class="skip" href="#main">To the policy</a>
    <header>
    <h1>The policy corner-shop</h1>
    <p class="subtitle">Version 3</p>
    <dl class="glance">
    <div><dt>Owner</dt><dd>front desk</dd></div>
    <div><dt>Digest</dt><dd><code>DIGEST</code></dd></div>
    <div><dt>In force</dt><dd>from 2026-01-01</dd></div>
    <div><dt>Calendar</dt><dd>weekends alone are days off</dd></div>
    <div><dt>Holds</dt><dd>2 decisions, 4 rules, 3 guardrails, 1 clock or hold and 1 pack</dd></div>
    </dl>
    </header>
    <nav aria-label="Contents">
    <p class="nav-title">Contents</p>
    <ol>
    <li><a href="#order">How the decisions hang together</a></li>
    <li><a href="#decisions">The decisions</a>
    <ol>
    <li><a href="#decision-gesture">Gesture</a></li>
    <li><a href="#decision-counter">Counter</a></li>
    </ol>
    </li>
    <li><a href="#guardrails">Guardrails</a></li>
    <li><a href="#clocks">Clocks and holds</a></li>
    <li><a href="#packs">Packs of law</a></li>
    <li><a href="#figures">Figures</a></li>
    <li><a href="#plugins">Plugins and scripts</a></li>
    <li><a href="#facts">Facts that are looked at</a></li>
    <li><a href="#open">What is open</a></li>
    </ol>
    </nav>
    <main id="main">
    <section id="order" aria-labelledby="order-title">
    <h2 id="order-title">How the decisions hang together</h2>
    <p>In the order in which they are taken: each decision comes after those that it reads. Which of them are read is found in their rules; nobody has to say it.</p>
    <div class="table" role="region" aria-label="The decisions in their order" tabindex="0">
    <table>
    <caption>The decisions in their order</caption>
    <thead><tr><th scope="col">Decision</th><th scope="col">What it is for</th><th scope="col">Reads</th><th scope="col">Is read by</th></tr></thead>
    <tbody>
    <tr><th scope="row"><a href="#decision-gesture">Gesture</a></th><td>What we add.</td><td>facts of the case alone</td><td><a href="#decision-counter">counter</a></td></tr>
    <tr><th scope="row"><a href="#decision-counter">Counter</a></th><td></td><td><a href="#decision-gesture">gesture</a></td><td>nobody</td></tr>
    </tbody>
    </table>
    </div>
    </section>
    <section id="decisions" aria-labelledby="decisions-title">
    <h2 id="decisions-title">The decisions</h2>
    <section id="decision-gesture" aria-labelledby="decision-gesture-title">
    <h3 id="decision-gesture-title">Gesture</h3>
    <p>What we add. Never more than <code>gesture.most</code>.</p>
    <dl class="terms">
    <div><dt>Gives</dt><dd><b class="name">amount</b> (an amount; else 0.00 USD; rounded down to 1.00)</dd></div>
    <div><dt>Owner</dt><dd>front desk</dd></div>
    </dl>
    <h4>Worked out first</h4>
    <dl class="terms">
    <div><dt>part</dt><dd><code>dispute.disputed_amount * params.gesture.share</code></dd></div>
    </dl>
    <h4>Rules</h4>
    <p>From top to bottom, the first rule that applies decides:</p>
    <ol class="cards">
    <li id="rule-gesture--regulars" class="card">
    <p class="card-title">regulars</p>
    <p>If <a class="fact" href="#fact-customer.tier">the customer&#39;s tier</a> is gold or silver, <a class="fact" href="#fact-dispute.disputed_amount">the disputed amount</a> is at most 40.00 USD (<a href="#figure-gesture.most">gesture, most</a>) and <a class="fact" href="#fact-attributes.regular">“Does the customer come every week?”</a> is answered with yes, then <b class="name">amount</b> is <b class="name">part</b>.</p>
    <p class="because">Regulars get up to ‹gesture, most› back.</p>
    <ul class="remarks"><li>Source: house rules, 4</li><li>In force from 2026-02-01</li></ul>
    </li>
    <li id="rule-gesture--others" class="card">
    <p class="card-title">others</p>
    <p>If <a class="fact" href="#fact-dispute.related_charges.kind">the dispute&#39;s related charges&#39; kinds</a> include no late fee and <a class="fact" href="#fact-customer.tenure_months">the customer&#39;s tenure months</a> is over 12 or not known, then <b class="name">amount</b> is 1.00 USD.</p>
    <p class="because">Everyone gets a dollar.</p>
    </li>
    </ol>
    <ol class="cards">
    <li id="rule-gesture--otherwise" class="card">
    <p class="card-title">Otherwise</p>
    <p>What each output is by default.</p>
    <p class="because">Nothing is due.</p>
    </li>
    </ol>
    <p>Then the plugin <a href="#plugin-rounding">rounding</a> may change the result, where the <b class="name">amount</b> is over 1.00 USD.</p>
    <p>Whatever comes out of it is bounded by <a href="#guardrail-per-case">per case</a>.</p>
    </section>
    <section id="decision-counter" aria-labelledby="decision-counter-title">
    <h3 id="decision-counter-title">Counter</h3>
    <dl class="terms">
    <div><dt>Gives</dt><dd><b class="name">place</b> (text)</dd></div>
    </dl>
    <p>From top to bottom, the first rule that applies decides:</p>
    <div class="table" role="region" aria-label="The rules of counter" tabindex="0">
    <table>
    <caption>The rules of counter</caption>
    <thead><tr><th scope="col">Rule</th><th scope="col"><a href="#decision-gesture">Gesture</a></th><th scope="col"><a class="fact" href="#fact-complaint.received_at">Complaint&#39;s received date</a></th><th scope="col">→ <b class="name">place</b></th><th scope="col">Reason</th></tr></thead>
    <tbody>
    <tr id="rule-counter--small"><th scope="row">small</th><td>under 10.00 USD</td><td>–</td><td>“desk”</td><td>Small sums at once.</td></tr>
    <tr id="rule-counter--old"><th scope="row">old</th><td>–</td><td>before 2026-03-01T00:00:00Z</td><td>“office”</td><td>It is old.</td></tr>
    </tbody>
    </table>
    </div>
    <p>Where no rule applies, a person decides.</p>
    </section>
    </section>
    <section id="guardrails" aria-labelledby="guardrails-title">
    <h2 id="guardrails-title">Guardrails</h2>
    <p>They hold whatever rules and plugins say. What is not known never opens one: a condition on a fact that is missing or unknown counts as met, and a limit that cannot be worked out allows nothing.</p>
    <h3>Limits</h3>
    <ol class="cards">
    <li id="guardrail-per-case" class="card">
    <p class="card-title">per case</p>
    <p>The <a href="#decision-gesture">gesture</a> is never more than 40.00 USD (<a href="#figure-gesture.most">gesture, most</a>).</p>
    <p class="because">No case earns more.</p>
    </li>
    </ol>
    <h3>Who has to sign</h3>
    <ol class="cards">
    <li id="guardrail-big" class="card">
    <p class="card-title">big</p>
    <p><strong>Owner</strong> must sign as well, and whoever asks may not be the only one to sign, if <a class="fact" href="#fact-dispute.disputed_amount">the disputed amount</a> is over 500.00 USD.</p>
    <p class="because">It is much.</p>
    </li>
    </ol>
    <h3>What stands still, and who looks</h3>
    <ol class="cards">
    <li id="guardrail-wait" class="card">
    <p class="card-title">wait</p>
    <p><strong>Collection</strong> and <strong>late fees</strong> stand still while the case is open.</p>
    <p class="because">We look first.</p>
    </li>
    </ol>
    </section>
    <section id="clocks" aria-labelledby="clocks-title">
    <h2 id="clocks-title">Clocks and holds</h2>
    <p>What has to be done by when, and what stands still meanwhile. The day of the event is not counted. What is not known applies, and never shortens a deadline.</p>
    <h3>law</h3>
    <ol class="cards">
    <li id="clock-LAW-1" class="card">
    <p class="card-title">LAW-1</p>
    <p><strong>Answer</strong> within <strong>10 business days</strong> after <a class="fact" href="#fact-complaint.received_at">the complaint&#39;s received date</a>, where <a class="fact" href="#fact-complaint.notice_form">the complaint&#39;s notice form</a> is written.</p>
    <p><strong>Answer</strong> within <strong>20 calendar days</strong> after <a class="fact" href="#fact-complaint.received_at">the complaint&#39;s received date</a>, and never later than 1 month after it.</p>
    <p><strong>Collection</strong> stands still while it applies, on the disputed part only.</p>
    <p>If it is missed, the case goes to the review of breaches.</p>
    <p class="because">Whoever asks is answered.</p>
    <ul class="remarks"><li>Source: <a class="away" href="https://example.com/law?a=1&amp;b=2" rel="noreferrer">the law, 1</a></li><li>Pack <a href="#pack-law">law</a></li><li><span class="badge attention">not verified</span></li><li>In force from 2026-01-01</li></ul>
    </li>
    </ol>
    </section>
    <section id="packs" aria-labelledby="packs-title">
    <h2 id="packs-title">Packs of law</h2>
    <p>A pack adds rules of a law where it applies. It is no legal advice.</p>
    <ol class="cards">
    <li id="pack-law" class="card">
    <p class="card-title">law</p>
    <p>A law.</p>
    <p>It applies where <a class="fact" href="#fact-complaint.jurisdiction">the complaint&#39;s jurisdiction</a> is US.</p>
    <p>It brings 1 clock or hold.</p>
    <ul class="remarks"><li>Version 1</li></ul>
    </li>
    </ol>
    </section>
    <section id="figures" aria-labelledby="figures-title">
    <h2 id="figures-title">Figures</h2>
    <p>Amounts without a currency are in USD.</p>
    <div class="table" role="region" aria-label="gesture" tabindex="0">
    <table>
    <caption>gesture</caption>
    <thead><tr><th scope="col">Figure</th><th scope="col">Value</th></tr></thead>
    <tbody>
    <tr id="figure-gesture.most"><th scope="row"><b class="name">most</b></th><td>40.00 USD</td></tr>
    <tr id="figure-gesture.share"><th scope="row"><b class="name">share</b></th><td>0.1 from 2026-01-01 until 2026-06-30 then 0.2 from 2026-07-01</td></tr>
    </tbody>
    </table>
    </div>
    </section>
    <section id="plugins" aria-labelledby="plugins-title">
    <h2 id="plugins-title">Plugins and scripts</h2>
    <p>They do what a table cannot show. They read facts and return a draft; they cannot read files, the clock or the network, cannot change another decision, and cannot pass a guardrail.</p>
    <ol class="cards">
    <li id="plugin-rounding" class="card">
    <p class="card-title">rounding</p>
    <p>It follows the decision <a href="#decision-gesture">gesture</a>.</p>
    <p>Rounds down, so that no cents are counted.</p>
    <p>Never below zero.</p>
    <p>It runs where the <b class="name">amount</b> is over 1.00 USD.</p>
    <p>If it fails, the draft stays as it was, and the explanation says so.</p>
    <p>Settings: <b class="name">step</b> 5.</p>
    <ul class="remarks"><li>Written in <code>scripts/rounding.rhai</code></li></ul>
    </li>
    </ol>
    </section>
    <section id="facts" aria-labelledby="facts-title">
    <h2 id="facts-title">Facts that are looked at</h2>
    <p>What a case has to tell. What stands in for a fact is taken where a case leaves it out, never where nobody knows it, and no guardrail sees it.</p>
    <div class="table" role="region" aria-label="Facts by name" tabindex="0">
    <table>
    <caption>Facts by name</caption>
    <thead><tr><th scope="col">Fact</th><th scope="col">Meaning</th><th scope="col">Taken where it is left out</th></tr></thead>
    <tbody>
    <tr id="fact-attributes.regular"><th scope="row"><code>attributes.regular</code></th><td>Does the customer come every week? <span class="badge plain">of this bundle</span></td><td></td></tr>
    <tr id="fact-complaint.jurisdiction"><th scope="row"><code>complaint.jurisdiction</code></th><td>Whose law governs the relationship</td><td></td></tr>
    <tr id="fact-complaint.notice_form"><th scope="row"><code>complaint.notice_form</code></th><td>By word of mouth or in writing</td><td></td></tr>
    <tr id="fact-complaint.received_at"><th scope="row"><code>complaint.received_at</code></th><td>When it reached us; starts every clock</td><td></td></tr>
    <tr id="fact-customer.tenure_months"><th scope="row"><code>customer.tenure_months</code></th><td>How long the customer has been with us (months)</td><td></td></tr>
    <tr id="fact-customer.tier"><th scope="row"><code>customer.tier</code></th><td>The commercial tier</td><td>standard</td></tr>
    <tr id="fact-dispute.disputed_amount"><th scope="row"><code>dispute.disputed_amount</code></th><td>The amount in question</td><td></td></tr>
    <tr id="fact-dispute.related_charges.kind"><th scope="row"><code>dispute.related_charges.kind</code></th><td>Its kind</td><td></td></tr>
    </tbody>
    </table>
    </div>
    </section>
    <section id="open" aria-labelledby="open-title">
    <h2 id="open-title">What is open</h2>
    <h3>Warnings of the check</h3>
    <ul>
    <li><span class="badge attention">warning R0310</span> it is not proven that <code>counter</code> decides every case: no rule holds a case with gesture = 10.00 USD, complaint.received_at = 2026-03-01T00:00:00Z (policies/decisions/counter.yaml:1:11)</li>
    </ul>
    <p>2 notes are left out here: <code>redress check --notes</code> shows them.</p>
    <h3>Rules of law that nobody has checked against their source</h3>
    <ul>
    <li><a href="#clock-LAW-1">LAW-1</a></li>
    </ul>
    <p>The bundle has no policy tests. <code>redress test --suggest</code> writes some, to be looked at.</p>
    </section>
    </main>
    </body>
    </html>
    "##);
}

#[test]
fn it_is_written_to_a_file_and_wrong_bundles_are_told() {
    let stage = stage("render-out").file("broken/bundle.yaml", "bundle: x\n");
    let told: String = [
        "render --format html --out policy.html",
        "render --out no/such/place.md",
        "render nowhere",
        "render broken",
        "render --as-of soon",
    ]
    .into_iter()
    .map(|arguments| format!("$ redress {arguments}\n{}", stage.run(arguments)))
    .collect();
    insta::assert_snapshot!(told, @"
    $ redress render --format html --out policy.html
    status 0
    --- stderr
    written to policy.html
    $ redress render --out no/such/place.md
    status 3
    --- stderr
    error: `no/such/place.md` cannot be written: No such file or directory (os error 2)
    $ redress render nowhere
    status 3
    --- stderr
    error: there is no directory `nowhere`
      = help: `redress new nowhere` writes a bundle to start from
    $ redress render broken
    status 1
    --- stderr
    error[R0202]: bundle.yaml has no `currency`
     --> broken/bundle.yaml:1:1
      |
    1 | bundle: x
      | ^^^^^^
      |
      = help: add `currency: ...`

    error[R0202]: bundle.yaml has no `version`
     --> broken/bundle.yaml:1:1
      |
    1 | bundle: x
      | ^^^^^^
      |
      = help: add `version: ...`

    2 errors
    error: the bundle from broken is not sound until this is mended
    $ redress render --as-of soon
    status 2
    --- stderr
    error: invalid value 'soon' for '--as-of <DATE>': `soon` is not a date; write it as `2026-03-05`

    For more information, try '--help'.
    ");
    assert!(std::fs::read_to_string(stage.directory.join("policy.html")).unwrap().starts_with("<!DOCTYPE html>"));
}
