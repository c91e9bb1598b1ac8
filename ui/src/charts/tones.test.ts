import { expect, it } from 'vitest';
import { foldOthers, OTHER, toneOf, typeTones } from './tones';

const types = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ license_type: `t${String(at)}`, name: `Type ${String(at)}` }));
const tonesOf = (count: number) => typeTones(types(count).map((type) => type.license_type));

it('gives each of up to five types its own color, by rank', () => {
  const tones = tonesOf(5);
  expect(types(5).map((type) => toneOf(tones, type.license_type))).toEqual(
    [1, 2, 3, 4, 5].map((at) => `var(--type-${String(at)})`),
  );
});

it('keeps four colors and folds the rest into one when there are more', () => {
  const tones = tonesOf(30);
  const folds = foldOthers(types(30), tones);
  expect(folds.map(({ name }) => name)).toEqual(['Type 0', 'Type 1', 'Type 2', 'Type 3', 'Other (26)']);
  expect(folds.at(-1)?.tone).toBe(OTHER);
  expect(folds.at(-1)?.members).toHaveLength(26);
});

it('does not take a color for members whose type is not known, and keeps their name', () => {
  const tones = typeTones(['unknown', 'can-edit']);
  expect(toneOf(tones, 'can-edit')).toBe('var(--type-1)');
  expect(foldOthers([{ license_type: 'unknown', name: 'Unknown' }], tones)[0]).toMatchObject({
    name: 'Unknown',
    tone: OTHER,
  });
});
