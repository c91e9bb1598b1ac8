// Whether there is anything to count.

import type { SpendView } from '../../ipc/gen/SpendView';

/** Whether anything was purchased at all. */
export function anyPurchase(spend: SpendView): boolean {
  return spend.by_license_type.some((type) => type.unlimited || (type.purchased ?? 0) > 0);
}
