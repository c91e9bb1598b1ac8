// What the conditions of a purchase are in a few words, as typed: nothing is computed here.

import { counted } from '../../format';
import type { PurchaseForm } from '../../ipc/gen/PurchaseForm';
import { SHAPES } from './choices';
import { lines } from './rows';

/** The fields behind *More conditions*. */
export const CONDITIONS = [
  'shape',
  'tiers',
  'included',
  'extra',
  'packs',
  'discounts',
  'minimum_payment',
  'minimum_term',
  'overage',
  'true_up',
  'overage_proration',
  'tax',
  'uplift',
  'cap',
  'renewal_seats',
  'once',
  'pays_for',
  'fallback',
] as const satisfies readonly (keyof PurchaseForm)[];

export function isCondition(field: string): boolean {
  return CONDITIONS.some((each) => each === field);
}

export function isTiered(form: PurchaseForm): boolean {
  return form.shape === 'graduated' || form.shape === 'volume';
}

/** "3 graduated tiers", "10% partner, then 5% of list", "tax 19%"; nothing for a plain purchase. */
export function conditionWords(form: PurchaseForm): string[] {
  const said = (text: string, words: (text: string) => string) =>
    text.trim() === '' ? [] : [words(text.trim())];
  return [
    ...shapeWords(form),
    ...said(form.packs, (packs) => `packs of ${packs}`),
    ...said(lines(form.discounts).join(', then '), (offs) => `less ${offs}`),
    ...said(form.minimum_payment, (amount) => `at least ${amount} a payment`),
    ...said(form.minimum_term, (amount) => `at least ${amount} a term`),
    ...said(
      form.overage,
      (price) => `seats beyond at ${price === 'contract' ? 'the contract’s price' : price}`,
    ),
    ...said(form.true_up, (day) => `true-up on ${day}`),
    ...said(form.tax, (tax) => `tax ${percent(tax)}`),
    ...said(form.uplift, (uplift) => `uplift ${percent(uplift)}`),
    ...said(form.cap, (cap) => `cap ${percent(cap)}`),
    ...said(form.renewal_seats, (seats) => `${seats} seats at renewal`),
    ...said(form.once, onceWords),
    ...paysForWords(form),
  ];
}

function shapeWords(form: PurchaseForm): string[] {
  if (form.shape === 'base-fee') return ['base fee'];
  if (!isTiered(form)) return [];
  return [counted(lines(form.tiers).length, `${form.shape} tier`)];
}

function onceWords(once: string): string {
  if (once === 'date') return 'not spread';
  return once === 'term' ? 'spread over its term' : `spread over ${once}`;
}

function paysForWords(form: PurchaseForm): string[] {
  const rules = lines(form.pays_for).length;
  const ruled = rules === 0 ? [] : [`pays for ${counted(rules, 'rule')}`];
  return form.fallback ? [...ruled, 'pays for everyone else'] : ruled;
}

/** With its sign, which may be left out. */
function percent(text: string): string {
  return text.endsWith('%') ? text : `${text}%`;
}

export function shapeName(shape: string): string {
  return SHAPES.find(({ value }) => value === shape)?.label ?? shape;
}
