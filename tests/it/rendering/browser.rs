//! The rendered default bundle in a real browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// What a browser makes of a page.
pub(super) struct Seen {
    /// The document, once it is there.
    pub(super) dom: String,
    /// What it says on its console.
    pub(super) console: Vec<String>,
    /// What the page asks of the network; the browser itself has questions of its own.
    pub(super) requests: Vec<String>,
}

/// Opens a page; nothing where there is no browser. The gate installs one, so that there it has to be.
pub(super) fn open(page: &Path) -> Option<Seen> {
    let folder = page.parent().unwrap();
    let profile = folder.join("profile");
    let log = folder.join("net.json");
    for browser in BROWSERS {
        let run = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"])
            .args(["--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND"])
            .args(["--enable-logging=stderr", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("--log-net-log={}", log.display()))
            .arg(format!("file://{}", page.display()))
            .output();
        let Ok(run) = run else { continue };
        assert!(run.status.success(), "{browser}: {}", String::from_utf8_lossy(&run.stderr));
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        // A request of a page names who asks; the browser's own say that nobody does.
        let asked = fs::read_to_string(&log).unwrap();
        let of_page = |line: &&str| line.contains("\"initiator\":") && !line.contains("\"initiator\":\"not an origin\"");
        return Some(Seen {
            dom: String::from_utf8(run.stdout).unwrap(),
            console: said.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect(),
            requests: asked.lines().filter(of_page).filter(|line| line.contains("\"url\":\"http")).map(str::to_owned).collect(),
        });
    }
    assert!(std::env::var_os("CI").is_none(), "the gate installs chromium");
    #[expect(clippy::print_stderr, reason = "a test that does nothing says so")]
    {
        eprintln!("NOT LOOKED AT: there is no browser here; install chromium to have the rendered policy opened in it");
    }
    None
}

pub(super) fn place(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("rendering").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_default_bundle_is_whole_and_asks_for_nothing() {
    let page = place("default").join("policy.html");
    let run = Command::new(env!("CARGO_BIN_EXE_redress"))
        .args(["render", "policies", "--format", "html", "--out"])
        .arg(&page)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let Some(seen) = open(&page) else { return };
    assert!(seen.console.is_empty(), "{:?}", seen.console);
    assert!(seen.requests.is_empty(), "{:?}", seen.requests);
    let written = fs::read_to_string(&page).unwrap();
    // A browser mends what is wrong in a page; here it has nothing to mend.
    for tag in ["<section ", "<h2 ", "<h3 ", "<table>", "<tr", "<td>", "<li", "<p>", "<a ", "<dl "] {
        assert_eq!(seen.dom.matches(tag).count(), written.matches(tag).count(), "{tag}");
    }
    for heading in
        ["How the decisions hang together", "The decisions", "Guardrails", "Clocks and holds", "Figures", "What is open"]
    {
        assert!(seen.dom.contains(&format!("-title\">{heading}</h2>")), "{heading}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/decisions");
    let mut decisions = 0;
    for file in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
    {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(seen.dom.contains(&format!("<section id=\"decision-{name}\"")), "{name}");
        decisions += 1;
    }
    assert!(decisions > 30, "{decisions}");
}

/// What the test above looks for would be found.
#[test]
fn a_page_that_asks_and_complains_is_caught() {
    let page = place("control").join("page.html");
    fs::write(&page, "<img src=\"http://asked.invalid/x.png\"><script>console.error('told')</script>").unwrap();
    let Some(seen) = open(&page) else { return };
    assert!(seen.console.iter().any(|line| line.contains("told")), "{:?}", seen.console);
    assert!(seen.requests.iter().any(|line| line.contains("asked.invalid")), "{:?}", seen.requests);
}
