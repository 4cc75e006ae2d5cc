/** A mistake that an answer behaved like, and when. */
export interface MistakeMade {
  readonly name: string;
  readonly when: number;
}

/** How far a reader is with an exercise. Times are milliseconds since 1970. */
export interface ExerciseRecord {
  readonly state: 'tried' | 'solved';
  /** The answer that solved it; else the one that was checked last. */
  readonly answer: string;
  /** When that answer was checked. */
  readonly when: number;
  /** Which version of the exercise it was checked against. */
  readonly version: string;
  /** The last of each kind. */
  readonly mistakes: readonly MistakeMade[];
  /** When the reader last answered a question about these mistakes. */
  readonly reviewed?: number;
}

/** Records by key, `lesson/exercise`. */
export type Progress = Readonly<Record<string, ExerciseRecord>>;

/** What is known after both: a solved exercise stays solved, and the later answer of two that came as far counts. */
export function mergeRecords(a: ExerciseRecord | undefined, b: ExerciseRecord): ExerciseRecord {
  if (a === undefined) return b;
  const leading = rank(b) > rank(a) || (rank(b) === rank(a) && b.when >= a.when) ? b : a;
  const reviewed = Math.max(a.reviewed ?? 0, b.reviewed ?? 0);
  return {
    state: leading.state,
    answer: leading.answer,
    when: leading.when,
    version: leading.version,
    mistakes: mergeMistakes(a.mistakes, b.mistakes),
    ...(reviewed > 0 ? { reviewed } : {}),
  };
}

const rank = ({ state }: ExerciseRecord): number => (state === 'solved' ? 1 : 0);

function mergeMistakes(a: readonly MistakeMade[], b: readonly MistakeMade[]): MistakeMade[] {
  const latest = new Map<string, number>();
  for (const { name, when } of [...a, ...b]) latest.set(name, Math.max(when, latest.get(name) ?? 0));
  return [...latest].map(([name, when]) => ({ name, when })).sort((x, y) => x.when - y.when);
}

export function isExerciseRecord(value: unknown): value is ExerciseRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { state, answer, when, version, mistakes, reviewed } = value as Record<string, unknown>;
  return (
    (state === 'tried' || state === 'solved') &&
    typeof answer === 'string' &&
    isTime(when) &&
    typeof version === 'string' &&
    Array.isArray(mistakes) &&
    mistakes.every(isMistake) &&
    (reviewed === undefined || isTime(reviewed))
  );
}

/** Beyond this, in milliseconds, there are no dates. */
const LAST_TIME = 8.64e15;

const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= LAST_TIME;

const isMistake = (value: unknown): value is MistakeMade =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'when' in value &&
  isTime(value.when);
