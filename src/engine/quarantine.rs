//! Plugins that fail in one case after the other are not called for a while: the state of one policy while it is live.
//!
//! The threshold and the cool-down stand in the bundle. Deciding reads one number while nobody is in quarantine; nothing locks.

use crate::case::Case;
use crate::decision::Decision;
use crate::evaluation::{Circumstances, DecideError, PluginCalls};
use crate::policy::{Policy, QuarantineRule};
use crate::script::CancelToken;
use crate::value::DateTime;
use serde_json::{Value, json};
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What is asked of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The decision.
    Decision,
    /// The decision with its near misses.
    Explanation,
}

/// Which plugins of a policy are in quarantine. A new policy begins with none.
#[derive(Debug)]
pub(crate) struct Quarantine {
    /// Instants are kept as milliseconds since this one.
    began: Instant,
    plugins: Vec<Watched>,
    /// How many are in quarantine.
    held: AtomicUsize,
}

#[derive(Debug)]
struct Watched {
    id: String,
    rule: Option<QuarantineRule>,
    /// Cases in a row in which it failed.
    failed: AtomicU64,
    /// When it was put in quarantine, in milliseconds, counted from one; zero while it is not.
    since: AtomicU64,
}

/// A plugin in quarantine, for a report of the state.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quarantined {
    /// Its id, or the name of the decision whose script or plugin it is.
    pub plugin: String,
    /// After how many failures in a row.
    pub faults: u64,
    /// Since how long.
    pub since: Duration,
    /// When it comes back.
    pub back_in: Duration,
}

impl Quarantined {
    /// As data, in whole seconds.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (since, back_in) = (self.since.as_secs(), self.back_in.as_secs());
        json!({"plugin": self.plugin, "faults": self.faults, "since_seconds": since, "back_in_seconds": back_in})
    }
}

impl fmt::Display for Quarantined {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plugin, faults, since, back_in } = self;
        let (since, back_in) = (since.as_secs(), back_in.as_secs());
        write!(
            out,
            "the plugin `{plugin}` is not called since {since} s, after {faults} faults in a row; it is back in {back_in} s"
        )
    }
}

impl Quarantine {
    pub(crate) fn new(policy: &Policy, now: Instant) -> Self {
        let watched = |(id, rule): (&str, Option<QuarantineRule>)| Watched {
            id: id.to_owned(),
            rule,
            failed: AtomicU64::new(0),
            since: AtomicU64::new(0),
        };
        Self { began: now, plugins: policy.plugins().map(watched).collect(), held: AtomicUsize::new(0) }
    }

    /// Decides a case under the policy that it belongs to, and takes note of how its plugins fared.
    pub(crate) fn decide(
        &self,
        policy: &Policy,
        case: &Case,
        at: DateTime,
        cancel: Option<&CancelToken>,
        now: Instant,
        asked: Asked,
    ) -> Result<Decision, DecideError> {
        let mut calls = PluginCalls::default();
        let mut circumstances = self.circumstances(now);
        if let Some(cancel) = cancel {
            circumstances = circumstances.cancelled_by(cancel.clone());
        }
        let selection = policy.everything().under(circumstances);
        let decided = selection.evaluate_noting(case, at, &mut calls).map(|evaluation| match asked {
            Asked::Decision => evaluation.decision(),
            Asked::Explanation => evaluation.explained(),
        });
        self.note(&calls, now);
        decided
    }

    /// What a case that is decided now has to be told of. Nothing is allocated while nobody is in quarantine.
    pub(crate) fn circumstances(&self, now: Instant) -> Circumstances {
        if self.held.load(Ordering::Acquire) == 0 {
            return Circumstances::new();
        }
        self.release(now);
        let held = self.plugins.iter().filter(|plugin| plugin.since.load(Ordering::Acquire) != 0);
        Circumstances::new().in_quarantine(held.map(|plugin| plugin.id.as_str()))
    }

    /// Takes note of how plugins fared in a case.
    pub(crate) fn note(&self, calls: &PluginCalls, now: Instant) {
        for call in calls {
            let Some(plugin) = self.plugins.get(call.plugin) else { continue };
            let Some(rule) = plugin.rule else { continue };
            if !call.failed {
                plugin.failed.store(0, Ordering::Relaxed);
            } else if plugin.failed.fetch_add(1, Ordering::Relaxed).saturating_add(1) >= rule.after {
                self.hold(plugin, rule, now);
            }
        }
    }

    /// Who is in quarantine, in the order of the policy.
    pub(crate) fn report(&self, now: Instant) -> Vec<Quarantined> {
        self.release(now);
        let listed = |plugin: &Watched| {
            let rule = plugin.rule?;
            let since = plugin.since.load(Ordering::Acquire).checked_sub(1)?;
            let since = Duration::from_millis(self.millis(now).saturating_sub(since));
            let back_in = cool_down(rule).saturating_sub(since);
            Some(Quarantined { plugin: plugin.id.clone(), faults: rule.after, since, back_in })
        };
        self.plugins.iter().filter_map(listed).collect()
    }

    fn millis(&self, now: Instant) -> u64 {
        u64::try_from(now.saturating_duration_since(self.began).as_millis()).unwrap_or(u64::MAX - 1)
    }

    fn hold(&self, plugin: &Watched, rule: QuarantineRule, now: Instant) {
        let since = self.millis(now).saturating_add(1);
        // Several threads may see the last failure; one of them puts it in quarantine.
        if plugin.since.compare_exchange(0, since, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            plugin.failed.store(0, Ordering::Relaxed);
            self.held.fetch_add(1, Ordering::AcqRel);
            let minutes = rule.cool_down_minutes;
            tracing::warn!(plugin = %plugin.id, faults = rule.after, minutes, "plugin put in quarantine");
        }
    }

    /// Lets those go whose time is over; they begin anew.
    fn release(&self, now: Instant) {
        for plugin in &self.plugins {
            let (Some(rule), since) = (plugin.rule, plugin.since.load(Ordering::Acquire)) else { continue };
            let Some(began) = since.checked_sub(1) else { continue };
            let is_over = Duration::from_millis(self.millis(now).saturating_sub(began)) >= cool_down(rule);
            if is_over && plugin.since.compare_exchange(since, 0, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
                self.held.fetch_sub(1, Ordering::AcqRel);
                tracing::info!(plugin = %plugin.id, "plugin back from quarantine");
            }
        }
    }
}

fn cool_down(rule: QuarantineRule) -> Duration {
    Duration::from_secs(rule.cool_down_minutes.saturating_mul(60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{CaseFormat, read_case};
    use crate::text::Source;
    use std::fmt::Write;

    /// A plugin that fails where `input.n` is zero, one that does where it is one, and one that is never put in quarantine.
    const BUNDLE: [(&str, &str); 4] = [
        (
            "bundle.yaml",
            "bundle: watched
version: 1.0.0
currency: USD
facts: {input.n: {type: integer}}
quarantine: {after: 3, cool_down_minutes: 10}
plugins:
  - {id: at_zero, script: scripts/a.rhai, after: fee, on_failure: skip}
  - {id: at_one, script: scripts/b.rhai, after: fee, on_failure: skip, quarantine: {after: 1, cool_down_minutes: 1}}
",
        ),
        ("decisions/fee.yaml", "decision: fee\noutputs: {amount: {type: decimal, value: 5}}\n"),
        ("scripts/a.rhai", "fn fee(facts, draft, settings) { draft.amount = 5 / facts.input.n; draft }"),
        ("scripts/b.rhai", "fn fee(facts, draft, settings) { draft.amount = 5 / (facts.input.n - 1); draft }"),
    ];

    struct Service {
        policy: Policy,
        quarantine: Quarantine,
        began: Instant,
    }

    impl Service {
        fn new() -> Self {
            let (policy, began) = (Policy::from_files(BUNDLE).unwrap(), Instant::now());
            Self { quarantine: Quarantine::new(&policy, began), policy, began }
        }

        fn after(&self, seconds: u64) -> Instant {
            self.began + Duration::from_secs(seconds)
        }

        /// Decides a case so many seconds after the beginning; who was not called, and who is in quarantine then.
        fn decide(&self, seconds: u64, n: &str) -> String {
            let case = read_case(&Source::new("case.yaml", format!("input: {{n: {n}}}")), CaseFormat::Yaml).unwrap();
            let (at, now) = (DateTime::parse("2026-03-05T00:00:00Z").unwrap(), self.after(seconds));
            let decision = self.quarantine.decide(&self.policy, &case, at, None, now, Asked::Decision).unwrap();
            let mut text = format!("{seconds} s, n {n}: left out {:?}; in quarantine", decision.audit.quarantined);
            for each in self.quarantine.report(now) {
                let (since, back) = (each.since.as_secs(), each.back_in.as_secs());
                let _ = write!(text, " {} after {} for {since} s, back in {back} s", each.plugin, each.faults);
            }
            text
        }
    }

    #[test]
    fn failures_in_a_row_lead_to_quarantine_and_time_leads_out() {
        let service = Service::new();
        let steps = [
            (0, "0"),
            (1, "0"),
            (2, "5"),
            (3, "0"),
            (4, "0"),
            (5, "0"),
            (6, "0"),
            (7, "1"),
            (8, "1"),
            (66, "5"),
            (67, "5"),
            (604, "5"),
            (605, "5"),
            (606, "0"),
            (607, "unknown"),
            (608, "0"),
            (609, "0"),
        ];
        let shown: Vec<String> = steps.iter().map(|(seconds, n)| service.decide(*seconds, n)).collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        0 s, n 0: left out []; in quarantine
        1 s, n 0: left out []; in quarantine
        2 s, n 5: left out []; in quarantine
        3 s, n 0: left out []; in quarantine
        4 s, n 0: left out []; in quarantine
        5 s, n 0: left out []; in quarantine at_zero after 3 for 0 s, back in 600 s
        6 s, n 0: left out ["at_zero"]; in quarantine at_zero after 3 for 1 s, back in 599 s
        7 s, n 1: left out ["at_zero"]; in quarantine at_zero after 3 for 2 s, back in 598 s at_one after 1 for 0 s, back in 60 s
        8 s, n 1: left out ["at_one", "at_zero"]; in quarantine at_zero after 3 for 3 s, back in 597 s at_one after 1 for 1 s, back in 59 s
        66 s, n 5: left out ["at_one", "at_zero"]; in quarantine at_zero after 3 for 61 s, back in 539 s at_one after 1 for 59 s, back in 1 s
        67 s, n 5: left out ["at_zero"]; in quarantine at_zero after 3 for 62 s, back in 538 s
        604 s, n 5: left out ["at_zero"]; in quarantine at_zero after 3 for 599 s, back in 1 s
        605 s, n 5: left out []; in quarantine
        606 s, n 0: left out []; in quarantine
        607 s, n unknown: left out []; in quarantine
        608 s, n 0: left out []; in quarantine
        609 s, n 0: left out []; in quarantine at_zero after 3 for 0 s, back in 600 s
        "#);
    }

    #[test]
    fn a_new_policy_begins_with_nobody_in_quarantine() {
        let service = Service::new();
        for second in 0..3 {
            service.decide(second, "0");
        }
        assert_eq!(service.quarantine.report(service.after(3)).len(), 1);
        assert!(service.quarantine.circumstances(service.after(3)).is_quarantined("at_zero"));
        let fresh = Quarantine::new(&service.policy, service.after(3));
        assert_eq!(fresh.report(service.after(3)), []);
        assert!(!fresh.circumstances(service.after(3)).is_quarantined("at_zero"));
    }

    #[test]
    fn threads_that_see_the_same_failures_put_it_in_quarantine_once() {
        let service = Service::new();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..50).for_each(|_| drop(service.decide(1, "0"))));
            }
        });
        assert_eq!(service.quarantine.held.load(Ordering::SeqCst), 1);
        assert_eq!(service.quarantine.report(service.after(2)).len(), 1);
        assert_eq!(service.quarantine.report(service.after(1_000)), []);
        assert_eq!(service.quarantine.held.load(Ordering::SeqCst), 0);
    }
}
