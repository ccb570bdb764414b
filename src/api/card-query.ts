import type { CardWish } from '../service/types.ts';
import { type Form, oneOf } from './query.ts';

const deadlines = ['late', 'soon', 'running', 'paused', 'none'] as const;

const choiceForm: Form = {
  pattern: /^[^\p{Cc}\p{Cs}]{1,64}$/u,
  expected: { zh: '某个选项的标识，例如 A', en: 'the id of a choice, e.g. A' },
};
const textForm: Form = {
  pattern: /^[^\p{Cc}\p{Cs}]{1,100}$/u,
  expected: { zh: '要查找的文字，1–100 个字符', en: 'a text to look for, 1–100 characters' },
};

/** Query parameters that narrow what is asked to cards. */
export const cardForms = { class: choiceForm, sla: oneOf(...deadlines), text: textForm };

export function cardWish({ class: of, sla, text }: Readonly<Record<keyof typeof cardForms, string | null>>): CardWish {
  return { class: of, deadline: deadlines.find((known) => known === sla) ?? null, text };
}
