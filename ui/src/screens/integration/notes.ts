import type { GroupsView } from '../../ipc/gen/GroupsView';
import type { MappingRow } from '../../ipc/gen/MappingRow';

/** The rows with the notes of an earlier answer about the same list. */
export function withNotes({ read, rows }: GroupsView, noted: GroupsView | null): MappingRow[] {
  if (noted === null || noted.read !== read) return rows;
  const notes = new Map(noted.rows.map((row) => [row.seen, row.note]));
  return rows.map((row) => (row.note === '' ? { ...row, note: notes.get(row.seen) ?? '' } : row));
}
