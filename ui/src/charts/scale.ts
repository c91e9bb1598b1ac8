// From numbers to pixels. Not d3-scale: it brings d3-color, which assigns to `constructor` of plain objects, and that
// throws where Object.prototype is frozen, as it is in the window (`freezePrototype`).

/** Maps `domain` linearly onto `range`. */
export function linear(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const [d0, d1] = domain;
  const [r0, r1] = range;
  const slope = d1 === d0 ? 0 : (r1 - r0) / (d1 - d0);
  return (value) => r0 + (value - d0) * slope;
}

/** Places for a number of bars side by side. */
export interface Bands {
  /** Distance from one bar to the next. */
  step: number;
  /** Width of a bar. */
  width: number;
  /** Middle of each bar. */
  centers: number[];
}

/** Divides a width evenly; `gap` is the share of a step that stays empty. */
export function bands(count: number, width: number, gap: number): Bands {
  const step = count === 0 ? 0 : width / count;
  const centers = Array.from({ length: count }, (_, index) => (index + 0.5) * step);
  return { step, width: step * (1 - gap), centers };
}
