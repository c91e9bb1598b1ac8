import type { Choice } from '../../parts/Select.svelte';
import { counted } from '../../format';

const OFFERED = [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168];
const NAMED: Record<number, string> = { 1: 'Every hour', 24: 'Every day', 168: 'Every week' };

export const NEVER = '';

const words = (hours: number) => NAMED[hours] ?? `Every ${counted(hours, 'hour')}`;

/** What can be chosen; an interval that was set on the command line is among it. */
export function scheduleChoices(current: number | null): Choice[] {
  const hours =
    current === null || OFFERED.includes(current) ? OFFERED : [...OFFERED, current].sort((a, b) => a - b);
  return [
    { value: NEVER, label: 'Never' },
    ...hours.map((each) => ({ value: String(each), label: words(each) })),
  ];
}

/** The hours of a choice; `null` for never. */
export function hoursOf(choice: string): number | null {
  return choice === NEVER ? null : Number(choice);
}
