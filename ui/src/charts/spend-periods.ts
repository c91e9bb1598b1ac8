// Spend by period: what is drawn of it, and what is said. Amounts are only shown, never added.

import { money } from '../format';
import type { Money } from '../ipc/gen/Money';
import type { PeriodRow } from '../ipc/gen/PeriodRow';
import type { SpendOverTime } from '../ipc/gen/SpendOverTime';
import { sidesOfAmounts } from './amounts';
import type { Diverging } from './bars';
import type { ChartTable, Reading } from './reading';
import { OTHER, toneOf, type Tones } from './tones';

export const FEES = 'fees';
const OTHERS = 'others';
export const UNKNOWN = 'Not known';

/** A license type or the fees, as drawn. */
export interface SpendSeries {
  key: string;
  name: string;
  tone: string;
  /** Fees are an outline, so that they are told apart without color. */
  outline: boolean;
  cells: (Money | null)[];
}

export function rowKey({ license_type }: PeriodRow): string {
  return license_type ?? FEES;
}

export function amountText(value: Money | null | undefined): string {
  return value ? money(value) : UNKNOWN;
}

export function spendSeries(spend: SpendOverTime, tones: Tones): SpendSeries[] {
  return spend.rows.map((row) => {
    const fees = row.license_type === null;
    const tone = fees ? 'var(--line-strong)' : toneOf(tones, row.license_type ?? '');
    return { key: rowKey(row), name: row.name, tone, outline: fees, cells: row.cells };
  });
}

/** The bands of the drawing: license types without a color of their own are one, as soon as the colors are known. */
export function spendBands(spend: SpendOverTime, tones: Tones): SpendSeries[] {
  const all = spendSeries(spend, tones);
  const { others } = spend;
  if (others === null || tones.size === 0) return all;
  const own = all.filter(({ key, outline }) => !outline && tones.has(key));
  const fold = { key: OTHERS, name: others.name, tone: OTHER, outline: false, cells: others.cells };
  return [...own, fold, ...all.filter(({ outline }) => outline)];
}

export function spendBars(
  spend: SpendOverTime,
  series: readonly SpendSeries[],
): { name: string; sides: Diverging }[] {
  return spend.periods.map(({ label }, at) => ({
    name: label,
    sides: sidesOfAmounts(series.map(({ key, cells }) => ({ key, value: cells[at] ?? null }))),
  }));
}

/** How many periods are over: what comes after them is planned, at least in part. `null` where all are, or none is. */
export function plannedFrom(spend: SpendOverTime, today: string): number | null {
  const over = spend.periods.filter(({ to }) => to < today).length;
  return over === 0 || over === spend.periods.length ? null : over;
}

export function spendReading(spend: SpendOverTime, series: readonly SpendSeries[], at: number): Reading {
  const entries = series.map(({ name, tone, outline, cells }) => ({
    label: name,
    value: amountText(cells[at]),
    mark: outline ? ('outline' as const) : ('area' as const),
    tone,
  }));
  const total = {
    label: 'Total',
    value: amountText(spend.totals[at]),
    mark: 'dot' as const,
    tone: 'var(--ink)',
  };
  return { when: spend.periods[at]?.label ?? '', entries: [...entries, total] };
}

export function spendTable(spend: SpendOverTime): ChartTable {
  const rows = spend.periods.map(({ label }, at) => ({
    head: label,
    cells: [...spend.rows.map(({ cells }) => amountText(cells[at])), amountText(spend.totals[at])],
  }));
  return { head: 'Period', columns: [...spend.rows.map(({ name }) => name), 'Total'], rows };
}

/** One sentence for people who do not see the drawing. */
export function spendSummary(spend: SpendOverTime): string {
  const parts = spend.rows.map(({ name, total }) => `${name} ${amountText(total)}`);
  return [`${spend.subtitle}.`, parts.length === 0 ? '' : `In all: ${parts.join(', ')}.`].join(' ').trim();
}
