import { counted } from '../../format';
import type { PurchaseView } from '../../ipc/gen/PurchaseView';
import { lines } from './rows';

/** The purchases of one license type. */
export interface PurchaseGroup {
  key: string;
  name: string;
  purchases: PurchaseView[];
}

/** Groups that keep the order they arrive in. */
export function byLicenseType(purchases: readonly PurchaseView[]): PurchaseGroup[] {
  const groups = new Map<string, PurchaseGroup>();
  for (const purchase of purchases) {
    const key = purchase.form.license_type;
    const group = groups.get(key) ?? { key, name: purchase.license_name, purchases: [] };
    group.purchases.push(purchase);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** "per seat, monthly", "for all seats, yearly". */
export function priceWords(per: string, every: string): string {
  return `${per === 'lot' ? 'for all seats' : 'per seat'}, ${every}`;
}

/** What a purchase is called in a list. */
export function purchaseName({ form, license_name }: PurchaseView): string {
  return form.name || form.po || license_name;
}

/** The same where another one may be called so too: "Enterprise, PO-4471". */
export function purchaseFullName({ form, license_name }: PurchaseView): string {
  return [form.name, form.po].filter((part) => part !== '').join(', ') || license_name;
}

/** Who is responsible, and how many documents there are: "Mira Okafor, 2 documents". */
export function paperWords({ owner, documents }: PurchaseView['form']): string {
  const known = lines(documents).length;
  return [owner, known === 0 ? '' : counted(known, 'document')].filter((part) => part !== '').join(', ');
}
