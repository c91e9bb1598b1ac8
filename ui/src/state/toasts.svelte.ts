// Short messages at the bottom of the window, each with at most one button.

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  action?: { label: string; run: () => void };
}

const STAYS_MS = 6000;
let next = 1;
const list = $state<Toast[]>([]);

export const toasts: { readonly all: Toast[] } = {
  get all() {
    return list;
  },
};

export function dismissToast(id: number): void {
  const at = list.findIndex((toast) => toast.id === id);
  if (at >= 0) list.splice(at, 1);
}

/** Shows a message; one with a button stays longer, a problem until it is closed. */
export function toast(
  text: string,
  options: { tone?: Toast['tone']; action?: Toast['action'] } = {},
): number {
  const id = next++;
  while (list.length > 2) list.shift();
  list.push({ id, text, tone: options.tone ?? 'plain', action: options.action });
  if (options.tone !== 'bad') {
    setTimeout(() => dismissToast(id), options.action === undefined ? STAYS_MS : STAYS_MS * 2);
  }
  return id;
}
