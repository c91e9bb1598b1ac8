//! A set of members, one bit each.

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// Nobody of so many.
    pub(crate) fn none(members: usize) -> Self {
        Self { words: vec![0; members.div_ceil(64)] }
    }

    /// Those of so many who are wanted.
    pub(crate) fn of(members: usize, wanted: impl Fn(usize) -> bool) -> Self {
        let word = |first: usize| {
            let members = first..members.min(first + 64);
            members.fold(0, |word, member| word | u64::from(wanted(member)) << (member - first))
        };
        Self { words: (0..members.div_ceil(64)).map(|place| word(place * 64)).collect() }
    }

    /// Those whose value in a column is wanted.
    pub(crate) fn with(column: &[u32], wanted: &[bool]) -> Self {
        let is = |value: &u32| u64::from(wanted.get(*value as usize).copied().unwrap_or_default());
        let word = |values: &[u32]| values.iter().rev().fold(0, |word, value| word << 1 | is(value));
        Self { words: column.chunks(64).map(word).collect() }
    }

    pub(crate) fn set(&mut self, member: usize) {
        if let Some(word) = self.words.get_mut(member / 64) {
            *word |= 1 << (member % 64);
        }
    }

    pub(crate) fn has(&self, member: usize) -> bool {
        self.words.get(member / 64).is_some_and(|word| word >> (member % 64) & 1 == 1)
    }

    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many of these are in it.
    pub(crate) fn count_among(&self, members: &[u32]) -> usize {
        // No branch: whether the next one is in it cannot be foreseen.
        members.iter().map(|member| usize::from(self.has(*member as usize))).sum()
    }

    /// Keeps those who are in the other set too.
    pub(crate) fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Keeps those who are wanted.
    pub(crate) fn retain(&mut self, wanted: impl Fn(usize) -> bool) {
        for (place, word) in self.words.iter_mut().enumerate() {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                if !wanted(place * 64 + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// Those who are in it, ascending.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(place, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(place * 64 + bit)
            })
        })
    }

    /// The last one in it before this place.
    pub(crate) fn last_before(&self, end: usize) -> Option<usize> {
        let mut place = end / 64;
        let mut word = self.words.get(place).map_or(0, |word| word & ((1 << (end % 64)) - 1));
        loop {
            if word != 0 {
                return Some(place * 64 + 63 - word.leading_zeros() as usize);
            }
            place = place.checked_sub(1)?;
            word = self.words.get(place).copied().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_set_counted_and_found() {
        let mut bits = Bits::of(200, |member| member % 67 == 0);
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 67, 134]);
        bits.set(199);
        assert_eq!((bits.count(), bits.has(199), bits.has(198)), (4, true, false));
        let before = [200, 199, 134, 68, 67, 1, 0].map(|end| bits.last_before(end));
        assert_eq!(before, [Some(199), Some(134), Some(67), Some(67), Some(0), Some(0), None]);
        assert_eq!(bits.count_among(&[199, 1, 67, 500]), 2);
        assert_eq!(Bits::with(&[0, 1, 2, 1, 7], &[false, true]).iter().collect::<Vec<_>>(), [1, 3]);
        bits.retain(|member| member > 0);
        bits.and(&Bits::of(200, |member| member < 199));
        assert_eq!(bits.iter().collect::<Vec<_>>(), [67, 134]);
    }
}
