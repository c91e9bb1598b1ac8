import { describe, expect, it } from 'vitest';
import { seatSentence, seatShares, seatState, type Seats } from './seat-bar';

const seats = (purchased: number | null, assigned: number): Seats => ({
  purchased,
  unlimited: purchased === null,
  assigned,
  unassigned: purchased === null ? null : Math.max(0, purchased - assigned),
  over_assigned: purchased === null ? null : Math.max(0, assigned - purchased),
});

describe('the bar of a license type', () => {
  it('shows what is used and what is left', () => {
    expect(seatShares(seats(100, 72))).toEqual({ used: 72, unassigned: 28, over: 0, mark: null });
    expect(seatState(seats(100, 72))).toBe('28 unassigned');
  });

  it('shows where the purchased seats end when more are assigned', () => {
    expect(seatShares(seats(60, 80))).toEqual({ used: 75, unassigned: 0, over: 25, mark: 75 });
    expect(seatSentence('Can-Edit', seats(60, 80))).toBe(
      '80 members hold Can-Edit of 60 purchased seats; 20 over-assigned.',
    );
  });

  it('has no share to show when seats are unlimited, and says so', () => {
    expect(seatShares(seats(null, 5))).toMatchObject({ used: 100, mark: null });
    expect(seatSentence('Can-Edit', seats(null, 1))).toBe('1 member holds Can-Edit; seats are unlimited.');
  });

  it('calls nobody over-assigned where nothing was purchased', () => {
    expect(seatState(seats(0, 139))).toBe('');
  });

  it('never divides by zero', () => {
    expect(seatShares(seats(0, 0))).toEqual({ used: 0, unassigned: 0, over: 0, mark: null });
    expect(seatState(seats(0, 0))).toBe('');
    expect(seatState(seats(5, 5))).toBe('all assigned');
  });
});
