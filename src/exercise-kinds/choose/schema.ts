import { z } from 'astro/zod';
import { answered, commonSchema, markdown } from '../common-schema.ts';

const option = z.strictObject({
  /** A line of Markdown. It is also the option's name in answers that are kept. */
  text: markdown('the `text` of an option').regex(/^[^\n]*$/, 'the `text` of an option is one line'),
  right: z.boolean().default(false),
  /** A sentence for those who choose it. */
  why: markdown('the `why` of an option'),
});

/** One or several of some options. A `program.py` beside it is shown with the question. */
export const chooseSchema = commonSchema.extend({
  kind: z.literal('choose'),
  /** Whether more than one may be chosen. */
  several: z.boolean().default(false),
  options: z.array(option).min(2, '`options` needs at least two'),
  ...answered,
});
