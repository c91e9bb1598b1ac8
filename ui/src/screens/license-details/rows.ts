// The tables of the purchase form as rows. The form holds their text, a row a line, and only the backend reads it:
// a row that cannot be told apart keeps its text.

export interface Band {
  from: string;
  to: string;
  price: string;
}

export function bandsOf(text: string): Band[] {
  return lines(text).map((line) => {
    const at = line.indexOf(':');
    const [seats, price] = at < 0 ? ['', line] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (seats.endsWith('+')) return { from: seats.slice(0, -1).trim(), to: '', price };
    const dash = seats.search(/[-–—]/u);
    if (dash < 0) return { from: seats, to: seats, price };
    return { from: seats.slice(0, dash).trim(), to: seats.slice(dash + 1).trim(), price };
  });
}

export function bandsText(bands: readonly Band[]): string {
  return bands.filter(isBand).map(bandText).join('\n');
}

function bandText({ from, to, price }: Band): string {
  const seats = to.trim() === '' ? `${from.trim()}+` : `${from.trim()}-${to.trim()}`;
  return `${seats}: ${price.trim()}`;
}

function isBand({ from, to, price }: Band): boolean {
  return `${from}${to}${price}`.trim() !== '';
}

/** The band after the others: it starts behind the last one, where that one ends. */
export function nextBand(bands: readonly Band[]): Band {
  const last = bands.at(-1);
  if (last === undefined) return { from: '1', to: '', price: '' };
  const ends = /^\d{1,9}$/u.test(last.to.trim());
  return { from: ends ? String(Number.parseInt(last.to, 10) + 1) : '', to: '', price: '' };
}

export type OffKind = 'rest' | 'list' | 'amount';

export interface Off {
  kind: OffKind;
  value: string;
  name: string;
}

export function offsOf(text: string): Off[] {
  return lines(text).map((line) => {
    const at = line.indexOf('%');
    if (at >= 0) {
      const [value, rest] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      const list = /^of list(?= |$)/u.test(rest);
      return { kind: list ? 'list' : 'rest', value, name: list ? rest.slice(7).trim() : rest };
    }
    const number = /^[^\p{L}]*\d[^\p{L}\s]*/u.exec(line)?.[0] ?? '';
    return { kind: 'amount', value: number.trim(), name: line.slice(number.length).trim() };
  });
}

export function offsText(offs: readonly Off[]): string {
  return offs
    .filter(({ value, name }) => `${value}${name}`.trim() !== '')
    .map(({ kind, value, name }) => `${offText(kind, value.trim())} ${name.trim()}`.trim())
    .join('\n');
}

function offText(kind: OffKind, value: string): string {
  if (kind === 'amount') return value;
  const percent = `${value.replace(/\s*%$/u, '')}%`;
  return kind === 'list' ? `${percent} of list` : percent;
}

/** Where a document is. */
export interface Reference {
  label: string;
  reference: string;
}

export function referencesOf(text: string): Reference[] {
  return lines(text).map((line) => {
    const at = line.indexOf('=');
    if (at < 0) return { label: '', reference: line };
    return { label: line.slice(0, at).trim(), reference: line.slice(at + 1).trim() };
  });
}

export function referencesText(references: readonly Reference[]): string {
  return references
    .filter(({ label, reference }) => `${label}${reference}`.trim() !== '')
    .map(({ label, reference }) => `${label.trim()} = ${reference.trim()}`.trim())
    .join('\n');
}

export function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The list with the entry at `at` moved up or down; the same list when there is no room. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const to = at + by;
  const next = [...list];
  const [entry] = next.splice(at, 1);
  if (entry === undefined || to < 0 || to > next.length) return [...list];
  next.splice(to, 0, entry);
  return next;
}
