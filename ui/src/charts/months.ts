// Months in a row, joined to quarters or years where there is no room to draw each.

/** What one bar stands for. */
export type Period = 'month' | 'quarter' | 'year';

/** One bar: its period and the months in it. */
export interface Bucket<T> {
  /** "2026-11", "2026-Q4" or "2026". */
  key: string;
  months: T[];
}

/** The finest period of which no more than `most` bars are needed. */
export function periodFor(count: number, most: number): Period {
  if (count <= most) return 'month';
  return Math.ceil(count / 3) + 1 <= most ? 'quarter' : 'year';
}

/** Groups months (oldest first) by period. */
export function byPeriod<T extends { month: string }>(months: readonly T[], period: Period): Bucket<T>[] {
  const buckets: Bucket<T>[] = [];
  for (const month of months) {
    const key = periodKey(month.month, period);
    const last = buckets.at(-1);
    if (last?.key === key) last.months.push(month);
    else buckets.push({ key, months: [month] });
  }
  return buckets;
}

function periodKey(month: string, period: Period): string {
  if (period === 'month') return month;
  const year = month.slice(0, 4);
  return period === 'year' ? year : `${year}-Q${String(Math.ceil(Number(month.slice(5, 7)) / 3))}`;
}

/** Which bars get a label: every n-th counted from the newest year start, so that labels do not touch. */
export function labelledBars(count: number, width: number, room: number): number[] {
  if (count === 0) return [];
  const every = Math.max(1, Math.ceil((count * room) / Math.max(1, width)));
  const indexes: number[] = [];
  for (let index = 0; index < count; index += every) indexes.push(index);
  return indexes;
}
