import { z } from 'astro/zod';

export const markdown = (what: string) =>
  z
    .string({ error: `${what} is missing` })
    .trim()
    .min(1, `${what} is empty`);

/** What `exercise.yaml` says in every kind. Texts are Markdown, with maths between dollar signs. */
export const commonSchema = z.strictObject({
  title: markdown('`title`'),
  goal: markdown('`goal`'),
  /** The ideas it trains. */
  ideas: z.array(z.string().min(1)).default([]),
  /** From a nudge to nearly the answer; shown one at a time. */
  hints: z.array(markdown('a hint')).default([]),
});

/** For kinds that are asked rather than programmed: why the answer is what it is, shown with it. */
export const answered = { why: markdown('`why`') };
