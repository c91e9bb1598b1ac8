// Members by the month of their Active date: reading, table and sentence.

import { count, counted, month } from '../format';
import type { ActiveDateChart } from '../ipc/gen/ActiveDateChart';
import type { MonthCounts } from '../ipc/gen/MonthCounts';
import type { Part } from './bars';
import type { Bucket } from './months';
import type { ChartTable, Reading } from './reading';
import { foldOthers, type Fold, type Tones } from './tones';
import { periodName } from './words';

/** A type of the chart with its place in every month's counts. */
export interface PlacedType {
  license_type: string;
  name: string;
  place: number;
}

export type TypeFold = Fold<PlacedType>;

export function typeFolds(chart: ActiveDateChart, tones: Tones): TypeFold[] {
  return foldOthers(
    chart.types.map((type, place) => ({ ...type, place })),
    tones,
  );
}

/** A bucket's members per drawn type. */
export function partsOf(bucket: Bucket<MonthCounts>, folds: readonly TypeFold[]): Part[] {
  return folds.map(({ key, members }) => ({
    key,
    count: sum(bucket.months.flatMap(({ counts }) => members.map(({ place }) => counts[place] ?? 0))),
  }));
}

export function activeReading(bucket: Bucket<MonthCounts>, folds: readonly TypeFold[]): Reading {
  const parts = partsOf(bucket, folds);
  const entries = folds.map(({ name, tone }, index) => ({
    label: name,
    value: count(parts[index]?.count ?? 0),
    mark: 'area' as const,
    tone,
  }));
  return { when: periodName(bucket.key), entries };
}

/** Every month and every type, newest first. */
export function activeTable(chart: ActiveDateChart): ChartTable {
  const rows = [...chart.months].reverse().map(({ month: name, counts }) => ({
    head: month(name),
    cells: [...chart.types.map((_, place) => count(counts[place] ?? 0)), count(sum(counts))],
  }));
  return { head: 'Month', columns: [...chart.types.map(({ name }) => name), 'All'], rows };
}

export function undatedNote(chart: ActiveDateChart): string | null {
  if (chart.undated === 0) return null;
  return `${counted(chart.undated, 'member has', 'members have')} no Active date and ${chart.undated === 1 ? 'is' : 'are'} not drawn.`;
}

export function activeSummary(chart: ActiveDateChart, folds: readonly TypeFold[]): string {
  const all = partsOf({ key: '', months: chart.months }, folds);
  const values = folds.map(({ name }, index) => `${name} ${count(all[index]?.count ?? 0)}`).join(', ');
  return values === '' ? `${chart.subtitle}.` : `${chart.subtitle}. In all: ${values}.`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0);
}
