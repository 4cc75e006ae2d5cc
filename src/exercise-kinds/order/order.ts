import { takenApart } from '../../grading/exercise-programs.ts';
import { inspectExercise, type Problem } from '../../grading/inspect.ts';
import { judge, SOLUTION } from '../../grading/judge.ts';
import type { ExerciseMaterial } from '../../grading/material.ts';
import type { NodeInterpreter } from '../../runtime/node.ts';
import { lineOf } from '../author.ts';
import { judgeProgram, materialOf } from '../code/code.ts';
import type { Exercise, Question, Verdict } from '../kind.ts';
import type { TextOf } from '../schema.ts';
import { LineMover } from './line-mover.ts';
import { linesOf, type Puzzle, programOf, puzzleOf } from './lines.ts';

type Text = TextOf<'order'>;

/** Given lines can be put wrong in fewer ways than a program can be written wrong. */
const FEWEST_MISTAKES = 3;

type Facts = ExerciseMaterial & Omit<Puzzle, 'solution'> & { distractors: string[] };

/** An answer is the program that the lines make. It is tried as if it had been written: no order that works is refused. */
export const order: Question<Text, Facts> = {
  task: () => 'put in order',

  async facts(exercise, html) {
    const { distractors } = exercise.text;
    const { head, tail, lines } = puzzleOf(exercise.files[SOLUTION] ?? '', distractors);
    return { ...(await materialOf(withStarter(exercise), html)), head, tail, lines, distractors };
  },

  identity: ({ check, solution, lines }) => [check, solution, lines],

  async judge(answer, facts, world) {
    const lines = linesOf(answer, facts);
    if (lines === undefined)
      return { solved: false, sentence: 'It is made of other lines than those that are given.', remarks: [] };
    const verdict = await judgeProgram(answer, facts, world);
    const idle = facts.distractors.find((line) => lines.includes(line));
    if (!verdict.solved) return { ...verdict, reason: usedBefore(verdict) };
    if (idle === undefined) return verdict;
    return {
      solved: false,
      sentence: `It works, and without “${idle.trim()}” it works as well: leave it out.`,
      remarks: [],
    };
  },

  async inspect(exercise, python) {
    const folder = takenApart(withStarter(exercise));
    const problems = await inspectExercise(folder, python, FEWEST_MISTAKES);
    return [
      ...problems.map((problem) => (problem.file === 'starter.py' ? RIGHT_FROM_THE_START : problem)),
      ...foreignLines(exercise),
      ...(await misleadingLines(exercise, python)),
    ];
  },

  control: (place, changed) => new LineMover(place, changed),
};

/** Lines in the wrong order often use what is not there yet: in too many ways for an author to foresee each. */
function usedBefore({ remarks, report }: Verdict): string | undefined {
  const error = report?.checks.find((check) => check.error)?.error;
  const name = /^(?:cannot access local variable|name) '(\w+)'/.exec(error?.message ?? '')?.[1];
  return name && remarks.length === 0 ? `A line uses ${name}, and no line before it has made it.` : undefined;
}

const RIGHT_FROM_THE_START: Problem = {
  file: SOLUTION,
  sentence:
    'is solved by its lines in the order of the alphabet, in which a reader finds them: name something differently',
};

/** What is said to those who make a mistake that is known, by the name of its file. */
export const messagesOf = (exercise: Exercise<Text>): { name: string; why: string }[] =>
  Object.entries(takenApart(withStarter(exercise)).mistakes).map(([name, { message }]) => ({
    name,
    why: message,
  }));

/** What a reader finds: all lines, in the order of the alphabet. */
function withStarter(exercise: Exercise<Text>): Exercise<Text> {
  const puzzle = puzzleOf(exercise.files[SOLUTION] ?? '', exercise.text.distractors);
  return { ...exercise, files: { ...exercise.files, 'starter.py': programOf(puzzle, puzzle.lines) } };
}

/** Mistakes and alternatives that nobody can put together. */
function foreignLines(exercise: Exercise<Text>): Problem[] {
  const puzzle = puzzleOf(exercise.files[SOLUTION], exercise.text.distractors);
  const { mistakes, alternatives } = takenApart(withStarter(exercise));
  const programs = [
    ...Object.entries(mistakes).map(([name, { program }]) => [`mistakes/${name}`, program]),
    ...Object.entries(alternatives).map(([name, program]) => [`alternatives/${name}`, program]),
  ];
  return programs
    .filter(([, program]) => linesOf(program, puzzle) === undefined)
    .map(([file]) => ({ file, sentence: 'is not made of the lines that a reader is given' }));
}

/** Lines that are said not to belong, and that do as well as a line of the solution. */
async function misleadingLines(exercise: Exercise<Text>, python: NodeInterpreter): Promise<Problem[]> {
  const { distractors } = exercise.text;
  const puzzle = puzzleOf(exercise.files[SOLUTION], distractors);
  const spoiled = distractors.flatMap((line) =>
    puzzle.solution.map((instead, at) => ({ line, instead, lines: puzzle.solution.toSpliced(at, 1, line) })),
  );
  const programs = Object.fromEntries(spoiled.map(({ lines }, i) => [`${i}`, programOf(puzzle, lines)]));
  const check = exercise.files['check.py'];
  const solution = exercise.files[SOLUTION];
  const watched = await python.grade({ check, programs: { [SOLUTION]: solution, ...programs } });
  const trusted = { ...watched, programs: { [SOLUTION]: watched.programs[SOLUTION] } };
  return spoiled
    .filter((_, i) => judge(watched.programs[i], trusted).solved)
    .map(({ line, instead }) => ({
      file: 'exercise.yaml',
      line: lineOf(exercise, line),
      sentence: `says that “${line.trim()}” does not belong, but it does as well as “${instead.trim()}”`,
    }));
}
