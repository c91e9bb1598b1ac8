// Which rows of a long list are on the screen. Every row is as high as every other, so that nothing has to be measured
// and a list of a million costs what a list of a hundred does.

export interface RowWindow {
  rows: VirtualRow[];
  /** Height of all rows. */
  height: number;
}

export interface VirtualRow {
  key: number;
  index: number;
  /** Where it stands, from the top of all rows. */
  start: number;
}

export interface Look {
  count: number;
  rowHeight: number;
  /** How far the list is scrolled. */
  offset: number;
  /** Height in which rows are seen. */
  view: number;
  /** A row that stays mounted however far it is scrolled away: the one in focus. */
  pinned: number;
}

/** No engine places anything lower than about 33 million pixels: a longer list scrolls faster than its rows. */
const TALLEST = 30_000_000;
/** Rows beyond the edges, so that a turn of the wheel shows no gap. */
const BEYOND = 6;

/** How far the rows have moved when the list is scrolled so far. */
function passed({ count, rowHeight, offset, view }: Look): number {
  const whole = count * rowHeight;
  return whole <= TALLEST ? offset : (offset * (whole - view)) / (TALLEST - view);
}

/** The opposite: how far the list is scrolled when its rows have moved so far. */
function scrolled(from: number, { count, rowHeight, view }: Look): number {
  const whole = count * rowHeight;
  return whole <= TALLEST ? from : (from * (TALLEST - view)) / (whole - view);
}

export function rowWindow(look: Look): RowWindow {
  const { count, rowHeight, view, pinned } = look;
  const from = passed(look);
  const shift = look.offset - from;
  const first = Math.max(0, Math.floor(from / rowHeight) - BEYOND);
  const last = Math.min(count, Math.ceil((from + view) / rowHeight) + BEYOND);
  const row = (index: number): VirtualRow => ({ key: index, index, start: index * rowHeight + shift });
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, at) => row(first + at));
  if (pinned >= 0 && pinned < Math.min(first, count)) rows.unshift(row(pinned));
  else if (pinned >= last && pinned < count) rows.push(row(pinned));
  return { rows, height: Math.min(count * rowHeight, TALLEST) };
}

/** How far to scroll so that a row is seen whole: no farther than needed. */
export function offsetFor(index: number, look: Look): number {
  const { rowHeight, offset, view } = look;
  const from = passed(look);
  const start = index * rowHeight;
  const wanted = start < from ? start : Math.max(from, start + rowHeight - view);
  return wanted === from ? offset : scrolled(wanted, look);
}

/** Where the list must be scrolled to for the same rows to be seen when each is so high. */
export function offsetWith(rowHeight: number, look: Look): number {
  return scrolled((passed(look) / look.rowHeight) * rowHeight, { ...look, rowHeight });
}
