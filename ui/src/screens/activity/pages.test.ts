import { describe, expect, it } from 'vitest';
import { person } from '../../../tests/fixture/people';
import type { RosterPage } from '../../ipc/gen/RosterPage';
import { suggestedPath, withFormat } from '../export/paths';
import { moved } from './grid-keys';
import { PAGE_ROWS, RosterPages } from './pages.svelte';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function source(size: number) {
  const offsets: number[] = [];
  const read = (offset: number, limit: number): Promise<RosterPage> => {
    offsets.push(offset);
    const rows = Array.from({ length: Math.max(0, Math.min(limit, size - offset)) }, (_, at) =>
      person(offset + at),
    );
    return Promise.resolve({ rows, matching: size, total: size, caveat: null });
  };
  return { offsets, read };
}

describe('the pages of the roster', () => {
  it('come only when they are looked at', async () => {
    const { offsets, read } = source(100_000);
    const pages = new RosterPages();
    await pages.start(read);
    expect(offsets).toEqual([0]);
    pages.want(50_110, 50_130);
    await settle();
    expect(offsets).toEqual([0, 50_100]);
    expect(pages.row(50_110)).toEqual(person(50_110));
    expect(pages.row(70_000)).toBeNull();
  });

  it('are forgotten again when they are far away', async () => {
    const { read } = source(100_000);
    const pages = new RosterPages();
    await pages.start(read);
    for (let page = 0; page < 60; page++) {
      pages.want(page * PAGE_ROWS, page * PAGE_ROWS + 30);
      await settle();
    }
    expect(pages.row(0)).toBeNull();
    expect(pages.row(59 * PAGE_ROWS)).not.toBeNull();
  });

  it('of an overtaken query are dropped', async () => {
    const pages = new RosterPages();
    let answerFirst: (page: RosterPage) => void = () => undefined;
    const first = pages.start(() => new Promise((resolve) => (answerFirst = resolve)));
    await pages.start(source(10).read);
    answerFirst({ rows: [person(99)], matching: 1, total: 1, caveat: null });
    await first;
    expect(pages.matching).toBe(10);
  });

  it('start from the beginning when the new result is shorter than the place that was looked at', async () => {
    const pages = new RosterPages();
    await pages.start(source(100_000).read);
    pages.want(90_000, 90_010);
    await settle();
    await pages.start(source(3).read);
    expect(pages.matching).toBe(3);
    expect(pages.row(0)).toEqual(person(0));
  });
});

describe('keys in the grid', () => {
  const size = { rows: 1000, columns: 14, page: 20 };
  it.each([
    ['ArrowUp', false, { row: -1, column: 3 }],
    ['ArrowRight', false, { row: 0, column: 4 }],
    ['PageDown', false, { row: 20, column: 3 }],
    ['End', false, { row: 0, column: 13 }],
    ['End', true, { row: 999, column: 13 }],
    ['Home', true, { row: 0, column: 0 }],
  ])('%s (ctrl: %s) moves to %j', (key, ctrl, to) => {
    expect(moved({ row: 0, column: 3 }, key, ctrl, size)).toEqual(to);
  });

  it('leave the grid alone otherwise', () => {
    expect(moved({ row: 0, column: 0 }, 'x', false, size)).toBeNull();
  });
});

describe('the suggested path', () => {
  it('follows the separators of the folder', () => {
    expect(suggestedPath('C:\\Users\\mira', 'lucid', '2026-11-23', 'csv')).toBe(
      'C:\\Users\\mira\\lucid-roster-2026-11-23.csv',
    );
    expect(suggestedPath('/tmp/', 'lucid', '2026-11-23', 'json')).toBe('/tmp/lucid-roster-2026-11-23.json');
    expect(suggestedPath('', 'lucid', '2026-11-23', 'csv')).toBe('lucid-roster-2026-11-23.csv');
  });

  it('changes only an ending of ours', () => {
    expect(withFormat('/tmp/a.csv', 'json')).toBe('/tmp/a.json');
    expect(withFormat('/tmp/a.txt', 'json')).toBe('/tmp/a.txt');
  });
});
