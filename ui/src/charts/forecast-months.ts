// The months to come: what is drawn of them, and what is said. Amounts are only shown, never added.

import type { ForecastMonth } from '../ipc/gen/ForecastMonth';
import type { ForecastView } from '../ipc/gen/ForecastView';
import { place, sidesOfSpan } from './amounts';
import type { Diverging } from './bars';
import type { ChartTable, Entry, Reading } from './reading';
import { amountText } from './spend-periods';

/** The lines of a forecast, in the order in which they are told. */
export type Line = 'low' | 'expected' | 'high' | 'present';

export const LINES: Record<Line, { name: string; mark: Entry['mark']; tone: string }> = {
  low: { name: 'Low', mark: 'area', tone: 'var(--type-2)' },
  expected: { name: 'Expected', mark: 'line', tone: 'var(--ink)' },
  high: { name: 'High', mark: 'outline', tone: 'var(--type-2)' },
  present: { name: 'Present', mark: 'dash', tone: 'var(--loss)' },
};

/** The present is a line of its own only beside a scenario. */
export function linesOf({ present }: ForecastView): Line[] {
  return present === null ? ['low', 'expected', 'high'] : ['low', 'expected', 'high', 'present'];
}

/** From zero to the low amount, and from there to the high one; tall enough for the present too. */
export function forecastBars(view: ForecastView): { name: string; sides: Diverging }[] {
  return view.months.map(({ period, low, high }) => ({ name: period.label, sides: sidesOfSpan(low, high) }));
}

/** The present may be higher than anything in the scenario: the axis must hold it. */
export function reachOf(months: readonly ForecastMonth[]): number[] {
  return months.map(({ present }) => place(present));
}

export function forecastReading(view: ForecastView, at: number): Reading {
  const month = view.months[at];
  if (!month) return { when: '', entries: [] };
  const entries = linesOf(view).map((line) => {
    const { name, mark, tone } = LINES[line];
    return { label: name, value: amountText(month[line]), mark, tone };
  });
  return { when: month.period.label, entries };
}

export function forecastTable(view: ForecastView): ChartTable {
  const lines = linesOf(view);
  const rows = view.months.map((month) => ({
    head: month.period.label,
    cells: lines.map((line) => amountText(month[line])),
  }));
  return { head: 'Month', columns: lines.map((line) => LINES[line].name), rows };
}

/** One sentence for people who do not see the drawing. */
export function forecastSummary(view: ForecastView): string {
  const [low, expected, high] = [view.low.value, view.expected.value, view.high.value].map(amountText);
  const whole = `In all: low ${low ?? ''}, expected ${expected ?? ''}, high ${high ?? ''}`;
  const beside = view.present === null ? '' : `; without the scenario ${amountText(view.present.value)}`;
  return `${view.subtitle}. ${whole}${beside}.`;
}
