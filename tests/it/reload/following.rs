//! `Engine::watch`: every way in which a directory changes.

use super::{BROKEN, Place, bundle, case, decide, number, numbers, told};
use redress::Engine;
use redress::engine::{Watch, Watching};
use redress::text::render_all;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

const QUIET: Duration = Duration::from_millis(60);
/// No event is missed because of a poll.
const NEVER: Duration = Duration::from_secs(3600);
const PATIENCE: Duration = Duration::from_secs(30);

/// A quiet period that no writer meets by being kept waiting: machines that run tests are busy.
const LONG_QUIET: Duration = Duration::from_millis(900);

/// An engine over the bundle of a place that follows it by events alone.
fn follow(place: &Place) -> (Engine, Watching) {
    follow_after(place, QUIET)
}

fn follow_after(place: &Place, quiet: Duration) -> (Engine, Watching) {
    let engine = Engine::open(place.bundle()).unwrap();
    let watching = engine.watch_with(Watch::new().quiet(quiet).poll(NEVER)).unwrap();
    // The first look, at what may have changed since the engine was opened.
    sleep(quiet * 3);
    (engine, watching)
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "it never came to this: {what}");
        sleep(Duration::from_millis(5));
    }
}

fn until_decides(engine: &Engine, version: usize) {
    until(&format!("version {version} decides"), || engine.policy().name().version == version.to_string());
    assert_eq!(number(engine), version.to_string());
}

fn git(directory: &Path, arguments: &[&str]) {
    let done = Command::new("git").args(arguments).current_dir(directory).output().unwrap();
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn an_editor_that_writes_in_place() {
    let place = Place::new("in-place");
    place.write("bundle", &bundle(1));
    let (engine, _watching) = follow(&place);
    place.write("bundle", &bundle(2));
    until_decides(&engine, 2);
    place.write("bundle", &bundle(3));
    until_decides(&engine, 3);
}

#[test]
fn an_editor_that_saves_by_rename() {
    let place = Place::new("by-rename");
    place.write("bundle", &bundle(1));
    let (engine, _watching) = follow(&place);
    for round in 2..5 {
        for (path, text) in bundle(round) {
            let (file, beside) = (place.bundle().join(&path), place.bundle().join(format!("{path}.swp~")));
            fs::write(&beside, text).unwrap();
            fs::rename(beside, file).unwrap();
        }
        until_decides(&engine, round);
    }
}

#[test]
fn git_checks_out_two_hundred_files() {
    let place = Place::new("git");
    let files = |number: usize| {
        let mut files = bundle(number);
        for extra in 0..200 {
            files.push((
                format!("decisions/extra{extra}.yaml"),
                format!("decision: extra{extra}\noutputs: {{n: {{type: integer, value: {number}}}}}\n"),
            ));
        }
        files
    };
    place.write("bundle", &files(1));
    let root = place.bundle();
    git(&root, &["init", "-q", "-b", "main"]);
    for setting in [["user.name", "somebody"], ["user.email", "somebody@example.org"]] {
        git(&root, &["config", setting[0], setting[1]]);
    }
    git(&root, &["add", "."]);
    git(&root, &["commit", "-qm", "one"]);
    git(&root, &["checkout", "-qb", "other"]);
    place.write("bundle", &files(2));
    git(&root, &["commit", "-qam", "two"]);
    git(&root, &["checkout", "-q", "main"]);
    let (engine, _watching) = follow_after(&place, LONG_QUIET);
    for (branch, version) in [("other", 2), ("main", 1), ("other", 2)] {
        git(&root, &["checkout", "-q", branch]);
        until_decides(&engine, version);
    }
    assert_eq!(engine.status().rejections, 0, "no checkout was seen half way");
}

/// As rsync does: every file under another name beside its place first, then a rename, file by file, with time between.
#[test]
fn a_copy_that_takes_its_time() {
    let place = Place::new("rsync");
    place.write("bundle", &bundle(1));
    let (engine, _watching) = follow_after(&place, LONG_QUIET);
    for (path, text) in bundle(2) {
        let file = place.bundle().join(&path);
        let beside = file.with_file_name(format!(".{}.Xy12", file.file_name().unwrap().to_str().unwrap()));
        fs::write(&beside, text).unwrap();
        fs::rename(beside, file).unwrap();
        sleep(QUIET / 6);
    }
    until_decides(&engine, 2);
    assert_eq!(engine.status().rejections, 0);
}

/// The real program; false where there is none. The gate installs it, so that there it has to be.
fn rsync(from: &Path, to: &Path, more: &[&str]) -> bool {
    let mut program = Command::new("rsync");
    program.args(["--archive", "--checksum", "--delete", "--exclude=.*"]).args(more);
    let done = program.arg(format!("{}/", from.display())).arg(to).output();
    let Ok(done) = done else {
        assert!(std::env::var_os("CI").is_none(), "the gate installs rsync");
        return false;
    };
    assert!(done.status.success(), "rsync: {}", String::from_utf8_lossy(&done.stderr));
    true
}

#[test]
fn rsync_from_another_directory() {
    let place = Place::new("real-rsync");
    place.write("bundle", &bundle(1));
    let (engine, _watching) = follow_after(&place, LONG_QUIET);
    for (round, more) in [(2, &[][..]), (3, &["--inplace"]), (4, &["--delay-updates"]), (5, &["--inplace", "--bwlimit=64"])] {
        let source = format!("source{round}");
        let mut files = bundle(round);
        files.push((
            format!("decisions/only-{round}.yaml"),
            format!("decision: only_{round}\noutputs: {{n: {{type: integer, value: {round}}}}}\n"),
        ));
        place.write(&source, &files);
        if !rsync(&place.bundle().with_file_name(&source), &place.bundle(), more) {
            return;
        }
        until_decides(&engine, round);
        let extra = place.bundle().join(format!("decisions/only-{}.yaml", round - 1));
        assert!(!extra.exists(), "what the source has not is deleted");
    }
    assert_eq!(engine.status().rejections, 0, "no copy was seen half way");
}

#[cfg(unix)]
#[test]
fn a_mounted_config_map() {
    use std::os::unix::fs::symlink;
    let place = Place::new("config-map");
    // Every file is a link through `..data`, which is a link to the directory that holds them all.
    let mount = |number: usize| {
        let inside = format!("..2026_11_{number:02}");
        place.write(&format!("bundle/{inside}"), &bundle(number));
        symlink(&inside, place.bundle().join("..data_tmp")).unwrap();
        fs::rename(place.bundle().join("..data_tmp"), place.bundle().join("..data")).unwrap();
        if number > 1 {
            fs::remove_dir_all(place.bundle().join(format!("..2026_11_{:02}", number - 1))).unwrap();
        }
    };
    fs::create_dir_all(place.bundle()).unwrap();
    mount(1);
    for name in ["bundle.yaml", "decisions"] {
        symlink(format!("..data/{name}"), place.bundle().join(name)).unwrap();
    }
    let (engine, _watching) = follow(&place);
    for round in 2..6 {
        mount(round);
        until_decides(&engine, round);
    }
    assert_eq!(engine.status().rejections, 0);
}

#[cfg(unix)]
#[test]
fn a_link_that_is_turned_to_another_release() {
    use std::os::unix::fs::symlink;
    let place = Place::new("releases");
    for release in 1..4 {
        place.write(&format!("releases/{release}/bundle"), &bundle(release));
    }
    let turn = |release: usize| {
        symlink(format!("releases/{release}"), place.path("next")).unwrap();
        fs::rename(place.path("next"), place.path("current")).unwrap();
    };
    turn(1);
    let engine = Engine::open(place.path("current/bundle")).unwrap();
    let _watching = engine.watch_with(Watch::new().quiet(QUIET).poll(NEVER)).unwrap();
    sleep(QUIET * 3);
    turn(2);
    until_decides(&engine, 2);
    turn(3);
    until_decides(&engine, 3);
    place.write("releases/3/bundle", &bundle(4));
    until_decides(&engine, 4);
}

#[test]
fn a_directory_that_is_deleted_and_put_back() {
    let place = Place::new("deleted");
    place.write("bundle", &bundle(1));
    let (engine, _watching) = follow(&place);
    fs::remove_dir_all(place.bundle()).unwrap();
    until("the loss is told", || engine.status().is_stale());
    insta::assert_snapshot!(place.plain(&render_all(&engine.status().rejection.unwrap().findings, false)).replace(&place.path("").display().to_string(), ""), @"
    error[R0001]: the bundle `bundle` cannot be read: it does not exist
      = help: `redress new DIR` writes a bundle to start from

    1 error
    ");
    assert_eq!(number(&engine), "1");
    place.write("bundle", &bundle(2));
    until_decides(&engine, 2);
    // Quicker than the quiet period, nobody notices that it was gone.
    fs::remove_dir_all(place.bundle()).unwrap();
    place.write("bundle", &bundle(3));
    until_decides(&engine, 3);
    place.write("bundle", &[BROKEN]);
    until("the mistake is told", || engine.status().is_stale());
}

#[test]
fn a_file_system_without_events_is_polled() {
    let place = Place::new("polled");
    place.write("bundle", &bundle(1));
    let engine = Engine::open(place.bundle()).unwrap();
    let poll = Duration::from_millis(50);
    let _watching = engine.watch_with(Watch::new().quiet(QUIET).poll(poll).without_events()).unwrap();
    for round in 2..5 {
        place.write("bundle", &bundle(round));
        until_decides(&engine, round);
    }
}

#[test]
fn a_change_between_opening_and_following_is_not_missed() {
    let place = Place::new("between");
    place.write("bundle", &bundle(1));
    let engine = Engine::open(place.bundle()).unwrap();
    place.write("bundle", &bundle(2));
    let _watching = engine.watch_with(Watch::new().quiet(QUIET).poll(NEVER)).unwrap();
    until_decides(&engine, 2);
}

#[test]
fn a_half_written_bundle_is_never_taken() {
    let place = Place::new("half");
    place.write("bundle", &bundle(1));
    let (engine, _watching) = follow_after(&place, LONG_QUIET);
    let heard = engine.reloads();
    // Whole lines, with pauses that are shorter than the quiet period: much of what lies there meanwhile would pass as a bundle.
    for (path, text) in bundle(2) {
        let mut file = File::create(place.bundle().join(path)).unwrap();
        for line in text.split_inclusive('\n') {
            file.write_all(line.as_bytes()).unwrap();
            file.sync_all().unwrap();
            sleep(QUIET / 6);
        }
    }
    until_decides(&engine, 2);
    let heard: Vec<String> = heard.try_iter().map(|event| told(&event)).collect();
    assert_eq!(heard, ["taken: 2 instead of 1"]);
}

#[test]
fn saves_in_turn_end_on_the_last_good_one() {
    // The readers keep every core busy, so that a save takes its time.
    let pause = LONG_QUIET / 3;
    let place = Place::new("saves");
    place.write("bundle", &bundle(1));
    let (engine, watching) = follow_after(&place, pause);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let case = case();
                while !over.load(Ordering::Relaxed) {
                    let [version, left, right] = numbers(&decide(&engine, &case));
                    assert_eq!((&left, &right), (&version, &version));
                }
            });
        }
        for round in 2..12 {
            place.write("bundle", &bundle(round));
            sleep(pause * [0, 1, 2][round % 3]);
            place.write("bundle", &[BROKEN]);
            sleep(pause * [0, 1, 2, 3][round % 4]);
        }
        place.write("bundle", &bundle(12));
        until_decides(&engine, 12);
        place.write("bundle", &[BROKEN]);
        until("the last save is rejected", || engine.status().is_stale());
        over.store(true, Ordering::Relaxed);
    });
    assert_eq!(number(&engine), "12");
    assert!(engine.status().watched);
    drop(watching);
    assert!(!engine.status().watched);
    place.write("bundle", &bundle(13));
    sleep(pause * 4);
    assert_eq!(number(&engine), "12", "nobody follows any more");
}

#[test]
fn what_has_no_directory_is_not_followed() {
    let engine = Engine::with(redress::Policy::from_files(bundle(1)).unwrap());
    insta::assert_snapshot!(engine.watch().unwrap_err(), @"this engine was opened with files in memory: there is no directory to follow");
}
