// The rows of a mapping and what can be done with them; nothing here is reactive.
import type { MappingChoice } from '../../ipc/gen/MappingChoice';
import type { MappingRow } from '../../ipc/gen/MappingRow';

/** A row that says nothing about licenses. */
export const NOTHING = '';
/** A row whose license type is named in the row. */
export const NEW = '=new';
/** Before the name of a license type that another row has named. */
export const SAME = '=same:';

export interface DraftRow {
  seen: string;
  name: string;
  members: number | null;
  note: string;
  /** Key of the license type that the name speaks for. */
  suggested: string | null;
  /** `NOTHING`, `NEW` or the key of a license type. */
  choice: string;
  /** With `NEW`: its name. */
  newName: string;
}

export type Move = 'up' | 'down' | 'first' | 'last';

const says = (row: DraftRow) => row.choice !== NOTHING;

export function rowOf(view: MappingRow): DraftRow {
  const { seen, name, members, note, suggested, license_type } = view;
  return { seen, name, members, note, suggested, choice: license_type ?? NOTHING, newName: '' };
}

/** A value as it is first offered: a license type of its own, named as it is. */
export function ownType(value: {
  value: string;
  members: number | null;
  license_type: string | null;
}): DraftRow {
  const apart = value.license_type === null;
  return {
    seen: value.value,
    name: value.value,
    members: value.members,
    note: '',
    suggested: null,
    choice: apart ? NOTHING : NEW,
    newName: apart ? '' : value.value,
  };
}

/** As the backend takes it. */
export function choiceOf(row: DraftRow): MappingChoice {
  const named = row.choice === NEW ? row.newName.trim() : row.choice;
  return { seen: row.seen, name: row.name, license_type: named === '' ? null : named };
}

/** The place of each row that tells a license type, from 1. */
export function ranksOf(rows: readonly DraftRow[]): ReadonlyMap<string, number> {
  return new Map(rows.filter(says).map((row, at) => [row.seen, at + 1]));
}

/** Names of license types that rows have made up, each once. */
export function newNamesOf(rows: readonly DraftRow[]): string[] {
  const names = rows.filter((row) => row.choice === NEW).map((row) => row.newName.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** Moves a row among those that tell a license type; the others do not count in the order. */
export function moved(rows: readonly DraftRow[], seen: string, to: Move): DraftRow[] {
  const places = rows.flatMap((row, at) => (says(row) ? [at] : []));
  const at = places.findIndex((place) => rows[place]?.seen === seen);
  const from = places[at];
  const onto = places[{ up: at - 1, down: at + 1, first: 0, last: places.length - 1 }[to]];
  const next = [...rows];
  if (from !== undefined && onto !== undefined) next.splice(onto, 0, ...next.splice(from, 1));
  return next;
}

/** Rows with choices that were not saved, brought up to what is seen now; new ones join at the end. */
export function merged(mine: readonly DraftRow[], theirs: readonly DraftRow[]): DraftRow[] {
  const seen = new Map(theirs.map((row) => [row.seen, row]));
  const here = new Set(mine.map((row) => row.seen));
  const kept = mine.filter((row) => seen.has(row.seen) || says(row));
  return [
    ...kept.map((row) => ({ ...row, ...vendorPart(seen.get(row.seen)) })),
    ...theirs.filter((row) => !here.has(row.seen)),
  ];
}

/** What the vendor says of a row, without what a person chose. */
function vendorPart(row: DraftRow | undefined): Partial<DraftRow> {
  if (row === undefined) return {};
  const { name, members, note, suggested } = row;
  return { name, members, note, suggested };
}
