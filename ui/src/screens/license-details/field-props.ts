// What the fields of a form share: the draft, what is wrong or doubtful, and that something was typed in or left.

import type { FieldProblem } from '../../ipc/gen/FieldProblem';
import type { TextName, Typed } from '../../state/typed.svelte';

export type { TextName };

export interface TextProps {
  problem: string | null;
  warning: string | null;
  oninput: () => void;
  onblur: () => void;
}

export interface FormFields<F extends object> {
  draft: Typed<F>;
  /** What every text field hands on. */
  text: (field: TextName<F>) => TextProps;
}

export function formFields<F extends object>(
  draft: Typed<F>,
  warnings: readonly FieldProblem[],
  onleave: (field: string, content: string) => void,
): FormFields<F> {
  const text = (field: TextName<F>): TextProps => ({
    problem: draft.problemOf(field),
    warning: warnings.find((warning) => warning.field === field)?.message ?? null,
    oninput: () => draft.type(field),
    onblur: () => onleave(field, draft.get(field)),
  });
  return { draft, text };
}
