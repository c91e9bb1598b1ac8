// Which currencies need a rate. Whether a rate is near enough to a day is for the backend to say.

import { call } from '../../ipc/call';
import type { RateForm } from '../../ipc/gen/RateForm';
import type { RatesView } from '../../ipc/gen/RatesView';

export function emptyRate(): RateForm {
  return { from: '', to: '', day: '', rate: '', source: '' };
}

/** The currencies of every app's purchases and fees. */
export async function usedCurrencies(): Promise<string[]> {
  const apps = await call('apps_list', null);
  const found = apps.map(async ({ app }) => {
    const [{ purchases }, { fees }] = await Promise.all([
      call('license_details', { app }),
      call('fees', { app }),
    ]);
    return [...purchases, ...fees].map(({ form }) => form.currency);
  });
  return [...new Set((await Promise.all(found)).flat())].sort();
}

/** Currencies in use without any rate to the base currency, in either direction. */
export function unrated(used: readonly string[], { base, rates }: RatesView): string[] {
  const rated = new Set(
    rates.flatMap(({ form }) => (form.to === base ? [form.from] : form.from === base ? [form.to] : [])),
  );
  return used.filter((code) => code !== base && !rated.has(code));
}
