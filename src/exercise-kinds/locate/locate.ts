import type { GraphEdge, GraphNode } from '../../components/graph/layout.ts';
import { recordingProblems } from '../../course/recording.ts';
import type { Problem } from '../../grading/inspect.ts';
import type { NodeInterpreter } from '../../runtime/node.ts';
import { lineOf } from '../author.ts';
import type { Exercise, Question } from '../kind.ts';
import type { TextOf } from '../schema.ts';

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

interface Facts {
  answer: string;
  graph: Graph;
}

type Text = TextOf<'locate'>;

/** An answer is the name of a node. */
export const locate: Question<Text, Facts> = {
  task: () => 'point at a node',

  facts: async ({ text, files }) => ({ answer: text.answer, graph: graphIn(files) }),

  identity: ({ answer, graph }) => [answer, graph],

  async judge(answer, facts) {
    const solved = answer === facts.answer;
    return { solved, sentence: solved ? 'There it is.' : 'Not there.', remarks: [answer] };
  },

  async inspect(exercise, python): Promise<Problem[]> {
    const problems = await recordingProblems('program', exercise.files, python);
    if (problems.length > 0) return problems;
    return [...(await graphProblems(exercise, python)), ...nodeProblems(exercise)];
  },

  control(place, changed) {
    const radios = [...place.querySelectorAll<HTMLInputElement>('.pointer input')];
    place.addEventListener('change', () => {
      for (const { dataset } of radios) delete dataset.right;
      changed();
    });
    return {
      answer: () => radios.find(({ checked }) => checked)?.value ?? '',
      put: (answer) => {
        for (const radio of radios) radio.checked = radio.value === answer;
      },
      mark: ({ solved }) => {
        for (const { checked, dataset } of radios) if (checked) dataset.right = `${solved}`;
      },
    };
  },
};

/** The graph that PyTorch built. @throws when it is not recorded. */
export function graphIn(files: Exercise['files']): Graph {
  const recorded = files['graph.json'];
  if (recorded === undefined) throw new Error('graph.json does not exist: run content/record.py');
  return JSON.parse(recorded);
}

const SHOW = 'import json, graph; print(json.dumps(graph.graph_of(dict(globals()))))';

/** The graph that the program builds here is the one that PyTorch built. */
async function graphProblems({ files }: Exercise<Text>, python: NodeInterpreter): Promise<Problem[]> {
  // Authors' tools run in Node; pages never come here.
  const { readFile } = await import(/* @vite-ignore */ 'node:fs/promises');
  const walk = await readFile(`${import.meta.dirname}/../../../content/graph.py`, 'utf8');
  const { stdout, error } = await python.run(`${files['program.py']}\n${SHOW}\n`, {
    files: { 'graph.py': walk },
  });
  const built = error ? error.traceback : stdout.trimEnd().split('\n').at(-1);
  if (!error && JSON.stringify(JSON.parse(built ?? '')) === JSON.stringify(graphIn(files))) return [];
  return [
    {
      file: 'graph.json',
      sentence: `is not the graph that the program builds here: record it anew, or tell us that the engine is wrong (${built})`,
    },
  ];
}

/** Every node has a sentence, and every sentence a node. */
function nodeProblems(exercise: Exercise<Text>): Problem[] {
  const { answer, nodes } = exercise.text;
  const file = 'exercise.yaml';
  const names = graphIn(exercise.files).nodes.map(({ id }) => id);
  const line = lineOf(exercise, 'nodes:');
  return [
    ...(names.includes(answer)
      ? []
      : [
          {
            file,
            line: lineOf(exercise, 'answer:'),
            sentence: `asks for ${answer}; the graph has ${names.join(', ')}`,
          },
        ]),
    ...names
      .filter((name) => !(name in nodes))
      .map((name) => ({ file, line, sentence: `says nothing to somebody who points at ${name}` })),
    ...Object.keys(nodes)
      .filter((name) => !names.includes(name))
      .map((name) => ({
        file,
        line: lineOf(exercise, `${name}:`),
        sentence: `speaks of ${name}, which is no node`,
      })),
  ];
}
