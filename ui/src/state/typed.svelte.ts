// A form as typed and not saved yet, with what the backend says of it and when that may be shown.

import type { FieldProblem } from '../ipc/gen/FieldProblem';
import type { Problem } from '../ipc/problem';
import { leave, refuse, shown, type, UNTOUCHED, type Timing } from './timing';

/** The fields of a form that hold text. */
export type TextName<F> = { [N in keyof F]: F[N] extends string ? N : never }[keyof F] & string;

export class Typed<F extends object> {
  form: F = $state({} as F);
  /** What Save would refuse, as last heard. */
  problems: FieldProblem[] = $state.raw([]);
  /** Why the last Save could not be carried out at all. */
  failure: Problem | null = $state.raw(null);
  /** Whether it was typed earlier and brought back: that is said, since nobody remembers. */
  resumed = $state(false);
  #timing: Timing = $state.raw(UNTOUCHED);
  readonly #start: string;

  constructor(
    /** What is being edited; `null` for something new. */
    readonly id: number | null,
    form: F,
    /** What the form was before anything was typed, where that is not `form`. */
    readonly start: F = form,
  ) {
    this.form = { ...form };
    this.#start = JSON.stringify(start);
  }

  get changed(): boolean {
    return JSON.stringify(this.form) !== this.#start;
  }

  /** One text of the form. */
  get(field: TextName<F>): string {
    return String(this.form[field]);
  }

  put(field: TextName<F>, typed: string): void {
    Object.assign(this.form, { [field]: typed });
  }

  /** The problems that may be shown now. */
  get shown(): FieldProblem[] {
    return shown(this.#timing, this.problems);
  }

  get refused(): boolean {
    return this.#timing.refused;
  }

  problemOf(field: string): string | null {
    return this.shown.find((problem) => problem.field === field)?.message ?? null;
  }

  leave(field: string, content: string): void {
    this.#timing = leave(this.#timing, field, content);
  }

  type(field: string): void {
    this.#timing = type(this.#timing, field, this.problems);
  }

  refuse(problems: FieldProblem[]): void {
    this.problems = problems;
    this.#timing = refuse(this.#timing);
  }
}
