import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
/** A copy of the project in which a lesson may be made and spoiled. */
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'dxdx-content-'));
  for (const name of ['content', 'engine', 'scripts', 'src', 'package.json']) {
    const skipped = ['node_modules', 'conformance'];
    cpSync(path.join(project, name), path.join(copy, name), {
      recursive: true,
      filter: (from) => !skipped.includes(path.basename(from)),
    });
  }
  symlinkSync(path.join(project, 'node_modules'), path.join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true }));

const run = (script: string, ...args: string[]): { stdout: string; stderr: string; status: number | null } =>
  spawnSync(process.execPath, [path.join(copy, 'scripts', script), ...args], { encoding: 'utf8' });

const LESSON = '99-made-by-a-test';
const at = (name: string): string => path.join(copy, 'content/lessons', LESSON, name);

function spoil(file: string, right: string, wrong: string): void {
  writeFileSync(at(file), readFileSync(at(file), 'utf8').replace(right, wrong));
}

test('a new lesson with its exercise passes all checks', () => {
  expect(run('new.ts', 'lesson', LESSON, 'Made by a test').status).toBe(0);
  expect(run('new.ts', 'exercise', LESSON, 'one-more', 'One more').status).toBe(0);
  expect(readFileSync(at('lesson.mdx'), 'utf8')).toContain('<Exercise id="one-more" />');
  const { stdout, stderr } = run('check-content.ts', LESSON);
  expect(stderr).toBe('');
  expect(stdout).toContain('all is well');
});

test('so do new exercises of every other kind', () => {
  for (const kind of ['repair', 'predict', 'choose', 'order', 'locate'])
    expect(run('new.ts', 'exercise', LESSON, `to-${kind}`, 'Another', '--kind', kind).status).toBe(0);
  expect(run('check-content.ts', LESSON).stderr).toBe('');
  expect(run('new.ts', 'exercise', LESSON, 'to-sing', 'Another', '--kind', 'sing').stderr).toContain(
    'there is no kind “sing”: code, choose, locate, order, predict, repair',
  );
});

test('what is there already is not overwritten', () => {
  const { stderr, status } = run('new.ts', 'exercise', LESSON, 'one-more', 'Again');
  expect(stderr).toContain('is there already');
  expect(status).toBe(2);
});

test('what is wrong with a question is said with its file and line', () => {
  spoil('exercises/to-predict/exercise.yaml', 'answer: tensor(9.)', 'answer: tensor(6)');
  spoil('exercises/to-choose/exercise.yaml', 'right: true', 'right: false');
  spoil('exercises/to-order/exercise.yaml', "'    return y.grad'", "'    y = x * x'");
  spoil('exercises/to-locate/exercise.yaml', '  y: It', '  z: It');
  const { stderr } = run('check-content.ts', LESSON);
  expect(stderr).toMatch(/to-predict\/exercise.yaml:8 “tensor\(6\)” is called a mistake/);
  expect(stderr).toMatch(/to-choose\/exercise.yaml:8 has no option that is right/);
  expect(stderr).toMatch(/to-order\/exercise.yaml:8 says that “y = x \* x” does not belong/);
  expect(stderr).toMatch(/to-locate\/exercise.yaml:8 says nothing to somebody who points at y/);
  expect(stderr).toMatch(/to-locate\/exercise.yaml:10 speaks of z, which is no node/);
});

test('what is wrong is said with its file and line', () => {
  spoil('lesson.mdx', 'one-more', 'none-such');
  spoil('exercises/first-steps/exercise.yaml', 'difficulty: 1', 'difficulty: 7');
  spoil('first.out', '4', '5');
  const { stderr, status } = run('check-content.ts', LESSON);
  const place = `content/lessons/${LESSON}`;
  expect(stderr).toMatch(new RegExp(`${place}/exercises/one-more is not shown`));
  expect(stderr).toMatch(
    new RegExp(`${place}/lesson.mdx:\\d+ shows exercises/none-such, which does not exist`),
  );
  expect(stderr).toMatch(new RegExp(`${place}/exercises/first-steps/exercise.yaml:4 .difficulty`));
  expect(stderr).toMatch(new RegExp(`${place}/first.out:1 is not what the program prints here`));
  expect(status).toBe(1);
});

const EXERCISE = 'exercises/one-more';

test.each<[string, string, (text: string) => string, RegExp]>([
  [
    'a check that is no Python',
    'check.py',
    (text) => `${text}def (`,
    /check.py:\d+ cannot be run: SyntaxError/,
  ],
  ['a file without a check', 'check.py', () => '', /check.py holds no check/],
  ['a file that is no YAML', 'exercise.yaml', () => 'title: [a', /exercise.yaml:\d+ is no YAML/],
  ['a word too many', 'exercise.yaml', (text) => `${text}\nhint: x\n`, /exercise.yaml:\d+ hint: is nothing/],
  [
    'a last hint without dots',
    'exercise.yaml',
    (text) => text.replaceAll('...', '2'),
    /:\d+ the last hint is no partly/,
  ],
  [
    'a mistake without words',
    'mistakes/mean.py',
    () => 'x = 1',
    /mistakes\/mean.py should begin with a docstring/,
  ],
  [
    'a solution that fails',
    'solution.py',
    (text) => `${text}\n1 / 0\n`,
    /solution.py:\d+ is a right answer and fails/,
  ],
])('%s', (_, name, spoiled, said) => {
  const file = at(`${EXERCISE}/${name}`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, spoiled(text));
  expect(run('check-content.ts', LESSON).stderr).toMatch(said);
  writeFileSync(file, text);
});
