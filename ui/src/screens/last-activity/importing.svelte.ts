// One import of last activity, from the file to what was kept. The backend reads, proposes and judges; this keeps what was
// chosen. An answer that was overtaken is dropped.
import { call } from '../../ipc/call';
import type { ActivityDone } from '../../ipc/gen/ActivityDone';
import type { ActivityPreview } from '../../ipc/gen/ActivityPreview';
import type { ActivityReading } from '../../ipc/gen/ActivityReading';
import type { ImportOptions } from '../../ipc/gen/ImportOptions';
import type { ImportTable } from '../../ipc/gen/ImportTable';
import { toProblem, type Problem } from '../../ipc/problem';
import { DETECTED } from '../import/import-words';

export const PAGE_ROWS = 100;

const FRESH: ActivityReading = { options: DETECTED, mapping: [], kind: '', until: '' };

export class ActivityImporting {
  readonly app: string;
  path = $state('');
  reading: ActivityReading = $state.raw(FRESH);
  table: ImportTable | null = $state.raw(null);
  /** Set once the second step is shown. */
  preview: ActivityPreview | null = $state.raw(null);
  onlyProblems = $state(false);
  offset = $state(0);
  problem: Problem | null = $state.raw(null);
  busy = $state(false);
  #read = $state('');
  #turn = 0;

  constructor(app: string) {
    this.app = app;
  }

  /** Whether the file that the path names was read. */
  get opened(): boolean {
    return this.#read !== '' && this.#read === this.path.trim();
  }

  /** Whether the columns tell who, and when. */
  get ready(): boolean {
    const told = (fields: string[]) =>
      this.reading.mapping.some(({ field, column }) => fields.includes(field) && column !== null);
    const known = this.opened && this.table !== null && this.table.header_row !== null;
    return known && told(['user_id', 'user_name', 'email']) && told(['last_activity']) && !this.busy;
  }

  async choose(): Promise<void> {
    const chosen = await this.#attempt(() => call('import_path_choose', null));
    if (chosen === null) return;
    this.path = chosen;
    await this.open();
  }

  /** Reads the file that the path names; another file than before starts with nothing chosen. */
  async open(): Promise<void> {
    const path = this.path.trim();
    if (path === '') return;
    if (path !== this.#read) this.reading = FRESH;
    this.#read = path;
    await this.#reopen();
  }

  async readAs(change: Partial<ImportOptions>): Promise<void> {
    const narrower = change.header_row === undefined ? { header_row: null } : {};
    this.#change({ options: { ...this.reading.options, ...narrower, ...change } });
    await this.#reopen();
  }

  /** How values are written, and what the file is: no column changes. */
  understand(change: Partial<Pick<ActivityReading, 'kind' | 'until'>> & { date_order?: string }): void {
    const { date_order, ...rest } = change;
    const options = date_order === undefined ? this.reading.options : { ...this.reading.options, date_order };
    this.#change({ ...rest, options });
  }

  map(field: string, column: number | null): void {
    this.#change({
      mapping: this.reading.mapping.map((each) => (each.field === field ? { ...each, column } : each)),
    });
  }

  back(): void {
    this.preview = null;
    this.problem = null;
  }

  /** Shows a page of people, or only the rows that tell nothing. */
  async show(change: { offset?: number; onlyProblems?: boolean } = {}): Promise<void> {
    if (change.onlyProblems !== undefined && change.onlyProblems !== this.onlyProblems) this.offset = 0;
    this.onlyProblems = change.onlyProblems ?? this.onlyProblems;
    this.offset = change.offset ?? this.offset;
    const request = {
      ...this.#file(),
      only_problems: this.onlyProblems,
      offset: this.offset,
      limit: PAGE_ROWS,
    };
    const preview = await this.#attempt(() => call('activity_preview', request));
    if (preview !== null) this.preview = preview;
  }

  /** Keeps what the file tells, in one act. `null` when it failed: nothing was kept. */
  async finish(): Promise<ActivityDone | null> {
    const { preview } = this;
    if (preview === null) return null;
    return this.#attempt(() => call('activity_apply', { ...this.#file(), fingerprint: preview.fingerprint }));
  }

  #file() {
    return { app: this.app, path: this.#read, reading: this.reading };
  }

  #change(change: Partial<ActivityReading>): void {
    this.reading = { ...this.reading, ...change };
  }

  async #reopen(): Promise<void> {
    this.preview = null;
    const request = { path: this.#read, options: this.reading.options };
    const table = await this.#attempt(() => call('activity_open', request));
    if (table === null && this.problem === null) return;
    this.table = table;
    if (table !== null) this.#change({ mapping: table.mapping });
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
