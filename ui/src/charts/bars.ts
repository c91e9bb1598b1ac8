// Stacked and diverging bars: heights and places, in pixels.

import { balanceTicks, countTicks } from './axis';
import { bands, linear } from './scale';

/** A part of a bar. */
export interface Part {
  key: string;
  count: number;
}

/** A drawn part. */
export interface Box {
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A tick with its place. */
export interface PlacedTick {
  count: number;
  y: number;
}

/** Bars ready to draw. */
export interface BarLayout {
  boxes: Box[][];
  ticks: PlacedTick[];
  baseline: number;
  /** Middle of each bar. */
  centers: number[];
  /** Distance from one bar to the next. */
  stride: number;
  y: (count: number) => number;
}

const WIDEST = 48;

/** Bars that stand on zero, parts stacked in their order. */
export function stackBars(
  bars: readonly (readonly Part[])[],
  width: number,
  height: number,
  wanted: number,
): BarLayout {
  const tallest = Math.max(0, ...bars.map((parts) => total(parts)));
  const ticks = countTicks(tallest, wanted);
  return layOut(
    bars.map((up) => ({ up, down: [] })),
    ticks,
    width,
    height,
  );
}

/** A bar on both sides of zero. */
export interface Diverging {
  up: readonly Part[];
  down: readonly Part[];
}

/** Bars that grow up and down from zero; the axis holds the values of `reach` too. */
export function divergeBars(
  bars: readonly Diverging[],
  width: number,
  height: number,
  wanted: number,
  reach: readonly number[] = [],
): BarLayout {
  const above = Math.max(0, ...reach, ...bars.map(({ up }) => total(up)));
  const below = Math.max(0, -Math.min(0, ...reach), ...bars.map(({ down }) => total(down)));
  return layOut(bars, balanceTicks(above, below, wanted), width, height);
}

function layOut(
  bars: readonly Diverging[],
  ticks: readonly number[],
  width: number,
  height: number,
): BarLayout {
  const { step, width: room, centers } = bands(bars.length, width, 0.28);
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [height, 0]);
  const broad = Math.min(WIDEST, room);
  const boxes = bars.map(({ up, down }, index) => {
    const left = (centers[index] ?? 0) - broad / 2;
    return [...pile(up, 1, left, broad, y), ...pile(down, -1, left, broad, y)];
  });
  return {
    boxes,
    ticks: ticks.map((count) => ({ count, y: y(count) })),
    baseline: y(0),
    centers,
    stride: step,
    y,
  };
}

function pile(
  parts: readonly Part[],
  sign: 1 | -1,
  x: number,
  width: number,
  y: (count: number) => number,
): Box[] {
  let from = 0;
  const boxes: Box[] = [];
  for (const { key, count } of parts) {
    if (count === 0) continue;
    const to = from + sign * count;
    const top = Math.min(y(from), y(to));
    boxes.push({ key, x, y: top, width, height: Math.abs(y(to) - y(from)) });
    from = to;
  }
  return boxes;
}

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}
