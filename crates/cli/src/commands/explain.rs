//! How figures are made: one printer for people, one shape for scripts. Absent on purpose: which figures a command has.

use app::view::figure::{Explanation, Figure};
use serde::Serialize;

use crate::console::Console;
use crate::failure::Failure;

/// A figure with its reason, by a key that tells where in the answer it stands.
#[derive(Clone, Serialize)]
pub struct Explained {
    /// "purchase 3", "2026-11 can-edit", "total".
    pub figure: String,
    /// The amount as decimal text; a count has none.
    amount: Option<String>,
    currency: Option<String>,
    caveat: Option<String>,
    because: Explanation,
}

impl Explained {
    /// An amount.
    pub fn amount(key: impl Into<String>, figure: &Figure) -> Self {
        Self {
            figure: key.into(),
            amount: figure.value.as_ref().map(|money| money.amount.clone()),
            currency: figure.value.as_ref().map(|money| money.currency.clone()),
            caveat: figure.caveat.clone(),
            because: figure.because.clone(),
        }
    }

    /// A count, or a day.
    pub fn count(key: impl Into<String>, because: &Explanation) -> Self {
        let because = because.clone();
        Self { figure: key.into(), amount: None, currency: None, caveat: None, because }
    }
}

/// An answer with the reasons of its figures.
#[derive(Serialize)]
pub struct WithReasons<T> {
    /// The answer as it is without them.
    #[serde(flatten)]
    pub answer: T,
    /// The reasons.
    pub explained: Vec<Explained>,
}

/// Prints the reasons, each under the key of its figure.
pub fn print(all: &[Explained], console: &Console) -> Result<(), Failure> {
    for one in all {
        console.say("")?;
        console.say(&format!("[{}]", one.figure))?;
        console.say(&tree(&one.because, 0))?;
        if let Some(caveat) = &one.caveat {
            console.say(&format!("    {caveat}"))?;
        }
    }
    Ok(())
}

/// A reason as indented lines: label = result, the arithmetic, how it was rounded, and the rule; then what it rests on.
fn tree(step: &Explanation, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let mut lines = vec![format!("{indent}{} = {}", step.label, step.result)];
    if !step.arithmetic.is_empty() {
        lines.push(format!("{indent}    {}", step.arithmetic));
    }
    lines.extend(step.rounding.as_ref().map(|rounding| format!("{indent}    {rounding}.")));
    lines.push(format!("{indent}    {}", step.rule));
    lines.extend(step.parts.iter().map(|part| tree(part, depth + 1)));
    lines.join("\n")
}
