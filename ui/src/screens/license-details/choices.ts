// The fixed choices of the purchase form, in plain words.

import type { CurrencyChoice } from '../../ipc/gen/CurrencyChoice';
import type { LicenseTypeView } from '../../ipc/gen/LicenseTypeView';
import type { Choice } from '../../parts/Select.svelte';

export const FREQUENCIES: Choice[] = [
  { value: 'once', label: 'Once' },
  { value: 'month', label: 'Monthly' },
  { value: 'quarter', label: 'Quarterly' },
  { value: '6months', label: 'Every 6 months' },
  { value: 'year', label: 'Yearly' },
  { value: '18months', label: 'Every 18 months' },
  { value: '2years', label: 'Every 2 years' },
  { value: '3years', label: 'Every 3 years' },
];

export const PRORATIONS: Choice[] = [
  { value: 'none', label: 'Charged in full' },
  { value: 'daily', label: 'Charged by the day' },
  { value: 'whole-month-up', label: 'By whole months, rounded up' },
  { value: 'whole-month-down', label: 'By whole months, rounded down' },
];

export const PER: Choice[] = [
  { value: 'unit', label: 'Per seat' },
  { value: 'lot', label: 'For all seats' },
];

export const SHAPES: Choice[] = [
  { value: '', label: 'One price' },
  { value: 'graduated', label: 'Graduated tiers' },
  { value: 'volume', label: 'Volume tiers' },
  { value: 'base-fee', label: 'Base fee' },
];

export const DISCOUNTS: Choice[] = [
  { value: 'rest', label: '% of what is left' },
  { value: 'list', label: '% of the list price' },
  { value: 'amount', label: 'Amount' },
];

export const OVERAGES: Choice[] = [
  { value: '', label: 'Not agreed' },
  { value: 'contract', label: 'At the price above' },
  { value: 'own', label: 'At another price' },
];

export const ONCES: Choice[] = [
  { value: '', label: 'Over its term' },
  { value: 'date', label: 'Not spread: its date only' },
  { value: 'life', label: 'Over a number of months' },
];

/** The numbers in which Lucid sells seats. */
export const LUCID_LADDER = '3, 5, 10, then +10';

/** Stands for "a type that is not in the list". */
export const NEW_TYPE = '\u0000new';

export function typeChoices(types: readonly LicenseTypeView[]): Choice[] {
  return [
    ...types.map(({ license_type, name }) => ({ value: license_type, label: name })),
    { value: NEW_TYPE, label: 'Another license type…' },
  ];
}

/** As the backend orders them: those in use first. One that it does not know is kept, so that it can be refused in words. */
export function currencyChoices(known: readonly CurrencyChoice[], chosen: string): Choice[] {
  const choices = known.map(({ code, name }) => ({ value: code, label: `${code} – ${name}` }));
  return chosen === '' || known.some(({ code }) => code === chosen)
    ? choices
    : [{ value: chosen, label: chosen }, ...choices];
}

export function frequencyWords(every: string): string {
  return FREQUENCIES.find(({ value }) => value === every)?.label.toLowerCase() ?? every;
}
