//! In which numbers seats are sold: one by one, in blocks, or up a ladder. Absent on purpose: prices.

use thiserror::Error;

/// In which numbers seats are sold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Packs {
    /// One by one.
    #[default]
    Single,
    /// In blocks of this size.
    Blocks(u32),
    /// Up a ladder.
    Ladder(Ladder),
}

/// Steps such as 3, 5, 10, and from there by 10 more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    steps: Vec<u32>,
    then: u32,
}

/// Why packs were refused: a predicate, to be said of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PackError {
    /// A ladder without steps.
    #[error("must have at least one step, like 3, 5, 10, then +10")]
    Empty,
    /// A step of no seats, or a block of none.
    #[error("must not have a step of 0 seats")]
    Zero,
    /// Steps that do not climb.
    #[error("must climb: {1} comes after {0}")]
    NotClimbing(u32, u32),
}

impl Ladder {
    /// A ladder of these steps, and from the last one by `then` more each.
    pub fn new(steps: Vec<u32>, then: u32) -> Result<Self, PackError> {
        if steps.is_empty() {
            return Err(PackError::Empty);
        }
        if then == 0 || steps.contains(&0) {
            return Err(PackError::Zero);
        }
        match steps.iter().zip(steps.iter().skip(1)).find(|(low, high)| low >= high) {
            Some((low, high)) => Err(PackError::NotClimbing(*low, *high)),
            None => Ok(Self { steps, then }),
        }
    }

    /// The steps by name.
    pub fn steps(&self) -> &[u32] {
        &self.steps
    }

    /// By how many it climbs after the last step.
    pub fn then(&self) -> u32 {
        self.then
    }
}

impl Packs {
    /// How many seats are sold to whoever needs so many: never fewer.
    pub fn sold(&self, need: u64) -> u64 {
        match self {
            _ if need == 0 => 0,
            Self::Single => need,
            Self::Blocks(size) => in_blocks(need, (*size).into()),
            Self::Ladder(ladder) => {
                let step = ladder.steps.iter().find(|step| u64::from(**step) >= need);
                let top = u64::from(ladder.steps.last().copied().unwrap_or_default());
                let above = || top.saturating_add(in_blocks(need.saturating_sub(top), ladder.then.into()));
                step.map_or_else(above, |step| u64::from(*step))
            }
        }
    }

    /// "blocks of 10", "3, 5, 10, then +10"; nothing for single seats.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Single => None,
            Self::Blocks(size) => Some(format!("blocks of {size}")),
            Self::Ladder(ladder) => {
                let steps: Vec<String> = ladder.steps.iter().map(u32::to_string).collect();
                Some(format!("{}, then +{}", steps.join(", "), ladder.then))
            }
        }
    }
}

fn in_blocks(need: u64, size: u64) -> u64 {
    need.div_ceil(size.max(1)).saturating_mul(size.max(1))
}
