//! The conditions of a purchase as a text: one line for each thing agreed, always in the same order, after a line with
//! the format's number. A plain purchase is the empty text. What was written is read back exactly.

use ledger::{
    Commitment, Conditions, Contract, Discount, Ladder, Match, Off, OncePolicy, Overage, OverageFrom, OverageRate,
    Packs, Shape, Tier, Tiers,
};
use rust_decimal::Decimal;

use crate::kept_words::{PRORATIONS, meant, word};

/// The format that is written.
const FORMAT: &str = "1";

/// The text of the conditions.
pub(crate) fn write(conditions: &Conditions) -> String {
    let billed_from = conditions.contract.as_ref().filter(|contract| contract.later.is_none());
    if (Conditions { contract: None, ..conditions.clone() }) == Conditions::default() && billed_from.is_none() {
        return String::new();
    }
    let mut lines = vec![FORMAT.to_owned()];
    lines.extend(shape_line(&conditions.shape));
    lines.extend(packs_line(&conditions.packs));
    lines.extend(conditions.discounts.iter().map(discount_line));
    lines.extend(conditions.tax.map(|tax| format!("tax {tax}")));
    lines.extend(conditions.commitment.per_payment.map(|least| format!("least-payment {least}")));
    lines.extend(conditions.commitment.term.map(|least| format!("least-term {least}")));
    lines.extend(conditions.overage.as_ref().map(overage_line));
    lines.extend(conditions.renewal.uplift.map(|percent| format!("uplift {percent}")));
    lines.extend(conditions.renewal.cap.map(|percent| format!("cap {percent}")));
    lines.extend(conditions.renewal.seats.map(|seats| format!("renewal-seats {seats}")));
    match conditions.once {
        OncePolicy::Term => {}
        OncePolicy::DateOnly => lines.push("once date-only".to_owned()),
        OncePolicy::Life(months) => lines.push(format!("once life {months}")),
    }
    lines.extend(conditions.pays_for.rules.iter().map(rule_line));
    lines.extend(conditions.pays_for.fallback.then(|| "pays fallback".to_owned()));
    // The rest of a contract is told by its other purchases.
    lines.extend(billed_from.map(|contract| format!("billed-from {}", contract.from)));
    lines.join("\n")
}

fn shape_line(shape: &Shape) -> Option<String> {
    let bands = |tiers: &Tiers| tiers.bands().iter().map(band).collect::<Vec<_>>().join(" ");
    match shape {
        Shape::Flat => None,
        Shape::Graduated(tiers) => Some(format!("shape graduated {}", bands(tiers))),
        Shape::Volume(tiers) => Some(format!("shape volume {}", bands(tiers))),
        Shape::BaseFee { included, unit } => Some(format!("shape base-fee {included} {unit}")),
    }
}

fn band(tier: &Tier) -> String {
    let last = tier.last.map(|last| last.to_string()).unwrap_or_default();
    format!("{}-{last}:{}", tier.first, tier.unit)
}

fn packs_line(packs: &Packs) -> Option<String> {
    match packs {
        Packs::Single => None,
        Packs::Blocks(size) => Some(format!("packs blocks {size}")),
        Packs::Ladder(ladder) => {
            let steps: Vec<String> = ladder.steps().iter().map(u32::to_string).collect();
            Some(format!("packs ladder {} +{}", steps.join(" "), ladder.then()))
        }
    }
}

fn discount_line(discount: &Discount) -> String {
    let (kind, amount) = match discount.off {
        Off::PercentOfRest(percent) => ("rest", percent),
        Off::PercentOfList(percent) => ("list", percent),
        Off::Fixed(amount) => ("fixed", amount),
    };
    format!("discount {kind} {amount} {}", escaped(&discount.name))
}

fn overage_line(overage: &Overage) -> String {
    let rate = match overage.rate {
        OverageRate::Contract => "contract".to_owned(),
        OverageRate::Own(price) => price.to_string(),
    };
    let charged = match overage.charged {
        OverageFrom::Start => "start".to_owned(),
        OverageFrom::TrueUp(day) => day.to_string(),
    };
    format!("overage {rate} {charged} {}", word(&PRORATIONS, overage.proration).unwrap_or_default())
}

fn rule_line(rule: &Match) -> String {
    let (kind, wanted) = match rule {
        Match::Department(wanted) => ("department", wanted),
        Match::CostCenter(wanted) => ("cost-center", wanted),
        Match::Group(wanted) => ("group", wanted),
        Match::Email(wanted) => ("email", wanted),
    };
    format!("pays {kind} {}", escaped(wanted))
}

/// Free text stays on one line.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

pub(crate) fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next()? {
                'n' => '\n',
                't' => '\t',
                '\\' => '\\',
                _ => return None,
            },
            _ => letter,
        });
    }
    Some(plain)
}

/// The conditions that a text says; `None` when it is none of ours.
pub(crate) fn read(text: &str) -> Option<Conditions> {
    let mut conditions = Conditions::default();
    if text.is_empty() {
        return Some(conditions);
    }
    let mut lines = text.split('\n');
    if lines.next() != Some(FORMAT) {
        return None;
    }
    for line in lines {
        let (key, rest) = line.split_once(' ')?;
        agree(&mut conditions, key, rest)?;
    }
    Some(conditions)
}

fn agree(conditions: &mut Conditions, key: &str, rest: &str) -> Option<()> {
    let Commitment { per_payment, term } = &mut conditions.commitment;
    match key {
        "shape" => conditions.shape = read_shape(rest)?,
        "packs" => conditions.packs = read_packs(rest)?,
        "discount" => conditions.discounts.push(read_discount(rest)?),
        "tax" => conditions.tax = Some(decimal(rest)?),
        "least-payment" => *per_payment = Some(decimal(rest)?),
        "least-term" => *term = Some(decimal(rest)?),
        "overage" => conditions.overage = Some(read_overage(rest)?),
        "uplift" => conditions.renewal.uplift = Some(decimal(rest)?),
        "cap" => conditions.renewal.cap = Some(decimal(rest)?),
        "renewal-seats" => conditions.renewal.seats = Some(rest.parse().ok()?),
        "once" => conditions.once = read_once(rest)?,
        "billed-from" => {
            conditions.contract = Some(Contract { from: rest.parse().ok()?, later: None, others: None, origin: None });
        }
        "pays" if rest == "fallback" => conditions.pays_for.fallback = true,
        "pays" => conditions.pays_for.rules.push(read_rule(rest)?),
        _ => return None,
    }
    Some(())
}

fn decimal(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).ok()
}

fn read_shape(text: &str) -> Option<Shape> {
    let (kind, rest) = text.split_once(' ')?;
    let tiers = || Tiers::new(rest.split(' ').map(read_band).collect::<Option<Vec<_>>>()?).ok();
    match kind {
        "graduated" => Some(Shape::Graduated(tiers()?)),
        "volume" => Some(Shape::Volume(tiers()?)),
        "base-fee" => {
            let (included, unit) = rest.split_once(' ')?;
            Some(Shape::BaseFee { included: included.parse().ok()?, unit: decimal(unit)? })
        }
        _ => None,
    }
}

fn read_band(text: &str) -> Option<Tier> {
    let (seats, unit) = text.split_once(':')?;
    let (first, last) = seats.split_once('-')?;
    let last = if last.is_empty() { None } else { Some(last.parse().ok()?) };
    Some(Tier { first: first.parse().ok()?, last, unit: decimal(unit)? })
}

fn read_packs(text: &str) -> Option<Packs> {
    match text.split_once(' ')? {
        ("blocks", size) => Some(Packs::Blocks(size.parse().ok()?)),
        ("ladder", steps) => {
            let (steps, then) = steps.rsplit_once(" +")?;
            let steps = steps.split(' ').map(|step| step.parse().ok()).collect::<Option<Vec<_>>>()?;
            Ladder::new(steps, then.parse().ok()?).ok().map(Packs::Ladder)
        }
        _ => None,
    }
}

fn read_discount(text: &str) -> Option<Discount> {
    let mut parts = text.splitn(3, ' ');
    let (kind, amount, name) = (parts.next()?, decimal(parts.next()?)?, parts.next()?);
    let off = match kind {
        "rest" => Off::PercentOfRest(amount),
        "list" => Off::PercentOfList(amount),
        "fixed" => Off::Fixed(amount),
        _ => return None,
    };
    Some(Discount { name: unescaped(name)?, off })
}

fn read_overage(text: &str) -> Option<Overage> {
    let mut parts = text.split(' ');
    let rate = match parts.next()? {
        "contract" => OverageRate::Contract,
        price => OverageRate::Own(decimal(price)?),
    };
    let charged = match parts.next()? {
        "start" => OverageFrom::Start,
        day => OverageFrom::TrueUp(day.parse().ok()?),
    };
    let proration = meant(&PRORATIONS, parts.next()?)?;
    parts.next().is_none().then_some(Overage { rate, charged, proration })
}

fn read_once(text: &str) -> Option<OncePolicy> {
    match text.split_once(' ') {
        None => (text == "date-only").then_some(OncePolicy::DateOnly),
        Some(("life", months)) => months.parse().ok().map(OncePolicy::Life),
        Some(_) => None,
    }
}

fn read_rule(text: &str) -> Option<Match> {
    let (kind, wanted) = text.split_once(' ')?;
    let wanted = unescaped(wanted)?;
    match kind {
        "department" => Some(Match::Department(wanted)),
        "cost-center" => Some(Match::CostCenter(wanted)),
        "group" => Some(Match::Group(wanted)),
        "email" => Some(Match::Email(wanted)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use ledger::PaysFor;

    use super::*;

    fn everything() -> Conditions {
        let amount = |units, scale| Decimal::new(units, scale);
        let tiers = vec![
            Tier { first: 1, last: Some(10), unit: amount(900, 2) },
            Tier { first: 11, last: None, unit: amount(75, 1) },
        ];
        Conditions {
            shape: Shape::Graduated(Tiers::new(tiers).unwrap()),
            packs: Packs::Ladder(Ladder::new(vec![3, 5, 10], 10).unwrap()),
            discounts: vec![
                Discount { name: "Loyalty \\ first\nyear".to_owned(), off: Off::PercentOfRest(amount(100, 1)) },
                Discount { name: String::new(), off: Off::PercentOfList(amount(5, 0)) },
                Discount { name: " spaces ".to_owned(), off: Off::Fixed(amount(10_000, 2)) },
            ],
            tax: Some(amount(190, 1)),
            commitment: Commitment { per_payment: Some(amount(60, 0)), term: Some(amount(120_000, 2)) },
            overage: Some(Overage {
                rate: OverageRate::Own(amount(1_250, 2)),
                charged: OverageFrom::TrueUp(jiff::civil::date(2027, 1, 31)),
                proration: ledger::Proration::WholeMonthUp,
            }),
            renewal: ledger::RenewalTerms { uplift: Some(amount(-25, 1)), cap: Some(amount(7, 0)), seats: Some(12) },
            once: OncePolicy::Life(36),
            pays_for: PaysFor {
                rules: vec![
                    Match::Department("R & D".to_owned()),
                    Match::CostCenter("4711".to_owned()),
                    Match::Group(String::new()),
                    Match::Email("@acme.example".to_owned()),
                ],
                fallback: true,
            },
            contract: Some(Contract { from: jiff::civil::date(2026, 1, 31), later: None, others: None, origin: None }),
        }
    }

    #[test]
    fn everything_that_can_be_agreed_is_read_back_with_its_decimals() {
        let text = write(&everything());
        let again = read(&text).unwrap();
        assert_eq!(again, everything());
        assert_eq!(write(&again), text, "the decimals too: {text}");
        assert!(text.contains("discount rest 10.0 Loyalty \\\\ first\\nyear"), "{text}");
    }

    #[test]
    fn every_shape_pack_and_policy_is_read_back() {
        let unit = Decimal::new(900, 2);
        let one = Tiers::new(vec![Tier { first: 1, last: None, unit }]).unwrap();
        let plain = Conditions::default;
        let volume = Conditions { shape: Shape::Volume(one), ..plain() };
        let base = Conditions { shape: Shape::BaseFee { included: 5, unit }, ..plain() };
        let blocks = Conditions { packs: Packs::Blocks(10), ..plain() };
        let date_only = Conditions { once: OncePolicy::DateOnly, ..plain() };
        let contract =
            Overage { rate: OverageRate::Contract, charged: OverageFrom::Start, proration: ledger::Proration::None };
        let over = Conditions { overage: Some(contract), ..plain() };
        for conditions in [plain(), volume, base, blocks, date_only, over] {
            assert_eq!(read(&write(&conditions)), Some(conditions));
        }
        assert_eq!(write(&plain()), "");
    }

    #[test]
    fn a_text_that_is_not_ours_says_nothing() {
        for text in [
            "2\ntax 19",
            "1\ntax",
            "1\ntax x",
            "1\nshape graduated 1-10:9.00 12-:8.00",
            "1\npacks ladder 5 3 +10",
            "1\nonce life",
            "1\noverage contract start daily more",
            "1\ndiscount rest 10 \\x",
            "1\nwhat 1",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
