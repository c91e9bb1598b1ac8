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
  const about = (field: string) =>
    warnings
      .filter((warning) => warning.field === field)
      .map(({ message }) => message)
      .join(' ');
  const text = (field: TextName<F>): TextProps => ({
    problem: draft.problemOf(field),
    warning: about(field) || null,
    oninput: () => draft.type(field),
    onblur: () => onleave(field, draft.get(field)),
  });
  return { draft, text };
}
