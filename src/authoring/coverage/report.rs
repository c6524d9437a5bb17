//! Coverage as text and as data.

use super::{Coverage, Item, Sort};
use serde_json::{Map, Value as Json, json};

/// How much of a name is shown beside its place, in characters.
const NAME_CHARACTERS: usize = 46;

impl Coverage {
    /// As text: how much of each sort was reached, then what was not, at its place.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::from("Coverage\n");
        for sort in Sort::ALL {
            let (reached, all) = self.count(sort);
            if all > 0 {
                text.push_str(&format!("  {:<20}{reached:>6} of {all:<6}{:>4} %\n", sort.plural(), self.percent(sort)));
            }
        }
        for script in &self.unobserved {
            text.push_str(&format!("  the statements of {script} could not be observed\n"));
        }
        for sort in Sort::ALL {
            let missed: Vec<&Item> = self.missed().filter(|item| item.sort == sort).collect();
            if !missed.is_empty() {
                text.push_str(&format!("\nNo test reaches these {}\n", sort.plural()));
            }
            for item in missed {
                text.push_str(&format!("  {:<NAME_CHARACTERS$}  {}\n", shortened(&item.name), item.place));
            }
        }
        text
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let counts: Map<String, Json> = Sort::ALL
            .into_iter()
            .map(|sort| {
                let (reached, all) = self.count(sort);
                (sort.key().to_owned(), json!({"reached": reached, "all": all, "percent": self.percent(sort)}))
            })
            .collect();
        let missed: Vec<Json> = self
            .missed()
            .map(|item| json!({"sort": item.sort.key(), "name": item.name, "place": item.place.to_string()}))
            .collect();
        json!({"counts": counts, "missed": missed, "unobserved": self.unobserved})
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME_CHARACTERS {
        return name.to_owned();
    }
    name.chars().take(NAME_CHARACTERS - 3).chain("...".chars()).collect()
}
