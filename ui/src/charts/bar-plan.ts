// One width's plan of a chart of bars.

import { divergeBars, stackBars, type BarLayout, type Diverging, type Part } from './bars';
import { margins, type Margins } from './frame-size';
import { textRoom } from './labels';
import { byPeriod, labelledBars, periodFor, type Bucket, type Period } from './months';
import { periodName, tickCount } from './words';

const HEIGHT = 168;
const THINNEST = 5;

/** Everything the drawing needs. */
export interface BarPlan<T> {
  width: number;
  height: number;
  margins: Margins;
  inner: number;
  period: Period;
  buckets: Bucket<T>[];
  layout: BarLayout;
  /** Names under the bars, as many as fit. */
  names: { x: number; text: string }[];
  /** The bar at a place of the drawing. */
  barAt: (x: number) => number;
}

/** Bars on zero; `partsOf` tells a bucket's parts in the order of the stack. */
export function stackPlan<T extends { month: string }>(
  months: readonly T[],
  width: number,
  partsOf: (bucket: Bucket<T>) => Part[],
): BarPlan<T> {
  return plan(months, width, (buckets, inner) => stackBars(buckets.map(partsOf), inner, HEIGHT, 4));
}

/** Bars on both sides of zero. */
export function divergePlan<T extends { month: string }>(
  months: readonly T[],
  width: number,
  sidesOf: (bucket: Bucket<T>) => Diverging,
): BarPlan<T> {
  return plan(months, width, (buckets, inner) => divergeBars(buckets.map(sidesOf), inner, HEIGHT, 5));
}

/** Bars of named spans of time, which are drawn as they are, with their own words at the ticks. */
export function namedPlan(
  bars: readonly { name: string; sides: Diverging }[],
  width: number,
  tick: (value: number) => string,
  /** Values that the axis must hold besides the bars. */
  reach: readonly number[] = [],
): BarPlan<{ month: string }> {
  const buckets = bars.map(({ name }) => ({ key: name, months: [] }));
  const sides = bars.map((bar) => bar.sides);
  const words = { period: 'month' as const, nameOf: (key: string) => key, tick };
  return drawn(buckets, width, words, (inner) => divergeBars(sides, inner, HEIGHT, 4, reach));
}

function plan<T extends { month: string }>(
  months: readonly T[],
  width: number,
  lay: (buckets: Bucket<T>[], inner: number) => BarLayout,
): BarPlan<T> {
  const period = periodFor(months.length, Math.max(12, Math.floor(width / THINNEST)));
  const buckets = byPeriod(months, period);
  const words = { period, nameOf: periodName, tick: tickCount };
  return drawn(buckets, width, words, (inner) => lay(buckets, inner));
}

function drawn<T>(
  buckets: Bucket<T>[],
  width: number,
  {
    period,
    nameOf,
    tick,
  }: { period: Period; nameOf: (key: string) => string; tick: (value: number) => string },
  lay: (inner: number) => BarLayout,
): BarPlan<T> {
  const ticks = lay(width).ticks.map(({ count }) => tick(count));
  const around = margins(width, ticks, []);
  const inner = Math.max(1, width - around.left - around.right);
  const layout = lay(inner);
  const room = Math.max(0, ...buckets.map(({ key }) => textRoom(nameOf(key), 11))) + 10;
  const names = labelledBars(buckets.length, inner, room).map((index) => ({
    x: layout.centers[index] ?? 0,
    text: nameOf(buckets[index]?.key ?? ''),
  }));
  const last = buckets.length - 1;
  return {
    width,
    height: around.top + HEIGHT + around.bottom,
    margins: around,
    inner,
    period,
    buckets,
    layout,
    names,
    barAt: (x) => Math.max(0, Math.min(last, Math.floor((x - around.left) / Math.max(1, layout.stride)))),
  };
}
