import { CutShort } from '../grading/grader.ts';
import type { Limits, RunState } from '../runtime/client.ts';
import type { World } from './kind.ts';

const stateWords: Record<RunState, string> = {
  queued: 'Waiting for the program before it',
  loading: 'Starting Python…',
  running: 'Trying it…',
  stopping: 'Stopping…',
  done: '',
};

/** What is tried takes milliseconds; nobody should wait long for what does not. */
const LIMITS: Limits = { milliseconds: 10_000 };

/** The page's interpreter; `say` hears how far it has come. */
export function pageWorld(say: (words: string) => void): World {
  const onState = (state: RunState) => say(stateWords[state]);
  const runtime = async () => (await import('../runtime/client.ts')).runtime();
  return {
    async run(code) {
      let stdout = '';
      const onOutput = ({ stream, text }: { stream: string; text: string }) => {
        if (stream === 'stdout') stdout += text;
      };
      const { status, error } = await (await runtime()).run({ code }, { onState, onOutput }, LIMITS).done;
      if (status === 'ok' || status === 'error') return { stdout, error };
      throw new Error(error?.message ?? `the program was ${status}`);
    },
    async grade(request) {
      const { report, message, status } = await (await runtime()).grade(request, { onState }, LIMITS).done;
      if (report) return report;
      if (status === 'timed-out') throw new CutShort(`The check came to no end. ${message ?? ''}`.trim());
      throw new Error(message ?? `the check was ${status}`);
    },
  };
}
