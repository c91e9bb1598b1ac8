// What was changed in the Integration tab and not saved yet. It outlives the screen: it lives as long as the window.
// Keys and tokens are deliberately absent: they live in their fields only.
import { SvelteMap } from 'svelte/reactivity';
import type { FieldProblem } from '../../ipc/gen/FieldProblem';
import type { IntegrationView } from '../../ipc/gen/IntegrationView';
import type { LimitsView } from '../../ipc/gen/LimitsView';
import { fromView, MappingDraft } from '../mapping/draft.svelte';

/** The limits as typed. */
export type LimitsForm = Omit<LimitsView, 'usual_requests_per_minute'>;

const NO_LIMITS: LimitsForm = {
  requests_per_minute: '',
  pages_in_flight: '',
  authority: '',
  drop_percent: '',
};

function formOf(limits: LimitsView): LimitsForm {
  const { requests_per_minute, pages_in_flight, authority, drop_percent } = limits;
  return { requests_per_minute, pages_in_flight, authority, drop_percent };
}

export class IntegrationDesk {
  /** The attribute path as typed. */
  path = $state('');
  limits: LimitsForm = $state({ ...NO_LIMITS });
  /** Why the limits were refused. */
  problems: FieldProblem[] = $state.raw([]);
  /** The address of the second interface as typed; `null` while it is the one in use. */
  restBase: string | null = $state(null);
  readonly groups = new MappingDraft([]);
  readonly subscriptions = new MappingDraft([]);
  /** Values belong to the attribute that they were seen at. */
  readonly #values = new SvelteMap<string, MappingDraft>();
  #savedPath = $state('');
  #savedLimits: LimitsForm = $state.raw(NO_LIMITS);

  /** The values of the attribute whose path is in the field. */
  get values(): MappingDraft | null {
    return this.#values.get(this.path.trim()) ?? null;
  }

  get pathChanged(): boolean {
    return this.path.trim() !== this.#savedPath;
  }

  get valuesChanged(): boolean {
    return this.pathChanged || this.values?.changed === true;
  }

  get limitsChanged(): boolean {
    return JSON.stringify(this.limits) !== JSON.stringify(this.#savedLimits);
  }

  get changed(): boolean {
    return this.valuesChanged || this.limitsChanged || this.groups.changed || this.subscriptions.changed;
  }

  problemOf(field: keyof LimitsForm): string | null {
    return this.problems.find((problem) => problem.field === field)?.message ?? null;
  }

  /** Takes what is stored now; what was typed and not saved stays. */
  follow(view: IntegrationView): void {
    const path = view.license_from ?? '';
    if (!this.pathChanged) this.path = path;
    this.#savedPath = path;
    const values = this.#values.get(path);
    if (values === undefined) this.#values.set(path, fromView(view.values));
    else values.follow(view.values);
    this.groups.follow(view.groups.rows);
    this.subscriptions.follow(view.rest.rows);
    if (!this.limitsChanged) this.limits = formOf(view.limits);
    this.#savedLimits = formOf(view.limits);
  }

  discardGroups(view: IntegrationView): void {
    this.groups.restart(view.groups.rows);
  }

  /** Makes room for values of the path in the field. */
  typedPath(): void {
    const path = this.path.trim();
    if (!this.#values.has(path)) this.#values.set(path, new MappingDraft([]));
  }

  discardValues(view: IntegrationView): void {
    this.path = this.#savedPath;
    this.#values.set(this.#savedPath, fromView(view.values));
  }

  discardLimits(): void {
    this.limits = { ...this.#savedLimits };
    this.problems = [];
  }
}

const desks: Partial<Record<string, IntegrationDesk>> = {};

/** The desk of an app, the same one for as long as the window lives. */
export function integrationDesk(app: string): IntegrationDesk {
  return (desks[app] ??= new IntegrationDesk());
}
