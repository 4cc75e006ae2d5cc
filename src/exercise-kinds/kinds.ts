import { choose } from './choose/choose.ts';
import { code } from './code/code.ts';
import type { Kind, Question } from './kind.ts';
import { locate } from './locate/locate.ts';
import { order } from './order/order.ts';
import { predict } from './predict/predict.ts';
import { repair } from './repair/repair.ts';
import type { ExerciseText, KindName, TextOf } from './schema.ts';

/** Every kind of exercise there is. A new one needs its schema in schema.ts, and its line here. */
const kinds: { [Name in KindName]: Kind<TextOf<Name>> } = {
  code,
  repair,
  predict,
  choose,
  order,
  locate,
};

export const kindOf = ({ kind }: Pick<ExerciseText, 'kind'>): Kind => kinds[kind];

export const isQuestion = (kind: Kind): kind is Question => 'control' in kind;
