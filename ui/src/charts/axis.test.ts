import { describe, expect, it } from 'vitest';
import { balanceTicks, countTicks, timeTicks } from './axis';
import { dayNumber, dayText, monthStarts } from './days';

describe('counts', () => {
  it.each([0, 1, 2, 3, 7, 96, 999, 1_000_000])('start at zero and hold %i', (max) => {
    const ticks = countTicks(max, 4);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(1, max));
    expect(ticks.every(Number.isInteger)).toBe(true);
    expect(ticks.length).toBeLessThanOrEqual(8);
  });

  it('hold both sides of zero', () => {
    const ticks = balanceTicks(17, 11, 5);
    expect(ticks[0]).toBeLessThanOrEqual(-11);
    expect(ticks).toContain(0);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(17);
  });

  it('do not fail where nothing happened', () => {
    expect(balanceTicks(0, 0, 5)).toEqual([0, 1]);
  });
});

describe('time', () => {
  it('places days without a time zone', () => {
    expect(dayNumber('1970-01-02')).toBe(1);
    expect(dayText(dayNumber('2028-02-29'))).toBe('2028-02-29');
    expect(dayNumber('2026-11')).toBe(dayNumber('2026-11-01'));
  });

  it('aligns months to January', () => {
    const starts = monthStarts(dayNumber('2025-11-15'), dayNumber('2026-11-23'), 3).map(dayText);
    expect(starts).toEqual(['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01']);
  });

  it.each([320, 640, 1600])('never has more labels than fit into %i pixels', (width) => {
    for (const years of [0.05, 0.4, 1, 2, 12]) {
      const from = dayNumber('2014-01-05');
      const ticks = timeTicks(from, from + Math.round(years * 365), width);
      expect(ticks.length * 60).toBeLessThanOrEqual(width + 60);
    }
  });

  it('names days where the range is shorter than two months', () => {
    const day = dayNumber('2026-11-23');
    expect(timeTicks(day, day, 640)).toEqual([{ day, text: '2026-11-23', unit: 'day' }]);
  });
});
