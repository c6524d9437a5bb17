//! The known word that somebody probably meant.

/// Words longer than this are not typing mistakes, in characters.
const WORD_CHARS_MAX: usize = 120;
/// The most typing mistakes that one word may hold.
const MISTAKES_MAX: usize = 4;

/// How far a known word is from the written one; the smallest wins, and equal ones fall back to the alphabet.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Distance<'a> {
    mistakes: usize,
    /// Only the last segment of a path fits, so a whole fit with as many mistakes comes first.
    segment: bool,
    length_difference: usize,
    known: &'a str,
}

/// The known word nearest to `word`, if one is near enough to be what was meant.
///
/// Letter case and the difference between `-`, `_` and a space do not count. A word without a dot is also compared with
/// the last segment of a dotted path (`reason_code` finds `dispute.reason_code`), and a path with the wrong head finds the
/// one that ends alike. Equally near words are told apart by the alphabet, so that the answer never depends on their order.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = normal(word);
    if written.is_empty() || written.chars().count() > WORD_CHARS_MAX {
        return None;
    }
    let best = known.into_iter().filter(|each| *each != word).filter_map(|each| distance(&written, each)).min()?;
    Some(best.known)
}

/// What the question begins with, and what stands behind the word that it asks for.
const QUESTION: (&str, &str) = ("did you mean `", "`?");

/// The question that a message ends with: ``did you mean `x`?``
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(ask)
}

/// The question for a word that is known already.
pub(crate) fn ask(word: &str) -> String {
    let (before, behind) = QUESTION;
    format!("{before}{word}{behind}")
}

/// The word that a help line asks for, if it begins with the question.
pub(super) fn asked(help: &str) -> Option<&str> {
    let (before, behind) = QUESTION;
    Some(help.strip_prefix(before)?.split_once(behind)?.0)
}

fn normal(word: &str) -> String {
    word.trim().chars().flat_map(char::to_lowercase).map(|c| if c == '-' || c == ' ' { '_' } else { c }).collect()
}

fn distance<'a>(written: &str, known: &'a str) -> Option<Distance<'a>> {
    let candidate = normal(known);
    let length_difference = written.chars().count().abs_diff(candidate.chars().count());
    let found = |mistakes, segment| Distance { mistakes, segment, length_difference, known };
    let whole = mistakes(written, &candidate).map(|mistakes| found(mistakes, false));
    let segment = last_segment(written, &candidate).map(|mistakes| found(mistakes, true));
    whole.into_iter().chain(segment).min()
}

/// The mistakes between the written word and the last segment of a known path.
fn last_segment(written: &str, candidate: &str) -> Option<usize> {
    let (_, known_last) = candidate.rsplit_once('.')?;
    match written.rsplit_once('.') {
        None => mistakes(written, known_last),
        // A path with a wrong head: only its last segment is trusted, and only as it stands.
        Some((_, last)) => (last == known_last).then_some(MISTAKES_MAX),
    }
}

/// How many letters were mistaken, left out, added or swapped, if few enough for a word of this length.
fn mistakes(written: &str, candidate: &str) -> Option<usize> {
    let length = written.chars().count();
    let allowed = match length {
        0..=2 => 0,
        _ => (length / 3).min(MISTAKES_MAX),
    };
    if length.abs_diff(candidate.chars().count()) > allowed {
        return None;
    }
    if same_words(written, candidate) {
        return Some(usize::from(written != candidate));
    }
    Some(strsim::damerau_levenshtein(written, candidate)).filter(|count| *count <= allowed)
}

/// Are these the same words in another order (`code_reason`, `reason_code`)?
fn same_words(written: &str, candidate: &str) -> bool {
    if written.len() != candidate.len() {
        return false;
    }
    let sorted = |text: &str| {
        let mut words: Vec<String> = text.split('_').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    sorted(written) == sorted(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: &[&str] = &[
        "account.age_days",
        "complaint.received_at",
        "customer.tier",
        "customer.tenure_months",
        "dispute.disputed_amount",
        "dispute.reason_code",
        "finding.severity",
    ];

    fn fact(word: &str) -> Option<&'static str> {
        nearest(word, FACTS.iter().copied())
    }

    #[test]
    fn finds_what_was_meant() {
        assert_eq!(fact("dispute.reason_cod"), Some("dispute.reason_code"));
        assert_eq!(fact("dispute.raeson_code"), Some("dispute.reason_code"));
        assert_eq!(fact("Customer.Tier"), Some("customer.tier"));
        assert_eq!(fact("customer.tenure-months"), Some("customer.tenure_months"));
        assert_eq!(fact("dispute.code_reason"), None);
        assert_eq!(nearest("goldd", ["silver", "gold"]), Some("gold"));
        assert_eq!(nearest("code_reason", ["reason_code"]), Some("reason_code"));
        assert_eq!(nearest("becuase", ["because", "before"]), Some("because"));
        assert_eq!(nearest("otherwize", ["otherwise", "outputs"]), Some("otherwise"));
    }

    #[test]
    fn finds_the_last_segment_of_a_path() {
        assert_eq!(fact("reason_code"), Some("dispute.reason_code"));
        assert_eq!(fact("severty"), Some("finding.severity"));
        assert_eq!(fact("complaint.reason_code"), Some("dispute.reason_code"));
        assert_eq!(fact("complaint.reason_coda"), None);
    }

    #[test]
    fn keeps_quiet_about_strangers() {
        assert_eq!(fact("weather.rain"), None);
        assert_eq!(fact(""), None);
        assert_eq!(nearest("US", ["UK", "EU"]), None);
        assert_eq!(nearest("us", ["UK", "US"]), Some("US"));
        assert_eq!(nearest("cat", ["dog"]), None);
        assert_eq!(nearest("gold", ["gold"]), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), ["gold"]), None);
    }

    #[test]
    fn ties_do_not_depend_on_the_order() {
        assert_eq!(nearest("bat", ["hat", "cat"]), Some("cat"));
        assert_eq!(nearest("bat", ["cat", "hat"]), Some("cat"));
    }

    #[test]
    fn asks() {
        assert_eq!(did_you_mean("goldd", ["gold"]).as_deref(), Some("did you mean `gold`?"));
        assert_eq!(did_you_mean("platinum", ["gold"]), None);
        assert_eq!(asked(&format!("{} if not, add it", ask("gold"))), Some("gold"));
        assert_eq!(asked("write `gold`"), None);
    }
}
