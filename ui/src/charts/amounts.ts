// Where an amount stands on an axis. Positions only: no amount that people read is computed here.

import { signed } from '../format';
import type { Money } from '../ipc/gen/Money';
import { locale } from '../locale';
import type { Diverging, Part } from './bars';

const LONG = 10_000;

/** An amount as a number of its currency; nothing stands at zero. */
export function place(value: Money | null): number {
  return value === null ? 0 : Number(value.amount);
}

/** "$1,200"; from ten thousand on short ("$12K"), because an axis is for comparing. */
export function tickMoney(value: number, currency: string | null): string {
  const short = Math.abs(value) >= LONG;
  const options: Intl.NumberFormatOptions = {
    notation: short ? 'compact' : 'standard',
    minimumFractionDigits: 0,
    maximumFractionDigits: short ? 1 : 2,
  };
  const unit = currency === null ? {} : { style: 'currency' as const, currency };
  return signed(new Intl.NumberFormat(locale(), { ...unit, ...options }).format(value));
}

/** Amounts of one bar on their side of zero, stacked in their order. */
export function sidesOfAmounts(amounts: readonly { key: string; value: Money | null }[]): Diverging {
  const placed = amounts.map(({ key, value }) => ({ key, count: place(value) }));
  const down = placed.filter(({ count }) => count < 0).map(({ key, count }) => ({ key, count: -count }));
  return { up: placed.filter(({ count }) => count > 0), down };
}

/** The span from a low to a high amount: what is sure, and what may come on top of it. */
export function sidesOfSpan(low: Money | null, high: Money | null): Diverging {
  const [from, to] = [place(low), place(high)];
  const sure = (near: number, far: number): Part[] => [
    { key: 'low', count: near },
    { key: 'high', count: far - near },
  ];
  const up = sure(Math.max(0, from), Math.max(0, to));
  const down = sure(Math.max(0, -to), Math.max(0, -from));
  return { up, down };
}
