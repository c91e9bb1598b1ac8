// One color per license type, fixed by rank order, the same in every chart and table.

const NAMED = 5;

/** The color of everything beyond the named types, and of members whose type is not known. */
export const OTHER = 'var(--type-other)';

/** Color by key. Up to five types have their own; of more, the first four do and the rest share one. */
export type Tones = ReadonlyMap<string, string>;

/** Gives colors to keys in rank order. */
export function typeTones(keys: readonly string[]): Tones {
  const known = keys.filter((key) => key !== 'unknown');
  const own = known.length <= NAMED ? NAMED : NAMED - 1;
  return new Map(known.slice(0, own).map((key, index) => [key, `var(--type-${String(index + 1)})`]));
}

/** The color of a key. */
export function toneOf(tones: Tones, key: string): string {
  return tones.get(key) ?? OTHER;
}

/** Something drawn as one band: a type with its own color, or all that share the last one. */
export interface Fold<T> {
  key: string;
  name: string;
  tone: string;
  members: T[];
}

/** Folds types without a color of their own into one "Other (n)", last; a single one keeps its name. */
export function foldOthers<T extends { license_type: string; name: string }>(
  types: readonly T[],
  tones: Tones,
): Fold<T>[] {
  const own = types.filter((type) => tones.has(type.license_type));
  const rest = types.filter((type) => !tones.has(type.license_type));
  const folds = own.map((type) => single(type, toneOf(tones, type.license_type)));
  const [only] = rest;
  if (only && rest.length === 1) folds.push(single(only, OTHER));
  if (rest.length > 1)
    folds.push({ key: 'other', name: `Other (${String(rest.length)})`, tone: OTHER, members: rest });
  return folds;
}

function single<T extends { license_type: string; name: string }>(type: T, tone: string): Fold<T> {
  return { key: type.license_type, name: type.name, tone, members: [type] };
}
