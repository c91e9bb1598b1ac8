// How many of the users who were looked at fall under each license type, while the mapping is edited.
import type { LicenseSuggestion } from '../../ipc/gen/LicenseSuggestion';
import type { MappingDraft } from './draft.svelte';

export interface Tally {
  types: { name: string; members: number }[];
  /** Users who would have no license type. */
  without: number;
  /** Values that are not listed, by the number of their users. */
  unlisted: number;
}

/** `null` where users have several values: then only reading everyone can tell which of them counts. */
export function tally(suggestion: LicenseSuggestion, draft: MappingDraft): Tally | null {
  const listed = suggestion.values.reduce((sum, { members }) => sum + members, 0);
  if (listed > suggestion.with_value) return null;
  const counts = new Map<string, number>();
  let silent = 0;
  const choices = draft.choices;
  for (const { value, members } of suggestion.values) {
    const type = choices.find((choice) => choice.seen === value)?.license_type ?? null;
    if (type === null) silent += members;
    else counts.set(type, (counts.get(type) ?? 0) + members);
  }
  return {
    types: [...counts].map(([name, members]) => ({ name, members })),
    without: silent + (suggestion.of - suggestion.with_value),
    unlisted: suggestion.with_value - listed,
  };
}
