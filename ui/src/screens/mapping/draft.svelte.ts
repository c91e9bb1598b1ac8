// What things seen at the vendor (values of an attribute, groups, subscriptions) mean, as chosen and not saved yet.
// Which name is which license type is decided on saving, by the backend. A draft outlives the screen that made it, so
// it holds no derived state: that would end with the screen.
import type { MappingChoice } from '../../ipc/gen/MappingChoice';
import type { MappingRow } from '../../ipc/gen/MappingRow';
import type { ValueCount } from '../../ipc/gen/ValueCount';
import {
  choiceOf,
  merged,
  moved,
  NEW,
  NOTHING,
  ownType,
  rowOf,
  SAME,
  type DraftRow,
  type Move,
} from './rows';

export class MappingDraft {
  rows: DraftRow[] = $state([]);
  /** What Save was refused for is shown from then on. */
  refused = $state(false);
  #start = $state('');

  constructor(rows: DraftRow[]) {
    this.#restart(rows);
  }

  /** As the backend takes it. */
  get choices(): MappingChoice[] {
    return this.rows.map(choiceOf);
  }

  /** Whether something was chosen that is not stored. */
  get changed(): boolean {
    return JSON.stringify(this.choices) !== this.#start;
  }

  /** Rows that tell a license type. */
  get mapped(): number {
    return this.rows.filter((row) => row.choice !== NOTHING).length;
  }

  /** Rows with a suggestion that nobody has decided about. */
  get suggestions(): DraftRow[] {
    return this.rows.filter((row) => row.suggested !== null && row.choice === NOTHING);
  }

  choose(seen: string, choice: string): void {
    const row = this.#row(seen);
    if (row === undefined) return;
    if (choice.startsWith(SAME)) {
      row.choice = NEW;
      row.newName = choice.slice(SAME.length);
    } else {
      row.choice = choice;
      if (choice === NEW && row.newName.trim() === '') row.newName = row.name;
    }
  }

  /** Names the license type that a row has made up. */
  rename(seen: string, name: string): void {
    const row = this.#row(seen);
    if (row !== undefined) row.newName = name;
  }

  useSuggestions(): void {
    for (const row of this.suggestions) row.choice = row.suggested ?? NOTHING;
  }

  move(seen: string, to: Move): void {
    this.rows = moved(this.rows, seen, to);
  }

  /** Adds something that was not seen yet; `false` when it is there already. */
  add(seen: string): boolean {
    const value = seen.trim();
    if (value === '' || this.rows.some((row) => row.seen === value)) return false;
    this.rows.push(ownType({ value, members: null, license_type: value }));
    return true;
  }

  remove(seen: string): void {
    this.rows = this.rows.filter((row) => row.seen !== seen);
  }

  /** Why a row cannot be saved as it is. */
  problemOf(row: DraftRow): string | null {
    return row.choice === NEW && row.newName.trim() === '' ? 'Give the license type a name.' : null;
  }

  /** Whether it can be sent; from a refusal on, rows show what is missing. */
  ready(): boolean {
    this.refused = this.rows.some((row) => this.problemOf(row) !== null);
    return !this.refused;
  }

  /** Forgets what was not saved. */
  restart(view: readonly MappingRow[]): void {
    this.#restart(view.map(rowOf));
  }

  /** Takes what is stored now: choices that were not saved stay. */
  follow(view: readonly MappingRow[]): void {
    if (!this.changed) {
      this.restart(view);
      return;
    }
    const theirs = view.map(rowOf);
    this.rows = merged(this.rows, theirs);
    this.#start = JSON.stringify(theirs.map(choiceOf));
  }

  #row(seen: string): DraftRow | undefined {
    return this.rows.find((row) => row.seen === seen);
  }

  #restart(rows: DraftRow[]): void {
    this.rows = rows;
    this.#start = JSON.stringify(rows.map(choiceOf));
    this.refused = false;
  }
}

export function fromView(rows: readonly MappingRow[]): MappingDraft {
  return new MappingDraft(rows.map(rowOf));
}

/** Values as they are first offered. */
export function fromValues(values: readonly ValueCount[]): MappingDraft {
  return new MappingDraft(values.map(ownType));
}
