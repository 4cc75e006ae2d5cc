import { styledLetters } from './styled-letters.mjs';

/** A displayed formula of more letters than this may be wider than a phone. */
const longest = 26;

/**
 * Finishes what KaTeX wrote for browsers that know MathML Core: letters with a `mathvariant` become the Unicode
 * letters of that style, and a long displayed formula may be scrolled inside its own box, by keyboard too.
 */
export default function rehypeFormulas() {
  return (tree) => visit(tree);
}

function visit(node) {
  if (!node.children) return;
  node.children = node.children.map((child) => {
    if (child.tagName === 'math' && child.properties.display === 'block') return inBox(child);
    const variant = child.properties?.mathvariant;
    if (variant && variant !== 'normal') restyle(child, variant);
    visit(child);
    return child;
  });
}

function inBox(math) {
  visit(math);
  const properties = { className: ['formula'] };
  if (visibleText(math).length > longest) {
    Object.assign(properties, { tabIndex: 0, role: 'group', ariaLabel: 'Formula' });
  }
  return { type: 'element', tagName: 'span', properties, children: [math] };
}

function restyle(token, variant) {
  for (const child of token.children) {
    if (child.type !== 'text') continue;
    const styled = styledLetters(child.value, variant);
    if (styled === undefined) continue;
    child.value = styled;
    delete token.properties.mathvariant;
  }
}

function visibleText(node) {
  if (node.type === 'text') return node.value;
  if (node.tagName === 'annotation') return '';
  return (node.children ?? []).map(visibleText).join('');
}
