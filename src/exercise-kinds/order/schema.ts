import { z } from 'astro/zod';
import { answered, commonSchema, markdown } from '../common-schema.ts';

/**
 * The lines of a program, to be put in order. They stand in `solution.py` between `# lines` and `# end`;
 * `check.py` and `mistakes/` are as for a program that is written.
 */
export const orderSchema = commonSchema.extend({
  kind: z.literal('order'),
  /** Lines that don't belong, with their indentation. */
  distractors: z
    .array(z.string().regex(/\S/, 'a line is empty'))
    .min(1, '`distractors` needs a line')
    .max(2, '`distractors` takes two lines at most'),
  hints: z.array(markdown('a hint')).default([]),
  ...answered,
});
