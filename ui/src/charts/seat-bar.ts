// The bar of one license type: used, unassigned, over-assigned.

import { count, counted } from '../format';
import type { TypeSpend } from '../ipc/gen/TypeSpend';

/** Shares of the bar's width in percent; `mark` is where the purchased seats end. */
export interface SeatShares {
  used: number;
  unassigned: number;
  over: number;
  mark: number | null;
}

export type Seats = Pick<TypeSpend, 'purchased' | 'unlimited' | 'assigned' | 'unassigned' | 'over_assigned'>;

/** Members beyond the purchased seats; nobody is beyond seats that were never bought. */
export function overAssigned(seats: Pick<TypeSpend, 'purchased' | 'over_assigned'>): number {
  return (seats.purchased ?? 0) > 0 ? (seats.over_assigned ?? 0) : 0;
}

export function seatShares(seats: Seats): SeatShares {
  const { purchased, assigned } = seats;
  const over = overAssigned(seats);
  const whole = seats.unlimited ? assigned : Math.max(purchased ?? 0, assigned);
  if (whole === 0) return { used: 0, unassigned: 0, over: 0, mark: null };
  const share = (part: number) => (part * 100) / whole;
  const free = seats.unassigned ?? 0;
  return {
    used: share(assigned - over),
    unassigned: share(free),
    over: share(over),
    mark: seats.unlimited || over === 0 ? null : share(purchased ?? 0),
  };
}

/** "28 unassigned", "3 over-assigned", "all assigned", "unlimited"; empty where nothing was purchased. */
export function seatState(seats: Seats): string {
  if (seats.unlimited) return 'unlimited';
  if (overAssigned(seats) > 0) return `${count(overAssigned(seats))} over-assigned`;
  if ((seats.unassigned ?? 0) > 0) return `${count(seats.unassigned ?? 0)} unassigned`;
  return (seats.purchased ?? 0) > 0 ? 'all assigned' : '';
}

/** The bar in a sentence. */
export function seatSentence(name: string, seats: Seats): string {
  const held = `${counted(seats.assigned, 'member holds', 'members hold')} ${name}`;
  if (seats.unlimited) return `${held}; seats are unlimited.`;
  const state = seatState(seats);
  return `${held} of ${counted(seats.purchased ?? 0, 'purchased seat')}${state === '' ? '' : `; ${state}`}.`;
}
