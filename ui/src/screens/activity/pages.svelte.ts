// Holds the pages of a long list that are on or near the screen. Rows are never all in the window: pages far from
// the screen are forgotten again.
import { SvelteMap } from 'svelte/reactivity';
import type { RosterRow } from '../../ipc/gen/RosterRow';
import { toProblem, type Problem } from '../../ipc/problem';

export const PAGE_ROWS = 100;
const PAGES_KEPT = 48;
const AT_ONCE = 3;

/** One page of the list, and how long the list is. */
export interface Page<Row> {
  rows: Row[];
  matching: number;
  total: number;
  /** What the rows leave open. */
  caveat?: string | null;
}

export type ReadPage<Row> = (offset: number, limit: number) => Promise<Page<Row>>;

export class Pages<Row> {
  /** Rows that match; `null` before the first answer. */
  matching = $state<number | null>(null);
  total = $state(0);
  caveat = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  #pages = new SvelteMap<number, Row[]>();
  #read: ReadPage<Row> | null = null;
  #turn = 0;
  // Nothing on the screen depends on it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  #running = new Set<number>();
  #wanted: [number, number] = [0, 0];

  /** The row at an index, where its page is here. */
  row(index: number): Row | null {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS] ?? null;
  }

  /** Starts over with another query, or with the same one over changed data. The old rows stay until an answer is here. */
  async start(read: ReadPage<Row>): Promise<void> {
    this.#read = read;
    const turn = ++this.#turn;
    this.#running.clear();
    const page = this.#wanted[0];
    try {
      let answer = await read(page * PAGE_ROWS, PAGE_ROWS);
      let at = page;
      if (answer.rows.length === 0 && page > 0) {
        // The new result is shorter than what was looked at: it is shown from its beginning.
        at = 0;
        answer = await read(0, PAGE_ROWS);
      }
      if (turn !== this.#turn) return;
      this.#pages.clear();
      this.#take(at, answer);
      this.problem = null;
      this.#pump();
    } catch (raised) {
      if (turn === this.#turn) this.problem = toProblem(raised);
    }
  }

  /** Makes sure that the rows between two indexes are or will be here. */
  want(first: number, last: number): void {
    this.#wanted = [Math.floor(Math.max(0, first) / PAGE_ROWS), Math.floor(Math.max(0, last) / PAGE_ROWS)];
    this.#pump();
  }

  /** Fetches what is missing of the latest wish: scrolling past a page does not queue it. */
  #pump(): void {
    if (this.#read === null || this.matching === null) return;
    for (let page = this.#wanted[0]; page <= this.#wanted[1]; page++) {
      if (this.#running.size >= AT_ONCE) return;
      if (!this.#pages.has(page) && !this.#running.has(page) && page * PAGE_ROWS < this.matching) {
        void this.#fetch(page, this.#read);
      }
    }
  }

  async #fetch(page: number, read: ReadPage<Row>): Promise<void> {
    const turn = this.#turn;
    this.#running.add(page);
    try {
      const answer = await read(page * PAGE_ROWS, PAGE_ROWS);
      if (turn !== this.#turn) return;
      this.#take(page, answer);
      this.#forget();
    } catch (raised) {
      if (turn !== this.#turn) return;
      this.problem = toProblem(raised);
    }
    this.#running.delete(page);
    if (this.problem === null) this.#pump();
  }

  #take(page: number, answer: Page<Row>): void {
    this.#pages.set(page, answer.rows);
    this.matching = answer.matching;
    this.total = answer.total;
    this.caveat = answer.caveat ?? null;
  }

  #forget(): void {
    if (this.#pages.size <= PAGES_KEPT) return;
    const middle = (this.#wanted[0] + this.#wanted[1]) / 2;
    const farthest = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of farthest.slice(0, this.#pages.size - PAGES_KEPT)) this.#pages.delete(page);
  }
}

/** The pages of the roster. */
export class RosterPages extends Pages<RosterRow> {}
