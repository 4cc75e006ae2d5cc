/** A new element with a class and what is in it. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** Words for those who hear the page, where others see a mark or a colour. */
export const heard = (words: string): HTMLElement => element('span', 'visually-hidden', words);
