// Empty forms, and forms read back from a kept draft.

import type { FeeForm } from '../../ipc/gen/FeeForm';
import type { InvoiceForm } from '../../ipc/gen/InvoiceForm';
import type { LicenseDetails } from '../../ipc/gen/LicenseDetails';
import type { PurchaseForm } from '../../ipc/gen/PurchaseForm';

export function emptyForm(): PurchaseForm {
  return {
    license_type: '',
    name: '',
    po: '',
    quantity: '',
    unlimited: false,
    cost: '',
    per: 'unit',
    currency: '',
    every: 'year',
    from: '',
    until: '',
    proration: 'none',
    auto_renews: false,
    notice_days: '',
    note: '',
    shape: '',
    tiers: '',
    included: '',
    extra: '',
    packs: '',
    discounts: '',
    tax: '',
    minimum_payment: '',
    minimum_term: '',
    overage: '',
    true_up: '',
    overage_proration: '',
    uplift: '',
    cap: '',
    renewal_seats: '',
    once: '',
    pays_for: '',
    fallback: false,
    owner: '',
    reminder: '',
    documents: '',
  };
}

/** A new purchase of a type (else of the one that most needs a price), in the currency in use. */
export function formFor(details: LicenseDetails, licenseType?: string): PurchaseForm {
  const types = details.license_types;
  const needy =
    types.find(({ warning, billable }) => warning !== null && billable) ??
    types.find(({ billable }) => billable);
  return {
    ...emptyForm(),
    license_type: licenseType ?? (needy ?? types[0])?.license_type ?? '',
    currency: details.currencies[0]?.code ?? '',
  };
}

export function emptyFee(currency: string): FeeForm {
  return {
    name: '',
    amount: '',
    currency,
    every: 'once',
    from: '',
    until: '',
    proration: 'none',
    in_annual_spend: true,
    in_cost_per_account: true,
    note: '',
  };
}

export function emptyInvoice(purchase: number | null): InvoiceForm {
  return { number: '', day: '', amount: '', currency: '', from: '', until: '', purchase };
}

/** What of `kept` fits `like`, in its order; a draft that another version wrote loses no more than it must. */
export function readBack<F extends object>(like: F, kept: unknown): F {
  const found = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  const fields = Object.entries(like).map(([name, usual]) => {
    const value = found[name];
    const fits = typeof value === typeof usual || (usual === null && typeof value === 'number');
    return [name, fits ? value : usual] as const;
  });
  return Object.fromEntries(fields) as F;
}
