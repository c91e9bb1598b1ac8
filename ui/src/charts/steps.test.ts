import { describe, expect, it } from 'vitest';
import { changeDays, lineRuns, readSpans, stackSteps, sumSteps, valueAt } from './steps';

const steps = (...pairs: [number, number | null][]) => pairs.map(([day, seats]) => ({ day, seats }));

describe('a count holds from its day until the next point', () => {
  const line = steps([10, 5], [20, 8]);

  it('is not known before the first point', () => {
    expect(valueAt(line, 9)).toBeNull();
  });

  it('does not slope between points', () => {
    expect([10, 19, 20, 99].map((day) => valueAt(line, day))).toEqual([5, 5, 8, 8]);
  });
});

describe('spans with readings', () => {
  it('are the whole range without gaps', () => {
    expect(readSpans(0, 100, [])).toEqual([{ from: 0, to: 100 }]);
  });

  it('lie around gaps, whatever their order', () => {
    const gaps = [
      { from: 60, to: 70 },
      { from: 20, to: 30 },
    ];
    expect(readSpans(0, 100, gaps)).toEqual([
      { from: 0, to: 20 },
      { from: 30, to: 60 },
      { from: 70, to: 100 },
    ]);
  });

  it('end where a gap reaches the end, and begin where one covers the beginning', () => {
    const gaps = [
      { from: -5, to: 10 },
      { from: 90, to: 100 },
    ];
    expect(readSpans(0, 100, gaps)).toEqual([{ from: 10, to: 90 }]);
  });
});

describe('stacking', () => {
  const low = { key: 'low', steps: steps([0, 4], [50, 6]) };
  const high = { key: 'high', steps: steps([0, 10], [20, 12]) };

  it('puts each band on the one below it, on every day that one of them changes', () => {
    const [bottom, top] = stackSteps([low, high], [{ from: 0, to: 100 }]);
    expect(bottom?.runs).toEqual([
      [
        { day: 0, lower: 0, upper: 4 },
        { day: 20, lower: 0, upper: 4 },
        { day: 50, lower: 0, upper: 6 },
        { day: 100, lower: 0, upper: 6 },
      ],
    ]);
    expect(top?.runs[0]?.map(({ lower, upper }) => [lower, upper])).toEqual([
      [4, 14],
      [4, 16],
      [6, 18],
      [6, 18],
    ]);
  });

  it('breaks the area at a gap instead of bridging it', () => {
    const spans = readSpans(0, 100, [{ from: 30, to: 60 }]);
    const runs = stackSteps([low], spans)[0]?.runs ?? [];
    expect(runs.map((run) => [run[0]?.day, run.at(-1)?.day])).toEqual([
      [0, 30],
      [60, 100],
    ]);
  });

  it('draws nothing for a band before it is known, and nothing floats above it', () => {
    const late = { key: 'late', steps: steps([40, 3]) };
    const [, above] = stackSteps([late, high], [{ from: 0, to: 100 }]);
    expect(above?.runs[0]?.[0]).toEqual({ day: 0, lower: 0, upper: 10 });
    expect(stackSteps([late], [{ from: 0, to: 100 }])[0]?.runs[0]?.[0]?.day).toBe(40);
  });
});

describe('the purchased line', () => {
  it('stops where seats are unlimited and starts again where they are not', () => {
    const runs = lineRuns(steps([0, 50], [30, null], [60, 80]), { from: 0, to: 100 });
    expect(runs).toEqual([steps([0, 50], [30, 50]), steps([60, 80], [100, 80])]);
  });
});

it('adds series up, leaving out what is not known', () => {
  const sum = sumSteps('other', [
    { key: 'a', steps: steps([0, 1], [10, 2]) },
    { key: 'b', steps: steps([5, 7], [10, null]) },
  ]);
  expect(sum.steps).toEqual(steps([0, 1], [5, 8], [10, 2]));
});

it('lists each day of change once, with the first day of the span', () => {
  const series = [{ key: 'a', steps: steps([0, 1], [7, 2], [14, 3]) }];
  expect(changeDays([...series, ...series], { from: 3, to: 14 })).toEqual([3, 7]);
});
