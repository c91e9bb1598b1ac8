// License Details across restarts: everything on a desk is one text. Never a token: none is typed here.

import { keeper, type Keeper } from '../../state/keeper';
import { Typed } from '../../state/typed.svelte';
import { Draft, Priced, type Desk, type Reason } from './draft.svelte';
import { emptyFee, emptyForm, emptyInvoice, readBack } from './forms';

/** The key of an app's drafts. */
export const DRAFT_KEY = 'license-details';
const VERSION = 1;

interface Kept {
  key: string;
  id: number | null;
  form: unknown;
  start: unknown;
  newType?: unknown;
  reason?: unknown;
  on?: unknown;
}

interface Body {
  version: number;
  purchases: Kept[];
  fees: Kept[];
  invoices: Kept[];
}

/** Everything unsaved as text; `null` when there is nothing. */
export function bodyOf(desk: Desk): string | null {
  const purchases = kept(desk.drafts, ({ newType, reason, on }) => ({ newType, reason, on }));
  const fees = kept(desk.fees, ({ reason, on }) => ({ reason, on }));
  const invoices = kept(desk.invoices, () => ({}));
  if (purchases.length + fees.length + invoices.length === 0) return null;
  return JSON.stringify({ version: VERSION, purchases, fees, invoices } satisfies Body);
}

function kept<T extends Pick<Typed<object>, 'id' | 'form' | 'start' | 'changed'>>(
  drafts: ReadonlyMap<string, T>,
  more: (draft: T) => object,
): Kept[] {
  const changed = [...drafts].filter(([, draft]) => draft.changed);
  return changed.map(([key, draft]) => {
    const { id, form, start } = draft;
    return { key, id, form: { ...form }, start, ...more(draft) };
  });
}

/** Puts kept drafts on the desk; what was typed since the window opened goes before them. */
export function restore(desk: Desk, body: string): void {
  const found = parse(body);
  for (const each of found.purchases) {
    if (desk.drafts.has(each.key)) continue;
    const draft = new Draft(each.id, readBack(emptyForm(), each.form), readBack(emptyForm(), each.start));
    draft.newType = each.newType === true;
    why(draft, each);
    desk.drafts.set(each.key, draft);
  }
  for (const each of found.fees) {
    const [form, start] = [readBack(emptyFee(''), each.form), readBack(emptyFee(''), each.start)];
    if (desk.fees.has(each.key)) continue;
    const draft = new Priced(each.id, form, start);
    why(draft, each);
    desk.fees.set(each.key, draft);
  }
  for (const each of found.invoices) {
    const [form, start] = [readBack(emptyInvoice(null), each.form), readBack(emptyInvoice(null), each.start)];
    if (!desk.invoices.has(each.key)) desk.invoices.set(each.key, new Typed(each.id, form, start));
  }
}

function why(draft: { reason: Reason; on: string }, { reason, on }: Kept) {
  draft.reason = isReason(reason) ? reason : '';
  draft.on = typeof on === 'string' ? on : '';
}

function isReason(value: unknown): value is Reason {
  return value === 'correction' || value === 'price-change';
}

function parse(body: string): Body {
  const none: Body = { version: VERSION, purchases: [], fees: [], invoices: [] };
  let found: unknown;
  try {
    found = JSON.parse(body);
  } catch {
    return none;
  }
  if (typeof found !== 'object' || found === null) return none;
  const { purchases, fees, invoices } = found as Record<string, unknown>;
  return {
    version: VERSION,
    purchases: entries(purchases),
    fees: entries(fees),
    invoices: entries(invoices),
  };
}

function entries(list: unknown): Kept[] {
  return Array.isArray(list) ? list.filter(isKept) : [];
}

function isKept(entry: unknown): entry is Kept {
  if (typeof entry !== 'object' || entry === null) return false;
  const { key, id } = entry as Record<string, unknown>;
  return typeof key === 'string' && (id === null || typeof id === 'number');
}

/** The keeper of an app's desk, the same one for as long as the window lives. */
export function keeperOf(app: string, desk: Desk): Keeper {
  return keeper(app, DRAFT_KEY, { body: () => bodyOf(desk), restore: (body) => restore(desk, body) });
}
