// Reads something from the backend and reads it again when the stored data changed. The old value stays on the
// screen meanwhile: reads are local and quick, nothing flickers.
import { toProblem, type Problem } from '../ipc/problem';
import { revision } from './revision.svelte';

export class Query<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Whether the first answer is still awaited. */
  waiting = $state(true);
  #read: () => Promise<T>;
  #turn = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Reads again; an answer that was overtaken by a later read is dropped. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const value = await this.#read();
      if (turn !== this.#turn) return;
      this.value = value;
      this.problem = null;
    } catch (raised) {
      if (turn !== this.#turn) return;
      this.problem = toProblem(raised);
    }
    this.waiting = false;
  }

  /** Puts a value in place that a command has just returned. */
  set(value: T): void {
    this.#turn++;
    this.value = value;
    this.problem = null;
    this.waiting = false;
  }
}

/** A query that reads now, whenever `read`'s reactive inputs change, and whenever the stored data changed. */
export function query<T>(read: () => Promise<T>): Query<T> {
  const made = new Query(read);
  $effect(() => {
    void revision.current;
    void made.refresh();
  });
  return made;
}
