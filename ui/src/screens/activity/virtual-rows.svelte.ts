// The rows of a long list that are on the screen, as runes.
import { untrack } from 'svelte';
import { offsetFor, offsetWith, rowWindow, type Look, type VirtualRow } from './row-window';

export interface VirtualRows {
  readonly rows: VirtualRow[];
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

/** Until the list is laid out. */
const FIRST_HEIGHT = 600;

export function virtualRows(wishes: () => Wishes): VirtualRows {
  const now = $derived(wishes());
  const scroller = $derived(now.scroller);
  let offset = $state(0);
  let seen = $state(FIRST_HEIGHT);

  const look = $derived<Look>({
    count: now.count,
    rowHeight: now.rowHeight,
    offset,
    view: Math.max(0, seen - now.top),
    pinned: now.pinned,
  });
  const shown = $derived(rowWindow(look));

  // Higher or lower rows: those that were seen stay. The list has its new height by now.
  let heightBefore = untrack(() => now.rowHeight);
  $effect(() => {
    const rowHeight = now.rowHeight;
    untrack(() => {
      if (rowHeight !== heightBefore) moveTo(offsetWith(rowHeight, { ...look, rowHeight: heightBefore }));
      heightBefore = rowHeight;
    });
  });

  function moveTo(wanted: number) {
    if (scroller === null) return;
    scroller.scrollTop = wanted;
    offset = scroller.scrollTop;
  }

  $effect(() => {
    const element = scroller;
    if (element === null) return;
    const note = () => {
      offset = Math.max(0, element.scrollTop);
    };
    const measure = () => {
      seen = element.clientHeight;
    };
    note();
    measure();
    element.addEventListener('scroll', note, { passive: true });
    const watching = new ResizeObserver(measure);
    watching.observe(element);
    return () => {
      element.removeEventListener('scroll', note);
      watching.disconnect();
    };
  });

  return {
    get rows() {
      return shown.rows;
    },
    get height() {
      return shown.height;
    },
    scrollTo: (index) => moveTo(offsetFor(index, look)),
  };
}
