// What is left of the committed amount: a line over days, in pixels. Positions only.

import { date, money } from '../format';
import type { BurnDown } from '../ipc/gen/BurnDown';
import { place, tickMoney } from './amounts';
import { countTicks, timeTicks, type TimeTick } from './axis';
import { dayNumber } from './days';
import { margins, type Margins } from './frame-size';
import type { ChartTable, Reading } from './reading';
import { linear } from './scale';

const HEIGHT = 148;
const EVEN = 'var(--ink-3)';

export interface BurnPlan {
  width: number;
  height: number;
  foot: number;
  margins: Margins;
  inner: number;
  ticks: { y: number; text: string }[];
  days: { x: number; tick: TimeTick }[];
  points: { x: number; y: number }[];
  /** The same if every day cost the same. */
  even: { x: number; y: number }[];
  /** The last point that has come. */
  now: number;
  stopAt: (x: number) => number;
}

export function burnPlan(burn: BurnDown, today: string, width: number): BurnPlan {
  const tick = (value: number) => tickMoney(value, burn.left.currency);
  const values = burn.points.map(({ left }) => place(left));
  const ticks = countTicks(Math.max(...values, 0), 4);
  const around = margins(width, ticks.map(tick), []);
  const inner = Math.max(1, width - around.left - around.right);
  const days = burn.points.map((point) => dayNumber(point.date));
  const [first, last] = [days[0] ?? 0, days.at(-1) ?? 1];
  const x = linear([first, last], [0, inner]);
  const y = linear([0, ticks.at(-1) ?? 1], [HEIGHT, 0]);
  const points = days.map((day, at) => ({ x: x(day), y: y(values[at] ?? 0) }));
  const even = days.map((day, at) => ({ x: x(day), y: y(place(burn.points[at]?.even ?? null)) }));
  return {
    width,
    height: around.top + HEIGHT + around.bottom,
    foot: HEIGHT,
    margins: around,
    inner,
    ticks: ticks.map((value) => ({ y: y(value), text: tick(value) })),
    days: timeTicks(first, last, inner).map((each) => ({ x: x(each.day), tick: each })),
    points,
    even,
    now: Math.max(
      0,
      burn.points.findLastIndex((point) => point.date <= today),
    ),
    stopAt: (at) => nearest(points, at - around.left),
  };
}

function nearest(points: readonly { x: number }[], x: number): number {
  let best = 0;
  points.forEach((point, at) => {
    if (Math.abs(point.x - x) < Math.abs((points[best]?.x ?? 0) - x)) best = at;
  });
  return best;
}

/** The path through some of the points. */
export function pathOf(points: readonly { x: number; y: number }[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

export function burnReading(burn: BurnDown, today: string, at: number): Reading {
  const point = burn.points[at];
  if (!point) return { when: '', entries: [] };
  const planned = point.date > today;
  const label = planned ? 'Left by then' : 'Left';
  const mark = planned ? ('dash' as const) : ('line' as const);
  return {
    when: date(point.date),
    entries: [
      { label, value: money(point.left), mark, tone: 'var(--accent)' },
      { label: 'At an even pace', value: money(point.even), mark: 'dash', tone: EVEN },
    ],
  };
}

export function burnTable(burn: BurnDown): ChartTable {
  const rows = burn.points.map((point) => ({
    head: date(point.date),
    cells: [money(point.left), money(point.even)],
  }));
  return { head: 'End of', columns: ['Left', 'At an even pace'], rows };
}
