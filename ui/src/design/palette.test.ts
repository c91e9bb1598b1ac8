import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const source = readFileSync('src/design/tokens.css', 'utf8');
const [light = '', dark = ''] =
  source.split(':root[data-theme="dark"]').length === 2
    ? source.split(':root[data-theme="dark"]')
    : source.split(":root[data-theme='dark']");

function token(theme: string, name: string): string {
  const value = new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`, 'i').exec(theme)?.[1];
  if (value === undefined) throw new Error(`tokens.css has no color --${name}`);
  return value;
}

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const MARKS = [
  'type-1',
  'type-2',
  'type-3',
  'type-4',
  'type-5',
  'type-other',
  'gain',
  'loss',
  'line-strong',
  'focus',
  'line-control',
];
const GROUNDS = ['surface', 'ground'];
const TEXTS: [string, string[]][] = [
  ['ink', ['surface', 'ground', 'sunken', 'accent-soft', 'warn-soft', 'bad-soft', 'good-soft']],
  ['ink-2', ['surface', 'ground', 'sunken', 'accent-soft']],
  ['ink-3', ['surface', 'ground', 'sunken']],
  ['accent', ['surface', 'ground', 'accent-soft']],
  ['accent-ink', ['accent', 'accent-strong']],
  ['good', ['surface', 'good-soft']],
  ['warn', ['surface', 'warn-soft', 'ground']],
  ['bad', ['surface', 'bad-soft', 'ground']],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_name, theme) => {
  it.each(MARKS)('sets the mark %s at least 3:1 off its surface', (mark) => {
    expect(contrast(token(theme, mark), token(theme, 'surface'))).toBeGreaterThanOrEqual(3);
  });

  it.each(TEXTS.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))(
    'sets the text %s at least 4.5:1 off %s',
    (text, ground) => {
      expect(contrast(token(theme, text), token(theme, ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('keeps the license types apart from the ground of the rail', () => {
    for (const ground of GROUNDS)
      expect(contrast(token(theme, 'type-1'), token(theme, ground))).toBeGreaterThanOrEqual(2.9);
  });
});
