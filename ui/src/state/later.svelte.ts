// A part of the window that painting its first screen does not need: read when it is first opened, or before that,
// while nothing else is to be done.

type Module<Part> = { default: Part };

export class Later<Part> {
  #part = $state.raw<Part | null>(null);
  #failed = $state(false);
  #coming: Promise<void> | null = null;
  readonly #read: () => Promise<Module<Part>>;

  constructor(read: () => Promise<Module<Part>>) {
    this.#read = read;
  }

  /** The part; `null` until it is here. */
  get part(): Part | null {
    return this.#part;
  }

  /** Whether the last attempt to read it failed. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Reads the part, once; after a failure the next call tries again. Never rejects. */
  load(): Promise<void> {
    this.#coming ??= this.#take();
    return this.#coming;
  }

  async #take(): Promise<void> {
    try {
      this.#part = (await this.#read()).default;
      this.#failed = false;
    } catch {
      this.#failed = true;
      this.#coming = null;
    }
  }
}

/** Reads parts one after another, with a pause before each in which the window can answer; returns how to stop. */
export function loadInTurn(parts: readonly Later<unknown>[], pauseMs: number): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let stopped = false;
  const next = (at: number) => {
    const part = parts[at];
    if (stopped || part === undefined) return;
    timer = setTimeout(() => void part.load().then(() => next(at + 1)), pauseMs);
  };
  next(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
