//! The default bundle, built into the library. A test holds this list against the directory.

use crate::bundle::BundleFiles;

macro_rules! built_in {
    ($($path:literal,)+) => {
        /// Path and text of every file of the default bundle.
        pub(crate) const FILES: &[(&str, &str)] =
            &[$(($path, include_str!(concat!("../../policies/", $path)))),+];
    };
}

built_in! {
    "bundle.yaml",
    "decisions/approval.yaml",
    "decisions/cause.yaml",
    "decisions/closing.yaml",
    "decisions/conduct.yaml",
    "decisions/correction.yaml",
    "decisions/courtesy.yaml",
    "decisions/ending_notice.yaml",
    "decisions/escalation.yaml",
    "decisions/expectation.yaml",
    "decisions/external_route.yaml",
    "decisions/gesture.yaml",
    "decisions/good_faith.yaml",
    "decisions/goodwill.yaml",
    "decisions/goodwill_form.yaml",
    "decisions/holds.yaml",
    "decisions/interest.yaml",
    "decisions/letters.yaml",
    "decisions/meeting.yaml",
    "decisions/outcome.yaml",
    "decisions/overcharge.yaml",
    "decisions/pattern.yaml",
    "decisions/penalties.yaml",
    "decisions/plan.yaml",
    "decisions/prevention.yaml",
    "decisions/provisional_credit.yaml",
    "decisions/related_charges.yaml",
    "decisions/relationship.yaml",
    "decisions/request.yaml",
    "decisions/routing.csv",
    "decisions/routing.yaml",
    "decisions/small_claim.yaml",
    "decisions/statutory_redress.yaml",
    "decisions/statutory_sentences.yaml",
    "decisions/terms.yaml",
    "decisions/totals.yaml",
    "guardrails/approval.yaml",
    "guardrails/ending.yaml",
    "guardrails/goodwill.yaml",
    "guardrails/holds.yaml",
    "guardrails/outcome.yaml",
    "letters/acknowledgement.en.txt",
    "letters/acknowledgement.es.txt",
    "letters/acknowledgement.pt-BR.txt",
    "letters/apology.en.txt",
    "letters/apology.es.txt",
    "letters/apology.pt-BR.txt",
    "letters/closing_and_thanks.en.txt",
    "letters/closing_and_thanks.es.txt",
    "letters/closing_and_thanks.pt-BR.txt",
    "letters/correction_notice.en.txt",
    "letters/correction_notice.es.txt",
    "letters/correction_notice.pt-BR.txt",
    "letters/exit_notice.en.txt",
    "letters/exit_notice.es.txt",
    "letters/exit_notice.pt-BR.txt",
    "letters/expectation_notice.en.txt",
    "letters/expectation_notice.es.txt",
    "letters/expectation_notice.pt-BR.txt",
    "letters/explanation_of_charges.en.txt",
    "letters/explanation_of_charges.es.txt",
    "letters/explanation_of_charges.pt-BR.txt",
    "letters/external_route.en.txt",
    "letters/external_route.es.txt",
    "letters/external_route.pt-BR.txt",
    "letters/findings.en.txt",
    "letters/findings.es.txt",
    "letters/findings.pt-BR.txt",
    "letters/offer.en.txt",
    "letters/offer.es.txt",
    "letters/offer.pt-BR.txt",
    "letters/progress_update.en.txt",
    "letters/progress_update.es.txt",
    "letters/progress_update.pt-BR.txt",
    "letters/provisional_credit_notice.en.txt",
    "letters/provisional_credit_notice.es.txt",
    "letters/provisional_credit_notice.pt-BR.txt",
    "letters/second_offer.en.txt",
    "letters/second_offer.es.txt",
    "letters/second_offer.pt-BR.txt",
    "letters/words.en.yaml",
    "letters/words.es.yaml",
    "letters/words.pt-BR.yaml",
    "scripts/penalty_formulas.rhai",
    "scripts/second_offer.rhai",
    "tests/approval.yaml",
    "tests/goodwill.yaml",
    "tests/histories.yaml",
    "tests/offers.yaml",
    "tests/outcome.yaml",
    "tests/owed.yaml",
    "tests/penalties.yaml",
    "tests/relationship.yaml",
    "tests/routing.yaml",
    "tests/scenarios.yaml",
    "tests/steps.yaml",
    "tests/terms.yaml",
}

/// The files of the default bundle.
#[must_use]
pub fn default_bundle() -> BundleFiles {
    let mut files = BundleFiles::shown_below("policies");
    for (path, text) in FILES {
        files.insert(*path, *text);
    }
    files
}
