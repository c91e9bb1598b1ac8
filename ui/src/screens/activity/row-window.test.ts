import { describe, expect, it } from 'vitest';
import { offsetFor, offsetWith, rowWindow, type Look } from './row-window';

const LOOK: Look = { count: 1000, rowHeight: 30, offset: 0, view: 600, pinned: -1 };
const indexes = (look: Look) => rowWindow(look).rows.map((row) => row.index);

/** Whether a row is seen whole when the list is scrolled as `look` says. */
function seen(index: number, look: Look): boolean {
  const row = rowWindow(look).rows.find((each) => each.index === index);
  const above = (row?.start ?? -1) - look.offset;
  return above >= -0.01 && above + look.rowHeight <= look.view + 0.01;
}

describe('the rows on the screen', () => {
  it('are those that are seen and a few more on either side', () => {
    expect(indexes(LOOK)).toEqual(Array.from({ length: 26 }, (_, at) => at));
    const middle = indexes({ ...LOOK, offset: 9_015 });
    expect(middle[0]).toBe(294);
    expect(middle.at(-1)).toBe(326);
    expect(rowWindow(LOOK).height).toBe(30_000);
  });

  it('end with the list', () => {
    expect(indexes({ ...LOOK, count: 0 })).toEqual([]);
    expect(indexes({ ...LOOK, count: 3 })).toEqual([0, 1, 2]);
    expect(indexes({ ...LOOK, offset: 29_400 }).at(-1)).toBe(999);
    expect(indexes({ ...LOOK, count: 10, offset: 29_400 })).toEqual([]);
  });

  it('include the one in focus however far it is', () => {
    expect(indexes({ ...LOOK, offset: 9_000, pinned: 2 })[0]).toBe(2);
    expect(indexes({ ...LOOK, pinned: 900 }).at(-1)).toBe(900);
    expect(indexes({ ...LOOK, pinned: 5 }).filter((index) => index === 5)).toHaveLength(1);
    expect(indexes({ ...LOOK, pinned: 1000 })).not.toContain(1000);
  });

  it('of a list too tall for the engine can all be reached', () => {
    const tall = { ...LOOK, count: 2_000_000, rowHeight: 44 };
    const { height } = rowWindow(tall);
    expect(height).toBeLessThan(33_000_000);
    expect(seen(0, tall)).toBe(true);
    expect(seen(1_999_999, { ...tall, offset: height - tall.view })).toBe(true);
    for (const index of [0, 700_001, 1_234_567, 1_999_999]) {
      expect(seen(index, { ...tall, offset: offsetFor(index, tall) })).toBe(true);
    }
  });
});

describe('scrolling to a row', () => {
  it('does not move when the row is seen', () => {
    expect(offsetFor(5, { ...LOOK, offset: 100 })).toBe(100);
  });

  it('moves no farther than needed', () => {
    expect(offsetFor(2, { ...LOOK, offset: 100 })).toBe(60);
    expect(offsetFor(100, LOOK)).toBe(101 * 30 - 600);
  });
});

describe('rows of another height', () => {
  it('show the same people', () => {
    const look = { ...LOOK, offset: 3_000 };
    expect(offsetWith(44, look)).toBe(4_400);
    const tall = { ...LOOK, count: 2_000_000, offset: 12_000_000 };
    const middle = (of: Look) => rowWindow(of).rows.find((row) => row.start >= of.offset)?.index ?? -1;
    const higher = { ...tall, rowHeight: 44, offset: offsetWith(44, tall) };
    expect(Math.abs(middle(higher) - middle(tall))).toBeLessThan(2);
  });
});
