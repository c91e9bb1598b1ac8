//! The list of cases that must pass: each has a test that bears its number.

use super::holds;
use super::tree::rust;

/// How many cases the law of spend lists.
const CASES: u32 = 29;

#[test]
fn every_case_of_the_law_has_a_test_by_its_number() {
    let sources = rust();
    let tested = |case: u32| {
        let named = format!("fn case_{case}_");
        let is_test = |text: &str| {
            let mut lines = text.lines().scan("", |before, line| Some((std::mem::replace(before, line), line)));
            lines.any(|(before, line)| {
                line.contains(&named) && before.trim_start().starts_with("#[") && before.contains("test")
            })
        };
        sources.iter().any(|source| is_test(&source.text))
    };
    let breaches: Vec<_> = (1..=CASES).filter(|case| !tested(*case)).map(|case| format!("case {case}")).collect();
    holds(
        "The law of spend ends with the cases that must pass. A reader finds the test of each by its number: \
         `case_17_…`.",
        &breaches,
    );
}
