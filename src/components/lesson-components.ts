import Exercise from '../exercise-kinds/Exercise.astro';
import Aside from './Aside.astro';
import Graph from './Graph.astro';
import Option from './Option.astro';
import Predict from './Predict.astro';
import Recap from './Recap.astro';
import Rule from './Rule.astro';
import Run from './Run.astro';

/** What a lesson.mdx may use without importing it. */
export const lessonComponents = { Aside, Exercise, Graph, Option, Predict, Recap, Rule, Run };
