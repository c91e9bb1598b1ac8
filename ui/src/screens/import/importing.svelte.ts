// One import, from the file to what was added. The backend reads, proposes and judges; this keeps what was chosen, so
// that closing the dialog or a refusal loses nothing. An answer that was overtaken is dropped.
import { call } from '../../ipc/call';
import type { ImportDone } from '../../ipc/gen/ImportDone';
import type { ImportMapping } from '../../ipc/gen/ImportMapping';
import type { ImportOptions } from '../../ipc/gen/ImportOptions';
import type { ImportPreview } from '../../ipc/gen/ImportPreview';
import type { ImportTable } from '../../ipc/gen/ImportTable';
import { toProblem, type Problem } from '../../ipc/problem';
import { DETECTED, refusedPath } from './import-words';

export const PAGE_ROWS = 100;

export type Step = 'file' | 'columns' | 'rows';

export class Importing {
  readonly app: string;
  step: Step = $state('file');
  path = $state('');
  options: ImportOptions = $state.raw(DETECTED);
  table: ImportTable | null = $state.raw(null);
  /** The sheets of the workbook last read, also while it is not understood. */
  sheets: string[] = $state.raw([]);
  mapping: ImportMapping[] = $state.raw([]);
  preview: ImportPreview | null = $state.raw(null);
  /** Which rows are shown: empty for all, `refused`, or the name of a repair. */
  only = $state('');
  offset = $state(0);
  /** Whether the refused rows are saved with the import, and where. */
  saving = $state(true);
  target = $state('');
  problem: Problem | null = $state.raw(null);
  busy = $state(false);
  #read = $state('');
  #turn = 0;

  constructor(app: string) {
    this.app = app;
  }

  /** Whether a path was opened, understood or not. */
  get opened(): boolean {
    return this.#read !== '' && this.#read === this.path.trim();
  }

  /** Forgets everything: the next import starts anew. */
  reset(): void {
    this.#turn++;
    this.#read = '';
    this.step = 'file';
    this.path = '';
    this.options = DETECTED;
    this.table = null;
    this.sheets = [];
    this.mapping = [];
    this.preview = null;
    this.problem = null;
    this.busy = false;
  }

  /** Asks the system for a file and reads it. */
  async choose(): Promise<void> {
    const chosen = await this.#attempt(() => call('import_path_choose', null));
    if (chosen === null) return;
    this.path = chosen;
    await this.open();
  }

  /** Takes a file that was dropped on the window. */
  async take(path: string): Promise<void> {
    this.step = 'file';
    this.path = path;
    await this.open();
  }

  /** Reads the file that the path names; another file than before starts with nothing chosen. */
  async open(): Promise<void> {
    const path = this.path.trim();
    if (path === '') return;
    if (path !== this.#read) {
      this.options = DETECTED;
      this.sheets = [];
      this.saving = true;
      this.target = refusedPath(path);
      this.table = null;
    }
    this.#read = path;
    await this.#reopen();
  }

  /** Reads the file in another way. What was mapped stays where the columns are the same. */
  async readAs(change: Partial<ImportOptions>): Promise<void> {
    const narrower = change.header_row === undefined ? { header_row: null } : {};
    this.options = { ...this.options, ...narrower, ...change };
    await this.#reopen();
  }

  /** How values are written changes no column. */
  writtenAs(change: Partial<Pick<ImportOptions, 'date_order' | 'decimal_mark'>>): void {
    this.options = { ...this.options, ...change };
  }

  map(field: string, change: Partial<Pick<ImportMapping, 'column' | 'value'>>): void {
    this.mapping = this.mapping.map((each) => (each.field === field ? { ...each, ...change } : each));
  }

  async go(step: Step): Promise<void> {
    this.step = step;
    this.problem = null;
    if (step !== 'rows') return;
    this.preview = null;
    await this.show({ offset: 0, only: '' });
  }

  /** Fills a field of all rows that have nothing there, and shows what that makes of them. */
  async mend(field: string, value: string): Promise<void> {
    this.map(field, { value });
    await this.show({ offset: 0, only: '' });
  }

  /** Settles dates that can be read in two ways, and shows what that makes of the rows. */
  async mendDates(date_order: string): Promise<void> {
    this.writtenAs({ date_order });
    await this.show({ offset: 0, only: '' });
  }

  /** Shows another page of rows, or all, or only the refused ones. */
  async show(change: { offset?: number; only?: string }): Promise<void> {
    if (change.only !== undefined && change.only !== this.only) this.offset = 0;
    this.only = change.only ?? this.only;
    this.offset = change.offset ?? this.offset;
    const request = {
      ...this.#file(),
      only: this.only,
      offset: this.offset,
      limit: PAGE_ROWS,
    };
    const preview = await this.#attempt(() => call('import_preview', request));
    if (preview !== null) this.preview = preview;
  }

  async keepDuplicates(keep_duplicates: boolean): Promise<void> {
    this.options = { ...this.options, keep_duplicates };
    await this.show({ offset: 0 });
  }

  /** Imports in one act, with the refused rows in a file where that is wanted. `null` when it failed: nothing was done. */
  async finish(): Promise<ImportDone | null> {
    const { preview } = this;
    if (preview === null) return null;
    // Whatever else is still asked, what was added must be told.
    this.#turn++;
    this.busy = true;
    this.problem = null;
    try {
      const refused_to = this.savesRefused ? this.target.trim() : null;
      return await call('import_apply', { ...this.#file(), fingerprint: preview.fingerprint, refused_to });
    } catch (raised) {
      const problem = toProblem(raised);
      // The preview of a file that has changed can never be imported: show the file as it is now.
      if (problem.code === 'file-changed') await this.#readAgain();
      this.problem ??= problem;
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** Whether there are refused rows, and they are to be saved. */
  get savesRefused(): boolean {
    return this.saving && (this.preview?.refused ?? 0) > 0;
  }

  #file() {
    return { app: this.app, path: this.#read, options: this.options, mapping: this.mapping };
  }

  async #readAgain(): Promise<void> {
    this.preview = null;
    await this.#reopen();
    if (this.table === null || this.table.header_row === null) this.step = 'file';
    else await this.show({ offset: 0 });
  }

  /** Forgets the mapping that was remembered for the headings, and starts from them. */
  async startFromHeadings(): Promise<void> {
    this.options = { ...this.options, date_order: '', decimal_mark: '' };
    const table = await this.#attempt(() => call('import_mapping_forget', this.#asked()));
    if (table === null) return;
    this.mapping = table.mapping;
    this.table = table;
  }

  #asked() {
    return { app: this.app, path: this.#read, options: this.options };
  }

  async #reopen(): Promise<void> {
    const before = this.table;
    const table = await this.#attempt(() => call('import_open', this.#asked()));
    // A file that is not understood now must not be imported as it was understood before.
    if (table === null) {
      if (this.problem !== null) this.table = null;
      return;
    }
    const names = (each: ImportTable | null) => JSON.stringify(each?.columns.map(({ heading }) => heading));
    if (names(before) !== names(table) || this.mapping.length === 0) {
      this.mapping = table.mapping;
      const { date_order, decimal_mark } = table.remembered ?? { date_order: '', decimal_mark: '' };
      if (table.remembered !== null) this.options = { ...this.options, date_order, decimal_mark };
    }
    this.table = table;
    this.sheets = table.sheets;
  }

  /** The answer, or `null` when it was refused (then `problem` says why) or overtaken. */
  async #attempt<T>(ask: () => Promise<T>): Promise<T | null> {
    const turn = ++this.#turn;
    this.busy = true;
    this.problem = null;
    try {
      const answer = await ask();
      return turn === this.#turn ? answer : null;
    } catch (raised) {
      if (turn === this.#turn) this.problem = toProblem(raised);
      return null;
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }
}

// Nothing on the screen depends on the map, only on the imports in it.
// eslint-disable-next-line svelte/prefer-svelte-reactivity
const kept = new Map<string, Importing>();

/** The import of an app that is under way. */
export function importingOf(app: string): Importing {
  const known = kept.get(app) ?? new Importing(app);
  kept.set(app, known);
  return known;
}
