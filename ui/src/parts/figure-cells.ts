// What a table of explained amounts shows.

import type { Money } from '../ipc/gen/Money';

export interface CellColumn {
  key: string;
  name: string;
  /** The color of its series, where it is drawn. */
  tone?: string;
  outline?: boolean;
}

export interface CellRow {
  key: string;
  name: string;
  title?: string;
  cells: (Money | null)[];
}
