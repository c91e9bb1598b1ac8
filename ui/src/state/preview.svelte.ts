// Asks the backend what a form means, a moment after the last keystroke; an overtaken answer is dropped.

import { toProblem, type Problem } from '../ipc/problem';

const PAUSE_MS = 80;

export class Preview<V> {
  value: V | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #waiting: (() => Promise<void>) | null = null;
  #reading: Promise<void> | null = null;
  readonly #heard: (preview: V) => void;

  constructor(heard: (preview: V) => void = () => undefined) {
    this.#heard = heard;
  }

  /** Asks soon. */
  ask(question: () => Promise<V>): void {
    const turn = ++this.#turn;
    this.#waiting = () => this.#read(turn, question);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), PAUSE_MS);
  }

  /** Asks at once what was to be asked soon; done when what was asked last is answered. */
  async now(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#timer = null;
    this.#waiting = null;
    if (waiting !== null) this.#reading = waiting();
    await this.#reading;
  }

  /** Drops everything that is still to come. */
  stop(): void {
    this.#turn++;
    this.#waiting = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #read(turn: number, question: () => Promise<V>): Promise<void> {
    try {
      const value = await question();
      if (turn !== this.#turn) return;
      this.value = value;
      this.problem = null;
      this.#heard(value);
    } catch (raised) {
      if (turn === this.#turn) this.problem = toProblem(raised);
    }
  }
}
