//! Which license types have a color of their own, in every chart: the window's `charts/tones.ts` and a workbook's agree.
//! Absent on purpose: dark colors; a file is light.

use crate::activity::Types;

/// The colors of license types by rank, and the one that all others share: the light ones of `ui/src/design/tokens.css`.
pub(crate) const TONES: [u32; 5] = [0x0059_2081, 0x0000_91d6, 0x0081_1500, 0x008b_9932, 0x00a1_6576];
/// The color of license types without one of their own.
pub(crate) const OTHER: u32 = 0x006d_7681;
/// The color of the fees.
pub(crate) const FEES: u32 = 0x008a_939e;

/// The keys of the license types with a color of their own, in its order: of up to five all, of more the first four.
pub(crate) fn colored(types: &Types) -> Vec<&str> {
    let own = if types.0.len() <= TONES.len() { TONES.len() } else { TONES.len() - 1 };
    types.0.iter().take(own).map(|known| known.key.as_str()).collect()
}

/// The color of a license type, or of the fees.
pub(crate) fn tone(types: &Types, license_type: Option<&str>) -> u32 {
    let Some(key) = license_type else { return FEES };
    let place = colored(types).iter().position(|known| *known == key);
    place.and_then(|at| TONES.get(at)).copied().unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colors_are_those_of_the_window() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/design/tokens.css");
        let tokens = std::fs::read_to_string(path).unwrap();
        let light = tokens.split(":root[data-theme").next().unwrap();
        let named = |name: &str, color: u32| {
            let line = format!("--{name}: #{color:06x};");
            assert!(light.contains(&line), "{line} is not in the light part of tokens.css");
        };
        for (at, color) in (1..).zip(TONES) {
            named(&format!("type-{at}"), color);
        }
        named("type-other", OTHER);
        named("line-strong", FEES);
    }
}
