// The fixed choices of an import, in plain words, and the names of the files that it writes.
import type { ImportColumn } from '../../ipc/gen/ImportColumn';
import type { ImportField } from '../../ipc/gen/ImportField';
import type { ImportMapping } from '../../ipc/gen/ImportMapping';
import type { ImportOptions } from '../../ipc/gen/ImportOptions';
import type { ImportPreview } from '../../ipc/gen/ImportPreview';
import { count, counted } from '../../format';
import type { Choice } from '../../parts/Select.svelte';
import { FREQUENCIES, PER, PRORATIONS } from '../license-details/choices';

/** Everything is detected. */
export const DETECTED: ImportOptions = {
  encoding: '',
  separator: '',
  sheet: null,
  header_row: null,
  date_order: '',
  decimal_mark: '',
  keep_duplicates: false,
};

export const ENCODINGS: Choice[] = [
  { value: '', label: 'Detect' },
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western)' },
  { value: 'utf-16le', label: 'UTF-16, little-endian' },
  { value: 'utf-16be', label: 'UTF-16, big-endian' },
];

export const SEPARATORS: Choice[] = [
  { value: '', label: 'Detect' },
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: 'tab', label: 'Tab' },
  { value: '|', label: 'Vertical bar' },
];

export const DATE_ORDERS: Choice[] = [
  { value: '', label: 'Refuse if unclear' },
  { value: 'day-first', label: 'Day first' },
  { value: 'month-first', label: 'Month first' },
];

export const DECIMAL_MARKS: Choice[] = [
  { value: '', label: 'Each by itself' },
  { value: '.', label: 'Point: 1,234.50' },
  { value: ',', label: 'Comma: 1.234,50' },
];

const NOTHING: Choice = { value: '', label: 'Nothing' };
const YES_OR_NO: Choice[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];
const VALUES: Readonly<Record<string, Choice[]>> = {
  every: FREQUENCIES,
  per: PER,
  proration: PRORATIONS,
  unlimited: YES_OR_NO,
  auto_renews: YES_OR_NO,
  fallback: YES_OR_NO,
};

/** What a field takes instead of an empty cell, where that is one of a few; `null` where it is typed. */
export function valueChoices(field: string): Choice[] | null {
  const few = VALUES[field];
  return few === undefined ? null : [NOTHING, ...few];
}

function fills(mapping: readonly ImportMapping[], field: string): boolean {
  return mapping.some((each) => each.field === field && (each.column !== null || each.value.trim() !== ''));
}

/** Whether a purchase cannot do without the field, as the columns are chosen now. */
export function isNeeded({ needed, needed_with }: ImportField, mapping: readonly ImportMapping[]): boolean {
  return needed || (needed_with !== null && fills(mapping, needed_with));
}

/** The fields that a purchase cannot do without and that nothing fills, as one sentence; empty when all are filled. */
export function unfilled(fields: readonly ImportField[], mapping: readonly ImportMapping[]): string {
  const open = fields.filter((each) => isNeeded(each, mapping) && !fills(mapping, each.field));
  const names = open.map(({ label }) => label);
  if (names.length === 0) return '';
  return `Nothing fills ${names.join(', ')} yet: choose a column, or a value for all rows.`;
}

/** Columns with something in them that fill no field, as one sentence; empty when there is none. */
export function ignored(columns: readonly ImportColumn[], mapping: readonly ImportMapping[]): string {
  const used = new Set(mapping.map(({ column }) => column));
  const left = columns.filter(({ examples }, at) => examples.length > 0 && !used.has(at));
  if (left.length === 0) return '';
  return `Not imported: ${left.map(({ heading }) => `“${heading}”`).join(', ')}.`;
}

/** "12 rows can be imported, 2 rows with a remark: 10 new, 2 changed. 5 rows are entered already. 3 rows are refused." */
export function outcome({ accepted, changed, same, refused, doubtful, ...rows }: ImportPreview): string {
  const remark =
    doubtful === 0 ? '' : `, ${doubtful === accepted ? 'all' : counted(doubtful, 'row')} with a remark`;
  const kinds = changed === 0 ? '' : `: ${count(rows.new)} new, ${count(changed)} changed`;
  const said = [`${counted(accepted, 'row')} can be imported${remark}${kinds}.`];
  if (same > 0) said.push(`${counted(same, 'row is', 'rows are')} entered already.`);
  if (refused > 0) said.push(`${counted(refused, 'row is', 'rows are')} refused.`);
  return said.join(' ');
}

/** "contracts.xlsx" of a path, in the separators of any system. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Beside the file that was read, never the file itself: "…/contracts-refused.csv". */
export function refusedPath(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  const folder = path.slice(0, path.length - name.length);
  return `${folder}${dot > 0 ? name.slice(0, dot) : name}-refused.csv`;
}
