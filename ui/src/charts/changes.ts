// Who came and went by month: sides of the bars, reading, table, and the finding in words.

import { count, counted, month } from '../format';
import type { MonthChanges } from '../ipc/gen/MonthChanges';
import type { Diverging } from './bars';
import type { Bucket } from './months';
import type { ChartTable, Reading } from './reading';
import { periodName, signed } from './words';

type Kind = 'joined' | 'upgraded' | 'left' | 'downgraded';

/** How the four kinds look: joining and leaving are full, a change of license is an outline. */
export const LOOKS: Record<Kind, { label: string; tone: string; outline: boolean }> = {
  joined: { label: 'Joined', tone: 'var(--gain)', outline: false },
  upgraded: { label: 'Upgraded', tone: 'var(--gain)', outline: true },
  left: { label: 'Left', tone: 'var(--loss)', outline: false },
  downgraded: { label: 'Downgraded', tone: 'var(--loss)', outline: true },
};

const KINDS = Object.keys(LOOKS) as Kind[];

/** Totals of a span of months. */
export interface ChangeTotals extends Record<Kind, number> {
  /** Joined and upgraded less left and downgraded. */
  net: number;
}

export function totals(months: readonly MonthChanges[]): ChangeTotals {
  const sum = (kind: Kind) => months.reduce((all, one) => all + one[kind], 0);
  const [joined, upgraded, left, downgraded] = [
    sum('joined'),
    sum('upgraded'),
    sum('left'),
    sum('downgraded'),
  ];
  return { joined, upgraded, left, downgraded, net: joined + upgraded - left - downgraded };
}

export function sidesOf(bucket: Bucket<MonthChanges>): Diverging {
  const all = totals(bucket.months);
  return {
    up: [
      { key: 'joined', count: all.joined },
      { key: 'upgraded', count: all.upgraded },
    ],
    down: [
      { key: 'left', count: all.left },
      { key: 'downgraded', count: all.downgraded },
    ],
  };
}

export function changesReading(bucket: Bucket<MonthChanges>): Reading {
  const all = totals(bucket.months);
  const entries = KINDS.map((kind) => {
    const { label, tone, outline } = LOOKS[kind];
    return { label, value: count(all[kind]), mark: outline ? ('outline' as const) : ('area' as const), tone };
  });
  const net = { label: 'Net', value: plus(all.net), mark: 'dot' as const, tone: 'var(--ink)' };
  return { when: periodName(bucket.key), entries: [...entries, net] };
}

/** Every month, newest first. */
export function changesTable(months: readonly MonthChanges[]): ChartTable {
  const rows = [...months].reverse().map((one) => ({
    head: month(one.month),
    cells: [...KINDS.map((kind) => count(one[kind])), plus(totals([one]).net)],
  }));
  return { head: 'Month', columns: [...KINDS.map((kind) => LOOKS[kind].label), 'Net'], rows };
}

/** The finding. */
export function changesTitle(months: readonly MonthChanges[]): string {
  const all = totals(months);
  if (all.joined + all.left + all.upgraded + all.downgraded === 0)
    return 'Nobody came, left or changed license';
  return `${counted(all.joined, 'member')} joined, ${all.left === 0 ? 'nobody' : count(all.left)} left`;
}

/** Measure, unit and range. */
export function changesSubtitle(months: readonly MonthChanges[]): string {
  const [first, last] = [months[0]?.month, months.at(-1)?.month];
  if (first === undefined || last === undefined) return 'Members per month';
  return first === last ? `Members, ${month(first)}` : `Members per month, ${month(first)} to ${month(last)}`;
}

export function changesSummary(months: readonly MonthChanges[]): string {
  const all = totals(months);
  const values = KINDS.map((kind) => `${count(all[kind])} ${LOOKS[kind].label.toLowerCase()}`).join(', ');
  return `${changesSubtitle(months)}: ${values}; net ${plus(all.net)}. Net is joined and upgraded less left and downgraded.`;
}

function plus(value: number): string {
  return value > 0 ? `+${count(value)}` : signed(value);
}
