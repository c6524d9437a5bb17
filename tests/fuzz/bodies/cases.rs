//! Case documents: YAML, JSON, JSON Lines, by the first letter. What is read is written and read again as the same case.

use super::chosen;
use super::findings::hold;
use redress::Case;
use redress::case::{CaseFormat, read_case, read_quickly, read_text, read_tree};
use redress::text::Source;

pub(super) const FORMATS: [CaseFormat; 3] = [CaseFormat::Yaml, CaseFormat::Json, CaseFormat::JsonLines];

pub(super) fn run(text: &str) {
    let Some((format, text)) = chosen(text) else { return };
    let format = FORMATS[format % FORMATS.len()];
    let source = Source::new("case", text);
    for read in read_text(&source, format) {
        match read {
            Ok(case) => comes_back(&case),
            Err(found) => {
                assert!(found.has_errors());
                hold(&found);
            }
        }
    }
    if format == CaseFormat::Json {
        let text_alone = Case::from_json(text).map(|case| case.to_json()).map_err(|found| found.len());
        assert_eq!(text_alone, read_case(&source, format).map(|case| case.to_json()).map_err(|found| found.len()));
    }
    if let (CaseFormat::Json, Some(quick)) = (format, read_quickly(&source)) {
        let thorough = read_tree(&source, format).expect("the thorough reader refuses what the quick one takes");
        assert_eq!(thorough.to_json(), quick.to_json());
        assert_eq!(thorough.digest(), quick.digest());
    }
}

/// What is written of a case is the same case.
pub(super) fn comes_back(case: &Case) {
    let written = case.to_json();
    let source = Source::new("written.json", written.to_string());
    match read_case(&source, CaseFormat::Json) {
        Ok(again) => {
            assert_eq!(written, again.to_json());
            assert_eq!(case.digest(), again.digest());
        }
        Err(found) => panic!("what is written of a case cannot be read: {}", redress::text::render_all(&found, false)),
    }
    hold(&case.check());
}
