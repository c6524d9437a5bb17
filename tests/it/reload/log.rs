//! What an engine logs, and that nothing of a customer is among it.

use super::{BROKEN, Place, bundle};
use redress::case::{CaseFormat, read_case};
use redress::engine::{Candidate, Store};
use redress::text::Source;
use redress::value::DateTime;
use redress::{Case, Engine};
use std::io::{self, Write};
use std::process::Command;
use std::sync::{Arc, Mutex};
use tracing::Level;

/// Where a log is written to.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is logged on this thread, digests shortened.
fn logged(place: &Place, level: Level, act: impl FnOnce()) -> String {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .without_time()
        .with_target(false)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, act);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let mut shown = String::new();
    for (at, part) in place.plain(&text).split("blake3:").enumerate() {
        shown.push_str(if at == 0 { part } else { &part[64..] });
        if at + 1 < text.split("blake3:").count() {
            shown.push_str("DIGEST");
        }
    }
    shown
}

/// A case that is full of what nobody may read in a log.
fn private() -> Case {
    let text = "complaint: {case_id: SECRET-1}\ncustomer: {customer_id: SECRET-2}\ninput: {n: 1}";
    read_case(&Source::new("case.yaml", text), CaseFormat::Yaml).unwrap()
}

/// A service on a bad day.
fn day(place: &Place) {
    let at = DateTime::parse("2026-03-05T10:00:00Z").unwrap();
    place.write("bundle", &bundle(1));
    let engine = Engine::builder().keep_in(Store::open(place.path("store")).unwrap()).open(place.bundle()).unwrap();
    engine.decide_at(&private(), at).unwrap();
    place.write("bundle", &[BROKEN]);
    engine.reload();
    place.write("bundle", &bundle(2));
    engine.reload();
    place.write("candidate", &bundle(3));
    engine.carry(place.path("candidate"), Candidate::shadow()).unwrap();
    engine.decide_at(&private(), at).unwrap();
    engine.drop_candidate("it was an idea");
    engine.on_reload(|_| panic!("a listener that fails")).keep();
    place.write("bundle", &bundle(4));
    engine.reload();
    // No day of the bundle: the case is not decided.
    let mut late = bundle(5);
    late[0].1.push_str("effective: {from: 2027-01-01}\n");
    place.write("bundle", &late);
    engine.reload();
    assert!(engine.decide_at(&private(), at).is_err());
}

/// Whether a place in the code is listened to is a matter of the whole process, so each log is written in one of its own: this runs an
/// ignored test of this very program, and gives what it prints between the marks.
fn in_a_process(test: &str) -> String {
    let mut program = Command::new(std::env::current_exe().unwrap());
    let done = program.args(["--exact", test, "--ignored", "--nocapture"]).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{said}");
    said.split("<<<").nth(1).and_then(|rest| rest.split(">>>").next()).unwrap().to_owned()
}

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn the_day_of_a_service() {
    let place = Place::new("log-info");
    println!("<<<{}>>>", logged(&place, Level::INFO, || day(&place)));
}

#[test]
fn information_and_above_say_nothing_of_a_customer() {
    let text = in_a_process("reload::log::the_day_of_a_service");
    assert!(!text.contains("SECRET"), "{text}");
    insta::assert_snapshot!(text, @r#"
     INFO bundle opened bundle=small version=1 digest=DIGEST
    ERROR reload{serving=DIGEST}: bundle rejected serving=DIGEST findings=1 first="nothing is called `params.m`"
     INFO reload{serving=DIGEST}: bundle taken bundle=small version=2 digest=DIGEST
     INFO candidate carried bundle=small version=3 digest=DIGEST
     WARN candidate dropped bundle=small version=3 digest=DIGEST because="it was an idea"
     INFO reload{serving=DIGEST}: bundle taken bundle=small version=4 digest=DIGEST
    ERROR reload{serving=DIGEST}: a function that hears of reloads panicked; the reload stands
     INFO reload{serving=DIGEST}: bundle taken bundle=small version=5 digest=DIGEST
    ERROR reload{serving=DIGEST}: a function that hears of reloads panicked; the reload stands
     WARN case not decided kind="not_in_force"
    "#);
}

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn one_decision() {
    let place = Place::new("log-debug");
    place.write("bundle", &bundle(1));
    let engine = Engine::open(place.bundle()).unwrap();
    let at = DateTime::parse("2026-03-05T10:00:00Z").unwrap();
    println!("<<<{}>>>", logged(&place, Level::DEBUG, || drop(engine.decide_at(&private(), at))));
}

#[test]
fn a_decision_is_one_line_for_those_who_look_for_faults() {
    let text = in_a_process("reload::log::one_decision");
    assert!(!text.contains("SECRET"), "{text}");
    insta::assert_snapshot!(text, @r#"DEBUG decide{digest=DIGEST}: case decided decision=030a8bfa526cd54890a362598cec3eb8 status="decided" outcome="none""#);
}
