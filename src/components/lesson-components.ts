import Aside from './Aside.astro';
import Recap from './Recap.astro';
import Rule from './Rule.astro';
import Run from './Run.astro';

/** What a lesson.mdx may use without importing it. */
export const lessonComponents = { Aside, Recap, Rule, Run };
