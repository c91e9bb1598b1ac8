// How ticks are written.

import { count, date, month } from '../format';
import { locale } from '../locale';
import type { TimeTick } from './axis';

const LONG = 100_000;
const LONGEST_NAME = 28;

/** "1,200"; from a hundred thousand on short ("400K"), because an axis is for comparing. */
export function tickCount(value: number): string {
  if (Math.abs(value) < LONG) return signed(value);
  return new Intl.NumberFormat(locale(), { notation: 'compact', maximumFractionDigits: 2 }).format(value);
}

/** A count with a real minus sign. */
export function signed(value: number): string {
  return value < 0 ? `−${count(-value)}` : count(value);
}

/** "2026", "Nov", "Jan 2026" or "23 Nov": as much of the day as tells it from its neighbours. */
export function tickDay(tick: TimeTick, first: boolean): string {
  if (tick.unit === 'year') return tick.text.slice(0, 4);
  if (tick.unit === 'day') return date(tick.text).replace(/ \d{4}$/u, '');
  const name = month(tick.text);
  return first || tick.text.slice(5, 7) === '01' ? name : name.slice(0, 3);
}

/** A name that fits beside a mark; the table has it in full. */
export function shortName(name: string): string {
  const letters = [...name];
  return letters.length <= LONGEST_NAME
    ? name
    : `${letters
        .slice(0, LONGEST_NAME - 1)
        .join('')
        .trimEnd()}…`;
}

/** "Nov 2026", "Q4 2026" or "2026" of a bar's key. */
export function periodName(key: string): string {
  const quarter = /^(\d{4})-Q(\d)$/u.exec(key);
  if (quarter) return `Q${quarter[2] ?? ''} ${quarter[1] ?? ''}`;
  return key.length === 4 ? key : month(key);
}
