import { z } from 'astro/zod';

const markdown = (what: string) =>
  z
    .string({ error: `${what} is missing` })
    .trim()
    .min(1, `${what} is empty`);

/** What `exercise.yaml` says. Texts are Markdown, with maths between dollar signs. */
export const exerciseSchema = z.strictObject({
  title: markdown('`title`'),
  goal: markdown('`goal`'),
  /** 1: finish a line, 2: change a program, 3: write it from nothing. */
  difficulty: z.number({ error: '`difficulty` is 1, 2 or 3' }).int().min(1).max(3),
  /** The ideas it trains. */
  ideas: z.array(z.string().min(1)).default([]),
  /** From a nudge to nearly the answer; shown one at a time. */
  hints: z.array(markdown('a hint')).min(1, 'an exercise needs at least one hint'),
  /** Why the solution is written the way it is. */
  why: markdown('`why`').optional(),
});

export type ExerciseText = z.infer<typeof exerciseSchema>;
