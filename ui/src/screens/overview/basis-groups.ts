// Which bases of spend stand together, and what is said beside them.

import { date } from '../../format';
import type { Basis } from '../../ipc/gen/Basis';

/** Bases that answer one question. */
export interface BasisGroup {
  title: string;
  bases: Basis[];
}

const QUESTIONS: { title: string; keys: string[] }[] = [
  {
    title: 'What accounts cost',
    keys: ['billable-annual', 'used', 'idle', 'cost-per-billable', 'cost-per-active'],
  },
  {
    title: 'What contracts cost',
    keys: ['committed-annual', 'cost-per-employee', 'run-rate', 'tcv', 'acv', 'fees', 'tax'],
  },
  { title: 'What could be saved', keys: ['waste', 'waste-in-all', 'waste-now', 'waste-at-renewal'] },
];

/** Groups in the order of the questions; a basis that is new to this window stands last rather than nowhere. */
export function basisGroups(bases: readonly Basis[]): BasisGroup[] {
  const known = QUESTIONS.flatMap(({ keys }) => keys);
  const groups = QUESTIONS.map(({ title, keys }) => ({
    title,
    bases: bases.filter(({ key }) => keys.includes(key)),
  }));
  groups.push({ title: 'Other', bases: bases.filter(({ key }) => !known.includes(key)) });
  return groups.filter((group) => group.bases.length > 0);
}

/** Bases that rest on last activity: what they leave open is said beside them, never behind a mark alone. */
const RESTING = ['used', 'idle', 'waste-in-all', 'waste-now', 'waste-at-renewal'];

/** What a basis leaves open, when waste can be realised, and by when notice must be given for it. */
export function basisNote({ key, figure, from, notice_by }: Basis): string | null {
  const when = [
    from === null ? '' : `from ${date(from)}`,
    notice_by === null ? '' : `notice by ${date(notice_by)}`,
  ].filter((part) => part !== '');
  const open = RESTING.includes(key) && figure.value !== null ? (figure.caveat ?? '') : '';
  const parts = [when.join(', '), open].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join('. ');
}

/** Why figures are missing, each reason once, with what it blocks. */
export function blocked(bases: readonly Basis[]): { reason: string; labels: string[] }[] {
  const reasons: { reason: string; labels: string[] }[] = [];
  for (const { figure, label } of bases) {
    if (figure.value !== null || figure.caveat === null) continue;
    const known = reasons.find(({ reason }) => reason === figure.caveat);
    if (known) known.labels.push(label);
    else reasons.push({ reason: figure.caveat, labels: [label] });
  }
  return reasons;
}
