import { describe, expect, it } from 'vitest';
import { divergeBars, stackBars } from './bars';
import { byPeriod, labelledBars, periodFor } from './months';

describe('stacked bars', () => {
  const layout = stackBars(
    [
      [
        { key: 'a', count: 3 },
        { key: 'b', count: 1 },
      ],
      [],
    ],
    200,
    100,
    4,
  );

  it('stand on zero, one part on the other', () => {
    const [a, b] = layout.boxes[0] ?? [];
    expect(layout.baseline).toBe(100);
    expect((a?.y ?? 0) + (a?.height ?? 0)).toBeCloseTo(100);
    expect((b?.y ?? 0) + (b?.height ?? 0)).toBeCloseTo(a?.y ?? 0);
    expect((a?.height ?? 0) / (b?.height ?? 1)).toBeCloseTo(3);
  });

  it('leave an empty month empty', () => {
    expect(layout.boxes[1]).toEqual([]);
    expect(layout.centers).toHaveLength(2);
  });

  it('are content with no month, and with one', () => {
    expect(stackBars([], 200, 100, 4).boxes).toEqual([]);
    const [box] = stackBars([[{ key: 'a', count: 1 }]], 400, 100, 4).boxes[0] ?? [];
    expect(box?.width).toBeLessThanOrEqual(48);
  });
});

describe('diverging bars', () => {
  const layout = divergeBars(
    [
      {
        up: [{ key: 'joined', count: 4 }],
        down: [
          { key: 'left', count: 2 },
          { key: 'downgraded', count: 1 },
        ],
      },
    ],
    200,
    100,
    5,
  );

  it('grow up and down from the same line', () => {
    const [joined, left, downgraded] = layout.boxes[0] ?? [];
    expect((joined?.y ?? 0) + (joined?.height ?? 0)).toBeCloseTo(layout.baseline);
    expect(left?.y).toBeCloseTo(layout.baseline);
    expect(downgraded?.y).toBeCloseTo((left?.y ?? 0) + (left?.height ?? 0));
  });

  it('measure both sides with the same scale', () => {
    const [joined, left] = layout.boxes[0] ?? [];
    expect((joined?.height ?? 0) / (left?.height ?? 1)).toBeCloseTo(2);
  });
});

describe('months without room', () => {
  const months = Array.from({ length: 26 }, (_, at) => ({
    month: `${String(2024 + Math.floor((at + 9) / 12))}-${String(((at + 9) % 12) + 1).padStart(2, '0')}`,
  }));

  it('become quarters, then years, and none is lost', () => {
    expect([26, 20, 8].map((most) => periodFor(26, most))).toEqual(['month', 'quarter', 'year']);
    expect(byPeriod(months, 'quarter')[0]).toEqual({ key: '2024-Q4', months: months.slice(0, 3) });
    expect(byPeriod(months, 'year').map(({ key, months: part }) => [key, part.length])).toEqual([
      ['2024', 3],
      ['2025', 12],
      ['2026', 11],
    ]);
  });

  it('get as many names as fit', () => {
    expect(labelledBars(12, 600, 60)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(labelledBars(0, 600, 60)).toEqual([]);
  });
});
