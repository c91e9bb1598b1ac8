//! docs/FORMULAS.md is printed from the rules, its table from the code that computes.

use std::fmt::Write as _;
use std::path::Path;

use ledger::{Frequency, Purchase, Rule, annualised, sentence_amount};

use crate::make::{lot, purchase};

const INTRO: &str = "\
# How Seatledger computes

Every figure opens its reason, in the window by a click or Enter, on the command line with `--explain`: the rule, the
arithmetic with your numbers, how it was rounded, and the figures it rests on, down to what was entered or counted.
These are all the rules, in the words that the reasons use. Nothing else happens to a number.

Four habits hold everywhere:

- **A price that is not known is never 0.** It is named beside the total that leaves it out.
- **Amounts are exact until they are shown.** Only then are they rounded, once: half up, unless half to even is chosen. A
  figure that is made of others is made of what they are exactly, and its arithmetic says so.
- **Parts add up to the whole.** Where the rounded parts of a figure must, each is rounded down, and the units left over go
  to the largest remainders: the reason of a part names its exact share, that of the whole who got them.
- **The end date you type is the last day.** A purchase counts on that day, and not on the next.

This page is printed by a test from the rules in `crates/ledger/src/rule/law.rs`; to refresh it, run
`UPDATE_EXPECT=1 cargo test -p ledger formulas`.
";

fn page() -> String {
    let mut page = INTRO.to_owned();
    for rule in Rule::ALL {
        write!(page, "\n## {}\n\n{}\n", rule.name(), rule.law()).unwrap();
        if rule == Rule::AnnualByMonths {
            page.push_str(&table());
        }
    }
    page
}

/// What 1,200 a payment makes in a year.
fn table() -> String {
    let mut table = "\n| 1,200 paid | a year |\n|---|---|\n".to_owned();
    for frequency in Frequency::ALL.into_iter().filter(|frequency| frequency.months().is_some()) {
        let bought = Purchase { price: lot("1200"), frequency, ..purchase() };
        let annual = annualised(&bought).unwrap().annual.unwrap();
        let adverb = ledger::sentence::adverb(frequency);
        writeln!(table, "| {adverb} | {} |", sentence_amount(&annual, bought.currency)).unwrap();
    }
    table
}

#[test]
fn formulas_md_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/FORMULAS.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, page(), "docs/FORMULAS.md is stale: UPDATE_EXPECT=1 cargo test -p ledger formulas");
}

#[test]
fn every_rule_has_its_own_name_and_law() {
    let names: std::collections::HashSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    let laws: std::collections::HashSet<&str> = Rule::ALL.iter().map(|rule| rule.law()).collect();
    assert_eq!((names.len(), laws.len()), (Rule::ALL.len(), Rule::ALL.len()));
}
