// What a chart says in words: the line under it, and its table.

/** How an entry's mark looks: not by color alone. */
export type Mark = 'area' | 'dash' | 'line' | 'outline' | 'dot';

/** One named value under the cursor. */
export interface Entry {
  label: string;
  value: string;
  mark: Mark;
  tone: string;
}

/** The values at one place of a chart. */
export interface Reading {
  when: string;
  entries: Entry[];
  /** Said instead of values ("no readings"). */
  note?: string;
}

/** The same numbers as the drawing, all of them. */
export interface ChartTable {
  /** Heading of the first column. */
  head: string;
  columns: string[];
  rows: { head: string; cells: string[] }[];
}
