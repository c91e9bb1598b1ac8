// @tanstack/virtual-core as runes: which rows are on the screen.
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from '@tanstack/virtual-core';

export interface VirtualRows {
  readonly rows: VirtualItem[];
  readonly height: number;
  scrollTo: (index: number) => void;
}

interface Wishes {
  count: number;
  rowHeight: number;
  /** The scrolling element. */
  scroller: HTMLElement | null;
  /** Height of what sticks to the top and hides rows. */
  top: number;
  /** A row that stays mounted however far it is scrolled away: the one in focus. */
  pinned: number;
}

export function virtualRows(wishes: () => Wishes): VirtualRows {
  let rows = $state.raw<VirtualItem[]>([]);
  let height = $state(0);

  const options = (now: Wishes) => ({
    count: now.count,
    getScrollElement: () => now.scroller,
    estimateSize: () => now.rowHeight,
    overscan: 8,
    scrollPaddingStart: now.top,
    initialRect: { width: 800, height: 600 },
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const seen = defaultRangeExtractor(range);
      if (now.pinned < 0 || now.pinned >= now.count || seen.includes(now.pinned)) return seen;
      return now.pinned < (seen[0] ?? 0) ? [now.pinned, ...seen] : [...seen, now.pinned];
    },
    onChange: (instance: Virtualizer<HTMLElement, HTMLElement>) => {
      rows = instance.getVirtualItems();
      height = instance.getTotalSize();
    },
  });
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(
    options({ count: 0, rowHeight: 30, scroller: null, top: 0, pinned: -1 }),
  );

  $effect(() => virtualizer._didMount());
  let rowHeight = 30;
  $effect.pre(() => {
    const now = wishes();
    virtualizer.setOptions(options(now));
    // Sizes are remembered by row: other rows than before need another look.
    if (now.rowHeight !== rowHeight) virtualizer.measure();
    rowHeight = now.rowHeight;
    virtualizer._willUpdate();
    rows = virtualizer.getVirtualItems();
    height = virtualizer.getTotalSize();
  });

  return {
    get rows() {
      return rows;
    },
    get height() {
      return height;
    },
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
