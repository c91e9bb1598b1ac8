//! Two lists known at compile time as one, so that a list is written once wherever it is a part of others.

/// `first`, then `second`; `ALL` is the sum of their lengths.
pub(crate) const fn joined<T: Copy, const A: usize, const B: usize, const ALL: usize>(
    first: &[T; A],
    second: &[T; B],
) -> [T; ALL] {
    assert!(A + B == ALL, "the whole has as many as its parts");
    let mut all = [first[0]; ALL];
    let mut at = 0;
    while at < ALL {
        all[at] = if at < A { first[at] } else { second[at - A] };
        at += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn the_parts_follow_one_another() {
        const ALL: [u8; 5] = joined(&[1, 2], &[3, 4, 5]);
        assert_eq!(ALL, [1, 2, 3, 4, 5]);
    }
}
