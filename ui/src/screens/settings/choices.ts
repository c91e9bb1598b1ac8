import type { Choice } from '../../parts/Select.svelte';

/** The engine's own list with the chosen value, which it may not know. */
function withCurrent(values: string[], current: string): string[] {
  return values.includes(current) ? values : [current, ...values];
}

export function zoneChoices(current: string): Choice[] {
  const zones = withCurrent(
    ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')],
    current,
  );
  return zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}

const COMMON = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'CAD', 'AUD'];

export function currencyChoices(current: string): Choice[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  const codes = withCurrent([...new Set([...COMMON, ...Intl.supportedValuesOf('currency')])], current);
  return codes.map((code) => ({ value: code, label: `${code}  ${names.of(code) ?? ''}` }));
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** The months by their number, from 1. */
export function monthChoices(): Choice[] {
  return MONTHS.map((label, at) => ({ value: String(at + 1), label }));
}
