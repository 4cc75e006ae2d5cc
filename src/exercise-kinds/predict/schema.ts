import { z } from 'astro/zod';
import { answered, commonSchema, markdown } from '../common-schema.ts';

const mistake = z.strictObject({
  /** A wrong answer that people give, as they would type it. */
  answer: markdown('the `answer` of a mistake'),
  /** What somebody who gives it is told. */
  why: markdown('the `why` of a mistake'),
});

/** What `program.py` prints, or the error it raises, to be typed in. */
export const predictSchema = commonSchema.extend({
  kind: z.literal('predict'),
  mistakes: z.array(mistake).min(2, '`mistakes` needs at least two'),
  ...answered,
});
