// How the counted figures came about, in the same shape as the reasons of amounts.

import { overAssigned } from '../../charts/seat-bar';
import { count, counted } from '../../format';
import type { Explanation } from '../../ipc/gen/Explanation';
import type { SpendView } from '../../ipc/gen/SpendView';
import type { TypeSpend } from '../../ipc/gen/TypeSpend';

function step(
  label: string,
  result: string,
  rule: string,
  arithmetic: string,
  parts: Explanation[] = [],
): Explanation {
  return { label, result, rule, arithmetic, purchase: null, parts };
}

/** Who is billable. */
export function billableReason(spend: SpendView): Explanation {
  const parts = spend.by_license_type.map((type) =>
    type.billable
      ? step(type.name, count(type.billable_accounts), '', accountsOf(type))
      : step(type.name, '0', '', `${counted(type.assigned, 'member')}; the license type is not billable`),
  );
  const rule = spend.deactivated_billable
    ? 'An account is billable when its license type is billable, whether the member is active or deactivated: so the contract charges.'
    : 'An account is billable when its license type is billable and the member is active.';
  return step('Billable accounts', count(spend.billable_accounts), rule, '', parts);
}

function accountsOf(type: TypeSpend): string {
  const idle = type.assigned - type.billable_accounts;
  const held = counted(type.assigned, 'member');
  return idle > 0 ? `${held}, of them ${count(idle)} deactivated` : held;
}

/** Seats that were purchased and nobody holds; `null` when no billable type has a limit. */
export function unassignedSeats(spend: SpendView): number | null {
  const known = spend.by_license_type.filter((type) => type.billable && type.unassigned !== null);
  return known.length === 0 ? null : known.reduce((sum, type) => sum + (type.unassigned ?? 0), 0);
}

/** Where they are. */
export function unassignedReason(spend: SpendView): Explanation {
  const types = spend.by_license_type.filter((type) => type.billable);
  const parts = types.map((type) =>
    type.unassigned === null
      ? step(type.name, 'no limit', '', 'The seats are unlimited.')
      : step(type.name, count(type.unassigned), '', seatsOf(type)),
  );
  const seats = unassignedSeats(spend);
  const rule =
    'Purchased seats less the members who hold them, for each billable license type by itself, never below 0.';
  return step('Unassigned seats', seats === null ? 'no limit' : count(seats), rule, '', parts);
}

function seatsOf(type: TypeSpend): string {
  const bought = type.purchased ?? 0;
  const held = `${count(bought)} purchased, ${count(type.assigned)} assigned`;
  return overAssigned(type) > 0 ? `${held}: ${count(overAssigned(type))} over-assigned` : held;
}

/** Whether anything was purchased at all. */
export function anyPurchase(spend: SpendView): boolean {
  return spend.by_license_type.some((type) => type.unlimited || (type.purchased ?? 0) > 0);
}

/** A sum over types, `null` where one of them has no limit. */
export function sumOf(types: readonly TypeSpend[], part: (type: TypeSpend) => number | null): number | null {
  let sum = 0;
  for (const type of types) {
    const value = part(type);
    if (value === null) return null;
    sum += value;
  }
  return sum;
}
