// Who uses what they hold, in words that stay the same on every screen.
import type { ActivityPreview } from '../../ipc/gen/ActivityPreview';
import { count, counted, date } from '../../format';
import type { Choice } from '../../parts/Select.svelte';

export const KINDS: Choice[] = [
  { value: '', label: 'Find out by its columns' },
  { value: 'list', label: 'A list of people' },
  { value: 'log', label: 'A log of events' },
];

const STATE_WORDS: Record<string, string> = {
  active: 'Active',
  inactive: 'Inactive',
  never: 'Never active',
  'not-monitored': 'Not monitored',
};

export const stateWord = (state: string) => STATE_WORDS[state] ?? state;

/** The day of a member's last activity, or which of the two ways in which there is none. */
export function lastActivity(day: string | null, state: string): string {
  if (day !== null) return date(day);
  return state === 'never' ? 'Never' : 'Not monitored';
}

/** "790 of 812 people are on the roster." */
export function outcome(preview: ActivityPreview): string {
  const people = preview.matched + preview.unmatched;
  if (preview.matched === 0) return 'Nobody of the file is on the roster: nothing can be imported.';
  if (people === 1) return 'The person of the file is on the roster.';
  const all = people === preview.matched ? 'All' : `${count(preview.matched)} of`;
  return `${all} ${count(people)} people of the file are on the roster.`;
}

/** What is not told, sentences. */
export function leftOpen(preview: ActivityPreview): string[] {
  const said: string[] = [];
  if (preview.not_in_file > 0)
    said.push(
      preview.kind === 'log'
        ? `${counted(preview.not_in_file, 'member is', 'members are')} not in the log: of them nothing is known, which is not never.`
        : `${counted(preview.not_in_file, 'member is', 'members are')} not in the list: not monitored.`,
    );
  if (preview.passed_over > 0)
    said.push(`${counted(preview.passed_over, 'row tells', 'rows tell')} no activity of a person.`);
  if (preview.refused > 0) said.push(`${counted(preview.refused, 'row is', 'rows are')} refused.`);
  if (preview.unmatched_names.length > 0) {
    const more = preview.unmatched - preview.unmatched_names.length;
    const names = preview.unmatched_names.join(', ');
    said.push(`Not on the roster: ${names}${more > 0 ? ` and ${count(more)} more` : ''}.`);
  }
  return said;
}
