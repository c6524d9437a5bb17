//! Backtests through the library: runs that are ended and gone on with, and figures that have to be those of the cases one by one.

use redress::backtest::{AsOf, Backtest, CASES, Column, NOTES, OutError, Report, RunOptions, Sweeper, WholeRunError, Wish};
use redress::history::{GeneratedCases, HistoryCase, HistoryFile};
use redress::value::{DateTime, Fact, Money};
use redress::{BundleFiles, Extensions, Policy, default_bundle};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A directory of its own for one test.
fn place(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("backtest").join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    directory
}

fn loaded(files: &BundleFiles) -> Policy {
    Policy::load(files, &Extensions::new()).unwrap_or_else(|found| panic!("{}", redress::text::render_all(&found, false)))
}

fn as_of() -> AsOf {
    AsOf::LastEvent { otherwise: DateTime::parse("2026-03-05T10:00:00Z").unwrap() }
}

/// Runs over the files of a directory; `wish` is asked after every piece, by its number from 1.
fn run(directory: &Path, resume: bool, wish: &mut dyn FnMut(usize) -> Wish) -> Result<Report, WholeRunError> {
    let policy = loaded(&default_bundle());
    let backtest = Backtest::new(&policy, "built in", as_of()).columns(Column::usual());
    let files = HistoryFile::find(&[directory.join("history")], None).unwrap();
    let mut options = RunOptions::default();
    options.threads = 1;
    options.resume = resume;
    options.mark = backtest.mark(&files, None);
    let mut piece = 0;
    let mut course = |_| {
        piece += 1;
        wish(piece)
    };
    let done = backtest.run_whole(files, None, Some(&directory.join("out")), &options, &|_| Vec::new(), &mut course)?;
    Ok(done.report)
}

fn lines(directory: &Path) -> Vec<String> {
    fs::read_to_string(directory.join("out").join(CASES)).unwrap().lines().map(str::to_owned).collect()
}

/// Three documents of a case each.
fn documents(name: &str) -> PathBuf {
    let directory = place(name);
    fs::create_dir(directory.join("history")).unwrap();
    for (number, case) in GeneratedCases::new(3).take(3).enumerate() {
        let file = directory.join(format!("history/{number}.json"));
        fs::write(file, serde_json::to_string(&case).unwrap()).unwrap();
    }
    directory
}

#[test]
fn a_document_behind_which_a_run_was_ended_counts_once() {
    let whole = documents("documents-whole");
    let report = run(&whole, false, &mut |_| Wish::GoOn).unwrap();
    assert_eq!(report.history.cases, 3);
    for last in 1..3 {
        let directory = documents("documents");
        let part = run(&directory, false, &mut |piece| if piece == last { Wish::End } else { Wish::GoOn }).unwrap();
        assert_eq!((part.history.cases, part.history.complete), (last as u64, false));
        let rest = run(&directory, true, &mut |_| Wish::GoOn).unwrap();
        assert_eq!((rest.history.cases, rest.history.complete), (3, true), "ended after {last}");
        assert_eq!(lines(&directory).len(), 3);
    }
}

#[test]
fn a_run_can_be_gone_on_with_from_the_first_moment_on() {
    let directory = documents("first-moment");
    let notes = directory.join("out").join(NOTES);
    let mut noted = Vec::new();
    run(&directory, false, &mut |_| {
        noted.push(notes.exists());
        Wish::GoOn
    })
    .unwrap();
    assert_eq!((noted, notes.exists()), (vec![true; 3], false));
}

#[test]
fn what_was_taken_away_from_a_run_is_not_made_up() {
    let directory = documents("shorter");
    run(&directory, false, &mut |_| Wish::End).unwrap();
    let cases = directory.join("out").join(CASES);
    let before = fs::read(&cases).unwrap();
    for left in [&before[..before.len() / 2], &[]] {
        fs::write(&cases, left).unwrap();
        let error = run(&directory, true, &mut |_| Wish::GoOn).unwrap_err();
        assert!(matches!(&error, WholeRunError::Out(OutError::Shorter(path)) if *path == cases), "{error}");
        assert_eq!(fs::read(&cases).unwrap(), left);
    }
    fs::write(&cases, &before).unwrap();
    assert_eq!(run(&directory, true, &mut |_| Wish::GoOn).unwrap().history.cases, 3);
}

#[test]
fn a_file_that_broke_off_is_told_by_the_run_that_goes_on() {
    let directory = place("broke-off");
    fs::create_dir(directory.join("history")).unwrap();
    let text: String = GeneratedCases::new(4).take(40).map(|case| serde_json::to_string(&case).unwrap() + "\n").collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    fs::write(directory.join("history/1.jsonl.gz"), &packed[..packed.len() / 2]).unwrap();
    fs::write(directory.join("history/2.jsonl"), &text).unwrap();
    // The whole lines of the first file, what broke off, the second file.
    let part = run(&directory, false, &mut |piece| if piece == 3 { Wish::End } else { Wish::GoOn }).unwrap();
    assert_eq!(part.rejects.rows, 1);
    let rest = run(&directory, true, &mut |_| Wish::GoOn).unwrap();
    assert_eq!(rest.history.cases, part.history.cases);
    assert!(!rest.history.complete);
    assert!(rest.history.stopped.as_deref().is_some_and(|why| why.contains("1.jsonl.gz")), "{:?}", rest.history);
}

#[test]
fn a_case_that_two_sign_is_signed_once() {
    let mut files = default_bundle();
    let path = "guardrails/approval.yaml";
    let text = files.get(path).unwrap().text().replace("require_approval: []", "require_approval: [finance_clerk]");
    files.insert(path, text);
    let policy = loaded(&files);
    let cases: Vec<HistoryCase> =
        GeneratedCases::new(9).take(400).map(|case| HistoryCase::new(case, "made.jsonl".into(), 1)).collect();
    let at = as_of();
    let is_signed = |told: &&HistoryCase| {
        let approval = policy.decide(&told.case, at.of(&told.case).unwrap()).unwrap().approval;
        approval.required_role.is_some_and(|role| *role != *"none") || !approval.also.is_empty()
    };
    let signed = cases.iter().filter(is_signed).count() as u64;
    let approvals = Backtest::new(&policy, "built in", at).over(&cases).policy.summary.approvals;
    assert_eq!(approvals.cases, signed);
    let signatures: u64 = approvals.by_role.iter().map(|load| load.cases).sum();
    assert!(signatures > signed, "{signatures} signatures of {signed} cases: no case here is signed by two");
    let mut sweeper = Sweeper::new(&policy, "built in", &[], at);
    sweeper.take(&cases);
    assert_eq!(sweeper.end(redress::backtest::HistoryNote::default()).today.signed, signed);
}

#[test]
fn amounts_of_two_currencies_are_not_held_against_one() {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", "bundle: two\nversion: 1\nowner: care\ncurrency: case\n");
    for (decision, value) in [("interest", "dispute.disputed_amount"), ("related_charges", "money(5.00, \"EUR\")")] {
        let text = format!("decision: {decision}\noutputs:\n  amount: {{type: money, value: '= {value}'}}\n");
        files.insert(format!("decisions/{decision}.yaml"), text);
    }
    let policy = loaded(&files);
    let mut told = GeneratedCases::new(1)
        .map(|case| HistoryCase::new(case, "made.jsonl".into(), 1))
        .find(|told| told.case.currency().is_some_and(|currency| currency.code() == "USD"))
        .unwrap();
    told.actual.paid = Fact::Known(Money::parse("7.00 USD").unwrap());
    let side = Backtest::new(&policy, "here", as_of()).over(&[told]).policy;
    let currencies: Vec<String> = side.summary.money.total.iter().map(|sum| sum.currency().to_string()).collect();
    assert_eq!(currencies, ["EUR", "USD"]);
    let agreement = side.agreement.unwrap();
    assert_eq!((agreement.cases, agreement.paid, agreement.largest), (1, vec![], vec![]));
}
