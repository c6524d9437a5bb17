//! What changes came to, as text and as data.

use super::Mutation;
use serde_json::{Value as Json, json};

impl Mutation {
    /// As text: every change that no test notices, at its place, then how many there were.
    #[must_use]
    pub fn to_text(&self, colour: bool) -> String {
        let mut text = String::new();
        for survivor in self.survivors() {
            text.push_str(&format!("NOT NOTICED  {}\n             {}\n", survivor.place, survivor.name));
        }
        if self.survivors().next().is_some() {
            text.push('\n');
        }
        if !self.stale.is_empty() {
            text.push_str(&crate::text::render_all(&self.stale, colour));
        }
        let noticed = self.results.iter().filter(|result| result.noticed_by.is_some()).count();
        let allowed = self.results.iter().filter(|result| result.allowed.is_some()).count();
        let missed = self.survivors().count();
        text.push_str(&format!("{} changes tried: {noticed} noticed by a test, {missed} not noticed", self.results.len()));
        if allowed > 0 {
            text.push_str(&format!(", {allowed} not noticed and allowed"));
        }
        text.push('\n');
        if self.failing > 0 {
            text.push_str(&format!("{} tests fail without any change and were not asked\n", self.failing));
        }
        if self.equivalent > 0 {
            text.push_str(&format!("{} more change nothing, which is proved\n", self.equivalent));
        }
        if self.untried > 0 {
            text.push_str(&format!("{} more were not tried: they are beyond the limit of one run\n", self.untried));
        }
        text
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let survivors: Vec<Json> =
            self.survivors().map(|result| json!({"change": result.name, "place": result.place.to_string()})).collect();
        let allowed = self.results.iter().filter_map(|result| {
            let because = result.allowed.as_ref()?;
            Some(json!({"change": result.name, "place": result.place.to_string(), "because": because}))
        });
        json!({
            "tried": self.results.len(),
            "noticed": self.results.iter().filter(|result| result.noticed_by.is_some()).count(),
            "equivalent": self.equivalent,
            "failing_tests": self.failing,
            "untried": self.untried,
            "not_noticed": survivors,
            "allowed": allowed.collect::<Vec<Json>>(),
            "stale": crate::text::to_json(&self.stale),
        })
    }
}
