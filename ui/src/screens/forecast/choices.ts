// What a what-if can change, in plain words; the rules are the backend's.

import type { PurchaseView } from '../../ipc/gen/PurchaseView';
import type { Choice } from '../../parts/Select.svelte';

export const KINDS: Choice[] = [
  { value: 'seats', label: 'More or fewer seats' },
  { value: 'price', label: 'Another price' },
  { value: 'frequency', label: 'Another payment frequency' },
  { value: 'currency', label: 'Another currency' },
  { value: 'downgrade', label: 'Members change license type' },
  { value: 'renewal-date', label: 'Another end date' },
];

/** The fields that count for a kind, in the order in which they stand. */
export const FIELDS: Partial<Record<string, readonly Field[]>> = {
  seats: ['purchase', 'seats', 'day'],
  price: ['purchase', 'cost', 'day'],
  frequency: ['purchase', 'every', 'cost', 'day'],
  currency: ['purchase', 'currency', 'cost', 'day'],
  downgrade: ['license_type', 'to', 'seats'],
  'renewal-date': ['purchase', 'day'],
};

export type Field = 'purchase' | 'license_type' | 'to' | 'seats' | 'cost' | 'every' | 'currency' | 'day';

export const RENEWING: Choice[] = [
  { value: 'automatic', label: 'Only what renews by itself' },
  { value: 'all', label: 'Every purchase' },
];

export const MONTHS: Choice[] = ['12', '24', '36', '60'].map((months) => ({
  value: months,
  label: `${months} months`,
}));

/** Purchases that can still change, by number as the backend calls them. */
export function purchaseChoices(purchases: readonly PurchaseView[], chosen: string): Choice[] {
  const open = purchases.filter(({ id, state }) => state !== 'ended' || String(id) === chosen);
  const choices = open.map(({ id, form, license_name }) => ({
    value: String(id),
    label: `${String(id)}: ${form.name || form.po || license_name}`,
  }));
  const known = chosen === '' || choices.some(({ value }) => value === chosen);
  // One that is gone is kept, so that it can be refused in words.
  const kept = known ? [] : [{ value: chosen, label: `Purchase ${chosen}` }];
  return [{ value: '', label: 'Choose a purchase' }, ...kept, ...choices];
}
