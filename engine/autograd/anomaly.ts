import { warnings } from '../errors.ts';
import { anomaly, type Node } from './node.ts';

/** Warns where the operation behind `node` was called, and those in whose backward passes it was. */
export function reportFailure(node: Node): void {
  const { trace } = anomaly.origins.get(node) ?? {};
  const name = node.name === 'AccumulateGrad' ? 'torch::autograd::AccumulateGrad' : node.name;
  warnings.emit(
    trace === undefined
      ? `Error detected in ${name}. No forward pass information available. Enable detect anomaly during forward pass for more information.`
      : `Error detected in ${name}. Traceback of forward call that caused the error:\n${trace}`,
    'UserWarning',
  );
  let origin = anomaly.origins.get(node);
  for (let parent = origin?.parent; parent; parent = origin?.parent) {
    origin = anomaly.origins.get(parent);
    const induced = `\n\nPrevious calculation was induced by ${parent.name}. `;
    warnings.emit(
      origin === undefined
        ? `${induced}No forward pass information available. Enable detect anomaly during forward pass for more information.`
        : `${induced}Traceback of forward call that induced the previous calculation:\n${origin.trace}`,
      'UserWarning',
    );
  }
}
