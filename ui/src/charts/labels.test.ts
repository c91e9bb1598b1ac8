import { describe, expect, it } from 'vitest';
import { placeLabels, type Label } from './labels';

const label = (key: string, y: number, weight = 1): Label => ({ key, y, weight });
const gapsOf = (ys: number[]) => ys.slice(1).map((y, index) => y - (ys[index] ?? 0));

describe('labels at the edge', () => {
  it('stay where they are while they have room', () => {
    expect(placeLabels([label('a', 20), label('b', 80)], 16, 0, 100).map(({ y }) => y)).toEqual([20, 80]);
  });

  it('move apart evenly when the purchased line runs through a band', () => {
    const placed = placeLabels([label('purchased', 50, Infinity), label('can-edit', 54)], 16, 0, 100);
    expect(placed.map(({ y }) => y)).toEqual([44, 60]);
    expect(placed.map(({ anchor }) => anchor)).toEqual([50, 54]);
  });

  it('push neighbours on, so that nothing overlaps', () => {
    const placed = placeLabels(
      [10, 12, 14, 40, 41, 90].map((y, at) => label(String(at), y)),
      16,
      0,
      100,
    );
    expect(Math.min(...gapsOf(placed.map(({ y }) => y)))).toBeGreaterThanOrEqual(16);
  });

  it('never leave the plot', () => {
    const placed = placeLabels([label('a', -30), label('b', 2), label('c', 130)], 16, 0, 100);
    expect(placed[0]?.y).toBe(0);
    expect(placed.at(-1)?.y).toBe(100);
  });

  it('keep the order of what they point at', () => {
    const placed = placeLabels([label('top', 10), label('low', 12), label('mid', 11)], 16, 0, 100);
    expect(placed.map(({ key }) => key)).toEqual(['top', 'mid', 'low']);
  });

  it('drop the lightest when there is no room for all, never the purchased line', () => {
    const many = Array.from({ length: 12 }, (_, at) => label(`t${String(at)}`, at * 3, at));
    const placed = placeLabels([...many, label('purchased', 5, Infinity)], 20, 0, 60);
    expect(placed.map(({ key }) => key).sort()).toEqual(['purchased', 't10', 't11', 't9'].sort());
    expect(Math.min(...gapsOf(placed.map(({ y }) => y)))).toBeGreaterThanOrEqual(20);
  });

  it('is content with none', () => {
    expect(placeLabels([], 16, 0, 100)).toEqual([]);
  });
});
