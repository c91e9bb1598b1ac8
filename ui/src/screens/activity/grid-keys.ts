// Where a key moves the focus in the grid. Row -1 is the header.

export interface Cell {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
  /** Rows that fit on the screen. */
  page: number;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** The next cell, or `null` for a key that does not move. */
export function moved(from: Cell, key: string, ctrl: boolean, size: GridSize): Cell | null {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const to = (row: number, column: number): Cell => ({
    row: clamp(row, -1, lastRow),
    column: clamp(column, 0, lastColumn),
  });
  switch (key) {
    case 'ArrowDown':
      return to(from.row + 1, from.column);
    case 'ArrowUp':
      return to(from.row - 1, from.column);
    case 'ArrowRight':
      return to(from.row, from.column + 1);
    case 'ArrowLeft':
      return to(from.row, from.column - 1);
    case 'PageDown':
      return to(from.row + size.page, from.column);
    case 'PageUp':
      return to(Math.max(0, from.row - size.page), from.column);
    case 'Home':
      return ctrl ? to(0, 0) : to(from.row, 0);
    case 'End':
      return ctrl ? to(lastRow, lastColumn) : to(from.row, lastColumn);
    default:
      return null;
  }
}
